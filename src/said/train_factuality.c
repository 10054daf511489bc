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
#include "said/training.h"

enum { BITS = 18, EPOCHS = 8, FOLDS = 10 };

typedef struct judged { float target; int fold; verdict rules; float score; bool personal; } judged;

static judged *judged_at(const examples *x, size_t i) { return (judged *)x->item + i; }

static bool judge_document(const rap_engine *engine, document *doc, json_t *record, int32_t number, void *into) {
    reading r = said_reading(engine->said, doc);
    quotes_find(&r);
    cues_negation(&r);
    calculus c = {&r, arena_array(&doc->home, verdict, doc->token_count + 1)};
    size_t i;
    json_t *p;
    json_array_foreach(json_object_get(record, "predicates"), i, p) {
        uint32_t start = (uint32_t)json_integer_value(json_object_get(p, "start"));
        for (int32_t t = 0; t < (int32_t)doc->token_count; t++) {
            if (doc->tokens[t].start != start || doc->blocks[doc->sentences[doc->tokens[t].sentence].block].kind != BLOCK_BODY) continue;
            feature_list f;
            readers_features(&c, t, &f);
            judged item = {.target = (float)json_number_value(json_object_get(p, "factuality")), .fold = number / 50 % FOLDS, .rules = calculus_value(&c, t),
                           .personal = speaks_to_reader(&r, t)};
            if (!examples_add(into, &f, &item)) return false;
            break;
        }
    }
    return true;
}

static bool fit(linear_trainer *t, const examples *x, int without) {
    if (!linear_trainer_open(t, BITS, true, 0.02f, 1e-5f)) return false;
    size_t *order = memory_new((x->count + 1) * sizeof *order);
    if (!order) return false;
    size_t n = 0;
    for (size_t i = 0; i < x->count; i++)
        if (judged_at(x, i)->fold != without) order[n++] = i;
    feature_list f;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        shuffle(order, n, (uint64_t)epoch + 1);
        for (size_t i = 0; i < n; i++) examples_get(x, order[i], &f), linear_trainer_step(t, &f, judged_at(x, order[i])->target, 1);
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

static void report_on(const examples *x, int fold, FILE *out) {
    static const double value[] = {0, 3, 2, 1, -3, -2, -1};
    double *rules = memory_new((x->count + 1) * sizeof *rules), *model = memory_new((x->count + 1) * sizeof *model),
           *settled = memory_new((x->count + 1) * sizeof *settled);
    float *gold = memory_new((x->count + 1) * sizeof *gold);
    size_t n = 0, overruled = 0;
    for (size_t i = 0; rules && model && settled && gold && i < x->count; i++) {
        if (judged_at(x, i)->fold != fold && fold >= 0) continue;
        factuality f = readers_judge(&judged_at(x, i)->rules, judged_at(x, i)->score, judged_at(x, i)->personal);
        overruled += f != judged_at(x, i)->rules.value;
        rules[n] = value[judged_at(x, i)->rules.value], model[n] = judged_at(x, i)->score, settled[n] = value[f], gold[n++] = judged_at(x, i)->target;
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
    examples x = {.item_size = sizeof(judged)};
    rap_status status = RAP_OK;
    for (int i = 0; i < file_count && status == RAP_OK; i++) status = training_read(engine, files[i], judge_document, &x, error);
    if (status == RAP_OK && !x.count) status = error_set(error, RAP_UNREADABLE, "no judged predicates in what was given (JSONL with text and predicates)");
    for (int fold = 0; fold < 2 && status == RAP_OK; fold++) { /* two of the ten folds are enough to see */
        linear_trainer t = {0};
        feature_list f;
        if (!fit(&t, &x, fold)) status = error_set(error, RAP_NO_MEMORY, "out of memory while fitting");
        for (size_t i = 0; status == RAP_OK && i < x.count; i++)
            if (judged_at(&x, i)->fold == fold) examples_get(&x, i, &f), judged_at(&x, i)->score = linear_trainer_score(&t, &f);
        if (status == RAP_OK) report_on(&x, fold, report);
        linear_trainer_close(&t);
    }
    if (status == RAP_OK && model) {
        linear_trainer t = {0};
        status = fit(&t, &x, -1) ? write_model(&t, model, error) : error_set(error, RAP_NO_MEMORY, "out of memory while fitting");
        linear_trainer_close(&t);
    }
    examples_free(&x);
    return status;
}
