/* SHA-256 (FIPS 180-4) of what may be large: with the processor's own instructions where it has them, else by libmd. The same bytes either way. */
#ifndef RAP_BASE_SHA256_H
#define RAP_BASE_SHA256_H

#include <stdint.h>

#include "base/str.h"

enum { SHA256_HEX = 65 }; /* digits and NUL */

typedef struct sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    uint8_t block[64];
    bool plain;      /* without the processor's instructions */
} sha256;

void sha256_begin(sha256 *h);
void sha256_plainly(sha256 *h); /* the same, as any processor does it: for tests */
void sha256_add(sha256 *h, str bytes);
void sha256_end(sha256 *h, char hex[SHA256_HEX]);

#endif
