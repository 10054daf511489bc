/* ZIP, tar, gzip, bzip2, xz, Zstandard, through the door that all files share: their content tells what they are. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    rap_source *source;
    rap_error e;
    if (rap_source_open(&source, fuzz_file(0, bytes, size), NULL, &e) != RAP_OK) return 0;
    for (int i = 0; i < 300; i++) {
        rap_status s = rap_source_next(source, fuzz_document(), &e);
        if (s != RAP_OK && s != RAP_UNREADABLE) break;
    }
    rap_source_close(source);
    return 0;
}
