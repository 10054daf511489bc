#include "ledger/intake.h"

#include <stdlib.h>

#include "base/memory.h"
#include "ledger/agencies.h"
#include "ledger/copies.h"
#include "ledger/corrections.h"
#include "ledger/detail.h"
#include "ledger/explanations.h"
#include "ledger/terms.h"
#include "base/timex_days.h"

bool ledger_holds(ledger *l, str id) { return db_number(l, "SELECT 1 FROM document WHERE id = ?", "s", id) == 1; }

/* ---- interned things ---- */

static int64_t coding_key(ledger *l, str version) {
    db_run(l, "INSERT OR IGNORE INTO coding (version) VALUES (?)", "s", version);
    return db_number(l, "SELECT key FROM coding WHERE version = ?", "s", version);
}

/* Several sectors as "GOV PTY". */
static str joined(arena *a, const json_t *list) {
    str out = STR("");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *word = json_string_value(json_array_get(list, i));
        if (word) out = arena_format(a, "%.*s%s%s", STR_ARG(out), out.len ? " " : "", word);
    }
    return out;
}

/* One key for the same person or body: a state and its bare government are the state; nobody in particular is "CHN GOV". */
static str who_key(arena *a, str name, str country, str sector, str role, str id) {
    bool state = country.len == 3 && (str_empty(sector) || str_is(sector, "GOV")) && str_empty(role) && (str_empty(id) || str_eq(id, country));
    if (str_empty(name) || (state && !str_empty(country))) {
        if (str_empty(country) && str_empty(sector)) return STR("");
        return state ? country : arena_format(a, "%.*s %.*s", STR_ARG(country), STR_ARG(sector));
    }
    return fold_name(a, name);
}

static int64_t actor_key(ledger *l, const json_t *o) {
    if (!json_is_object(o)) return 0;
    arena *a = &l->scratch;
    str name = json_get_str(o, "name"), country = json_get_str(o, "country"), code = json_get_str(o, "code"), role = json_get_str(o, "role"),
        id = json_get_str(o, "id"), sector = joined(a, json_object_get(o, "sector"));
    static const char find[] = "SELECT key FROM actor WHERE name = ? AND country = ? AND sector = ? AND code = ? AND role = ? AND id = ?";
    int64_t key = db_number(l, find, "ssssss", name, country, sector, code, role, id);
    if (key) return key;
    str fold = fold_name(a, name), who = who_key(a, name, country, sector, role, id);
    db_run(l, "INSERT INTO actor (name, country, sector, code, role, id, fold, who) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "ssssssss", name, country,
           sector, code, role, id, fold, who);
    return sqlite3_last_insert_rowid(l->db);
}

static int64_t place_key(ledger *l, const json_t *o) {
    if (!json_is_object(o)) return 0;
    str name = json_get_str(o, "name"), country = json_get_str(o, "country");
    int64_t geonames = json_get_long(o, "geonames", 0);
    static const char find[] = "SELECT key FROM place WHERE name = ? AND country = ? AND geonames = ?";
    int64_t key = db_number(l, find, "ssl", name, country, geonames);
    if (key) return key;
    db_run(l, "INSERT INTO place (name, country, lat, lon, geonames) VALUES (?, ?, ?, ?, ?)", "ssddl", name, country,
           json_get_real(o, "lat", 0), json_get_real(o, "lon", 0), geonames);
    return sqlite3_last_insert_rowid(l->db);
}

/* ---- document ---- */

typedef struct held {
    ledger *l;
    const coded *c;
    int64_t document, coding;
    day published;
    struct held_block { str name, text; } *blocks;
    int block_count;
    int64_t *sentences; /* keys, by position in spans */
    struct span { int block; uint32_t start, end; } *spans;
    size_t span_count, span_capacity;
} held;

static int block_of(const held *h, str name) {
    for (int i = 0; i < h->block_count; i++)
        if (str_eq(h->blocks[i].name, name)) return i;
    return -1;
}

