/* What a cue may introduce, and who may hold it: proposals from the tree and the quotation marks. */
#include "said/attribution.h"

static uint64_t named(const char *label) { return str_hash(str_of(label), 7); }
static uint64_t with_word(uint64_t type, str word) { return mix(type, str_hash(word, 7)); }

void part_bytes(const reading *r, tokens_span s, uint32_t *start, uint32_t *end) {
    *start = tok(r, s.first)->start;
    *end = tok(r, s.last)->end;
}

static bool closing_mark(const reading *r, int32_t t) { return str_in(tok(r, t)->form, "” '' \" ’ ' ) ]"); }

/* Without punctuation at both ends, but with the quotation marks of what is quoted. */
static bool trim(const reading *r, tokens_span *s) {
    while (s->first <= s->last && tok(r, s->first)->upos == UPOS_PUNCT && !str_in(tok(r, s->first)->form, "“ \" `` '' ‘ ' ( [ «")) s->first++;
    while (s->last >= s->first && tok(r, s->last)->upos == UPOS_PUNCT && !closing_mark(r, s->last)) {
        if (r->region[s->last] >= 0 && r->regions[r->region[s->last]].first >= s->first) break; /* the stop of a quoted sentence */
        s->last--;
    }
    return s->first <= s->last;
}

static candidate *push(const reading *r, int32_t cue_token, candidate *out, int *count, uint64_t type, int32_t head, tokens_span a, tokens_span b) {
    if (*count >= MOST_CANDIDATES) return NULL;
    candidate c = {.type = type, .head = head};
    if (a.first <= a.last && trim(r, &a)) c.part[c.parts++] = a;
    if (b.first <= b.last && trim(r, &b)) c.part[c.parts++] = b;
    if (!c.parts) return NULL;
    if (c.parts == 2 && c.part[0].first > c.part[1].first) {
        tokens_span swap = c.part[0];
        c.part[0] = c.part[1], c.part[1] = swap;
    }
    for (int i = 0; i < c.parts; i++)
        if (c.part[i].first <= cue_token && cue_token <= c.part[i].last) return NULL;
    for (int i = 0; i < *count; i++) /* the same words by another way: keep the first */
        if (out[i].parts == c.parts && memcmp(out[i].part, c.part, sizeof(tokens_span) * (size_t)c.parts) == 0) return NULL;
    out[(*count)++] = c;
    return &out[*count - 1];
}

static const tokens_span NOTHING = {0, -1};
static tokens_span span_of(const reading *r, int32_t t) { return (tokens_span){tok(r, t)->left, tok(r, t)->right}; }

/* Behind the prepositions and marks that belong to the cue ("called for | talks"). */
static tokens_span without_case(const reading *r, int32_t t, bool marks) {
    tokens_span s = span_of(r, t);
    while (s.first < t && tok(r, s.first)->upos == UPOS_PUNCT && r->region[s.first] < 0) s.first++;
    for (int32_t k = tree_child(r->doc, t); k >= 0 && k < t; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (k < s.first) continue;
        if ((b == DEP_CASE || (marks && b == DEP_MARK)) && k == s.first) {
            s.first = tok(r, k)->right + 1;
            while (s.first < t && (rel_base(r, s.first) == DEP_FIXED)) s.first++;
        } else if (k > s.first) break;
    }
    return s;
}

/* With the quotation that begins inside: sentence splitters cut long quotations. */
static tokens_span widened(const reading *r, tokens_span s, bool *wider) {
    *wider = false;
    for (int32_t t = s.first; t <= s.last; t++) {
        int32_t q = r->region[t];
        if (q < 0 || r->regions[q].first < s.first) continue;
        if (r->regions[q].last - 1 > s.last) s.last = r->regions[q].last - 1, *wider = true;
    }
    return s;
}

typedef struct proposing {
    const attribution_reading *a;
    const reading *r;
    candidate *out;
    int count;
    int32_t cue;
} proposing;

static void propose(proposing *p, uint64_t type, int32_t head, tokens_span s) {
    bool wider;
    tokens_span w = widened(p->r, s, &wider);
    if (wider) push(p->r, p->cue, p->out, &p->count, mix(type, 99), head, w, NOTHING);
    push(p->r, p->cue, p->out, &p->count, type, head, s, NOTHING);
}

