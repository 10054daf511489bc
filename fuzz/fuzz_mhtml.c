/* Pages that a browser saved as a single file: MIME's heads and parts, quoted-printable, base64. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_reader(reader_mhtml, bytes, size, NULL);
    return 0;
}
