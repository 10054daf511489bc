/* `relate`: one question, one answer. */
#include "base/buffer.h"
#include "base/error.h"
#include "out/json.h"
#include "question.h"

static rap_status write_answer(FILE *out, const question *q, const what_answer *a, rap_error *e) {
    rap_status status = RAP_OK;
    buffer b = {0};
    buffer_byte(&b, '{');
    json_member(&b, "id", str_of(q->id));
    json_member(&b, "event", str_of(plover_name(a->root)));
    json_member(&b, "mode", a->mode);
    json_member(&b, "factuality", str_of(factuality_name(a->factuality)));
    json_decimal(&b, "confidence", a->confidence, 3);
    buffer_text(&b, "}\n");
    if (b.failed) status = error_set(e, RAP_NO_MEMORY, "out of memory while writing an answer");
    else fwrite(b.ptr, 1, b.len, out);
    buffer_free(&b);
    return status;
}

rap_status rap_relate(const rap_engine *engine, rap_document *doc, const char *json, size_t length, FILE *out, rap_error *e) {
    question q;
    what_answer a = {.root = CONSULT, .mode = STR(""), .factuality = FACT_UU};
    rap_status s = question_read(doc, &q, json, length, e);
    if (s == RAP_OK) s = pipeline_layers(engine, doc, e);
    if (s == RAP_OK) {
        jmp_buf escape;
        if (setjmp(escape)) {
            doc->home.escape = NULL;
            return error_set(e, RAP_NO_MEMORY, "out of memory while relating");
        }
        doc->home.escape = &escape;
        a = what_relate(engine->what, engine->who, doc, q.source, q.sources, q.target, q.targets);
        doc->home.escape = NULL;
    }
    if (s == RAP_OK || s == RAP_UNREADABLE) { /* one answer a line, whatever the line */
        rap_error unsent;
        rap_status sent = write_answer(out, &q, &a, &unsent);
        if (sent != RAP_OK) return error_set(e, sent, "%s", unsent.message);
    }
    return ferror(out) ? error_set(e, RAP_NO_SPACE, "the answer cannot be written") : s;
}
