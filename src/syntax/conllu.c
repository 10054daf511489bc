#include "syntax/conllu.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "document.h"

/* ---- a line ---- */

static bool number(str s, int *out) {
    long v;
    if (!str_to_long(s, &v) || v < 0 || v > 1000000) return false;
    return *out = (int)v, true;
}

conllu_line conllu_parse(str line) {
    conllu_line l = {.kind = CONLLU_BROKEN};
    if (str_empty(str_trim(line))) return l.kind = CONLLU_BLANK, l;
    if (line.ptr[0] == '#') return l.kind = CONLLU_COMMENT, l;
    int count = 0;
    for (str rest = line, field; str_split(&rest, '\t', &field); count++)
        if (count < CONLLU_COLUMNS) l.column[count] = field;
    if (count != CONLLU_COLUMNS || str_empty(l.column[CONLLU_FORM])) return l;
    str rest = l.column[CONLLU_ID], first, last;
    int32_t dot = str_find(rest, STR(".")), dash = str_find(rest, STR("-"));
    if (dot >= 0) return l.kind = CONLLU_EMPTY, l;
    if (dash < 0) {
        if (number(rest, &l.first)) l.kind = CONLLU_WORD, l.last = l.first;
        return l;
    }
    str_split(&rest, '-', &first), last = rest;
    if (number(first, &l.first) && number(last, &l.last)) l.kind = CONLLU_RANGE;
    return l;
}

bool conllu_glued(const conllu_line *l) {
    for (str rest = l->column[CONLLU_MISC], item; str_split(&rest, '|', &item);)
        if (str_is(item, "SpaceAfter=No")) return true;
    return false;
}

/* ---- a stream ---- */

enum { SENTENCES_AT_ONCE = 256, LONGEST_LINE = 1 << 20 };

typedef struct kept_line {
    str text;
    int32_t token; /* -1: goes out as it came */
} kept_line;

struct rap_conllu {
    FILE *in;
    char *line;
    size_t room, number;
    kept_line *lines; /* in the document's arena */
    size_t count, capacity;
    bool ended;
};

rap_status rap_conllu_open(rap_conllu **out, FILE *in, rap_error *e) {
    rap_conllu *c = memory_new(sizeof *c);
    if (!c) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *c = (rap_conllu){.in = in};
    return *out = c, RAP_OK;
}

void rap_conllu_close(rap_conllu *c) {
    if (!c) return;
    free(c->line); /* getline's own */
    memory_free(c);
}

static void add_word(document *doc, const conllu_line *l, size_t *text_length) {
    if (doc->token_count == doc->token_capacity) doc->tokens = arena_more(&doc->home, doc->tokens, doc->token_count, &doc->token_capacity, sizeof *doc->tokens);
    token *t = &doc->tokens[doc->token_count++];
    *t = (token){.form = arena_copy(&doc->home, l->column[CONLLU_FORM]), .space_after = !conllu_glued(l), .sentence = (int32_t)doc->sentence_count,
                 .head = -1, .child = -1, .sibling = -1, .mention = -1, .timex = -1, .place = -1, .predicate = -1, .event = -1};
    t->start = (uint32_t)*text_length, t->end = t->start + t->form.len;
    *text_length = t->end + (t->space_after ? 1u : 0u);
}

static void end_sentence(document *doc, size_t first) {
    if (doc->token_count == first) return;
    sentence s = {.block = 0, .start = doc->tokens[first].start, .end = doc->tokens[doc->token_count - 1].end, .first = (int32_t)first,
                  .last = (int32_t)doc->token_count, .root = -1};
    arena_push(&doc->home, doc->sentences, doc->sentence_count, doc->sentence_capacity, s);
}

/* The words one after the other with their spaces: the block that the offsets are into. */
static void join_text(document *doc, size_t length) {
    char *text = arena_alloc(&doc->home, length + 1);
    memset(text, ' ', length);
    for (size_t i = 0; i < doc->token_count; i++) memcpy(text + doc->tokens[i].start, doc->tokens[i].form.ptr, doc->tokens[i].form.len);
    document_blocks(doc, (str){text, (uint32_t)length}, (str){text, (uint32_t)length});
}

static rap_status read_some(rap_conllu *c, document *doc, rap_error *e) {
    size_t first = 0, length = 0;
    int words = 0, inside = 0; /* words still inside a multiword token: nothing between them */
    bool last_glued = false;
    while (doc->sentence_count < SENTENCES_AT_ONCE) {
        ssize_t n = getline(&c->line, &c->room, c->in);
        if (n < 0) {
            c->ended = true;
            break;
        }
        c->number++;
        while (n > 0 && (c->line[n - 1] == '\n' || c->line[n - 1] == '\r')) n--;
        if (n > LONGEST_LINE) return error_set(e, RAP_UNREADABLE, "line %zu of the CoNLL-U input is %zd bytes long; it ends the reading", c->number, n);
        str line = arena_copy(&doc->home, (str){c->line, (uint32_t)n});
        conllu_line l = conllu_parse(line);
        if (l.kind == CONLLU_BROKEN)
            return error_set(e, RAP_UNREADABLE, "line %zu is not CoNLL-U: \"%.*s\" (expected ten columns with tabs between, an id and a form)", c->number,
                             (int)(line.len > 60 ? 60 : line.len), line.ptr);
        kept_line kept = {line, -1};
        if (l.kind == CONLLU_RANGE) inside = l.last - l.first + 1, last_glued = conllu_glued(&l);
        if (l.kind == CONLLU_WORD) {
            kept.token = (int32_t)doc->token_count;
            if (l.first != ++words) return error_set(e, RAP_UNREADABLE, "line %zu has the id %d where %d was expected", c->number, l.first, words);
            add_word(doc, &l, &length);
            if (inside > 0 && (--inside > 0 || last_glued) && doc->tokens[doc->token_count - 1].space_after)
                doc->tokens[doc->token_count - 1].space_after = false, length--;
        }
        arena_push(&doc->home, c->lines, c->count, c->capacity, kept);
        if (l.kind == CONLLU_BLANK) end_sentence(doc, first), first = doc->token_count, words = inside = 0;
    }
    end_sentence(doc, first);
    join_text(doc, length);
    return RAP_OK;
}

