/* Plain text, saved pages as text, any charset; and dates as outlets print them, by themselves. */
#include "fuzz.h"
#include "intake/dates.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    str text = {(const char *)bytes, (uint32_t)size};
    date_hit hit;
    moment m;
    fuzz_reader(reader_text, bytes, size, NULL);
    for (uint32_t from = 0, i = 0; i < 100 && date_find(intake_words_get(), text, from, size & 1, &hit); i++) {
        if (hit.end <= from || hit.start < from || hit.end > text.len) abort(); /* it must go forward, inside the text */
        from = hit.end;
    }
    date_whole(intake_words_get(), text, size & 1, &m);
    date_of_url(intake_words_get(), text, &m);
    moment_parse(text, &m);
    return 0;
}
