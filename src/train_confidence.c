/* Training of the model of confidence: statements that people judged, their features, a logistic regression, cross-validation by documents.
 *
 * Newton's method with a quadratic penalty on standardised features (ridge logistic regression: le Cessie and van Houwelingen 1992). The least
 * confidence that is coded is set so that what lies below it is right less often than LEAST_WORTH. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "question.h"
#include "statement/trust.h"

enum { BINS = 10, MOST_FOLDS = 20, STEPS = 8, FIELDS = 10, MOST_DIMENSIONS = MOST_TRUST + 1300 };
static const float LEAST = 0.20f;
/* Penalties on the squares of weights, by cross-validation: of a standardised feature, of one of the topic's numbers, of a rule's own offset. */
static const double PENALTY = 120, TOPIC_PENALTY = 240, RULE_PENALTY = 2;
/* What documents without an event and gold sentences weigh beside a verdict. */
static const float NOTHING_WEIGHT = 0.25f, GOLD_WEIGHT = 0.15f;

typedef struct verdict {
    str document, id, block, root, factuality, judge, group;
    uint32_t trigger;
    bool right, no_event, used;
} verdict;

typedef struct judged_row {
    float x[MOST_TRUST];
    float weight;
    bool right;
    int fold, rule; /* rule: number of its offset; fold -1: only learned from */
    size_t sentences; /* of its document */
} judged_row;

typedef struct training {
    const rap_engine *engine;
    arena home;
    verdict *verdicts;
    size_t verdict_count, verdict_capacity;
    judged_row *rows;
    size_t count, capacity, judged; /* rows; those before `judged` are people's */
    int features, documents;
    uint64_t *rules;
    size_t rule_count, rule_capacity;
} training;

/* ---- verdicts ---- */

static rap_status read_verdicts(training *t, const char *path, rap_error *e) {
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t n;
    rap_status s = f ? RAP_OK : error_set(e, RAP_UNREADABLE, "%s: cannot be read", path);
    while (s == RAP_OK && (n = getline(&line, &room, f)) >= 0) {
        str field[FIELDS], rest = arena_copy(&t->home, (str){line, (uint32_t)n});
        int count = 0;
        number++;
        while (rest.len && (rest.ptr[rest.len - 1] == '\n' || rest.ptr[rest.len - 1] == '\r')) rest.len--;
        if (rest.len == 0 || rest.ptr[0] == '#') continue;
        for (uint32_t i = 0, from = 0; i <= rest.len && count < FIELDS; i++)
            if (i == rest.len || rest.ptr[i] == '\t') field[count++] = str_sub(rest, from, i), from = i + 1;
        if (count != FIELDS || (!str_is(field[6], "y") && !str_is(field[6], "n"))) {
            s = error_set(e, RAP_UNREADABLE, "%s:%zu: wants document, statement, block, byte, root, factuality, y or n, what was wrong, judge, group", path, number);
            continue;
        }
        verdict v = {.document = field[0], .id = field[1], .block = field[2], .root = field[4], .factuality = field[5], .judge = field[8], .group = field[9]};
        for (uint32_t i = 0; i < field[3].len; i++) v.trigger = v.trigger * 10 + (uint32_t)(field[3].ptr[i] - '0');
        v.right = str_is(field[6], "y"), v.no_event = str_is(field[7], "no event");
        arena_push(&t->home, t->verdicts, t->verdict_count, t->verdict_capacity, v);
    }
    free(line);
    if (f) fclose(f);
    return s;
}

/* Documents are known by a hash of their ids: ids may be titles, which are not ours to print. */
static str document_key(arena *home, str id) { return arena_format(home, "%016llx", (unsigned long long)str_hash(id, 17)); }

static bool holds_for(const document *doc, const verdict *v, const statement *s) {
    str root = s->root == EVENT_NONE ? STR("-") : str_of(plover_name(s->root));
    if (v->no_event)
        return v->trigger == s->trigger_start && str_eq(v->block, doc->blocks[doc->sentences[doc->tokens[s->trigger].sentence].block].name);
    return str_eq(v->id, s->id) && str_eq(v->root, root) && str_eq(v->factuality, str_of(factuality_name(s->factuality)));
}

