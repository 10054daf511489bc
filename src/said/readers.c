/* Features of the readers' model; their order and numbers are frozen with models/factuality.bin. */
#include "said/readers.h"

static uint64_t word(str s) { return str_hash(s, 11); }
static uint64_t lemma_at(const reading *r, int32_t t) { return t < 0 ? 0 : word(tok(r, t)->lemma); }

static uint64_t shape_of(const reading *r, int32_t t) {
    const token *k = tok(r, t);
    return (uint64_t)k->upos + 32u * k->morph.tense + 128u * k->morph.verbform + 1024u * k->morph.mood + 8192u * (k->morph.voice);
}

static uint64_t person_of(const reading *r, int32_t s) {
    if (s < 0) return 0;
    const token *k = tok(r, s);
    return k->upos == UPOS_PRON ? 1 + k->morph.person + 4u * k->morph.number : 30 + k->upos;
}

/* Auxiliaries, marks and negation of t as one key. */
static uint64_t frame_of(const reading *r, int32_t t) {
    uint64_t key = 1;
    for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c)) {
        deprel b = rel_base(r, c);
        if (b == DEP_AUX || b == DEP_COP) key = mix(key, lemma_at(r, c) + tok(r, c)->morph.tense);
        else if (b == DEP_MARK || (b == DEP_CASE && tok(r, t)->upos == UPOS_VERB)) key = mix(key, lemma_at(r, c) + 7);
        else if (b == DEP_ADVMOD && tok(r, c)->morph.negative) key = mix(key, 99);
    }
    return key;
}

static int32_t sentence_end(const reading *r, int32_t t) { return sentence_last_mark(r->doc, tok(r, t)->sentence); }

static void own_features(calculus *c, int32_t t, const verdict *v, feature_list *f) {
    reading *r = c->r;
    uint64_t L = lemma_at(r, t), S = shape_of(r, t), D = tok(r, t)->deprel, F = frame_of(r, t);
    uint64_t V = (uint64_t)v->value * 64 + v->rule + (v->sure ? 4096 : 0);
    int32_t subject = tree_find_base(r->doc, t, DEP_NSUBJ);
    feature(f, 1, L, 0);
    feature(f, 2, S, D);
    feature(f, 3, F, 0);
    feature(f, 4, F, S);
    feature(f, 5, V, 0);
    feature(f, 6, V, S);
    feature(f, 7, V, F);
    feature(f, 8, V, D);
    feature(f, 9, L, V);
    feature(f, 10, L, F);
    feature(f, 11, L, D);
    feature(f, 12, person_of(r, subject), S);
    feature(f, 13, person_of(r, subject), F);
    feature(f, 14, person_of(r, subject), V);
    feature(f, 15, lemma_at(r, subject), V);
    for (int i = 0; i < v->mover_count; i++) {
        const cue *m = &r->doc->cues[v->mover[i]];
        feature(f, 16, word(m->kind), V);
        feature(f, 17, lemma_at(r, m->token), word(m->kind));
    }
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (b == DEP_PUNCT) continue;
        feature(f, 18, tok(r, k)->deprel, V);
        if (b == DEP_ADVMOD || b == DEP_AUX || b == DEP_MARK || b == DEP_CASE || b == DEP_OBL || b == DEP_DISCOURSE) feature(f, 19, lemma_at(r, k), b), feature(f, 20, lemma_at(r, k), V);
        if (b == DEP_OBJ) feature(f, 21, L, lemma_at(r, k)), feature(f, 22, tok(r, k)->upos, V);
        if (b == DEP_ADVCL) feature(f, 23, lemma_at(r, child_with(r, k, DEP_MARK, NULL)), V);
        if (b == DEP_DET || b == DEP_NMOD) feature(f, 24, lemma_at(r, k), D);
    }
}