static uint64_t relation_type(const reading *r, int32_t c, uint64_t base) {
    uint64_t type = mix(base, tok(r, c)->deprel);
    deprel b = rel_base(r, c);
    if (b == DEP_OBL || b == DEP_NMOD || b == DEP_ADVCL || b == DEP_ACL) {
        int32_t k = child_with(r, c, DEP_CASE, NULL);
        if (k < 0) k = child_with(r, c, DEP_MARK, NULL);
        if (k >= 0) type = with_word(type, tok(r, k)->lemma);
    }
    return type;
}

static bool is_argument(deprel b) {
    return b == DEP_OBJ || b == DEP_CCOMP || b == DEP_XCOMP || b == DEP_OBL || b == DEP_ADVCL || b == DEP_CSUBJ || b == DEP_NSUBJ ||
           b == DEP_PARATAXIS || b == DEP_ACL || b == DEP_NMOD || b == DEP_IOBJ || b == DEP_DEP || b == DEP_APPOS || b == DEP_DISLOCATED;
}

/* Without what is said in passing at its end: ", who …", an apposition. */
static void without_passing_remark(proposing *p, uint64_t type, int32_t c, tokens_span s) {
    const reading *r = p->r;
    for (int32_t k = tree_child(r->doc, c); k >= 0; k = tree_next(r->doc, k)) {
        bool passing = tok(r, k)->deprel == DEP_ACL_RELCL || rel_base(r, k) == DEP_APPOS || rel_base(r, k) == DEP_PARATAXIS || rel_base(r, k) == DEP_ADVCL;
        if (passing && k > c && tok(r, k)->left > s.first + 1 && str_in(tok(r, tok(r, k)->left - 1)->form, ", — – -")) {
            propose(p, mix(type, 41), c, (tokens_span){s.first, tok(r, k)->left - 2});
            return;
        }
        if (passing && k > c && str_in(tok(r, tok(r, k)->left)->form, ", — – -") && tok(r, k)->left > s.first) {
            propose(p, mix(type, 41), c, (tokens_span){s.first, tok(r, k)->left - 1});
            return;
        }
    }
}

static int32_t last_right_child(const reading *r, int32_t t) {
    int32_t last = -1;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k))
        if (k > t && tok(r, k)->upos != UPOS_PUNCT) last = k;
    return last;
}

/* Ending before what hangs last on it, and before what hangs last on that: "to answer | on several occasions". */
static void ending_earlier(proposing *p, uint64_t type, int32_t c, tokens_span s) {
    const reading *r = p->r;
    int given = 0;
    int32_t node = c;
    for (int depth = 0; depth < 5 && node >= 0 && given < 6; depth++) {
        for (int32_t k = tree_child(r->doc, node); k >= 0; k = tree_next(r->doc, k)) {
            deprel b = rel_base(r, k);
            bool loose = b == DEP_OBL || b == DEP_ADVCL || b == DEP_ACL || b == DEP_CONJ || b == DEP_APPOS || b == DEP_PARATAXIS || b == DEP_NMOD || b == DEP_ADVMOD;
            if (k <= node || !loose || tok(r, k)->left <= s.first || tok(r, k)->left > s.last || given >= 6) continue;
            uint64_t how = mix(mix(45, tok(r, k)->deprel), depth > 1 ? 2 : (uint64_t)depth);
            propose(p, mix(type, how), c, (tokens_span){s.first, tok(r, k)->left - 1}), given++;
        }
        node = last_right_child(r, node);
    }
}

