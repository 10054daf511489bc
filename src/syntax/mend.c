#include "syntax/mend.h"

/* A verb has one subject: two proper nouns side by side with one head and one relation are one name that the greedy heads have cut ("Li" and
 * "Jianguo" each a subject of "met"). The second becomes flat under the first; what hung on it to its left goes to the first. */
static void join_names(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first; i + 1 < s->last; i++) {
        token *a = &t[i], *b = &t[i + 1];
        if (a->upos != UPOS_PROPN || b->upos != UPOS_PROPN || a->head != b->head || a->deprel != b->deprel || a->head < 0) continue;
        deprel base = deprel_base(a->deprel);
        if (base != DEP_NSUBJ && base != DEP_OBJ && base != DEP_OBL) continue;
        if (base == DEP_OBL && a->deprel == DEP_OBL_UNMARKED) continue;
        for (int32_t c = s->first; c < i; c++)
            if (t[c].head == i + 1) t[c].head = i;
        b->head = i, b->deprel = DEP_FLAT;
    }
}

/* "Yerevan rejected the claim" with the name hung as an adverb, "Geneva said …": a bare name that opens the sentence right before a finite verb
 * without a subject is that subject. */
static void mend_subject(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t v = s->first + 1;
    while (v < s->last && t[v].upos == UPOS_PROPN && t[v].head == s->first && t[v].deprel == DEP_FLAT) v++;
    if (v + 3 < s->last && str_is(t[v].form, ",") && str_in(t[v + 1].form, "though however meanwhile too instead also") && str_is(t[v + 2].form, ",")) v += 3; /* "Canada, though, imposed" */
    if (v >= s->last || t[s->first].upos != UPOS_PROPN || t[s->first].head != v || t[v].upos != UPOS_VERB || t[v].morph.verbform != 1 || t[v].morph.mood != 1) return;
    deprel base = deprel_base(t[s->first].deprel);
    if (base != DEP_ADVMOD && base != DEP_OBL && base != DEP_VOCATIVE && base != DEP_DISCOURSE && base != DEP_DISLOCATED) return;
    if (str_in(t[s->first].form, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Today Yesterday Tomorrow")) return;
    for (int32_t c = s->first; c < s->last; c++) {
        deprel d = deprel_base(t[c].deprel);
        if ((t[c].head == v && (d == DEP_NSUBJ || d == DEP_EXPL || d == DEP_CSUBJ)) || (t[c].head == s->first && d == DEP_CASE)) return;
    }
    t[s->first].deprel = DEP_NSUBJ;
}

/* The verb of a past form that the network took for a name. */
static str verb_of(str form) {
    static const char *const pairs[][2] = {{"drew", "draw"}, {"brought", "bring"}, {"led", "lead"}, {"met", "meet"}, {"won", "win"}, {"held", "hold"}, {"made", "make"}, {"took", "take"},
        {"sent", "send"}, {"struck", "strike"}, {"shot", "shoot"}, {"left", "leave"}, {"began", "begin"}, {"gave", "give"}, {"told", "tell"}, {"lost", "lose"}, {"sparked", "spark"},
        {"killed", "kill"}, {"drove", "drive"}, {"sank", "sink"}, {"broke", "break"}, {"threw", "throw"}, {"fought", "fight"}, {"sought", "seek"}, {"provoked", "provoke"},
        {"prompted", "prompt"}, {"angered", "anger"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_is(form, pairs[i][0])) return str_of(pairs[i][1]);
    return form;
}

static void make_finite(token *v) {
    if (v->upos != UPOS_VERB) v->lemma = verb_of(v->form);
    v->upos = UPOS_VERB;
    v->feats = STR("Mood=Ind|Tense=Past|VerbForm=Fin");
    v->morph = morph_of(v->feats);
}

/* "Uribe called off the talks", with the name for an auxiliary: a capitalised word that is none of them is the subject, where there is no other. */
static void mend_auxiliary(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first; i + 1 < s->last; i++) {
        deprel d = t[i].deprel;
        if ((deprel_base(d) != DEP_AUX && t[i].upos != UPOS_AUX) || !capital_first(t[i].form) || t[i].head <= i) continue;
        if (str_in(t[i].lemma, "be have do get will would shall should can could may might must ought need dare used") || t[i].lemma.len < 4) continue;
        bool subject = false;
        for (int32_t c = s->first; c < s->last; c++) subject |= t[c].head == t[i].head && deprel_base(t[c].deprel) == DEP_NSUBJ;
        if (subject) continue;
        t[i].upos = UPOS_PROPN, t[i].lemma = t[i].form, t[i].deprel = DEP_NSUBJ;
        t[i].feats = STR("Number=Sing"), t[i].morph = morph_of(t[i].feats);
        make_finite(&t[t[i].head]);
    }
}

/* The new main clause: subject, verb, object; marks and times of what was the root go to the verb. */
static void make_clause(document *doc, const sentence *s, int32_t subject, int32_t verb, int32_t object) {
    token *t = doc->tokens;
    for (int32_t c = s->first; c < s->last; c++) {
        if (c == subject || c == verb || c == object || (t[c].head != object && t[c].head != subject)) continue;
        deprel base = deprel_base(t[c].deprel);
        bool own = t[c].head == subject && c < verb;
        if (base == DEP_PUNCT || (c > object && t[c].deprel == DEP_NMOD_UNMARKED)) t[c].head = verb;
        else if (!own && c > object && (base == DEP_OBL || base == DEP_ADVCL || base == DEP_CONJ || base == DEP_PARATAXIS)) t[c].head = verb;
        else if (t[c].head == subject && c > object && base == DEP_NMOD) t[c].head = verb, t[c].deprel = DEP_OBL;
        else if (t[c].head == subject && c > verb) t[c].head = object;
        if (t[c].head == verb && t[c].deprel == DEP_NMOD_UNMARKED) t[c].deprel = DEP_OBL_UNMARKED;
    }
    make_finite(&t[verb]);
    t[subject].head = verb, t[subject].deprel = DEP_NSUBJ;
    t[object].head = verb, t[object].deprel = DEP_OBJ;
    t[verb].head = -1, t[verb].deprel = DEP_ROOT;
}

/* "Farmers in France blocked roads.", read as blocked roads that farmers are; "Police in Chad fired bullets.", read as police in Chad-fired bullets: a
 * sentence that a full stop ends has a verb. */
static void mend_verbless(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t root = -1;
    if (s->headline || !ends_with_stop(doc, s)) return;
    for (int32_t i = s->first; i < s->last; i++) {
        if (t[i].head < 0) root = i;
        if (t[i].upos == UPOS_AUX || (t[i].upos == UPOS_VERB && t[i].morph.verbform == 1 && t[i].deprel != DEP_AMOD)) return;
    }
    if (root < 0 || !is_noun(&t[root])) return;
    for (int32_t v = s->first + 1; v < s->last; v++) {
        bool named = t[v].upos == UPOS_PROPN && t[v].deprel == DEP_COMPOUND && !capital_first(t[v].form) &&
                     str_in(t[v].form, "drew brought led met won held made took sent struck shot hit cut left began gave told lost sparked killed drove sank broke threw fought sought won provoked prompted angered"); /* "Gaza drew", a name */
        if (!named && (t[v].upos != UPOS_VERB || t[v].deprel != DEP_AMOD)) continue;
        if ((!named && t[v].morph.tense != 1 && !str_in(t[v].form, "beat hit cut shut put set hurt quit split")) || t[v].head <= v || !(is_noun(&t[v - 1]) || capital_first(t[v - 1].form))) continue;
        int32_t object = t[v].head, subject = -1;
        if (object == root) {
            for (int32_t c = s->first; c < v; c++)
                if (t[c].head == root && deprel_base(t[c].deprel) == DEP_NSUBJ) subject = c;
            if (subject < 0 && t[v - 1].head == root && t[v - 1].deprel == DEP_COMPOUND && ((t[v - 1].upos == UPOS_NOUN && (t[v - 1].morph.number == 2 || str_ends(t[v - 1].form, "s"))) || (t[v - 1].upos == UPOS_PROPN && v - 1 == s->first))) subject = v - 1; /* "troops massacred civilians" */
            if (subject < 0 && v - 1 == s->first && t[v - 1].head == root && t[v - 1].upos == UPOS_ADJ && capital_first(t[v - 1].form)) subject = v - 1, t[v - 1].upos = UPOS_PROPN; /* "Harare cut ties" */
        } else if (t[object].head == root && root < v && deprel_base(t[object].deprel) == DEP_NMOD) {
            int32_t spot = v - 1; /* "in Chad": the case goes back to the place */
            if ((t[spot].upos != UPOS_PROPN && !capital_first(t[spot].form)) || (t[spot].head != v && t[spot].head != object)) continue;
            for (int32_t c = s->first; c < spot; c++)
                if (t[c].head == object || t[c].head == v) t[c].head = spot;
            t[spot].upos = UPOS_PROPN, t[spot].head = root, t[spot].deprel = DEP_NMOD;
            subject = root;
        }
        if (subject < 0) continue;
        make_clause(doc, s, subject, v, object);
        return;
    }
}

/* "Chad, Libya and Angola severed ties with Tunisia.", read as three names and a noun: the names are the subject of the participle before the last. */
static void mend_listed(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t root = -1;
    if (!ends_with_stop(doc, s)) return;
    for (int32_t i = s->first; i < s->last; i++) {
        if (t[i].head < 0) root = i;
        if (t[i].upos == UPOS_AUX || (t[i].upos == UPOS_VERB && t[i].morph.verbform == 1 && t[i].deprel != DEP_AMOD)) return;
    }
    if (root < 0 || t[root].upos != UPOS_PROPN) return;
    for (int32_t v = root + 3; v + 1 < s->last; v++) {
        int32_t object = t[v].head, last = v - 1, and = v - 2;
        if (t[v].upos != UPOS_VERB || t[v].deprel != DEP_AMOD || t[v].morph.tense != 1 || object <= v || t[object].head != root || t[object].deprel != DEP_CONJ) continue;
        if (t[last].upos != UPOS_PROPN || (t[last].head != object && t[last].head != root)) continue;
        while (and > root && t[and].upos == UPOS_PROPN) and--;
        if (t[and].upos != UPOS_CCONJ) continue;
        for (int32_t c = and; c < last; c++) t[c].head = last;
        for (int32_t c = object + 1; c < s->last; c++)
            if (t[c].head == root) t[c].head = v;
        make_finite(&t[v]);
        t[last].head = root, t[last].deprel = DEP_CONJ;
        t[root].head = v, t[root].deprel = DEP_NSUBJ;
        t[object].head = v, t[object].deprel = DEP_OBJ;
        t[v].head = -1, t[v].deprel = DEP_ROOT;
        return;
    }
}

/* "Freed six Spanish sailors the following day", with the sailors for a verb: what is counted is a noun. */
static void mend_counted(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 2; i < s->last; i++) {
        int32_t verb = t[i].head;
        bool counted = false;
        if (t[i].upos != UPOS_VERB || verb < s->first || verb > i || t[verb].upos != UPOS_VERB || (t[i].deprel != DEP_CCOMP && t[i].deprel != DEP_XCOMP)) continue;
        if (t[i - 1].head == i && t[i - 1].deprel == DEP_NSUBJ && t[i - 1].upos == UPOS_ADJ && str_ends(t[i].form, "s")) { /* six | Kuwaiti | sailors */
            t[i - 1].deprel = DEP_AMOD;
            for (int32_t c = verb + 1; c < i - 1; c++)
                if (t[c].head == i - 1) t[c].head = i;
        }
        for (int32_t c = verb + 1; c < i; c++) counted |= t[c].head == i && (t[c].deprel == DEP_NUMMOD || t[c].deprel == DEP_AMOD);
        for (int32_t c = s->first; c < s->last; c++)
            if (t[c].head == i && (deprel_base(t[c].deprel) == DEP_NSUBJ || deprel_base(t[c].deprel) == DEP_AUX || t[c].deprel == DEP_OBJ || t[c].deprel == DEP_MARK)) counted = false;
        if (!counted || !str_ends(t[i].form, "s")) continue;
        t[i].upos = UPOS_NOUN, t[i].deprel = DEP_OBJ, t[i].lemma = str_sub(t[i].form, 0, t[i].form.len - 1);
        t[i].feats = STR("Number=Plur"), t[i].morph = morph_of(t[i].feats);
        for (int32_t c = i + 1; c < s->last; c++)
            if (t[c].head == i && (deprel_base(t[c].deprel) == DEP_OBL || t[c].deprel == DEP_ADVMOD)) t[c].head = verb;
    }
}

/* "Sanaa cut ties with Accra.", read as an order: what has a subject before it is none. */
static void mend_order(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t c = s->first; c + 1 < s->last; c++) {
        int32_t v = t[c].head;
        if (v <= c || t[c].deprel != DEP_NSUBJ || !is_noun(&t[c]) || t[v].upos != UPOS_VERB || str_find(t[v].feats, STR("Mood=Imp")) < 0) continue;
        t[v].feats = STR("Mood=Ind|Tense=Past|VerbForm=Fin"), t[v].morph = morph_of(t[v].feats);
    }
}

