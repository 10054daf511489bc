/* What stands on the predicate itself: negation, modals, hedging adverbs and adjectives, questions, imperatives, conditions, plans. */
#include "said/calculus.h"

void mover_add(verdict *v, int32_t mover) {
    if (mover < 0) return;
    for (int i = 0; i < v->mover_count; i++)
        if (v->mover[i] == mover) return;
    if (v->mover_count < MOST_MOVERS) v->mover[v->mover_count++] = mover;
}

void verdict_set(verdict *v, factuality value, bool sure, int rule) {
    v->value = value;
    v->sure = sure;
    v->rule = (uint8_t)rule;
}

bool is_event_noun(const calculus *c, int32_t t) {
    const token *k = tok(c->r, t);
    return k->upos == UPOS_NOUN && knowledge_event_noun(c->r->know, k->lemma);
}

/* "Two officials who asked not to be named | said Kenya had …", which trees make passive. */
bool says_itself(const reading *r, int32_t t) {
    return str_in(tok(r, t)->form, "said added claimed insisted warned announced") && tree_find(r->doc, t, DEP_AUX_PASS) < 0 && tree_find(r->doc, t, DEP_NSUBJ_PASS) >= 0 &&
           tree_find(r->doc, t, DEP_NSUBJ_PASS) < t && tree_find_base(r->doc, t, DEP_CCOMP) > t;
}

bool in_passive(const calculus *c, int32_t t) {
    const token *k = tok(c->r, t);
    if (k->upos != UPOS_VERB) return false;
    return tree_find(c->r->doc, t, DEP_AUX_PASS) >= 0 || (tree_find(c->r->doc, t, DEP_NSUBJ_PASS) >= 0 && !says_itself(c->r, t)) ||
           (k->morph.voice && !says_itself(c->r, t) && tree_find_base(c->r->doc, t, DEP_OBJ) < 0);
}

/* "may go and visit", "did not come and see": a bare second conjunct stands under the auxiliaries of the first. */
int32_t sharing_head(const calculus *c, int32_t t) {
    const reading *r = c->r;
    while (rel_base(r, t) == DEP_CONJ) {
        int32_t h = tok(r, t)->head;
        if (h < 0 || tok(r, h)->upos != tok(r, t)->upos || tok(r, t)->upos != UPOS_VERB) break;
        if (tree_find_base(r->doc, t, DEP_AUX) >= 0 || tree_find_base(r->doc, t, DEP_NSUBJ) >= 0 || tree_find(r->doc, t, DEP_COP) >= 0) break;
        if (tok(r, t)->morph.verbform == 1 && tok(r, h)->morph.verbform != 1) break;
        if (tok(r, t)->morph.verbform == 1 && tree_find_base(r->doc, h, DEP_AUX) >= 0) break;
        if (child_with(r, t, DEP_CC, "but") >= 0) break;
        if (tree_find_base(r->doc, h, DEP_AUX) < 0) break;
        t = h;
    }
    return t;
}

int32_t modal_of(const calculus *c, int32_t t, bool *with_have, bool *shared) {
    int32_t h = sharing_head(c, t), found = -1;
    *with_have = false;
    *shared = h != t;
    for (int32_t k = tree_child(c->r->doc, h); k >= 0; k = tree_next(c->r->doc, k)) {
        if (rel_base(c->r, k) != DEP_AUX) continue;
        str lemma = tok(c->r, k)->lemma;
        if (str_is(lemma, "have") && found >= 0) *with_have = true;
        else if (found < 0 && knowledge_modal(c->r->know, lemma, false)) found = k;
        else if (found < 0 && str_in(tok(c->r, k)->form, "'d ’d") && tok(c->r, h)->morph.verbform == 2) found = k;
    }
    return found;
}

/* ---- F1, F2: negation ---- */

