#include "ledger/visits.h"

#include <math.h>
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/stats.h"

enum { SAME_VISIT = 8, WIDE = 10, MOST_VISITS = 800, MOST_MEMBERS = 60 }; /* days between its happenings; days of an interval; visits whose precedents are kept; of a class that are named */

const char *outcome_name(outcome o) {
    static const char *const names[] = {"no meeting reported", "received", "not received", "refused", "disputed", "planned"};
    return names[o];
}

/* ---- sightings: one side of a happening as a traveller ---- */

typedef struct sighting {
    int32_t traveller, happening, other;
    str host;
    day from, to;
    bool strong, leader, refusal;
} sighting;

typedef struct sightings { sighting *list; size_t count, capacity; } sightings;

static str place_country(const facts *f, const happening *n) {
    for (size_t i = 0; i < n->members; i++) {
        int32_t p = f->list[n->member[i]].place;
        if (p >= 0 && f->places[p].country.len) return f->places[p].country;
    }
    return STR("");
}

/* In most visits so coded, this side is the one that travels. */
static bool visits_as_source(const facts *f, const happening *n, int32_t side) {
    int as_source = 0, as_target = 0;
    for (size_t i = 0; i < n->members; i++) {
        const fact *t = &f->list[n->member[i]];
        if (!str_is(mode_of(f, t), "visit")) continue;
        as_source += t->source == side;
        as_target += t->target == side;
    }
    return as_source > as_target;
}

/* A named person's rank, looked up once. */
static str rank_of_person(facts *f, const leaders *who, int32_t p) {
    person *x = &f->persons[p];
    if (!x->rank.ptr) x->rank = rank_of(&who->ranks, f->home, x->role);
    return x->rank;
}

/* Somebody who goes abroad for a state: an office with a rank, or a walk of life that is a state's. (A monument, a singer, a newspaper is not.) */
static bool official(facts *f, const leaders *who, int32_t p) {
    static const char *const walks[] = {"GOV", "PTY", "MIL", "LEG", "JUD", "SPY", "COP"};
    str sector = f->persons[p].sector;
    if (rank_of_person(f, who, p).len) return true;
    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++)
        if (str_find(sector, str_of(walks[i])) >= 0) return true;
    return false;
}

static void look(facts *f, const happenings *h, size_t at, int32_t side, int32_t other, const leaders *who, sightings *out) {
    const happening *n = &h->list[at];
    if (side < 0 || other < 0 || !f->persons[side].named) return;
    const person *x = &f->persons[side], *y = &f->persons[other];
    if (!x->country.len || !y->country.len || str_eq(x->country, y->country) || n->from == DAY_NONE) return;
    if (!official(f, who, side)) return;
    if (is_leader(who, x->who, x->country, rank_of_person(f, who, side), n->from)) return; /* leaders' own travels are summits */
    str place = place_country(f, n);
    if (str_eq(place, x->country)) return;
    bool leader = y->named && is_leader(who, y->who, y->country, rank_of_person(f, who, other), n->from);
    bool refusal = str_is(n->event, "REJECT");
    bool strong = !refusal && (leader || str_eq(place, y->country) || visits_as_source(f, n, side));
    sighting s = {side, (int32_t)at, other, y->country, n->from, n->to, strong, leader, refusal};
    arena_push(f->home, out->list, out->count, out->capacity, s);
}

static int by_time(const void *a, const void *b) {
    const sighting *x = a, *y = b;
    if (x->traveller != y->traveller) return x->traveller < y->traveller ? -1 : 1;
    int c = str_compare(x->host, y->host);
    if (c) return c;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->happening < y->happening ? -1 : x->happening > y->happening;
}

static bool relevant(const happening *n) {
    return str_is(n->event, "CONSULT") || (str_is(n->event, "REJECT") && str_is(n->mode, "meet"));
}

/* ---- visits ---- */

static bool is_wide(const sighting *s) { return s->to - s->from > WIDE; }

static void take(facts *f, visit *v, const sighting *s, const happenings *h) {
    arena_push(f->home, v->happenings, v->count, v->capacity, s->happening);
    if (s->leader && str_is(h->list[s->happening].event, "CONSULT")) {
        arena_push(f->home, v->with_leader, v->leader_count, v->leader_capacity, s->happening);
        v->leader = s->other;
    }
    if (s->refusal && (s->leader || v->outcome == OUTCOME_UNREPORTED)) v->outcome = OUTCOME_REFUSED; /* weighed again in judge */
}

