#include "who/load.h"

#include "base/error.h"

/* What the readers share: where an entry of a name and start already stands, so that a later line replaces it. */
typedef struct reader {
    knowledge *k;
    const lexicon *lex;
    rap_error *e;
    table seen;    /* "groups.tsv|name|start": entry */
    table persons; /* "name|country" folded: entry */
    table terms;   /* "name|country|role|start" folded: fact */
} reader;

static str known(str field) { return str_is(field, "-") ? STR("") : field; }

/* ---- keys ---- */

static name_case letters_of(str name) {
    bool upper = false, lower = false;
    uint32_t letters = 0;
    for (uint32_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c >= 'A' && c <= 'Z') upper = true, letters++;
        else if (c >= 'a' && c <= 'z') lower = true, letters++;
        else if (c == 0xC3) upper = upper || (i + 1 < name.len && (unsigned char)name.ptr[i + 1] < 0x9F);
    }
    if (!upper) return CASE_ANY;
    if (!lower && letters <= 7) return CASE_UPPER;
    uint32_t big = 0, small = 0;
    for (uint32_t i = 1; i < name.len; i++)
        if ((name.ptr[i - 1] == ' ' || name.ptr[i - 1] == '-') && i + 3 < name.len) {
            big += name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
            small += name.ptr[i] >= 'a' && name.ptr[i] <= 'z';
        }
    return small > big ? CASE_FIRST : CASE_CAPITAL;
}

static void add_key(knowledge *k, str folded, int32_t at, name_case letters, bool surname) {
    bool fresh;
    uint32_t *first = table_at(&k->keys, folded, 0, &fresh);
    alias a = {at, -1, letters, surname};
    if (fresh) *first = (uint32_t)k->alias_count;
    else {
        int32_t last = (int32_t)*first;
        for (;; last = k->aliases[last].next) {
            if (k->aliases[last].entry == at) { /* "RENAMO;Renamo": either writing will do */
                if (k->aliases[last].letters > letters) k->aliases[last].letters = letters;
                return;
            }
            if (k->aliases[last].next < 0) break;
        }
        k->aliases[last].next = (int32_t)k->alias_count;
    }
    arena_push(k->home, k->aliases, k->alias_count, k->alias_capacity, a);
    uint32_t words = 1, space = folded.len;
    for (uint32_t i = 0; i < folded.len; i++)
        if (folded.ptr[i] == ' ') {
            if (words++ == 1) space = i;
        }
    uint32_t *most = table_at(&k->openers, (str){folded.ptr, space}, words, &fresh);
    if (!fresh && *most < words) *most = words;
}

static str fold_copy(knowledge *k, str name) {
    char buffer[LONGEST_NAME];
    return arena_copy(k->home, (str){buffer, name_fold(name, buffer)});
}

static void add_name(knowledge *k, str name, int32_t at) {
    str folded = fold_copy(k, name);
    if (!str_empty(folded)) add_key(k, folded, at, letters_of(name), false);
}

static void add_names(knowledge *k, str list, int32_t at) {
    str name;
    while (str_split(&list, ';', &name)) add_name(k, str_trim(name), at);
}

static int32_t add_entry(knowledge *k, entry item) {
    arena_push(k->home, k->entries, k->entry_count, k->entry_capacity, item);
    return (int32_t)k->entry_count - 1;
}

static str first_name(str list) {
    str name = STR("");
    str_split(&list, ';', &name);
    return str_trim(name);
}

static str id_of(knowledge *k, const char *kind, str name) {
    str folded = fold_copy(k, name);
    char *p = (char *)folded.ptr;
    for (uint32_t i = 0; i < folded.len; i++)
        if (p[i] == ' ') p[i] = '-';
    return arena_format(k->home, "%s:%.*s", kind, STR_ARG(folded));
}

/* ---- fields ---- */

