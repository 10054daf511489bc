#include "said/training.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"

static bool grow(void **list, size_t need, size_t *capacity, size_t item) {
    if (need <= *capacity) return true;
    size_t wider = *capacity ? *capacity * 2 : 8192;
    while (wider < need) wider *= 2;
    void *more = memory_grow(*list, wider * item);
    if (!more) return false;
    *list = more, *capacity = wider;
    return true;
}

bool examples_add(examples *x, const feature_list *f, const void *item) {
    void *hash = x->hash, *first = x->first;
    bool ok = grow(&hash, x->hash_count + (size_t)f->count, &x->hash_capacity, sizeof *x->hash) &&
              grow(&first, x->count + 2, &x->first_capacity, sizeof *x->first) && grow(&x->item, x->count + 1, &x->item_capacity, x->item_size);
    x->hash = hash, x->first = first;
    if (!ok) return false;
    memcpy(x->hash + x->hash_count, f->hash, sizeof(uint32_t) * (size_t)f->count);
    memcpy((char *)x->item + x->count * x->item_size, item, x->item_size);
    x->first[x->count++] = x->hash_count;
    x->hash_count += (size_t)f->count;
    x->first[x->count] = x->hash_count;
    return true;
}

void examples_get(const examples *x, size_t i, feature_list *f) {
    f->count = (int)(x->first[i + 1] - x->first[i]);
    memcpy(f->hash, x->hash + x->first[i], sizeof(uint32_t) * (size_t)f->count);
}

void examples_free(examples *x) { memory_free(x->hash), memory_free(x->first), memory_free(x->item); }

void shuffle(size_t *order, size_t n, uint64_t seed) {
    uint64_t state = seed * 0x9e3779b97f4a7c15u + 88172645463325252u;
    for (size_t i = n; i > 1; i--) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        size_t k = state % i, swap = order[i - 1];
        order[i - 1] = order[k], order[k] = swap;
    }
}

rap_status training_read(const rap_engine *engine, const char *path, learn_record learn, void *into, rap_error *e) {
    FILE *in = fopen(path, "r");
    if (!in) return error_set(e, RAP_UNREADABLE, "%s cannot be opened", path);
    rap_document *doc = NULL;
    rap_status status = rap_document_new(&doc, e);
    char *line = NULL;
    size_t size = 0;
    ssize_t got;
    int32_t number = 0;
    while (status == RAP_OK && (got = getline(&line, &size, in)) > 0) {
        json_t *record = json_read(line, (size_t)got, 0, NULL);
        const char *text = json_string_value(json_object_get(record, "text"));
        if (text) {
            status = rap_document_from_text(doc, text, strlen(text), NULL, e);
            if (status == RAP_OK) status = rap_parse(engine, doc, e);
            if (status == RAP_OK && !learn(engine, doc, record, number++, into)) status = error_set(e, RAP_NO_MEMORY, "out of memory while gathering examples");
        }
        json_decref(record);
    }
    rap_document_free(doc);
    free(line);
    fclose(in);
    return status;
}
