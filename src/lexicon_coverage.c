/* `lexicon coverage`: how much of what a corpus tells the frames know. Verbs and event nouns are counted by lemma and use; a lemma is covered if it
 * has a frame that codes, or only frames that say, with a reason, that it is no event. */
#include <stdlib.h>

#include "base/error.h"
#include "base/table.h"
#include "pipeline.h"
#include "what/frames.h"

enum { LONGEST_LEMMA = 48 };
typedef enum knowing { BY_FRAME, BY_NONE, UNCOVERED, KNOWINGS } knowing;

typedef struct word_count {
    str key; /* "attack.n" */
    uint32_t uses;
    knowing known;
} word_count;

struct rap_coverage {
    rap_engine *engine;
    frame_set set;
    arena home;
    table event_nouns, numbers; /* a key's place in words */
    word_count *words;
    size_t count, capacity;
};

static void read_event_nouns(rap_coverage *c) {
    lexicon_line line = {0};
    str text = lexicon_file(c->engine->lexicon, "event_nouns.txt");
    table_init(&c->event_nouns, &c->home, 1024);
    while (lexicon_next(text, &line)) table_set(&c->event_nouns, line.field[0], 1);
}

rap_status rap_coverage_open(rap_coverage **out, const rap_options *options, rap_error *e) {
    rap_coverage *c = calloc(1, sizeof *c);
    *out = c;
    if (!c) return error_set(e, RAP_NO_MEMORY, "out of memory");
    arena_init(&c->home);
    table_init(&c->numbers, &c->home, 8192);
    rap_status s = rap_open(&c->engine, options, e);
    if (s == RAP_OK) s = frames_open(&c->set, c->engine->lexicon, &c->home, e);
    if (s == RAP_OK) read_event_nouns(c);
    return s;
}

void rap_coverage_close(rap_coverage *c) {
    if (!c) return;
    rap_close(c->engine);
    arena_free(&c->home);
    free(c);
}

/* ---- which words count ---- */

static bool all_letters(str s) {
    for (uint32_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] == '-' && i > 0))) return false;
    return s.len > 1 && s.len < LONGEST_LEMMA;
}

static bool codes(const frame_set *set, uint32_t use) {
    for (; use; use = set->uses[use].next)
        if (!set->frames[set->uses[use].frame].none) return true;
    return false;
}

/* A noun made from a verb by its ending, or one that is also a verb that has a frame of an event (attack, visit). */
static bool deverbal(const rap_coverage *c, str lemma) {
    static const char *const endings[] = {"tion", "sion", "ment", "ance", "ence", "ing", "al", "ure", "cy"};
    if (codes(&c->set, frames_of(&c->set, lemma, 'v'))) return true;
    for (int i = 0; i < 3; i++)
        if (str_ends(lemma, endings[i])) return true;
    for (int i = 3; i < 8; i++) {
        char verb[LONGEST_LEMMA + 2];
        uint32_t stem = lemma.len - (uint32_t)str_of(endings[i]).len;
        if (!str_ends(lemma, endings[i]) || lemma.len < stem || stem < 3) continue;
        memcpy(verb, lemma.ptr, stem);
        verb[stem] = 'e';
        if (frames_of(&c->set, (str){verb, stem}, 'v') || frames_of(&c->set, (str){verb, stem + 1}, 'v')) return true;
        if (verb[stem - 1] == verb[stem - 2] && frames_of(&c->set, (str){verb, stem - 1}, 'v')) return true;
    }
    return false;
}

static char counted_as(const rap_coverage *c, const token *t) {
    if (!all_letters(t->lemma)) return 0;
    if (t->upos == UPOS_VERB) return 'v';
    if (t->upos == UPOS_NOUN && (table_has(&c->event_nouns, t->lemma) || deverbal(c, t->lemma))) return 'n';
    return 0;
}

static knowing known_by(const frame_set *set, const token *t, char pos) {
    uint32_t use = frames_of(set, t->lemma, pos), form = pos == 'n' ? frames_of(set, t->form, pos) : 0;
    if (!use && pos == 'v') use = frames_mended(set, t->lemma, pos);
    if (codes(set, use) || codes(set, form)) return BY_FRAME;
    return use || form ? BY_NONE : UNCOVERED;
}

static void count_use(rap_coverage *c, const token *t, char pos) {
    str key = arena_format(&c->home, "%.*s.%c", STR_ARG(t->lemma), pos);
    bool fresh;
    uint32_t at = *table_at(&c->numbers, key, (uint32_t)c->count, &fresh);
    if (fresh) {
        word_count word = {key, 0, known_by(&c->set, t, pos)};
        arena_push(&c->home, c->words, c->count, c->capacity, word);
    }
    c->words[at].uses++;
}

rap_status rap_coverage_add(rap_coverage *c, rap_document *doc, rap_error *e) {
    rap_status s = rap_parse(c->engine, doc, e);
    for (size_t i = 0; s == RAP_OK && i < doc->token_count; i++) {
        char pos = counted_as(c, &doc->tokens[i]);
        if (pos) count_use(c, &doc->tokens[i], pos);
    }
    return s;
}

/* ---- the report ---- */

typedef struct sums {
    size_t uses, by[KNOWINGS];
} sums;

static void sum(const rap_coverage *c, char pos, sums *of) {
    *of = (sums){0};
    for (size_t i = 0; i < c->count; i++) {
        const word_count *w = &c->words[i];
        if (pos && w->key.ptr[w->key.len - 1] != pos) continue;
        of->uses += w->uses;
        of->by[w->known] += w->uses;
    }
}

static double percent(size_t part, size_t all) { return all ? 100 * (double)part / (double)all : 100; }

static void tell_sums(FILE *out, const char *what, const sums *of) {
    fprintf(out, "%-12s %8zu uses   covered %5.1f %%   by a frame %5.1f %%   no event, with a reason %5.1f %%\n", what, of->uses,
            percent(of->uses - of->by[UNCOVERED], of->uses), percent(of->by[BY_FRAME], of->uses), percent(of->by[BY_NONE], of->uses));
}

static int more_used(const void *a, const void *b) {
    const word_count *x = a, *y = b;
    if (x->uses != y->uses) return x->uses < y->uses ? 1 : -1;
    return str_compare(x->key, y->key);
}

double rap_coverage_write(rap_coverage *c, size_t most, FILE *out) {
    sums verbs, nouns, all;
    sum(c, 'v', &verbs);
    sum(c, 'n', &nouns);
    sum(c, 0, &all);
    tell_sums(out, "verbs", &verbs);
    tell_sums(out, "event nouns", &nouns);
    tell_sums(out, "together", &all);
    if (c->count) qsort(c->words, c->count, sizeof *c->words, more_used);
    for (size_t i = 0, told = 0; i < c->count && told < most; i++) {
        if (c->words[i].known != UNCOVERED) continue;
        if (told++ == 0) fprintf(out, "uncovered, most used first:\n");
        fprintf(out, "%8u  %.*s\n", c->words[i].uses, STR_ARG(c->words[i].key));
    }
    return percent(all.uses - all.by[UNCOVERED], all.uses);
}
