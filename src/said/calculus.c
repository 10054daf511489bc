/* What governs a predicate: complements by the governor's signature, clauses by their conjunction, event nouns by their place. */
#include "said/calculus.h"

/* ---- what kind of complement t is ---- */

static bool opens_voice(str kind) { return str_in(kind, "speech belief denial doubt expectation fear knowledge pretence hedge"); }

static bool embedded_question(const reading *r, int32_t t) {
    for (int32_t k = tree_child(r->doc, t); k >= 0 && k < t; k = tree_next(r->doc, k)) {
        if (rel_base(r, k) == DEP_PUNCT || rel_base(r, k) == DEP_MARK) continue;
        return str_in(tok(r, k)->lemma, "why how when where who what which whom whose") ||
               (tree_child(r->doc, k) >= 0 && str_in(tok(r, tree_child(r->doc, k))->lemma, "what which whose how"));
    }
    return false;
}

static bool out_of(const reading *r, int32_t of) { return of > 0 && str_is(tok(r, of)->lemma, "of") && str_is(tok(r, of - 1)->form, "out"); }

/* The "to" of an infinitive, also where it was read as a preposition. */
static int32_t infinitive_mark(const reading *r, int32_t t) {
    int32_t to = child_with(r, t, DEP_MARK, "to");
    return to < 0 && tok(r, t)->upos == UPOS_VERB && tok(r, t)->morph.verbform == 2 ? child_with(r, t, DEP_CASE, "to") : to;
}

/* "that", "to", "ing", "from+ing" … or "" where the tree shows none. */
static str complement_of(const calculus *c, int32_t t) {
    const reading *r = c->r;
    const token *k = tok(r, t);
    if (k->upos == UPOS_NOUN && tree_find(r->doc, t, DEP_COP) < 0) return STR("np");
    int32_t to = infinitive_mark(r, t), aux = tree_find_base(r->doc, t, DEP_AUX);
    bool having = aux >= 0 && aux <= k->left + 1 && (str_is_nocase(tok(r, aux)->form, "having") || str_is_nocase(tok(r, aux)->form, "being")); /* "denied having met", "admitted to having met" */
    bool ing = str_ends(k->form, "ing") && !str_eq(k->form, k->lemma);
    if (to >= 0 && k->morph.verbform != 4 && !having && !ing) return STR("to");
    bool gerund = k->morph.verbform == 4 || (to >= 0 && ing) || (k->morph.verbform == 3 && k->morph.tense == 2);
    if ((gerund && aux < 0) || having) {
        int32_t mark = child_with(r, t, DEP_MARK, "of from in on for into with to by about against");
        if (mark < 0) mark = child_with(r, t, DEP_CASE, "of from in on for into with to by about against");
        if (mark < 0) return STR("ing");
        if (out_of(r, mark)) return STR("out of+ing"); /* "talked out of resigning" */
        return arena_format(&r->doc->home, "%.*s+ing", STR_ARG(tok(r, mark)->lemma));
    }
    deprel b = rel_base(r, t);
    if (b == DEP_XCOMP) return k->morph.verbform == 2 ? STR("to") : STR("");
    return STR("that");
}

static const char *part_of_speech(const reading *r, int32_t g) {
    if (tok(r, g)->upos == UPOS_VERB && rel_base(r, g) == DEP_OBJ) return "noun";
    switch (tok(r, g)->upos) {
    case UPOS_VERB: case UPOS_AUX: return "verb";
    case UPOS_ADJ: case UPOS_ADV: return "adj";
    default: return "noun";
    }
}

static const signature *signature_for(const calculus *c, int32_t g, str complement) {
    reading *r = c->r;
    const char *pos = part_of_speech(r, g);
    if (str_is(str_of(pos), "verb")) {
        bool passive = in_passive(c, g);
        if (passive && str_is(complement, "to")) {
            const signature *s = knowledge_signature(r->know, pos, tok(r, g)->lemma, STR("passive to"));
            if (s) return s;
        }
        const signature *s = knowledge_signature(r->know, pos, str_is(complement, "out of+ing") ? tok(r, g)->lemma : whole_lemma(r, g), complement);
        if (s) return s;
        if (str_is(complement, "to") && !knowledge_signature(r->know, pos, tok(r, g)->lemma, complement)) { /* headlines: "General said to have fled" */
            s = knowledge_signature(r->know, pos, tok(r, g)->lemma, STR("passive to"));
            if (s) return s;
        }
    }
    const signature *s = knowledge_signature(r->know, pos, tok(r, g)->lemma, complement);
    if (!s && str_is(str_of(pos), "adj")) s = knowledge_signature(r->know, "verb", tok(r, g)->lemma, complement); /* "was surprised that" */
    if (!s && str_is(str_of(pos), "verb")) s = knowledge_signature(r->know, "adj", lower_form(r, g), complement); /* "is determined to" */
    return s;
}

