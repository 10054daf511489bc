/* Who does what in a clause, whatever its shape: passives, relative and participial clauses, control and raising, coordination. Every shape is
 * led back to the plain active sentence ("Kuwait was invaded by Iraq": Iraq is the subject, Kuwait the object). */
#include "what/reading.h"

enum { MOST_STEPS = 12 };

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

static bool verbal(const document *doc, int32_t t) { return t >= 0 && (at(doc, t)->upos == UPOS_VERB || at(doc, t)->upos == UPOS_AUX); }

bool opened_by(const document *doc, int32_t t, str prep) {
    char words[48];
    uint32_t n = 0;
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) {
        if (at(doc, c)->deprel != DEP_CASE && at(doc, c)->deprel != DEP_MARK) continue;
        int32_t part = c;
        while (part >= 0) {
            str w = at(doc, part)->lemma;
            if (n + w.len + 1 >= sizeof words) return false;
            if (n) words[n++] = ' ';
            for (uint32_t i = 0; i < w.len; i++) words[n++] = w.ptr[i] >= 'A' && w.ptr[i] <= 'Z' ? (char)(w.ptr[i] + 32) : w.ptr[i];
            if (str_eq((str){words, n}, prep)) return true;
            part = part == c ? tree_find(doc, c, DEP_FIXED) : -1;
        }
    }
    return n && str_eq((str){words, n}, prep);
}

bool is_infinitive(const document *doc, int32_t t) {
    bool finite = false; /* "it would close": a bare form, but no infinitive clause */
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) {
        if (at(doc, c)->deprel == DEP_MARK && token_lemma(doc, c, "to")) return true;
        finite |= at(doc, c)->deprel == DEP_AUX && str_in(at(doc, c)->lemma, "will would shall should can could may might must 'll 'd");
    }
    return at(doc, t)->morph.verbform == 2 && !finite;
}

static bool past_participle(const document *doc, int32_t v) {
    const token *t = at(doc, v);
    return t->morph.verbform == 3 && (t->morph.tense == 1 || t->morph.voice == 1);
}

static bool past_participle_form(const document *doc, int32_t v) { return past_participle(doc, v) || at(doc, v)->morph.tense == 1; }

static int32_t own_subject(const document *doc, int32_t v) {
    int32_t s = tree_find(doc, v, DEP_NSUBJ);
    if (s < 0) s = tree_find(doc, v, DEP_NSUBJ_PASS);
    if (s < 0) s = tree_find(doc, v, DEP_NSUBJ_OUTER);
    int32_t clause = s < 0 ? tree_find(doc, v, DEP_CSUBJ) : -1; /* "Leaders meeting in Gaborone pressed", read as their meeting */
    if (clause >= 0 && str_ends(at(doc, clause)->form, "ing")) s = tree_find(doc, clause, DEP_NSUBJ);
    if (s < 0 && at(doc, v)->morph.verbform == 1 && v > 0 && at(doc, v - 1)->upos == UPOS_PROPN && at(doc, v - 1)->timex < 0 && at(doc, v - 1)->head >= 0 && at(doc, at(doc, v - 1)->head)->timex >= 0)
        s = v - 1; /* "on Friday Panama expelled" */
    if (s < 0 && at(doc, v)->morph.verbform == 1 && v > 0 && at(doc, v - 1)->deprel == DEP_APPOS && at(doc, v - 1)->upos == UPOS_NOUN) {
        int32_t up = at(doc, v - 1)->head; /* "In Guerrero, gunmen kidnapped": taken for an apposition of the place */
        if (up >= 0 && at(doc, up)->head == v && deprel_base(at(doc, up)->deprel) == DEP_OBL) s = v - 1;
    }
    if (s < 0 && at(doc, v)->morph.verbform == 1 && (s = tree_find(doc, v, DEP_COMPOUND)) > v) s = -1; /* verbs have no compounds: a subject misread */
    return s;
}

