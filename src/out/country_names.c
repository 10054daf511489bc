#include "out/country_names.h"

#include "base/table.h"

struct country_names {
    table of; /* code to number */
    str *names;
    size_t count, capacity;
};

const country_names *country_names_open(const lexicon *lex, arena *home) {
    country_names *n = arena_new(home, country_names);
    lexicon_line line = {0};
    table_init(&n->of, home, 512);
    while (lexicon_next(lexicon_file(lex, "countries.tsv"), &line)) {
        str rest = line.field[4], first;
        if (!str_split(&rest, ';', &first) || line.field[0].len != 3) continue;
        table_set(&n->of, line.field[0], (uint32_t)n->count);
        arena_push(home, n->names, n->count, n->capacity, first);
    }
    return n;
}

str country_name(const country_names *n, str iso) {
    uint32_t i;
    return n && table_get(&n->of, iso, &i) ? n->names[i] : STR("");
}