/* F10: the signature in the context that the governor's own value makes. */
static factuality by_signature(const signature *s, factuality governor) {
    bool factive = s->positive == s->negative && fact_degree(s->positive) == 3;
    if (opens_voice(s->kind)) return fact_sign(governor) < 0 ? s->negative : s->positive;
    if (factive) return s->positive;
    if (fact_sign(governor) == 0) return FACT_UU;
    factuality f = fact_sign(governor) > 0 ? s->positive : s->negative;
    int degree = fact_degree(f) < fact_degree(governor) ? fact_degree(f) : fact_degree(governor);
    return fact_make(fact_sign(f), degree);
}

static void inherit(verdict *v, const verdict *from) {
    for (int i = 0; i < from->mover_count; i++) mover_add(v, from->mover[i]);
}

/* The cue's kind in the output, by the kind of signature. */
static str cue_kind(str kind) {
    if (str_in(kind, "speech")) return STR("report");
    if (str_in(kind, "evidential probability possibility")) return STR("hedge");
    return kind;
}

static void set_by_signature(calculus *c, int32_t g, const signature *s, verdict *v) {
    verdict above = calculus_value(c, g);
    if (opens_voice(s->kind)) {
        if (fact_sign(above.value) < 0) inherit(v, &above);
    } else inherit(v, &above);
    mover_add(v, cue_add_str(c->r, cue_kind(s->kind), g, g));
    factuality f = by_signature(s, above.value);
    bool unnamed = in_passive(c, g) && tree_find(c->r->doc, g, DEP_OBL_AGENT) < 0 && str_in(tok(c->r, g)->lemma, "accuse charge suspect");
    verdict_set(v, unnamed && fact_sign(f) > 0 ? FACT_PS_PLUS : f, true, 10); /* "is accused of killing": nobody vouches for it */
}

/* ---- F11: complements of predicates ---- */

static bool speaker_known(const calculus *c, int32_t g) {
    return !in_passive(c, g) || tree_find(c->r->doc, g, DEP_OBL_AGENT) >= 0 || child_with(c->r, g, DEP_NSUBJ, NULL) < 0;
}

static bool yet_to(const reading *r, int32_t g) {
    return str_in(tok(r, g)->lemma, "have be remain") && has_child_lemma(r, g, DEP_ADVMOD, "yet");
}

static bool too_much(const reading *r, int32_t g, factuality *f, int32_t *word) {
    if ((*word = child_with(r, g, DEP_ADVMOD, "too")) >= 0) return *f = FACT_CT_MINUS, true;
    if ((*word = child_with(r, g, DEP_ADVMOD, "enough")) >= 0) return *f = FACT_PR_PLUS, true;
    return false;
}

static void unknown_complement(calculus *c, int32_t t, int32_t g, str complement, verdict *v) {
    verdict above = calculus_value(c, g);
    if (str_is(complement, "to")) {
        inherit(v, &above);
        bool bare = child_with(c->r, t, DEP_MARK, "to") < 0;
        if (bare && str_in(tok(c->r, g)->lemma, "make help have see watch hear feel go come")) verdict_set(v, above.value, false, 11);
        else {
            mover_add(v, cue_add(c->r, "plan", g, g));
            verdict_set(v, FACT_UU, false, 11);
        }
    } else if (str_is(complement, "that")) {
        if (fact_sign(above.value) < 0) {
            inherit(v, &above);
            verdict_set(v, FACT_UU, false, 11);
        } else verdict_set(v, FACT_CT_PLUS, false, 11);
    } else {
        inherit(v, &above);
        verdict_set(v, above.value, false, 11);
    }
}

