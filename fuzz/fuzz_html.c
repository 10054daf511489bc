/* One page of HTML: charset, tree, judgement of blocks, JSON-LD, dates. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_reader(reader_html, bytes, size, NULL);
    return 0;
}
