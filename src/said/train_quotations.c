/* train quotations: the three linear models of attribution from PolNeAR's records (JSONL: text, attributions of source, cue, content).
 *
 * The cue model is trained on every possible cue; its scores are features of the content model, so they are made by cross-fitting: each half
 * of the documents is scored by a model of the other half. One document in ten is kept apart to choose the threshold. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "pipeline.h"
#include "said/attribution.h"
#include "said/stage.h"
#include "said/training.h"

enum { CUE_BITS = 19, CONTENT_BITS = 19, SOURCE_BITS = 17, EPOCHS = 6 };

typedef struct byte_spans { uint32_t start[8], end[8]; int count; } byte_spans;
typedef struct gold { byte_spans source, cue, content; } gold;

typedef struct example { float target; int32_t group, fold; float cue_score; candidate what; } example; /* target 0.5: right by half or more, no lesson */

static example *example_at(const examples *x, size_t i) { return (example *)x->item + i; }

static bool add(examples *x, const feature_list *f, float target, int32_t group, int32_t fold, const candidate *what) {
    example item = {.target = target, .group = group, .fold = fold};
    if (what) item.what = *what;
    return examples_add(x, f, &item);
}

static byte_spans spans_of(json_t *list) {
    byte_spans s = {0};
    size_t i;
    json_t *pair;
    json_array_foreach(list, i, pair) {
        if (s.count == 8) break;
        s.start[s.count] = (uint32_t)json_integer_value(json_array_get(pair, 0));
        s.end[s.count++] = (uint32_t)json_integer_value(json_array_get(pair, 1));
    }
    return s;
}

static uint32_t shared(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    uint32_t s = a > c ? a : c, e = b < d ? b : d;
    return e > s ? e - s : 0;
}

static float overlap(const reading *r, const candidate *c, const byte_spans *g) {
    uint32_t both = 0, ours = 0, theirs = 0;
    for (int i = 0; i < c->parts; i++) {
        uint32_t start, end;
        part_bytes(r, c->part[i], &start, &end);
        ours += end - start;
        for (int k = 0; k < g->count; k++) both += shared(start, end, g->start[k], g->end[k]);
    }
    for (int k = 0; k < g->count; k++) theirs += g->end[k] - g->start[k];
    return ours + theirs ? (float)both / (float)(ours + theirs - both) : 1;
}

static bool in_spans(const token *k, const byte_spans *s) {
    for (int i = 0; i < s->count; i++)
        if (k->start >= s->start[i] && k->end <= s->end[i]) return true;
    return false;
}

/* Lies c strictly within some gold content? The gold marks nothing there: no lesson either way. */
static bool nested(const reading *r, const candidate *c, const gold *g, size_t n) {
    uint32_t start, end, stop, ignored;
    part_bytes(r, c->part[0], &start, &end);
    part_bytes(r, c->part[c->parts - 1], &ignored, &stop);
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < g[i].content.count; k++)
            if (start >= g[i].content.start[k] && stop <= g[i].content.end[k] && stop - start + 12 < g[i].content.end[k] - g[i].content.start[k]) return true;
    return false;
}

enum { THIRDS = 3 }; /* taggers that have not seen a third of the documents each, to read those */

typedef struct lesson {
    examples cues, contents, sources;
    tagger_rows words;
    tagger_weights *tagger; /* [THIRDS + 1], the last from all */
    size_t gold_count, reachable, source_reachable, source_count;
} lesson;

static bool learn_sources(const attribution_reading *a, int32_t t, const candidate *held, const gold *g, int32_t fold, lesson *l) {
    candidate list[MOST_CANDIDATES];
    feature_list f;
    int n = source_candidates(a, t, held, list), best = g->source.count ? -1 : 0;
    float most = 0.3f;
    for (int i = 1; i < n && g->source.count; i++) {
        float o = overlap(a->r, &list[i], &g->source);
        if (o > most) most = o, best = i;
    }
    l->source_count++;
    l->source_reachable += best >= 0 && (best == 0 || most >= 0.5f);
    if (best < 0) return true;
    int32_t group = (int32_t)l->sources.count;
    for (int i = 0; i < n; i++) {
        source_features(a, t, held, &list[i], &f);
        bool near = i != best && i > 0 && best > 0 && overlap(a->r, &list[i], &g->source) >= 0.5f;
        if (!add(&l->sources, &f, near ? 0.5f : i == best, group, fold, &list[i])) return false;
    }
    return true;
}

