/* Where reports disagree: about whether it happened, about its date, about its place. Both sides' words. */
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/happenings.h"

enum { MOST_WORDS = 8 }; /* statements quoted for a side */

typedef struct side { int32_t said[MOST_WORDS]; size_t n; str holds; } side;

typedef struct findings { facts *f; answer_set *set; buffer content; } findings;

static str name_of(const facts *f, int32_t p) { return p < 0 ? STR("") : f->persons[p].name.len ? f->persons[p].name : f->persons[p].who; }

static void side_add(side *s, int32_t said) {
    if (s->n < MOST_WORDS) s->said[s->n++] = said;
}

static side side_of(const facts *f, const happening *n, str holds, bool all, leaning leans) {
    side s = {.holds = holds};
    for (size_t i = 0; i < n->members; i++)
        if (all || f->list[n->member[i]].leans == leans) side_add(&s, n->member[i]);
    return s;
}

static void hash_side(findings *out, const side *s) {
    content_str(&out->content, s->holds);
    for (size_t i = 0; i < s->n; i++) {
        const fact *t = &out->f->list[s->said[i]];
        content_str(&out->content, t->id), content_str(&out->content, factuality_of(out->f, t));
    }
}

static json_t *words_of(facts *f, const side *s) {
    json_t *list = json_array();
    for (size_t i = 0; i < s->n; i++) json_array_append_new(list, evidence(f->l, f->list[s->said[i]].key));
    return list;
}

static day last_report(const facts *f, const side *one, const side *other) {
    day last = DAY_NONE;
    for (size_t i = 0; i < one->n + other->n; i++) {
        day d = f->list[i < one->n ? one->said[i] : other->said[i - one->n]].published;
        if (d != DAY_NONE && (last == DAY_NONE || d > last)) last = d;
    }
    return last;
}

static void add(findings *out, const happening *n, const char *about, int64_t with, const side *one, const side *other) {
    facts *f = out->f;
    arena *a = f->home;
    str id = happening_id(a, n->key), date = happening_date(a, n);
    kept_row k = {.place = arena_format(a, "%.*s|%.*s|%s|%016llx", STR_ARG(place_day(a, n->from)), STR_ARG(id), about, (unsigned long long)with), .when = n->from,
                  .known = last_report(f, one, other), .outlet = STR("")};
    const str names[] = {name_of(f, n->a), name_of(f, n->b), n->a < 0 ? STR("") : f->persons[n->a].country, n->b < 0 ? STR("") : f->persons[n->b].country};
    buffer_clear(&out->content);
    for (int i = 0; i < 4; i++) content_str(&out->content, names[i]);
    content_str(&out->content, n->event), content_str(&out->content, date), content_int(&out->content, k.known);
    hash_side(out, one), hash_side(out, other);
    k.content = content_of(&out->content);
    if (answers_kept(out->set, k.place, k.content)) return;
    json_t *o = json_object();
    row_str(o, "about", str_of(about));
    row_str(o, "event", n->event);
    row_str(o, "source", names[0]);
    row_str(o, "target", names[1]);
    row_str(o, "date", date);
    row_str(o, "one_side", one->holds);
    row_str(o, "other_side", other->holds);
    json_object_set_new(o, "for_one", words_of(f, one));
    json_object_set_new(o, "for_other", words_of(f, other));
    row_str(o, "happening", id);
    k.who = answer_who(a, names, 4);
    answers_put(out->set, &k, o);
}

static void about_fact(findings *out, const happening *n) {
    if (!n->yes || !n->no) return;
    side one = side_of(out->f, n, STR("it happened"), false, LEANS_YES), other = side_of(out->f, n, STR("it did not happen"), false, LEANS_NO);
    add(out, n, "whether it happened", 0, &one, &other);
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

/* Is one of them told by an outlet that does not tell the other? */
static bool told_apart(const facts *f, const happening *x, const happening *y) {
    for (size_t i = 0; i < x->members; i++) {
        bool both = false;
        for (size_t k = 0; k < y->members && !both; k++) both = str_eq(f->documents[f->list[x->member[i]].document].outlet, f->documents[f->list[y->member[k]].document].outlet);
        if (!both) return true;
    }
    return false;
}

static void about_year(findings *out, const happening *x, const happening *y) {
    facts *f = out->f;
    bool retro_x = in_retrospect(f, x), retro_y = in_retrospect(f, y);
    if (x->a < 0 || x->b < 0 || !(x->yes + x->maybe) || !(y->yes + y->maybe)) return; /* what nobody says, and what happened to nobody in particular, has no year */
    if (!differ_in_year(x, y) || (!retro_x && !retro_y) || (!told_apart(f, x, y) && !told_apart(f, y, x))) return;
    if (!x->yes || !y->yes) return; /* an omission disagrees with nobody */
    if (!retro_x) { const happening *swap = x; x = y; y = swap; } /* x: the memory */
    side one = side_of(f, y, happening_date(f->home, y), true, LEANS_YES), other = side_of(f, x, happening_date(f->home, x), true, LEANS_YES);
    add(out, y, "the year", x->key, &one, &other);
}

static str country_at(const facts *f, const fact *t) { return t->place < 0 ? STR("") : f->places[t->place].country; }

static void about_place(findings *out, const happening *n) {
    facts *f = out->f;
    side one = {.holds = STR("")}, other = {.holds = STR("")};
    for (size_t i = 0; i < n->members; i++) {
        str c = country_at(f, &f->list[n->member[i]]);
        if (!c.len || f->list[n->member[i]].leans != LEANS_YES) continue;
        if (!one.holds.len) one.holds = c;
        else if (!other.holds.len && !str_eq(c, one.holds)) other.holds = c;
        if (str_eq(c, one.holds)) side_add(&one, n->member[i]);
        else if (str_eq(c, other.holds)) side_add(&other, n->member[i]);
    }
    if (other.holds.len) add(out, n, "the country", 0, &one, &other);
}

void contradictions_store(facts *f, const happenings *h) {
    findings out = {.f = f, .set = answers_open(f->l, f->home, "contradictions")};
    /* happenings of one event and pair were made next to each other */
    for (size_t i = 0; i < h->count; i++) {
        const happening *n = &h->list[i];
        if (!n->members) continue;
        about_fact(&out, n);
        about_place(&out, n);
        for (size_t j = i + 1; j < h->count && j < i + 64 && h->list[j].a == n->a && h->list[j].b == n->b && str_eq(h->list[j].event, n->event); j++)
            if (h->list[j].members) about_year(&out, n, &h->list[j]);
    }
    buffer_free(&out.content);
    answers_close(out.set);
}
