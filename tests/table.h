/* Tables of cases: tests/cases/NAME.tsv, a case a line, read with the lexicon's own reader. */
#ifndef RAP_TESTS_TABLE_H
#define RAP_TESTS_TABLE_H

#include "base/lexicon.h"
#include "check.h"

/* Calls `one` for every line of the file; fails when there are fewer than `floor`. Paths are from the project's folder. */
static inline void table_cases(const char *path, int floor, void *with, void (*one)(void *with, const lexicon_line *line)) {
    enum { ROOM = 1 << 20 };
    FILE *f = fopen(path, "rb");
    char *text = f ? malloc(ROOM) : NULL;
    size_t length = text ? fread(text, 1, ROOM, f) : 0;
    if (f) fclose(f);
    CHECK(text != NULL, "%s: cannot be read; run from the project's folder", path);
    lexicon_line line = {0};
    int cases = 0;
    while (text && lexicon_next((str){text, (uint32_t)length}, &line)) one(with, &line), cases++;
    CHECK(cases >= floor, "%s: %d cases", path, cases);
    free(text);
}

#endif
