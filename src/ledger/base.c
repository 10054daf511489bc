/* Opening, migrating and talking to the data base. */
#include <stdarg.h>
#include <unistd.h>

#include "base/lexicon.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "ledger/detail.h"
#include "ledger/filters.h"
#include "ledger/ledger.h"

extern const struct embedded {
    const char *name, *text;
    size_t length;
} sql_embedded[];

/* migrations[i] leads from version i to i + 1: the name of an embedded SQL file. Append; never change one that was released. */
static const char *const migrations[] = {"schema.sql", "schema-2.sql", "schema-3.sql"};
enum { SCHEMA_VERSION = sizeof migrations / sizeof migrations[0] };

void ledger_fail(ledger *l, rap_status status, const char *format, ...) {
    if (status == RAP_NO_MEMORY) memory_ran_short(); /* told now */
    if (l->error.status != RAP_OK) return;
    va_list args;
    va_start(args, format);
    l->error.status = status;
    vsnprintf(l->error.message, sizeof l->error.message, format, args);
    va_end(args);
}

static void db_failed(ledger *l) {
    int code = sqlite3_errcode(l->db) & 0xff;
    rap_status status = code == SQLITE_NOMEM ? RAP_NO_MEMORY
                        : code == SQLITE_FULL || code == SQLITE_IOERR ? RAP_NO_SPACE
                                                                      : RAP_UNREADABLE;
    const char *remedy = code == SQLITE_BUSY       ? "; another program is writing to it: try again when that has ended"
                         : code == SQLITE_NOTADB   ? "; give the name of a ledger, or of a new file"
                         : code == SQLITE_READONLY ? "; it may not be written: check its permissions and those of its folder"
                         : code == SQLITE_FULL     ? "; the disk is full: what was committed before is kept"
                                                   : "";
    ledger_fail(l, status, "%s: %s%s", l->path, sqlite3_errmsg(l->db), remedy);
}

bool ledger_lexicon(ledger *l, struct lexicon **lex) {
    rap_error e;
    if (lexicon_open(lex, l->lexicon_folder, &e) == RAP_OK) return true;
    ledger_fail(l, e.status, "%s", e.message);
    return false;
}

str ledger_knowledge(ledger *l, arena *home, const char *file) {
    lexicon *lex;
    jmp_buf escape, *outer = home->escape;
    if (!ledger_lexicon(l, &lex)) return STR("");
    if (setjmp(escape)) { /* the lexicon is not the arena's: it is closed on the way out */
        lexicon_close(lex);
        home->escape = outer;
        arena_exhausted(home);
    }
    home->escape = &escape;
    str text = arena_copy(home, lexicon_file(lex, file));
    home->escape = outer;
    lexicon_close(lex);
    return text;
}

rap_status ledger_status(ledger *l, rap_error *e) {
    if (memory_ran_short()) ledger_fail(l, RAP_NO_MEMORY, "%s: out of memory; what was committed before is kept", l->path);
    rap_status status = l->error.status;
    if (status != RAP_OK && e) *e = l->error;
    l->error.status = RAP_OK;
    return status;
}

static void bind_all(ledger *l, sqlite3_stmt *s, const char *types, va_list args) {
    int got = SQLITE_OK;
    for (int i = 1; *types && got == SQLITE_OK; i++, types++) switch (*types) {
        case 'i': got = sqlite3_bind_int(s, i, va_arg(args, int)); break;
        case 'l': got = sqlite3_bind_int64(s, i, va_arg(args, int64_t)); break;
        case 'k': {
            int64_t key = va_arg(args, int64_t);
            if (key) got = sqlite3_bind_int64(s, i, key);
            else got = sqlite3_bind_null(s, i);
            break;
        }
        case 'D': {
            day d = va_arg(args, day);
            if (d != DAY_NONE) got = sqlite3_bind_int(s, i, d);
            else got = sqlite3_bind_null(s, i);
            break;
        }
        case 'd': got = sqlite3_bind_double(s, i, va_arg(args, double)); break;
        case 's': {
            str v = va_arg(args, str);
            got = sqlite3_bind_text(s, i, v.ptr ? v.ptr : "", (int)v.len, SQLITE_TRANSIENT);
            break;
        }
        case 'z': got = sqlite3_bind_text(s, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT); break;
        case 'b': {
            str v = va_arg(args, str);
            if (v.len) got = sqlite3_bind_blob(s, i, v.ptr, (int)v.len, SQLITE_TRANSIENT);
            else got = sqlite3_bind_null(s, i);
            break;
        }
        default: break;
        }
    if (got != SQLITE_OK) db_failed(l);
}