static visit *open_visit(facts *f, visits *v, const sighting *s, const leaders *who) {
    const person *p = &f->persons[s->traveller];
    visit n = {.traveller = s->traveller, .home = p->country, .host = s->host, .rank = rank_of_person(f, who, s->traveller), .office = fold_name(f->home, p->role),
               .from = s->from, .to = s->to, .wide = is_wide(s), .leader = -1};
    arena_push(f->home, v->list, v->count, v->capacity, n);
    return &v->list[v->count - 1];
}

static bool any_strong(const sighting *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (s[i].strong) return true;
    return false;
}

/* Sightings of one traveller and host: narrow ones make visits by closeness in time, wide ones join a visit inside them or stand alone. */
static void one_pair(facts *f, const happenings *h, const leaders *who, const sighting *s, size_t n, visits *v) {
    size_t first = v->count;
    visit *current = NULL;
    if (!any_strong(s, n)) return;
    for (size_t i = 0; i < n; i++) {
        if (is_wide(&s[i])) continue;
        if (!current || s[i].from > current->to + SAME_VISIT) current = open_visit(f, v, &s[i], who);
        if (s[i].to > current->to) current->to = s[i].to;
        take(f, current, &s[i], h);
    }
    for (size_t i = 0; i < n; i++) {
        visit *inside = NULL;
        if (!is_wide(&s[i])) continue;
        for (size_t k = first; k < v->count && !inside; k++)
            if (v->list[k].from <= s[i].to && v->list[k].to >= s[i].from) inside = &v->list[k];
        if (!inside) {
            bool near_another = v->count > first;
            inside = open_visit(f, v, &s[i], who);
            inside->doubtful = near_another;
        }
        take(f, inside, &s[i], h);
    }
}

/* What became of it: what is held about a meeting with the leader decides. */
static void judge(const happenings *h, visit *v) {
    bool refused = v->outcome == OUTCOME_REFUSED, planned = false;
    int yes = 0, no = 0;
    for (size_t i = 0; i < v->leader_count; i++) {
        const happening *n = &h->list[v->with_leader[i]];
        yes += n->yes, no += n->no;
        planned |= n->planned > 0;
    }
    v->contested = yes && no && (yes >= 2 * no || no >= 2 * yes);
    if (v->contested && yes > no) no = 0;
    else if (v->contested) yes = 0;
    v->outcome = yes && no ? OUTCOME_DISPUTED : yes ? OUTCOME_RECEIVED : refused ? OUTCOME_REFUSED : no ? OUTCOME_NOT : OUTCOME_UNREPORTED;
    bool only_plans = planned;
    for (size_t i = 0; i < v->count && only_plans; i++) only_plans = h->list[v->happenings[i]].yes == 0 && h->list[v->happenings[i]].no == 0;
    if (only_plans && v->outcome == OUTCOME_UNREPORTED) v->outcome = OUTCOME_PLANNED;
}

static int by_visit(const void *a, const void *b) {
    const visit *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->traveller != y->traveller) return x->traveller < y->traveller ? -1 : 1;
    return str_compare(x->host, y->host);
}

void visits_find(facts *f, const happenings *h, const leaders *who, visits *v) {
    sightings s = {0};
    *v = (visits){0};
    for (size_t i = 0; i < h->count; i++) {
        const happening *n = &h->list[i];
        if (!n->members || !relevant(n)) continue;
        look(f, h, i, n->a, n->b, who, &s);
        look(f, h, i, n->b, n->a, who, &s);
    }
    if (s.count) qsort(s.list, s.count, sizeof *s.list, by_time);
    for (size_t i = 0, j; i < s.count; i = j) {
        for (j = i + 1; j < s.count && s.list[j].traveller == s.list[i].traveller && str_eq(s.list[j].host, s.list[i].host);) j++;
        one_pair(f, h, who, s.list + i, j - i, v);
    }
    for (size_t i = 0; i < v->count; i++) judge(h, &v->list[i]);
    if (v->count) qsort(v->list, v->count, sizeof *v->list, by_visit);
}

/* ---- precedents ---- */

typedef struct class_rule { const char *name; bool (*member)(const visit *of, const visit *other); } class_rule;

