#include "ledger/stories.h"

#include <math.h>
#include <stdlib.h>

#include "ledger/answers.h"
#include "ledger/facts.h"
#include "ledger/terms.h"

enum {
    KEY_TERMS = 25,            /* words a document is looked up by */
    MOST_AFTER = 300,          /* documents after it that it is compared with, for each of them */
    MOST_IN_COMPONENT = 1500   /* documents that are linked pair by pair */
};

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
    edge *edges;            /* by a, then b */
    size_t edge_count, edge_capacity;
    size_t *first;          /* of each unit's edges */
    int32_t *place;         /* of a unit in the component at hand, -1 */
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

/* Where each unit's postings stand in the list: places[first[u]] to places[first[u + 1]]. */
static uint32_t *places_of_units(stories *s, const posting *list, size_t n, uint32_t **out) {
    uint32_t *first = arena_array(s->home, uint32_t, s->count + 2), *places = arena_array(s->home, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) first[list[i].unit + 2]++;
    for (size_t u = 2; u < s->count + 2; u++) first[u] += first[u - 1];
    for (size_t i = 0; i < n; i++) places[first[list[i].unit + 1]++] = (uint32_t)i;
    *out = places;
    return first;
}

/* Unit by unit, so that only the pairs that are alike are ever held: of the pairs that share a word, most are not. */
static void connect(stories *s) {
    posting *p;
    size_t n = postings(s, &p);
    uint32_t *places, *first = places_of_units(s, p, n, &places);
    int32_t *met = arena_array(s->home, int32_t, s->count + 1); /* by: the last unit that was compared with it, and one */
    for (int32_t u = 0; u < (int32_t)s->count; u++) {
        size_t before = s->edge_count;
        for (uint32_t k = first[u]; k < first[u + 1]; k++)
            for (size_t i = places[k], j = i + 1; j < n && p[j].hash == p[i].hash && j - i < MOST_AFTER; j++) {
                int32_t v = p[j].unit;
                day a = s->units[u].day, b = s->units[v].day;
                if (a != DAY_NONE && b - a > STORY_WINDOW) break;
                if (met[v] == u + 1) continue;
                met[v] = u + 1;
                edge e = {u, v, (float)likeness(&s->units[u], &s->units[v])};
                if (e.likeness >= STORY_LIKENESS / 3) arena_push(s->home, s->edges, s->edge_count, s->edge_capacity, e);
            }
        if (s->edge_count > before) qsort(s->edges + before, s->edge_count - before, sizeof *s->edges, by_pair);
    }
}

/* ---- average linkage ---- */

static size_t find(size_t *of, size_t i) {
    while (of[i] != i) i = of[i] = of[of[i]];
    return i;
}

/* Clusters of one component: the lower triangle of sums of likeness between them, and for each row its best partner before it, so that a merger
 * costs one pass and not one over all pairs. */
typedef struct linkage {
    size_t n;
    float *sum;
    uint32_t *size;   /* 0: merged into an earlier one */
    size_t *partner;  /* the first with the greatest mean likeness, n: none */
    double *mean;
} linkage;

static double mean_of(const linkage *c, size_t i, size_t j) { return (double)c->sum[i * c->n + j] / ((double)c->size[i] * c->size[j]); }

static void find_partner(linkage *c, size_t i) {
    c->partner[i] = c->n, c->mean[i] = STORY_LIKENESS;
    for (size_t j = 0; j < i; j++) {
        if (!c->size[j]) continue;
        double mean = mean_of(c, i, j);
        if (mean > c->mean[i]) c->mean[i] = mean, c->partner[i] = j;
    }
}

