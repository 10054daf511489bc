/* What a text is set in: the country of those who name none ("police", "the opposition", "Kurdish fighters"), and "the North" of a divided land.
 * The place that stands nearest decides, before the dateline, before the country that the document speaks of most; each with less trust than the last. */
#include "who/stage.h"

static const token *at_token(const document *doc, int32_t t) { return &doc->tokens[t]; }

static const entry *state_or_place(const knowledge *k, const document *doc, const match *m) {
    static const entry_kind kinds[] = {ENTRY_COUNTRY, ENTRY_SEAT, ENTRY_PLACE, ENTRY_DEMONYM};
    for (int i = 0; i < 4; i++) {
        const entry *e = match_kind(k, doc, m, kinds[i]);
        if (e && !str_empty(e->country)) return e;
    }
    return NULL;
}

static bool is_state(str country) { return country.len == 3 && !str_in(country, "IGO NGO UNO EUR IMG ISM MNC"); }

/* ---- the two Koreas ---- */

static bool half_word(const document *doc, int32_t t) { return str_in(at_token(doc, t)->form, "North South"); }

static bool capitalised(str f) { return f.len && f.ptr[0] >= 'A' && f.ptr[0] <= 'Z'; }

/* "The North", "the South's", "North-South talks": a half by itself, not "the North Sea", "the South of France", "North London". */
static bool bare_half(const document *doc, const notes *n, int32_t t) {
    const sentence *s = &doc->sentences[at_token(doc, t)->sentence];
    if (n->at[t] >= 0 || !half_word(doc, t)) return false;
    bool last = t + 1 >= s->last;
    if (t + 2 < s->last && str_is(at_token(doc, t + 1)->form, "-") && half_word(doc, t + 2)) return true;
    if (t >= s->first + 2 && str_is(at_token(doc, t - 1)->form, "-") && half_word(doc, t - 2)) return true;
    if (t == s->first || !str_in(at_token(doc, t - 1)->form, "the The")) return false;
    if (last) return true;
    str next = at_token(doc, t + 1)->form;
    return !str_is(next, "of") && !str_is(next, "-") && !(capitalised(next) && str_find(next, STR("'")) < 0);
}

/* Does the document speak of Korea, and more than of the other lands that have a north and a south? */
static bool speaks_of_korea(const knowledge *k, const document *doc, const notes *n) {
    int korea = 0, others = 0;
    for (size_t i = 0; i < n->match_count; i++) {
        const entry *e = state_or_place(k, doc, &n->matches[i]);
        if (!e) continue;
        korea += str_in(e->country, "PRK KOR");
        others += str_in(e->country, "SDN SSD YEM VNM CYP");
    }
    return korea > others;
}

static void name_halves(const knowledge *k, document *doc, notes *n) {
    int32_t halves[2] = {knowledge_find(k, STR("north korea")), knowledge_find(k, STR("south korea"))};
    int known = -1; /* asked only when there is such a word */
    for (int32_t t = 0; t < (int32_t)doc->token_count; t++) {
        if (!half_word(doc, t) || !bare_half(doc, n, t)) continue;
        if (known < 0) known = speaks_of_korea(k, doc, n);
        if (!known) return;
        match m = {t, t + 1, halves[str_is(at_token(doc, t)->form, "South")]};
        if (m.alias < 0) continue;
        n->at[t] = (int32_t)n->match_count;
        arena_push(&doc->home, n->matches, n->match_count, n->match_capacity, m);
    }
}

/* ---- the main country ---- */

enum { MOST_COUNTRIES = 24, OPENING = 3 };