/* "Will Chad and Mali hold talks?", without a verb in its tree: the auxiliary that opens a question belongs to the bare verb before a noun. */
static void mend_question(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t aux = s->first, subject = -1, verb = -1;
    if (!str_is(t[s->last - 1].form, "?") || t[aux].upos != UPOS_AUX || t[aux].head >= 0) return;
    for (int32_t c = aux + 1; c < s->last; c++) {
        if (t[c].head == aux && t[c].deprel == DEP_NSUBJ) subject = c;
        if (t[c].upos == UPOS_VERB && verb < 0 && (t[c].deprel == DEP_COMPOUND || t[c].deprel == DEP_AMOD) && t[c].head > c) verb = c;
    }
    if (subject < 0 || verb <= subject) return;
    int32_t object = t[verb].head;
    for (int32_t c = s->first; c < s->last; c++)
        if (c != subject && c != object && t[c].head == aux) t[c].head = verb;
    t[verb].head = -1, t[verb].deprel = DEP_ROOT, t[verb].feats = STR("VerbForm=Inf"), t[verb].morph = morph_of(t[verb].feats);
    t[aux].head = verb, t[aux].deprel = DEP_AUX;
    t[subject].head = verb, t[subject].deprel = DEP_NSUBJ;
    t[object].head = verb, t[object].deprel = DEP_OBJ, t[object].upos = UPOS_NOUN;
}

