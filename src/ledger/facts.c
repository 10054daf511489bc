#include "ledger/facts.h"

#include <stdlib.h>

#include "ledger/agencies.h"
#include "ledger/times.h"

bool symmetric_event(str e) { return str_is(e, "CONSULT") || str_is(e, "AGREE") || str_is(e, "COOPERATE"); }

str day_text(arena *a, day d) { return d == DAY_NONE ? STR("") : day_format(a, d); }

str interval_text(arena *a, day from, day to) {
    int y, m, d, y2, m2, d2;
    if (from == DAY_NONE) return STR("");
    if (to == DAY_NONE || to == from) return day_format(a, from);
    day_parts(from, &y, &m, &d);
    day_parts(to, &y2, &m2, &d2);
    if (y == y2 && m == 1 && d == 1 && m2 == 12 && d2 == 31) return arena_format(a, "%04d", y);
    if (y == y2 && m == m2 && d == 1 && d2 == month_length(y, m)) return arena_format(a, "%04d-%02d", y, m);
    str first = day_format(a, from), last = day_format(a, to);
    return arena_format(a, "%.*s/%.*s", STR_ARG(first), STR_ARG(last));
}

/* ---- people ---- */

typedef struct actor_row { int32_t person; str name, country; } actor_row;

static int32_t person_number(facts *f, str who, str name, str country, str role, str sector) {
    bool fresh = false;
    uint32_t *at = table_at(&f->person_of, who, (uint32_t)f->person_count, &fresh);
    if (fresh) {
        bool state = who.len == 3 && str_eq(who, country);
        person p = {who, name, country, role, sector, 0, name.len > 0 && !state, state};
        arena_push(f->home, f->persons, f->person_count, f->person_capacity, p);
    }
    person *p = &f->persons[*at];
    /* the set decides, not the order: first in the alphabet of what is not empty; of roles the longest */
    if (name.len && (!p->name.len || str_compare(name, p->name) < 0)) p->name = name;
    if (country.len && (!p->country.len || str_compare(country, p->country) < 0)) p->country = country;
    if (role.len > p->role.len || (role.len == p->role.len && str_compare(role, p->role) < 0)) p->role = role;
    if (sector.len && (!p->sector.len || str_compare(sector, p->sector) < 0)) p->sector = sector;
    return (int32_t)*at;
}

/* persons by actor key; rows are read in order of who, so numbers are the set's. */
static int32_t *load_actors(facts *f, int64_t *most) {
    ledger *l = f->l;
    *most = db_number(l, "SELECT max(key) FROM actor", "");
    int32_t *number = arena_array(f->home, int32_t, *most + 2);
    memset(number, 0xff, sizeof *number * (size_t)(*most + 2));
    table_init(&f->person_of, f->home, 4096);
    sqlite3_stmt *s = db_query(l, "SELECT key, who, name, country, role, sector FROM actor WHERE who <> '' ORDER BY who, name, country, role, sector, code, id", "");
    while (db_step(l, s))
        number[sqlite3_column_int64(s, 0)] =
            person_number(f, arena_copy(f->home, db_str(s, 1)), arena_copy(f->home, db_str(s, 2)), arena_copy(f->home, db_str(s, 3)),
                          arena_copy(f->home, db_str(s, 4)), arena_copy(f->home, db_str(s, 5)));
    return number;
}

static int32_t person_at(const int32_t *number, int64_t most, int64_t key) { return key > 0 && key <= most ? number[key] : -1; }

/* ---- documents ---- */

static int32_t origin_number(facts *f, str name) {
    bool fresh = false;
    uint32_t *at = table_at(&f->origin_of, name, (uint32_t)f->origin_count, &fresh);
    if (fresh) arena_push(f->home, f->origins, f->origin_count, f->origin_capacity, name);
    return (int32_t)*at;
}

static int32_t *load_documents(facts *f, int64_t *most) {
    ledger *l = f->l;
    *most = db_number(l, "SELECT max(key) FROM document", "");
    int32_t *number = arena_array(f->home, int32_t, *most + 2);
    table_init(&f->origin_of, f->home, 256);
    sqlite3_stmt *s = db_query(l, "SELECT d.key, d.id, d.outlet, o.name, d.day, d.readable, d.imported, m.story, COALESCE(d.published, '') FROM document d LEFT JOIN origin o ON o.document = d.key"
                                  " LEFT JOIN story_member m ON m.document = d.key ORDER BY d.id", "");
    while (db_step(l, s)) {
        fact_document d = {.key = sqlite3_column_int64(s, 0), .id = arena_copy(f->home, db_str(s, 1)), .outlet = arena_copy(f->home, db_str(s, 2)),
                           .origin = arena_copy(f->home, db_str(s, 3)), .day = db_day(s, 4), .readable = sqlite3_column_int(s, 5) != 0,
                           .imported = sqlite3_column_int(s, 6) != 0, .story = arena_copy(f->home, db_str(s, 7)),
                           .published = arena_copy(f->home, db_str(s, 8)), .original = (int32_t)f->document_count};
        d.origin_number = origin_number(f, d.origin);
        number[d.key] = (int32_t)f->document_count;
        arena_push(f->home, f->documents, f->document_count, f->document_capacity, d);
    }
    s = db_query(l, "SELECT c.document, d.key FROM copy c JOIN document d ON d.id = c.original", "");
    while (db_step(l, s)) f->documents[number[sqlite3_column_int64(s, 0)]].original = number[sqlite3_column_int64(s, 1)];
    return number;
}