static rap_status sectors_read(const reader *r, const char *file, const lexicon_line *line, str list, sectors *out) {
    static const char known_codes[] = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC";
    str code;
    *out = (sectors){0};
    list = known(list);
    while (!str_empty(list) && str_split(&list, ',', &code)) {
        code = str_trim(code);
        if (!str_in(code, known_codes))
            return lexicon_error(r->e, file, line, code, "unknown sector \"%.*s\" (one of %s)", STR_ARG(code), known_codes);
        sectors_add(out, code);
    }
    return RAP_OK;
}

/* "2013", "2013-03", "2013-03-14"; a last day takes the end of its month or year. */
static bool date_read(str s, bool last, day *out) {
    long part[3] = {0, 0, 0};
    int n = 0;
    str rest = s, field;
    *out = DAY_NONE;
    if (str_empty(s) || str_is(s, "-")) return true;
    while (n < 3 && str_split(&rest, '-', &field))
        if (!str_to_long(field, &part[n++])) return false;
    if (n < 2) part[1] = last ? 12 : 1;
    if (part[0] < 1000 || part[0] > 2999 || part[1] < 1 || part[1] > 12) return false;
    if (n < 3) part[2] = last ? month_length((int)part[0], (int)part[1]) : 1;
    if (!day_valid((int)part[0], (int)part[1], (int)part[2])) return false;
    *out = day_of((int)part[0], (int)part[1], (int)part[2]);
    return true;
}

static rap_status dates_read(const reader *r, const char *file, const lexicon_line *line, str first, str last, day *start, day *end) {
    if (!date_read(first, false, start))
        return lexicon_error(r->e, file, line, first, "not a date (YYYY, YYYY-MM, YYYY-MM-DD, or - for open)");
    if (!date_read(last, true, end))
        return lexicon_error(r->e, file, line, last, "not a date (YYYY, YYYY-MM, YYYY-MM-DD, or - for open)");
    if (*start != DAY_NONE && *end != DAY_NONE && *end < *start)
        return lexicon_error(r->e, file, line, last, "ends before it starts");
    return RAP_OK;
}

static rap_status sure_read(const reader *r, const char *file, const lexicon_line *line, str word, float *out) {
    *out = str_is(word, "sure") || str_empty(word) ? 0.95f : str_is(word, "likely") ? 0.8f : str_is(word, "unsure") ? 0.5f : str_is(word, "withdrawn") ? 0.0f : -1.0f;
    if (*out < 0) return lexicon_error(r->e, file, line, word, "how sure? one of sure, likely, unsure, withdrawn");
    return RAP_OK;
}

/* ---- countries.tsv, regions.tsv ---- */

static rap_status countries(reader *r) {
    knowledge *k = r->k;
    lexicon_line line = {0};
    str text = lexicon_file(r->lex, "countries.tsv");
    while (lexicon_next(text, &line)) {
        const str *f = line.field;
        if (line.count < 9 || f[0].len != 3)
            return lexicon_error(r->e, "countries.tsv", &line, f[0], "nine fields wanted, the first an ISO 3166-1 alpha-3 code");
        bool fresh;
        uint32_t *at = table_at(&k->states, f[0], (uint32_t)k->country_count, &fresh);
        state_row c = {f[0], f[1], known(f[2]), f[3], first_name(f[4])};
        if (!fresh) k->countries[*at] = c;
        else arena_push(k->home, k->countries, k->country_count, k->country_capacity, c);
        entry base = {.kind = ENTRY_COUNTRY, .type = ENTITY_COUNTRY, .name = c.name, .id = f[0], .country = f[0], .start = DAY_NONE, .end = DAY_NONE, .first_fact = -1};
        add_names(k, f[4], add_entry(k, base));
        base.kind = ENTRY_DEMONYM, base.type = ENTITY_PEOPLE;
        int32_t demonym = add_entry(k, base);
        for (int i = 5; i < 7; i++) {
            str list = known(f[i]), name;
            while (!str_empty(list) && str_split(&list, ';', &name)) {
                add_name(k, name, demonym);
                if (!str_ends(name, "s") && !str_ends(name, "ese") && !str_ends(name, "men")) {
                    add_name(k, arena_format(k->home, "%.*ss", STR_ARG(name)), demonym);
                    if (str_ends(name, "ish") || str_ends(name, "ch")) add_name(k, arena_format(k->home, "%.*smen", STR_ARG(name)), demonym);
                }
            }
        }
        base.kind = ENTRY_SEAT, base.type = ENTITY_CITY, base.capital = true;
        str list = known(f[7]), name;
        while (!str_empty(list) && str_split(&list, ';', &name)) {
            base.name = str_trim(name);
            add_name(k, base.name, add_entry(k, base));
        }
        base.type = ENTITY_ORGANIZATION, base.capital = false;
        base.sectors.count = 0;
        sectors_add(&base.sectors, STR("GOV"));
        base.name = first_name(known(f[8]));
        if (!str_empty(base.name)) add_names(k, known(f[8]), add_entry(k, base));
    }
    return RAP_OK;
}

