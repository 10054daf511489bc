/* Questions answered straight from the tables: statements, documents, happenings, meetings, stories, why. */
#include <stdlib.h>

#include "ledger/agencies.h"
#include "ledger/corrections.h"
#include "ledger/happenings.h"
#include "ledger/questions.h"

/* ---- statements ---- */

static void add_document(json_t *o, sqlite3_stmt *s, int first) {
    row_str(o, "outlet", db_str(s, first));
    row_str(o, "published", db_str(s, first + 1));
    row_str(o, "url", db_str(s, first + 2));
    row_str(o, "title", db_str(s, first + 3));
}

void ask_statements(ledger *l, const filters *f, long limit, answer_rows *rows) {
    str where = filters_where(l, f, NULL);
    str sql = arena_format(&l->scratch,
                           "SELECT " DETAIL_COLUMNS ", d.outlet, COALESCE(d.published, ''), COALESCE(d.url, ''), COALESCE(d.title, '')"
                           " FROM (SELECT st.key AS key FROM statement st JOIN document d ON d.key = st.document WHERE st.dropped = 0 %.*s ORDER BY st.sort_day, st.id LIMIT %ld) chosen"
                           " JOIN statement st ON st.key = chosen.key" DETAIL_JOINS "ORDER BY st.sort_day, st.id",
                           STR_ARG(where), limit > 0 ? limit : -1L); /* keys are sorted, not records */
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while (db_step(l, s)) {
        json_t *o = detail_unpack(s, 0);
        if (!o) continue;
        corrections_show(l, o);
        add_document(o, s, DETAIL_WIDTH);
        rows_add(rows, o);
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
    if (f->outlet.len) where = arena_format(a, "%.*s AND d.outlet IN %.*s", STR_ARG(where), STR_ARG(outlets_like(l, f->outlet)));
    const rap_filters *q = f->asked;
    if (q->who || q->whom || q->country || q->root || q->factuality || q->voice || q->stance)
    {
        bool few;
        str inner = filters_where(l, f, &few);
        where = arena_format(a, few ? "%.*s AND d.key IN (SELECT st.document FROM statement st JOIN document d ON d.key = st.document WHERE 1 %.*s)"
                                    : "%.*s AND EXISTS (SELECT 1 FROM statement st WHERE st.document = d.key %.*s)", STR_ARG(where), STR_ARG(inner));
    }
    if (q->words)
        where = arena_format(a, "%.*s AND d.key IN (SELECT document FROM sentence WHERE key IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH %.*s))",
                             STR_ARG(where), STR_ARG(sql_quote(a, str_of(q->words))));
    return where;
}

static void document_rows(ledger *l, const filters *f, const char *extra, long limit, answer_rows *rows) {
    static const char *const names[] = {"id", "outlet", "published", "title", "url", "language", "section", "credit", "origin", "relation", "original", "story", "version"};
    static const char *const counts[] = {"sentences", "statements", "skipped", "words", "readable"};
    enum { NAMES = sizeof names / sizeof *names, COUNTS = sizeof counts / sizeof *counts };
    str sql = arena_format(&l->scratch,
        "SELECT d.id, d.outlet, COALESCE(d.published, ''), COALESCE(d.title, ''), COALESCE(d.url, ''), d.language, COALESCE(d.section, ''), d.credit, o.name,"
        " COALESCE(c.relation, ''), COALESCE(c.original, ''), CASE WHEN m.story IS NULL THEN '' ELSE printf('s%%016llx', m.story) END, k.version, d.sentences, d.statements, d.skipped, d.words, d.readable"
        " FROM document d JOIN coding k ON k.key = d.coding LEFT JOIN origin o ON o.document = d.key LEFT JOIN copy c ON c.document = d.key"
        " LEFT JOIN story_member m ON m.document = d.key WHERE 1 %s %.*s ORDER BY d.day, d.outlet, d.id", extra, STR_ARG(document_where(l, f)));
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while ((limit <= 0 || rows->count < limit) && db_step(l, s)) {
        if (!filters_pass_outlet(l, f, db_str(s, 1))) continue;
        json_t *o = json_object();
        for (int i = 0; i < NAMES; i++) row_str(o, names[i], db_str(s, i));
        for (int i = 0; i < COUNTS; i++) row_int(o, counts[i], (long)sqlite3_column_int64(s, NAMES + i));
        if (str_is(db_str(s, 9), "revision")) add_changes(l, o);
        rows_add(rows, o);
    }
    sqlite3_finalize(s);
}

void ask_documents(ledger *l, const filters *f, long limit, answer_rows *rows) { document_rows(l, f, "", limit, rows); }

void documents_changed(ledger *l, const filters *f, long limit, answer_rows *rows) {
    document_rows(l, f, "AND d.key IN (SELECT document FROM copy WHERE relation = 'revision')", limit, rows);
}

/* ---- happenings and meetings ---- */

enum { MOST_REPORTS = 40 };

/* "Lu Kang asserts > KCNA asserts": from the outermost inwards. */
static str voices_of(ledger *l, int64_t statement) {
    str all = STR("");
    sqlite3_stmt *s = db_query(l, "SELECT COALESCE(NULLIF(a.name, ''), NULLIF(a.role, ''), 'somebody'), v.stance FROM voice v LEFT JOIN actor a ON a.key = v.speaker WHERE v.statement = ? ORDER BY v.depth", "l", statement);
    while (db_step(l, s)) all = arena_format(&l->scratch, "%.*s%s%.*s %.*s", STR_ARG(all), all.len ? " > " : "", STR_ARG(db_str(s, 0)), STR_ARG(db_str(s, 1)));
    return all;
}

static json_t *reports(ledger *l, int64_t key) {
    json_t *list = json_array();
    sqlite3_stmt *s = db_query(l,
        "SELECT st.id, d.id, d.outlet, CASE WHEN st.origin <> '' THEN st.origin ELSE o.name END, COALESCE(d.published, ''), st.factuality, m.reason, st.key, se.start, se.\"end\", b.text, COALESCE(c.original, '')"
        " FROM happening_member m JOIN statement st ON st.key = m.statement JOIN document d ON d.key = st.document LEFT JOIN origin o ON o.document = d.key"
        " LEFT JOIN copy c ON c.document = d.key LEFT JOIN sentence se ON se.key = st.sentence LEFT JOIN block b ON b.document = se.document AND b.ordinal = se.block"
        " WHERE m.happening = ? ORDER BY d.day, d.id, se.block, se.start, st.id", "l", key);
    static const char *const names[] = {"statement", "doc", "outlet", "origin", "published", "factuality"};
    while (json_array_size(list) < MOST_REPORTS && db_step(l, s)) {
        json_t *o = json_object();
        for (int i = 0; i < 6; i++) row_str(o, names[i], db_str(s, i));
        row_str(o, "reason", str_of(reason_text(sqlite3_column_int(s, 6))));
        row_str(o, "voices", voices_of(l, sqlite3_column_int64(s, 7)));
        str text = db_str(s, 10);
        uint32_t start = (uint32_t)sqlite3_column_int(s, 8), end = (uint32_t)sqlite3_column_int(s, 9);
        row_str(o, "sentence", start <= end && end <= text.len ? str_sub(text, start, end) : STR("")); /* cut here: SQL would copy the whole text */
        if (db_str(s, 11).len && !str_eq(db_str(s, 11), db_str(s, 1))) row_str(o, "copy_of", db_str(s, 11));
        json_array_append_new(list, o);
    }
    if (s) sqlite3_reset(s);
    return list;
}

/* Columns of a happening, as happening_json reads them. */
#define HAPPENING_COLUMNS                                                                                                              \
    "h.key, h.event, h.mode, h.day_from, h.day_to, h.precise, h.source, h.source_country, h.target, h.target_country, h.place, h.verdict, h.sources, h.did, h.did_not," \
    " h.maybe, h.open, h.statements"

static const char *rule_of(str verdict) {
    return str_is(verdict, "happened") ? "V1" : str_is(verdict, "did not happen") ? "V2" : str_is(verdict, "disputed") ? "V3" : str_is(verdict, "planned") ? "V4" : "V5";
}

static json_t *happening_json(ledger *l, sqlite3_stmt *s) {
    static const char *const names[] = {"source", "source_country", "target", "target_country", "place", "verdict"}, *const counted[] = {"did", "did_not", "maybe", "open"};
    json_t *o = json_object(), *counts = json_object();
    day from = db_day(s, 3), to = db_day(s, 4);
    row_str(o, "id", happening_id(&l->scratch, sqlite3_column_int64(s, 0)));
    row_str(o, "event", db_str(s, 1));
    row_str(o, "mode", db_str(s, 2));
    row_str(o, "date", interval_text(&l->scratch, from, to));
    row_str(o, "date_basis", sqlite3_column_int(s, 5) ? STR("stated") : from == DAY_NONE ? STR("none") : STR("wide"));
    for (int i = 0; i < 6; i++) row_str(o, names[i], db_str(s, 6 + i));
    row_str(o, "rule", str_of(rule_of(db_str(s, 11))));
    row_int(o, "independent_sources", (long)sqlite3_column_int64(s, 12));
    for (int i = 0; i < 4; i++) row_int(counts, counted[i], (long)sqlite3_column_int64(s, 13 + i));
    json_object_set_new(o, "sources_that_hold", counts);
    row_int(o, "statements", (long)sqlite3_column_int64(s, 17));
    return o;
}

/* Which members' statements must pass: all conditions on statements, as a subquery. */
static str of_members(ledger *l, const filters *f) {
    bool few;
    str where = filters_where(l, f, &few);
    if (!where.len) return where;
    return arena_format(&l->scratch, few ? " AND h.key IN (SELECT m.happening FROM statement st JOIN document d ON d.key = st.document JOIN happening_member m ON m.statement = st.key WHERE 1 %.*s)"
                                         : " AND EXISTS (SELECT 1 FROM happening_member m JOIN statement st ON st.key = m.statement JOIN document d ON d.key = st.document WHERE m.happening = h.key %.*s)",
                        STR_ARG(where));
}

static void happening_rows(ledger *l, const filters *f, const char *extra, long limit, answer_rows *rows) {
    str inner = of_members(l, f);
    str sql = arena_format(&l->scratch, "SELECT " HAPPENING_COLUMNS " FROM happening h WHERE 1 %s %.*s ORDER BY h.day_from, h.key LIMIT %ld", extra, STR_ARG(inner), limit > 0 ? limit : -1L);
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while (db_step(l, s)) {
        json_t *o = happening_json(l, s);
        json_object_set_new(o, "reports", reports(l, sqlite3_column_int64(s, 0)));
        rows_add(rows, o);
    }
    sqlite3_finalize(s);
}

/* Known since: by their first report, which is shown under "first". */
void happenings_known(ledger *l, const filters *f, day since, long limit, answer_rows *rows) {
    str inner = of_members(l, f);
    str sql = arena_format(&l->scratch, "SELECT " HAPPENING_COLUMNS " FROM happening h WHERE h.known >= %d %.*s ORDER BY h.known, h.key LIMIT %ld", since, STR_ARG(inner), limit > 0 ? limit : -1L);
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while (db_step(l, s)) {
        json_t *o = json_object(), *row = happening_json(l, s);
        row_str(o, "kind", STR("first report"));
        json_object_update_missing(o, row);
        json_decref(row);
        sqlite3_stmt *q = db_query(l, "SELECT st.key FROM happening_member m JOIN statement st ON st.key = m.statement JOIN document d ON d.key = st.document WHERE m.happening = ?"
                                      " ORDER BY d.published IS NULL, d.published, d.id, st.id LIMIT 1", "l", sqlite3_column_int64(s, 0));
        int64_t first = db_step(l, q) ? sqlite3_column_int64(q, 0) : 0;
        sqlite3_reset(q);
        json_object_set_new(o, "first", evidence(l, first));
        rows_add(rows, o);
    }
    sqlite3_finalize(s);
}

void ask_happenings(ledger *l, const filters *f, long limit, answer_rows *rows) { happening_rows(l, f, "", limit, rows); }

/* A visit to something of no known state ("visited the Friendship Tower") is an appearance, and no meeting. */
void ask_meetings(ledger *l, const filters *f, long limit, answer_rows *rows) {
    happening_rows(l, f, "AND h.event = 'CONSULT' AND h.source <> '' AND h.target <> '' AND (h.mode <> 'visit' OR (h.source_country <> '' AND h.target_country <> ''))", limit, rows);
}

/* ---- stories ---- */

void ask_stories(ledger *l, const filters *f, long limit, answer_rows *rows) {
    const rap_filters *q = f->asked;
    bool conditions = q->who || q->whom || q->country || q->root || q->factuality || q->voice || q->stance || q->words || f->outlet.len;
    bool few = false;
    str where = conditions ? filters_where(l, f, &few) : STR("");
    const char *form = !where.len ? "" : few ? " AND key IN (SELECT m.story FROM statement st JOIN document d ON d.key = st.document JOIN story_member m ON m.document = d.key WHERE 1 %.*s)"
                                   : " AND EXISTS (SELECT 1 FROM story_member m JOIN document d ON d.key = m.document JOIN statement st ON st.document = d.key WHERE m.story = story.key %.*s)";
    str inner = arena_format(&l->scratch, form, STR_ARG(where));
    str sql = arena_format(&l->scratch, "SELECT first_day, last_day, row FROM story WHERE 1 %.*s ORDER BY first_day, key", STR_ARG(inner));
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    while ((limit <= 0 || rows->count < limit) && db_step(l, s)) {
        if (!filters_pass_day(f, db_day(s, 0), db_day(s, 1))) continue;
        if (f->since != DAY_NONE && db_day(s, 1) < f->since) continue;
        rows_add_text(rows, db_str(s, 2));
    }
    sqlite3_finalize(s);
}

/* ---- why ---- */

static void why_line(answer_rows *rows, str item, const char *what, const char *text) {
    json_t *o = json_object();
    row_str(o, "item", item);
    row_str(o, "what", str_of(what));
    row_str(o, "text", str_of(text));
    rows_add(rows, o);
}

static void why_path(answer_rows *rows, str item, const char *what, const json_t *o, const char *path) {
    char *text = row_cell(o, path);
    if (text && *text) why_line(rows, item, what, text);
    free(text);
}

static void why_statement(ledger *l, str id, answer_rows *rows) {
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
        why_line(rows, id, "happening", happening_id(&l->scratch, sqlite3_column_int64(s, 0)).ptr);
        why_line(rows, id, "merged because", reason_text(sqlite3_column_int(s, 1)));
    }
}

