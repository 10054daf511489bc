#include "ledger/appearances.h"

#include <stdlib.h>

#include "base/lexicon.h"
#include "base/utf8.h"
#include "ledger/answers.h"

enum { RECENT = 10, REPORT_APART = 2, UNWATCHED = 30, LEAD_SENTENCES = 6, MOST_COMPANY = 12 };

typedef struct occasion { str category, word; bool open; } occasion; /* open: any ending */

typedef struct appearance {
    int32_t person;
    day date, reported;
    str place, category;
    int32_t document; /* the original, where it is a copy */
    str doc_id;
    int64_t story;
    int32_t fact;
} appearance;

typedef struct headline { str category, folded; } headline; /* of a document: its occasion, "" none; its title, folded, where it has one */
typedef struct setting { str own; int position; bool known; } setting; /* of a statement: its sentence's occasion and number in the body, from 0; -1 elsewhere */

typedef struct appearances {
    facts *f;
    occasion *occasions;
    size_t occasion_count, occasion_capacity;
    headline *headlines; /* by document */
    setting *settings;   /* by statement key */
    int64_t most;
    uint64_t lexicon;    /* hash of the words of occasions */
    appearance *list;
    size_t count, capacity;
} appearances;

static void load_occasions(appearances *a) {
    lexicon_line line = {0};
    str text = ledger_knowledge(a->f->l, a->f->home, "appearances.tsv");
    a->lexicon = str_hash(text, 0);
    while (lexicon_next(text, &line)) {
        str rest = line.field[1], word;
        while (str_split(&rest, '|', &word)) {
            bool open = str_ends(word, "*");
            if (open) word.len--;
            arena_push(a->f->home, a->occasions, a->occasion_count, a->occasion_capacity, ((occasion){line.field[0], utf8_lower(a->f->home, word), open}));
        }
    }
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/* Where the words stand first, -1. */
static int32_t place_of(str text, const occasion *o, uint32_t from) {
    for (uint32_t i = from; i + o->word.len <= text.len; i++) {
        if (text.ptr[i] != o->word.ptr[0] || memcmp(text.ptr + i, o->word.ptr, o->word.len) != 0 || (i && letter(text.ptr[i - 1]))) continue;
        if (o->open || i + o->word.len == text.len || !letter(text.ptr[i + o->word.len])) return (int32_t)i;
    }
    return -1;
}

static bool none(const occasion *o) { return str_starts(o->category, "no:"); }

/* What comes first, of two at one place the longer; with `only_none` of those that are no appearance. */
static const occasion *first_of(const appearances *a, str text, uint32_t from, bool only_none, int32_t *at) {
    const occasion *best = NULL;
    *at = INT32_MAX;
    for (size_t i = 0; i < a->occasion_count; i++) {
        const occasion *o = &a->occasions[i];
        if (only_none && !none(o)) continue;
        int32_t here = place_of(text, o, from);
        if (here >= 0 && (here < *at || (here == *at && o->word.len > best->word.len))) best = o, *at = here;
    }
    return best;
}

/* "Receives greetings", "receives the envoy": what is received decides. */
static str category_of(const appearances *a, str text) {
    int32_t at, behind;
    const occasion *o = first_of(a, text, 0, false, &at);
    if (!o) return STR("");
    const occasion *received = o->open && str_starts(o->word, "receiv") ? first_of(a, text, (uint32_t)at + 1, true, &behind) : NULL;
    return received && !str_is(received->category, "no:absence") ? received->category : o->category;
}

/* ---- what titles and sentences say of an occasion ---- */

static void load_headlines(appearances *a) {
    facts *f = a->f;
    ledger *l = f->l;
    size_t i = 0;
    a->headlines = arena_array(f->home, headline, f->document_count + 1);
    sqlite3_stmt *s = db_query(l, "SELECT COALESCE(section, ''), COALESCE(title, '') FROM document ORDER BY id", "");
    for (; db_step(l, s) && i < f->document_count; i++) {
        headline *h = &a->headlines[i];
        str section = utf8_lower(&l->scratch, db_str(s, 0)), title = utf8_lower(&l->scratch, db_str(s, 1));
        int32_t at;
        const occasion *of_section = first_of(a, section, 0, true, &at);
        h->category = of_section ? of_section->category : category_of(a, title);
        if (str_is(h->category, "no:absence")) h->category = STR(""); /* "… appears not to have met": the text may still say where the person was */
        h->folded = h->category.len ? arena_copy(f->home, fold_name(&l->scratch, title)) : STR("");
        if ((i & 255) == 255) arena_reset(&l->scratch);
    }
    if (s) sqlite3_reset(s);
}

/* Those read before, unless the words of occasions have changed since. */
static void load_settings(appearances *a) {
    facts *f = a->f;
    ledger *l = f->l;
    if (db_number(l, "SELECT value FROM meta WHERE name = 'occasions'", "") != (int64_t)(a->lexicon >> 1)) {
        db_run(l, "DELETE FROM occasion", "");
        db_run(l, "INSERT OR REPLACE INTO meta VALUES ('occasions', ?)", "l", (int64_t)(a->lexicon >> 1));
    }
    a->most = db_number(l, "SELECT max(key) FROM statement", "");
    a->settings = arena_array(f->home, setting, a->most + 1);
    sqlite3_stmt *s = db_query(l, "SELECT statement, own, position FROM occasion", "");
    while (db_step(l, s)) {
        int64_t key = sqlite3_column_int64(s, 0);
        str own = db_str(s, 1);
        for (size_t i = 0; i < a->occasion_count; i++)
            if (str_eq(own, a->occasions[i].category)) {
                own = a->occasions[i].category;
                break;
            }
        if (key <= a->most) a->settings[key] = (setting){own.len ? own : STR(""), sqlite3_column_int(s, 2), true};
    }
}

static const setting *setting_of(appearances *a, const fact *t) {
    ledger *l = a->f->l;
    arena *scratch = &l->scratch;
    setting *known = &a->settings[t->key];
    if (known->known) return known;
    *known = (setting){STR(""), 0, true};
    sqlite3_stmt *q = db_query(l,
        "SELECT b.text, se.start, se.\"end\", b.name, (SELECT count(*) FROM sentence s2 WHERE s2.document = se.document AND s2.block = se.block AND s2.start < se.start)"
        " FROM sentence se JOIN block b ON b.document = se.document AND b.ordinal = se.block WHERE se.key = ?", "l", t->sentence);
    if (db_step(l, q)) {
        str text = db_str(q, 0);
        uint32_t start = (uint32_t)sqlite3_column_int(q, 1), end = (uint32_t)sqlite3_column_int(q, 2);
        if (end <= text.len && start <= end) known->own = category_of(a, utf8_lower(scratch, str_sub(text, start, end)));
        known->position = str_is(db_str(q, 3), "body") ? sqlite3_column_int(q, 4) : -1;
    }
    sqlite3_reset(q);
    db_run(l, "INSERT OR REPLACE INTO occasion VALUES (?, ?, ?)", "lsi", t->key, known->own, known->position);
    return known;
}

/* Somebody of whom more is known than a name: a state, an office or a walk of life. */
static bool somebody(const person *p) { return p->named && !p->state && (p->country.len || p->role.len || p->sector.len); }

/* A1, and the person whose appearance it is. */
static bool shows(const facts *f, const fact *t, int32_t shown) {
    if (shown < 0 || t->dropped || t->leans != LEANS_YES) return false;
    if (str_is(event_of(f, t), "CONSULT")) return !str_is(mode_of(f, t), "phone") && !str_is(mode_of(f, t), "third-party");
    return str_is(mode_of(f, t), "appear") || (str_is(mode_of(f, t), "travel") && t->place >= 0);
}

static bool recent(const fact *t) {
    if (t->published == DAY_NONE) return false; /* without a date a document enters no series */
    if (t->from == DAY_NONE) return !t->background;
    return t->to >= t->published - RECENT && t->from <= t->published;
}

/* By title, else by its sentence. */
static str final_category(const facts *f, const fact *t, int32_t shown, str own, str of_title) {
    int32_t other = shown == t->source ? t->target : t->source;
    bool received = other >= 0 && f->persons[other].country.len && !f->persons[other].state;
    if (str_is(event_of(f, t), "CONSULT") && received && !str_is(of_title, "inspection") && !str_is(of_title, "field guidance")) return STR("reception");
    return of_title.len && !str_starts(of_title, "no:") ? of_title : own.len ? own : STR("appearance");
}

static bool title_has(const headline *h, str who) {
    int32_t at = str_find(h->folded, who);
    uint32_t end = (uint32_t)at + who.len;
    return at >= 0 && (at == 0 || h->folded.ptr[at - 1] == ' ') && (end == h->folded.len || h->folded.ptr[end] == ' ');
}

/* The person is what the title is about, and not only named as somebody's or something's: "Kim Inspects …", not "Kim's Visit Recalled". */
static bool names_in_title(const headline *h, str who) { return h->category.len && title_has(h, who); }

/* The dispatch is of an occasion of the person's, and here the person speaks. */
static void consider_speaker(appearances *a, int32_t at) {
    const facts *f = a->f;
    const fact *t = &f->list[at];
    int32_t shown = t->speaker;
    const headline *h = &a->headlines[t->document];
    if (shown < 0 || t->dropped || t->published == DAY_NONE || !f->persons[shown].named || !f->persons[shown].country.len) return;
    if (str_starts(h->category, "no:") || !names_in_title(h, f->persons[shown].who)) return;
    const fact_document *d = &f->documents[t->document];
    appearance x = {shown, DAY_NONE, t->published, STR(""), h->category, d->original, f->documents[d->original].id, d->story, at};
    arena_push(f->home, a->list, a->count, a->capacity, x);
}

static void consider(appearances *a, int32_t at, int32_t shown) {
    const facts *f = a->f;
    const fact *t = &f->list[at];
    const fact_document *d = &f->documents[t->document];
    if (shown < 0 || t->dropped || t->leans != LEANS_YES || !somebody(&f->persons[shown]) || !recent(t)) return;
    const headline *h = &a->headlines[t->document];
    /* a title that names the person and an occasion ("… Oversees Test-fire") makes whatever the person does in that dispatch an appearance */
    bool by_title = shown == t->source && names_in_title(h, f->persons[shown].who), by_itself = shows(f, t, shown);
    if (!by_title && !by_itself) return;
    bool of_others = str_is(mode_of(f, t), "appear") && str_is(h->category, "no:gift") && !title_has(h, f->persons[shown].who);
    if (str_starts(h->category, "no:") && !of_others) return; /* A2: but who hands the leader's gifts over is there */
    const setting *s = setting_of(a, t);
    if (str_starts(s->own, "no:")) return;
    if (!by_title && s->position >= LEAD_SENTENCES && !h->category.len && !(s->own.len && str_is(mode_of(f, t), "appear"))) return;
    bool dated = t->from != DAY_NONE && t->from == t->to && !(by_title && !by_itself);
    appearance x = {shown, dated ? t->from : DAY_NONE, t->published, t->place < 0 ? STR("") : f->places[t->place].name, final_category(f, t, shown, s->own, h->category), d->original,
                    f->documents[d->original].id, d->story, at};
    arena_push(f->home, a->list, a->count, a->capacity, x);
}

static int by_person_report(const void *p, const void *q) {
    const appearance *x = p, *y = q;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    if (x->reported != y->reported) return x->reported < y->reported ? -1 : 1;
    int c = str_compare(x->doc_id, y->doc_id);
    if (!c && x->date != y->date) c = x->date < y->date ? 1 : -1; /* dated first */
    if (!c) c = str_compare(x->category, y->category);
    if (!c) c = str_compare(x->place, y->place);
    return c ? c : (x->fact > y->fact) - (x->fact < y->fact); /* by day, then id */
}

/* ---- rows (A3) ---- */

typedef struct occurrence {
    size_t *member, n, capacity;
    day date, reported, counted;
    str place, category;
} occurrence;

static bool same_occasion(const appearances *a, const occurrence *o, const appearance *x) {
    const appearance *first = &a->list[o->member[0]];
    if (first->person != x->person) return false;
    if (o->date != DAY_NONE && x->date != DAY_NONE) return o->date == x->date && (str_eq(o->category, x->category) || str_eq(first->doc_id, x->doc_id));
    for (size_t i = 0; i < o->n; i++)
        if (str_eq(a->list[o->member[i]].doc_id, x->doc_id)) return true;
    if (x->reported - o->reported > REPORT_APART || !str_eq(o->category, x->category)) return false;
    return (o->place.len && str_eq(o->place, x->place)) || (x->story && first->story == x->story);
}

static size_t group(appearances *a, occurrence **out) {
    occurrence *list = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < a->count; i++) {
        const appearance *x = &a->list[i];
        size_t at = count;
        for (size_t k = count; k-- > 0 && at == count && a->list[list[k].member[0]].person == x->person && count - k < 40;)
            if (same_occasion(a, &list[k], x)) at = k;
        if (at == count) arena_push(a->f->home, list, count, capacity, ((occurrence){.date = DAY_NONE, .reported = x->reported, .category = x->category, .place = STR("")}));
        occurrence *o = &list[at];
        arena_push(a->f->home, o->member, o->n, o->capacity, i);
        if (o->date == DAY_NONE) o->date = x->date;
        if (!o->place.len) o->place = x->place;
        o->counted = o->date != DAY_NONE ? o->date : o->reported;
    }
    *out = list;
    return count;
}

