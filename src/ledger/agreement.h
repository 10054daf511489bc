/* What was coded here beside imported event files, by pair of states and month. */
#ifndef RAP_LEDGER_AGREEMENT_H
#define RAP_LEDGER_AGREEMENT_H

#include "ledger/happenings.h"

void agreement_store(facts *f, const happenings *h);

#endif
