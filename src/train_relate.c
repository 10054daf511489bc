/* Training of the ranker: rows to features, near-duplicates into groups, cross-validation, weights.
 *
 * Multinomial logistic regression, AdaGrad, L2; seeds are fixed, so that the same rows give the same weights. Rows are the gold records given, and
 * the test sentences of the frames with the tested frame hidden, so that words and vectors learn what the frame would have said. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "question.h"
#include "what/stage.h"

enum { LEAST_ROWS_OF_FEATURE = 2, BINS = 10, MOST_FOLDS = 20 };
static const float LEARNING_RATE = 0.06f, FRAME_ROW_WEIGHT = 0.35f, L2_SPARSE = 1e-3f, L2_DENSE = 1e-3f, SAME_WORDS = 0.5f;
enum { EPOCHS = 25 };

typedef struct row {
    uint32_t *feature;
    float *value, *dense;
    int count, dense_count, class, fold;
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
    float *sparse, *sparse_sum, *dense, *dense_sum; /* [features][RANK_CLASSES]; AdaGrad's sums of squares */
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
    row r = {.count = ev->count, .dense_count = ev->dense_count, .class = class, .weight = weight, .fold = -1, .group = -1};
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

/* "[Lima] called off talks with <La Paz>." */
static void unmark(str marked, char *text, uint32_t *length, question *q) {
    uint32_t n = 0, open_source = 0, open_target = 0;
    *q = (question){0};
    for (uint32_t i = 0; i < marked.len && n < 1000; i++) {
        char c = marked.ptr[i];
        if (c == '[') open_source = n;
        else if (c == '<') open_target = n;
        else if (c == ']' && q->sources < MOST_SPANS) q->source[q->sources++] = (content){.start = open_source, .end = n};
        else if (c == '>' && q->targets < MOST_SPANS) q->target[q->targets++] = (content){.start = open_target, .end = n};
        else text[n++] = c;
    }
    *length = n;
}