static void find_main_country(const knowledge *k, document *doc, notes *n) {
    str country[MOST_COUNTRIES];
    int weight[MOST_COUNTRIES], count = 0, all = 0, best = -1;
    n->main_country = STR("");
    for (size_t i = 0; i < n->match_count; i++) {
        const entry *e = state_or_place(k, doc, &n->matches[i]);
        if (!e || !is_state(e->country)) continue;
        int c = 0, w = at_token(doc, n->matches[i].first)->sentence < OPENING ? 2 : 1;
        while (c < count && !str_eq(country[c], e->country)) c++;
        if (c == MOST_COUNTRIES) continue;
        if (c == count) country[count] = e->country, weight[count++] = 0;
        weight[c] += w, all += w;
        if (best < 0 || weight[c] > weight[best]) best = c;
    }
    if (best >= 0 && 5 * weight[best] >= 3 * all) n->main_country = country[best];
}

void setting_read(const knowledge *k, document *doc, notes *n) {
    name_halves(k, doc, n);
    find_main_country(k, doc, n);
}

/* ---- where an actor is ---- */

/* The preposition that places a name: "in Mali", "near the Somali town of Dhobley", "in the north of Mali". */
static str place_word(const document *doc, int32_t t) {
    for (int step = 0; step < 3 && t >= 0; step++) {
        str prep = tree_case(doc, t);
        deprel d = deprel_base(at_token(doc, t)->deprel);
        if (prep.len && !str_is(prep, "of")) return prep;
        if (!prep.len && d != DEP_AMOD && d != DEP_COMPOUND && d != DEP_FLAT) break;
        t = at_token(doc, t)->head;
    }
    return STR("");
}

static int32_t verb_above(const document *doc, int32_t t) {
    while (t >= 0 && at_token(doc, t)->upos != UPOS_VERB && at_token(doc, t)->head >= 0) t = at_token(doc, t)->head;
    return t;
}

static bool one_of(str country, str list) {
    str word;
    while (str_split(&list, ' ', &word))
        if (str_eq(word, country)) return true;
    return false;
}

static bool may_be_of(const described *d, str country) {
    if (!is_state(country)) return false;
    return !d->place || d->place->kind != ENTRY_PEOPLE || str_empty(d->place->also) || one_of(country, d->place->also) || str_eq(country, d->place->country);
}

static bool of_a_place(const document *doc, int32_t t) {
    int32_t up = at_token(doc, t)->head;
    return up >= 0 && str_in(at_token(doc, up)->lemma, "town city village capital province region district state island port border coast side territory soil waters desert countryside north south east west valley mountain suburb camp area");
}

static bool place_in_sentence(const who_stage *stage, const document *doc, int32_t at, described *d) {
    const sentence *s = &doc->sentences[at_token(doc, at)->sentence];
    const notes *n = doc->who_notes;
    int32_t verb = verb_above(doc, at);
    bool subject = deprel_base(at_token(doc, at)->deprel) == DEP_NSUBJ; /* who wants money from Paris is not there */
    int best = 0;
    for (int32_t t = s->first; t < s->last; t++) {
        if (n->at[t] < 0 || n->matches[n->at[t]].first != t) continue;
        const match *m = &n->matches[n->at[t]];
        const entry *e = state_or_place(&stage->knowledge, doc, m);
        if (!e || !may_be_of(d, e->country)) continue;
        int32_t head = m->last - 1;
        for (int32_t i = m->first; i < m->last; i++)
            if (at_token(doc, i)->head < m->first || at_token(doc, i)->head >= m->last) head = i;
        if (e->kind == ENTRY_DEMONYM && !of_a_place(doc, head)) continue; /* "at the British embassy" is no place in Britain */
        str prep = place_word(doc, head);
        int rank = str_in(prep, "in at near inside outside across within throughout around into") ? 4 : str_in(prep, "off along") ? 2 : !subject && str_in(prep, "from for") ? 2 : 0;
        if (rank && verb_above(doc, head) == verb) rank++;
        if (rank > best) best = rank, d->country = e->country, d->sure = rank > 3 ? 0.6f : 0.5f;
    }
    return best > 0;
}

