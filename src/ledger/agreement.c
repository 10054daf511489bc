#include "ledger/agreement.h"

#include <math.h>
#include <stdlib.h>

#include "ledger/answers.h"

typedef struct cell { str a, b, outlet; int32_t month; int ours, theirs, both; } cell;

static int by_cell(const void *x, const void *y) {
    const cell *p = x, *q = y;
    int c = str_compare(p->outlet, q->outlet);
    if (!c) c = str_compare(p->a, q->a);
    if (!c) c = str_compare(p->b, q->b);
    return c ? c : (p->month > q->month) - (p->month < q->month);
}

static size_t imported_outlets(facts *f, str *names, size_t room) {
    size_t n = 0;
    sqlite3_stmt *s = db_query(f->l, "SELECT DISTINCT outlet FROM document WHERE imported = 1 ORDER BY outlet", "");
    while (db_step(f->l, s))
        if (n < room) names[n++] = arena_copy(f->home, db_str(s, 0));
    return n;
}

/* Does it have a statement of that outlet ("" : of any that was read here)? */
static bool told_by(const facts *f, const happening *h, str outlet) {
    for (size_t i = 0; i < h->members; i++) {
        const fact_document *d = &f->documents[f->list[h->member[i]].document];
        if (outlet.len ? d->imported && str_eq(d->outlet, outlet) : !d->imported) return true;
    }
    return false;
}

static void store(answer_set *set, const cell *c, double correlation) {
    arena *a = set->home;
    buffer b = {0};
    str pair = arena_format(a, "%.*s-%.*s", STR_ARG(c->a), STR_ARG(c->b)), period = arena_format(a, "%04d-%02d", c->month / 12, c->month % 12 + 1);
    kept_row row = {.place = arena_format(a, "%.*s|%.*s|%.*s", STR_ARG(c->outlet), STR_ARG(pair), STR_ARG(period)), .when = day_of(c->month / 12, c->month % 12 + 1, 1), .known = DAY_NONE,
                    .outlet = c->outlet};
    content_int(&b, c->ours), content_int(&b, c->theirs), content_int(&b, c->both), content_str(&b, arena_format(a, "%.3f", correlation));
    row.content = content_of(&b);
    buffer_free(&b);
    if (answers_kept(set, row.place, row.content)) return;
    json_t *o = json_object();
    row_str(o, "outlet", c->outlet);
    row_str(o, "pair", pair);
    row_str(o, "period", period);
    row_int(o, "ours", c->ours);
    row_int(o, "theirs", c->theirs);
    row_int(o, "both", c->both);
    row_real(o, "correlation_over_months", correlation, 3);
    const str names[] = {c->a, c->b};
    row.who = answer_who(a, names, 2);
    answers_put(set, &row, o);
}

static double pearson(const cell *c, size_t n) {
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, m = (double)n;
    for (size_t i = 0; i < n; i++) {
        double x = c[i].ours, y = c[i].theirs;
        sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
    }
    return (m * sxy - sx * sy) / sqrt((m * sxx - sx * sx) * (m * syy - sy * sy)); /* NaN where one side never varies */
}

void agreement_store(facts *f, const happenings *h) {
    str outlets[8];
    cell *list = NULL;
    size_t outlet_count = imported_outlets(f, outlets, 8), count = 0, capacity = 0, n = 0;
    for (size_t i = 0; outlet_count && i < h->count; i++) {
        const happening *m = &h->list[i];
        int y, month, d;
        if (!m->members || m->a < 0 || m->b < 0 || m->from == DAY_NONE || m->to - m->from > 31 || strcmp(m->verdict, "happened") != 0) continue;
        str a = f->persons[m->a].country, b = f->persons[m->b].country;
        if (!a.len || !b.len || str_eq(a, b)) continue;
        if (str_compare(a, b) > 0) { str swap = a; a = b; b = swap; }
        day_parts(m->from, &y, &month, &d);
        for (size_t k = 0; k < outlet_count; k++) {
            bool ours = told_by(f, m, STR("")), theirs = told_by(f, m, outlets[k]);
            if (ours || theirs) arena_push(f->home, list, count, capacity, ((cell){a, b, outlets[k], y * 12 + month - 1, ours, theirs, ours && theirs}));
        }
    }
    if (count) qsort(list, count, sizeof *list, by_cell);
    for (size_t i = 0; i < count; i++)
        if (n && by_cell(&list[n - 1], &list[i]) == 0) list[n - 1].ours += list[i].ours, list[n - 1].theirs += list[i].theirs, list[n - 1].both += list[i].both;
        else list[n++] = list[i];
    answer_set *set = answers_open(f->l, f->home, "agreement");
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && str_eq(list[j].outlet, list[i].outlet) && str_eq(list[j].a, list[i].a) && str_eq(list[j].b, list[i].b);) j++;
        double r = pearson(list + i, j - i);
        for (size_t k = i; k < j; k++) store(set, &list[k], r);
    }
    answers_close(set);
}
