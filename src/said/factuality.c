/* The predicates layer: every verb, event noun and predicative adjective with its value, its cues and the voice that gives it. */
#include "said/readers.h"

/* "the stolen car", "rising prices": adjectives to the treebanks, verbs to readers. */
static bool participle(const token *k) {
    if (k->upos != UPOS_ADJ || k->form.len < 5) return false;
    str end = str_sub(k->form, k->form.len - 2, k->form.len), end3 = str_sub(k->form, k->form.len - 3, k->form.len);
    return str_is(end, "ed") || str_is(end3, "ing");
}

static bool predicative(const calculus *c, int32_t t) {
    const reading *r = c->r;
    const token *k = tok(r, t);
    deprel b = rel_base(r, t);
    if (k->upos == UPOS_VERB || participle(k)) return true;
    if (k->upos == UPOS_AUX) return b != DEP_AUX && b != DEP_COP;
    if (k->upos == UPOS_ADJ)
        return tree_find(r->doc, t, DEP_COP) >= 0 || b == DEP_XCOMP || b == DEP_CCOMP || b == DEP_ROOT || b == DEP_ADVCL ||
               b == DEP_ACL || b == DEP_PARATAXIS || tree_find_base(r->doc, t, DEP_NSUBJ) >= 0;
    if (k->upos == UPOS_NOUN && (b == DEP_CCOMP || b == DEP_XCOMP || b == DEP_ADVCL || b == DEP_ROOT || (b == DEP_CONJ && tok(r, k->head)->upos == UPOS_VERB))) return true;
    if (k->upos == UPOS_NOUN)
        return knowledge_event_noun(r->know, k->lemma) || (b == DEP_OBL && signature_of_gerund(c, t, k->head)) || knowledge_reporting(r->know, "noun", k->lemma) || tree_find(r->doc, t, DEP_COP) >= 0;
    return tree_find(r->doc, t, DEP_COP) >= 0 || (k->upos == UPOS_PROPN && (b == DEP_ROOT || b == DEP_XCOMP || b == DEP_CCOMP));
}

static const float SCORES[] = {0, 3, 2, 1, -3, -2, -1};

static void predicate_push(calculus *c, int32_t t, int32_t voice, const linear *readers) {
    document *doc = c->r->doc;
    verdict v = calculus_value(c, t);
    predicate p = {.token = t, .factuality = v.value, .judged = v.value, .quotation = voice, .score = SCORES[v.value]};
    bool verb = tok(c->r, t)->upos == UPOS_VERB || tok(c->r, t)->upos == UPOS_AUX || participle(tok(c->r, t)); /* the readers were asked of verbs */
    if (readers->weights && verb) {
        feature_list f;
        readers_features(c, t, &f);
        p.score = linear_score(readers, &f);
        p.factuality = readers_settle(&v, p.score);
        p.judged = readers_judge(&v, p.score, speaks_to_reader(c->r, t));
    }
    p.cue = arena_array(&doc->home, int32_t, v.mover_count + 1);
    for (int i = 0; i < v.mover_count; i++) p.cue[p.cue_count++] = v.mover[i];
    arena_push(&doc->home, doc->predicates, doc->predicate_count, doc->predicate_capacity, p);
    doc->tokens[t].predicate = (int32_t)doc->predicate_count - 1;
}

/* The smallest quotation with a voice whose content holds t but whose cue is not t. */
static void voices_by_token(const document *doc, int32_t *voice) {
    int32_t *size = voice + doc->token_count;
    for (size_t t = 0; t < doc->token_count; t++) voice[t] = -1, size[t] = INT32_MAX;
    for (size_t i = 0; i < doc->quotation_count; i++) {
        const quotation *q = &doc->quotations[i];
        int32_t length = 0;
        for (int p = 0; p < q->part_count; p++) length += q->parts[p].last - q->parts[p].first;
        for (int p = 0; p < q->part_count && q->link; p++)
            for (int32_t t = q->parts[p].first; t < q->parts[p].last; t++)
                if (t != q->cue_token && (length < size[t] || (length == size[t] && q->outer == voice[t]))) voice[t] = (int32_t)i, size[t] = length;
    }
}

void factuality_read(calculus *c, const linear *readers) {
    document *doc = c->r->doc;
    int32_t *voice = arena_array(&doc->home, int32_t, 2 * doc->token_count + 1);
    voices_by_token(doc, voice);
    for (int32_t t = 0; t < (int32_t)doc->token_count; t++)
        if (predicative(c, t)) predicate_push(c, t, voice[t], readers);
}
