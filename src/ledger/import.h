/* Event files of other projects as one more outlet whose rows are statements. */
#ifndef RAP_LEDGER_IMPORT_H
#define RAP_LEDGER_IMPORT_H

#include "ledger/ledger.h"

/* "ICEWS", "POLECAT" or "GDELT" by a file's first line; NULL for anything else. */
const char *import_layout(str first_line);
rap_status import_events(ledger *l, const char *path, rap_added *added, rap_error *e);

#endif
