#include "who/phrase.h"

#include "base/utf8.h"

/* ---- small questions about tokens ---- */

static bool small(const document *doc, int32_t t, const char *words) {
    str f = doc->tokens[t].form;
    char low[24];
    if (f.len == 0 || f.len >= sizeof low) return false;
    for (uint32_t i = 0; i < f.len; i++) low[i] = f.ptr[i] >= 'A' && f.ptr[i] <= 'Z' ? (char)(f.ptr[i] + 32) : f.ptr[i];
    return str_in((str){low, f.len}, words);
}

static bool preposition(const document *doc, int32_t t) {
    return small(doc, t, "of in from at for to on with against by near inside within across over under between about among into toward towards "
                         "outside around along off behind after before during since as");
}
static bool breaks(const document *doc, int32_t t) {
    str f = doc->tokens[t].form;
    return small(doc, t, "who whom which that whose where when ; : ( ) \" -- said says") || str_is(f, "\xE2\x80\x93") || str_is(f, "\xE2\x80\x94") || str_is(f, "\xE2\x80\x9C") || str_is(f, "\xE2\x80\x9D");
}
static bool possessive(const document *doc, int32_t t) {
    str f = doc->tokens[t].form;
    return str_is(f, "'s") || str_is(f, "\xE2\x80\x99s") || str_is(f, "'") || str_is(f, "\xE2\x80\x99") || str_is(f, "\xE2\x80\x99S") || str_is(f, "'S");
}

/* W3: what stands behind "Iran-" takes the country away. */
static bool taken_away(const document *doc, int32_t after, int32_t last) {
    if (after < last && str_is(doc->tokens[after].form, "-")) after++;
    else if (after >= last || !doc->tokens[after].form.len || doc->tokens[after].form.ptr[0] != '-') return false;
    str f = doc->tokens[after < last ? after : last - 1].form;
    if (f.len && f.ptr[0] == '-') f = str_sub(f, 1, f.len);
    return str_in(f, "backed based born trained funded style made held controlled occupied allied aligned sponsored supported linked supplied speaking "
                     "administered educated friendly armed built owned bound financed leaning inspired brokered imposed claimed");
}

/* ---- the scan ---- */

typedef struct scan {
    const knowledge *k;
    document *doc;
    const notes *n;
    day date;
    described *d;
    int32_t head, first, last; /* of the core */
    const match *head_role;    /* match of d->role */
    sectors mods;              /* of words before the head role, nearest first */
    bool place_only;
    bool of_body;              /* an office of a body that is no government */
} scan;

static const entry *role_entry(const scan *s, const match *m, bool as_head) {
    const entry *best = NULL, *e;
    int32_t cursor = -1;
    while ((e = match_next(s->k, s->doc, m, &cursor, NULL))) {
        if (e->kind != ENTRY_ROLE) continue;
        bool before = e->role == ROLE_MOD || e->role == ROLE_PAST;
        if (!best || before != as_head) best = e;
        if (before != as_head) break;
    }
    return best;
}

static bool is_noun_role(const entry *e) { return e && (e->role == ROLE_OFFICE || e->role == ROLE_PLAIN || e->role == ROLE_AGENT); }

static bool serves(const knowledge *k, const entry *p, day date, int slack) {
    if (date == DAY_NONE) return true;
    for (int32_t i = p->first_fact; i >= 0; i = k->facts[i].next) {
        const fact *f = &k->facts[i];
        if ((f->start == DAY_NONE || f->start - slack <= date) && (f->end == DAY_NONE || f->end + slack >= date)) return true;
    }
    return false;
}

/* A capitalised word of the same phrase that nothing explains: part of a longer name. */
static bool name_word(const scan *s, int32_t t) {
    if (t < s->first || t >= s->last || !utf8_capital(s->doc->tokens[t].form)) return false;
    if (small(s->doc, t, "the mr mrs ms dr mr. mrs. ms. dr. sir lord")) return false;
    int32_t at = s->n->at[t];
    if (at < 0) return true;
    const entry *e;
    int32_t cursor = -1;
    bool surname;
    while ((e = match_next(s->k, s->doc, &s->n->matches[at], &cursor, &surname)))
        if (!(e->kind == ENTRY_PERSON && surname)) return false;
    return true;
}

