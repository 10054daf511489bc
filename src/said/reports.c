/* Reports that the lexicon is sure of: a verb of saying with its clause, "according to", silence and refusals to comment, "denies it". The
 * models learned from one kind of news; what is written in lexicon/reporting.tsv shall hold in any. */
#include "said/stage.h"

static tokens_span subtree(const reading *r, int32_t t) { return (tokens_span){tok(r, t)->left, tok(r, t)->right}; }

static bool trim_punctuation(const reading *r, tokens_span *s) {
    while (s->first <= s->last && tok(r, s->first)->upos == UPOS_PUNCT && r->region[s->first] < 0) s->first++;
    while (s->last >= s->first && tok(r, s->last)->upos == UPOS_PUNCT && r->region[s->last] < 0) s->last--;
    return s->first <= s->last;
}

/* The subject that a verb has or shares. */
static int32_t subject_of(const reading *r, int32_t t) {
    for (int step = 0; step < 4 && t >= 0; step++) {
        int32_t s = tree_find(r->doc, t, DEP_NSUBJ);
        if (s >= 0) return s;
        s = tree_find(r->doc, t, DEP_OBL_AGENT);
        if (s >= 0) return s;
        if (says_itself(r, t)) return tree_find(r->doc, t, DEP_NSUBJ_PASS);
        if (tree_find(r->doc, t, DEP_NSUBJ_PASS) >= 0) return -1;
        deprel b = rel_base(r, t);
        int32_t h = tok(r, t)->head;
        if (b == DEP_ACL && h >= 0) return h;
        if (b != DEP_CONJ && b != DEP_XCOMP && b != DEP_ADVCL) return -1;
        t = h;
    }
    return -1;
}

static candidate source_at(const reading *r, int32_t s) {
    candidate c = {.head = s};
    if (s < 0) return c;
    tokens_span span = subtree(r, s);
    int32_t by = child_with(r, s, DEP_CASE, NULL);
    if (by == span.first) span.first = by + 1;
    if (str_in(tok(r, span.first)->lemma, "to") && span.first < s) span.first++; /* according | to */
    for (int32_t k = tree_child(r->doc, s); k >= 0; k = tree_next(r->doc, k)) /* a clause on it that holds the cue is no part of it */
        if (k > s && (rel_base(r, k) == DEP_ACL || rel_base(r, k) == DEP_PARATAXIS) && tok(r, k)->deprel != DEP_ACL_RELCL && tok(r, k)->left - 1 < span.last)
            span.last = tok(r, k)->left - 1;
    if (trim_punctuation(r, &span)) c.part[c.parts++] = span;
    return c;
}

typedef struct gathering {
    const attribution_reading *a;
    reading *r;
    calculus *c;
    found_attribution *list;
    size_t count, capacity, given;
} gathering;

/* A report within a report shares most of its words with it ("said officers had said …") and is one of its own all the same. */
static bool taken(const gathering *g, int32_t cue_token, const candidate *held) {
    for (size_t i = 0; i < g->count; i++) {
        const found_attribution *other = &g->list[i];
        if (other->cue == cue_token) return true;
        if (str_in(tok(g->r, other->cue)->form, "citing quoting")) continue; /* settled at the end */
        if (candidate_overlap(&other->content, held) > 0.6f && !candidate_holds(&other->content, cue_token) && !candidate_holds(held, other->cue)) return true;
    }
    return false;
}

/* A person, a body, a people, or a word for one who speaks. */
static bool can_speak(const reading *r, int32_t t) {
    int32_t m = tok(r, t)->mention;
    if (knowledge_voice(r->know, tok(r, t)->lemma).len) return true;
    if (m < 0) return tok(r, t)->upos == UPOS_PROPN;
    entity_type type = r->doc->mentions[m].type;
    return type == ENTITY_PERSON || type == ENTITY_ORGANIZATION || type == ENTITY_OUTLET || type == ENTITY_PARTY || type == ENTITY_GROUP || type == ENTITY_COUNTRY || type == ENTITY_CITY;
}

