/* One arena a document: allocations live until the arena is reset or freed whole.
 *
 * Running out of memory does not return NULL: it jumps to `escape`, set by the pipeline around a whole document, which then reports
 * RAP_NO_MEMORY for that document. So stages need no checks. An arena without an escape aborts with a message.
 * Compiled with -DARENA_PLAIN every allocation is a malloc of its own, so that AddressSanitizer sees overruns. */
#ifndef RAP_BASE_ARENA_H
#define RAP_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

#include "base/str.h"

typedef struct arena {
    struct arena_block *block;
    size_t used; /* bytes handed out since the last reset */
    jmp_buf *escape;
} arena;

void arena_init(arena *a);
void arena_reset(arena *a); /* forgets everything, keeps one block for the next document */
void arena_free(arena *a);

/* Takes the way out, as an allocation does that finds no memory; for whoever had to hold it up to close something. */
void arena_exhausted(arena *a) __attribute__((noreturn));

/* Zeroed, 16-byte aligned. */
void *arena_alloc(arena *a, size_t size);
#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

str arena_copy(arena *a, str s);
str arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Grows an array whose items are *count long with room for *capacity; returns its (possibly moved) base with room for one more.
 *     list = arena_more(a, list, &count, &capacity, sizeof *list); list[count++] = item; */
void *arena_more(arena *a, void *list, size_t count, size_t *capacity, size_t item);
#define arena_push(a, list, count, capacity, item)                                                                     \
    ((list) = arena_more((a), (list), (count), &(capacity), sizeof *(list)), (list)[(count)++] = (item))

#endif
