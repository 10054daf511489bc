/* Words and sentences: tests/cases/text.tsv; bytes; limits; hostile text. */
#include <time.h>

#include "check.h"
#include "document.h"
#include "text/address.h"
#include "text/hashed.h"
#include "text/paragraphs.h"

static const rap_engine *engine;

/* "\n" in the table is a line's end. */
static str unescape(arena *a, str s) {
    char *p = arena_alloc(a, s.len + 1u);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\\' && i + 1 < s.len && s.ptr[i + 1] == 'n') p[n++] = '\n', i++;
        else p[n++] = s.ptr[i];
    return (str){p, n};
}

static void read_text(rap_document *doc, str text) {
    rap_error e = {0};
    CHECK(rap_document_from_text(doc, text.ptr, text.len, NULL, &e) == RAP_OK, "%s", e.message);
    CHECK(rap_parse(engine, doc, &e) == RAP_OK, "%s", e.message);
}

/* Words lie in order inside their sentences, sentences inside the block, and hold no white space; all letters are in a word. */
static void check_bytes(const document *doc) {
    uint32_t at = 0, letters = 0, held = 0;
    if (doc->block_count == 0) return; /* nothing but white space */
    str text = doc->blocks[doc->block_count - 1].text;
    bool good = true;
    for (size_t s = 0; s < doc->sentence_count; s++) {
        const sentence *x = &doc->sentences[s];
        good = good && x->first < x->last && x->start == doc->tokens[x->first].start && x->end == doc->tokens[x->last - 1].end && x->end <= text.len;
        for (int32_t i = x->first; good && i < x->last; i++) {
            const token *t = &doc->tokens[i];
            good = t->start >= at && t->end > t->start && t->sentence == (int32_t)s && str_eq(t->form, str_sub(text, t->start, t->end));
            at = t->end;
            for (uint32_t k = t->start; k < t->end; k++) good = good && (unsigned char)text.ptr[k] > ' ', held++;
        }
    }
    for (uint32_t k = 0; k < text.len; k++) letters += (unsigned char)text.ptr[k] > ' ';
    CHECK(good, "words and sentences have their bytes");
    CHECK(held <= letters, "%u bytes in words, %u in the text", held, letters);
}

static str rendering(arena *a, const document *doc) {
    str out = {"", 0};
    for (size_t s = 0; s < doc->sentence_count; s++)
        for (int32_t i = doc->sentences[s].first; i < doc->sentences[s].last; i++)
            out = arena_format(a, "%.*s%s%.*s", STR_ARG(out), i == 0 ? "" : i == doc->sentences[s].first ? " ‖ " : " ", STR_ARG(doc->tokens[i].form));
    return out;
}

static void cases(rap_document *doc) {
    FILE *f = fopen("tests/cases/text.tsv", "rb");
    CHECK(f != NULL, "tests/cases/text.tsv: run from the project's folder");
    arena a;
    arena_init(&a);
    char line[4096];
    int seen = 0, wrong = 0;
    while (f && fgets(line, sizeof line, f)) {
        str whole = str_trim(str_of(line)), text, words;
        if (line[0] == '#' || !str_split(&whole, '\t', &text) || !str_split(&whole, '\t', &words)) continue;
        read_text(doc, unescape(&a, text));
        check_bytes(doc);
        str got = rendering(&a, doc);
        seen++;
        if (!str_eq(got, words)) wrong++, printf("  missed: %.*s\n     want %.*s\n     got  %.*s\n", STR_ARG(text), STR_ARG(words), STR_ARG(got));
        arena_reset(&a);
    }
    if (f) fclose(f);
    arena_free(&a);
    printf("text.tsv: %d cases, %d missed (listed above)\n", seen, wrong);
    CHECK(seen >= 80, "%d cases", seen);
    CHECK(wrong * 20 <= seen, "%d of %d are wrong, more than one in twenty", wrong, seen);
}

static void headlines_and_paragraphs(rap_document *doc) {
    read_text(doc, STR("Envoy Returns From Northern Capital\nThe envoy came back. He was tired.\n\nNobody met him."));
    CHECK(doc->sentence_count == 4, "%zu sentences", doc->sentence_count);
    if (doc->sentence_count != 4) return;
    CHECK(doc->sentences[0].headline && !doc->sentences[1].headline && !doc->sentences[3].headline);
    CHECK(doc->sentences[0].paragraph == 0 && doc->sentences[1].paragraph == 1 && doc->sentences[2].paragraph == 1 && doc->sentences[3].paragraph == 2);
    rap_error e = {0};
    static const char record[] = "{\"title\":\"Talks end\",\"captions\":[\"The hall. Photo: own\"],\"text\":\"They left.\"}";
    CHECK(rap_document_from_json(doc, record, sizeof record - 1, &e) == RAP_OK && rap_parse(engine, doc, &e) == RAP_OK, "%s", e.message);
    CHECK(doc->sentence_count >= 3 && doc->sentences[0].headline && doc->sentences[0].block != doc->sentences[doc->sentence_count - 1].block);
}

