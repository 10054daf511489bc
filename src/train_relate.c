/* Training of the ranker: rows to features, near-duplicates into groups, cross-validation, weights.
 *
 * Ridge regression onto the classes (what/ridge.h): nothing is drawn at random, the same rows give the same weights. Rows are the gold records given,
 * which alone are measured; sentences of our own (train/relate_sentences.tsv); the test sentences of the frames with the tested frame hidden, so
 * that words and vectors learn what the frame would have said; and variants of the last two, in which the deed is announced, refused or threatened. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "relate_rows.h"
#include "what/ridge.h"
#include "what/stage.h"

enum { LEAST_ROWS_OF_FEATURE = 2, BINS = 10, MOST_FOLDS = 20, DIVISIONS = 5 };
/* Weights of rows against a gold row's 1, and the penalty in units of a row's mean squared length, by cross-validation (docs/coding.md). */
static const float OWN_ROW_WEIGHT = 0.5f, FRAME_ROW_WEIGHT = 0.15f, VARIANT_WEIGHT = 0.3f, PENALTY = 0.5f, SAME_WORDS = 0.5f;

typedef struct row {
    uint32_t *feature;
    float *value, *dense;
    int count, dense_count, class;
    uint32_t *words; /* hashes, ascending: for near-duplicates */
    int word_count, group;
    float weight;
} row;

typedef struct training {
    const rap_engine *engine;
    rap_document *doc;
    arena home;
    row *rows;
    size_t count, capacity, gold; /* the first `gold` rows are from files */
    uint32_t *dictionary;         /* kept features, ascending */
    uint32_t features;
    int dense;
} training;

typedef struct weights {
    float *sparse, *dense; /* [features][RANK_CLASSES] */
} weights;

/* ---- rows ---- */

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void keep_words(training *t, row *r) {
    const document *doc = t->doc;
    r->words = arena_array(&t->home, uint32_t, doc->token_count + 1);
    for (size_t i = 0; i < doc->token_count; i++)
        if (doc->tokens[i].upos != UPOS_PUNCT) r->words[r->word_count++] = (uint32_t)str_hash(doc->tokens[i].form, 3);
    qsort(r->words, (size_t)r->word_count, sizeof *r->words, by_number);
}

static void add_row(training *t, const question *q, int class, float weight, const frame *hidden) {
    document *doc = t->doc;
    reading in;
    sides between;
    evidence *ev = arena_new(&doc->home, evidence);
    what_begin(&in, t->engine->what, t->engine->who, doc);
    in.hidden = hidden;
    sides_of(doc, q->source, q->sources, q->target, q->targets, &between);
    relate_evidence(&in, &between, ev);
    row r = {.count = ev->count, .dense_count = ev->dense_count, .class = class, .weight = weight, .group = -1};
    r.feature = arena_array(&t->home, uint32_t, ev->count);
    r.value = arena_array(&t->home, float, ev->count);
    r.dense = arena_array(&t->home, float, ev->dense_count);
    memcpy(r.feature, ev->feature, sizeof(uint32_t) * (size_t)ev->count);
    memcpy(r.value, ev->value, sizeof(float) * (size_t)ev->count);
    memcpy(r.dense, ev->dense, sizeof(float) * (size_t)ev->dense_count);
    if (ev->dense_count > t->dense) t->dense = ev->dense_count;
    keep_words(t, &r);
    arena_push(&t->home, t->rows, t->count, t->capacity, r);
}

static rap_status read_rows(training *t, const char *path, rap_error *e) {
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t n;
    rap_status s = f ? RAP_OK : error_set(e, RAP_UNREADABLE, "%s: cannot be read", path);
    while (s == RAP_OK && (n = getline(&line, &room, f)) >= 0) {
        question q;
        rap_error why;
        number++;
        s = question_read(t->doc, &q, line, (size_t)n, &why);
        plover root = str_is(q.event, "YIELD") ? RETREAT : plover_of(q.event);
        if (s == RAP_OK && root == EVENT_NONE) s = error_set(&why, RAP_UNREADABLE, "\"event\" is no PLOVER root");
        if (s == RAP_OK) s = pipeline_layers(t->engine, t->doc, &why);
        if (s == RAP_OK) add_row(t, &q, rank_class(root), 1, NULL);
        else error_set(e, s, "%s:%zu: %s", path, number, why.message);
    }
    free(line);
    if (f) fclose(f);
    return s;
}

