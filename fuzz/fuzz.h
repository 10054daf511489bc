/* What the targets share. Each target is one door for foreign bytes; fuzz/run builds and runs them. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define link statement_link /* document.h has a type of that name, unistd.h a function */
#include "intake/charset.h"
#include "intake/reader.h"
#include "pipeline.h"
#include "rapporteur.h"
#undef link

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline void must(bool good, const rap_error *e) {
    if (good) return;
    fprintf(stderr, "fuzz: %s\n", e->message);
    abort();
}

static inline FILE *nowhere(void) {
    static FILE *f;
    return f ? f : (f = fopen("/dev/null", "w"));
}

static inline rap_document *fuzz_document(void) {
    static rap_document *doc;
    rap_error e;
    if (!doc) must(rap_document_new(&doc, &e) == RAP_OK, &e);
    return doc;
}

/* The engine as it ships, opened once. */
static inline rap_engine *fuzz_engine(void) {
    static rap_engine *engine;
    rap_error e;
    if (!engine) must(rap_open(&engine, NULL, &e) == RAP_OK, &e);
    return engine;
}

/* A file in memory that has a path; the same path for the same slot, written anew. */
static inline const char *fuzz_file(int slot, const void *bytes, size_t size) {
    static int fd[4];
    static char path[4][32];
    if (!fd[slot]) fd[slot] = memfd_create("fuzz", 0);
    if (ftruncate(fd[slot], 0) != 0 || pwrite(fd[slot], bytes, size, 0) != (ssize_t)size) abort();
    lseek(fd[slot], 0, SEEK_SET);
    snprintf(path[slot], sizeof path[slot], "/proc/self/fd/%d", fd[slot]);
    return path[slot];
}

/* A folder in memory of this process alone; fuzz/run makes the one around it and takes both away. */
static inline const char *fuzz_folder(const char *name) {
    static char path[4][128];
    static const char *names[4];
    const char *around = getenv("FUZZ_FOLDER");
    for (int i = 0; i < 4; i++) {
        if (names[i] && strcmp(names[i], name) == 0) return path[i];
        if (names[i]) continue;
        snprintf(path[i], sizeof path[i], "%s/%s.XXXXXX", around ? around : "/dev/shm", name);
        if (!mkdtemp(path[i])) abort();
        return names[i] = name, path[i];
    }
    abort();
}

static inline rap_status fuzz_make(reader *r, const record *taken, document *doc, rap_error *e) {
    jmp_buf escape;
    document_clear(doc);
    if (setjmp(escape)) {
        document_clear(doc);
        return RAP_NO_MEMORY;
    }
    doc->home.escape = &escape;
    rap_status s = r->make(r, taken, doc, e);
    doc->home.escape = NULL;
    return s;
}

/* Cuts the bytes into records with one reader and makes a document of each, as intake/source.c does; what comes out is written again. */
static inline void fuzz_reader(rap_status (*start)(reader *, rap_error *), const uint8_t *bytes, size_t size, const char *columns) {
    static buffer room = {.ceiling = 1 << 26};
    document *doc = fuzz_document();
    rap_error e = {0};
    stream *in;
    if (stream_memory(&in, (str){(const char *)bytes, (uint32_t)size}, &e) != RAP_OK) return;
    if (size > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b && stream_gzip(&in, in, &e) != RAP_OK) return;
    reader r = {.in = in, .words = intake_words_get(), .columns = columns, .room = &room, .name = "folder/2018-03-04-page.html", .unit = ""};
    rap_status s = start(&r, &e);
    for (int i = 0; i < 500 && (s == RAP_OK || s == RAP_UNREADABLE); i++) {
        record taken = {.date = MOMENT_NONE};
        s = r.take(&r, &taken, &e);
        if (s == RAP_OK) {
            s = fuzz_make(&r, &taken, doc, &e);
            if (s == RAP_OK) rap_write_document(doc, nowhere(), &e);
        } else if (s == RAP_UNREADABLE && (r.in->failed || (r.in->gap && !r.passes_gaps))) break;
    }
    if (r.close) r.close(&r);
    stream_close(r.in);
}

#endif
