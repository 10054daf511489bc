/* tests/cases/dispatches.jsonl: short dispatches with the statements that must and must not come out, written before the program was run on them.
 * A case is a document and "expect": each pattern must match some statement; "forbid": none may. A pattern's keys, all optional: event (a root, null,
 * or a list), mode, block, source, target (a country, a part of the words, name or role; null: nobody), fact (a value, "+", "-", "u", or a list),
 * speaker (a part of the words or name of some voice; null: the outlet's own), stance, date (a prefix), chain (number of voices). CONSULT, COOPERATE
 * and AGREE may have their sides swapped. A case is whole when all is met, nothing forbidden comes out, nothing unsays what is expected (the opposite
 * by the same voice, sides swapped), and there are at most six statements for the first sentence and three for each further one. */
#include <jansson.h>

#include "check.h"
#include "document.h"

enum { LEAST_CASES = 778, LEAST_WHOLE = 760, MOST_BATCHES = 32 };

typedef struct got { /* one statement and the document it is of */
    const document *doc;
    const statement *s;
} got;

static bool holds(str whole, const char *part) {
    size_t n = strlen(part);
    for (uint32_t i = 0; i + n <= whole.len; i++)
        if (strncasecmp(whole.ptr + i, part, n) == 0) return true;
    return false;
}

