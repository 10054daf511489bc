#include "ledger/explanations.h"

#include <stdlib.h>

#include "base/lexicon.h"
#include "base/utf8.h"
#include "ledger/answers.h"

enum { MOST_EXPLANATIONS = 5000 };

typedef struct claim { int64_t sentence; str kind, cue; day when; str order; } claim;
typedef struct claims { claim *list; size_t count, capacity; } claims;

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool holds_phrase(str lower, str phrase) {
    for (uint32_t i = 0; i + phrase.len <= lower.len; i++)
        if (memcmp(lower.ptr + i, phrase.ptr, phrase.len) == 0 && (i == 0 || !letter(lower.ptr[i - 1])) && (i + phrase.len == lower.len || !letter(lower.ptr[i + phrase.len])))
            return true;
    return false;
}

/* Sentences with one phrase, by the index of words. */
static void gather(facts *f, str kind, str phrase, claims *out) {
    ledger *l = f->l;
    str match = arena_format(f->home, "\"%.*s\"", STR_ARG(phrase));
    sqlite3_stmt *s = db_query(l,
        "SELECT se.key, d.day, d.id, CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT), se.block, se.start FROM sentence_words w JOIN sentence se ON se.key = w.rowid"
        " JOIN document d ON d.key = se.document JOIN block b ON b.document = se.document AND b.ordinal = se.block LEFT JOIN copy c ON c.document = d.key"
        " WHERE sentence_words MATCH ? AND (c.original IS NULL OR c.original = d.id) ORDER BY d.day DESC, d.id LIMIT 3000", "s", match);
    while (db_step(l, s)) {
        str lower = utf8_lower(f->home, arena_copy(f->home, db_str(s, 3)));
        if (!holds_phrase(lower, phrase)) continue; /* the index knows words, not what stands between them */
        claim c = {sqlite3_column_int64(s, 0), kind, phrase, db_day(s, 1), arena_format(f->home, "%.*s/%03d/%09d", STR_ARG(db_str(s, 2)), sqlite3_column_int(s, 4), sqlite3_column_int(s, 5))};
        arena_push(f->home, out->list, out->count, out->capacity, c);
    }
}

static int by_claim(const void *a, const void *b) {
    const claim *x = a, *y = b;
    if (x->when != y->when) return x->when < y->when ? -1 : 1;
    int c = str_compare(x->order, y->order);
    return c ? c : (x->cue.len < y->cue.len) - (x->cue.len > y->cue.len); /* the longest phrase first */
}

/* The happening that a sentence is about: that of its own first statement, else of the nearest sentence before it in the document. */
static json_t *row_of(facts *f, const claim *c, str *who) {
    ledger *l = f->l;
    sqlite3_stmt *s = db_query(l,
        "SELECT st.key, m.happening, h.event, h.source, h.target, h.source_country, h.target_country, h.verdict,"
        " COALESCE((SELECT COALESCE(NULLIF(a.name, ''), TRIM(a.role || ' ' || a.country)) FROM statement s3 JOIN voice v ON v.statement = s3.key JOIN actor a ON a.key = v.speaker WHERE s3.sentence = ?1 ORDER BY v.depth DESC, s3.id LIMIT 1), '')"
        " FROM sentence se JOIN sentence mine ON mine.key = ?1 AND se.document = mine.document AND se.block = mine.block AND se.start <= mine.start"
        " JOIN statement st ON st.sentence = se.key JOIN happening_member m ON m.statement = st.key JOIN happening h ON h.id = m.happening"
        " ORDER BY se.start DESC, st.id LIMIT 1", "l", c->sentence);
    json_t *o = NULL;
    if (db_step(l, s)) {
        static const char *const names[] = {"happening", "event", "source", "target"};
        o = json_object();
        row_str(o, "kind", c->kind);
        row_str(o, "speaker", db_str(s, 8));
        row_str(o, "cue", c->cue);
        for (int i = 0; i < 4; i++) row_str(o, names[i], db_str(s, i + 1));
        row_str(o, "verdict", db_str(s, 7));
        *who = arena_format(f->home, "%.*s|%.*s|%.*s|%.*s|%.*s", STR_ARG(db_str(s, 3)), STR_ARG(db_str(s, 4)), STR_ARG(db_str(s, 5)), STR_ARG(db_str(s, 6)), STR_ARG(db_str(s, 8)));
    }
    sqlite3_reset(s);
    return o;
}

static void add_sentence(facts *f, const claim *c, json_t *o, str *outlet) {
    ledger *l = f->l;
    sqlite3_stmt *s = db_query(l,
        "SELECT d.id, d.outlet, COALESCE(d.published, ''), CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT) FROM sentence se JOIN document d ON d.key = se.document"
        " JOIN block b ON b.document = se.document AND b.ordinal = se.block WHERE se.key = ?", "l", c->sentence);
    if (db_step(l, s)) {
        static const char *const names[] = {"doc", "outlet", "published", "sentence"};
        for (int i = 0; i < 4; i++) row_str(o, names[i], db_str(s, i));
        *outlet = arena_copy(f->home, db_str(s, 1));
    }
    sqlite3_reset(s);
}

void explanations_store(facts *f) {
    lexicon *lex;
    rap_error e;
    lexicon_line line = {0};
    claims all = {0};
    int ordinal = 0;
    if (lexicon_open(&lex, f->l->lexicon_folder, &e) != RAP_OK) return;
    str text = arena_copy(f->home, lexicon_file(lex, "explanations.tsv"));
    lexicon_close(lex);
    while (lexicon_next(text, &line)) gather(f, line.field[0], line.field[1], &all);
    if (all.count) qsort(all.list, all.count, sizeof *all.list, by_claim);
    for (size_t i = 0; i < all.count && ordinal < MOST_EXPLANATIONS; i++) {
        str who, outlet = STR("");
        if (i && all.list[i].sentence == all.list[i - 1].sentence) continue;
        json_t *o = row_of(f, &all.list[i], &who);
        if (!o) continue;
        add_sentence(f, &all.list[i], o, &outlet);
        answer_put(f->l, "explanations", ordinal++, all.list[i].when, who, outlet, o);
    }
}
