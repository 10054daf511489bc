#include "ledger/explanations.h"

#include <stdlib.h>

#include "base/lexicon.h"
#include "base/utf8.h"
#include "ledger/answers.h"

/* ---- which sentences ---- */

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool holds_phrase(str lower, str phrase) {
    for (uint32_t i = 0; i + phrase.len <= lower.len; i++)
        if (lower.ptr[i] == phrase.ptr[0] && memcmp(lower.ptr + i, phrase.ptr, phrase.len) == 0 && (i == 0 || !letter(lower.ptr[i - 1])) &&
            (i + phrase.len == lower.len || !letter(lower.ptr[i + phrase.len])))
            return true;
    return false;
}

static void load_phrases(ledger *l) {
    lexicon_line line = {0};
    if (l->phrases_ready) return;
    arena_free(&l->phrase_home); /* of a loading that memory ended */
    l->phrase_home.escape = l->scratch.escape;
    l->phrases = NULL, l->phrase_count = l->phrase_capacity = 0;
    str text = ledger_knowledge(l, &l->phrase_home, "explanations.tsv");
    if (l->error.status != RAP_OK) return;
    l->phrase_hash = (int64_t)(str_hash(text, 0) >> 1);
    while (lexicon_next(text, &line))
        if (line.field[1].len) arena_push(&l->phrase_home, l->phrases, l->phrase_count, l->phrase_capacity, ((struct phrase){line.field[0], line.field[1]}));
    l->phrase_home.escape = NULL;
    l->phrases_ready = true;
}

bool claim_of(ledger *l, str sentence, str *kind, str *cue) {
    str lower = utf8_lower(&l->scratch, sentence);
    *cue = STR("");
    load_phrases(l);
    for (size_t i = 0; i < l->phrase_count; i++)
        if (l->phrases[i].words.len > cue->len && holds_phrase(lower, l->phrases[i].words)) *cue = l->phrases[i].words, *kind = l->phrases[i].kind;
    return cue->len > 0;
}

void claim_keep(ledger *l, int64_t sentence, int64_t first, str text) {
    str kind, cue;
    load_phrases(l);
    if (!l->claims_marked && db_number(l, "SELECT count(*) FROM (SELECT 1 FROM sentence LIMIT 2)", "") == 1) /* the ledger's first: all were read by these phrases */
        db_run(l, "INSERT OR IGNORE INTO meta VALUES ('claims', ?)", "l", l->phrase_hash);
    l->claims_marked = true;
    if (claim_of(l, text, &kind, &cue)) db_run(l, "INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?)", "llss", sentence, first, kind, cue);
}

/* A ledger of before there were claims, or of other phrases: all its sentences, once. */
static void read_all(ledger *l) {
    int64_t document = 0, block = -1, first = 0, n = 0;
    load_phrases(l);
    if (db_number(l, "SELECT value FROM meta WHERE name = 'claims'", "") == l->phrase_hash) return;
    db_run(l, "DELETE FROM claim", "");
    sqlite3_stmt *s = db_query(l, "SELECT se.key, se.document, se.block, se.start, se.\"end\", b.text FROM sentence se JOIN block b ON b.document = se.document AND b.ordinal = se.block ORDER BY se.key", "");
    while (db_step(l, s)) {
        str text = db_str(s, 5);
        uint32_t start = (uint32_t)sqlite3_column_int(s, 3), end = (uint32_t)sqlite3_column_int(s, 4);
        if (sqlite3_column_int64(s, 1) != document || sqlite3_column_int64(s, 2) != block) first = sqlite3_column_int64(s, 0);
        document = sqlite3_column_int64(s, 1), block = sqlite3_column_int64(s, 2);
        if (start <= end && end <= text.len) claim_keep(l, sqlite3_column_int64(s, 0), first, str_sub(text, start, end));
        if ((++n & 1023) == 0) arena_reset(&l->scratch);
    }
    db_run(l, "INSERT OR REPLACE INTO meta VALUES ('claims', ?)", "l", l->phrase_hash);
}

/* ---- what they are about ---- */

typedef struct placed { int64_t sentence; int32_t fact; } placed; /* keys of sentences rise through a block */

static int by_sentence(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->sentence != y->sentence) return x->sentence < y->sentence ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

