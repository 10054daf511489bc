/* Training of models/names.bin: conditional likelihood by stochastic gradient with a step of its own for each weight (AdaGrad), features dropped at random. The target set
 * is cross-validated in blocks of its order (documents stay together) with all other gold in training. Deterministic. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "who/name_chain.h"

/* A name whose type, or whether it is one at all, nobody says: its first word, its other words. Learned from by what the model itself finds likely. */
enum { NAME_ANY = 16, NAME_ANY_IN };

static const float RATE = 0.2f, DENSE_RATE = 0.1f;

enum { EPOCHS = 8, DROPPED = 20, VAGUE_FROM = 3, LIST_SLOTS = 1 << 19, MOST_RUN = 64 };

typedef struct example { /* a word that can be of a name */
    name_features features;
    const int8_t *vector[NAME_WINDOW];
    float scale[NAME_WINDOW];
    uint32_t start, end; /* bytes */
    uint8_t gold;
} example;

typedef struct run { size_t first; int32_t count; int32_t record; } run;

typedef struct gold_name { int32_t record; uint32_t start, end; uint8_t tag; bool found; } gold_name;

typedef struct record { bool target, vague; int32_t fold; } record; /* vague: names of unknown type in it */

typedef struct course {
    arena home;
    lexicon *lexicon;
    text_stage *text;
    syntax_stage *syntax;
    document *doc;
    uint32_t *keys;
    uint8_t *bits;
    name_lists lists;
    name_reader reader;
    example *examples;
    size_t example_count, example_capacity;
    run *runs;
    size_t run_count, run_capacity;
    gold_name *golds;
    size_t gold_count, gold_capacity;
    record *records;
    size_t record_count, record_capacity;
    float *weight;              /* [NAME_SLOTS][NAME_LANES] */
    float *dense;               /* [NAME_DENSE][NAME_LANES] */
    float *gradient, *dense_gradient; /* [NAME_SLOTS], [NAME_DENSE]: sums of squares, of a row together */
    float *sum;                 /* of weights over the last epochs */
    name_steps steps, step_gradient;
    float target_weight, vague_weight;
    uint64_t seed;
    FILE *log;
} course;

static uint32_t chance(uint64_t *seed, uint32_t below) {
    uint64_t z = (*seed += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ z >> 31) % below);
}

/* ---- lists ---- */

static void list_add(course *c, str phrase, unsigned bits) {
    str word;
    uint64_t hash = 0;
    for (int n = 0; str_split(&phrase, ' ', &word); n++) hash = n ? name_phrase_hash(hash, name_hash(word)) : name_hash(word);
    uint32_t key = (uint32_t)(hash >> 32) | 1, mask = LIST_SLOTS - 1, i = (uint32_t)hash & mask;
    while (c->keys[i] && c->keys[i] != key) i = (i + 1) & mask;
    c->keys[i] = key, c->bits[i] = (uint8_t)(c->bits[i] | bits);
}

static unsigned list_bit(str kind) {
    static const char *const KINDS[] = {"given", "any", "city", "town", "country", "title", "organization", "place"};
    for (unsigned i = 0; i < 8; i++)
        if (str_is(kind, KINDS[i])) return 1u << i;
    return 0;
}

static void list_text(course *c, str text) {
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) list_add(c, line.field[0], list_bit(line.field[1]));
}

static rap_status list_file(course *c, const char *path, rap_error *e) {
    FILE *f = fopen(path, "rb");
    if (!f) return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    while ((n = getline(&line, &capacity, f)) >= 0) list_text(c, (str){line, (uint32_t)n});
    free(line);
    fclose(f);
    return RAP_OK;
}

/* ---- gold ---- */

static uint8_t tag_of(const char *type) {
    return type && strcmp(type, "PER") == 0 ? NAME_PER : type && strcmp(type, "ORG") == 0 ? NAME_ORG : type && strcmp(type, "LOC") == 0 ? NAME_LOC : type && type[0] == '?' ? NAME_ANY : NAME_OUT;
}

/* The tag of token t among the record's names; continuing where the word before is of the same name and was taken. */
static uint8_t gold_tag(const course *c, size_t first, const token *t, bool joined) {
    for (size_t k = first; k < c->gold_count; k++) {
        const gold_name *g = &c->golds[k];
        if (t->start >= g->start && t->end <= g->end) return (uint8_t)(joined && t->start > g->start ? g->tag + 1 : g->tag);
    }
    return NAME_OUT;
}

