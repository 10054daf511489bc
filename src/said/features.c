/* Features of cues, contents and sources for the linear models. Their order and numbers are frozen with models/quotations.bin. */
#include "said/attribution.h"

static uint64_t word(str s) { return str_hash(s, 7); }

attribution_reading attribution_open(reading *r) {
    attribution_reading a = {r, arena_array(&r->doc->home, uint64_t, r->doc->token_count + 1), r->doc->views, arena_array(&r->doc->home, uint8_t, r->doc->token_count * (SORTS + 1) + 1)};
    for (int32_t t = 0; t < (int32_t)r->doc->token_count; t++) {
        a.lemma[t] = word(tok(r, t)->lemma);
        int32_t particle = tree_find(r->doc, t, DEP_COMPOUND_PRT);
        if (particle >= 0) a.lemma[t] = mix(a.lemma[t], word(tok(r, particle)->lemma));
    }
    return a;
}

/* One feature for each way of sorting. */
static void sort_features(const attribution_reading *a, int32_t t, unsigned from, uint64_t with, feature_list *f) {
    uint8_t *kind = a->sorts + (size_t)t * (SORTS + 1);
    if (!kind[0]) kind[0] = knowledge_sorts(a->r->know, tok(a->r, t)->form, tok(a->r, t)->lemma, kind + 1) ? 2 : 1;
    for (unsigned s = 0; s < SORTS && kind[0] == 2; s++) feature(f, from + s, kind[1 + s], with);
}

bool may_be_cue(const attribution_reading *a, int32_t t) {
    const reading *r = a->r;
    const token *k = tok(r, t);
    switch (k->upos) {
    case UPOS_VERB: return true;
    case UPOS_NOUN:
        return tree_find(r->doc, t, DEP_NMOD) >= 0 || tree_find_base(r->doc, t, DEP_ACL) >= 0 || tree_find_base(r->doc, t, DEP_CCOMP) >= 0 ||
               knowledge_reporting(r->know, "noun", k->lemma);
    case UPOS_ADJ: return tree_child(r->doc, t) >= 0 && rel_base(r, t) != DEP_AMOD;
    case UPOS_ADV: return knowledge_reporting(r->know, "adverb", k->lemma) != NULL;
    case UPOS_AUX: return rel_base(r, t) != DEP_AUX && rel_base(r, t) != DEP_COP;
    case UPOS_ADP: case UPOS_SCONJ:
        return str_in(k->lemma, "accord according per") || (str_in(k->lemma, "for against") && k->head >= 0 && tree_find(r->doc, k->head, DEP_COP) >= 0);
    case UPOS_PUNCT: return str_is(k->form, ":") || is_bracket(r, t);
    default: return false;
    }
}

/* ---- what the encoder sees (tagger.h) ---- */

static float seen(const attribution_reading *a, int32_t t, enum tag_label label) {
    return a->views && t >= 0 && t < (int32_t)a->r->doc->token_count ? a->views[(size_t)t * TAG_LABELS + label] : -9;
}

static uint64_t level(float logit, float steps) {
    float x = logit * steps;
    return (uint64_t)(int)((x < -12 ? -12 : x > 12 ? 12 : x) + 20.5f);
}

static float seen_on_average(const attribution_reading *a, tokens_span s, enum tag_label label, float *least) {
    float sum = 0;
    *least = 99;
    for (int32_t t = s.first; t <= s.last; t++) {
        float x = seen(a, t, label);
        sum += x;
        if (x < *least) *least = x;
    }
    return s.last >= s.first ? sum / (float)(s.last - s.first + 1) : -9;
}

static float seen_most(const attribution_reading *a, tokens_span s, enum tag_label label) {
    float most = -9;
    for (int32_t t = s.first; t <= s.last; t++) most = seen(a, t, label) > most ? seen(a, t, label) : most;
    return most;
}