static void surroundings(calculus *c, int32_t t, const verdict *v, feature_list *f) {
    reading *r = c->r;
    uint64_t S = shape_of(r, t), D = tok(r, t)->deprel, V = (uint64_t)v->value * 2 + v->sure, L = lemma_at(r, t);
    int32_t g = tok(r, t)->head;
    if (g >= 0) {
        verdict above = calculus_value(c, g);
        uint64_t GV = (uint64_t)above.value * 64 + above.rule, GL = lemma_at(r, g), GS = shape_of(r, g), GF = frame_of(r, g);
        int32_t subject = tree_find_base(r->doc, g, DEP_NSUBJ);
        feature(f, 40, GL, D);
        feature(f, 41, mix(GL, D), S);
        feature(f, 42, mix(GL, D), frame_of(r, t));
        feature(f, 43, mix(GS, D), S);
        feature(f, 44, mix(GV, D), S);
        feature(f, 45, mix(GF, D), S);
        feature(f, 46, mix(GF, GL), D);
        feature(f, 47, mix(GV, GL), D);
        feature(f, 48, mix(person_of(r, subject), D), GL);
        feature(f, 49, mix(person_of(r, subject), D), GS);
        feature(f, 50, mix(person_of(r, subject), D), GF);
        feature(f, 51, lemma_at(r, child_with(r, t, DEP_CASE, NULL)), mix(D, GV));
        feature(f, 52, (uint64_t)(g < t), mix(D, S));
        feature(f, 53, GL, L);
        int32_t up = tok(r, g)->head;
        if (up >= 0) {
            feature(f, 54, mix(lemma_at(r, up), tok(r, g)->deprel), D);
            feature(f, 55, mix(shape_of(r, up), tok(r, g)->deprel), mix(D, frame_of(r, up)));
            feature(f, 56, (uint64_t)calculus_value(c, up).value, mix(tok(r, g)->deprel, D));
        }
    }
    int32_t end = sentence_end(r, t), first = r->doc->sentences[tok(r, t)->sentence].first;
    feature(f, 60, end >= 0 ? word(tok(r, end)->form) : 0, mix(D, S));
    feature(f, 61, end >= 0 ? word(tok(r, end)->form) : 0, V);
    feature(f, 62, lemma_at(r, first), mix(D, S));
    feature(f, 63, lemma_at(r, first), V);
    int32_t before = t > first ? t - 1 : -1, after = t + 1 < r->doc->sentences[tok(r, t)->sentence].last ? t + 1 : -1;
    feature(f, 64, lemma_at(r, before), S);
    feature(f, 65, lemma_at(r, before), L);
    feature(f, 66, lemma_at(r, after), S);
    feature(f, 67, lemma_at(r, after), L);
    if (before > first) feature(f, 68, mix(lemma_at(r, before), lemma_at(r, before - 1)), S);
    int32_t n = r->doc->sentences[tok(r, t)->sentence].last - first;
    feature(f, 69, (uint64_t)(n < 6 ? 0 : n < 12 ? 1 : n < 24 ? 2 : 3), V);
    int32_t root = r->doc->sentences[tok(r, t)->sentence].root;
    if (root >= 0 && root != t) {
        feature(f, 70, mix(shape_of(r, root), frame_of(r, root)), mix(D, S));
        feature(f, 71, lemma_at(r, root), V);
        feature(f, 72, person_of(r, tree_find_base(r->doc, root, DEP_NSUBJ)), mix(V, D));
        feature(f, 73, (uint64_t)calculus_value(c, root).value, mix(V, D));
    }
    /* Who speaks in this sentence: mail and reviews are not news. */
    uint64_t persons = 0;
    for (int32_t k = first; k < r->doc->sentences[tok(r, t)->sentence].last; k++)
        if (tok(r, k)->upos == UPOS_PRON && tok(r, k)->morph.person && tok(r, k)->morph.person < 3) persons |= tok(r, k)->morph.person;
    feature(f, 74, persons, V);
    feature(f, 75, persons, mix(S, D));
    feature(f, 76, mix(persons, frame_of(r, t)), S);
}

void readers_features(calculus *c, int32_t t, feature_list *f) {
    verdict v = calculus_value(c, t);
    f->count = 0;
    own_features(c, t, &v, f);
    surroundings(c, t, &v, f);
}

static bool informal(const reading *r, int32_t t) {
    const token *k = tok(r, t);
    if (k->upos == UPOS_PRON && k->morph.person && k->morph.person < 3) return true;
    if (k->upos == UPOS_PUNCT) return str_in(k->form, "! ? !! ??");
    if (k->upos == UPOS_PART || k->upos == UPOS_ADV) return str_in(k->form, "n't n’t nt");
    return k->upos == UPOS_AUX && str_in(k->form, "'s ’s 're ’re 've ’ve 'll ’ll 'd ’d 'm ’m");
}

bool speaks_to_reader(const reading *r, int32_t t) {
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    char begins = s->last > s->first && tok(r, s->first)->form.len ? tok(r, s->first)->form.ptr[0] : 0;
    if (begins >= 'a' && begins <= 'z') return true;
    for (int32_t k = s->first; k < s->last; k++)
        if (r->region[k] < 0 && informal(r, k)) return true;
    return false;
}

factuality readers_settle(const verdict *v, float score) {
    if (v->sure || fact_sign(v->value) < 0) return v->value;
    if (v->value == FACT_UU) return score >= 1.2f ? FACT_PR_PLUS : FACT_UU;
    return score >= 0.3f ? v->value : score >= -0.5f ? fact_under(v->value, FACT_PR_PLUS) : FACT_UU;
}

/* Steps between the seven values, with the best correlation over cross-fitted scores of the training part. Readers' means shrink towards the
 * middle, so a plain statement of a dispatch that nobody doubts is certain a little earlier. */
factuality readers_judge(const verdict *v, float score, bool personal) {
    static const float from[] = {1.9f, 1.4f, 0.7f, -0.1f, -0.9f, -1.5f};
    static const factuality step[] = {FACT_CT_PLUS, FACT_PR_PLUS, FACT_PS_PLUS, FACT_UU, FACT_PS_MINUS, FACT_PR_MINUS, FACT_CT_MINUS};
    if (!personal && fact_sign(v->value) < 0) return v->value;
    if (!personal && v->value == FACT_CT_PLUS && score >= 1.5f) return FACT_CT_PLUS;
    int i = 0;
    while (i < 6 && score < from[i]) i++;
    return step[i];
}
