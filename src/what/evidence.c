/* Features for the ranker. Their hashes are frozen with the model: a change here asks for `rapporteur train relate`. */
#include <stdio.h>

#include "syntax/syntax.h"
#include "what/ranker.h"

enum { MOST_PATH = 24 };

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

/* ---- collecting ---- */

static void add(evidence *e, const char *kind, str a, str b, float value) {
    if (e->count == MOST_FEATURES) return;
    uint64_t h = str_hash(b, str_hash(a, str_hash(str_of(kind), 77)));
    uint32_t feature = (uint32_t)(h >> 33);
    if (e->names) e->names[e->count] = arena_format(e->home, "%s %.*s %.*s", kind, STR_ARG(a), STR_ARG(b));
    e->feature[e->count] = feature;
    e->value[e->count++] = value;
}

static const str none = {"", 0};

/* A word as features see it: its lemma; one that belongs to a side is only that side. */
static str seen(const document *doc, const sides *s, int32_t t) {
    if (t < 0) return none;
    if (s->side[t] == 1) return STR("S");
    if (s->side[t] == 2) return STR("T");
    if (at(doc, t)->upos == UPOS_NUM) return STR("0");
    if (at(doc, t)->upos == UPOS_PROPN && at(doc, t)->mention >= 0) return STR("N");
    return at(doc, t)->lemma;
}

static bool content_word(const token *t) {
    return t->upos == UPOS_VERB || t->upos == UPOS_NOUN || t->upos == UPOS_ADJ || t->upos == UPOS_ADV;
}

/* ---- the path between the sides ---- */

typedef struct path {
    int32_t up[MOST_PATH], down[MOST_PATH]; /* from the source to the top; from the target to below the top */
    int ups, downs;
    int32_t top;
} path;

static void walk(const document *doc, const sides *s, path *p) {
    int32_t from = s->source >= 0 ? s->source : s->target;
    *p = (path){.top = -1};
    for (int32_t t = from; t >= 0 && p->ups < MOST_PATH; t = at(doc, t)->head) p->up[p->ups++] = t;
    p->top = p->ups ? p->up[p->ups - 1] : -1;
    if (s->source < 0 || s->target < 0) return;
    for (int32_t t = s->target; t >= 0 && p->downs < MOST_PATH; t = at(doc, t)->head) {
        for (int i = 0; i < p->ups; i++)
            if (p->up[i] == t) {
                p->top = t, p->ups = i;
                return;
            }
        p->down[p->downs++] = t;
    }
}

static void modifiers(const document *doc, evidence *e, int32_t v, const char *kind) {
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) {
        const token *t = at(doc, c);
        deprel d = deprel_base(t->deprel);
        if (d == DEP_AUX || t->deprel == DEP_COMPOUND_PRT || t->morph.negative || str_in(t->lemma, "not never n't")) add(e, kind, t->lemma, none, 1);
    }
}

static void add_path(const document *doc, const sides *s, evidence *e, const path *p) {
    char relations[128];
    uint32_t n = 0;
    for (int i = 0; i < p->ups; i++) {
        str rel = str_of(deprel_name(at(doc, p->up[i])->deprel));
        if (n + rel.len + 1 < sizeof relations) memcpy(relations + n, rel.ptr, rel.len), n += rel.len, relations[n++] = '>';
        if (i) add(e, "up", seen(doc, s, p->up[i]), none, 1), add(e, "on", seen(doc, s, p->up[i]), none, 1);
    }
    for (int i = p->downs - 1; i >= 0; i--) {
        str rel = str_of(deprel_name(at(doc, p->down[i])->deprel));
        if (n + rel.len + 1 < sizeof relations) memcpy(relations + n, rel.ptr, rel.len), n += rel.len, relations[n++] = '<';
        if (i) add(e, "down", seen(doc, s, p->down[i]), none, 1), add(e, "on", seen(doc, s, p->down[i]), none, 1);
    }
    add(e, "path", (str){relations, n}, none, 1);
    if (p->top < 0) return;
    add(e, "top", seen(doc, s, p->top), none, 1);
    add(e, "on", seen(doc, s, p->top), none, 1);
    modifiers(doc, e, p->top, "top-");
    if (is_passive(doc, p->top)) add(e, "passive", none, none, 1), add(e, "passive", seen(doc, s, p->top), none, 1);
    for (int32_t c = tree_child(doc, p->top); c >= 0; c = tree_next(doc, c))
        if (content_word(at(doc, c))) add(e, "top+", seen(doc, s, p->top), seen(doc, s, c), 1);
}

