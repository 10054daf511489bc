#include "said/said.h"

#include "base/error.h"
#include "said/stage.h"
#include "syntax/syntax.h"

static bool open_linear(const model_file *m, const char *name, const float *head, int i, linear *out) {
    size_t length;
    out->weights = model_section(m, name, 2, &length);
    if (!out->weights || (length & (length - 1))) return false;
    out->mask = (uint32_t)(length - 1);
    out->scale = head[i];
    out->bias = head[3 + i];
    return true;
}

static rap_status open_quotations(said_stage *stage, const setup *with, rap_error *e) {
    rap_status status = model_open(&stage->quotations, with->models, "quotations.bin", e);
    if (status != RAP_OK) return status;
    setup_stamp(with, &stage->quotations);
    size_t length;
    const float *head = model_section(&stage->quotations, "head", 8 * sizeof(float), &length);
    attribution_model *m = &stage->attribution;
    if (!head || !open_linear(&stage->quotations, "cue", head, 0, &m->cue) || !open_linear(&stage->quotations, "content", head, 1, &m->content) ||
        !open_linear(&stage->quotations, "source", head, 2, &m->source))
        return error_set(e, RAP_UNREADABLE, "quotations.bin lacks a part; make it anew with `rapporteur train quotations`");
    m->threshold = head[6];
    m->words.in = model_section(&stage->quotations, "words", sizeof(float) * (TAG_STATE + 1) * TAG_HIDDEN, &length);
    m->words.out = model_section(&stage->quotations, "labels", sizeof(float) * (TAG_HIDDEN + 1) * TAG_LABELS, &length);
    if (!m->words.out) m->words.in = NULL; /* a file without the tagger goes by trees alone */
    return RAP_OK;
}

static rap_status open_factuality(said_stage *stage, const setup *with, rap_error *e) {
    rap_status status = model_open(&stage->factuality, with->models, "factuality.bin", e);
    if (status != RAP_OK) return status;
    setup_stamp(with, &stage->factuality);
    size_t length;
    const float *head = model_section(&stage->factuality, "head", 4 * sizeof(float), &length);
    linear *m = &stage->readers;
    m->weights = model_section(&stage->factuality, "weights", 2, &length);
    if (!head || !m->weights || (length & (length - 1)))
        return error_set(e, RAP_UNREADABLE, "factuality.bin lacks a part; make it anew with `rapporteur train factuality`");
    m->mask = (uint32_t)(length - 1), m->scale = head[0], m->bias = head[1];
    return RAP_OK;
}

rap_status said_open(said_stage **out, const setup *with, rap_error *e) {
    said_stage *stage = arena_new(with->home, said_stage);
    *out = stage;
    rap_status status = knowledge_read(&stage->know, with, e);
    stage->know.syntax = with->syntax;
    knowledge_directions(&stage->know);
    if (status == RAP_OK) status = open_quotations(stage, with, e);
    if (status == RAP_OK) status = open_factuality(stage, with, e);
    return status;
}

void said_close(said_stage *stage) {
    if (stage) model_close(&stage->quotations), model_close(&stage->factuality);
}

static void view_word(const void *model, const float *state, float *out) { tagger_read(model, state, out); }

void said_attach(const said_stage *stage, struct syntax_stage *syntax) {
    if (stage->attribution.words.in) syntax_attach(syntax, &(syntax_viewer){view_word, &stage->attribution.words, TAG_LABELS});
}

reading said_reading(const said_stage *stage, document *doc) {
    reading r = {.know = &stage->know, .doc = doc};
    r.cue_at = arena_array(&doc->home, int32_t, doc->token_count + 1);
    r.silence = arena_array(&doc->home, uint8_t, doc->token_count + 1);
    for (size_t t = 0; t <= doc->token_count; t++) r.cue_at[t] = -1;
    return r;
}

void said_read(const said_stage *stage, const who_stage *who, document *doc) {
    (void)who;
    reading r = said_reading(stage, doc);
    quotes_find(&r);
    cues_negation(&r);
    calculus c = {&r, arena_array(&doc->home, verdict, doc->token_count + 1)};
    quotations_read(stage, &r, &c);
    factuality_read(&c, &stage->readers);
}
