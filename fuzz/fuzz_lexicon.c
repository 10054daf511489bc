/* The files of knowledge as a person may write them: the first byte chooses the file, the rest is its text. The stages that read the file are opened on it, beside the
 * others as they ship, and read a document; a file that the ledger reads is asked for through a ledger. The large files that are not chosen are left empty, since reading
 * them anew each time would take all the time there is. */
#include <sys/stat.h>

#include "fuzz.h"
#include "ledger/ledger.h"
#include "syntax/lemma.h"

extern const struct { const char *name, *text; size_t length; } lexicon_embedded[];

static const char sample[] = "{\"title\":\"Minister sacks envoy\",\"published\":\"2018-03-04\",\"text\":\"The French foreign minister, Ana Ruiz, did not meet the "
                             "North Korean envoy in Lima on Sunday, officials said. They may have agreed to talk next week. Troops shelled the town.\"}";

enum { TEXT = 1, LEMMA = 2, WHO = 4, WHEN = 8, WHERE = 16, SAID = 32, WHAT = 64, LEDGER = 128 };
static const struct { const char *prefix; int stages; } readers[] = {
    {"abbreviations", TEXT}, {"contractions", TEXT}, {"prefixes", TEXT},    {"glued", TEXT},       {"openers", TEXT},    {"lemmas", LEMMA},  {"regions", WHO},     {"organizations", WHO},
    {"groups", WHO},         {"institutions", WHO},  {"outlets", WHO},      {"roles", WHO},        {"offices", WHO},     {"leaders", WHO | LEDGER},
    {"first-names", WHO},    {"countries", WHO | WHERE | LEDGER},           {"time", WHEN},        {"place", WHERE},     {"signatures", SAID}, {"reporting", SAID},
    {"modals", SAID},        {"hedges", SAID},       {"negation", SAID},    {"voices", SAID}, {"silences", SAID},      {"event_nouns", SAID}, {"frames", WHAT},  {"word-classes", WHAT}, {"light-verbs", WHAT},
    {"cameo", WHAT},         {"explanations", LEDGER}, {"appearances", LEDGER}, {"ranks", LEDGER}, {"agencies", LEDGER}, {"verb-forms", LEDGER},
};

static const char *folder;
static size_t files;

static int stages_of(const char *name) {
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strncmp(name, readers[i].prefix, strlen(readers[i].prefix)) == 0) return readers[i].stages;
    return 0; /* read by nobody but `lexicon diff` and, as it ships, by intake */
}

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
    folder = fuzz_folder("lexicon");
    while (lexicon_embedded[files].name) put_back(files++);
}

static void read_with(const rap_engine *engine) {
    rap_document *doc = fuzz_document();
    rap_error e;
    if (rap_document_from_json(doc, sample, sizeof sample - 1, &e) != RAP_OK || rap_read(engine, doc, &e) != RAP_OK) abort();
    rap_write_statements(engine, doc, RAP_JSONL, false, nowhere(), &e);
}

static void find_lemmas(arena *home, const lexicon *lex) {
    static const char *const forms[] = {"left", "Envoys", "is", "x", "\xC3\xA9t\xC3\xA9s"};
    lemmas l;
    str answer;
    lemmas_read(&l, home, STR("l0\nl1+y\n=be\n"), STR("left\tVERB\tleave\n"), lexicon_file(lex, "lemmas.tsv"));
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) lemma_exception(&l, str_of(forms[i]), UPOS_VERB, &answer);
}

/* A ledger of one coded document, asked with this knowledge. */
static void ask(void) {
    static const char *const questions[] = {"appearances", "gaps", "explanations", "precedents", "stories", "coverage", "dyads"};
    static rap_ledger *ledger;
    rap_filters filters = {.limit = 20};
    rap_added added = {0};
    rap_error e;
    if (!ledger) {
        must(rap_ledger_open(&ledger, ":memory:", true, &e) == RAP_OK, &e);
        must(rap_ledger_add_path(ledger, fuzz_engine(), fuzz_file(0, sample, sizeof sample - 1), NULL, NULL, NULL, &added, &e) == RAP_OK, &e);
        ledger->lexicon_folder = folder;
    }
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) rap_ask(ledger, questions[i], &filters, true, nowhere(), &e);
    rap_export(ledger, &filters, RAP_ICEWS, nowhere(), nowhere(), &e);
}

static void open_and_read(int stages) {
    const rap_engine *whole = fuzz_engine();
    rap_engine own = *whole;
    rap_error e;
    uint64_t mark = 0;
    jmp_buf escape;
    lexicon *lex = NULL;
    arena_init(&own.home);
    own.text = NULL, own.who = NULL, own.when = NULL, own.where = NULL, own.said = NULL, own.what = NULL;
    if (!setjmp(escape)) {
        own.home.escape = &escape;
        rap_status s = lexicon_open(&lex, folder, &e);
        setup with = {.lexicon = lex, .home = &own.home, .syntax = own.syntax, .stamp = &mark};
        if (s == RAP_OK && stages & LEMMA) find_lemmas(&own.home, lex);
        if (s == RAP_OK && stages & TEXT) s = text_open(&own.text, &with, &e);
        if (s == RAP_OK && stages & WHO) s = who_open(&own.who, &with, &e);
        if (s == RAP_OK && stages & WHEN) s = when_open(&own.when, &with, &e);
        if (s == RAP_OK && stages & WHERE) s = where_open(&own.where, &with, &e);
        if (s == RAP_OK && stages & SAID) s = said_open(&own.said, &with, &e);
        if (s == RAP_OK && stages & WHAT) s = what_open(&own.what, &with, &e);
        rap_engine mixed = *whole;
        if (own.text) mixed.text = own.text;
        if (own.who) mixed.who = own.who;
        if (own.when) mixed.when = own.when;
        if (own.where) mixed.where = own.where;
        if (own.said) mixed.said = own.said;
        if (own.what) mixed.what = own.what;
        if (s == RAP_OK && stages & ~(LEMMA | LEDGER)) read_with(&mixed);
    }
    what_close(own.what);
    said_close(own.said);
    where_close(own.where);
    when_close(own.when);
    who_close(own.who);
    text_close(own.text);
    lexicon_close(lex);
    arena_free(&own.home);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    rap_error e;
    int problems;
    if (!files) prepare();
    if (size == 0) return 0;
    size_t chosen = bytes[0] % files;
    const char *name = lexicon_embedded[chosen].name;
    int stages = stages_of(name);
    put(name, bytes + 1, size - 1);
    open_and_read(stages);
    if (stages & LEDGER) ask();
    if (strncmp(name, "frames", 6) == 0 && bytes[0] / files == 1) rap_lexicon_lint(folder, nowhere(), &problems, &e); /* slow: it reads all frames' examples */
    if (bytes[0] / files == 2) rap_lexicon_diff(folder, nowhere(), &e);
    put_back(chosen);
    return 0;
}