static bool has_auxiliary(const document *doc, int32_t v) { return tree_find_base(doc, v, DEP_AUX) >= 0; }

static int32_t name_before(const document *doc, int32_t of, int32_t until) {
    for (int32_t c = tree_child(doc, of); c >= 0 && c < until; c = tree_next(doc, c)) {
        deprel d = deprel_base(at(doc, c)->deprel);
        if (d == DEP_DET || at(doc, c)->upos == UPOS_PUNCT) return -1;
        if ((d == DEP_COMPOUND || d == DEP_NMOD || d == DEP_NSUBJ) && at(doc, c)->upos == UPOS_PROPN && at(doc, c)->deprel != DEP_NMOD_POSS) return c;
    }
    return -1;
}

/* A clause read as one noun phrase ("Oman hosted talks", "Riyadh severed ties with Tehran"): a name, a participle, a noun. The name, else -1. */
static int32_t flattened_subject(const document *doc, int32_t v) {
    int32_t n = at(doc, v)->head;
    if (at(doc, v)->deprel == DEP_AMOD && n > v && at(doc, n)->deprel == DEP_APPOS && past_participle_form(doc, v)) { /* "Villagers accused soldiers" */
        int32_t before = at(doc, n)->head;
        bool beside = before >= 0 && before < v && at(doc, n)->left == v;
        for (int32_t t = before + 1; t < v && beside; t++) beside = at(doc, t)->upos != UPOS_PUNCT;
        if (beside) return before;
    }
    if ((at(doc, v)->deprel != DEP_AMOD && at(doc, v)->deprel != DEP_COMPOUND) || n < v || !past_participle_form(doc, v)) return -1;
    for (int32_t c = tree_child(doc, n); c >= 0 && c < v; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_DET) return -1;
    int32_t name = name_before(doc, n, v);
    return name >= 0 ? name : name_before(doc, v, v);
}

/* "Journalist arrested in Cairo": headlines leave out "was"; their own tense for news is the present. Verbs that want an object and have none. */
static bool headline_passive(const document *doc, int32_t v) {
    static const char wants_object[] =
        "abduct acquit appoint arrest assassinate attack ban bar beat behead besiege blame block blockade bomb bury cancel capture censor charge condemn confiscate convict "
        "decapitate deport detain disarm dismiss displace elect evacuate evict execute exile expel extradite fine force free gun hang hijack hold hospitalize imprison indict injure "
        "intercept invite jail kidnap kill lift liberate maim massacre murder name oust overthrow pardon poison postpone probe prosecute raid ransack rape recall release rescue "
        "sack sanction seize sentence shell shoot shut slay stab summon suspend target tear-gas topple torture wound sign";
    const token *t = at(doc, v);
    if (!doc->sentences[t->sentence].headline || t->morph.tense != 1 || has_auxiliary(doc, v)) return false;
    if (tree_find(doc, v, DEP_OBJ) >= 0 || tree_find(doc, v, DEP_CCOMP) >= 0 || tree_find(doc, v, DEP_NSUBJ) < 0) return false;
    return str_in(t->lemma, wants_object);
}

/* "Rights experts called on China": a whole sentence read as a noun with a participle. No noun closes a sentence with a participle of its own and no verb beside. */
static bool misread_main(const document *doc, int32_t v) {
    int32_t noun = at(doc, v)->head;
    if (at(doc, v)->deprel != DEP_ACL || noun < 0 || noun > v || at(doc, noun)->deprel != DEP_ROOT || !past_participle_form(doc, v)) return false;
    const sentence *s = &doc->sentences[at(doc, v)->sentence];
    if (s->headline || tree_find(doc, noun, DEP_COP) >= 0 || (at(doc, noun)->upos != UPOS_NOUN && at(doc, noun)->upos != UPOS_PROPN)) return false;
    if (!str_in(at(doc, s->last - 1)->form, ". \"") || at(doc, v)->left <= noun) return false;
    for (int32_t t = noun + 1; t < v; t++)
        if (at(doc, t)->upos == UPOS_PUNCT) return false;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (deprel_base(at(doc, c)->deprel) == DEP_OBL && opened_by(doc, c, STR("by"))) return false;
    for (int32_t c = tree_child(doc, noun); c >= 0; c = tree_next(doc, c))
        if (c != v && at(doc, c)->upos == UPOS_VERB && at(doc, c)->deprel != DEP_AMOD && at(doc, c)->deprel != DEP_ACL_RELCL && c > v) return false;
    return true;
}