static json_t *documents(appearances *a, const occurrence *o) {
    json_t *list = json_array();
    for (size_t i = 0; i < o->n; i++) {
        str id = a->list[o->member[i]].doc_id;
        if (i == 0 || !str_eq(id, a->list[o->member[i - 1]].doc_id)) json_array_append_new(list, json_stringn(id.ptr, id.len));
    }
    return list;
}

/* With whom: the other party, and those who took part beside the two. */
static json_t *company_of(appearances *a, const occurrence *o, str self) {
    facts *f = a->f;
    ledger *l = f->l;
    json_t *list = json_array();
    for (size_t i = 0; i < o->n && json_array_size(list) < MOST_COMPANY; i++) {
        sqlite3_stmt *s = db_query(l, "SELECT DISTINCT a.name FROM participant p JOIN actor a ON a.key = p.actor WHERE p.statement = ? AND p.role < 3 AND a.name <> '' AND a.who <> a.country AND a.fold <> ?"
                                      " ORDER BY 1", "ls", f->list[a->list[o->member[i]].fact].key, self);
        while (db_step(l, s) && json_array_size(list) < MOST_COMPANY) {
            str name = db_str(s, 0);
            bool seen = false;
            for (size_t k = 0; k < json_array_size(list); k++) seen |= str_eq(name, str_of(json_string_value(json_array_get(list, k))));
            if (!seen) json_array_append_new(list, json_stringn(name.ptr, name.len));
        }
        if (s) sqlite3_reset(s);
    }
    return list;
}

