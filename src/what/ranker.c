#include "what/ranker.h"

#include <math.h>

/* Sections of models/relate.bin: "head" {features, dense, scale as float bits, temperature as float bits}, "features" uint32 ascending, "weights" int8
 * [features][RANK_CLASSES], "scales" float [RANK_CLASSES], "dense" float [dense][RANK_CLASSES]. */
struct ranker {
    model_file file;
    uint32_t features, dense;
    float temperature;
    const uint32_t *feature;
    const int8_t *weight;
    const float *scale, *dense_weight;
    uint32_t *start; /* where features with these top bits begin */
};

enum { TOP_BITS = 12, FEATURE_BITS = 31 };

int rank_class(plover root) {
    if (root == EVENT_NONE) return -1;
    if (root == CONCEDE) root = RETREAT;
    return root < CONCEDE ? (int)root - 1 : (int)root - 2;
}

plover rank_root(int class) { return class < 3 ? (plover)(class + 1) : (plover)(class + 2); }

static rap_status refuse(ranker *r, rap_error *e) {
    model_close(&r->file);
    return error_set(e, RAP_UNREADABLE, "relate.bin: does not fit this program; make it anew with `rapporteur train relate`");
}

rap_status ranker_open(const ranker **out, const setup *with, rap_error *e) {
    ranker *r = arena_new(with->home, ranker);
    rap_error ignored;
    *out = NULL;
    if (model_open(&r->file, with->models, "relate.bin", &ignored) != RAP_OK) return RAP_OK;
    size_t n;
    const uint32_t *head = model_section(&r->file, "head", 16, &n);
    if (!head) return refuse(r, e);
    r->features = head[0], r->dense = head[1];
    memcpy(&r->temperature, &head[2], sizeof(float));
    r->feature = model_section(&r->file, "features", (size_t)r->features * 4, &n);
    r->weight = model_section(&r->file, "weights", (size_t)r->features * RANK_CLASSES, &n);
    r->scale = model_section(&r->file, "scales", RANK_CLASSES * sizeof(float), &n);
    r->dense_weight = model_section(&r->file, "dense", (size_t)r->dense * RANK_CLASSES * sizeof(float), &n);
    if (!r->feature || !r->weight || !r->scale || (r->dense && !r->dense_weight) || r->dense > MOST_DENSE || !(r->temperature > 0)) return refuse(r, e);
    r->start = arena_array(with->home, uint32_t, (1u << TOP_BITS) + 1);
    uint32_t at = 0;
    for (uint32_t top = 0; top <= 1u << TOP_BITS; top++) {
        while (at < r->features && r->feature[at] >> (FEATURE_BITS - TOP_BITS) < top) at++;
        r->start[top] = at;
    }
    setup_stamp(with, &r->file);
    *out = r;
    return RAP_OK;
}

void ranker_close(const ranker *r) {
    if (r) model_close(&((ranker *)r)->file);
}

static const int8_t *row_of(const ranker *r, uint32_t feature) {
    uint32_t top = feature >> (FEATURE_BITS - TOP_BITS), low = r->start[top], high = r->start[top + 1];
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (r->feature[mid] < feature) low = mid + 1;
        else high = mid;
    }
    return low < r->features && r->feature[low] == feature ? r->weight + (size_t)low * RANK_CLASSES : NULL;
}

float ranker_weight(const ranker *r, uint32_t feature, int class) {
    const int8_t *row = row_of(r, feature);
    return row ? r->scale[class] * (float)row[class] / r->temperature : 0;
}

float ranker_dense(const ranker *r, int number, int class) {
    return number < (int)r->dense ? r->dense_weight[number * RANK_CLASSES + class] / r->temperature : 0;
}

void ranker_score(const ranker *r, const evidence *ev, float *probability) {
    float score[RANK_CLASSES] = {0}, most = -1e30f, sum = 0;
    for (int i = 0; i < ev->count; i++) {
        const int8_t *row = row_of(r, ev->feature[i]);
        for (int c = 0; row && c < RANK_CLASSES; c++) score[c] += ev->value[i] * (float)row[c];
    }
    for (int c = 0; c < RANK_CLASSES; c++) score[c] *= r->scale[c];
    for (uint32_t d = 0; d < r->dense && (int)d < ev->dense_count; d++)
        for (int c = 0; c < RANK_CLASSES; c++) score[c] += ev->dense[d] * r->dense_weight[d * RANK_CLASSES + (uint32_t)c];
    for (int c = 0; c < RANK_CLASSES; c++)
        if (score[c] > most) most = score[c];
    for (int c = 0; c < RANK_CLASSES; c++) sum += probability[c] = expf((score[c] - most) / r->temperature);
    for (int c = 0; c < RANK_CLASSES; c++) probability[c] /= sum;
}