static void merge(linkage *c, size_t x, size_t y) { /* x into y, the earlier */
    for (size_t k = 0; k < c->n; k++) {
        c->sum[y * c->n + k] += c->sum[x * c->n + k];
        c->sum[k * c->n + y] = c->sum[y * c->n + k];
    }
    c->size[y] += c->size[x];
    c->size[x] = 0;
    find_partner(c, y);
    for (size_t i = y + 1; i < c->n; i++) {
        if (!c->size[i]) continue;
        double mean = mean_of(c, i, y);
        if (c->partner[i] == x || c->partner[i] == y) find_partner(c, i);
        else if (mean > c->mean[i] || (c->partner[i] < c->n && mean >= c->mean[i] && y < c->partner[i])) c->mean[i] = mean, c->partner[i] = y;
    }
}

/* Average linkage: the two likest first, the first two of equals. */
static void link_component(stories *s, arena *work, const int32_t *member, size_t n, const float *pair) {
    linkage c = {n, arena_array(work, float, n * n), arena_array(work, uint32_t, n), arena_array(work, size_t, n), arena_array(work, double, n)};
    memcpy(c.sum, pair, n * n * sizeof *c.sum);
    for (size_t i = 0; i < n; i++) c.size[i] = 1;
    for (size_t i = 0; i < n; i++) find_partner(&c, i);
    for (;;) {
        double best = STORY_LIKENESS;
        size_t x = n;
        for (size_t i = 0; i < n; i++)
            if (c.size[i] && c.partner[i] < n && c.mean[i] > best) best = c.mean[i], x = i;
        if (x == n) return;
        size_t y = c.partner[x];
        merge(&c, x, y);
        for (size_t k = 0; k < n; k++)
            if (s->units[member[k]].group == member[x]) s->units[member[k]].group = member[y];
    }
}

static void split_components(stories *s, const int32_t *member, size_t n, float floor);

typedef struct piece { size_t root, at; } piece;

static int by_piece(const void *a, const void *b) {
    const piece *x = a, *y = b;
    if (x->root != y->root) return x->root < y->root ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void one_component(stories *s, arena *work, const piece *p, const int32_t *member, size_t n, float floor) {
    int32_t *own = arena_array(work, int32_t, n);
    for (size_t i = 0; i < n; i++) own[i] = member[p[i].at];
    if (n > MOST_IN_COMPONENT) {
        split_components(s, own, n, floor * 1.3f);
        return;
    }
    float *pair = arena_array(work, float, n * n);
    for (size_t i = 0; i < n; i++) s->place[own[i]] = (int32_t)i;
    for (size_t i = 0; i < n; i++)
        for (size_t k = s->first[own[i]]; k < s->first[own[i] + 1]; k++) {
            int32_t j = s->place[s->edges[k].b];
            if (j >= 0) pair[i * n + (size_t)j] = pair[(size_t)j * n + i] = s->edges[k].likeness;
        }
    for (size_t i = 0; i < n; i++) s->place[own[i]] = -1;
    link_component(s, work, own, n, pair);
}

/* Components over edges of at least `floor`; a huge one is cut at a higher floor. */
static void split_components(stories *s, const int32_t *member, size_t n, float floor) {
    arena work;
    arena_init(&work);
    work.escape = s->home->escape;
    size_t *of = arena_array(&work, size_t, n);
    piece *p = arena_array(&work, piece, n);
    for (size_t i = 0; i < n; i++) of[i] = i, s->place[member[i]] = (int32_t)i;
    for (size_t i = 0; i < n; i++)
        for (size_t k = s->first[member[i]]; k < s->first[member[i] + 1]; k++) {
            const edge *e = &s->edges[k];
            if (e->likeness < floor || s->place[e->b] < 0) continue;
            size_t a = find(of, i), b = find(of, (size_t)s->place[e->b]);
            of[a > b ? a : b] = a > b ? b : a;
        }
    for (size_t i = 0; i < n; i++) s->place[member[i]] = -1;
    for (size_t i = 0; i < n; i++) p[i] = (piece){find(of, i), i};
    qsort(p, n, sizeof *p, by_piece);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && p[j].root == p[i].root;) j++;
        if (j - i < 2) continue;
        arena one;
        arena_init(&one);
        one.escape = work.escape;
        one_component(s, &one, p + i, member, j - i, floor);
        arena_free(&one);
    }
    arena_free(&work);
}