static void add(gathering *g, int32_t cue_token, tokens_span x, tokens_span y, int32_t source) {
    reading *r = g->r;
    found_attribution f = {.cue = cue_token, .source = source_at(r, source), .score = 1};
    f.content.head = -1;
    if (x.first <= cue_token && cue_token <= x.last) /* a tree that hangs the cue inside */
        x.last = source >= 0 && source < cue_token && tok(r, source)->left > x.first ? tok(r, source)->left - 1 : cue_token - 1;
    if (x.first <= x.last && trim_punctuation(r, &x)) f.content.part[f.content.parts++] = x;
    if (y.first <= y.last && trim_punctuation(r, &y)) f.content.part[f.content.parts++] = y;
    tokens_span *words = f.source.parts ? &f.source.part[0] : NULL; /* the source ends where the content begins */
    if (words && f.content.parts && f.content.part[0].first > words->first && f.content.part[0].first <= words->last) words->last = f.content.part[0].first - 1;
    if (!f.content.parts || taken(g, cue_token, &f.content)) return;
    arena_push(&r->doc->home, g->list, g->count, g->capacity, f);
}

static const tokens_span NOTHING = {0, -1};

/* "Denied attacking the ship", "admits having paid": the gerund right behind the verb, whatever the tree calls it. */
static int32_t gerund_behind(const reading *r, int32_t t) {
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if ((b == DEP_XCOMP || b == DEP_ADVCL || b == DEP_CCOMP) && tok(r, k)->left == t + 1 && str_ends(tok(r, t + 1)->form, "ing")) return k;
    }
    return -1;
}

/* "Complained to the League | that Libya had shelled a village", "said, citing guards, | that …": a whole clause that the tree makes a relative one. */
static int32_t clause_astray(const reading *r, int32_t t) {
    for (int32_t k = t + 1; k <= tok(r, t)->right; k++) {
        int32_t d = tok(r, k)->head;
        if (tok(r, k)->upos == UPOS_PUNCT && r->region[k] >= 0) return -1;
        if (!str_is(tok(r, k)->form, "that") || d <= k || rel_base(r, d) != DEP_ACL) continue;
        if (tok(r, d)->left != k && !(tok(r, d)->left == k - 1 && tok(r, k - 1)->upos == UPOS_PUNCT)) continue;
        int32_t subject = tree_find_base(r->doc, d, DEP_NSUBJ);
        if (subject <= k || tok(r, d)->upos != UPOS_VERB) return -1;
        for (int32_t o = tree_child(r->doc, d); o >= 0; o = tree_next(r->doc, o)) /* it has an object of its own: nothing for "that" to be */
            if (o > d && (rel_base(r, o) == DEP_OBJ || rel_base(r, o) == DEP_CCOMP || rel_base(r, o) == DEP_XCOMP)) return d;
        return rel_base(r, k) == DEP_MARK ? d : -1;
    }
    return -1;
}

/* What the models gave a verb that has a clause: whom it was told to, or the day. The clause is what was said. */
static void correct_content(gathering *g, int32_t t, tokens_span clause, bool astray) {
    for (size_t i = 0; i < g->count; i++) {
        candidate *c = &g->list[i].content;
        if (g->list[i].cue != t || c->parts != 1 || c->part[0].first <= t || g->r->region[c->part[0].first] >= 0) continue;
        if (c->part[0].last < clause.first || (astray && c->part[0].first < clause.first && c->part[0].last >= clause.last)) c->part[0] = clause;
    }
}

/* The words behind an inverted report up to its pause: '"…," said | the colonel, "…"'. -1: it is none, or something else stands there. */
static int32_t pause_behind(const reading *r, int32_t t) {
    int32_t n = (int32_t)r->doc->token_count;
    for (int32_t k = t + 1; k < n && k - t < 12 && tok(r, k)->sentence == tok(r, t)->sentence; k++) {
        if (r->region[k] >= 0 || tok(r, k)->upos == UPOS_VERB) return -1;
        if (tok(r, k)->upos == UPOS_PUNCT && k > t + 1) return str_in(tok(r, k)->form, ", .") ? k : -1;
    }
    return -1;
}

