/* Text exports of news data bases. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_reader(reader_export, bytes, size, NULL);
    return 0;
}