/* ---- statements ---- */

static leaning leaning_of(str factuality) {
    if (factuality.len != 3) return LEANS_OPEN;
    if (factuality.ptr[0] == 'P' && factuality.ptr[1] == 'S') return LEANS_MAYBE;
    return factuality.ptr[2] == '+' ? LEANS_YES : LEANS_NO;
}

static int by_day_then_id(const void *a, const void *b) {
    const fact *x = a, *y = b;
    day p = x->from != DAY_NONE ? x->from : x->published, q = y->from != DAY_NONE ? y->from : y->published;
    if (p != q) return p < q ? -1 : 1;
    return str_compare(x->id, y->id);
}

static void load_places(facts *f, int64_t most, int32_t *number) {
    sqlite3_stmt *s = db_query(f->l, "SELECT key, name, country FROM place ORDER BY name, country, geonames", "");
    while (db_step(f->l, s)) {
        struct fact_place p = {arena_copy(f->home, db_str(s, 1)), arena_copy(f->home, db_str(s, 2))};
        if (sqlite3_column_int64(s, 0) <= most) number[sqlite3_column_int64(s, 0)] = (int32_t)f->place_count;
        arena_push(f->home, f->places, f->place_count, f->place_capacity, p);
    }
}

static void correct_one(facts *f, fact *t, str kind, str field, str value) {
    if (str_is(kind, "not-an-event")) t->dropped = true;
    else if (str_is(kind, "date")) timex_days(arena_copy(f->home, value), &t->from, &t->to), t->basis = STR("text");
    else if (str_is(kind, "factuality")) t->factuality = arena_copy(f->home, value), t->leans = leaning_of(t->factuality), t->planned = false;
    else if (str_is(kind, "actor")) {
        str name = arena_copy(f->home, value), who = fold_name(f->home, name);
        int32_t p = person_number(f, who, name, STR(""), STR(""), STR(""));
        if (str_is(field, "target")) t->target = p;
        else t->source = p;
    }
}

/* ---- short names ---- */

/* "Song" and "Kang Sok" for "Song Tao" and "Kang Sok-ju": all words of the one stand in the other, and their states do not differ. */
static bool shortened(const person *few, const person *many) {
    str rest = few->who, word, other;
    if (few->who.len >= many->who.len || !few->named || !many->named) return false;
    if (few->country.len && many->country.len && !str_eq(few->country, many->country)) return false;
    while (str_split(&rest, ' ', &word)) {
        bool found = false;
        for (str in = many->who; !found && str_split(&in, ' ', &other);) found = str_eq(word, other);
        if (!found) return false;
    }
    return true;
}

static void name_fully(facts *f, int32_t *one, const int32_t *list, size_t n) {
    int32_t only = -1;
    if (*one < 0 || !f->persons[*one].named) return;
    for (size_t i = 0; i < n; i++) {
        if (list[i] == *one || !shortened(&f->persons[*one], &f->persons[list[i]])) continue;
        if (only >= 0 && only != list[i] && !shortened(&f->persons[only], &f->persons[list[i]]) && !shortened(&f->persons[list[i]], &f->persons[only])) return; /* two could be meant */
        if (only < 0 || shortened(&f->persons[only], &f->persons[list[i]])) only = list[i];
    }
    if (only >= 0) *one = only;
}

typedef struct in_document { int32_t document; size_t fact; } in_document;

static int by_document(const void *a, const void *b) {
    const in_document *x = a, *y = b;
    if (x->document != y->document) return x->document < y->document ? -1 : 1;
    return x->fact < y->fact ? -1 : x->fact > y->fact;
}

