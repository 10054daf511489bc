/* What the network sees of a word form, free of context: rows of one table. The same in train/syntax/features.py; frozen, because the
 * weights depend on it (tests/test_syntax.c holds fixed values). */
#ifndef RAP_SYNTAX_FEATURES_H
#define RAP_SYNTAX_FEATURES_H

#include "base/str.h"

enum {
    AFFIX_LONGEST = 5,
    AFFIX_ROWS = 256 + 1024 + 3 * 4096, /* buckets for lengths 1 to 5 */
    SHAPE_ROWS = 512,
    HASHED_ROWS = 2 * AFFIX_ROWS + SHAPE_ROWS,
    MOST_FORM_ROWS = 2 * AFFIX_LONGEST + 1,
    LONGEST_FORM = 120 /* bytes of a form that count; what is beyond is cut off at a character */
};

/* Normalised spellings of one form. */
typedef struct spelling {
    char normal[LONGEST_FORM * 3]; /* lower-cased (ASCII and Latin-1), quotes straight, digits 0: key of the word table */
    char vector[LONGEST_FORM * 3]; /* the same with its digits: key of the pretrained vectors */
    char shape[LONGEST_FORM * 3];  /* classes of characters, runs cut to two */
    uint32_t normal_length, vector_length, shape_length;
} spelling;

void spelling_of(str form, spelling *out);
/* Rows of prefixes, suffixes and shape, from 0 (the word table's rows come before them in the file). Returns how many, at most MOST_FORM_ROWS. */
int spelling_rows(const spelling *s, uint32_t rows[MOST_FORM_ROWS]);

#endif
