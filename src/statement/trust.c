#include "statement/trust.h"

#include <math.h>
#include <string.h>

/* Sections of models/confidence.bin: "head" {uint32 features, float least, uint32 rules}, "weights" float [features] on features as they are, "means"
 * float [features], "rules" uint64 [rules], "offsets" float [rules]. */
struct trust_model {
    model_file file;
    int count, rules;
    float least;
    const float *weight, *mean, *offset;
    const uint64_t *rule;
};

rap_status trust_open(const trust_model **out, const setup *with, rap_error *e) {
    trust_model *m = arena_new(with->home, trust_model);
    rap_error ignored;
    size_t n;
    *out = NULL;
    if (model_open(&m->file, with->models, "confidence.bin", &ignored) != RAP_OK) return RAP_OK;
    const uint32_t *head = model_section(&m->file, "head", 12, &n);
    if (head) {
        m->count = (int)head[0];
        memcpy(&m->least, &head[1], sizeof(float));
        m->rules = (int)(head[2] & 0xffff);
        if (head[0] <= MOST_TRUST) m->weight = model_section(&m->file, "weights", head[0] * sizeof(float), &n);
        m->mean = model_section(&m->file, "means", (size_t)m->count * sizeof(float), &n);
        m->rule = model_section(&m->file, "rules", (size_t)m->rules * sizeof(uint64_t), &n);
        m->offset = model_section(&m->file, "offsets", (size_t)m->rules * sizeof(float), &n);
    }
    if (!m->weight || !m->mean || !m->rule || !m->offset || trust_name(m->count) || (m->count > 0 && !trust_name(m->count - 1))) {
        model_close(&m->file);
        return error_set(e, RAP_UNREADABLE, "confidence.bin: does not fit this program; make it anew with `rapporteur train confidence`");
    }
    setup_stamp(with, &m->file);
    *out = m;
    return RAP_OK;
}

void trust_close(const trust_model *m) {
    if (m) model_close(&((trust_model *)m)->file);
}

uint64_t trust_rule(str rule) { return str_hash(rule, 13); }

float trust_rule_adds(const trust_model *m, str rule) {
    uint64_t h = trust_rule(rule);
    for (int i = 0; i < m->rules; i++)
        if (m->rule[i] == h) return m->offset[i];
    return 0;
}

void trust_draw_to_means(const float *mean, float *x, int count, size_t sentences) {
    const float enough = 10, known = sentences < (size_t)enough ? (float)(sentences ? sentences - 1 : 0) / enough : 1;
    if (known >= 1) return;
    for (int i = 0; i < count; i++)
        if (trust_is_topic(i) || strncmp(trust_name(i), "document ", 9) == 0) x[i] = mean[i] + known * (x[i] - mean[i]);
}

void trust_few_sentences(const trust_model *m, float *x, int count, size_t sentences) {
    trust_draw_to_means(m->mean, x, count < m->count ? count : m->count, sentences);
}

float trust_of(const trust_model *m, const float *x, int count, str rule) {
    float sum = trust_rule_adds(m, rule);
    for (int i = 0; i < count && i < m->count; i++) sum += m->weight[i] * x[i];
    return 1 / (1 + expf(-sum));
}

float trust_least(const trust_model *m) { return m->least; }
float trust_adds(const trust_model *m, const float *x, int feature) { return feature < m->count ? m->weight[feature] * (x[feature] - m->mean[feature]) : 0; }