static bool nominal_negates(const reading *r, int32_t n, int32_t *cue_token) {
    if (str_in(tok(r, n)->lemma, "nobody nothing none no-one") || (str_is(tok(r, n)->lemma, "neither") && tok(r, n)->upos != UPOS_CCONJ)) {
        *cue_token = n;
        return true;
    }
    for (int32_t k = tree_child(r->doc, n); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if ((b == DEP_DET || b == DEP_CC || b == DEP_ADVMOD) && str_in(tok(r, k)->lemma, "no neither") && k < n &&
            (is_negation_word(r, k) || str_is(tok(r, n)->lemma, "doubt"))) {
            *cue_token = k;
            return true;
        }
        if (b == DEP_ADVMOD && str_is(tok(r, k)->lemma, "not") && k < n && rel_base(r, n) == DEP_NSUBJ && is_negation_word(r, k)) {
            *cue_token = k;
            return true;
        }
    }
    return false;
}

/* "no longer" and "never again" negate; "no later than" does not. */
static int negation_on(const calculus *c, int32_t h, int32_t t, int32_t *mover) {
    const reading *r = c->r;
    for (int32_t k = tree_child(r->doc, h); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (h != t && k > t) break;
        if (b == DEP_ADVMOD || b == DEP_AUX || b == DEP_CC || b == DEP_DET || b == DEP_DISCOURSE || b == DEP_DEP) {
            str w = tok(r, k)->lemma;
            if (is_negation_word(r, k) && !str_in(w, "no without") ) {
                if (b == DEP_CC && !str_in(w, "nor neither")) continue;
                if (b == DEP_ADVMOD && k + 1 < (int32_t)r->doc->token_count && k > h && !str_in(w, "not n't n’t never nt")) continue;
                *mover = r->cue_at[k];
                return 1;
            }
            if (b == DEP_ADVMOD && (str_in(w, "long longer far more") || str_is(tok(r, k)->form, "longer")) ) {
                int32_t no = child_with(r, k, DEP_ADVMOD, "no");
                if (no < 0) no = child_with(r, k, DEP_DET, "no");
                if (no >= 0 && r->cue_at[no] >= 0 && str_in(tok(r, k)->form, "longer more")) {
                    *mover = r->cue_at[no];
                    return 1;
                }
            }
            const hedge *hd = b == DEP_ADVMOD ? knowledge_hedge(r->know, "adv", w) : NULL;
            if (hd && hd->value == FACT_PR_MINUS) {
                *mover = cue_add_str(c->r, hd->kind, k, k);
                return 2;
            }
        }
    }
    return 0;
}

static int negated_by_arguments(const calculus *c, int32_t t, int32_t *mover) {
    const reading *r = c->r;
    int32_t word;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (b != DEP_NSUBJ && b != DEP_OBJ && b != DEP_IOBJ && b != DEP_OBL) continue;
        if (b == DEP_OBL && has_child_lemma(r, k, DEP_CASE, "without with except besides")) continue;
        if (nominal_negates(r, k, &word)) {
            *mover = r->cue_at[word];
            return 1;
        }
        bool few = has_child_lemma(r, k, DEP_AMOD, "few little") || (token_lemma(r->doc, k, "few") && !str_in(tok(r, k)->form, "fewer Fewer"));
        if ((b == DEP_NSUBJ || b == DEP_OBJ) && few && child_with(r, k, DEP_DET, "a the") < 0) {
            *mover = cue_add(c->r, "hedge", k, k);
            return 2;
        }
    }
    return 0;
}

int negated(const calculus *c, int32_t t, int32_t *mover) {
    *mover = -1;
    int n = negation_on(c, t, t, mover);
    if (n) return n;
    int32_t h = sharing_head(c, t);
    if (h != t && (n = negation_on(c, h, t, mover))) return n;
    if ((n = negated_by_arguments(c, t, mover))) return n;
    int32_t no = tree_find(c->r->doc, t, DEP_COP) >= 0 && tok(c->r, t)->upos == UPOS_NOUN ? child_with(c->r, t, DEP_DET, "no") : -1;
    if (no >= 0 && is_negation_word(c->r, no)) return *mover = c->r->cue_at[no], 1; /* "is no victory" */
    if (h != t && tree_find_base(c->r->doc, h, DEP_NSUBJ) >= 0) { /* "Nobody came or spoke": the shared subject */
        int32_t subject = tree_find_base(c->r->doc, h, DEP_NSUBJ), word;
        if (nominal_negates(c->r, subject, &word)) return *mover = c->r->cue_at[word], 1;
    } else if (rel_base(c->r, t) == DEP_CONJ && tok(c->r, t)->upos == UPOS_VERB && tree_find_base(c->r->doc, t, DEP_NSUBJ) < 0) {
        int32_t first = tok(c->r, t)->head, word;
        int32_t subject = first >= 0 ? tree_find_base(c->r->doc, first, DEP_NSUBJ) : -1;
        if (subject >= 0 && !has_child_lemma(c->r, t, DEP_CC, "but") && nominal_negates(c->r, subject, &word))
            return *mover = c->r->cue_at[word], 1;
    }
    return 0;
}