static bool learn_cue(const attribution_reading *a, int32_t t, const gold *g, size_t n, uint8_t *reached, int32_t fold, lesson *l) {
    candidate list[MOST_CANDIDATES];
    feature_list f;
    int count = content_candidates(a, t, list), best = -1;
    size_t owner = 0;
    float most = 0.5f;
    for (int i = 0; i < count; i++)
        for (size_t k = 0; k < n; k++) {
            if (!in_spans(tok(a->r, t), &g[k].cue)) continue;
            float o = overlap(a->r, &list[i], &g[k].content);
            if (o >= most) most = o, best = i, owner = k;
        }
    bool inner = best < 0;
    for (int i = 0; i < count && inner; i++) inner = nested(a->r, &list[i], g, n);
    cue_features(a, t, &f);
    if (!(inner && count)) {
        if (!add(&l->cues, &f, best >= 0, t, fold, NULL)) return false;
    }
    int32_t group = (int32_t)l->cues.count - 1;
    if (inner && count) return true;
    for (int i = 0; i < count; i++) {
        bool near = best >= 0 && i != best && overlap(a->r, &list[i], &g[owner].content) >= 0.5f;
        if (best < 0 && nested(a->r, &list[i], g, n)) continue;
        content_features(a, t, &list[i], list, count, &f);
        if (!add(&l->contents, &f, near ? 0.5f : i == best, group, fold, &list[i])) return false;
    }
    if (best < 0) return true;
    if (!reached[owner]) reached[owner] = 1, l->reachable++;
    return learn_sources(a, t, &list[best], &g[owner], fold, l);
}

static unsigned words_in(const token *k, const byte_spans *s, enum tag_label any, int first, int last) {
    unsigned bits = 0;
    for (int i = 0; i < s->count; i++) {
        if (k->start < s->start[i] || k->end > s->end[i]) continue;
        bits |= 1u << any;
        if (first >= 0 && k->start == s->start[i]) bits |= 1u << first;
        if (last >= 0 && k->end == s->end[i]) bits |= 1u << last;
    }
    return bits;
}

static gold *gold_of(document *doc, json_t *record, size_t *n) {
    json_t *attributions = json_object_get(record, "attributions");
    *n = json_array_size(attributions);
    gold *g = arena_array(&doc->home, gold, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        json_t *x = json_array_get(attributions, i);
        g[i] = (gold){spans_of(json_object_get(x, "source")), spans_of(json_object_get(x, "cue")), spans_of(json_object_get(x, "content"))};
    }
    return g;
}

/* What each word is: lessons of the tagger. */
static bool learn_words(const rap_engine *engine, document *doc, json_t *record, int32_t number, void *into) {
    lesson *l = into;
    size_t n;
    gold *g = gold_of(doc, record, &n);
    (void)engine;
    for (size_t t = 0; t < doc->token_count; t++) {
        unsigned bits = 0;
        for (size_t i = 0; i < n; i++) {
            unsigned held = words_in(&doc->tokens[t], &g[i].content, TAG_CONTENT, TAG_CONTENT_FIRST, TAG_CONTENT_LAST);
            if (held && !g[i].source.count) held |= 1u << TAG_UNSOURCED;
            bits |= held | words_in(&doc->tokens[t], &g[i].cue, TAG_CUE, -1, -1) | words_in(&doc->tokens[t], &g[i].source, TAG_SOURCE, TAG_SOURCE_FIRST, TAG_SOURCE_LAST);
        }
        if (!tagger_rows_add(&l->words, doc->states + t * (size_t)doc->state_width, (uint8_t)bits, (uint8_t)(number % THIRDS))) return false;
    }
    return true;
}

static void view(document *doc, const tagger_weights *w) {
    const tagger t = {w->in, w->out};
    doc->views = arena_array(&doc->home, float, (doc->token_count + 1) * TAG_LABELS);
    for (size_t k = 0; k < doc->token_count; k++) tagger_read(&t, doc->states + k * (size_t)doc->state_width, doc->views + k * TAG_LABELS);
}