static void seen_of_cue(const attribution_reading *a, int32_t t, int32_t subject, int32_t held, feature_list *f) {
    uint64_t U = tok(a->r, t)->upos, D = tok(a->r, t)->deprel, own = level(seen(a, t, TAG_CUE), 2);
    const token *h = held >= 0 ? tok(a->r, held) : NULL;
    float begun = h ? seen_most(a, (tokens_span){h->left, h->right}, TAG_CONTENT_FIRST) : -9;
    float source = subject >= 0 ? seen(a, subject, TAG_SOURCE) : -9;
    feature(f, 90, own, 0), feature(f, 91, own, U * 64 + D);
    feature(f, 92, level(seen(a, t, TAG_CONTENT), 1), level(seen(a, t, TAG_CUE), 1));
    feature(f, 93, level(begun, 1), level(seen(a, t, TAG_CUE), 1)), feature(f, 94, level(source, 1), level(seen(a, t, TAG_CUE), 1));
    feature(f, 95, level(seen(a, t - 1, TAG_CUE), 1), level(seen(a, t + 1, TAG_CUE), 1));
    feature(f, 96, level(begun, 2), 0), feature(f, 97, level(source, 2), 0), feature(f, 98, level(held >= 0 ? seen(a, held, TAG_CONTENT) : -9, 2), 0);
    feature(f, 99, level(source, 1), level(begun, 1));
}

static void seen_of_content(const attribution_reading *a, const candidate *c, feature_list *f) {
    uint64_t T = c->type;
    int32_t first = c->part[0].first, last = c->part[c->parts - 1].last;
    float least, average = seen_on_average(a, c->part[0], TAG_CONTENT, &least);
    uint64_t begin = level(seen(a, first, TAG_CONTENT_FIRST), 2), end = level(seen(a, last, TAG_CONTENT_LAST), 2);
    feature(f, 160, begin, 0), feature(f, 161, begin, T), feature(f, 162, end, 0), feature(f, 163, end, T);
    feature(f, 164, level(average, 2), 0), feature(f, 165, level(average, 2), T), feature(f, 166, level(least, 2), 0), feature(f, 167, level(least, 1), T);
    feature(f, 168, level(seen(a, first - 1, TAG_CONTENT), 2), T), feature(f, 169, level(seen(a, last + 1, TAG_CONTENT), 2), T);
    feature(f, 170, level(seen(a, first, TAG_CONTENT_FIRST), 1), level(seen(a, last, TAG_CONTENT_LAST), 1));
    feature(f, 171, level(seen(a, first, TAG_CONTENT), 1), level(seen(a, first - 1, TAG_CONTENT), 1));
    feature(f, 172, level(seen(a, last, TAG_CONTENT), 1), level(seen(a, last + 1, TAG_CONTENT), 1));
    float inside = last > first ? seen_most(a, (tokens_span){first + 1, last}, TAG_CONTENT_FIRST) : -9;
    float ended = last > first ? seen_most(a, (tokens_span){first, last - 1}, TAG_CONTENT_LAST) : -9;
    float beyond = seen_most(a, (tokens_span){last + 1, last + 6}, TAG_CONTENT_LAST), earlier = seen_most(a, (tokens_span){first - 6, first - 1}, TAG_CONTENT_FIRST);
    feature(f, 173, level(inside, 1), begin), feature(f, 174, level(ended, 1), end), feature(f, 175, level(beyond, 1), end), feature(f, 176, level(earlier, 1), begin);
    if (c->parts > 1) {
        average = seen_on_average(a, c->part[1], TAG_CONTENT, &least);
        feature(f, 177, level(average, 1), T), feature(f, 178, level(least, 1), T);
        feature(f, 179, level(seen(a, c->part[0].last, TAG_CONTENT_LAST), 1), level(seen(a, c->part[1].first, TAG_CONTENT_FIRST), 1));
    }
}

