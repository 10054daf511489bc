/* The predicates layer: every verb, event noun and predicative adjective with its value, its cues and the voice that gives it. */
#include "said/calculus.h"

static bool predicative(const reading *r, int32_t t) {
    const token *k = tok(r, t);
    deprel b = rel_base(r, t);
    if (k->upos == UPOS_VERB) return true;
    if (k->upos == UPOS_AUX) return b != DEP_AUX && b != DEP_COP;
    if (k->upos == UPOS_ADJ)
        return tree_find(r->doc, t, DEP_COP) >= 0 || b == DEP_XCOMP || b == DEP_CCOMP || b == DEP_ROOT || b == DEP_ADVCL ||
               b == DEP_ACL || b == DEP_PARATAXIS || tree_find_base(r->doc, t, DEP_NSUBJ) >= 0;
    if (k->upos == UPOS_NOUN)
        return knowledge_event_noun(r->know, k->lemma) || knowledge_reporting(r->know, "noun", k->lemma) || tree_find(r->doc, t, DEP_COP) >= 0;
    return tree_find(r->doc, t, DEP_COP) >= 0;
}

static const float SCORES[] = {0, 3, 2, 1, -3, -2, -1};

static void predicate_push(calculus *c, int32_t t) {
    document *doc = c->r->doc;
    verdict v = calculus_value(c, t);
    predicate p = {.token = t, .factuality = v.value, .quotation = -1, .score = SCORES[v.value]};
    p.cue = arena_array(&doc->home, int32_t, v.mover_count + 1);
    for (int i = 0; i < v.mover_count; i++) p.cue[p.cue_count++] = v.mover[i];
    arena_push(&doc->home, doc->predicates, doc->predicate_count, doc->predicate_capacity, p);
    doc->tokens[t].predicate = (int32_t)doc->predicate_count - 1;
}

void factuality_read(reading *r) {
    calculus c = {r, arena_array(&r->doc->home, verdict, r->doc->token_count + 1)};
    for (int32_t t = 0; t < (int32_t)r->doc->token_count; t++)
        if (predicative(r, t)) predicate_push(&c, t);
}
