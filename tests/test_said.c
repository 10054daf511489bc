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
    CHECK(all >= 550 && headlines >= 100, "%d cases, %d headlines", all, headlines);
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

static float union_share(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    uint32_t start = a > c ? a : c, end = b < d ? b : d;
    float both = end > start ? (float)(end - start) : 0, all = (float)(b - a) + (float)(d - c) - both;
    return all > 0 ? both / all : 0;
}

/* The article lies beside a checkout, not in it; offsets and codes are ours. */
static void the_article(void) {
    char *text = file_text("../shared/articles/song-tao-2017-11-22.txt"), *gold = file_text("tests/cases/article.tsv");
    CHECK(gold != NULL, "article.tsv is not there");
    if (!text || !gold) {
        printf("article: not beside this checkout, passed over\n");
        free(text), free(gold);
        return;
    }
    CHECK(read_text(text, false), "cannot be read");
    lexicon_line line = {0};
    int right = 0, all = 0;
    while (lexicon_next(str_of(gold), &line)) {
        long n[4];
        for (int i = 0; i < 4; i++) str_to_long(line.field[i + 1], &n[i]);
        uint32_t a = (uint32_t)n[0], b = (uint32_t)n[1], c = (uint32_t)n[2], d = (uint32_t)n[3];
        bool good = false;
        if (str_is(line.field[0], "predicate")) good = str_is(line.field[5], value_at(a));
        else
            for (size_t i = 0; i < doc->quotation_count; i++) {
                const quotation *q = &doc->quotations[i];
                good |= q->has_source && q->source.start < b && q->source.end > a && union_share(q->parts[0].start, q->parts[0].end, c, d) >= 0.5f &&
                        str_is(line.field[5], stance_name(q->stance));
            }
        all++, right += good;
        if (!good) printf("  article: line %d missed: %.*s (got %s)\n", line.number, STR_ARG(line.whole), str_is(line.field[0], "predicate") ? value_at(a) : "");
    }
    printf("article: %d of %d right\n", right, all);
    CHECK(right * 100 >= all * 85, "%d of %d", right, all);
    free(text), free(gold);
}

/* "office asserts > it declines": does the chain of s say so? */
static bool chain_is(const statement *s, str wanted) {
    int n = 0;
    for (str rest = wanted, one; rest.len && !str_is(wanted, "-"); n++) {
        uint32_t end = 0;
        while (end < rest.len && rest.ptr[end] != '>') end++;
        one = str_trim(str_sub(rest, 0, end));
        rest = end < rest.len ? str_sub(rest, end + 1, rest.len) : (str){0};
        uint32_t space = one.len;
        while (space > 0 && one.ptr[space - 1] != ' ') space--;
        if (n >= s->voice_count || !space || !str_is(str_sub(one, space, one.len), stance_name(doc->quotations[s->voices[n].quotation].stance))) return false;
        char words[256], word[64];
        snprintf(words, sizeof words, "%.*s", STR_ARG(s->voices[n].speaker.text)), snprintf(word, sizeof word, "%.*s", (int)space - 1, one.ptr);
        if (!s->voices[n].has_speaker || !strcasestr(words, word)) return false;
    }
    return n == s->voice_count;
}

static void table_of_voices(void) {
    char *text = file_text("tests/cases/voices.tsv");
    CHECK(text != NULL, "the table is not there");
    if (!text) return;
    lexicon_line line = {0};
    int right = 0, all = 0;
    while (lexicon_next(str_of(text), &line)) {
        char words[1024], value[8];
        int at = unbracket(line.field[2].ptr, line.field[2].len, words, sizeof words);
        snprintf(value, sizeof value, "%.*s", STR_ARG(line.field[0]));
        if (at < 0 || !read_text(words, str_is(line.field[1], "headline"))) continue;
        bool good = false;
        for (size_t i = 0; i < doc->statement_count; i++) {
            const statement *s = &doc->statements[i];
            bool here = s->trigger_start <= (uint32_t)at && s->trigger_end > (uint32_t)at && s->sentence >= 0 && doc->sentences[s->sentence].block == 0;
            good |= here && strcmp(factuality_name(s->factuality), value) == 0 && chain_is(s, line.field[3]);
        }
        all++, right += good;
        if (!good) printf("  voices: want %.*s\n", STR_ARG(line.whole));
    }
    printf("voices: %d of %d chains right\n", right, all);
    CHECK(all >= 60 && right * 100 >= all * 85, "%d of %d", right, all);
    free(text);
}