static void of_child(proposing *p, int32_t c) {
    const reading *r = p->r;
    deprel b = rel_base(r, c);
    uint64_t type = relation_type(r, c, 1);
    bool cut = b == DEP_OBL || b == DEP_NMOD || b == DEP_ADVCL || b == DEP_ACL;
    tokens_span own = cut ? without_case(r, c, false) : span_of(r, c);
    propose(p, type, c, own);
    without_passing_remark(p, type, c, own);
    if (b == DEP_OBJ || b == DEP_CCOMP || b == DEP_XCOMP || b == DEP_OBL || b == DEP_NMOD) ending_earlier(p, type, c, own);
    if (b == DEP_XCOMP || b == DEP_ADVCL || b == DEP_ACL) { /* "is expected to | be", "managed to underscore | her strength" */
        for (int32_t d = tree_child(r->doc, c); d >= 0; d = tree_next(r->doc, d)) {
            deprel e = rel_base(r, d);
            if (d > c && (e == DEP_OBJ || e == DEP_CCOMP || e == DEP_XCOMP || e == DEP_OBL))
                propose(p, relation_type(r, d, mix(type, 2)), d, e == DEP_OBL ? without_case(r, d, false) : span_of(r, d));
        }
    }
    if ((b == DEP_OBJ || b == DEP_OBL || b == DEP_XCOMP) && (tok(r, c)->upos == UPOS_NOUN || tok(r, c)->upos == UPOS_ADJ)) { /* "made a reference to | X" */
        for (int32_t d = tree_child(r->doc, c); d >= 0; d = tree_next(r->doc, d)) {
            deprel e = rel_base(r, d);
            if (e == DEP_NMOD || e == DEP_ACL || e == DEP_CCOMP || e == DEP_OBL)
                propose(p, relation_type(r, d, mix(type, 3)), d, e == DEP_NMOD || e == DEP_OBL ? without_case(r, d, false) : span_of(r, d));
        }
    }
}

/* "About one in nine | is expected | to vote": subject and infinitive. */
static void of_raising(proposing *p, int32_t t) {
    const reading *r = p->r;
    int32_t subject = tree_find_base(r->doc, t, DEP_NSUBJ), x = tree_find_base(r->doc, t, DEP_XCOMP);
    if (x < 0) x = tree_find_base(r->doc, t, DEP_CCOMP);
    if (x < 0 && tree_find(r->doc, t, DEP_NSUBJ_PASS) >= 0) x = tree_find_base(r->doc, t, DEP_OBL);
    if (subject >= 0 && x > t)
        push(r, p->cue, p->out, &p->count, mix(relation_type(r, x, 43), tok(r, subject)->deprel), x, span_of(r, subject), span_of(r, x));
}

/* From an argument to the last one behind it: "Clinton | a ringing endorsement", "him to be fair". */
static void of_stretch(proposing *p, int32_t t) {
    const reading *r = p->r;
    int32_t first = -1, last_argument = -1;
    for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c)) {
        deprel b = rel_base(r, c);
        if (c < t || !is_argument(b)) continue;
        if (first < 0) {
            if (b == DEP_OBJ || b == DEP_IOBJ || b == DEP_CCOMP || b == DEP_XCOMP || b == DEP_OBL) first = c;
            continue;
        }
        last_argument = c;
        tokens_span s = b == DEP_OBL ? (tokens_span){tok(r, first)->left, tok(r, c)->right} : (tokens_span){tok(r, first)->left, tok(r, c)->right};
        if (rel_base(r, first) == DEP_OBL) s.first = without_case(r, first, false).first;
        propose(p, mix(relation_type(r, first, 4), relation_type(r, c, 5)), first, s);
    }
    (void)last_argument;
}

/* The clause around a parenthetical cue, without it: "The strike, he said, is over". */
static void of_parent(proposing *p, int32_t t, int32_t cut) {
    const reading *r = p->r;
    int32_t h = tok(r, cut)->head;
    if (h < 0) return;
    tokens_span whole = span_of(r, h), inner = span_of(r, cut);
    uint64_t type = mix(relation_type(r, cut, 6), t == cut);
    tokens_span before = {whole.first, inner.first - 1}, after = {inner.last + 1, whole.last};
    push(r, p->cue, p->out, &p->count, type, h, before, after);
    propose(p, mix(type, 1), h, before);
    propose(p, mix(type, 2), h, after);
    int32_t up = tok(r, h)->head; /* one step higher: attachments go wrong */
    if (up >= 0 && rel_base(r, h) != DEP_CCOMP) {
        tokens_span wide = span_of(r, up);
        push(r, p->cue, p->out, &p->count, mix(type, 3), up, (tokens_span){wide.first, inner.first - 1}, (tokens_span){inner.last + 1, wide.last});
    }
}

/* ---- quotation marks near the cue ---- */

static int32_t paragraph(const reading *r, int32_t t) { return r->doc->sentences[tok(r, t)->sentence].paragraph; }

static bool same_paragraph(const reading *r, int32_t a, int32_t b) {
    const document *doc = r->doc;
    return doc->sentences[tok(r, a)->sentence].block == doc->sentences[tok(r, b)->sentence].block && paragraph(r, a) == paragraph(r, b);
}

