#include "ledger/happenings.h"

#include <stdlib.h>

#include "ledger/answers.h"

enum { REPORTED_WITHIN = 6, PLAN_AHEAD = 31 };

/* ---- the runs of one event and two parties ---- */

typedef struct pairing { int32_t event, a, b, fact; } pairing;

static void parties(const facts *f, const fact *t, int32_t *a, int32_t *b) {
    *a = t->source, *b = t->target;
    if (symmetric_event(event_of(f, t)) && *a > *b) *a = t->target, *b = t->source;
}

/* facts are sorted by day and id, persons and events numbered by name: comparing numbers compares content. */
static int by_run(const void *x, const void *y) {
    const pairing *p = x, *q = y;
    if (p->event != q->event) return p->event < q->event ? -1 : 1;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    if (p->b != q->b) return p->b < q->b ? -1 : 1;
    return p->fact < q->fact ? -1 : p->fact > q->fact;
}

static bool precise(const fact *t) { return t->from != DAY_NONE && t->to - t->from <= 3; }

/* The days on which it may have been: as stated, or before its report (a plan: after it). */
static void window(const fact *t, day *from, day *to) {
    *from = t->from, *to = t->to;
    if (t->from != DAY_NONE || t->published == DAY_NONE || t->background) return;
    *from = t->planned ? t->published : t->published - REPORTED_WITHIN;
    *to = t->planned ? t->published + PLAN_AHEAD : t->published;
}

static int32_t new_happening(facts *f, happenings *h, const fact *t, int32_t a, int32_t b, bool sharp) {
    happening n = {.event = event_of(f, t), .a = a, .b = b, .from = DAY_NONE, .to = DAY_NONE, .precise = sharp, .into = -1};
    arena_push(f->home, h->list, h->count, h->capacity, n);
    return (int32_t)h->count - 1;
}

static void widen(happening *n, day from, day to) {
    if (from == DAY_NONE) return;
    if (n->from == DAY_NONE || from < n->from) n->from = from;
    if (n->to == DAY_NONE || to > n->to) n->to = to;
}

/* M1 */
static void join_precise(facts *f, happenings *h, const pairing *run, size_t n) {
    int32_t current = -1;
    bool named = (run->a >= 0 && f->persons[run->a].named) || (run->b >= 0 && f->persons[run->b].named);
    for (size_t i = 0; i < n; i++) {
        fact *t = &f->list[run[i].fact];
        if (!precise(t)) continue;
        bool joins = current >= 0 && t->from <= h->list[current].to + (named ? 1 : 0);
        if (!joins) current = new_happening(f, h, t, run->a, run->b, true);
        t->reason = joins ? REASON_M1 : REASON_FIRST;
        t->group = current;
        widen(&h->list[current], t->from, t->to);
    }
}

static int32_t distance(const happening *n, day middle) {
    return middle < n->from ? n->from - middle : middle > n->to ? middle - n->to : 0;
}

/* M2: the nearest of the run's happenings from `first` on that the window covers, -1. An undated memory goes to the only one there is. */
static int32_t nearest(const happenings *h, size_t first, const fact *t) {
    day from, to;
    int32_t best = -1;
    window(t, &from, &to);
    if (from == DAY_NONE) return h->count - first == 1 ? (int32_t)first : -1;
    day middle = t->from == DAY_NONE ? t->published : from + (to - from) / 2;
    for (size_t i = first; i < h->count; i++) {
        const happening *n = &h->list[i];
        if (n->to < from - 1 || n->from > to + 1) continue;
        if (best < 0 || distance(n, middle) < distance(&h->list[best], middle)) best = (int32_t)i;
    }
    return best;
}

/* An undated report and one of "this month", told within days of each other: the same, where their windows overlap and neither tells of old times. */
static bool now_and_lately(const fact *x, const fact *y) {
    day x1, x2, y1, y2;
    if ((x->from == DAY_NONE) == (y->from == DAY_NONE) || x->background || y->background || x->planned != y->planned || x->published == DAY_NONE || y->published == DAY_NONE) return false;
    if (x->published - y->published > REPORTED_WITHIN || y->published - x->published > REPORTED_WITHIN) return false;
    window(x, &x1, &x2), window(y, &y1, &y2);
    return x1 != DAY_NONE && y1 != DAY_NONE && x1 <= y2 && y1 <= x2;
}

