/* Negation: cues and scopes in the manner of CD-SCO (*SEM 2012 shared task; Morante and Daelemans 2012, annotation guidelines).
 *
 *   cue    a negating word, a phrase, or the affix alone ("un" of "unkind")
 *   scope  what the cue negates, without the cue: the clause with its subject for verbs; for an affix the rest of its word and, where the
 *          word stands before a noun, that phrase, or where it is the predicate, that clause. Punctuation counts for nothing. */
#include "said/reading.h"

/* ---- cues ---- */

static int32_t cue_push(reading *r, str kind, int32_t t, uint32_t start, uint32_t end) {
    document *doc = r->doc;
    cue c = {.kind = kind, .block = doc->sentences[tok(r, t)->sentence].block, .token = t, .start = start, .end = end};
    arena_push(&doc->home, doc->cues, doc->cue_count, doc->cue_capacity, c);
    int32_t index = (int32_t)doc->cue_count - 1;
    if (r->cue_at[t] < 0) r->cue_at[t] = index;
    return index;
}

int32_t cue_add_str(reading *r, str kind, int32_t first, int32_t last) {
    document *doc = r->doc;
    int32_t old = r->cue_at[first];
    if (old >= 0 && str_eq(doc->cues[old].kind, kind)) return old;
    return cue_push(r, kind, first, tok(r, first)->start, tok(r, last)->end);
}

int32_t cue_add(reading *r, const char *kind, int32_t first, int32_t last) { return cue_add_str(r, str_of(kind), first, last); }

/* ---- scopes: a mark on each token, then runs of marked tokens ---- */

typedef struct marks {
    uint8_t *on; /* by token of the sentence, from its first */
    int32_t first, last;
} marks;

static void mark_subtree(const reading *r, marks *m, int32_t t) {
    m->on[t - m->first] = 1;
    for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c)) mark_subtree(r, m, c);
}

/* Adverbial clauses that stand outside: before the verb, or of reason and contrast. */
static bool stays_outside(const reading *r, int32_t verb, int32_t advcl) {
    if (advcl < verb) return true;
    return has_child_lemma(r, advcl, DEP_MARK, "since because although though while whereas as for so lest but");
}

static bool leaves_scope(const reading *r, int32_t head, int32_t c) {
    switch (rel_base(r, c)) {
    case DEP_CONJ: case DEP_CC: case DEP_PARATAXIS: case DEP_DISCOURSE: case DEP_VOCATIVE: case DEP_PUNCT: case DEP_LIST: return true;
    case DEP_MARK: return !str_in(tok(r, c)->lemma, "to how");
    case DEP_ADVCL: return stays_outside(r, head, c);
    case DEP_ADVMOD:
        return c < head && str_in(tok(r, c)->lemma, "therefore however then so indeed now thus besides moreover well still perhaps");
    case DEP_CASE: return true;
    default: return false;
    }
}

static void mark_clause(const reading *r, marks *m, int32_t head) {
    m->on[head - m->first] = 1;
    for (int32_t c = tree_child(r->doc, head); c >= 0; c = tree_next(r->doc, c))
        if (!leaves_scope(r, head, c)) mark_subtree(r, m, c);
    /* "He came but said nothing": the subject (and auxiliaries, where it has none) of the first conjunct are shared. */
    int32_t h = tok(r, head)->head;
    if (rel_base(r, head) == DEP_CONJ && h >= 0 && tree_find_base(r->doc, head, DEP_NSUBJ) < 0 &&
        tree_find_base(r->doc, head, DEP_EXPL) < 0) {
        bool own_verb = tree_find_base(r->doc, head, DEP_AUX) >= 0 || tree_find(r->doc, head, DEP_COP) >= 0 || tok(r, head)->morph.verbform == 1;
        for (int32_t c = tree_child(r->doc, h); c >= 0; c = tree_next(r->doc, c)) {
            deprel b = rel_base(r, c);
            if (b == DEP_NSUBJ || b == DEP_EXPL || (!own_verb && c < h && (b == DEP_AUX || b == DEP_COP))) mark_subtree(r, m, c);
        }
    }
}

static void mark_phrase(const reading *r, marks *m, int32_t head) {
    m->on[head - m->first] = 1;
    for (int32_t c = tree_child(r->doc, head); c >= 0; c = tree_next(r->doc, c)) {
        deprel b = rel_base(r, c);
        if (b == DEP_CASE || b == DEP_PUNCT || b == DEP_CC || b == DEP_CONJ || b == DEP_MARK || b == DEP_ACL || b == DEP_APPOS ||
            b == DEP_PARATAXIS || b == DEP_NSUBJ || b == DEP_COP || b == DEP_AUX || b == DEP_ADVCL) continue;
        mark_subtree(r, m, c);
    }
}

/* Is t the head of a clause: a verb, or a predicate with copula or subject? */
static bool heads_clause(const reading *r, int32_t t) {
    if (tok(r, t)->upos == UPOS_VERB && rel_base(r, t) != DEP_AMOD) return true;
    return tree_find(r->doc, t, DEP_COP) >= 0 || tree_find_base(r->doc, t, DEP_NSUBJ) >= 0 || tree_find_base(r->doc, t, DEP_EXPL) >= 0;
}

