/* CoNLL-U: read, parsed anew over its own words, written; and scored against itself. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    rap_document *doc = fuzz_document();
    rap_conllu *stream;
    rap_error e;
    FILE *in = fopen(fuzz_file(0, bytes, size), "r");
    if (!in || rap_conllu_open(&stream, in, &e) != RAP_OK) return 0;
    while (rap_conllu_next(stream, doc, &e) == RAP_OK) {
        if (size < 4000 && rap_parse_tokens(fuzz_engine(), doc, &e) != RAP_OK) break;
        rap_conllu_write(stream, doc, nowhere(), &e);
    }
    rap_conllu_close(stream);
    fclose(in);
    const char *path = fuzz_file(0, bytes, size);
    rap_eval_conllu(path, path, nowhere(), &e);
    return 0;
}