static void take_example(course *c, const sentence *s, const name_word *words, int32_t first, int32_t last, int32_t i, size_t golds, bool joined) {
    const token *t = &c->doc->tokens[first + i];
    example x = {.start = t->start, .end = t->end, .gold = gold_tag(c, golds, t, joined)};
    name_features_read(c->doc, s, words, first, last, i, &x.features);
    for (int p = 0; p < NAME_WINDOW; p++) {
        int32_t j = i + p - NAME_WINDOW / 2;
        if (j >= 0 && j < last - first) x.vector[p] = words[j].vector, x.scale[p] = words[j].vector_scale;
    }
    arena_push(&c->home, c->examples, c->example_count, c->example_capacity, x);
}

static void take_sentence(course *c, const sentence *s, size_t golds) {
    int32_t count = s->last - s->first;
    name_word *words = arena_array(&c->doc->home, name_word, count);
    name_words_read(&c->reader, c->doc, s->first, s->last, words);
    for (int32_t i = 0, end; i < count; i = end + 1) {
        size_t first = c->example_count;
        for (end = i; end < count && end - i < MOST_RUN && words[end].candidate; end++) take_example(c, s, words, s->first, s->last, end, golds, end > i);
        if (end == i) continue;
        run r = {first, end - i, (int32_t)c->record_count - 1};
        arena_push(&c->home, c->runs, c->run_count, c->run_capacity, r);
        if (end - i == MOST_RUN) end--;
    }
}

static rap_status take_record(course *c, const char *line, bool target, rap_error *e) {
    json_error_t problem;
    json_t *o = json_loads(line, 0, &problem), *text = json_object_get(o, "text"), *entities = json_object_get(o, "entities");
    if (!json_is_string(text) || !json_is_array(entities)) {
        json_decref(o);
        return error_set(e, RAP_UNREADABLE, "a line without \"text\" and \"entities\": %.80s", line);
    }
    record r = {target, false, 0};
    arena_push(&c->home, c->records, c->record_count, c->record_capacity, r);
    size_t golds = c->gold_count, i;
    json_t *entity;
    json_array_foreach(entities, i, entity) {
        gold_name g = {(int32_t)c->record_count - 1, (uint32_t)json_integer_value(json_object_get(entity, "start")), (uint32_t)json_integer_value(json_object_get(entity, "end")),
                       tag_of(json_string_value(json_object_get(entity, "type"))), false};
        if (g.tag == NAME_ANY) c->records[c->record_count - 1].vague = true;
        arena_push(&c->home, c->golds, c->gold_count, c->gold_capacity, g);
    }
    rap_status s = rap_document_from_text(c->doc, json_string_value(text), json_string_length(text), NULL, e);
    if (s == RAP_OK) {
        text_read(c->text, c->doc);
        syntax_read(c->syntax, c->doc);
        for (size_t k = 0; k < c->doc->sentence_count; k++) take_sentence(c, &c->doc->sentences[k], golds);
    }
    json_decref(o);
    return s;
}

static rap_status take_file(course *c, const char *path, bool target, rap_error *e) {
    FILE *f = fopen(path, "rb");
    if (!f) return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    char *line = NULL;
    size_t capacity = 0;
    rap_status s = RAP_OK;
    while (s == RAP_OK && getline(&line, &capacity, f) >= 0)
        if (line[0] == '{') s = take_record(c, line, target, e);
    free(line);
    fclose(f);
    return s;
}

/* ---- learning ---- */

static void clear(course *c) {
    size_t n = (size_t)NAME_SLOTS * NAME_LANES, m = (size_t)NAME_DENSE * NAME_LANES;
    memset(c->weight, 0, n * sizeof(float)), memset(c->sum, 0, n * sizeof(float)), memset(c->dense, 0, m * sizeof(float));
    for (size_t i = 0; i < NAME_SLOTS; i++) c->gradient[i] = 1e-2f;
    for (size_t i = 0; i < NAME_DENSE; i++) c->dense_gradient[i] = 1e-2f;
    memset(&c->steps, 0, sizeof c->steps);
    for (int a = 0; a <= NAME_TAGS; a++)
        for (int b = 0; b < NAME_LANES; b++) c->step_gradient.score[a][b] = 1e-3f;
    c->seed = 4711;
}