static void addresses(void) {
    static const struct { const char *text; uint32_t length; } CASES[] = {
        {"http://example.org/a_(b).", 24}, {"https://example.org,", 19}, {"www.example.org", 15}, {"a.b@example.org.", 15}, {"@envoy_1,", 8}, {"#peace.", 6},
        {"#1", 0}, {"said.The", 0}, {"U.S.", 0}, {"example.com/x?y=1!", 17}, {":-)", 3}, {":)x", 0}, {"3.14", 0}, {"end.In", 0}, {"", 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str s = str_of(CASES[i].text);
        uint32_t n = s.len ? address_length(s, 0, s.len) : 0;
        CHECK(n == CASES[i].length, "%s: %u", CASES[i].text, n);
    }
}

/* Weights depend on these. */
static void frozen_hashes(void) {
    features f = {0};
    feature_add(&f, 7, 11, 13, 17);
    CHECK(f.key[0] == feature_mix(feature_mix(feature_mix(7 * 0x94D049BB133111EBu, 11), 13), 17));
    CHECK(feature_mix(1, 2) == 0x6BDE347B9C556BE0u, "%llX", (unsigned long long)feature_mix(1, 2));
    CHECK(lower_hash(STR("Envoy")) == lower_hash(STR("envoy")) && lower_hash(STR("envoy")) == 0xC6855EE2690E78E9u, "%llX", (unsigned long long)lower_hash(STR("envoy")));
}

static void wrapped_lines(void) {
    CHECK(lines_are_wrapped(STR("The army withdrew from\nthe northern town after\na week of heavy\nshelling.")));
    CHECK(!lines_are_wrapped(STR("The army withdrew.\nThe town is free.\nNobody came.\n")));
    CHECK(!lines_are_wrapped(STR("")));
}

/* Text without any place to rest, ten times as long, takes some ten times as long; sentences stay within bounds. */
static double seconds_for(rap_document *doc, const char *unit, size_t size) {
    char *text = malloc(size + 16);
    size_t n = 0, k = strlen(unit);
    while (n + k < size) memcpy(text + n, unit, k), n += k;
    rap_error e = {0};
    CHECK(rap_document_from_text(doc, text, n, NULL, &e) == RAP_OK, "%s", e.message);
    clock_t begin = clock();
    CHECK(rap_parse(engine, doc, &e) == RAP_OK, "%s", e.message);
    double t = (double)(clock() - begin) / CLOCKS_PER_SEC;
    for (size_t s = 0; s < doc->sentence_count; s++)
        if (doc->sentences[s].last - doc->sentences[s].first > 1000 || doc->sentences[s].end - doc->sentences[s].start > 21000) {
            CHECK(false, "a sentence of %d words", doc->sentences[s].last - doc->sentences[s].first);
            break;
        }
    check_bytes(doc);
    free(text);
    return t;
}

static void hostile(rap_document *doc) {
    static const char *const UNITS[] = {"a", "word ", "\"", "(", ".", "'", "-", "a.b.", "1,", "é", "\n", "\n\n", " ", "Mr. ", "http://", "@", "x@", "\xE2\x80\xA6", "no stop here,"};
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        size_t size = getenv("QUICK") ? 1000 : 4000;
        double small = seconds_for(doc, UNITS[i], size), large = seconds_for(doc, UNITS[i], 10 * size);
        CHECK(large < 40 * small + 0.5, "\"%s\": %.3f s and %.3f s", UNITS[i], small, large);
    }
}

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    rap_engine *opened;
    rap_document *doc;
    rap_error e = {0};
    if (rap_open(&opened, NULL, &e) != RAP_OK || rap_document_new(&doc, &e) != RAP_OK) return puts(e.message), 1;
    engine = opened;
    cases(doc);
    headlines_and_paragraphs(doc);
    addresses();
    frozen_hashes();
    wrapped_lines();
    hostile(doc);
    rap_document_free(doc);
    rap_close(opened);
    return check_done(250);
}
