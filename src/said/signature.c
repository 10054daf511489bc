/* What kind of complement a predicate is, and what its governor's signature (lexicon/signatures.tsv) makes of it. */
#include "said/calculus.h"

/* ---- what kind of complement t is ---- */

bool opens_voice(str kind) { return str_in(kind, "speech belief denial doubt expectation fear knowledge pretence hedge"); }

bool embedded_question(const reading *r, int32_t t) {
    for (int32_t k = tree_child(r->doc, t); k >= 0 && k < t; k = tree_next(r->doc, k)) {
        if (rel_base(r, k) == DEP_PUNCT || rel_base(r, k) == DEP_MARK) continue;
        return str_in(tok(r, k)->lemma, "why how when where who what which whom whose") ||
               (tree_child(r->doc, k) >= 0 && str_in(tok(r, tree_child(r->doc, k))->lemma, "what which whose how"));
    }
    return false;
}

bool out_of(const reading *r, int32_t of) { return of > 0 && str_is(tok(r, of)->lemma, "of") && str_is(tok(r, of - 1)->form, "out"); }

/* The "to" of an infinitive, also where it was read as a preposition. */
int32_t infinitive_mark(const reading *r, int32_t t) {
    int32_t to = child_with(r, t, DEP_MARK, "to");
    return to < 0 && tok(r, t)->upos == UPOS_VERB && tok(r, t)->morph.verbform == 2 ? child_with(r, t, DEP_CASE, "to") : to;
}

/* "that", "to", "ing", "from+ing" … or "" where the tree shows none. */
str complement_of(const calculus *c, int32_t t) {
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

const signature *signature_for(const calculus *c, int32_t g, str complement) {
    reading *r = c->r;
    const char *pos = part_of_speech(r, g);
    if (str_is(str_of(pos), "verb")) {
        bool passive = in_passive(c, g);
        if (passive && str_is(complement, "to")) {
            const signature *s = knowledge_signature(r->know, pos, tok(r, g)->lemma, STR("passive to"));
            if (s) return s;
        }
        if (str_is(complement, "to") && !passive && tree_find_base(r->doc, g, DEP_OBJ) < 0) { /* "chose | to stay", not "chose him to go" */
            const signature *own = knowledge_signature(r->know, pos, tok(r, g)->lemma, STR("own to"));
            if (own) return own;
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
factuality by_signature(const signature *s, factuality governor) {
    bool factive = s->positive == s->negative && fact_degree(s->positive) == 3;
    if (opens_voice(s->kind)) return fact_sign(governor) < 0 ? s->negative : s->positive;
    if (factive) return s->positive;
    if (fact_sign(governor) == 0) return FACT_UU;
    factuality f = fact_sign(governor) > 0 ? s->positive : s->negative;
    int degree = fact_degree(f) < fact_degree(governor) ? fact_degree(f) : fact_degree(governor);
    return fact_make(fact_sign(f), degree);
}

void inherit(verdict *v, const verdict *from) {
    for (int i = 0; i < from->mover_count; i++) mover_add(v, from->mover[i]);
}

/* The cue's kind in the output, by the kind of signature. */
str cue_kind(str kind) {
    if (str_in(kind, "speech")) return STR("report");
    if (str_in(kind, "evidential probability possibility")) return STR("hedge");
    return kind;
}

void set_by_signature(calculus *c, int32_t g, const signature *s, verdict *v) {
    verdict above = calculus_value(c, g);
    if (opens_voice(s->kind)) {
        if (fact_sign(above.value) < 0) inherit(v, &above);
    } else inherit(v, &above);
    mover_add(v, cue_add_str(c->r, cue_kind(s->kind), g, g));
    factuality f = by_signature(s, above.value);
    if (above.value == FACT_UU && fact_sign(f) > 0 && str_in(tok(c->r, g)->lemma, "welcome appreciate like love prefer") && !opens_voice(s->kind)) f = FACT_UU; /* "would welcome talks" */
    bool unnamed = in_passive(c, g) && tree_find(c->r->doc, g, DEP_OBL_AGENT) < 0 && str_in(tok(c->r, g)->lemma, "accuse charge suspect");
    verdict_set(v, unnamed && fact_sign(f) > 0 ? FACT_PS_PLUS : f, true, 10); /* "is accused of killing": nobody vouches for it */
}