typedef float lanes __attribute__((vector_size(sizeof(float) * NAME_LANES)));

static float *row_of(float *table, size_t i) { return table + i * NAME_LANES; }

static void emit(const course *c, const example *x, float *weight, float out[NAME_LANES]) {
    lanes sum = {0}, row, part;
    for (uint32_t k = 0; k < x->features.count; k++) memcpy(&row, row_of(weight, x->features.slot[k]), sizeof row), sum += row;
    for (int p = 0; p < NAME_WINDOW; p++) {
        if (!x->vector[p]) continue;
        part = (lanes){0};
        for (int d = 0; d < NAME_VECTOR; d++) memcpy(&row, row_of(c->dense, (size_t)(p * NAME_VECTOR + d)), sizeof row), part += row * (float)x->vector[p][d];
        sum += part * x->scale[p];
    }
    memcpy(out, &sum, sizeof sum);
}

/* One step of a row of weights, one a tag; the steps of a row share their size. */
static void climb(float *weight, float *gradient, lanes g, float rate) {
    lanes w, square = g * g;
    float sum = 0;
    for (int t = 0; t < NAME_LANES; t++) sum += square[t];
    *gradient += sum;
    memcpy(&w, weight, sizeof w);
    w += g * (rate / sqrtf(*gradient));
    memcpy(weight, &w, sizeof w);
}

static void learn_example(course *c, const example *x, lanes wanted) {
    for (uint32_t k = 0; k < x->features.count; k++) climb(row_of(c->weight, x->features.slot[k]), &c->gradient[x->features.slot[k]], wanted, RATE);
    for (int p = 0; p < NAME_WINDOW; p++)
        for (int d = 0; x->vector[p] && d < NAME_VECTOR; d++) {
            size_t i = (size_t)(p * NAME_VECTOR + d);
            climb(row_of(c->dense, i), &c->dense_gradient[i], wanted * ((float)x->vector[p][d] * x->scale[p]), DENSE_RATE);
        }
}

static bool allowed(uint8_t gold, int tag) {
    if (gold == NAME_ANY) return tag == NAME_OUT || tag % 2 == 1;
    if (gold == NAME_ANY_IN) return tag % 2 == 0;
    return gold == tag;
}

/* Adds `sign` times the expected number of each step. */
static void count_steps(const name_steps *steps, const name_cell *cells, int32_t count, float all, float sign, name_steps *out) {
    for (int32_t i = 0; i <= count; i++)
        for (int a = 0; a <= NAME_TAGS; a++)
            for (int b = 0; b <= NAME_TAGS; b++) {
                if ((a == NAME_TAGS) != (i == 0) || (b == NAME_TAGS) != (i == count) || name_tag_barred(a, b)) continue;
                float p = (i ? cells[i - 1].forward[a] : 0) + steps->score[a][b] + (i < count ? cells[i].emission[b] + cells[i].backward[b] : 0) - all;
                out->score[a][b] += sign * expf(p);
            }
}

static void learn_run(course *c, const run *r) {
    name_cell cells[MOST_RUN], gold[MOST_RUN]; /* all paths; those that the gold allows */
    static example kept[MOST_RUN]; /* the trainer is one thread */
    const example *x = &c->examples[r->first];
    float weight = c->records[r->record].target ? c->target_weight : c->records[r->record].vague ? c->vague_weight : 1;
    for (int32_t i = 0; i < r->count; i++) {
        kept[i] = x[i], kept[i].features.count = 0;
        for (uint32_t k = 0; k < x[i].features.count; k++)
            if (chance(&c->seed, 100) >= DROPPED) kept[i].features.slot[kept[i].features.count++] = x[i].features.slot[k];
        for (int p = 0; p < NAME_WINDOW; p++)
            if (chance(&c->seed, 100) < DROPPED) kept[i].vector[p] = NULL;
        emit(c, &kept[i], c->weight, cells[i].emission);
    }
    for (int32_t i = 0; i < r->count; i++)
        for (int t = 0; t < NAME_TAGS; t++) gold[i].emission[t] = cells[i].emission[t] - (allowed(x[i].gold, t) ? 0 : 1e6f);
    float all = name_chain_sum(&c->steps, cells, r->count), right = name_chain_sum(&c->steps, gold, r->count);
    for (int32_t i = 0; i < r->count; i++) {
        lanes wanted = {0};
        float most = 0;
        for (int t = 0; t < NAME_TAGS; t++) wanted[t] = weight * (gold[i].posterior[t] - cells[i].posterior[t]), most = fmaxf(most, fabsf(wanted[t]));
        if (most > 0.02f) learn_example(c, &kept[i], wanted);
    }
    name_steps want = {0};
    count_steps(&c->steps, gold, r->count, right, weight, &want);
    count_steps(&c->steps, cells, r->count, all, -weight, &want);
    for (int a = 0; a <= NAME_TAGS; a++)
        for (int b = 0; b <= NAME_TAGS; b++)
            if (want.score[a][b] != 0) {
                c->step_gradient.score[a][b] += want.score[a][b] * want.score[a][b];
                c->steps.score[a][b] += 0.05f * want.score[a][b] / sqrtf(c->step_gradient.score[a][b]);
            }
}

