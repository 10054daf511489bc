/* The rows of `relate` and `who`, and documents coded whole: foreign text through every stage. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    rap_document *doc = fuzz_document();
    const char *text = (const char *)bytes;
    rap_error e;
    if (size > 3000) return 0;
    rap_relate(fuzz_engine(), doc, text, size, nowhere(), &e);
    rap_who(fuzz_engine(), doc, text, size, nowhere(), &e);
    if (rap_document_from_json(doc, text, size, &e) == RAP_OK && rap_read(fuzz_engine(), doc, &e) == RAP_OK)
        for (int f = RAP_JSONL; f <= RAP_CAMEO; f++) rap_write_statements(fuzz_engine(), doc, (rap_format)f, f == RAP_JSONL, nowhere(), &e);
    return 0;
}
