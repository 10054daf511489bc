/* Coding anew what a change of knowledge touches: documents whose version is not the engine's. Texts stay; statements are replaced in one
 * transaction a document; corrections stand apart and find their statements again by id. */
#include <stdlib.h>

#include "document.h"
#include "ledger/coding.h"
#include "ledger/detail.h"
#include "ledger/knowledge.h"

typedef struct recoding {
    ledger *l;
    const rap_engine *engine;
    FILE *out;
    long documents, changed, gone, fresh;
} recoding;

/* The document as it came in: a record of CONTRACT with its texts. */
static json_t *document_record(ledger *l, str id) {
    static const char *const names[] = {"id", "url", "outlet", "published", "modified", "section", "language"};
    json_t *o = json_object(), *captions = json_array();
    sqlite3_stmt *s = db_query(l, "SELECT id, COALESCE(url, ''), outlet, COALESCE(published, ''), COALESCE(modified, ''), COALESCE(section, ''), COALESCE(language, '') FROM document WHERE id = ?", "s", id);
    if (db_step(l, s))
        for (int i = 0; i < 7; i++)
            if (db_str(s, i).len) json_object_set_new(o, names[i], json_stringn(db_str(s, i).ptr, db_str(s, i).len));
    sqlite3_reset(s);
    s = db_query(l, "SELECT b.name, b.text FROM block b JOIN document d ON d.key = b.document WHERE d.id = ? ORDER BY b.ordinal", "s", id);
    while (db_step(l, s)) {
        json_t *text = json_stringn(db_str(s, 1).ptr, db_str(s, 1).len);
        str name = db_str(s, 0);
        if (str_starts(name, "caption")) json_array_append_new(captions, text);
        else json_object_set_new(o, str_is(name, "body") ? "text" : str_is(name, "title") ? "title" : "subtitle", text);
    }
    if (json_array_size(captions)) json_object_set(o, "captions", captions);
    json_decref(captions);
    return o;
}

/* {"id": "EVENT/mode source → target factuality time"}: what a difference is told by. */
static json_t *old_statements(ledger *l, str id) {
    json_t *o = json_object();
    sqlite3_stmt *s = db_query(l, "SELECT " DETAIL_COLUMNS " FROM statement st" DETAIL_JOINS "WHERE d.id = ?", "s", id);
    while (db_step(l, s)) {
        json_t *one = detail_unpack(s, 0);
        if (one) json_object_set_new(o, json_string_value(json_object_get(one, "id")), one);
    }
    return o;
}

static const char *get(const json_t *o, const char *key) {
    const char *v = json_string_value(json_object_get(o, key));
    return v ? v : "";
}

/* A party's name, else its code, else its words. */
static const char *party(const json_t *s, const char *side) {
    const json_t *a = json_object_get(s, side);
    return *get(a, "name") ? get(a, "name") : *get(a, "code") ? get(a, "code") : get(a, "text");
}

static void summary(char *text, size_t room, const json_t *s) {
    snprintf(text, room, "%s %s | %s -> %s | %s | %s", get(s, "event"), get(s, "mode"), party(s, "source"), party(s, "target"), get(s, "factuality"),
             get(json_object_get(s, "time"), "value"));
}

static void differences(recoding *r, str id, const json_t *old, const json_t *fresh) {
    char before[400], after[400];
    const char *key;
    json_t *one;
    size_t i;
    json_t *seen = json_object();
    json_array_foreach((json_t *)fresh, i, one) {
        const json_t *was = json_object_get(old, get(one, "id"));
        summary(after, sizeof after, one);
        json_object_set_new(seen, get(one, "id"), json_true());
        if (!was) r->fresh++, fprintf(r->out, "+ %.*s  %s  %s\n", STR_ARG(id), get(one, "id"), after);
        else {
            summary(before, sizeof before, was);
            if (strcmp(before, after) != 0) r->changed++, fprintf(r->out, "~ %.*s  %s  %s  =>  %s\n", STR_ARG(id), get(one, "id"), before, after);
        }
    }
    json_object_foreach((json_t *)old, key, one) {
        if (json_object_get(seen, key)) continue;
        summary(before, sizeof before, one);
        r->gone++, fprintf(r->out, "- %.*s  %s  %s\n", STR_ARG(id), key, before);
    }
    json_decref(seen);
}