/* ---- F3: modals ---- */

static bool has_condition(const reading *r, int32_t t) {
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        if (k > t && rel_base(r, k) == DEP_AUX && str_in(tok(r, k)->form, "had were")) return true; /* "would have paid had the bank …", hung on the verb */
        if ((rel_base(r, k) == DEP_ADVCL && has_child_lemma(r, k, DEP_MARK, "if unless provided")) || ((k < t || rel_base(r, k) == DEP_ADVCL) && tok(r, tok(r, k)->left)->upos == UPOS_AUX && str_in(tok(r, tok(r, k)->left)->form, "Were Had were had") && tree_child(r->doc, k) >= 0 &&
            (rel_base(r, k) == DEP_ADVCL || rel_base(r, k) == DEP_OBL || rel_base(r, k) == DEP_CCOMP))) return true; /* "were it not for the rain" */
    }
    return false;
}

static bool perception_verb(str lemma) { return str_in(lemma, "see hear feel smell sense tell imagine"); }

/* Somebody who would not do a deed, told of the past by the outlet itself. */
static bool refuses(calculus *c, int32_t t) {
    const reading *r = c->r;
    int32_t who = tree_find_base(r->doc, t, DEP_NSUBJ), m = who >= 0 ? tok(r, who)->mention : -1;
    if (m < 0 || has_condition(r, t) || r->region[t] >= 0 || (rel_base(r, t) != DEP_ROOT && rel_base(r, t) != DEP_CONJ)) return false;
    entity_type type = r->doc->mentions[m].type;
    bool someone = type == ENTITY_PERSON || type == ENTITY_COUNTRY || type == ENTITY_CITY || type == ENTITY_ORGANIZATION || type == ENTITY_GROUP || type == ENTITY_PARTY;
    return someone && tok(r, t)->upos == UPOS_VERB && tree_find_base(r->doc, t, DEP_OBJ) >= 0;
}

static bool apply_modal(calculus *c, int32_t t, int negative, verdict *v) {
    reading *r = c->r;
    bool have, shared;
    int32_t aux = modal_of(c, t, &have, &shared);
    if (aux < 0) return false;
    str lemma = tok(r, aux)->lemma;
    if (str_in(lemma, "'d ’d")) lemma = STR("would");
    if (str_in(lemma, "can ca") && !negative && perception_verb(tok(r, t)->lemma)) return false;
    const modal *m = knowledge_modal(r->know, lemma, false);
    const modal *with_have = have ? knowledge_modal(r->know, lemma, true) : NULL;
    if (with_have && !(str_is(lemma, "would") && !has_condition(r, t) && !has_condition(r, sharing_head(c, t)))) m = with_have;
    if (!m) return false;
    mover_add(v, cue_add_str(r, m->kind, aux, aux));
    factuality own = negative ? m->negative : m->positive;
    if (negative && str_is(lemma, "would") && refuses(c, t)) own = FACT_PR_MINUS; /* "would not receive the envoy": did not want to, and did not */
    if (own == FACT_UU || fact_degree(own) < 3 || fact_sign(own) < 0) verdict_set(v, fact_under(v->value, own), true, 3);
    return true;
}

/* ---- F4: hedging adverbs, parentheticals; F5: adjectives on event nouns ---- */