/* M3 */
static void join_rest(facts *f, happenings *h, const pairing *run, size_t n) {
    int32_t current = -1;
    const fact *last = NULL;
    for (size_t i = 0; i < n; i++) {
        fact *t = &f->list[run[i].fact];
        if (t->group >= 0) continue;
        bool same = last && t->from == last->from && t->to == last->to &&
                    (t->from != DAY_NONE || (t->published != DAY_NONE && last->published != DAY_NONE && t->published - last->published <= REPORTED_WITHIN) ||
                     (t->background && last->background));
        same |= last && now_and_lately(t, last);
        if (!same) current = new_happening(f, h, t, run->a, run->b, false);
        t->reason = same ? REASON_M3 : REASON_FIRST;
        t->group = current;
        day from, to;
        window(t, &from, &to);
        widen(&h->list[current], from, to);
        last = t;
    }
}

static void join_run(facts *f, happenings *h, const pairing *run, size_t n) {
    size_t first = h->count;
    join_precise(f, h, run, n);
    for (size_t i = 0; i < n && h->count > first; i++) {
        fact *t = &f->list[run[i].fact];
        if (t->group >= 0) continue;
        int32_t at = nearest(h, first, t);
        if (at < 0) continue;
        t->group = at;
        t->reason = REASON_M2;
    }
    join_rest(f, h, run, n);
}

static size_t eligible(const facts *f, arena *work, pairing **out) {
    pairing *list = arena_array(work, pairing, f->count + 1);
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++) {
        const fact *t = &f->list[i];
        pairing p = {t->event, -1, -1, (int32_t)i};
        parties(f, t, &p.a, &p.b);
        if (event_of(f, t).len && !t->dropped && (p.a >= 0 || p.b >= 0)) list[n++] = p;
    }
    if (n) qsort(list, n, sizeof *list, by_run);
    *out = list;
    return n;
}

/* ---- members ---- */

static int32_t root_of(const happenings *h, int32_t i) {
    while (h->list[i].into >= 0) i = h->list[i].into;
    return i;
}

static void collect(facts *f, happenings *h) {
    for (size_t i = 0; i < h->count; i++) h->list[i].members = 0;
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].group >= 0) h->list[f->list[i].group = root_of(h, f->list[i].group)].members++;
    if (!h->members) h->members = arena_array(f->home, int32_t, f->count + 1);
    int32_t *next = h->members;
    for (size_t i = 0; i < h->count; i++) {
        h->list[i].member = next, next += h->list[i].members;
        h->list[i].members = 0;
    }
    for (size_t i = 0; i < f->count; i++) {
        int32_t g = f->list[i].group;
        if (g >= 0) h->list[g].member[h->list[g].members++] = (int32_t)i;
    }
}

/* ---- M4 ---- */

static bool touches(const happening *x, const happening *y) {
    return x->from != DAY_NONE && y->from != DAY_NONE && x->from <= y->to + 1 && y->from <= x->to + 1;
}

static bool share_story(const facts *f, const happening *x, const happening *y) {
    for (size_t i = 0; i < x->members && i < 64; i++)
        for (size_t j = 0; j < y->members && j < 64; j++) {
            const fact_document *p = &f->documents[f->list[x->member[i]].document], *q = &f->documents[f->list[y->member[j]].document];
            if (p == q || (p->story && p->story == q->story)) return true;
        }
    return false;
}

/* Could `vague` (unnamed or a state) be `named`? */
static bool may_be(const facts *f, int32_t vague, int32_t named) {
    if (vague < 0 || named < 0 || f->persons[vague].named || !f->persons[named].named) return false;
    return !f->persons[vague].country.len || str_eq(f->persons[vague].country, f->persons[named].country);
}

/* "The envoy ended a visit to North Korea" does not say that its leader received him. */
static bool visit_to_state(const facts *f, const happening *x) {
    bool visit = str_is(x->event, "CONSULT") && x->members > 0;
    for (size_t i = 0; i < x->members && visit; i++) visit = str_is(mode_of(f, &f->list[x->member[i]]), "visit");
    if (!visit) return false;
    return (x->a >= 0 && f->persons[x->a].state) || (x->b >= 0 && f->persons[x->b].state);
}

/* The sides may stand either way round in a symmetric event. */
static bool same_but_unnamed(const facts *f, const happening *x, const happening *y) {
    if (!str_eq(x->event, y->event) || visit_to_state(f, x)) return false;
    if ((x->b == y->b && may_be(f, x->a, y->a)) || (x->a == y->a && may_be(f, x->b, y->b))) return true;
    return symmetric_event(x->event) && ((x->a == y->b && may_be(f, x->b, y->a)) || (x->b == y->a && may_be(f, x->a, y->b)));
}