/* without: the fold kept aside, -1 none. */
static void learn(course *c, int without) {
    clear(c);
    size_t *order = memory_new(c->run_count * sizeof *order);
    for (size_t i = 0; i < c->run_count; i++) order[i] = i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = c->run_count; i > 1; i--) {
            size_t j = chance(&c->seed, (uint32_t)i), swap = order[i - 1];
            order[i - 1] = order[j], order[j] = swap;
        }
        for (size_t i = 0; i < c->run_count; i++) {
            const record *rec = &c->records[c->runs[order[i]].record];
            if (!(rec->target && rec->fold == without) && !(rec->vague && epoch < VAGUE_FROM)) learn_run(c, &c->runs[order[i]]);
        }
        if (epoch >= EPOCHS / 2)
            for (size_t i = 0; i < (size_t)NAME_SLOTS * NAME_LANES; i++) c->sum[i] += c->weight[i] / (EPOCHS - EPOCHS / 2);
    }
    memory_free(order);
}

/* ---- scoring ---- */

typedef struct tally { int right, given, gold; } tally;

static void score_name(course *c, int32_t rec, uint32_t start, uint32_t end, int tag, tally *t) {
    t[tag].given++;
    for (size_t k = 0; k < c->gold_count; k++) {
        gold_name *g = &c->golds[k];
        if (g->record == rec && g->start == start && g->end == end && g->tag == tag && !g->found) {
            g->found = true, t[tag].right++;
            return;
        }
    }
}

static void score_fold(course *c, int fold, tally *t) {
    name_cell cells[MOST_RUN];
    for (size_t k = 0; k < c->gold_count; k++)
        if (c->records[c->golds[k].record].target && c->records[c->golds[k].record].fold == fold) t[c->golds[k].tag].gold++;
    for (size_t k = 0; k < c->run_count; k++) {
        const run *r = &c->runs[k];
        if (!c->records[r->record].target || c->records[r->record].fold != fold) continue;
        const example *x = &c->examples[r->first];
        for (int32_t i = 0; i < r->count; i++) emit(c, &x[i], c->sum, cells[i].emission);
        name_chain_best(&c->steps, cells, r->count);
        for (int32_t i = 0, end; i < r->count; i = end) {
            end = i + 1;
            if (cells[i].tag == NAME_OUT) continue;
            while (end < r->count && cells[end].tag == cells[i].tag + 1) end++;
            score_name(c, r->record, x[i].start, x[end - 1].end, cells[i].tag, t);
        }
    }
}

static double f1(const tally *t) { return t->given + t->gold ? 200.0 * t->right / (t->given + t->gold) : 0; }

static void validate(course *c, int folds) {
    int32_t targets = 0, seen = 0;
    for (size_t i = 0; i < c->record_count; i++) targets += c->records[i].target;
    for (size_t i = 0; i < c->record_count; i++)
        if (c->records[i].target) c->records[i].fold = (int32_t)((int64_t)seen++ * folds / targets);
    tally t[NAME_TAGS] = {{0}}, all = {0};
    for (int fold = 0; fold < folds; fold++) {
        learn(c, fold);
        score_fold(c, fold, t);
    }
    for (int k = 0; k < NAME_TAGS; k++) all.right += t[k].right, all.given += t[k].given, all.gold += t[k].gold;
    fprintf(c->log, "names: gold %d given %d P %.2f R %.2f PER %.2f ORG %.2f LOC %.2f F1 %.2f\n", all.gold, all.given, 100.0 * all.right / all.given, 100.0 * all.right / all.gold,
            f1(&t[NAME_PER]), f1(&t[NAME_ORG]), f1(&t[NAME_LOC]), f1(&all));
}

