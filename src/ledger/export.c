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
    /* The event whose reports are being read: its surest report's record, NULL before the first; of all its reports the documents (an
       object, for counting) and, for layouts that list them, ids, addresses and outlets, or the records whole. */
    json_t *event, *documents, *ids, *urls, *outlets, *mentions;
    str happening; /* of the event; in `ofevent` */
    arena home, ofevent;
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
    return o;
}

static void give_date(arena *a, sqlite3_stmt *s, json_t *o) {
    day from = db_day(s, DETAIL_WIDTH + 8), to = db_day(s, DETAIL_WIDTH + 9);
    if (from == DAY_NONE || to - from > 3) return;
    json_t *time = json_object_get(o, "time");
    str text = day_format(a, from);
    if (json_is_object(time)) json_object_set_new(time, "value", json_stringn(text.ptr, text.len));
}

static void add_unlike(json_t *list, const json_t *o, const char *key) {
    json_t *v = json_object_get(o, key), *held;
    size_t i;
    if (!json_is_string(v) || json_string_length(v) == 0) return;
    json_array_foreach(list, i, held) if (json_equal(held, v)) return;
    json_array_append(list, v);
}

static void event_free(exporting *x) {
    json_decref(x->event), json_decref(x->documents), json_decref(x->ids), json_decref(x->urls), json_decref(x->outlets), json_decref(x->mentions);
    x->event = x->documents = x->ids = x->urls = x->outlets = x->mentions = NULL;
}

/* GDELT dates an event by its first report, and its mentions name the event. */
static void mention_rows(exporting *x) {
    json_t *report;
    size_t i;
    json_array_foreach(x->mentions, i, report) {
        json_object_set(report, "event_id", json_object_get(x->event, "id"));
        json_object_set(report, "event_published", json_object_get(x->event, "first_published"));
        table_row(&x->main, report, x->out);
    }
}

/* All its reports were read: its row. */
static void event_end(exporting *x) {
    if (x->event && x->main.format == RAP_GDELT_MENTIONS) mention_rows(x);
    else if (x->event) {
        json_object_set_new(x->event, "articles", json_integer((json_int_t)json_object_size(x->documents)));
        json_object_set(x->event, "all_ids", x->ids);
        json_object_set(x->event, "all_urls", x->urls);
        json_object_set(x->event, "all_outlets", x->outlets);
        if (x->main.format == RAP_GDELT || x->main.format == RAP_GDELT2) {
            json_object_set(x->event, "published", json_object_get(x->event, "first_published"));
            json_object_set(x->event, "url", json_object_get(x->event, "first_url"));
        }
        table_row(&x->main, x->event, x->out);
    }
    event_free(x);
    arena_reset(&x->ofevent);
    x->happening = STR("");
}

static void event_begin(exporting *x, sqlite3_stmt *s, json_t *o, str happening) {
    event_end(x);
    x->happening = arena_copy(&x->ofevent, happening);
    give_date(&x->ofevent, s, o);
    x->event = json_incref(o);
    x->documents = json_object(), x->ids = json_array(), x->urls = json_array(), x->outlets = json_array(), x->mentions = json_array();
}

static int64_t second_of(str published) { /* in UTC, since 1970; after everything where nothing is known */
    moment m;
    if (!moment_parse(published, &m) || m.date == DAY_NONE) return INT64_MAX;
    bool timed = m.seconds >= 0 && m.offset != OFFSET_NONE;
    return (int64_t)m.date * 86400 + (m.seconds > 0 ? m.seconds : 0) - (timed ? m.offset * 60 : 0);
}

/* One report that the event happened. Rows come in the order of happenings, the surest statement first: it stands for all. */
static void event_report(exporting *x, sqlite3_stmt *s, json_t *o, str happening) {
    if (!str_eq(x->happening, happening)) event_begin(x, s, o, happening);
    json_object_set_new(x->documents, json_string_value(json_object_get(o, "doc")), json_true());
    if (second_of(json_get_str(o, "published")) < second_of(json_get_str(x->event, "first_published"))) {
        json_object_set(x->event, "first_published", json_object_get(o, "published"));
        json_object_set(x->event, "first_url", json_object_get(o, "url"));
    }
    if (x->main.format == RAP_PHOENIX) add_unlike(x->ids, o, "id"), add_unlike(x->urls, o, "url"), add_unlike(x->outlets, o, "outlet");
    if (x->main.format == RAP_GDELT_MENTIONS) json_array_append(x->mentions, o);
}

static void export_statement(exporting *x, sqlite3_stmt *s) {
    json_t *o = record(x->l, s);
    if (!o) return;
    str verdict = db_str(s, DETAIL_WIDTH + 4), happening = db_str(s, DETAIL_WIDTH + 5);
    bool eventful = json_is_string(json_object_get(o, "event")); /* appearances and travel are no events of PLOVER's */
    bool shaped = table_event_shaped(x->main.format), realized = table_realized(o);
    if (x->main.format == RAP_JSONL) table_row(&x->main, o, x->out);
    else if (!shaped && realized) table_row(&x->main, o, x->out);
    else if (shaped && realized && eventful && str_is(verdict, "happened")) event_report(x, s, o, happening);
    else if (x->unrealized && (eventful || !shaped)) table_row(&x->rest, o, x->unrealized);
    json_decref(o);
}

static void export_all(exporting *x, const rap_filters *asked) {
    ledger *l = x->l;
    filters f;
    if (!filters_prepare(l, asked, &f)) return;
    str where = filters_where(l, &f, NULL);
    str sql = arena_format(&l->scratch, "%s %.*s ORDER BY h.day_from, h.key, st.confidence DESC, st.sort_day, st.id LIMIT %ld", columns, STR_ARG(where),
                           asked->limit > 0 ? asked->limit : -1L);
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    table_header(&x->main, x->out);
    if (x->unrealized && x->main.format != RAP_JSONL) table_header(&x->rest, x->unrealized);
    while (db_step(l, s)) export_statement(x, s);
    sqlite3_finalize(s);
    event_end(x);
}

rap_status rap_export(rap_ledger *l, const rap_filters *asked, rap_format format, FILE *out, FILE *unrealized, rap_error *e) {
    exporting x = {.l = l, .main = {.format = format}, .rest = {.format = RAP_CSV}, .out = out, .unrealized = unrealized};
    lexicon *lex;
    jmp_buf escape;
    volatile rap_status status = lexicon_open(&lex, l->lexicon_folder, e);
    if (status != RAP_OK) return status;
    arena_init(&x.home), arena_init(&x.ofevent), arena_init(&x.main.work), arena_init(&x.rest.work);
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        x.home.escape = x.ofevent.escape = x.main.work.escape = x.rest.work.escape = &escape;
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
    event_free(&x); /* of a run that memory cut off */
    arena_free(&x.home), arena_free(&x.ofevent), arena_free(&x.main.work), arena_free(&x.rest.work);
    lexicon_close(lex); /* the table points into its text */
    if (status == RAP_OK) status = ledger_status(l, e);
    if (status == RAP_OK && (ferror(out) || (unrealized && ferror(unrealized)))) status = error_set(e, RAP_NO_SPACE, "the table cannot be written");
    return status;
}
