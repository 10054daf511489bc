/* rap_who: whom words mean on a date, answered as JSON. */
#include <errno.h>

#include "base/error.h"
#include "base/memory.h"
#include "out/json.h"
#include "pipeline.h"
#include "who_question.h"

static void write_answer(buffer *b, const str *id, const actor *a) {
    buffer_byte(b, '{');
    if (id) {
        json_key(b, "id");
        buffer_str(b, *id);
    }
    json_member(b, "name", a->name);
    json_member(b, "country", a->country);
    json_key(b, "sector");
    buffer_byte(b, '[');
    for (int i = 0; i < a->sector_count; i++) {
        if (i) buffer_byte(b, ',');
        json_text(b, a->sector[i]);
    }
    buffer_byte(b, ']');
    json_member(b, "code", a->code);
    json_member(b, "role", a->role);
    json_member(b, "entity", a->id);
    json_decimal(b, "confidence", a->confidence, 2);
    buffer_add(b, "}\n", 2);
}

static rap_status send(buffer *b, FILE *out, rap_error *e) {
    rap_status s = b->failed ? error_set(e, RAP_NO_MEMORY, "out of memory while writing") : RAP_OK;
    if (s == RAP_OK && fwrite(b->ptr, 1, b->len, out) != b->len) s = error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_NO_SPACE, "output cannot be written: %s", strerror(errno));
    buffer_free(b);
    return s;
}

static day date_of(str published) {
    moment m;
    return moment_parse(published, &m) ? m.date : DAY_NONE;
}

typedef struct asked {
    const rap_engine *engine;
    document *doc;
    str words, context;
    day date;
} asked;

static rap_status read_words(const asked *q, actor *a, rap_error *e) {
    jmp_buf escape;
    if (setjmp(escape)) {
        document_clear(q->doc);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading the words");
    }
    q->doc->home.escape = &escape;
    who_words(q->engine->who, q->doc, q->words, q->context, q->date, a);
    q->doc->home.escape = NULL;
    return RAP_OK;
}

rap_status rap_who_words(const rap_engine *engine, rap_document *doc, const char *words, const char *context, const char *on, FILE *out, rap_error *e) {
    actor a = {0};
    buffer b = {0};
    document_clear(doc);
    if (on && *on && date_of(str_of(on)) == DAY_NONE) return error_set(e, RAP_USAGE, "\"%s\" is not a date (YYYY-MM-DD)", on);
    asked q = {engine, doc, str_of(words), str_of(context ? context : ""), on ? date_of(str_of(on)) : DAY_NONE};
    rap_status s = read_words(&q, &a, e);
    if (s != RAP_OK) return s;
    write_answer(&b, NULL, &a);
    return send(&b, out, e);
}

static rap_status read_question(document *doc, const char *json, size_t length, who_question *q, rap_error *e) {
    jmp_buf escape;
    volatile rap_status s = RAP_NO_MEMORY;
    if (!setjmp(escape)) {
        doc->home.escape = &escape;
        s = who_question_read(doc, json, length, q, e);
    }
    doc->home.escape = NULL;
    return s == RAP_NO_MEMORY || memory_ran_short() ? error_set(e, RAP_NO_MEMORY, "out of memory while reading the question") : s;
}

rap_status rap_who(const rap_engine *engine, rap_document *doc, const char *json, size_t length, FILE *out, rap_error *e) {
    who_question q;
    actor a = {0};
    buffer b = {0};
    document_clear(doc);
    rap_status s = read_question(doc, json, length, &q, e);
    if (s == RAP_NO_MEMORY) return s;
    asked words = {engine, doc, q.text, q.context, date_of(q.published)};
    if (s == RAP_OK) s = read_words(&words, &a, e);
    write_answer(&b, &q.id, &a);
    rap_status sent = send(&b, out, e);
    return sent == RAP_OK ? s : sent;
}
