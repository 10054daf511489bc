/* The way of a document through the program, in order. Everything else is behind one of these doors; src/README.md says what is in which. */
#include "pipeline.h"

#include <time.h>

#include "base/error.h"
#include "statement/statement.h"

static void segment(const rap_engine *is, document *doc) { text_read(is->text, doc); }
static void parse(const rap_engine *is, document *doc) { syntax_read(is->syntax, doc); }
static void name(const rap_engine *is, document *doc) { who_names(is->who, doc); }
static void date(const rap_engine *is, document *doc) { when_read(is->when, doc); }
static void locate(const rap_engine *is, document *doc) { where_read(is->where, doc); }
static void chain_mentions(const rap_engine *is, document *doc) { who_chains(is->who, doc); }
static void attribute(const rap_engine *is, document *doc) { said_read(is->said, is->who, doc); }
static void code(const rap_engine *is, document *doc) { what_read(is->what, is->who, doc); }
static void join(const rap_engine *is, document *doc) { statement_read(is, doc); }

static const struct {
    const char *name;
    void (*run)(const rap_engine *, document *);
} stages[RAP_STAGES] = {
    {"text", segment},         /* blocks ► sentences, tokens */
    {"syntax", parse},         /* tokens ► tags, lemmas, trees */
    {"names", name},           /* trees ► mentions */
    {"when", date},            /*       ► times */
    {"where", locate},         /*       ► places */
    {"chains", chain_mentions}, /* mentions, times ► chains */
    {"said", attribute},       /*       ► quotations, cues, factuality of every predicate */
    {"what", code},            /*       ► events */
    {"statement", join},       /* all   ► statements */
};
enum { TEXT, SYNTAX, NAMES, SAID = 6, WHAT, ALL = RAP_STAGES };

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Runs stages [from, to) with the arena's way out set: memory that runs out inside ends this document, not the program. */
static rap_status walk(const rap_engine *engine, document *doc, int from, int to, rap_error *e) {
    jmp_buf escape;
    if (setjmp(escape)) {
        document_clear(doc);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading one document");
    }
    doc->home.escape = &escape;
    for (int i = from; i < to; i++) {
        uint64_t began = now();
        stages[i].run(engine, doc);
        doc->stage_time[i] += now() - began;
    }
    doc->home.escape = NULL;
    return RAP_OK;
}

rap_status rap_read(const rap_engine *engine, rap_document *doc, rap_error *e) {
    if (!document_is_english(doc)) return RAP_OK; /* passed on without statements, and counted */
    return walk(engine, doc, TEXT, ALL, e);
}
rap_status rap_parse(const rap_engine *engine, rap_document *doc, rap_error *e) { return walk(engine, doc, TEXT, NAMES, e); }
rap_status rap_parse_tokens(const rap_engine *engine, rap_document *doc, rap_error *e) { return walk(engine, doc, SYNTAX, NAMES, e); }
rap_status pipeline_layers(const rap_engine *engine, document *doc, rap_error *e) { return walk(engine, doc, TEXT, WHAT, e); }

const char *rap_stage_name(int stage) { return stages[stage].name; }
uint64_t rap_stage_time(const rap_document *doc, int stage) { return doc->stage_time[stage]; }