static rap_status read_marked(training *t, marked_row *m, float weight, const frame *hidden, rap_error *e) {
    rap_status s = rap_document_from_text(t->doc, m->text, m->length, NULL, e);
    if (s == RAP_OK) s = pipeline_layers(t->engine, t->doc, e);
    if (s == RAP_OK) add_row(t, &m->asked, rank_class(m->root), weight, hidden);
    return s;
}

/* The sentence and its variants. */
static rap_status learn_from(training *t, marked_row *m, float weight, const frame *hidden, rap_error *e) {
    marked_row variant[MOST_VARIANTS];
    sides between;
    rap_status s = read_marked(t, m, weight, hidden, e);
    if (s != RAP_OK) return s;
    sides_of(t->doc, m->asked.source, m->asked.sources, m->asked.target, m->asked.targets, &between);
    int n = vary(t->doc, between.side, between.source, m->root, variant);
    for (int i = 0; i < n && s == RAP_OK; i++) s = read_marked(t, &variant[i], VARIANT_WEIGHT, NULL, e);
    return s;
}

static rap_status frame_rows(training *t, rap_error *e) {
    const frame_set *set = &t->engine->what->set;
    rap_status s = RAP_OK;
    for (size_t i = 1; i < set->count && s == RAP_OK; i++) {
        const frame *f = &set->frames[i];
        marked_row m = {.root = f->root};
        if (f->none || f->root == EVENT_NONE || !unmark(f->test, &m) || m.asked.sources + m.asked.targets == 0) continue;
        s = learn_from(t, &m, FRAME_ROW_WEIGHT, f, e);
    }
    return s;
}

/* A table of sentences of our own: root, tab, marked sentence. */
static rap_status table_rows(training *t, const char *path, rap_error *e) {
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t n;
    rap_status s = f ? RAP_OK : error_set(e, RAP_UNREADABLE, "%s: cannot be read", path);
    while (s == RAP_OK && (n = getline(&line, &room, f)) >= 0) {
        number++;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) line[--n] = 0;
        char *tab = strchr(line, '\t');
        if (n == 0 || line[0] == '#') continue;
        if (tab) *tab = 0;
        marked_row m = {.root = str_is(str_of(line), "YIELD") ? RETREAT : plover_of(str_of(line))};
        if (!tab || m.root == EVENT_NONE || !unmark(str_of(tab + 1), &m) || m.asked.sources + m.asked.targets == 0)
            s = error_set(e, RAP_UNREADABLE, "%s:%zu: wants a root, a tab and a sentence with its [source] or <target> marked", path, number);
        else s = learn_from(t, &m, OWN_ROW_WEIGHT, NULL, e);
    }
    free(line);
    if (f) fclose(f);
    return s;
}

/* ---- groups of near-duplicates ---- */

static float overlap(const row *a, const row *b) {
    int i = 0, k = 0, same = 0;
    while (i < a->word_count && k < b->word_count) {
        if (a->words[i] == b->words[k]) same++, i++, k++;
        else if (a->words[i] < b->words[k]) i++;
        else k++;
    }
    int all = a->word_count + b->word_count - same;
    return all ? (float)same / (float)all : 1;
}

static int group_of(row *rows, int i) {
    while (rows[i].group != i) i = rows[i].group = rows[rows[i].group].group;
    return i;
}

static void group_rows(training *t) {
    row *rows = t->rows;
    int n = (int)t->gold;
    for (int i = 0; i < n; i++) rows[i].group = i;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            if (overlap(&rows[i], &rows[k]) >= SAME_WORDS) rows[group_of(rows, i)].group = group_of(rows, k);
}

static int fold_of(row *rows, int i, int folds, int division) {
    uint32_t g = (uint32_t)group_of(rows, i);
    return (int)(str_hash((str){(const char *)&g, sizeof g}, 5 + (uint64_t)division) % (uint64_t)folds);
}

