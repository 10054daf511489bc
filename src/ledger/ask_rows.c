/* Questions answered straight from the tables: statements, documents, happenings, meetings, stories, why. */
#include <stdlib.h>

#include "ledger/agencies.h"
#include "ledger/facts.h"
#include "ledger/questions.h"

/* ---- statements ---- */

static void add_document(json_t *o, sqlite3_stmt *s, int first) {
    row_str(o, "outlet", db_str(s, first));
    row_str(o, "published", db_str(s, first + 1));
    row_str(o, "url", db_str(s, first + 2));
    row_str(o, "title", db_str(s, first + 3));
}

void ask_statements(ledger *l, const filters *f, long limit, json_t *rows) {
    str where = filters_where(l, f);
    str sql = arena_format(&l->scratch,
                           "SELECT " DETAIL_COLUMNS ", d.outlet, COALESCE(d.published, ''), COALESCE(d.url, ''), COALESCE(d.title, '')"
                           " FROM (SELECT st.key AS key FROM statement st JOIN document d ON d.key = st.document WHERE 1 %.*s ORDER BY st.sort_day, st.id LIMIT %ld) chosen"
                           " JOIN statement st ON st.key = chosen.key" DETAIL_JOINS "ORDER BY st.sort_day, st.id",
                           STR_ARG(where), limit > 0 ? limit : -1L); /* keys are sorted, not records */
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while (db_step(l, s)) {
        json_t *o = detail_unpack(s, 0);
        if (!o) continue;
        add_document(o, s, DETAIL_WIDTH);
        json_array_append_new(rows, o);
    }
    sqlite3_finalize(s);
}

/* ---- documents ---- */

/* Sentences of one text that the other lacks: what a revision changed. */
static json_t *only_in(ledger *l, const char *a, const char *b) {
    json_t *list = json_array();
    sqlite3_stmt *s = db_query(l,
        "WITH of AS (SELECT d.id AS id, se.key AS key, CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT) AS text"
        " FROM document d JOIN sentence se ON se.document = d.key JOIN block b ON b.document = d.key AND b.ordinal = se.block WHERE d.id IN (?1, ?2))"
        " SELECT text FROM of WHERE id = ?1 AND text NOT IN (SELECT text FROM of WHERE id = ?2) ORDER BY key", "zz", a, b);
    while (db_step(l, s) && json_array_size(list) < 50) json_array_append_new(list, json_stringn(db_str(s, 0).ptr, db_str(s, 0).len));
    sqlite3_reset(s);
    return list;
}

static void add_changes(ledger *l, json_t *o) {
    const char *id = json_string_value(json_object_get(o, "id")), *original = json_string_value(json_object_get(o, "original"));
    json_t *changes = json_object();
    json_object_set_new(changes, "added", only_in(l, id, original));
    json_object_set_new(changes, "gone", only_in(l, original, id));
    json_object_set_new(o, "changes", changes);
}

static str document_where(ledger *l, const filters *f) {
    arena *a = &l->scratch;
    str where = STR("");
    if (f->from != DAY_NONE) where = arena_format(a, "%.*s AND d.day >= %d", STR_ARG(where), f->from);
    if (f->to != DAY_NONE) where = arena_format(a, "%.*s AND d.day <= %d", STR_ARG(where), f->to);
    if (f->since != DAY_NONE) where = arena_format(a, "%.*s AND d.day >= %d", STR_ARG(where), f->since);
    const rap_filters *q = f->asked;
    if (q->who || q->whom || q->country || q->root || q->factuality || q->voice || q->stance)
        where = arena_format(a, "%.*s AND d.key IN (SELECT st.document FROM statement st JOIN document d ON d.key = st.document WHERE 1 %.*s)", STR_ARG(where),
                             STR_ARG(filters_where(l, f)));
    if (q->words)
        where = arena_format(a, "%.*s AND d.key IN (SELECT document FROM sentence WHERE key IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH %.*s))",
                             STR_ARG(where), STR_ARG(sql_quote(a, str_of(q->words))));
    return where;
}

