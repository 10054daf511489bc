/* Which words are somebody who can act, and which fillers are of which kind. */
#include "what/match.h"

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

static bool may_name_actor(const token *t) {
    return t->upos == UPOS_PROPN || t->upos == UPOS_NOUN || t->upos == UPOS_PRON || t->upos == UPOS_ADJ || t->upos == UPOS_X || t->mention >= 0 ||
           t->upos == UPOS_DET || t->upos == UPOS_NUM;
}

/* A pronoun is of the type of those it stands for. */
static entity_type type_of(const document *doc, int32_t m) {
    if (m < 0) return ENTITY_NONE;
    const mention *x = &doc->mentions[m];
    return x->kind == MENTION_PRONOUN && x->chain >= 0 ? doc->chains[x->chain].type : x->type;
}

/* At or below this a country is only guessed from where the text is set. */
static const float GUESSED = 0.6f;

static uint8_t flags_of(const actor *a, entity_type type) {
    uint8_t f = ACTOR_NO | ACTOR_YES;
    if (a->country.len && a->confidence > GUESSED) f |= ACTOR_COUNTRY;
    if (type == ENTITY_PERSON) f |= ACTOR_PERSON;
    if (type == ENTITY_COUNTRY || type == ENTITY_PEOPLE || type == ENTITY_CITY || type == ENTITY_REGION || type == ENTITY_PLACE) f |= ACTOR_STATE;
    if (type == ENTITY_ORGANIZATION || type == ENTITY_OUTLET || type == ENTITY_PARTY) f |= ACTOR_ORG;
    if (type == ENTITY_GROUP) f |= ACTOR_GROUP | ACTOR_ORG;
    for (int i = 0; type == ENTITY_OTHER && i < a->sector_count; i++)
        if (str_in(a->sector[i], "IGO NGO MNC PTY")) f |= ACTOR_ORG;
    for (int i = 0; i < a->sector_count; i++)
        if (str_in(a->sector[i], "MIL COP REB UAF PRM")) f |= ACTOR_ARMED;
    return f;
}

/* A common noun acts only if it was found to mean people or bodies of people: "the minister", not "the minister's statement". */
static bool acting_noun(const document *doc, int32_t m) {
    if (m < 0) return false;
    entity_type type = doc->mentions[m].type;
    return type != ENTITY_NONE && type != ENTITY_EVENT && type != ENTITY_PRODUCT && type != ENTITY_OTHER && type != ENTITY_FACILITY;
}

/* "5 million crowns", "$20m". */
static bool is_money(const document *doc, int32_t t) {
    const token *w = at(doc, t);
    if (w->upos == UPOS_SYM && str_in(w->form, "$ € £ ¥")) return true;
    if (str_in(w->lemma, "dollar euro pound yen yuan rouble ruble rupee won franc lira cent $ € £")) return true;
    return str_in(w->lemma, "crown krona krone kroner koruna dinar peso rial riyal ringgit baht shekel dirham rand naira cedi shilling") &&
           tree_find(doc, t, DEP_NUMMOD) >= 0;
}