/* "Britain | imposed | sanctions on officials.", the verb under its object and with a subject of its own; "Will China blockade Taiwan?", the verb a name. */
static void mend_under_object(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t v = s->first + 1; v + 1 < s->last; v++) {
        int32_t noun = t[v].head;
        bool subject = false, modal = false, object = false;
        for (int32_t c = s->first; c < s->last; c++) {
            subject |= t[c].head == v && c < v && t[c].deprel == DEP_NSUBJ;
            object |= t[c].head == v && c > v && t[c].deprel == DEP_OBJ;
            modal |= t[c].head == v && c < v && t[c].deprel == DEP_AUX && str_in(t[c].lemma, "will would can could may might shall should must do");
        }
        if (!subject) continue;
        if (t[v].upos == UPOS_VERB && t[v].deprel == DEP_AMOD && noun > v && is_noun(&t[noun])) {
            t[v].head = t[noun].head, t[v].deprel = t[noun].deprel;
            t[noun].head = v, t[noun].deprel = DEP_OBJ;
            make_finite(&t[v]);
        } else if (is_noun(&t[v]) && modal && object && t[v].form.ptr[0] >= 'a' && t[v].form.ptr[0] <= 'z')
            t[v].upos = UPOS_VERB, t[v].lemma = t[v].form, t[v].feats = STR("VerbForm=Inf"), t[v].morph = morph_of(t[v].feats);
    }
}

