/* `rapporteur train names`: what the name finder sees of every word of gold records, with the word's tag, for train/names/train.py to learn from. Reading
 * happens here, so that training and use see the same features. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "who/name_model.h"

enum { LIST_SLOTS = 1 << 19 };

typedef struct example { /* one word, as train.py reads it: 136 bytes, little endian */
    uint32_t record, sentence; /* both counted over all files */
    uint32_t start, end;       /* bytes of the record's text */
    uint32_t first_slot, slots; /* its features among the section "slots"; none unless it is a candidate */
    uint8_t gold, candidate, lists, phrase, phrase_begin, padding[3];
    float scale;               /* of the word vector; 0 where the form has none */
    int8_t vector[NAME_VECTOR];
} example;

typedef struct gold_name { uint32_t start, end; uint8_t tag; } gold_name;

typedef struct course {
    arena home;
    lexicon *lexicon;
    text_stage *text;
    syntax_stage *syntax;
    document *doc;
    uint32_t *keys;
    uint8_t *bits;
    name_lists lists;
    name_reader reader;
    example *examples;
    size_t example_count, example_capacity;
    uint32_t *slots;
    size_t slot_count, slot_capacity;
    gold_name *golds; /* of the present record */
    size_t gold_count, gold_capacity;
    uint32_t records, sentences;
} course;

/* ---- lists ---- */

static void list_add(course *c, str phrase, unsigned bits) {
    str word;
    uint64_t hash = 0;
    for (int n = 0; str_split(&phrase, ' ', &word); n++) hash = n ? name_phrase_hash(hash, name_hash(word)) : name_hash(word);
    uint32_t key = (uint32_t)(hash >> 32) | 1, mask = LIST_SLOTS - 1, i = (uint32_t)hash & mask;
    while (c->keys[i] && c->keys[i] != key) i = (i + 1) & mask;
    c->keys[i] = key, c->bits[i] = (uint8_t)(c->bits[i] | bits);
}

static unsigned list_bit(str kind) {
    static const char *const KINDS[] = {"given", "any", "city", "town", "country", "title", "organization", "place"};
    for (unsigned i = 0; i < 8; i++)
        if (str_is(kind, KINDS[i])) return 1u << i;
    return 0;
}

static void list_text(course *c, str text) {
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) list_add(c, line.field[0], list_bit(line.field[1]));
}

static rap_status list_file(course *c, const char *path, rap_error *e) {
    FILE *f = fopen(path, "rb");
    if (!f) return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    while ((n = getline(&line, &capacity, f)) >= 0) list_text(c, (str){line, (uint32_t)n});
    free(line);
    fclose(f);
    return RAP_OK;
}

/* ---- gold ---- */

static uint8_t tag_of(const char *type) {
    return type && strcmp(type, "PER") == 0 ? NAME_PER : type && strcmp(type, "ORG") == 0 ? NAME_ORG : type && strcmp(type, "LOC") == 0 ? NAME_LOC : NAME_OUT;
}

static void take_golds(course *c, const json_t *entities) {
    c->gold_count = 0;
    size_t i;
    json_t *entity;
    json_array_foreach(entities, i, entity) {
        gold_name g = {(uint32_t)json_integer_value(json_object_get(entity, "start")), (uint32_t)json_integer_value(json_object_get(entity, "end")),
                       tag_of(json_string_value(json_object_get(entity, "type")))};
        arena_push(&c->home, c->golds, c->gold_count, c->gold_capacity, g);
    }
}

static uint8_t gold_tag(const course *c, const token *t, bool first) {
    for (size_t k = 0; k < c->gold_count; k++) {
        const gold_name *g = &c->golds[k];
        if (t->start >= g->start && t->end <= g->end) return (uint8_t)(g->tag && t->start > g->start && !first ? g->tag + 1 : g->tag);
    }
    return NAME_OUT;
}

static void take_word(course *c, const sentence *s, const name_word *words, int32_t i) {
    const token *t = &c->doc->tokens[s->first + i];
    const name_word *w = &words[i];
    name_features f = {0};
    if (w->candidate) name_features_read(c->doc, s, words, s->first, s->last, i, &f);
    example x = {.record = c->records, .sentence = c->sentences, .start = t->start, .end = t->end, .first_slot = (uint32_t)c->slot_count, .slots = f.count,
                 .gold = gold_tag(c, t, i == 0), .candidate = w->candidate, .lists = w->lists, .phrase = w->phrase, .phrase_begin = w->phrase_begin};
    if (w->vector) x.scale = w->vector_scale, memcpy(x.vector, w->vector, sizeof x.vector);
    arena_push(&c->home, c->examples, c->example_count, c->example_capacity, x);
    for (uint32_t k = 0; k < f.count; k++) arena_push(&c->home, c->slots, c->slot_count, c->slot_capacity, f.slot[k]);
}