void ask_documents(ledger *l, const filters *f, long limit, json_t *rows) {
    static const char *const names[] = {"id", "outlet", "published", "title", "url", "language", "section", "credit", "origin", "relation", "original", "story", "version"};
    static const char *const counts[] = {"sentences", "statements", "skipped", "words", "readable"};
    enum { NAMES = sizeof names / sizeof *names, COUNTS = sizeof counts / sizeof *counts };
    str sql = arena_format(&l->scratch,
        "SELECT d.id, d.outlet, COALESCE(d.published, ''), COALESCE(d.title, ''), COALESCE(d.url, ''), d.language, COALESCE(d.section, ''), d.credit, o.name,"
        " COALESCE(c.relation, ''), COALESCE(c.original, ''), COALESCE(m.story, ''), k.version, d.sentences, d.statements, d.skipped, d.words, d.readable"
        " FROM document d JOIN coding k ON k.key = d.coding LEFT JOIN origin o ON o.document = d.key LEFT JOIN copy c ON c.document = d.key"
        " LEFT JOIN story_member m ON m.document = d.key WHERE 1 %.*s ORDER BY d.day, d.outlet, d.id", STR_ARG(document_where(l, f)));
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while ((limit <= 0 || (long)json_array_size(rows) < limit) && db_step(l, s)) {
        if (!filters_pass_outlet(l, f, db_str(s, 1))) continue;
        json_t *o = json_object();
        for (int i = 0; i < NAMES; i++) row_str(o, names[i], db_str(s, i));
        for (int i = 0; i < COUNTS; i++) row_int(o, counts[i], (long)sqlite3_column_int64(s, NAMES + i));
        if (str_is(db_str(s, 9), "revision")) add_changes(l, o);
        json_array_append_new(rows, o);
    }
    sqlite3_finalize(s);
}

/* ---- happenings and meetings ---- */

enum { MOST_REPORTS = 40 };

static json_t *reports(ledger *l, str happening) {
    json_t *list = json_array();
    sqlite3_stmt *s = db_query(l,
        "SELECT st.id, d.id, d.outlet, CASE WHEN st.origin <> '' THEN st.origin ELSE o.name END, COALESCE(d.published, ''), st.factuality, m.reason,"
        " COALESCE((SELECT group_concat(COALESCE(NULLIF(a.name, ''), NULLIF(a.role, ''), 'somebody') || ' ' || v.stance, ' > ') FROM (SELECT * FROM voice WHERE statement = st.key ORDER BY depth) v LEFT JOIN actor a ON a.key = v.speaker), ''),"
        " COALESCE(CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT), ''), COALESCE(c.original, '')"
        " FROM happening_member m JOIN statement st ON st.key = m.statement JOIN document d ON d.key = st.document LEFT JOIN origin o ON o.document = d.key"
        " LEFT JOIN copy c ON c.document = d.key LEFT JOIN sentence se ON se.key = st.sentence LEFT JOIN block b ON b.document = se.document AND b.ordinal = se.block"
        " WHERE m.happening = ? ORDER BY d.day, d.id, se.block, se.start, st.id", "s", happening);
    static const char *const names[] = {"statement", "doc", "outlet", "origin", "published", "factuality", "reason", "voices", "sentence"};
    while (json_array_size(list) < MOST_REPORTS && db_step(l, s)) {
        json_t *o = json_object();
        for (int i = 0; i < 9; i++) row_str(o, names[i], db_str(s, i));
        if (db_str(s, 9).len && !str_eq(db_str(s, 9), db_str(s, 1))) row_str(o, "copy_of", db_str(s, 9));
        json_array_append_new(list, o);
    }
    sqlite3_reset(s);
    return list;
}

/* Which members' statements must pass: all conditions on statements, as a subquery. */
static void happening_rows(ledger *l, const filters *f, const char *extra, long limit, json_t *rows) {
    str where = filters_where(l, f);
    str inner = where.len ? arena_format(&l->scratch, " AND h.id IN (SELECT m.happening FROM statement st JOIN document d ON d.key = st.document"
                                                      " JOIN happening_member m ON m.statement = st.key WHERE 1 %.*s)", STR_ARG(where))
                          : STR("");
    str sql = arena_format(&l->scratch, "SELECT h.id, h.row FROM happening h WHERE 1 %s %.*s ORDER BY h.sort_day, h.id LIMIT %ld", extra, STR_ARG(inner),
                           limit > 0 ? limit : -1L);
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while (db_step(l, s)) {
        str text = db_str(s, 1);
        json_t *o = json_loadb(text.ptr, text.len, 0, NULL);
        json_object_set_new(o, "reports", reports(l, db_str(s, 0)));
        json_array_append_new(rows, o);
    }
    sqlite3_finalize(s);
}