static void near_regions(const reading *r, int32_t t, int32_t *before, int32_t *after, int32_t *then) {
    *before = *after = *then = -1;
    int32_t n = (int32_t)r->doc->token_count;
    for (int32_t k = t - 1; k >= 0 && t - k < 60 && same_paragraph(r, k, t); k--)
        if (r->region[k] >= 0) { *before = r->region[k]; break; }
    bool colon = false;
    for (int32_t k = t + 1; k < n && k - t < 60; k++) {
        if (!same_paragraph(r, k, t) && !(colon && r->doc->sentences[tok(r, k)->sentence].block == r->doc->sentences[tok(r, t)->sentence].block &&
                                          paragraph(r, k) == paragraph(r, t) + 1)) break;
        if (tok(r, k)->upos != UPOS_PUNCT || r->region[k] >= 0) colon = false;
        if (str_is(tok(r, k)->form, ":")) colon = true;
        if (r->region[k] >= 0) { *after = r->region[k]; break; }
    }
    if (*after >= 0 && (size_t)*after + 1 < r->region_count) {
        const struct quote_region *x = &r->regions[*after], *y = x + 1;
        if (y->block == x->block && y->first - x->last < 12 && same_paragraph(r, x->last - 1, y->first)) *then = *after + 1;
    }
}

static tokens_span region_span(const reading *r, int32_t q) { return (tokens_span){r->regions[q].first, r->regions[q].last - 1}; }

static void of_quotes(proposing *p, int32_t t) {
    const reading *r = p->r;
    int32_t before, after, then;
    if (r->region[t] >= 0) return;
    near_regions(r, t, &before, &after, &then);
    tokens_span none = NOTHING;
    const sentence *own = &r->doc->sentences[tok(r, t)->sentence];
    int32_t opens = after >= 0 ? r->regions[after].first : -1;
    bool goes_on = after >= 0 && (opens < own->last || opens == r->doc->sentences[tok(r, opens)->sentence].first); /* not a word quoted later */
    if (before >= 0 && goes_on) push(r, p->cue, p->out, &p->count, named("quote both"), -1, region_span(r, before), region_span(r, after));
    if (before >= 0) push(r, p->cue, p->out, &p->count, named("quote before"), -1, region_span(r, before), none);
    if (after >= 0) push(r, p->cue, p->out, &p->count, named("quote after"), -1, region_span(r, after), none);
    if (after >= 0 && then >= 0) push(r, p->cue, p->out, &p->count, named("quote after, then"), -1, region_span(r, after), region_span(r, then));
    if (before >= 0) { /* mixed: the sentence that the quotation ends ("… our prospects" there and in other states, he said) */
        const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
        int32_t first = r->regions[before].first;
        int32_t last = tok(r, t)->left - 1;
        if (last >= r->regions[before].last && last < t && first <= last) propose(p, named("quote before, more"), -1, (tokens_span){first, last});
        (void)s;
    }
}

/* ---- what lies beside it in the sentence ---- */

static void of_sentence(proposing *p, int32_t t) {
    const reading *r = p->r;
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    if (str_is(tok(r, t)->form, ":")) {
        propose(p, named("behind the colon"), -1, (tokens_span){t + 1, s->last - 1});
        propose(p, named("before the colon"), -1, (tokens_span){s->first, t - 1});
        if (t >= s->last - 2 && s + 1 < r->doc->sentences + r->doc->sentence_count && s[1].block == s->block)
            propose(p, named("next sentence"), -1, (tokens_span){s[1].first, s[1].last - 1});
        return;
    }
    if (tok(r, t)->upos != UPOS_VERB) return;
    propose(p, named("rest"), -1, (tokens_span){t + 1, s->last - 1});
    int32_t subject = tree_find_base(r->doc, t, DEP_NSUBJ);
    int32_t from = subject > t ? tok(r, subject)->right + 1 : t + 1;
    if (subject > t) propose(p, named("rest behind subject"), -1, (tokens_span){from, s->last - 1});
    int32_t begin = tok(r, t)->left;
    if (subject >= 0 && subject < t && tok(r, subject)->left > s->first + 2)
        propose(p, named("before subject"), -1, (tokens_span){s->first, tok(r, subject)->left - 1});
    if (t > s->first + 1) propose(p, named("before cue"), -1, (tokens_span){s->first, t - 1});
    (void)begin;
}

