#include "ledger/copies.h"

#include <stdlib.h>

#include "ledger/agencies.h"
#include "ledger/terms.h"

/* ---- shingles ---- */

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The distinct shingles of a text as sorted hashes. */
static size_t shingles(arena *a, str body, uint64_t **out) {
    uint64_t window[SHINGLE_WORDS], *list = NULL;
    size_t count = 0, capacity = 0, seen = 0, kept = 0;
    char lower[64];
    uint32_t n;
    words w = {.text = body};
    while (words_next(&w, lower, sizeof lower, &n)) {
        memmove(window, window + 1, sizeof window - sizeof *window);
        window[SHINGLE_WORDS - 1] = str_hash((str){lower, n}, 0x5417);
        if (++seen >= SHINGLE_WORDS) arena_push(a, list, count, capacity, str_hash((str){(char *)window, sizeof window}, 0x5417));
    }
    if (count > 1) qsort(list, count, sizeof *list, by_value);
    for (size_t i = 0; i < count; i++)
        if (!kept || list[kept - 1] != list[i]) list[kept++] = list[i];
    *out = list;
    return kept;
}

/* The i-th permutation is a multiply-shift hash with odd constants drawn by splitmix64 from a fixed seed: frozen, signatures are stored. */
static uint64_t splitmix(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

str signature_pack(arena *a, str body) {
    uint64_t *set, state = 20171122;
    size_t n = shingles(a, body, &set);
    if (n < 4) return STR("");
    uint32_t *minima = arena_array(a, uint32_t, PERMUTATIONS);
    for (int p = 0; p < PERMUTATIONS; p++) {
        uint64_t multiply = splitmix(&state) | 1, add = splitmix(&state);
        uint32_t least = UINT32_MAX;
        for (size_t i = 0; i < n; i++) {
            uint32_t h = (uint32_t)((set[i] * multiply + add) >> 32);
            if (h < least) least = h;
        }
        minima[p] = least;
    }
    return (str){(char *)minima, PERMUTATIONS * sizeof *minima};
}

/* ---- candidates ---- */

typedef struct holding { /* a document with a body */
    int64_t key;
    str id, url, outlet;
    day published;
    const uint32_t *minima;
    size_t group; /* union-find */
    double jaccard, containment;
    long outlet_size;
} holding;

typedef struct banded { uint64_t hash; size_t item; } banded;

static int by_band(const void *a, const void *b) {
    const banded *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static size_t find(holding *d, size_t i) {
    while (d[i].group != i) i = d[i].group = d[d[i].group].group;
    return i;
}

static str body_of(ledger *l, arena *a, int64_t document) {
    sqlite3_stmt *s = db_query(l, "SELECT text FROM block WHERE document = ? AND name = 'body'", "l", document);
    str body = db_step(l, s) ? arena_copy(a, db_str(s, 0)) : STR("");
    sqlite3_reset(s);
    return body;
}

static void compare(ledger *l, arena *a, int64_t x, int64_t y, double *jaccard, double *containment) {
    uint64_t *p, *q;
    size_t n = shingles(a, body_of(l, a, x), &p), m = shingles(a, body_of(l, a, y), &q), both = 0;
    for (size_t i = 0, j = 0; i < n && j < m;)
        if (p[i] == q[j]) both++, i++, j++;
        else if (p[i] < q[j]) i++;
        else j++;
    *jaccard = n + m - both ? (double)both / (double)(n + m - both) : 0;
    *containment = n && m ? (double)both / (double)(n < m ? n : m) : 0;
}

/* compare, remembered. */
static void likeness(ledger *l, int64_t x, int64_t y, double *jaccard, double *containment) {
    int64_t one = x < y ? x : y, other = x < y ? y : x;
    sqlite3_stmt *s = db_query(l, "SELECT jaccard, containment FROM likeness WHERE one = ? AND other = ?", "ll", one, other);
    bool known = db_step(l, s);
    if (known) *jaccard = sqlite3_column_double(s, 0), *containment = sqlite3_column_double(s, 1), sqlite3_reset(s);
    if (known) return;
    arena work;
    arena_init(&work);
    work.escape = l->scratch.escape;
    compare(l, &work, one, other, jaccard, containment);
    arena_free(&work);
    db_run(l, "INSERT INTO likeness VALUES (?, ?, ?, ?)", "lldd", one, other, *jaccard, *containment);
}

static bool alike(double jaccard, double containment) { return jaccard >= COPY_JACCARD || containment >= COPY_CONTAINMENT; }

/* Items of one band bucket, each against the first not yet joined to it: the components come out the same in any order of items because
 * every pair that shares a bucket is compared unless it is joined already. */
static void confirm_bucket(ledger *l, holding *d, const banded *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            size_t x = find(d, b[i].item), y = find(d, b[j].item);
            if (x == y) continue;
            double jaccard, containment;
            likeness(l, d[b[i].item].key, d[b[j].item].key, &jaccard, &containment);
            if (alike(jaccard, containment)) d[x < y ? y : x].group = x < y ? x : y;
        }
}

static void find_groups(ledger *l, holding *d, size_t n) {
    banded *b = arena_array(&l->scratch, banded, n + 1);
    for (int band = 0; band < BANDS; band++) {
        for (size_t i = 0; i < n; i++)
            b[i] = (banded){str_hash((str){(const char *)(d[i].minima + band * BAND_ROWS), BAND_ROWS * sizeof(uint32_t)}, 0), i};
        qsort(b, n, sizeof *b, by_band);
        for (size_t i = 0, j; i < n; i = j) {
            for (j = i + 1; j < n && b[j].hash == b[i].hash;) j++;
            if (j - i > 1) confirm_bucket(l, d, b + i, j - i);
        }
    }
}

/* ---- the original of a group ---- */

/* The earliest; of the same day, the outlet that holds more of its own; then by id. A copy under a new name never takes the place. */
static bool before(const holding *a, const holding *b) {
    if (a->published != b->published) return b->published == DAY_NONE || (a->published != DAY_NONE && a->published < b->published);
    if (a->outlet_size != b->outlet_size) return a->outlet_size > b->outlet_size;
    return str_compare(a->id, b->id) < 0;
}

static size_t load(ledger *l, holding **out) {
    holding *list = NULL;
    size_t count = 0, capacity = 0;
    sqlite3_stmt *s = db_query(l, "SELECT d.key, d.id, d.url, d.outlet, d.day, d.signature, n.n FROM document d"
                                  " JOIN (SELECT outlet, count(*) AS n FROM document GROUP BY outlet) n ON n.outlet = d.outlet"
                                  " WHERE d.signature IS NOT NULL ORDER BY d.id", "");
    while (db_step(l, s)) {
        str signature = db_str(s, 5);
        if (signature.len != PERMUTATIONS * sizeof(uint32_t)) continue;
        uint32_t *minima = arena_array(&l->scratch, uint32_t, PERMUTATIONS);
        memcpy(minima, signature.ptr, signature.len);
        holding d = {.key = sqlite3_column_int64(s, 0), .id = arena_copy(&l->scratch, db_str(s, 1)), .url = arena_copy(&l->scratch, db_str(s, 2)),
                     .outlet = arena_copy(&l->scratch, db_str(s, 3)), .published = db_day(s, 4), .minima = minima, .group = count,
                     .outlet_size = (long)sqlite3_column_int64(s, 6)};
        arena_push(&l->scratch, list, count, capacity, d);
    }
    *out = list;
    return count;
}

/* Kept rows by document key, to be laid beside the computed ones. */
typedef struct kept_copy { str original, relation; bool seen; } kept_copy;

static kept_copy *kept_copies(ledger *l, int64_t *most) {
    *most = db_number(l, "SELECT max(key) FROM document", "");
    kept_copy *kept = arena_array(&l->scratch, kept_copy, *most + 1);
    sqlite3_stmt *s = db_query(l, "SELECT document, original, relation FROM copy", "");
    while (db_step(l, s)) {
        int64_t key = sqlite3_column_int64(s, 0);
        if (key <= *most) kept[key] = (kept_copy){arena_copy(&l->scratch, db_str(s, 1)), arena_copy(&l->scratch, db_str(s, 2)), false};
    }
    return kept;
}

static void store(ledger *l, holding *d, size_t n) {
    size_t *original = arena_array(&l->scratch, size_t, n + 1), *size = arena_array(&l->scratch, size_t, n + 1);
    int64_t most;
    kept_copy *kept = kept_copies(l, &most);
    if (l->error.status != RAP_OK) return; /* no room was made for them */
    for (size_t i = 0; i < n; i++) {
        size_t g = find(d, i);
        if (size[g]++ == 0 || before(&d[i], &d[original[g]])) original[g] = i;
    }
    for (size_t i = 0; i < n; i++) {
        size_t g = find(d, i), o = original[g];
        if (size[g] < 2) continue;
        double jaccard = 1, containment = 1;
        const char *relation = o == i ? "original" : d[i].url.len && str_eq(d[i].url, d[o].url) ? "revision" : "copy";
        kept_copy *k = &kept[d[i].key];
        k->seen = true;
        if (str_eq(k->original, d[o].id) && str_is(k->relation, relation)) continue;
        if (o != i) likeness(l, d[i].key, d[o].key, &jaccard, &containment);
        db_run(l, "INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?)", "lsddz", d[i].key, d[o].id, jaccard, containment, relation);
    }
    for (int64_t key = 1; key <= most; key++)
        if (kept[key].relation.len && !kept[key].seen) db_run(l, "DELETE FROM copy WHERE document = ?", "l", key);
}

/* Whose report a document is: the agency it credits, else its outlet; a copy's, its original's. */
static void store_origins(ledger *l) {
    sqlite3_stmt *s = db_query(l, "SELECT d.key, COALESCE(o.credit, d.credit), COALESCE(o.outlet, d.outlet), n.name FROM document d LEFT JOIN copy c ON c.document = d.key"
                                  " LEFT JOIN document o ON o.id = c.original LEFT JOIN origin n ON n.document = d.key", "");
    while (db_step(l, s)) {
        str credit = db_str(s, 1), name = credit.len ? credit : agency_name(l, db_str(s, 2));
        if (sqlite3_column_type(s, 3) == SQLITE_NULL || !str_eq(name, db_str(s, 3))) db_run(l, "INSERT OR REPLACE INTO origin VALUES (?, ?)", "ls", sqlite3_column_int64(s, 0), name);
    }
}

void copies_derive(ledger *l) {
    holding *d;
    size_t n = load(l, &d);
    find_groups(l, d, n);
    store(l, d, n);
    store_origins(l);
}