static void seen_of_source(const attribution_reading *a, int32_t t, const candidate *held, const candidate *c, feature_list *f) {
    uint64_t T = c->type;
    float least, unsourced = seen_on_average(a, held->part[0], TAG_UNSOURCED, &least);
    feature(f, 260, level(unsourced, 2), T), feature(f, 261, level(seen(a, t, TAG_CUE), 1), T);
    if (!c->parts) return;
    tokens_span s = c->part[0];
    float average = seen_on_average(a, s, TAG_SOURCE, &least);
    uint64_t begin = level(seen(a, s.first, TAG_SOURCE_FIRST), 2), end = level(seen(a, s.last, TAG_SOURCE_LAST), 2);
    feature(f, 262, begin, 0), feature(f, 263, begin, T), feature(f, 264, end, 0), feature(f, 265, end, T);
    feature(f, 266, level(average, 2), 0), feature(f, 267, level(average, 2), T), feature(f, 268, level(least, 2), 0), feature(f, 269, level(least, 1), T);
    feature(f, 270, level(seen(a, s.first - 1, TAG_SOURCE), 1), begin), feature(f, 271, level(seen(a, s.last + 1, TAG_SOURCE), 1), end);
    if (c->head >= 0) feature(f, 272, level(seen(a, c->head, TAG_SOURCE), 2), T), feature(f, 273, level(seen(a, c->head, TAG_SOURCE), 2), tok(a->r, c->head)->upos);
    feature(f, 274, level(seen(a, s.first, TAG_CONTENT), 1), T);
    float ended = s.last > s.first ? seen_most(a, (tokens_span){s.first, s.last - 1}, TAG_SOURCE_LAST) : -9, beyond = seen_most(a, (tokens_span){s.last + 1, s.last + 6}, TAG_SOURCE_LAST);
    feature(f, 275, level(ended, 1), end), feature(f, 276, level(beyond, 1), end);
}

static int bucket(int32_t n) { return n < 4 ? n : n < 6 ? 4 : n < 9 ? 5 : n < 14 ? 6 : n < 22 ? 7 : n < 40 ? 8 : 9; }

static int32_t subject_of(const reading *r, int32_t t) { return tree_find_base(r->doc, t, DEP_NSUBJ); }

/* Person, number and kind of the subject: 0 none, else pronouns by person, names, nouns. */
static uint64_t subject_class(const reading *r, int32_t s) {
    if (s < 0) return 0;
    const token *k = tok(r, s);
    if (k->upos == UPOS_PRON) return 1 + k->morph.person + 4u * k->morph.number;
    return 20 + k->upos;
}

static uint64_t child_key(const reading *r, int32_t c) {
    uint64_t key = tok(r, c)->deprel;
    deprel b = rel_base(r, c);
    if (b == DEP_OBL || b == DEP_NMOD || b == DEP_ADVCL || b == DEP_ACL || b == DEP_CCOMP || b == DEP_XCOMP) {
        int32_t k = child_with(r, c, DEP_CASE, NULL);
        if (k < 0) k = child_with(r, c, DEP_MARK, NULL);
        if (k >= 0) key = mix(key, word(tok(r, k)->lemma));
    }
    return key;
}

/* 1 … when a quotation ends just before t, or begins just behind it. */
static int quote_near(const reading *r, int32_t t, int step) {
    int32_t n = (int32_t)r->doc->token_count;
    for (int d = 1; d <= 8; d++) {
        int32_t k = t + step * d;
        if (k < 0 || k >= n) return 0;
        if (r->region[k] >= 0 && r->region[k] != r->region[t]) return d < 3 ? d : d < 6 ? 3 : 4;
    }
    return 0;
}

static uint64_t quotes_here(const reading *r, int32_t t) {
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    uint64_t outside = r->region[t] < 0, any = 0;
    for (int32_t k = s->first; k < s->last && !any; k++) any = r->region[k] >= 0;
    return any * 2 + outside;
}

/* What it may introduce, at a glance. */
static int32_t complement_of(const reading *r, int32_t t) {
    static const deprel order[] = {DEP_OBJ, DEP_CCOMP, DEP_XCOMP, DEP_OBL, DEP_NMOD};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        int32_t c = tree_find_base(r->doc, t, order[i]);
        if (c >= 0) return c;
    }
    return -1;
}

