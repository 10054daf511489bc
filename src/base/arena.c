#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    char bytes[] __attribute__((aligned(16)));
};

enum { FIRST_BLOCK = 1 << 18 };

void arena_init(arena *a) { *a = (arena){0}; }

void arena_exhausted(arena *a) {
    if (a->escape) longjmp(*a->escape, 1);
    fputs("rapporteur: out of memory\n", stderr);
    exit(3);
}

static struct arena_block *more(arena *a, size_t size) {
#ifdef ARENA_PLAIN
    size_t room = size;
#else
    size_t room = a->block ? a->block->size * 2 : FIRST_BLOCK;
    if (room > (size_t)1 << 24) room = (size_t)1 << 24;
    if (room < size) room = size;
#endif
    struct arena_block *b = memory_new(sizeof *b + room);
    if (!b) arena_exhausted(a);
    *b = (struct arena_block){a->block, room, 0};
    return a->block = b;
}

static size_t rounded(size_t size) { return (size + 15) & ~(size_t)15; }

void *arena_alloc(arena *a, size_t size) {
    if (size > SIZE_MAX / 2) arena_exhausted(a);
    size_t whole = rounded(size);
    struct arena_block *b = a->block;
    if (!b || b->size - b->used < whole) b = more(a, whole);
    void *p = b->bytes + b->used;
    b->used += whole;
    a->used += whole;
    return memset(p, 0, size);
}

void arena_reset(arena *a) {
    struct arena_block *b = a->block, *keep = NULL;
    while (b) {
        struct arena_block *next = b->next;
#ifndef ARENA_PLAIN
        if (!keep && b->size <= (size_t)1 << 22) {
            keep = b;
            keep->next = NULL;
            keep->used = 0;
        } else
#endif
            memory_free(b);
        b = next;
    }
    a->block = keep;
    a->used = 0;
}

void arena_free(arena *a) {
    for (struct arena_block *b = a->block, *next; b; b = next) {
        next = b->next;
        memory_free(b);
    }
    a->block = NULL;
    a->used = 0;
}

str arena_copy(arena *a, str s) {
    char *p = arena_alloc(a, (size_t)s.len + 1);
    if (s.len) memcpy(p, s.ptr, s.len);
    return (str){p, s.len};
}

str arena_format(arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) n = 0;
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (str){p, (uint32_t)n};
}

/* A list at the end of its block, or alone in a large one, is lengthened in place, so that no shorter copies of it stay behind. NULL: it is neither. */
static void *lengthen(arena *a, void *list, size_t old, size_t size) {
#ifndef ARENA_PLAIN
    enum { LARGE = 1 << 20 };
    if (size > SIZE_MAX / 2) arena_exhausted(a);
    size_t was = rounded(old), is = rounded(size);
    for (struct arena_block **at = &a->block, *b; was && (b = *at); at = &b->next) {
        size_t behind = (size_t)((uintptr_t)list - (uintptr_t)b->bytes);
        if (behind >= b->used || behind + was != b->used) continue;
        if (behind + is > b->size) {
            if (behind > 0 || was < LARGE) return NULL;
            b = memory_grow(b, sizeof *b + is);
            if (!b) arena_exhausted(a);
            *at = b, b->size = is;
        }
        memset(b->bytes + behind + old, 0, is - old);
        b->used = behind + is;
        a->used += is - was;
        return b->bytes + behind;
    }
#else
    (void)a, (void)list, (void)old, (void)size;
#endif
    return NULL;
}

void *arena_more(arena *a, void *list, size_t count, size_t *capacity, size_t item) {
    if (count < *capacity) return list;
    size_t room = *capacity ? *capacity * 2 : 8;
    void *bigger = lengthen(a, list, *capacity * item, room * item);
    if (!bigger) {
        bigger = arena_alloc(a, room * item);
        if (count) memcpy(bigger, list, count * item);
    }
    *capacity = room;
    return bigger;
}