static bool same_office(const visit *x, const visit *y) { return x->office.len && str_eq(x->office, y->office) && str_eq(x->home, y->home) && str_eq(x->host, y->host); }
static bool same_rank(const visit *x, const visit *y) { return x->rank.len && str_eq(x->rank, y->rank) && str_eq(x->home, y->home) && str_eq(x->host, y->host); }
static bool same_states(const visit *x, const visit *y) { return str_eq(x->home, y->home) && str_eq(x->host, y->host); }
static bool same_host(const visit *x, const visit *y) { return str_eq(x->host, y->host); }
static bool any_visit(const visit *x, const visit *y) { return (void)x, (void)y, true; }

/* From narrow to wide. */
static const class_rule classes[] = {{"same office", same_office}, {"same rank", same_rank}, {"same pair of states", same_states}, {"same host", same_host}, {"any envoy", any_visit}};

static bool counts(const visit *v) { return v->outcome != OUTCOME_DISPUTED && v->outcome != OUTCOME_PLANNED && !v->doubtful; }

static json_t *visit_brief(facts *f, const visit *v) {
    json_t *o = json_object();
    row_str(o, "who", f->persons[v->traveller].name);
    row_str(o, "date", interval_text(f->home, v->from, v->to));
    row_str(o, "outcome", str_of(outcome_name(v->outcome)));
    return o;
}

/* One reference class of one visit: which earlier ones, and how many of them were received. */
typedef struct reference { size_t member[MOST_MEMBERS], named; int k, n; } reference;

static reference refer(const visits *all, size_t at, const class_rule *rule) {
    const visit *v = &all->list[at];
    reference r = {.named = 0};
    for (size_t i = 0; i < all->count && all->list[i].from < v->from; i++) { /* by day: what follows is later */
        const visit *other = &all->list[i];
        if (!counts(other) || !rule->member(v, other)) continue;
        r.n++;
        r.k += other->outcome == OUTCOME_RECEIVED;
        if (r.named < MOST_MEMBERS) r.member[r.named++] = i;
    }
    return r;
}

static json_t *class_row(facts *f, const visits *all, size_t at, const class_rule *rule, const reference *r) {
    const visit *v = &all->list[at];
    json_t *o = json_object(), *members = json_array();
    double rate, low, high;
    jeffreys(r->k, r->n, &rate, &low, &high);
    row_str(o, "class", str_of(rule->name));
    row_int(o, "received", r->k);
    row_int(o, "of", r->n);
    row_real(o, "rate", rate, 3);
    row_real(o, "low", low, 3);
    row_real(o, "high", high, 3);
    bool received = v->outcome == OUTCOME_RECEIVED;
    if (counts(v)) row_real(o, "surprise_bits", -log2(received ? rate : 1 - rate), 2);
    else row_null(o, "surprise_bits");
    for (size_t i = 0; i < r->named; i++) json_array_append_new(members, visit_brief(f, &all->list[r->member[i]]));
    json_object_set_new(o, "members", members);
    return o;
}

/* Names of those met, of other happenings than with the leader; outlets that report a meeting with the leader. */
static void add_unique(json_t *list, str name) {
    for (size_t i = 0; i < json_array_size(list); i++)
        if (str_eq(name, str_of(json_string_value(json_array_get(list, i))))) return;
    if (name.len) json_array_append_new(list, json_stringn(name.ptr, name.len));
}

static void fill_company(facts *f, const happenings *h, const visit *v, json_t *met, json_t *outlets, json_t *ids) {
    for (size_t i = 0; i < v->count; i++) {
        const happening *n = &h->list[v->happenings[i]];
        int32_t other = n->a == v->traveller ? n->b : n->a;
        if (n->yes && other >= 0 && f->persons[other].named) add_unique(met, f->persons[other].name);
        add_unique(ids, happening_id(f->home, n->key));
    }
    for (size_t i = 0; i < v->leader_count; i++) {
        const happening *n = &h->list[v->with_leader[i]];
        for (size_t k = 0; k < n->members; k++)
            if (f->list[n->member[k]].leans == LEANS_YES || f->list[n->member[k]].leans == LEANS_NO) add_unique(outlets, f->documents[f->list[n->member[k]].document].outlet);
    }
}