/* "No one from Peru has come": two words for nobody. */
static void mend_no_one(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i < s->last; i++)
        if (str_is(t[i].form, "one") && str_in(t[i - 1].form, "no No") && t[i].upos == UPOS_NOUN) t[i].upos = UPOS_PRON;
}

/* "Border guards clashed on Monday.", read as guards that are clashed: verbs that take no object have no passive participle. */
static void mend_intransitive(document *doc, const sentence *s) {
    token *t = doc->tokens;
    int32_t root = -1, verb = -1;
    if (!ends_with_stop(doc, s)) return;
    for (int32_t i = s->first; i < s->last; i++) {
        if (t[i].head < 0) root = i;
        if (t[i].upos == UPOS_AUX || (t[i].upos == UPOS_VERB && t[i].morph.verbform == 1)) return;
    }
    if (root < 0 || !is_noun(&t[root])) return;
    for (int32_t v = root + 1; v < s->last && verb < 0; v++)
        if (t[v].head == root && t[v].deprel == DEP_ACL && str_in(t[v].form, "clashed fought skirmished met talked conferred rallied marched protested demonstrated rioted arrived landed fled withdrew retreated died agreed apologised apologized surrendered returned flew travelled traveled")) verb = v;
    if (verb < 0) return;
    for (int32_t c = s->first; c < s->last; c++)
        if (c != verb && c > verb && t[c].head == root) t[c].head = verb;
    make_finite(&t[verb]);
    t[root].head = verb, t[root].deprel = DEP_NSUBJ;
    t[verb].head = -1, t[verb].deprel = DEP_ROOT;
}

