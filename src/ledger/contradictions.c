/* Where reports disagree: about whether it happened, about its date, about its place. Both sides' words. */
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/happenings.h"

enum { MOST_CONTRADICTIONS = 5000 };

typedef struct finding { day when; str happening; json_t *row; str who; } finding;
typedef struct findings { finding *list; size_t count, capacity; facts *f; } findings;

static str name_of(const facts *f, int32_t p) { return p < 0 ? STR("") : f->persons[p].name.len ? f->persons[p].name : f->persons[p].who; }

static json_t *side(facts *f, const happening *n, leaning leans, bool all) {
    json_t *list = json_array();
    for (size_t i = 0; i < n->members && json_array_size(list) < 8; i++) {
        const fact *t = &f->list[n->member[i]];
        if (all || t->leans == leans) json_array_append_new(list, evidence(f->l, t->key));
    }
    return list;
}

static void add(findings *out, const happening *n, const char *about, str one, str other, json_t *for_one, json_t *for_other) {
    facts *f = out->f;
    json_t *o = json_object();
    row_str(o, "about", str_of(about));
    row_str(o, "event", n->event);
    row_str(o, "source", name_of(f, n->a));
    row_str(o, "target", name_of(f, n->b));
    row_str(o, "date", happening_date(f->home, n));
    row_str(o, "one_side", one);
    row_str(o, "other_side", other);
    json_object_set_new(o, "for_one", for_one);
    json_object_set_new(o, "for_other", for_other);
    row_str(o, "happening", n->id);
    str who = arena_format(f->home, "%.*s|%.*s|%.*s|%.*s", STR_ARG(name_of(f, n->a)), STR_ARG(name_of(f, n->b)),
                           STR_ARG(n->a < 0 ? STR("") : f->persons[n->a].country), STR_ARG(n->b < 0 ? STR("") : f->persons[n->b].country));
    arena_push(f->home, out->list, out->count, out->capacity, ((finding){n->from, n->id, o, who}));
}

static void about_fact(findings *out, const happening *n) {
    if (n->yes && n->no) add(out, n, "whether it happened", STR("it happened"), STR("it did not happen"), side(out->f, n, LEANS_YES, false), side(out->f, n, LEANS_NO, false));
}

/* Two happenings of the same event and parties whose times agree in the month (and day, where both have one) but not in the year: one event,
 * remembered differently. Only told from other outlets, and only where one of them is told in retrospect. */
static bool differ_in_year(const happening *x, const happening *y) {
    int y1, m1, d1, y2, m2, d2;
    if (x->from == DAY_NONE || y->from == DAY_NONE || x->to - x->from > 31 || y->to - y->from > 31) return false;
    day_parts(x->from + (x->to - x->from) / 2, &y1, &m1, &d1);
    day_parts(y->from + (y->to - y->from) / 2, &y2, &m2, &d2);
    return y1 != y2 && abs(y1 - y2) <= 2 && m1 == m2 && (x->to != x->from || y->to != y->from || d1 == d2);
}

static bool in_retrospect(const facts *f, const happening *n) {
    for (size_t i = 0; i < n->members; i++) {
        const fact *t = &f->list[n->member[i]];
        if (t->published == DAY_NONE || n->to == DAY_NONE || t->published - n->to < 60) return false;
    }
    return true;
}

static void about_year(findings *out, const happening *x, const happening *y) {
    facts *f = out->f;
    bool retro_x = in_retrospect(f, x), retro_y = in_retrospect(f, y);
    if (!differ_in_year(x, y) || (!retro_x && !retro_y)) return;
    if (!retro_x) { const happening *swap = x; x = y; y = swap; } /* x: the memory */
    add(out, y, "the year", happening_date(f->home, y), happening_date(f->home, x), side(f, y, LEANS_YES, true), side(f, x, LEANS_YES, true));
}

static str country_at(const facts *f, const fact *t) { return t->place < 0 ? STR("") : f->places[t->place].country; }

static void about_place(findings *out, const happening *n) {
    facts *f = out->f;
    str first = STR("");
    for (size_t i = 0; i < n->members; i++) {
        const fact *t = &f->list[n->member[i]];
        str c = country_at(f, t);
        if (!c.len || t->leans != LEANS_YES) continue;
        if (!first.len) first = c;
        if (str_eq(c, first)) continue;
        json_t *one = json_array(), *other = json_array();
        for (size_t k = 0; k < n->members; k++) {
            const fact *u = &f->list[n->member[k]];
            if (str_eq(country_at(f, u), first)) json_array_append_new(one, evidence(f->l, u->key));
            else if (str_eq(country_at(f, u), c)) json_array_append_new(other, evidence(f->l, u->key));
        }
        add(out, n, "the country", first, c, one, other);
        return;
    }
}

static int by_finding(const void *a, const void *b) {
    const finding *x = a, *y = b;
    if (x->when != y->when) return x->when < y->when ? -1 : 1;
    int c = str_compare(x->happening, y->happening);
    return c ? c : str_compare(json_get_str(x->row, "about"), json_get_str(y->row, "about"));
}

void contradictions_store(facts *f, const happenings *h) {
    findings out = {.f = f};
    /* happenings of one event and pair were made next to each other */
    for (size_t i = 0; i < h->count && out.count < MOST_CONTRADICTIONS; i++) {
        const happening *n = &h->list[i];
        if (!n->members) continue;
        about_fact(&out, n);
        about_place(&out, n);
        for (size_t j = i + 1; j < h->count && j < i + 64 && h->list[j].a == n->a && h->list[j].b == n->b && str_eq(h->list[j].event, n->event); j++)
            if (h->list[j].members) about_year(&out, n, &h->list[j]);
    }
    if (out.count) qsort(out.list, out.count, sizeof *out.list, by_finding);
    for (size_t i = 0; i < out.count; i++) answer_put(f->l, "contradictions", (int)i, out.list[i].when, out.list[i].who, STR(""), out.list[i].row);
}