/* The person that a match means: a full name at once; a family name alone where the date (and country, if one was named) fit one of them. */
static const entry *person_of(const scan *s, const match *m, bool titled) {
    const entry *full = NULL, *family = NULL, *near = NULL;
    int32_t cursor = -1;
    int full_rank = -1;
    bool surname, given = name_word(s, m->first - 1), more = name_word(s, m->last);
    for (const entry *e; (e = match_next(s->k, s->doc, m, &cursor, &surname));) {
        if (e->kind != ENTRY_PERSON) continue;
        if (surname && !titled && small(s->doc, m->first, "north south east west")) continue; /* "West African leaders" */
        if (surname && (more || (given && !e->weak))) continue; /* another person's longer name */
        bool fits = str_empty(s->d->country) || str_eq(s->d->country, e->country);
        if (!surname) {
            int rank = fits ? serves(s->k, e, s->date, 0) ? 3 : serves(s->k, e, s->date, 3650) ? 2 : 1 : 0;
            if (!full || rank > full_rank) full = e, full_rank = rank;
        } else if (fits && serves(s->k, e, s->date, 0)) {
            if (!family || (family->weak && !e->weak)) family = e;
        } else if (fits && titled && serves(s->k, e, s->date, 3650) && !near) near = e;
    }
    s->d->by_surname = !full;
    return full ? full : family ? family : near;
}

static void country_is(described *d, str country, float sure) {
    if (str_empty(country) || !str_empty(d->country)) return;
    d->country = country, d->sure = sure;
}

/* An organisation of the right date among those that a match may mean; a country already named decides between two. */
static const entry *organization_of(const scan *s, const match *m) {
    const entry *best = NULL, *e;
    int32_t cursor = -1;
    while ((e = match_next(s->k, s->doc, m, &cursor, NULL))) {
        if (e->kind != ENTRY_ORG) continue;
        if (s->date != DAY_NONE && ((e->start != DAY_NONE && s->date < e->start) || (e->end != DAY_NONE && s->date > e->end))) continue;
        if (!best || (!str_empty(s->d->country) && str_eq(e->country, s->d->country) && !str_eq(best->country, s->d->country))) best = e;
    }
    return best;
}

static bool single_plain_word(const scan *s, const match *m) {
    if (m->last - m->first != 1 || match_kind(s->k, s->doc, m, ENTRY_COUNTRY) || match_kind(s->k, s->doc, m, ENTRY_DEMONYM)) return false;
    const token *t = &s->doc->tokens[m->first];
    return t->upos != UPOS_NONE && t->upos != UPOS_PROPN && t->upos != UPOS_X && t->upos != UPOS_ADJ && t->upos != UPOS_NOUN && t->upos != UPOS_NUM && t->mention < 0;
}

/* "The Albanian population of the province": not of Albania. */
static bool minority(const scan *s, const match *m) {
    return m->last < s->last && small(s->doc, m->last, "population minority minorities community communities separatists separatist refugees immigrants exiles diaspora") &&
           s->doc->sentence_count > 0 && m->last + 1 < (int32_t)s->doc->token_count && small(s->doc, m->last + 1, "in of from");
}