static int number_of_rule(training *t, str rule) {
    uint64_t h = trust_rule(rule);
    for (size_t i = 0; i < t->rule_count; i++)
        if (t->rules[i] == h) return (int)i;
    arena_push(&t->home, t->rules, t->rule_count, t->rule_capacity, h);
    return (int)t->rule_count - 1;
}

static void judge_document(training *t, document *doc) {
    trust_view view;
    bool looked = false;
    str key = document_key(&t->home, doc->id);
    for (size_t k = 0; k < t->verdict_count; k++) {
        verdict *v = &t->verdicts[k];
        if (!str_eq(v->document, key)) continue;
        if (!looked) trust_look(t->engine, doc, &view), t->documents++;
        looked = true;
        for (size_t i = 0; i < doc->statement_count && !v->used; i++) {
            const statement *s = &doc->statements[i];
            if (s->event < 0 || !holds_for(doc, v, s)) continue;
            judged_row r = {.right = v->right, .weight = str_is(v->judge, "A") || str_is(v->judge, "B") ? 0.5f : 1, .fold = (int)(str_hash(v->group, 9) % 1000),
                            .rule = number_of_rule(t, s->rule), .sentences = doc->sentence_count};
            t->features = trust_features(t->engine, doc, &view, s, s->weight, r.x);
            arena_push(&t->home, t->rows, t->count, t->capacity, r);
            v->used = true;
        }
    }
}

static bool is_judged(training *t, str id) {
    str key = document_key(&t->home, id);
    for (size_t k = 0; k < t->verdict_count; k++)
        if (str_eq(t->verdicts[k].document, key)) return true;
    return false;
}

/* Reads every document of a file, or only those that were judged, and hands it on. */
static rap_status each_document(training *t, const char *path, bool judged, void (*use)(training *, document *), rap_document *doc, rap_error *e) {
    rap_source *source;
    rap_source_options how = {0};
    rap_status s = rap_source_open(&source, path, &how, e);
    if (s != RAP_OK) return s;
    while ((s = rap_source_next(source, doc, e)) != RAP_END) {
        if (s == RAP_OK && judged && !is_judged(t, doc->id)) continue;
        if (s == RAP_OK) s = rap_read(t->engine, doc, e);
        if (s == RAP_OK) use(t, doc);
        else if (s != RAP_UNREADABLE) break;
    }
    rap_source_close(source);
    return s == RAP_END ? RAP_OK : s;
}

/* ---- beside the verdicts: documents in which nothing happens, gold sentences ---- */

static void add_row_of(training *t, const document *doc, const trust_view *view, const statement *s, bool right, float weight) {
    judged_row r = {.right = right, .weight = weight, .fold = -1, .rule = number_of_rule(t, s->rule), .sentences = doc->sentence_count};
    t->features = trust_features(t->engine, doc, view, s, s->weight, r.x);
    arena_push(&t->home, t->rows, t->count, t->capacity, r);
}

/* Reviews, letters between friends, textbooks: whatever is coded there is wrong. */
static void nothing_happens(training *t, document *doc) {
    trust_view view;
    trust_look(t->engine, doc, &view);
    for (size_t i = 0; i < doc->statement_count; i++)
        if (doc->statements[i].event >= 0) add_row_of(t, doc, &view, &doc->statements[i], false, NOTHING_WEIGHT);
}

static bool within(const document *doc, bool there, const actor *a, const content *spans, int count) {
    for (int i = 0; there && i < count; i++)
        if (doc->tokens[a->head].start >= spans[i].start && doc->tokens[a->head].start < spans[i].end) return true;
    return count == 0;
}