static rap_status regions(reader *r) {
    lexicon_line line = {0};
    str text = lexicon_file(r->lex, "regions.tsv");
    while (lexicon_next(text, &line)) {
        const str *f = line.field;
        bool people = str_is(f[2], "people");
        if (!people && !str_is(f[2], "place")) return lexicon_error(r->e, "regions.tsv", &line, f[2], "place or people wanted");
        entry base = {.kind = people ? ENTRY_PEOPLE : ENTRY_PLACE, .type = people ? ENTITY_PEOPLE : ENTITY_PLACE, .name = f[0], .country = f[1],
                      .start = DAY_NONE, .end = DAY_NONE, .first_fact = -1};
        base.id = id_of(r->k, "place", f[0]);
        if (people) base.also = known(f[3]);
        else if (str_is(f[3], "PRE")) sectors_add(&base.sectors, STR("PRE"));
        int32_t at = add_entry(r->k, base);
        add_name(r->k, f[0], at);
        if (people && !str_ends(f[0], "s")) add_name(r->k, arena_format(r->k->home, "%.*ss", STR_ARG(f[0])), at);
    }
    return RAP_OK;
}

/* ---- organizations.tsv, groups.tsv, institutions.tsv, outlets.tsv ---- */

static entity_type type_of(str kind) {
    return str_is(kind, "party") ? ENTITY_PARTY : str_in(kind, "group ism") ? ENTITY_GROUP : str_is(kind, "weapon") ? ENTITY_PRODUCT
           : str_is(kind, "place") ? ENTITY_PLACE : str_is(kind, "people") ? ENTITY_PEOPLE : ENTITY_ORGANIZATION;
}

static rap_status organizations(reader *r, const char *file) {
    lexicon_line line = {0};
    str text = lexicon_file(r->lex, file);
    while (lexicon_next(text, &line)) {
        const str *f = line.field;
        entry base = {.kind = ENTRY_ORG, .type = type_of(f[1]), .name = first_name(f[0]), .country = known(f[2]), .first_fact = -1};
        float sure;
        if (line.count < 3) return lexicon_error(r->e, file, &line, f[0], "at least three fields wanted: names, kind, country");
        rap_status s = sectors_read(r, file, &line, f[3], &base.sectors);
        if (s == RAP_OK) s = dates_read(r, file, &line, f[4], f[5], &base.start, &base.end);
        if (s == RAP_OK) s = sure_read(r, file, &line, f[6], &sure);
        if (s != RAP_OK) return s;
        base.id = id_of(r->k, "org", base.name);
        bool fresh;
        str key = arena_format(r->k->home, "%s|%.*s|%.*s", file, STR_ARG(base.name), STR_ARG(known(f[4])));
        uint32_t *at = table_at(&r->seen, key, (uint32_t)r->k->entry_count, &fresh);
        if (sure <= 0) {
            base.kind = ENTRY_NONE;
            if (!fresh) r->k->entries[*at] = base;
            continue;
        }
        if (fresh) add_entry(r->k, base);
        else r->k->entries[*at] = base;
        add_names(r->k, f[0], (int32_t)*at);
    }
    return RAP_OK;
}

