/* The way of a document through the program, in order. Everything else is behind one of these doors; src/README.md says what is in which. */
#include "pipeline.h"

#include "base/error.h"
#include "statement/statement.h"

static void segment_and_parse(const rap_engine *engine, document *doc) {
    text_read(engine->text, doc);     /* blocks ► sentences, tokens */
    syntax_read(engine->syntax, doc); /* tokens ► tags, lemmas, trees */
}

static void read_layers(const rap_engine *engine, document *doc) {
    segment_and_parse(engine, doc);
    who_names(engine->who, doc);             /* trees ► mentions */
    when_read(engine->when, doc);            /*       ► times */
    where_read(engine->where, doc);          /*       ► places */
    who_chains(engine->who, doc);            /* mentions, times ► chains */
    said_read(engine->said, engine->who, doc); /* ► quotations, cues, factuality of every predicate */
}

static void read_all(const rap_engine *engine, document *doc) {
    if (!document_is_english(doc)) return; /* passed on without statements, and counted */
    read_layers(engine, doc);
    what_read(engine->what, engine->who, doc); /* ► events */
    statement_read(engine, doc);             /* all ► statements */
}

/* Runs stages with the arena's way out set: memory that runs out inside ends this document, not the program. */
static rap_status guarded(const rap_engine *engine, document *doc, void (*stages)(const rap_engine *, document *), rap_error *e) {
    jmp_buf escape;
    if (setjmp(escape)) {
        document_clear(doc);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading one document");
    }
    doc->home.escape = &escape;
    stages(engine, doc);
    doc->home.escape = NULL;
    return RAP_OK;
}

rap_status rap_read(const rap_engine *engine, rap_document *doc, rap_error *e) { return guarded(engine, doc, read_all, e); }
rap_status rap_parse(const rap_engine *engine, rap_document *doc, rap_error *e) {
    return guarded(engine, doc, segment_and_parse, e);
}
static void only_parse(const rap_engine *engine, document *doc) { syntax_read(engine->syntax, doc); }
rap_status rap_parse_tokens(const rap_engine *engine, rap_document *doc, rap_error *e) {
    return guarded(engine, doc, only_parse, e);
}
rap_status pipeline_layers(const rap_engine *engine, document *doc, rap_error *e) { return guarded(engine, doc, read_layers, e); }
