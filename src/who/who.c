#include "who/who.h"

#include "who/names.h"
#include "who/stage.h"

static void read_first_names(who_stage *stage, arena *home) {
    lexicon_line line = {0};
    str text = lexicon_file(stage->lexicon, "first-names.tsv");
    char folded[LONGEST_NAME];
    table_init(&stage->first_names, home, 2048);
    while (lexicon_next(text, &line)) {
        str name;
        while (str_split(&line.field[1], ' ', &name)) {
            uint32_t n = name_fold(name, folded);
            if (n) table_set(&stage->first_names, arena_copy(home, (str){folded, n}), str_is(line.field[0], "f") ? 2 : 1);
        }
    }
}

int first_name_gender(const who_stage *stage, str name) {
    char folded[LONGEST_NAME];
    uint32_t value, n = name_fold(name, folded);
    return n && table_get(&stage->first_names, (str){folded, n}, &value) ? (int)value : 0;
}

rap_status who_open(who_stage **out, const setup *with, rap_error *e) {
    who_stage *stage = arena_new(with->home, who_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    read_first_names(stage, with->home);
    rap_status s = names_open(&stage->names, with, e);
    if (s != RAP_OK) return s;
    return knowledge_load(&stage->knowledge, with->lexicon, with->home, e);
}

void who_close(who_stage *stage) {
    if (stage) names_close(stage->names);
}

notes *notes_make(const knowledge *k, document *doc) {
    notes *n = arena_new(&doc->home, notes);
    n->at = arena_array(&doc->home, int32_t, doc->token_count + 1);
    n->folded = arena_array(&doc->home, str, doc->token_count + 1);
    doc->who_notes = n;
    match_tokens(k, doc, n, 0, (int32_t)doc->token_count);
    setting_read(k, doc, n);
    return n;
}

void who_names(const who_stage *stage, document *doc) {
    notes_make(&stage->knowledge, doc);
    names_read(stage->names, doc);
    mentions_find(stage, doc);
}

void who_chains(const who_stage *stage, document *doc) {
    chains_link(stage, doc);
    plurals_part(stage, doc);
}
