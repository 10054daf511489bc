#include "ledger/stories.h"

#include <math.h>
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/facts.h"
#include "ledger/terms.h"

enum { KEY_TERMS = 25, MOST_IN_COMPONENT = 1500 };

typedef struct weighted { uint32_t hash; float weight; } weighted;

typedef struct unit { /* a document that is no copy */
    int64_t key;
    str id;
    day day;
    weighted *v; /* by hash, of length 1 */
    uint32_t n;
    int32_t group;
} unit;

typedef struct edge { int32_t a, b; float likeness; } edge;

typedef struct stories {
    ledger *l;
    arena *home;
    unit *units; /* by day, then id */
    size_t count, capacity;
    edge *edges;
    size_t edge_count, edge_capacity;
} stories;

/* ---- vectors ---- */

static int by_day(const void *a, const void *b) {
    const unit *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return str_compare(x->id, y->id);
}

static void load(stories *s) {
    sqlite3_stmt *q = db_query(s->l, "SELECT d.key, d.id, d.day, d.terms FROM document d LEFT JOIN copy c ON c.document = d.key"
                                     " WHERE d.terms IS NOT NULL AND (c.original IS NULL OR c.original = d.id)", "");
    while (db_step(s->l, q)) {
        str packed = db_str(q, 3);
        unit u = {.key = sqlite3_column_int64(q, 0), .id = arena_copy(s->home, db_str(q, 1)), .day = db_day(q, 2), .n = packed.len / (uint32_t)sizeof(term)};
        term *t = arena_alloc(s->home, packed.len + 1u);
        memcpy(t, packed.ptr, packed.len);
        u.v = (weighted *)t; /* for now: counts; the same size, turned into weights in place */
        arena_push(s->home, s->units, s->count, s->capacity, u);
    }
    if (s->count) qsort(s->units, s->count, sizeof *s->units, by_day);
    for (size_t i = 0; i < s->count; i++) s->units[i].group = (int32_t)i;
}
_Static_assert(sizeof(term) == sizeof(weighted), "turned in place");

/* Document frequencies by hash, open addressing. */
typedef struct frequencies { uint32_t *hash, *n, mask; } frequencies;

static uint32_t *frequency(frequencies *f, uint32_t hash) {
    uint32_t i = hash & f->mask;
    while (f->n[i] && f->hash[i] != hash) i = (i + 1) & f->mask;
    f->hash[i] = hash;
    return &f->n[i];
}

static frequencies count_all(stories *s) {
    size_t all = 0, size = 1024;
    for (size_t i = 0; i < s->count; i++) all += s->units[i].n;
    while (size < all + all / 2 && size < (1u << 26)) size *= 2;
    frequencies f = {arena_array(s->home, uint32_t, size), arena_array(s->home, uint32_t, size), (uint32_t)size - 1};
    for (size_t i = 0; i < s->count; i++) {
        const term *t = (const term *)s->units[i].v;
        for (uint32_t k = 0; k < s->units[i].n; k++) ++*frequency(&f, t[k].hash);
    }
    return f;
}

static double weight_of(const term *t, double n, double df) {
    double w = (1 + log(t->count)) * log((n + 1) / df);
    if (t->flags & TERM_NAME) w *= WEIGHT_NAME;
    if (t->flags & TERM_TITLE) w *= WEIGHT_TITLE;
    if (t->flags & TERM_LEAD) w *= WEIGHT_LEAD;
    return w;
}

static void weigh(unit *u, frequencies *f, size_t documents) {
    double n = (double)documents, sum = 0;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < u->n; k++) {
        term t;
        memcpy(&t, (const term *)u->v + k, sizeof t);
        double df = *frequency(f, t.hash);
        if (documents > 20 && df > COMMON_SHARE * n) continue;
        double w = weight_of(&t, n, df);
        sum += w * w;
        u->v[kept++] = (weighted){t.hash, (float)w};
    }
    u->n = kept;
    for (uint32_t k = 0; k < kept && sum > 0; k++) u->v[k].weight = (float)(u->v[k].weight / sqrt(sum));
}

static double likeness(const unit *a, const unit *b) {
    double sum = 0;
    for (uint32_t i = 0, j = 0; i < a->n && j < b->n;)
        if (a->v[i].hash == b->v[j].hash) sum += (double)a->v[i++].weight * (double)b->v[j++].weight;
        else if (a->v[i].hash < b->v[j].hash) i++;
        else j++;
    double days = a->day == DAY_NONE || b->day == DAY_NONE ? STORY_WINDOW : abs(a->day - b->day);
    return sum * exp(-days / STORY_FADES);
}

/* ---- candidates: pairs that share one of their weightiest words within the window ---- */

typedef struct posting { uint32_t hash; int32_t unit; } posting;