uint8_t actor_flags(reading *in, int32_t t) {
    if (in->actors[t] != ACTOR_UNASKED) return in->actors[t];
    document *doc = in->doc;
    uint8_t f = ACTOR_NO;
    bool mutual = str_in(at(doc, t)->lemma, "each one") && t + 1 < (int32_t)doc->token_count && str_in(at(doc, t + 1)->form, "other another");
    if (mutual || at(doc, t)->morph.prontype == 9) f |= ACTOR_YES; /* "each other": the other ones of the subject */
    if (in->given && in->given[t]) f = ACTOR_NO | ACTOR_YES;
    if (may_name_actor(at(doc, t)) && at(doc, t)->timex < 0 && !is_money(doc, t)) {
        actor a = {0};
        bool named = who_actor(in->who, doc, t, DAY_NONE, &a) && (a.country.len || a.sector_count || a.id.len || a.name.len);
        int32_t m = at(doc, t)->mention;
        if (named && at(doc, t)->upos == UPOS_PRON && at(doc, t)->deprel == DEP_NMOD_POSS && !a.country.len && !a.sector_count) named = false; /* "its", of whatever */
        bool known_name = m >= 0 && doc->mentions[m].kind == MENTION_NAME && a.id.len && a.sector_count; /* "the IMF", taken for a common noun */
        if (named && at(doc, t)->upos == UPOS_NOUN && !acting_noun(doc, m) && !known_name) named = false;
        if (named && at(doc, t)->upos == UPOS_ADJ && at(doc, t)->deprel == DEP_AMOD && (!a.country.len || (a.sector_count && a.confidence <= GUESSED))) named = false; /* "military expertise" */
        if (named) f |= flags_of(&a, type_of(doc, m));
        if (named && m >= 0 && doc->mentions[m].type == ENTITY_OTHER && doc->mentions[m].kind == MENTION_NAME && a.name.len && a.role.len) f |= ACTOR_PERSON; /* whom the lexicon knows */
        else if (who_parts(doc, t)) f |= ACTOR_YES | ACTOR_COUNTRY;
        if (named && m < 0 && at(doc, t)->upos == UPOS_ADJ && a.country.len == 3 && a.sector_count == 0) f |= ACTOR_STATE; /* "Israeli strikes" */
        if (named && frames_class_has(in->set, in->armed_class, at(doc, t)->lemma)) f |= ACTOR_ARMED;
        if (named && at(doc, t)->upos == UPOS_NOUN && at(doc, t)->morph.number == 1 && !(f & (ACTOR_STATE | ACTOR_ORG | ACTOR_GROUP))) f |= ACTOR_PERSON;
        if (named && at(doc, t)->upos == UPOS_PRON && at(doc, t)->morph.number == 1 && at(doc, t)->morph.gender != 3) f |= ACTOR_PERSON;
    }
    return in->actors[t] = f;
}

static bool has_sector(const actor *a, const char *any) {
    for (int i = 0; i < a->sector_count; i++)
        if (str_in(a->sector[i], any)) return true;
    return false;
}

bool of_public_life(reading *in, int32_t t) {
    uint8_t f = actor_flags(in, t);
    actor a = {0};
    if (f & ACTOR_ARMED) return true;
    if (at(in->doc, t)->timex >= 0 || !who_actor(in->who, in->doc, t, DAY_NONE, &a)) return at(in->doc, t)->upos == UPOS_PRON;
    if (has_sector(&a, "GOV MIL COP LEG JUD SPY REB UAF SEP PTY OPP ELI IGO NGO REF CRM PRM SOC LAB")) return true;
    if (a.country.len && a.sector_count == 0) return true;
    return at(in->doc, t)->upos == UPOS_PRON && !a.country.len && a.sector_count == 0;
}

/* One person in office or in a party, without arms: who "attacks" with words. */
static bool politician(reading *in, int32_t t) {
    uint8_t f = actor_flags(in, t);
    actor a = {0};
    if (!(f & ACTOR_PERSON) || (f & (ACTOR_ARMED | ACTOR_STATE)) || !who_actor(in->who, in->doc, t, DAY_NONE, &a)) return false;
    return has_sector(&a, "GOV LEG PTY ELI OPP") && !has_sector(&a, "MIL COP REB UAF");
}

bool is_firm(reading *in, int32_t t) {
    actor a = {0};
    return at(in->doc, t)->timex < 0 && who_actor(in->who, in->doc, t, DAY_NONE, &a) && has_sector(&a, "BUS MNC JRN MED AGR") && !has_sector(&a, "GOV MIL PTY");
}

bool actors_share_country(reading *in, int32_t a, int32_t b) {
    if (!(actor_flags(in, a) & actor_flags(in, b) & ACTOR_COUNTRY)) return false;
    actor x, y;
    who_actor(in->who, in->doc, a, DAY_NONE, &x);
    who_actor(in->who, in->doc, b, DAY_NONE, &y);
    return str_eq(x.country, y.country);
}

/* ---- the actor that a phrase leads to ---- */

enum { MOST_DEPTH = 3, MOST_NESTED = 1 };

static int32_t actor_below(reading *in, int32_t t, bool as_source, int depth);

static int32_t by_relation(reading *in, int32_t t, bool as_source, int depth, bool (*wanted)(const document *, int32_t, bool)) {
    for (int32_t c = tree_child(in->doc, t); c >= 0; c = tree_next(in->doc, c)) {
        if (!wanted(in->doc, c, as_source)) continue;
        int32_t found = actor_below(in, c, as_source, depth - 1);
        if (found >= 0) return found;
    }
    return -1;
}

