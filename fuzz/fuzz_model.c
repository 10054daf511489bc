/* Model files that were changed: byte 0 chooses the file, byte 1 whether its checksum and length are put right again (so that what lies behind them is met, too); then
 * come changes, six bytes each: where (four bytes; an odd one counts from the table of sections on) and what (two). The stage that reads the file is opened on it, beside
 * the others as they ship; what opens must be able to read. The files lie in a folder of this run, are changed in place, and put back after each input. */
#include <fcntl.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "fuzz.h"
#include "intake/judge.h"
#include "statement/trust.h"

typedef enum stage { TEXT, WHO, SAID, WHAT, TRUST, SYNTAX, JUDGE } stage;
static const struct { const char *name; stage read_by; } models[] = {
    {"text.bin", TEXT},      {"names.bin", WHO},   {"quotations.bin", SAID}, {"factuality.bin", SAID},  {"relate.bin", WHAT},
    {"confidence.bin", TRUST}, {"extract.bin", JUDGE}, {"syntax.bin", SYNTAX},  {"syntax-2.bin", SYNTAX},
};
enum { MODELS = sizeof models / sizeof *models, MOST_CHANGES = 64 };

static const char sample[] = "{\"title\":\"Minister sacks envoy\",\"published\":\"2018-03-04\",\"text\":\"The French foreign minister, Ana Ruiz, did not meet the "
                             "North Korean envoy in Lima on Sunday, officials said. They may have agreed to talk next week.\"}";

/* One file: its bytes as they are mapped for writing, and as they ship. */
static struct { unsigned char *bytes, *good; size_t size; } file[MODELS];

static void prepare(void) {
    const char *home = getenv("RAPPORTEUR_MODELS");
    char path[600];
    struct stat info;
    fuzz_engine(); /* the models as they ship, before the program is told to look elsewhere */
    for (int i = 0; i < MODELS; i++) {
        snprintf(path, sizeof path, "%s/%s", home ? home : "models", models[i].name);
        FILE *f = fopen(path, "rb");
        if (!f || fstat(fileno(f), &info) != 0) abort();
        file[i].size = (size_t)info.st_size;
        file[i].good = malloc(file[i].size);
        if (fread(file[i].good, 1, file[i].size, f) != file[i].size) abort();
        fclose(f);
        snprintf(path, sizeof path, "%s/%s", fuzz_folder("models"), models[i].name);
        int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
        if (fd < 0 || write(fd, file[i].good, file[i].size) != (ssize_t)file[i].size) abort();
        file[i].bytes = mmap(NULL, file[i].size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (file[i].bytes == MAP_FAILED) abort();
        close(fd);
    }
    setenv("RAPPORTEUR_MODELS", fuzz_folder("models"), 1);
}

static uint32_t offset_of(int i, const uint8_t *bytes) {
    uint32_t at;
    memcpy(&at, bytes, 4);
    return at & 1 ? at / 2 % 800 : at / 2 % (uint32_t)file[i].size;
}

static void change(int i, const uint8_t *bytes, size_t size) {
    for (size_t k = 2, n = 0; k + 6 <= size && n < MOST_CHANGES; k += 6, n++) {
        uint32_t at = offset_of(i, bytes + k);
        memcpy(file[i].bytes + at, bytes + k + 4, at + 2 <= file[i].size ? 2 : 1);
    }
    if (!(bytes[1] & 1)) return;
    uint64_t length = file[i].size, sum = XXH3_64bits(file[i].bytes + 32, file[i].size - 32);
    memcpy(file[i].bytes + 16, &length, 8);
    memcpy(file[i].bytes + 24, &sum, 8);
}

static void put_back(int i, const uint8_t *bytes, size_t size) {
    for (size_t k = 2, n = 0; k + 6 <= size && n < MOST_CHANGES; k += 6, n++) {
        uint32_t at = offset_of(i, bytes + k);
        memcpy(file[i].bytes + at, file[i].good + at, at + 2 <= file[i].size ? 2 : 1);
    }
    memcpy(file[i].bytes, file[i].good, 32);
}

static void use(const rap_engine *engine) {
    rap_document *doc = fuzz_document();
    rap_error e;
    if (rap_document_from_json(doc, sample, sizeof sample - 1, &e) == RAP_OK && rap_read(engine, doc, &e) == RAP_OK)
        rap_write_statements(engine, doc, RAP_JSONL, false, nowhere(), &e);
}

/* Opens the one stage anew and reads with it; closes it. */
static void open_and_use(stage which) {
    const rap_engine *whole = fuzz_engine();
    rap_engine engine = *whole;
    rap_error e;
    uint64_t mark = 0;
    jmp_buf escape;
    arena_init(&engine.home);
    setup with = {.lexicon = whole->lexicon, .home = &engine.home, .models = fuzz_folder("models"), .syntax = whole->syntax, .stamp = &mark};
    if (which == TEXT) engine.text = NULL;
    if (which == WHO) engine.who = NULL;
    if (which == SAID) engine.said = NULL;
    if (which == WHAT) engine.what = NULL;
    if (which == TRUST) engine.trust = NULL;
    if (which == SYNTAX) engine.syntax = NULL;
    if (!setjmp(escape)) {
        engine.home.escape = &escape;
        rap_status s = which == TEXT   ? text_open(&engine.text, &with, &e)
                       : which == WHO  ? who_open(&engine.who, &with, &e)
                       : which == SAID ? said_open(&engine.said, &with, &e)
                       : which == WHAT ? what_open(&engine.what, &with, &e)
                       : which == TRUST ? trust_open(&engine.trust, &with, &e)
                                        : syntax_open(&engine.syntax, &with, &e);
        if (s == RAP_OK) use(&engine);
    }
    if (which == TEXT) text_close(engine.text);
    if (which == WHO) who_close(engine.who);
    if (which == SAID) said_close(engine.said);
    if (which == WHAT) what_close(engine.what);
    if (which == TRUST) trust_close(engine.trust);
    if (which == SYNTAX) syntax_close(engine.syntax);
    arena_free(&engine.home);
}

static void open_and_judge(void) {
    static const char html[] = "<html><body><nav><a href=/>Home</a></nav><article><h1>Envoy leaves</h1><p>The envoy left on Sunday, officials said, and he would not say why.</p>"
                               "</article></body></html>";
    static page p;
    arena scratch;
    uint32_t cut;
    rap_error e;
    judge_model *m = judge_open(&e);
    if (!m) return;
    arena_init(&scratch);
    if (page_read(&p, intake_words_get(), (str){html, sizeof html - 1}, &cut, &e) != RAP_OK || page_blocks(&p, &e) != RAP_OK) abort();
    judge_blocks(m, &p, STR("Envoy leaves"), STR(""), &scratch, arena_array(&scratch, judged, (size_t)page_block_count(&p) + 1));
    arena_free(&scratch);
    judge_close(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (!file[0].bytes) prepare();
    if (size < 8) return 0;
    int i = bytes[0] % MODELS;
    change(i, bytes, size);
    if (models[i].read_by == JUDGE) open_and_judge();
    else open_and_use(models[i].read_by);
    put_back(i, bytes, size);
    return 0;
}
