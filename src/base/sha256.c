#include "base/sha256.h"

#include <sha256.h>
#include <stdio.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool has_instructions(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1) && __builtin_cpu_supports("sse4.1");
}

/* Four rounds a step; w holds the last sixteen words of the schedule, four in each. The instructions want the state as ABEF and CDGH. */
__attribute__((target("sha,sse4.1"))) static void blocks_fast(uint32_t state[8], const uint8_t *bytes, size_t count) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xb1), efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1b);
    __m128i abef = _mm_alignr_epi8(abcd, efgh, 8), cdgh = _mm_blend_epi16(efgh, abcd, 0xf0);
    for (; count > 0; count--, bytes += 64) {
        __m128i w[4], abef_was = abef, cdgh_was = cdgh;
        for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), swap);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            __m128i sum = _mm_add_epi32(w[i & 3], _mm_load_si128((const __m128i *)(const void *)(constants + 4 * i))), last = w[(i + 3) & 3];
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
            if (i < 12) w[i & 3] = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]), _mm_alignr_epi8(last, w[(i + 2) & 3], 4)), last);
        }
        abef = _mm_add_epi32(abef, abef_was), cdgh = _mm_add_epi32(cdgh, cdgh_was);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}
#else
static bool has_instructions(void) { return false; }
static void blocks_fast(uint32_t state[8], const uint8_t *bytes, size_t count) { (void)state, (void)bytes, (void)count; }
#endif

static void blocks(sha256 *h, const uint8_t *bytes, size_t count) {
    if (!h->plain) blocks_fast(h->state, bytes, count);
    else
        for (; count > 0; count--, bytes += 64) SHA256Transform(h->state, bytes);
}

void sha256_plainly(sha256 *h) {
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    *h = (sha256){.plain = true};
    memcpy(h->state, start, sizeof start);
}

void sha256_begin(sha256 *h) {
    sha256_plainly(h);
    h->plain = !has_instructions();
}

void sha256_add(sha256 *h, str s) {
    size_t held = h->length % 64;
    h->length += s.len;
    if (held) {
        uint32_t n = s.len < 64 - held ? s.len : (uint32_t)(64 - held);
        if (n) memcpy(h->block + held, s.ptr, n);
        if (held + n < 64) return;
        blocks(h, h->block, 1);
        s = str_sub(s, n, s.len);
    }
    blocks(h, (const uint8_t *)s.ptr, s.len / 64);
    if (s.len % 64) memcpy(h->block, s.ptr + s.len / 64 * 64, s.len % 64);
}

void sha256_end(sha256 *h, char hex[SHA256_HEX]) {
    uint64_t bits = h->length * 8;
    uint8_t tail[72] = {0x80};
    uint32_t zeros = (uint32_t)((119 - h->length % 64) % 64) + 1; /* 0x80 and zeros up to eight bytes before the block's end */
    for (int i = 0; i < 8; i++) tail[zeros + (uint32_t)i] = (uint8_t)(bits >> (56 - 8 * i));
    sha256_add(h, (str){(const char *)tail, zeros + 8});
    for (int i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", (unsigned)(h->state[i / 4] >> (24 - 8 * (i % 4)) & 0xff));
}