static rap_status outlets(reader *r) {
    lexicon_line line = {0};
    str text = lexicon_file(r->lex, "outlets.tsv");
    while (lexicon_next(text, &line)) {
        const str *f = line.field;
        if (line.count < 3 || !str_in(f[2], "state party public private"))
            return lexicon_error(r->e, "outlets.tsv", &line, f[2], "owner: one of state, party, public, private");
        entry base = {.kind = ENTRY_ORG, .type = ENTITY_OUTLET, .name = first_name(f[0]), .country = f[1], .owner = f[2], .language = f[3],
                      .start = DAY_NONE, .end = DAY_NONE, .first_fact = -1};
        sectors_add(&base.sectors, STR("JRN"));
        base.id = id_of(r->k, "org", base.name);
        add_names(r->k, f[0], add_entry(r->k, base));
    }
    return RAP_OK;
}

/* ---- roles.tsv ---- */

static str plural(knowledge *k, str w) {
    if (str_ends(w, "woman") || str_ends(w, "man")) return arena_format(k->home, "%.*sen", (int)w.len - 2, w.ptr);
    if (str_ends(w, "s") || str_ends(w, "x") || str_ends(w, "ch") || str_ends(w, "sh")) return arena_format(k->home, "%.*ses", STR_ARG(w));
    if (str_ends(w, "y") && w.len > 2 && !strchr("aeiou", w.ptr[w.len - 2])) return arena_format(k->home, "%.*sies", (int)w.len - 1, w.ptr);
    return arena_format(k->home, "%.*ss", STR_ARG(w));
}

/* "minister of defence" and "commander-in-chief" take the plural on their first word. */
static str plural_of_phrase(knowledge *k, str w) {
    static const char *const links[] = {" of ", "-in-", " in ", " for "};
    for (int i = 0; i < 4; i++) {
        int32_t at = str_find(w, str_of(links[i]));
        if (at > 0) return arena_format(k->home, "%.*s%.*s", STR_ARG(plural(k, str_sub(w, 0, (uint32_t)at))), (int)w.len - at, w.ptr + at);
    }
    return plural(k, w);
}

static rap_status roles(reader *r) {
    static const char *const kinds[] = {"", "office", "plain", "agent", "mod", "past"};
    lexicon_line line = {0};
    str text = lexicon_file(r->lex, "roles.tsv");
    while (lexicon_next(text, &line)) {
        const str *f = line.field;
        entry base = {.kind = ENTRY_ROLE, .name = f[0], .office = known(f[3]), .country = line.count > 4 ? known(f[4]) : STR(""), .start = DAY_NONE, .end = DAY_NONE, .first_fact = -1};
        for (int i = ROLE_OFFICE; i <= ROLE_PAST; i++)
            if (str_is(f[1], kinds[i])) base.role = (role_kind)i;
        if (base.role == ROLE_NONE)
            return lexicon_error(r->e, "roles.tsv", &line, f[1], "unknown kind \"%.*s\" (office, plain, agent, mod, past)", STR_ARG(f[1]));
        str sector = f[2];
        if (sector.len && sector.ptr[0] == '?') base.only_of_state = true, sector = str_sub(sector, 1, sector.len);
        rap_status s = sectors_read(r, "roles.tsv", &line, sector, &base.sectors);
        if (s != RAP_OK) return s;
        base.type = base.role == ROLE_MOD || base.role == ROLE_PAST ? ENTITY_NONE : ENTITY_PERSON;
        bool fresh;
        str key = arena_format(r->k->home, "roles|%.*s|%.*s", STR_ARG(f[0]), STR_ARG(base.role == ROLE_MOD ? f[1] : STR("")));
        uint32_t *at = table_at(&r->seen, key, (uint32_t)r->k->entry_count, &fresh);
        if (fresh) add_entry(r->k, base);
        else r->k->entries[*at] = base;
        add_name(r->k, f[0], (int32_t)*at);
        if (base.type == ENTITY_PERSON) add_name(r->k, plural_of_phrase(r->k, f[0]), (int32_t)*at);
    }
    return RAP_OK;
}

