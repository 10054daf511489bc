/* What the words of a phrase add up to: sectors, the office of a named person on the date, the holder of a named office. */
#include "who/phrase_scan.h"

static const char kin[] = "relative mother father parent wife husband spouse son daughter child family widow widower brother sister sibling cousin nephew niece uncle aunt grandson granddaughter partner "
                          "fiancee girlfriend boyfriend kin";
static const char following[] = "supporter follower loyalist backer fan sympathizer sympathiser devotee admirer disciple";

bool role_tied(const entry *role) {
    return role && (str_in(role->name, kin) || str_in(role->name, following) || str_in(role->name, "ally aide adviser advisor assistant critic opponent rival associate confidant lawyer spokesman spokeswoman spokesperson bodyguard"));
}

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

bool country_is_state(str country) { return country.len == 3 && !str_in(country, "IGO NGO UNO EUR IMG ISM MNC"); }

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
    bool institution = d->organization && !country_is_state(d->organization->country);
    if (!result.count || !soft) {
        if (d->role->only_of_state ? country_is_state(d->country) && !institution : !(institution && str_is(d->role->name, "official"))) sectors_join(&result, own);
    } else if (own->count && !str_is(own->code[0], "GOV")) sectors_join(&result, own);
    bool holder = result.count && str_in(result.code[0], "GOV ELI LEG MIL JUD SPY COP");
    if (str_in(d->role->name, kin) || (holder && str_in(d->role->name, following))) { /* a minister's widow, a president's supporters hold no office */
        result.count = 0;
        sectors_add(&result, STR("CVL"));
    }
    if (!result.count && str_is(d->role->name, "worker")) sectors_add(&result, STR("LAB"));
    d->sectors = result;
}

void scan_sectors(scan *s, const described *of) {
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
        else if (s->mods.count && str_in(s->mods.code[0], "REB OPP PTY BUS EDU LAB MED REL") && !country_is_state(d->country)) d->sectors = s->mods;
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

void scan_term(scan *s) {
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

/* "West African leaders" act for their states together; "a West African migrant" is of one that nobody names. */
void described_region(described *d) {
    if (!d->place || d->place->kind != ENTRY_PEOPLE || !str_is(d->place->country, "IGO") || !str_is(d->country, "IGO")) return;
    bool states = d->role && (d->role->role == ROLE_OFFICE || str_in(d->role->name, "leader minister state nation country government power diplomat official envoy ambassador mediator monitor peacekeeper troop "
                                                                                    "force member neighbour neighbor lawmaker bloc negotiator"));
    if (states && d->plural) {
        if (str_in(d->role->name, "nation country")) d->sectors.count = 0;
        return;
    }
    d->country = STR(""), d->sure = 0;
    if (!d->role) d->place = NULL;
}

/* W6 */
void described_past(described *d) {
    if (!d->past || !d->sectors.count || d->person) return;
    if (!str_in(d->sectors.code[0], "GOV LEG MIL JUD SPY COP PTY")) return;
    if (d->role && d->role->role == ROLE_AGENT && d->plural) return;
    d->sectors.count = 0;
    sectors_add(&d->sectors, STR("ELI"));
}

/* W7 */
void scan_holder(scan *s) {
    described *d = s->d;
    if (s->of_body && !(d->organization && !country_is_state(d->organization->country))) return;
    if (d->named || d->past || d->plural || d->person || !d->role || str_empty(d->country)) return;
    str office = d->role->office;
    bool leader = str_in(d->role->name, "leader");
    if (str_empty(office) && leader && d->sectors.count && str_is(d->sectors.code[0], "GOV") && !d->organization) office = STR("leader");
    if (str_empty(office) && str_in(d->role->name, "speaker") && sectors_has(&d->sectors, "LEG") && country_is_state(d->country)) office = STR("speaker"); /* of its parliament */
    if (str_empty(office)) return;
    d->office_only = true;
    if (s->date == DAY_NONE) return;
    str of = d->organization && !country_is_state(d->organization->country) ? d->organization->name : STR("");
    const fact *f = knowledge_holder(s->k, d->country, of, office, s->date);
    if (!f && of.len && str_in(d->country, "UNO EUR")) f = knowledge_holder(s->k, d->country, STR(""), office, s->date);
    if (!f) return;
    d->person = &s->k->entries[f->person];
    d->by_holder = true;
    d->term = f;
    d->name = d->person->name;
    d->sectors = f->sectors.count ? f->sectors : d->sectors;
}
