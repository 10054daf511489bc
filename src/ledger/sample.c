/* Sentences drawn for people to judge, and what their judgements say.
 *
 * Half of the rows are statements, spread evenly over the roots (or drawn alike), half are sentences without a statement. Drawing is by a hash
 * of seed and id, so the same ledger content gives the same sample whatever the order of adding. People fill in
 *   right   y or n: does the sentence say so (who, what, to whom, whether it happened)?   (statements)
 *   missed  how many reported political events it holds that are not coded                   (all rows)
 *   judge   their name
 * `stratum` and `of` say from how many the row was drawn, so that the figures can be weighted. */
#include <math.h>
#include <stdlib.h>

#include "ledger/detail.h"
#include "ledger/filters.h"
#include "ledger/stats.h"

typedef struct draw { uint64_t lot; str stratum, id; int64_t key; } draw;
typedef struct draws { draw *list; size_t count, capacity; } draws;

static int by_lot(const void *a, const void *b) {
    const draw *x = a, *y = b;
    int c = str_compare(x->stratum, y->stratum);
    if (c) return c;
    if (x->lot != y->lot) return x->lot < y->lot ? -1 : 1;
    return str_compare(x->id, y->id);
}

static void csv(FILE *out, str v, bool last) {
    bool quoted = false;
    for (uint32_t i = 0; i < v.len; i++) quoted |= v.ptr[i] == ',' || v.ptr[i] == '"' || v.ptr[i] == '\n' || v.ptr[i] == '\r';
    if (quoted) fputc('"', out);
    for (uint32_t i = 0; i < v.len; i++) {
        if (v.ptr[i] == '"') fputc('"', out);
        fputc(v.ptr[i] == '\n' || v.ptr[i] == '\r' ? ' ' : v.ptr[i], out);
    }
    if (quoted) fputc('"', out);
    fputs(last ? "\r\n" : ",", out);
}

/* A side as a judge must see it: its words, the name they were resolved to, its country. */
static str party(const json_t *o, const char *side, char *to, size_t room) {
    const json_t *a = json_object_get(o, side);
    str text = json_get_str(a, "text"), name = json_get_str(a, "name"), country = json_get_str(a, "country");
    bool other = name.len && !str_eq(name, text);
    if (!json_is_object(a)) return STR("");
    snprintf(to, room, "%.*s%s%.*s%s%.*s%s", STR_ARG(text), other ? " = " : "", STR_ARG(other ? name : STR("")), country.len ? " [" : "",
             STR_ARG(country), country.len ? "]" : "");
    return str_of(to);
}

/* "Lu Kang declines < the agency asserts": innermost first. */
static str voices(const json_t *o, char *to, size_t room) {
    const json_t *chain = json_object_get(o, "attribution");
    size_t n = 0;
    to[0] = 0;
    for (size_t i = json_array_size(chain); i-- > 0 && n < room;) {
        const json_t *link = json_array_get(chain, i);
        str who = json_get_str(json_object_get(link, "speaker"), "text"), stance = json_get_str(link, "stance");
        n += (size_t)snprintf(to + n, room - n, "%s%.*s %.*s", n ? " < " : "", STR_ARG(who), STR_ARG(stance));
    }
    return str_of(to);
}

