/* Scores of a CoNLL-U file against another, as the CoNLL 2018 shared task counts them: words are the same when they cover the same
 * characters (white space left out), so that other segmentations can be compared; each score is an F1 over words. */
#include <errno.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "document.h"
#include "syntax/conllu.h"

typedef struct gold_word {
    uint32_t start, end; /* characters of the whole text but white space, in bytes */
    str lemma, upos, deprel;
    int32_t head;        /* index of a word, -1 root */
    int32_t match;       /* the other file's word, -1 */
    bool content;        /* counts for CLAS */
} gold_word;

typedef struct sentence_span { uint32_t start, end; } sentence_span;

typedef struct side {
    const char *path;
    buffer text;         /* all characters but white space */
    gold_word *words;
    size_t count, capacity;
    sentence_span *sentences;
    size_t sentence_count, sentence_capacity;
    arena *home;
} side;

static str universal(str relation) {
    str base = relation;
    str_split(&relation, ':', &base);
    return base;
}

static bool functional(str relation) { return str_in(universal(relation), "aux case cc clf cop det mark punct"); }

static void add_characters(buffer *b, str form) {
    for (uint32_t i = 0; i < form.len; i++) {
        bool no_break = i + 1 < form.len && form.ptr[i] == '\xc2' && form.ptr[i + 1] == '\xa0';
        if (no_break) i++;
        else if (form.ptr[i] != ' ') buffer_byte(b, form.ptr[i]);
    }
}

/* Words of a multiword token share its characters out where they spell it ("can" "not"); else each covers all of it. */
typedef struct multiword {
    int left;
    bool spells;
    uint32_t start, end;
} multiword;

static void open_multiword(side *s, multiword *m, const conllu_line *range, str rest_of_file) {
    buffer spelt = {0};
    *m = (multiword){.left = range->last - range->first + 1, .start = (uint32_t)s->text.len};
    str line;
    for (int i = 0; i < m->left && str_split(&rest_of_file, '\n', &line); i++) add_characters(&spelt, conllu_parse(line).column[CONLLU_FORM]);
    add_characters(&s->text, range->column[CONLLU_FORM]);
    m->end = (uint32_t)s->text.len;
    m->spells = spelt.len == m->end - m->start && memcmp(spelt.ptr, s->text.ptr + m->start, spelt.len) == 0;
    buffer_free(&spelt);
}

static void add_word(side *s, const conllu_line *l, multiword *m, size_t first) {
    long head = 0;
    gold_word w = {.match = -1, .lemma = l->column[CONLLU_LEMMA], .upos = l->column[CONLLU_UPOS], .deprel = l->column[CONLLU_DEPREL]};
    w.content = !functional(w.deprel);
    w.head = str_to_long(l->column[CONLLU_HEAD], &head) && head > 0 ? (int32_t)(first + (size_t)head - 1) : -1;
    if (m->left > 0) {
        buffer own = {0};
        add_characters(&own, l->column[CONLLU_FORM]);
        w.start = m->start, w.end = m->spells ? m->start + (uint32_t)own.len : m->end;
        if (m->spells) m->start = w.end;
        m->left--;
        buffer_free(&own);
    } else {
        w.start = (uint32_t)s->text.len;
        add_characters(&s->text, l->column[CONLLU_FORM]);
        w.end = (uint32_t)s->text.len;
    }
    arena_push(s->home, s->words, s->count, s->capacity, w);
}

static rap_status read_side(side *s, str file, rap_error *e) {
    multiword m = {0};
    size_t first = 0, number = 0;
    for (str rest = file, line; rest.ptr && rest.len && str_split(&rest, '\n', &line);) {
        number++;
        conllu_line l = conllu_parse(str_trim(line));
        if (l.kind == CONLLU_BROKEN) return error_set(e, RAP_UNREADABLE, "%s:%zu: not CoNLL-U (ten columns with tabs between)", s->path, number);
        if (l.kind == CONLLU_RANGE) open_multiword(s, &m, &l, rest);
        if (l.kind == CONLLU_WORD) add_word(s, &l, &m, first);
        if ((l.kind == CONLLU_BLANK || !rest.ptr || !rest.len) && s->count > first) {
            sentence_span span = {s->words[first].start, s->words[s->count - 1].end};
            arena_push(s->home, s->sentences, s->sentence_count, s->sentence_capacity, span);
            for (size_t i = first; i < s->count; i++)
                if (s->words[i].head >= (int32_t)s->count)
                    return error_set(e, RAP_UNREADABLE, "%s: the sentence that ends in line %zu has a head outside of it", s->path, number);
            first = s->count;
        }
    }
    return RAP_OK;
}

