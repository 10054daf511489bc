/* WARC, plain and gzipped, with chunked, gzip, deflate, Brotli and Zstandard bodies. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_reader(reader_warc, bytes, size, NULL);
    return 0;
}
