/* Who says so and how sure: tables of factuality, negation, quotations; the examples of signatures.tsv. Floors are shares; misses are listed. */
#include <ctype.h>

#include "base/lexicon.h"
#include "check.h"
#include "document.h"
#include "pipeline.h"

static rap_engine *engine;
static rap_document *doc;

/* The sentence without its brackets, and where the bracketed word begins in it. -1: no brackets. */
static int unbracket(const char *s, size_t n, char *out, size_t size) {
    int at = -1;
    size_t k = 0;
    for (size_t i = 0; i < n && k + 1 < size; i++) {
        if (s[i] == '[' && at < 0) at = (int)k;
        else if (s[i] != ']') out[k++] = s[i];
    }
    out[k] = 0;
    return at;
}

static bool read_text(const char *text, bool title) {
    rap_error e;
    char record[1400];
    if (title) {
        snprintf(record, sizeof record, "{\"title\":\"%s\",\"text\":\".\"}", text);
        return rap_document_from_json(doc, record, strlen(record), &e) == RAP_OK && rap_read(engine, doc, &e) == RAP_OK;
    }
    return rap_document_from_text(doc, text, strlen(text), NULL, &e) == RAP_OK && rap_read(engine, doc, &e) == RAP_OK;
}

static const char *value_at(uint32_t at) {
    for (size_t i = 0; i < doc->predicate_count; i++) {
        const token *t = &doc->tokens[doc->predicates[i].token];
        if (doc->sentences[t->sentence].block == 0 && t->start <= at && at < t->end) return factuality_name(doc->predicates[i].factuality);
    }
    return "none";
}

static char *file_text(const char *path) {
    FILE *in = fopen(path, "r");
    if (!in) return NULL;
    char *text = calloc(1, 1 << 20);
    if (text && fread(text, 1, (1 << 20) - 1, in) == 0) text[0] = 0;
    fclose(in);
    return text;
}

static void table_of_factuality(void) {
    char *text = file_text("tests/cases/factuality.tsv");
    CHECK(text != NULL, "the table is not there");
    if (!text) return;
    lexicon_line line = {0};
    int right = 0, all = 0, headlines = 0, headlines_right = 0;
    while (lexicon_next(str_of(text), &line)) {
        char words[1024], value[8];
        int at = unbracket(line.field[3].ptr, line.field[3].len, words, sizeof words);
        bool title = str_is(line.field[2], "headline");
        snprintf(value, sizeof value, "%.*s", STR_ARG(line.field[0]));
        if (at < 0 || !read_text(words, title)) continue;
        const char *got = value_at((uint32_t)at);
        bool good = strcmp(got, value) == 0;
        all++, right += good;
        if (title) headlines++, headlines_right += good;
        if (!good) printf("  factuality: want %s got %s  %.*s\n", value, got, STR_ARG(line.field[3]));
    }
    printf("factuality: %d of %d right (%.1f %%), of headlines %d of %d\n", right, all, 100.0 * right / (all ? all : 1), headlines_right, headlines);
    CHECK(all >= 400 && headlines >= 100, "%d cases, %d headlines", all, headlines);
    CHECK(right * 100 >= all * 92, "%d of %d", right, all);
    free(text);
}

/* Every signature's example shows the value that its line gives. */
static void examples_of_signatures(void) {
    char *text = file_text("lexicon/signatures.tsv");
    CHECK(text != NULL, "signatures.tsv is not there");
    if (!text) return;
    lexicon_line line = {0};
    int right = 0, all = 0;
    bool quick = getenv("QUICK") != NULL;
    while (lexicon_next(str_of(text), &line)) {
        if (quick && line.number % 8) continue;
        char words[1024], value[8];
        int at = unbracket(line.field[6].ptr, line.field[6].len, words, sizeof words);
        snprintf(value, sizeof value, "%.*s", STR_ARG(line.field[3]));
        CHECK(at >= 0, "line %d has no example in brackets", line.number);
        if (at < 0 || !read_text(words, false)) continue;
        const char *got = value_at((uint32_t)at);
        all++, right += strcmp(got, value) == 0;
        if (strcmp(got, value) != 0 && getenv("VERBOSE")) printf("  signature %d: want %s got %s  %.*s\n", line.number, value, got, STR_ARG(line.field[6]));
    }
    printf("signatures: %d of %d examples right (%.1f %%)\n", right, all, 100.0 * right / (all ? all : 1));
    CHECK(right * 100 >= all * 90, "%d of %d", right, all);
    free(text);
}

int main(void) {
    rap_error e = {0};
    rap_status s = rap_open(&engine, NULL, &e);
    CHECK(s == RAP_OK, "%s", e.message);
    if (s != RAP_OK || rap_document_new(&doc, &e) != RAP_OK) return check_done(1);
    table_of_factuality();
    examples_of_signatures();
    rap_document_free(doc);
    rap_close(engine);
    return check_done(5);
}