static void of_complement(calculus *c, int32_t t, int32_t g, verdict *v) {
    reading *r = c->r;
    str complement = complement_of(c, t);
    factuality f;
    int32_t word;
    if (has_child_lemma(r, t, DEP_MARK, "whether if")) { /* F12 */
        mover_add(v, cue_add(r, "question", child_with(r, t, DEP_MARK, "whether if"), child_with(r, t, DEP_MARK, "whether if")));
        verdict_set(v, FACT_UU, true, 12);
        return;
    }
    if (str_is(complement, "to")) {
        if (yet_to(r, g)) { /* F13: "has yet to" */
            word = child_with(r, g, DEP_ADVMOD, "yet");
            mover_add(v, cue_add(r, "not yet", word, word));
            verdict_set(v, FACT_CT_MINUS, true, 13);
            return;
        }
        if (too_much(r, g, &f, &word)) {
            mover_add(v, cue_add(r, "degree", word, word));
            verdict_set(v, fact_under(calculus_value(c, g).value, f), true, 13);
            return;
        }
        if (embedded_question(r, t)) { /* "what to do" */
            verdict_set(v, FACT_UU, true, 12);
            return;
        }
        if (str_is(tok(r, g)->lemma, "be")) { /* "is to visit" */
            mover_add(v, cue_add(r, "plan", g, g));
            verdict_set(v, FACT_UU, true, 9);
            return;
        }
        if (str_is(tok(r, g)->lemma, "use") && tok(r, g)->morph.tense == 1) {
            verdict_set(v, fact_under(calculus_value(c, g).value, FACT_CT_PLUS), true, 13);
            return;
        }
        if (str_is(tok(r, g)->lemma, "go") && tok(r, g)->morph.verbform == 3) { /* "is going to" */
            mover_add(v, cue_add(r, "plan", g, g));
            verdict_set(v, FACT_UU, true, 9);
            return;
        }
    }
    if (str_is(complement, "that") && embedded_question(r, t)) { /* F12: "said why he left" takes the leaving for granted */
        verdict_set(v, FACT_CT_PLUS, false, 12);
        return;
    }
    const signature *s = signature_for(c, g, complement);
    if (!s && str_is(complement, "")) s = signature_for(c, g, STR("to")); /* "appears guilty" */
    if (!s) {
        unknown_complement(c, t, g, complement, v);
        return;
    }
    set_by_signature(c, g, s, v);
    if (str_is(complement, "that") && str_is(tok(r, g)->lemma, "wish") && child_with(r, t, DEP_AUX, "have") >= 0) { /* F8: "wishes he had stayed" */
        verdict_set(v, negated(c, t, &word) ? FACT_CT_PLUS : FACT_CT_MINUS, true, 8);
        return;
    }
    if (str_is(complement, "that") && opens_voice(s->kind) && !speaker_known(c, g)) { /* F14: "it is said that" */
        const signature *hearsay = knowledge_signature(r->know, "verb", tok(r, g)->lemma, STR("passive to"));
        verdict_set(v, by_signature(hearsay ? hearsay : s, calculus_value(c, g).value), true, 14);
    }
    /* F14: "were expected to arrive" looks ahead, "are believed to have arrived" does not. */
    if (str_is(complement, "to") && str_is(s->kind, "hedge") && tree_find_base(r->doc, t, DEP_AUX) < 0 && tree_find(r->doc, t, DEP_COP) < 0 &&
        str_in(tok(r, g)->lemma, "expect plan schedule set"))
        verdict_set(v, FACT_UU, true, 9);
}

/* ---- F15: adverbial clauses ---- */

