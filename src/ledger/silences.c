#include "ledger/silences.h"

#include <math.h>
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/stats.h"

enum { SLACK = 2, MOST_OUTLETS = 120 };

typedef struct telling { /* a story with two outlets or more */
    str id, title;
    day first, last;
    uint8_t *told;   /* by outlet: 0 unknown, 1 silent, 2 mentioned */
    int told_by;
    str kind;        /* its chief event, "" none */
    str who;         /* names and countries of its parties, for filters */
} telling;

typedef struct quiet {
    facts *f;
    str outlets[MOST_OUTLETS];
    int outlet_count;
    day *held[MOST_OUTLETS];  /* rising days */
    size_t held_count[MOST_OUTLETS];
    telling *stories;
    size_t count, capacity;
} quiet;

static int by_str(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

/* The outlets with most documents, in the order of their names. */
static void load_outlets(quiet *q) {
    ledger *l = q->f->l;
    sqlite3_stmt *s = db_query(l, "SELECT outlet FROM document WHERE outlet <> '' AND imported = 0 AND readable AND day IS NOT NULL GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT 120", "");
    while (db_step(l, s) && q->outlet_count < MOST_OUTLETS) q->outlets[q->outlet_count++] = arena_copy(q->f->home, db_str(s, 0));
    sqlite3_reset(s);
    qsort(q->outlets, (size_t)q->outlet_count, sizeof *q->outlets, by_str);
    for (int o = 0; o < q->outlet_count; o++) {
        size_t capacity = 0;
        s = db_query(l, "SELECT DISTINCT day FROM document WHERE outlet = ? AND readable AND day IS NOT NULL ORDER BY day", "s", q->outlets[o]);
        while (db_step(l, s)) arena_push(q->f->home, q->held[o], q->held_count[o], capacity, db_day(s, 0));
    }
}

static bool held_between(const quiet *q, int o, day from, day to) {
    size_t low = 0, high = q->held_count[o];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (q->held[o][middle] < from) low = middle + 1;
        else high = middle;
    }
    return low < q->held_count[o] && q->held[o][low] <= to;
}

static int outlet_number(const quiet *q, str name) {
    const str *at = bsearch(&name, q->outlets, (size_t)q->outlet_count, sizeof *q->outlets, by_str);
    return at ? (int)(at - q->outlets) : -1;
}

static void load_stories(quiet *q) {
    ledger *l = q->f->l;
    sqlite3_stmt *s = db_query(l, "SELECT id, title, first_day, last_day FROM story WHERE outlets >= 2 AND first_day IS NOT NULL ORDER BY first_day DESC, id LIMIT 1000", "");
    while (db_step(l, s)) {
        telling t = {.id = arena_copy(q->f->home, db_str(s, 0)), .title = arena_copy(q->f->home, db_str(s, 1)), .first = db_day(s, 2), .last = db_day(s, 3)};
        t.told = arena_array(q->f->home, uint8_t, MOST_OUTLETS);
        arena_push(q->f->home, q->stories, q->count, q->capacity, t);
    }
}

static void judge_story(quiet *q, telling *t) {
    ledger *l = q->f->l;
    for (int o = 0; o < q->outlet_count; o++) t->told[o] = held_between(q, o, t->first - SLACK, t->last + SLACK) ? 1 : 0;
    sqlite3_stmt *s = db_query(l, "SELECT DISTINCT d.outlet FROM story_member m JOIN document d ON d.key = m.document WHERE m.story = ?", "s", t->id);
    while (db_step(l, s)) {
        int o = outlet_number(q, db_str(s, 0));
        if (o >= 0 && t->told[o] != 2) t->told[o] = 2, t->told_by++;
    }
    s = db_query(l, "SELECT st.event FROM statement st JOIN story_member m ON m.document = st.document WHERE m.story = ? AND st.event <> '' GROUP BY st.event ORDER BY count(*) DESC, st.event LIMIT 1", "s", t->id);
    t->kind = db_step(l, s) ? arena_copy(q->f->home, db_str(s, 0)) : STR("");
    sqlite3_reset(s);
    buffer b = {0};
    s = db_query(l, "SELECT DISTINCT a.name, a.country FROM story_member m JOIN statement st ON st.document = m.document JOIN participant p ON p.statement = st.key AND p.role < 3 JOIN actor a ON a.key = p.actor WHERE m.story = ? ORDER BY 1, 2 LIMIT 60", "s", t->id);
    while (db_step(l, s)) buffer_format(&b, "%.*s|%.*s|", STR_ARG(db_str(s, 0)), STR_ARG(db_str(s, 1)));
    t->who = arena_copy(q->f->home, buffer_view(&b));
    buffer_free(&b);
}

/* S4, leaving the story itself out. */
static void rate_of(const quiet *q, const telling *of, int o, int *k, int *n) {
    *k = *n = 0;
    for (size_t i = 0; i < q->count; i++) {
        const telling *t = &q->stories[i];
        if (t == of || !str_eq(t->kind, of->kind) || t->told[o] == 0) continue;
        if (t->told_by - (t->told[o] == 2) < 2) continue;
        ++*n;
        *k += t->told[o] == 2;
    }
}

