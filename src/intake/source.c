/* Sources: a stack of layers, each a folder, an archive or a stream cut into records; the next document comes from the topmost. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "intake/archive.h"
#include "intake/charset.h"
#include "intake/html.h"
#include "intake/plain.h"
#include "intake/reader.h"

enum { MOST_LAYERS = 16, MOST_ARCHIVES = 4, HEAD = 1 << 16 };

typedef struct layer {
    enum { LAYER_FOLDER, LAYER_ARCHIVE, LAYER_STREAM } kind;
    char *name; /* for messages; owned */
    struct dirent **entries;
    int entry, entry_count;
    archive_reader *archive;
    reader reader;
} layer;

struct rap_source {
    layer layers[MOST_LAYERS];
    int depth;
    char *columns;
    unsigned shard, of;
    uint64_t position, size, passed; /* records so far; bytes of the file, of files done */
    bool as_it_stands;
    const intake_words *words;
    buffer room;
};

static rap_status no_memory(rap_error *e) { return error_set(e, RAP_NO_MEMORY, "out of memory while reading input"); }

static char *copy_text(const char *text) {
    size_t n = strlen(text) + 1;
    char *copy = memory_new(n);
    return copy ? memcpy(copy, text, n) : NULL;
}

static char *join(const char *a, const char *mark, const char *b) {
    size_t n = strlen(a) + strlen(mark) + strlen(b) + 1;
    char *out = memory_new(n);
    if (out) snprintf(out, n, "%s%s%s", a, mark, b);
    return out;
}

/* ---- layers ---- */

static void close_layer(layer *l) {
    for (int i = l->entry; i < l->entry_count; i++) free(l->entries[i]);
    free(l->entries);
    archive_reader_close(l->archive);
    if (l->reader.close) l->reader.close(&l->reader);
    stream_close(l->reader.in);
    memory_free(l->name);
    *l = (layer){0};
}

static void pop(rap_source *s) {
    layer *l = &s->layers[--s->depth];
    if (l->kind == LAYER_STREAM && l->reader.in) s->passed += stream_bottom(l->reader.in);
    close_layer(l);
}

static rap_status push(rap_source *s, layer l, rap_error *e) {
    if (s->depth == MOST_LAYERS) {
        error_set(e, RAP_UNREADABLE, "%s: more than %d folders and archives inside each other", l.name, MOST_LAYERS);
        close_layer(&l);
        return RAP_UNREADABLE;
    }
    s->layers[s->depth++] = l;
    return RAP_OK;
}

/* Puts the name before a message that a lower part left in e. */
static rap_status named(rap_error *e, const char *name, const char *unit, size_t number) {
    char message[sizeof e->message];
    if (!e) return RAP_UNREADABLE;
    memcpy(message, e->message, sizeof message);
    if (unit && unit[0]) return error_set(e, e->status, "%s: %s %zu: %.900s", name, unit, number, message);
    return error_set(e, e->status, "%s: %.900s", name, message);
}

static rap_status open_folder(rap_source *s, char *name, rap_error *e) {
    layer l = {.kind = LAYER_FOLDER, .name = name};
    l.entry_count = scandir(name, &l.entries, NULL, alphasort);
    if (l.entry_count < 0) {
        l.entry_count = 0;
        error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_UNREADABLE, "%s: %s", name, strerror(errno));
        close_layer(&l);
        return RAP_UNREADABLE;
    }
    return push(s, l, e);
}

static int archives_open(const rap_source *s) {
    int n = 0;
    for (int i = 0; i < s->depth; i++) n += s->layers[i].kind == LAYER_ARCHIVE;
    return n;
}

static rap_status start_reader(reader *r, kind k, rap_error *e) {
    switch (k) {
    case KIND_HTML: return reader_html(r, e);
    case KIND_MHTML: return reader_mhtml(r, e);
    case KIND_JSON: return reader_json(r, e);
    case KIND_TABLE: return reader_table(r, e);
    case KIND_WARC: return reader_warc(r, e);
    case KIND_FEED: return reader_feed(r, e);
    case KIND_EXPORT: return reader_export(r, e);
    default: return reader_text(r, e);
    }
}

static rap_status open_archive(rap_source *s, char *name, stream *in, rap_error *e) {
    layer l = {.kind = LAYER_ARCHIVE, .name = name};
    if (archives_open(s) == MOST_ARCHIVES) {
        stream_close(in);
        memory_free(name);
        return error_set(e, RAP_UNREADABLE, "archives inside archives, more than %d deep: refused", MOST_ARCHIVES);
    }
    rap_status status = archive_reader_open(&l.archive, in, e);
    if (status != RAP_OK) {
        named(e, name, NULL, 0);
        close_layer(&l);
        return status;
    }
    return push(s, l, e);
}

