#include "statement/statement.h"

void statement_read(const rap_engine *engine, document *doc) { (void)engine, (void)doc; }