/* The head of the smallest clause around t (t itself, or above), -1 when the sentence has none. */
static int32_t clause_of(const reading *r, int32_t t) {
    for (int32_t h = t; h >= 0; h = tok(r, h)->head)
        if (heads_clause(r, h)) return h;
    return -1;
}

static void store_scope(reading *r, int32_t index, marks *m, int32_t but_first, int32_t but_last) {
    document *doc = r->doc;
    for (int32_t t = but_first; t <= but_last; t++) m->on[t - m->first] = 0;
    int runs = 0;
    for (int32_t t = m->first; t < m->last; t++) {
        if (tok(r, t)->upos == UPOS_PUNCT) m->on[t - m->first] = 0;
        runs += m->on[t - m->first] && (t == m->first || !m->on[t - m->first - 1]);
    }
    cue *c = &doc->cues[index];
    struct cue_scope *scope = arena_alloc(&doc->home, sizeof *scope * (size_t)(runs + c->scope_count + 1));
    int n = 0;
    for (int32_t t = m->first; t < m->last; t++) {
        if (!m->on[t - m->first]) continue;
        if (t == m->first || !m->on[t - m->first - 1]) scope[n++] = (struct cue_scope){tok(r, t)->start, 0};
        scope[n - 1].end = tok(r, t)->end;
    }
    c->scope = scope;
    c->scope_count = n;
}

static marks marks_for(reading *r, int32_t t) {
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    return (marks){arena_alloc(&r->doc->home, (size_t)(s->last - s->first)), s->first, s->last};
}

/* ---- whole words ---- */

static bool phrase_is(reading *r, int32_t first, int32_t last, int32_t length, const char *kind) {
    char buffer[64];
    uint32_t n = 0;
    if (first + length > last) return false;
    for (int32_t t = first; t < first + length; t++) {
        str f = lower_form(r, t);
        if (n + f.len + 1 >= sizeof buffer) return false;
        if (t > first) buffer[n++] = ' ';
        memcpy(buffer + n, f.ptr, f.len);
        n += f.len;
    }
    const negative_word *w = knowledge_negative(r->know, (str){buffer, n});
    return w && str_is(w->kind, kind);
}

static int32_t phrase_length(reading *r, int32_t first, int32_t last, const char *kind) {
    for (int32_t n = 5; n >= 2; n--)
        if (phrase_is(r, first, last, n, kind)) return n;
    return 0;
}

/* Where the negation of a word that hangs on `head` reaches. */
static void scope_of_word(reading *r, int32_t index, int32_t first, int32_t last) {
    marks m = marks_for(r, first);
    int32_t head = tok(r, first)->head;
    str form = lower_form(r, first);
    deprel own = rel_base(r, first);
    if (tok(r, first)->upos == UPOS_INTJ || own == DEP_DISCOURSE || head < 0) {
        if (head < 0 && own != DEP_DISCOURSE && tok(r, first)->upos != UPOS_INTJ) mark_clause(r, &m, first);
    } else if (str_in(form, "without save")) {
        if (tok(r, head)->upos == UPOS_VERB) mark_clause(r, &m, head);
        else mark_phrase(r, &m, head);
    } else {
        int32_t from = own == DEP_DET || own == DEP_ADVMOD || own == DEP_AUX || own == DEP_CC ? head : first;
        bool constituent = own == DEP_ADVMOD && !heads_clause(r, head) && tok(r, head)->upos != UPOS_ADV &&
                           rel_base(r, head) != DEP_OBJ && rel_base(r, head) != DEP_OBL && rel_base(r, head) != DEP_NSUBJ;
        int32_t clause = constituent ? -1 : clause_of(r, from == first ? head : from);
        if (clause >= 0) mark_clause(r, &m, clause);
        else mark_phrase(r, &m, from);
        /* The clause may leave out what holds the cue itself ("but no answer" as a conjunct): its phrase belongs. */
        if (!m.on[first - m.first] && from != first) mark_phrase(r, &m, from);
    }
    store_scope(r, index, &m, first, last);
}

static bool pairs_with_neither(reading *r, int32_t nor) {
    const sentence *s = &r->doc->sentences[tok(r, nor)->sentence];
    for (int32_t t = nor - 1; t >= s->first && nor - t < 25; t--) {
        str f = lower_form(r, t);
        if (str_is(f, "neither")) return true;
        if (tok(r, t)->upos == UPOS_PUNCT && str_in(f, "; :")) return false;
    }
    return false;
}