void cue_features(const attribution_reading *a, int32_t t, feature_list *f) {
    const reading *r = a->r;
    const token *k = tok(r, t);
    uint64_t L = a->lemma[t], U = k->upos, D = k->deprel, UD = U * 64 + D;
    int32_t s = subject_of(r, t), h = k->head;
    uint64_t sc = subject_class(r, s);
    uint64_t args = 0;
    f->count = 0;
    feature(f, 1, L, U);
    feature(f, 2, L, UD);
    feature(f, 3, UD, 0);
    feature(f, 4, L, sc);
    feature(f, 5, UD, sc);
    for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c)) {
        deprel b = rel_base(r, c);
        if (b == DEP_PUNCT) continue;
        uint64_t key = child_key(r, c);
        feature(f, 6, key, U);
        if (b != DEP_AUX && b != DEP_CC && b != DEP_DET) feature(f, 7, L, key);
        if (b == DEP_CCOMP) args |= 1;
        if (b == DEP_XCOMP) args |= 2;
        if (b == DEP_OBJ) args |= 4, feature(f, 8, a->lemma[c], 0), feature(f, 9, a->lemma[c], L);
        if (b == DEP_OBL) args |= 8;
        if (b == DEP_NMOD) args |= 16;
        if (b == DEP_ACL) args |= 32;
        if (b == DEP_XCOMP || b == DEP_CCOMP) feature(f, 10, a->lemma[c], L), feature(f, 11, tok(r, c)->upos * 8 + tok(r, c)->morph.verbform, L);
        if (b == DEP_AUX || b == DEP_ADVMOD) feature(f, 12, a->lemma[c], U), feature(f, 32, a->lemma[c], L);
    }
    uint64_t before = (uint64_t)quote_near(r, t, -1), after = (uint64_t)quote_near(r, t, 1), q = quotes_here(r, t);
    feature(f, 13, args, UD);
    feature(f, 14, args, L);
    feature(f, 15, before * 8 + after, q);
    feature(f, 16, mix(before * 8 + after, q), L);
    feature(f, 17, q, L);
    if (h >= 0) feature(f, 18, a->lemma[h], D), feature(f, 19, a->lemma[h], L);
    feature(f, 20, (uint64_t)k->morph.verbform * 64 + k->morph.tense * 16 + k->morph.mood * 2 + k->morph.voice, U);
    feature(f, 21, mix((uint64_t)k->morph.verbform * 4 + k->morph.tense, L), 0);
    if (s >= 0) feature(f, 22, a->lemma[s], U), feature(f, 23, word(knowledge_voice(r->know, tok(r, s)->lemma)), L);
    const reporting *p = knowledge_reporting(r->know, U == UPOS_NOUN ? "noun" : U == UPOS_ADJ ? "adj" : "verb", k->lemma);
    uint64_t known = p ? 1 + (uint64_t)p->stance + 16u * p->patterns : 0;
    feature(f, 24, known, UD);
    feature(f, 25, mix(known, args), sc);
    feature(f, 26, p ? word(p->kind) : 0, mix(args, sc));
    if (t > 0) feature(f, 27, word(tok(r, t - 1)->lemma), L), feature(f, 28, word(tok(r, t - 1)->lemma), U);
    if (t + 1 < (int32_t)r->doc->token_count) feature(f, 29, word(tok(r, t + 1)->lemma), L), feature(f, 30, word(tok(r, t + 1)->lemma), U);
    if (k->lemma.len > 3) feature(f, 31, word(str_sub(k->lemma, k->lemma.len - 3, k->lemma.len)), U);
    int32_t own = h >= 0 && s < 0 ? subject_of(r, h) : -1;
    feature(f, 33, subject_class(r, own), UD);
    feature(f, 34, subject_class(r, own), L);
    const sentence *sentence_here = &r->doc->sentences[k->sentence];
    feature(f, 35, sentence_here->headline, U);
    feature(f, 36, (uint64_t)(sentence_here->paragraph == 0), UD);
    if (tree_find(r->doc, t, DEP_NMOD_POSS) >= 0) feature(f, 37, L, 1), feature(f, 38, U, 1);
    sort_features(a, t, 50, U, f);
    int32_t held = complement_of(r, t);
    if (held >= 0) sort_features(a, held, 70, 0, f);
    seen_of_cue(a, t, s, held, f);
}