static void of_adverbial(calculus *c, int32_t t, int32_t g, verdict *v) {
    reading *r = c->r;
    verdict above = calculus_value(c, g);
    int32_t mark = child_with(r, t, DEP_MARK, NULL);
    if (mark < 0) mark = child_with(r, t, DEP_CASE, NULL);
    str m = mark >= 0 ? tok(r, mark)->lemma : STR("");
    if (mark >= 0) /* of several ("in order to", "even if") the telling one */
        for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k))
            if (rel_base(r, k) == DEP_MARK && str_in(tok(r, k)->lemma, "if unless without to whether before until instead than")) m = tok(r, k)->lemma, mark = k;
    int32_t when = child_with(r, t, DEP_ADVMOD, "when whenever once after where");
    str complement = complement_of(c, t);
    bool next = str_is(complement, "ing") && tok(r, t)->left == g + 1; /* "denied attacking", read as "…, attacking" */
    const signature *s = str_ends(complement, "+ing") || next ? signature_for(c, g, complement) : NULL;
    if (s) set_by_signature(c, g, s, v);
    else if (str_in(m, "if unless whether provided lest")) {
        bool have, shared;
        int32_t modal_above = modal_of(c, g, &have, &shared);
        bool contrary = modal_above >= 0 && have && child_with(r, t, DEP_AUX, "have") >= 0;
        mover_add(v, cue_add(r, "condition", mark, mark));
        verdict_set(v, contrary ? FACT_CT_MINUS : FACT_UU, true, 8);
    } else if (str_is(m, "without")) {
        mover_add(v, r->cue_at[mark] >= 0 ? r->cue_at[mark] : cue_add(r, "negation", mark, mark));
        verdict_set(v, FACT_CT_MINUS, true, 15);
    } else if (str_in(m, "instead than") || has_child_lemma(r, t, DEP_MARK, "instead rather") || has_child_lemma(r, t, DEP_CASE, "instead")) {
        mover_add(v, cue_add(r, "contrast", mark, mark));
        verdict_set(v, FACT_CT_MINUS, true, 15);
    } else if (str_is(m, "to")) {
        factuality f;
        int32_t word;
        if (too_much(r, g, &f, &word)) {
            mover_add(v, cue_add(r, "degree", word, word));
            verdict_set(v, fact_under(above.value, f), true, 13);
            return;
        }
        const signature *to = signature_for(c, g, STR("to")); /* parsers read many complements as purpose */
        if (to && tok(r, g)->upos != UPOS_NOUN) {
            set_by_signature(c, g, to, v);
            return;
        }
        if (mark > 0 && str_is(tok(r, mark - 1)->lemma, "only")) {
            verdict_set(v, above.value, true, 15);
            return;
        }
        mover_add(v, cue_add(r, "purpose", mark, mark));
        verdict_set(v, FACT_UU, false, 16);
    } else if (str_is(m, "so") && (tree_find_base(r->doc, t, DEP_AUX) >= 0)) {
        mover_add(v, cue_add(r, "purpose", mark, mark));
        verdict_set(v, FACT_UU, true, 16);
    } else if (when >= 0 || str_in(m, "before until after when once while as till")) {
        if (fact_sign(above.value) == 0) inherit(v, &above), verdict_set(v, FACT_UU, false, 17);
        else verdict_set(v, FACT_CT_PLUS, false, 17);
    } else if (str_is(m, "") || str_ends(complement, "+ing") || str_is(complement, "ing")) {
        inherit(v, &above); /* "…, killing two": goes with its clause, but is not negated by its "not" */
        verdict_set(v, fact_sign(above.value) < 0 ? FACT_CT_PLUS : above.value, false, 17);
        if (str_in(m, "by in on") && fact_sign(above.value) < 0) verdict_set(v, FACT_UU, false, 17);
    } else verdict_set(v, FACT_CT_PLUS, false, 17);
}

static bool definite(const reading *r, int32_t n) {
    for (int32_t k = tree_child(r->doc, n); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (b == DEP_DET && str_in(tok(r, k)->lemma, "the this that these those")) return true;
        if (tok(r, k)->deprel == DEP_NMOD_POSS) return true;
    }
    return false;
}

/* The value of a noun that governs. "The failure to pay was discussed": who discusses or mentions it takes it for granted. */
static verdict noun_value(calculus *c, int32_t noun) {
    verdict v = calculus_value(c, noun);
    int32_t g = tok(c->r, noun)->head;
    if (fact_sign(v.value) || g < 0 || !definite(c->r, noun) || (rel_base(c->r, noun) != DEP_OBJ && tok(c->r, noun)->deprel != DEP_NSUBJ_PASS)) return v;
    const signature *s = signature_for(c, g, STR("np"));
    if (s && str_is(s->kind, "mention") && fact_sign(calculus_value(c, g).value) > 0) v.value = FACT_CT_PLUS;
    return v;
}

/* ---- F18: clauses at nouns ---- */

static bool denied_noun(calculus *c, int32_t noun, verdict *v) {
    int32_t g = tok(c->r, noun)->head;
    if (g < 0 || (rel_base(c->r, noun) != DEP_OBJ && tok(c->r, noun)->deprel != DEP_NSUBJ_PASS)) return false;
    const signature *s = signature_for(c, g, STR("np"));
    if (!s || !str_in(s->kind, "denial doubt cancellation")) s = signature_for(c, g, STR("that"));
    if (!s || !str_in(s->kind, "denial doubt cancellation")) return false;
    set_by_signature(c, g, s, v);
    return true;
}