static const char gives[] = "give lend send offer grant sell pay award owe hand promise deny donate supply loan ship bring show tell allow refuse guarantee";

/* "Will lend Mozambique two vessels", read as two Mozambique vessels: a name before a number or an article is no part of what they count. */
static void mend_recipient(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 1 < s->last; i++) { /* "lend Denmark | twenty million dollars", two objects */
        int32_t verb = t[i].head;
        if (t[i].upos != UPOS_PROPN || t[i].deprel != DEP_OBJ || verb < s->first || verb > i || !str_in(t[verb].lemma, gives)) continue;
        for (int32_t c = i + 1; c < s->last; c++)
            if (t[c].head == verb && t[c].deprel == DEP_OBJ && t[c].upos == UPOS_NOUN) t[i].deprel = DEP_IOBJ;
    }
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) {
        int32_t noun = t[i].head, verb = noun > i ? t[noun].head : -1, first = i;
        if (t[i].upos != UPOS_PROPN || t[i].deprel != DEP_COMPOUND || verb < s->first || verb >= i || t[noun].deprel != DEP_OBJ) continue;
        bool given = i + 1 == noun && str_in(t[noun].lemma, "loan aid money food arm weapon credit help support asylum assistance grant fund vaccine medicine grain rice fuel gas oil tank missile shelter talk");
        if ((t[i + 1].upos != UPOS_NUM && t[i + 1].upos != UPOS_DET && !given) || (!given && (t[i + 1].head <= i || t[i + 1].head > noun))) continue;
        if (!str_in(t[verb].lemma, gives)) continue;
        while (first - 1 > verb && t[first - 1].upos == UPOS_PROPN && (t[first - 1].head == noun || t[first - 1].head == i)) first--;
        if (first != verb + 1) continue;
        for (int32_t c = first; c < i; c++) t[c].head = i, t[c].deprel = DEP_COMPOUND;
        t[i].head = verb, t[i].deprel = DEP_IOBJ;
    }
}

/* "Secretary of | State Hillary Clinton", with the state for her title: the office is what stands before "of". */
static void mend_office(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t of = s->first + 1; of + 2 < s->last; of++) {
        int32_t what = t[of].head, name = what > of ? t[what].head : -1, title = name > what ? t[name].head : -1;
        if (t[of].deprel != DEP_CASE || !str_is(t[of].form, "of") || t[what].deprel != DEP_NMOD_DESC || t[name].upos != UPOS_PROPN || title < s->first || title >= of) continue;
        if (deprel_base(t[name].deprel) != DEP_NMOD || !is_noun(&t[title])) continue;
        t[what].head = title, t[what].deprel = DEP_NMOD;
        t[name].head = t[title].head, t[name].deprel = t[title].deprel;
        for (int32_t c = s->first; c < s->last; c++)
            if (c != what && t[c].head == title && c > name) t[c].head = name;
        t[title].head = name, t[title].deprel = DEP_NMOD_DESC;
    }
}

/* "Agreed to free two hostages": no adjective stands before a number, an article or a possessive. */
static void mend_infinitive(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 2; i + 1 < s->last; i++) {
        if (t[i].upos != UPOS_ADJ || !str_in(t[i].form, "free clear open secure empty calm") || !str_is(t[i - 1].form, "to")) continue;
        if (t[i + 1].upos != UPOS_NUM && t[i + 1].upos != UPOS_DET && !t[i + 1].morph.poss) continue;
        int32_t noun = t[i].head, verb = i - 2;
        t[i].upos = UPOS_VERB, t[i].feats = STR("VerbForm=Inf"), t[i].morph = morph_of(t[i].feats), t[i].lemma = t[i].form;
        t[i - 1].upos = UPOS_PART, t[i - 1].head = i, t[i - 1].deprel = DEP_MARK;
        if (t[i].deprel != DEP_AMOD || noun < i) continue;
        int32_t up = t[noun].head;
        t[i].head = up >= 0 ? up : verb, t[i].deprel = DEP_XCOMP;
        if (up < 0) continue;
        t[noun].head = i, t[noun].deprel = DEP_OBJ;
    }
}

