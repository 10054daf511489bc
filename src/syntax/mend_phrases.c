/* Mends within noun phrases: nationalities, titles and papers that the heads have cut from their nouns. */
#include "syntax/mend.h"

static bool lower_first(str form) { return form.len && form.ptr[0] >= 'a' && form.ptr[0] <= 'z'; }

/* `to` takes the place of `from` in the sentence, with all that hung on it to the left; `from` becomes part of it. */
static void take_place(document *doc, const sentence *s, int32_t from, int32_t to, deprel as) {
    token *t = doc->tokens;
    t[to].head = t[from].head, t[to].deprel = t[from].deprel;
    for (int32_t c = s->first; c < s->last; c++)
        if (c != to && t[c].head == from && (c < from || c > to)) t[c].head = to;
    t[from].head = to, t[from].deprel = as;
}

/* "The Kuwaiti consul" as one name: a last word in small letters is the noun, and the name its adjective. */
static void mend_small_flat(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first; i + 1 < s->last; i++) {
        int32_t noun = i + 1;
        if (t[i].upos != UPOS_PROPN || t[noun].head != i || t[noun].deprel != DEP_FLAT || !lower_first(t[noun].form) || t[noun].form.len < 4) continue;
        if (i == s->first || t[i - 1].head != i || t[i - 1].deprel != DEP_DET) continue; /* names have no article */
        if (noun + 1 < s->last && t[noun + 1].head == i && t[noun + 1].deprel == DEP_FLAT) continue; /* "Osama bin Laden" */
        take_place(doc, s, i, noun, DEP_AMOD);
        t[noun].upos = UPOS_NOUN;
    }
}

/* "Kyrgyz | aides", the people a subject of the noun: its adjective. */
static void mend_noun_subject(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first; i + 1 < s->last; i++) {
        int32_t noun = i + 1;
        bool copula = false;
        if (t[i].head != noun || t[i].deprel != DEP_NSUBJ || t[noun].upos != UPOS_NOUN || !capital_first(t[i].form)) continue;
        deprel base = deprel_base(t[noun].deprel);
        if (base != DEP_NSUBJ && base != DEP_OBJ && base != DEP_OBL && base != DEP_IOBJ) continue;
        for (int32_t c = s->first; c < s->last; c++) copula |= t[c].head == noun && (t[c].deprel == DEP_COP || deprel_base(t[c].deprel) == DEP_AUX);
        if (!copula) t[i].deprel = DEP_COMPOUND;
    }
}

/* "The official | daily Rodong Sinmun", with the daily beside an adjective; "King | Abdullah", with the name beside the title. */
static void mend_beside(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first; i + 1 < s->last; i++) {
        int32_t next = i + 1;
        if (t[next].head != i || t[next].deprel != DEP_APPOS) continue;
        if (t[i].upos == UPOS_ADJ && t[next].upos == UPOS_NOUN) take_place(doc, s, i, next, DEP_AMOD);
        else if (t[next].upos == UPOS_PROPN && str_in(t[i].form, "King Queen Prince Princess President Sheikh Pope Emir Sultan Premier Colonel General Chancellor")) t[next].deprel = DEP_FLAT;
    }
}

/* "Was held in a hospital by mutinous police", with the police under the hospital: who did what is told in the passive. */
static void mend_agent(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t c = s->first + 3; c < s->last; c++) {
        int32_t phrase = t[c].head, v = phrase > s->first && phrase < c ? t[phrase].head : -1;
        bool passive = false, by = false;
        if (deprel_base(t[c].deprel) != DEP_NMOD || v < s->first || v > phrase || deprel_base(t[phrase].deprel) != DEP_OBL || !is_noun(&t[c])) continue;
        for (int32_t k = s->first; k < s->last; k++) {
            passive |= t[k].head == v && t[k].deprel == DEP_AUX_PASS;
            by |= t[k].head == c && t[k].deprel == DEP_CASE && str_is(t[k].form, "by");
            if (t[k].head == v && t[k].deprel == DEP_OBL_AGENT) v = -1;
            if (v < 0) break;
        }
        if (v >= 0 && passive && by) t[c].head = v, t[c].deprel = DEP_OBL_AGENT;
    }
}

/* "Were taken hostage by gunmen", the hostage an object: what they were made. */
static void mend_made(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 2; i < s->last; i++) {
        if (t[i].deprel != DEP_OBJ || !str_in(t[i].lemma, "hostage captive prisoner") || t[i].head < s->first || t[i].head > i) continue;
        for (int32_t c = s->first; c < i; c++)
            if (t[c].head == t[i].head && t[c].deprel == DEP_NSUBJ_PASS) t[i].deprel = DEP_XCOMP;
    }
}

/* "Used sarin against rebels", the gas an adverb: a noun right behind a verb without an object is its object. */
static void mend_adverb(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 2; i < s->last; i++) {
        int32_t v = i - 1;
        bool other = false;
        if (!is_noun(&t[i]) || t[i].deprel != DEP_ADVMOD || t[i].head != v || t[v].upos != UPOS_VERB || capital_first(t[i].form)) continue;
        if (str_in(t[i].lemma, "home today tomorrow yesterday tonight north south east west upstairs abroad overseas")) continue;
        for (int32_t c = s->first; c < s->last; c++) other |= t[c].head == v && (t[c].deprel == DEP_OBJ || t[c].deprel == DEP_NSUBJ_PASS || t[c].deprel == DEP_CCOMP);
        if (!other) t[i].deprel = DEP_OBJ;
    }
}

void mend_noun_phrases(document *doc, const sentence *s) {
    mend_small_flat(doc, s);
    mend_noun_subject(doc, s);
    mend_beside(doc, s);
    mend_agent(doc, s);
    mend_made(doc, s);
    mend_adverb(doc, s);
}
