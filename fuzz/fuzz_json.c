/* One document record, and what is written of it again. */
#include <stdint.h>
#include <stdio.h>

#include "rapporteur.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static FILE *nowhere;
    rap_document *doc;
    rap_error error;
    if (!nowhere) nowhere = fopen("/dev/null", "w");
    if (rap_document_new(&doc, &error) != RAP_OK) return 0;
    if (rap_document_from_json(doc, (const char *)bytes, size, &error) == RAP_OK) rap_write_document(doc, nowhere, &error);
    if (rap_document_from_text(doc, (const char *)bytes, size, "2018-03-04", &error) == RAP_OK) rap_write_document(doc, nowhere, &error);
    rap_document_free(doc);
    return 0;
}
