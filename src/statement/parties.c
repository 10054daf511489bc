#include "statement/parties.h"

/* "The New Year's Eve assaults": an expression of time is nobody. */
static bool in_time(const document *doc, int32_t word) {
    for (size_t i = 0; i < doc->time_count; i++)
        if (doc->times[i].first <= word && word < doc->times[i].last) return true;
    return false;
}

static void push(parties *out, const actor *a) {
    if (out->count < MOST_PARTIES) out->is[out->count++] = *a;
}

void parties_add(const rap_engine *engine, document *doc, const int32_t *heads, int count, day date, parties *out) {
    for (int i = 0; i < count; i++) {
        actor a;
        if (heads[i] < 0 || in_time(doc, heads[i])) continue;
        int parts = who_parts(doc, heads[i]);
        for (int p = 0; p < parts; p++)
            if (who_part(engine->who, doc, heads[i], p, date, &a)) push(out, &a);
        if (!parts && who_actor(engine->who, doc, heads[i], date, &a)) push(out, &a);
    }
}

bool is_reciprocal(const document *doc, int32_t word) {
    const token *t = &doc->tokens[word];
    if (t->morph.prontype == 9) return true;
    return str_in(t->lemma, "each one") && word + 1 < (int32_t)doc->token_count && str_in(doc->tokens[word + 1].form, "other another");
}

bool same_party(const actor *a, const actor *b) {
    if (a->part || b->part) return a->part == b->part && a->head == b->head;
    return a->head == b->head || (a->id.len && str_eq(a->id, b->id)) || (a->mention >= 0 && a->mention == b->mention) ||
           (a->name.len && str_eq(a->name, b->name)) || (a->start == b->start && a->end == b->end);
}

/* ---- what one side leaves to the other ---- */

static bool is_state(str country) { return country.len == 3 && !str_in(country, "IGO NGO UNO EUR IMG ISM MNC"); }

/* Deeds of a state against its own: no army of another country detains, pardons, bans, rallies or is struck against. */
static bool at_home(const statement *s) {
    switch (s->root) {
    case COERCE: case PROTEST: case CONCEDE: case REJECT: case REQUEST: case ACCUSE: case THREATEN: return true;
    case RETREAT: return str_is(s->mode, "release");
    case ASSAULT: return s->source.sector_count && (s->target.sector_count || str_in(s->source.sector[0], "REB UAF CRM"));
    default: return false;
    }
}

static bool nobody_in_particular(const actor *a) {
    return !a->country.len && !a->name.len && !a->id.len && (!a->sector_count || str_in(a->sector[0], "GOV LEG JUD MIL COP OPP CVL REB UAF LAB EDU MED JRN AGR REL BUS ELI PTY CRM SOC HLH"));
}

/* A former minister charged by the prosecutors: named, but of an office, before a court or a police that can be his own state's only. */
static bool before_the_law(const statement *s) {
    const actor *t = &s->target;
    return (s->root == COERCE || s->root == ACCUSE) && !t->country.len && t->sector_count && s->source.sector_count && str_in(s->source.sector[0], "JUD COP");
}

static void take_country(document *doc, actor *a, str country) {
    a->country = country;
    a->code = who_code(doc, country, a->sector, a->sector_count);
    a->confidence *= 0.5f;
}

/* "Three Israeli tourists", "a foreign envoy": not of the place. */
static bool foreign(const document *doc, const actor *a) {
    static const char words[] = "embassy consulate diplomat ambassador envoy tourist foreigner expatriate contractor peacekeeper visitor base";
    return a->head >= 0 && str_in(doc->tokens[a->head].lemma, words);
}

static bool place_word(const document *doc, const actor *a) {
    entity_type type = a->mention >= 0 ? doc->mentions[a->mention].type : ENTITY_OTHER;
    return a->mention >= 0 && doc->mentions[a->mention].kind == MENTION_NAME && type != ENTITY_PERSON && type != ENTITY_ORGANIZATION && type != ENTITY_GROUP && type != ENTITY_PARTY;
}

/* The state that tells of a deed done by another's, in its own voice; NULL where nobody complains so. */
static const actor *accuser_of(const statement *s) {
    if (s->root != ASSAULT || !s->voice_count || !s->has_source || !is_state(s->source.country)) return NULL;
    const actor *accuser = &s->voices[s->voice_count - 1].speaker;
    if (!s->voices[s->voice_count - 1].has_speaker || !is_state(accuser->country) || str_eq(accuser->country, s->source.country)) return NULL;
    return accuser->sector_count && !str_in(accuser->sector[0], "GOV MIL COP") ? NULL : accuser;
}

