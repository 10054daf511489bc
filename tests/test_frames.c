/* Every frame's test sentence must be coded, its twin must not (docs/frames.md, columns 11 and 12). Prints the frames that fail with FRAMES=1.
 * A test passes when an event of the frame's root and mode comes out whose marked [source] and <target> are the right ones. */
#include "base/memory.h"
#include "check.h"
#include "document.h"
#include "pipeline.h"
#include "what/frames.h"

/* Shares of tests that must pass: the parser is not perfect, and a lexicon of thousands never is. */
enum { LEAST_FRAMES = 1100, LEAST_SHARE = 92 };

typedef struct marked {
    char text[1024];
    uint32_t len, source[8][2], target[8][2];
    int sources, targets;
} marked;

static void unmark(str s, marked *m) {
    *m = (marked){0};
    uint32_t open_source = 0, open_target = 0;
    for (uint32_t i = 0; i < s.len && m->len < sizeof m->text - 1; i++) {
        char c = s.ptr[i];
        if (c == '[') open_source = m->len;
        else if (c == '<') open_target = m->len;
        else if (c == ']' && m->sources < 8) m->source[m->sources][0] = open_source, m->source[m->sources++][1] = m->len;
        else if (c == '>' && m->targets < 8) m->target[m->targets][0] = open_target, m->target[m->targets++][1] = m->len;
        else m->text[m->len++] = c;
    }
}

static bool inside(const document *doc, int32_t t, const uint32_t span[2]) {
    return doc->tokens[t].start >= span[0] && doc->tokens[t].end <= span[1];
}

/* "a Russian oligarch's yacht": the phrase of the yacht stands for its owner. */
static bool owned_by(const document *doc, int32_t head, const uint32_t span[2]) {
    for (int32_t c = tree_child(doc, head); c >= 0; c = tree_next(doc, c)) {
        deprel d = deprel_base(doc->tokens[c].deprel);
        if ((d == DEP_NMOD || d == DEP_COMPOUND || d == DEP_AMOD) && inside(doc, c, span)) return true;
    }
    return false;
}

/* Is the head in the span, or what the span owns, or a pronoun for what is in the span ("halted its bombing")? */
static bool means(const document *doc, int32_t head, const uint32_t span[2]) {
    int32_t m = doc->tokens[head].mention, same = m >= 0 ? doc->mentions[m].chain : -1;
    if (inside(doc, head, span) || owned_by(doc, head, span)) return true;
    for (size_t i = 0; same >= 0 && i < doc->mention_count; i++)
        if (doc->mentions[i].chain == same && inside(doc, doc->mentions[i].head, span)) return true;
    return false;
}

static bool covered(const document *doc, uint32_t (*spans)[2], int count, const int32_t *heads, int head_count) {
    for (int i = 0; i < count; i++) {
        bool hit = false;
        for (int k = 0; k < head_count; k++) hit |= means(doc, heads[k], spans[i]);
        if (!hit) return false;
    }
    return true;
}

static bool actors_right(const document *doc, const event *ev, marked *m) {
    if (covered(doc, m->source, m->sources, ev->source, ev->source_count) && covered(doc, m->target, m->targets, ev->target, ev->target_count)) return true;
    if (!ev->symmetric) return false;
    int32_t all[32];
    int n = 0;
    for (int i = 0; i < ev->source_count && n < 32; i++) all[n++] = ev->source[i];
    for (int i = 0; i < ev->target_count && n < 32; i++) all[n++] = ev->target[i];
    return covered(doc, m->source, m->sources, all, n) && covered(doc, m->target, m->targets, all, n);
}

static bool triggered_by(const frame *f, const document *doc, const event *ev) {
    str list = f->triggers, word, lemma = doc->tokens[ev->trigger].lemma, form = doc->tokens[ev->trigger].form;
    while (str_split(&list, ',', &word)) {
        word = str_trim(word);
        if (word.len > 2 && (str_eq_nocase(str_sub(word, 0, word.len - 2), lemma) || str_eq_nocase(str_sub(word, 0, word.len - 2), form))) return true;
    }
    return false;
}

static bool coded(const document *doc, const frame *f, marked *m) {
    for (size_t i = 0; i < doc->event_count; i++) {
        const event *ev = &doc->events[i];
        if (f->none) {
            if (triggered_by(f, doc, ev)) return false;
        } else if (ev->root == f->root && (f->mode.len == 0 || str_eq(ev->mode, f->mode)) && actors_right(doc, ev, m)) return true;
    }
    return f->none;
}

static bool by_frame(const document *doc, uint32_t number) {
    for (size_t i = 0; i < doc->event_count; i++)
        if (doc->events[i].frame == number) return true;
    return false;
}

static void why(const document *doc, const frame *f, str words, const char *what) {
    if (!getenv("FRAMES")) return;
    printf("%.*s:%d\t%.*s\t%s\t%.*s\t", STR_ARG(f->file), f->line, STR_ARG(f->id), what, STR_ARG(words));
    for (size_t i = 0; i < doc->event_count; i++) {
        const event *ev = &doc->events[i];
        printf("{%.*s %s", STR_ARG(ev->rule), plover_name(ev->root));
        for (int k = 0; k < ev->source_count; k++) printf(" s:%.*s", STR_ARG(doc->tokens[ev->source[k]].form));
        for (int k = 0; k < ev->target_count; k++) printf(" t:%.*s", STR_ARG(doc->tokens[ev->target[k]].form));
        printf("}");
    }
    putchar('\n');
}

int main(void) {
    rap_engine *engine;
    rap_document *doc;
    rap_error e;
    frame_set set;
    int passed = 0, failed = 0, twins_passed = 0, twins_failed = 0;
    if (rap_open(&engine, NULL, &e) != RAP_OK || rap_document_new(&doc, &e) != RAP_OK) {
        printf("%s\n", e.message);
        return check_done(1);
    }
    arena home;
    arena_init(&home);
    CHECK(frames_open(&set, engine->lexicon, &home, &e) == RAP_OK, "%s", e.message);
    for (uint32_t n = 1; n < set.count; n++) {
        const frame *f = &set.frames[n];
        marked m;
        if (f->test.len) {
            unmark(f->test, &m);
            rap_document_from_text(doc, m.text, m.len, "2020-06-15", &e);
            bool ok = rap_read(engine, doc, &e) == RAP_OK && coded(doc, f, &m);
            ok ? passed++ : failed++;
            if (!ok) why(doc, f, f->test, "not coded");
        }
        if (f->twin.len) {
            unmark(f->twin, &m);
            rap_document_from_text(doc, m.text, m.len, "2020-06-15", &e);
            bool ok = rap_read(engine, doc, &e) == RAP_OK && !by_frame(doc, n);
            ok ? twins_passed++ : twins_failed++;
            if (!ok) why(doc, f, f->twin, "twin coded");
        }
    }
    printf("frames %zu; test sentences coded %d of %d; twins left alone %d of %d\n", set.count - 1, passed, passed + failed, twins_passed,
           twins_passed + twins_failed);
    CHECK(set.count > LEAST_FRAMES, "only %zu frames", set.count);
    CHECK(passed * 100 >= (passed + failed) * LEAST_SHARE, "too few test sentences are coded");
    CHECK(twins_passed * 100 >= (twins_passed + twins_failed) * 90, "too many twins are coded");
    check_passed += passed + twins_passed;
    rap_document_free(doc);
    rap_close(engine);
    arena_free(&home);
    return check_done(3);
}
