/* From records of CONTRACT (a document's head with its blocks, its statements, what was skipped) into the tables, one transaction each. */
#ifndef RAP_LEDGER_INTAKE_H
#define RAP_LEDGER_INTAKE_H

#include "ledger/ledger.h"

typedef struct coded {
    json_t *head;       /* {"type":"document",…,"blocks":{…}} */
    json_t *statements; /* array */
    json_t *skips;      /* array */
} coded;

bool ledger_holds(ledger *l, str id);
/* Stores it, or (when its id is held) leaves everything as it is: *fresh says which. */
rap_status ledger_store(ledger *l, const coded *c, bool imported, bool *fresh, rap_error *e);
/* Takes sentences and statements of a document away and puts the new ones in its place (recode); the document itself stays. */
rap_status ledger_replace(ledger *l, const coded *c, rap_error *e);

#endif
