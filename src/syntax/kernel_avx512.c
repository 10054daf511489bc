/* For machines with AVX-512 and its byte products (VNNI): 64 multiplications an instruction. */
#if defined(__x86_64__)
#pragma GCC target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,prefer-vector-width=512")
#pragma GCC optimize("O3", "fp-contract=off")
#pragma GCC diagnostic ignored "-Wpsabi"
#include <immintrin.h>
#include <stdint.h>
#ifdef __clang__ /* which does not know GCC's pragma */
#pragma clang attribute push(__attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)
#endif

static inline __attribute__((always_inline)) void dot_rows(const uint8_t *q, int inputs, int rows, const int8_t *w, const int32_t *sum128,
                                                           int32_t out[][16]) {
    __m512i sum[8];
    for (int r = 0; r < rows; r++) sum[r] = _mm512_setzero_si512();
    for (int k = 0; k < inputs; k += 4) {
        __m512i b = _mm512_loadu_si512(w + k * 16);
        for (int r = 0; r < rows; r++) {
            int32_t four;
            __builtin_memcpy(&four, q + (long)r * inputs + k, 4);
            sum[r] = _mm512_dpbusd_epi32(sum[r], _mm512_set1_epi32(four), b);
        }
    }
    __m512i excess = _mm512_loadu_si512(sum128);
    for (int r = 0; r < rows; r++) _mm512_storeu_si512(out[r], _mm512_sub_epi32(sum[r], excess));
}

static void dot_block(const uint8_t *q, int inputs, int rows, const int8_t *w, const int32_t *sum128, int32_t out[][16]) {
    switch (rows) {
    case 8: dot_rows(q, inputs, 8, w, sum128, out); return;
    case 7: dot_rows(q, inputs, 7, w, sum128, out); return;
    case 6: dot_rows(q, inputs, 6, w, sum128, out); return;
    case 5: dot_rows(q, inputs, 5, w, sum128, out); return;
    case 4: dot_rows(q, inputs, 4, w, sum128, out); return;
    case 3: dot_rows(q, inputs, 3, w, sum128, out); return;
    case 2: dot_rows(q, inputs, 2, w, sum128, out); return;
    default: dot_rows(q, inputs, 1, w, sum128, out); return;
    }
}

#define KERNEL      kernel_avx512
#define KERNEL_NAME "avx512"
#include "syntax/kernel_body.h"
#ifdef __clang__
#pragma clang attribute pop
#endif
#endif
