/* who_words: words without a document around them, cut by hand and read by the rules of phrase.c; no tree is needed. */
#include "who/stage.h"

#include "base/utf8.h"

static void add_token(document *scratch, str text, uint32_t start, uint32_t end) {
    token t = {.start = start, .end = end, .form = str_sub(text, start, end), .head = -1, .mention = -1, .timex = -1, .place = -1, .predicate = -1, .event = -1,
               .child = -1, .sibling = -1};
    t.left = t.right = (int32_t)scratch->token_count;
    if (end > start) arena_push(&scratch->home, scratch->tokens, scratch->token_count, scratch->token_capacity, t);
}

static bool mark(char c) { return strchr(",;:()[]\"!?/", c) != NULL; }

/* One word between blanks: marks at its ends, a possessive and inner hyphens are words of their own. */
static void cut_word(document *scratch, str text, uint32_t start, uint32_t end) {
    while (start < end && mark(text.ptr[start])) add_token(scratch, text, start, start + 1), start++;
    uint32_t tail = end;
    while (tail > start && mark(text.ptr[tail - 1])) tail--;
    uint32_t own = tail;
    str w = str_sub(text, start, tail);
    if (str_ends(w, "'s")) own = tail - 2;
    else if (str_ends(w, "\xE2\x80\x99s")) own = tail - 4;
    else if (str_ends(w, "s'")) own = tail - 1;
    else if (str_ends(w, "s\xE2\x80\x99")) own = tail - 3;
    uint32_t from = start;
    for (uint32_t i = start; i < own; i++)
        if (text.ptr[i] == '-' && i > start && i + 1 < own) {
            add_token(scratch, text, from, i);
            add_token(scratch, text, i, i + 1);
            from = i + 1;
        }
    add_token(scratch, text, from, own);
    add_token(scratch, text, own, tail);
    for (; tail < end; tail++) add_token(scratch, text, tail, tail + 1);
}

static void cut(document *scratch, str text) {
    scratch->token_count = 0;
    scratch->sentence_count = 0;
    scratch->blocks = arena_new(&scratch->home, block);
    scratch->blocks[0] = (block){BLOCK_BODY, STR("body"), text};
    scratch->block_count = 1;
    uint32_t i = 0;
    while (i < text.len) {
        while (i < text.len && (unsigned char)text.ptr[i] <= ' ') i++;
        uint32_t start = i;
        while (i < text.len && (unsigned char)text.ptr[i] > ' ') i++;
        if (i > start) cut_word(scratch, text, start, i);
    }
    sentence s = {.block = 0, .start = 0, .end = text.len, .first = 0, .last = (int32_t)scratch->token_count, .root = -1};
    arena_push(&scratch->home, scratch->sentences, scratch->sentence_count, scratch->sentence_capacity, s);
}

static void describe_words(const who_stage *stage, document *scratch, str words, day date, described *d) {
    cut(scratch, words);
    notes *n = notes_make(&stage->knowledge, scratch);
    phrase_describe(&stage->knowledge, scratch, n, 0, (int32_t)scratch->token_count, -1, date, d);
}

bool who_words(const who_stage *stage, document *scratch, str words, str context, day date, actor *out) {
    described d;
    words = arena_copy(&scratch->home, words);
    *out = (actor){.text = words, .end = words.len, .mention = -1, .corefers = -1, .head = -1};
    if (!str_empty(str_trim(context))) {
        described around;
        describe_words(stage, scratch, arena_copy(&scratch->home, context), date, &around);
        describe_words(stage, scratch, words, date, &d);
        if (str_empty(d.country) && (d.named || d.role || d.organization)) d.country = around.country, d.sure = 0.5f;
    } else describe_words(stage, scratch, words, date, &d);
    actor_fill(&scratch->home, &d, false, out);
    if (str_empty(out->id) && d.named) out->id = name_id(&scratch->home, d.name);
    return !str_empty(out->country) || out->sector_count || !str_empty(out->name);
}