static json_t *visit_row(facts *f, const happenings *h, const visits *all, size_t at, const reference *refs) {
    const visit *v = &all->list[at];
    const person *p = &f->persons[v->traveller];
    json_t *o = json_object(), *met = json_array(), *outlets = json_array(), *ids = json_array(), *list = json_array();
    fill_company(f, h, v, met, outlets, ids);
    row_str(o, "who", p->name);
    row_str(o, "role", p->role);
    row_str(o, "rank", v->rank);
    row_str(o, "country", v->home);
    row_str(o, "host", v->host);
    row_str(o, "date", interval_text(f->home, v->from, v->to));
    row_str(o, "leader", v->leader < 0 ? STR("") : f->persons[v->leader].name);
    row_str(o, "outcome", str_of(outcome_name(v->outcome)));
    json_object_set_new(o, "contested", json_boolean(v->contested));
    json_object_set_new(o, "told_in_retrospect", json_boolean(v->wide));
    json_object_set_new(o, "date_in_doubt", json_boolean(v->doubtful));
    json_object_set_new(o, "met", met);
    json_object_set_new(o, "reported_by", outlets);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) json_array_append_new(list, class_row(f, all, at, &classes[i], &refs[i]));
    json_object_set_new(o, "classes", list);
    json_object_set_new(o, "happenings", ids);
    return o;
}

enum { CLASSES = sizeof classes / sizeof *classes };

static void hash_brief(const facts *f, const visit *v, buffer *b) {
    content_str(b, f->persons[v->traveller].name), content_int(b, v->from), content_int(b, v->to), content_int(b, v->outcome);
}

/* All that visit_row says. */
static int64_t hash_visit(const facts *f, const happenings *h, const visits *all, size_t at, const reference *refs, day known, buffer *b) {
    const visit *v = &all->list[at];
    buffer_clear(b);
    content_int(b, known);
    hash_brief(f, v, b);
    content_str(b, f->persons[v->traveller].role), content_str(b, v->home), content_str(b, v->host), content_int(b, v->contested), content_int(b, v->wide), content_int(b, v->doubtful);
    content_str(b, v->leader < 0 ? STR("") : f->persons[v->leader].name);
    for (size_t i = 0; i < v->count; i++) {
        const happening *n = &h->list[v->happenings[i]];
        int32_t other = n->a == v->traveller ? n->b : n->a;
        content_int(b, n->key), content_int(b, n->yes > 0), content_str(b, other < 0 ? STR("") : f->persons[other].name);
    }
    for (size_t i = 0; i < v->leader_count; i++) {
        const happening *n = &h->list[v->with_leader[i]];
        content_int(b, n->key);
        for (size_t k = 0; k < n->members; k++) content_int(b, f->list[n->member[k]].leans), content_str(b, f->documents[f->list[n->member[k]].document].outlet);
    }
    for (size_t i = 0; i < CLASSES; i++) {
        content_int(b, refs[i].k), content_int(b, refs[i].n);
        for (size_t k = 0; k < refs[i].named; k++) hash_brief(f, &all->list[refs[i].member[k]], b);
    }
    return content_of(b);
}

static day last_report(const facts *f, const happenings *h, const visit *v) {
    day last = DAY_NONE;
    for (size_t k = 0; k < v->count; k++) {
        const happening *n = &h->list[v->happenings[k]];
        for (size_t m = 0; m < n->members; m++) {
            day d = f->list[n->member[m]].published;
            if (d != DAY_NONE && (last == DAY_NONE || d > last)) last = d;
        }
    }
    return last;
}

void precedents_store(facts *f, const happenings *h, const visits *v) {
    answer_set *set = answers_open(f->l, f->home, "precedents");
    buffer b = {0};
    for (size_t i = v->count > MOST_VISITS ? v->count - MOST_VISITS : 0; i < v->count; i++) {
        const visit *x = &v->list[i];
        const person *p = &f->persons[x->traveller];
        reference refs[CLASSES];
        for (size_t k = 0; k < CLASSES; k++) refs[k] = refer(v, i, &classes[k]);
        str last = i && v->list[i - 1].from == x->from && v->list[i - 1].traveller == x->traveller && str_eq(v->list[i - 1].host, x->host) ? STR("|again") : STR("");
        kept_row row = {.place = arena_format(f->home, "%.*s|%.*s|%.*s%.*s", STR_ARG(place_day(f->home, x->from)), STR_ARG(p->who), STR_ARG(x->host), STR_ARG(last)), .when = x->from,
                        .known = last_report(f, h, x), .outlet = STR("")};
        row.content = hash_visit(f, h, v, i, refs, row.known, &b);
        if (answers_kept(set, row.place, row.content)) continue;
        const str names[] = {p->name, x->home, x->host, x->leader < 0 ? STR("") : f->persons[x->leader].name};
        row.who = answer_who(f->home, names, 4);
        answers_put(set, &row, visit_row(f, h, v, i, refs));
    }
    buffer_free(&b);
    answers_close(set);
}