/* "dropped plans to close the mine": with the plan goes what was planned. */
static bool cancelled(calculus *c, int32_t noun, verdict *v) {
    int32_t g = tok(c->r, noun)->head;
    if (g < 0 || tok(c->r, g)->upos != UPOS_VERB || (rel_base(c->r, noun) != DEP_OBJ && tok(c->r, noun)->deprel != DEP_NSUBJ_PASS)) return false;
    const signature *s = signature_for(c, g, STR("np"));
    if (!s || !str_is(s->kind, "cancellation")) return false;
    set_by_signature(c, g, s, v);
    return true;
}

/* "the possibility that the king fled", which parsers like to read as a relative clause. */
static bool reads_as_content(calculus *c, int32_t t, int32_t noun) {
    const reading *r = c->r;
    if (!signature_for(c, noun, STR("that"))) return false;
    if (has_child_lemma(r, t, DEP_MARK, "that")) return true;
    return child_with(r, t, DEP_OBJ, "that") >= 0 &&
           !str_in(tok(r, t)->lemma, "make issue have give publish send hear read repeat reject deny write express voice raise");
}

static void of_noun(calculus *c, int32_t t, int32_t noun, verdict *v) {
    reading *r = c->r;
    int32_t teller = tok(r, noun)->head; /* "told reporters that …", hung on the reporters */
    if (teller >= 0 && (rel_base(r, noun) == DEP_OBJ || rel_base(r, noun) == DEP_IOBJ) && has_child_lemma(r, t, DEP_MARK, "that") &&
        str_in(tok(r, teller)->lemma, "tell inform notify assure warn remind advise convince persuade brief alert")) {
        of_complement(c, t, teller, v);
        return;
    }
    bool content_clause = reads_as_content(c, t, noun);
    if (tok(r, t)->deprel == DEP_ACL_RELCL && !content_clause) {
        verdict_set(v, FACT_CT_PLUS, false, 18);
        return;
    }
    str complement = content_clause ? STR("that") : complement_of(c, t);
    const signature *s = signature_for(c, noun, complement);
    int32_t verb = tok(r, noun)->head;
    if (!s && str_ends(complement, "+ing") && rel_base(r, noun) == DEP_OBJ && verb >= 0) { /* "cleared him | of bribing", hung on the object */
        const signature *of_verb = signature_for(c, verb, complement);
        if (of_verb) {
            set_by_signature(c, verb, of_verb, v);
            return;
        }
    }
    if (!s && str_is(complement, "to") && rel_base(r, noun) == DEP_OBJ && verb >= 0 && tok(r, verb)->upos == UPOS_VERB) { /* "forced the rebels | to leave", likewise */
        const signature *of_verb = signature_for(c, verb, complement);
        if (of_verb) {
            set_by_signature(c, verb, of_verb, v);
            return;
        }
    }
    if (s && !opens_voice(s->kind) && cancelled(c, noun, v)) return;
    if (!s && str_is(complement, "of+ing")) s = signature_for(c, noun, STR("of"));
    if (!s && str_is(complement, "of+ing")) s = signature_for(c, noun, STR("to"));
    if (s) {
        if (opens_voice(s->kind) && denied_noun(c, noun, v)) {
            v->value = fact_sign(s->positive) < 0 ? fact_under(v->value, s->positive) : v->value; /* what is charged, rumoured or suspected is denied alike */
            return;
        }
        verdict above = noun_value(c, noun);
        if (!opens_voice(s->kind) || fact_sign(above.value) < 0) inherit(v, &above);
        mover_add(v, cue_add_str(r, cue_kind(s->kind), noun, noun));
        /* "a refusal to meet" counts as one that happened, wherever the noun stands, unless it is negated or open itself. */
        verdict_set(v, by_signature(s, above.value), true, 18);
        return;
    }
    if (str_is(complement, "to")) {
        mover_add(v, cue_add(r, "plan", noun, noun));
        verdict_set(v, FACT_UU, false, 18);
    } else verdict_set(v, FACT_CT_PLUS, false, 18);
}

/* ---- F19 … F21: event nouns by their place ---- */

