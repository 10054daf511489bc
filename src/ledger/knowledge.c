#include "ledger/knowledge.h"

#include <stdlib.h>

#include "base/lexicon.h"
#include "ledger/detail.h"
#include "pipeline.h"

enum { MOST_CHANGED = 400, MOST_PHRASE = 8 }; /* lines that differ before everything is coded anew; words of a phrase that are looked up */

/* ---- keeping ---- */

static int64_t text_key(str text) { return (int64_t)(str_hash(text, 0x1e41) & INT64_MAX); }

static void keep_text(ledger *l, str text) {
    int64_t key = text_key(text);
    if (db_number(l, "SELECT 1 FROM knowledge WHERE hash = ?", "l", key)) return;
    str packed = text_pack(&l->scratch, text);
    if (!packed.len) ledger_fail(l, RAP_NO_MEMORY, "out of memory while keeping the lexicon");
    db_run(l, "INSERT INTO knowledge VALUES (?, ?)", "lb", key, packed);
}

static void keep_all(ledger *l, const rap_engine *engine) {
    const str *names, *texts;
    size_t n = lexicon_files(engine->lexicon, "", &names, &texts);
    db_exec(l, "BEGIN IMMEDIATE");
    db_run(l, "INSERT OR IGNORE INTO coding (version) VALUES (?)", "z", rap_engine_version(engine));
    int64_t coding = db_number(l, "SELECT key FROM coding WHERE version = ?", "z", rap_engine_version(engine));
    for (size_t i = 0; i < n; i++) {
        keep_text(l, texts[i]);
        db_run(l, "INSERT OR REPLACE INTO coding_knowledge VALUES (?, ?, ?)", "lsl", coding, names[i], text_key(texts[i]));
    }
    if (l->error.status != RAP_OK || !db_exec(l, "COMMIT"))
        if (!sqlite3_get_autocommit(l->db)) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
}

void knowledge_keep(ledger *l, const rap_engine *engine) {
    jmp_buf escape;
    if (l->knowledge_kept) return;
    l->knowledge_kept = true;
    if (db_number(l, "SELECT 1 FROM coding c JOIN coding_knowledge k ON k.coding = c.key WHERE c.version = ? LIMIT 1", "z", rap_engine_version(engine))) return;
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        l->scratch.escape = &escape;
        keep_all(l, engine);
    }
    l->scratch.escape = NULL;
    arena_reset(&l->scratch);
}

static str kept_text(ledger *l, arena *home, int64_t key) {
    sqlite3_stmt *s = db_query(l, "SELECT text FROM knowledge WHERE hash = ?", "l", key);
    str text = STR("");
    if (db_step(l, s)) text = text_unpack(home, db_str(s, 0));
    sqlite3_reset(s);
    return text;
}

/* ---- what changed ---- */

typedef struct changes {
    ledger *l;
    arena *home;
    const lexicon *lex;
    struct changed { str file; lexicon_line line; } *lines;
    size_t count, capacity;
} changes;

static void add_missing(changes *c, str file, str text, str other) {
    table there;
    lexicon_line line = {0};
    table_init(&there, c->home, 1024);
    while (lexicon_next(other, &line)) table_set(&there, line.whole, 1);
    line = (lexicon_line){0};
    while (lexicon_next(text, &line) && c->count <= MOST_CHANGED)
        if (!table_has(&there, line.whole)) arena_push(c->home, c->lines, c->count, c->capacity, ((struct changed){file, line}));
}

/* Files that say nothing about how a text is coded: exports, and what is derived from statements. */
static bool beside_the_point(str file) { return str_in(file, "cameo.tsv leaders.tsv ranks.tsv appearances.tsv agencies.tsv explanations.tsv verb-forms.tsv"); }

static bool find_changes(changes *c, int64_t coding) {
    ledger *l = c->l;
    const str *names, *texts;
    size_t n = lexicon_files(c->lex, "", &names, &texts), known = 0;
    table now;
    table_init(&now, c->home, 256);
    for (size_t i = 0; i < n; i++) table_set(&now, names[i], (uint32_t)i);
    sqlite3_stmt *s = db_query(l, "SELECT name, hash FROM coding_knowledge WHERE coding = ? ORDER BY name", "l", coding);
    bool *seen = arena_array(c->home, bool, n + 1);
    while (db_step(l, s)) {
        str name = arena_copy(c->home, db_str(s, 0)), old, fresh;
        int64_t key = sqlite3_column_int64(s, 1);
        uint32_t i;
        bool both = table_get(&now, name, &i);
        known++;
        if (both) seen[i] = true;
        if ((both && text_key(texts[i]) == key) || beside_the_point(name)) continue;
        old = kept_text(l, c->home, key), fresh = both ? texts[i] : STR("");
        add_missing(c, name, fresh, old), add_missing(c, name, old, fresh);
    }
    for (size_t i = 0; i < n; i++)
        if (!seen[i] && !beside_the_point(names[i])) add_missing(c, names[i], texts[i], STR(""));
    return known && c->count <= MOST_CHANGED;
}