/* ---- offices.tsv, leaders.tsv ---- */

static bool family_first(str state) { return str_in(state, "CHN PRK KOR TWN HKG"); }

static void add_surname(knowledge *k, str name, str state, int32_t at) {
    static const char common[] = "he an so no do to you her in on at is as be my me we us it or of by long little good hope";
    str folded = fold_copy(k, name);
    int32_t space = str_find(folded, STR(" "));
    if (space < 0 || str_empty(folded)) return;
    str family = {folded.ptr, (uint32_t)space};
    if (family_first(state)) { /* Kim Jong-un, also Jong-un Kim */
        str given = str_sub(folded, (uint32_t)space + 1, folded.len);
        add_key(k, arena_format(k->home, "%.*s %.*s", STR_ARG(given), STR_ARG(family)), at, CASE_CAPITAL, false);
        str rest = given, second;
        str_split(&rest, ' ', &second);
        if (rest.ptr) add_key(k, arena_format(k->home, "%.*s %.*s%.*s", STR_ARG(family), STR_ARG(second), STR_ARG(rest)), at, CASE_CAPITAL, false);
    } else {
        uint32_t cut = folded.len;
        while (cut > 0 && folded.ptr[cut - 1] != ' ') cut--;
        family = str_sub(folded, cut, folded.len);
        if (str_in(family, "jr sr i ii iii iv v vi vii viii xvi") || family.len < 3) return;
    }
    if (!str_in(family, common)) add_key(k, family, at, CASE_CAPITAL, true);
}

static int32_t person(reader *r, str names, str state, bool weak) {
    knowledge *k = r->k;
    str name = first_name(names), folded = fold_copy(k, name), key = arena_format(k->home, "%.*s|%.*s", STR_ARG(folded), STR_ARG(state));
    bool fresh;
    uint32_t *at = table_at(&r->persons, key, (uint32_t)k->entry_count, &fresh);
    int32_t p = (int32_t)*at;
    if (fresh) {
        entry base = {.kind = ENTRY_PERSON, .type = ENTITY_PERSON, .name = name, .id = id_of(k, "person", name), .country = state,
                      .start = DAY_NONE, .end = DAY_NONE, .first_fact = -1, .weak = weak && str_find(folded, STR(" ")) < 0};
        add_entry(k, base);
    }
    str list = names, one;
    while (str_split(&list, ';', &one)) {
        one = str_trim(one);
        str f = fold_copy(k, one);
        if (str_empty(f)) continue;
        bool single = str_find(f, STR(" ")) < 0 && weak;
        add_key(k, f, p, letters_of(one) == CASE_UPPER ? CASE_UPPER : CASE_CAPITAL, single);
        if (fresh || one.ptr != names.ptr) add_surname(k, one, state, p);
        str known_as = arena_format(k->home, "%.*s|%.*s", STR_ARG(f), STR_ARG(state));
        table_at(&r->persons, known_as, (uint32_t)p, NULL);
    }
    return p;
}