/* Q2: '"Peru," said the colonel, "attacked at dawn."', '"…," tweeted the president.': read by its marks, whatever the tree makes of it. */
static bool inverted_report(gathering *g, int32_t t) {
    reading *r = g->r;
    if (t == 0 || r->region[t - 1] < 0 || r->region[t] >= 0) return false;
    const struct quote_region *q = &r->regions[r->region[t - 1]];
    int32_t pause = q->closed && q->last == t ? pause_behind(r, t) : -1, head = -1;
    for (int32_t k = t + 1; k < pause; k++)
        if (head < 0 && (tok(r, k)->upos == UPOS_NOUN || tok(r, k)->upos == UPOS_PROPN || tok(r, k)->upos == UPOS_PRON) && !(tok(r, k)->head > k && tok(r, k)->head < pause)) head = k;
    if (head < 0 || (tok(r, head)->upos != UPOS_PRON && !can_speak(r, head))) return false;
    found_attribution f = {.cue = t, .score = 1, .source = {.head = head, .parts = 1}, .content = {.head = -1, .parts = 1}};
    f.source.part[0] = (tokens_span){t + 1, head};
    while (f.source.part[0].last + 1 < pause && tok(r, f.source.part[0].last + 1)->left > head && tok(r, tok(r, f.source.part[0].last + 1)->head)->head != t &&
           tok(r, f.source.part[0].last + 1)->head >= head) f.source.part[0].last++;
    f.content.part[0] = (tokens_span){q->first, q->last - 1};
    int32_t next = pause + 1 < (int32_t)r->doc->token_count && str_is(tok(r, pause)->form, ",") ? r->region[pause + 1] : -1;
    if (next >= 0 && r->regions[next].first == pause + 1) f.content.part[f.content.parts++] = (tokens_span){r->regions[next].first, r->regions[next].last - 1};
    for (size_t i = 0; i < g->count; i++) {
        found_attribution *given = &g->list[i];
        if (given->cue != t) continue;
        bool astray = !given->source.parts || candidate_holds(&f.content, given->source.part[0].first) || candidate_holds(&given->content, head);
        if (astray) *given = f;
        return true;
    }
    if (taken(g, t, &f.content)) return false;
    arena_push(&r->doc->home, g->list, g->count, g->capacity, f);
    return true;
}

/* Q1, Q2: a reporting verb with a clause. */
static void clause_report(gathering *g, int32_t t) {
    reading *r = g->r;
    const reporting *e = reporting_of(r, t);
    if (!e || !(e->patterns & (PATTERN_CLAUSE | PATTERN_QUOTE)) || str_in(e->kind, "intention")) return;
    int32_t clause = tree_find_base(r->doc, t, DEP_CCOMP);
    if (clause < 0 && str_in(e->kind, "wish request")) clause = tree_find_base(r->doc, t, DEP_XCOMP);
    if (clause < 0 && (e->patterns & PATTERN_GERUND)) clause = gerund_behind(r, t);
    bool astray = clause < 0 && (e->patterns & PATTERN_CLAUSE) && str_is(e->kind, "speech");
    if (astray) clause = clause_astray(r, t);
    if ((e->patterns & PATTERN_QUOTE) && str_is(e->kind, "speech") && inverted_report(g, t)) return;
    int32_t source = subject_of(r, t);
    if (clause > t && source >= 0) correct_content(g, t, subtree(r, clause), astray);
    if (clause >= 0 && source >= 0) {
        if (str_is(e->kind, "knowledge") && !str_in(tok(r, t)->lemma, "note observe")) return;
        add(g, t, subtree(r, clause), NOTHING, source);
        return;
    }
    if (rel_base(r, t) == DEP_PARATAXIS && tree_find(r->doc, t, DEP_NSUBJ) >= 0 && str_in(e->kind, "speech belief") && tree_find_base(r->doc, t, DEP_OBJ) < 0) { /* "X, he said" */
        int32_t h = tok(r, t)->head;
        tokens_span whole = subtree(r, h), inner = subtree(r, t);
        add(g, t, (tokens_span){whole.first, inner.first - 1}, (tokens_span){inner.last + 1, whole.last}, tree_find(r->doc, t, DEP_NSUBJ));
    }
}