static bool learn_document(const rap_engine *engine, document *doc, json_t *record, int32_t number, void *into) {
    lesson *l = into;
    const int32_t fold = number % 10;
    size_t n;
    gold *g = gold_of(doc, record, &n);
    uint8_t *reached = arena_array(&doc->home, uint8_t, n + 1);
    for (size_t i = 0; i < n; i++) l->gold_count += g[i].content.count > 0;
    view(doc, &l->tagger[number % THIRDS]);
    reading r = said_reading(engine->said, doc);
    quotes_find(&r);
    attribution_reading a = attribution_open(&r);
    for (int32_t t = 0; t < (int32_t)doc->token_count; t++)
        if (doc->blocks[doc->sentences[doc->tokens[t].sentence].block].kind == BLOCK_BODY && may_be_cue(&a, t) && !learn_cue(&a, t, g, n, reached, fold, l)) return false;
    return true;
}

/* ---- fitting ---- */

/* folds: bits of those to train on. */
static bool fit(linear_trainer *t, const examples *x, unsigned folds, unsigned bits, float rate, float l2, bool with_cue, float positive_weight) {
    if (!linear_trainer_open(t, bits, false, rate, l2)) return false;
    size_t *order = memory_new((x->count + 1) * sizeof *order);
    if (!order) return false;
    size_t n = 0;
    for (size_t i = 0; i < x->count; i++)
        if (folds >> example_at(x, i)->fold & 1) order[n++] = i;
    feature_list f;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        shuffle(order, n, (uint64_t)epoch + 1);
        for (size_t i = 0; i < n; i++) {
            if (example_at(x, order[i])->target == 0.5f) continue;
            examples_get(x, order[i], &f);
            if (with_cue) {
                if (example_at(x, order[i])->cue_score < -4) continue;
                cue_score_features(example_at(x, order[i])->cue_score, &f, example_at(x, order[i])->what.type);
            }
            linear_trainer_step(t, &f, example_at(x, order[i])->target, example_at(x, order[i])->target > 0 ? positive_weight : 1);
        }
    }
    linear_trainer_average(t);
    memory_free(order);
    return true;
}

static size_t group_end(const examples *x, size_t i) {
    size_t k = i;
    while (k < x->count && example_at(x, k)->group == example_at(x, i)->group) k++;
    return k;
}

/* Softmax over the candidates of one group: which of them is it? Those that are right by half count neither way. */
static bool fit_choice(linear_trainer *t, const examples *x, unsigned folds, unsigned bits, float rate, float l2) {
    if (!linear_trainer_open(t, bits, false, rate, l2)) return false;
    size_t *order = memory_new((x->count + 1) * sizeof *order), n = 0;
    if (!order) return false;
    for (size_t i = 0; i < x->count; i = group_end(x, i))
        if (folds >> example_at(x, i)->fold & 1) order[n++] = i;
    feature_list f;
    float p[MOST_CANDIDATES];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        shuffle(order, n, (uint64_t)epoch + 1);
        for (size_t i = 0; i < n; i++) {
            size_t first = order[i], end = group_end(x, first);
            float most = -1e9f, sum = 0;
            for (size_t k = first; k < end; k++) examples_get(x, k, &f), p[k - first] = linear_trainer_score(t, &f), most = fmaxf(most, p[k - first]);
            for (size_t k = first; k < end; k++) p[k - first] = example_at(x, k)->target == 0.5f ? 0 : expf(p[k - first] - most), sum += p[k - first];
            for (size_t k = first; k < end; k++)
                if (example_at(x, k)->target != 0.5f) examples_get(x, k, &f), linear_trainer_move(t, &f, p[k - first] / sum - (example_at(x, k)->target == 1));
        }
    }
    linear_trainer_average(t);
    memory_free(order);
    return true;
}

static void score_cues(examples *x, const linear_trainer *t, unsigned folds) {
    feature_list f;
    for (size_t i = 0; i < x->count; i++)
        if (folds >> example_at(x, i)->fold & 1) examples_get(x, i, &f), example_at(x, i)->cue_score = linear_trainer_score(t, &f);
}