typedef struct at_day { day from; int32_t happening; } at_day;

static int by_at_day(const void *a, const void *b) {
    const at_day *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->happening < y->happening ? -1 : x->happening > y->happening;
}

static bool vague_side(const facts *f, const happening *n) {
    return (n->a >= 0 && !f->persons[n->a].named) || (n->b >= 0 && !f->persons[n->b].named);
}

static void name_the_unnamed(facts *f, arena *work, happenings *h) {
    enum { LOOK = 400 }; /* happenings before and behind in order of day: a bound for huge ledgers */
    at_day *order = arena_array(work, at_day, h->count + 1);
    size_t n = 0;
    for (size_t i = 0; i < h->count; i++)
        if (h->list[i].from != DAY_NONE) order[n++] = (at_day){h->list[i].from, (int32_t)i};
    if (n) qsort(order, n, sizeof *order, by_at_day);
    int32_t *into = arena_array(work, int32_t, h->count + 1);
    for (size_t k = 0; k < n; k++) {
        int32_t i = order[k].happening, only = -1, found = 0;
        into[i] = -1;
        if (!vague_side(f, &h->list[i])) continue;
        for (size_t j = k > LOOK ? k - LOOK : 0; j < n && j < k + LOOK; j++) {
            const happening *y = &h->list[order[j].happening];
            if (j != k && touches(&h->list[i], y) && same_but_unnamed(f, &h->list[i], y) && share_story(f, &h->list[i], y)) only = order[j].happening, found++;
        }
        if (found == 1) into[i] = only;
    }
    for (size_t k = 0; k < n; k++) {
        int32_t i = order[k].happening, to = into[i];
        if (to < 0) continue;
        h->list[i].into = to; /* names only grow along a chain, so there is no circle */
        for (size_t m = 0; m < h->list[i].members; m++) f->list[h->list[i].member[m]].reason = REASON_M4;
    }
}

/* ---- M5 ---- */

/* The whole happening of the one goes into that of the other. */
static void merge(facts *f, happenings *h, fact *t, const fact *with) {
    int32_t to = root_of(h, with->group), from = t->group < 0 ? -1 : root_of(h, t->group);
    if (from == to) return;
    t->group = t->group < 0 ? to : t->group;
    t->reason = REASON_M5;
    if (from < 0) return;
    h->list[from].into = to;
    for (size_t i = 0; i < h->list[from].members; i++) f->list[h->list[from].member[i]].reason = REASON_M5;
}

static void people_say(facts *f, arena *work, happenings *h) {
    ledger *l = f->l;
    table of; /* ids of those that people spoke of are few, but may be anywhere */
    uint32_t x, y;
    if (!db_number(l, "SELECT count(*) FROM correction WHERE kind IN ('merge', 'split')", "")) return;
    table_init(&of, work, (uint32_t)f->count);
    for (size_t i = 0; i < f->count; i++) table_set(&of, f->list[i].id, (uint32_t)i);
    sqlite3_stmt *s = db_query(l, "SELECT item, kind, value FROM correction WHERE kind IN ('merge', 'split') ORDER BY made, key", "");
    while (db_step(l, s)) {
        if (!table_get(&of, db_str(s, 0), &x)) continue;
        fact *t = &f->list[x];
        if (str_is(db_str(s, 1), "split")) {
            t->group = new_happening(f, h, t, t->source, t->target, precise(t));
            widen(&h->list[t->group], t->from, t->to);
            t->reason = REASON_M5;
        } else if (table_get(&of, db_str(s, 2), &y) && f->list[y].group >= 0) merge(f, h, t, &f->list[y]);
    }
}

/* ---- verdicts ---- */

typedef struct votes { uint32_t origin; uint8_t leans; bool planned; } votes;

static int by_vote(const void *a, const void *b) {
    const votes *x = a, *y = b;
    if (x->origin != y->origin) return x->origin < y->origin ? -1 : 1;
    if (x->leans != y->leans) return x->leans < y->leans ? -1 : 1;
    return (int)x->planned - (int)y->planned;
}

