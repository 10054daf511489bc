#include "cli/filters.h"

#include <stdio.h>
#include <stdlib.h>

bool cli_filter(rap_filters *f, int option, const char *value) {
    const char **member[] = {&f->who, &f->whom, &f->country, &f->root, &f->from, &f->to, &f->outlet, &f->factuality, &f->voice, &f->stance, &f->words, &f->since, &f->counting};
    if (option < FILTER_FIRST || option >= FILTER_LAST) return false;
    if (option == FILTER_LIMIT) {
        char *end;
        f->limit = strtol(value, &end, 10);
        if (end != value && !*end) return true;
        fprintf(stderr, "--limit wants a number of rows (-1: all), not \"%s\"\n", value);
        return false;
    } else *member[option - FILTER_FIRST] = value;
    return true;
}
