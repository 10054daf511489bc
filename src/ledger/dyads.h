/* Series per pair of states. */
#ifndef RAP_LEDGER_DYADS_H
#define RAP_LEDGER_DYADS_H

#include "ledger/happenings.h"

void dyads_store(facts *f, const happenings *h);

#endif