/* One match of the core that is no role. Says whether it was the actor's own name (person or organisation at the head). */
static void name_in_core(scan *s, const match *m, int32_t last, bool at_end) {
    described *d = s->d;
    const entry *e;
    bool owner = m->last < last && possessive(s->doc, m->last);
    if (single_plain_word(s, m)) return;
    if ((e = match_kind(s->k, s->doc, m, ENTRY_COUNTRY)) || (e = match_kind(s->k, s->doc, m, ENTRY_DEMONYM)) || (e = match_kind(s->k, s->doc, m, ENTRY_SEAT)) ||
        (e = match_kind(s->k, s->doc, m, ENTRY_PEOPLE)) || (e = match_kind(s->k, s->doc, m, ENTRY_PLACE))) {
        const entry *org = organization_of(s, m);
        if (!(org && e->kind == ENTRY_PLACE && !owner)) {
            if (taken_away(s->doc, m->last, last)) return;
            if (m->first > 0 && small(s->doc, m->first - 1, "ethnic") && e->kind != ENTRY_PLACE) {
                d->ethnic = true;
                if (at_end) sectors_add(&s->mods, STR("CVL"));
                return;
            }
            if (e->kind == ENTRY_DEMONYM && minority(s, m)) {
                d->ethnic = true;
                return;
            }
            if ((e->kind == ENTRY_COUNTRY || e->kind == ENTRY_SEAT) && s->head >= m->first && s->head < m->last && !owner) d->country = STR(""); /* the head is a state: itself */
            country_is(d, e->country, e->kind == ENTRY_PLACE || e->kind == ENTRY_PEOPLE ? 0.8f : 0.95f);
            if (sectors_has(&e->sectors, "PRE")) sectors_add(&s->mods, STR("PRE"));
            if (!d->place && !owner) {
                d->place = e;
                s->place_only = at_end;
            }
            return;
        }
    }
    if ((e = match_kind(s->k, s->doc, m, ENTRY_PERSON))) {
        e = person_of(s, m, d->role != NULL);
        const entry *org = organization_of(s, m);
        if (e && !(org && (e->weak || d->by_surname))) {
            if (owner || !at_end) {
                country_is(d, e->country, 0.8f);
                if (owner) sectors_add(&s->mods, STR("GOV"));
                else if (!d->person) d->person = e;
            } else d->person = e;
            d->named = true;
            return;
        }
        if (!org) return;
    }
    if ((e = organization_of(s, m))) {
        bool state = str_empty(d->country) || str_in(e->country, "IMG NGO") || str_empty(e->country);
        if (state) country_is(d, e->country, 0.9f);
        if (!d->organization || at_end) {
            d->organization = e;
            d->organization_text = document_span(s->doc, s->doc->sentences ? s->doc->sentences[s->doc->tokens[m->first].sentence].block : 0, s->doc->tokens[m->first].start, s->doc->tokens[m->last - 1].end);
        }
    }
}

/* The last role of the core, or the one that holds the head. */
static const match *find_head_role(const scan *s, int32_t first, int32_t last) {
    const match *best = NULL;
    for (int32_t t = first; t < last;) {
        int32_t at = s->n->at[t];
        if (at < 0) {
            t++;
            continue;
        }
        const match *m = &s->n->matches[at];
        const entry *e = m->last <= last ? role_entry(s, m, true) : NULL;
        bool owned = m->last < last && possessive(s->doc, m->last) && m->last + 1 < last;
        if (is_noun_role(e) && !owned && !(best && s->head >= best->first && s->head < best->last && e->role != ROLE_AGENT && m->last - m->first == 1 && s->doc->tokens[m->first].upos == UPOS_PROPN)) {
            const entry *org = organization_of(s, m);
            if (!(org && utf8_capital(s->doc->tokens[m->first].form) && m->last - m->first > 1)) best = m;
        }
        t = m->last;
    }
    return best;
}

static bool named_here(const document *doc, int32_t t) {
    return doc->tokens[t].mention >= 0 && doc->mentions[doc->tokens[t].mention].kind == MENTION_NAME;
}

