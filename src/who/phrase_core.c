/* The core of a noun phrase: its roles, countries, organisations and persons by the lexicon, and names that it does not know. */
#include "base/utf8.h"
#include "who/phrase_scan.h"

bool token_says(const document *doc, int32_t t, const char *words) {
    str f = doc->tokens[t].form;
    char low[24];
    if (f.len == 0 || f.len >= sizeof low) return false;
    for (uint32_t i = 0; i < f.len; i++) low[i] = f.ptr[i] >= 'A' && f.ptr[i] <= 'Z' ? (char)(f.ptr[i] + 32) : f.ptr[i];
    return str_in((str){low, f.len}, words);
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
                     "administered educated friendly armed built owned bound financed leaning inspired brokered imposed claimed installed appointed recognised recognized designated");
}

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
    if (token_says(s->doc, t, "the mr mrs ms dr mr. mrs. ms. dr. sir lord")) return false;
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
/* "Abdullah | al-Otaibi": a name that a particle carries on is another's. */
static bool goes_on(const scan *s, int32_t t) {
    if (t + 1 >= (int32_t)s->doc->token_count) return false;
    str form = s->doc->tokens[t].form;
    if (str_is(form, "-") && s->doc->tokens[t].start == s->doc->tokens[t - 1].end && s->doc->tokens[t + 1].start == s->doc->tokens[t].end && s->doc->tokens[t + 1].upos == UPOS_PROPN) return true; /* "Carlos Mesa-Lago" */
    return (str_in(form, "al Al el El bin ibn ben") && (s->doc->tokens[t + 1].upos == UPOS_PROPN || str_is(s->doc->tokens[t + 1].form, "-"))) || str_starts(form, "al-") || str_starts(form, "Al-") || str_starts(form, "el-");
}

/* "Maher al-Assad": the lists know the family name as somebody's, and he has another given name. */
static int32_t given_before(const scan *s, int32_t first) {
    int32_t t = first - 1;
    if (t > s->first + 1 && token_says(s->doc, t, "-") && token_says(s->doc, t - 1, "al el")) return t - 2;
    return t > s->first && token_says(s->doc, t, "al el bin ibn") ? t - 1 : t;
}

static bool of_another(const scan *s, const match *m, const entry *e) {
    str before = s->doc->tokens[given_before(s, m->first)].form, last = s->doc->tokens[m->last - 1].form;
    int32_t space = str_find(e->name, STR(" "));
    return space > 0 && str_find(e->name, last) > space && str_find(e->name, before) < 0 && str_find(e->name, s->doc->tokens[m->first].form) != 0;
}

