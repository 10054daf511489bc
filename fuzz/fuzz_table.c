/* CSV and TSV; the first byte chooses whether columns are named. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size > 0) fuzz_reader(reader_table, bytes + 1, size - 1, bytes[0] == 'c' ? "text=text,published=date" : NULL);
    return 0;
}
