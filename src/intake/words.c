#include "intake/words.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/memory.h"

extern const struct lexicon_embedded {
    const char *name;
    const char *text;
    size_t length;
} lexicon_embedded[];

static str embedded(const char *name) {
    for (const struct lexicon_embedded *f = lexicon_embedded; f->name; f++)
        if (strcmp(f->name, name) == 0) return (str){f->text, (uint32_t)f->length};
    return STR("");
}

static void read_zone(intake_words *w, const lexicon_line *line, uint32_t *count) {
    str at = line->field[2];
    if (at.len != 6 || *count >= sizeof w->zone / sizeof *w->zone) return;
    int minutes = ((at.ptr[1] - '0') * 10 + at.ptr[2] - '0') * 60 + (at.ptr[4] - '0') * 10 + at.ptr[5] - '0';
    w->zone[*count] = (zone_word){(int16_t)(at.ptr[0] == '-' ? -minutes : minutes), line->field[3].len ? line->field[3].ptr[0] : 0};
    table_set(&w->zones, line->field[1], (*count)++);
}

static void read_dates(intake_words *w) {
    lexicon_line line = {0};
    uint32_t zones = 0;
    long month;
    while (lexicon_next(embedded("intake-dates.tsv"), &line)) {
        if (str_is(line.field[0], "month") && str_to_long(line.field[2], &month)) table_set(&w->months, line.field[1], (uint32_t)month);
        else if (str_is(line.field[0], "zone")) read_zone(w, &line, &zones);
        else if (str_is(line.field[0], "role") && w->role_count < MOST_PHRASES) {
            w->role_modified[w->role_count] = str_is(line.field[2], "modified");
            w->roles[w->role_count++] = line.field[1];
        }
    }
}

static void read_languages(intake_words *w) {
    lexicon_line line = {0};
    while (lexicon_next(embedded("intake-languages.tsv"), &line) && w->language_count < MOST_LANGUAGES) {
        uint32_t bit = 1u << w->language_count;
        w->language[w->language_count++] = line.field[0];
        str rest = line.field[1], word;
        while (str_split(&rest, ' ', &word))
            if (word.len) *table_at(&w->languages, word, 0, NULL) |= bit;
    }
}

static void read_furniture(intake_words *w) {
    lexicon_line line = {0};
    while (lexicon_next(embedded("intake-boilerplate.tsv"), &line)) {
        if (str_is(line.field[0], "end") && w->end_count < MOST_PHRASES) w->ends[w->end_count++] = line.field[1];
        else if (str_is(line.field[0], "line") && w->line_count < MOST_PHRASES) w->lines[w->line_count++] = line.field[1];
        else if (str_is(line.field[0], "menu")) table_set(&w->menus, line.field[1], 1);
    }
}

static void read_classes(intake_words *w) {
    lexicon_line line = {0};
    for (int group = 0; group < 32 && lexicon_next(embedded("intake-page-classes.tsv"), &line); group++) {
        str rest = line.field[1], word;
        while (str_split(&rest, ' ', &word))
            if (word.len) *table_at(&w->classes, word, 0, NULL) |= 1u << group;
    }
}

static intake_words *build(void) {
    jmp_buf escape;
    intake_words *w = memory_new(sizeof *w);
    if (!w) return NULL;
    *w = (intake_words){0};
    arena_init(&w->home);
    if (setjmp(escape)) {
        arena_free(&w->home);
        memory_free(w);
        return NULL;
    }
    w->home.escape = &escape;
    table_init(&w->months, &w->home, 256);
    table_init(&w->zones, &w->home, 128);
    table_init(&w->languages, &w->home, 1024);
    table_init(&w->menus, &w->home, 256);
    table_init(&w->classes, &w->home, 512);
    read_dates(w);
    read_languages(w);
    read_furniture(w);
    read_classes(w);
    w->home.escape = NULL;
    return w;
}

/* The one table that is not handed down: a document is made from JSON without an engine at hand. It never changes once it is there. */
const intake_words *intake_words_get(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static _Atomic(intake_words *) ready;
    intake_words *w = atomic_load(&ready);
    if (w) return w;
    pthread_mutex_lock(&lock);
    w = atomic_load(&ready);
    if (!w) atomic_store(&ready, w = build());
    pthread_mutex_unlock(&lock);
    return w;
}