static void read_blocks(held *h) {
    json_t *blocks = json_object_get(h->c->head, "blocks"), *text;
    const char *name;
    arena *a = &h->l->scratch;
    h->blocks = arena_array(a, struct held_block, json_object_size(blocks) + 1);
    json_object_foreach(blocks, name, text)
        if (json_is_string(text))
            h->blocks[h->block_count++] = (struct held_block){str_of(name), {json_string_value(text), (uint32_t)json_string_length(text)}};
}

static bool inside(const held *h, int b, long start, long end) {
    return b >= 0 && b < h->block_count && start >= 0 && end > start && end <= (long)h->blocks[b].text.len;
}

static void add_span(held *h, int b, long start, long end) {
    if (!inside(h, b, start, end)) return;
    for (size_t i = h->span_count; i-- > 0;)
        if (h->spans[i].block == b && h->spans[i].start == (uint32_t)start && h->spans[i].end == (uint32_t)end) return;
    arena_push(&h->l->scratch, h->spans, h->span_count, h->span_capacity, ((struct span){b, (uint32_t)start, (uint32_t)end}));
}

/* Sentences: as the head lists them ("sentence_spans": [[block, start, end], …]); a record of older making only shows those with statements. */
static void read_spans(held *h) {
    const json_t *listed = json_object_get(h->c->head, "sentence_spans");
    for (size_t i = 0; i < json_array_size(listed); i++) {
        const json_t *one = json_array_get(listed, i);
        long b = (long)json_integer_value(json_array_get(one, 0)), start = (long)json_integer_value(json_array_get(one, 1)),
             end = (long)json_integer_value(json_array_get(one, 2));
        if (inside(h, (int)b, start, end))
            arena_push(&h->l->scratch, h->spans, h->span_count, h->span_capacity, ((struct span){(int)b, (uint32_t)start, (uint32_t)end}));
    }
    if (h->span_count) return;
    for (size_t i = 0; i < json_array_size(h->c->statements); i++) {
        const json_t *s = json_array_get(h->c->statements, i), *span = json_object_get(s, "sentence");
        add_span(h, block_of(h, json_get_str(s, "block")), json_get_long(span, "start", -1), json_get_long(span, "end", -1));
    }
}

static bool truncated(str body) {
    str end = str_trim(body);
    return str_ends(end, "…") || str_ends(end, "...") || str_ends(end, "[…]") || str_ends(end, "chars]");
}

static bool readable(const held *h, str body) {
    str language = json_get_str(h->c->head, "language");
    if (language.len && !str_starts(language, "en")) return false;
    size_t lost = 0;
    for (size_t i = 0; i < json_array_size(h->c->skips); i++) {
        const json_t *s = json_array_get(h->c->skips, i);
        lost += (size_t)(json_get_long(s, "end", 0) - json_get_long(s, "start", 0));
    }
    return body.len > 0 && !truncated(body) && lost * 5 < body.len;
}

static uint32_t word_count(str text) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < text.len; i++) n += (unsigned char)text.ptr[i] > ' ' && (i == 0 || (unsigned char)text.ptr[i - 1] <= ' ');
    return n;
}

