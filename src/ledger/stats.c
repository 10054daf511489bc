#include "ledger/stats.h"

#include <math.h>

void wilson(double k, double n, double *low, double *high) {
    double z = 1.959964, p, centre, half;
    *low = 0, *high = 1;
    if (n <= 0) return;
    p = k / n;
    centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    *low = fmax(0, centre - half), *high = fmin(1, centre + half);
}

/* Lentz's continued fraction for the incomplete beta function (Press et al., Numerical Recipes, 6.4). */
static double beta_fraction(double x, double a, double b) {
    double tiny = 1e-30, c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m < 300; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + even * d, c = 1 + even / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        h *= d * c;
        d = 1 + odd * d, c = 1 + odd / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        h *= d * c;
        if (fabs(d * c - 1) < 1e-12) break;
    }
    return h;
}

static double beta_cumulative(double x, double a, double b) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(x, a, b) / a : 1 - front * beta_fraction(1 - x, b, a) / b;
}

double beta_quantile(double p, double a, double b) {
    double low = 0, high = 1;
    for (int i = 0; i < 80; i++) {
        double middle = (low + high) / 2;
        if (beta_cumulative(middle, a, b) < p) low = middle;
        else high = middle;
    }
    return (low + high) / 2;
}

void jeffreys(int k, int n, double *rate, double *low, double *high) {
    *rate = (k + 0.5) / (n + 1.0);
    *low = k == 0 ? 0 : beta_quantile(0.025, k + 0.5, n - k + 0.5);
    *high = k == n ? 1 : beta_quantile(0.975, k + 0.5, n - k + 0.5);
}

double krippendorff(const int *const value[2], int n, int kinds) {
    double same = 0, pairs = 0, total[16] = {0}, expected = 0;
    for (int i = 0; i < n; i++) {
        int a = value[0][i], b = value[1][i];
        if (a < 0 || b < 0 || a >= kinds || b >= kinds || kinds > 16) continue;
        pairs++, same += a == b;
        total[a]++, total[b]++;
    }
    if (pairs <= 0) return NAN;
    double all = 2 * pairs;
    for (int k = 0; k < kinds; k++) expected += total[k] * (total[k] - 1);
    double observed_disagreement = 1 - same / pairs, expected_disagreement = 1 - expected / (all * (all - 1));
    return expected_disagreement > 0 ? 1 - observed_disagreement / expected_disagreement : 1;
}
