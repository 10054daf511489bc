/* A question to `who` read from JSON; apart from the answer because jansson and out/json.h share names. */
#include "who_question.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"

static str member(document *doc, const json_t *o, const char *name) {
    const json_t *v = json_object_get(o, name);
    return json_is_string(v) ? arena_copy(&doc->home, (str){json_string_value(v), (uint32_t)json_string_length(v)}) : STR("");
}

rap_status who_question_read(document *doc, const char *json, size_t length, who_question *q, rap_error *e) {
    json_error_t why;
    json_t *o = json_read(json, length, 0, &why);
    *q = (who_question){.id = STR("null")};
    if (!json_is_object(o)) {
        json_decref(o);
        if (memory_ran_short()) return error_set(e, RAP_NO_MEMORY, "out of memory");
        return error_set(e, RAP_UNREADABLE, "not a JSON object: %s", why.text);
    }
    if (json_object_get(o, "id")) {
        char *id = json_dumps(json_object_get(o, "id"), JSON_ENCODE_ANY | JSON_COMPACT);
        if (id) q->id = arena_copy(&doc->home, str_of(id));
        free(id);
    }
    q->text = member(doc, o, "text"), q->context = member(doc, o, "context"), q->published = member(doc, o, "published");
    bool asked = json_is_string(json_object_get(o, "text"));
    json_decref(o);
    return asked ? RAP_OK : error_set(e, RAP_UNREADABLE, "a question to who needs \"text\"");
}
