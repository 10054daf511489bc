/* For machines with AVX2: bytes widened to 16 bits, products added in pairs to 32. */
#if defined(__x86_64__)
#pragma GCC target("avx2")
#pragma GCC optimize("O3", "fp-contract=off")
#pragma GCC diagnostic ignored "-Wpsabi"
#include <immintrin.h>
#include <stdint.h>

/* Sixteen outputs of one or two rows; w as linear.w. */
static inline __attribute__((always_inline)) void dot_rows(const uint8_t *q, int inputs, int rows, const int8_t *w, int32_t out[][16]) {
    __m256i sum[2][4];
    for (int r = 0; r < rows; r++)
        for (int i = 0; i < 4; i++) sum[r][i] = _mm256_setzero_si256();
    const __m256i bias = _mm256_set1_epi16(128);
    for (int k = 0; k < inputs; k += 4) {
        __m256i a[2];
        for (int r = 0; r < rows; r++) {
            int32_t four;
            __builtin_memcpy(&four, q + (long)r * inputs + k, 4);
            a[r] = _mm256_sub_epi16(_mm256_cvtepu8_epi16(_mm_set1_epi32(four)), bias);
        }
        for (int i = 0; i < 4; i++) {
            __m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(w + k * 16 + i * 16)));
            for (int r = 0; r < rows; r++) sum[r][i] = _mm256_add_epi32(sum[r][i], _mm256_madd_epi16(a[r], b));
        }
    }
    for (int r = 0; r < rows; r++)
        for (int i = 0; i < 4; i += 2) { /* two partial sums an output, in the order of hadd's halves */
            __m256i pairs = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][i], sum[r][i + 1]), 0xD8);
            _mm256_storeu_si256((__m256i *)(void *)(out[r] + i * 4), pairs);
        }
}

static void dot_block(const uint8_t *q, int inputs, int rows, const int8_t *w, const int32_t *sum128, int32_t out[][16]) {
    (void)sum128;
    int r = 0;
    for (; r + 2 <= rows; r += 2) dot_rows(q + (long)r * inputs, inputs, 2, w, out + r);
    if (r < rows) dot_rows(q + (long)r * inputs, inputs, 1, w, out + r);
}

#define KERNEL      kernel_avx2
#define KERNEL_NAME "avx2"
#include "syntax/kernel_body.h"
#endif
