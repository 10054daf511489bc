/* What the trainers of this folder share: records read from JSONL, examples with their features, an order to show them in. */
#ifndef RAP_SAID_TRAINING_H
#define RAP_SAID_TRAINING_H

#include <jansson.h>
#include <stdio.h>

#include "pipeline.h"
#include "said/linear.h"

/* Features end to end, and for each example where they begin; what else is known of an example the trainer keeps in an array of its own,
 * whose room grows with it (`item` bytes each). */
typedef struct examples {
    uint32_t *hash;
    size_t hash_count, hash_capacity;
    size_t *first;
    void *item;
    size_t count, first_capacity, item_capacity, item_size;
} examples;

bool examples_add(examples *x, const feature_list *f, const void *item); /* false: out of memory */
void examples_get(const examples *x, size_t i, feature_list *f);
void examples_free(examples *x);

/* A fixed order for each seed. */
void shuffle(size_t *order, size_t n, uint64_t seed);

/* Every record of the file that has a text, parsed, given to `learn` with its number. */
typedef bool (*learn_record)(const rap_engine *engine, document *doc, json_t *record, int32_t number, void *into); /* false: out of memory */
rap_status training_read(const rap_engine *engine, const char *path, learn_record learn, void *into, rap_error *e);

#endif
