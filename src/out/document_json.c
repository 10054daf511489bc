/* The document record alone, as CONTRACT has it. */
#include <errno.h>

#include "base/error.h"
#include "document.h"
#include "out/json.h"

static void member_if(buffer *b, const char *name, str value) {
    if (value.len) json_member(b, name, value);
}

static void list_if(buffer *b, const char *name, const str *items, int count) {
    if (count == 0) return;
    json_key(b, name);
    buffer_byte(b, '[');
    for (int i = 0; i < count; i++) {
        if (i) buffer_byte(b, ',');
        json_text(b, items[i]);
    }
    buffer_byte(b, ']');
}

static void time_if(buffer *b, const char *name, moment m) {
    char room[MOMENT_ROOM];
    member_if(b, name, moment_text(m, room));
}

static str body_of(const document *doc) {
    for (int i = 0; i < doc->block_count; i++)
        if (doc->blocks[i].kind == BLOCK_BODY) return doc->blocks[i].text;
    return STR("");
}

static void write_record(buffer *b, const document *doc) {
    buffer_byte(b, '{');
    json_member(b, "type", STR("document"));
    member_if(b, "id", doc->id);
    member_if(b, "url", doc->url);
    member_if(b, "outlet", doc->outlet);
    member_if(b, "title", doc->title);
    member_if(b, "subtitle", doc->subtitle);
    list_if(b, "captions", doc->captions, doc->caption_count);
    list_if(b, "byline", doc->bylines, doc->byline_count);
    member_if(b, "section", doc->section);
    time_if(b, "published", doc->published);
    time_if(b, "modified", doc->modified);
    member_if(b, "language", doc->language);
    json_member(b, "text", body_of(doc));
    buffer_text(b, "}\n");
}

rap_status rap_write_document(const rap_document *doc, FILE *out, rap_error *e) {
    buffer b = {0};
    rap_status status = RAP_OK;
    write_record(&b, doc);
    if (b.failed) status = error_set(e, RAP_NO_MEMORY, "out of memory while writing");
    else if (fwrite(b.ptr, 1, b.len, out) != b.len) status = error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_NO_SPACE, "output cannot be written: %s", strerror(errno));
    buffer_free(&b);
    return status;
}