/* Capitalised words that no match explains: the name of somebody the lexicon does not know. */
static str unknown_name(const scan *s, int32_t first, int32_t last) {
    int32_t from = -1, to = -1;
    for (int32_t t = first; t < last; t++) {
        const token *w = &s->doc->tokens[t];
        int32_t at = s->n->at[t];
        bool known_word = false;
        if (at >= 0) {
            const match *m = &s->n->matches[at];
            const entry *e = NULL;
            int32_t cursor = -1;
            bool surname, only_surname = true;
            while ((e = match_next(s->k, s->doc, m, &cursor, &surname))) only_surname &= e->kind == ENTRY_PERSON && surname;
            known_word = !only_surname && !(from >= 0 && to == t && m->last == last && s->doc->tokens[t].upos == UPOS_PROPN && !match_kind(s->k, s->doc, m, ENTRY_ROLE) && !match_kind(s->k, s->doc, m, ENTRY_DEMONYM));
        }
        bool joins = from >= 0 && to == t && (str_is(w->form, "-") || small(s->doc, t, "bin al el de van von der da abu ibn"));
        if (!known_word && !joins && utf8_capital(w->form) && !small(s->doc, t, "the a an mr mr. mrs mrs. ms ms. dr dr. his her their its") && (w->upos == UPOS_NONE || w->upos == UPOS_PROPN || w->upos == UPOS_X || from >= 0 || named_here(s->doc, t))) {
            if (from < 0 || to != t) from = t;
            to = t + 1;
        } else if (joins) to = t + 1;
        else if (known_word && from >= 0 && to == t && s->n->matches[at].last == last && is_noun_role(role_entry(s, &s->n->matches[at], true)) && !utf8_capital(w->form)) from = to = -1; /* "the Jeep driver" */
    }
    while (to > from && from >= 0 && str_is(s->doc->tokens[to - 1].form, "-")) to--;
    if (from < 0 || to <= from) return STR("");
    if (from == first && to == from + 1 && s->doc->tokens[from].upos != UPOS_PROPN && !named_here(s->doc, from) && to < last && !utf8_capital(s->doc->tokens[to].form) && !possessive(s->doc, to)) return STR(""); /* "Masked robbers" */
    if (from == first && to == from + 1 && small(s->doc, from, "several many some most all both two three four five dozens hundreds thousands scores few every each one another other various")) return STR("");
    if (to < last && possessive(s->doc, to) && s->head_role && s->head_role->first > to) return STR(""); /* "Xi's envoy" is not Xi */
    int32_t sentence_at = s->doc->tokens[from].sentence;
    int32_t in_block = s->doc->sentences ? s->doc->sentences[sentence_at].block : 0;
    return document_span(s->doc, in_block, s->doc->tokens[from].start, s->doc->tokens[to - 1].end);
}

static void read_core(scan *s, int32_t first, int32_t last) {
    described *d = s->d;
    s->first = first, s->last = last;
    s->head_role = find_head_role(s, first, last);
    if (s->head_role) {
        d->role = role_entry(s, s->head_role, true);
        int32_t in_block = s->doc->sentences ? s->doc->sentences[s->doc->tokens[first].sentence].block : 0;
        d->role_text = document_span(s->doc, in_block, s->doc->tokens[s->head_role->first].start, s->doc->tokens[s->head_role->last - 1].end);
        str f = s->n->folded[s->head_role->last - 1];
        d->plural = s->doc->tokens[s->head_role->last - 1].morph.number == 2 || (s->doc->tokens[s->head_role->last - 1].morph.number == 0 && f.len > 2 && f.ptr[f.len - 1] == 's' && f.ptr[f.len - 2] != 's');
        d->envoy = str_in(d->role->name, "envoy ambassador diplomat consul emissary negotiator representative delegate mediator") || str_find(d->role->name, STR("envoy")) >= 0 ||
                   str_find(d->role->name, STR("negotiator")) >= 0 || str_find(d->role->name, STR("representative")) >= 0 || str_find(d->role->name, STR("consul")) >= 0;
    }
    for (int32_t t = first; t < last;) {
        int32_t at = s->n->at[t];
        if (at < 0 || s->n->matches[at].last > last) {
            t++;
            continue;
        }
        const match *m = &s->n->matches[at];
        t = m->last;
        if (m == s->head_role) continue;
        bool before = s->head_role && m->first < s->head_role->first;
        const entry *role = role_entry(s, m, !before);
        bool named_thing = m->last - m->first > 1 && organization_of(s, m) && utf8_capital(s->doc->tokens[m->first].form);
        if (role && !named_thing) {
            if (role->role == ROLE_PAST && (!s->head_role || before)) {
                if (!str_is(role->name, "then")) d->past = true;
            } else if (before && role->role != ROLE_PAST) {
                sectors nearest = role->sectors;
                if (role->role == ROLE_OFFICE || (role->role == ROLE_PLAIN && nearest.count == 0)) sectors_add(&nearest, STR("GOV"));
                sectors_join(&nearest, &s->mods);
                s->mods = nearest;
            }
            if (!match_kind(s->k, s->doc, m, ENTRY_ORG) && !match_kind(s->k, s->doc, m, ENTRY_PERSON)) continue;
            if (!utf8_capital(s->doc->tokens[m->first].form)) continue;
            if (before) continue;
        }
        name_in_core(s, m, last, m->last == last || (!s->head_role && m->last + 1 >= last));
    }
    if (!d->person) {
        int32_t from = s->head_role ? first : first;
        d->name = unknown_name(s, from, last);
        if (!str_empty(d->name)) d->named = true;
    }
}