static bool is_break(const reading *r, int32_t t) { return tok(r, t)->upos == UPOS_PUNCT && str_in(tok(r, t)->form, ", — – - --") && r->region[t] < 0; }

/* "The closures, a wide array of planners say, hurt the town": the sentence without what stands between two commas, wherever the tree hangs it. */
static void of_gap(proposing *p, int32_t t) {
    const reading *r = p->r;
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    int32_t subject = tree_find_base(r->doc, t, DEP_NSUBJ);
    int32_t from = subject >= 0 && subject < t ? subject : t, to = subject > t ? subject : t, left = -1, right = -1;
    for (int32_t k = from - 1; k > s->first && from - k < 14 && left < 0; k--)
        if (is_break(r, k) && !(subject >= 0 && k >= tok(r, subject)->left && k < subject)) left = k;
    for (int32_t k = to + 1; k < s->last && k - to < 16 && right < 0; k++)
        if (is_break(r, k)) right = k;
    if (left < 0) return;
    tokens_span before = {s->first, left - 1}, after = {right + 1, s->last - 1};
    if (right >= 0) push(r, p->cue, p->out, &p->count, named("around the gap"), -1, before, after);
    if (right >= 0) propose(p, named("behind the gap"), -1, after);
    propose(p, named("before the gap"), -1, before);
}

/* "Their priority is | choosing a leader", "the question is | whether he will go". */
static void of_equation(proposing *p, int32_t t) {
    const reading *r = p->r;
    int32_t h = tok(r, t)->head;
    if (h < 0 || h < t) return;
    int32_t be = tree_find(r->doc, h, DEP_COP);
    if (be > t) propose(p, mix(named("equation"), tok(r, h)->upos), h, (tokens_span){be + 1, tok(r, h)->right});
    for (int32_t k = tree_child(r->doc, h); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (k > h && (b == DEP_CCOMP || b == DEP_XCOMP || b == DEP_PARATAXIS || b == DEP_ADVCL)) propose(p, relation_type(r, k, named("of its verb")), k, span_of(r, k));
    }
}

/* "His anti-tax remarks". */
static void of_modifier(proposing *p, int32_t t) {
    const reading *r = p->r;
    for (int32_t k = tree_child(r->doc, t); k >= 0 && k < t; k = tree_next(r->doc, k))
        if (rel_base(r, k) == DEP_AMOD || rel_base(r, k) == DEP_COMPOUND) propose(p, mix(named("modifier"), rel_base(r, k)), k, span_of(r, k));
}

/* "… will be cut. [Star.]": what a digest takes from the paper in brackets. */
static void of_bracket(proposing *p, int32_t t) {
    const reading *r = p->r;
    int32_t first = t;
    for (int back = 0; back < 3; back++) {
        int32_t k = first - 1;
        if (k < 0 || r->doc->sentences[tok(r, k)->sentence].block != r->doc->sentences[tok(r, t)->sentence].block ||
            r->doc->sentences[tok(r, k)->sentence].paragraph != r->doc->sentences[tok(r, t)->sentence].paragraph) return;
        first = r->doc->sentences[tok(r, k)->sentence].first;
        propose(p, mix(named("before the bracket"), (uint64_t)back), -1, (tokens_span){first, t - 1});
    }
}

static bool is_according(const reading *r, int32_t t) { return str_is(tok(r, t)->lemma, "accord") || str_is(tok(r, t)->lemma, "according"); }

/* A bracket with a name of a few words that ends its paragraph. */
bool is_bracket(const reading *r, int32_t t) {
    if (!str_is(tok(r, t)->form, "[")) return false;
    int32_t n = (int32_t)r->doc->token_count, k = t + 1;
    while (k < n && k - t < 7 && !str_is(tok(r, k)->form, "]")) k++;
    if (k >= n || !str_is(tok(r, k)->form, "]") || k == t + 1 || tok(r, t + 1)->upos != UPOS_PROPN) return false;
    return k + 1 >= n || r->doc->sentences[tok(r, k + 1)->sentence].paragraph != r->doc->sentences[tok(r, t)->sentence].paragraph;
}