static void scope_words(const cue *c, char *out, size_t size) {
    size_t n = 0;
    for (size_t t = 0; t < doc->token_count; t++) {
        const token *k = &doc->tokens[t];
        for (int i = 0; i < c->scope_count; i++) {
            uint32_t a = c->scope[i].start > k->start ? c->scope[i].start : k->start, b = c->scope[i].end < k->end ? c->scope[i].end : k->end;
            if (b > a && n + (b - a) + 2 < size) n += (size_t)snprintf(out + n, size - n, "%s%.*s", n ? " " : "", (int)(b - a), k->form.ptr + (a - k->start));
        }
    }
    out[n] = 0;
}

static void table_of_negation(void) {
    char *text = file_text("tests/cases/negation.tsv");
    lexicon_line line = {0};
    int lines = 0;
    while (text && lexicon_next(str_of(text), &line)) {
        char words[512], scope[512] = "-", cue_text[64] = "-";
        snprintf(words, sizeof words, "%.*s", STR_ARG(line.field[0]));
        if (!read_text(words, false)) continue;
        for (size_t i = 0; i < doc->cue_count; i++)
            if (str_is(doc->cues[i].kind, "negation")) {
                snprintf(cue_text, sizeof cue_text, "%.*s", STR_ARG(document_span(doc, doc->cues[i].block, doc->cues[i].start, doc->cues[i].end)));
                scope_words(&doc->cues[i], scope, sizeof scope);
            }
        lines++;
        CHECK(str_is(line.field[1], cue_text) && str_is(line.field[2], scope), "line %d: cue %s scope %s", line.number, cue_text, scope);
    }
    CHECK(lines >= 15, "%d cases of negation", lines);
    free(text);
}

static void table_of_quotations(void) {
    char *text = file_text("tests/cases/quotations.tsv");
    lexicon_line line = {0};
    int right = 0, all = 0;
    while (text && lexicon_next(str_of(text), &line)) {
        char words[512];
        snprintf(words, sizeof words, "%.*s", STR_ARG(line.field[0]));
        if (!read_text(words, false)) continue;
        bool good = false;
        for (size_t i = 0; i < doc->quotation_count; i++) {
            const quotation *q = &doc->quotations[i];
            str source = q->has_source ? document_span(doc, q->block, q->source.start, q->source.end) : STR("-");
            good |= str_eq(source, line.field[1]) && str_eq(document_span(doc, q->block, q->parts[0].start, q->parts[0].end), line.field[2]) &&
                    str_is(line.field[3], stance_name(q->stance)) && str_eq(line.field[4], q->quote);
        }
        all++, right += good;
        if (!good) printf("  quotation missed: %s\n", words);
    }
    printf("quotations: %d of %d right\n", right, all);
    CHECK(all >= 20 && right * 100 >= all * 85, "%d of %d", right, all);
    free(text);
}

int main(void) {
    rap_error e = {0};
    rap_status s = rap_open(&engine, NULL, &e);
    CHECK(s == RAP_OK, "%s", e.message);
    if (s != RAP_OK || rap_document_new(&doc, &e) != RAP_OK) return check_done(1);
    table_of_factuality();
    table_of_negation();
    table_of_voices();
    table_of_quotations();
    the_article();
    examples_of_signatures();
    rap_document_free(doc);
    rap_close(engine);
    return check_done(5);
}