bool is_passive(const document *doc, int32_t v) {
    if (!verbal(doc, v)) return false;
    if (misread_main(doc, v)) return false;
    if (headline_passive(doc, v)) return true;
    if (tree_find(doc, v, DEP_AUX_PASS) >= 0) return true;
    bool finite_place = (at(doc, v)->deprel == DEP_ROOT || at(doc, v)->deprel == DEP_CCOMP || at(doc, v)->deprel == DEP_PARATAXIS) && !doc->sentences[at(doc, v)->sentence].headline;
    if (tree_find(doc, v, DEP_NSUBJ_PASS) >= 0 && (at(doc, v)->morph.verbform == 1 || finite_place) && !has_auxiliary(doc, v)) return false; /* "the Council on Tuesday called for" */
    if (tree_find(doc, v, DEP_NSUBJ_PASS) >= 0) return has_auxiliary(doc, v) || tree_find(doc, v, DEP_OBJ) < 0; /* "Guards tortured prisoners", misread */
    if (!past_participle(doc, v) || has_auxiliary(doc, v) || tree_find(doc, v, DEP_NSUBJ) >= 0) return false;
    deprel d = at(doc, v)->deprel;
    if (flattened_subject(doc, v) >= 0) return false;
    if (d == DEP_ACL || d == DEP_AMOD) return true;
    if (d == DEP_ADVCL || d == DEP_XCOMP) return tree_find(doc, v, DEP_OBJ) < 0;
    if (d == DEP_CONJ) return is_passive(doc, at(doc, v)->head);
    return at(doc, v)->morph.voice == 1;
}

static bool relative(const document *doc, int32_t t) {
    str w = at(doc, t)->lemma;
    unsigned p = at(doc, t)->morph.prontype;
    return p == 2 || ((p == 3 || p == 0) && (str_is(w, "who") || str_is(w, "which") || str_is(w, "whom")));
}

int32_t relative_head(const document *doc, int32_t t) {
    if (t < 0 || at(doc, t)->upos != UPOS_PRON || !(relative(doc, t) || (at(doc, t)->morph.prontype != 4 && token_lemma(doc, t, "that")))) return t;
    int32_t up = at(doc, t)->head;
    for (int step = 0; up >= 0 && step < MOST_STEPS; step++, up = at(doc, up)->head)
        if (at(doc, up)->deprel == DEP_ACL_RELCL && at(doc, up)->head >= 0) return at(doc, up)->head;
    return t;
}

/* ---- subjects ---- */

static int32_t surface_steps(reading *in, int32_t v, int steps);

static int32_t plain_object(const document *doc, int32_t v) {
    int32_t o = tree_find(doc, v, DEP_IOBJ);
    return o >= 0 ? o : tree_find(doc, v, DEP_OBJ);
}

/* "called on Ankara to free": the one who is called on does what the infinitive says. */
static int32_t addressed(reading *in, int32_t v) {
    const document *doc = in->doc;
    static const char *const preps[] = {"on", "upon", "to", "with", "for"};
    if (!frames_class_has(in->set, in->object_control_class, at(doc, v)->lemma)) return -1;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (deprel_base(at(doc, c)->deprel) == DEP_OBL)
            for (int i = 0; i < 5; i++)
                if (opened_by(doc, c, str_of(preps[i]))) return c;
    return -1;
}