static bool place_beside(const document *doc, int32_t at, described *d) {
    for (size_t i = 0; i < doc->place_count; i++)
        if (at_token(doc, doc->places[i].head)->sentence == at_token(doc, at)->sentence && !str_in(tree_case(doc, doc->places[i].head), "from to with against for by") /* a party */ && !str_empty(doc->places[i].country) && may_be_of(d, doc->places[i].country)) {
            d->country = doc->places[i].country, d->sure = 0.5f;
            return true;
        }
    return false;
}

static bool dateline(const document *doc, described *d) {
    for (size_t i = 0; i < doc->place_count; i++)
        if (doc->places[i].head >= 0 && doc->places[i].head < 6 && !str_empty(doc->places[i].country) && may_be_of(d, doc->places[i].country)) {
            d->country = doc->places[i].country, d->sure = 0.4f;
            return true;
        }
    return false;
}

/* A role that is somebody's of a state, though the state be not named: not envoys and visitors, who are from elsewhere. */
static bool of_some_state(const described *d) {
    if (!d->role || d->named || d->person || d->organization || d->envoy || d->role->role == ROLE_MOD || d->role->role == ROLE_PAST) return false;
    return d->sectors.count && str_in(d->sectors.code[0], "GOV MIL LEG JUD COP OPP PTY SPY ELI REB UAF PRM");
}

/* "European ministers", "foreign reporters": of somewhere else, though no state is named. */
static bool from_elsewhere(const document *doc, int32_t at) {
    for (int32_t c = tree_child(doc, at); c >= 0; c = tree_next(doc, c))
        if (str_in(at_token(doc, c)->lemma, "European Western western Arab African Asian Latin Nordic Baltic Islamic foreign international multinational regional global visiting exiled")) return true;
    return false;
}

/* "An international peacekeeping force" is nobody's own. */
static bool of_many_states(const document *doc, int32_t at, const described *d) {
    if (!sectors_has(&d->sectors, "MIL")) return false;
    for (int32_t c = tree_child(doc, at); c >= 0; c = tree_next(doc, c))
        if (str_in(at_token(doc, c)->lemma, "international multinational regional")) return true;
    return false;
}

/* "European leaders": in politics, the Union's. */
static bool of_europe(const document *doc, int32_t at, const described *d) {
    bool leads = d->role && !d->named && !d->person && str_in(d->role->name, "leader government power");
    if (!of_some_state(d) && !d->envoy && !leads) return false;
    for (int32_t c = tree_child(doc, at); c >= 0; c = tree_next(doc, c))
        if (str_is(at_token(doc, c)->form, "European") && c < at) return true;
    return false;
}

bool setting_country(const who_stage *stage, document *doc, int32_t at, described *d) {
    bool people = d->place && d->place->kind == ENTRY_PEOPLE && !str_empty(d->place->also) && str_eq(d->country, d->place->country);
    if (people) {
        str home = d->country;
        float sure = d->sure;
        d->country = STR("");
        if (place_in_sentence(stage, doc, at, d) || place_beside(doc, at, d)) return true;
        if (!str_empty(doc->who_notes->main_country) && may_be_of(d, doc->who_notes->main_country)) return d->country = doc->who_notes->main_country, d->sure = 0.5f, true;
        d->country = home, d->sure = sure;
        return false;
    }
    bool broad = of_some_state(d);
    if (!str_empty(d->country) || !(d->domestic || broad || d->role)) return false;
    if (of_europe(doc, at, d)) return d->country = STR("EUR"), d->sure = 0.65f, true;
    if (of_many_states(doc, at, d)) return d->country = STR("IGO"), d->sure = 0.5f, true;
    if (from_elsewhere(doc, at) || !(d->domestic || broad)) return false;
    if (place_in_sentence(stage, doc, at, d)) return true;
    if (d->domestic && place_beside(doc, at, d)) return true;
    if (dateline(doc, d)) return true;
    if (str_empty(doc->who_notes->main_country)) return false;
    return d->country = doc->who_notes->main_country, d->sure = 0.35f, true;
}