static void verdict(happening *n) {
    if (n->yes && n->no) n->verdict = "disputed"; /* V3 */
    else if (n->yes) n->verdict = "happened"; /* V1 */
    else if (n->no) n->verdict = "did not happen"; /* V2 */
    else if (n->planned) n->verdict = "planned"; /* V4 */
    else n->verdict = "unclear"; /* V5 */
}

static void count_sources(facts *f, happening *n) {
    arena work;
    arena_init(&work);
    work.escape = f->home->escape;
    votes *v = arena_array(&work, votes, n->members + 1);
    for (size_t i = 0; i < n->members; i++) {
        const fact *t = &f->list[n->member[i]];
        v[i] = (votes){(uint32_t)t->origin, t->leans, t->planned};
    }
    qsort(v, n->members, sizeof *v, by_vote);
    for (size_t i = 0; i < n->members; i++) {
        bool new_origin = i == 0 || v[i].origin != v[i - 1].origin, new_vote = new_origin || v[i].leans != v[i - 1].leans;
        n->sources += new_origin;
        if (v[i].planned && (i == 0 || new_vote || !v[i - 1].planned)) n->planned++;
        if (!new_vote) continue;
        if (v[i].leans == LEANS_YES) n->yes++;
        else if (v[i].leans == LEANS_NO) n->no++;
        else if (v[i].leans == LEANS_MAYBE) n->maybe++;
        else n->open++;
    }
    arena_free(&work);
    verdict(n);
}

/* The mode that most members give; the first in the alphabet of equals. */
static str common_mode(const facts *f, const happening *n) {
    str best = STR("");
    size_t most = 0;
    for (size_t i = 0; i < n->members && i < 100; i++) {
        int32_t number = f->list[n->member[i]].mode;
        str mode = f->words[number];
        size_t count = 0;
        for (size_t j = 0; j < n->members && j < 100; j++) count += f->list[n->member[j]].mode == number;
        if (mode.len && (count > most || (count == most && str_compare(mode, best) < 0))) best = mode, most = count;
    }
    return best;
}

static str smallest_id(const facts *f, const happening *n) {
    str least = f->list[n->member[0]].id;
    for (size_t i = 1; i < n->members; i++)
        if (str_compare(f->list[n->member[i]].id, least) < 0) least = f->list[n->member[i]].id;
    return least;
}

void happenings_find(facts *f, happenings *h) {
    arena work; /* of what only the finding needs */
    arena_init(&work);
    work.escape = f->home->escape;
    pairing *p;
    size_t n = eligible(f, &work, &p);
    *h = (happenings){0};
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && p[j].a == p[i].a && p[j].b == p[i].b && p[j].event == p[i].event;) j++;
        join_run(f, h, p + i, j - i);
    }
    collect(f, h);
    name_the_unnamed(f, &work, h);
    people_say(f, &work, h);
    arena_free(&work);
    collect(f, h);
    for (size_t i = 0; i < h->count; i++) {
        happening *m = &h->list[i];
        if (!m->members) continue;
        count_sources(f, m);
        m->mode = common_mode(f, m);
        m->key = (int64_t)(str_hash(smallest_id(f, m), 0x4a99) & INT64_MAX);
    }
}

/* ---- storing ---- */

const char *reason_text(int reason) {
    static const char *const texts[] = {"", "first of its time", "M1 same event and parties, same time", "M2 same event and parties, a wider date that covers it",
                                        "M3 same event and parties, reported at the same time", "M4 unnamed party: the only one named in this story", "M5 a person said so"};
    return reason >= 0 && reason < REASONS ? texts[reason] : "";
}

str happening_id(arena *a, int64_t key) { return key ? arena_format(a, "h%016llx", (unsigned long long)key) : STR(""); }

str happening_date(arena *a, const happening *h) { return interval_text(a, h->from, h->to); }

static str person_name(const facts *f, int32_t p) {
    return p < 0 ? STR("") : f->persons[p].name.len ? f->persons[p].name : f->persons[p].who;
}
static str person_country(const facts *f, int32_t p) { return p < 0 ? STR("") : f->persons[p].country; }

static str happening_place(const facts *f, const happening *n) {
    str best = STR("");
    for (size_t i = 0; i < n->members; i++) {
        int32_t p = f->list[n->member[i]].place;
        if (p >= 0 && (!best.len || str_compare(f->places[p].name, best) < 0)) best = f->places[p].name;
    }
    return best;
}

