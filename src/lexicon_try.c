/* `lexicon try`: two engines, one with the new frames, read the same documents; the difference of their statements is told. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "pipeline.h"

typedef struct trial {
    rap_engine *old, *new;
    rap_document *before, *after;
    FILE *out;
    size_t documents, gone, come;
} trial;

static bool same(const document *a, const statement *x, const document *b, const statement *y) {
    return x->root == y->root && str_eq(x->mode, y->mode) && x->trigger == y->trigger && x->has_source == y->has_source && x->has_target == y->has_target &&
           (!x->has_source || x->source.head == y->source.head) && (!x->has_target || x->target.head == y->target.head) &&
           x->factuality == y->factuality && x->voice_count == y->voice_count && a->token_count == b->token_count;
}

static void tell(FILE *out, char sign, const document *doc, const statement *s) {
    const sentence *in = &doc->sentences[s->sentence];
    str words = document_span(doc, in->block, in->start, in->end);
    if (words.len > 160) words.len = 160;
    str source = s->has_source ? s->source.text : STR("?"), target = s->has_target ? s->target.text : STR("?");
    fprintf(out, "%c %s%s%.*s  %.*s -> %.*s  %s  (%.*s)  %.*s\n", sign, plover_name(s->root), s->root != EVENT_NONE && s->mode.len ? " " : "", STR_ARG(s->mode),
            STR_ARG(source), STR_ARG(target), factuality_name(s->factuality), STR_ARG(s->rule), STR_ARG(words));
}

/* Statements of `of` that `in` lacks. */
static size_t tell_missing(trial *t, char sign, const document *of, const document *in) {
    size_t n = 0;
    for (size_t i = 0; i < of->statement_count; i++) {
        bool found = false;
        for (size_t k = 0; k < in->statement_count && !found; k++) found = same(of, &of->statements[i], in, &in->statements[k]);
        if (!found) tell(t->out, sign, of, &of->statements[i]), n++;
    }
    return n;
}

static rap_status copy_file(const char *from, const char *to, rap_error *e) {
    FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wb") : NULL;
    char bytes[8192];
    size_t n;
    if (!in) return error_set(e, RAP_UNREADABLE, "%s: cannot be read (a file of frames, or \"-\" and a frame on standard input)", from);
    if (!out) {
        fclose(in);
        return error_set(e, RAP_NO_SPACE, "%s: cannot be written", to);
    }
    while ((n = fread(bytes, 1, sizeof bytes, in)) > 0) fwrite(bytes, 1, n, out);
    fclose(in);
    return fclose(out) == 0 ? RAP_OK : error_set(e, RAP_NO_SPACE, "%s: cannot be written", to);
}

/* A folder that holds only the new frames; they are read beside the embedded ones. */
static rap_status open_new(trial *t, const char *frames, const rap_options *options, rap_error *e) {
    char folder[] = "/tmp/rapporteur-XXXXXX", file[64];
    if (!mkdtemp(folder)) return error_set(e, RAP_NO_SPACE, "/tmp: no room for a folder");
    snprintf(file, sizeof file, "%s/frames-try.tsv", folder);
    rap_status s = copy_file(strcmp(frames, "-") == 0 ? "/dev/stdin" : frames, file, e);
    rap_options with = options ? *options : (rap_options){0};
    with.lexicon = folder;
    if (s == RAP_OK) s = rap_open(&t->new, &with, e);
    remove(file);
    remove(folder);
    return s;
}

static rap_status compare(trial *t, rap_source *source, rap_error *e) {
    rap_status s;
    while ((s = rap_source_next(source, t->before, e)) != RAP_END) {
        if (s != RAP_OK) return s;
        document_clear(t->after);
        for (int i = 0; i < t->before->block_count; i++) {
            if (t->before->blocks[i].kind != BLOCK_BODY) continue;
            str body = t->before->blocks[i].text;
            if ((s = rap_document_from_text(t->after, body.ptr, body.len, NULL, e)) != RAP_OK) return s;
        }
        rap_status read = rap_read(t->new, t->after, e);
        str body = t->after->block_count ? t->after->blocks[0].text : STR("");
        if (read == RAP_OK) read = rap_document_from_text(t->before, body.ptr, body.len, NULL, e);
        if (read == RAP_OK) read = rap_read(t->old, t->before, e);
        if (read != RAP_OK) return read;
        t->documents++;
        t->gone += tell_missing(t, '-', t->before, t->after);
        t->come += tell_missing(t, '+', t->after, t->before);
    }
    return RAP_OK;
}

rap_status rap_lexicon_try(const char *frames, const rap_options *options, rap_source *source, FILE *out, rap_error *e) {
    trial t = {.out = out};
    rap_status s = rap_open(&t.old, options, e);
    if (s == RAP_OK) s = open_new(&t, frames, options, e);
    if (s == RAP_OK) s = rap_document_new(&t.before, e);
    if (s == RAP_OK) s = rap_document_new(&t.after, e);
    if (s == RAP_OK) s = compare(&t, source, e);
    if (s == RAP_OK) fprintf(out, "%zu documents: %zu statements gone, %zu new\n", t.documents, t.gone, t.come);
    rap_document_free(t.before);
    rap_document_free(t.after);
    rap_close(t.old);
    rap_close(t.new);
    return s;
}
