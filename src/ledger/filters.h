/* The conditions that every question takes, as SQL over `statement st`. */
#ifndef RAP_LEDGER_FILTERS_H
#define RAP_LEDGER_FILTERS_H

#include "ledger/ledger.h"

typedef struct typed_name { str typed, fold; } typed_name; /* as typed (a code counts as it stands), and folded */

typedef struct filters {
    const rap_filters *asked;
    str who, whom;        /* SQL lists of actor keys "(1,2,3)"; "" no condition */
    day from, to, since;  /* DAY_NONE: open */
    str outlet;           /* folded, "" any */
    typed_name name_who, name_whom, name_country; /* for rows that were derived */
} filters;

/* Checks and prepares; the sticky error says what is wrong. Strings in the ledger's scratch. */
bool filters_prepare(ledger *l, const rap_filters *asked, filters *f);
/* " AND …" for a query that names the statement `st` and its document `d`. few (may be NULL): better to gather the statements and ask what they
 * belong to than to walk everything in order and ask of each whether a statement of it fits. */
str filters_where(ledger *l, const filters *f, bool *few);
/* May a row with these values pass? For answers that were derived: names in any spelling, dates, outlet. NULL or "" values never match a condition. */
bool filters_pass_day(const filters *f, day from, day to);
bool named_matches(const typed_name *wanted, str part); /* part: a state's code, or a folded name */
str outlets_like(ledger *l, str fold); /* SQL list of the outlets of that name */
bool filters_pass_outlet(ledger *l, const filters *f, str outlet);
/* Does an actor (its name, country, code) answer to what was typed? */
bool name_matches(arena *a, const char *wanted, str name, str country, str code);
void sql_said(sqlite3_context *context, int count, sqlite3_value **value); /* the SQL function said(sentence): has it the words asked for? */
str sql_quote(arena *a, str text); /* 'it''s' */

#endif
