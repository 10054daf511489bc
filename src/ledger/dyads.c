/* Series of quad classes per pair of states, by month and by day, normalised by what is held. Kept are the days of each pair; months and rates
 * are reckoned when asked for, since every document that comes in changes the rates of its month. */
#include "ledger/dyads.h"

#include <stdlib.h>

#include "ledger/questions.h"

/* Verbal cooperation, material cooperation, verbal conflict, material conflict (PLOVER); 0 for none. */
static int quad_class(str event) {
    if (str_in(event, "AGREE CONSULT SUPPORT CONCEDE")) return 1;
    if (str_in(event, "COOPERATE AID RETREAT")) return 2;
    if (str_in(event, "REQUEST ACCUSE REJECT THREATEN")) return 3;
    return str_in(event, "PROTEST SANCTION MOBILIZE COERCE ASSAULT") ? 4 : 0;
}

/* ---- keeping ---- */

typedef struct cell { str a, b; day when; int quad[5]; } cell;

static int by_cell(const void *x, const void *y) {
    const cell *p = x, *q = y;
    int c = str_compare(p->a, q->a);
    if (!c) c = str_compare(p->b, q->b);
    return c ? c : (p->when > q->when) - (p->when < q->when);
}

static size_t cells(facts *f, const happenings *h, cell **out) {
    cell *list = NULL;
    size_t count = 0, capacity = 0, n = 0;
    for (size_t i = 0; i < h->count; i++) {
        const happening *m = &h->list[i];
        if (!m->members || m->a < 0 || m->b < 0 || m->from == DAY_NONE || m->to - m->from > 31 || strcmp(m->verdict, "happened") != 0) continue;
        str a = f->persons[m->a].country, b = f->persons[m->b].country;
        if (!a.len || !b.len || str_eq(a, b)) continue;
        if (str_compare(a, b) > 0) { str swap = a; a = b; b = swap; }
        cell c = {.a = a, .b = b, .when = m->from};
        c.quad[quad_class(m->event)] = 1;
        arena_push(f->home, list, count, capacity, c);
    }
    if (count) qsort(list, count, sizeof *list, by_cell);
    for (size_t i = 0; i < count; i++)
        if (n && by_cell(&list[n - 1], &list[i]) == 0)
            for (int q = 0; q < 5; q++) list[n - 1].quad[q] += list[i].quad[q];
        else list[n++] = list[i];
    *out = list;
    return n;
}

static void forget_pair(ledger *l, str a, str b) {
    db_run(l, "DELETE FROM dyad_day WHERE one = ? AND other = ?", "ss", a, b);
    db_run(l, "DELETE FROM dyad WHERE one = ? AND other = ?", "ss", a, b);
}

static void write_pair(ledger *l, const cell *c, size_t n, int64_t content) {
    forget_pair(l, c->a, c->b);
    db_run(l, "INSERT INTO dyad VALUES (?, ?, ?)", "ssl", c->a, c->b, content);
    for (size_t i = 0; i < n; i++)
        db_run(l, "INSERT INTO dyad_day VALUES (?, ?, ?, ?, ?, ?, ?)", "ssDiiii", c[i].a, c[i].b, c[i].when, c[i].quad[1], c[i].quad[2], c[i].quad[3], c[i].quad[4]);
}

typedef struct kept_pair { str a, b; int64_t content; } kept_pair;

static int pair_order(str a, str b, const kept_pair *k) {
    int c = str_compare(k->a, a);
    return c ? c : str_compare(k->b, b);
}

void dyads_store(facts *f, const happenings *h) {
    ledger *l = f->l;
    cell *list;
    kept_pair *kept = NULL;
    size_t n = cells(f, h, &list), count = 0, capacity = 0, k = 0;
    buffer b = {0};
    sqlite3_stmt *s = db_query(l, "SELECT one, other, content FROM dyad ORDER BY one, other", "");
    while (db_step(l, s)) arena_push(f->home, kept, count, capacity, ((kept_pair){arena_copy(f->home, db_str(s, 0)), arena_copy(f->home, db_str(s, 1)), sqlite3_column_int64(s, 2)}));
    for (size_t i = 0, j; i < n; i = j) {
        buffer_clear(&b);
        for (j = i; j < n && str_eq(list[j].a, list[i].a) && str_eq(list[j].b, list[i].b); j++) content_int(&b, list[j].when), buffer_add(&b, list[j].quad, sizeof list[j].quad);
        int64_t content = content_of(&b);
        for (; k < count && pair_order(list[i].a, list[i].b, &kept[k]) < 0; k++) forget_pair(l, kept[k].a, kept[k].b);
        bool there = k < count && pair_order(list[i].a, list[i].b, &kept[k]) == 0, same = there && kept[k].content == content;
        k += there;
        if (!same) write_pair(l, list + i, j - i, content);
    }
    for (; k < count; k++) forget_pair(l, kept[k].a, kept[k].b);
    buffer_free(&b);
}

/* ---- asking ---- */

typedef struct period { int32_t number; int quad[5]; } period; /* a day, or year * 12 + month */

static int32_t month_of(day d) {
    int y, m, dd;
    day_parts(d, &y, &m, &dd);
    return y * 12 + m - 1;
}

typedef struct held_in { int32_t period; int n; } held_in;
typedef struct holdings { held_in *list; size_t count, capacity; } holdings;

