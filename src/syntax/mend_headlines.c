/* Mends of headlines, which have no auxiliaries and few verbs that look like verbs. */
#include "syntax/mend.h"

static const char presents[] = "topples ousts seizes kills bombs attacks arrests detains frees blasts slams raps urges warns threatens rejects accuses expels deports signs bans bars halts suspends "
                               "sends hosts meets visits recalls summons storms shells raids strikes hits captures jails releases vows denies backs condemns invades frees pardons snubs sanctions "
                               "hails praises thanks mourns sues indicts charges executes hangs shoots abducts kidnaps evacuates deploys withdraws tests fires launches cuts lifts eases imposes nationalises nationalizes recognises recognizes ratifies annexes blockades";

static void present(token *w) {
    bool hissing = str_ends(w->form, "shes") || str_ends(w->form, "ches");
    w->lemma = str_is(w->form, "denies") ? STR("deny") : str_sub(w->form, 0, w->form.len - (hissing ? 2 : 1));
    w->upos = UPOS_VERB, w->feats = STR("Mood=Ind|Tense=Pres|VerbForm=Fin"), w->morph = morph_of(w->feats);
}

/* "Pakistani army topples Sharif in coup", read as a noun: a headline without a verb has it where a plural stands before a name. */
static void mend_headline_present(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t verb = -1, object = -1;
    if (ends_with_stop(doc, s)) return;
    for (int32_t i = s->first; i < s->last; i++) {
        if (t[i].upos == UPOS_AUX || (t[i].upos == UPOS_VERB && t[i].morph.verbform == 1)) return;
        if (t[i].head < 0) verb = i;
    }
    if (verb <= s->first || verb + 1 >= s->last || t[verb].upos != UPOS_NOUN || !str_in(t[verb].form, presents) || !is_noun(&t[verb - 1])) return;
    if (t[verb + 1].upos == UPOS_ADP || t[verb + 1].upos == UPOS_PUNCT || t[verb + 1].upos == UPOS_CCONJ) return;
    for (int32_t i = verb + 1; i < s->last && object < 0; i++)
        if (t[i].head == verb && is_noun(&t[i]) && deprel_base(t[i].deprel) != DEP_NMOD) object = i;
    if (object < 0) return;
    for (int32_t c = s->first; c < verb; c++)
        if (t[c].head == verb && c != verb - 1) t[c].head = verb - 1;
    for (int32_t c = object + 1; c < s->last; c++)
        if (t[c].head == verb && deprel_base(t[c].deprel) == DEP_NMOD) t[c].deprel = DEP_OBL;
    present(&t[verb]);
    t[verb - 1].head = verb, t[verb - 1].deprel = DEP_NSUBJ;
    t[object].head = verb, t[object].deprel = DEP_OBJ;
}

/* "Peru, Ecuador agree treaty": the name before the comma is called by nobody. */
static void mend_pair(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t comma = s->first + 1;
    while (comma < s->last && t[comma].head == s->first && t[comma].deprel == DEP_FLAT) comma++;
    if (comma + 2 >= s->last || !str_is(t[comma].form, ",") || t[s->first].upos != UPOS_PROPN) return;
    int32_t verb = t[s->first].head, second = comma + 1;
    if (t[second].upos != UPOS_PROPN || verb <= second || t[second].head != verb || t[second].deprel != DEP_NSUBJ || t[verb].upos != UPOS_VERB) return;
    deprel base = deprel_base(t[s->first].deprel);
    if (base != DEP_VOCATIVE && base != DEP_DISLOCATED && base != DEP_PARATAXIS && base != DEP_DISCOURSE && base != DEP_DEP) return;
    t[s->first].deprel = DEP_NSUBJ;
    t[second].head = s->first, t[second].deprel = DEP_CONJ;
}

