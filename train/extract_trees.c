/* Gradient-boosted trees for models/extract.bin: logistic loss, weighted rows, splits over quantiles, depth-limited, shrinkage, rows and features
 * sampled with a fixed seed. (J. Friedman, "Greedy function approximation", 2001; second-order gains as in XGBoost, Chen and Guestrin, 2016.)
 *
 *   extract_trees ROWS trees depth rate seen [fold folds]     ROWS: lines "page label weight f0 f1 …"; seen: only the first so many features count
 * With fold: trains without the pages whose number is fold modulo folds and prints a score a row of those. Without: prints the trees:
 *   "root INDEX" and "split FEATURE LEFT RIGHT VALUE", numbered as they come. Compiled and run by train/extract.py. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEATURES = 126, BINS = 64, MOST_ROWS = 200000, MOST_SPLITS = 200000 };

static float features[MOST_ROWS][FEATURES];
static uint8_t bin[MOST_ROWS][FEATURES];
static float edge[FEATURES][BINS];
static int edges[FEATURES];
static float weight[MOST_ROWS], score[MOST_ROWS], gradient[MOST_ROWS], curvature[MOST_ROWS];
static int page[MOST_ROWS], label[MOST_ROWS];
static char used[MOST_ROWS];
static int rows, seen, order[MOST_ROWS], spare[MOST_ROWS];

static struct split { int feature, left, right; float value; } splits[MOST_SPLITS];
static int split_count, roots[4096], root_count;

static uint64_t state = 20171122;
static double chance(void) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (double)(state >> 11) / 9007199254740992.0;
}

static int compare(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static void quantiles(void) {
    static float sorted[MOST_ROWS];
    for (int f = 0; f < FEATURES; f++) {
        for (int i = 0; i < rows; i++) sorted[i] = features[i][f];
        qsort(sorted, (size_t)rows, sizeof *sorted, compare);
        edges[f] = 0;
        for (int k = 1; k < BINS; k++) {
            float at = sorted[(long)rows * k / BINS];
            if (at > sorted[0] && (edges[f] == 0 || at > edge[f][edges[f] - 1])) edge[f][edges[f]++] = at;
        }
        for (int i = 0; i < rows; i++) {
            int b = 0;
            while (b < edges[f] && features[i][f] >= edge[f][b]) b++;
            bin[i][f] = (uint8_t)b;
        }
    }
}

static struct sums { double g[BINS], h[BINS]; } sums[FEATURES];

static void count_row(int i, const char *asked) {
    for (int f = 0; f < seen; f++)
        if (asked[f]) sums[f].g[bin[i][f]] += gradient[i], sums[f].h[bin[i][f]] += curvature[i];
}

/* Rows order[from, to) are node `at`'s: makes a leaf of it or two nodes below. */
static void grow(int at, int from, int to, int depth, double rate, const char *asked) {
    double g = 0, h = 0, best = 1e-3;
    int best_feature = -1, best_bin = 0;
    memset(sums, 0, sizeof sums);
    for (int k = from; k < to; k++) {
        g += gradient[order[k]], h += curvature[order[k]];
        if (depth > 0) count_row(order[k], asked);
    }
    const double lambda = 0.02, least = 0.01;
    for (int f = 0; f < seen && depth > 0; f++) {
        double lg = 0, lh = 0;
        for (int b = 0; asked[f] && b < edges[f]; b++) {
            lg += sums[f].g[b], lh += sums[f].h[b];
            double rg = g - lg, rh = h - lh;
            if (lh < least || rh < least) continue;
            double gain = lg * lg / (lh + lambda) + rg * rg / (rh + lambda) - g * g / (h + lambda);
            if (gain > best) best = gain, best_feature = f, best_bin = b;
        }
    }
    if (best_feature < 0) {
        splits[at] = (struct split){-1, 0, 0, (float)(-rate * g / (h + lambda))};
        return;
    }
    int left = split_count++, right = split_count++, middle = from, high = 0;
    splits[at] = (struct split){best_feature, left, right, edge[best_feature][best_bin]};
    for (int k = from; k < to; k++)
        if (bin[order[k]][best_feature] <= best_bin) order[middle++] = order[k];
        else spare[high++] = order[k];
    memcpy(order + middle, spare, sizeof(int) * (size_t)high);
    grow(left, from, middle, depth - 1, rate, asked);
    grow(right, middle, to, depth - 1, rate, asked);
}

static void boost(int trees, int depth, double rate) {
    for (int t = 0; t < trees; t++) {
        char asked[FEATURES];
        int count = 0, root = roots[root_count++] = split_count++;
        for (int f = 0; f < FEATURES; f++) asked[f] = f < seen && chance() < 0.5;
        for (int i = 0; i < rows; i++) {
            double p = 1 / (1 + exp(-score[i]));
            gradient[i] = (float)(weight[i] * (p - label[i]));
            curvature[i] = (float)(weight[i] * p * (1 - p));
            if (used[i] && chance() < 0.7) order[count++] = i;
        }
        grow(root, 0, count, depth, rate, asked);
        for (int i = 0; i < rows; i++) {
            const struct split *s = &splits[root];
            while (s->feature >= 0) s = &splits[features[i][s->feature] < s->value ? s->left : s->right];
            score[i] += s->value;
        }
    }
}

int main(int argc, char **argv) {
    if (argc < 6) return 2;
    FILE *in = fopen(argv[1], "r");
    if (!in) return 1;
    while (rows < MOST_ROWS && fscanf(in, "%d %d %f", &page[rows], &label[rows], &weight[rows]) == 3) {
        for (int f = 0; f < FEATURES; f++)
            if (fscanf(in, "%f", &features[rows][f]) != 1) return 1;
        rows++;
    }
    fclose(in);
    seen = atoi(argv[5]);
    int fold = argc > 7 ? atoi(argv[6]) : -1, folds = argc > 7 ? atoi(argv[7]) : 1;
    for (int i = 0; i < rows; i++) used[i] = fold < 0 || page[i] % folds != fold;
    quantiles();
    boost(atoi(argv[2]), atoi(argv[3]), atof(argv[4]));
    for (int i = 0; i < rows && fold >= 0; i++)
        if (!used[i]) printf("%d %g\n", i, (double)score[i]);
    if (fold >= 0) return 0;
    for (int i = 0; i < root_count; i++) printf("root %d\n", roots[i]);
    for (int i = 0; i < split_count; i++) printf("split %d %d %d %.9g\n", splits[i].feature, splits[i].left, splits[i].right, (double)splits[i].value);
    return 0;
}