/* The best of a group, by expected overlap; -1 where it is no cue. */
static float best_of(const examples *x, size_t first, size_t end, const linear_trainer *t, bool contents, size_t *best) {
    candidate list[MOST_CANDIDATES];
    float chance[MOST_CANDIDATES], most = -1e9f, sum = 0, expected;
    feature_list f;
    if (contents && example_at(x, first)->cue_score < -4) return -1;
    int n = (int)(end - first);
    for (int i = 0; i < n; i++) {
        const example *e = example_at(x, first + (size_t)i);
        examples_get(x, first + (size_t)i, &f);
        if (contents) cue_score_features(e->cue_score, &f, e->what.type);
        chance[i] = linear_trainer_score(t, &f), list[i] = e->what;
        if (chance[i] > most) most = chance[i];
    }
    for (int i = 0; i < n; i++) chance[i] = contents ? 1 / (1 + expf(-chance[i])) : expf(chance[i] - most), sum += chance[i];
    for (int i = 0; i < n && !contents; i++) chance[i] /= sum;
    *best = first + (size_t)best_expected(list, n, chance, &expected);
    return expected;
}

/* Threshold with the best F1 of accepted cues (best content each) on the kept folds. */
static float choose_threshold(const lesson *l, const linear_trainer *t, unsigned folds, FILE *report) {
    enum { STEPS = 60 };
    size_t right[STEPS] = {0}, given[STEPS] = {0}, wanted = 0, best = 0;
    const examples *x = &l->contents;
    for (size_t i = 0, end; i < x->count; i = end) {
        end = group_end(x, i);
        if (!(folds >> example_at(x, i)->fold & 1)) continue;
        for (size_t k = i; k < end; k++) wanted += example_at(x, k)->target == 1;
        size_t top = i;
        float expected = best_of(x, i, end, t, true, &top);
        for (int s = 0; s < STEPS && expected > (float)s * 0.01f; s++) given[s]++, right[s] += example_at(x, top)->target > 0;
    }
    float best_f = -1;
    for (int s = 0; s < STEPS; s++) {
        float f1 = given[s] + wanted ? 2 * (float)right[s] / (float)(given[s] + wanted) : 0;
        if (f1 > best_f) best_f = f1, best = (size_t)s;
    }
    fprintf(report, "threshold %.2f: F1 of cue with content %.4f on the kept documents\n", (float)best * 0.01f, best_f);
    return (float)best * 0.01f;
}

static void source_accuracy(const examples *x, const linear_trainer *t, unsigned folds, FILE *report) {
    size_t right = 0, all = 0;
    for (size_t i = 0, end; i < x->count; i = end) {
        end = group_end(x, i);
        size_t top = i;
        if (folds >> example_at(x, i)->fold & 1) best_of(x, i, end, t, false, &top), all++, right += example_at(x, top)->target > 0;
    }
    fprintf(report, "source right %zu of %zu\n", right, all);
}

static rap_status write_model(const char *path, const linear_trainer *t[3], const tagger_weights *words, float threshold, rap_error *e) {
    float head[8] = {0};
    int8_t *bytes[3] = {0};
    model_part parts[6] = {{"head", head, sizeof head}};
    parts[4] = (model_part){"words", words->in, sizeof words->in};
    parts[5] = (model_part){"labels", words->out, sizeof words->out};
    static const char *const names[] = {"cue", "content", "source"};
    rap_status status = RAP_OK;
    for (int i = 0; i < 3; i++) {
        bytes[i] = memory_new(t[i]->mask + 1);
        if (!bytes[i]) status = error_set(e, RAP_NO_MEMORY, "out of memory while packing weights");
        else linear_trainer_pack(t[i], bytes[i], &head[i]);
        head[3 + i] = t[i]->bias;
        parts[1 + i] = (model_part){names[i], bytes[i], t[i]->mask + 1};
    }
    head[6] = threshold;
    if (status == RAP_OK) status = model_write(path, parts, 6, e);
    for (int i = 0; i < 3; i++) memory_free(bytes[i]);
    return status;
}

