/* Mends of trees of reports: who says, to whom, and what. */
#include "syntax/mend.h"

/* "Told the paper that soldiers armed the rebels", read as a paper that they armed: a clause with its own subject and object is what was told. */
static void mend_told(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 2; i + 1 < s->last; i++) {
        int32_t clause = t[i].head;
        while (clause > i && t[clause].deprel == DEP_XCOMP && t[clause].head > i) clause = t[clause].head; /* "that Libya offered to disarm" */
        int32_t noun = clause >= s->first ? t[clause].head : -1, verb = noun >= s->first ? t[noun].head : -1;
        if (!str_is(t[i].form, "that") || clause <= i || noun < s->first || noun >= i || t[clause].deprel != DEP_ACL_RELCL || verb < s->first || verb >= noun) continue;
        if (!str_in(t[verb].lemma, "tell inform assure warn remind convince persuade notify advise") || (t[noun].deprel != DEP_IOBJ && t[noun].deprel != DEP_OBJ)) continue;
        bool subject = false, object = false;
        for (int32_t c = i + 1; c < s->last; c++) {
            subject |= t[c].head == clause && deprel_base(t[c].deprel) == DEP_NSUBJ;
            object |= t[c].head == clause && c > clause && (t[c].deprel == DEP_OBJ || t[c].deprel == DEP_XCOMP || t[c].deprel == DEP_CCOMP);
        }
        if (!subject || (!object && t[i].deprel == DEP_OBJ)) continue;
        t[i].upos = UPOS_SCONJ, t[i].deprel = DEP_MARK;
        t[clause].head = verb, t[clause].deprel = DEP_CCOMP;
    }
}

/* "The party daily did not mention", with an adverb under the noun: a paper. */
static void mend_daily(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 1 < s->last; i++) {
        int32_t noun = i - 1, up = t[noun].head;
        if (t[i].upos != UPOS_ADV || !str_in(t[i].form, "daily weekly monthly") || t[i].head != noun || !is_noun(&t[noun]) || up <= i) continue;
        if (deprel_base(t[noun].deprel) != DEP_NSUBJ) continue;
        for (int32_t c = s->first; c < s->last; c++)
            if (t[c].head == noun && (c < noun || c > i)) t[c].head = i;
        t[i].upos = UPOS_NOUN, t[i].lemma = t[i].form, t[i].feats = STR("Number=Sing"), t[i].morph = morph_of(t[i].feats);
        t[i].head = up, t[i].deprel = t[noun].deprel;
        t[noun].head = i, t[noun].deprel = DEP_COMPOUND;
    }
}

/* "Television showed the president visiting a hospital", with two subjects of "showed": the one behind the verb is its object. */
static void mend_two_subjects(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t c = s->first + 1; c < s->last; c++) {
        int32_t v = t[c].head, before = -1, clause = -1;
        if (t[c].deprel != DEP_NSUBJ || v < s->first || v > c || t[v].upos != UPOS_VERB) continue;
        for (int32_t k = s->first; k < s->last; k++) {
            if (t[k].head != v) continue;
            if (t[k].deprel == DEP_NSUBJ && k < v) before = k;
            if (k > c && (t[k].deprel == DEP_CCOMP || t[k].deprel == DEP_XCOMP) && t[k].upos == UPOS_VERB && str_ends(t[k].form, "ing")) clause = k;
        }
        if (before < 0 || clause < 0) continue;
        t[c].deprel = DEP_OBJ;
        t[clause].deprel = DEP_XCOMP;
    }
}

/* "Said Zimbabwean agents kidnapped its consul", with two subjects of "said": the one behind it is the subject of what was said. */
static void mend_bare_report(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t c = s->first + 2; c + 1 < s->last; c++) {
        int32_t v = t[c].head, before = -1, clause = -1;
        if (t[c].deprel != DEP_NSUBJ || v < s->first || v > c || t[v].upos != UPOS_VERB || !is_noun(&t[c])) continue;
        for (int32_t k = s->first; k < s->last; k++) {
            if (t[k].head == v && t[k].deprel == DEP_NSUBJ && k < v) before = k;
            if (t[k].head == v && t[k].deprel == DEP_CCOMP && k > c && t[k].upos == UPOS_VERB && clause < 0) clause = k;
        }
        for (int32_t k = s->first; clause >= 0 && k < s->last; k++)
            if (t[k].head == clause && deprel_base(t[k].deprel) == DEP_NSUBJ) clause = -1;
        if (before < 0 || clause < 0 || str_ends(t[clause].form, "ing")) continue;
        t[c].head = clause;
    }
}