rap_status rap_conllu_next(rap_conllu *c, rap_document *doc, rap_error *e) {
    document_clear(doc);
    c->lines = NULL, c->count = c->capacity = 0;
    if (c->ended) return RAP_END;
    jmp_buf escape;
    if (setjmp(escape)) {
        document_clear(doc);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading CoNLL-U");
    }
    doc->home.escape = &escape;
    rap_status status = read_some(c, doc, e);
    doc->home.escape = NULL;
    return status == RAP_OK && c->count == 0 ? RAP_END : status;
}

/* ---- out ---- */

static void put_misc(buffer *b, str given, float confidence) {
    for (str rest = given, item; str_split(&rest, '|', &item);)
        if (!str_is(item, "_") && !str_starts(item, "Conf=")) buffer_str(b, item), buffer_byte(b, '|');
    buffer_format(b, "Conf=%.2f", (double)confidence);
}

/* LEMMA to DEPREL of a token whose sentence begins at `first`; then DEPS, empty, and MISC. */
static void put_columns(buffer *b, const document *doc, const token *t, str xpos, str misc) {
    int32_t first = doc->sentences[t->sentence].first;
    buffer_str(b, str_empty(t->lemma) ? t->form : t->lemma);
    buffer_format(b, "\t%s\t%.*s\t%.*s\t%d\t%s\t_\t", upos_name(t->upos), STR_ARG(xpos), STR_ARG(str_empty(t->feats) ? STR("_") : t->feats),
                  t->head < 0 ? 0 : (int)(t->head - first + 1), deprel_name(t->deprel));
    put_misc(b, misc, t->confidence);
    buffer_byte(b, '\n');
}

static rap_status put_out(buffer *b, FILE *out, rap_error *e) {
    rap_status status = RAP_OK;
    if (b->failed) status = error_set(e, RAP_NO_MEMORY, "out of memory while writing");
    else if (b->len && fwrite(b->ptr, 1, b->len, out) != b->len) status = error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_NO_SPACE, "output cannot be written: %s", strerror(errno));
    buffer_free(b);
    return status;
}

rap_status rap_conllu_write(const rap_conllu *c, const rap_document *doc, FILE *out, rap_error *e) {
    buffer b = {0};
    for (size_t i = 0; i < c->count; i++) {
        const kept_line *k = &c->lines[i];
        if (k->token < 0) {
            buffer_str(&b, k->text), buffer_byte(&b, '\n');
            continue;
        }
        conllu_line l = conllu_parse(k->text);
        buffer_str(&b, l.column[CONLLU_ID]), buffer_byte(&b, '\t'), buffer_str(&b, l.column[CONLLU_FORM]), buffer_byte(&b, '\t');
        put_columns(&b, doc, &doc->tokens[k->token], l.column[CONLLU_XPOS], l.column[CONLLU_MISC]);
    }
    if (c->count && c->lines[c->count - 1].token >= 0) buffer_byte(&b, '\n');
    return put_out(&b, out, e);
}

static void put_text(buffer *b, str text) {
    bool space = false;
    for (uint32_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!blank) buffer_byte(b, c);
        else if (!space) buffer_byte(b, ' ');
        space = blank;
    }
}

rap_status rap_write_conllu(const rap_document *doc, FILE *out, rap_error *e) {
    buffer b = {0};
    rap_status status = RAP_OK;
    for (size_t i = 0; i < doc->sentence_count && status == RAP_OK; i++) {
        const sentence *s = &doc->sentences[i];
        if (i == 0) buffer_text(&b, "# newdoc id = "), put_text(&b, doc->id), buffer_byte(&b, '\n');
        buffer_format(&b, "# sent_id = %zu\n# block = %.*s %u-%u\n# text = ", i + 1, STR_ARG(doc->blocks[s->block].name), s->start, s->end);
        put_text(&b, document_span(doc, s->block, s->start, s->end));
        buffer_byte(&b, '\n');
        for (int32_t t = s->first; t < s->last; t++) {
            const token *w = &doc->tokens[t];
            buffer_format(&b, "%d\t", (int)(t - s->first + 1));
            put_text(&b, w->form), buffer_byte(&b, '\t');
            put_columns(&b, doc, w, STR("_"), w->space_after || t + 1 == s->last ? STR("_") : STR("SpaceAfter=No"));
        }
        buffer_byte(&b, '\n');
        if (b.len > 1 << 20 || i + 1 == doc->sentence_count) status = put_out(&b, out, e), b = (buffer){0};
    }
    buffer_free(&b);
    return status;
}

rap_status rap_write_states(const rap_document *doc, FILE *out, rap_error *e) {
    size_t n = doc->states ? doc->token_count * (size_t)doc->state_width : 0;
    if (fwrite(doc->states, sizeof(float), n, out) == n) return RAP_OK;
    return error_set(e, RAP_NO_SPACE, "the states cannot be written: %s", strerror(errno));
}