static const entry *person_of(const scan *s, const match *m, bool titled) {
    const entry *full = NULL, *family = NULL, *near = NULL;
    int32_t cursor = -1;
    int full_rank = -1;
    int32_t before = given_before(s, m->first);
    bool surname, given = name_word(s, before), more = name_word(s, m->last);
    for (const entry *e; (e = match_next(s->k, s->doc, m, &cursor, &surname));) {
        if (e->kind != ENTRY_PERSON) continue;
        if (surname && !titled && token_says(s->doc, m->first, "north south east west")) continue; /* "West African leaders" */
        if (surname && (more || (given && !e->weak))) continue; /* another person's longer name */
        if (given && of_another(s, m, e)) continue;
        if (goes_on(s, m->last)) continue;
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

void described_country(described *d, str country, float sure) {
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
    if (t->upos == UPOS_PRON && t->form.len > 5 && utf8_capital(t->form)) return false; /* a tagger's mistake: "Yemen's Houthis" */
    return t->upos != UPOS_NONE && t->upos != UPOS_PROPN && t->upos != UPOS_X && t->upos != UPOS_ADJ && t->upos != UPOS_NOUN && t->upos != UPOS_NUM && t->mention < 0;
}

/* "The Albanian population of the province": not of Albania. */
static bool minority(const scan *s, const match *m) {
    return m->last < s->last && token_says(s->doc, m->last, "population minority minorities community communities separatists separatist refugees immigrants exiles diaspora") &&
           s->doc->sentence_count > 0 && m->last + 1 < (int32_t)s->doc->token_count && token_says(s->doc, m->last + 1, "in of from");
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
            if (m->first > 0 && token_says(s->doc, m->first - 1, "ethnic") && e->kind != ENTRY_PLACE) {
                d->ethnic = true;
                if (at_end) sectors_add(&s->mods, STR("CVL"));
                return;
            }
            if (e->kind == ENTRY_DEMONYM && token_says(s->doc, m->first, "soviet yugoslav") && m->last < s->last && token_says(s->doc, m->last, "republic republics state states satellite satellites bloc") &&
                (d->past || (m->first > 0 && token_says(s->doc, m->first - 1, "former ex ex- post-")))) return; /* one of many */
            if (e->kind == ENTRY_DEMONYM && minority(s, m)) {
                d->ethnic = true;
                return;
            }
            if ((e->kind == ENTRY_COUNTRY || e->kind == ENTRY_SEAT) && s->head >= m->first && s->head < m->last && !owner) d->country = STR(""); /* the head is a state: itself */
            described_country(d, e->country, e->kind == ENTRY_PLACE || e->kind == ENTRY_PEOPLE ? 0.8f : 0.95f);
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
                described_country(d, e->country, 0.8f);
                if (owner) sectors_add(&s->mods, STR("GOV"));
                else if (role_tied(d->role)) { /* "Bolsonaro supporters" */
                    sectors_add(&s->mods, STR("GOV"));
                    return;
                } else if (!d->person) d->person = e;
            } else d->person = e;
            d->named = true;
            return;
        }
        if (!org) return;
    }
    if ((e = organization_of(s, m))) {
        if (str_is(e->country, "UNO") && m->last - m->first > 1 && country_is_state(d->country) && token_says(s->doc, m->last - 1, "council assembly commission secretariat")) {
            sectors_add(&s->mods, STR("GOV")); /* "Russia's Security Council" */
            return;
        }
        bool state = str_empty(d->country) || str_in(e->country, "IMG NGO") || str_empty(e->country);
        if (state) described_country(d, e->country, 0.9f);
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

/* The end of a nickname in quotation marks that stands inside a name ("Joaquin “El Chapo” Guzman"), where t opens it; else t. */
int32_t nickname_end(const document *doc, int32_t t, int32_t last) {
    static const char marks[] = "\" \xE2\x80\x9C \xE2\x80\x9D ' \xE2\x80\x98 \xE2\x80\x99 `` ''";
    if (!str_in(doc->tokens[t].form, marks) || t == 0 || !utf8_capital(doc->tokens[t - 1].form)) return t;
    for (int32_t i = t + 1; i + 1 < last && i < t + 6; i++) {
        if (i > t + 1 && str_in(doc->tokens[i].form, marks)) return utf8_capital(doc->tokens[i + 1].form) ? i + 1 : t;
        if (!utf8_capital(doc->tokens[i].form)) return t;
    }
    return t;
}

/* Capitalised words that no match explains: the name of somebody the lexicon does not know. */
static str unknown_name(const scan *s, int32_t first, int32_t last) {
    int32_t from = -1, to = -1;
    for (int32_t t = first; t < last; t++) {
        const token *w = &s->doc->tokens[t];
        int32_t at = s->n->at[t], past = from >= 0 && to == t ? nickname_end(s->doc, t, last) : t;
        bool known_word = false;
        if (past > t) {
            t = past - 1, to = past;
            continue;
        }
        if (at >= 0) {
            const match *m = &s->n->matches[at];
            const entry *e = NULL;
            int32_t cursor = -1;
            bool surname, only_surname = true;
            while ((e = match_next(s->k, s->doc, m, &cursor, &surname))) only_surname &= e->kind == ENTRY_PERSON && surname;
            known_word = !only_surname && !(from >= 0 && to == t && m->last == last && s->doc->tokens[t].upos == UPOS_PROPN && !match_kind(s->k, s->doc, m, ENTRY_ROLE) && !match_kind(s->k, s->doc, m, ENTRY_DEMONYM));
        }
        bool joins = from >= 0 && to == t && (str_is(w->form, "-") || token_says(s->doc, t, "bin al el de van von der da abu ibn"));
        if (!known_word && !joins && utf8_capital(w->form) && !token_says(s->doc, t, "the a an mr mr. mrs mrs. ms ms. dr dr. his her their its") && (w->upos == UPOS_NONE || w->upos == UPOS_PROPN || w->upos == UPOS_X || from >= 0 || named_here(s->doc, t))) {
            if (from < 0 || to != t) from = t;
            to = t + 1;
        } else if (joins) to = t + 1;
        else if (known_word && from >= 0 && to == t && s->n->matches[at].last == last && is_noun_role(role_entry(s, &s->n->matches[at], true)) && !utf8_capital(w->form)) from = to = -1; /* "the Jeep driver" */
    }
    while (to > from && from >= 0 && str_is(s->doc->tokens[to - 1].form, "-")) to--;
    if (from < 0 || to <= from) return STR("");
    if (from == first && to == from + 1 && s->doc->tokens[from].upos != UPOS_PROPN && !named_here(s->doc, from) && to < last && !utf8_capital(s->doc->tokens[to].form) && !possessive(s->doc, to)) return STR(""); /* "Masked robbers" */
    if (from == first && to == from + 1 && token_says(s->doc, from, "several many some most all both two three four five dozens hundreds thousands scores few every each one another other various")) return STR("");
    if (to < last && possessive(s->doc, to) && s->head_role && s->head_role->first > to) return STR(""); /* "Xi's envoy" is not Xi */
    int32_t sentence_at = s->doc->tokens[from].sentence;
    int32_t in_block = s->doc->sentences ? s->doc->sentences[sentence_at].block : 0;
    return document_span(s->doc, in_block, s->doc->tokens[from].start, s->doc->tokens[to - 1].end);
}

void scan_core(scan *s, int32_t first, int32_t last) {
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
                described_country(d, role->country, 0.8f);
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
