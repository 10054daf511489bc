/* What nouns do: clauses that hang on them (F18), event nouns by their place (F19 … F21). */
#include "said/calculus.h"
#include "said/stage.h"

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

/* "Were denied permission to leave". */
static bool withheld(calculus *c, int32_t noun, verdict *v) {
    const reading *r = c->r;
    int32_t g = tok(r, noun)->head;
    if (g < 0 || rel_base(r, noun) != DEP_OBJ || !str_in(tok(r, g)->lemma, "deny refuse lack") || tok(r, g)->upos != UPOS_VERB ||
        !str_in(tok(r, noun)->lemma, "permission right chance opportunity access leave authority permit visa")) return false;
    verdict above = calculus_value(c, g);
    inherit(v, &above);
    mover_add(v, cue_add(c->r, "inability", g, g));
    verdict_set(v, fact_sign(above.value) > 0 ? fact_under(above.value, FACT_CT_MINUS) : FACT_UU, true, 18);
    return true;
}

static const char *const wrong = "false untrue wrong baseless unfounded groundless lie fabrication invention nonsense incorrect", *const right = "true correct accurate";

/* "Reports that he had fled were false", where the tree takes the first word for a verb. */
bool called_false(calculus *c, int32_t t, int32_t g, verdict *v) {
    const reading *r = c->r;
    if (g != r->doc->sentences[tok(r, g)->sentence].first || !str_ends(tok(r, g)->form, "s") || tree_find_base(r->doc, g, DEP_NSUBJ) >= 0 || !has_child_lemma(r, t, DEP_MARK, "that")) return false;
    for (int32_t k = t + 1; k <= tok(r, g)->right; k++) {
        if ((tok(r, k)->head != g && tok(r, k)->head != t) || tree_find(r->doc, k, DEP_COP) < 0 || !(str_in(tok(r, k)->lemma, wrong) || str_in(tok(r, k)->lemma, right))) continue;
        int32_t mover;
        bool no = negated(c, k, &mover) == 1;
        mover_add(v, cue_add(c->r, "denial", k, k));
        verdict_set(v, str_in(tok(r, k)->lemma, wrong) != no ? FACT_CT_MINUS : FACT_CT_PLUS, true, 18);
        return true;
    }
    return false;
}

/* "Reports that he had fled were false", "took the chance to leave": what the clause above makes of the noun's. */
static bool settled_above(calculus *c, int32_t noun, bool content_clause, str complement, verdict *v) {
    const reading *r = c->r;
    int32_t g = tok(r, noun)->head;
    if (g < 0) return false;
    if (content_clause && rel_base(r, noun) == DEP_NSUBJ && tree_find(r->doc, g, DEP_COP) >= 0) {
        factuality above = calculus_value(c, g).value;
        bool is_wrong = str_in(tok(r, g)->lemma, wrong);
        if (!is_wrong && !str_in(tok(r, g)->lemma, right)) return false;
        mover_add(v, cue_add(c->r, "denial", g, g));
        verdict_set(v, fact_under(above, is_wrong ? FACT_CT_MINUS : FACT_CT_PLUS), true, 18);
        return true;
    }
    int32_t word = content_clause && tok(r, g)->upos == UPOS_VERB && rel_base(r, noun) == DEP_OBJ ? calls_false(r, g) : -1;
    if (word >= 0) { /* "called reports that he had fled a lie" */
        verdict above = calculus_value(c, g);
        if (fact_sign(above.value) <= 0) return false;
        mover_add(v, cue_add(c->r, "denial", word, word));
        verdict_set(v, fact_under(above.value, FACT_CT_MINUS), true, 18);
        return true;
    }
    if (!str_is(complement, "to") || rel_base(r, noun) != DEP_OBJ || !str_in(tok(r, g)->lemma, "take seize grab") || !str_in(tok(r, noun)->lemma, "chance opportunity occasion trouble")) return false;
    verdict above = calculus_value(c, g);
    inherit(v, &above);
    verdict_set(v, above.value, true, 18);
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

/* "the first minister to resign", "the only bank to refuse", "the youngest deputy ever to speak": a rank among those who did. */
bool ranked(reading *r, int32_t noun, int32_t t) {
    for (int32_t k = tree_child(r->doc, noun); k >= 0 && k < t; k = tree_next(r->doc, k)) {
        if (rel_base(r, k) != DEP_AMOD && rel_base(r, k) != DEP_NUMMOD && rel_base(r, k) != DEP_ADVMOD) continue;
        str w = tok(r, k)->lemma;
        if (str_in(w, "first second third fourth fifth sixth seventh eighth ninth tenth last only latest sole")) return true;
        if (tok(r, k)->morph.degree == 3 || str_ends(lower_form(r, k), "est") || str_in(w, "most least")) return has_child_lemma(r, t, DEP_ADVMOD, "ever yet") || tok(r, k)->upos == UPOS_ADJ;
    }
    return false;
}

static bool anybody(const reading *r, int32_t noun) {
    return str_in(tok(r, noun)->lemma, "anyone anybody whoever anything whatever everyone everybody") || has_child_lemma(r, noun, DEP_DET, "any every whatever whichever");
}

void of_noun(calculus *c, int32_t t, int32_t noun, verdict *v) {
    reading *r = c->r;
    int32_t teller = tok(r, noun)->head; /* "told reporters that …", hung on the reporters */
    if (teller >= 0 && (rel_base(r, noun) == DEP_OBJ || rel_base(r, noun) == DEP_IOBJ) && has_child_lemma(r, t, DEP_MARK, "that") &&
        str_in(tok(r, teller)->lemma, "tell inform notify assure warn remind advise convince persuade brief alert")) {
        of_complement(c, t, teller, v);
        return;
    }
    bool content_clause = reads_as_content(c, t, noun);
    if (tok(r, t)->deprel == DEP_ACL_RELCL && !content_clause) {
        bool occasion = str_in(tok(r, noun)->lemma, "time occasion") && ranked(r, noun, t); /* "it would be the first time they met" */
        verdict above = occasion || anybody(r, noun) ? noun_value(c, noun) : (verdict){.value = FACT_CT_PLUS};
        int32_t verb_above = tok(r, noun)->head;
        if (anybody(r, noun) && verb_above >= 0 && tok(r, verb_above)->upos == UPOS_VERB) above = calculus_value(c, verb_above);
        if (fact_sign(above.value) == 0) { /* "anyone who enters will be shot": nobody need have */
            inherit(v, &above);
            verdict_set(v, FACT_UU, true, 18);
            return;
        }
        verdict_set(v, FACT_CT_PLUS, false, 18);
        return;
    }
    str complement = content_clause ? STR("that") : complement_of(c, t);
    if (str_is(complement, "to") && ranked(r, noun, t)) { /* who is not the first was not alone */
        verdict above = noun_value(c, noun);
        int32_t be = tok(r, noun)->head;
        if (rel_base(r, noun) == DEP_XCOMP && be >= 0) above = calculus_value(c, be);
        inherit(v, &above);
        verdict_set(v, fact_sign(above.value) < 0 ? FACT_CT_PLUS : above.value, true, 18);
        return;
    }
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
    if (str_is(complement, "to") && withheld(c, noun, v)) return;
    if (settled_above(c, noun, content_clause, complement, v)) return;
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

void event_object(calculus *c, int32_t t, int32_t g, verdict *v) {
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

void event_subject(calculus *c, int32_t t, int32_t g, verdict *v) {
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

void event_oblique(calculus *c, int32_t t, int32_t g, verdict *v) {
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

void event_at_noun(calculus *c, int32_t t, int32_t noun, verdict *v) {
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
