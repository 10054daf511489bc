/* A statement's whole record, small: JSON without what the columns hold anyway (type, doc, id, version, sentence), deflated with a preset
 * dictionary of the record's own key names. About 300 bytes a statement where the plain record takes 2,000. */
#ifndef RAP_LEDGER_DETAIL_H
#define RAP_LEDGER_DETAIL_H

#include "base/json.h"
#include "ledger/ledger.h"

str detail_pack(ledger *l, const json_t *statement); /* in the ledger's scratch */
void detail_end(ledger *l);
/* The record again, with all its members. columns as of DETAIL_COLUMNS: s's columns from `first` on. NULL when damaged. Caller's to decref. */
#define DETAIL_COLUMNS                                                                                                 \
    "st.detail, st.id, d.id, c.version, b.name, se.start, se.\"end\", CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT)"
#define DETAIL_JOINS                                                                                                   \
    " JOIN document d ON d.key = st.document JOIN coding c ON c.key = st.coding LEFT JOIN sentence se ON se.key = st.sentence"              \
    " LEFT JOIN block b ON b.document = se.document AND b.ordinal = se.block "
enum { DETAIL_WIDTH = 8 };
json_t *detail_unpack(sqlite3_stmt *s, int first);

/* Any text, deflated in haste: its length, then its bytes; and back, "" when damaged. */
str text_pack(arena *a, str text);
str text_unpack(arena *a, str packed);

/* A number of an object, like json_get_long (base/json.h). */
double json_get_real(const json_t *o, const char *key, double absent);

#endif
