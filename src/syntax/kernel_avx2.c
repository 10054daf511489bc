/* For machines with AVX2: bytes widened to 16 bits, products added in pairs to 32. */
#if defined(__x86_64__)
#pragma GCC target("avx2")
#pragma GCC optimize("O3", "fp-contract=off")
#pragma GCC diagnostic ignored "-Wpsabi"
#include <immintrin.h>
#include <stdint.h>

#include "syntax/kernel.h"
#ifdef __clang__ /* which does not know GCC's pragma */
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#endif

/* Eight outputs of up to four rows x of 16-bit numbers; w as linear.w. Each pair of inputs of an output is summed in its own lane. */
static inline __attribute__((always_inline)) void dot_rows(const int16_t x[][MOST_INPUTS], int inputs, int rows, const int8_t *w, int32_t out[][16]) {
    __m256i sum[4][2];
    for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = _mm256_setzero_si256();
    for (int k = 0; k < inputs; k += 4) {
        __m256i a = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(w + k * 16)));
        __m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(w + k * 16 + 16)));
        for (int r = 0; r < rows; r++) {
            long long four;
            __builtin_memcpy(&four, x[r] + k, 8);
            __m256i v = _mm256_set1_epi64x(four);
            sum[r][0] = _mm256_add_epi32(sum[r][0], _mm256_madd_epi16(v, a));
            sum[r][1] = _mm256_add_epi32(sum[r][1], _mm256_madd_epi16(v, b));
        }
    }
    for (int r = 0; r < rows; r++)
        _mm256_storeu_si256((__m256i *)(void *)out[r], _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][0], sum[r][1]), 0xD8));
}

static void dot_block(const uint8_t *q, int inputs, int rows, const int8_t *w, const int32_t *sum128, int32_t out[][16]) {
    int16_t x[ROW_BLOCK][MOST_INPUTS];
    (void)sum128;
    for (int r = 0; r < rows; r++)
        for (int k = 0; k < inputs; k++) x[r][k] = (int16_t)(q[r * inputs + k] - 128);
    for (int half = 0; half < 2; half++)
        for (int r = 0; r < rows; r += 4) {
            int32_t part[4][16];
            switch (rows - r) {
            case 1: dot_rows(x + r, inputs, 1, w + half * 32, part); break;
            case 2: dot_rows(x + r, inputs, 2, w + half * 32, part); break;
            case 3: dot_rows(x + r, inputs, 3, w + half * 32, part); break;
            default: dot_rows(x + r, inputs, 4, w + half * 32, part); break;
            }
            for (int i = 0; i < 4 && r + i < rows; i++) __builtin_memcpy(out[r + i] + half * 8, part[i], 32);
        }
}

#define KERNEL      kernel_avx2
#define KERNEL_NAME "avx2"
#include "syntax/kernel_body.h"
#ifdef __clang__
#pragma clang attribute pop
#endif
#endif
