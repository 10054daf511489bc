/* The conditions that every question takes, as SQL over `statement st`. */
#ifndef RAP_LEDGER_FILTERS_H
#define RAP_LEDGER_FILTERS_H

#include "ledger/ledger.h"

typedef struct filters {
    const rap_filters *asked;
    str who, whom;        /* SQL lists of actor keys "(1,2,3)"; "" no condition */
    day from, to, since;  /* DAY_NONE: open */
    str outlet;           /* folded, "" any */
} filters;

/* Checks and prepares; the sticky error says what is wrong. Strings in the ledger's scratch. */
bool filters_prepare(ledger *l, const rap_filters *asked, filters *f);
/* " AND …" for a query that names the statement `st` and its document `d`. */
str filters_where(ledger *l, const filters *f);
/* May a row with these values pass? For answers that were derived: names in any spelling, dates, outlet. NULL or "" values never match a condition. */
bool filters_pass_day(const filters *f, day from, day to);
bool filters_pass_name(ledger *l, const char *wanted, str value);  /* wanted NULL: passes */
bool filters_pass_outlet(ledger *l, const filters *f, str outlet);
/* Does an actor (its name, country, code) answer to what was typed? */
bool name_matches(arena *a, const char *wanted, str name, str country, str code);
str sql_quote(arena *a, str text); /* 'it''s' */

#endif