/* Unpacks gzip and UTF-16, tells the kind and puts the reader on top. Takes name and stream over. */
static rap_status open_stream(rap_source *s, char *name, stream *in, rap_error *e) {
    const char *what, *marked;
    uint32_t mark;
    rap_status status = RAP_OK;
    kind k = KIND_EMPTY;
    for (int wraps = 0; status == RAP_OK; wraps++) {
        stream_fill(in, HEAD);
        if ((in->failed || in->gap) && in->end == in->start && (status = stream_status(in, e)) != RAP_OK) break;
        marked = charset_of_mark(stream_view(in), &mark);
        k = marked ? KIND_TEXT : kind_of_bytes(stream_view(in), s->columns != NULL, &what);
        if (marked) {
            stream_skip(in, mark);
            status = stream_iconv(&in, in, marked, e);
        } else if (k == KIND_GZIP) status = stream_gzip(&in, in, e);
        else break;
        if (status != RAP_OK) in = NULL;
        if (status == RAP_OK && wraps == MOST_ARCHIVES) status = error_set(e, RAP_UNREADABLE, "compressed more than %d times over: refused", MOST_ARCHIVES);
    }
    if (status == RAP_OK && k == KIND_EMPTY) status = error_set(e, RAP_UNREADABLE, "empty: no document in it");
    if (status == RAP_OK && k == KIND_BINARY) status = error_set(e, RAP_UNREADABLE, "not read: %s", what);
    if (status == RAP_OK && k == KIND_ARCHIVE) return open_archive(s, name, in, e);
    layer l = {.kind = LAYER_STREAM, .name = name, .reader = {.in = in, .words = s->words, .as_it_stands = s->as_it_stands, .columns = s->columns, .room = &s->room, .name = name, .unit = ""}};
    if (status == RAP_OK) status = start_reader(&l.reader, k, e);
    if (status != RAP_OK) {
        named(e, name, NULL, 0);
        close_layer(&l);
        return status;
    }
    return push(s, l, e);
}

