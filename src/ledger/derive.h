/* What follows from the set: copies, origins, stories, happenings, and the answers that need them all. Computed whole, never from the order of
 * adding; `derived` in table meta says for which revision. */
#ifndef RAP_LEDGER_DERIVE_H
#define RAP_LEDGER_DERIVE_H

#include "ledger/detail.h"
#include "ledger/ledger.h"

bool ledger_refresh(ledger *l); /* false: failed, the error sticks */

#endif
