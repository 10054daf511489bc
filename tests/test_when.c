/* Times: every pattern's own example, without trees; tests/cases/times.tsv through the whole pipeline. */
#include "check.h"
#include "document.h"
#include "pipeline.h"
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

int main(void) {
    rap_error e;
    rap_engine *engine;
    rap_document *doc;
    if (rap_open(&engine, NULL, &e) || rap_document_new(&doc, &e)) {
        printf("%s\n0 passed, 1 failed\n", e.message);
        return 1;
    }
    examples(engine, doc);
    rap_document_free(doc);
    rap_close(engine);
    return check_done(400);
}
