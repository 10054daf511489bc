/* A read document in one of the event tables' layouts. */
#ifndef RAP_OUT_TABLES_DOCUMENT_H
#define RAP_OUT_TABLES_DOCUMENT_H

#include "document.h"

rap_status tables_header(const rap_engine *engine, rap_format format, FILE *out, rap_error *e);
rap_status tables_document(const rap_engine *engine, const document *doc, rap_format format, FILE *out, rap_error *e);

#endif