static void event_object(calculus *c, int32_t t, int32_t g, verdict *v) {
    const signature *s = signature_for(c, g, STR("np"));
    verdict above = calculus_value(c, g);
    if (s && !(str_is(s->kind, "occurrence") && fact_sign(above.value) < 0 && definite(c->r, t))) {
        set_by_signature(c, g, s, v);
        return;
    }
    const signature *that = s ? NULL : signature_for(c, g, STR("that"));
    if (that && tok(c->r, g)->upos == UPOS_VERB && str_in(that->kind, "denial doubt factive expectation wish")) {
        set_by_signature(c, g, that, v);
        return;
    }
    if (fact_sign(above.value) == 0 && !definite(c->r, t)) {
        inherit(v, &above);
        verdict_set(v, FACT_UU, false, 19);
    } else if (s && fact_sign(above.value) < 0) {
        inherit(v, &above);
        verdict_set(v, by_signature(s, above.value), true, 19);
    } else verdict_set(v, FACT_CT_PLUS, false, 19);
}

static void event_subject(calculus *c, int32_t t, int32_t g, verdict *v) {
    bool passive = tok(c->r, t)->deprel == DEP_NSUBJ_PASS;
    const signature *s = signature_for(c, g, passive ? STR("np") : STR("subject"));
    verdict above = calculus_value(c, g);
    if (s) {
        set_by_signature(c, g, s, v);
        return;
    }
    if (tok(c->r, g)->upos == UPOS_ADJ && (s = signature_for(c, g, STR("that")))) { /* "A meeting is unlikely" */
        if (!str_in(s->kind, "factive emotion obligation evaluation")) {
            set_by_signature(c, g, s, v);
            return;
        }
    }
    if (fact_sign(above.value) == 0 && !definite(c->r, t)) {
        inherit(v, &above);
        verdict_set(v, FACT_UU, false, 19);
    } else verdict_set(v, FACT_CT_PLUS, false, 19);
}

const signature *signature_of_gerund(const calculus *c, int32_t t, int32_t g) {
    int32_t by = child_with(c->r, t, DEP_CASE, NULL);
    if (by < 0 || g < 0 || tok(c->r, g)->upos != UPOS_VERB || !str_ends(tok(c->r, t)->form, "ing")) return NULL;
    if (out_of(c->r, child_with(c->r, t, DEP_CASE, "of"))) return signature_for(c, g, STR("out of+ing"));
    return signature_for(c, g, arena_format(&c->r->doc->home, "%.*s+ing", STR_ARG(tok(c->r, by)->lemma)));
}

static void event_oblique(calculus *c, int32_t t, int32_t g, verdict *v) {
    reading *r = c->r;
    int32_t by = child_with(r, t, DEP_CASE, NULL);
    str p = by >= 0 ? tok(r, by)->lemma : STR("");
    verdict above = calculus_value(c, g);
    if (str_in(p, "without")) {
        mover_add(v, r->cue_at[by] >= 0 ? r->cue_at[by] : cue_add(r, "negation", by, by));
        verdict_set(v, FACT_CT_MINUS, true, 20);
    } else if (str_is(p, "instead")) {
        mover_add(v, cue_add(r, "contrast", by, by));
        verdict_set(v, FACT_CT_MINUS, true, 20);
    } else {
        const signature *s = p.len ? signature_for(c, g, p) : NULL;
        if (!s && p.len && str_ends(tok(r, t)->form, "ing")) s = signature_of_gerund(c, t, g); /* "barred the party from running", a noun to the tagger */
        if (s) set_by_signature(c, g, s, v);
        else if (str_in(p, "for ahead towards toward against") && !definite(r, t) && str_in(p, "for ahead")) {
            mover_add(v, cue_add(r, "purpose", by, by));
            verdict_set(v, FACT_UU, false, 20);
        } else if (fact_sign(above.value) == 0 && !str_in(p, "after during since following despite because over")) {
            inherit(v, &above);
            verdict_set(v, FACT_UU, false, 20);
        } else verdict_set(v, FACT_CT_PLUS, false, 20);
    }
}

