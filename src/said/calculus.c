/* What governs a predicate: complements by the governor's signature, clauses by their conjunction, event nouns by their place. */
#include "said/calculus.h"

/* ---- F11: complements of predicates ---- */

static bool speaker_known(const calculus *c, int32_t g) {
    return !in_passive(c, g) || tree_find(c->r->doc, g, DEP_OBL_AGENT) >= 0 ||
           (child_with(c->r, g, DEP_NSUBJ, NULL) < 0 && tree_find_base(c->r->doc, g, DEP_EXPL) < 0);
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

/* "Could become the first leader to visit", "was able to leave": of a predicate with a rank; of what one was able to do, and did. */
static bool achieved(calculus *c, int32_t t, int32_t g, verdict *v) {
    reading *r = c->r;
    verdict above = calculus_value(c, g);
    for (int32_t n = tree_child(r->doc, g); n >= 0 && n < t; n = tree_next(r->doc, n)) {
        if (n < g || tok(r, n)->upos != UPOS_NOUN || !(rel_base(r, n) == DEP_XCOMP || rel_base(r, n) == DEP_OBJ) || !str_in(tok(r, g)->lemma, "become be remain make") || !ranked(r, n, t)) continue;
        inherit(v, &above);
        verdict_set(v, fact_sign(above.value) < 0 ? FACT_CT_PLUS : above.value, true, 18);
        return true;
    }
    int32_t be = str_is(tok(r, g)->lemma, "able") ? tree_find(r->doc, g, DEP_COP) : -1;
    if (be < 0 || tok(r, be)->morph.tense != 1 || above.value != FACT_CT_PLUS) return false;
    mover_add(v, cue_add(r, "implicative", g, g));
    verdict_set(v, FACT_CT_PLUS, true, 10);
    return true;
}

void of_complement(calculus *c, int32_t t, int32_t g, verdict *v) {
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
        if (achieved(c, t, g, v)) return;
        if (yet_to(r, g)) { /* F13: "has yet to" */
            word = child_with(r, g, DEP_ADVMOD, "yet");
            mover_add(v, cue_add(r, "not yet", word, word));
            verdict_set(v, FACT_CT_MINUS, true, 13);
            return;
        }
        if (token_lemma(r->doc, g, "nowhere")) { /* "is nowhere to be seen" */
            mover_add(v, cue_add(r, "negation", g, g));
            verdict_set(v, fact_under(calculus_value(c, g).value, FACT_CT_MINUS), true, 13);
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
    bool told = rel_base(r, g) == DEP_ROOT || rel_base(r, g) == DEP_CONJ || tok(r, g)->deprel == DEP_ACL_RELCL;
    if (str_is(complement, "to") && str_is(tok(r, g)->lemma, "have") && tok(r, g)->morph.tense == 1 && told && fact_sign(calculus_value(c, g).value) > 0)
        verdict_set(v, FACT_PR_PLUS, true, 10); /* who "had to leave" did, as a rule */
    if (str_is(complement, "that") && str_is(tok(r, g)->lemma, "wish") && child_with(r, t, DEP_AUX, "have") >= 0) { /* F8: "wishes he had stayed" */
        verdict_set(v, negated(c, t, &word) ? FACT_CT_PLUS : FACT_CT_MINUS, true, 8);
        return;
    }
    const signature *hearsay = knowledge_signature(r->know, "verb", tok(r, g)->lemma, STR("passive to"));
    if (str_is(complement, "that") && (opens_voice(s->kind) || (hearsay && str_is(hearsay->kind, "hedge"))) && !speaker_known(c, g)) { /* F14: "it is said that" */
        verdict_set(v, by_signature(hearsay ? hearsay : s, calculus_value(c, g).value), true, 14);
    }
    /* F14: "were expected to arrive" looks ahead, "are believed to have arrived" does not. */
    if (str_is(complement, "to") && str_is(s->kind, "hedge") && tree_find_base(r->doc, t, DEP_AUX) < 0 && tree_find(r->doc, t, DEP_COP) < 0 &&
        str_in(tok(r, g)->lemma, "expect plan schedule set suppose"))
        verdict_set(v, FACT_UU, true, 9);
}

/* ---- F15: adverbial clauses ---- */

/* "As long as the rebels stay away", "in case they attack". */
static bool conditional_phrase(const reading *r, int32_t g, int32_t mark) {
    if (mark < 0) return false;
    if (str_is(tok(r, mark)->lemma, "as") && g > 0 && g == mark - 1 && str_is(tok(r, g)->lemma, "long") && str_in(tok(r, g - 1)->lemma, "as so")) return true;
    return str_is(tok(r, mark)->lemma, "in") && mark + 1 < (int32_t)r->doc->token_count && str_is(tok(r, mark + 1)->form, "case") && rel_base(r, mark + 1) == DEP_FIXED;
}

/* "It is seen as unusual for an envoy not to meet the leader": the adjective before the infinitive, under a verb of judging; -1. What is held unusual, or customary, is
 * a rule and no record. */
static int32_t judged_adjective(const reading *r, int32_t t, int32_t g) {
    if (!str_in(tok(r, g)->lemma, "see consider deem regard view think find judge hold call make")) return -1;
    for (int32_t k = tree_child(r->doc, g); k >= 0 && k < t; k = tree_next(r->doc, k))
        if (k > g && tok(r, k)->upos == UPOS_ADJ && (rel_base(r, k) == DEP_XCOMP || rel_base(r, k) == DEP_OBL || rel_base(r, k) == DEP_ADVCL)) return k;
    return -1;
}

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
    int32_t behind = g + 1 < t && tok(r, g + 1)->deprel == DEP_COMPOUND_PRT ? g + 2 : g + 1;
    bool next = str_is(complement, "ing") && tok(r, t)->left == behind; /* "denied attacking", read as "…, attacking" */
    const signature *s = str_ends(complement, "+ing") || next ? signature_for(c, g, complement) : NULL;
    if (s) set_by_signature(c, g, s, v);
    else if (str_in(m, "if unless whether provided lest") || conditional_phrase(r, g, mark)) {
        bool have, shared;
        int32_t modal_above = modal_of(c, g, &have, &shared);
        bool contrary = modal_above >= 0 && have && child_with(r, t, DEP_AUX, "have") >= 0;
        mover_add(v, cue_add(r, "condition", mark, mark));
        verdict_set(v, contrary ? FACT_CT_MINUS : FACT_UU, true, 8);
    } else if (str_is(m, "without")) {
        mover_add(v, r->cue_at[mark] >= 0 ? r->cue_at[mark] : cue_add(r, "negation", mark, mark));
        verdict_set(v, fact_sign(above.value) > 0 ? fact_under(above.value, FACT_CT_MINUS) : FACT_CT_MINUS, true, 15); /* "apparently left without meeting him" */
    } else if (str_is(m, "instead") || (str_is(m, "from") && mark > 0 && str_is(tok(r, mark - 1)->lemma, "far")) || (str_is(m, "than") && mark > 0 && str_in(tok(r, mark - 1)->lemma, "rather sooner")) || has_child_lemma(r, t, DEP_MARK, "instead rather") || has_child_lemma(r, t, DEP_CASE, "instead")) {
        mover_add(v, cue_add(r, "contrast", mark, mark));
        verdict_set(v, FACT_CT_MINUS, true, 15);
    } else if (str_is(m, "to")) {
        factuality f;
        int32_t word = judged_adjective(r, t, g);
        if (word >= 0) {
            mover_add(v, cue_add(r, "plan", word, word));
            verdict_set(v, FACT_UU, true, 10);
            return;
        }
        if (achieved(c, t, g, v)) return;
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

/* ---- who governs t, and by which rule ---- */

static void governed(calculus *c, int32_t t, verdict *v);

static void of_conjunct(calculus *c, int32_t t, int32_t first, verdict *v) {
    int32_t rather = child_with(c->r, t, DEP_CC, "rather instead");
    if (rather >= 0 && rather + 1 < t && str_in(tok(c->r, rather + 1)->lemma, "than of")) { /* F15: coordination to the treebanks */
        mover_add(v, cue_add(c->r, "contrast", rather, rather + 1));
        verdict_set(v, FACT_CT_MINUS, true, 15);
        return;
    }
    governed(c, first, v); /* F22: a conjunct stands where the first one stands (without what modifies the first alone) */
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

/* "Had the courier arrived", "should the rebels attack" before or behind what follows from it; the auxiliary that opens it, -1. */
static int32_t inverted_condition(reading *r, int32_t t) {
    int32_t g = tok(r, t)->head, opens = g >= 0 && g < t && tok(r, g)->upos == UPOS_AUX ? g : tok(r, t)->left;
    if (g < 0 || opens >= t || !str_in(lower_form(r, opens), "had should were") || tok(r, opens)->upos != UPOS_AUX) return -1;
    int32_t subject = tree_find_base(r->doc, t, DEP_NSUBJ);
    if (subject < opens || subject > t || tok(r, subject)->left != opens + 1) return -1;
    int32_t before = opens - 1, last = sentence_last_mark(r->doc, tok(r, t)->sentence);
    bool starts = opens == r->doc->sentences[tok(r, t)->sentence].first || (tok(r, before)->upos == UPOS_PUNCT && !str_in(tok(r, before)->form, "“ \" ``"));
    return starts && !(last >= 0 && str_in(tok(r, last)->form, "? ?! !?")) ? opens : -1;
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
    int32_t inverted = inverted_condition(r, t);
    if (inverted >= 0) { /* F8 */
        int32_t main = tok(r, g)->upos == UPOS_AUX ? tok(r, g)->head : g;
        bool have = false, shared;
        bool contrary = main >= 0 && str_is(lower_form(r, inverted), "had") && modal_of(c, main, &have, &shared) >= 0;
        mover_add(v, cue_add(r, "condition", inverted, inverted));
        verdict_set(v, contrary ? FACT_CT_MINUS : FACT_UU, true, 8);
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
        if (called_false(c, t, g, v)) break;
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
