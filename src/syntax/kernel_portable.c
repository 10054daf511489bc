/* The plain build: the reference of the others, and what runs on machines without AVX2. */
#pragma GCC optimize("O3", "fp-contract=off")
#pragma GCC diagnostic ignored "-Wpsabi"
#include <stdint.h>

static void dot_block(const uint8_t *q, int inputs, int rows, const int8_t *w, const int32_t *sum128, int32_t out[][16]) {
    (void)sum128;
    for (int row = 0; row < rows; row++, q += inputs) {
        int32_t sum[16] = {0};
        for (int k = 0; k < inputs; k += 4) {
            const int8_t *group = w + k * 16;
            int a = q[k] - 128, b = q[k + 1] - 128, c = q[k + 2] - 128, d = q[k + 3] - 128;
            for (int o = 0; o < 16; o++)
                sum[o] += a * group[4 * o] + b * group[4 * o + 1] + c * group[4 * o + 2] + d * group[4 * o + 3];
        }
        for (int o = 0; o < 16; o++) out[row][o] = sum[o];
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
