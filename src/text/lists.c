#include "text/lists.h"

static void read_table(table *t, arena *home, str text, const char *const *kinds) {
    table_init(t, home, 256);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        uint32_t value = 1;
        for (uint32_t i = 0; kinds && kinds[i]; i++)
            if (str_is(line.field[1], kinds[i])) value = i;
        table_set(t, line.field[0], value);
    }
}

static void read_contractions(table *t, arena *home, str text) {
    table_init(t, home, 64);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) table_set(t, line.field[0], line.field[1].len);
}

void word_lists_read(word_lists *lists, const lexicon *lex, arena *home) {
    static const char *const KINDS[] = {"", "title", "date", "other", "last", NULL}; /* in the order of abbreviation_kind */
    read_table(&lists->abbreviations, home, lexicon_file(lex, "abbreviations.tsv"), KINDS);
    read_contractions(&lists->contractions, home, lexicon_file(lex, "contractions.tsv"));
    read_table(&lists->prefixes, home, lexicon_file(lex, "prefixes.txt"), NULL);
    read_table(&lists->glued, home, lexicon_file(lex, "glued.txt"), NULL);
    read_table(&lists->common, home, lexicon_file(lex, "openers.txt"), NULL);
}
