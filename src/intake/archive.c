#include "intake/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <unistd.h>

#include "base/memory.h"

/* As for gzip: text does not shrink 250-fold. */
enum { BOMB_FROM = 64 << 20, BOMB_RATIO = 250, MOST_ENTRIES = 5000000, WINDOW = 1 << 16 };

struct archive_reader {
    struct archive *archive;
    stream *in;
    char name[1024];
    uint64_t out;
    long entries;
    size_t lent; /* bytes of the window that libarchive was shown last */
    bool broken;
};

static la_ssize_t give(struct archive *a, void *context, const void **bytes) {
    archive_reader *r = context;
    (void)a;
    stream_skip(r->in, r->lent);
    r->lent = stream_fill(r->in, 1);
    if (r->lent == 0 && r->in->failed) {
        archive_set_error(a, -1, "%s", r->in->error.message);
        return -1;
    }
    *bytes = r->in->window + r->in->start;
    return (la_ssize_t)r->lent;
}

rap_status archive_reader_open(archive_reader **out, stream *in, rap_error *e) {
    archive_reader *r = memory_new(sizeof *r);
    struct archive *a = r ? archive_read_new() : NULL;
    if (!a) {
        memory_free(r);
        stream_close(in);
        return error_set(e, RAP_NO_MEMORY, "out of memory while opening an archive");
    }
    *r = (archive_reader){.archive = a, .in = in};
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_gzip(a);
    archive_read_support_format_zip_streamable(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_raw(a);
    if (archive_read_open(a, r, NULL, give, NULL) != ARCHIVE_OK) {
        error_set(e, RAP_UNREADABLE, "the archive cannot be opened: %s", archive_error_string(a));
        archive_reader_close(r);
        return RAP_UNREADABLE;
    }
    *out = r;
    return RAP_OK;
}

static long pull_entry(stream *s, char *to, size_t n) {
    archive_reader *r = s->own;
    la_ssize_t got = archive_read_data(r->archive, to, n > WINDOW * 4 ? WINDOW * 4 : n);
    if (got < 0) {
        error_set(&s->error, RAP_UNREADABLE, "damaged inside the archive: %s", archive_error_string(r->archive));
        if (got == ARCHIVE_FATAL) r->broken = true;
        return -1;
    }
    r->out += (uint64_t)got;
    if (r->out > BOMB_FROM && r->out / BOMB_RATIO > archive_reader_bytes(r)) {
        error_set(&s->error, RAP_UNREADABLE, "grows more than 250-fold when unpacked: refused as a decompression bomb");
        r->broken = true;
        return -1;
    }
    return (long)got;
}

/* A word processor's file is a ZIP, too. */
static bool office(const char *name) { return strcmp(name, "[Content_Types].xml") == 0 || strcmp(name, "mimetype") == 0; }

rap_status archive_reader_next(archive_reader *r, str *name, stream **entry, rap_error *e) {
    struct archive_entry *head;
    if (r->broken) return RAP_END;
    for (;;) {
        int got = archive_read_next_header(r->archive, &head);
        if (got == ARCHIVE_EOF) return RAP_END;
        if (got < ARCHIVE_WARN || ++r->entries > MOST_ENTRIES) {
            r->broken = true;
            return error_set(e, RAP_UNREADABLE, "the archive is damaged behind its first %ld files: %s", r->entries, archive_error_string(r->archive));
        }
        const char *path = archive_entry_pathname(head);
        snprintf(r->name, sizeof r->name, "%s", path ? path : "");
        if (office(r->name) && r->entries == 1) {
            r->broken = true;
            return error_set(e, RAP_UNREADABLE, "a word processor's or spreadsheet file; save it as text or CSV first");
        }
        const char *base = strrchr(r->name, '/');
        base = base ? base + 1 : r->name;
        if (archive_entry_filetype(head) == AE_IFREG && base[0] != '.' && strstr(r->name, "__MACOSX/") == NULL) break;
    }
    if (archive_entry_is_encrypted(head)) return error_set(e, RAP_UNREADABLE, "%s is encrypted", r->name);
    if (archive_format(r->archive) == ARCHIVE_FORMAT_RAW) r->name[0] = 0;
    stream *s = memory_new(sizeof *s);
    if (!s) return error_set(e, RAP_NO_MEMORY, "out of memory while opening an archive");
    *s = (stream){.pull = pull_entry, .own = r};
    *entry = s;
    *name = str_of(r->name);
    return RAP_OK;
}

bool archive_reader_broken(const archive_reader *r) { return r->broken; }
uint64_t archive_reader_bytes(const archive_reader *r) { return r->in->consumed + r->lent; }

void archive_reader_close(archive_reader *r) {
    if (!r) return;
    archive_read_free(r->archive);
    stream_close(r->in);
    memory_free(r);
}
