/* Event tables from the ledger. */
#include <stdlib.h>

#include "ledger/corrections.h"
#include "ledger/derive.h"
#include "ledger/filters.h"
#include "out/tables.h"

typedef struct exporting {
    ledger *l;
    table_maker main, rest; /* rest: what did not happen, or not for sure, in our own layout */
    FILE *out, *unrealized;
    arena home;
} exporting;

static const char columns[] = "SELECT " DETAIL_COLUMNS ", d.outlet, COALESCE(d.published, ''), COALESCE(d.url, ''), st.sentence - (SELECT min(s2.key) FROM sentence s2 WHERE s2.document = d.key) + 1,"
                              " COALESCE(h.verdict, ''), CASE WHEN h.key IS NULL THEN '' ELSE printf('h%016llx', h.key) END, COALESCE(h.statements, 1), COALESCE(h.sources, 1), h.day_from, h.day_to"
                              " FROM statement st" DETAIL_JOINS " LEFT JOIN happening_member m ON m.statement = st.key LEFT JOIN happening h ON h.key = m.happening WHERE st.dropped = 0 ";

static json_t *record(ledger *l, sqlite3_stmt *s) {
    json_t *o = detail_unpack(s, 0);
    static const char *const names[] = {"outlet", "published", "url"};
    if (!o) return NULL;
    corrections_show(l, o);
    for (int i = 0; i < 3; i++) json_object_set_new(o, names[i], json_stringn(db_str(s, DETAIL_WIDTH + i).ptr, db_str(s, DETAIL_WIDTH + i).len));
    json_object_set_new(o, "sentence_number", json_integer(sqlite3_column_int64(s, DETAIL_WIDTH + 3)));
    json_object_set_new(o, "mentions", json_integer(sqlite3_column_int64(s, DETAIL_WIDTH + 6)));
    json_object_set_new(o, "sources_count", json_integer(sqlite3_column_int64(s, DETAIL_WIDTH + 7)));
    json_object_set_new(o, "articles", json_integer(sqlite3_column_int64(s, DETAIL_WIDTH + 6)));
    return o;
}

static void give_date(arena *a, sqlite3_stmt *s, json_t *o) {
    day from = db_day(s, DETAIL_WIDTH + 8), to = db_day(s, DETAIL_WIDTH + 9);
    if (from == DAY_NONE || to - from > 3) return;
    json_t *time = json_object_get(o, "time");
    str text = day_format(a, from);
    if (json_is_object(time)) json_object_set_new(time, "value", json_stringn(text.ptr, text.len));
}

/* Rows are in the order of happenings' days; of each that happened, the surest statement (then the first by id) stands for all. */
static void export_statement(exporting *x, sqlite3_stmt *s, str *written) {
    json_t *o = record(x->l, s);
    if (!o) return;
    str verdict = db_str(s, DETAIL_WIDTH + 4), happening = db_str(s, DETAIL_WIDTH + 5);
    bool realized = table_belongs(RAP_CAMEO, o), shaped = table_event_shaped(x->main.format);
    if (x->main.format == RAP_JSONL) table_row(&x->main, o, x->out);
    else if (!shaped && realized) table_row(&x->main, o, x->out);
    else if (shaped && realized && str_is(verdict, "happened")) {
        if (!str_eq(*written, happening)) {
            *written = arena_copy(&x->home, happening);
            give_date(&x->home, s, o);
            table_row(&x->main, o, x->out);
        }
    } else if (x->unrealized && (json_is_string(json_object_get(o, "event")) || !shaped)) table_row(&x->rest, o, x->unrealized);
    json_decref(o);
}

static void export_all(exporting *x, const rap_filters *asked) {
    ledger *l = x->l;
    filters f;
    str written = STR("");
    if (!filters_prepare(l, asked, &f)) return;
    str where = filters_where(l, &f, NULL);
    str sql = arena_format(&l->scratch, "%s %.*s ORDER BY h.day_from, h.key, st.confidence DESC, st.sort_day, st.id LIMIT %ld", columns, STR_ARG(where),
                           asked->limit > 0 ? asked->limit : -1L);
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    table_header(&x->main, x->out);
    if (x->unrealized && x->main.format != RAP_JSONL) table_header(&x->rest, x->unrealized);
    while (db_step(l, s)) export_statement(x, s, &written);
    sqlite3_finalize(s);
}

rap_status rap_export(rap_ledger *l, const rap_filters *asked, rap_format format, FILE *out, FILE *unrealized, rap_error *e) {
    exporting x = {.l = l, .main = {.format = format}, .rest = {.format = RAP_CSV}, .out = out, .unrealized = unrealized};
    lexicon *lex;
    jmp_buf escape;
    volatile rap_status status = lexicon_open(&lex, l->lexicon_folder, e);
    if (status != RAP_OK) return status;
    arena_init(&x.home), arena_init(&x.main.work), arena_init(&x.rest.work);
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        x.home.escape = x.main.work.escape = x.rest.work.escape = &escape;
        status = cameo_open(&x.main.cameo, lex, &x.home, e);
        x.rest.cameo = x.main.cameo;
        x.rest.countries = x.main.countries = country_names_open(lex, &x.home);
        if (status == RAP_OK && ledger_refresh(l)) {
            l->scratch.escape = &escape;
            export_all(&x, asked);
        }
    }
    l->scratch.escape = NULL;
    arena_reset(&l->scratch);
    arena_free(&x.home), arena_free(&x.main.work), arena_free(&x.rest.work);
    lexicon_close(lex); /* the table points into its text */
    if (status == RAP_OK) status = ledger_status(l, e);
    if (status == RAP_OK && (ferror(out) || (unrealized && ferror(unrealized)))) status = error_set(e, RAP_NO_SPACE, "the table cannot be written");
    return status;
}