/* A statement of the gold root between the gold sides is right; one of another root between them, or of this root between others, is not; of the rest nothing is known. */
static void compare_with_gold(training *t, const document *doc, const trust_view *view, const question *q) {
    bool yields = str_is(q->event, "YIELD") || str_is(q->event, "CONCEDE") || str_is(q->event, "RETREAT");
    for (size_t i = 0; i < doc->statement_count; i++) {
        const statement *s = &doc->statements[i];
        if (s->event < 0 || s->factuality >= FACT_CT_MINUS) continue;
        bool same = yields ? s->root == CONCEDE || s->root == RETREAT : s->root == plover_of(q->event), both_ways = s->root == CONSULT || s->root == AGREE || s->root == COOPERATE;
        bool sides = within(doc, s->has_source, &s->source, q->source, q->sources) && within(doc, s->has_target, &s->target, q->target, q->targets);
        bool turned = within(doc, s->has_target, &s->target, q->source, q->sources) && within(doc, s->has_source, &s->source, q->target, q->targets);
        if (same || sides) add_row_of(t, doc, view, s, same && (sides || (turned && both_ways)), GOLD_WEIGHT);
    }
}

static rap_status read_gold(training *t, const char *path, rap_document *doc, rap_error *e) {
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t n;
    rap_status s = f ? RAP_OK : error_set(e, RAP_UNREADABLE, "%s: cannot be read", path);
    while (s == RAP_OK && (n = getline(&line, &room, f)) >= 0) {
        question q;
        rap_error why;
        trust_view view;
        number++;
        s = question_read(doc, &q, line, (size_t)n, &why);
        if (s == RAP_OK) s = rap_read(t->engine, doc, &why);
        if (s != RAP_OK) {
            error_set(e, s, "%s:%zu: %s", path, number, why.message);
            continue;
        }
        trust_look(t->engine, doc, &view);
        compare_with_gold(t, doc, &view, &q);
    }
    free(line);
    if (f) fclose(f);
    return s;
}

/* ---- the regression ---- */

typedef struct curve {
    double mean[MOST_TRUST], scale[MOST_TRUST], weight[MOST_DIMENSIONS]; /* weights of features, then of rules */
} curve;

static double log_odds(const training *t, const curve *c, const judged_row *r) {
    double sum = c->weight[t->features + r->rule];
    for (int i = 0; i < t->features; i++) sum += c->weight[i] * ((double)r->x[i] - c->mean[i]) / c->scale[i];
    return sum;
}

static double probability(double odds) { return 1 / (1 + exp(-odds)); }

static void standardise(const training *t, curve *c) {
    for (int i = 0; i < t->features; i++) {
        double sum = 0, square = 0;
        for (size_t k = 0; k < t->judged; k++) sum += (double)t->rows[k].x[i], square += (double)t->rows[k].x[i] * (double)t->rows[k].x[i];
        c->mean[i] = i ? sum / (double)t->judged : 0; /* the first is the constant */
        double variance = square / (double)t->judged - c->mean[i] * c->mean[i];
        c->scale[i] = i == 0 ? 1 : variance > 1e-4 ? sqrt(variance) : 1e3;
    }
}

/* What short documents are about is not known (trust_few_sentences): the same in training. */
static void draw_to_means(training *t, const curve *c) {
    float mean[MOST_TRUST];
    for (int i = 0; i < t->features; i++) mean[i] = (float)c->mean[i];
    for (size_t k = 0; k < t->count; k++) trust_draw_to_means(mean, t->rows[k].x, t->features, t->rows[k].sentences);
}

/* Gauss without pivots: the matrix is positive definite. A row has one rule only, so what belongs to rules (from `inner` on) is diagonal and goes first. */
static void solve(double *m, double *b, int n, int inner) {
    for (int r = inner; r < n; r++)
        for (int i = 0; i < inner; i++) {
            double f = m[i * n + r] / m[r * n + r];
            if (f == 0) continue;
            for (int k = 0; k < inner; k++) m[i * n + k] -= f * m[r * n + k];
            b[i] -= f * b[r];
        }
    for (int p = 0; p < inner; p++)
        for (int i = p + 1; i < inner; i++) {
            double f = m[i * n + p] / m[p * n + p];
            for (int k = p; k < inner; k++) m[i * n + k] -= f * m[p * n + k];
            b[i] -= f * b[p];
        }
    for (int i = inner - 1; i >= 0; i--) {
        for (int k = i + 1; k < inner; k++) b[i] -= m[i * n + k] * b[k];
        b[i] /= m[i * n + i];
    }
    for (int r = inner; r < n; r++) {
        for (int k = 0; k < inner; k++) b[r] -= m[r * n + k] * b[k];
        b[r] /= m[r * n + r];
    }
}