static rap_status frame_rows(training *t, rap_error *e) {
    const frame_set *set = &t->engine->what->set;
    for (size_t i = 1; i < set->count; i++) {
        const frame *f = &set->frames[i];
        char text[1024];
        uint32_t length;
        question q;
        if (f->none || f->root == EVENT_NONE || f->test.len == 0) continue;
        unmark(f->test, text, &length, &q);
        if (q.sources + q.targets == 0) continue;
        rap_status s = rap_document_from_text(t->doc, text, length, NULL, e);
        if (s == RAP_OK) s = pipeline_layers(t->engine, t->doc, e);
        if (s != RAP_OK) return s;
        add_row(t, &q, rank_class(f->root), FRAME_ROW_WEIGHT, f);
    }
    return RAP_OK;
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

static void fold_rows(training *t, int folds) {
    row *rows = t->rows;
    int n = (int)t->gold;
    for (int i = 0; i < n; i++) rows[i].group = i;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            if (overlap(&rows[i], &rows[k]) >= SAME_WORDS) rows[group_of(rows, i)].group = group_of(rows, k);
    for (int i = 0; i < n; i++) {
        uint32_t g = (uint32_t)group_of(rows, i);
        rows[i].fold = (int)(str_hash((str){(const char *)&g, sizeof g}, 5) % (uint64_t)folds);
    }
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

static void score(const training *t, const weights *w, const row *r, float *p) {
    float most = -1e30f, sum = 0;
    for (int c = 0; c < RANK_CLASSES; c++) p[c] = 0;
    for (int i = 0; i < r->count; i++)
        for (int c = 0; c < RANK_CLASSES; c++) p[c] += r->value[i] * w->sparse[(size_t)r->feature[i] * RANK_CLASSES + (size_t)c];
    for (int d = 0; d < r->dense_count; d++)
        for (int c = 0; c < RANK_CLASSES; c++) p[c] += r->dense[d] * w->dense[d * RANK_CLASSES + c];
    (void)t;
    for (int c = 0; c < RANK_CLASSES; c++)
        if (p[c] > most) most = p[c];
    for (int c = 0; c < RANK_CLASSES; c++) sum += p[c] = expf(p[c] - most);
    for (int c = 0; c < RANK_CLASSES; c++) p[c] /= sum;
}

static void step(float *w, float *sum, float gradient) {
    *sum += gradient * gradient;
    *w -= LEARNING_RATE * gradient / sqrtf(*sum + 1e-6f);
}

static void learn_row(const training *t, weights *w, const row *r) {
    float p[RANK_CLASSES];
    score(t, w, r, p);
    for (int c = 0; c < RANK_CLASSES; c++) {
        float error = r->weight * (p[c] - (c == r->class ? 1.0f : 0.0f));
        for (int i = 0; i < r->count; i++) {
            size_t at = (size_t)r->feature[i] * RANK_CLASSES + (size_t)c;
            step(&w->sparse[at], &w->sparse_sum[at], error * r->value[i] + L2_SPARSE * w->sparse[at]);
        }
        for (int d = 0; d < r->dense_count; d++) {
            int at = d * RANK_CLASSES + c;
            step(&w->dense[at], &w->dense_sum[at], error * r->dense[d] + L2_DENSE * w->dense[at]);
        }
    }
}

/* Learns from all rows that are not in `held` (-1: from all). */
static void learn(const training *t, weights *w, int held, uint32_t *order) {
    memset(w->sparse, 0, sizeof(float) * t->features * RANK_CLASSES);
    memset(w->sparse_sum, 0, sizeof(float) * t->features * RANK_CLASSES);
    memset(w->dense, 0, sizeof(float) * MOST_DENSE * RANK_CLASSES);
    memset(w->dense_sum, 0, sizeof(float) * MOST_DENSE * RANK_CLASSES);
    uint64_t random = 88172645463325252u;
    for (uint32_t i = 0; i < t->count; i++) order[i] = i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = t->count - 1; i > 0; i--) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            size_t k = (size_t)(random % (i + 1));
            uint32_t swap = order[i];
            order[i] = order[k], order[k] = swap;
        }
        for (size_t i = 0; i < t->count; i++)
            if (held < 0 || t->rows[order[i]].fold != held) learn_row(t, w, &t->rows[order[i]]);
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

static float tempered(const float *p, int class, float temperature) {
    float sum = 0;
    for (int c = 0; c < RANK_CLASSES; c++) sum += powf(p[c] > 1e-12f ? p[c] : 1e-12f, 1 / temperature);
    return powf(p[class] > 1e-12f ? p[class] : 1e-12f, 1 / temperature) / sum;
}

static float calibrate(const training *t, const float *all) {
    float best = 1, least = 1e30f;
    for (float temperature = 0.5f; temperature < 4; temperature += 0.05f) {
        float loss = 0;
        for (size_t i = 0; i < t->gold; i++) loss -= logf(tempered(all + i * RANK_CLASSES, t->rows[i].class, temperature));
        if (loss < least) least = loss, best = temperature;
    }
    return best;
}

static void report_classes(const training *t, const float *all, FILE *out) {
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
        fprintf(out, "  %-10s F1 %.3f  n %d\n", c == rank_class(RETREAT) ? "YIELD" : plover_name(rank_root(c)), (double)f, gold[c]);
    }
    fprintf(out, "root accuracy %.4f macro-F1 %.4f | quad accuracy %.4f | binary accuracy %.4f\n", right / (double)n, (double)(macro / present), quad / (double)n,
            binary / (double)n);
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

static float validate(training *t, weights *w, int folds, uint32_t *order, FILE *out) {
    float *all = arena_array(&t->home, float, t->gold * RANK_CLASSES);
    fold_rows(t, folds);
    for (int f = 0; f < folds; f++) {
        learn(t, w, f, order);
        for (size_t i = 0; i < t->gold; i++)
            if (t->rows[i].fold == f) score(t, w, &t->rows[i], all + i * RANK_CLASSES);
    }
    float temperature = calibrate(t, all);
    fprintf(out, "%zu gold rows, %zu rows of frames, %u features, %d dense; %d folds:\n", t->gold, t->count - t->gold, t->features, t->dense, folds);
    report_classes(t, all, out);
    report_reliability(t, all, temperature, out);
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

static rap_status train(training *t, char **files, int count, int folds, const char *model, FILE *out, rap_error *e) {
    rap_status s = rap_document_new(&t->doc, e);
    for (int i = 0; i < count && s == RAP_OK; i++) s = read_rows(t, files[i], e);
    t->gold = t->count;
    if (s == RAP_OK) s = frame_rows(t, e);
    if (s == RAP_OK && t->gold == 0) s = error_set(e, RAP_USAGE, "no gold rows: give at least one file of JSON Lines");
    if (s != RAP_OK) return s;
    make_dictionary(t);
    size_t n = (size_t)t->features * RANK_CLASSES;
    weights w = {arena_array(&t->home, float, n), arena_array(&t->home, float, n), arena_array(&t->home, float, MOST_DENSE * RANK_CLASSES),
                 arena_array(&t->home, float, MOST_DENSE * RANK_CLASSES)};
    uint32_t *order = arena_array(&t->home, uint32_t, t->count);
    float temperature = validate(t, &w, folds, order, out);
    if (!model) return RAP_OK;
    learn(t, &w, -1, order);
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