/* "Pakistan would fire missiles at Delhi", with the verb read as a noun before a noun: behind "would" there is a verb, and a noun with an auxiliary and
 * without a copula is none. */
static void mend_modal(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 1 < s->last; i++) {
        int32_t modal = i - 1, noun = t[i].head;
        if (str_in(t[modal].form, "not n't never also soon")) modal--;
        if (t[i].upos != UPOS_NOUN || t[i].deprel != DEP_COMPOUND || noun <= i || t[i].morph.number == 2 || modal < s->first) continue;
        if (t[modal].upos != UPOS_AUX || t[modal].head != noun || !str_in(t[modal].form, "will would shall should can could may might must 'll")) continue;
        bool copula = false;
        for (int32_t c = s->first; c < s->last; c++) copula |= t[c].head == noun && (t[c].deprel == DEP_COP || (deprel_base(t[c].deprel) == DEP_AUX && str_in(t[c].form, "be been have")));
        if (copula) continue;
        t[i].upos = UPOS_VERB, t[i].feats = STR("VerbForm=Inf"), t[i].morph = morph_of(t[i].feats);
        t[i].head = t[noun].head, t[i].deprel = t[noun].deprel;
        deprel base = deprel_base(t[i].deprel);
        bool clause = base == DEP_ROOT || base == DEP_CCOMP || base == DEP_CONJ || base == DEP_ADVCL || base == DEP_ACL || base == DEP_PARATAXIS || base == DEP_XCOMP;
        if (!clause) t[i].deprel = t[i].head >= 0 && t[t[i].head].upos == UPOS_VERB ? DEP_CCOMP : DEP_ACL_RELCL;
        for (int32_t c = s->first; c < s->last; c++) {
            deprel d = deprel_base(t[c].deprel);
            bool own = c > i && c < noun; /* what stands between belongs to the object */
            bool of_clause = d == DEP_NSUBJ || d == DEP_AUX || d == DEP_MARK || d == DEP_ADVCL || d == DEP_ADVMOD || d == DEP_OBL || d == DEP_CC || d == DEP_CONJ || d == DEP_PUNCT || d == DEP_PARATAXIS;
            if (t[c].head == noun && c != i && !own && (of_clause || (c > noun && d == DEP_NMOD && t[c].deprel != DEP_NMOD_POSS))) {
                t[c].head = i;
                if (d == DEP_NMOD) t[c].deprel = t[c].deprel == DEP_NMOD_UNMARKED ? DEP_OBL_UNMARKED : DEP_OBL;
            }
        }
        t[noun].head = i, t[noun].deprel = DEP_OBJ;
    }
}

/* "Slovakia plans to expel two diplomats", with plans for a noun: one that has a subject, no copula and an infinitive is a verb in the present. */
static void mend_plans(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) {
        if (t[i].upos != UPOS_NOUN || t[i].morph.number != 2 || t[i].form.len < 5 || t[i].form.ptr[t[i].form.len - 1] != 's' || !str_is(t[i + 1].form, "to")) continue;
        bool subject = false, copula = false, infinitive = false;
        for (int32_t c = s->first; c < s->last; c++) {
            if (t[c].head != i) continue;
            subject |= c < i && t[c].deprel == DEP_NSUBJ, copula |= t[c].deprel == DEP_COP;
            infinitive |= c > i + 1 && t[c].deprel == DEP_XCOMP && t[i + 1].head == c;
        }
        if (!subject || copula || !infinitive) continue;
        t[i].upos = UPOS_VERB, t[i].feats = STR("Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"), t[i].morph = morph_of(t[i].feats);
        for (int32_t c = s->first; c < i; c++) /* "Slovakia", for an adjective */
            if (t[c].head == i && t[c].deprel == DEP_NSUBJ && t[c].upos == UPOS_ADJ && capital_first(t[c].form)) t[c].upos = UPOS_PROPN;
    }
}

