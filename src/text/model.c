#include "text/model.h"

#include "base/utf8.h"

/* ---- words ---- */

/* An atom as a number: letters by their lower-cased bytes, digits by how many, marks by themselves. */
static uint64_t atom_value(const cut_site *s, int i) {
    if (i < 0) return 1;
    if (i >= s->count) return 2;
    const atom *a = &s->atoms[i];
    if (a->kind == ATOM_DIGITS) return 16 + (a->end - a->start < 5 ? a->end - a->start : 5);
    if (a->kind == ATOM_WHOLE) return 3;
    return lower_hash(str_sub(s->text, a->start, a->end));
}
static unsigned kind_of(const cut_site *s, int i) { return i < 0 ? ATOM_KINDS : i >= s->count ? ATOM_KINDS + 1 : s->atoms[i].kind; }
static unsigned case_of(const cut_site *s, int i) {
    if (i < 0 || i >= s->count) return 0;
    const atom *a = &s->atoms[i];
    uint32_t n = a->end - a->start;
    return (a->upper ? 1u : 0) | (a->lower ? 2u : 0) | (a->capitals ? 4u : 0) | (n > 4 ? 4u : n) << 3;
}
static unsigned chunk_shape(str s) {
    if (s.len == 0) return 0;
    uint32_t length, c = utf8_at(s, 0, &length);
    return unicode_upper(c) ? 1 : unicode_letter(c) ? 2 : unicode_digit(c) ? 3 : 4;
}

void cut_features(const cut_site *s, const uint8_t *known, features *f) {
    int r = s->right, l = r - 1;
    uint64_t left = atom_value(s, l), right = atom_value(s, r), left2 = atom_value(s, l - 1), right2 = atom_value(s, r + 1);
    unsigned kl = kind_of(s, l), kr = kind_of(s, r), kl2 = kind_of(s, l - 1), kr2 = kind_of(s, r + 1);
    uint64_t kinds = kl | kr << 5, kinds4 = kinds | kl2 << 10 | kr2 << 15;
    uint64_t rule = cut_by_rule(s), word = lower_hash(str_sub(s->text, s->atoms[s->word].start, s->atoms[l].end));
    str chunk = str_sub(s->text, s->atoms[0].start, s->atoms[s->count - 1].end);
    unsigned around = chunk_shape(s->previous) | chunk_shape(s->next) << 3;
    unsigned cut = s->atoms[r].cut;
    f->count = 0;
    feature_add(f, 1, rule, cut, 0);
    feature_add(f, 2, rule, kinds, cut);
    feature_add(f, 3, kinds4, cut, 0);
    feature_add(f, 4, kinds4, (uint64_t)(l == s->word) | (uint64_t)kind_of(s, l - 2) << 1, kind_of(s, r + 2));
    feature_add(f, 5, left, kr, 0);
    feature_add(f, 6, right, kl, 0);
    feature_add(f, 7, left, right, 0);
    feature_add(f, 8, left, right2, kr);
    feature_add(f, 9, left2, right, kl);
    feature_add(f, 10, word, kr, 0);
    feature_add(f, 11, word, kr, around >> 3);
    feature_add(f, 12, kinds, case_of(s, l), case_of(s, r));
    feature_add(f, 13, rule, left, 0);
    feature_add(f, 14, rule, right, 0);
    feature_add(f, 15, kinds4, around, 0);
    feature_add(f, 16, lower_hash(chunk), (uint64_t)r, 0);
    unsigned knows = (unsigned)word_known(known, left) | (unsigned)word_known(known, right) << 1 |
                     (unsigned)word_known(known, lower_hash(str_sub(s->text, s->atoms[l].start, s->atoms[r].end))) << 2;
    feature_add(f, 17, kinds, knows, cut);
    feature_add(f, 18, kinds4, knows | (unsigned)word_known(known, left2) << 3 | (unsigned)word_known(known, right2) << 4, 0);
    feature_add(f, 19, rule, kinds4, case_of(s, l) | case_of(s, r) << 6);
}

static bool common_word(const void *known, str word) { return word_known(known, lower_hash(word)); }

bool cut_decide(const text_model *model, const cut_site *site) {
    if (!model->cuts.weights) return cut_by_rule(site);
    if (cut_for_sure(site, common_word, model->known) == CUT_NEVER) return false;
    features f;
    cut_features(site, model->known, &f);
    return hashed_score(&model->cuts, &f) > 0;
}

/* ---- sentences ---- */

typedef struct word_view {
    uint64_t value;
    unsigned shape; /* word_class, capitals, length */
} word_view;