/* The day of its first report. */
static day first_known(const facts *f, const happening *n) {
    day first = DAY_NONE;
    for (size_t i = 0; i < n->members; i++) {
        day d = f->list[n->member[i]].published;
        if (d != DAY_NONE && (first == DAY_NONE || d < first)) first = d;
    }
    return first;
}

/* What is kept of one, put together once: for hashing and for writing. */
typedef struct kept_happening { int64_t key, content; const happening *of; } kept_happening;

static int64_t hash_happening(const facts *f, const happening *n, buffer *b) {
    buffer_clear(b);
    const int64_t numbers[] = {n->from, n->to, n->precise, n->sources, n->yes, n->no, n->maybe, n->open, n->planned, first_known(f, n)};
    buffer_add(b, numbers, sizeof numbers);
    const str texts[] = {n->event, n->mode, person_name(f, n->a), person_country(f, n->a), person_name(f, n->b), person_country(f, n->b), happening_place(f, n)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) content_str(b, texts[i]);
    for (size_t i = 0; i < n->members; i++) {
        const fact *t = &f->list[n->member[i]];
        content_int(b, t->key), content_int(b, t->reason);
    }
    return content_of(b);
}

static int by_kept(const void *a, const void *b) {
    const kept_happening *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void forget(ledger *l, int64_t key) {
    db_run(l, "DELETE FROM happening_member WHERE happening = ?", "l", key);
    db_run(l, "DELETE FROM happening WHERE key = ?", "l", key);
}

static void write_happening(facts *f, const kept_happening *k) {
    const happening *n = k->of;
    db_run(f->l, "INSERT INTO happening VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "llssDDisssss" "ziiiiilD", k->key, k->content, n->event, n->mode, n->from, n->to,
           (int)n->precise, person_name(f, n->a), person_country(f, n->a), person_name(f, n->b), person_country(f, n->b), happening_place(f, n), n->verdict, n->sources, n->yes, n->no,
           n->maybe, n->open, (int64_t)n->members, first_known(f, n));
}

typedef struct kept_member { int64_t statement, happening; int reason; } kept_member;

static int by_statement(const void *a, const void *b) {
    const kept_member *x = a, *y = b;
    return x->statement < y->statement ? -1 : x->statement > y->statement;
}

/* In the order of statements, so that many go in as fast as appending. */
static void write_members(facts *f, const kept_happening *list, size_t n) {
    kept_member *all = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < list[i].of->members; k++) {
            const fact *t = &f->list[list[i].of->member[k]];
            arena_push(f->home, all, count, capacity, ((kept_member){t->key, list[i].key, t->reason}));
        }
    if (count) qsort(all, count, sizeof *all, by_statement);
    for (size_t i = 0; i < count; i++) db_run(f->l, "INSERT OR REPLACE INTO happening_member VALUES (?, ?, ?)", "lli", all[i].statement, all[i].happening, all[i].reason);
}

/* Computed and kept ones side by side in the order of keys; what differs goes first, then comes anew: a statement may have moved. */
void happenings_store(facts *f, const happenings *h) {
    ledger *l = f->l;
    kept_happening *now = arena_array(f->home, kept_happening, h->count + 1), *kept = NULL, *fresh;
    size_t n = 0, count = 0, capacity = 0, k = 0, m = 0;
    buffer b = {0};
    for (size_t i = 0; i < h->count; i++)
        if (h->list[i].members) now[n++] = (kept_happening){h->list[i].key, hash_happening(f, &h->list[i], &b), &h->list[i]};
    buffer_free(&b);
    if (n) qsort(now, n, sizeof *now, by_kept);
    sqlite3_stmt *s = db_query(l, "SELECT key, content FROM happening", ""); /* from the index of contents alone */
    while (db_step(l, s)) arena_push(f->home, kept, count, capacity, ((kept_happening){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), NULL}));
    if (count) qsort(kept, count, sizeof *kept, by_kept);
    fresh = arena_array(f->home, kept_happening, n + 1);
    for (size_t i = 0; i < n; i++) {
        while (k < count && kept[k].key < now[i].key) forget(l, kept[k++].key);
        bool there = k < count && kept[k].key == now[i].key, same = there && kept[k].content == now[i].content;
        if (there && !same) forget(l, kept[k].key);
        k += there;
        if (!same) fresh[m++] = now[i];
    }
    while (k < count) forget(l, kept[k++].key);
    for (size_t i = 0; i < m; i++) write_happening(f, &fresh[i]);
    write_members(f, fresh, m);
}
