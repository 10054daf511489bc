/* Questions about trees that several parts of said ask. */
#include "said/reading.h"

str lower_form(reading *r, int32_t t) {
    str form = tok(r, t)->form;
    uint32_t i = 0;
    while (i < form.len && !(form.ptr[i] >= 'A' && form.ptr[i] <= 'Z')) i++;
    if (i == form.len) return form;
    str copy = arena_copy(&r->doc->home, form);
    char *p = (char *)(uintptr_t)copy.ptr;
    for (; i < copy.len; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return copy;
}

str whole_lemma(reading *r, int32_t t) {
    int32_t particle = tree_find(r->doc, t, DEP_COMPOUND_PRT);
    str lemma = tok(r, t)->lemma;
    if (particle < 0 && str_is(lemma, "take")) { /* "take place" */
        int32_t object = tree_find(r->doc, t, DEP_OBJ);
        if (object == t + 1 && token_lemma(r->doc, object, "place")) return STR("take place");
    }
    if (particle < 0 && str_in(lemma, "come get go") && t + 1 < (int32_t)r->doc->token_count && str_in(tok(r, t + 1)->form, "close near") && tok(r, t + 1)->head == t) particle = t + 1;
    if (particle < 0 && str_is(lemma, "go") && t + 1 < (int32_t)r->doc->token_count && token_lemma(r->doc, t + 1, "on") && tok(r, t + 1)->head == t) particle = t + 1; /* an adverb to the treebanks */
    if (particle < 0) return lemma;
    return arena_format(&r->doc->home, "%.*s %.*s", STR_ARG(lemma), STR_ARG(lower_form(r, particle)));
}

str misread_verb_lemma(reading *r, int32_t t) {
    const token *k = tok(r, t);
    const sentence *s = &r->doc->sentences[k->sentence];
    if (!s->headline || t <= s->first || k->head >= 0 || (k->upos != UPOS_NOUN && k->upos != UPOS_PROPN)) return STR("");
    bool singular = str_ends(k->form, "s") && !str_ends(tok(r, t - 1)->form, "s"), plural = !str_ends(k->form, "s") && str_ends(tok(r, t - 1)->form, "s");
    upos before = tok(r, t - 1)->upos;
    if ((!singular && !plural) || (before != UPOS_NOUN && before != UPOS_PROPN)) return STR("");
    str form = lower_form(r, t);
    if (plural) return form;
    if (str_ends(form, "ies")) return arena_format(&r->doc->home, "%.*sy", (int)form.len - 3, form.ptr);
    return str_sub(form, 0, form.len - 1);
}

bool is_negation_word(const reading *r, int32_t t) {
    int32_t c = r->cue_at[t];
    return c >= 0 && str_is(r->doc->cues[c].kind, "negation") && r->doc->cues[c].start <= tok(r, t)->start &&
           r->doc->cues[c].end >= tok(r, t)->end;
}

int32_t sentence_last_mark(const document *doc, int32_t sentence_index) {
    const sentence *s = &doc->sentences[sentence_index];
    for (int32_t t = s->last - 1; t >= s->first; t--) {
        str f = doc->tokens[t].form;
        if (!str_in(f, "\" '' ” ’ ) ] » ' ''")) return t;
    }
    return -1;
}

int32_t child_with(const reading *r, int32_t t, deprel base, const char *lemmas) {
    for (int32_t c = tree_child(r->doc, t); c >= 0; c = tree_next(r->doc, c))
        if (rel_base(r, c) == base && (!lemmas || str_in(tok(r, c)->lemma, lemmas))) return c;
    return -1;
}

bool has_child_lemma(const reading *r, int32_t t, deprel base, const char *lemmas) { return child_with(r, t, base, lemmas) >= 0; }