/* Who does what the infinitive under `verb` says. */
static int32_t controller(reading *in, int32_t verb, int steps) {
    const document *doc = in->doc;
    if (!is_passive(doc, verb) && !frames_class_has(in->set, in->subject_control_class, at(doc, verb)->lemma)) {
        int32_t o = plain_object(doc, verb);
        if (o < 0) o = addressed(in, verb);
        if (o >= 0) return o;
    }
    return surface_steps(in, verb, steps);
}

/* "Showed the president opening a bridge", "found him lying": a bare participle right behind the object is about the object. */
static bool depicted(reading *in, int32_t v, int32_t verb, int32_t object) {
    const document *doc = in->doc;
    if (!frames_class_has(in->set, in->depiction_class, at(doc, verb)->lemma)) return false;
    return at(doc, v)->left == at(doc, object)->right + 1 && at(doc, v)->left == v && str_ends(at(doc, v)->form, "ing");
}

/* An adverbial clause opened by "of", "from", "for" … is about the object ("accused Minsk of sending"). */
static int32_t adverbial_subject(reading *in, int32_t v, int32_t verb, int steps) {
    const document *doc = in->doc;
    static const char *const about_object[] = {"of", "from", "into", "for", "against"};
    if (!is_passive(doc, verb)) {
        int32_t o = plain_object(doc, verb);
        for (int i = 0; o >= 0 && i < 5; i++)
            if (opened_by(doc, v, str_of(about_object[i]))) return o;
        if (o >= 0 && depicted(in, v, verb, o)) return o;
        if (is_infinitive(doc, v) && (o = addressed(in, verb)) >= 0) return o;
        if (is_infinitive(doc, v) && frames_class_has(in->set, in->object_control_class, at(doc, verb)->lemma) && plain_object(doc, verb) >= 0)
            return plain_object(doc, verb);
    }
    return surface_steps(in, verb, steps);
}

static int32_t noun_doer(reading *in, int32_t noun) {
    fillers f = {0};
    frame_place subj = {AT_SUBJ, STR("")};
    fill(in, noun, 'n', &subj, &f);
    return f.count ? f.at[0] : -1;
}

static bool nominal(const document *doc, int32_t t) { return at(doc, t)->upos == UPOS_NOUN || at(doc, t)->upos == UPOS_PROPN; }

/* "Photographs of the president opening a dam": he opens it. -1: no picture, or of nobody. */
static int32_t pictured(const document *doc, int32_t picture) {
    if (!str_in(at(doc, picture)->lemma, "picture photo photograph image footage video film clip portrait broadcast report")) return -1;
    int32_t whom = tree_find(doc, picture, DEP_NMOD);
    return whom > picture && opened_by(doc, whom, STR("of")) ? whom : -1;
}

static int32_t clausal_subject(reading *in, int32_t v, int32_t noun, int steps) {
    const document *doc = in->doc;
    int32_t whom = str_ends(at(doc, v)->form, "ing") ? pictured(doc, noun) : -1;
    if (whom >= 0) return whom;
    if (!is_infinitive(doc, v)) return noun;
    int32_t doer = noun_doer(in, noun);
    if (doer >= 0) return doer;
    int32_t up = at(doc, noun)->head;
    if (verbal(doc, up)) return surface_steps(in, up, steps);
    return noun;
}