static sqlite3_stmt *prepare(ledger *l, const char *sql) {
    if (l->error.status != RAP_OK) return NULL;
    for (int i = 0; i < l->cached; i++)
        if (l->cache[i].sql == sql) {
            sqlite3_reset(l->cache[i].statement);
            return l->cache[i].statement;
        }
    if (l->cached == LEDGER_CACHE) { /* full: the oldest goes */
        sqlite3_finalize(l->cache[0].statement);
        memmove(l->cache, l->cache + 1, sizeof l->cache - sizeof *l->cache);
        l->cached--;
    }
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
        db_failed(l);
        return NULL;
    }
    l->cache[l->cached++] = (struct prepared){sql, s};
    return s;
}

sqlite3_stmt *db_query(ledger *l, const char *sql, const char *types, ...) {
    sqlite3_stmt *s = prepare(l, sql);
    if (!s) return NULL;
    va_list args;
    va_start(args, types);
    bind_all(l, s, types, args);
    va_end(args);
    return s;
}

sqlite3_stmt *db_query_once(ledger *l, const char *sql) {
    sqlite3_stmt *s = NULL;
    if (l->error.status == RAP_OK && sqlite3_prepare_v2(l->db, sql, -1, &s, NULL) != SQLITE_OK) db_failed(l);
    return s;
}

bool db_step(ledger *l, sqlite3_stmt *s) {
    if (!s || l->error.status != RAP_OK) return false;
    int got = sqlite3_step(s);
    if (got == SQLITE_ROW) return true;
    if (got != SQLITE_DONE) db_failed(l);
    sqlite3_reset(s);
    return false;
}

bool db_run(ledger *l, const char *sql, const char *types, ...) {
    sqlite3_stmt *s = prepare(l, sql);
    if (!s) return false;
    va_list args;
    va_start(args, types);
    bind_all(l, s, types, args);
    va_end(args);
    while (db_step(l, s)) {}
    return l->error.status == RAP_OK;
}

bool db_exec(ledger *l, const char *sql) {
    if (l->error.status != RAP_OK) return false;
    if (sqlite3_exec(l->db, sql, NULL, NULL, NULL) != SQLITE_OK) db_failed(l);
    return l->error.status == RAP_OK;
}

int64_t db_number(ledger *l, const char *sql, const char *types, ...) {
    sqlite3_stmt *s = prepare(l, sql);
    if (!s) return 0;
    va_list args;
    va_start(args, types);
    bind_all(l, s, types, args);
    va_end(args);
    int64_t n = db_step(l, s) ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return n;
}

str db_str(sqlite3_stmt *s, int column) {
    const void *bytes = sqlite3_column_blob(s, column);
    if (!bytes && sqlite3_errcode(sqlite3_db_handle(s)) == SQLITE_NOMEM) memory_note();
    return (str){bytes ? bytes : "", (uint32_t)sqlite3_column_bytes(s, column)};
}

day db_day(sqlite3_stmt *s, int column) {
    return sqlite3_column_type(s, column) == SQLITE_NULL ? DAY_NONE : sqlite3_column_int(s, column);
}

void ledger_touch(ledger *l) {
    db_run(l, "INSERT INTO meta VALUES ('revision', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1", "");
}