typedef struct explaining {
    facts *f;
    const happenings *h;
    answer_set *set;
    placed *placed;
    size_t count;
    buffer content;
} explaining;

static void place_facts(explaining *x) {
    facts *f = x->f;
    x->placed = arena_array(f->home, placed, f->count + 1);
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].sentence) x->placed[x->count++] = (placed){f->list[i].sentence, (int32_t)i};
    if (x->count) qsort(x->placed, x->count, sizeof *x->placed, by_sentence);
}

static size_t first_behind(const explaining *x, int64_t sentence) {
    size_t low = 0, high = x->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (x->placed[middle].sentence <= sentence) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* How fit a statement is to be what somebody explains: what did not happen before what did, an event before an appearance, never what is told as history
 * while there is anything else; of equals the first by id. */
static int worth(const explaining *x, const fact *t) {
    str event = event_of(x->f, t);
    int met = str_is(event, "CONSULT") || str_is(event, "REJECT"); /* meetings, held and refused, are what is explained most */
    return (t->background ? 0 : 16) + (t->leans == LEANS_NO ? 8 : t->leans == LEANS_MAYBE ? 3 : t->leans == LEANS_YES ? 2 : 0) + (event.len ? 3 : 0) + met;
}

static const fact *fitter(const explaining *x, const fact *a, const fact *b) {
    if (!a || !b) return a ? a : b;
    int d = worth(x, a) - worth(x, b);
    return d > 0 || (d == 0 && str_compare(a->id, b->id) < 0) ? a : b;
}

static const fact *in_sentence(const explaining *x, int64_t sentence) {
    const fact *best = NULL;
    for (size_t i = first_behind(x, sentence); i-- > 0 && x->placed[i].sentence == sentence;) {
        const fact *t = &x->f->list[x->placed[i].fact];
        if (t->group >= 0) best = fitter(x, best, t);
    }
    return best;
}

/* What did not happen by the first sentences of its block: what an analysis is about. */
enum { LEAD = 4 };
static const fact *non_event_of_lead(const explaining *x, int64_t first) {
    for (int64_t at = first; at < first + LEAD; at++) {
        const fact *t = in_sentence(x, at);
        if (t && t->leans == LEANS_NO && !t->background && event_of(x->f, t).len) return t;
    }
    for (int64_t at = first; at < first + LEAD; at++) {
        const fact *t = in_sentence(x, at);
        if (t && t->leans == LEANS_NO && !t->background) return t;
    }
    return NULL;
}

/* The happening that a sentence is about: for a cause that of its own statement; for a meaning or a view what did not happen by the lead; else the sentence's
 * own, or that of the nearest sentence before it in its block that is no history. */
static const fact *about(const explaining *x, int64_t sentence, int64_t first, str kind) {
    const fact *own = in_sentence(x, sentence), *lead = non_event_of_lead(x, first), *history = NULL;
    if (own && !own->background && (own->leans == LEANS_NO || str_is(kind, "cause"))) return own;
    if (lead) return lead;
    if (own && !own->background) return own;
    for (size_t i = first_behind(x, sentence); i-- > 0 && x->placed[i].sentence >= first;) {
        const fact *t = &x->f->list[x->placed[i].fact];
        if (t->group < 0) continue;
        t = in_sentence(x, t->sentence);
        if (!t->background) return t;
        if (!history) history = t;
    }
    return own ? own : history;
}

/* Who says it: as the document was coded, else the innermost voice of the sentence's own statements. */
static str speaker_of(const explaining *x, int64_t sentence) {
    const facts *f = x->f;
    str told = STR("");
    sqlite3_stmt *s = db_query(f->l, "SELECT name FROM speaker WHERE sentence = ?", "l", sentence);
    if (db_step(f->l, s)) told = arena_copy(f->home, db_str(s, 0));
    sqlite3_reset(s);
    if (told.len) return told;
    const fact *best = NULL;
    for (size_t i = first_behind(x, sentence); i-- > 0 && x->placed[i].sentence == sentence;) {
        const fact *t = &f->list[x->placed[i].fact];
        if (t->speaker >= 0 && (!best || str_compare(t->id, best->id) < 0)) best = t;
    }
    if (!best) return STR("");
    const person *p = &f->persons[best->speaker];
    return p->name.len ? p->name : str_trim(arena_format(f->home, "%.*s %.*s", STR_ARG(p->role), STR_ARG(p->country)));
}

static json_t *row_of(explaining *x, int64_t sentence, str kind, str cue, str speaker, const happening *n, const str *names) {
    ledger *l = x->f->l;
    json_t *o = json_object();
    row_str(o, "kind", kind);
    row_str(o, "speaker", speaker);
    row_str(o, "cue", cue);
    row_str(o, "happening", happening_id(x->f->home, n->key));
    row_str(o, "event", n->event);
    row_str(o, "source", names[0]);
    row_str(o, "target", names[1]);
    row_str(o, "verdict", str_of(n->verdict));
    sqlite3_stmt *s = db_query(l,
        "SELECT d.id, d.outlet, COALESCE(d.published, ''), CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT) FROM sentence se JOIN document d ON d.key = se.document"
        " JOIN block b ON b.document = se.document AND b.ordinal = se.block WHERE se.key = ?", "l", sentence);
    if (db_step(l, s)) {
        static const char *const members[] = {"doc", "outlet", "published", "sentence"};
        for (int i = 0; i < 4; i++) row_str(o, members[i], db_str(s, i));
    }
    sqlite3_reset(s);
    return o;
}

static str name_of(const facts *f, int32_t p) { return p < 0 ? STR("") : f->persons[p].name.len ? f->persons[p].name : f->persons[p].who; }

static void one_claim(explaining *x, sqlite3_stmt *s) {
    facts *f = x->f;
    int64_t sentence = sqlite3_column_int64(s, 0);
    const fact *t = about(x, sentence, sqlite3_column_int64(s, 1), arena_copy(f->home, db_str(s, 2)));
    if (!t) return;
    const happening *n = &x->h->list[t->group];
    str kind = arena_copy(f->home, db_str(s, 2)), cue = arena_copy(f->home, db_str(s, 3)), speaker = speaker_of(x, sentence);
    day told = db_day(s, 7);
    const str names[] = {name_of(f, n->a), name_of(f, n->b), n->a < 0 ? STR("") : f->persons[n->a].country, n->b < 0 ? STR("") : f->persons[n->b].country, speaker};
    kept_row row = {.place = arena_format(f->home, "%.*s|%.*s|%03d|%09d", STR_ARG(place_day(f->home, told)), STR_ARG(db_str(s, 6)), sqlite3_column_int(s, 4), sqlite3_column_int(s, 5)), .when = told,
                    .known = told, .outlet = arena_copy(f->home, db_str(s, 8))};
    buffer_clear(&x->content);
    for (int i = 0; i < 5; i++) content_str(&x->content, names[i]);
    content_str(&x->content, kind), content_str(&x->content, cue), content_int(&x->content, n->key), content_str(&x->content, n->event), content_str(&x->content, str_of(n->verdict));
    row.content = content_of(&x->content);
    if (answers_kept(x->set, row.place, row.content)) return;
    row.who = answer_who(f->home, names, 5);
    answers_put(x->set, &row, row_of(x, sentence, kind, cue, speaker, n, names));
}

void explanations_store(facts *f, const happenings *h) {
    ledger *l = f->l;
    explaining x = {.f = f, .h = h, .set = answers_open(l, f->home, "explanations")};
    read_all(l);
    if (db_number(l, "SELECT 1 FROM claim LIMIT 1", "") || db_number(l, "SELECT 1 FROM speaker WHERE view = 1 LIMIT 1", "")) place_facts(&x);
    sqlite3_stmt *s = db_query(l, "SELECT c.sentence, c.first, c.kind, c.cue, se.block, se.start, d.id, d.day, d.outlet FROM"
                                  " (SELECT sentence, first, kind, cue FROM claim UNION ALL SELECT sentence, first, 'view', '' FROM speaker WHERE view = 1 AND sentence NOT IN (SELECT sentence FROM claim)) c"
                                  " JOIN sentence se ON se.key = c.sentence"
                                  " JOIN document d ON d.key = se.document LEFT JOIN copy o ON o.document = d.key WHERE o.original IS NULL OR o.original = d.id", "");
    while (db_step(l, s)) one_claim(&x, s);
    buffer_free(&x.content);
    answers_close(x.set);
}
