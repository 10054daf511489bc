/* A hash table from words to numbers (an index into somebody's array). Keys are kept by pointer: their bytes must outlive the table.
 * Built once (by a lexicon, a document), then read by any number of threads. */
#ifndef RAP_BASE_TABLE_H
#define RAP_BASE_TABLE_H

#include "base/arena.h"

typedef struct table {
    struct table_slot *slots;
    uint32_t mask, count;
    arena *home;
} table;

void table_init(table *t, arena *home, uint32_t expected);
void table_set(table *t, str key, uint32_t value); /* replaces */
/* The value's place, inserted with `fresh` where the key is new (then *fresh_out, if given, is true). Valid until the next insertion. */
uint32_t *table_at(table *t, str key, uint32_t fresh, bool *fresh_out);
bool table_get(const table *t, str key, uint32_t *value); /* false if absent; *value untouched then */
static inline bool table_has(const table *t, str key) {
    uint32_t ignored;
    return table_get(t, key, &ignored);
}

#endif
