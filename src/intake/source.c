/* Documents from files: JSONL and plain text. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "document.h"

struct rap_source {
    FILE *file;
    char *line;
    size_t room, number;
    char path[512];
};

rap_status rap_source_open(rap_source **out, const char *path, const rap_source_options *options, rap_error *e) {
    (void)options;
    rap_source *s = memory_new(sizeof *s);
    if (!s) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *s = (rap_source){0};
    snprintf(s->path, sizeof s->path, "%s", path);
    s->file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!s->file) {
        memory_free(s);
        return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    }
    *out = s;
    return RAP_OK;
}

rap_status rap_source_next(rap_source *s, rap_document *doc, rap_error *e) {
    ssize_t n = getline(&s->line, &s->room, s->file);
    if (n < 0) return RAP_END;
    s->number++;
    return rap_document_from_json(doc, s->line, (size_t)n, e);
}

void rap_source_close(rap_source *s) {
    if (!s) return;
    if (s->file != stdin) fclose(s->file);
    free(s->line);
    memory_free(s);
}

rap_status rap_document_from_text(rap_document *doc, const char *body, size_t length, const char *published, rap_error *e) {
    document_clear(doc);
    str text = {body, (uint32_t)length};
    if (utf8_valid(text) != text.len) return error_set(e, RAP_UNREADABLE, "not UTF-8 at byte %u", utf8_valid(text));
    if (published) moment_parse(str_of(published), &doc->published);
    document_blocks(doc, arena_copy(&doc->home, text), text);
    return RAP_OK;
}

static str field(document *doc, const json_t *o, const char *name) {
    const json_t *v = json_object_get(o, name);
    return json_is_string(v) ? arena_copy(&doc->home, (str){json_string_value(v), (uint32_t)json_string_length(v)}) : STR("");
}

rap_status rap_document_from_json(rap_document *doc, const char *json, size_t length, rap_error *e) {
    json_error_t why;
    json_t *o = json_loadb(json, length, 0, &why);
    document_clear(doc);
    if (!json_is_object(o)) {
        json_decref(o);
        return error_set(e, RAP_UNREADABLE, "not a JSON object: %s", why.text);
    }
    doc->id = field(doc, o, "id");
    doc->url = field(doc, o, "url");
    doc->outlet = field(doc, o, "outlet");
    doc->title = field(doc, o, "title");
    doc->subtitle = field(doc, o, "subtitle");
    doc->language = field(doc, o, "language");
    moment_parse(field(doc, o, "published"), &doc->published);
    moment_parse(field(doc, o, "modified"), &doc->modified);
    str body = field(doc, o, "text");
    json_decref(o);
    document_blocks(doc, body, (str){json, (uint32_t)length});
    return RAP_OK;
}
