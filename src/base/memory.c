#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>

static atomic_ulong countdown;
static atomic_ulong refused;

static int refuse(void) {
    unsigned long left = atomic_load_explicit(&countdown, memory_order_relaxed);
    if (left == 0) return 0;
    if (atomic_fetch_sub(&countdown, 1) != 1) return 0;
    atomic_fetch_add(&refused, 1);
    return 1;
}

static _Thread_local bool ran_short;

void memory_note(void) { ran_short = true; }
bool memory_short(void) { return ran_short; }

bool memory_ran_short(void) {
    bool was = ran_short;
    ran_short = false;
    return was;
}

static void *noted(void *p) {
    if (!p) ran_short = true;
    return p;
}

void *memory_new(size_t size) { return noted(refuse() ? NULL : malloc(size ? size : 1)); }
void *memory_grow(void *old, size_t size) { return noted(refuse() ? NULL : realloc(old, size ? size : 1)); }
void memory_free(void *old) { free(old); }

void *memory_zlib_new(void *opaque, unsigned items, unsigned size) {
    (void)opaque;
    return memory_new((size_t)items * size);
}
void memory_zlib_free(void *opaque, void *p) {
    (void)opaque;
    free(p);
}

void memory_fail(unsigned long n) {
    atomic_store(&refused, 0);
    atomic_store(&countdown, n);
}

unsigned long memory_refused(void) { return atomic_load(&refused); }
