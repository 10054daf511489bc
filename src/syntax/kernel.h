/* The arithmetic of the network: three builds of one source (kernel_body.h), chosen at run time, equal to the last bit.
 *
 * Matrix products multiply bytes and add in 32-bit integers, which no order of summing can change. All else is element by element in
 * single precision, sixteen lanes at a time, without fused multiply-add, so that the plain build is the reference the fast ones are
 * tested against. */
#ifndef RAP_SYNTAX_KERNEL_H
#define RAP_SYNTAX_KERNEL_H

#include <stddef.h>
#include <stdint.h>

enum { LANES = 16, ROW_BLOCK = 8, MOST_INPUTS = 1024 };

/* y[o] = sum over k of w[o][k] x[k] + bias[o]. Outputs are padded to 16, inputs to 16 (padded weights are 0).
 * w is int8 in the order [outputs / 16][inputs / 4][16][4]; the true weight is w * scale[o]. */
typedef struct linear {
    int inputs, outputs;   /* padded */
    const int8_t *w;
    const float *scale, *bias; /* [outputs] */
    int32_t *sum128;       /* [outputs]: 128 * sum of w over k, what the biased activations add too much */
} linear;

typedef struct kernel {
    const char *name; /* "portable", "avx2", "avx512" */

    /* rows of x [rows][stride], n of each (a multiple of 16), to bytes q [rows][n] biased by 128 and a scale each: x = (q - 128) * scale.
     * With `norm` the scale is that of x / sqrt(mean(x^2) + 1e-6); the bytes do not change. */
    void (*quantise)(const float *x, size_t stride, int rows, int n, int norm, uint8_t *q, float *scale);

    /* y [rows][stride] from quantised rows. relu: negative results become 0. */
    void (*product)(const linear *l, const uint8_t *q, const float *row_scale, int rows, int relu, float *y, size_t stride);

    /* One recurrent unit over a sentence, in place. x [words][width]; u [words][3 width] holds u, f, r before their squashing; the first
     * half of the lanes runs forwards, the second backwards. */
    void (*unit)(float *x, const float *u, int words, int width);

    void (*tanh_row)(float *x, int n);                          /* n a multiple of 16 */
    void (*add_row)(float *x, const float *y, int n);           /* x += y */
    void (*multiply_rows)(float *out, const float *x, const float *y, int n);
    void (*add_scaled)(float *x, const int8_t *row, float scale, int n); /* x += row * scale */
    /* Probability of item `best` under a softmax of x [n], sharpened by `factor`. Any n. */
    float (*probability)(const float *x, int n, int best, float factor);
} kernel;

/* The fastest that this machine runs; `name` forces one (NULL if it does not run here): for tests and for bug reports. */
const kernel *kernel_choose(const char *name);

extern const kernel kernel_portable;
#if defined(__x86_64__)
extern const kernel kernel_avx2, kernel_avx512;
#endif

#endif