/* Within one document a short name is the one full name that it fits. */
static void fill_names(facts *f) {
    enum { MOST_PEOPLE = 64 };
    in_document *order = arena_array(f->home, in_document, f->count + 1);
    for (size_t i = 0; i < f->count; i++) order[i] = (in_document){f->list[i].document, i};
    qsort(order, f->count, sizeof *order, by_document);
    for (size_t i = 0, j; i < f->count; i = j) {
        int32_t people[MOST_PEOPLE];
        size_t n = 0;
        for (j = i; j < f->count && order[j].document == order[i].document; j++) {
            const fact *t = &f->list[order[j].fact];
            int32_t three[] = {t->source, t->target, t->speaker};
            for (int k = 0; k < 3 && n < MOST_PEOPLE; k++) {
                bool seen = three[k] < 0;
                for (size_t m = 0; m < n && !seen; m++) seen = people[m] == three[k];
                if (!seen) people[n++] = three[k];
            }
        }
        for (size_t k = i; k < j; k++) {
            fact *t = &f->list[order[k].fact];
            name_fully(f, &t->source, people, n);
            name_fully(f, &t->target, people, n);
            name_fully(f, &t->speaker, people, n);
            if (t->target == t->source) t->target = -1; /* nobody meets himself: one of the two was misread */
        }
    }
}

/* In the order in which they were made: the last one wins. */
static void apply_corrections(facts *f) {
    ledger *l = f->l;
    table of;
    if (!db_number(l, "SELECT count(*) FROM correction", "")) return;
    table_init(&of, f->home, (uint32_t)f->count);
    for (size_t i = 0; i < f->count; i++) table_set(&of, f->list[i].id, (uint32_t)i);
    sqlite3_stmt *s = db_query(l, "SELECT item, kind, field, value FROM correction ORDER BY made, key", "");
    uint32_t at;
    while (db_step(l, s))
        if (table_get(&of, db_str(s, 0), &at)) correct_one(f, &f->list[at], db_str(s, 1), db_str(s, 2), db_str(s, 3));
}

static void load_statements(facts *f, const int32_t *people, int64_t most_person, const int32_t *document) {
    ledger *l = f->l;
    int64_t most_place = db_number(l, "SELECT max(key) FROM place", "");
    int32_t *place = arena_array(f->home, int32_t, most_place + 2);
    load_places(f, most_place, place);
    sqlite3_stmt *s = db_query(l,
        "SELECT st.key, st.id, st.document, st.event, st.mode, st.source, st.target, st.factuality, st.day_from, st.day_to, st.basis, st.background, st.origin, st.place,"
        " (SELECT v.speaker FROM voice v WHERE v.statement = st.key ORDER BY v.depth DESC LIMIT 1),"
        " (SELECT v.stance FROM voice v WHERE v.statement = st.key ORDER BY v.depth DESC LIMIT 1) FROM statement st", "");
    while (db_step(l, s)) {
        int32_t d = document[sqlite3_column_int64(s, 2)];
        str origin = db_str(s, 12);
        fact t = {.key = sqlite3_column_int64(s, 0), .id = arena_copy(f->home, db_str(s, 1)), .doc = f->documents[d].id, .document = d,
                  .event = arena_copy(f->home, db_str(s, 3)), .mode = arena_copy(f->home, db_str(s, 4)),
                  .source = person_at(people, most_person, sqlite3_column_int64(s, 5)), .target = person_at(people, most_person, sqlite3_column_int64(s, 6)),
                  .factuality = arena_copy(f->home, db_str(s, 7)), .from = db_day(s, 8), .to = db_day(s, 9), .basis = arena_copy(f->home, db_str(s, 10)),
                  .background = sqlite3_column_int(s, 11) != 0, .published = f->documents[d].day,
                  .place = sqlite3_column_type(s, 13) == SQLITE_NULL ? -1 : place[sqlite3_column_int64(s, 13)],
                  .speaker = person_at(people, most_person, sqlite3_column_int64(s, 14)), .stance = arena_copy(f->home, db_str(s, 15)), .group = -1};
        t.leans = leaning_of(t.factuality);
        t.origin = origin.len ? origin_number(f, arena_copy(f->home, origin)) : f->documents[d].origin_number;
        t.planned = t.leans == LEANS_OPEN && (str_is(t.stance, "expects") || (t.from != DAY_NONE && t.published != DAY_NONE && t.from > t.published));
        if (t.source >= 0) f->persons[t.source].uses++;
        if (t.target >= 0) f->persons[t.target].uses++;
        arena_push(f->home, f->list, f->count, f->capacity, t);
    }
    if (f->count) fill_names(f);
    apply_corrections(f);
    if (f->count) qsort(f->list, f->count, sizeof *f->list, by_day_then_id);
}

void facts_load(ledger *l, arena *home, facts *f) {
    int64_t most_person, most_document;
    *f = (facts){.l = l, .home = home};
    int32_t *people = load_actors(f, &most_person), *document = load_documents(f, &most_document);
    load_statements(f, people, most_person, document);
}