/* ---- the whole ---- */

static rap_status save(course *c, const char *out, rap_error *e) {
    size_t n = (size_t)NAME_SLOTS * NAME_LANES;
    int8_t *small = memory_new(n);
    if (!small) return error_set(e, RAP_NO_MEMORY, "out of memory while saving the weights");
    float most = 1e-9f;
    for (size_t i = 0; i < n; i++) most = fmaxf(most, fabsf(c->sum[i]));
    struct { float scale; name_steps steps; } links = {fminf(most, 2.0f) / 127, c->steps};
    for (size_t i = 0; i < n; i++) small[i] = (int8_t)fmaxf(-127, fminf(127, roundf(c->sum[i] / links.scale)));
    model_part parts[] = {{"weights", small, n}, {"dense", c->dense, sizeof(float) * NAME_DENSE * NAME_LANES}, {"chain", &links, sizeof links},
                          {"keys", c->keys, LIST_SLOTS * sizeof(uint32_t)}, {"bits", c->bits, LIST_SLOTS}};
    rap_status s = model_write(out, parts, sizeof parts / sizeof *parts, e);
    memory_free(small);
    return s;
}

static rap_status open_course(course *c, const char *models, rap_error *e) {
    uint64_t stamp = 0;
    size_t n = (size_t)NAME_SLOTS * NAME_LANES, m = (size_t)NAME_DENSE * NAME_LANES;
    c->keys = arena_array(&c->home, uint32_t, LIST_SLOTS), c->bits = arena_array(&c->home, uint8_t, LIST_SLOTS);
    c->weight = arena_array(&c->home, float, n), c->gradient = arena_array(&c->home, float, n), c->sum = arena_array(&c->home, float, n);
    c->dense = arena_array(&c->home, float, m), c->dense_gradient = arena_array(&c->home, float, m);
    c->lists = (name_lists){c->keys, c->bits, LIST_SLOTS - 1};
    rap_status s = lexicon_open(&c->lexicon, NULL, e);
    setup with = {.lexicon = c->lexicon, .home = &c->home, .models = models, .stamp = &stamp};
    if (s == RAP_OK) s = text_open(&c->text, &with, e);
    if (s == RAP_OK) s = syntax_open(&c->syntax, &with, e);
    if (s == RAP_OK) s = rap_document_new(&c->doc, e);
    c->reader = (name_reader){&c->lists, c->syntax};
    if (s == RAP_OK) list_text(c, lexicon_file(c->lexicon, "name-words.tsv"));
    return s;
}

static rap_status run_course(course *c, const rap_names_training *how, rap_error *e) {
    rap_status s = open_course(c, how->models, e);
    if (s == RAP_OK && how->lists) s = list_file(c, how->lists, e);
    c->doc->home.escape = c->home.escape;
    if (s == RAP_OK && how->target) s = take_file(c, how->target, true, e);
    for (size_t i = 0; s == RAP_OK && i < how->gold_count; i++) s = take_file(c, how->gold[i], false, e);
    if (s != RAP_OK) return s;
    fprintf(c->log, "%zu records, %zu names, %zu words that can be of a name\n", c->record_count, c->gold_count, c->example_count);
    c->target_weight = 2, c->vague_weight = 0.3f;
    if (how->folds > 1 && how->target) validate(c, how->folds);
    if (!how->write) return RAP_OK;
    learn(c, -1);
    return save(c, how->write, e);
}

rap_status rap_train_names(const rap_names_training *how, FILE *log, rap_error *e) {
    course *c = memory_new(sizeof *c);
    if (!c) return error_set(e, RAP_NO_MEMORY, "out of memory while training");
    *c = (course){.log = log};
    jmp_buf escape;
    arena_init(&c->home);
    rap_status s;
    if (setjmp(escape)) s = error_set(e, RAP_NO_MEMORY, "out of memory while training");
    else {
        c->home.escape = &escape;
        s = run_course(c, how, e);
    }
    if (c->doc) c->doc->home.escape = NULL;
    rap_document_free(c->doc);
    if (c->syntax) syntax_close(c->syntax);
    if (c->text) text_close(c->text);
    lexicon_close(c->lexicon);
    arena_free(&c->home);
    memory_free(c);
    return s;
}
