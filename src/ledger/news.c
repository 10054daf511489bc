/* What is new since a time: what was said for the first time and by whom, new contradictions, changed texts. */
#include "ledger/facts.h"
#include "ledger/questions.h"

static void first_reports(ledger *l, const filters *f, json_t *rows) {
    str where = filters_where(l, f);
    str sql = arena_format(&l->scratch,
        "SELECT DISTINCT h.id, h.row, h.sort_day FROM document d JOIN statement st ON st.document = d.key JOIN happening_member m ON m.statement = st.key JOIN happening h ON h.id = m.happening"
        " WHERE d.day >= %d %.*s AND NOT EXISTS (SELECT 1 FROM happening_member m2 JOIN statement s2 ON s2.key = m2.statement JOIN document d2 ON d2.key = s2.document"
        " WHERE m2.happening = h.id AND d2.day < %d) ORDER BY h.sort_day, h.id LIMIT 2000", f->since, STR_ARG(where), f->since);
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while (db_step(l, s)) {
        str text = db_str(s, 1);
        json_t *o = json_object(), *row = json_loadb(text.ptr, text.len, 0, NULL);
        row_str(o, "kind", STR("first report"));
        json_object_update_missing(o, row);
        json_decref(row);
        sqlite3_stmt *q = db_query(l, "SELECT st.key FROM happening_member m JOIN statement st ON st.key = m.statement JOIN document d ON d.key = st.document WHERE m.happening = ?"
                                      " ORDER BY d.published, d.id, st.id LIMIT 1", "s", db_str(s, 0));
        int64_t first = db_step(l, q) ? sqlite3_column_int64(q, 0) : 0;
        sqlite3_reset(q);
        json_object_set_new(o, "first", evidence(l, first));
        json_array_append_new(rows, o);
    }
    sqlite3_finalize(s);
}

static void with_kind(json_t *rows, size_t from, const char *kind) {
    for (size_t i = from; i < json_array_size(rows); i++) json_object_set_new(json_array_get(rows, i), "kind", json_string(kind));
}

static void changed_texts(ledger *l, const filters *f, json_t *rows) {
    json_t *documents = json_array();
    ask_documents(l, f, 0, documents);
    for (size_t i = 0; i < json_array_size(documents); i++) {
        json_t *o = json_array_get(documents, i);
        if (str_is(json_get_str(o, "relation"), "revision")) json_array_append(rows, o);
    }
    json_decref(documents);
}

void ask_news(ledger *l, const filters *f, long limit, json_t *rows) {
    (void)limit;
    if (f->since == DAY_NONE) {
        ledger_fail(l, RAP_USAGE, "ask news: since when? --since YYYY-MM-DD");
        return;
    }
    first_reports(l, f, rows);
    size_t n = json_array_size(rows);
    answers_read(l, "contradictions", f, 0, rows);
    with_kind(rows, n, "contradiction");
    n = json_array_size(rows);
    changed_texts(l, f, rows);
    with_kind(rows, n, "changed text");
}