/* Q3: "according to X". */
static void according(gathering *g, int32_t t) {
    reading *r = g->r;
    if (!str_in(lower_form(r, t), "according") || t + 1 >= (int32_t)r->doc->token_count || !str_is(lower_form(r, t + 1), "to")) return;
    int32_t source = -1, top = -1;
    if (rel_base(r, t) == DEP_CASE || rel_base(r, t) == DEP_MARK) source = tok(r, t)->head, top = source;
    else if ((source = tree_find_base(r->doc, t, DEP_OBL)) >= 0) top = t;
    if (source < 0 || top < 0 || tok(r, top)->head < 0) return;
    int32_t h = tok(r, top)->head;
    while (tok(r, h)->head >= 0 && rel_base(r, h) != DEP_ROOT && rel_base(r, h) != DEP_CCOMP && rel_base(r, h) != DEP_PARATAXIS &&
           !(rel_base(r, h) == DEP_CONJ && tok(r, h)->upos == UPOS_VERB)) h = tok(r, h)->head;
    tokens_span whole = subtree(r, h), inner = subtree(r, top);
    add(g, t, (tokens_span){whole.first, inner.first - 1}, (tokens_span){inner.last + 1, whole.last}, source);
}

/* Q3: "in the words of X", "in the view of X". */
static void in_words_of(gathering *g, int32_t t) {
    reading *r = g->r;
    if (!str_in(tok(r, t)->lemma, "word view opinion eye judgement judgment account telling") || t < 1) return;
    int32_t of = -1;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k))
        if ((rel_base(r, k) == DEP_NMOD && k > t && has_child_lemma(r, k, DEP_CASE, "of")) || (tok(r, k)->deprel == DEP_NMOD_POSS && !str_in(tok(r, t)->lemma, "account telling eye"))) of = k; /* "in his opinion" */
    if (of < 0 || !has_child_lemma(r, t, DEP_CASE, "in by") || rel_base(r, t) != DEP_OBL || tok(r, t)->head < 0) return;
    tokens_span whole = subtree(r, tok(r, t)->head), inner = subtree(r, t);
    add(g, t, (tokens_span){whole.first, inner.first - 1}, (tokens_span){inner.last + 1, whole.last}, of);
}

/* Q12: "the ministry would not comment", "she did not reply": nothing is said, and nothing of what; the verb stands for it. */
static void no_answer(gathering *g, int32_t t) {
    reading *r = g->r;
    if (tok(r, t)->upos != UPOS_VERB || !str_in(tok(r, t)->lemma, "comment respond reply answer elaborate say") || !has_child_lemma(r, t, DEP_ADVMOD, "not n't never")) return;
    if (str_is(tok(r, t)->lemma, "say") && !has_child_lemma(r, t, DEP_AUX, "would could will can")) return;
    int32_t source = tree_find(r->doc, t, DEP_NSUBJ), asked = child_with(r, t, DEP_ADVCL, "ask"), up = tok(r, t)->head;
    if (asked < 0 && up >= 0 && up < t && rel_base(r, t) == DEP_CCOMP && str_is(lower_form(r, up), "asked")) asked = up; /* the tree upside down */
    for (size_t i = 0; i < g->count && source >= 0 && asked >= 0; i++) /* "asked whether …, the spokesman did not answer" */
        if (g->list[i].cue == asked) {
            g->list[i].cue = t, g->list[i].source = source_at(r, source);
            return;
        }
    for (int32_t k = t + 1; k <= tok(r, t)->right; k++)
        if (tok(r, k)->upos != UPOS_PUNCT && tok(r, k)->upos != UPOS_ADV) return; /* what is left unsaid is named: that is a report like others */
    for (size_t i = 0; i < g->count; i++)
        if (g->list[i].cue == t) return;
    if (source < 0) return;
    found_attribution f = {.cue = t, .source = source_at(r, source), .score = 1};
    f.content.head = t;
    f.content.part[f.content.parts++] = (tokens_span){t, t};
    arena_push(&r->doc->home, g->list, g->count, g->capacity, f);
}