void ask_happenings(ledger *l, const filters *f, long limit, json_t *rows) { happening_rows(l, f, "", limit, rows); }

void ask_meetings(ledger *l, const filters *f, long limit, json_t *rows) {
    happening_rows(l, f, "AND h.event = 'CONSULT' AND h.source <> '' AND h.target <> ''", limit, rows);
}

/* ---- stories ---- */

void ask_stories(ledger *l, const filters *f, long limit, json_t *rows) {
    const rap_filters *q = f->asked;
    bool conditions = q->who || q->whom || q->country || q->root || q->factuality || q->voice || q->stance || q->words || f->outlet.len;
    str sql = arena_format(&l->scratch, "SELECT first_day, last_day, row FROM story WHERE 1 %.*s ORDER BY first_day, id",
                           STR_ARG(conditions ? arena_format(&l->scratch, "AND id IN (SELECT m.story FROM statement st JOIN document d ON d.key = st.document JOIN story_member m ON m.document = d.key WHERE 1 %.*s)",
                                                             STR_ARG(filters_where(l, f)))
                                              : STR("")));
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while ((limit <= 0 || (long)json_array_size(rows) < limit) && db_step(l, s)) {
        if (!filters_pass_day(f, db_day(s, 0), db_day(s, 1))) continue;
        if (f->since != DAY_NONE && db_day(s, 1) < f->since) continue;
        str text = db_str(s, 2);
        json_array_append_new(rows, json_loadb(text.ptr, text.len, 0, NULL));
    }
    sqlite3_finalize(s);
}

/* ---- why ---- */

static void why_line(json_t *rows, str item, const char *what, const char *text) {
    json_t *o = json_object();
    row_str(o, "item", item);
    row_str(o, "what", str_of(what));
    row_str(o, "text", str_of(text));
    json_array_append_new(rows, o);
}

static void why_path(json_t *rows, str item, const char *what, const json_t *o, const char *path) {
    char *text = row_cell(o, path);
    if (text && *text) why_line(rows, item, what, text);
    free(text);
}

static void why_statement(ledger *l, str id, json_t *rows) {
    sqlite3_stmt *s = db_query(l, "SELECT " DETAIL_COLUMNS ", d.outlet, COALESCE(d.published, ''), COALESCE(d.url, ''), COALESCE(d.title, '') FROM statement st" DETAIL_JOINS "WHERE st.id = ?", "s", id);
    json_t *o = db_step(l, s) ? detail_unpack(s, 0) : NULL;
    if (o) add_document(o, s, DETAIL_WIDTH);
    sqlite3_reset(s);
    if (!o) return;
    static const char *const lines[][2] = {
        {"event", "event"}, {"mode", "mode"}, {"source", "source.name"}, {"source is", "source.role"}, {"target", "target.name"}, {"target is", "target.role"},
        {"factuality", "factuality"}, {"speakers", "attribution[].speaker.name"}, {"stances", "attribution[].stance"}, {"cue of speech", "attribution[].cue.text"},
        {"cues", "cues[].text"}, {"kinds of cues", "cues[].kind"}, {"trigger", "trigger.text"}, {"time", "time.value"}, {"time basis", "time.basis"},
        {"place", "place.name"}, {"sentence", "sentence.text"}, {"block", "block"}, {"bytes from", "sentence.start"}, {"bytes to", "sentence.end"},
        {"document", "doc"}, {"outlet", "outlet"}, {"published", "published"}, {"url", "url"}, {"links", "links[].rel"}, {"linked to", "links[].to"},
        {"rule", "rule"}, {"confidence", "confidence"}, {"version", "version"}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) why_path(rows, id, lines[i][0], o, lines[i][1]);
    json_decref(o);
    s = db_query(l, "SELECT kind, field, value, signed, reason FROM correction WHERE item = ? ORDER BY made, key", "s", id);
    while (db_step(l, s)) {
        str text = arena_format(&l->scratch, "%.*s %.*s %.*s, says %.*s: %.*s", STR_ARG(db_str(s, 0)), STR_ARG(db_str(s, 1)), STR_ARG(db_str(s, 2)), STR_ARG(db_str(s, 3)), STR_ARG(db_str(s, 4)));
        why_line(rows, id, "corrected", text.ptr);
    }
    s = db_query(l, "SELECT happening, reason FROM happening_member WHERE statement = (SELECT key FROM statement WHERE id = ?)", "s", id);
    while (db_step(l, s)) {
        why_line(rows, id, "happening", db_str(s, 0).ptr);
        why_line(rows, id, "merged because", db_str(s, 1).ptr);
    }
}

