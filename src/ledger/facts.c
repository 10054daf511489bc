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

/* The texts may be lent: what is kept of them is copied. */
static int32_t person_number(facts *f, str who, str name, str country, str role, str sector) {
    uint32_t at;
    if (!table_get(&f->person_of, who, &at)) {
        bool state = who.len == 3 && str_eq(who, country);
        person fresh = {.who = arena_copy(f->home, who), .named = name.len > 0 && !state, .state = state};
        table_set(&f->person_of, fresh.who, at = (uint32_t)f->person_count);
        arena_push(f->home, f->persons, f->person_count, f->person_capacity, fresh);
    }
    person *p = &f->persons[at];
    /* the set decides, not the order: first in the alphabet of what is not empty; of roles the longest */
    if (name.len && (!p->name.len || str_compare(name, p->name) < 0)) p->name = arena_copy(f->home, name);
    if (country.len && (!p->country.len || str_compare(country, p->country) < 0)) p->country = arena_copy(f->home, country);
    if (role.len > p->role.len || (role.len && role.len == p->role.len && str_compare(role, p->role) < 0)) p->role = arena_copy(f->home, role);
    if (sector.len && (!p->sector.len || str_compare(sector, p->sector) < 0)) p->sector = arena_copy(f->home, sector);
    return (int32_t)at;
}

/* persons by actor key; rows are read in order of who, so numbers are the set's. */
static int32_t *load_actors(facts *f, arena *work, int64_t *most) {
    ledger *l = f->l;
    *most = db_number(l, "SELECT max(key) FROM actor", "");
    int32_t *number = arena_array(work, int32_t, *most + 2);
    memset(number, 0xff, sizeof *number * (size_t)(*most + 2));
    table_init(&f->person_of, f->home, 4096);
    sqlite3_stmt *s = db_query(l, "SELECT key, who, name, country, role, sector FROM actor WHERE who <> '' ORDER BY who, name, country, role, sector, code, id", "");
    while (db_step(l, s))
        number[sqlite3_column_int64(s, 0)] = person_number(f, db_str(s, 1), db_str(s, 2), db_str(s, 3), db_str(s, 4), db_str(s, 5));
    return number;
}

static int32_t person_at(const int32_t *number, int64_t most, int64_t key) { return key > 0 && key <= most ? number[key] : -1; }

/* ---- documents ---- */

/* The name may be lent. */
static int32_t origin_number(facts *f, str name) {
    uint32_t at;
    if (table_get(&f->origin_of, name, &at)) return (int32_t)at;
    str kept = arena_copy(f->home, name);
    table_set(&f->origin_of, kept, at = (uint32_t)f->origin_count++);
    return (int32_t)at;
}

