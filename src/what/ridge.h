/* Ridge regression of many targets at once in its dual form (Saunders, Gammerman and Vovk 1998): as many unknowns as rows, not as features.
 * Rows left out in any division into folds are predicted from one factorisation, exactly as if each fold had been learnt without them. */
#ifndef RAP_WHAT_RIDGE_H
#define RAP_WHAT_RIDGE_H

#include "base/arena.h"

typedef struct ridge ridge;

/* gram: [n][n] row-major, symmetric, with the penalty already on its diagonal; it is overwritten. target: [n][targets], kept by reference.
 * NULL where the matrix is not positive definite. O(n^3 / 3) operations. */
ridge *ridge_factor(arena *home, float *gram, int n, const float *target, int targets);
/* One coefficient a row and target, [n][targets]: a prediction is the sum over rows of kernel times coefficient. */
const float *ridge_coefficients(const ridge *r);
/* Predictions of the last `count` rows, each without the rows of its own fold (fold: [count], 0 … folds - 1), to out [count][targets]. */
void ridge_left_out(ridge *r, arena *home, const int *fold, int count, int folds, float *out);

#endif