/* ---- the dictionary ---- */

static void make_dictionary(training *t) {
    size_t all = 0, n = 0;
    for (size_t i = 0; i < t->count; i++) all += (size_t)t->rows[i].count;
    uint32_t *seen = arena_array(&t->home, uint32_t, all);
    for (size_t i = 0; i < t->count; i++) {
        memcpy(seen + n, t->rows[i].feature, sizeof *seen * (size_t)t->rows[i].count);
        n += (size_t)t->rows[i].count;
    }
    qsort(seen, n, sizeof *seen, by_number);
    for (size_t i = 0; i < n;) {
        size_t k = i;
        while (k < n && seen[k] == seen[i]) k++;
        if (k - i >= LEAST_ROWS_OF_FEATURE) seen[t->features++] = seen[i];
        i = k;
    }
    t->dictionary = seen;
    for (size_t i = 0; i < t->count; i++) {
        row *r = &t->rows[i];
        int kept = 0;
        for (int f = 0; f < r->count; f++) {
            uint32_t *at = bsearch(&r->feature[f], seen, t->features, sizeof *seen, by_number);
            if (!at) continue;
            r->value[kept] = r->value[f];
            r->feature[kept++] = (uint32_t)(at - seen);
        }
        r->count = kept;
    }
}

/* ---- the regression ---- */

/* Rows as the regression sees them: those that are only learnt from first, the gold ones last. */
static const row *in_order(const training *t, size_t i) { return &t->rows[i < t->count - t->gold ? t->gold + i : i - (t->count - t->gold)]; }

static float product(const float *spread, const row *a, const row *b) {
    float sum = 0;
    for (int f = 0; f < b->count; f++) sum += spread[b->feature[f]] * b->value[f];
    for (int d = 0; d < a->dense_count && d < b->dense_count; d++) sum += a->dense[d] * b->dense[d];
    return sum;
}

/* The kernel of all pairs (its lower half, mirrored), with the penalty on the diagonal: a row of small weight bends the plane less. */
static float *gram_of(training *t) {
    size_t n = t->count;
    float *gram = arena_array(&t->home, float, n * n), *spread = arena_array(&t->home, float, t->features + 1);
    double trace = 0;
    for (size_t i = 0; i < n; i++) {
        const row *a = in_order(t, i);
        memset(spread, 0, sizeof(float) * t->features);
        for (int f = 0; f < a->count; f++) spread[a->feature[f]] += a->value[f];
        for (size_t k = 0; k <= i; k++) gram[i * n + k] = gram[k * n + i] = product(spread, a, in_order(t, k));
        trace += (double)gram[i * n + i];
    }
    for (size_t i = 0; i < n; i++) gram[i * n + i] += PENALTY * (float)(trace / (double)n) / in_order(t, i)->weight;
    return gram;
}

static float *targets_of(training *t) {
    float *target = arena_array(&t->home, float, t->count * RANK_CLASSES);
    for (size_t i = 0; i < t->count; i++)
        for (int c = 0; c < RANK_CLASSES; c++) target[i * RANK_CLASSES + (size_t)c] = (c == in_order(t, i)->class) - 1.0f / RANK_CLASSES;
    return target;
}

/* From a coefficient a row to a weight a feature. */
static void weights_of(training *t, const float *coefficient, weights *w) {
    w->sparse = arena_array(&t->home, float, (size_t)t->features * RANK_CLASSES);
    w->dense = arena_array(&t->home, float, MOST_DENSE * RANK_CLASSES);
    for (size_t i = 0; i < t->count; i++) {
        const row *r = in_order(t, i);
        for (int c = 0; c < RANK_CLASSES; c++) {
            float by = coefficient[i * RANK_CLASSES + (size_t)c];
            for (int f = 0; f < r->count; f++) w->sparse[(size_t)r->feature[f] * RANK_CLASSES + (size_t)c] += by * r->value[f];
            for (int d = 0; d < r->dense_count; d++) w->dense[d * RANK_CLASSES + c] += by * r->dense[d];
        }
    }
}

