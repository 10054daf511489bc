#include "ledger/leaders.h"

#include "base/lexicon.h"
#include "base/timex_days.h"

void leaders_load(ledger *l, arena *home, leaders *who) {
    lexicon_line line = {0};
    *who = (leaders){0};
    ranks_load(l, home, &who->ranks);
    table_init(&who->countries, home, 256);
    str text = ledger_knowledge(l, home, "leaders.tsv");
    while (lexicon_next(text, &line)) {
        struct term_of_office t = {fold_name(home, line.field[0]), line.field[1], DAY_NONE, DAY_NONE};
        day ignored;
        timex_days(line.field[2], &t.first, &ignored);
        timex_days(line.field[3], &ignored, &t.last);
        bool fresh;
        table_at(&who->countries, t.country, (uint32_t)who->count, &fresh);
        arena_push(home, who->terms, who->count, who->capacity, t);
    }
}

static bool all_words(str few, str many) {
    str word, other;
    while (str_split(&few, ' ', &word)) {
        bool found = false;
        for (str rest = many; !found && str_split(&rest, ' ', &other);) found = str_eq(word, other);
        if (!found) return false;
    }
    return true;
}

bool is_leader(const leaders *who, str fold, str country, str rank, day on) {
    uint32_t first;
    day latest = DAY_NONE;
    bool listed = country.len && table_get(&who->countries, country, &first);
    for (size_t i = listed ? first : who->count; i < who->count && str_eq(who->terms[i].country, country); i++) {
        const struct term_of_office *t = &who->terms[i];
        if (t->last > latest) latest = t->last;
        if (on != DAY_NONE && (on < t->first || on > t->last)) continue;
        if (fold.len && (all_words(t->name, fold) || all_words(fold, t->name))) return true; /* "Xi" alone is Xi Jinping */
    }
    bool covered = listed && on != DAY_NONE && latest != DAY_NONE && on <= latest;
    return !covered && str_is(rank, "leader");
}