static void add_fact(reader *r, fact item, str name) {
    knowledge *k = r->k;
    str key = arena_format(k->home, "%.*s|%.*s|%.*s|%d", STR_ARG(name), STR_ARG(item.country), STR_ARG(item.role), (int)item.start);
    bool fresh;
    uint32_t *at = table_at(&r->terms, key, (uint32_t)k->fact_count, &fresh);
    if (!fresh) {
        item.next = k->facts[*at].next, item.next_holder = k->facts[*at].next_holder;
        k->facts[*at] = item;
        return;
    }
    int32_t self = (int32_t)k->fact_count;
    item.next = k->entries[item.person].first_fact;
    item.next_holder = -1;
    if (!str_empty(item.office)) {
        str of = str_empty(item.organization) ? item.country : fold_copy(k, item.organization);
        uint32_t *holder = table_at(&k->offices, arena_format(k->home, "%.*s/%.*s", STR_ARG(of), STR_ARG(item.office)), UINT32_MAX, NULL);
        item.next_holder = (int32_t)*holder;
        *holder = (uint32_t)self;
    }
    arena_push(k->home, k->facts, k->fact_count, k->fact_capacity, item);
    k->entries[item.person].first_fact = self;
}

static rap_status offices(reader *r) {
    static const char file[] = "offices.tsv";
    lexicon_line line = {0};
    str text = lexicon_file(r->lex, file);
    while (lexicon_next(text, &line)) {
        const str *f = line.field;
        fact item = {.country = known(f[1]), .role = known(f[3]), .office = known(f[4]), .organization = known(f[5])};
        if (line.count < 8) return lexicon_error(r->e, file, &line, f[0], "nine fields wanted: names, country, sectors, role, office, of, first day, last day, how sure");
        rap_status s = sectors_read(r, file, &line, f[2], &item.sectors);
        if (s == RAP_OK) s = dates_read(r, file, &line, f[6], f[7], &item.start, &item.end);
        if (s == RAP_OK) s = sure_read(r, file, &line, f[8], &item.sure);
        if (s != RAP_OK) return s;
        item.person = person(r, f[0], item.country, false);
        add_fact(r, item, first_name(f[0]));
    }
    return RAP_OK;
}

static rap_status leaders(reader *r) {
    static const char file[] = "leaders.tsv";
    lexicon_line line = {0};
    str text = lexicon_file(r->lex, file);
    while (lexicon_next(text, &line)) {
        const str *f = line.field;
        fact item = {.country = f[1], .role = STR("leader"), .office = STR("leader")};
        sectors_add(&item.sectors, STR("GOV"));
        rap_status s = dates_read(r, file, &line, f[2], f[3], &item.start, &item.end);
        if (s == RAP_OK) s = sure_read(r, file, &line, f[4], &item.sure);
        if (s != RAP_OK) return s;
        item.person = person(r, f[0], item.country, true);
        add_fact(r, item, f[0]);
    }
    return RAP_OK;
}

rap_status load_all(knowledge *k, const lexicon *lex, rap_error *e) {
    reader r = {.k = k, .lex = lex, .e = e};
    table_init(&r.seen, k->home, 8192);
    table_init(&r.persons, k->home, 8192);
    table_init(&r.terms, k->home, 8192);
    rap_status s = countries(&r);
    if (s == RAP_OK) s = organizations(&r, "organizations.tsv");
    if (s == RAP_OK) s = organizations(&r, "groups.tsv");
    if (s == RAP_OK) s = organizations(&r, "institutions.tsv");
    if (s == RAP_OK) s = outlets(&r);
    if (s == RAP_OK) s = roles(&r);
    if (s == RAP_OK) s = offices(&r);
    if (s == RAP_OK) s = leaders(&r);
    if (s == RAP_OK) s = regions(&r);
    return s;
}

rap_status knowledge_load(knowledge *k, const lexicon *lex, arena *home, rap_error *e) {
    *k = (knowledge){.home = home};
    table_init(&k->keys, home, 1 << 15);
    table_init(&k->openers, home, 1 << 14);
    table_init(&k->offices, home, 4096);
    table_init(&k->states, home, 512);
    return load_all(k, lex, e);
}
