#include "ledger/silences.h"

#include <math.h>
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/detail.h"
#include "ledger/stats.h"
#include "ledger/stories.h"

enum { SLACK = 2, MOST_OUTLETS = 120 };

typedef struct telling { /* a story with two outlets or more */
    int64_t key;
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
    struct kind_rate { str kind; int k[MOST_OUTLETS], n[MOST_OUTLETS]; } *rates; /* S4, by chief event: told, of */
    size_t rate_count, rate_capacity;
    answer_set *set;
    buffer content;
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
    sqlite3_stmt *s = db_query(l, "SELECT key, title, first_day, last_day FROM story WHERE outlets >= 2 AND first_day IS NOT NULL ORDER BY first_day DESC, key LIMIT 1000", "");
    while (db_step(l, s)) {
        telling t = {.key = sqlite3_column_int64(s, 0), .id = story_id(q->f->home, sqlite3_column_int64(s, 0)), .title = arena_copy(q->f->home, db_str(s, 1)), .first = db_day(s, 2), .last = db_day(s, 3)};
        t.told = arena_array(q->f->home, uint8_t, MOST_OUTLETS);
        arena_push(q->f->home, q->stories, q->count, q->capacity, t);
    }
}

static void judge_story(quiet *q, telling *t) {
    ledger *l = q->f->l;
    for (int o = 0; o < q->outlet_count; o++) t->told[o] = held_between(q, o, t->first - SLACK, t->last + SLACK) ? 1 : 0;
    sqlite3_stmt *s = db_query(l, "SELECT DISTINCT d.outlet FROM story_member m JOIN document d ON d.key = m.document WHERE m.story = ?", "l", t->key);
    while (db_step(l, s)) {
        int o = outlet_number(q, db_str(s, 0));
        if (o >= 0 && t->told[o] != 2) t->told[o] = 2, t->told_by++;
    }
    s = db_query(l, "SELECT st.event FROM statement st JOIN story_member m ON m.document = st.document WHERE m.story = ? AND st.event <> '' GROUP BY st.event ORDER BY count(*) DESC, st.event LIMIT 1", "l", t->key);
    t->kind = db_step(l, s) ? arena_copy(q->f->home, db_str(s, 0)) : STR("");
    sqlite3_reset(s);
    str names[120];
    size_t n = 0;
    s = db_query(l, "SELECT DISTINCT a.name, a.country FROM story_member m JOIN statement st ON st.document = m.document JOIN participant p ON p.statement = st.key AND p.role < 3 JOIN actor a ON a.key = p.actor WHERE m.story = ? ORDER BY 1, 2 LIMIT 60", "l", t->key);
    while (db_step(l, s) && n < 120) names[n++] = arena_copy(q->f->home, db_str(s, 0)), names[n++] = arena_copy(q->f->home, db_str(s, 1));
    sqlite3_reset(s);
    t->who = answer_who(q->f->home, names, n);
}

/* ---- S4 ---- */

static struct kind_rate *rate_at(quiet *q, str kind) {
    for (size_t i = 0; i < q->rate_count; i++)
        if (str_eq(q->rates[i].kind, kind)) return &q->rates[i];
    arena_push(q->f->home, q->rates, q->rate_count, q->rate_capacity, ((struct kind_rate){.kind = kind}));
    return &q->rates[q->rate_count - 1];
}

/* Does this story say something of the outlet's habits? */
static bool tells_of(const telling *t, int o) { return t->told[o] != 0 && t->told_by - (t->told[o] == 2) >= 2; }

static void count_rates(quiet *q) {
    for (size_t i = 0; i < q->count; i++) {
        const telling *t = &q->stories[i];
        struct kind_rate *r = rate_at(q, t->kind);
        for (int o = 0; o < q->outlet_count; o++)
            if (tells_of(t, o)) r->n[o]++, r->k[o] += t->told[o] == 2;
    }
}

/* Leaving the story itself out. */
static void rate_of(quiet *q, const telling *t, int o, int *k, int *n) {
    const struct kind_rate *r = rate_at(q, t->kind);
    *k = r->k[o] - (tells_of(t, o) && t->told[o] == 2), *n = r->n[o] - tells_of(t, o);
}

static json_t *names_where(const quiet *q, const telling *t, uint8_t state) {
    json_t *list = json_array();
    for (int o = 0; o < q->outlet_count; o++)
        if (t->told[o] == state) json_array_append_new(list, json_stringn(q->outlets[o].ptr, q->outlets[o].len));
    return list;
}