static void insert_document(held *h, bool imported) {
    const json_t *head = h->c->head;
    ledger *l = h->l;
    arena *a = &l->scratch;
    str published = json_get_str(head, "published"), title = STR(""), body = STR("");
    moment m = MOMENT_NONE;
    moment_parse(published, &m);
    h->published = m.date;
    int b = block_of(h, STR("title"));
    if (b >= 0) title = h->blocks[b].text;
    if ((b = block_of(h, STR("body"))) >= 0) body = h->blocks[b].text;
    db_run(l,
           "INSERT INTO document (id, url, outlet, title, language, section, published, day, modified, coding, sentences, statements, skipped, words, readable,"
           " credit, terms, signature, imported) VALUES (?, ?, ?, ?, ?, ?, NULLIF(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "sssssssDslliiiisbbi", json_get_str(head, "id"), json_get_str(head, "url"), json_get_str(head, "outlet"), title,
           json_get_str(head, "language"), json_get_str(head, "section"), published, m.date, json_get_str(head, "modified"), h->coding,
           (int64_t)h->span_count, (int)json_array_size(h->c->statements), (int)json_array_size(h->c->skips), (int)word_count(body),
           (int)readable(h, body), agency_credit(l, body), imported ? STR("") : terms_pack(a, title, body), imported ? STR("") : signature_pack(a, body), (int)imported);
    h->document = sqlite3_last_insert_rowid(l->db);
    for (int i = 0; i < h->block_count; i++)
        db_run(l, "INSERT INTO block VALUES (?, ?, ?, ?)", "liss", h->document, i, h->blocks[i].name, h->blocks[i].text);
}

static void insert_sentences(held *h) {
    ledger *l = h->l;
    h->sentences = arena_array(&l->scratch, int64_t, h->span_count + 1);
    size_t first = 0;
    for (size_t i = 0; i < h->span_count; i++) {
        struct span *s = &h->spans[i];
        db_run(l, "INSERT INTO sentence (document, block, start, \"end\") VALUES (?, ?, ?, ?)", "liii", h->document, s->block, (int)s->start, (int)s->end);
        h->sentences[i] = sqlite3_last_insert_rowid(l->db);
        str text = str_sub(h->blocks[s->block].text, s->start, s->end);
        db_run(l, "INSERT INTO sentence_words (rowid, text) VALUES (?, ?)", "ls", h->sentences[i], text);
        if (i == 0 || h->spans[i - 1].block != s->block) first = i;
        claim_keep(l, h->sentences[i], h->sentences[first], text);
    }
}

/* Who speaks where: "speakers": [[number of the sentence, name, view], …] of the head. */
static void insert_speakers(held *h) {
    const json_t *listed = json_object_get(h->c->head, "speakers");
    if (json_array_size(json_object_get(h->c->head, "sentence_spans")) != h->span_count) return;
    for (size_t i = 0; i < json_array_size(listed); i++) {
        const json_t *one = json_array_get(listed, i), *name = json_array_get(one, 1);
        long at = (long)json_integer_value(json_array_get(one, 0));
        if (at < 0 || (size_t)at >= h->span_count || !json_is_string(name)) continue;
        size_t first = (size_t)at;
        while (first > 0 && h->spans[first - 1].block == h->spans[at].block) first--;
        db_run(h->l, "INSERT OR IGNORE INTO speaker VALUES (?, ?, ?, ?)", "llsi", h->sentences[at], h->sentences[first], (str){json_string_value(name), (uint32_t)json_string_length(name)},
               json_integer_value(json_array_get(one, 2)) != 0);
    }
}

static void insert_skips(held *h) {
    for (size_t i = 0; i < json_array_size(h->c->skips); i++) {
        const json_t *s = json_array_get(h->c->skips, i);
        db_run(h->l, "INSERT INTO skipped VALUES (?, ?, ?, ?, ?)", "lsiis", h->document, json_get_str(s, "block"), (int)json_get_long(s, "start", 0),
               (int)json_get_long(s, "end", 0), json_get_str(s, "reason"));
    }
}

/* ---- statements ---- */

static int64_t sentence_at(const held *h, const json_t *s) {
    const json_t *span = json_object_get(s, "sentence");
    int b = block_of(h, json_get_str(s, "block"));
    long start = json_get_long(span, "start", -1);
    for (size_t i = 0; i < h->span_count; i++)
        if (h->spans[i].block == b && (long)h->spans[i].start == start) return h->sentences[i];
    return 0;
}