/* ---- what the core adds up to ---- */

static bool strong_agent(const sectors *own) { return own->count && str_in(own->code[0], "JUD LEG MED REL EDU JRN LAB AGR BUS SOC REF CRM COP"); }

static void sectors_of_agent(scan *s) {
    described *d = s->d;
    sectors own = d->role->sectors, result = {0};
    const entry *org = d->organization;
    if (!own.count) { /* a ship is its navy's */
        d->sectors = s->mods.count ? s->mods : org ? org->sectors : own;
        return;
    }
    bool fighters = own.count && str_in(own.code[0], "UAF CVL MIL REB PRM");
    if (org && org->sectors.count && fighters && !str_in(org->sectors.code[0], "GOV JRN EDU BUS") && !(str_is(own.code[0], "MIL") && sectors_has(&org->sectors, "PTY"))) {
        d->sectors = org->sectors;
        return;
    }
    if (org && org->sectors.count && own.count && str_is(own.code[0], "EDU") && str_in(org->sectors.code[0], "SPY MIL GOV")) result = org->sectors;
    for (int i = 0; i < s->mods.count && fighters; i++)
        if (str_in(s->mods.code[i], "REB PRM") || (str_is(s->mods.code[i], "OPP") && own.count && str_is(own.code[0], "CVL"))) sectors_add(&result, s->mods.code[i]); /* W5 */
    if (result.count && str_is(result.code[0], "REB") && own.count && str_is(own.code[0], "MIL")) own.count = 0;
    if (result.count && fighters) own.count = 0;
    sectors_join(&result, &own);
    for (int i = 0; i < s->mods.count; i++)
        if (str_in(s->mods.code[i], "OPP PRE") || (str_is(s->mods.code[i], "PTY") && strong_agent(&d->role->sectors))) sectors_add(&result, s->mods.code[i]);
    if (org && sectors_has(&org->sectors, "PTY") && strong_agent(&d->role->sectors)) sectors_add(&result, STR("PTY"));
    d->sectors = result;
}

static bool is_state(str country) { return country.len == 3 && !str_in(country, "IGO NGO UNO EUR IMG ISM MNC"); }

static void sectors_of_plain(scan *s, const described *of) {
    described *d = s->d;
    sectors result = {0};
    const sectors *own = &d->role->sectors;
    bool soft = d->role->only_of_state || own->count == 0 || str_in(d->role->name, "official officials source authority authorities candidate nominee contender hopeful administration commander agent");
    if (s->mods.count && (soft || str_in(s->mods.code[0], "REB OPP PRM PTY"))) result = s->mods;
    if (!result.count && soft && d->organization && d->organization->sectors.count) result = d->organization->sectors;
    else if (d->organization && soft) sectors_join(&result, &d->organization->sectors);
    bool in_place = of && of->place && !of->role && !of->organization; /* "authorities in Tibet" */
    if (!result.count && soft && of && of->sectors.count && !in_place) result = of->sectors;
    bool institution = d->organization && !is_state(d->organization->country);
    if (!result.count || !soft) {
        if (d->role->only_of_state ? is_state(d->country) && !institution : !(institution && str_is(d->role->name, "official"))) sectors_join(&result, own);
    } else if (own->count && !str_is(own->code[0], "GOV")) sectors_join(&result, own);
    if (!result.count && str_is(d->role->name, "worker")) sectors_add(&result, STR("LAB"));
    d->sectors = result;
}

