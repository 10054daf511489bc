#include "question.h"

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"

static rap_status spans_of(const json_t *list, const char *name, uint32_t length, content *out, int *count, rap_error *e) {
    *count = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *pair = json_array_get(list, i);
        json_int_t start = json_integer_value(json_array_get(pair, 0)), end = json_integer_value(json_array_get(pair, 1));
        if (json_array_size(pair) != 2 || start < 0 || end <= start || end > (json_int_t)length)
            return error_set(e, RAP_UNREADABLE, "\"%s\" must hold pairs of byte offsets [start, end) inside the text", name);
        if (*count < MOST_SPANS) out[(*count)++] = (content){.start = (uint32_t)start, .end = (uint32_t)end};
    }
    return RAP_OK;
}

static str member(document *doc, const json_t *o, const char *name) {
    const json_t *v = json_object_get(o, name);
    return json_is_string(v) ? arena_copy(&doc->home, (str){json_string_value(v), (uint32_t)json_string_length(v)}) : STR("");
}

rap_status question_read(document *doc, question *q, const char *json, size_t length, rap_error *e) {
    json_error_t why;
    json_t *o = json_read(json, length, 0, &why);
    *q = (question){0};
    if (!json_is_object(o)) {
        json_decref(o);
        if (memory_ran_short()) return error_set(e, RAP_NO_MEMORY, "out of memory");
        return error_set(e, RAP_UNREADABLE, "not a JSON object: %s", why.text);
    }
    const json_t *id = json_object_get(o, "id"), *text = json_object_get(o, "text");
    if (json_is_string(id)) snprintf(q->id, sizeof q->id, "%s", json_string_value(id));
    else if (json_is_integer(id)) snprintf(q->id, sizeof q->id, "%lld", (long long)json_integer_value(id));
    rap_status s = json_is_string(text) ? rap_document_from_text(doc, json_string_value(text), json_string_length(text), NULL, e)
                                        : error_set(e, RAP_UNREADABLE, "a question to relate needs \"text\"");
    uint32_t bytes = json_is_string(text) ? (uint32_t)json_string_length(text) : 0;
    if (s == RAP_OK) s = spans_of(json_object_get(o, "source"), "source", bytes, q->source, &q->sources, e);
    if (s == RAP_OK) s = spans_of(json_object_get(o, "target"), "target", bytes, q->target, &q->targets, e);
    if (s == RAP_OK) q->event = member(doc, o, "event"), q->group = member(doc, o, "group");
    json_decref(o);
    return s;
}
