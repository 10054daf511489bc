#include "ledger/corrections.h"

#include <time.h>

#include "base/timex_days.h"

/* ---- laying them on ---- */

/* The known reading of a name that says most; a new one where nobody is called so. */
static int64_t actor_named(ledger *l, str name) {
    str fold = fold_name(&l->scratch, name);
    static const char find[] = "SELECT key FROM actor WHERE fold = ? ORDER BY country = '', role = '', name, country, sector, code, role, id LIMIT 1";
    int64_t key = db_number(l, find, "s", fold);
    if (key) return key;
    db_run(l, "INSERT INTO actor (name, country, sector, code, role, id, fold, who) VALUES (?, '', '', '', '', '', ?, ?)", "sss", name, fold, fold);
    return sqlite3_last_insert_rowid(l->db);
}

static void apply_actor(ledger *l, int64_t statement, str field, str name) {
    int64_t actor = actor_named(l, name);
    bool target = str_is(field, "target");
    if (target) db_run(l, "UPDATE statement SET target = ? WHERE key = ?", "ll", actor, statement);
    else db_run(l, "UPDATE statement SET source = ? WHERE key = ?", "ll", actor, statement);
    db_run(l, "DELETE FROM participant WHERE statement = ? AND role = ?", "li", statement, (int)target);
    db_run(l, "INSERT OR IGNORE INTO participant VALUES (?, ?, ?)", "lil", actor, (int)target, statement);
}

static void apply_date(ledger *l, int64_t statement, str value) {
    day from, to;
    timex_days(value, &from, &to);
    db_run(l, "UPDATE statement SET day_from = ?, day_to = ?, sort_day = ?, basis = 'text' WHERE key = ?", "DDDl", from, to, from, statement);
}

typedef struct one_correction { str kind, field, value; } one_correction;

void corrections_apply(ledger *l, int64_t statement) {
    one_correction *list = NULL;
    size_t n = 0, capacity = 0;
    arena *a = &l->scratch;
    sqlite3_stmt *s = db_query(l, "SELECT c.kind, c.field, c.value FROM correction c JOIN statement st ON st.id = c.item WHERE st.key = ? ORDER BY c.made, c.key", "l", statement);
    while (db_step(l, s)) arena_push(a, list, n, capacity, ((one_correction){arena_copy(a, db_str(s, 0)), arena_copy(a, db_str(s, 1)), arena_copy(a, db_str(s, 2))}));
    for (size_t i = 0; i < n; i++) {
        const one_correction *c = &list[i];
        if (str_is(c->kind, "actor")) apply_actor(l, statement, c->field, c->value);
        else if (str_is(c->kind, "date")) apply_date(l, statement, c->value);
        else if (str_is(c->kind, "factuality")) db_run(l, "UPDATE statement SET factuality = ? WHERE key = ?", "sl", c->value, statement);
        else if (str_is(c->kind, "not-an-event")) db_run(l, "UPDATE statement SET dropped = 1 WHERE key = ?", "l", statement);
    }
}

void corrections_apply_document(ledger *l, int64_t document) {
    int64_t *list = NULL;
    size_t n = 0, capacity = 0;
    sqlite3_stmt *s = db_query(l, "SELECT DISTINCT st.key FROM statement st JOIN correction c ON c.item = st.id WHERE st.document = ?", "l", document);
    while (db_step(l, s)) arena_push(&l->scratch, list, n, capacity, sqlite3_column_int64(s, 0));
    for (size_t i = 0; i < n; i++) corrections_apply(l, list[i]);
}

/* ---- showing them ---- */

static json_t *words_of(str spaced) {
    json_t *list = json_array();
    str word;
    while (str_split(&spaced, ' ', &word))
        if (word.len) json_array_append_new(list, json_stringn(word.ptr, word.len));
    return list;
}

static void show_actor(ledger *l, json_t *o, str field, str name) {
    static const char *const members[] = {"name", "country", "code", "role", "id"};
    json_t *actor = json_object();
    bool target = str_is(field, "target");
    sqlite3_stmt *s = target ? db_query(l, "SELECT a.name, a.country, a.code, a.role, a.id, a.sector FROM statement st JOIN actor a ON a.key = st.target WHERE st.id = ?", "s", json_get_str(o, "id"))
                             : db_query(l, "SELECT a.name, a.country, a.code, a.role, a.id, a.sector FROM statement st JOIN actor a ON a.key = st.source WHERE st.id = ?", "s", json_get_str(o, "id"));
    if (db_step(l, s)) {
        for (int i = 0; i < 5; i++) json_object_set_new(actor, members[i], json_stringn(db_str(s, i).ptr, db_str(s, i).len));
        json_object_set_new(actor, "sector", words_of(db_str(s, 5)));
    } else json_object_set_new(actor, "name", json_stringn(name.ptr, name.len));
    if (s) sqlite3_reset(s);
    json_object_set_new(o, target ? "target" : "source", actor);
}