/* "Claims Polish agents kidnapped its consul", read as agents that are kidnapped: a participle that has an object is no passive. */
static void mend_claimed(document *doc, const sentence *s) {
    static const char reports[] = "say claim allege insist report maintain state contend argue assert deny fear believe think know complain warn announce admit confirm suggest charge";
    token *t = doc->tokens;
    for (int32_t a = s->first + 3; a < s->last; a++) { /* "insists | Ukrainian gunboats | seized": an object and a clause without a subject */
        int32_t verb = t[a].head, object = -1;
        bool subject = false;
        if (t[a].upos != UPOS_VERB || (t[a].deprel != DEP_CCOMP && t[a].deprel != DEP_XCOMP) || t[a].morph.tense != 1 || verb < s->first || verb > a || !str_in(t[verb].lemma, reports)) continue;
        for (int32_t c = s->first; c < s->last; c++) {
            if (t[c].head == verb && t[c].deprel == DEP_OBJ && c < a && c > verb && is_noun(&t[c])) object = c;
            subject |= t[c].head == a && (deprel_base(t[c].deprel) == DEP_NSUBJ || t[c].deprel == DEP_MARK);
        }
        if (object < 0 || subject) continue;
        t[object].head = a, t[object].deprel = DEP_NSUBJ;
        t[a].deprel = DEP_CCOMP;
        t[a].feats = STR("Mood=Ind|Tense=Past|VerbForm=Fin"), t[a].morph = morph_of(t[a].feats);
    }
    for (int32_t a = s->first + 3; a + 1 < s->last; a++) {
        int32_t noun = t[a].head, verb = noun > s->first && noun < a ? t[noun].head : -1;
        bool object = false;
        if (t[a].upos != UPOS_VERB || t[a].deprel != DEP_ACL || t[a].morph.tense != 1 || verb < s->first || verb > noun || !str_in(t[verb].lemma, reports)) continue;
        if (t[noun].deprel != DEP_OBJ && deprel_base(t[noun].deprel) != DEP_NSUBJ && t[noun].deprel != DEP_IOBJ) continue;
        for (int32_t c = a + 1; c < s->last; c++) object |= t[c].head == a && t[c].deprel == DEP_OBJ;
        if (!object) continue;
        t[a].head = verb, t[a].deprel = DEP_CCOMP;
        t[a].feats = STR("Mood=Ind|Tense=Past|VerbForm=Fin"), t[a].morph = morph_of(t[a].feats);
        t[noun].head = a, t[noun].deprel = DEP_NSUBJ;
    }
}

static const char says[] = "alleges claims insists says warns denies admits reports states maintains contends argues asserts complains charges fears hopes believes suspects suggests";

static void say_it(token *w) {
    w->upos = UPOS_VERB, w->lemma = str_is(w->form, "denies") ? STR("deny") : str_sub(w->form, 0, w->form.len - 1);
    w->feats = STR("Mood=Ind|Tense=Pres|VerbForm=Fin"), w->morph = morph_of(w->feats);
}

/* "The premier told reporters", with the reporters for a second subject: they are told. */
static void mend_told_whom(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t c = s->first + 1; c < s->last; c++) {
        int32_t v = t[c].head;
        if (t[c].deprel != DEP_NSUBJ || v < s->first || !str_in(t[v].lemma, "tell inform assure remind warn") || c < v || !is_noun(&t[c])) continue;
        for (int32_t k = s->first; k < c; k++)
            if (t[k].head == v && t[k].deprel == DEP_NSUBJ) t[c].deprel = DEP_IOBJ;
    }
}

/* "Angola alleges Danish gunboats seized its trawlers", with two subjects of "seized": a noun like a verb of saying behind a name is that verb. */
static void mend_alleges(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) { /* with its clause, and a noun all the same */
        bool subject = false, clause = false;
        if (t[i].upos != UPOS_NOUN || !str_in(t[i].form, says)) continue;
        for (int32_t k = s->first; k < s->last; k++) subject |= k < i && t[k].head == i && t[k].deprel == DEP_NSUBJ, clause |= k > i && t[k].head == i && t[k].deprel == DEP_CCOMP;
        if (subject && clause) say_it(&t[i]);
    }
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) {
        int32_t v = t[i].head, second = -1;
        if (t[i].upos != UPOS_NOUN || t[i].deprel != DEP_NSUBJ || v <= i + 1 || t[v].upos != UPOS_VERB || t[i - 1].upos != UPOS_PROPN || t[i - 1].head != i) continue;
        if (!str_in(t[i].form, says)) continue;
        for (int32_t k = i + 1; k < v; k++)
            if (t[k].head == v && deprel_base(t[k].deprel) == DEP_NSUBJ) second = k;
        if (second < 0) continue;
        for (int32_t k = s->first; k < i - 1; k++)
            if (t[k].head == i) t[k].head = i - 1;
        say_it(&t[i]);
        t[i].head = t[v].head, t[i].deprel = t[v].deprel;
        t[i - 1].head = i, t[i - 1].deprel = DEP_NSUBJ;
        t[v].head = i, t[v].deprel = DEP_CCOMP;
    }
}

