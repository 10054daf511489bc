/* Series of quad classes per pair of states, by month and by day, normalised by what is held. */
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/dyads.h"

/* Verbal cooperation, material cooperation, verbal conflict, material conflict (PLOVER); 0 for none. */
static int quad_class(str event) {
    if (str_in(event, "AGREE CONSULT SUPPORT CONCEDE")) return 1;
    if (str_in(event, "COOPERATE AID RETREAT")) return 2;
    if (str_in(event, "REQUEST ACCUSE REJECT THREATEN")) return 3;
    return str_in(event, "PROTEST SANCTION MOBILIZE COERCE ASSAULT") ? 4 : 0;
}

typedef struct cell { str a, b; int32_t period; int quad[5]; } cell; /* period: a day, or year * 12 + month */

static int by_cell(const void *x, const void *y) {
    const cell *p = x, *q = y;
    int c = str_compare(p->a, q->a);
    if (!c) c = str_compare(p->b, q->b);
    return c ? c : (p->period > q->period) - (p->period < q->period);
}

static int32_t month_of(day d) {
    int y, m, dd;
    day_parts(d, &y, &m, &dd);
    return y * 12 + m - 1;
}

/* Documents held in each period. */
typedef struct held_in { int32_t period; int n; } held_in;
typedef struct holdings { held_in *list; size_t count, capacity; } holdings;

static int by_period(const void *x, const void *y) { return ((const held_in *)x)->period - ((const held_in *)y)->period; }

static holdings count_documents(facts *f, bool daily) {
    holdings all = {0};
    size_t n = 0;
    for (size_t i = 0; i < f->document_count; i++)
        if (f->documents[i].day != DAY_NONE && !f->documents[i].imported)
            arena_push(f->home, all.list, all.count, all.capacity, ((held_in){daily ? f->documents[i].day : month_of(f->documents[i].day), 1}));
    if (all.count) qsort(all.list, all.count, sizeof *all.list, by_period);
    for (size_t i = 0; i < all.count; i++)
        if (n && all.list[n - 1].period == all.list[i].period) all.list[n - 1].n++;
        else all.list[n++] = all.list[i];
    all.count = n;
    return all;
}

static int held(const holdings *all, int32_t period) {
    held_in key = {period, 0}, *at = all->count ? bsearch(&key, all->list, all->count, sizeof key, by_period) : NULL;
    return at ? at->n : 0;
}

static str period_text(arena *a, int32_t period, bool daily) {
    return daily ? day_format(a, period) : arena_format(a, "%04d-%02d", period / 12, period % 12 + 1);
}

static void store(facts *f, const cell *c, const holdings *all, bool daily, int ordinal) {
    json_t *o = json_object();
    int documents = held(all, c->period), sum = 0;
    static const char *const names[] = {"", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"};
    row_str(o, "pair", arena_format(f->home, "%.*s-%.*s", STR_ARG(c->a), STR_ARG(c->b)));
    row_str(o, "period", period_text(f->home, c->period, daily));
    for (int q = 1; q <= 4; q++) row_int(o, names[q], c->quad[q]), sum += c->quad[q];
    row_int(o, "happenings", sum);
    row_int(o, "documents_held", documents);
    if (documents) row_real(o, "per_100_documents", 100.0 * sum / documents, 2);
    else row_null(o, "per_100_documents"); /* happened in a period of which nothing is held: told later */
    day when = daily ? c->period : day_of(c->period / 12, c->period % 12 + 1, 1);
    answer_put(f->l, daily ? "dyads/day" : "dyads", ordinal, when, arena_format(f->home, "%.*s|%.*s", STR_ARG(c->a), STR_ARG(c->b)), STR(""), o);
}

static void series(facts *f, const happenings *h, bool daily) {
    cell *list = NULL;
    size_t count = 0, capacity = 0, n = 0;
    for (size_t i = 0; i < h->count; i++) {
        const happening *m = &h->list[i];
        if (!m->members || m->a < 0 || m->b < 0 || m->from == DAY_NONE || m->to - m->from > 31 || strcmp(m->verdict, "happened") != 0) continue;
        str a = f->persons[m->a].country, b = f->persons[m->b].country;
        if (!a.len || !b.len || str_eq(a, b)) continue;
        if (str_compare(a, b) > 0) { str swap = a; a = b; b = swap; }
        cell c = {.a = a, .b = b, .period = daily ? m->from : month_of(m->from)};
        c.quad[quad_class(m->event)] = 1;
        arena_push(f->home, list, count, capacity, c);
    }
    if (count) qsort(list, count, sizeof *list, by_cell);
    for (size_t i = 0; i < count; i++)
        if (n && by_cell(&list[n - 1], &list[i]) == 0)
            for (int q = 0; q < 5; q++) list[n - 1].quad[q] += list[i].quad[q];
        else list[n++] = list[i];
    holdings all = count_documents(f, daily);
    for (size_t i = 0; i < n; i++) store(f, &list[i], &all, daily, (int)i);
}

void dyads_store(facts *f, const happenings *h) {
    series(f, h, false);
    series(f, h, true);
}