static void why_happening(ledger *l, str id, json_t *rows) {
    sqlite3_stmt *s = db_query(l, "SELECT row FROM happening WHERE id = ?", "s", id);
    json_t *o = db_step(l, s) ? json_loadb(db_str(s, 0).ptr, db_str(s, 0).len, 0, NULL) : NULL;
    sqlite3_reset(s);
    if (!o) return;
    static const char *const lines[] = {"event", "mode", "date", "source", "target", "place", "verdict", "rule", "independent_sources", "sources_that_hold"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) why_path(rows, id, lines[i], o, lines[i]);
    json_decref(o);
    json_t *list = reports(l, id);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *r = json_array_get(list, i);
        str text = arena_format(&l->scratch, "%s | %.*s | %.*s | %.*s | %.*s | %.*s", json_string_value(json_object_get(r, "statement")), STR_ARG(json_get_str(r, "published")),
                                STR_ARG(json_get_str(r, "outlet")), STR_ARG(json_get_str(r, "factuality")), STR_ARG(json_get_str(r, "reason")), STR_ARG(json_get_str(r, "sentence")));
        why_line(rows, id, "report", text.ptr);
    }
    json_decref(list);
}

static void why_document(ledger *l, str id, json_t *rows) {
    sqlite3_stmt *s = db_query(l, "SELECT d.outlet, d.published, d.title, d.url, o.name, c.relation, c.original FROM document d LEFT JOIN origin o ON o.document = d.key LEFT JOIN copy c ON c.document = d.key WHERE d.id = ?", "s", id);
    static const char *const names[] = {"outlet", "published", "title", "url", "origin", "relation", "original"};
    if (db_step(l, s))
        for (int i = 0; i < 7; i++)
            if (sqlite3_column_type(s, i) != SQLITE_NULL) why_line(rows, id, names[i], (const char *)sqlite3_column_text(s, i));
    sqlite3_reset(s);
    s = db_query(l, "SELECT st.id, st.event || ' ' || st.factuality FROM statement st JOIN document d ON d.key = st.document WHERE d.id = ? ORDER BY st.sentence, st.id", "s", id);
    while (db_step(l, s)) why_line(rows, id, "statement", arena_format(&l->scratch, "%.*s %.*s", STR_ARG(db_str(s, 0)), STR_ARG(db_str(s, 1))).ptr);
}

void ask_why(ledger *l, const filters *f, long limit, json_t *rows) {
    str id = str_of(f->asked->item ? f->asked->item : "");
    (void)limit;
    if (!id.len) ledger_fail(l, RAP_USAGE, "ask why: give the id of a statement, a happening, a story or a document");
    why_statement(l, id, rows);
    if (!json_array_size(rows)) why_happening(l, id, rows);
    if (!json_array_size(rows)) why_document(l, id, rows);
    if (!json_array_size(rows)) {
        sqlite3_stmt *s = db_query(l, "SELECT row FROM story WHERE id = ?", "s", id);
        if (db_step(l, s)) why_line(rows, id, "story", db_str(s, 0).ptr);
        sqlite3_reset(s);
    }
    if (!json_array_size(rows)) ledger_fail(l, RAP_USAGE, "ask why: nothing in this ledger has the id %.*s", STR_ARG(id));
}