/* "Nothing", "no word", "not a word". */
static bool says_nothing(const reading *r, int32_t object) {
    if (str_in(tok(r, object)->lemma, "nothing")) return true;
    return str_in(tok(r, object)->lemma, "word report line news article story mention") && (has_child_lemma(r, object, DEP_DET, "no") || has_child_lemma(r, object, DEP_ADVMOD, "not"));
}

/* Q5 … Q7: silence ("did not mention"), refusals to speak, "denies it". */
static void silence(gathering *g, int32_t t) {
    reading *r = g->r;
    str lemma = tok(r, t)->lemma;
    int32_t mover, object = tree_find_base(r->doc, t, DEP_OBJ), source = subject_of(r, t);
    if (source < 0) return;
    if (str_in(lemma, "mention report refer cite note carry omit deny confirm") && (object >= 0 || str_is(lemma, "refer"))) {
        if (object < 0) object = tree_find_base(r->doc, t, DEP_OBL);
        if (object >= 0 && (str_in(lemma, "omit deny confirm") || negated(g->c, t, &mover) == 1)) add(g, t, subtree(r, object), NOTHING, source);
    } else if (str_is(lemma, "make") && object >= 0 && str_in(tok(r, object)->lemma, "mention reference") && has_child_lemma(r, object, DEP_DET, "no")) {
        int32_t of = tree_find_base(r->doc, object, DEP_NMOD);
        if (of >= 0) add(g, t, (tokens_span){tok(r, of)->left + 1, tok(r, of)->right}, NOTHING, source);
    } else if (str_in(lemma, "decline refuse")) {
        int32_t x = tree_find_base(r->doc, t, DEP_XCOMP);
        if (x >= 0 && str_in(tok(r, x)->lemma, "comment say confirm elaborate answer discuss disclose reveal respond identify name give provide talk speak") && !talks_with(r, x))
            add(g, t, subtree(r, x), NOTHING, source);
    } else if (str_is(lemma, "have") && object >= 0 && (str_in(tok(r, object)->lemma, "nothing") || has_child_lemma(r, object, DEP_DET, "no"))) {
        int32_t x = tree_find_base(r->doc, object, DEP_ACL);
        if (str_is(tok(r, object)->lemma, "comment") || (x >= 0 && str_in(tok(r, x)->lemma, "add say tell offer announce report share")))
            add(g, t, subtree(r, object), NOTHING, source);
    } else if (str_in(lemma, "say report carry publish print broadcast write air run tell") && object >= 0 && says_nothing(r, object)) {
        int32_t about = tree_find_base(r->doc, object, DEP_NMOD);
        for (int32_t k = tree_child(r->doc, t); about < 0 && k >= 0; k = tree_next(r->doc, k))
            if (k > object && rel_base(r, k) == DEP_OBL && has_child_lemma(r, k, DEP_CASE, "about of on regarding concerning")) about = k;
        if (about >= 0 && tok(r, about)->left < tok(r, about)->right) add(g, t, (tokens_span){tok(r, about)->left + 1, tok(r, about)->right}, NOTHING, source);
    } else if (object >= 0 && calls_false(r, t) >= 0) {
        add(g, t, subtree(r, object), NOTHING, source);
    } else if (str_in(lemma, "comment respond elaborate") && negated(g->c, t, &mover) == 1) add(g, t, (tokens_span){t, t}, NOTHING, source);
}

/* Words of a title that name who speaks: short, no verb, no rubric. */
static bool names_speaker(reading *r, int32_t first, int32_t last) {
    bool speaks = false;
    if (last < first || last - first > 3) return false;
    for (int32_t k = first; k <= last; k++) {
        if (tok(r, k)->upos == UPOS_VERB || tok(r, k)->upos == UPOS_NUM) return false;
        if (str_in(lower_form(r, k), "explainer live update analysis opinion video photos breaking watch exclusive review interview factbox timeline editorial q&a")) return false;
        speaks |= knowledge_voice(r->know, tok(r, k)->lemma).len > 0 || tok(r, k)->upos == UPOS_PROPN;
    }
    return speaks;
}

