/* One row of an event table, and its fields with their quoting; shared by the layouts of tables.c, tables_gdelt.c and tables_phoenix.c. */
#ifndef RAP_OUT_TABLE_FIELDS_H
#define RAP_OUT_TABLE_FIELDS_H

#include "base/json.h"
#include "out/tables.h"

/* The neutral row: views of the record, and what every layout derives from it. */
typedef struct row {
    const json_t *o, *source, *target, *place, *time;
    str event, mode, code, factuality, date; /* date: YYYY-MM-DD of the event, "" unknown */
    str published, published_day;
    double intensity;
    int quad;
    const json_t *contexts;
} row;

typedef struct line {
    FILE *out;
    char separator;
    bool quote, begun; /* quote: as RFC 4180 has it; without, tabs and line ends in a field become spaces */
} line;

str actor_shown(const json_t *actor);                          /* its name, else its words */

/* CAMEO's own class, as GDELT and Phoenix have it: roots 01 to 05 are 1, 06 to 08 are 2, 09 to 13 are 3, 14 to 20 are 4. (PLOVER's, in our table and
   POLECAT, differs: a request is verbal conflict there.) 0 without a code. */
int quad_of_cameo(str code);

void field(line *w, str v);
void field_text(line *w, const char *v);
void field_int(line *w, long v);
void field_real(line *w, double v, int decimals);
void fields_empty(line *w, int n);
/* Strings, or a member of each object ("speaker": the shown name of the voice), with `between` between. */
void field_list(line *w, table_maker *m, const json_t *list, const char *member, const char *between);
void field_coordinate(line *w, const json_t *place, const char *key); /* blank without a place */

void gdelt_row(table_maker *m, const row *r, line *w);         /* 1.0 or 2.0, as m->format says */
void gdelt_mention_row(table_maker *m, const row *r, line *w);
void phoenix_row(table_maker *m, const row *r, line *w);

#endif