/* Edges are sorted by their first unit: where each unit's begin. */
static void index_edges(stories *s) {
    s->first = arena_array(s->home, size_t, s->count + 2);
    s->place = arena_array(s->home, int32_t, s->count + 1);
    for (size_t i = 0; i < s->edge_count; i++) s->first[s->edges[i].a + 1]++;
    for (size_t i = 0; i <= s->count; i++) s->first[i + 1] += s->first[i];
    memset(s->place, 0xff, (s->count + 1) * sizeof *s->place);
}

/* ---- storing ---- */

typedef struct placed { int64_t story, document; uint64_t origin; } placed; /* a document in its story; hash of whose report it is */

static int by_story(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->story != y->story) return x->story < y->story ? -1 : 1;
    return x->document < y->document ? -1 : x->document > y->document;
}

static int64_t story_key(str first) { return (int64_t)(str_hash(first, 0x5701) & INT64_MAX); }

/* All documents with their stories; a copy is in its original's. */
static size_t place_all(stories *s, int64_t most, placed **out) {
    ledger *l = s->l;
    int64_t *of = arena_array(s->home, int64_t, most + 1);
    uint64_t *origin = arena_array(s->home, uint64_t, most + 1);
    placed *list = arena_array(s->home, placed, most + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) of[s->units[i].key] = story_key(s->units[s->units[i].group].id);
    sqlite3_stmt *q = db_query(l, "SELECT c.document, o.key FROM copy c JOIN document o ON o.id = c.original", "");
    while (db_step(l, q)) of[sqlite3_column_int64(q, 0)] = of[sqlite3_column_int64(q, 1)];
    q = db_query(l, "SELECT document, name FROM origin", "");
    while (db_step(l, q)) origin[sqlite3_column_int64(q, 0)] = str_hash(db_str(q, 1), 0);
    for (int64_t key = 1; key <= most; key++)
        if (of[key]) list[n++] = (placed){of[key], key, origin[key]};
    if (n) qsort(list, n, sizeof *list, by_story);
    *out = list;
    return n;
}

static void store_members(stories *s, int64_t most, const placed *list, size_t n) {
    ledger *l = s->l;
    int64_t *kept = arena_array(s->home, int64_t, most + 1);
    sqlite3_stmt *q = db_query(l, "SELECT document, story FROM story_member", "");
    while (db_step(l, q)) kept[sqlite3_column_int64(q, 0)] = sqlite3_column_int64(q, 1);
    for (size_t i = 0; i < n; i++) {
        if (kept[list[i].document] != list[i].story) db_run(l, "INSERT OR REPLACE INTO story_member VALUES (?, ?)", "ll", list[i].document, list[i].story);
        kept[list[i].document] = 0;
    }
    for (int64_t key = 1; key <= most; key++)
        if (kept[key]) db_run(l, "DELETE FROM story_member WHERE document = ?", "l", key);
}

str story_id(arena *a, int64_t key) { return key ? arena_format(a, "s%016llx", (unsigned long long)key) : STR(""); }

