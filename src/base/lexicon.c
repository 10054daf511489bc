#include "base/lexicon.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"

/* Written by the build from lexicon/ (see Makefile): name, start, length; ends with a NULL name. */
extern const struct lexicon_embedded {
    const char *name;
    const char *text;
    size_t length;
} lexicon_embedded[];

enum { MOST_FILES = 256 };

struct lexicon {
    arena home;
    str name[MOST_FILES], text[MOST_FILES];
    size_t count;
    char version[17];
};

static rap_status take(lexicon *lex, str name, str text, rap_error *e) {
    for (size_t i = 0; i < lex->count; i++)
        if (str_eq(lex->name[i], name)) {
            lex->text[i] = text;
            return RAP_OK;
        }
    if (lex->count == MOST_FILES) return error_set(e, RAP_USAGE, "the lexicon has more than %d files", MOST_FILES);
    size_t at = lex->count++;
    for (; at > 0 && str_compare(name, lex->name[at - 1]) < 0; at--) {
        lex->name[at] = lex->name[at - 1];
        lex->text[at] = lex->text[at - 1];
    }
    lex->name[at] = name;
    lex->text[at] = text;
    return RAP_OK;
}

static rap_status read_file(lexicon *lex, const char *path, str *out, rap_error *e) {
    FILE *f = fopen(path, "rb");
    struct stat info;
    if (!f || fstat(fileno(f), &info) != 0) {
        if (f) fclose(f);
        return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode) || info.st_size > 256 << 20) {
        fclose(f);
        return error_set(e, RAP_UNREADABLE, "%s: not a file of knowledge (regular, at most 256 MB)", path);
    }
    char *p = arena_alloc(&lex->home, (size_t)info.st_size + 1);
    size_t n = fread(p, 1, (size_t)info.st_size, f);
    fclose(f);
    *out = (str){p, (uint32_t)n};
    return RAP_OK;
}

static rap_status take_folder(lexicon *lex, const char *folder, rap_error *e) {
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort);
    if (n < 0) return error_set(e, RAP_UNREADABLE, "%s: %s (--lexicon wants a folder of .tsv files)", folder, strerror(errno));
    rap_status status = RAP_OK;
    for (int i = 0; i < n; i++) {
        str name = arena_copy(&lex->home, str_of(entries[i]->d_name)), text;
        if (status == RAP_OK && (str_ends(name, ".tsv") || str_ends(name, ".txt"))) {
            str path = arena_format(&lex->home, "%s/%.*s", folder, STR_ARG(name));
            status = read_file(lex, path.ptr, &text, e);
            if (status == RAP_OK && str_ends(name, ".add.tsv")) {
                str base = arena_format(&lex->home, "%.*s.tsv", (int)name.len - 8, name.ptr);
                str old = lexicon_file(lex, base.ptr);
                text = arena_format(&lex->home, "%.*s\n%.*s", STR_ARG(old), STR_ARG(text));
                name = base;
            }
            if (status == RAP_OK) status = take(lex, name, text, e);
        }
        free(entries[i]);
    }
    free(entries);
    return status;
}

static void stamp(lexicon *lex) {
    uint64_t h = 0;
    for (size_t i = 0; i < lex->count; i++) h = str_hash(lex->text[i], str_hash(lex->name[i], h));
    snprintf(lex->version, sizeof lex->version, "%08x", (unsigned)(h >> 32));
}

rap_status lexicon_open(lexicon **out, const char *folder, rap_error *e) {
    lexicon *lex = memory_new(sizeof *lex);
    if (!lex) return error_set(e, RAP_NO_MEMORY, "out of memory for the lexicon");
    *lex = (lexicon){0};
    arena_init(&lex->home);
    jmp_buf escape;
    if (setjmp(escape)) {
        lexicon_close(lex);
        return error_set(e, RAP_NO_MEMORY, "out of memory for the lexicon");
    }
    lex->home.escape = &escape;
    rap_status status = RAP_OK;
    for (const struct lexicon_embedded *f = lexicon_embedded; f->name && status == RAP_OK; f++)
        status = take(lex, str_of(f->name), (str){f->text, (uint32_t)f->length}, e);
    if (folder && status == RAP_OK) status = take_folder(lex, folder, e);
    if (status != RAP_OK) {
        lexicon_close(lex);
        return status;
    }
    lex->home.escape = NULL;
    stamp(lex);
    *out = lex;
    return RAP_OK;
}

void lexicon_close(lexicon *lex) {
    if (!lex) return;
    arena_free(&lex->home);
    memory_free(lex);
}

arena *lexicon_arena(const lexicon *lex) { return &((lexicon *)lex)->home; }
const char *lexicon_version(const lexicon *lex) { return lex->version; }

str lexicon_file(const lexicon *lex, const char *name) {
    for (size_t i = 0; i < lex->count; i++)
        if (str_is(lex->name[i], name)) return lex->text[i];
    return STR("");
}

size_t lexicon_files(const lexicon *lex, const char *prefix, const str **names, const str **texts) {
    size_t first = 0, n = 0;
    while (first < lex->count && !str_starts(lex->name[first], prefix)) first++;
    while (first + n < lex->count && str_starts(lex->name[first + n], prefix)) n++;
    *names = lex->name + first;
    *texts = lex->text + first;
    return n;
}

bool lexicon_next(str text, lexicon_line *line) {
    while (line->next < text.len) {
        str rest = {text.ptr + line->next, text.len - line->next}, whole;
        str_split(&rest, '\n', &whole);
        line->next += whole.len + 1;
        line->number++;
        line->whole = whole;
        str body = str_trim(whole), field;
        if (body.len == 0 || body.ptr[0] == '#') continue;
        line->count = 0;
        while (line->count < LEXICON_FIELDS && str_split(&whole, '\t', &field)) line->field[line->count++] = str_trim(field);
        for (int i = line->count; i < LEXICON_FIELDS; i++) line->field[i] = STR("");
        return true;
    }
    return false;
}

rap_status lexicon_error(rap_error *e, const char *file, const lexicon_line *line, str what, const char *format, ...) {
    char said[256], marks[128] = "";
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    str whole = line->whole;
    if (whole.len > 100) whole.len = 100;
    ptrdiff_t at = what.ptr ? what.ptr - whole.ptr : -1;
    if (at >= 0 && (uint32_t)at < whole.len) {
        size_t n = 0;
        for (ptrdiff_t i = 0; i < at && n < sizeof marks - 2; i++) marks[n++] = whole.ptr[i] == '\t' ? '\t' : ' ';
        marks[n++] = '^';
        for (uint32_t i = 1; i < what.len && n < sizeof marks - 1; i++) marks[n++] = '~';
        marks[n] = 0;
    }
    return error_set(e, RAP_UNREADABLE, "%s:%d: %s\n    %.*s\n    %s", file, line->number, said, STR_ARG(whole), marks);
}