static int32_t *load_documents(facts *f, arena *work, int64_t *most) {
    ledger *l = f->l;
    *most = db_number(l, "SELECT max(key) FROM document", "");
    int32_t *number = arena_array(work, int32_t, *most + 2);
    table_init(&f->origin_of, f->home, 256);
    sqlite3_stmt *s = db_query(l, "SELECT d.key, d.id, d.outlet, o.name, d.day, d.readable, d.imported, COALESCE(m.story, 0), d.coding FROM document d LEFT JOIN origin o ON o.document = d.key"
                                  " LEFT JOIN story_member m ON m.document = d.key ORDER BY d.id", "");
    while (db_step(l, s)) {
        fact_document d = {.key = sqlite3_column_int64(s, 0), .id = arena_copy(f->home, db_str(s, 1)), .outlet = arena_copy(f->home, db_str(s, 2)),
                           .origin_number = origin_number(f, db_str(s, 3)), .day = db_day(s, 4), .readable = sqlite3_column_int(s, 5) != 0,
                           .imported = sqlite3_column_int(s, 6) != 0, .story = sqlite3_column_int64(s, 7),
                           .coding = sqlite3_column_int64(s, 8), .original = (int32_t)f->document_count};
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
static void fill_names(facts *f, arena *work) {
    in_document *order = arena_array(work, in_document, f->count + 1);
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

/* By day, then id: sorted by a short key, then each moved to its place, round by round, so that there is no second list. */
static void sort_facts(facts *f, arena *work) {
    sorted *order = arena_array(work, sorted, f->count + 1);
    for (size_t i = 0; i < f->count; i++) {
        const fact *t = &f->list[i];
        uint64_t head = 0;
        for (uint32_t k = 0; k < 8; k++) head = head << 8 | (k < t->id.len ? (unsigned char)t->id.ptr[k] : 0);
        order[i] = (sorted){t->from != DAY_NONE ? t->from : t->published, head, (uint32_t)i};
    }
    qsort_r(order, f->count, sizeof *order, by_when, f);
    for (uint32_t i = 0; i < f->count; i++) {
        uint32_t at = i;
        fact first = f->list[i];
        for (uint32_t from; (from = order[at].fact) != i; at = from) f->list[at] = f->list[from], order[at].fact = at;
        f->list[at] = first, order[at].fact = at;
    }
}

/* ---- words that come again and again ---- */

static int32_t word(facts *f, table *numbers, str v) {
    uint32_t i;
    if (table_get(numbers, v, &i)) return (int32_t)i;
    str kept = arena_copy(f->home, v);
    table_set(numbers, kept, (uint32_t)f->word_count);
    arena_push(f->home, f->words, f->word_count, f->word_capacity, kept);
    return (int32_t)f->word_count - 1;
}

typedef struct ranked_word { str word; uint32_t was; } ranked_word;

static int by_word(const void *a, const void *b) { return str_compare(((const ranked_word *)a)->word, ((const ranked_word *)b)->word); }

/* Numbers that compare as the words do. */
static void sort_words(facts *f, arena *work) {
    ranked_word *list = arena_array(work, ranked_word, f->word_count + 1);
    int32_t *now = arena_array(work, int32_t, f->word_count + 1);
    for (uint32_t i = 0; i < f->word_count; i++) list[i] = (ranked_word){f->words[i], i};
    qsort(list, f->word_count, sizeof *list, by_word);
    for (uint32_t i = 0; i < f->word_count; i++) f->words[i] = list[i].word, now[list[i].was] = (int32_t)i;
    for (size_t i = 0; i < f->count; i++) {
        fact *t = &f->list[i];
        t->event = now[t->event], t->mode = now[t->mode], t->factuality = now[t->factuality];
    }
}

/* ---- ids: side by side, for there are as many as statements ---- */

typedef struct packing { char *at; size_t left; } packing;

static str pack(facts *f, packing *p, str v) {
    enum { PIECE = 1 << 16 };
    if (p->left < v.len) p->left = v.len > PIECE ? v.len : PIECE, p->at = arena_alloc(f->home, p->left);
    str kept = {p->at, v.len};
    if (v.len) memcpy(p->at, v.ptr, v.len);
    p->at += v.len, p->left -= v.len;
    return kept;
}

/* ---- voices: the innermost of each statement ---- */

typedef struct innermost { int32_t speaker; bool expects; } innermost; /* speaker: into persons, -1 */

static innermost *load_voices(facts *f, arena *work, int64_t most, const int32_t *people, int64_t most_person) {
    innermost *voice = arena_array(work, innermost, most + 1);
    for (int64_t i = 0; i <= most; i++) voice[i].speaker = -1;
    sqlite3_stmt *s = db_query(f->l, "SELECT statement, speaker, stance FROM voice ORDER BY statement, depth", "");
    while (db_step(f->l, s)) {
        int64_t key = sqlite3_column_int64(s, 0);
        if (key <= most) voice[key] = (innermost){person_at(people, most_person, sqlite3_column_int64(s, 1)), str_is(db_str(s, 2), "expects")};
    }
    return voice;
}

static void load_statements(facts *f, arena *work, const int32_t *people, int64_t most_person, const int32_t *document) {
    ledger *l = f->l;
    int64_t most_place = db_number(l, "SELECT max(key) FROM place", ""), most = db_number(l, "SELECT max(key) FROM statement", "");
    int32_t *place = arena_array(work, int32_t, most_place + 2);
    table numbers;
    packing ids = {0};
    load_places(f, most_place, place);
    table_init(&numbers, work, 256);
    const innermost *voice = load_voices(f, work, most, people, most_person);
    f->capacity = (size_t)db_number(l, "SELECT count(*) FROM statement", "");
    f->list = arena_array(f->home, fact, f->capacity + 1);
    sqlite3_stmt *s = db_query(l, "SELECT key, id, document, event, mode, source, target, factuality, day_from, day_to, background, origin, place, sentence, dropped FROM statement", "");
    while (db_step(l, s) && f->count < f->capacity) {
        int32_t d = document[sqlite3_column_int64(s, 2)];
        str origin = db_str(s, 11);
        fact t = {.key = sqlite3_column_int64(s, 0), .id = pack(f, &ids, db_str(s, 1)), .document = d, .event = word(f, &numbers, db_str(s, 3)), .mode = word(f, &numbers, db_str(s, 4)),
                  .source = person_at(people, most_person, sqlite3_column_int64(s, 5)), .target = person_at(people, most_person, sqlite3_column_int64(s, 6)),
                  .factuality = word(f, &numbers, db_str(s, 7)), .leans = leaning_of(db_str(s, 7)), .from = db_day(s, 8), .to = db_day(s, 9), .background = sqlite3_column_int(s, 10) != 0,
                  .published = f->documents[d].day, .place = sqlite3_column_type(s, 12) == SQLITE_NULL ? -1 : place[sqlite3_column_int64(s, 12)], .sentence = sqlite3_column_int64(s, 13),
                  .dropped = sqlite3_column_int(s, 14) != 0, .group = -1};
        t.speaker = voice[t.key].speaker;
        t.origin = !origin.len ? f->documents[d].origin_number : origin_number(f, origin);
        t.planned = t.leans == LEANS_OPEN && (voice[t.key].expects || (t.from != DAY_NONE && t.published != DAY_NONE && t.from > t.published));
        if (t.source >= 0) f->persons[t.source].uses++;
        if (t.target >= 0) f->persons[t.target].uses++;
        f->list[f->count++] = t;
    }
    sqlite3_reset(s);
    if (!f->count) return;
    fill_names(f, work);
    sort_facts(f, work);
    sort_words(f, work);
}

void facts_load(ledger *l, arena *home, facts *f) {
    int64_t most_person, most_document;
    arena work; /* of what is needed while loading only */
    arena_init(&work);
    work.escape = home->escape;
    *f = (facts){.l = l, .home = home};
    int32_t *people = load_actors(f, &work, &most_person), *document = load_documents(f, &work, &most_document);
    load_statements(f, &work, people, most_person, document);
    arena_free(&work);
}
