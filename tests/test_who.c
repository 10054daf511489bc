/* Who: tests/cases/who.tsv (words alone) and coref.tsv (a phrase in its document), the loader's errors, names folded. */
#include <stdlib.h>

#include "base/lexicon.h"
#include "check.h"
#include "pipeline.h"
#include "who/knowledge.h"
#include "who/who.h"

static char *file_text(const char *path, size_t *length) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    char *text = malloc(1 << 20);
    *length = fread(text, 1, 1 << 20, f);
    fclose(f);
    return text;
}

static day day_in(str s) {
    moment m;
    return moment_parse(s, &m) ? m.date : DAY_NONE;
}

static bool holds(str text, str part) {
    for (uint32_t i = 0; i + part.len <= text.len; i++)
        if (str_eq_nocase(str_sub(text, i, i + part.len), part)) return true;
    return false;
}

static bool sector_fits(const actor *a, str wanted) {
    if (str_is(wanted, "*")) return true;
    if (str_is(wanted, "-")) return a->sector_count == 0;
    str one;
    while (str_split(&wanted, ' ', &one))
        for (int i = 0; i < a->sector_count; i++)
            if (str_eq(a->sector[i], one)) return true;
    return false;
}

static int missed;

static void words_case(const rap_engine *engine, document *doc, const lexicon_line *line) {
    const str *f = line->field;
    actor a;
    document_clear(doc);
    who_words(engine->who, doc, f[0], STR(""), day_in(f[1]), &a);
    bool country = str_is(f[2], "*") || str_eq(a.country, str_is(f[2], "-") ? STR("") : f[2]);
    bool name = str_is(f[4], "*") || (str_is(f[4], "-") ? true : holds(a.name, f[4]));
    if (country && name && sector_fits(&a, f[3])) {
        check_passed++;
        return;
    }
    missed++;
    printf("who.tsv:%d: %.*s: %.*s %.*s wanted, %.*s %.*s \"%.*s\" came\n", line->number, STR_ARG(f[0]), STR_ARG(f[2]), STR_ARG(f[3]), STR_ARG(a.country),
           STR_ARG(a.sector_count ? a.sector[0] : STR("-")), STR_ARG(a.name));
}

/* The token of the bracketed bytes whose head lies outside them. */
static int32_t head_within(const document *doc, uint32_t start, uint32_t end) {
    int32_t last = -1;
    for (int32_t t = 0; t < (int32_t)doc->token_count; t++) {
        const token *w = &doc->tokens[t];
        if (w->start < start || w->end > end || w->upos == UPOS_PUNCT) continue;
        if (w->head < 0 || doc->tokens[w->head].start < start || doc->tokens[w->head].end > end) return t;
        last = t;
    }
    return last;
}

static void phrase_case(const rap_engine *engine, document *doc, const lexicon_line *line) {
    const str *f = line->field;
    char text[2000], date[16];
    uint32_t n = 0, start = 0, end = 0;
    for (uint32_t i = 0; i < f[1].len && n < sizeof text; i++)
        if (f[1].ptr[i] == '[' && !end) start = n;
        else if (f[1].ptr[i] == ']' && !end) end = n;
        else if (f[1].ptr[i] != '[' && f[1].ptr[i] != ']') text[n++] = f[1].ptr[i];
    snprintf(date, sizeof date, "%.*s", STR_ARG(f[0]));
    rap_error e = {0};
    if (rap_document_from_text(doc, text, n, date, &e) != RAP_OK || rap_read(engine, doc, &e) != RAP_OK) {
        CHECK(false, "%s", e.message);
        return;
    }
    actor a;
    int32_t head = head_within(doc, start, end);
    if (head >= 0) who_actor(engine->who, doc, head, DAY_NONE, &a);
    str wanted = f[2], one;
    bool all = head >= 0;
    while (all && !str_is(f[2], "*") && str_split(&wanted, '+', &one)) {
        bool code = one.len == 3 && one.ptr[1] >= 'A' && one.ptr[1] <= 'Z';
        all = code ? str_eq(a.country, one) : holds(a.name, one) || holds(a.role, one);
    }
    if (all) {
        check_passed++;
        return;
    }
    missed++;
    printf("coref.tsv:%d: %.*s wanted, \"%.*s\" %.*s (%.*s) came: %.*s\n", line->number, STR_ARG(f[2]), STR_ARG(a.name), STR_ARG(a.country), STR_ARG(a.role), STR_ARG(f[1]));
}

/* At least 95 % of a table must be right; what misses is listed. */
static void table_of(const char *path, const rap_engine *engine, document *doc, int floor, void (*each)(const rap_engine *, document *, const lexicon_line *)) {
    size_t length = 0;
    char *text = file_text(path, &length);
    lexicon_line line = {0};
    int count = 0;
    missed = 0;
    while (text && lexicon_next((str){text, (uint32_t)length}, &line)) each(engine, doc, &line), count++;
    CHECK(count >= floor, "%s has %d cases", path, count);
    CHECK(missed * 20 <= count, "%s: %d of %d missed", path, missed, count);
    printf("%s: %d of %d right\n", path, count - missed, count);
    free(text);
}