static bool owner(const document *doc, int32_t c, bool as_source) {
    (void)as_source;
    return at(doc, c)->deprel == DEP_NMOD_POSS;
}
static bool before(const document *doc, int32_t c, bool as_source) {
    (void)as_source;
    deprel d = at(doc, c)->deprel;
    return d == DEP_COMPOUND || d == DEP_AMOD || d == DEP_NMOD_DESC || d == DEP_APPOS || d == DEP_FLAT;
}
static bool by(const document *doc, int32_t c, bool as_source) {
    (void)as_source;
    return deprel_base(at(doc, c)->deprel) == DEP_NMOD && opened_by(doc, c, STR("by"));
}
static bool of_from(const document *doc, int32_t c, bool as_source) {
    (void)as_source;
    return at(doc, c)->deprel == DEP_NMOD && (opened_by(doc, c, STR("of")) || opened_by(doc, c, STR("from")));
}
static bool phrase(const document *doc, int32_t c, bool as_source) {
    return !as_source && at(doc, c)->deprel == DEP_NMOD && at(doc, c)->timex < 0 && !opened_by(doc, c, STR("according to"));
}

/* The doer of a deed named by a noun, though the parser hung the phrase one step lower: "the detention of a poet by Eritrea". */
static int32_t doer_below(reading *in, int32_t t, int depth) {
    int32_t found = by_relation(in, t, true, depth, by), up = at(in->doc, t)->head;
    bool object = up >= 0 && at(in->doc, t)->deprel == DEP_OBJ && at(in->doc, up)->upos == UPOS_VERB && !is_passive(in->doc, up);
    for (int32_t c = object && found < 0 ? tree_child(in->doc, up) : -1; c >= 0 && found < 0; c = tree_next(in->doc, c)) /* … or one higher */
        if (c > t && deprel_base(at(in->doc, c)->deprel) == DEP_OBL && opened_by(in->doc, c, STR("by")) && at(in->doc, c)->timex < 0 && at(in->doc, c)->upos != UPOS_VERB)
            found = actor_below(in, c, true, depth - 1);
    for (int32_t c = tree_child(in->doc, t); found < 0 && c >= 0; c = tree_next(in->doc, c))
        if (of_from(in->doc, c, true)) found = by_relation(in, c, true, depth, by);
    return found;
}

bool own_to_source(const reading *in, int32_t t) {
    const document *doc = in->doc;
    int32_t m = at(doc, t)->mention;
    if (in->source_chain < 0) return false;
    if (at(doc, t)->upos == UPOS_NUM || at(doc, t)->upos == UPOS_DET || at(doc, t)->upos == UPOS_ADJ) /* "forty of its citizens" */
        for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c))
            if (at(doc, c)->deprel == DEP_NMOD && own_to_source(in, c)) return true;
    if (m < 0) return false;
    if (at(doc, t)->upos == UPOS_PRON) return doc->mentions[m].chain == in->source_chain;
    int32_t whose = tree_find(doc, t, DEP_NMOD_POSS);
    return whose >= 0 && at(doc, whose)->upos == UPOS_PRON && own_to_source(in, whose);
}

/* "A missile fired by the Houthis": who sent what did it. */
static int32_t sender(reading *in, int32_t t, int depth) {
    for (int32_t c = tree_child(in->doc, t); c >= 0; c = tree_next(in->doc, c)) {
        int32_t by_whom = at(in->doc, c)->deprel == DEP_ACL && is_passive(in->doc, c) ? logical_subject(in, c) : -1;
        if (by_whom >= 0 && by_whom != t) return actor_below(in, by_whom, true, depth - 1);
        if (at(in->doc, c)->deprel != DEP_ACL || !is_passive(in->doc, c) || !frames_class_has(in->set, in->instrument_class, at(in->doc, t)->lemma)) continue;
        for (int32_t k = tree_child(in->doc, c); k >= 0; k = tree_next(in->doc, k)) /* "a rocket launched from Gaza" */
            if (deprel_base(at(in->doc, k)->deprel) == DEP_OBL && opened_by(in->doc, k, STR("from")) && (actor_flags(in, k) & ACTOR_STATE)) return k;
    }
    return -1;
}

