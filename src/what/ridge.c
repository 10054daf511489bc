#include "what/ridge.h"

#include <math.h>
#include <string.h>

struct ridge {
    int n, targets;
    float *lower;        /* [n][n]: Cholesky's factor in the lower half */
    const float *target;
    float *coefficient;  /* [n][targets] */
    double *tail;        /* inverse of the last rows' block, [tail_count][tail_count] */
    int tail_count;
};

/* Eight sums side by side, so that the compiler may use wide registers without reordering anything it may not. */
static float dot(const float *a, const float *b, int n) {
    float sum[8] = {0};
    int i = 0;
    for (; i + 8 <= n; i += 8)
        for (int k = 0; k < 8; k++) sum[k] += a[i + k] * b[i + k];
    float rest = 0;
    for (; i < n; i++) rest += a[i] * b[i];
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7])) + rest;
}

static bool factor(float *m, int n) {
    for (int i = 0; i < n; i++) {
        float *row = m + (size_t)i * (size_t)n;
        for (int k = 0; k <= i; k++) {
            const float *other = m + (size_t)k * (size_t)n;
            float rest = row[k] - dot(row, other, k);
            if (k < i) row[k] = rest / other[k];
            else if (rest <= 0) return false;
            else row[k] = sqrtf(rest);
        }
    }
    return true;
}

/* Solves L L' x = b in place, one column of `targets`. */
static void solve(const float *lower, int n, float *b, int targets, double *x) {
    for (int i = 0; i < n; i++) {
        double rest = b[(size_t)i * (size_t)targets];
        for (int k = 0; k < i; k++) rest -= (double)lower[(size_t)i * (size_t)n + (size_t)k] * x[k];
        x[i] = rest / (double)lower[(size_t)i * (size_t)n + (size_t)i];
    }
    for (int i = n - 1; i >= 0; i--) {
        x[i] /= (double)lower[(size_t)i * (size_t)n + (size_t)i];
        for (int k = 0; k < i; k++) x[k] -= (double)lower[(size_t)i * (size_t)n + (size_t)k] * x[i];
        b[(size_t)i * (size_t)targets] = (float)x[i];
    }
}

ridge *ridge_factor(arena *home, float *gram, int n, const float *target, int targets) {
    ridge *r = arena_new(home, ridge);
    *r = (ridge){.n = n, .targets = targets, .lower = gram, .target = target};
    if (!factor(gram, n)) return NULL;
    r->coefficient = arena_array(home, float, (size_t)n * (size_t)targets);
    double *x = arena_array(home, double, (size_t)n);
    memcpy(r->coefficient, target, sizeof(float) * (size_t)n * (size_t)targets);
    for (int c = 0; c < targets; c++) solve(gram, n, r->coefficient + c, targets, x);
    return r;
}

const float *ridge_coefficients(const ridge *r) { return r->coefficient; }

/* The inverse's last block is that of the factor's last block times its transpose: what comes before has been eliminated. */
static void invert_tail(ridge *r, arena *home, int count) {
    size_t m = (size_t)count, first = (size_t)(r->n - count);
    double *inverse = arena_array(home, double, m * m), *product = arena_array(home, double, m * m);
    for (size_t c = 0; c < m; c++) /* inverse of the triangle, its transpose in rows: inverse[c][i] */
        for (size_t i = c; i < m; i++) {
            const float *row = r->lower + (first + i) * (size_t)r->n + first;
            double rest = i == c ? 1 : 0;
            for (size_t k = c; k < i; k++) rest -= (double)row[k] * inverse[c * m + k];
            inverse[c * m + i] = rest / (double)row[i];
        }
    for (size_t a = 0; a < m; a++)
        for (size_t b = 0; b <= a; b++) {
            double sum = 0;
            for (size_t k = a; k < m; k++) sum += inverse[a * m + k] * inverse[b * m + k];
            product[a * m + b] = product[b * m + a] = sum;
        }
    r->tail = product, r->tail_count = count;
}

/* Gauss without pivots, which a positive definite matrix does not need. */
static void eliminate(double *m, double *b, int n, int targets) {
    for (int p = 0; p < n; p++)
        for (int i = p + 1; i < n; i++) {
            double f = m[(size_t)i * (size_t)n + (size_t)p] / m[(size_t)p * (size_t)n + (size_t)p];
            for (int k = p; k < n; k++) m[(size_t)i * (size_t)n + (size_t)k] -= f * m[(size_t)p * (size_t)n + (size_t)k];
            for (int c = 0; c < targets; c++) b[i * targets + c] -= f * b[p * targets + c];
        }
    for (int i = n - 1; i >= 0; i--)
        for (int c = 0; c < targets; c++) {
            for (int k = i + 1; k < n; k++) b[i * targets + c] -= m[(size_t)i * (size_t)n + (size_t)k] * b[k * targets + c];
            b[i * targets + c] /= m[(size_t)i * (size_t)n + (size_t)i];
        }
}

/* A fold's error as if it had been left out: its block of the inverse against its coefficients (Pahikkala and others 2006). */
void ridge_left_out(ridge *r, arena *home, const int *fold, int count, int folds, float *out) {
    size_t first = (size_t)(r->n - count), targets = (size_t)r->targets;
    if (r->tail_count != count) invert_tail(r, home, count);
    int *member = arena_array(home, int, (size_t)count);
    double *block = arena_array(home, double, (size_t)count * (size_t)count), *error = arena_array(home, double, (size_t)count * targets);
    for (int f = 0; f < folds; f++) {
        int n = 0;
        for (int i = 0; i < count; i++)
            if (fold[i] == f) member[n++] = i;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) block[(size_t)a * (size_t)n + (size_t)b] = r->tail[(size_t)member[a] * (size_t)count + (size_t)member[b]];
            for (size_t c = 0; c < targets; c++) error[(size_t)a * targets + c] = (double)r->coefficient[(first + (size_t)member[a]) * targets + c];
        }
        eliminate(block, error, n, r->targets);
        for (int a = 0; a < n; a++)
            for (size_t c = 0; c < targets; c++) {
                size_t at = (size_t)member[a] * targets + c;
                out[at] = r->target[first * targets + at] - (float)error[(size_t)a * targets + c];
            }
    }
}