/* "Received a delegation from Venezuela": whoever is received comes from there, not the reception. */
static void mend_guests(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t from = s->first + 2; from + 1 < s->last; from++) {
        int32_t origin = t[from].head, verb = origin > from ? t[origin].head : -1, guest = -1;
        if (!str_is(t[from].form, "from") || t[from].deprel != DEP_CASE || verb < s->first || verb >= from || t[origin].deprel != DEP_OBL || t[origin].upos != UPOS_PROPN) continue;
        if (!str_in(t[verb].lemma, "receive meet host welcome greet admit invite expel arrest detain kill kidnap abduct")) continue;
        for (int32_t c = verb + 1; c < from; c++)
            if (t[c].head == verb && (t[c].deprel == DEP_OBJ || t[c].deprel == DEP_NSUBJ_PASS)) guest = c;
        if (guest != from - 1 || t[guest].upos != UPOS_NOUN) continue;
        if (!str_in(t[guest].lemma, "delegation envoy minister official leader diplomat ambassador team mission president premier lawmaker negotiator group adviser general commander migrant refugee worker")) continue;
        t[origin].head = guest, t[origin].deprel = DEP_NMOD;
    }
}

/* "Is thought to have supplied rockets", read as having supplied rockets: a bare participle right behind "to have" is its verb. */
static void mend_perfect(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) {
        int32_t verb = i + 1, noun = t[verb].head;
        bool like_participle = t[verb].upos == UPOS_ADJ && str_ends(t[verb].form, "ed");
        if (t[i].upos != UPOS_VERB || !str_is(t[i].form, "have") || t[verb].deprel != DEP_AMOD || !(like_participle || (t[verb].upos == UPOS_VERB && t[verb].morph.tense == 1))) continue;
        if (noun <= verb || t[noun].head != i || t[noun].deprel != DEP_OBJ || (!str_is(t[i - 1].form, "to") && t[i - 1].upos != UPOS_AUX)) continue;
        t[verb].head = t[i].head, t[verb].deprel = t[i].deprel, t[verb].upos = UPOS_VERB;
        if (like_participle) t[verb].lemma = str_is(t[verb].form, "armed") ? STR("arm") : t[verb].lemma;
        t[verb].feats = STR("Tense=Past|VerbForm=Part"), t[verb].morph = morph_of(t[verb].feats);
        for (int32_t c = s->first; c < s->last; c++)
            if (t[c].head == i && c != verb) t[c].head = verb;
        t[i].upos = UPOS_AUX, t[i].head = verb, t[i].deprel = DEP_AUX;
        t[noun].head = verb;
    }
}

/* "Denied that his government had armed the rebels", with a government that had somebody armed: "had" right before a participle is its auxiliary. */
static void mend_had(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) {
        int32_t verb = i + 1;
        if (t[i].upos != UPOS_VERB || !str_in(t[i].form, "had has have") || t[verb].head != i || t[verb].deprel != DEP_XCOMP || t[verb].upos != UPOS_VERB || t[verb].morph.tense != 1) continue;
        t[verb].head = t[i].head, t[verb].deprel = t[i].deprel;
        t[verb].feats = STR("Tense=Past|VerbForm=Part"), t[verb].morph = morph_of(t[verb].feats);
        for (int32_t c = s->first; c < s->last; c++)
            if (t[c].head == i && c != verb) t[c].head = verb;
        t[i].upos = UPOS_AUX, t[i].head = verb, t[i].deprel = DEP_AUX;
    }
}

/* "A Turkish fighter shot down its aircraft", with a noun for the verb and a preposition for its particle. */
static void mend_shot(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first + 1; i + 2 < s->last; i++) {
        int32_t who = i - 1, down = i + 1, object = t[down].head;
        if (t[i].upos != UPOS_NOUN || !str_is(t[i].form, "shot") || !str_is(t[down].form, "down")) continue;
        for (int32_t c = down + 1; object == i && c < s->last; c++) /* the particle is one, the object hangs on the noun */
            if (t[c].head == i && is_noun(&t[c])) object = c;
        if (object <= down) continue;
        if (t[who].head != i || t[who].deprel != DEP_COMPOUND || !is_noun(&t[who])) continue;
        int32_t up = t[i].head;
        for (int32_t c = s->first; c < who; c++)
            if (t[c].head == i) t[c].head = who;
        make_finite(&t[i]);
        t[i].lemma = STR("shoot");
        t[who].head = i, t[who].deprel = DEP_NSUBJ;
        t[down].head = i, t[down].deprel = DEP_COMPOUND_PRT;
        t[object].head = i, t[object].deprel = DEP_OBJ;
        if (up >= 0) t[i].deprel = t[up].upos == UPOS_VERB && up < i ? DEP_CCOMP : t[i].deprel;
    }
}

