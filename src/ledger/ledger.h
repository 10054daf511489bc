/* The ledger's own header: the data base, its helpers, and the rooms behind each question. The public calls are in include/rapporteur.h.
 *
 * Errors stick: the first failure of the data base fills ledger.error; every later helper then does nothing and answers empty, so that a
 * public call looks once, at its end (ledger_status). */
#ifndef RAP_LEDGER_H
#define RAP_LEDGER_H

#include <jansson.h>
#include <sqlite3.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/error.h"
#include "base/table.h"

enum { LEDGER_CACHE = 256 };

struct rap_ledger {
    sqlite3 *db;
    char *path;
    rap_error error; /* sticky */
    struct prepared { const char *sql; sqlite3_stmt *statement; } cache[LEDGER_CACHE]; /* by address of the literal */
    int cached;
    arena scratch;   /* of one public call */
    bool writable;
    /* agencies.c */
    const char *lexicon_folder;
    arena agency_home;
    bool agency_home_ready;
    table agencies; /* folded name to number */
    str *agency_names;
    size_t agency_count, agency_capacity;
    /* explanations.c */
    arena phrase_home;
    bool phrases_ready, claims_marked;
    int64_t phrase_hash;
    struct phrase { str kind, words; } *phrases;
    size_t phrase_count, phrase_capacity;
    /* filters.c: sentences with the words asked for, a bit each, in scratch */
    uint8_t *said;
    int64_t most_said;
    bool knowledge_kept; /* knowledge.c: that of this run's engine */
    /* detail.c */
    void *deflater; /* kept from one record to the next */
};
typedef struct rap_ledger ledger;

/* ---- base.c: the data base ---- */

/* Binds by `types`, one letter an argument: i int, l int64_t, k int64_t key (0 is NULL), D day (DAY_NONE is NULL), d double, s str, z C string
 * (NULL is NULL), b str as blob (empty is NULL). db_query's statement comes from a cache keyed by the address of `sql`, which must be a literal. */
sqlite3_stmt *db_query(ledger *l, const char *sql, const char *types, ...);
sqlite3_stmt *db_query_once(ledger *l, const char *sql); /* not cached: end it with sqlite3_finalize */
bool db_step(ledger *l, sqlite3_stmt *s); /* true: a row; false: done or failed (then it is reset) */
bool db_run(ledger *l, const char *sql, const char *types, ...);
bool db_exec(ledger *l, const char *sql); /* any text of SQL */
void ledger_map(ledger *l); /* the file into memory, for questions */
int64_t db_number(ledger *l, const char *sql, const char *types, ...); /* first column of the first row, 0 when none */
str db_str(sqlite3_stmt *s, int column); /* lent until the next step */
day db_day(sqlite3_stmt *s, int column); /* NULL: DAY_NONE */
struct lexicon;
bool ledger_lexicon(ledger *l, struct lexicon **lex); /* opens the knowledge; false when it cannot be, with the ledger's error set */
str ledger_knowledge(ledger *l, arena *home, const char *file); /* a file of it, copied; "" where it cannot be, with the ledger's error set */
rap_status ledger_status(ledger *l, rap_error *e); /* hands the sticky error over and clears it */
void ledger_fail(ledger *l, rap_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
void ledger_touch(ledger *l); /* inside a transaction: what is held has changed */

/* ---- text ---- */
str fold_name(arena *a, str name); /* lower case, no diacritics, hyphens and apostrophes as spaces or nothing, single spaces */

#endif
