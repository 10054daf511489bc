#include "ledger/facts.h"

#include <stdlib.h>


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
        person p = {.who = who, .name = name, .country = country, .role = role, .sector = sector, .named = name.len > 0 && !state, .state = state};
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
    sqlite3_stmt *s = db_query(l, "SELECT d.key, d.id, d.outlet, o.name, d.day, d.readable, d.imported, COALESCE(m.story, 0), COALESCE(d.published, ''), d.coding FROM document d LEFT JOIN origin o ON o.document = d.key"
                                  " LEFT JOIN story_member m ON m.document = d.key ORDER BY d.id", "");
    while (db_step(l, s)) {
        fact_document d = {.key = sqlite3_column_int64(s, 0), .id = arena_copy(f->home, db_str(s, 1)), .outlet = arena_copy(f->home, db_str(s, 2)),
                           .origin = arena_copy(f->home, db_str(s, 3)), .day = db_day(s, 4), .readable = sqlite3_column_int(s, 5) != 0,
                           .imported = sqlite3_column_int(s, 6) != 0, .story = sqlite3_column_int64(s, 7),
                           .published = arena_copy(f->home, db_str(s, 8)), .coding = sqlite3_column_int64(s, 9), .original = (int32_t)f->document_count};
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

static void load_places(facts *f, int64_t most, int32_t *number) {
    sqlite3_stmt *s = db_query(f->l, "SELECT key, name, country FROM place ORDER BY name, country, geonames", "");
    while (db_step(f->l, s)) {
        struct fact_place p = {arena_copy(f->home, db_str(s, 1)), arena_copy(f->home, db_str(s, 2))};
        if (sqlite3_column_int64(s, 0) <= most) number[sqlite3_column_int64(s, 0)] = (int32_t)f->place_count;
        arena_push(f->home, f->places, f->place_count, f->place_capacity, p);
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

/* Whom a short name means among those of its document: the one full name that it fits, else itself. */
static int32_t full_name(const facts *f, int32_t one, const int32_t *list, size_t n) {
    int32_t only = -1;
    if (!f->persons[one].named) return one;
    for (size_t i = 0; i < n; i++) {
        if (list[i] == one || !shortened(&f->persons[one], &f->persons[list[i]])) continue;
        if (only >= 0 && only != list[i] && !shortened(&f->persons[only], &f->persons[list[i]]) && !shortened(&f->persons[list[i]], &f->persons[only])) return one; /* two could be meant */
        if (only < 0 || shortened(&f->persons[only], &f->persons[list[i]])) only = list[i];
    }
    return only >= 0 ? only : one;
}

typedef struct in_document { int32_t document; size_t fact; } in_document;

static int by_document(const void *a, const void *b) {
    const in_document *x = a, *y = b;
    if (x->document != y->document) return x->document < y->document ? -1 : 1;
    return x->fact < y->fact ? -1 : x->fact > y->fact;
}

enum { MOST_PEOPLE = 64 };

typedef struct cast { int32_t who[MOST_PEOPLE], means[MOST_PEOPLE]; size_t n; } cast; /* the people of one document */

static void cast_add(cast *c, int32_t who) {
    for (size_t i = 0; i < c->n; i++)
        if (c->who[i] == who) return;
    if (who >= 0 && c->n < MOST_PEOPLE) c->who[c->n++] = who;
}

static void cast_name(const cast *c, int32_t *who) {
    for (size_t i = 0; i < c->n; i++)
        if (c->who[i] == *who) {
            *who = c->means[i];
            return;
        }
}

/* A short name is the one full name of its document that it fits. */
static void fill_names(facts *f) {
    in_document *order = arena_array(f->home, in_document, f->count + 1);
    for (size_t i = 0; i < f->count; i++) order[i] = (in_document){f->list[i].document, i};
    qsort(order, f->count, sizeof *order, by_document);
    for (size_t i = 0, j; i < f->count; i = j) {
        cast c;
        c.n = 0;
        for (j = i; j < f->count && order[j].document == order[i].document; j++) {
            const fact *t = &f->list[order[j].fact];
            cast_add(&c, t->source), cast_add(&c, t->target), cast_add(&c, t->speaker);
        }
        for (size_t k = 0; k < c.n; k++) c.means[k] = full_name(f, c.who[k], c.who, c.n);
        for (size_t k = i; k < j; k++) {
            fact *t = &f->list[order[k].fact];
            cast_name(&c, &t->source), cast_name(&c, &t->target), cast_name(&c, &t->speaker);
            if (t->target == t->source) t->target = -1; /* nobody meets himself: one of the two was misread */
        }
    }
}

/* ---- order ---- */

typedef struct sorted { int64_t when; uint64_t head; uint32_t fact; } sorted; /* head: first eight bytes of the id */

static int by_when(const void *a, const void *b, void *context) {
    const sorted *x = a, *y = b;
    const facts *f = context;
    if (x->when != y->when) return x->when < y->when ? -1 : 1;
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    return str_compare(f->list[x->fact].id, f->list[y->fact].id);
}

/* By day, then id. */
static void sort_facts(facts *f) {
    sorted *order = arena_array(f->home, sorted, f->count + 1);
    for (size_t i = 0; i < f->count; i++) {
        const fact *t = &f->list[i];
        uint64_t head = 0;
        for (uint32_t k = 0; k < 8; k++) head = head << 8 | (k < t->id.len ? (unsigned char)t->id.ptr[k] : 0);
        order[i] = (sorted){t->from != DAY_NONE ? t->from : t->published, head, (uint32_t)i};
    }
    qsort_r(order, f->count, sizeof *order, by_when, f);
    fact *list = arena_array(f->home, fact, f->count + 1);
    for (size_t i = 0; i < f->count; i++) list[i] = f->list[order[i].fact];
    f->list = list, f->capacity = f->count + 1;
}

/* ---- words that come again and again ---- */

static str word(facts *f, str v) {
    uint32_t i;
    if (table_get(&f->words, v, &i)) return f->word_list[i];
    str kept = arena_copy(f->home, v);
    table_set(&f->words, kept, (uint32_t)f->word_count);
    arena_push(f->home, f->word_list, f->word_count, f->word_capacity, kept);
    return kept;
}

static int by_word(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

static void number_events(facts *f) {
    str *names = arena_array(f->home, str, f->word_count + 1);
    table number;
    if (f->word_count) memcpy(names, f->word_list, f->word_count * sizeof *names), qsort(names, f->word_count, sizeof *names, by_word);
    table_init(&number, f->home, (uint32_t)f->word_count + 1);
    for (size_t i = 0; i < f->word_count; i++) table_set(&number, names[i], (uint32_t)i);
    for (size_t i = 0; i < f->count; i++) {
        uint32_t k = 0;
        table_get(&number, f->list[i].event, &k);
        f->list[i].kind = (int16_t)k;
    }
}

/* ---- voices: the innermost of each statement ---- */

typedef struct innermost { int64_t speaker; str stance; } innermost;

static innermost *load_voices(facts *f, int64_t most) {
    innermost *voice = arena_array(f->home, innermost, most + 1);
    sqlite3_stmt *s = db_query(f->l, "SELECT statement, speaker, stance FROM voice ORDER BY statement, depth", "");
    while (db_step(f->l, s)) {
        int64_t key = sqlite3_column_int64(s, 0);
        if (key <= most) voice[key] = (innermost){sqlite3_column_int64(s, 1), word(f, db_str(s, 2))};
    }
    return voice;
}

static void load_statements(facts *f, const int32_t *people, int64_t most_person, const int32_t *document) {
    ledger *l = f->l;
    int64_t most_place = db_number(l, "SELECT max(key) FROM place", ""), most = db_number(l, "SELECT max(key) FROM statement", "");
    int32_t *place = arena_array(f->home, int32_t, most_place + 2);
    load_places(f, most_place, place);
    table_init(&f->words, f->home, 256);
    const innermost *voice = load_voices(f, most);
    f->list = arena_array(f->home, fact, most + 1), f->capacity = (size_t)most + 1;
    sqlite3_stmt *s = db_query(l, "SELECT key, id, document, event, mode, source, target, factuality, day_from, day_to, basis, background, origin, place, sentence, dropped FROM statement", "");
    while (db_step(l, s) && f->count < f->capacity) {
        int32_t d = document[sqlite3_column_int64(s, 2)];
        str origin = db_str(s, 12);
        fact t = {.key = sqlite3_column_int64(s, 0), .id = arena_copy(f->home, db_str(s, 1)), .doc = f->documents[d].id, .document = d,
                  .event = word(f, db_str(s, 3)), .mode = word(f, db_str(s, 4)),
                  .source = person_at(people, most_person, sqlite3_column_int64(s, 5)), .target = person_at(people, most_person, sqlite3_column_int64(s, 6)),
                  .factuality = word(f, db_str(s, 7)), .from = db_day(s, 8), .to = db_day(s, 9), .basis = word(f, db_str(s, 10)),
                  .background = sqlite3_column_int(s, 11) != 0, .published = f->documents[d].day, .dropped = sqlite3_column_int(s, 15) != 0,
                  .place = sqlite3_column_type(s, 13) == SQLITE_NULL ? -1 : place[sqlite3_column_int64(s, 13)], .sentence = sqlite3_column_int64(s, 14), .group = -1};
        t.speaker = person_at(people, most_person, voice[t.key].speaker), t.stance = voice[t.key].stance;
        t.leans = leaning_of(t.factuality);
        t.origin = origin.len ? origin_number(f, arena_copy(f->home, origin)) : f->documents[d].origin_number;
        t.planned = t.leans == LEANS_OPEN && (str_is(t.stance, "expects") || (t.from != DAY_NONE && t.published != DAY_NONE && t.from > t.published));
        if (t.source >= 0) f->persons[t.source].uses++;
        if (t.target >= 0) f->persons[t.target].uses++;
        f->list[f->count++] = t;
    }
    sqlite3_reset(s);
    if (!f->count) return;
    fill_names(f);
    sort_facts(f);
    number_events(f);
}

void facts_load(ledger *l, arena *home, facts *f) {
    int64_t most_person, most_document;
    *f = (facts){.l = l, .home = home};
    int32_t *people = load_actors(f, &most_person), *document = load_documents(f, &most_document);
    load_statements(f, people, most_person, document);
}