static int by_posting(const void *a, const void *b) {
    const posting *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static int by_weight(const void *a, const void *b) {
    const weighted *x = a, *y = b;
    if (x->weight > y->weight || x->weight < y->weight) return x->weight > y->weight ? -1 : 1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static size_t postings(stories *s, posting **out) {
    posting *list = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < s->count; i++) {
        arena work;
        arena_init(&work);
        work.escape = s->home->escape;
        uint32_t n = s->units[i].n;
        weighted *v = arena_array(&work, weighted, n + 1u);
        memcpy(v, s->units[i].v, n * sizeof *v);
        qsort(v, n, sizeof *v, by_weight);
        for (uint32_t k = 0; k < n && k < KEY_TERMS; k++) arena_push(s->home, list, count, capacity, ((posting){v[k].hash, (int32_t)i}));
        arena_free(&work);
    }
    if (count) qsort(list, count, sizeof *list, by_posting);
    *out = list;
    return count;
}

static int by_pair(const void *a, const void *b) {
    const edge *x = a, *y = b;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static void connect(stories *s) {
    posting *p;
    size_t n = postings(s, &p), kept = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && p[j].hash == p[i].hash && j - i < 300; j++) {
            day a = s->units[p[i].unit].day, b = s->units[p[j].unit].day;
            if (a != DAY_NONE && b - a > STORY_WINDOW) break;
            arena_push(s->home, s->edges, s->edge_count, s->edge_capacity, ((edge){p[i].unit, p[j].unit, 0}));
        }
    if (s->edge_count) qsort(s->edges, s->edge_count, sizeof *s->edges, by_pair);
    for (size_t i = 0; i < s->edge_count; i++) {
        edge e = s->edges[i];
        if (kept && s->edges[kept - 1].a == e.a && s->edges[kept - 1].b == e.b) continue;
        e.likeness = (float)likeness(&s->units[e.a], &s->units[e.b]);
        if (e.likeness >= STORY_LIKENESS / 3) s->edges[kept++] = e;
    }
    s->edge_count = kept;
}

/* ---- average linkage ---- */

static int32_t find(int32_t *of, int32_t i) {
    while (of[i] != i) i = of[i] = of[of[i]];
    return i;
}

/* Members of one component, clustered on a full matrix of sums of likeness. */
static void link_component(stories *s, const int32_t *member, size_t n, const float *pair) {
    float *sum = arena_array(s->home, float, n * n);
    uint32_t *size = arena_array(s->home, uint32_t, n);
    memcpy(sum, pair, n * n * sizeof *sum);
    for (size_t i = 0; i < n; i++) size[i] = 1;
    for (;;) {
        double best = STORY_LIKENESS;
        size_t x = n, y = n;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; size[i] && j < i; j++) {
                if (!size[j]) continue;
                double mean = (double)sum[i * n + j] / ((double)size[i] * size[j]);
                if (mean > best) best = mean, x = i, y = j;
            }
        if (x == n) return;
        for (size_t k = 0; k < n; k++) { /* x into y, the earlier */
            sum[y * n + k] += sum[x * n + k];
            sum[k * n + y] = sum[y * n + k];
        }
        size[y] += size[x];
        size[x] = 0;
        for (size_t k = 0; k < n; k++)
            if (s->units[member[k]].group == member[x]) s->units[member[k]].group = member[y];
    }
}

static void split_components(stories *s, const int32_t *member, size_t n, float floor);

typedef struct piece { int32_t root, at; } piece;

static int by_piece(const void *a, const void *b) {
    const piece *x = a, *y = b;
    if (x->root != y->root) return x->root < y->root ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void one_component(stories *s, const piece *p, const int32_t *member, size_t n, float floor) {
    int32_t *own = arena_array(s->home, int32_t, n), *place = arena_array(s->home, int32_t, s->count);
    for (size_t i = 0; i < n; i++) own[i] = member[p[i].at];
    if (n > MOST_IN_COMPONENT) {
        split_components(s, own, n, floor * 1.3f);
        return;
    }
    memset(place, 0xff, s->count * sizeof *place);
    for (size_t i = 0; i < n; i++) place[own[i]] = (int32_t)i;
    float *pair = arena_array(s->home, float, n * n);
    for (size_t i = 0; i < s->edge_count; i++) {
        int32_t a = place[s->edges[i].a], b = place[s->edges[i].b];
        if (a >= 0 && b >= 0) pair[(size_t)a * n + (size_t)b] = pair[(size_t)b * n + (size_t)a] = s->edges[i].likeness;
    }
    link_component(s, own, n, pair);
}

/* Components over edges of at least `floor`; a huge one is cut at a higher floor. */
static void split_components(stories *s, const int32_t *member, size_t n, float floor) {
    int32_t *of = arena_array(s->home, int32_t, s->count), *at = arena_array(s->home, int32_t, s->count);
    piece *p = arena_array(s->home, piece, n);
    for (size_t i = 0; i < s->count; i++) of[i] = (int32_t)i, at[i] = -1;
    for (size_t i = 0; i < n; i++) at[member[i]] = (int32_t)i;
    for (size_t i = 0; i < s->edge_count; i++) {
        const edge *e = &s->edges[i];
        if (e->likeness < floor || at[e->a] < 0 || at[e->b] < 0) continue;
        int32_t a = find(of, e->a), b = find(of, e->b);
        of[a > b ? a : b] = a > b ? b : a;
    }
    for (size_t i = 0; i < n; i++) p[i] = (piece){find(of, member[i]), (int32_t)i};
    qsort(p, n, sizeof *p, by_piece);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && p[j].root == p[i].root;) j++;
        if (j - i > 1) one_component(s, p + i, member, j - i, floor);
    }
}