int content_candidates(const attribution_reading *a, int32_t t, candidate *out) {
    const reading *r = a->r;
    proposing p = {a, r, out, 0, t};
    of_quotes(&p, t);
    for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c))
        if (is_argument(rel_base(r, c))) of_child(&p, c);
    if (tok(r, t)->upos == UPOS_VERB || tok(r, t)->upos == UPOS_ADJ || tok(r, t)->upos == UPOS_AUX) of_stretch(&p, t), of_raising(&p, t);
    deprel b = rel_base(r, t);
    if (b == DEP_PARATAXIS || b == DEP_ADVCL || b == DEP_ACL || b == DEP_CCOMP || b == DEP_CONJ || b == DEP_ADVMOD || b == DEP_DISCOURSE || b == DEP_XCOMP || b == DEP_AMOD)
        of_parent(&p, t, t);
    if (b == DEP_CASE || is_according(r, t)) {
        int32_t h = b == DEP_CASE || b == DEP_MARK ? tok(r, t)->head : t;
        if (h >= 0) of_parent(&p, t, h);
        if (h >= 0 && b == DEP_CASE && tok(r, h)->head >= 0 && rel_base(r, tok(r, h)->head) != DEP_ROOT) of_parent(&p, t, tok(r, h)->head);
    }
    if (b == DEP_OBL || b == DEP_NMOD) of_parent(&p, t, t); /* "in a statement", "in the words of" */
    if (tok(r, t)->deprel == DEP_ACL_RELCL || b == DEP_ACL) {
        int32_t h = tok(r, t)->head;
        if (h >= 0) propose(&p, named("antecedent"), h, (tokens_span){tok(r, h)->left, tok(r, t)->left - 1});
    }
    of_sentence(&p, t);
    if (tok(r, t)->upos == UPOS_VERB) of_gap(&p, t);
    if (tok(r, t)->upos == UPOS_NOUN) of_modifier(&p, t);
    if (tok(r, t)->upos == UPOS_NOUN && rel_base(r, t) == DEP_NSUBJ) of_equation(&p, t);
    if (is_bracket(r, t)) of_bracket(&p, t);
    return p.count;
}

/* ---- sources ---- */

/* The words, and what is left of them without a clause, an apposition, a preposition before or a pause behind the head. */
static void propose_source(proposing *p, uint64_t type, int32_t head, tokens_span s) {
    const reading *r = p->r;
    push(r, p->cue, p->out, &p->count, type, head, s, NOTHING);
    if (head < s.first || head > s.last) return;
    tokens_span core = s;
    while (core.first < head && (tok(r, core.first)->upos == UPOS_ADP || tok(r, core.first)->upos == UPOS_SCONJ || tok(r, core.first)->upos == UPOS_CCONJ ||
                                 tok(r, core.first)->upos == UPOS_PUNCT || tok(r, core.first)->upos == UPOS_ADV)) core.first++;
    for (int32_t k = tree_child(r->doc, head); k >= 0; k = tree_next(r->doc, k))
        if (k > head && tok(r, k)->left > head && tok(r, k)->left <= core.last && (rel_base(r, k) == DEP_ACL || rel_base(r, k) == DEP_PARATAXIS || rel_base(r, k) == DEP_ADVCL))
            core.last = tok(r, k)->left - 1;
    if (core.first != s.first || core.last != s.last) push(r, p->cue, p->out, &p->count, mix(type, 51), head, core, NOTHING);
    for (int32_t k = head + 1; k <= core.last; k++)
        if (tok(r, k)->upos == UPOS_PUNCT && !str_in(tok(r, k)->form, ". ' ’ &")) {
            push(r, p->cue, p->out, &p->count, mix(type, 52), head, (tokens_span){core.first, k - 1}, NOTHING);
            break;
        }
}

static tokens_span possessor_span(const reading *r, int32_t t) {
    tokens_span s = span_of(r, t);
    if (s.last > s.first && rel_base(r, s.last) == DEP_CASE) s.last--;
    return s;
}