/* The verbs that govern a side, with the relation and the preposition. */
static void add_governors(const document *doc, const sides *s, evidence *e, int32_t head, const char *kind) {
    int32_t t = head;
    str prep = head >= 0 ? tree_case(doc, head) : none;
    for (int step = 0; t >= 0 && step < 3; step++) {
        int32_t up = at(doc, t)->head;
        if (up < 0) return;
        add(e, kind, seen(doc, s, up), str_of(deprel_name(at(doc, t)->deprel)), 1);
        if (step == 0) {
            add(e, kind, seen(doc, s, up), none, 1);
            if (prep.len) add(e, kind, seen(doc, s, up), prep, 1), add(e, kind, STR("prep"), prep, 1);
        }
        t = up;
        if (at(doc, t)->upos == UPOS_VERB && step) return;
    }
}

/* ---- the words ---- */

static void add_words(const document *doc, const sides *s, evidence *e, const sentence *in) {
    int32_t low = s->source, high = s->target;
    if (low > high) low = s->target, high = s->source;
    int32_t last = -1;
    for (int32_t t = in->first; t < in->last; t++) {
        if (at(doc, t)->upos == UPOS_PUNCT) continue;
        bool mid = t > low && t < high && low >= 0;
        str w = seen(doc, s, t);
        if (s->side[t] && last >= 0 && s->side[last] == s->side[t]) continue;
        if (content_word(at(doc, t))) add(e, mid ? "mid" : "any", w, none, mid ? 0.8f : 0.5f), add(e, "bag", w, none, 0.5f);
        if (last >= 0) add(e, mid ? "mid2" : "any2", seen(doc, s, last), w, mid ? 0.7f : 0.35f);
        last = t;
    }
    add(e, "order", s->source < s->target ? STR("st") : STR("ts"), none, 1);
}

/* ---- the frames ---- */

static int side_of(const sides *s, const int32_t *heads, int count) {
    int found = 0;
    for (int i = 0; i < count; i++)
        if (s->side[heads[i]]) found |= 1 << (s->side[heads[i]] - 1);
    return found; /* bit 0: source, bit 1: target */
}

static const char *fit_of(const sides *s, const event *ev) {
    int a = side_of(s, ev->source, ev->source_count), b = side_of(s, ev->target, ev->target_count);
    if ((a & 1) && (b & 2)) return "both";
    if ((a & 2) && (b & 1)) return "turned";
    if ((a & 3) == 3 && ev->symmetric) return "both";
    if (a & 1) return "source";
    if (b & 2) return "target";
    if (a | b) return "crossed";
    return "none";
}

static void add_frames(const document *doc, const sides *s, evidence *e, size_t first, const path *p) {
    for (size_t i = first; i < doc->event_count; i++) {
        const event *ev = &doc->events[i];
        str root = str_of(ev->root == CONCEDE || ev->root == RETREAT ? "YIELD" : ev->root == EVENT_NONE ? ev->mode.ptr : plover_name(ev->root));
        const char *fit = fit_of(s, ev);
        bool on = ev->trigger == p->top;
        for (int k = 0; k < p->ups; k++) on |= p->up[k] == ev->trigger;
        for (int k = 0; k < p->downs; k++) on |= p->down[k] == ev->trigger;
        add(e, "frame", root, none, 0.5f);
        add(e, "frame", root, str_of(fit), 1.5f);
        if (on) add(e, "frame-on", root, str_of(fit), 1.5f);
        if (ev->trigger == p->top) add(e, "frame-top", root, none, 1);
        if (ev->mode.len) add(e, "mode", root, ev->mode, 0.5f);
        if (ev->implied_by >= 0 && (size_t)ev->implied_by >= first) add(e, "implied", root, str_of(plover_name(doc->events[ev->implied_by].root)), 1);
        int32_t pr = at(doc, ev->trigger)->predicate;
        if (pr >= 0) add(e, "fact", root, str_of(factuality_name(doc->predicates[pr].factuality)), 1);
        if (tree_find(doc, ev->trigger, DEP_AUX) >= 0) add(e, "aux", root, at(doc, tree_find(doc, ev->trigger, DEP_AUX))->lemma, 1);
    }
}

/* ---- the deciding predicate ----
 *
 * In "said it would not lift the blockade of <Yemen>" neither the top ("say") nor a frame alone decides, but a predicate above the target with
 * what negates, postpones or demands it, and with what stands in its places. Words that trigger frames also count as the roots of those frames,
 * whether one fits or not: so that rare verbs learn from common ones. */