static bool names_outlet(const reading *r, int32_t first, int32_t last) {
    for (int32_t k = first; k <= last; k++) {
        int32_t m = tok(r, k)->mention;
        if ((m >= 0 && r->doc->mentions[m].type == ENTITY_OUTLET) || str_in(tok(r, k)->form, "News Times Post Herald Today TV Online Daily Tribune Journal")) return true;
    }
    return false;
}

/* Q3: "Navy: ship struck a mine", "Ship struck a mine: navy", "Ship struck mine - navy" in a title. An outlet behind a dash is the page's own. */
static void colon_report(gathering *g, int32_t t) {
    reading *r = g->r;
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    bool colon = str_is(tok(r, t)->form, ":"), dash = str_in(tok(r, t)->form, "- – — --");
    if (!s->headline || !(colon || dash)) return;
    int32_t last = s->last - 1;
    while (last > t && tok(r, last)->upos == UPOS_PUNCT) last--;
    tokens_span before = {s->first, t - 1}, after = {t + 1, last}, speaker, told;
    if (colon && s->last - t >= 4 && names_speaker(r, before.first, before.last)) speaker = before, told = after;
    else if (t - s->first >= 4 && names_speaker(r, after.first, after.last) && (colon || !names_outlet(r, after.first, after.last))) speaker = after, told = before;
    else return;
    found_attribution f = {.cue = t, .score = 1};
    f.source = (candidate){.head = speaker.last, .parts = 1};
    f.source.part[0] = speaker;
    for (int32_t k = speaker.first; k <= speaker.last; k++)
        if (tok(r, k)->head < speaker.first || tok(r, k)->head > speaker.last) f.source.head = k;
    f.content = (candidate){.head = -1, .parts = 1};
    f.content.part[0] = told;
    if (trim_punctuation(r, &f.content.part[0]) && !taken(g, t, &f.content)) arena_push(&r->doc->home, g->list, g->count, g->capacity, f);
}

/* "Minister denies taking bribes", where the tagger saw two nouns. */
static void headline_report(gathering *g, int32_t t) {
    reading *r = g->r;
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    str lemma = misread_verb_lemma(r, t);
    const reporting *e = lemma.len ? knowledge_reporting(r->know, "verb", lemma) : NULL;
    int32_t clause = tree_find_base(r->doc, t, DEP_ACL);
    if (clause < 0) clause = tree_find_base(r->doc, t, DEP_CCOMP);
    if (!e || !str_is(e->kind, "speech") || !(e->patterns & (PATTERN_CLAUSE | PATTERN_GERUND)) || clause <= t || tok(r, clause)->left > t + 2) return;
    if (!names_speaker(r, s->first, t - 1)) return;
    found_attribution f = {.cue = t, .score = 1, .source = {.head = t - 1, .parts = 1}, .content = {.head = clause, .parts = 1}};
    f.source.part[0] = (tokens_span){s->first, t - 1};
    f.content.part[0] = (tokens_span){t + 1, s->last - 1};
    for (size_t i = 0; i < g->count; i++)
        if (g->list[i].cue == t) {
            g->list[i] = f;
            return;
        }
    if (trim_punctuation(r, &f.content.part[0])) arena_push(&r->doc->home, g->list, g->count, g->capacity, f);
}

