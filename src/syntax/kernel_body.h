/* The one source of the three builds. Before including it, define KERNEL (the struct's name), KERNEL_NAME and dot_block:
 *     static void dot_block(const uint8_t *q, int inputs, int rows, const int8_t *w, const int32_t *sum128, int32_t out[][16])
 * the products of up to ROW_BLOCK rows with one block of 16 outputs. */
#include <math.h>
#include <string.h>

#include "syntax/kernel.h"

typedef float lanes __attribute__((vector_size(64)));
typedef int32_t ints __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))

INLINE lanes load(const float *p) {
    lanes v;
    return memcpy(&v, p, sizeof v), v;
}
INLINE void store(float *p, lanes v) { memcpy(p, &v, sizeof v); }
INLINE lanes all(float x) { return (lanes){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
/* Macros, since a vector as argument draws a note about calling conventions. */
#define CHOOSE(mask, yes, no) ((lanes)(((mask) & (ints)(yes)) | (~(mask) & (ints)(no))))
#define LARGER(a, b)          CHOOSE((a) > (b), a, b)
#define SMALLER(a, b)         CHOOSE((a) < (b), a, b)

/* Nearest whole number, halves to even: adding 1.5 * 2^23 pushes the fraction out of the mantissa. |x| < 2^22. */
INLINE ints nearest(lanes x) { return (ints)(x + 12582912.0f) - 0x4B400000; }

/* e^x to some 2e-7, x clamped to ±87: 2^n times a polynomial of the remainder. */
INLINE lanes exp_lanes(lanes x) {
    x = SMALLER(x, all(87.0f)), x = LARGER(x, all(-87.0f));
    lanes t = x * 1.44269504f + 12582912.0f, n = t - 12582912.0f;
    lanes r = x - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    lanes p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return p * (lanes)((((ints)t - 0x4B400000) + 127) << 23);
}
INLINE lanes sigmoid(lanes x) { return 1.0f / (1.0f + exp_lanes(-x)); }

/* Sums and maxima over lanes in one fixed order. */
INLINE float sum_lanes(lanes v) {
    float a[16];
    store(a, v);
    for (int half = 8; half; half /= 2)
        for (int i = 0; i < half; i++) a[i] += a[i + half];
    return a[0];
}
INLINE float largest_lane(lanes v) {
    float a[16], m;
    store(a, v);
    m = a[0];
    for (int i = 1; i < 16; i++) m = a[i] > m ? a[i] : m;
    return m;
}

static void quantise(const float *x, size_t stride, int rows, int n, int norm, uint8_t *q, float *scale) {
    for (int row = 0; row < rows; row++, x += stride, q += n) {
        lanes top = all(0), squares = all(0);
        for (int i = 0; i < n; i += LANES) {
            lanes v = load(x + i);
            lanes size = (lanes)((ints)v & 0x7fffffff);
            top = LARGER(size, top);
            squares += v * v;
        }
        float most = largest_lane(top), unit = most > 0 ? 127.0f / most : 0, back = most / 127.0f;
        if (norm) back = back / sqrtf(sum_lanes(squares) / (float)n + 1e-6f);
        scale[row] = back;
        for (int i = 0; i < n; i += LANES) {
            ints k = nearest(load(x + i) * unit) + 128;
            typedef uint8_t bytes16 __attribute__((vector_size(16)));
            bytes16 b = __builtin_convertvector(k, bytes16);
            memcpy(q + i, &b, sizeof b);
        }
    }
}

static void product(const linear *l, const uint8_t *q, const float *row_scale, int rows, int relu, float *y, size_t stride) {
    int32_t sums[ROW_BLOCK][16] __attribute__((aligned(64)));
    for (int first = 0; first < rows; first += ROW_BLOCK) {
        int n = rows - first < ROW_BLOCK ? rows - first : ROW_BLOCK;
        for (int o = 0; o < l->outputs; o += LANES) {
            dot_block(q + (size_t)first * (size_t)l->inputs, l->inputs, n, l->w + (size_t)o * (size_t)l->inputs, l->sum128 + o, sums);
            lanes scale = load(l->scale + o), bias = load(l->bias + o);
            for (int i = 0; i < n; i++) {
                ints s;
                memcpy(&s, sums[i], sizeof s);
                lanes v = __builtin_convertvector(s, lanes) * (scale * row_scale[first + i]) + bias;
                if (relu) v = LARGER(v, all(0));
                store(y + (size_t)(first + i) * stride + o, v);
            }
        }
    }
}

INLINE void unit_direction(float *x, const float *u, int words, int width, int from, int to, int first, int step) {
    for (int lane = from; lane < to; lane += LANES) {
        lanes c = all(0);
        for (int k = 0, t = first; k < words; k++, t += step) {
            const float *row = u + (size_t)t * (size_t)(3 * width) + lane;
            float *at = x + (size_t)t * (size_t)width + lane;
            lanes f = sigmoid(load(row + width)), r = sigmoid(load(row + 2 * width)), old = load(at);
            c = f * c + (1.0f - f) * load(row);
            store(at, r * (c - old) + old);
        }
    }
}

static void unit(float *x, const float *u, int words, int width) {
    unit_direction(x, u, words, width, 0, width / 2, 0, 1);
    unit_direction(x, u, words, width, width / 2, width, words - 1, -1);
}

static void tanh_row(float *x, int n) {
    for (int i = 0; i < n; i += LANES) store(x + i, 2.0f * sigmoid(2.0f * load(x + i)) - 1.0f);
}

static void add_row(float *x, const float *y, int n) {
    for (int i = 0; i < n; i += LANES) store(x + i, load(x + i) + load(y + i));
}

static void multiply_rows(float *out, const float *x, const float *y, int n) {
    for (int i = 0; i < n; i += LANES) store(out + i, load(x + i) * load(y + i));
}

static void add_scaled(float *x, const int8_t *row, float scale, int n) {
    typedef int8_t bytes16 __attribute__((vector_size(16)));
    for (int i = 0; i < n; i += LANES) {
        bytes16 b;
        memcpy(&b, row + i, sizeof b);
        store(x + i, load(x + i) + __builtin_convertvector(__builtin_convertvector(b, ints), lanes) * scale);
    }
}

static float probability(const float *x, int n, int best, float factor) {
    float top = x[best];
    lanes sum = all(0);
    int i = 0;
    for (; i + LANES <= n; i += LANES) sum += exp_lanes((load(x + i) - top) * factor);
    if (i < n) {
        float rest[LANES];
        for (int k = 0; k < LANES; k++) rest[k] = i + k < n ? x[i + k] : -1e30f;
        sum += exp_lanes((load(rest) - top) * factor);
    }
    return 1.0f / sum_lanes(sum);
}

const kernel KERNEL = {KERNEL_NAME, quantise, product, unit, tanh_row, add_row, multiply_rows, add_scaled, probability};