static int64_t hash_row(const appearances *a, const occurrence *o, buffer *b) {
    const facts *f = a->f;
    const person *p = &f->persons[a->list[o->member[0]].person];
    buffer_clear(b);
    content_str(b, p->name), content_str(b, p->country), content_int(b, o->date), content_int(b, o->reported), content_str(b, o->place), content_str(b, o->category);
    for (size_t i = 0; i < o->n; i++) {
        const appearance *x = &a->list[o->member[i]];
        const fact *t = &f->list[x->fact];
        content_str(b, x->doc_id), content_str(b, t->id), content_str(b, factuality_of(f, t)), content_int(b, f->documents[t->document].coding);
        content_int(b, x->reported);
        for (int k = 0; k < 2; k++) {
            int32_t side = k ? t->target : t->source;
            content_str(b, side < 0 ? STR("") : f->persons[side].who);
        }
    }
    return content_of(b);
}

static json_t *row_of(appearances *a, const occurrence *o, const person *p, json_t *company) {
    facts *f = a->f;
    json_t *row = json_object();
    row_str(row, "person", p->name);
    if (o->date != DAY_NONE) row_str(row, "date", day_text(f->home, o->date));
    else row_null(row, "date");
    row_str(row, "reported", day_text(f->home, o->reported));
    row_str(row, "place", o->place);
    row_str(row, "category", o->category);
    json_object_set(row, "company", company);
    json_object_set_new(row, "documents", documents(a, o));
    json_object_set_new(row, "evidence", evidence(f->l, f->list[a->list[o->member[0]].fact].key));
    return row;
}