void content_features(const attribution_reading *a, int32_t t, const candidate *c, const candidate *all, int count, feature_list *f) {
    const reading *r = a->r;
    const token *k = tok(r, t);
    uint64_t T = c->type, L = a->lemma[t], U = k->upos, D = k->deprel;
    int32_t length = 0, quoted = 0, cut_quotes = 0;
    uint64_t has = 0;
    for (int i = 0; i < count; i++) {
        has |= all[i].head < 0 ? 1 : 0;
        if (all[i].head >= 0) {
            deprel b = rel_base(r, all[i].head);
            has |= b == DEP_CCOMP ? 2 : b == DEP_XCOMP ? 4 : b == DEP_OBJ ? 8 : b == DEP_OBL ? 16 : b == DEP_PARATAXIS ? 32 : 0;
        }
    }
    for (int i = 0; i < c->parts; i++) {
        length += c->part[i].last - c->part[i].first + 1;
        for (int32_t n = c->part[i].first; n <= c->part[i].last; n++) quoted += r->region[n] >= 0;
        int32_t q = r->region[c->part[i].first], e = r->region[c->part[i].last];
        cut_quotes |= q >= 0 && r->regions[q].first < c->part[i].first;
        cut_quotes |= (e >= 0 && r->regions[e].last - 1 > c->part[i].last) << 1;
    }
    int32_t first = c->part[0].first, last = c->part[c->parts - 1].last;
    const sentence *s = &r->doc->sentences[k->sentence];
    uint64_t cover = length ? (uint64_t)(4 * quoted / length) : 0, side = (uint64_t)(first > t) * 2 + (last < t);
    int32_t gap = first > t ? first - t : last < t ? t - last : 0;
    uint64_t ends = (uint64_t)(last >= s->last - 2) + 2 * (uint64_t)(last >= s->last) + 4 * (uint64_t)(first <= s->first + 1) + 8 * (uint64_t)(first < s->first);
    uint64_t starts = a->lemma[first];
    int32_t subject = subject_of(r, t);
    f->count = 0;
    feature(f, 101, T, 0);
    feature(f, 102, T, L);
    feature(f, 103, T, U * 64 + D);
    feature(f, 104, T, (uint64_t)bucket(length));
    feature(f, 105, T, mix(cover, (uint64_t)cut_quotes));
    feature(f, 106, T, starts);
    feature(f, 107, T, mix(has, (uint64_t)c->parts));
    feature(f, 108, mix(T, has), U);
    feature(f, 109, T, side * 16 + (uint64_t)bucket(gap));
    feature(f, 110, T, ends);
    feature(f, 111, mix(cover, (uint64_t)cut_quotes), mix(ends, side));
    feature(f, 112, (uint64_t)bucket(length), L);
    feature(f, 113, starts, L);
    feature(f, 114, T, quotes_here(r, t));
    feature(f, 115, mix(T, L), mix(cover, (uint64_t)cut_quotes));
    const reporting *p = knowledge_reporting(r->know, U == UPOS_NOUN ? "noun" : U == UPOS_ADJ ? "adj" : "verb", k->lemma);
    feature(f, 116, T, p ? 1 + (uint64_t)p->patterns : 0);
    feature(f, 117, T, p ? word(p->kind) : 0);
    if (c->head >= 0) {
        const token *h = tok(r, c->head);
        feature(f, 118, T, a->lemma[c->head]);
        feature(f, 119, L, a->lemma[c->head]);
        feature(f, 120, T, (uint64_t)h->upos * 16 + h->morph.verbform);
        feature(f, 121, mix(T, L), (uint64_t)h->upos * 16 + h->morph.verbform);
    }
    feature(f, 122, T, subject_class(r, subject) * 2 + (subject > t));
    feature(f, 123, T, (uint64_t)quote_near(r, t, -1) * 8 + (uint64_t)quote_near(r, t, 1));
    uint64_t prep = last + 1 < (int32_t)r->doc->token_count ? word(tok(r, last + 1)->form) : 0;
    feature(f, 124, T, prep);
    if (first > 0) feature(f, 125, T, word(tok(r, first - 1)->form));
    feature(f, 126, (uint64_t)r->doc->sentences[k->sentence].headline, T);
    seen_of_content(a, c, f);
}

