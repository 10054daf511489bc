/* RSS and Atom. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_reader(reader_feed, bytes, size, NULL);
    return 0;
}