static json_t *silent_outlets(quiet *q, const telling *t) {
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

/* The documents' keys too: what is shown of them never changes. */
static json_t *documents_of(quiet *q, int64_t story) {
    ledger *l = q->f->l;
    json_t *list = json_array();
    sqlite3_stmt *s = db_query(l, "SELECT d.id FROM story_member m JOIN document d ON d.key = m.document WHERE m.story = ? ORDER BY d.id", "l", story);
    while (db_step(l, s)) {
        json_array_append_new(list, json_stringn(db_str(s, 0).ptr, db_str(s, 0).len));
        content_str(&q->content, db_str(s, 0));
    }
    return list;
}

static int64_t hash_story(quiet *q, const telling *t) {
    content_str(&q->content, t->title), content_str(&q->content, t->kind), content_str(&q->content, t->who), content_int(&q->content, t->last);
    for (int o = 0; o < q->outlet_count; o++) {
        int k = 0, n = 0;
        if (t->told[o] == 1) rate_of(q, t, o, &k, &n);
        content_str(&q->content, q->outlets[o]), content_int(&q->content, t->told[o]), content_int(&q->content, k), content_int(&q->content, n);
    }
    return content_of(&q->content);
}

static void store_story(quiet *q, const telling *t) {
    facts *f = q->f;
    buffer_clear(&q->content);
    json_t *documents = documents_of(q, t->key);
    kept_row row = {.place = arena_format(f->home, "0|%.*s|%.*s", STR_ARG(place_day(f->home, t->first)), STR_ARG(t->id)), .content = hash_story(q, t), .when = t->first, .known = t->last,
                    .who = t->who, .outlet = STR("")};
    if (answers_kept(q->set, row.place, row.content)) {
        json_decref(documents);
        return;
    }
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
    json_object_set_new(o, "documents", documents);
    answers_put(q->set, &row, o);
}

/* The words for the silent one, and what he left unsaid, from the statement's record. */
static void words_of_silence(const quiet *q, int64_t statement, str *who, str *unsaid) {
    facts *f = q->f;
    sqlite3_stmt *s = db_query(f->l, "SELECT " DETAIL_COLUMNS " FROM statement st" DETAIL_JOINS "WHERE st.key = ?", "l", statement);
    json_t *o = db_step(f->l, s) ? detail_unpack(s, 0) : NULL;
    sqlite3_reset(s);
    const json_t *chain = json_object_get(o, "attribution"), *last = json_array_get(chain, json_array_size(chain) - 1), *speaker = json_object_get(last, "speaker");
    if (!json_get_str(speaker, "name").len) *who = arena_copy(f->home, json_get_str(speaker, "text"));
    *unsaid = arena_copy(f->home, json_get_str(json_object_get(last, "unsaid"), "text"));
    json_decref(o);
}

/* S5 */
static void store_omissions(quiet *q) {
    facts *f = q->f;
    ledger *l = f->l;
    sqlite3_stmt *s = db_query(l, "SELECT st.key, COALESCE(NULLIF(a.name, ''), TRIM(a.role || ' ' || a.country), ''), st.factuality, d.day, min(st.id), d.id FROM voice v JOIN statement st ON st.key = v.statement"
                                  " JOIN document d ON d.key = st.document LEFT JOIN actor a ON a.key = v.speaker LEFT JOIN copy c ON c.document = d.key"
                                  " WHERE v.stance = 'omits' AND st.dropped = 0 AND (c.original IS NULL OR c.original = d.id) GROUP BY st.sentence, v.speaker ORDER BY d.day, min(st.id)", "");
    while (db_step(l, s)) {
        str who = arena_copy(f->home, db_str(s, 1));
        day told = db_day(s, 3);
        kept_row row = {.place = arena_format(f->home, "1|%.*s|%.*s|%.*s", STR_ARG(place_day(f->home, told)), STR_ARG(db_str(s, 4)), STR_ARG(who)), .when = told, .known = told, .outlet = STR("")};
        buffer_clear(&q->content);
        content_str(&q->content, who), content_str(&q->content, db_str(s, 2)), content_str(&q->content, db_str(s, 5));
        row.content = content_of(&q->content);
        if (answers_kept(q->set, row.place, row.content)) continue;
        str unsaid = STR("");
        json_t *o = json_object();
        words_of_silence(q, sqlite3_column_int64(s, 0), &who, &unsaid);
        row.who = answer_who(f->home, &who, 1);
        row_str(o, "kind", STR("reported omission"));
        row_str(o, "from", day_text(f->home, told));
        row_str(o, "to", day_text(f->home, told));
        row_str(o, "omitted_by", who);
        row_str(o, "unsaid", unsaid);
        json_t *e = evidence(l, sqlite3_column_int64(s, 0));
        json_object_set(o, "title", json_object_get(e, "sentence"));
        json_object_set_new(o, "evidence", e);
        answers_put(q->set, &row, o);
    }
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
    count_rates(q);
    q->set = answers_open(f->l, f->home, "silences");
    for (size_t i = 0; i < q->count; i++) store_story(q, &q->stories[i]);
    store_omissions(q);
    answers_close(q->set);
    buffer_free(&q->content);
}

/* ---- coverage: outlet by month ---- */

void coverage_store(facts *f) {
    ledger *l = f->l;
    answer_set *set = answers_open(l, f->home, "coverage");
    buffer b = {0};
    sqlite3_stmt *s = db_query(l, "SELECT outlet, substr(published, 1, 7) AS month, count(*), sum(readable), count(DISTINCT day), min(day), max(day) FROM document WHERE imported = 0 AND day IS NOT NULL"
                                  " GROUP BY outlet, month ORDER BY outlet, month", "");
    while (db_step(l, s)) {
        str outlet = arena_copy(f->home, db_str(s, 0));
        kept_row row = {.place = arena_format(f->home, "%.*s|%.*s", STR_ARG(outlet), STR_ARG(db_str(s, 1))), .when = db_day(s, 5), .known = db_day(s, 6), .who = STR(""), .outlet = outlet};
        buffer_clear(&b);
        for (int i = 2; i < 7; i++) content_int(&b, sqlite3_column_int64(s, i));
        row.content = content_of(&b);
        if (answers_kept(set, row.place, row.content)) continue;
        json_t *o = json_object();
        row_str(o, "outlet", outlet);
        row_str(o, "month", db_str(s, 1));
        row_int(o, "documents", (long)sqlite3_column_int64(s, 2));
        row_int(o, "held", (long)sqlite3_column_int64(s, 3));
        row_int(o, "days", (long)sqlite3_column_int64(s, 4));
        answers_put(set, &row, o);
    }
    buffer_free(&b);
    answers_close(set);
}
