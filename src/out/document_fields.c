/* What the public interface tells of a document without writing it. */
#include "document.h"

static str text_field(document *doc, str name) {
    if (str_is(name, "id")) return doc->id;
    if (str_is(name, "url")) return doc->url;
    if (str_is(name, "outlet")) return doc->outlet;
    if (str_is(name, "domain")) return doc->domain;
    if (str_is(name, "title")) return doc->title;
    if (str_is(name, "subtitle")) return doc->subtitle;
    if (str_is(name, "section")) return doc->section;
    if (str_is(name, "language")) return doc->language;
    if (str_is(name, "published as given")) return doc->published_raw;
    if (str_is(name, "published")) return moment_format(&doc->home, doc->published);
    if (str_is(name, "modified")) return moment_format(&doc->home, doc->modified);
    for (int i = 0; str_is(name, "body") && i < doc->block_count; i++)
        if (doc->blocks[i].kind == BLOCK_BODY) return doc->blocks[i].text;
    return STR("");
}

rap_view rap_document_field(rap_document *doc, const char *name) {
    str s = text_field(doc, str_of(name));
    return (rap_view){s.ptr ? s.ptr : "", s.len};
}

size_t rap_document_count(const rap_document *doc, const char *what) {
    if (strcmp(what, "sentences") == 0) return doc->sentence_count;
    if (strcmp(what, "statements") == 0) return doc->statement_count;
    if (strcmp(what, "skipped") == 0) return doc->skip_count;
    if (strcmp(what, "captions") == 0) return (size_t)doc->caption_count;
    size_t bytes = 0;
    for (int i = 0; strcmp(what, "bytes") == 0 && i < doc->block_count; i++) bytes += doc->blocks[i].text.len;
    return bytes;
}