/* "h0123456789abcdef" to its number; 0 for anything else. */
static int64_t key_of(str id, char letter) {
    char text[20], *end;
    if (id.len != 17 || id.ptr[0] != letter) return 0;
    memcpy(text, id.ptr, 17), text[17] = '\0';
    int64_t key = (int64_t)strtoull(text + 1, &end, 16);
    return *end ? 0 : key;
}

static void why_happening(ledger *l, str id, answer_rows *rows) {
    int64_t key = key_of(id, 'h');
    sqlite3_stmt *s = db_query(l, "SELECT " HAPPENING_COLUMNS " FROM happening h WHERE h.key = ?", "l", key);
    json_t *o = db_step(l, s) ? happening_json(l, s) : NULL;
    sqlite3_reset(s);
    if (!o) return;
    static const char *const lines[] = {"event", "mode", "date", "source", "target", "place", "verdict", "rule", "independent_sources", "sources_that_hold"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) why_path(rows, id, lines[i], o, lines[i]);
    json_decref(o);
    json_t *list = reports(l, key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *r = json_array_get(list, i);
        str text = arena_format(&l->scratch, "%s | %.*s | %.*s | %.*s | %.*s | %.*s", json_string_value(json_object_get(r, "statement")), STR_ARG(json_get_str(r, "published")),
                                STR_ARG(json_get_str(r, "outlet")), STR_ARG(json_get_str(r, "factuality")), STR_ARG(json_get_str(r, "reason")), STR_ARG(json_get_str(r, "sentence")));
        why_line(rows, id, "report", text.ptr);
    }
    json_decref(list);
}