static void event_at_noun(calculus *c, int32_t t, int32_t noun, verdict *v) {
    reading *r = c->r;
    int32_t by = child_with(r, t, DEP_CASE, NULL);
    str p = by >= 0 ? tok(r, by)->lemma : STR("");
    const signature *s = p.len ? signature_for(c, noun, p) : NULL;
    if (str_is(p, "without")) {
        mover_add(v, r->cue_at[by] >= 0 ? r->cue_at[by] : cue_add(r, "negation", by, by));
        verdict_set(v, FACT_CT_MINUS, true, 20);
    } else if (s) {
        verdict above = noun_value(c, noun);
        inherit(v, &above);
        mover_add(v, cue_add_str(r, cue_kind(s->kind), noun, noun));
        verdict_set(v, by_signature(s, above.value), true, 21);
    } else if (str_in(p, "of")) { /* "a round of talks": goes with its head */
        verdict above = calculus_value(c, noun);
        inherit(v, &above);
        verdict_set(v, above.value, above.sure, 21);
    } else if (str_in(p, "about on for towards toward")) verdict_set(v, definite(r, t) ? FACT_CT_PLUS : FACT_UU, false, 21);
    else verdict_set(v, FACT_CT_PLUS, false, 21);
}

/* ---- who governs t, and by which rule ---- */

static void governed(calculus *c, int32_t t, verdict *v);

static void of_conjunct(calculus *c, int32_t t, int32_t first, verdict *v) {
    /* F22: a conjunct stands where the first one stands (without what modifies the first alone). */
    governed(c, first, v);
    (void)t;
}

static bool verbal(const reading *r, int32_t t) {
    return tok(r, t)->upos == UPOS_VERB || tok(r, t)->upos == UPOS_AUX || tok(r, t)->upos == UPOS_ADJ || tree_find(r->doc, t, DEP_COP) >= 0;
}

/* "The plan is to attack": the clause is the predicate of a noun with a signature. */
static bool predicate_of_noun(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    if (tree_find(r->doc, t, DEP_COP) < 0) return false;
    int32_t subject = tree_find(r->doc, t, DEP_NSUBJ_OUTER);
    if (subject < 0) subject = tree_find(r->doc, t, DEP_NSUBJ);
    if (subject < 0 || tok(r, subject)->upos != UPOS_NOUN || child_with(r, t, DEP_MARK, "to") < 0) return false;
    const signature *s = signature_for(c, subject, STR("to"));
    if (!s) return false;
    mover_add(v, cue_add_str(r, cue_kind(s->kind), subject, subject));
    verdict_set(v, s->positive, true, 18);
    return true;
}

/* "provided that", "assuming" before the clause of t, whatever the tree makes of them; "if" and "unless" on a clause that was read as the root. */
static int32_t condition_before(const reading *r, int32_t t) {
    int32_t first = tok(r, t)->left, mark = child_with(r, t, DEP_MARK, "that");
    if (tok(r, t)->head < 0) {
        int32_t unless = child_with(r, t, DEP_MARK, "if unless");
        return unless == first ? unless : -1;
    }
    if (rel_base(r, t) != DEP_CCOMP || mark != first || first == 0 || tok(r, first - 1)->sentence != tok(r, t)->sentence) return -1;
    bool opener = str_in(tok(r, first - 1)->form, "provided providing assuming supposing") && tree_find_base(r->doc, first - 1, DEP_NSUBJ) < 0 &&
                  tree_find_base(r->doc, first - 1, DEP_AUX) < 0 && rel_base(r, first - 1) != DEP_CONJ && tok(r, first - 1)->head >= 0;
    return opener ? first - 1 : -1;
}