static bool word_negates(reading *r, int32_t t, str form, const sentence *s) {
    const token *k = tok(r, t);
    if (str_is(form, "nor")) return !pairs_with_neither(r, t);
    if (str_is(form, "nt")) return k->upos == UPOS_PART;
    if (str_is(form, "neither")) return true;
    if (str_is(form, "no") && t + 1 < s->last && str_is(tok(r, t + 1)->form, ".") && t + 2 < s->last && tok(r, t + 2)->upos == UPOS_NUM) return false;
    if (str_is(form, "not") && t > s->first && str_is(tok(r, t - 1)->form, "or")) return false;
    if (str_in(form, "not n't n’t") && t + 2 < s->last && (str_is(tok(r, t + 1)->form, "?") || str_is(tok(r, t + 2)->form, "?")) &&
        t > s->first && str_in(tok(r, t - 2)->form, ", is was are were do did does would could will")) return false; /* "is it not?" */
    if (str_is(form, "save")) return rel_base(r, t) == DEP_CASE || rel_base(r, t) == DEP_MARK;
    return true;
}

/* ---- affixes ---- */

static bool looks_negative(str w, upos u, uint8_t *cut, bool *suffix) {
    static const char *const endings[] = {"ed", "able", "ible", "ing", "ful", "ably", "ibly", "edly", "ingly", "fully"};
    *suffix = false;
    if ((u == UPOS_ADJ || u == UPOS_ADV) && w.len >= 7 && str_starts(w, "un") && !str_starts(w, "under") && !str_starts(w, "uni"))
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
            if (str_ends(w, endings[i])) return *cut = 2, true;
    if (u == UPOS_ADJ && w.len >= 7 && str_ends(w, "less") && !str_in(w, "regardless countless doubtless bless nonetheless nevertheless ruthless"))
        return *cut = 4, *suffix = true, true;
    return false;
}

static bool affix_of(reading *r, int32_t t, uint8_t *cut, bool *suffix) {
    upos u = tok(r, t)->upos;
    if (u != UPOS_ADJ && u != UPOS_ADV && u != UPOS_NOUN && u != UPOS_VERB) return false;
    str w = lower_form(r, t);
    const negative_word *n = knowledge_negative(r->know, w);
    for (int i = 0; !n && i < 3; i++) { /* insensibly, hopelessness: by the adjective */
        static const char *const tails[] = {"ly", "ness", "y"};
        if (str_ends(w, tails[i])) n = knowledge_negative(r->know, str_sub(w, 0, w.len - (uint32_t)strlen(tails[i])));
    }
    if (n && n->cut) {
        *cut = n->cut;
        *suffix = str_is(n->kind, "suffix");
        return true;
    }
    return looks_negative(w, u, cut, suffix);
}

static void affix_cue(reading *r, int32_t t, uint8_t cut, bool suffix) {
    const token *k = tok(r, t);
    str w = lower_form(r, t);
    uint32_t start = k->start, end = k->start + cut;
    if (suffix) {
        uint32_t at = w.len >= 4 && str_ends(w, "less") ? w.len - 4 : w.len >= 6 && str_ends(w, "lessly") ? w.len - 6 : w.len - 8;
        start = k->start + at, end = start + 4;
    }
    int32_t index = cue_push(r, STR("negation"), t, start, end);
    marks m = marks_for(r, t);
    deprel own = rel_base(r, t);
    int32_t head = k->head;
    if (own == DEP_AMOD && head >= 0) mark_phrase(r, &m, head);
    else if (k->upos == UPOS_ADV && head >= 0) {
        int32_t clause = clause_of(r, head);
        if (clause >= 0) mark_clause(r, &m, clause);
    } else if (k->upos != UPOS_NOUN && heads_clause(r, t)) mark_clause(r, &m, t);
    else if (k->upos == UPOS_ADJ && own == DEP_CONJ && head >= 0 && heads_clause(r, head)) mark_clause(r, &m, t);
    store_scope(r, index, &m, t, t);
    cue *c = &r->doc->cues[index]; /* and the rest of the word */
    c->scope[c->scope_count++] = suffix ? (struct cue_scope){k->start, start} : (struct cue_scope){end, k->end};
    for (int i = c->scope_count - 1; i > 0 && c->scope[i].start < c->scope[i - 1].start; i--) {
        struct cue_scope swap = c->scope[i];
        c->scope[i] = c->scope[i - 1], c->scope[i - 1] = swap;
    }
}

void cues_negation(reading *r) {
    document *doc = r->doc;
    for (size_t i = 0; i < doc->sentence_count; i++) {
        const sentence *s = &doc->sentences[i];
        for (int32_t t = s->first; t < s->last; t++) {
            if (tok(r, t)->upos == UPOS_PUNCT) continue;
            int32_t n = phrase_length(r, t, s->last, "never");
            if (n) { t += n - 1; continue; }
            n = phrase_length(r, t, s->last, "phrase");
            if (n) {
                int32_t cue_index = cue_push(r, STR("negation"), t, tok(r, t)->start, tok(r, t + n - 1)->end);
                scope_of_word(r, cue_index, t, t + n - 1);
                t += n - 1;
                continue;
            }
            str form = lower_form(r, t);
            const negative_word *w = knowledge_negative(r->know, form);
            uint8_t cut;
            bool suffix;
            if (w && str_is(w->kind, "word") && word_negates(r, t, form, s))
                scope_of_word(r, cue_push(r, STR("negation"), t, tok(r, t)->start, tok(r, t)->end), t, t);
            else if (affix_of(r, t, &cut, &suffix)) affix_cue(r, t, cut, suffix);
        }
    }
}