static void insert_participant(ledger *l, int64_t actor, int role, int64_t statement) {
    if (actor) db_run(l, "INSERT OR IGNORE INTO participant VALUES (?, ?, ?)", "lil", actor, role, statement);
}

/* Voices and, as result, the origin: the innermost speaker that is an outlet or agency. */
static str insert_voices(held *h, const json_t *s, int64_t statement) {
    ledger *l = h->l;
    str origin = STR("");
    const json_t *chain = json_object_get(s, "attribution");
    for (size_t i = 0; i < json_array_size(chain); i++) {
        const json_t *v = json_array_get(chain, i), *speaker = json_object_get(v, "speaker");
        int64_t actor = actor_key(l, speaker);
        db_run(l, "INSERT INTO voice VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "likssss" "s", statement, (int)i, actor, json_get_str(v, "stance"),
               json_get_str(v, "quote"), json_get_str(v, "factuality"), json_get_str(v, "voice"), json_get_str(json_object_get(v, "cue"), "text"));
        insert_participant(l, actor, 3, statement);
        bool medium = str_in(STR("MED"), joined(&l->scratch, json_object_get(speaker, "sector")).ptr) || str_is(json_get_str(v, "voice"), "state media");
        str stance = json_get_str(v, "stance");
        if (medium && !str_is(stance, "omits") && !str_is(stance, "declines")) {
            str name = json_get_str(speaker, "name");
            origin = agency_spoken(l, name.len ? name : json_get_str(speaker, "text"), json_get_str(speaker, "country"));
        }
    }
    return origin;
}

static void insert_statement(held *h, const json_t *s) {
    ledger *l = h->l;
    arena *a = &l->scratch;
    const json_t *time = json_object_get(s, "time"), *others = json_object_get(s, "others"), *links = json_object_get(s, "links");
    day from, to;
    timex_days(json_get_str(time, "value"), &from, &to);
    int64_t source = actor_key(l, json_object_get(s, "source")), target = actor_key(l, json_object_get(s, "target"));
    db_run(l,
           "INSERT OR IGNORE INTO statement (id, document, sentence, event, mode, context, source, target, factuality, day_from, day_to, basis, background, sort_day,"
           " place, origin, confidence, coding, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)",
           "slksss" "kksDDsiDkdlb", json_get_str(s, "id"), h->document, sentence_at(h, s), json_get_str(s, "event"), json_get_str(s, "mode"),
           joined(a, json_object_get(s, "context")), source, target, json_get_str(s, "factuality"), from, to, json_get_str(time, "basis"),
           (int)json_is_true(json_object_get(s, "background")), from != DAY_NONE ? from : h->published, place_key(l, json_object_get(s, "place")),
           json_get_real(s, "confidence", 0), h->coding, detail_pack(l, s));
    if (sqlite3_changes(l->db) == 0) return; /* the same statement twice in one input */
    int64_t key = sqlite3_last_insert_rowid(l->db);
    insert_participant(l, source, 0, key);
    insert_participant(l, target, 1, key);
    for (size_t i = 0; i < json_array_size(others); i++) insert_participant(l, actor_key(l, json_array_get(others, i)), 2, key);
    str origin = insert_voices(h, s, key);
    if (origin.len) db_run(l, "UPDATE statement SET origin = ? WHERE key = ?", "sl", origin, key);
    for (size_t i = 0; i < json_array_size(links); i++) {
        const json_t *link = json_array_get(links, i);
        db_run(l, "INSERT OR IGNORE INTO link VALUES (?, ?, ?)", "lss", key, json_get_str(link, "rel"), json_get_str(link, "to"));
    }
}

static void insert_content(held *h) {
    insert_sentences(h);
    insert_speakers(h);
    insert_skips(h);
    for (size_t i = 0; i < json_array_size(h->c->statements); i++) insert_statement(h, json_array_get(h->c->statements, i));
    ledger_touch(h->l);
}

