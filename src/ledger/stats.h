/* Small statistics, each with its source. */
#ifndef RAP_LEDGER_STATS_H
#define RAP_LEDGER_STATS_H

/* Wilson's score interval for k of n at 95 % (Wilson 1927). n 0: [0, 1]. */
void wilson(double k, double n, double *low, double *high);
/* Jeffreys: the posterior mean (k + 1/2) / (n + 1) of the Beta-Binomial with prior Beta(1/2, 1/2) and its central 95 % interval (Brown, Cai
 * and DasGupta 2001: low is 0 when k is 0, high is 1 when k is n). */
void jeffreys(int k, int n, double *rate, double *low, double *high);
double beta_quantile(double p, double a, double b); /* of the Beta distribution, by bisection on the regularised incomplete beta function */
/* Krippendorff's alpha for nominal values of two judges: value[0][i], value[1][i] in 0 … kinds-1, -1 missing. NaN without pairable values. */
double krippendorff(const int *const value[2], int n, int kinds);

#endif