static bool is_country(const char *s) { return strlen(s) == 3 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'; }

static bool is_party(const actor *a, const json_t *want) {
    if (!want) return true;
    if (json_is_null(want) || !a) return json_is_null(want) && !a;
    const char *w = json_string_value(want);
    return is_country(w) ? str_is(a->country, w) : holds(a->name, w) || holds(a->text, w) || holds(a->role, w);
}

static bool fact_is(factuality f, const char *want) {
    const char *name = factuality_name(f);
    if (strcmp(want, "u") == 0) return f == FACT_UU;
    return strlen(want) == 1 ? name[strlen(name) - 1] == want[0] : strcmp(name, want) == 0;
}

/* Does the value, or one of the list, hold? */
static bool one_of(const json_t *want, bool (*test)(got, const json_t *), got g) {
    size_t i;
    json_t *v;
    if (!want) return true;
    if (!json_is_array(want)) return test(g, want);
    json_array_foreach(want, i, v) if (test(g, v)) return true;
    return false;
}

static bool root_fits(got g, const json_t *want) {
    return json_is_null(want) ? g.s->root == EVENT_NONE : strcmp(plover_name(g.s->root), json_string_value(want)) == 0;
}
static bool fact_fits(got g, const json_t *want) { return fact_is(g.s->factuality, json_string_value(want)); }

static bool spoken(got g, const json_t *want) {
    if (!want || json_is_null(want)) return !want || g.s->voice_count == 0;
    for (int i = 0; i < g.s->voice_count; i++)
        if (g.s->voices[i].has_speaker && is_party(&g.s->voices[i].speaker, want)) return true;
    return false;
}

static bool stance_fits(got g, const json_t *want) {
    for (int i = 0; want && i < g.s->voice_count; i++)
        if (strcmp(stance_name(g.doc->quotations[g.s->voices[i].quotation].stance), json_string_value(want)) == 0) return true;
    return !want;
}

static bool sides_fit(got g, const json_t *source, const json_t *target) {
    const actor *a = g.s->has_source ? &g.s->source : NULL, *b = g.s->has_target ? &g.s->target : NULL;
    bool symmetric = g.s->root == CONSULT || g.s->root == COOPERATE || g.s->root == AGREE;
    return (is_party(a, source) && is_party(b, target)) || (symmetric && is_party(b, source) && is_party(a, target));
}

static bool block_fits(got g, const json_t *want) {
    return !want || str_is(g.doc->blocks[g.doc->sentences[g.s->sentence].block].name, json_string_value(want));
}

static bool fits(got g, const json_t *p) {
    const json_t *mode = json_object_get(p, "mode"), *date = json_object_get(p, "date"), *voices = json_object_get(p, "chain");
    if (mode && !str_is(g.s->mode, json_string_value(mode))) return false;
    if (date && !str_starts(g.s->time.value, json_string_value(date))) return false;
    if (voices && g.s->voice_count != (int)json_integer_value(voices)) return false;
    return one_of(json_object_get(p, "event"), root_fits, g) && one_of(json_object_get(p, "fact"), fact_fits, g) && block_fits(g, json_object_get(p, "block")) &&
           spoken(g, json_object_get(p, "speaker")) && stance_fits(g, json_object_get(p, "stance")) &&
           sides_fit(g, json_object_get(p, "source"), json_object_get(p, "target"));
}

static bool any_fits(const document *doc, const json_t *p) {
    for (size_t i = 0; i < doc->statement_count; i++)
        if (fits((got){doc, &doc->statements[i]}, p)) return true;
    return false;
}

static bool expected(got g, const json_t *patterns) {
    size_t i;
    json_t *p;
    json_array_foreach(patterns, i, p) if (fits(g, p)) return true;
    return false;
}

/* '+' or '-' where the pattern wants one of them, else 0. */
static char sign_wanted(const json_t *p) {
    const json_t *fact = json_object_get(p, "fact"), *first = json_is_array(fact) ? json_array_get(fact, 0) : fact;
    const char *w = json_string_value(first);
    char c = w && *w ? w[strlen(w) - 1] : 0;
    return c == '+' || c == '-' ? c : 0;
}

/* The opposite by the same voice. */
static bool denies(got g, const json_t *p) {
    char sign = sign_wanted(p);
    if (!sign || fact_is(g.s->factuality, sign == '+' ? "+" : "-") || g.s->factuality == FACT_UU) return false;
    return one_of(json_object_get(p, "event"), root_fits, g) && spoken(g, json_object_get(p, "speaker")) &&
           sides_fit(g, json_object_get(p, "source"), json_object_get(p, "target"));
}

static bool swaps(got g, const json_t *p) {
    const json_t *root = json_object_get(p, "event"), *a = json_object_get(p, "source"), *b = json_object_get(p, "target");
    if (!json_is_string(root) || !json_is_string(a) || !json_is_string(b)) return false;
    return root_fits(g, root) && g.s->root != CONSULT && g.s->root != COOPERATE && g.s->root != AGREE && sides_fit(g, b, a);
}

static size_t sentences_of(const document *doc) {
    size_t n = 0;
    for (size_t i = 0; i < doc->sentence_count; i++) n += doc->sentences[i].end > doc->sentences[i].start;
    return n;
}

static void print_case(const document *doc, const char *id) {
    printf("%s\n", id);
    for (size_t i = 0; i < doc->statement_count; i++) {
        const statement *s = &doc->statements[i];
        str a = s->has_source ? s->source.text : STR("-"), b = s->has_target ? s->target.text : STR("-");
        printf("   got %s %.*s: %.*s -> %.*s %s %.*s, voices %d\n", plover_name(s->root), STR_ARG(s->mode), STR_ARG(a), STR_ARG(b), factuality_name(s->factuality),
               STR_ARG(s->time.value), s->voice_count);
    }
}

static void print_pattern(const char *what, const json_t *p) {
    char *text = json_dumps(p, JSON_COMPACT);
    printf("   %s %s\n", what, text);
    free(text);
}

/* Is the case whole? Says what is wrong with it. */
static bool whole(const document *doc, const json_t *c) {
    const json_t *expect = json_object_get(c, "expect"), *forbid = json_object_get(c, "forbid");
    bool good = doc->statement_count <= 6 + 3 * (sentences_of(doc) - 1), named = false;
    size_t i;
    json_t *p;
    if (!good) printf("   too many statements\n");
    json_array_foreach(expect, i, p) {
        bool met = any_fits(doc, p);
        const char *unsaid = NULL;
        for (size_t k = 0; met && k < doc->statement_count; k++) {
            got g = {doc, &doc->statements[k]};
            if (!expected(g, expect) && (denies(g, p) || swaps(g, p))) unsaid = "contradicts";
        }
        if (met && !unsaid) continue;
        if (!named) print_case(doc, json_string_value(json_object_get(c, "id")));
        named = true, good = false;
        print_pattern(met ? unsaid : "missing", p);
    }
    json_array_foreach(forbid, i, p) {
        if (!any_fits(doc, p)) continue;
        if (!named) print_case(doc, json_string_value(json_object_get(c, "id")));
        named = true, good = false;
        print_pattern("forbidden", p);
    }
    return good;
}

int main(void) {
    rap_engine *engine;
    rap_document *doc;
    rap_error e;
    FILE *f = fopen("tests/cases/dispatches.jsonl", "r");
    static char line[8192];
    int all = 0, right = 0, of_batch[MOST_BATCHES] = {0}, right_of_batch[MOST_BATCHES] = {0};
    if (!f || rap_open(&engine, NULL, &e) != RAP_OK || rap_document_new(&doc, &e) != RAP_OK) {
        printf("%s\n", f ? e.message : "tests/cases/dispatches.jsonl is missing (run from the project's folder)");
        return check_done(1);
    }
    while (fgets(line, sizeof line, f)) {
        if (line[0] != '{') continue;
        json_error_t where;
        json_t *c = json_loads(line, 0, &where);
        CHECK(c != NULL, "%s in %.60s", where.text, line);
        if (!c) continue;
        int batch = (int)json_integer_value(json_object_get(c, "batch"));
        if (batch < 0 || batch >= MOST_BATCHES) batch = 0;
        CHECK(rap_document_from_json(doc, line, strlen(line), &e) == RAP_OK && rap_read(engine, doc, &e) == RAP_OK, "%s", e.message);
        bool ok = whole(doc, c);
        all++, right += ok, of_batch[batch]++, right_of_batch[batch] += ok;
        json_decref(c);
    }
    fclose(f);
    for (int b = 0; b < MOST_BATCHES; b++)
        if (of_batch[b]) printf("batch %d: %d of %d whole\n", b, right_of_batch[b], of_batch[b]);
    printf("%d of %d dispatches whole\n", right, all);
    CHECK(all >= LEAST_CASES, "%d dispatches", all);
    CHECK(right >= LEAST_WHOLE, "%d whole, at least %d are asked", right, LEAST_WHOLE);
    rap_document_free(doc);
    rap_close(engine);
    return check_done(LEAST_CASES);
}