void source_features(const attribution_reading *a, int32_t t, const candidate *held, const candidate *c, feature_list *f) {
    const reading *r = a->r;
    const token *k = tok(r, t);
    uint64_t T = c->type, L = a->lemma[t], U = k->upos, D = k->deprel;
    f->count = 0;
    feature(f, 201, T, 0);
    feature(f, 202, T, L);
    feature(f, 203, T, U * 64 + D);
    feature(f, 204, T, held->type);
    feature(f, 205, mix(T, held->type), U);
    feature(f, 206, T, (uint64_t)tree_find(r->doc, t, DEP_AUX_PASS) >= 0);
    int32_t subject = subject_of(r, t);
    feature(f, 207, T, (subject >= 0) + 2u * (tree_find(r->doc, t, DEP_NMOD_POSS) >= 0));
    feature(f, 208, mix(T, L), (subject >= 0));
    uint64_t built = (uint64_t)(tree_find(r->doc, t, DEP_AUX_PASS) >= 0 || tree_find(r->doc, t, DEP_NSUBJ_PASS) >= 0) + 2u * (uint64_t)(subject >= 0) + 4u * (uint64_t)(subject > t) + 8u * k->morph.verbform;
    feature(f, 217, T, mix(built, U * 64 + D));
    seen_of_source(a, t, held, c, f);
    if (!c->parts) {
        feature(f, 218, L, subject_class(r, subject));
        feature(f, 219, L, built);
        feature(f, 220, subject >= 0 ? a->lemma[subject] : 1, U);
        return;
    }
    tokens_span part = c->part[0];
    int32_t length = part.last - part.first + 1;
    feature(f, 209, T, (uint64_t)bucket(length));
    int32_t gap = part.first > t ? part.first - t : t - part.last;
    uint64_t far = (uint64_t)bucket(gap > 0 ? gap : 0) * 2 + (part.first > t);
    feature(f, 210, T, far);
    feature(f, 211, T, a->lemma[part.first]);
    const sentence *s = &r->doc->sentences[k->sentence];
    uint64_t names = 0, pauses = 0, relative = 0;
    for (int32_t n = part.first; n <= part.last; n++) {
        names |= tok(r, n)->upos == UPOS_PROPN;
        pauses |= tok(r, n)->upos == UPOS_PUNCT;
        relative |= tok(r, n)->deprel == DEP_ACL_RELCL;
    }
    uint64_t shape = names + 2 * pauses + 4 * relative + 8 * (uint64_t)(r->region[part.first] >= 0) + 16 * (uint64_t)(part.first == s->first);
    feature(f, 221, T, shape);
    feature(f, 222, shape, far);
    feature(f, 223, T, part.last + 1 < (int32_t)r->doc->token_count ? word(tok(r, part.last + 1)->form) : 0);
    feature(f, 224, T, part.first > 0 ? word(tok(r, part.first - 1)->form) : 0);
    uint64_t between = 0; /* from it to the cue: quotation, pause, another subject? */
    for (int32_t n = part.first > t ? t + 1 : part.last + 1; n < (part.first > t ? part.first : t); n++)
        between |= (r->region[n] >= 0) + 2u * (tok(r, n)->upos == UPOS_PUNCT) + 4u * (rel_base(r, n) == DEP_NSUBJ) + 8u * (tok(r, n)->upos == UPOS_VERB);
    feature(f, 225, between, far);
    feature(f, 226, T, between);
    if (c->head < 0) return;
    const token *h = tok(r, c->head);
    uint64_t who = subject_class(r, c->head), HD = (uint64_t)h->deprel * 64 + h->upos;
    feature(f, 212, a->lemma[c->head], 0);
    feature(f, 213, T, h->upos);
    feature(f, 214, h->upos, who);
    feature(f, 215, word(knowledge_voice(r->know, h->lemma)), h->upos);
    feature(f, 216, T, a->lemma[c->head]);
    feature(f, 227, HD, D);
    feature(f, 228, mix(HD, (uint64_t)(h->head == t)), built);
    feature(f, 229, mix(HD, (uint64_t)(h->head == t)), L);
    feature(f, 230, a->lemma[c->head], L);
    feature(f, 231, who, mix(built, far));
    feature(f, 232, mix(who, shape), h->deprel);
    feature(f, 233, mix(held->type, HD), (uint64_t)(part.first > t));
    feature(f, 234, (uint64_t)(c->head == part.last) + 2u * (uint64_t)(c->head == part.first), T);
    sort_features(a, c->head, 250, h->upos, f);
    if (held->head >= 0) feature(f, 235, mix(rel_base(r, held->head), tok(r, held->head)->head == h->head), mix(T, U));
}
