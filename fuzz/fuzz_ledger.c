/* What a ledger takes without coding: coded records, event files of ICEWS, POLECAT and GDELT; a judged sample. Questions are asked of what went in. */
#include "fuzz.h"

/* Documents would be coded, which fuzz_rows does. */
static bool comes_coded(const uint8_t *bytes, size_t size) {
    const uint8_t *end = memchr(bytes, '\n', size);
    size_t first = end ? (size_t)(end - bytes) : size;
    return memmem(bytes, first, "\"statements\"", 12) || memchr(bytes, '\t', first);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *const questions[] = {"statements", "meetings", "happenings", "stories", "contradictions", "precedents",
                                            "silences", "appearances", "gaps", "dyads", "explanations", "coverage", "documents"};
    rap_ledger *ledger;
    rap_added added = {0};
    rap_filters filters = {.limit = 20};
    rap_error e;
    const char *path = fuzz_file(0, bytes, size);
    must(rap_ledger_open(&ledger, ":memory:", true, &e) == RAP_OK, &e);
    if (comes_coded(bytes, size)) rap_ledger_add_path(ledger, fuzz_engine(), path, NULL, NULL, NULL, &added, &e);
    rap_eval_sample(ledger, &path, 1, nowhere(), &e);
    if (added.documents)
        for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) rap_ask(ledger, questions[i], &filters, true, nowhere(), &e);
    if (added.documents) rap_export(ledger, &filters, RAP_ICEWS, nowhere(), nowhere(), &e);
    rap_ledger_close(ledger);
    return 0;
}