/* Q3: "as the minister put it", "as the envoy tells it", "as the minister said": of the clause that it hangs on. */
static void as_put(gathering *g, int32_t t) {
    reading *r = g->r;
    int32_t h = tok(r, t)->head, source = tree_find(r->doc, t, DEP_NSUBJ), object = tree_find_base(r->doc, t, DEP_OBJ), first = tok(r, t)->left;
    while (first < t && tok(r, first)->upos == UPOS_PUNCT) first++;
    if (h < 0 || source < 0 || !str_in(lower_form(r, first), "as") || (rel_base(r, t) != DEP_ADVCL && rel_base(r, t) != DEP_PARATAXIS)) return;
    bool it = object >= 0 && str_is(tok(r, object)->lemma, "it");
    const reporting *e = reporting_of(r, t);
    bool speech = e && str_is(e->kind, "speech") && e->stance == STANCE_ASSERTS && object < 0 && tree_find_base(r->doc, t, DEP_CCOMP) < 0 && tree_find_base(r->doc, t, DEP_XCOMP) < 0;
    if (!(it && str_in(tok(r, t)->lemma, "put tell have describe see phrase frame")) && !speech) return;
    if (tok(r, source)->upos != UPOS_PRON && !can_speak(r, source)) return;
    tokens_span whole = subtree(r, h), inner = subtree(r, t);
    for (size_t i = 0; i < g->count; i++) /* what the models took for said: "it" */
        if (g->list[i].cue == t && g->list[i].content.parts == 1 && g->list[i].content.part[0].first >= inner.first && g->list[i].content.part[0].last <= inner.last) g->list[i] = g->list[--g->count];
    add(g, t, (tokens_span){whole.first, inner.first - 1}, (tokens_span){inner.last + 1, whole.last}, source);
}

/* Q10: "Yonhap, citing an official, said …", "…, Reuters reported, quoting two diplomats": the agency passes on what the official says. */
static void citing(gathering *g, int32_t t) {
    reading *r = g->r;
    if (!str_in(lower_form(r, t), "citing quoting")) return;
    int32_t told_by = tree_find_base(r->doc, t, DEP_OBJ), h = tok(r, t)->head;
    if (told_by < 0 || h < 0 || !can_speak(r, told_by)) return;
    const found_attribution *outer = NULL;
    for (size_t i = 0; i < g->count; i++) {
        const found_attribution *f = &g->list[i];
        bool reports = tok(r, f->cue)->upos == UPOS_VERB && f->cue != t && reporting_of(r, f->cue) && !candidate_holds(&f->content, t);
        bool near = f->cue == h || (f->source.parts && h >= f->source.part[0].first && h <= f->source.part[0].last) || (tok(r, h)->head == f->cue && rel_base(r, h) == DEP_NSUBJ);
        if (reports && near) outer = f;
    }
    if (!outer) return;
    found_attribution f = {.cue = t, .content = outer->content, .source = source_at(r, told_by), .score = 1, .relayed_by = outer->cue + 1};
    tokens_span *words = &f.source.part[0];
    for (int i = 0; i < f.content.parts && f.source.parts; i++)
        if (f.content.part[i].first > words->first && f.content.part[i].first <= words->last) words->last = f.content.part[i].first - 1;
    if (!f.source.parts || !trim_punctuation(r, words)) return;
    for (size_t i = 0; i < g->count; i++)
        if (g->list[i].cue == t) {
            g->list[i] = f;
            return;
        }
    arena_push(&r->doc->home, g->list, g->count, g->capacity, f);
}

/* A verb of saying with a subject of its own is nobody else's: "told reporters that aides had said …". */
static void own_speaker(const gathering *g, found_attribution *f) {
    reading *r = g->r;
    const token *k = tok(r, f->cue);
    const reporting *e = k->upos == UPOS_VERB ? reporting_of(r, f->cue) : NULL;
    int32_t s = e && says_itself(r, f->cue) ? tree_find(r->doc, f->cue, DEP_NSUBJ_PASS) : tree_find(r->doc, f->cue, DEP_NSUBJ);
    if (!e || !str_in(e->kind, "speech belief") || s < 0 || str_in(tok(r, s)->lemma, "who which that what it there") || candidate_holds(&f->content, s) || candidate_holds(&f->source, s)) return;
    int32_t given = f->source.head;
    if (f->source.parts && given >= 0 && given >= k->left && given <= k->right) return;
    candidate own = source_at(r, s);
    if (own.parts) f->source = own;
}

