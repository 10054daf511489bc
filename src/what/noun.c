/* Event nouns and the verbs that carry them: "hold talks", "came under attack", "the raid that Turkey launched". */
#include "what/reading.h"

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

/* "came under attack": the table knows verb and preposition together. */
static light_kind light_phrase(reading *in, int32_t verb, int32_t noun) {
    const document *doc = in->doc;
    for (int32_t c = tree_child(doc, noun); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_CASE) {
            char key[64];
            str v = at(doc, verb)->lemma, p = at(doc, c)->lemma;
            if (v.len + p.len + 1 > sizeof key) return LIGHT_NO;
            memcpy(key, v.ptr, v.len);
            key[v.len] = '_';
            memcpy(key + v.len + 1, p.ptr, p.len);
            return frames_light(in->set, (str){key, v.len + 1 + p.len});
        }
    return LIGHT_NO;
}

/* "talks held in Oslo", "the raid that Turkey launched": the verb hangs on the noun. */
static int32_t light_clause(reading *in, int32_t noun, light_kind *kind) {
    const document *doc = in->doc;
    for (int32_t c = tree_child(doc, noun); c >= 0; c = tree_next(doc, c)) {
        deprel d = at(doc, c)->deprel;
        if (d != DEP_ACL && d != DEP_ACL_RELCL) continue;
        *kind = frames_light(in->set, at(doc, c)->lemma);
        if (*kind != LIGHT_NO && (is_passive(doc, c) || logical_object(in, c) == noun)) return c;
    }
    return -1;
}

int32_t light_verb_of(reading *in, int32_t noun, light_kind *kind) {
    const document *doc = in->doc;
    int32_t n = noun;
    while (at(doc, n)->deprel == DEP_CONJ && at(doc, n)->head >= 0 && at(doc, at(doc, n)->head)->upos == UPOS_NOUN) n = at(doc, n)->head;
    int32_t up = at(doc, n)->head;
    deprel d = at(doc, n)->deprel;
    *kind = LIGHT_NO;
    if (d == DEP_NMOD && up >= 0 && opened_by(doc, n, STR("of")) && frames_class_has(in->set, in->quantity_class, at(doc, up)->lemma))
        d = at(doc, up)->deprel, n = up, up = at(doc, up)->head; /* "held a series of talks" */
    if (up >= 0 && (at(doc, up)->upos == UPOS_VERB || at(doc, up)->upos == UPOS_AUX)) {
        if (d == DEP_OBJ || (d == DEP_NSUBJ_PASS && is_passive(doc, up))) *kind = frames_light(in->set, at(doc, up)->lemma);
        else if (deprel_base(d) == DEP_OBL) *kind = light_phrase(in, up, n);
        if (*kind != LIGHT_NO) return up;
    }
    return light_clause(in, noun, kind);
}