static void sectors_of_core(scan *s, const described *of) {
    described *d = s->d;
    const entry *org = d->organization;
    if (d->role && d->role->role == ROLE_AGENT) sectors_of_agent(s);
    else if (d->role && d->role->role == ROLE_PLAIN) sectors_of_plain(s, of);
    else if (d->role && d->role->role == ROLE_OFFICE) {
        const entry *whose = org ? org : of ? of->organization : NULL;
        if (whose && !str_in(whose->country, "") && !sectors_has(&whose->sectors, "GOV") && !s->d->person) {
            d->sectors = whose->sectors; /* president of a company, of a parliament */
            s->of_body = true;
        } else if (of && of->sectors.count && of->role && of->role->role == ROLE_AGENT && !s->d->person) d->sectors = of->sectors;
        else if (s->mods.count && str_in(s->mods.code[0], "REB OPP PTY BUS EDU LAB MED REL") && !is_state(d->country)) d->sectors = s->mods;
        else d->sectors = d->role->sectors;
    } else if (org) d->sectors = org->sectors;
    else if (of && of->sectors.count && !d->place && !d->named) d->sectors = of->sectors;
    else if (d->place && d->place->kind == ENTRY_PLACE) {
        d->sectors = s->mods;
        if (!d->sectors.count) sectors_add(&d->sectors, STR("CVL"));
    } else if (d->place && d->place->kind == ENTRY_SEAT && !d->place->capital) d->sectors = d->place->sectors;
    else if (d->place && d->place->kind == ENTRY_PEOPLE) {
        d->sectors = s->mods;
    } else d->sectors = s->mods;
    if (sectors_has(&s->mods, "PRE")) sectors_add(&d->sectors, STR("PRE"));
}

static void take_term(scan *s) {
    described *d = s->d;
    bool past = false, future = false;
    const fact *f = knowledge_term(s->k, d->person, s->date, &past, &future);
    d->name = d->person->name;
    if (!str_eq(d->country, d->person->country)) d->country = d->person->country, d->sure = 0.9f;
    if (!f) return;
    if (future) { /* not yet in office: of his country, and if he is to be elected, a politician by now */
        bool elected = s->date != DAY_NONE && f->start != DAY_NONE && f->start - s->date < 1500 && (str_in(f->office, "president leader") || str_is(f->office, "prime minister"));
        if (elected && !d->sectors.count && !sectors_has(&f->sectors, "MIL")) sectors_add(&d->sectors, STR("PTY"));
        return;
    }
    d->term = f;
    d->term_past = past;
    bool said = d->role && d->sectors.count; /* the words have a role of their own */
    if (!past && !future) {
        if (!said || d->past || s->date != DAY_NONE) {
            sectors words = d->sectors;
            d->sectors = f->sectors;
            if (said && !d->past && d->role->role != ROLE_OFFICE && words.count && !sectors_has(&f->sectors, "GOV")) sectors_join(&d->sectors, &words);
            d->past = false;
        }
    } else if (past && (!said || d->past)) {
        d->sectors.count = 0;
        sectors_add(&d->sectors, sectors_has(&f->sectors, "GOV") || sectors_has(&f->sectors, "LEG") || sectors_has(&f->sectors, "MIL") || sectors_has(&f->sectors, "JUD") || !f->sectors.count ? STR("ELI") : f->sectors.code[0]);
        d->past = true;
    }
}

/* W6 */
static void make_past(described *d) {
    if (!d->past || !d->sectors.count || d->person) return;
    if (!str_in(d->sectors.code[0], "GOV LEG MIL JUD SPY COP PTY")) return;
    if (d->role && d->role->role == ROLE_AGENT && d->plural) return;
    d->sectors.count = 0;
    sectors_add(&d->sectors, STR("ELI"));
}

