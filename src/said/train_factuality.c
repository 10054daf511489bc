/* train factuality: the readers' model from UDS-IH2's records (JSONL: text, predicates of start, end, factuality -3 … 3). One record in ten is
 * kept apart and reported. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "pipeline.h"
#include "said/readers.h"
#include "said/stage.h"

enum { BITS = 18, EPOCHS = 8, FOLDS = 10 };

typedef struct judged { size_t first; int count; float target; int fold; verdict rules; float score; bool personal; } judged;
typedef struct judgements { uint32_t *hash; size_t hash_count, hash_capacity; judged *list; size_t count, capacity; } judgements;

static bool room(void **list, size_t need, size_t *capacity, size_t item) {
    if (need <= *capacity) return true;
    size_t wider = *capacity ? *capacity * 2 : 8192;
    while (wider < need) wider *= 2;
    void *more = memory_grow(*list, wider * item);
    if (!more) return false;
    *list = more, *capacity = wider;
    return true;
}

static bool gather(judgements *x, const feature_list *f, float target, int fold, verdict v) {
    void *h = x->hash, *l = x->list;
    bool ok = room(&h, x->hash_count + (size_t)f->count, &x->hash_capacity, sizeof *x->hash);
    x->hash = h;
    ok = ok && room(&l, x->count + 1, &x->capacity, sizeof *x->list);
    x->list = l;
    if (!ok) return false;
    memcpy(x->hash + x->hash_count, f->hash, sizeof(uint32_t) * (size_t)f->count);
    x->list[x->count++] = (judged){x->hash_count, f->count, target, fold, v, 0, false};
    x->hash_count += (size_t)f->count;
    return true;
}

static bool judge_document(const rap_engine *engine, document *doc, json_t *predicates, int fold, judgements *x) {
    reading r = said_reading(engine->said, doc);
    quotes_find(&r);
    cues_negation(&r);
    calculus c = {&r, arena_array(&doc->home, verdict, doc->token_count + 1)};
    size_t i;
    json_t *p;
    json_array_foreach(predicates, i, p) {
        uint32_t start = (uint32_t)json_integer_value(json_object_get(p, "start"));
        for (int32_t t = 0; t < (int32_t)doc->token_count; t++) {
            if (doc->tokens[t].start != start || doc->blocks[doc->sentences[doc->tokens[t].sentence].block].kind != BLOCK_BODY) continue;
            feature_list f;
            readers_features(&c, t, &f);
            if (!gather(x, &f, (float)json_number_value(json_object_get(p, "factuality")), fold, calculus_value(&c, t))) return false;
            x->list[x->count - 1].personal = speaks_to_reader(&r, t);
            break;
        }
    }
    return true;
}

static rap_status read_records(const rap_engine *engine, const char *path, judgements *x, rap_error *e) {
    FILE *in = fopen(path, "r");
    if (!in) return error_set(e, RAP_UNREADABLE, "%s cannot be opened", path);
    rap_document *doc = NULL;
    rap_status status = rap_document_new(&doc, e);
    char *line = NULL;
    size_t size = 0;
    ssize_t got;
    int number = 0;
    while (status == RAP_OK && (got = getline(&line, &size, in)) > 0) {
        json_t *record = json_loadb(line, (size_t)got, 0, NULL);
        const char *text = json_string_value(json_object_get(record, "text"));
        if (text) {
            status = rap_document_from_text(doc, text, strlen(text), NULL, e);
            if (status == RAP_OK) status = rap_parse(engine, doc, e);
            if (status == RAP_OK && !judge_document(engine, doc, json_object_get(record, "predicates"), number++ / 50 % FOLDS, x))
                status = error_set(e, RAP_NO_MEMORY, "out of memory while gathering examples");
        }
        json_decref(record);
    }
    rap_document_free(doc);
    free(line);
    fclose(in);
    return status;
}

static void features_of(const judgements *x, size_t i, feature_list *f) {
    f->count = x->list[i].count;
    memcpy(f->hash, x->hash + x->list[i].first, sizeof(uint32_t) * (size_t)f->count);
}

static bool fit(linear_trainer *t, const judgements *x, int without) {
    if (!linear_trainer_open(t, BITS, true, 0.02f, 1e-5f)) return false;
    uint64_t state = 88172645463325252u;
    size_t *order = memory_new((x->count + 1) * sizeof *order);
    if (!order) return false;
    size_t n = 0;
    for (size_t i = 0; i < x->count; i++)
        if (x->list[i].fold != without) order[n++] = i;
    feature_list f;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = n; i > 1; i--) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            size_t k = state % i, swap = order[i - 1];
            order[i - 1] = order[k], order[k] = swap;
        }
        for (size_t i = 0; i < n; i++) features_of(x, order[i], &f), linear_trainer_step(t, &f, x->list[order[i]].target, 1);
    }
    linear_trainer_average(t);
    memory_free(order);
    return true;
}

static double pearson(const double *a, const float *b, size_t n) {
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for (size_t i = 0; i < n; i++) sa += a[i], sb += b[i], saa += a[i] * a[i], sbb += (double)b[i] * b[i], sab += a[i] * b[i];
    double d = (double)n, va = saa - sa * sa / d, vb = sbb - sb * sb / d;
    return va > 0 && vb > 0 ? (sab - sa * sb / d) / sqrt(va * vb) : 0;
}

static void report_on(const judgements *x, int fold, FILE *out) {
    static const double value[] = {0, 3, 2, 1, -3, -2, -1};
    double *rules = memory_new((x->count + 1) * sizeof *rules), *model = memory_new((x->count + 1) * sizeof *model),
           *settled = memory_new((x->count + 1) * sizeof *settled);
    float *gold = memory_new((x->count + 1) * sizeof *gold);
    size_t n = 0, overruled = 0;
    for (size_t i = 0; rules && model && settled && gold && i < x->count; i++) {
        if (x->list[i].fold != fold && fold >= 0) continue;
        factuality f = readers_judge(&x->list[i].rules, x->list[i].score, x->list[i].personal);
        overruled += f != x->list[i].rules.value;
        rules[n] = value[x->list[i].rules.value], model[n] = x->list[i].score, settled[n] = value[f], gold[n++] = x->list[i].target;
    }
    if (n) fprintf(out, "%zu predicates: r of rules %.4f, of the model %.4f, judged %.4f (other than the rules %zu)\n", n, pearson(rules, gold, n), pearson(model, gold, n),
                   pearson(settled, gold, n), overruled);
    memory_free(rules), memory_free(model), memory_free(settled), memory_free(gold);
}

static rap_status write_model(const linear_trainer *t, const char *path, rap_error *e) {
    float head[4] = {0};
    int8_t *bytes = memory_new(t->mask + 1);
    if (!bytes) return error_set(e, RAP_NO_MEMORY, "out of memory while packing weights");
    linear_trainer_pack(t, bytes, &head[0]);
    head[1] = t->bias;
    model_part parts[2] = {{"head", head, sizeof head}, {"weights", bytes, t->mask + 1}};
    rap_status status = model_write(path, parts, 2, e);
    memory_free(bytes);
    return status;
}

rap_status rap_train_factuality(const rap_engine *engine, char **files, int file_count, const char *model, FILE *report, rap_error *error) {
    judgements x = {0};
    rap_status status = RAP_OK;
    for (int i = 0; i < file_count && status == RAP_OK; i++) status = read_records(engine, files[i], &x, error);
    if (status == RAP_OK && !x.count) status = error_set(error, RAP_UNREADABLE, "no judged predicates in what was given (JSONL with text and predicates)");
    for (int fold = 0; fold < 2 && status == RAP_OK; fold++) { /* two of the ten folds are enough to see */
        linear_trainer t = {0};
        feature_list f;
        if (!fit(&t, &x, fold)) status = error_set(error, RAP_NO_MEMORY, "out of memory while fitting");
        for (size_t i = 0; status == RAP_OK && i < x.count; i++)
            if (x.list[i].fold == fold) features_of(&x, i, &f), x.list[i].score = linear_trainer_score(&t, &f);
        if (status == RAP_OK) report_on(&x, fold, report);
        linear_trainer_close(&t);
    }
    if (status == RAP_OK && model) {
        linear_trainer t = {0};
        status = fit(&t, &x, -1) ? write_model(&t, model, error) : error_set(error, RAP_NO_MEMORY, "out of memory while fitting");
        linear_trainer_close(&t);
    }
    memory_free(x.hash), memory_free(x.list);
    return status;
}