/* "Israel, Bahrain launch trade talks", without a verb in its tree: headlines let two names act in a plain present. */
static void mend_headline_verb(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t comma = s->first + 1, verb, object = -1;
    while (comma + 3 < s->last && t[comma].upos == UPOS_PROPN) comma++;
    if (comma + 3 >= s->last || !str_is(t[comma].form, ",") || t[s->first].upos != UPOS_PROPN || !capital_first(t[comma + 1].form) || ends_with_stop(doc, s)) return;
    for (verb = comma + 2; verb < s->last && capital_first(t[verb].form) && verb < comma + 4;) verb++;
    if (verb + 1 >= s->last || !str_in(t[verb].form, "observe ratify extend restore mark honour honor launch sign open start hold seal ink reach end clash trade swap exchange cut plan condemn slam blast urge back strike renew vow pledge step sever discuss begin resume agree swap back hail reject ban fight blame face lift ease review halt suspend scrap")) return;
    for (int32_t i = s->first; i < s->last; i++)
        if (i != verb && !(i == verb + 1 && str_is(t[i].form, "talks")) && ((t[i].upos == UPOS_VERB && t[i].morph.verbform == 1) || t[i].upos == UPOS_AUX)) return;
    if (t[verb].head < 0 && t[s->first].head == verb && t[comma + 1].head == s->first) return; /* read well */
    if (str_is(t[verb + 1].form, "talks")) t[verb + 1].upos = UPOS_NOUN, t[verb + 1].lemma = STR("talk"), t[verb + 1].feats = STR("Number=Plur"), t[verb + 1].morph = morph_of(t[verb + 1].feats);
    if (t[comma + 1].upos != UPOS_PROPN) t[comma + 1].upos = UPOS_PROPN, t[comma + 1].lemma = t[comma + 1].form;
    for (int32_t i = verb + 1; i < s->last && t[i].upos != UPOS_ADP && t[i].upos != UPOS_SCONJ; i++)
        if (t[i].upos == UPOS_NOUN || t[i].upos == UPOS_PROPN) object = i;
    t[verb].upos = UPOS_VERB, t[verb].lemma = t[verb].form, t[verb].feats = STR("Mood=Ind|Tense=Pres|VerbForm=Fin"), t[verb].morph = morph_of(t[verb].feats);
    for (int32_t i = s->first; i < s->last; i++) {
        bool left = i < verb, inside = object >= 0 && i > verb && i < object;
        if (inside && (t[i].head <= verb || t[i].head > object)) t[i].head = object, t[i].deprel = t[i].upos == UPOS_ADJ ? DEP_AMOD : t[i].upos == UPOS_PUNCT ? DEP_PUNCT : DEP_COMPOUND;
        else if (i > verb && i > object && t[i].head <= verb) t[i].head = verb, t[i].deprel = t[i].upos == UPOS_PUNCT ? DEP_PUNCT : DEP_OBL;
        else if (left && i > comma + 1) t[i].head = comma + 1, t[i].deprel = DEP_FLAT;
        else if (left && i > s->first && i < comma) t[i].head = s->first, t[i].deprel = DEP_FLAT;
    }
    t[verb].head = -1, t[verb].deprel = DEP_ROOT;
    t[s->first].head = verb, t[s->first].deprel = DEP_NSUBJ;
    t[comma].head = comma + 1, t[comma].deprel = DEP_PUNCT;
    t[comma + 1].head = s->first, t[comma + 1].deprel = DEP_CONJ;
    if (object >= 0) t[object].head = verb, t[object].deprel = DEP_OBJ;
}

/* "Ecuador cuts ties with Colombia, sends troops to border", with ties that send: the first of two plain presents, read as a noun before a noun. */
static void mend_headline_two(document *doc, const sentence *s) {
    token *t = doc->tokens;
    if (ends_with_stop(doc, s)) return;
    for (int32_t i = s->first + 1; i + 1 < s->last && i < s->first + 4; i++) {
        int32_t noun = t[i].head, v = noun > i ? t[noun].head : -1;
        if (t[i].upos != UPOS_NOUN || t[i].deprel != DEP_COMPOUND || noun <= i || !str_in(t[i].form, presents) || t[i - 1].upos != UPOS_PROPN || t[i - 1].head != noun) continue;
        bool root = v < 0, leads = v > noun && t[noun].deprel == DEP_NSUBJ && t[v].upos == UPOS_VERB;
        if (!root && !leads) continue;
        present(&t[i]);
        for (int32_t c = s->first; c < i - 1; c++)
            if (t[c].head == noun) t[c].head = i - 1;
        t[i].head = root ? -1 : t[v].head, t[i].deprel = root ? DEP_ROOT : t[v].deprel;
        if (leads) t[v].head = i, t[v].deprel = DEP_CONJ;
        t[i - 1].head = i, t[i - 1].deprel = DEP_NSUBJ;
        t[noun].head = i, t[noun].deprel = DEP_OBJ;
        return;
    }
}

/* "Armenia, Azerbaijan leaders hold talks", the leaders beside or after the first state: each state has its own. */
static void mend_two_peoples(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t comma = s->first + 1;
    while (comma < s->last && t[comma].head == s->first && t[comma].deprel == DEP_FLAT) comma++;
    if (comma + 3 >= s->last || !str_is(t[comma].form, ",") || t[s->first].upos != UPOS_PROPN || ends_with_stop(doc, s)) return;
    for (int32_t second = comma + 1, noun = comma + 2; noun < s->last && noun < comma + 5; noun++) {
        if (t[noun].upos != UPOS_NOUN || capital_first(t[noun].form) || t[noun].head != s->first || (t[noun].deprel != DEP_APPOS && t[noun].deprel != DEP_CONJ)) continue;
        if (!capital_first(t[second].form) || t[noun - 1].head != noun || !capital_first(t[noun - 1].form)) return;
        t[noun].head = t[s->first].head, t[noun].deprel = t[s->first].deprel;
        t[s->first].head = noun, t[s->first].deprel = DEP_COMPOUND; /* both are whose they are */
        t[noun - 1].upos = UPOS_PROPN, t[noun - 1].head = s->first, t[noun - 1].deprel = DEP_CONJ;
        t[comma].head = s->first;
        return;
    }
}

void mend_headlines(document *doc, const sentence *s) {
    mend_headline_present(doc, s);
    mend_headline_two(doc, s);
    mend_pair(doc, s);
    mend_two_peoples(doc, s);
    mend_headline_verb(doc, s);
}