/* W7 */
static void find_holder(scan *s) {
    described *d = s->d;
    if (s->of_body && !(d->organization && !is_state(d->organization->country))) return;
    if (d->named || d->past || d->plural || d->person || !d->role || str_empty(d->country)) return;
    str office = d->role->office;
    bool leader = str_in(d->role->name, "leader");
    if (str_empty(office) && leader && d->sectors.count && str_is(d->sectors.code[0], "GOV") && !d->organization) office = STR("leader");
    if (str_empty(office)) return;
    d->office_only = true;
    if (s->date == DAY_NONE) return;
    str of = d->organization && !is_state(d->organization->country) ? d->organization->name : STR("");
    const fact *f = knowledge_holder(s->k, d->country, of, office, s->date);
    if (!f && of.len && str_in(d->country, "UNO EUR")) f = knowledge_holder(s->k, d->country, STR(""), office, s->date);
    if (!f) return;
    d->person = &s->k->entries[f->person];
    d->by_holder = true;
    d->term = f;
    d->name = d->person->name;
    d->sectors = f->sectors.count ? f->sectors : d->sectors;
}

/* ---- phrases ---- */

static int32_t core_end(const scan *s, int32_t first, int32_t last) {
    for (int32_t t = first; t < last; t++) {
        int32_t at = s->n->at[t];
        if (at >= 0 && s->n->matches[at].first <= t && s->n->matches[at].last > t + (s->n->matches[at].first == t ? 0 : -1) && s->n->matches[at].last <= last) {
            if (s->n->matches[at].last - s->n->matches[at].first > 1) {
                t = s->n->matches[at].last - 1;
                continue;
            }
        }
        if (t > first && (preposition(s->doc, t) || breaks(s->doc, t) || str_is(s->doc->tokens[t].form, ",") || small(s->doc, t, "and or but"))) return t;
    }
    return last;
}

static bool domestic_role(const described *d) {
    if (d->ethnic) return true;
    if (!d->role) return false;
    if (d->sectors.count && str_in(d->sectors.code[0], "CVL OPP COP REB UAF PRM LAB AGR CRM REF EDU REL MED JRN")) return true;
    return str_in(d->role->name, "government parliament court army military authorities opposition police cabinet legislature regime junta governor mayor");
}

static void describe(const knowledge *k, document *doc, const notes *n, int32_t first, int32_t last, int32_t head, day date, described *out, int depth);

/* Prepositional phrases and appositions behind the core. */
static void read_rest(scan *s, int32_t from, int32_t last, described *of, bool *has_of, described *beside, bool *has_beside, int depth) {
    for (int32_t t = from; t < last;) {
        bool comma = str_is(s->doc->tokens[t].form, ",") || str_is(s->doc->tokens[t].form, "(");
        bool by = preposition(s->doc, t);
        int32_t start = t + 1, end = start < last ? core_end(s, start, last) : last;
        if (!comma && !by) {
            if (breaks(s->doc, t) && !str_is(s->doc->tokens[t].form, "(")) return;
            t = end > t ? end : t + 1;
            if (small(s->doc, start - 1, "and or but")) continue;
            continue;
        }
        if (start >= last) return;
        described part;
        describe(s->k, s->doc, s->n, start, comma ? last : end, -1, s->date, &part, depth + 1);
        if (comma) {
            if (!*has_beside && (part.role || part.person || part.organization)) *beside = part, *has_beside = true;
            return;
        }
        bool belongs = small(s->doc, t, "of from at in inside within across"), loosely = small(s->doc, t, "for near");
        bool adviser = small(s->doc, t, "to for on") && s->d->role && str_in(s->d->role->name, "adviser advisor aide assistant spokesman spokeswoman spokesperson lawyer attorney secretary");
        if (s->d->envoy && !small(s->doc, t, "of from")) belongs = loosely = false; /* W8 */
        if (belongs && s->d->role && !s->d->named && part.named && !part.role && (part.person ? !part.by_holder : part.place != NULL)) { /* "the mayor of London Sadiq Khan" */
            if (part.person) s->d->person = part.person;
            else s->d->name = part.name;
            s->d->named = true;
        }
        if (belongs || loosely || adviser) {
            if (!*has_of || (!of->sectors.count && part.sectors.count)) {
                str keep = *has_of ? of->country : STR("");
                *of = part, *has_of = true;
                if (!str_empty(keep)) of->country = keep;
            }
            if (str_empty(of->country)) of->country = part.country;
        }
        t = end;
    }
}

