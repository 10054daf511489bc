/* Document records, a stream of them and one alone, and what is written of it again. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    rap_document *doc = fuzz_document();
    rap_error e;
    fuzz_reader(reader_json, bytes, size, NULL);
    if (rap_document_from_json(doc, (const char *)bytes, size, &e) == RAP_OK) rap_write_document(doc, nowhere(), &e);
    if (rap_document_from_text(doc, (const char *)bytes, size, "2018-03-04", &e) == RAP_OK) rap_write_document(doc, nowhere(), &e);
    return 0;
}