static void take_sentence(course *c, const sentence *s) {
    name_word *words = arena_array(&c->doc->home, name_word, s->last - s->first);
    name_words_read(&c->reader, c->doc, s->first, s->last, words);
    for (int32_t i = 0; i < s->last - s->first; i++) take_word(c, s, words, i);
    c->sentences++;
}

static rap_status take_record(course *c, const char *line, rap_error *e) {
    json_error_t problem;
    json_t *o = json_read(line, strlen(line), 0, &problem), *text = json_object_get(o, "text"), *entities = json_object_get(o, "entities");
    if (!json_is_string(text) || !json_is_array(entities)) {
        json_decref(o);
        return error_set(e, RAP_UNREADABLE, "a line without \"text\" and \"entities\": %.80s", line);
    }
    take_golds(c, entities);
    rap_status s = rap_document_from_text(c->doc, json_string_value(text), json_string_length(text), NULL, e);
    if (s == RAP_OK) {
        text_read(c->text, c->doc);
        syntax_read(c->syntax, c->doc);
        for (size_t k = 0; k < c->doc->sentence_count; k++) take_sentence(c, &c->doc->sentences[k]);
    }
    json_decref(o);
    c->records++;
    return s;
}

static rap_status take_file(course *c, const char *path, rap_error *e) {
    FILE *f = fopen(path, "rb");
    if (!f) return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    char *line = NULL;
    size_t capacity = 0;
    rap_status s = RAP_OK;
    while (s == RAP_OK && getline(&line, &capacity, f) >= 0)
        if (line[0] == '{') s = take_record(c, line, e);
    free(line);
    fclose(f);
    return s;
}

/* ---- the whole ---- */

static rap_status open_course(course *c, const char *models, rap_error *e) {
    uint64_t stamp = 0;
    c->keys = arena_array(&c->home, uint32_t, LIST_SLOTS), c->bits = arena_array(&c->home, uint8_t, LIST_SLOTS);
    c->lists = (name_lists){c->keys, c->bits, LIST_SLOTS - 1};
    rap_status s = lexicon_open(&c->lexicon, NULL, e);
    setup with = {.lexicon = c->lexicon, .home = &c->home, .models = models, .stamp = &stamp};
    if (s == RAP_OK) s = text_open(&c->text, &with, e);
    if (s == RAP_OK) s = syntax_open(&c->syntax, &with, e);
    if (s == RAP_OK) s = rap_document_new(&c->doc, e);
    c->reader = (name_reader){&c->lists, c->syntax};
    if (s == RAP_OK) list_text(c, lexicon_file(c->lexicon, "name-words.tsv"));
    return s;
}

static rap_status run_course(course *c, const rap_names_examples *how, rap_error *e) {
    rap_status s = open_course(c, how->models, e);
    if (s == RAP_OK && how->lists) s = list_file(c, how->lists, e);
    if (s != RAP_OK) return s;
    c->doc->home.escape = c->home.escape;
    for (size_t i = 0; s == RAP_OK && i < how->gold_count; i++) s = take_file(c, how->gold[i], e);
    if (s != RAP_OK) return s;
    model_part parts[] = {{"words", c->examples, c->example_count * sizeof *c->examples}, {"slots", c->slots, c->slot_count * sizeof *c->slots},
                          {"keys", c->keys, LIST_SLOTS * sizeof(uint32_t)}, {"bits", c->bits, LIST_SLOTS}};
    return model_write(how->write, parts, sizeof parts / sizeof *parts, e);
}

rap_status rap_write_name_examples(const rap_names_examples *how, rap_error *e) {
    course *c = memory_new(sizeof *c);
    if (!c) return error_set(e, RAP_NO_MEMORY, "out of memory while reading gold");
    *c = (course){0};
    jmp_buf escape;
    arena_init(&c->home);
    rap_status s;
    if (setjmp(escape)) s = error_set(e, RAP_NO_MEMORY, "out of memory while reading gold");
    else {
        c->home.escape = &escape;
        s = run_course(c, how, e);
    }
    if (c->doc) c->doc->home.escape = NULL;
    rap_document_free(c->doc);
    if (c->syntax) syntax_close(c->syntax);
    if (c->text) text_close(c->text);
    lexicon_close(c->lexicon);
    arena_free(&c->home);
    memory_free(c);
    return s;
}