static rap_status load_side(side *s, rap_error *e) {
    buffer file = {0};
    char part[65536];
    FILE *in = fopen(s->path, "rb");
    if (!in) return error_set(e, RAP_UNREADABLE, "%s: %s", s->path, strerror(errno));
    for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;) buffer_add(&file, part, n);
    fclose(in);
    str text = arena_copy(s->home, buffer_view(&file));
    bool failed = file.failed;
    buffer_free(&file);
    if (failed) return error_set(e, RAP_NO_MEMORY, "%s is larger than memory allows", s->path);
    return read_side(s, text, e);
}

static rap_status same_text(const side *gold, const side *system, rap_error *e) {
    size_t n = gold->text.len < system->text.len ? gold->text.len : system->text.len, at = 0;
    while (at < n && gold->text.ptr[at] == system->text.ptr[at]) at++;
    if (at == n && gold->text.len == system->text.len) return RAP_OK;
    int left = n - at > 30 ? 30 : (int)(n - at);
    return error_set(e, RAP_UNREADABLE, "the texts differ at character %zu (white space not counted): %s has \"%.*s\", %s has \"%.*s\"", at, gold->path, left,
                     gold->text.ptr + at, system->path, left, system->text.ptr + at);
}

static size_t match_words(side *gold, side *system) {
    size_t same = 0;
    for (size_t g = 0, s = 0; g < gold->count && s < system->count;) {
        gold_word *a = &gold->words[g], *b = &system->words[s];
        if (a->start == b->start && a->end == b->end) a->match = (int32_t)s++, b->match = (int32_t)g++, same++;
        else if (a->end < b->end || (a->end == b->end && a->start < b->start)) g++;
        else s++;
    }
    return same;
}

static size_t match_sentences(const side *gold, const side *system) {
    size_t same = 0;
    for (size_t g = 0, s = 0; g < gold->sentence_count && s < system->sentence_count;) {
        const sentence_span *a = &gold->sentences[g], *b = &system->sentences[s];
        same += a->start == b->start && a->end == b->end;
        if (a->end <= b->end) g++;
        if (b->end <= a->end) s++;
    }
    return same;
}

static void put_score(FILE *out, const char *name, size_t right, size_t gold, size_t system) {
    double p = system ? (double)right / (double)system : 0, r = gold ? (double)right / (double)gold : 0;
    fprintf(out, "%-10s %9.4f %9.4f %9.4f\n", name, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0);
}

static void compare(side *gold, side *system, FILE *out) {
    size_t words = match_words(gold, system), tags = 0, lemmas = 0, heads = 0, labelled = 0, both_content = 0, gold_content = 0, system_content = 0;
    for (size_t i = 0; i < system->count; i++) system_content += system->words[i].content;
    for (size_t i = 0; i < gold->count; i++) {
        const gold_word *a = &gold->words[i], *b = a->match < 0 ? NULL : &system->words[a->match];
        gold_content += a->content;
        if (!b) continue;
        tags += str_eq(a->upos, b->upos);
        lemmas += str_eq_nocase(a->lemma, b->lemma);
        bool head = a->head < 0 ? b->head < 0 : b->head >= 0 && gold->words[a->head].match == b->head;
        bool label = head && str_eq(universal(a->deprel), universal(b->deprel));
        heads += head, labelled += label, both_content += label && a->content && b->content;
    }
    fprintf(out, "%-10s %9s %9s %9s\n", "", "precision", "recall", "F1");
    put_score(out, "sentences", match_sentences(gold, system), gold->sentence_count, system->sentence_count);
    put_score(out, "words", words, gold->count, system->count);
    put_score(out, "UPOS", tags, gold->count, system->count);
    put_score(out, "lemma", lemmas, gold->count, system->count);
    put_score(out, "UAS", heads, gold->count, system->count);
    put_score(out, "LAS", labelled, gold->count, system->count);
    put_score(out, "CLAS", both_content, gold_content, system_content);
}

rap_status rap_eval_conllu(const char *gold_path, const char *system_path, FILE *out, rap_error *e) {
    arena home;
    jmp_buf escape;
    arena_init(&home);
    side *sides = memory_new(2 * sizeof *sides);
    if (!sides) return error_set(e, RAP_NO_MEMORY, "out of memory");
    sides[0] = (side){.path = gold_path, .home = &home}, sides[1] = (side){.path = system_path, .home = &home};
    rap_status status = RAP_NO_MEMORY;
    if (setjmp(escape)) error_set(e, RAP_NO_MEMORY, "out of memory while reading %s and %s", gold_path, system_path);
    else {
        home.escape = &escape;
        status = load_side(&sides[0], e);
        if (status == RAP_OK) status = load_side(&sides[1], e);
        if (status == RAP_OK) status = same_text(&sides[0], &sides[1], e);
        if (status == RAP_OK) compare(&sides[0], &sides[1], out);
    }
    buffer_free(&sides[0].text), buffer_free(&sides[1].text);
    memory_free(sides);
    arena_free(&home);
    return status;
}