/* Documents held in each period, rising. */
static holdings count_documents(ledger *l, bool daily) {
    holdings all = {0};
    sqlite3_stmt *s = db_query(l, "SELECT day, count(*) FROM document INDEXED BY document_counted WHERE imported = 0 AND day IS NOT NULL GROUP BY day", "");
    while (db_step(l, s)) {
        int32_t number = daily ? db_day(s, 0) : month_of(db_day(s, 0));
        if (all.count && all.list[all.count - 1].period == number) all.list[all.count - 1].n += sqlite3_column_int(s, 1);
        else arena_push(&l->scratch, all.list, all.count, all.capacity, ((held_in){number, sqlite3_column_int(s, 1)}));
    }
    return all;
}

static int by_period(const void *x, const void *y) { return ((const held_in *)x)->period - ((const held_in *)y)->period; }

static int held(const holdings *all, int32_t number) {
    held_in key = {number, 0}, *at = all->count ? bsearch(&key, all->list, all->count, sizeof key, by_period) : NULL;
    return at ? at->n : 0;
}

static json_t *row_of(ledger *l, str a, str b, const period *p, const holdings *all, bool daily) {
    static const char *const names[] = {"", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"};
    arena *scratch = &l->scratch;
    json_t *o = json_object();
    int documents = held(all, p->number), sum = 0;
    row_str(o, "pair", arena_format(scratch, "%.*s-%.*s", STR_ARG(a), STR_ARG(b)));
    row_str(o, "period", daily ? day_format(scratch, p->number) : arena_format(scratch, "%04d-%02d", p->number / 12, p->number % 12 + 1));
    for (int q = 1; q <= 4; q++) row_int(o, names[q], p->quad[q]), sum += p->quad[q];
    row_int(o, "happenings", sum);
    row_int(o, "documents_held", documents);
    if (documents) row_real(o, "per_100_documents", 100.0 * sum / documents, 2);
    else row_null(o, "per_100_documents"); /* happened in a period of which nothing is held: told later */
    return o;
}

static void finish_period(ledger *l, const filters *f, str a, str b, const period *p, const holdings *all, bool daily, answer_rows *rows, long *taken) {
    day when = daily ? p->number : day_of(p->number / 12, p->number % 12 + 1, 1);
    bool asked = filters_pass_day(f, when, daily ? when : when + month_length(p->number / 12, p->number % 12 + 1) - 1) && (f->since == DAY_NONE || when >= f->since);
    if (asked) rows_add(rows, row_of(l, a, b, p, all, daily)), ++*taken;
}

static void series(ledger *l, const filters *f, str a, str b, const holdings *all, bool daily, long limit, answer_rows *rows, long *taken) {
    period now = {0};
    bool any = false;
    int first = f->from == DAY_NONE ? INT32_MIN : f->from - 31, last = f->to == DAY_NONE ? INT32_MAX : f->to + 31; /* whole months; finish_period looks closer */
    sqlite3_stmt *s = db_query(l, "SELECT day, verbal_cooperation, material_cooperation, verbal_conflict, material_conflict FROM dyad_day WHERE one = ? AND other = ? AND day >= ? AND day <= ? ORDER BY day", "ssii", a, b, first, last);
    while ((limit <= 0 || *taken < limit) && db_step(l, s)) {
        int32_t number = daily ? db_day(s, 0) : month_of(db_day(s, 0));
        if (any && number != now.number) finish_period(l, f, a, b, &now, all, daily, rows, taken);
        if (!any || number != now.number) now = (period){.number = number};
        any = true;
        for (int q = 1; q <= 4; q++) now.quad[q] += sqlite3_column_int(s, q);
    }
    if (s) sqlite3_reset(s);
    if (any && (limit <= 0 || *taken < limit)) finish_period(l, f, a, b, &now, all, daily, rows, taken);
}

/* States that answer to what was typed: a code, or a state's name. "" NULL: any. */
static str states(ledger *l, const char *typed, str actors) {
    buffer b = {0};
    if (!typed) return STR("");
    buffer_format(&b, "|%s|", typed);
    if (actors.len > 2) {
        str sql = arena_format(&l->scratch, "SELECT DISTINCT country FROM actor WHERE who = country AND country <> '' AND key IN %.*s", STR_ARG(actors));
        sqlite3_stmt *s = db_query_once(l, sql.ptr);
        while (db_step(l, s)) buffer_format(&b, "%.*s|", STR_ARG(db_str(s, 0)));
        sqlite3_finalize(s);
    }
    str list = arena_copy(&l->scratch, buffer_view(&b));
    buffer_free(&b);
    return list;
}

static bool among(ledger *l, str list, str a, str b) {
    return !list.len || str_find(list, arena_format(&l->scratch, "|%.*s|", STR_ARG(a))) >= 0 || str_find(list, arena_format(&l->scratch, "|%.*s|", STR_ARG(b))) >= 0;
}

void ask_dyads(ledger *l, const filters *f, long limit, answer_rows *rows) {
    bool daily = f->asked->counting && strcmp(f->asked->counting, "day") == 0;
    str who = states(l, f->asked->who, f->who), whom = states(l, f->asked->whom, f->whom), country = states(l, f->asked->country, STR(""));
    holdings all = count_documents(l, daily);
    long taken = 0;
    sqlite3_stmt *s = db_query(l, "SELECT one, other FROM dyad ORDER BY one, other", "");
    while ((limit <= 0 || taken < limit) && db_step(l, s)) {
        str a = arena_copy(&l->scratch, db_str(s, 0)), b = arena_copy(&l->scratch, db_str(s, 1));
        if (among(l, who, a, b) && among(l, whom, a, b) && among(l, country, a, b)) series(l, f, a, b, &all, daily, limit, rows, &taken);
    }
    if (s) sqlite3_reset(s);
}
