/* Opening and closing the stages of pipeline.c. */
#include "pipeline.h"

#include "base/error.h"
#include "base/memory.h"
#include "statement/trust.h"

static rap_status open_stages(rap_engine *engine, setup *with, rap_error *e) {
    rap_status status = text_open(&engine->text, with, e);
    if (status == RAP_OK) status = syntax_open(&engine->syntax, with, e);
    with->syntax = engine->syntax;
    if (status == RAP_OK) status = who_open(&engine->who, with, e);
    if (status == RAP_OK) status = when_open(&engine->when, with, e);
    if (status == RAP_OK) status = where_open(&engine->where, with, e);
    if (status == RAP_OK) status = said_open(&engine->said, with, e);
    if (status == RAP_OK) said_attach(engine->said, engine->syntax);
    if (status == RAP_OK) status = what_open(&engine->what, with, e);
    return status == RAP_OK ? trust_open(&engine->trust, with, e) : status;
}

static rap_status open_all(rap_engine *engine, const rap_options *options, rap_error *e) {
    uint64_t stamp = 0;
    rap_status status = lexicon_open(&engine->lexicon, options->lexicon, e);
    if (status != RAP_OK) return status;
    setup with = {engine->lexicon, &engine->home, options->models, options->states, NULL, &stamp};
    engine->least = options->least;
    status = open_stages(engine, &with, e);
    snprintf(engine->version, sizeof engine->version, RAP_VERSION " lexicon %.4s model %04x", lexicon_version(engine->lexicon),
             (unsigned)(stamp >> 48));
    return status;
}

rap_status rap_open(rap_engine **out, const rap_options *options, rap_error *e) {
    static const rap_options defaults;
    rap_engine *engine = memory_new(sizeof *engine);
    if (!engine) return error_set(e, RAP_NO_MEMORY, "out of memory while starting");
    *engine = (rap_engine){0};
    arena_init(&engine->home);
    jmp_buf escape;
    if (setjmp(escape)) {
        rap_close(engine);
        return error_set(e, RAP_NO_MEMORY, "out of memory while starting");
    }
    engine->home.escape = &escape;
    rap_status status = open_all(engine, options ? options : &defaults, e);
    if (status != RAP_OK) {
        rap_close(engine);
        return status;
    }
    engine->home.escape = NULL;
    *out = engine;
    return RAP_OK;
}

void rap_close(rap_engine *engine) {
    if (!engine) return;
    trust_close(engine->trust);
    what_close(engine->what);
    said_close(engine->said);
    where_close(engine->where);
    when_close(engine->when);
    who_close(engine->who);
    syntax_close(engine->syntax);
    text_close(engine->text);
    lexicon_close(engine->lexicon);
    arena_free(&engine->home);
    memory_free(engine);
}

const char *rap_engine_version(const rap_engine *engine) { return engine->version; }