static int32_t actor_below(reading *in, int32_t t, bool as_source, int depth) {
    bool own = !as_source && at(in->doc, t)->deprel == DEP_NMOD_POSS && own_to_source(in, t);
    if (as_source && is_actor(in, t) && !(actor_flags(in, t) & ACTOR_COUNTRY) && at(in->doc, t)->upos == UPOS_NOUN) {
        int32_t who = depth > 0 ? sender(in, t, depth) : -1; /* "a missile fired by the Houthis" */
        if (who >= 0 && (actor_flags(in, who) & ACTOR_COUNTRY)) return who;
    }
    if (is_actor(in, t) && !own) return t;
    if (depth <= 0) return -1;
    int32_t found = by_relation(in, t, as_source, depth, owner);
    if (found < 0) found = by_relation(in, t, as_source, depth, before);
    if (found < 0 && as_source) found = sender(in, t, depth);
    if (found < 0) found = doer_below(in, t, depth);
    if (found < 0) found = by_relation(in, t, as_source, depth, of_from);
    if (found < 0) found = by_relation(in, t, as_source, depth, phrase);
    return found;
}

static int32_t addressee(reading *in, int32_t v, bool any_phrase) {
    static const char *const preps[] = {"with", "to", "from", "against", "on", "for"};
    const document *doc = in->doc;
    int32_t found = -1;
    for (int32_t c = tree_child(doc, v); c >= 0 && found < 0; c = tree_next(doc, c)) {
        deprel d = deprel_base(at(doc, c)->deprel);
        if ((d != DEP_OBL && d != DEP_IOBJ) || at(doc, c)->timex >= 0) continue;
        bool wanted = any_phrase || d == DEP_IOBJ;
        for (int i = 0; i < 6 && !wanted; i++) wanted = opened_by(doc, c, str_of(preps[i]));
        if (wanted) found = actor_below(in, c, false, MOST_DEPTH);
    }
    return found;
}

/* What is made has no side yet: "agreed to set up a company in Berlin". */
static bool made_here(reading *in, int32_t verb, int32_t object) {
    return str_in(at(in->doc, verb)->lemma, "set establish create form found build launch open develop construct draft") && !(actor_flags(in, object) & ACTOR_COUNTRY);
}

/* Whom a clause is about: "agreed to share water with Dakar" leads to Dakar. */
static int32_t actor_of_clause(reading *in, int32_t v, int depth) {
    const document *doc = in->doc;
    int32_t found = -1, o = logical_object(in, v);
    if (o >= 0 && o == logical_subject(in, v)) o = -1;
    if (o >= 0 && (own_to_source(in, o) || made_here(in, v, o))) o = -1; /* "to withdraw its troops from Chad" */
    if (o >= 0) found = actor_below(in, o, false, 0);
    if (found >= 0 && !at(in->doc, found)->morph.reflex && (actor_flags(in, found) & (ACTOR_STATE | ACTOR_COUNTRY)) == 0) {
        int32_t state = addressee(in, v, false); /* "to train a unit for Fiji": the state, not the unnamed */
        if (state >= 0 && (actor_flags(in, state) & (ACTOR_STATE | ACTOR_COUNTRY))) found = state;
    }
    if (found < 0) found = addressee(in, v, false);
    if (found < 0 && o >= 0) found = actor_below(in, o, false, MOST_DEPTH);
    if (found < 0) found = addressee(in, v, true);
    for (int32_t c = tree_child(doc, v); c >= 0 && found < 0 && depth > 0; c = tree_next(doc, c))
        if (deprel_base(at(doc, c)->deprel) == DEP_XCOMP)
            found = at(doc, c)->upos == UPOS_VERB ? actor_of_clause(in, c, depth - 1) : actor_below(in, c, false, 2);
    return found;
}

/* Who is behind a deed of violence that somebody condemns: not its victims ("the attack on a church", "the detention of a poet by Eritrea"). */
int32_t doer_of(reading *in, int32_t t) {
    if (is_actor(in, t)) return t;
    int32_t found = by_relation(in, t, true, MOST_DEPTH, owner);
    if (found < 0) found = by_relation(in, t, true, MOST_DEPTH, before);
    return found < 0 ? doer_below(in, t, MOST_DEPTH) : found;
}

int32_t actor_in(reading *in, int32_t t, bool as_source) {
    upos u = at(in->doc, t)->upos;
    if ((u == UPOS_VERB || u == UPOS_AUX) && !(at(in->doc, t)->mention >= 0 && is_actor(in, t))) return as_source ? -1 : actor_of_clause(in, t, 2);
    return actor_below(in, t, as_source, MOST_DEPTH);
}

/* ---- kinds ---- */

static bool clause(const token *t) {
    deprel d = deprel_base(t->deprel);
    return t->upos == UPOS_VERB || d == DEP_XCOMP || d == DEP_CCOMP || d == DEP_ADVCL || d == DEP_CSUBJ;
}

