/* Model files that were changed: byte 0 chooses the file, byte 1 whether its checksum and length are put right again (so that what lies behind them is met, too); then
 * come changes, six bytes each: where (four bytes; an odd one counts from the table of sections on) and what (two). What opens must be able to read. */
#include <fcntl.h>
#include <sys/stat.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "fuzz.h"
#include "intake/judge.h"

static const char *const names[] = {"text.bin", "names.bin", "quotations.bin", "factuality.bin", "relate.bin", "extract.bin", "syntax.bin", "syntax-2.bin"};
enum { MODELS = sizeof names / sizeof *names };

static const char sample[] = "{\"title\":\"Minister sacks envoy\",\"published\":\"2018-03-04\",\"text\":\"The French foreign minister, Ana Ruiz, did not meet the "
                             "North Korean envoy in Lima on Sunday, officials said. They may have agreed to talk next week.\"}";
static char folder[64];
static struct { unsigned char *bytes; size_t size; } good[MODELS];

static void path_of(char *path, size_t room, int i) { snprintf(path, room, "%s/%s", folder, names[i]); }

static void link_back(int i) {
    char from[600], to[128];
    const char *home = getenv("RAPPORTEUR_MODELS");
    snprintf(from, sizeof from, "%s/%s", home ? home : "models", names[i]);
    path_of(to, sizeof to, i);
    unlink(to);
    if (symlink(from, to) != 0) abort();
}

static void prepare(void) {
    snprintf(folder, sizeof folder, "/dev/shm/fuzz-model.%d", (int)getpid());
    mkdir(folder, 0700);
    for (int i = 0; i < MODELS; i++) {
        char path[128];
        struct stat info;
        link_back(i);
        path_of(path, sizeof path, i);
        FILE *f = fopen(path, "rb");
        if (!f || fstat(fileno(f), &info) != 0) abort();
        good[i].size = (size_t)info.st_size;
        good[i].bytes = malloc(good[i].size);
        if (fread(good[i].bytes, 1, good[i].size, f) != good[i].size) abort();
        fclose(f);
    }
}

static void put(int i, const unsigned char *bytes, size_t size) {
    char path[128];
    path_of(path, sizeof path, i);
    unlink(path);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, size, f) != size) abort();
    fclose(f);
}

static unsigned char *changed(int i, const uint8_t *bytes, size_t size) {
    unsigned char *b = malloc(good[i].size);
    memcpy(b, good[i].bytes, good[i].size);
    for (size_t k = 2; k + 6 <= size; k += 6) {
        uint32_t at;
        memcpy(&at, bytes + k, 4);
        at = at & 1 ? at / 2 % 800 : at / 2 % (uint32_t)good[i].size;
        memcpy(b + at, bytes + k + 4, at + 2 <= good[i].size ? 2 : 1);
    }
    if (bytes[1] & 1) {
        uint64_t length = good[i].size, sum = XXH3_64bits(b + 32, good[i].size - 32);
        memcpy(b + 16, &length, 8);
        memcpy(b + 24, &sum, 8);
    }
    return b;
}

static void use(rap_engine *engine) {
    rap_document *doc = fuzz_document();
    rap_error e;
    if (rap_document_from_json(doc, sample, sizeof sample - 1, &e) == RAP_OK && rap_read(engine, doc, &e) == RAP_OK)
        rap_write_statements(engine, doc, RAP_JSONL, false, nowhere(), &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    rap_engine *engine;
    rap_error e;
    if (!good[0].bytes) prepare();
    if (size < 8) return 0;
    int i = bytes[0] % MODELS;
    unsigned char *b = changed(i, bytes, size);
    put(i, b, good[i].size);
    free(b);
    if (strcmp(names[i], "extract.bin") == 0) {
        model_file m;
        if (model_open(&m, folder, names[i], &e) == RAP_OK) model_close(&m);
    } else if (rap_open(&engine, &(rap_options){.models = folder}, &e) == RAP_OK) {
        use(engine);
        rap_close(engine);
    }
    link_back(i);
    return 0;
}