static void describe(const knowledge *k, document *doc, const notes *n, int32_t first, int32_t last, int32_t head, day date, described *out, int depth) {
    *out = (described){0};
    if (first >= last) return;
    scan s = {.k = k, .doc = doc, .n = n, .date = date, .d = out, .head = head};
    described of = {0}, beside = {0};
    bool has_of = false, has_beside = false;
    while (first < last && (str_is(doc->tokens[first].form, ",") || str_is(doc->tokens[first].form, "(") || str_is(doc->tokens[first].form, "\""))) first++;
    if (first >= last) return;
    int32_t end = core_end(&s, first, last);
    read_core(&s, first, end);
    if (depth < 4 && end < last) read_rest(&s, end, last, &of, &has_of, &beside, &has_beside, depth);
    if (has_of && str_empty(out->country)) country_is(out, of.country, 0.85f);
    if (has_of && !out->organization && of.organization) {
        out->organization_text = of.organization_text;
        if (out->role && !is_state(of.organization->country)) out->organization = of.organization;
    }
    sectors_of_core(&s, has_of ? &of : NULL);
    if (has_beside) { /* an apposition knows what the core does not */
        if (!out->person && beside.person && !beside.by_holder) out->person = beside.person, out->named = true;
        country_is(out, beside.country, 0.85f);
        if (!out->sectors.count) out->sectors = beside.sectors;
        if (!out->role) out->role = beside.role, out->role_text = beside.role_text, out->organization_text = beside.organization_text, out->past |= beside.past;
        if (str_empty(out->name) && !out->person && beside.named) out->name = beside.name, out->named = true;
    }
    if (out->person) take_term(&s);
    make_past(out);
    find_holder(&s);
    if (str_empty(out->name) && out->organization && !out->role) out->name = out->organization->name;
    if (str_empty(out->name) && out->place && !out->role && s.place_only) out->name = out->place->name;
    if (!out->role && !out->named && !out->sectors.count && head >= 0 && doc->tokens[head].upos == UPOS_NOUN && str_in(doc->tokens[head].lemma, "hundred thousand dozen score crowd mob people inhabitant")) {
        sectors_add(&out->sectors, STR("CVL")); /* "hundreds marched" */
        out->domestic = !out->organization;
    }
    out->domestic |= domestic_role(out);
}

void phrase_describe(const knowledge *k, document *doc, const notes *n, int32_t first, int32_t last, int32_t head, day date, described *out) {
    describe(k, doc, n, first, last, head, date, out, 0);
}

void described_merge(described *d, const described *more) {
    if (!d->person && more->person && (!d->named || str_find(more->person->name, d->name) >= 0)) {
        d->person = more->person, d->term = more->term, d->name = more->name, d->by_holder = more->by_holder;
        d->sectors = more->sectors.count ? more->sectors : d->sectors;
        if (!str_empty(more->country)) d->country = more->country;
    }
    if (!d->organization && !d->person) d->organization = more->organization;
    if (str_empty(d->country)) d->country = more->country, d->sure = more->sure * 0.9f;
    if (!d->sectors.count) d->sectors = more->sectors;
    if (str_empty(d->name) || (!d->person && d->name.len < more->name.len && str_find(more->name, d->name) >= 0)) d->name = more->name, d->named |= more->named;
    if (str_empty(d->role_text)) d->role = more->role, d->role_text = more->role_text, d->organization_text = more->organization_text;
}

str described_code(arena *home, str country, const sectors *s) {
    char code[3 * (MOST_SECTORS + 2) + 1];
    int n = 0;
    if (str_in(country, "UNO EUR")) n += snprintf(code, sizeof code, "IGO");
    n += snprintf(code + n, sizeof code - (size_t)n, "%.*s", STR_ARG(country));
    for (int i = 0; i < s->count && n + 3 < (int)sizeof code; i++)
        n += snprintf(code + n, sizeof code - (size_t)n, "%.*s", STR_ARG(s->code[i]));
    return arena_copy(home, (str){code, (uint32_t)n});
}