static bool is_place(const reading *in, int32_t t) {
    const document *doc = in->doc;
    int32_t m = at(doc, t)->mention;
    if (at(doc, t)->place >= 0 || (at(doc, t)->upos == UPOS_NOUN && frames_class_has(in->set, in->site_class, at(doc, t)->lemma))) return true;
    if (m < 0) return false;
    entity_type type = doc->mentions[m].type;
    return type == ENTITY_PLACE || type == ENTITY_COUNTRY || type == ENTITY_CITY || type == ENTITY_REGION || type == ENTITY_FACILITY;
}

static bool person_word(const token *w) {
    static const char *const ends[] = {"er", "or", "ist", "ian", "ee", "man", "woman", "girl", "boy", "people", "national", "student", "civilian", "ant"};
    for (int i = 0; i < 14; i++)
        if (str_ends(w->lemma, ends[i])) return w->upos == UPOS_NOUN;
    return false;
}

/* "two American hikers": somebody of a nation, though the word is in no list. */
static bool national(reading *in, int32_t t) {
    if (!person_word(at(in->doc, t))) return false;
    for (int32_t c = tree_child(in->doc, t); c >= 0; c = tree_next(in->doc, c))
        if (at(in->doc, c)->deprel == DEP_AMOD && (actor_flags(in, c) & ACTOR_STATE)) return true;
    return false;
}

/* "members", "two organisations": people, though nobody can say whose. They make a condition hold; a party to an event they are not. */
static bool people(const reading *in, int32_t t) { return at(in->doc, t)->upos == UPOS_NOUN && frames_class_has(in->set, in->people_class, at(in->doc, t)->lemma); }

static bool has_aux(const document *doc, int32_t verb, const char *lemmas, bool bare) {
    for (int32_t c = tree_child(doc, verb); c >= 0; c = tree_next(doc, c))
        if (deprel_base(at(doc, c)->deprel) == DEP_AUX && str_in(at(doc, c)->lemma, lemmas) && (!bare || str_eq_nocase(at(doc, c)->form, at(doc, c)->lemma))) return true;
    return false;
}

/* "insisted that Minsk free them", "that they be freed", "that they must go": what is asked, not what is claimed. */
static bool mandate(const document *doc, int32_t t) {
    const token *w = at(doc, t);
    if (w->upos != UPOS_VERB) return has_aux(doc, t, "must should", false) || (tree_find(doc, t, DEP_COP) >= 0 && str_is(at(doc, tree_find(doc, t, DEP_COP))->form, "be"));
    if (has_aux(doc, t, "must should", false)) return true;
    if (w->morph.verbform >= 3) return has_aux(doc, t, "be", true) && !has_aux(doc, t, "will would can could may might", false);
    int32_t doer = tree_find(doc, t, DEP_NSUBJ); /* "that Minsk free them", whatever tense it was read as */
    bool bare = w->morph.verbform == 1 && !str_in(w->form, "put cut set hit let shut split spread cost hurt beat bid burst cast quit read") && str_eq_nocase(w->form, w->lemma) && doer >= 0 && at(doc, doer)->morph.number == 1 && at(doc, doer)->morph.person == 0;
    return (w->morph.verbform == 2 || bare) && !has_aux(doc, t, "will would can could may might do have", false);
}

static bool kind_fits(reading *in, int32_t t, filler_kind kind) {
    const token *w = at(in->doc, t);
    switch (kind) {
    case KIND_ANY: return true;
    case KIND_CLAUSE: return clause(w);
    case KIND_TIME: return w->timex >= 0;
    case KIND_NUMBER: return w->upos == UPOS_NUM;
    case KIND_MONEY: return is_money(in->doc, t);
    case KIND_PLACE: return is_place(in, t);
    case KIND_ACTOR: return is_actor(in, t) || national(in, t) || people(in, t);
    case KIND_THING: return !clause(w) && !is_actor(in, t);
    case KIND_PERSON: return (actor_flags(in, t) & ACTOR_PERSON) != 0;
    case KIND_STATE: return (actor_flags(in, t) & ACTOR_STATE) != 0;
    case KIND_ORG: return (actor_flags(in, t) & ACTOR_ORG) != 0;
    case KIND_POLITICIAN: return politician(in, t);
    case KIND_MANDATE: return mandate(in->doc, t);
    case KIND_COMING: return has_aux(in->doc, t, "will would shall", false) || is_infinitive(in->doc, t);
    case KIND_ARMED: return (actor_flags(in, t) & ACTOR_ARMED) != 0 || frames_class_has(in->set, in->armed_class, w->lemma);
    }
    return false;
}