static json_t *names_where(const quiet *q, const telling *t, uint8_t state) {
    json_t *list = json_array();
    for (int o = 0; o < q->outlet_count; o++)
        if (t->told[o] == state) json_array_append_new(list, json_stringn(q->outlets[o].ptr, q->outlets[o].len));
    return list;
}

static json_t *silent_outlets(const quiet *q, const telling *t) {
    json_t *list = json_array();
    for (int o = 0; o < q->outlet_count; o++) {
        if (t->told[o] != 1) continue;
        int k, n;
        double rate, low, high;
        json_t *one = json_object();
        rate_of(q, t, o, &k, &n);
        jeffreys(k, n, &rate, &low, &high);
        row_str(one, "outlet", q->outlets[o]);
        row_int(one, "mentions_usually", k);
        row_int(one, "of", n);
        row_real(one, "rate", rate, 3);
        row_real(one, "low", low, 3);
        row_real(one, "high", high, 3);
        row_real(one, "surprise_bits", -log2(1 - rate), 2);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *documents_of(ledger *l, str story) {
    json_t *list = json_array();
    sqlite3_stmt *s = db_query(l, "SELECT d.id FROM story_member m JOIN document d ON d.key = m.document WHERE m.story = ? ORDER BY d.id", "s", story);
    while (db_step(l, s)) json_array_append_new(list, json_stringn(db_str(s, 0).ptr, db_str(s, 0).len));
    return list;
}

static void store_story(quiet *q, const telling *t, int ordinal) {
    facts *f = q->f;
    json_t *o = json_object();
    row_str(o, "kind", STR("silence"));
    row_str(o, "story", t->id);
    row_str(o, "from", day_text(f->home, t->first));
    row_str(o, "to", day_text(f->home, t->last));
    row_str(o, "event", t->kind);
    row_str(o, "title", t->title);
    json_object_set_new(o, "mentioned", names_where(q, t, 2));
    json_object_set_new(o, "silent", silent_outlets(q, t));
    json_object_set_new(o, "unknown", names_where(q, t, 0));
    json_object_set_new(o, "documents", documents_of(f->l, t->id));
    answer_put(f->l, "silences", ordinal, t->first, t->who, STR(""), o);
}

/* S5 */
static int store_omissions(facts *f, int ordinal) {
    ledger *l = f->l;
    sqlite3_stmt *s = db_query(l, "SELECT st.key, COALESCE(NULLIF(a.name, ''), TRIM(a.role || ' ' || a.country), ''), st.sort_day, d.day, min(st.id) FROM voice v JOIN statement st ON st.key = v.statement"
                                  " JOIN document d ON d.key = st.document LEFT JOIN actor a ON a.key = v.speaker LEFT JOIN copy c ON c.document = d.key"
                                  " WHERE v.stance = 'omits' AND (c.original IS NULL OR c.original = d.id) GROUP BY st.sentence, v.speaker ORDER BY d.day, min(st.id) LIMIT 2000", "");
    while (db_step(l, s)) {
        json_t *o = json_object();
        str who = arena_copy(f->home, db_str(s, 1));
        row_str(o, "kind", STR("reported omission"));
        row_str(o, "from", day_text(f->home, db_day(s, 3)));
        row_str(o, "to", day_text(f->home, db_day(s, 3)));
        row_str(o, "omitted_by", who);
        json_t *e = evidence(l, sqlite3_column_int64(s, 0));
        json_object_set(o, "title", json_object_get(e, "sentence"));
        json_object_set_new(o, "evidence", e);
        answer_put(l, "silences", ordinal++, db_day(s, 3), who, STR(""), o);
    }
    return ordinal;
}

static int by_first(const void *a, const void *b) {
    const telling *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return str_compare(x->id, y->id);
}

void silences_store(facts *f) {
    quiet *q = arena_new(f->home, quiet);
    q->f = f;
    load_outlets(q);
    load_stories(q);
    if (q->count) qsort(q->stories, q->count, sizeof *q->stories, by_first);
    for (size_t i = 0; i < q->count; i++) judge_story(q, &q->stories[i]);
    for (size_t i = 0; i < q->count; i++) store_story(q, &q->stories[i], (int)i);
    store_omissions(f, (int)q->count);
}

/* ---- coverage: outlet by month ---- */

void coverage_store(facts *f) {
    ledger *l = f->l;
    int ordinal = 0;
    sqlite3_stmt *s = db_query(l, "SELECT outlet, substr(published, 1, 7) AS month, count(*), sum(readable), count(DISTINCT day), min(day) FROM document WHERE imported = 0 AND day IS NOT NULL"
                                  " GROUP BY outlet, month ORDER BY outlet, month", "");
    while (db_step(l, s)) {
        json_t *o = json_object();
        str outlet = arena_copy(f->home, db_str(s, 0));
        row_str(o, "outlet", outlet);
        row_str(o, "month", db_str(s, 1));
        row_int(o, "documents", (long)sqlite3_column_int64(s, 2));
        row_int(o, "held", (long)sqlite3_column_int64(s, 3));
        row_int(o, "days", (long)sqlite3_column_int64(s, 4));
        answer_put(l, "coverage", ordinal++, db_day(s, 5), STR(""), outlet, o);
    }
}
