/* The plain build: the reference of the others, and what runs on machines without AVX2. */
#pragma GCC optimize("O3", "fp-contract=off")
#pragma GCC diagnostic ignored "-Wpsabi"
#include <stdint.h>

#include "syntax/kernel.h"

/* Laid out as plain rows of 16-bit numbers, a product is a sum that any compiler knows how to vectorise. */
static void dot_block(const uint8_t *q, int inputs, int rows, const int8_t *w, const int32_t *sum128, int32_t out[][16]) {
    int16_t x[MOST_INPUTS], plain[16][MOST_INPUTS];
    (void)sum128;
    for (int k = 0; k < inputs; k++)
        for (int o = 0; o < 16; o++) plain[o][k] = w[k / 4 * 64 + o * 4 + k % 4];
    for (int row = 0; row < rows; row++, q += inputs) {
        for (int k = 0; k < inputs; k++) x[k] = (int16_t)(q[k] - 128);
        for (int o = 0; o < 16; o++) {
            int32_t sum = 0;
            for (int k = 0; k < inputs; k++) sum += x[k] * plain[o][k];
            out[row][o] = sum;
        }
    }
}

#define KERNEL      kernel_portable
#define KERNEL_NAME "portable"
#include "syntax/kernel_body.h"

const kernel *kernel_choose(const char *name) {
    const kernel *chosen = &kernel_portable;
#if defined(__x86_64__)
    const kernel *fast[2] = {0};
    if (__builtin_cpu_supports("avx2")) fast[0] = &kernel_avx2;
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) fast[1] = &kernel_avx512;
    for (int i = 0; i < 2; i++)
        if (fast[i] && (!name || strcmp(name, fast[i]->name) == 0)) chosen = fast[i];
#endif
    return !name || strcmp(name, chosen->name) == 0 ? chosen : NULL;
}
