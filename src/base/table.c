#include "base/table.h"

struct table_slot {
    const char *key;
    uint32_t len, hash, value;
};

void table_init(table *t, arena *home, uint32_t expected) {
    uint32_t size = 16;
    while (size < expected + expected / 2) size *= 2;
    *t = (table){arena_array(home, struct table_slot, size), size - 1, 0, home};
}

static uint32_t hash_of(str key) { return (uint32_t)str_hash(key, 0); }

static struct table_slot *slot_of(const table *t, str key, uint32_t hash) {
    for (uint32_t i = hash & t->mask;; i = (i + 1) & t->mask) {
        struct table_slot *s = &t->slots[i];
        if (!s->key) return s;
        if (s->hash == hash && s->len == key.len && memcmp(s->key, key.ptr, key.len) == 0) return s;
    }
}

static void grow(table *t) {
    table bigger = {arena_array(t->home, struct table_slot, (size_t)(t->mask + 1) * 2), t->mask * 2 + 1, t->count, t->home};
    for (uint32_t i = 0; i <= t->mask; i++)
        if (t->slots[i].key)
            *slot_of(&bigger, (str){t->slots[i].key, t->slots[i].len}, t->slots[i].hash) = t->slots[i];
    *t = bigger;
}

uint32_t *table_at(table *t, str key, uint32_t fresh, bool *fresh_out) {
    if ((t->count + 1) * 4 > (t->mask + 1) * 3) grow(t);
    uint32_t hash = hash_of(key);
    struct table_slot *s = slot_of(t, key, hash);
    if (fresh_out) *fresh_out = !s->key;
    if (!s->key) {
        *s = (struct table_slot){key.ptr ? key.ptr : "", key.len, hash, fresh};
        t->count++;
    }
    return &s->value;
}

void table_set(table *t, str key, uint32_t value) { *table_at(t, key, value, NULL) = value; }

bool table_get(const table *t, str key, uint32_t *value) {
    if (!t->slots) return false;
    struct table_slot *s = slot_of(t, key, hash_of(key));
    if (!s->key) return false;
    *value = s->value;
    return true;
}
