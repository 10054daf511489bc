/* Times: every pattern's own example, without trees; tests/cases/times.tsv through the whole pipeline. */
#include "check.h"
#include "document.h"
#include "pipeline.h"
#include "table.h"
#include "when/calendar.h"
#include "when/grammar.h"
#include "when/stage.h"

/* ---- the patterns' own examples, without trees ---- */

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80); }

/* One sentence, cut at blanks and marks. */
static void plain_document(document *doc, str text) {
    doc->blocks = arena_new(&doc->home, block);
    doc->blocks[0] = (block){BLOCK_BODY, STR("body"), text};
    doc->block_count = 1;
    for (uint32_t i = 0; i < text.len;) {
        uint32_t start = i;
        if (text.ptr[i] == ' ') { i++; continue; }
        if (is_word(text.ptr[i])) while (i < text.len && is_word(text.ptr[i])) i++;
        else i++;
        token t = {.start = start, .end = i, .form = str_sub(text, start, i), .lemma = str_sub(text, start, i), .head = -1, .child = -1, .sibling = -1,
                   .mention = -1, .timex = -1, .place = -1, .predicate = -1, .event = -1};
        arena_push(&doc->home, doc->tokens, doc->token_count, doc->token_capacity, t);
    }
    sentence s = {.end = text.len, .last = (int32_t)doc->token_count};
    arena_push(&doc->home, doc->sentences, doc->sentence_count, doc->sentence_capacity, s);
}

static void examples(const rap_engine *engine, rap_document *doc) {
    const grammar *g = &engine->when->grammar;
    CHECK(g->rule_count > 150, "%zu patterns", g->rule_count);
    for (size_t i = 0; i < g->rule_count; i++) {
        const time_rule *rule = &g->rules[i];
        document_clear(doc);
        moment_parse(STR("2017-11-22T16:03:00+09:00"), &doc->published);
        bool rate = rule->action == ACT_RATE;
        str text = arena_format(&doc->home, "%s%.*s", rate ? "15 " : "", STR_ARG(rule->example));
        plain_document(doc, text);
        when_read(engine->when, doc);
        str got = doc->time_count ? doc->times[0].value : STR("nothing");
        CHECK(doc->time_count >= 1 && str_eq(got, rule->value), "times.tsv:%d: \"%.*s\" gives %.*s, not %.*s", rule->line, STR_ARG(rule->example), STR_ARG(got),
              STR_ARG(rule->value));
        CHECK(doc->time_count >= 1 && doc->times[0].type == rule->type, "times.tsv:%d: \"%.*s\": type", rule->line, STR_ARG(rule->example));
    }
}

/* ---- tables of cases ---- */

/* What every case is read with. */
typedef struct reader {
    const rap_engine *engine;
    rap_document *doc;
} reader;

/* Parses the text and finds its times. */
static bool read_times(const rap_engine *engine, rap_document *doc, str published, str text) {
    rap_error e;
    char date[40];
    snprintf(date, sizeof date, "%.*s", STR_ARG(published));
    if (rap_document_from_text(doc, text.ptr, text.len, *date ? date : NULL, &e) || rap_parse(engine, doc, &e)) return false;
    when_read(engine->when, doc);
    return true;
}

static void times_case(void *with, const lexicon_line *line) {
    const rap_engine *engine = ((reader *)with)->engine;
    rap_document *doc = ((reader *)with)->doc;
    bool right = read_times(engine, doc, line->field[0], line->field[1]) && (int)doc->time_count == line->count - 2;
    char given[600] = "";
    for (size_t i = 0; i < doc->time_count; i++) {
        const timex *x = &doc->times[i];
        str words = document_span(doc, x->block, x->start, x->end);
        str got = arena_format(&doc->home, "%.*s=%.*s", STR_ARG(words), STR_ARG(x->value));
        right = right && str_eq(got, line->field[2 + i]);
        snprintf(given + strlen(given), sizeof given - strlen(given), " [%.*s]", STR_ARG(got));
    }
    CHECK(right, "times.tsv:%d: %.*s: given%s", line->number, STR_ARG(line->field[1]), given);
}

static void event_case(void *with, const lexicon_line *line) {
    const rap_engine *engine = ((reader *)with)->engine;
    rap_document *doc = ((reader *)with)->doc;
    static const char *const basis[] = {"none", "text", "context"};
    bool read = read_times(engine, doc, line->field[0], line->field[1]);
    int32_t at = -1;
    for (size_t t = 0; t < doc->token_count && read; t++)
        if (str_eq(doc->tokens[t].form, line->field[2])) at = (int32_t)t;
    if (at < 0) {
        CHECK(at >= 0, "event-times.tsv:%d: no such word", line->number);
        return;
    }
    event_time got = when_of(engine->when, doc, at);
    str value = got.basis == TIME_NONE ? STR("-") : got.value;
    CHECK(str_eq(value, line->field[3]) && str_is(line->field[4], basis[got.basis]) && got.background == str_is(line->field[5], "b"),
          "event-times.tsv:%d: %.*s: %.*s is %.*s %s%s", line->number, STR_ARG(line->field[1]), STR_ARG(line->field[2]), STR_ARG(value), basis[got.basis],
          got.background ? " background" : "");
}

int main(void) {
    rap_error e;
    rap_engine *engine;
    rap_document *doc;
    if (rap_open(&engine, NULL, &e) || rap_document_new(&doc, &e)) {
        printf("%s\n0 passed, 1 failed\n", e.message);
        return 1;
    }
    reader with = {engine, doc};
    examples(engine, doc);
    table_cases("tests/cases/times.tsv", 100, &with, times_case);
    table_cases("tests/cases/event-times.tsv", 30, &with, event_case);
    rap_document_free(doc);
    rap_close(engine);
    return check_done(550);
}