/* A row's place opens with its person, so that one person's rows can be found, and ends with the day that counts (ask_people.c). */
static void store_rows(appearances *a, const occurrence *list, size_t n) {
    facts *f = a->f;
    answer_set *set = answers_open(f->l, f->home, "appearances");
    buffer b = {0};
    for (size_t i = 0; i < n; i++) {
        const occurrence *o = &list[i];
        const appearance *first = &a->list[o->member[0]];
        const person *p = &f->persons[first->person];
        kept_row row = {.content = hash_row(a, o, &b), .when = o->counted, .known = DAY_NONE, .outlet = f->documents[first->document].outlet};
        row.place = arena_format(f->home, "%.*s/%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", STR_ARG(p->who), STR_ARG(p->country), STR_ARG(place_day(f->home, first->reported)), STR_ARG(first->doc_id),
                                 STR_ARG(first->date == DAY_NONE ? STR("1") : arena_format(f->home, "0%08x", 0x7fffffffu - (unsigned)first->date)), STR_ARG(first->category), STR_ARG(first->place),
                                 STR_ARG(f->list[first->fact].id), STR_ARG(place_day(f->home, o->counted)));
        if (answers_kept(set, row.place, row.content)) continue;
        for (size_t k = 0; k < o->n; k++) {
            day d = a->list[o->member[k]].reported;
            if (row.known == DAY_NONE || d > row.known) row.known = d;
        }
        json_t *company = company_of(a, o, p->who);
        str names[MOST_COMPANY + 2] = {p->name, p->country};
        size_t named = 2;
        for (size_t k = 0; k < json_array_size(company); k++) names[named++] = str_of(json_string_value(json_array_get(company, k)));
        row.who = answer_who(f->home, names, named);
        answers_put(set, &row, row_of(a, o, p, company));
        json_decref(company);
    }
    buffer_free(&b);
    answers_close(set);
}

void appearances_store(facts *f) {
    appearances a = {.f = f};
    occurrence *list;
    load_occasions(&a);
    load_headlines(&a);
    load_settings(&a);
    if (f->l->error.status != RAP_OK) return; /* no room was made for settings */
    for (size_t i = 0; i < f->count; i++) {
        consider(&a, (int32_t)i, f->list[i].source);
        if (str_is(event_of(f, &f->list[i]), "CONSULT")) consider(&a, (int32_t)i, f->list[i].target);
        consider_speaker(&a, (int32_t)i);
        if ((i & 1023) == 0) arena_reset(&f->l->scratch); /* sentences are read there */
    }
    if (a.count) qsort(a.list, a.count, sizeof *a.list, by_person_report);
    size_t n = group(&a, &list);
    store_rows(&a, list, n);
}