static unsigned shape_of(str s) {
    unsigned k = word_class_of(s), capitals = 1;
    for (uint32_t i = 0; i < s.len; i++) capitals &= !(s.ptr[i] >= 'a' && s.ptr[i] <= 'z');
    return k | (k == WORD_CAPITAL ? capitals : 0) << 4 | (s.len == 1 ? 1u : 0) << 5 | (s.len > 1 && s.ptr[s.len - 1] == '.' ? 1u : 0) << 6;
}
static word_view view(const end_site *s, int32_t i) {
    if (i < s->begin) return (word_view){1, 128};
    if (i >= s->last) return (word_view){2, 129};
    str w = s->tokens[i].form;
    return (word_view){w.ptr[0] >= '0' && w.ptr[0] <= '9' ? 16 + w.len : lower_hash(w), shape_of(w)};
}
static unsigned bucket(int32_t n) { return n < 4 ? (unsigned)n : n < 7 ? 4 : n < 12 ? 5 : n < 20 ? 6 : n < 35 ? 7 : n < 60 ? 8 : 9; }

bool end_features(const end_site *s, const uint8_t *known, features *f) {
    int32_t e = s->next - 1;
    str last = s->tokens[e].form, first = s->tokens[s->next].form;
    word_class kl = word_class_of(last), kf = word_class_of(first);
    if (kf == WORD_SEMI || (kf == WORD_STOP && !s->tokens[e].space_after)) return false;
    bool stops = kl == WORD_STOP || kl == WORD_CALL || kl == WORD_DOTS || kl == WORD_CLOSE || kl == WORD_QUOTE || kl == WORD_OTHER || (kl == WORD_SEMI && last.ptr[0] != ',') ||
                 (last.len > 1 && last.ptr[last.len - 1] == '.');
    if (kf == WORD_PLAIN && !stops) return false;
    int32_t closed = sentence_closers(s, e);
    word_view w = view(s, closed), w1 = view(s, closed - 1), l = view(s, e), n = view(s, s->next), n1 = view(s, s->next + 1), n2 = view(s, s->next + 2);
    abbreviation_kind kind = abbreviation_of(s->lists, s->tokens[closed].form);
    uint64_t rule = end_by_rule(s), space = s->tokens[e].space_after, close = (uint64_t)(e - closed > 2 ? 2 : e - closed);
    unsigned length = bucket(s->next - s->begin), left = bucket(s->last - s->next), inside = (s->quotes & 1u) | (s->brackets > 0 ? 2u : 0);
    uint64_t gap = space | close << 1 | (uint64_t)kind << 3;
    unsigned low = (unsigned)word_known(known, n.value);
    f->count = 0;
    feature_add(f, 101, rule, 0, 0);
    feature_add(f, 102, rule, w.shape, n.shape);
    feature_add(f, 103, w.shape, n.shape, gap | (uint64_t)inside << 6);
    feature_add(f, 104, w.value, n.shape, gap);
    feature_add(f, 105, w.shape, n.value, gap);
    feature_add(f, 106, w.value, n.value, 0);
    feature_add(f, 107, w1.value, w.value, n.shape);
    feature_add(f, 108, w1.shape, w.shape, n.shape | length << 8);
    feature_add(f, 109, w.shape, n.value, n1.shape);
    feature_add(f, 110, n.shape, n1.shape, n2.shape | w.shape << 8);
    feature_add(f, 111, w.shape, n.value, n1.value);
    feature_add(f, 112, l.value, inside, n.shape);
    feature_add(f, 113, l.shape, (uint64_t)length | (uint64_t)left << 4, rule);
    feature_add(f, 114, l.shape, length, n.shape);
    feature_add(f, 115, l.shape, left, n.shape);
    feature_add(f, 116, w1.value, rule, w.shape);
    feature_add(f, 117, l.value, n.value, 1);
    feature_add(f, 118, l.shape, low | (unsigned)word_known(known, l.value) << 1 | (unsigned)word_known(known, n1.value) << 2, n.shape);
    feature_add(f, 119, rule, n.value, 0);
    feature_add(f, 120, rule, w.value, 0);
    feature_add(f, 121, view(s, s->begin).value, l.shape, n.shape);
    feature_add(f, 122, w1.shape, w.value, n.value);
    feature_add(f, 123, l.shape, n.shape, n1.value);
    feature_add(f, 124, view(s, s->begin).shape, l.shape, n.shape | length << 8);
    feature_add(f, 125, n.value, low, l.shape);
    feature_add(f, 126, l.value, l.shape, w1.shape | n.shape << 8);
    return true;
}

bool end_decide(const text_model *model, const end_site *site) {
    if (!model->ends.weights) return end_by_rule(site);
    features f;
    return end_features(site, model->known, &f) && hashed_score(&model->ends, &f) > 0;
}