static void write_row(FILE *out, ledger *l, const draw *d, bool is_statement, size_t of) {
    static const char find[] = "SELECT " DETAIL_COLUMNS ", d.outlet, COALESCE(d.published, '') FROM statement st" DETAIL_JOINS "WHERE st.key = ?";
    static const char find_sentence[] = "SELECT d.outlet, COALESCE(d.published, ''), CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT) FROM sentence se"
                                        " JOIN document d ON d.key = se.document JOIN block b ON b.document = se.document AND b.ordinal = se.block WHERE se.key = ?";
    sqlite3_stmt *s = db_query(l, is_statement ? find : find_sentence, "l", d->key);
    char size[32];
    if (!db_step(l, s)) return;
    json_t *o = is_statement ? detail_unpack(s, 0) : NULL;
    int base = is_statement ? DETAIL_WIDTH : 0;
    char words[3][512];
    snprintf(size, sizeof size, "%zu", of);
    csv(out, d->id, false);
    csv(out, is_statement ? STR("statement") : STR("sentence"), false);
    csv(out, d->stratum, false);
    csv(out, str_of(size), false);
    csv(out, db_str(s, base), false);
    csv(out, db_str(s, base + 1), false);
    csv(out, json_get_str(o, "event"), false);
    csv(out, json_get_str(o, "mode"), false);
    csv(out, json_get_str(json_object_get(o, "trigger"), "text"), false);
    csv(out, party(o, "source", words[0], sizeof words[0]), false);
    csv(out, party(o, "target", words[1], sizeof words[1]), false);
    csv(out, voices(o, words[2], sizeof words[2]), false);
    csv(out, json_get_str(o, "factuality"), false);
    csv(out, json_get_str(json_object_get(o, "time"), "value"), false);
    csv(out, is_statement ? json_get_str(json_object_get(o, "sentence"), "text") : db_str(s, 2), false);
    csv(out, STR(""), false), csv(out, STR(""), false), csv(out, STR(""), false), csv(out, STR(""), true);
    json_decref(o);
    sqlite3_reset(s);
}

/* quota rows of each stratum; what one stratum lacks the others make up, in turn. */
static void write_drawn(FILE *out, ledger *l, draws *all, long wanted, bool is_statement) {
    size_t strata = 0, start[64], size[64], taken[64] = {0};
    if (all->count) qsort(all->list, all->count, sizeof *all->list, by_lot);
    for (size_t i = 0; i < all->count && strata < 64; strata++) {
        start[strata] = i;
        while (i < all->count && str_eq(all->list[i].stratum, all->list[start[strata]].stratum)) i++;
        size[strata] = i - start[strata];
    }
    for (bool any = true; wanted > 0 && any;) {
        any = false;
        for (size_t k = 0; k < strata && wanted > 0; k++)
            if (taken[k] < size[k]) taken[k]++, wanted--, any = true;
    }
    for (size_t k = 0; k < strata; k++)
        for (size_t i = 0; i < taken[k]; i++) write_row(out, l, &all->list[start[k] + i], is_statement, size[k]);
}

static draws gather(ledger *l, const filters *f, bool by_root, uint64_t seed, bool statements) {
    draws all = {0};
    str where = filters_where(l, f, NULL);
    str sql = statements ? arena_format(&l->scratch, "SELECT st.key, st.id, CASE WHEN st.event = '' THEN st.mode ELSE st.event END FROM statement st JOIN document d ON d.key = st.document WHERE d.imported = 0 %.*s", STR_ARG(where))
                         : arena_format(&l->scratch, "SELECT se.key, d.id || '/' || se.block || '/' || se.start, 'none' FROM sentence se JOIN document d ON d.key = se.document"
                                                     " WHERE d.imported = 0 AND NOT EXISTS (SELECT 1 FROM statement st WHERE st.sentence = se.key)");
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while (db_step(l, s)) {
        str id = arena_copy(&l->scratch, db_str(s, 1));
        draw d = {str_hash(id, seed), by_root || !statements ? arena_copy(&l->scratch, db_str(s, 2)) : STR("all"), id, sqlite3_column_int64(s, 0)};
        arena_push(&l->scratch, all.list, all.count, all.capacity, d);
    }
    sqlite3_finalize(s);
    return all;
}

rap_status rap_sample(rap_ledger *l, const rap_filters *asked, long n, bool by_root, uint64_t seed, FILE *out, rap_error *e) {
    filters f;
    jmp_buf escape;
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        l->scratch.escape = &escape;
        if (filters_prepare(l, asked, &f)) {
            fputs("item,kind,stratum,of,outlet,published,event,mode,trigger,source,target,voices,factuality,time,sentence,right,missed,judge,note\r\n", out);
            draws statements = gather(l, &f, by_root, seed, true), sentences = gather(l, &f, by_root, seed, false);
            write_drawn(out, l, &statements, n - n / 2, true);
            write_drawn(out, l, &sentences, n / 2, false);
        }
    }
    l->scratch.escape = NULL;
    arena_reset(&l->scratch);
    rap_status status = ledger_status(l, e);
    return status == RAP_OK && ferror(out) ? error_set(e, RAP_NO_SPACE, "the sample cannot be written") : status;
}
