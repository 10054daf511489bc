/* libxml2 (2.9) does not come back from some places where it finds no memory: it goes round for ever. So it always finds some: when the system refuses, a small
 * reserve answers, the shortage is noted (base/memory.h), and the page is given up before its next piece is parsed. */
#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/page.h"

enum { RESERVE = 1 << 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Alignas(16) char reserve[RESERVE]; /* not touched, so not there, until it is needed */
static size_t used, lent;                  /* bytes; blocks that have not come back */

static int of_reserve(const void *p) { return (uintptr_t)p >= (uintptr_t)reserve && (uintptr_t)p < (uintptr_t)reserve + RESERVE; }

/* Each block behind its size; the whole is free again when the last one has come back. */
static void *from_reserve(size_t size) {
    size_t whole = (size + 31) & ~(size_t)15;
    char *p = NULL;
    pthread_mutex_lock(&lock);
    if (lent == 0) used = 0;
    if (size < RESERVE && whole <= RESERVE - used) {
        p = reserve + used + 16;
        memcpy(p - 16, &size, sizeof size);
        used += whole, lent++;
    }
    pthread_mutex_unlock(&lock);
    return p;
}

static void give(void *p) {
    if (!of_reserve(p)) {
        memory_free(p);
        return;
    }
    pthread_mutex_lock(&lock);
    lent--;
    pthread_mutex_unlock(&lock);
}

static void *take(size_t size) {
    void *p = memory_new(size);
    return p ? p : from_reserve(size);
}

static void *grow(void *old, size_t size) {
    void *p = of_reserve(old) ? NULL : memory_grow(old, size);
    if (p) return p;
    size_t had = size;
    if (of_reserve(old)) memcpy(&had, (char *)old - 16, sizeof had);
    else if (old && (had = malloc_usable_size(old)) > size) had = size;
    if (!(p = take(size))) return NULL;
    if (old) memcpy(p, old, had < size ? had : size), give(old);
    return p;
}

static char *copy(const char *text) {
    size_t n = strlen(text) + 1;
    char *p = take(n);
    return p ? memcpy(p, text, n) : NULL;
}

/* Where the program that links us has given libxml2 an allocator of its own, that stays. */
static void watch_libxml(void) {
    xmlFreeFunc given_free;
    xmlMallocFunc given_new;
    xmlReallocFunc given_grow;
    xmlStrdupFunc given_copy;
    if (xmlMemGet(&given_free, &given_new, &given_grow, &given_copy) == 0 && given_new == malloc && given_free == free) xmlMemSetup(give, take, grow, copy);
}

void page_memory(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, watch_libxml);
}