static double penalty_of(const training *t, int dimension) {
    return dimension == 0 ? 1e-3 : dimension >= t->features ? RULE_PENALTY : trust_is_topic(dimension) ? TOPIC_PENALTY : PENALTY;
}

static void add_row(const training *t, const curve *c, const judged_row *r, double *gradient, double *hessian) {
    int n = t->features + (int)t->rule_count, own = t->features + r->rule;
    double p = probability(log_odds(t, c, r)), w = (double)r->weight, slope = w * ((r->right ? 1 : 0) - p), bend = w * p * (1 - p), z[MOST_TRUST];
    for (int i = 0; i < t->features; i++) z[i] = ((double)r->x[i] - c->mean[i]) / c->scale[i];
    for (int i = 0; i < t->features; i++) {
        gradient[i] += slope * z[i];
        hessian[i * n + own] += bend * z[i], hessian[own * n + i] += bend * z[i];
        for (int m = 0; m < t->features; m++) hessian[i * n + m] += bend * z[i] * z[m];
    }
    gradient[own] += slope, hessian[own * n + own] += bend;
}

/* Learns from all rows whose fold, modulo folds, is not `held` (-1: from all). */
static void learn(training *t, curve *c, double *hessian, int folds, int held) {
    int n = t->features + (int)t->rule_count;
    double gradient[MOST_DIMENSIONS];
    memset(c->weight, 0, sizeof c->weight);
    for (int step = 0; step < STEPS; step++) {
        memset(hessian, 0, sizeof(double) * (size_t)(n * n));
        for (int i = 0; i < n; i++) gradient[i] = -penalty_of(t, i) * c->weight[i], hessian[i * n + i] = penalty_of(t, i);
        for (size_t k = 0; k < t->count; k++)
            if (t->rows[k].fold < 0 || t->rows[k].fold % folds != held) add_row(t, c, &t->rows[k], gradient, hessian);
        solve(hessian, gradient, n, t->features);
        for (int i = 0; i < n; i++) c->weight[i] += gradient[i];
    }
}

/* ---- the report ---- */

static void report_reliability(const training *t, const double *p, FILE *out) {
    double n[BINS] = {0}, said[BINS] = {0}, right[BINS] = {0};
    for (size_t k = 0; k < t->judged; k++) {
        int bin = (int)(p[k] * BINS) < BINS ? (int)(p[k] * BINS) : BINS - 1;
        double w = (double)t->rows[k].weight;
        n[bin] += w, said[bin] += w * p[k], right[bin] += w * t->rows[k].right;
    }
    fprintf(out, "reliability, each document left out by folds:\n");
    for (int b = 0; b < BINS; b++)
        if (n[b] > 0) fprintf(out, "  said %.2f  right %.2f  n %.0f\n", said[b] / n[b], right[b] / n[b], n[b]);
}

static void report_limits(const training *t, const double *p, FILE *out) {
    double all = 0, good = 0, loss = 0, order = 0, pairs = 0;
    for (size_t k = 0; k < t->judged; k++) {
        double w = (double)t->rows[k].weight, q = t->rows[k].right ? p[k] : 1 - p[k];
        all += w, good += w * t->rows[k].right, loss -= w * log(q > 1e-9 ? q : 1e-9);
        for (size_t m = 0; m < t->judged; m++)
            if (t->rows[k].right && !t->rows[m].right) pairs += 1, order += p[k] > p[m] ? 1 : p[k] == p[m] ? 0.5 : 0;
    }
    fprintf(out, "right %.3f; log loss %.4f; a right one above a wrong one %.3f\n", good / all, loss / all, order / pairs);
    for (double limit = 0; limit < 0.85; limit += limit < 0.295 ? 0.05 : 0.1) {
        double kept = 0, right = 0;
        for (size_t k = 0; k < t->judged; k++)
            if (p[k] >= limit) kept += (double)t->rows[k].weight, right += (double)t->rows[k].weight * t->rows[k].right;
        fprintf(out, "  from %.2f: %.3f of them right, %.3f of the right ones kept, %.3f of all\n", limit, right / fmax(kept, 1e-9), right / good, kept / all);
    }
}