/* '"Peru," said the colonel, "attacked at dawn."': a sentence that the report interrupts. */
static void join_interrupted(const gathering *g, found_attribution *f) {
    const reading *r = g->r;
    int32_t n = (int32_t)r->doc->token_count, end = f->source.parts && f->source.part[0].first > f->cue ? f->source.part[0].last : f->cue;
    if (f->content.parts != 1 || f->content.part[0].last >= f->cue || end + 2 >= n || !str_is(tok(r, end + 1)->form, ",")) return;
    int32_t q = r->region[f->content.part[0].last], next = r->region[end + 2];
    if (q < 0 || next < 0 || r->regions[next].first != end + 2 || r->regions[q].last - 1 != f->content.part[0].last || tok(r, end)->sentence != tok(r, end + 2)->sentence) return;
    int32_t stop = r->regions[q].last - 2;
    if (!str_is(tok(r, stop)->form, ",") && !str_is(tok(r, r->regions[q].last - 1)->form, ",")) return;
    f->content.part[f->content.parts++] = (tokens_span){r->regions[next].first, r->regions[next].last - 1};
}

/* Q3: "Xinhua quoted the premier as saying …": the agency cites, the premier says. */
static void quoted_as_saying(gathering *g, int32_t t) {
    reading *r = g->r;
    int32_t verb = tok(r, t)->head;
    if (!str_in(tok(r, t)->lemma, "say tell warn claim") || tok(r, t)->morph.verbform == 1 || verb < 0 || !str_in(tok(r, verb)->lemma, "quote cite")) {
        verb = verb >= 0 && str_is(tok(r, t)->form, "saying") ? tok(r, verb)->head : -1; /* hung on the object */
        if (verb < 0 || !str_in(tok(r, verb)->lemma, "quote cite")) return;
    }
    bool passive = tree_find(r->doc, verb, DEP_NSUBJ_PASS) >= 0;
    int32_t saying = passive ? tree_find(r->doc, verb, DEP_NSUBJ_PASS) : tree_find(r->doc, verb, DEP_OBJ);
    int32_t citing = passive ? tree_find_base(r->doc, verb, DEP_OBL) : subject_of(r, verb);
    if (saying < 0) return;
    for (size_t i = 0; i < g->count; i++)
        if (g->list[i].cue == t) {
            g->list[i].source = (candidate){.head = saying, .parts = 1};
            g->list[i].source.part[0] = (tokens_span){tok(r, saying)->left, tok(r, saying)->right < t ? tok(r, saying)->right : saying};
        }
    if (citing < 0) return;
    bool known = false;
    for (size_t i = 0; i < g->count; i++) known |= g->list[i].cue == verb;
    tokens_span all = {t - 1 > verb && token_lemma(r->doc, t - 1, "as") ? t - 1 : t, tok(r, t)->right};
    if (!known) {
        add(g, verb, all, NOTHING, citing);
        return;
    }
    for (size_t i = 0; i < g->count; i++)
        if (g->list[i].cue == verb) {
            g->list[i].content = (candidate){.head = t, .parts = 1};
            g->list[i].content.part[0] = all;
            g->list[i].source = source_at(r, citing);
        }
}

size_t reports_by_rule(const attribution_reading *a, calculus *c, const attribution_model *m, const found_attribution *found, size_t n, found_attribution **out) {
    (void)m;
    reading *r = a->r;
    gathering g = {.a = a, .r = r, .c = c, .given = n};
    for (size_t i = 0; i < n; i++) arena_push(&r->doc->home, g.list, g.count, g.capacity, found[i]);
    for (int32_t t = 0; t < (int32_t)r->doc->token_count; t++) {
        if (tok(r, t)->upos == UPOS_VERB) {
            silence(&g, t);
            no_answer(&g, t);
            clause_report(&g, t);
            as_put(&g, t);
        }
        according(&g, t);
        colon_report(&g, t);
        headline_report(&g, t);
        if (tok(r, t)->upos == UPOS_NOUN) in_words_of(&g, t);
    }
    for (int32_t t = 0; t < (int32_t)r->doc->token_count; t++)
        if (tok(r, t)->upos == UPOS_VERB) quoted_as_saying(&g, t);
    for (size_t i = 0; i < g.count; i++) own_speaker(&g, &g.list[i]), join_interrupted(&g, &g.list[i]);
    for (int32_t t = 0; t < (int32_t)r->doc->token_count; t++)
        if (tok(r, t)->upos == UPOS_VERB) citing(&g, t);
    *out = g.list;
    return g.count;
}