static int32_t surface_steps(reading *in, int32_t v, int steps) {
    const document *doc = in->doc;
    if (steps <= 0 || v < 0) return -1;
    int32_t s = own_subject(doc, v), up = at(doc, v)->head;
    if (s >= 0) return relative_head(doc, s);
    if (up < 0) return -1;
    switch (at(doc, v)->deprel) {
    case DEP_CONJ: return verbal(doc, up) || at(doc, up)->upos == UPOS_ADJ || own_subject(doc, up) >= 0 ? surface_steps(in, up, steps - 1) : -1;
    case DEP_XCOMP: return nominal(doc, up) ? noun_doer(in, up) : controller(in, up, steps - 1);
    case DEP_CCOMP: return at(doc, v)->morph.verbform == 1 ? -1 : nominal(doc, up) ? noun_doer(in, up) : surface_steps(in, up, steps - 1);
    case DEP_ADVCL:
        if (nominal(doc, up) && own_subject(doc, up) < 0) return noun_doer(in, up);
        return at(doc, v)->morph.verbform == 1 && at(doc, v)->morph.mood == 1 ? -1 : adverbial_subject(in, v, up, steps - 1);
    case DEP_COMPOUND: return flattened_subject(doc, v);
    case DEP_AMOD: return flattened_subject(doc, v) >= 0 ? flattened_subject(doc, v) : up;
    case DEP_ACL: return clausal_subject(in, v, up, steps - 1);
    case DEP_ACL_RELCL: return tree_find(doc, v, DEP_OBJ) >= 0 || is_passive(doc, v) ? up : -1;
    default: return -1;
    }
}

int32_t surface_subject(reading *in, int32_t verb) { return surface_steps(in, verb, MOST_STEPS); }

static int32_t agent(const document *doc, int32_t v) {
    int32_t a = tree_find(doc, v, DEP_OBL_AGENT);
    for (int32_t c = tree_child(doc, v); a < 0 && c >= 0; c = tree_next(doc, c))
        if (deprel_base(at(doc, c)->deprel) == DEP_OBL && opened_by(doc, c, STR("by")) && at(doc, c)->timex < 0) a = c;
    return relative_head(doc, a);
}

int32_t logical_subject(reading *in, int32_t v) {
    if (!is_passive(in->doc, v)) return surface_subject(in, v);
    int32_t a = agent(in->doc, v), up = at(in->doc, v)->head;
    if (a < 0 && up >= 0 && at(in->doc, v)->deprel == DEP_CONJ && is_passive(in->doc, up)) a = agent(in->doc, up);
    if (a < 0) {
        int32_t c = tree_find(in->doc, v, DEP_CONJ); /* "arrested and jailed by the police" */
        if (c >= 0 && verbal(in->doc, c)) a = agent(in->doc, c);
    }
    return a;
}

/* ---- objects ---- */

static bool has_relative(const document *doc, int32_t v) {
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->upos == UPOS_PRON && relative_head(doc, c) != c) return true;
    return false;
}

/* "arrested and jailed the poet": one object for both. */
static int32_t shared_object(const document *doc, int32_t v) {
    int32_t up = at(doc, v)->head, o;
    if (at(doc, v)->deprel == DEP_CONJ && verbal(doc, up) && (o = tree_find(doc, up, DEP_OBJ)) > v) return o;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_CONJ && verbal(doc, c) && c - v <= 3 && own_subject(doc, c) < 0 && !is_passive(doc, c))
            return tree_find(doc, c, DEP_OBJ);
    return -1;
}

/* "up to 16 nuns": the words count, they do not open a phrase. */
static bool counted_up(const document *doc, int32_t c) {
    int32_t to = tree_find(doc, c, DEP_CASE);
    return to > 0 && token_lemma(doc, to, "to") && token_lemma(doc, to - 1, "up") && (size_t)to + 1 < doc->token_count && at(doc, to + 1)->upos == UPOS_NUM;
}

/* "fought off Taliban fighters": the particle was taken for a preposition. */
static bool opened_by_particle(const document *doc, int32_t v, int32_t c) {
    int32_t first = tree_find(doc, c, DEP_CASE);
    return first == v + 1 && str_in(at(doc, first)->lemma, "off out up down away back over") && tree_find(doc, first, DEP_FIXED) < 0 &&
           at(doc, first + 1)->deprel != DEP_CASE;
}