static rap_status write_model(const training *t, const curve *c, const char *path, rap_error *e) {
    float weight[MOST_TRUST];
    uint32_t head[3] = {(uint32_t)t->features, 0, (uint32_t)t->rule_count};
    memcpy(&head[1], &LEAST, sizeof LEAST);
    double constant = c->weight[0];
    for (int i = 1; i < t->features; i++) weight[i] = (float)(c->weight[i] / c->scale[i]), constant -= c->weight[i] * c->mean[i] / c->scale[i];
    weight[0] = (float)constant;
    float offset[MOST_DIMENSIONS], mean[MOST_TRUST];
    for (int i = 0; i < t->features; i++) mean[i] = (float)c->mean[i];
    for (size_t i = 0; i < t->rule_count; i++) offset[i] = (float)c->weight[t->features + (int)i];
    model_part parts[] = {{"head", head, sizeof head},
                          {"weights", weight, sizeof(float) * (size_t)t->features},
                          {"means", mean, sizeof(float) * (size_t)t->features},
                          {"rules", t->rules, sizeof *t->rules * t->rule_count},
                          {"offsets", offset, sizeof(float) * t->rule_count}};
    return model_write(path, parts, 5, e);
}

static rap_status train(training *t, const char *judged, char **files, int count, const rap_confidence_options *how, FILE *out, rap_error *e) {
    int folds = how->folds;
    rap_document *doc = NULL;
    rap_status s = rap_document_new(&doc, e);
    if (s == RAP_OK) s = read_verdicts(t, judged, e);
    for (int i = 0; i < count && s == RAP_OK; i++) s = each_document(t, files[i], true, judge_document, doc, e);
    t->judged = t->count;
    if (s == RAP_OK && how->nothing) s = each_document(t, how->nothing, false, nothing_happens, doc, e);
    if (s == RAP_OK && how->gold) s = read_gold(t, how->gold, doc, e);
    rap_document_free(doc);
    if (s != RAP_OK) return s;
    if (t->rule_count > MOST_DIMENSIONS - MOST_TRUST) return error_set(e, RAP_USAGE, "more than %d rules among the verdicts", MOST_DIMENSIONS - MOST_TRUST);
    if (t->judged < 50) return error_set(e, RAP_USAGE, "only %zu of %zu verdicts are about statements of these documents", t->judged, t->verdict_count);
    fprintf(out, "%zu of %zu verdicts hold for what is coded, %d documents; %zu statements beside them; %d features, %zu rules; %d folds:\n", t->judged, t->verdict_count, t->documents,
            t->count - t->judged, t->features, t->rule_count, folds);
    curve c;
    size_t n = (size_t)t->features + t->rule_count;
    double *p = arena_array(&t->home, double, t->count), *hessian = arena_array(&t->home, double, n * n);
    standardise(t, &c);
    draw_to_means(t, &c);
    for (int f = 0; f < folds; f++) {
        learn(t, &c, hessian, folds, f);
        for (size_t k = 0; k < t->judged; k++)
            if (t->rows[k].fold % folds == f) p[k] = probability(log_odds(t, &c, &t->rows[k]));
    }
    report_reliability(t, p, out);
    report_limits(t, p, out);
    learn(t, &c, hessian, folds, -1);
    return how->model ? write_model(t, &c, how->model, e) : RAP_OK;
}

rap_status rap_train_confidence(const rap_engine *engine, const char *judged, char **files, int count, const rap_confidence_options *how, FILE *out, rap_error *e) {
    training t = {.engine = engine};
    if (how->folds < 2 || how->folds > MOST_FOLDS) return error_set(e, RAP_USAGE, "--folds is a number from 2 to %d", MOST_FOLDS);
    arena_init(&t.home);
    jmp_buf escape;
    if (setjmp(escape)) {
        arena_free(&t.home);
        return error_set(e, RAP_NO_MEMORY, "out of memory while training");
    }
    t.home.escape = &escape;
    rap_status s = train(&t, judged, files, count, how, out, e);
    arena_free(&t.home);
    return s;
}