static void apply_adverbs(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (b == DEP_ADVMOD) {
            const hedge *h = knowledge_hedge(r->know, "adv", tok(r, k)->lemma);
            if (!h || h->value == FACT_PR_MINUS) continue; /* F2 saw it */
            if (str_is(h->kind, "plan")) continue; /* F9 looks at the tense first */
            mover_add(v, cue_add_str(r, h->kind, k, k));
            if (h->value != FACT_CT_PLUS) verdict_set(v, fact_under(v->value, h->value), true, 4);
        } else if (b == DEP_PARATAXIS && tree_find_base(r->doc, k, DEP_CCOMP) < 0 &&
                   str_in(tok(r, k)->lemma, "seem appear think believe guess suppose presume") &&
                   tok(r, k)->right - tok(r, k)->left < 5) {
            mover_add(v, cue_add(r, "hedge", k, k));
            verdict_set(v, fact_under(v->value, FACT_PR_PLUS), true, 4);
        }
    }
}

static void apply_adjectives(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    int32_t word;
    if (tok(r, t)->upos != UPOS_NOUN && tok(r, t)->upos != UPOS_PROPN) return;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        bool planned = tok(r, k)->deprel == DEP_ACL && k > t && tok(r, k)->upos == UPOS_VERB && tok(r, k)->morph.verbform == 3 && str_in(tok(r, k)->lemma, "plan schedule propose"); /* "a visit planned for May" */
        if (b != DEP_AMOD && b != DEP_COMPOUND && !planned) continue;
        const hedge *h = knowledge_hedge(r->know, "adj", tok(r, k)->lemma);
        if (!h) h = knowledge_hedge(r->know, "adj", lower_form(r, k));
        if (!h) continue;
        mover_add(v, cue_add_str(r, h->kind, k, k));
        if (h->value == FACT_UU && v->sure && fact_sign(v->value) < 0) continue; /* "the planned visit was called off" */
        verdict_set(v, fact_under(v->value, h->value), true, 5);
    }
    int32_t g = tok(r, t)->head;
    bool have, shared;
    if (tree_find(r->doc, t, DEP_COP) >= 0 || !nominal_negates(r, t, &word)) return;
    if (g >= 0 && tok(r, g)->upos == UPOS_VERB && modal_of(c, g, &have, &shared) >= 0) return; /* "no talks will be held": open already */
    mover_add(v, r->cue_at[word]); /* its verb is negated by it, too: not twice */
    verdict_set(v, FACT_CT_MINUS, true, 1);
}

/* ---- F6: questions; F7: imperatives; F8: conditions; F9: plans ---- */

static bool asks_for_part(const reading *r, int32_t t) {
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        if (k > t) break;
        if (str_in(tok(r, k)->lemma, "why how when where who what which whom whose")) return true;
        if (tree_find(r->doc, k, DEP_DET) >= 0 && str_in(tok(r, tree_find(r->doc, k, DEP_DET))->lemma, "what which")) return true;
    }
    return str_in(tok(r, t)->lemma, "why how who what where when");
}

static void apply_question(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    deprel b = rel_base(r, t);
    if (b != DEP_ROOT && b != DEP_CONJ && b != DEP_CCOMP && b != DEP_PARATAXIS) return;
    int32_t mark = -1;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k))
        if (rel_base(r, k) == DEP_PUNCT && str_in(tok(r, k)->form, "? ?! !? ?? ???")) mark = k;
    if (mark < 0 && b == DEP_ROOT) {
        int32_t last = sentence_last_mark(r->doc, tok(r, t)->sentence);
        if (last >= 0 && str_in(tok(r, last)->form, "? ?! !? ?? ???")) mark = last;
    }
    if (mark < 0 || asks_for_part(r, t)) return;
    mover_add(v, cue_add(r, "question", mark, mark));
    verdict_set(v, FACT_UU, true, 6);
}

static void apply_imperative(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
    if (tok(r, t)->upos != UPOS_VERB || tok(r, t)->morph.mood != 2 || (s->headline && t != s->first)) return;
    int32_t subject = tree_find_base(r->doc, t, DEP_NSUBJ);
    if (subject >= 0 && subject < t && !token_lemma(r->doc, subject, "you")) return; /* "the court let her go" */
    mover_add(v, cue_add(r, "imperative", t, t));
    verdict_set(v, FACT_UU, true, 7);
}

