/* Rows of answers: JSON objects whose members keep their order, where they go, and the table for people that is cut from them. */
#ifndef RAP_LEDGER_ANSWERS_H
#define RAP_LEDGER_ANSWERS_H

#include "ledger/detail.h"
#include "ledger/filters.h"

void row_str(json_t *o, const char *key, str value);
void row_int(json_t *o, const char *key, long value);
void row_real(json_t *o, const char *key, double value, int decimals);
void row_null(json_t *o, const char *key);
/* A sentence with where it stands: {"statement","doc","outlet","published","sentence"}; evidence of an answer. */
json_t *evidence(ledger *l, int64_t statement);

/* How rows are written: 0.0588, not 0.058799999999999998. */
#define ROW_TEXT (JSON_COMPACT | JSON_REAL_PRECISION(12))

/* Where rows go: onto a stream as JSON lines as they come, or into a list. */
typedef struct answer_rows {
    FILE *out;    /* NULL: into the list */
    json_t *list;
    long count;
} answer_rows;
void rows_add(answer_rows *rows, json_t *o);    /* takes it over */
void rows_add_text(answer_rows *rows, str json); /* an object as text */

/* ---- answers that are kept: computed rows of one question laid beside those in table `answer`; only what differs is written ---- */

typedef struct answer_set {
    ledger *l;
    arena *home;
    const char *question;
    table at;            /* place to number */
    int64_t *key;        /* of the kept rows, by number */
    int64_t *content;
    bool *seen;
    size_t count, capacity;
} answer_set;

typedef struct kept_row { /* of a row that is to be written */
    str place;           /* order of showing and identity, unique in the question */
    int64_t content;
    day when, known;     /* for --from and --to; last day of a report, for --since (DAY_NONE: `when`) */
    str who, outlet;     /* who: as answer_who joins them */
} kept_row;

answer_set *answers_open(ledger *l, arena *home, const char *question);
bool answers_kept(answer_set *set, str place, int64_t content); /* true: a row with this content is there; nothing to do */
void answers_put(answer_set *set, const kept_row *row, json_t *o); /* takes o over */
void answers_close(answer_set *set);                            /* rows that were neither kept nor put are gone */

/* "song tao|CHN|PRK": names folded, states as codes; empty ones left out. */
str answer_who(arena *a, const str *names, size_t n);
/* A day as text that sorts: DAY_NONE first. */
str place_day(arena *a, day d);
/* Hashing what a row says. */
int64_t content_of(const buffer *b);
void content_int(buffer *b, int64_t v);
void content_str(buffer *b, str v);

/* Kept rows that pass the filters, in order; `limit` <= 0: all. */
void answers_read(ledger *l, const char *question, const filters *f, long limit, answer_rows *rows);

/* columns: "date,who=source,verdict,reports[].outlet": member paths, with another heading before "="; [] joins the items of a list. */
void table_write(const json_t *rows, const char *columns, FILE *out);
/* The text in a row under such a path; heap, to be freed. */
char *row_cell(const json_t *row, const char *path);

#endif