static void show_one(ledger *l, json_t *o, str kind, str field, str value) {
    if (str_is(kind, "actor")) show_actor(l, o, field, value);
    else if (str_is(kind, "factuality")) json_object_set_new(o, "factuality", json_stringn(value.ptr, value.len));
    else if (str_is(kind, "date")) {
        json_t *time = json_object();
        json_object_set_new(time, "value", json_stringn(value.ptr, value.len));
        json_object_set_new(time, "timex", json_string("DATE"));
        json_object_set_new(time, "basis", json_string("text"));
        json_object_set_new(o, "time", time);
    }
}

void corrections_show(ledger *l, json_t *o) {
    static const char *const members[] = {"kind", "field", "to", "by", "reason", "made"};
    json_t *all = NULL;
    arena *a = &l->scratch;
    sqlite3_stmt *s = db_query(l, "SELECT kind, field, value, signed, reason, made FROM correction WHERE item = ? ORDER BY made, key", "s", json_get_str(o, "id"));
    while (db_step(l, s)) {
        json_t *one = json_object();
        for (int i = 0; i < 6; i++) json_object_set_new(one, members[i], json_stringn(db_str(s, i).ptr, db_str(s, i).len));
        if (!all) all = json_array();
        json_array_append_new(all, one);
        show_one(l, o, arena_copy(a, db_str(s, 0)), arena_copy(a, db_str(s, 1)), arena_copy(a, db_str(s, 2)));
    }
    if (all) json_object_set_new(o, "corrected", all);
}

/* ---- making one ---- */

static bool known_kind(const char *kind) { return str_in(str_of(kind), "actor date not-an-event factuality merge split"); }

static rap_status check(ledger *l, const char *item, const char *kind, const char *field, const char *value, const char *by, const char *reason, rap_error *e) {
    day from, to;
    if (!known_kind(kind)) return error_set(e, RAP_USAGE, "no kind of correction \"%s\" (actor, date, not-an-event, factuality, merge, split)", kind);
    if (!*by || !*reason) return error_set(e, RAP_USAGE, "a correction is signed and has a reason: --by NAME --reason TEXT");
    if (!db_number(l, "SELECT 1 FROM statement WHERE id = ?", "z", item)) return error_set(e, RAP_USAGE, "no statement with the id %s in this ledger", item);
    if (strcmp(kind, "merge") == 0 && !db_number(l, "SELECT 1 FROM statement WHERE id = ?", "z", value)) return error_set(e, RAP_USAGE, "merge with what? --to takes the id of another statement; %s is none", value);
    if (strcmp(kind, "actor") == 0 && (!*value || !str_in(str_of(field), "source target"))) return error_set(e, RAP_USAGE, "actor: say which (--field source or target) and who it is (--to NAME)");
    if (strcmp(kind, "factuality") == 0 && !str_in(str_of(value), "CT+ PR+ PS+ CT- PR- PS- Uu")) return error_set(e, RAP_USAGE, "factuality: --to takes CT+, PR+, PS+, CT-, PR-, PS- or Uu");
    if (strcmp(kind, "date") == 0) {
        timex_days(str_of(value), &from, &to);
        if (from == DAY_NONE) return error_set(e, RAP_USAGE, "date: --to takes YYYY-MM-DD, YYYY-MM or YYYY; \"%s\" is none", value);
    }
    return RAP_OK;
}

typedef struct making { const char *item, *kind, *field, *value, *by, *reason; } making;

static void make(ledger *l, const making *m) {
    char made[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(made, sizeof made, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    db_exec(l, "BEGIN IMMEDIATE");
    db_run(l, "INSERT INTO correction (item, kind, field, value, signed, reason, made) VALUES (?, ?, ?, ?, ?, ?, ?)", "zzzzzzz", m->item, m->kind, m->field, m->value, m->by, m->reason, made);
    corrections_apply(l, db_number(l, "SELECT key FROM statement WHERE id = ?", "z", m->item));
    ledger_touch(l);
}

static void make_guarded(ledger *l, const making *m) {
    jmp_buf escape;
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        l->scratch.escape = &escape;
        make(l, m);
    }
    l->scratch.escape = NULL;
    if (l->error.status != RAP_OK || !db_exec(l, "COMMIT"))
        if (!sqlite3_get_autocommit(l->db)) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    arena_reset(&l->scratch);
}

rap_status rap_correct(rap_ledger *l, const char *item, const char *kind, const char *field, const char *value, const char *by, const char *reason, rap_error *e) {
    making m = {item, kind, field ? field : "", value ? value : "", by ? by : "", reason ? reason : ""};
    rap_status status = check(l, item, kind, m.field, m.value, m.by, m.reason, e);
    if (status != RAP_OK) return status;
    make_guarded(l, &m);
    return ledger_status(l, e);
}