/* "Into Costa Rica" with the preposition under "Costa"; "NATO warplanes bombed" with a verb for subject; "The following day Russian planes bombed" with
 * the day under "Russian". */
static void mend_phrases(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t i = s->first; i < s->last; i++) {
        int32_t up = t[i].head;
        if (up < s->first) continue;
        if (t[i].deprel == DEP_CASE && up == i + 1 && t[up].deprel == DEP_COMPOUND && t[up].upos == UPOS_PROPN && t[up].head > up) t[i].head = t[up].head;
        if (t[i].deprel == DEP_NSUBJ && t[i].upos == UPOS_VERB && i > s->first && str_ends(t[i].form, "s") && t[i - 1].head == i && is_noun(&t[i - 1])) {
            t[i].upos = UPOS_NOUN, t[i].feats = STR("Number=Plur"), t[i].morph = morph_of(t[i].feats), t[i].lemma = str_sub(t[i].form, 0, t[i].form.len - 1);
            t[i - 1].deprel = DEP_COMPOUND;
        }
        if (i > s->first && i < s->first + 4 && t[i].deprel == DEP_COMPOUND && up == i + 1 && capital_first(t[up].form) && str_in(t[i].lemma, "day week month year night morning evening afternoon") &&
            str_in(t[i - 1].form, "following next same previous that first last")) {
            int32_t verb = up; /* the clause above */
            while (t[verb].head >= 0 && t[verb].upos != UPOS_VERB) verb = t[verb].head;
            if (t[verb].upos != UPOS_VERB) continue;
            for (int32_t c = s->first; c < i; c++) t[c].head = i;
            t[i].head = verb, t[i].deprel = DEP_OBL_UNMARKED;
        }
    }
}

/* "Said institute research fellow Zhao Tong", with two subjects side by side: the first is part of the second's title. */
static void mend_split_title(document *doc, const sentence *s) {
    token *t = doc->tokens;
    for (int32_t b = s->first + 1; b < s->last; b++) {
        int32_t a = b - 1;
        if (t[b].deprel != DEP_NSUBJ || t[b].upos != UPOS_PROPN || t[b].head < s->first) continue;
        for (int32_t up; a > s->first; a--) {
            if (t[a].deprel == DEP_NSUBJ && t[a].head == t[b].head) break;
            for (up = a; up >= s->first && up != b && up != t[b].head && !(up < a && t[up].deprel == DEP_NSUBJ && t[up].head == t[b].head);) up = t[up].head;
            if (up < s->first || up == t[b].head) break; /* what hangs on b, or on the title: "secretary of state" */
        }
        if (t[a].deprel == DEP_NSUBJ && t[a].head == t[b].head && is_noun(&t[a])) t[a].head = b, t[a].deprel = DEP_COMPOUND;
    }
}

void tree_mend(document *doc, const sentence *s) {
    join_names(doc, s);
    mend_noun_phrases(doc, s);
    mend_auxiliary(doc, s);
    mend_subject(doc, s);
    mend_phrases(doc, s);
    mend_verbless(doc, s);
    mend_listed(doc, s);
    mend_counted(doc, s);
    mend_order(doc, s);
    mend_question(doc, s);
    mend_under_object(doc, s);
    mend_no_one(doc, s);
    mend_intransitive(doc, s);
    mend_recipient(doc, s);
    mend_office(doc, s);
    mend_infinitive(doc, s);
    mend_modal(doc, s);
    mend_plans(doc, s);
    mend_guests(doc, s);
    mend_headlines(doc, s);
    mend_perfect(doc, s);
    mend_had(doc, s);
    mend_shot(doc, s);
    mend_reports(doc, s);
    mend_split_title(doc, s);
    mend_inversion(doc, s);
    mend_year(doc, s);
}