/* "Showed the president riding a horse", with him for the subject of the riding alone: what is shown is he. */
static void mend_shown(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t c = s->first + 1; c + 1 < s->last; c++) {
        int32_t clause = t[c].head, v = clause > c ? t[clause].head : -1;
        if (t[c].deprel != DEP_NSUBJ || v < s->first || v > c || !str_in(t[v].lemma, "show film photograph picture depict portray see spot catch")) continue;
        if (t[clause].upos != UPOS_VERB || !str_ends(t[clause].form, "ing") || (t[clause].deprel != DEP_CCOMP && t[clause].deprel != DEP_XCOMP)) continue;
        bool object = false;
        for (int32_t k = v + 1; k < s->last; k++) object |= (t[k].head == v && t[k].deprel == DEP_OBJ) || (t[k].head == clause && deprel_base(t[k].deprel) == DEP_AUX);
        if (object) continue;
        t[c].head = v, t[c].deprel = DEP_OBJ;
        t[clause].deprel = DEP_XCOMP;
    }
}

/* "Showed the king praying in a mosque", "showed Chavez voting in a village": the participle behind what is shown tells of it. */
static void mend_shown_doing(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t p = s->first + 2; p < s->last; p++) {
        int32_t v = t[p].head, object = -1;
        if (t[p].deprel == DEP_ACL && v >= s->first && t[v].deprel == DEP_OBJ && t[v].head >= s->first && t[v].upos == UPOS_PROPN && str_ends(t[p].form, "ing") && str_in(t[t[v].head].lemma, "show film photograph picture depict portray"))
            t[p].head = v = t[v].head, t[p].deprel = DEP_ADVCL;
        if (v < s->first || v >= p || !str_in(t[v].lemma, "show film photograph picture depict portray") || !str_ends(t[p].form, "ing")) continue;
        for (int32_t c = v + 1; c < p; c++)
            if (t[c].head == v && (t[c].deprel == DEP_OBJ || t[c].deprel == DEP_IOBJ)) object = c;
        if (object < 0) continue;
        bool noun = t[p].upos == UPOS_NOUN && t[p].deprel == DEP_OBJ && t[object].deprel == DEP_IOBJ, clause = t[p].upos == UPOS_VERB && (t[p].deprel == DEP_ADVCL || t[p].deprel == DEP_CCOMP);
        for (int32_t c = v + 1; c < p; c++) noun &= t[c].head != p, clause &= t[c].head != p;
        if (!noun && !clause) continue;
        for (int32_t c = p + 1; noun && c < s->last; c++)
            if (t[c].head == v && deprel_base(t[c].deprel) == DEP_OBL) t[c].head = p;
        if (noun) t[p].upos = UPOS_VERB, t[p].lemma = str_sub(t[p].form, 0, t[p].form.len - 3), t[p].feats = STR("Tense=Pres|VerbForm=Part"), t[p].morph = morph_of(t[p].feats);
        t[p].deprel = DEP_XCOMP, t[object].deprel = DEP_OBJ;
    }
}

/* "Serbia denies having supplied mines", "Greece disputes that a plane crossed", read as nouns: what has a clause, and a name right before it, says so. */
static void mend_denies(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) {
        int32_t name = i - 1, clause = -1;
        if (t[i].upos != UPOS_NOUN || t[name].upos != UPOS_PROPN || t[name].head != i || t[name].deprel != DEP_COMPOUND) continue;
        if (!str_in(t[i].form, "denies disputes admits confirms rejects claims insists announces threatens contests refutes")) continue;
        for (int32_t c = i + 1; c < s->last && clause < 0; c++)
            if (t[c].head == i && t[c].upos == UPOS_VERB && (deprel_base(t[c].deprel) == DEP_ACL || t[c].deprel == DEP_CCOMP)) clause = c;
        bool gerund = clause == i + 1 && str_ends(t[clause].form, "ing"), that = str_is(t[i + 1].form, "that") && clause > i + 2, subject = false;
        for (int32_t c = i + 2; that && c < clause; c++) subject |= t[c].head == clause && deprel_base(t[c].deprel) == DEP_NSUBJ;
        if (!gerund && !subject) continue;
        t[i].upos = UPOS_VERB, t[i].feats = STR("Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"), t[i].morph = morph_of(t[i].feats);
        if (str_is(t[i].form, "denies")) t[i].lemma = STR("deny");
        t[name].deprel = DEP_NSUBJ;
        for (int32_t c = s->first; c < name; c++)
            if (t[c].head == i && t[c].deprel != DEP_PUNCT && t[c].upos != UPOS_ADV) t[c].head = name;
        t[clause].deprel = gerund ? DEP_XCOMP : DEP_CCOMP;
        if (that) t[i + 1].upos = UPOS_SCONJ, t[i + 1].head = clause, t[i + 1].deprel = DEP_MARK;
    }
}

void mend_reports(document *doc, const sentence *s) {
    mend_denies(doc, s);
    mend_told(doc, s);
    mend_daily(doc, s);
    mend_two_subjects(doc, s);
    mend_shown(doc, s);
    mend_told_whom(doc, s);
    mend_shown_doing(doc, s);
    mend_claimed(doc, s);
    mend_bare_report(doc, s);
    mend_alleges(doc, s);
}