static rap_status open_path(rap_source *s, const char *path, rap_error *e) {
    struct stat info;
    bool standard = strcmp(path, "-") == 0;
    char *name = copy_text(standard ? "standard input" : path);
    stream *in;
    if (!name) return no_memory(e);
    if (!standard && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return open_folder(s, name, e);
    rap_status status = stream_file(&in, path, e);
    if (status != RAP_OK) {
        named(e, name, NULL, 0);
        memory_free(name);
        return status;
    }
    return open_stream(s, name, in, e);
}

static rap_status next_of_folder(rap_source *s, layer *l, rap_error *e) {
    while (l->entry < l->entry_count) {
        struct dirent *d = l->entries[l->entry++];
        char *path = d->d_name[0] == '.' ? NULL : join(l->name, "/", d->d_name);
        bool hidden = d->d_name[0] == '.';
        free(d);
        if (hidden) continue;
        if (!path) return no_memory(e);
        rap_status status = open_path(s, path, e);
        memory_free(path);
        return status;
    }
    pop(s);
    return RAP_OK;
}

static rap_status next_of_archive(rap_source *s, layer *l, rap_error *e) {
    str entry;
    stream *in;
    rap_status status = archive_reader_next(l->archive, &entry, &in, e);
    if (status == RAP_END) return pop(s), RAP_OK;
    if (status != RAP_OK) {
        named(e, l->name, NULL, 0);
        if (archive_reader_broken(l->archive)) pop(s);
        return status;
    }
    char *name = entry.len ? join(l->name, "!", entry.ptr) : copy_text(l->name);
    if (!name) {
        stream_close(in);
        return no_memory(e);
    }
    return open_stream(s, name, in, e);
}

/* ---- documents ---- */

static rap_status make_guarded(reader *r, const record *taken, rap_document *doc, rap_error *e) {
    jmp_buf escape;
    document_clear(doc);
    if (setjmp(escape)) {
        document_clear(doc);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading one document");
    }
    doc->home.escape = &escape;
    rap_status status = r->make(r, taken, doc, e);
    doc->home.escape = NULL;
    if (memory_ran_short()) status = error_set(e, RAP_NO_MEMORY, "out of memory while reading one document"); /* some part of it is missing */
    if (status != RAP_OK) document_clear(doc);
    return status;
}

/* One record of the top stream: RAP_OK with a document, RAP_END when the layer is done or the record belongs to another shard (*again). */
static rap_status next_of_stream(rap_source *s, layer *l, rap_document *doc, bool *again, rap_error *e) {
    record taken = {.date = MOMENT_NONE};
    reader *r = &l->reader;
    rap_status status = r->take(r, &taken, e);
    if (status == RAP_END) {
        pop(s);
        return *again = true, RAP_OK;
    }
    uint64_t at = s->position++;
    bool mine = s->of == 0 || at % s->of == s->shard;
    if (status == RAP_OK && !mine) return *again = true, RAP_OK;
    if (status == RAP_OK) status = make_guarded(r, &taken, doc, e);
    if (status == RAP_OK) return RAP_OK;
    named(e, l->name, r->unit, taken.number);
    if (status == RAP_UNREADABLE && (r->in->failed || (r->in->gap && !r->passes_gaps))) pop(s); /* nothing more will come */
    if (status == RAP_UNREADABLE && !mine) *again = true, status = RAP_OK;
    return status;
}

rap_status rap_source_next(rap_source *s, rap_document *doc, rap_error *e) {
    rap_error ignored;
    if (!e) e = &ignored;
    while (s->depth > 0) {
        layer *l = &s->layers[s->depth - 1];
        rap_status status;
        bool again = true;
        if (l->kind == LAYER_FOLDER) status = next_of_folder(s, l, e);
        else if (l->kind == LAYER_ARCHIVE) status = next_of_archive(s, l, e);
        else again = false, status = next_of_stream(s, l, doc, &again, e);
        if (status != RAP_OK || !again) return status;
    }
    return RAP_END;
}

static rap_status prepare(rap_source *s, const char *path, const rap_source_options *options, rap_error *e) {
    struct stat info;
    if (options && options->columns && !(s->columns = copy_text(options->columns))) return no_memory(e);
    if (options) s->shard = options->shard, s->of = options->of, s->position = options->before, s->as_it_stands = options->as_it_stands;
    if (stat(path, &info) == 0 && S_ISREG(info.st_mode)) s->size = (uint64_t)info.st_size;
    return (s->words = intake_words_get()) ? open_path(s, path, e) : no_memory(e);
}

rap_status rap_source_open(rap_source **out, const char *path, const rap_source_options *options, rap_error *e) {
    rap_error ignored;
    if (!e) e = &ignored;
    rap_source *s = memory_new(sizeof *s);
    if (!s) return no_memory(e);
    *s = (rap_source){.room = {.ceiling = (size_t)RECORD_LIMIT * 4}};
    rap_status status = prepare(s, path, options, e);
    if (status != RAP_OK) {
        rap_source_close(s);
        return status;
    }
    *out = s;
    return RAP_OK;
}

void rap_source_close(rap_source *s) {
    if (!s) return;
    while (s->depth > 0) pop(s);
    buffer_free(&s->room);
    memory_free(s->columns);
    memory_free(s);
}

uint64_t rap_source_position(const rap_source *s) { return s->position; }

void rap_source_progress(const rap_source *s, uint64_t *done, uint64_t *of) {
    *done = s->passed;
    *of = s->size;
    for (int i = 0; i < s->depth; i++) {
        const layer *l = &s->layers[i];
        if (l->kind == LAYER_ARCHIVE) *done = archive_reader_bytes(l->archive);
        else if (l->kind == LAYER_STREAM && (i == 0 || s->layers[i - 1].kind == LAYER_FOLDER)) *done += stream_bottom(l->reader.in);
    }
}

/* ---- plain text, and what a text document in memory is ---- */

rap_status take_whole(reader *me, record *r, rap_error *e) {
    if (me->done) return RAP_END;
    me->done = true;
    r->number = 1;
    return stream_all(me->in, &r->bytes, e);
}

static rap_status make_text(reader *me, const record *r, document *doc, rap_error *e) {
    decoded d = charset_decode(r->bytes, r->charset, me->room);
    if (d.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
    str text = arena_copy(&doc->home, d.text);
    if (me->as_it_stands) document_blocks(doc, text, r->bytes);
    else plain_read(doc, me->words, text, r->bytes, d.repaired);
    return RAP_OK;
}

rap_status reader_text(reader *me, rap_error *e) {
    (void)e;
    me->take = take_whole, me->make = make_text, me->unit = "";
    return RAP_OK;
}

rap_status rap_document_from_text(rap_document *doc, const char *body, size_t length, const char *published, rap_error *e) {
    document_clear(doc);
    if (length > (size_t)RECORD_LIMIT) return error_set(e, RAP_UNREADABLE, "a text of more than %d MB", RECORD_LIMIT >> 20);
    str text = {body, (uint32_t)length};
    uint32_t valid = utf8_valid(text);
    if (valid != text.len) return error_set(e, RAP_UNREADABLE, "not UTF-8 at byte %u", valid);
    jmp_buf escape;
    if (setjmp(escape)) {
        document_clear(doc);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading one document");
    }
    doc->home.escape = &escape;
    if (published) moment_parse(str_of(published), &doc->published);
    document_blocks(doc, arena_copy(&doc->home, text), text);
    doc->home.escape = NULL;
    return RAP_OK;
}