static void finish(ledger *l) {
    if (memory_ran_short()) ledger_fail(l, RAP_NO_MEMORY, "%s: out of memory; what was committed before is kept", l->path);
    if (l->error.status == RAP_OK && db_exec(l, "COMMIT")) return;
    if (!sqlite3_get_autocommit(l->db)) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
}

rap_status ledger_store(ledger *l, const coded *c, bool imported, bool *fresh, rap_error *e) {
    jmp_buf escape;
    held h = {.l = l, .c = c};
    str id = json_get_str(c->head, "id");
    *fresh = false;
    if (!json_object_get(c->head, "blocks"))
        return error_set(e, RAP_UNREADABLE, "document %.*s: coded without its text; code it again with `rapporteur code --text`", STR_ARG(id));
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        l->scratch.escape = &escape;
        db_exec(l, "BEGIN IMMEDIATE");
        if (!ledger_holds(l, id)) {
            h.coding = coding_key(l, json_get_str(c->head, "version"));
            read_blocks(&h);
            read_spans(&h);
            insert_document(&h, imported);
            insert_content(&h);
            *fresh = true;
        }
    }
    l->scratch.escape = NULL;
    finish(l);
    arena_reset(&l->scratch);
    return ledger_status(l, e);
}

/* ---- coding anew ---- */

static void forget_content(ledger *l, int64_t document) {
    db_run(l,
           "INSERT INTO sentence_words (sentence_words, rowid, text) SELECT 'delete', se.key, CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT)"
           " FROM sentence se JOIN block b ON b.document = se.document AND b.ordinal = se.block WHERE se.document = ?",
           "l", document);
    db_run(l, "DELETE FROM participant WHERE statement IN (SELECT key FROM statement WHERE document = ?)", "l", document);
    db_run(l, "DELETE FROM voice WHERE statement IN (SELECT key FROM statement WHERE document = ?)", "l", document);
    db_run(l, "DELETE FROM link WHERE statement IN (SELECT key FROM statement WHERE document = ?)", "l", document);
    db_run(l, "DELETE FROM occasion WHERE statement IN (SELECT key FROM statement WHERE document = ?)", "l", document);
    db_run(l, "DELETE FROM claim WHERE sentence IN (SELECT key FROM sentence WHERE document = ?)", "l", document);
    db_run(l, "DELETE FROM speaker WHERE sentence IN (SELECT key FROM sentence WHERE document = ?)", "l", document);
    db_run(l, "DELETE FROM statement WHERE document = ?", "l", document);
    db_run(l, "DELETE FROM sentence WHERE document = ?", "l", document);
    db_run(l, "DELETE FROM skipped WHERE document = ?", "l", document);
}

rap_status ledger_replace(ledger *l, const coded *c, rap_error *e) {
    jmp_buf escape;
    held h = {.l = l, .c = c};
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        l->scratch.escape = &escape;
        db_exec(l, "BEGIN IMMEDIATE");
        h.document = db_number(l, "SELECT key FROM document WHERE id = ?", "s", json_get_str(c->head, "id"));
        h.published = DAY_NONE;
        sqlite3_stmt *s = db_query(l, "SELECT day FROM document WHERE key = ?", "l", h.document);
        if (db_step(l, s)) h.published = db_day(s, 0);
        sqlite3_reset(s);
        h.coding = coding_key(l, json_get_str(c->head, "version"));
        read_blocks(&h);
        read_spans(&h);
        forget_content(l, h.document);
        insert_content(&h);
        corrections_apply_document(l, h.document);
        db_run(l, "UPDATE document SET coding = ?, sentences = ?, statements = ?, skipped = ? WHERE key = ?", "lliil", h.coding, (int64_t)h.span_count,
               (int)json_array_size(c->statements), (int)json_array_size(c->skips), h.document);
    }
    l->scratch.escape = NULL;
    finish(l);
    arena_reset(&l->scratch);
    return ledger_status(l, e);
}