/* May a word be one for an event of this root? */
static bool root_known(const frame_set *set, const token *w, plover root) {
    char pos = w->upos == UPOS_VERB ? 'v' : w->upos == UPOS_ADJ ? 'a' : 'n';
    uint32_t use = frames_of(set, w->lemma, pos);
    if (use == 0) use = frames_of(set, w->form, pos);
    for (; use; use = set->uses[use].next)
        if (set->frames[set->uses[use].frame].root == root && !set->frames[set->uses[use].frame].none) return true;
    return false;
}

/* Is it one? Where it stands, its best frame decides ("pledged to win" is no war, though "win" may be one). */
static bool root_fits(reading *in, int32_t t, plover root) {
    match m = {0};
    if (!root_known(in->set, at(in->doc, t), root)) return false;
    if (in->nested >= MOST_NESTED) return true;
    in->nested++;
    int32_t kept = in->source_chain;
    bool found = match_trigger(in, t, &m);
    in->source_chain = kept;
    in->nested--;
    return !found || (m.frame->root == root && !m.frame->none);
}

bool names_deed(const reading *in, int32_t t, plover root) { return at(in->doc, t)->upos == UPOS_NOUN && root_known(in->set, at(in->doc, t), root); }

/* A plural that the lemmatiser left as it is ("supplies", "talks") is also its singular. */
static bool plural_of(const token *w, str lemma) {
    uint32_t n = w->lemma.len;
    if (w->upos != UPOS_NOUN || n < 4 || w->lemma.ptr[n - 1] != 's' || lemma.len < 3) return false;
    if (lemma.len + 1 == n) return memcmp(w->lemma.ptr, lemma.ptr, lemma.len) == 0;
    return lemma.len + 2 == n && lemma.ptr[lemma.len - 1] == 'y' && str_ends(w->lemma, "ies") && memcmp(w->lemma.ptr, lemma.ptr, lemma.len - 1) == 0;
}

static bool value_fits(reading *in, int32_t t, const frame_value *v) {
    const token *w = at(in->doc, t);
    switch (v->is) {
    case VALUE_LEMMA: return str_eq_nocase(w->lemma, v->lemma) || str_eq_nocase(w->form, v->lemma) || plural_of(w, v->lemma) ||
                             (memchr(v->lemma.ptr, '-', v->lemma.len) && str_eq_nocase(hyphenated(in->doc, t), v->lemma));
    case VALUE_KIND: return kind_fits(in, t, (filler_kind)v->number);
    case VALUE_ROOT: return root_fits(in, t, (plover)v->number);
    case VALUE_CLASS: return frames_class_has(in->set, v->number, w->lemma) || frames_class_has(in->set, v->number, w->form);
    }
    return false;
}

/* "a series of talks" is talks, "12 million dollars in aid" is aid. */
static int32_t content_of(reading *in, int32_t t) {
    for (int32_t c = is_money(in->doc, t) ? tree_child(in->doc, t) : -1; c >= 0; c = tree_next(in->doc, c))
        if (at(in->doc, c)->deprel == DEP_NMOD && (opened_by(in->doc, c, STR("in")) || opened_by(in->doc, c, STR("of"))) && at(in->doc, c)->upos == UPOS_NOUN) return c;
    int32_t up = is_money(in->doc, t) ? at(in->doc, t)->head : -1;
    for (int32_t c = up >= 0 ? tree_child(in->doc, up) : -1; c >= 0; c = tree_next(in->doc, c)) /* … hung one step too high */
        if (deprel_base(at(in->doc, c)->deprel) == DEP_OBL && at(in->doc, c)->left == at(in->doc, t)->right + 1 && opened_by(in->doc, c, STR("in"))) return c;
    if (!frames_class_has(in->set, in->quantity_class, at(in->doc, t)->lemma)) return t;
    for (int32_t c = tree_child(in->doc, t); c >= 0; c = tree_next(in->doc, c))
        if (at(in->doc, c)->deprel == DEP_NMOD && opened_by(in->doc, c, STR("of"))) return c;
    return t;
}

bool filler_fits(reading *in, int32_t t, const frame_value *values, int count) {
    int32_t inner = content_of(in, t);
    for (int i = 0; i < count; i++)
        if (value_fits(in, t, &values[i]) || (inner != t && value_fits(in, inner, &values[i]))) return true;
    return count == 0;
}
