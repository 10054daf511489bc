/* Every allocation outside an arena goes through here, so that a test can fail the n-th of them. */
#ifndef RAP_BASE_MEMORY_H
#define RAP_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Like malloc, realloc and free. NULL when the system, or the test that counts, refuses. */
void *memory_new(size_t size);
void *memory_grow(void *old, size_t size);
void memory_free(void *old);

/* A refusal is remembered for the thread it met, also one that jansson met (which answers NULL to callers that do not look). A call that makes something
 * whole asks at its end, and gives RAP_NO_MEMORY instead of something that lacks a part. memory_ran_short also forgets; memory_note tells of other refusals. */
bool memory_ran_short(void);
bool memory_short(void); /* the same without forgetting */
void memory_note(void);

/* zlib's allocator, by the same door: z_stream z = {MEMORY_ZLIB, …}. */
void *memory_zlib_new(void *opaque, unsigned items, unsigned size);
void memory_zlib_free(void *opaque, void *p);
#define MEMORY_ZLIB .zalloc = memory_zlib_new, .zfree = memory_zlib_free

/* For tests: the n-th allocation from now on (1 = the next) fails, once; 0 fails none.
 * memory_refused says how many have been refused since the last call of memory_fail. */
void memory_fail(unsigned long n);
unsigned long memory_refused(void);

#endif