/* What the parser hung elsewhere: "Will France attack Syria?" (a vocative), "kidnapped up to 16 nuns" (a phrase without a preposition). */
static int32_t misread_object(const document *doc, int32_t v) {
    int32_t state = tree_find(doc, v, DEP_XCOMP); /* "shot dead a student" */
    if (state == v + 1 && at(doc, state)->upos == UPOS_ADJ && tree_child(doc, state) > state) {
        int32_t c = tree_child(doc, state);
        if (tree_find(doc, c, DEP_CASE) < 0 && at(doc, c)->timex < 0 && tree_find(doc, c, DEP_MARK) < 0 && at(doc, c)->upos != UPOS_ADV) return c;
    }
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) {
        int32_t mark = tree_find(doc, c, DEP_MARK), prep = tree_find(doc, c, DEP_CASE);
        if (at(doc, c)->deprel == DEP_ADVCL && mark == v + 1 && token_lemma(doc, mark, "as") && tree_find(doc, c, DEP_OBJ) > c) return tree_find(doc, c, DEP_OBJ); /* "dismissed as lies the claims" */
        if (deprel_base(at(doc, c)->deprel) == DEP_OBL && prep == v + 1 && str_in(at(doc, prep)->lemma, "over off out up back") && str_in(at(doc, v)->lemma, "hand turn give cut call set pull round shut sign seal") && tree_find(doc, v, DEP_COMPOUND_PRT) < 0)
            return c; /* "handed over forty tractors" */
    }
    int32_t clause = tree_find(doc, v, DEP_CCOMP); /* "pardoned eleven leaders arrested last summer", read as what they did */
    if (clause > v && past_participle_form(doc, clause) && tree_find_base(doc, clause, DEP_AUX) < 0 && tree_find(doc, clause, DEP_MARK) < 0 && at(doc, clause)->left == v + 1 &&
        !str_in(at(doc, v)->lemma, "say tell report claim announce believe think know show find reveal confirm deny admit argue insist hope fear suggest state add note warn learn see hear understand mean write"))
        return tree_find(doc, clause, DEP_NSUBJ);
    if (clause >= 0 || tree_find(doc, v, DEP_XCOMP) >= 0) return -1;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) {
        const token *t = at(doc, c);
        if (c < v || t->timex >= 0 || (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN)) continue;
        if (t->deprel == DEP_VOCATIVE || t->deprel == DEP_DISLOCATED || (t->deprel == DEP_OBL && (tree_find(doc, c, DEP_CASE) < 0 || counted_up(doc, c) || opened_by_particle(doc, v, c)))) return c;
    }
    return -1;
}

/* Verbs that keep an object in the passive. */
#define GIVING "grant give deny offer award send promise pay hand refuse lend show allow allot assign accord guarantee provide issue"

int32_t logical_object(reading *in, int32_t v) {
    const document *doc = in->doc;
    int32_t o = tree_find(doc, v, DEP_OBJ);
    if (is_passive(doc, v) && o >= 0 && tree_find(doc, v, DEP_NSUBJ_PASS) >= 0 && o > v && str_in(at(doc, v)->lemma, GIVING)) return relative_head(doc, o); /* "was granted asylum": the subject is whom it was granted to */
    if (is_passive(doc, v)) return o >= 0 && own_subject(doc, v) < 0 && at(doc, v)->deprel != DEP_ACL ? relative_head(doc, o) : surface_subject(in, v);
    if (o < 0) o = tree_find(doc, v, DEP_IOBJ); /* "urged Jakarta to spare" */
    if (o >= 0) return relative_head(doc, o);
    if (flattened_subject(doc, v) >= 0) return at(doc, v)->head;
    if (at(doc, v)->deprel == DEP_ACL_RELCL && own_subject(doc, v) >= 0 && !has_relative(doc, v)) return at(doc, v)->head;
    o = shared_object(doc, v);
    return o >= 0 ? o : misread_object(doc, v);
}
