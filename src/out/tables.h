/* Event tables: the column layouts that readers of event data expect, from one neutral row. Shared by `code --format` and by `export`. */
#ifndef RAP_OUT_TABLES_H
#define RAP_OUT_TABLES_H

#include <jansson.h>

#include "base/lexicon.h"
#include "base/buffer.h"
#include "out/country_names.h"
#include "rapporteur.h"
#include "what/cameo.h"

typedef struct table_maker {
    const cameo_table *cameo; /* what/cameo.h */
    const country_names *countries;
    arena work;        /* reset with each row */
    rap_format format;
    int64_t number;    /* of rows written */
} table_maker;

/* A record of CONTRACT (a statement) with its document's "outlet", "published" and "url" among its members (the ledger's answers have them). */
void table_header(table_maker *m, FILE *out);
/* Writes the row, or nothing where an event-shaped format has no place for it (no event; not reported to have happened). */
void table_row(table_maker *m, const json_t *statement, FILE *out);
/* Does the format hold only what is reported to have happened, and does this record belong there? */
bool table_event_shaped(rap_format format);
bool table_realized(const json_t *statement); /* reported to have happened: CT+, PR+ */
bool table_belongs(rap_format format, const json_t *statement);

#endif