static void apply_condition(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        if (rel_base(r, k) != DEP_ADVCL) continue;
        int32_t mark = child_with(r, k, DEP_MARK, "if unless provided");
        if (mark < 0 || (mark > 0 && str_in(tok(r, mark - 1)->lemma, "even as"))) continue;
        bool have, shared;
        int32_t aux = modal_of(c, t, &have, &shared);
        if (aux < 0 && tok(r, t)->morph.tense == 1 && k > t) continue; /* "said he would, if …" read one step too high */
        mover_add(v, cue_add(r, "condition", mark, mark));
        bool past = aux >= 0 && have && child_with(r, k, DEP_AUX, "have") >= 0;
        if (past && fact_sign(v->value) > 0) verdict_set(v, FACT_CT_MINUS, true, 8); /* "could have left if …  had …" */
        else if (!(have && fact_sign(v->value) < 0)) verdict_set(v, FACT_UU, true, 8);
    }
}

static bool has_future_time(const reading *r, int32_t t) {
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        deprel b = rel_base(r, k);
        if (b != DEP_OBL && b != DEP_ADVMOD) continue;
        if (str_in(tok(r, k)->lemma, "tomorrow tonight soon shortly")) return true;
        if (b == DEP_OBL && has_child_lemma(r, k, DEP_AMOD, "next come upcoming") && has_child_lemma(r, k, DEP_CASE, "on in at by") == false) return true;
    }
    return false;
}

static void apply_plan(calculus *c, int32_t t, verdict *v) {
    reading *r = c->r;
    const token *k = tok(r, t);
    if (k->upos != UPOS_VERB) return;
    bool root = rel_base(r, t) == DEP_ROOT || rel_base(r, t) == DEP_CONJ;
    int32_t to = child_with(r, t, DEP_MARK, "to");
    if (root && rel_base(r, t) == DEP_ROOT && to >= 0 && k->morph.verbform == 2) { /* headline: "Minister to visit Rome" */
        mover_add(v, cue_add(r, "plan", to, to));
        verdict_set(v, FACT_UU, true, 9);
        return;
    }
    int32_t g = k->head;
    if (r->doc->sentences[k->sentence].headline && to >= 0 && k->morph.verbform == 2 && !v->sure && g >= 0 && g < t && tok(r, g)->head < 0 && tree_find(r->doc, g, DEP_COP) < 0 &&
        (tok(r, g)->upos == UPOS_NOUN || tok(r, g)->upos == UPOS_PROPN)) { /* the same, hung on the minister */
        mover_add(v, cue_add(r, "plan", to, to));
        verdict_set(v, FACT_UU, true, 9);
        return;
    }
    int32_t was = child_with(r, t, DEP_AUX, "be"), having = child_with(r, t, DEP_AUX, "have");
    if (to >= 0 && was >= 0 && was < to && having > to && tok(r, was)->morph.tense == 1) { /* "were to have met": and did not */
        mover_add(v, cue_add(r, "plan", to, to));
        verdict_set(v, FACT_CT_MINUS, true, 9);
        return;
    }
    int32_t due = child_with(r, t, DEP_MARK, "due"); /* "is due to visit", read like "owing to" */
    if (due >= 0 && due + 1 < (int32_t)r->doc->token_count && token_lemma(r->doc, due + 1, "to") && (child_with(r, t, DEP_COP, "be") >= 0 || child_with(r, t, DEP_AUX, "be") >= 0)) {
        mover_add(v, cue_add(r, "plan", due, due));
        verdict_set(v, FACT_UU, true, 9);
        return;
    }
    bool present = k->morph.tense == 2 && (k->morph.verbform == 1 || k->morph.verbform == 3);
    if (root && present && has_future_time(r, t)) {
        mover_add(v, cue_add(r, "plan", t, t));
        verdict_set(v, FACT_UU, true, 9);
    }
}

void modify(calculus *c, int32_t t, verdict *v) {
    int32_t mover;
    int negative = negated(c, t, &mover);
    if (negative) mover_add(v, mover);
    bool modal_spoke = apply_modal(c, t, negative == 1, v);
    if (negative && !(modal_spoke && negative == 1)) verdict_set(v, fact_under(v->value, negative == 1 ? FACT_CT_MINUS : FACT_PR_MINUS), true, negative == 1 ? 1 : 2);
    apply_adverbs(c, t, v);
    apply_adjectives(c, t, v);
    apply_question(c, t, v);
    apply_imperative(c, t, v);
    apply_condition(c, t, v);
    apply_plan(c, t, v);
}