static const char *embedded_sql(const char *name) {
    for (const struct embedded *m = sql_embedded; m->name; m++)
        if (strcmp(m->name, name) == 0) return m->text;
    return "";
}

static void migrate(ledger *l) {
    int64_t version = db_number(l, "PRAGMA user_version", "");
    if (version > SCHEMA_VERSION)
        ledger_fail(l, RAP_UNREADABLE, "%s: written by a newer rapporteur (schema %d, this one knows %d); use that one", l->path, (int)version,
                    SCHEMA_VERSION);
    if (version == SCHEMA_VERSION || l->error.status != RAP_OK) return;
    db_exec(l, "BEGIN IMMEDIATE");
    version = db_number(l, "PRAGMA user_version", ""); /* somebody else may have been faster */
    for (; version < SCHEMA_VERSION; version++) {
        char mark[96];
        db_exec(l, embedded_sql(migrations[version]));
        snprintf(mark, sizeof mark, "PRAGMA user_version = %d; PRAGMA application_id = 1380012112", (int)version + 1);
        db_exec(l, mark);
    }
    db_exec(l, l->error.status == RAP_OK ? "COMMIT" : "ROLLBACK");
}

void ledger_map(ledger *l) { db_exec(l, "PRAGMA mmap_size = 17179869184"); }

rap_status rap_ledger_open(rap_ledger **out, const char *path, bool create, rap_error *e) {
    if (!create && access(path, R_OK) != 0)
        return error_set(e, RAP_USAGE, "%s: no such ledger; `rapporteur add -d %s FILE…` makes one", path, path);
    ledger *l = memory_new(sizeof *l);
    if (!l) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *l = (ledger){0};
    arena_init(&l->scratch);
    l->path = memory_new(strlen(path) + 1);
    if (l->path) strcpy(l->path, path);
    if (!l->path || sqlite3_open_v2(path, &l->db, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), NULL) != SQLITE_OK) {
        if (l->db && l->path) db_failed(l);
        else ledger_fail(l, RAP_NO_MEMORY, "%s: out of memory", path);
        rap_status failed = ledger_status(l, e);
        rap_ledger_close(l);
        return failed;
    }
    sqlite3_busy_timeout(l->db, 10000);
    /* WAL: a killed process loses nothing that was committed, and readers do not wait for the writer. */
    db_exec(l, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
    if (!create) ledger_map(l); /* who adds goes through the whole file, which would all count as this program's memory */
    sqlite3_create_function(l->db, "said", 1, SQLITE_UTF8, l, sql_said, NULL, NULL);
    migrate(l);
    l->writable = sqlite3_db_readonly(l->db, "main") == 0;
    rap_status status = ledger_status(l, e);
    if (status != RAP_OK) rap_ledger_close(l);
    else *out = l;
    return status;
}

void rap_ledger_close(rap_ledger *l) {
    if (!l) return;
    for (int i = 0; i < l->cached; i++) sqlite3_finalize(l->cache[i].statement);
    sqlite3_close(l->db);
    arena_free(&l->scratch);
    arena_free(&l->agency_home);
    arena_free(&l->phrase_home);
    detail_end(l);
    memory_free(l->path);
    memory_free(l);
}

str fold_name(arena *a, str name) {
    str folded = utf8_fold(a, name);
    char *out = arena_alloc(a, folded.len + 1u);
    uint32_t n = 0;
    for (uint32_t i = 0; i < folded.len; i++) {
        char c = folded.ptr[i];
        if (c == '\'') continue;
        if (c == '-' || c == '_' || c == '|' || c == '\t' || c == '\n' || c == '.' || c == ',') c = ' ';
        if (c == ' ' && (n == 0 || out[n - 1] == ' ')) continue;
        out[n++] = c;
    }
    while (n && out[n - 1] == ' ') n--;
    return (str){out, n};
}
