/* People's corrections: signed, with a reason, kept apart from what was coded. They show in the columns of the statement that questions look at,
 * and in its record when that is written out; the record as it was coded stays. */
#ifndef RAP_LEDGER_CORRECTIONS_H
#define RAP_LEDGER_CORRECTIONS_H

#include "ledger/detail.h"

/* Inside a transaction: lays all corrections of these statements on the columns, in the order in which they were made. */
void corrections_apply(ledger *l, int64_t statement);
void corrections_apply_document(ledger *l, int64_t document);
/* A record with its corrections, and the list of them under "corrected". */
void corrections_show(ledger *l, json_t *o);

#endif