/* "Sudan says American missiles hit a factory": what a state complains of was done to it. */
static bool of_the_accuser(document *doc, statement *s) {
    const actor *accuser = accuser_of(s);
    if (!accuser || foreign(doc, &s->target)) return false;
    if (!nobody_in_particular(&s->target) && (s->target.country.len || !place_word(doc, &s->target))) return false;
    take_country(doc, &s->target, accuser->country);
    return true;
}

/* "Eritrea says Ethiopian soldiers attacked a border post": the thing that was struck is the complainer's, though nobody lives by its name. */
static void give_thing(document *doc, statement *s) {
    static const char things[] = "post outpost village town base checkpoint camp patrol boat ship trawler vessel tanker plane convoy bridge house market factory school hospital church mosque position station barracks refinery pipeline";
    const actor *accuser = s->has_target ? NULL : accuser_of(s);
    int32_t thing = accuser ? tree_find(doc, doc->events[s->event].trigger, DEP_OBJ) : -1;
    if (thing < 0 || !str_in(doc->tokens[thing].lemma, things)) return;
    const token *t = &doc->tokens[thing];
    s->target = (actor){.start = t->start, .end = t->end, .text = t->form, .name = STR(""), .country = accuser->country, .role = STR(""), .id = STR(""), .mention = t->mention, .corefers = -1, .head = thing, .confidence = 0.4f};
    s->target.code = who_code(doc, accuser->country, NULL, 0);
    s->has_target = true;
}

/* "Withdrew from Zalambessa in Ethiopia": a place that nobody knows is in the one that is named behind it. */
static void find_container(document *doc, actor *a) {
    int32_t next = a->head + 1;
    if (a->country.len || a->head < 0 || next + 1 >= (int32_t)doc->token_count || !place_word(doc, a) || !str_in(doc->tokens[next].form, "in ,")) return;
    for (size_t i = 0; i < doc->place_count; i++)
        if (doc->places[i].first == next + 1 && is_state(doc->places[i].country)) {
            a->country = doc->places[i].country;
            a->code = who_code(doc, a->country, a->sector, a->sector_count);
            return;
        }
}

/* "Turkish forces raided a market in Poland": whoever is struck without a name is of the state where that is told to have happened. */
static bool of_the_place(document *doc, statement *s) {
    if (s->root != ASSAULT || s->place < 0 || !nobody_in_particular(&s->target) || foreign(doc, &s->target)) return false;
    str country = doc->places[s->place].country;
    if (!is_state(country) || str_eq(country, s->source.country)) return false;
    take_country(doc, &s->target, country);
    return true;
}

void share_country(document *doc, statement *s) {
    give_thing(doc, s);
    if (s->has_target) find_container(doc, &s->target);
    if (!s->has_source || !s->has_target || of_the_accuser(doc, s) || of_the_place(doc, s) || !at_home(s)) return;
    if (is_state(s->source.country) && (nobody_in_particular(&s->target) || before_the_law(s) || (s->root == PROTEST && !s->target.country.len && !s->target.sector_count)) && !foreign(doc, &s->target)) take_country(doc, &s->target, s->source.country);
    else if (is_state(s->target.country) && nobody_in_particular(&s->source) && s->source.sector_count && !foreign(doc, &s->target)) take_country(doc, &s->source, s->target.country);
}

void imply_target(document *doc, statement *s) {
    if (!s->has_source || s->has_target || !is_state(s->source.country)) return;
    bool protest = s->root == PROTEST && s->source.sector_count && !str_in(s->source.sector[0], "GOV MIL COP LEG JUD");
    protest |= (s->root == THREATEN || s->root == REQUEST) && s->source.sector_count && str_in(s->source.sector[0], "LAB AGR EDU OPP");
    bool rule = (s->root == COERCE && str_in(s->mode, "curfew martial-law restrict censor")) || (s->root == CONCEDE && (str_starts(s->rule, "frame ease/") || str_starts(s->rule, "frame concede/") || str_starts(s->rule, "frame yield/"))) ||
                (s->root == COERCE && !s->mode.len && s->source.sector_count == 0);
    if (!protest && !(rule && (!s->source.sector_count || str_in(s->source.sector[0], "GOV LEG JUD MIL COP")))) return;
    actor *t = &s->target;
    *t = (actor){.start = s->source.start, .end = s->source.end, .text = s->source.text, .name = STR(""), .country = s->source.country, .sector = {protest ? STR("GOV") : STR("CVL")},
                 .sector_count = 1, .role = STR(""), .id = STR(""), .mention = -1, .corefers = -1, .head = s->source.head, .implied = true, .confidence = 0.4f};
    t->code = who_code(doc, t->country, t->sector, 1);
    s->has_target = true;
}
