#include "ledger/ranks.h"

#include "base/lexicon.h"

void ranks_load(ledger *l, arena *home, ranks *r) {
    lexicon_line line = {0};
    *r = (ranks){0};
    str text = ledger_knowledge(l, home, "ranks.tsv");
    while (lexicon_next(text, &line)) {
        str rest = line.field[1], word;
        while (str_split(&rest, '|', &word)) arena_push(home, r->lines, r->count, r->capacity, ((struct rank_line){line.field[0], fold_name(home, word)}));
    }
}

static bool whole_words(str text, str words) {
    for (uint32_t i = 0; i + words.len <= text.len; i++)
        if (memcmp(text.ptr + i, words.ptr, words.len) == 0 && (i == 0 || text.ptr[i - 1] == ' ') &&
            (i + words.len == text.len || text.ptr[i + words.len] == ' '))
            return true;
    return false;
}

str rank_of(const ranks *r, arena *a, str role) {
    str fold = fold_name(a, role);
    for (size_t i = 0; fold.len && i < r->count; i++)
        if (whole_words(fold, r->lines[i].word)) return r->lines[i].rank;
    return STR("");
}
