/* Every allocation outside an arena goes through here, so that a test can fail the n-th of them. */
#ifndef RAP_BASE_MEMORY_H
#define RAP_BASE_MEMORY_H

#include <stddef.h>

/* Like malloc, realloc and free. NULL when the system, or the test that counts, refuses. */
void *memory_new(size_t size);
void *memory_grow(void *old, size_t size);
void memory_free(void *old);

/* For tests: the n-th allocation from now on (1 = the next) fails, once; 0 fails none.
 * memory_refused says how many have been refused since the last call of memory_fail. */
void memory_fail(unsigned long n);
unsigned long memory_refused(void);

#endif
