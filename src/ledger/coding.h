/* One document, read by the engine, as the records that `code --text` writes. */
#ifndef RAP_LEDGER_CODING_H
#define RAP_LEDGER_CODING_H

#include "ledger/intake.h"

coded coded_new(void);
void coded_free(coded *c);
rap_status code_document(const rap_engine *engine, rap_document *doc, coded *c, rap_error *e);

#endif