/* ---- whom it touches ---- */

static bool word_byte(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

static void touch_query(ledger *l, const char *query) {
    db_run(l, "INSERT OR IGNORE INTO touched SELECT se.document FROM sentence se WHERE se.key IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?)", "z", query);
}

/* Sentences with all of these words; a word of four letters or more in any ending. */
static void touch_phrase(changes *c, str phrase) {
    buffer b = {0};
    int n = 0;
    for (uint32_t i = 0; i < phrase.len && n < MOST_PHRASE;) {
        uint32_t from = i;
        while (i < phrase.len && word_byte((unsigned char)phrase.ptr[i])) i++;
        if (i > from) {
            str word = str_sub(phrase, from, i);
            bool open = word.len >= 4;
            if (open && (str_ends(word, "e") || str_ends(word, "y"))) word.len--;
            buffer_format(&b, "%s\"%.*s\"%s", n++ ? " AND " : "", STR_ARG(word), open ? " *" : "");
        } else i++;
    }
    buffer_byte(&b, '\0');
    if (n && !b.failed) touch_query(c->l, b.ptr);
    buffer_free(&b);
}

static void touch_list(changes *c, str list, const char *separators) {
    uint32_t from = 0;
    for (uint32_t i = 0; i <= list.len; i++)
        if (i == list.len || strchr(separators, list.ptr[i])) {
            touch_phrase(c, str_sub(list, from, i));
            from = i + 1;
        }
}

/* "meet.v,receive.v": each lemma in its forms. */
static void touch_triggers(changes *c, str triggers) {
    str one;
    while (str_split(&triggers, ',', &one)) {
        lexicon_line line = {0};
        for (uint32_t i = 0; i < one.len; i++)
            if (one.ptr[i] == '.') one.len = i;
        touch_phrase(c, one);
        while (lexicon_next(lexicon_file(c->lex, "verb-forms.tsv"), &line))
            if (str_eq(line.field[0], one)) touch_list(c, line.field[1], " ");
    }
}

/* A state named by its code: all who speak of it. */
static void touch_state(changes *c, str code) {
    lexicon_line line = {0};
    bool upper = code.len == 3;
    for (uint32_t i = 0; i < code.len && upper; i++) upper = code.ptr[i] >= 'A' && code.ptr[i] <= 'Z';
    while (upper && lexicon_next(lexicon_file(c->lex, "countries.tsv"), &line))
        if (str_eq(line.field[0], code))
            for (int i = 4; i < line.count; i++) touch_list(c, line.field[i], ";|");
}

static void touch_line(changes *c, const struct changed *at) {
    if (str_starts(at->file, "frames-")) {
        touch_triggers(c, at->line.field[1]);
        return;
    }
    for (int i = 0; i < at->line.count && i < LEXICON_FIELDS; i++) {
        touch_state(c, at->line.field[i]);
        touch_list(c, at->line.field[i], ";|,");
    }
}

/* "0.1.0 lexicon 3f2a model 91bc": all but the lexicon. */
static bool same_program(str a, str b) {
    str x, y;
    for (int i = 0; str_split(&a, ' ', &x) && str_split(&b, ' ', &y); i++)
        if (i != 2 && !str_eq(x, y)) return false;
    return true;
}

bool knowledge_touched(ledger *l, const rap_engine *engine, int64_t coding, str version) {
    arena home;
    if (!same_program(version, str_of(rap_engine_version(engine)))) return false;
    arena_init(&home);
    home.escape = l->scratch.escape;
    changes c = {.l = l, .home = &home, .lex = engine->lexicon};
    bool told = find_changes(&c, coding);
    for (size_t i = 0; told && i < c.count; i++) touch_line(&c, &c.lines[i]);
    arena_free(&home);
    return told && l->error.status == RAP_OK;
}
