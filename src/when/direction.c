/* Past or future, from the verb that governs an expression: "met on Friday" is last Friday, "will meet on Friday" the next. */
#include "when/resolve.h"

/* "plans to", "is expected to", "agreed to": what follows is still to come. Against "failed to", "managed to", "began to". */
static const char ahead_of_it[] = "plan expect schedule set due hope want intend agree promise vow decide prepare order ask urge call aim pledge likely ready "
                                  "poise slate invite threaten seek ready bind prepared scheduled expected planned slated determined able";

static bool verbal(const document *doc, int32_t t) {
    upos u = doc->tokens[t].upos;
    return u == UPOS_VERB || u == UPOS_AUX || tree_find(doc, t, DEP_COP) >= 0;
}

/* Past by its form: taggers take irregular pasts ("heard", "led") for presents now and then. */
static bool past_form(const token *t) {
    if (t->morph.tense == 1) return true;
    if (str_in(t->form, "set put hit cut let shut hurt cast beat split spread quit rid burst bid thrust shed wed broadcast forecast")) return true;
    return t->upos == UPOS_VERB && t->morph.tense == 2 && t->morph.verbform == 1 && !str_ends(t->form, "s") && !str_ends(t->form, "ing") && !str_eq_nocase(t->form, t->lemma);
}

static int by_auxiliaries(const document *doc, int32_t verb, bool *any) {
    int direction = 0;
    bool have = false;
    *any = false;
    for (int32_t c = tree_child(doc, verb); c >= 0; c = tree_next(doc, c)) {
        const token *t = &doc->tokens[c];
        deprel d = deprel_base(t->deprel);
        if (d != DEP_AUX && d != DEP_COP) continue;
        *any = true;
        if (str_in(t->lemma, "will shall 'll wo would")) direction = 1;
        else if (str_in(t->lemma, "may might could can should must")) direction = direction ? direction : 1;
        else if (str_is(t->lemma, "have")) have = true;
        else if (t->morph.tense == 1 && !direction) direction = -1;
        else if (t->morph.tense == 2 && !direction && str_is(t->lemma, "be") && doc->tokens[verb].morph.verbform >= 3 && str_ends(doc->tokens[verb].form, "ing")) direction = 1;
    }
    return have ? -1 : direction;
}

static int by_verb(const document *doc, int32_t verb, int depth) {
    const token *t = &doc->tokens[verb];
    bool any;
    int direction = by_auxiliaries(doc, verb, &any);
    if (direction) return direction;
    int32_t mark = tree_find(doc, verb, DEP_MARK);
    if (mark >= 0 && str_is(doc->tokens[mark].lemma, "due")) return 1; /* "is due to fly" */
    bool infinitive = mark >= 0 && str_is(doc->tokens[mark].lemma, "to");
    if (infinitive) {
        if (t->head < 0 || doc->sentences[t->sentence].headline) return 1;
        if (str_in(doc->tokens[t->head].lemma, ahead_of_it)) return 1;
        if (deprel_base(t->deprel) == DEP_ACL || depth > 4) return 1;
        int above = by_verb(doc, t->head, depth + 1);
        return above ? above : 1;
    }
    if (t->morph.verbform == 3 && !any && deprel_base(t->deprel) == DEP_ACL && str_in(t->lemma, ahead_of_it)) return 1;
    if (past_form(t)) return -1;
    if (t->morph.verbform == 3 && t->morph.voice) return !any && str_in(t->lemma, ahead_of_it) && deprel_base(t->deprel) == DEP_ACL ? 1 : -1;
    if (t->morph.verbform == 3 || t->morph.verbform == 4) return t->head >= 0 && depth < 5 ? direction_of(doc, t->head) : 0;
    if (t->morph.tense == 2 && doc->sentences[t->sentence].headline) return -1;
    return 0;
}

/* Without trees: the nearest telling word before it. */
static int by_words(const document *doc, int32_t at) {
    int32_t first = doc->sentences[doc->tokens[at].sentence].first;
    for (int32_t i = at; i >= first && i > at - 14; i--) {
        if (str_in(doc->tokens[i].form, "will would shall 'll to may")) return 1;
        if (str_in(doc->tokens[i].form, "was were had did said") || str_ends(doc->tokens[i].form, "ed")) return -1;
    }
    return 0;
}

int direction_of(const document *doc, int32_t at) {
    if (doc->tokens[at].upos == UPOS_NONE) return by_words(doc, at);
    int steps = 0;
    if (str_is(tree_case(doc, at), "due")) return 1;
    for (int32_t t = at; t >= 0 && steps < 40; t = doc->tokens[t].head, steps++) {
        if (doc->tokens[t].upos == UPOS_ADJ && str_in(doc->tokens[t].lemma, "due") && tree_find(doc, t, DEP_COP) < 0) return 1;
        if (!verbal(doc, t)) continue;
        int direction = by_verb(doc, t, 0);
        if (direction) return direction;
        int32_t cop = tree_find(doc, t, DEP_COP);
        if (cop >= 0 && str_in(doc->tokens[t].lemma, ahead_of_it)) return doc->tokens[cop].morph.tense == 1 ? -1 : 1;
        /* "the summit opens on Friday" is a plan; a saying in the present is not */
        if (doc->tokens[t].morph.tense == 2)
            return steps <= 1 && doc->tokens[t].upos == UPOS_VERB && !str_in(doc->tokens[t].lemma, "say report tell add write show state read") ? 1 : 0;
    }
    return 0;
}