/* ---- storing ---- */

static void store_members(stories *s) {
    ledger *l = s->l;
    for (size_t i = 0; i < s->count; i++) {
        const unit *first = &s->units[s->units[i].group];
        str id = arena_format(s->home, "s%016llx", (unsigned long long)str_hash(first->id, 0x5701));
        db_run(l, "INSERT INTO story_member VALUES (?, ?)", "sl", id, s->units[i].key);
    }
    db_run(l, "INSERT OR IGNORE INTO story_member SELECT m.story, c.document FROM copy c JOIN document o ON o.id = c.original JOIN story_member m ON m.document = o.key", "");
}

static json_t *story_row(stories *s, str id, int64_t *first, int64_t *last, json_t **title) {
    ledger *l = s->l;
    json_t *o = json_object(), *documents = json_array(), *outlets = json_array();
    day from = DAY_NONE, to = DAY_NONE;
    sqlite3_stmt *q = db_query(l, "SELECT d.id, d.day, d.outlet, COALESCE(d.title, ''), substr(b.text, 1, 120) FROM story_member m JOIN document d ON d.key = m.document"
                                  " LEFT JOIN block b ON b.document = d.key AND b.name = 'body' WHERE m.story = ? ORDER BY d.day IS NULL, d.day, d.id", "s", id);
    *title = NULL;
    while (db_step(l, q)) {
        str outlet = db_str(q, 2), head = db_str(q, 3).len ? db_str(q, 3) : db_str(q, 4);
        day d = db_day(q, 1);
        bool seen = false;
        json_array_append_new(documents, json_stringn(db_str(q, 0).ptr, db_str(q, 0).len));
        for (size_t i = 0; i < json_array_size(outlets); i++) seen |= str_eq(outlet, str_of(json_string_value(json_array_get(outlets, i))));
        if (!seen && outlet.len) json_array_append_new(outlets, json_stringn(outlet.ptr, outlet.len));
        if (!*title) *title = json_stringn(head.ptr, head.len);
        if (d != DAY_NONE && (from == DAY_NONE || d < from)) from = d;
        if (d != DAY_NONE && (to == DAY_NONE || d > to)) to = d;
    }
    *first = from, *last = to;
    row_str(o, "id", id);
    row_str(o, "from", day_text(s->home, from));
    row_str(o, "to", day_text(s->home, to));
    json_object_set(o, "title", *title);
    row_int(o, "documents_held", (long)json_array_size(documents));
    row_int(o, "independent_sources", (long)db_number(l, "SELECT count(DISTINCT o.name) FROM story_member m JOIN origin o ON o.document = m.document WHERE m.story = ?", "s", id));
    json_object_set_new(o, "outlets", outlets);
    json_object_set_new(o, "documents", documents);
    return o;
}

static void store_stories(stories *s) {
    ledger *l = s->l;
    sqlite3_stmt *q = db_query(l, "SELECT DISTINCT story FROM story_member ORDER BY story", "");
    while (db_step(l, q)) {
        str id = arena_copy(s->home, db_str(q, 0));
        int64_t from, to;
        json_t *title, *row = story_row(s, id, &from, &to, &title);
        char *text = json_dumps(row, JSON_COMPACT);
        db_run(l, "INSERT INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "sDDiiizz", id, (day)from, (day)to, (int)json_array_size(json_object_get(row, "documents")),
               (int)json_array_size(json_object_get(row, "outlets")), (int)json_get_long(row, "independent_sources", 0),
               title ? json_string_value(title) : "", text);
        free(text);
        json_decref(title);
        json_decref(row);
    }
}

void stories_derive(ledger *l) {
    arena home;
    arena_init(&home);
    home.escape = l->scratch.escape;
    stories s = {.l = l, .home = &home};
    load(&s);
    frequencies f = count_all(&s);
    for (size_t i = 0; i < s.count; i++) weigh(&s.units[i], &f, s.count);
    connect(&s);
    int32_t *all = arena_array(&home, int32_t, s.count + 1);
    for (size_t i = 0; i < s.count; i++) all[i] = (int32_t)i;
    if (s.count > 1) split_components(&s, all, s.count, (float)(STORY_LIKENESS / 3));
    store_members(&s);
    store_stories(&s);
    arena_free(&home);
}