static void subjects_above(proposing *p, int32_t t) {
    const reading *r = p->r;
    int32_t h = t;
    uint64_t way = 11;
    for (int step = 0; step < 4; step++) {
        deprel b = rel_base(r, h);
        int32_t up = tok(r, h)->head;
        if (up < 0) return;
        way = mix(way, b);
        if (b == DEP_ACL || b == DEP_AMOD) propose_source(p, mix(way, 3), up, (tokens_span){tok(r, up)->left, tok(r, h)->left > up ? tok(r, h)->left - 1 : up});
        if (tok(r, h)->deprel == DEP_ACL_RELCL) propose_source(p, mix(way, 4), up, (tokens_span){tok(r, up)->left, tok(r, h)->left - 1});
        for (int32_t c = tree_child(r->doc, up); c >= 0; c = tree_next(r->doc, c)) {
            deprel e = rel_base(r, c);
            if (e == DEP_NSUBJ) propose_source(p, mix(way, 1), c, span_of(r, c));
            else if (e == DEP_OBJ && (b == DEP_XCOMP || b == DEP_ADVCL || b == DEP_CCOMP)) propose_source(p, mix(way, 5), c, span_of(r, c));
            else if (tok(r, c)->deprel == DEP_OBL_AGENT) propose_source(p, mix(way, 2), c, without_case(r, c, false));
            else if (tok(r, c)->deprel == DEP_NMOD_POSS) propose_source(p, mix(way, 6), c, possessor_span(r, c));
        }
        h = up;
    }
}

int source_candidates(const attribution_reading *a, int32_t t, const candidate *held, candidate *out) {
    const reading *r = a->r;
    proposing p = {a, r, out, 0, t};
    out[p.count++] = (candidate){.type = named("none"), .head = -1};
    for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c)) {
        deprel b = rel_base(r, c);
        if (b == DEP_NSUBJ) propose_source(&p, mix(10, tok(r, c)->deprel), c, span_of(r, c));
        else if (tok(r, c)->deprel == DEP_NMOD_POSS) propose_source(&p, named("possessor"), c, possessor_span(r, c));
        else if (b == DEP_OBL || b == DEP_NMOD) propose_source(&p, relation_type(r, c, 12), c, without_case(r, c, false));
        else if (b == DEP_COMPOUND || b == DEP_AMOD) propose_source(&p, mix(13, b), c, span_of(r, c));
        else if (b == DEP_OBJ && rel_base(r, t) != DEP_ROOT) propose_source(&p, named("object"), c, span_of(r, c));
    }
    deprel b = rel_base(r, t);
    int32_t h = tok(r, t)->head;
    if ((b == DEP_CASE || b == DEP_MARK) && h >= 0) propose_source(&p, named("behind the preposition"), h, without_case(r, h, false));
    if (is_according(r, t))
        for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c))
            if (rel_base(r, c) == DEP_OBL) propose_source(&p, named("according to"), c, without_case(r, c, false));
    if (str_is(tok(r, t)->form, ":")) {
        const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
        propose_source(&p, named("before the colon"), -1, (tokens_span){s->first, t - 1});
        int32_t name = t;
        while (name > s->first && (tok(r, name - 1)->upos == UPOS_PROPN || str_in(tok(r, name - 1)->form, "and &"))) name--;
        if (name < t) propose_source(&p, named("name before the colon"), t - 1, (tokens_span){name, t - 1});
        propose_source(&p, named("behind the colon"), -1, (tokens_span){t + 1, s->last - 1});
    }
    if (is_bracket(r, t)) {
        int32_t k = t + 1;
        while (!str_is(tok(r, k)->form, "]")) k++;
        propose_source(&p, named("in the bracket"), t + 1, (tokens_span){t + 1, k - 1});
    }
    subjects_above(&p, t);
    /* What lies in the content cannot hold it. */
    int kept = 1;
    for (int i = 1; i < p.count; i++) {
        bool inside = false;
        for (int k = 0; k < held->parts; k++)
            inside |= out[i].part[0].first <= held->part[k].last && out[i].part[0].last >= held->part[k].first;
        if (!inside) out[kept++] = out[i];
    }
    return kept;
}

bool candidate_holds(const candidate *c, int32_t t) {
    for (int i = 0; i < c->parts; i++)
        if (c->part[i].first <= t && t <= c->part[i].last) return true;
    return false;
}

float candidate_overlap(const candidate *a, const candidate *b) {
    int32_t both = 0, na = 0, nb = 0;
    for (int i = 0; i < a->parts; i++) {
        na += a->part[i].last - a->part[i].first + 1;
        for (int k = 0; k < b->parts; k++) {
            int32_t first = a->part[i].first > b->part[k].first ? a->part[i].first : b->part[k].first;
            int32_t last = a->part[i].last < b->part[k].last ? a->part[i].last : b->part[k].last;
            if (last >= first) both += last - first + 1;
        }
    }
    for (int k = 0; k < b->parts; k++) nb += b->part[k].last - b->part[k].first + 1;
    return na + nb ? (float)both / (float)(na + nb - both) : 0;
}