static void folding(void) {
    static const char *const cases[][2] = {{"Choe Ryong-hae", "choe ryong hae"}, {"Élysée", "elysee"}, {"U.S.", "us"}, {"People\xE2\x80\x99s Daily", "peoples daily"},
                                           {"Łódź", "lodz"}, {"Erdoğan", "erdogan"}, {"São Tomé & Príncipe", "sao tome and principe"}, {"Straße", "strasse"}};
    char folded[LONGEST_NAME];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t n = name_fold(str_of(cases[i][0]), folded);
        CHECK(str_is((str){folded, n}, cases[i][1]), "%s: %.*s", cases[i][0], (int)n, folded);
    }
}

/* Knowledge has the size that is promised; a user's line adds, overrides, ends, withdraws. */
static int count_lines(const lexicon *lex, const char *name) {
    lexicon_line line = {0};
    int n = 0;
    while (lexicon_next(lexicon_file(lex, name), &line)) n++;
    return n;
}

static void sizes(void) {
    lexicon *lex = NULL;
    rap_error e = {0};
    CHECK(lexicon_open(&lex, NULL, &e) == RAP_OK, "%s", e.message);
    CHECK(count_lines(lex, "countries.tsv") >= 195);
    CHECK(count_lines(lex, "organizations.tsv") >= 250);
    CHECK(count_lines(lex, "groups.tsv") >= 400);
    CHECK(count_lines(lex, "roles.tsv") >= 600);
    CHECK(count_lines(lex, "offices.tsv") >= 3000);
    CHECK(count_lines(lex, "leaders.tsv") >= 2400);
    lexicon_close(lex);
}

static void write_file(const char *folder, const char *name, const char *text) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    CHECK(f != NULL);
    if (!f) return;
    fputs(text, f);
    fclose(f);
}

static void user_folder(void) {
    char folder[] = "/tmp/rapporteur-who-XXXXXX", path[300];
    CHECK(mkdtemp(folder) != NULL);
    write_file(folder, "offices.add.tsv",
               "Jana Berg\tNOR\tGOV\tforeign minister\tforeign minister\t-\t2031-01-01\t-\tsure\tuser\n"
               "Espen Barth Eide\tNOR\tGOV\tforeign minister\tforeign minister\t-\t2023-10-16\t2030-12-31\tsure\tuser\n");
    write_file(folder, "groups.add.tsv", "Blue Lantern Front\tgroup\tFJI\tREB\t-\t-\tsure\tuser\nTaliban\tgroup\tAFG\tREB\t-\t-\twithdrawn\tuser\n");
    rap_options options = {.lexicon = folder};
    rap_engine *engine = NULL;
    document *doc = NULL;
    rap_error e = {0};
    actor a;
    CHECK(rap_open(&engine, &options, &e) == RAP_OK, "%s", e.message);
    if (!engine || rap_document_new(&doc, &e) != RAP_OK) return;
    who_words(engine->who, doc, STR("the Norwegian foreign minister"), STR(""), day_of(2031, 5, 1), &a);
    CHECK(str_is(a.name, "Jana Berg"), "%.*s", STR_ARG(a.name));
    who_words(engine->who, doc, STR("the Norwegian foreign minister"), STR(""), day_of(2029, 5, 1), &a);
    CHECK(str_is(a.name, "Espen Barth Eide"), "%.*s", STR_ARG(a.name));
    who_words(engine->who, doc, STR("the Blue Lantern Front"), STR(""), DAY_NONE, &a);
    CHECK(str_is(a.country, "FJI"), "%.*s", STR_ARG(a.country));
    who_words(engine->who, doc, STR("Taliban"), STR(""), DAY_NONE, &a);
    CHECK(str_is(a.country, ""), "%.*s", STR_ARG(a.country));
    rap_document_free(doc);
    rap_close(engine);
    static const char *const wrong[][2] = {{"Nobody\tNOR\tGUV\tking\tmonarch\t-\t2000\t-\tsure\tuser\n", "offices.tsv"},
                                           {"Nobody\tNOR\tGOV\tking\tmonarch\t-\t2000-13\t-\tsure\tuser\n", "not a date"},
                                           {"Nobody\tNOR\tGOV\tking\tmonarch\t-\t2000\t1999\tsure\tuser\n", "ends before it starts"},
                                           {"Nobody\tNOR\tGOV\tking\tmonarch\t-\t2000\t-\tmaybe\tuser\n", "how sure"}};
    for (int i = 0; i < 4; i++) {
        write_file(folder, "offices.add.tsv", wrong[i][0]);
        e = (rap_error){0};
        CHECK(rap_open(&engine, &options, &e) != RAP_OK);
        CHECK(strstr(e.message, wrong[i][1]) != NULL, "%s", e.message);
    }
    static const char *const files[] = {"offices.add.tsv", "groups.add.tsv"};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        remove(path);
    }
    remove(folder);
}

int main(void) {
    rap_engine *engine = NULL;
    rap_document *doc = NULL;
    rap_error e = {0};
    folding();
    sizes();
    user_folder();
    if (rap_open(&engine, NULL, &e) != RAP_OK || rap_document_new(&doc, &e) != RAP_OK) {
        printf("%s\n", e.message);
        return 1;
    }
    table_of("tests/cases/who.tsv", engine, doc, 100, words_case);
    table_of("tests/cases/coref.tsv", engine, doc, 100, phrase_case);
    rap_document_free(doc);
    rap_close(engine);
    return check_done(220);
}