/* ---- the report ---- */

static int quad_of(int class) {
    static const int quads[RANK_CLASSES] = {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4};
    return quads[class];
}

static int best_of(const float *p) {
    int best = 0;
    for (int c = 1; c < RANK_CLASSES; c++)
        if (p[c] > p[best]) best = c;
    return best;
}

/* Scores to a probability. */
static float tempered(const float *score, int class, float temperature) {
    float sum = 0;
    for (int c = 0; c < RANK_CLASSES; c++) sum += expf((score[c] - score[class]) / temperature);
    return 1 / sum;
}

static float calibrate(const training *t, const float *all) {
    float best = 1, least = 1e30f;
    for (float temperature = 0.04f; temperature < 0.6f; temperature += 0.005f) {
        float loss = 0;
        for (size_t i = 0; i < t->gold; i++) loss -= logf(fmaxf(tempered(all + i * RANK_CLASSES, t->rows[i].class, temperature), 1e-12f));
        if (loss < least) least = loss, best = temperature;
    }
    return best;
}

typedef struct figures { double root, macro, quad, binary; } figures;

static figures report_classes(const training *t, const float *all, bool each, FILE *out) {
    int hit[RANK_CLASSES] = {0}, gold[RANK_CLASSES] = {0}, got[RANK_CLASSES] = {0};
    int right = 0, quad = 0, binary = 0, n = (int)t->gold;
    float macro = 0, present = 0;
    for (int i = 0; i < n; i++) {
        int b = best_of(all + i * RANK_CLASSES), c = t->rows[i].class;
        gold[c]++, got[b]++, hit[c] += b == c;
        right += b == c, quad += quad_of(b) == quad_of(c), binary += (quad_of(b) > 2) == (quad_of(c) > 2);
    }
    for (int c = 0; c < RANK_CLASSES; c++) {
        if (gold[c] == 0) continue;
        float f = 2 * (float)hit[c] / (float)(gold[c] + got[c]);
        macro += f, present++;
        if (each) fprintf(out, "  %-10s F1 %.3f  n %d\n", c == rank_class(RETREAT) ? "YIELD" : plover_name(rank_root(c)), (double)f, gold[c]);
    }
    return (figures){right / (double)n, (double)(macro / present), quad / (double)n, binary / (double)n};
}

static void report_figures(const char *what, figures f, FILE *out) {
    fprintf(out, "%s: root accuracy %.4f macro-F1 %.4f | quad accuracy %.4f | binary accuracy %.4f\n", what, f.root, f.macro, f.quad, f.binary);
}

static void report_reliability(const training *t, const float *all, float temperature, FILE *out) {
    int count[BINS] = {0}, right[BINS] = {0};
    float said[BINS] = {0};
    for (size_t i = 0; i < t->gold; i++) {
        int b = best_of(all + i * RANK_CLASSES);
        float p = tempered(all + i * RANK_CLASSES, b, temperature);
        int bin = (int)(p * BINS) < BINS ? (int)(p * BINS) : BINS - 1;
        count[bin]++, right[bin] += b == t->rows[i].class, said[bin] += p;
    }
    fprintf(out, "temperature %.2f; reliability:\n", (double)temperature);
    for (int b = 0; b < BINS; b++)
        if (count[b]) fprintf(out, "  said %.2f  right %.2f  n %d\n", (double)said[b] / count[b], (double)right[b] / count[b], count[b]);
}