static float share_of_roots(const reading *in, int32_t t, float *share) {
    upos u = at(in->doc, t)->upos;
    char pos = u == UPOS_VERB || u == UPOS_AUX ? 'v' : u == UPOS_NOUN || u == UPOS_PROPN ? 'n' : u == UPOS_ADJ ? 'a' : 0;
    float total = 0;
    memset(share, 0, sizeof(float) * RANK_CLASSES);
    for (uint32_t use = pos ? frames_of(in->set, at(in->doc, t)->lemma, pos) : 0; use; use = in->set->uses[use].next) {
        const frame *f = &in->set->frames[in->set->uses[use].frame];
        int class = f->none ? -1 : rank_class(f->root);
        if (class >= 0 && f != in->hidden) share[class]++, total++;
    }
    for (int c = 0; c < RANK_CLASSES && total > 0; c++) share[c] /= total;
    return total;
}

static str root_name(int class) { return class == rank_class(RETREAT) ? STR("YIELD") : str_of(plover_name(rank_root(class))); }

enum { MOOD_FUTURE = 1, MOOD_MAY = 2, MOOD_MUST = 4, MOOD_NOT = 8, MOODS = 16 };

static int mood_of(const document *doc, int32_t v) {
    int mood = str_in(at(doc, v)->lemma, "agree plan intend promise pledge vow ready willing prepare offer decide prepared commit") ? MOOD_FUTURE : 0;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) {
        str l = at(doc, c)->lemma;
        if (str_in(l, "not never n't no") || (str_is(l, "long") && at(doc, c)->deprel == DEP_ADVMOD)) mood |= MOOD_NOT;
        if (deprel_base(at(doc, c)->deprel) != DEP_AUX) continue;
        if (str_in(l, "will would shall 'll")) mood |= MOOD_FUTURE;
        if (str_in(l, "must should need have")) mood |= MOOD_MUST;
        if (str_in(l, "can could may might")) mood |= MOOD_MAY;
    }
    return mood;
}

static bool of_speech(str lemma) { return str_in(lemma, "say tell announce report add state declare insist claim warn note stress"); }

/* The lowest predicate above the side that is asked about and is no verb of speech, with the moods of all above it; -1: there is none. */
static int32_t deciding(const document *doc, const sides *s, int *mood) {
    int32_t above[MOST_PATH], from = s->target >= 0 ? s->target : s->source, best = -1;
    int n = 0;
    for (int pass = 0; pass < 2 && n == 0; pass++)
        for (int32_t t = from, steps = 0; t >= 0 && steps < MOST_PATH; t = at(doc, t)->head, steps++) {
            upos u = at(doc, t)->upos;
            if (!s->side[t] && (pass == 0 ? u == UPOS_VERB : u == UPOS_NOUN || u == UPOS_ADJ)) above[n++] = t;
        }
    *mood = 0;
    for (int i = 0; i < n; i++) {
        if (best < 0 && !of_speech(at(doc, above[i])->lemma)) best = above[i];
        if (best >= 0) *mood |= mood_of(doc, above[i]);
    }
    if (best >= 0 || n == 0) return best;
    for (int i = 0; i < n; i++) *mood |= mood_of(doc, above[i]);
    return above[0];
}

static const char *mood_name(int mood) {
    static const char *const names[MOODS] = {"",        "future",     "may",         "future may",     "must",     "future must",     "may must",     "future may must",
                                             "not",     "future not", "may not",     "future may not", "must not", "future must not", "may must not", "all"};
    return names[mood];
}

static void add_place(const reading *in, const sides *s, evidence *e, int32_t v, const float *roots, int32_t c) {
    const document *doc = in->doc;
    deprel d = at(doc, c)->deprel, base = deprel_base(d);
    if (base != DEP_OBJ && base != DEP_XCOMP && base != DEP_CCOMP && base != DEP_OBL && d != DEP_NSUBJ_PASS && d != DEP_COMPOUND_PRT && d != DEP_ADVMOD) return;
    char kind[96];
    str rel = str_of(deprel_name(base)), verb = at(doc, v)->lemma, prep = none;
    int32_t marker = tree_find(doc, c, DEP_CASE);
    if (marker >= 0) prep = at(doc, marker)->lemma;
    snprintf(kind, sizeof kind, "does %.*s", STR_ARG(rel));
    add(e, kind, verb, s->side[c] == 1 ? STR("S") : s->side[c] == 2 ? STR("T") : at(doc, c)->lemma, 0.8f);
    if (prep.len) add(e, s->side[c] == 2 ? "does-prep T" : "does-prep", verb, prep, 0.8f);
    float share[RANK_CLASSES];
    if (s->side[c] || share_of_roots(in, c, share) <= 0) return;
    for (int k = 0; k < RANK_CLASSES; k++) {
        if (share[k] <= 0) continue;
        add(e, "done-root", rel, root_name(k), share[k]);
        add(e, "does-root", verb, root_name(k), share[k]);
        for (int r = 0; r < RANK_CLASSES; r++)
            if (roots[r] > 0) add(e, "root-root", root_name(r), root_name(k), roots[r] * share[k]);
    }
}

