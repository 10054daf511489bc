/* The files of knowledge as a person may write them: the first byte chooses the file, the rest is its text. The large ones that are not chosen are
 * left out, since reading them anew each time would take all the time there is. What opens must be able to read a document. */
#include <sys/stat.h>

#include "fuzz.h"

extern const struct { const char *name, *text; size_t length; } lexicon_embedded[];

static const char sample[] = "{\"title\":\"Minister sacks envoy\",\"published\":\"2018-03-04\",\"text\":\"The French foreign minister, Ana Ruiz, did not meet the "
                             "North Korean envoy in Lima on Sunday, officials said. They may have agreed to talk next week. Troops shelled the town.\"}";

static char folder[64];
static size_t files;

static void put(const char *name, const void *text, size_t length) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(text, 1, length, f) != length) abort();
    fclose(f);
}

static void put_back(size_t i) {
    char path[256];
    if (lexicon_embedded[i].length > 30000) put(lexicon_embedded[i].name, "", 0);
    else snprintf(path, sizeof path, "%s/%s", folder, lexicon_embedded[i].name), unlink(path);
}

static void prepare(void) {
    snprintf(folder, sizeof folder, "/dev/shm/fuzz-lexicon.%d", (int)getpid());
    mkdir(folder, 0700);
    while (lexicon_embedded[files].name) put_back(files++);
}

static void read_with(rap_engine *engine) {
    rap_document *doc = fuzz_document();
    rap_error e;
    if (rap_document_from_json(doc, sample, sizeof sample - 1, &e) != RAP_OK || rap_read(engine, doc, &e) != RAP_OK) abort();
    rap_write_statements(engine, doc, RAP_JSONL, false, nowhere(), &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    rap_error e;
    uint64_t mark = 0;
    int problems;
    jmp_buf escape;
    if (!files) prepare();
    if (size == 0) return 0;
    size_t chosen = bytes[0] % files;
    rap_engine *whole = fuzz_engine(), engine = {.text = whole->text, .syntax = whole->syntax};
    put(lexicon_embedded[chosen].name, bytes + 1, size - 1);
    setup with = {.home = &engine.home, .syntax = engine.syntax, .stamp = &mark};
    arena_init(&engine.home);
    if (!setjmp(escape)) {
        engine.home.escape = &escape;
        rap_status s = lexicon_open(&engine.lexicon, folder, &e);
        with.lexicon = engine.lexicon;
        if (s == RAP_OK) s = who_open(&engine.who, &with, &e);
        if (s == RAP_OK) s = when_open(&engine.when, &with, &e);
        if (s == RAP_OK) s = where_open(&engine.where, &with, &e);
        if (s == RAP_OK) s = said_open(&engine.said, &with, &e);
        if (s == RAP_OK) s = what_open(&engine.what, &with, &e);
        if (s == RAP_OK) read_with(&engine);
    }
    what_close(engine.what);
    said_close(engine.said);
    where_close(engine.where);
    when_close(engine.when);
    who_close(engine.who);
    lexicon_close(engine.lexicon);
    arena_free(&engine.home);
    if (strncmp(lexicon_embedded[chosen].name, "frames", 6) == 0) rap_lexicon_lint(folder, nowhere(), &problems, &e);
    put_back(chosen);
    return 0;
}