static void why_document(ledger *l, str id, answer_rows *rows) {
    sqlite3_stmt *s = db_query(l, "SELECT d.outlet, d.published, d.title, d.url, o.name, c.relation, c.original FROM document d LEFT JOIN origin o ON o.document = d.key LEFT JOIN copy c ON c.document = d.key WHERE d.id = ?", "s", id);
    static const char *const names[] = {"outlet", "published", "title", "url", "origin", "relation", "original"};
    if (db_step(l, s))
        for (int i = 0; i < 7; i++)
            if (sqlite3_column_type(s, i) != SQLITE_NULL) why_line(rows, id, names[i], (const char *)sqlite3_column_text(s, i));
    sqlite3_reset(s);
    s = db_query(l, "SELECT st.id, st.event || ' ' || st.factuality FROM statement st JOIN document d ON d.key = st.document WHERE d.id = ? ORDER BY st.sentence, st.id", "s", id);
    while (db_step(l, s)) why_line(rows, id, "statement", arena_format(&l->scratch, "%.*s %.*s", STR_ARG(db_str(s, 0)), STR_ARG(db_str(s, 1))).ptr);
}

void ask_why(ledger *l, const filters *f, long limit, answer_rows *rows) {
    str id = str_of(f->asked->item ? f->asked->item : "");
    (void)limit;
    if (!id.len) ledger_fail(l, RAP_USAGE, "ask why: give the id of a statement, a happening, a story or a document");
    why_statement(l, id, rows);
    if (!rows->count) why_happening(l, id, rows);
    if (!rows->count) why_document(l, id, rows);
    if (!rows->count) {
        sqlite3_stmt *s = db_query(l, "SELECT row FROM story WHERE key = ?", "l", key_of(id, 's'));
        if (db_step(l, s)) why_line(rows, id, "story", db_str(s, 0).ptr);
        sqlite3_reset(s);
    }
    if (!rows->count) ledger_fail(l, RAP_USAGE, "ask why: nothing in this ledger has the id %.*s", STR_ARG(id));
}