/* Cross-validation in several divisions into folds; the first is shown by class. */
static float validate(training *t, ridge *fit, int folds, FILE *out) {
    float *all = arena_array(&t->home, float, t->gold * RANK_CLASSES), temperature = 0;
    int *fold = arena_array(&t->home, int, t->gold);
    figures mean = {0};
    fprintf(out, "%zu gold rows, %zu others, %u features, %d dense; %d folds, %d divisions:\n", t->gold, t->count - t->gold, t->features, t->dense, folds, DIVISIONS);
    for (int d = 0; d < DIVISIONS; d++) {
        char what[32];
        for (size_t i = 0; i < t->gold; i++) fold[i] = fold_of(t->rows, (int)i, folds, d);
        ridge_left_out(fit, &t->home, fold, (int)t->gold, folds, all);
        figures f = report_classes(t, all, d == 0, out);
        mean = (figures){mean.root + f.root / DIVISIONS, mean.macro + f.macro / DIVISIONS, mean.quad + f.quad / DIVISIONS, mean.binary + f.binary / DIVISIONS};
        if (d == 0) report_reliability(t, all, temperature = calibrate(t, all), out);
        snprintf(what, sizeof what, "division %d", d + 1);
        report_figures(what, f, out);
    }
    report_figures("mean", mean, out);
    return temperature;
}

static rap_status write_model(training *t, const weights *w, float temperature, const char *path, rap_error *e) {
    int8_t *small = arena_array(&t->home, int8_t, (size_t)t->features * RANK_CLASSES);
    float scales[RANK_CLASSES];
    uint32_t head[4] = {t->features, (uint32_t)t->dense, 0, 0};
    memcpy(&head[2], &temperature, sizeof temperature);
    for (int c = 0; c < RANK_CLASSES; c++) {
        float most = 1e-6f;
        for (uint32_t f = 0; f < t->features; f++) most = fmaxf(most, fabsf(w->sparse[f * RANK_CLASSES + (uint32_t)c]));
        scales[c] = most / 127;
        for (uint32_t f = 0; f < t->features; f++)
            small[f * RANK_CLASSES + (uint32_t)c] = (int8_t)lrintf(w->sparse[f * RANK_CLASSES + (uint32_t)c] / scales[c]);
    }
    model_part parts[] = {{"head", head, sizeof head},
                          {"features", t->dictionary, sizeof(uint32_t) * t->features},
                          {"weights", small, (size_t)t->features * RANK_CLASSES},
                          {"scales", scales, sizeof scales},
                          {"dense", w->dense, sizeof(float) * (size_t)t->dense * RANK_CLASSES}};
    return model_write(path, parts, 5, e);
}

static bool is_table(const char *path) { return str_ends(str_of(path), ".tsv"); }

static rap_status train(training *t, char **files, int count, int folds, const char *model, FILE *out, rap_error *e) {
    rap_status s = rap_document_new(&t->doc, e);
    for (int i = 0; i < count && s == RAP_OK; i++)
        if (!is_table(files[i])) s = read_rows(t, files[i], e);
    t->gold = t->count;
    for (int i = 0; i < count && s == RAP_OK; i++)
        if (is_table(files[i])) s = table_rows(t, files[i], e);
    if (s == RAP_OK) s = frame_rows(t, e);
    if (s == RAP_OK && t->gold == 0) s = error_set(e, RAP_USAGE, "no gold rows: give at least one file of JSON Lines");
    if (s != RAP_OK) return s;
    make_dictionary(t);
    group_rows(t);
    weights w;
    ridge *fit = ridge_factor(&t->home, gram_of(t), (int)t->count, targets_of(t), RANK_CLASSES);
    if (!fit) return error_set(e, RAP_UNREADABLE, "these rows do not determine a model: their kernel is not positive definite");
    float temperature = validate(t, fit, folds, out);
    if (!model) return RAP_OK;
    weights_of(t, ridge_coefficients(fit), &w);
    return write_model(t, &w, temperature, model, e);
}

rap_status rap_train_relate(const rap_engine *engine, char **files, int count, int folds, const char *model, FILE *out, rap_error *e) {
    training t = {.engine = engine};
    if (folds < 2 || folds > MOST_FOLDS) return error_set(e, RAP_USAGE, "--folds is a number from 2 to %d", MOST_FOLDS);
    arena_init(&t.home);
    jmp_buf escape;
    if (setjmp(escape)) {
        arena_free(&t.home);
        return error_set(e, RAP_NO_MEMORY, "out of memory while training");
    }
    t.home.escape = &escape;
    rap_status s = train(&t, files, count, folds, model, out, e);
    rap_document_free(t.doc);
    arena_free(&t.home);
    return s;
}