static void add_deciding(const reading *in, const sides *s, evidence *e) {
    const document *doc = in->doc;
    int mood;
    int32_t v = deciding(doc, s, &mood);
    if (v < 0) return;
    float roots[RANK_CLASSES];
    str lemma = at(doc, v)->lemma, moods = str_of(mood_name(mood));
    share_of_roots(in, v, roots);
    for (int k = 0; k < RANK_CLASSES; k++)
        if (roots[k] > 0) add(e, "decides-root", root_name(k), none, roots[k]), add(e, "decides-root mood", root_name(k), moods, roots[k]);
    add(e, "decides", lemma, none, 1);
    add(e, "decides mood", lemma, moods, 1);
    add(e, "mood", moods, none, 1);
    add(e, "decides stem", str_sub(lemma, 0, lemma.len < 5 ? lemma.len : 5), is_passive(doc, v) ? STR("passive") : none, 0.7f);
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) add_place(in, s, e, v, roots, c);
}

/* ---- word vectors ---- */

static void add_vector(reading *in, evidence *e, int part, int32_t t, float weight, float *total) {
    float scale;
    int width;
    const int8_t *v = in->syntax ? syntax_word_vector(in->syntax, at(in->doc, t)->form, &scale, &width) : NULL;
    if (!v) return;
    if (width > MOST_VECTOR) width = MOST_VECTOR;
    e->dense_count = DENSE_PARTS * width;
    for (int i = 0; i < width; i++) e->dense[part * width + i] += weight * scale * (float)v[i];
    *total += weight;
}

static void add_vectors(reading *in, const sides *s, evidence *e, const path *p, const sentence *within) {
    float total[DENSE_PARTS] = {0};
    const document *doc = in->doc;
    for (int i = 1; i < p->ups; i++)
        if (!s->side[p->up[i]] && content_word(at(doc, p->up[i]))) add_vector(in, e, 0, p->up[i], 1, &total[0]);
    for (int i = 1; i < p->downs; i++)
        if (!s->side[p->down[i]] && content_word(at(doc, p->down[i]))) add_vector(in, e, 0, p->down[i], 1, &total[0]);
    if (p->top >= 0 && !s->side[p->top]) {
        add_vector(in, e, 0, p->top, 1, &total[0]);
        add_vector(in, e, 1, p->top, 1, &total[1]);
    }
    for (int32_t t = within->first; t < within->last; t++)
        if (!s->side[t] && content_word(at(doc, t))) add_vector(in, e, 2, t, at(doc, t)->upos == UPOS_VERB ? 1.0f : 0.6f, &total[2]);
    int width = e->dense_count / DENSE_PARTS;
    for (int part = 0; part < DENSE_PARTS; part++)
        for (int i = 0; i < width && total[part] > 0; i++) e->dense[part * width + i] *= 2 / total[part]; /* as strong as several words */
}

void evidence_gather(reading *in, const sides *between, size_t first_event, evidence *out) {
    const document *doc = in->doc;
    int32_t anchor = between->source >= 0 ? between->source : between->target;
    path p;
    out->count = out->dense_count = 0;
    memset(out->dense, 0, sizeof out->dense);
    add(out, "bias", none, none, 1);
    if (anchor < 0) return;
    const sentence *s = &doc->sentences[at(doc, anchor)->sentence];
    walk(doc, between, &p);
    add_path(doc, between, out, &p);
    add_governors(doc, between, out, between->source, "s-by");
    add_governors(doc, between, out, between->target, "t-by");
    add_deciding(in, between, out);
    add_words(doc, between, out, s);
    add_frames(doc, between, out, first_event, &p);
    add_vectors(in, between, out, &p, s);
}
