#include "cli/filters.h"

#include <stdlib.h>

bool cli_filter(rap_filters *f, int option, const char *value) {
    const char **member[] = {&f->who, &f->whom, &f->country, &f->root, &f->from, &f->to, &f->outlet, &f->factuality, &f->voice, &f->stance, &f->words, &f->since, &f->counting};
    if (option < FILTER_FIRST || option >= FILTER_LAST) return false;
    if (option == FILTER_LIMIT) f->limit = strtol(value, NULL, 10);
    else *member[option - FILTER_FIRST] = value;
    return true;
}