static rap_status one_document(recoding *r, rap_document *doc, str id, rap_error *e) {
    json_t *record = document_record(r->l, id);
    char *text = json_dumps(record, JSON_COMPACT);
    json_decref(record);
    rap_status status = rap_document_from_json(doc, text, strlen(text), e);
    free(text);
    if (status != RAP_OK) return status;
    coded c = coded_new();
    status = code_document(r->engine, doc, &c, e);
    if (status == RAP_OK) {
        json_object_set_new(c.head, "id", json_stringn(id.ptr, id.len));
        json_t *old = old_statements(r->l, id);
        differences(r, id, old, c.statements);
        json_decref(old);
        status = ledger_replace(r->l, &c, e);
        r->documents++;
    }
    coded_free(&c);
    return status;
}

static void add_ids(json_t *ids, ledger *l, sqlite3_stmt *s) {
    while (db_step(l, s)) json_array_append_new(ids, json_stringn(db_str(s, 0).ptr, db_str(s, 0).len));
}

/* What the change of knowledge touches, coding by coding. */
static void add_touched(json_t *ids, ledger *l, const rap_engine *engine) {
    struct older { int64_t key; str version; } *list = NULL;
    size_t n = 0, capacity = 0;
    const char *version = rap_engine_version(engine);
    sqlite3_stmt *s = db_query(l, "SELECT c.key, c.version FROM coding c WHERE c.version <> ? AND EXISTS (SELECT 1 FROM document d WHERE d.coding = c.key AND d.imported = 0) ORDER BY c.version", "z", version);
    while (db_step(l, s)) arena_push(&l->scratch, list, n, capacity, ((struct older){sqlite3_column_int64(s, 0), arena_copy(&l->scratch, db_str(s, 1))}));
    for (size_t i = 0; i < n; i++) {
        db_exec(l, "CREATE TEMP TABLE IF NOT EXISTS touched (document INTEGER PRIMARY KEY); DELETE FROM touched");
        if (knowledge_touched(l, engine, list[i].key, list[i].version))
            add_ids(ids, l, db_query(l, "SELECT id FROM document WHERE coding = ? AND imported = 0 AND key IN (SELECT document FROM touched) ORDER BY id", "l", list[i].key));
        else add_ids(ids, l, db_query(l, "SELECT id FROM document WHERE coding = ? AND imported = 0 ORDER BY id", "l", list[i].key));
    }
}

static json_t *to_do(ledger *l, const rap_engine *engine, const char *only) {
    json_t *ids = json_array();
    const char *version = rap_engine_version(engine);
    if (!only) add_touched(ids, l, engine);
    else if (*only)
        add_ids(ids, l, db_query(l, "SELECT DISTINCT d.id FROM document d JOIN coding c ON c.key = d.coding JOIN sentence se ON se.document = d.key WHERE d.imported = 0 AND c.version <> ?"
                                    " AND se.key IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?) ORDER BY d.id", "zz", version, only));
    else add_ids(ids, l, db_query(l, "SELECT d.id FROM document d JOIN coding c ON c.key = d.coding WHERE d.imported = 0 AND c.version <> ? ORDER BY d.id", "z", version));
    return ids;
}

static json_t *to_do_guarded(ledger *l, const rap_engine *engine, const char *only) {
    jmp_buf escape;
    json_t *volatile ids = NULL;
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        l->scratch.escape = &escape;
        ids = to_do(l, engine, only);
    }
    l->scratch.escape = NULL;
    arena_reset(&l->scratch);
    return ids;
}

rap_status rap_recode(rap_ledger *l, const rap_engine *engine, const char *only, FILE *out, rap_error *e) {
    recoding r = {.l = l, .engine = engine, .out = out};
    rap_document *doc;
    rap_status status = rap_document_new(&doc, e);
    if (status != RAP_OK) return status;
    knowledge_keep(l, engine);
    json_t *ids = to_do_guarded(l, engine, only);
    for (size_t i = 0; i < json_array_size(ids) && status == RAP_OK; i++) status = one_document(&r, doc, str_of(json_string_value(json_array_get(ids, i))), e);
    json_decref(ids);
    rap_document_free(doc);
    if (status == RAP_OK) status = rap_ledger_refresh(l, e);
    fprintf(out, "%ld documents coded anew: %ld statements changed, %ld new, %ld gone\n", r.documents, r.changed, r.fresh, r.gone);
    long left = (long)db_number(l, "SELECT count(*) FROM document d JOIN coding c ON c.key = d.coding WHERE d.imported = 0 AND c.version <> ?", "z", rap_engine_version(engine));
    if (left) fprintf(out, "%ld documents stay as they were coded before: none of their words is in what changed (--all codes them too)\n", left);
    return status == RAP_OK ? ledger_status(l, e) : status;
}
