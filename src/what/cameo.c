#include "what/cameo.h"

typedef struct cameo_line {
    str mode, context;
    cameo is;
    struct cameo_line *next;
} cameo_line;

struct cameo_table {
    cameo_line *first[PLOVER_COUNT], *last[PLOVER_COUNT];
};

static bool any(str s) { return str_is(s, "*"); }

rap_status cameo_open(const cameo_table **out, const lexicon *lex, arena *home, rap_error *e) {
    cameo_table *table = arena_new(home, cameo_table);
    lexicon_line line = {0};
    str text = lexicon_file(lex, "cameo.tsv");
    while (lexicon_next(text, &line)) {
        plover root = plover_of(line.field[0]);
        long quad;
        double intensity;
        if (root == EVENT_NONE) return lexicon_error(e, "cameo.tsv", &line, line.field[0], "unknown event");
        if (!str_to_long(line.field[4], &quad) || quad < 1 || quad > 4)
            return lexicon_error(e, "cameo.tsv", &line, line.field[4], "a quad class is 1, 2, 3 or 4");
        if (!str_to_double(line.field[5], &intensity) || intensity < -10 || intensity > 10)
            return lexicon_error(e, "cameo.tsv", &line, line.field[5], "an intensity lies between -10 and 10");
        cameo_line *l = arena_new(home, cameo_line);
        *l = (cameo_line){line.field[1], line.field[2], {line.field[3], (int)quad, (float)intensity}, NULL};
        if (table->last[root]) table->last[root]->next = l;
        else table->first[root] = l;
        table->last[root] = l;
    }
    *out = table;
    return RAP_OK;
}

static bool has(const str *list, int count, str wanted) {
    for (int i = 0; i < count; i++)
        if (str_eq(list[i], wanted)) return true;
    return any(wanted);
}

cameo cameo_of(const cameo_table *table, plover root, str mode, const str *context, int context_count) {
    for (const cameo_line *l = table->first[root]; l; l = l->next)
        if ((any(l->mode) || str_eq(l->mode, mode)) && has(context, context_count, l->context)) return l->is;
    return (cameo){STR(""), 0, 0};
}