static json_t *story_row(stories *s, int64_t key, day *from, day *to, json_t **title) {
    ledger *l = s->l;
    json_t *o = json_object(), *documents = json_array(), *outlets = json_array();
    *from = DAY_NONE, *to = DAY_NONE;
    sqlite3_stmt *q = db_query(l, "SELECT d.id, d.day, d.outlet, COALESCE(d.title, ''), substr(b.text, 1, 120) FROM story_member m JOIN document d ON d.key = m.document"
                                  " LEFT JOIN block b ON b.document = d.key AND b.name = 'body' WHERE m.story = ? ORDER BY d.day IS NULL, d.day, d.id", "l", key);
    *title = NULL;
    while (db_step(l, q)) {
        str outlet = db_str(q, 2), head = db_str(q, 3).len ? db_str(q, 3) : db_str(q, 4);
        day d = db_day(q, 1);
        bool seen = false;
        json_array_append_new(documents, json_stringn(db_str(q, 0).ptr, db_str(q, 0).len));
        for (size_t i = 0; i < json_array_size(outlets); i++) seen |= str_eq(outlet, str_of(json_string_value(json_array_get(outlets, i))));
        if (!seen && outlet.len) json_array_append_new(outlets, json_stringn(outlet.ptr, outlet.len));
        if (!*title) *title = json_stringn(head.ptr, head.len);
        if (d != DAY_NONE && (*from == DAY_NONE || d < *from)) *from = d;
        if (d != DAY_NONE && (*to == DAY_NONE || d > *to)) *to = d;
    }
    row_str(o, "id", story_id(s->home, key));
    row_str(o, "from", day_text(s->home, *from));
    row_str(o, "to", day_text(s->home, *to));
    json_object_set(o, "title", *title);
    row_int(o, "documents_held", (long)json_array_size(documents));
    row_int(o, "independent_sources", (long)db_number(l, "SELECT count(DISTINCT o.name) FROM story_member m JOIN origin o ON o.document = m.document WHERE m.story = ?", "l", key));
    json_object_set_new(o, "outlets", outlets);
    json_object_set_new(o, "documents", documents);
    return o;
}

static void store_one(stories *s, int64_t key, int64_t content) {
    day from, to;
    json_t *title, *row = story_row(s, key, &from, &to, &title);
    char *text = json_dumps(row, JSON_COMPACT);
    db_run(s->l, "INSERT OR REPLACE INTO story VALUES (?, ?, ?, ?, ?, ?, ?)", "llDDizz", key, content, from, to, (int)json_array_size(json_object_get(row, "outlets")),
           title ? json_string_value(title) : "", text);
    free(text);
    json_decref(title);
    json_decref(row);
}

typedef struct kept_story { int64_t key, content; } kept_story;

static int by_key(const void *a, const void *b) {
    const kept_story *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Kept stories and computed ones side by side, both by key. */
static void store_stories(stories *s, const placed *list, size_t n) {
    ledger *l = s->l;
    size_t kept_count = 0, capacity = 0, k = 0;
    kept_story *kept = NULL;
    sqlite3_stmt *q = db_query(l, "SELECT key, content FROM story", "");
    while (db_step(l, q)) arena_push(s->home, kept, kept_count, capacity, ((kept_story){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1)}));
    if (kept_count) qsort(kept, kept_count, sizeof *kept, by_key);
    for (size_t i = 0, j; i < n; i = j) {
        uint64_t content = 0;
        for (j = i; j < n && list[j].story == list[i].story; j++) content = str_hash((str){(const char *)&list[j], sizeof *list}, content);
        while (k < kept_count && kept[k].key < list[i].story) db_run(l, "DELETE FROM story WHERE key = ?", "l", kept[k++].key);
        bool same = k < kept_count && kept[k].key == list[i].story && kept[k].content == (int64_t)content;
        if (k < kept_count && kept[k].key == list[i].story) k++;
        if (!same) store_one(s, list[i].story, (int64_t)content);
    }
    while (k < kept_count) db_run(l, "DELETE FROM story WHERE key = ?", "l", kept[k++].key);
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
    index_edges(&s);
    int32_t *all = arena_array(&home, int32_t, s.count + 1);
    for (size_t i = 0; i < s.count; i++) all[i] = (int32_t)i;
    if (s.count > 1) split_components(&s, all, s.count, (float)(STORY_LIKENESS / 3));
    int64_t most = db_number(l, "SELECT max(key) FROM document", "");
    if (l->error.status == RAP_OK) { /* else no room would be made for the keys */
        placed *list;
        size_t placed_count = place_all(&s, most, &list);
        store_members(&s, most, list, placed_count);
        store_stories(&s, list, placed_count);
    }
    arena_free(&home);
}
