/* Rows of answers: JSON objects whose members keep their order, and the table for people that is cut from them. */
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

/* Derived answers: kept in table `answer`, one row each, in the order of putting. Takes over the row. */
void answer_put(ledger *l, const char *question, int ordinal, day when, str who, str outlet, json_t *row);
/* Copies those that pass the filters into rows; `limit` <= 0: all. */
void answers_read(ledger *l, const char *question, const filters *f, long limit, json_t *rows);

/* columns: "date,who=source,verdict,reports[].outlet": member paths, with another heading before "="; [] joins the items of a list. */
void table_write(const json_t *rows, const char *columns, FILE *out);
/* The text in a row under such a path; heap, to be freed. */
char *row_cell(const json_t *row, const char *path);

#endif
