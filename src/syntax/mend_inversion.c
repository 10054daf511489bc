/* "Present there were Olaf Berg and Nils Lund.", "Accompanying him was the mayor.": the predicate stands first, and who it is said of behind
 * "be". The greedy trees make all sorts of that order; here it is read as in "Olaf Berg was present there". */
#include "syntax/mend.h"

enum { FARTHEST_BE = 16 };

static bool is_be(str form) { return str_in(form, "was were is are"); }

/* "Present", "Also present", "Accompanying", "Seen": the word that is said of them; -1. */
static int32_t fronted(const document *doc, const sentence *s) {
    const token *t = doc->tokens;
    int32_t p = s->first;
    if (p + 1 < s->last && str_in(t[p].form, "Also Already Too")) p++;
    if (str_in(t[p].form, "Present present")) return p;
    bool participle = t[p].upos == UPOS_VERB && (str_ends(t[p].form, "ing") || str_in(t[p].form, "Seen seen"));
    return participle ? p : -1;
}

/* The form of "be" before which no other finite verb, no subject and no comma stands; -1. */
static int32_t be_behind(const document *doc, const sentence *s, int32_t p) {
    const token *t = doc->tokens;
    for (int32_t i = p + 1; i < s->last && i <= p + FARTHEST_BE; i++) {
        if (is_be(t[i].form)) return i;
        if (t[i].upos == UPOS_PUNCT || (t[i].upos == UPOS_VERB && t[i].morph.verbform == 1)) return -1;
    }
    return -1;
}

/* The head of the words that follow "be": a noun whose own head does not stand behind it; -1. */
static int32_t said_of(const document *doc, const sentence *s, int32_t p, int32_t be) {
    const token *t = doc->tokens;
    for (int32_t i = be + 1; i < s->last; i++) {
        bool noun = t[i].upos == UPOS_NOUN || t[i].upos == UPOS_PROPN;
        if (noun && (t[i].head <= be || t[i].head < 0)) return t[i].head < 0 || t[i].head == p || t[i].head == be ? i : -1;
        if (t[i].upos == UPOS_VERB && t[i].morph.verbform == 1) return -1;
    }
    return -1;
}

void mend_inversion(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t p = s->last - s->first < 4 ? -1 : fronted(doc, s), be = p < 0 ? -1 : be_behind(doc, s, p), x = be < 0 ? -1 : said_of(doc, s, p, be);
    if (x < 0 || (t[p].head >= 0 && t[be].head >= 0 && t[x].head >= 0)) return;
    bool verb = t[p].upos == UPOS_VERB;
    if (!verb) t[p].upos = UPOS_ADJ, t[p].lemma = STR("present");
    for (int32_t c = s->first; c < s->last; c++) {
        if (c == p || c == be || c == x) continue;
        bool to_front = t[c].head == be || (t[c].head == x && c < be) || t[c].head < 0;
        if (t[c].deprel == DEP_PUNCT && t[c].head == x && c == s->last - 1) to_front = true;
        if (!to_front) continue;
        t[c].head = p;
        deprel base = deprel_base(t[c].deprel);
        if (base == DEP_NSUBJ || base == DEP_NMOD) t[c].deprel = DEP_OBL;
        else if (base == DEP_EXPL) t[c].deprel = DEP_ADVMOD;
        else if (base == DEP_ROOT) t[c].deprel = DEP_PARATAXIS;
    }
    bool passive = verb && str_in(t[p].form, "Seen seen");
    t[be].upos = UPOS_AUX, t[be].head = p, t[be].deprel = !verb ? DEP_COP : passive ? DEP_AUX_PASS : DEP_AUX;
    t[x].head = p, t[x].deprel = passive ? DEP_NSUBJ_PASS : DEP_NSUBJ;
    t[p].head = -1, t[p].deprel = DEP_ROOT;
}

/* "In 2014 al-Bashir received him": the year takes no subject, and a bare name before a verb without one is its subject. */
void mend_year(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t k = s->first + 1; k < s->last; k++) {
        if (t[k].upos != UPOS_PROPN || t[k].head < s->first) continue;
        int32_t year = k - 1, verb = t[k].head == year ? t[year].head : t[k].head;
        if (t[year].upos != UPOS_NUM || t[year].form.len != 4 || verb <= k || t[verb].upos != UPOS_VERB || t[year].head != verb || deprel_base(t[year].deprel) != DEP_OBL) continue;
        bool hung_on_year = t[k].head == year, oblique = t[k].head == verb && deprel_base(t[k].deprel) == DEP_OBL, taken = false;
        for (int32_t c = s->first; c < s->last; c++) taken |= t[c].head == verb && c != k && (deprel_base(t[c].deprel) == DEP_NSUBJ || t[c].deprel == DEP_AUX_PASS);
        for (int32_t c = s->first; c < s->last; c++) taken |= t[c].head == k && t[c].deprel == DEP_CASE && str_in(t[c].form, "in at on to of from by with for");
        if ((hung_on_year || oblique) && !taken) t[k].head = verb, t[k].deprel = DEP_NSUBJ;
    }
}