typedef struct models { linear_trainer half[2], cue, content, source; } models;

/* All models from the documents that are not in `kept`. */
static bool fit_models(lesson *l, unsigned kept, models *m) {
    const unsigned all = 0x3ff & ~kept, even = 0x155 & all, odd = 0x2aa & all;
    const float rate = 0.05f, l2 = 1e-6f;
    if (!fit(&m->half[0], &l->cues, even, CUE_BITS, rate, l2, false, 1) || !fit(&m->half[1], &l->cues, odd, CUE_BITS, rate, l2, false, 1) ||
        !fit(&m->cue, &l->cues, all, CUE_BITS, rate, l2, false, 1)) return false;
    score_cues(&l->cues, &m->half[1], even), score_cues(&l->cues, &m->half[0], odd), score_cues(&l->cues, &m->cue, kept);
    for (size_t i = 0; i < l->contents.count; i++) example_at(&l->contents, i)->cue_score = example_at(&l->cues, (size_t)example_at(&l->contents, i)->group)->cue_score;
    return fit(&m->content, &l->contents, all, CONTENT_BITS, rate, l2, true, 1) && fit_choice(&m->source, &l->sources, all, SOURCE_BITS, rate, l2);
}

static void close_models(models *m) {
    linear_trainer_close(&m->half[0]), linear_trainer_close(&m->half[1]), linear_trainer_close(&m->cue), linear_trainer_close(&m->content), linear_trainer_close(&m->source);
}

/* The threshold from models that have not seen every tenth document; the models that are written have seen all. */
static rap_status train(lesson *l, const char *model, FILE *report, rap_error *e) {
    const unsigned kept = 3u << 8;
    models m = {0};
    fprintf(report, "%zu attributions, %zu within reach of the proposals; sources %zu of %zu; %zu cues, %zu contents\n", l->gold_count, l->reachable,
            l->source_reachable, l->source_count, l->cues.count, l->contents.count);
    rap_status status = fit_models(l, kept, &m) ? RAP_OK : error_set(e, RAP_NO_MEMORY, "out of memory while fitting");
    float threshold = 0;
    if (status == RAP_OK) {
        threshold = choose_threshold(l, &m.content, kept, report);
        source_accuracy(&l->sources, &m.source, kept, report);
    }
    close_models(&m);
    if (status != RAP_OK || !model) return status;
    status = fit_models(l, 0, &m) ? RAP_OK : error_set(e, RAP_NO_MEMORY, "out of memory while fitting");
    const linear_trainer *three[3] = {&m.cue, &m.content, &m.source};
    if (status == RAP_OK) status = write_model(model, three, &l->tagger[THIRDS], threshold, e);
    close_models(&m);
    return status;
}

static bool train_taggers(lesson *l) {
    bool ok = l->tagger != NULL;
    for (int i = 0; ok && i <= THIRDS; i++) ok = tagger_train(&l->words, i < THIRDS ? i : -1, &l->tagger[i]);
    return ok;
}

rap_status rap_train_quotations(const rap_engine *engine, char **files, int file_count, const char *model, FILE *report, rap_error *error) {
    lesson l = {.cues.item_size = sizeof(example), .contents.item_size = sizeof(example), .sources.item_size = sizeof(example)};
    rap_status status = RAP_OK;
    for (int i = 0; i < file_count && status == RAP_OK; i++) status = training_read(engine, files[i], learn_words, &l, error);
    l.tagger = memory_new((THIRDS + 1) * sizeof *l.tagger);
    if (status == RAP_OK && !train_taggers(&l)) status = error_set(error, RAP_NO_MEMORY, "out of memory while fitting");
    for (int i = 0; i < file_count && status == RAP_OK; i++) status = training_read(engine, files[i], learn_document, &l, error);
    if (status == RAP_OK && !l.cues.count) status = error_set(error, RAP_UNREADABLE, "no attributions in what was given (JSONL with text and attributions)");
    if (status == RAP_OK) status = train(&l, model, report, error);
    tagger_rows_free(&l.words), memory_free(l.tagger);
    examples_free(&l.cues), examples_free(&l.contents), examples_free(&l.sources);
    return status;
}