static void governed(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    int32_t g = tok(r, t)->head;
    verdict_set(v, FACT_CT_PLUS, false, 0);
    int32_t given = condition_before(r, t);
    if (given >= 0) { /* F8 */
        mover_add(v, cue_add(r, "condition", given, given));
        verdict_set(v, FACT_UU, true, 8);
        return;
    }
    if (g < 0) {
        predicate_of_noun(c, t, v);
        return;
    }
    bool noun = tok(r, t)->upos == UPOS_NOUN || tok(r, t)->upos == UPOS_PROPN;
    switch (rel_base(r, t)) {
    case DEP_CCOMP: case DEP_XCOMP:
        if (rel_base(r, g) == DEP_OBJ && tok(r, g)->upos == UPOS_VERB && knowledge_signature(r->know, "noun", tok(r, g)->lemma, STR("that"))) { /* "rejects claim that" */
            of_noun(c, t, g, v);
            break;
        }
        if (noun && rel_base(r, t) == DEP_XCOMP && !verbal(r, t)) event_object(c, t, g, v);
        else of_complement(c, t, g, v);
        break;
    case DEP_CSUBJ:
        of_complement(c, t, g, v);
        break;
    case DEP_ADVCL:
        if (verbal(r, g) || tok(r, g)->upos != UPOS_NOUN || tree_find_base(r->doc, g, DEP_AUX) >= 0 || child_with(r, t, DEP_MARK, "if unless") >= 0) of_adverbial(c, t, g, v);
        else of_noun(c, t, g, v);
        break;
    case DEP_ACL:
        if (tok(r, g)->upos == UPOS_ADJ) of_complement(c, t, g, v);
        else of_noun(c, t, g, v);
        break;
    case DEP_CONJ: of_conjunct(c, t, g, v); break;
    case DEP_APPOS: case DEP_LIST: case DEP_FLAT: case DEP_FIXED: governed(c, g, v); break;
    case DEP_OBJ: case DEP_IOBJ: if (noun) event_object(c, t, g, v); break;
    case DEP_NSUBJ: if (noun) event_subject(c, t, g, v); break;
    case DEP_OBL:
        if (noun && (verbal(r, g))) event_oblique(c, t, g, v);
        else if (noun) event_at_noun(c, t, g, v);
        else if (infinitive_mark(r, t) >= 0 && verbal(r, g)) of_complement(c, t, g, v);
        break;
    case DEP_NMOD:
        if (noun && tok(r, t)->deprel != DEP_NMOD_POSS) event_at_noun(c, t, g, v);
        break;
    case DEP_COMPOUND: /* F23: "ceasefire talks": the first noun only names the second's matter */
        if (noun && tok(r, g)->upos == UPOS_VERB) event_subject(c, t, g, v); /* "Drone strike kills", glued to its verb */
        else if (noun) verdict_set(v, FACT_UU, false, 23);
        break;
    default: break;
    }
}

/* ---- F25: verbs of headlines that the tagger took for nouns ("Minister denies he took bribes") ---- */

static const signature *misread_verb(calculus *c, int32_t g, str complement) {
    reading *r = c->r;
    const token *k = tok(r, g);
    int32_t first = r->doc->sentences[k->sentence].first;
    if (g <= first || (k->upos != UPOS_NOUN && k->upos != UPOS_PROPN && k->upos != UPOS_ADJ)) return NULL;
    bool singular = str_ends(k->form, "s") && !str_ends(tok(r, g - 1)->form, "s"), plural = !str_ends(k->form, "s") && str_ends(tok(r, g - 1)->form, "s");
    if (!singular && !plural) return NULL;
    upos before = tok(r, g - 1)->upos;
    if (before != UPOS_NOUN && before != UPOS_PROPN && before != UPOS_ADJ) return NULL;
    str lemma = k->lemma, form = lower_form(r, g);
    if (str_eq(lemma, form) && singular) lemma = str_sub(form, 0, form.len - 1);
    int32_t next = g + 1;
    if (next < (int32_t)r->doc->token_count && tok(r, next)->upos == UPOS_ADP) {
        const signature *s = knowledge_signature(r->know, "verb", arena_format(&r->doc->home, "%.*s %.*s", STR_ARG(lemma), STR_ARG(lower_form(r, next))), complement);
        if (s) return s;
    }
    return knowledge_signature(r->know, "verb", lemma, complement);
}

static void headline_verbs(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    if (!s->headline || v->sure) return;
    str complement = tok(r, t)->upos == UPOS_VERB && tok(r, t)->morph.verbform == 1 ? STR("that") : complement_of(c, t);
    for (int32_t g = t - 1; g > s->first && t - g <= 3; g--) {
        if (tok(r, g)->upos == UPOS_VERB || tok(r, g)->upos == UPOS_PUNCT) return;
        const signature *found = misread_verb(c, g, complement);
        if (!found) continue;
        mover_add(v, cue_add_str(r, cue_kind(found->kind), g, g));
        verdict_set(v, found->positive, true, 25);
        return;
    }
}

verdict calculus_value(calculus *c, int32_t t) {
    verdict *v = &c->by_token[t];
    if (v->state == 2) return *v;
    if (v->state == 1) return (verdict){.value = FACT_CT_PLUS}; /* no tree has circles; be safe all the same */
    v->state = 1;
    verdict mine = {.state = 2};
    governed(c, t, &mine);
    headline_verbs(c, t, &mine);
    modify(c, t, &mine);
    mine.state = 2;
    *v = mine;
    return mine;
}
