/* tests/cases/noevent.tsv: at most 5 % of the sentences give an event of conflict. Prints those that do. */
#include "check.h"
#include "document.h"

enum { LEAST_SENTENCES = 290, MOST_PERCENT = 5 };

static bool conflict(const rap_document *doc) {
    for (size_t i = 0; i < doc->statement_count; i++)
        if (doc->statements[i].root >= REQUEST) return true;
    return false;
}

int main(void) {
    rap_engine *engine;
    rap_document *doc;
    rap_error e;
    FILE *f = fopen("tests/cases/noevent.tsv", "r");
    char line[1024];
    int all = 0, wrong = 0;
    if (!f || rap_open(&engine, NULL, &e) != RAP_OK || rap_document_new(&doc, &e) != RAP_OK) {
        printf("%s\n", f ? e.message : "tests/cases/noevent.tsv is missing (run from the project's folder)");
        return check_done(1);
    }
    while (fgets(line, sizeof line, f)) {
        char *words = strchr(line, '\t');
        if (line[0] == '#' || !words) continue;
        words++;
        size_t n = strcspn(words, "\n");
        bool ok = rap_document_from_text(doc, words, n, "2020-06-15", &e) == RAP_OK && rap_read(engine, doc, &e) == RAP_OK;
        CHECK(ok, "%s", e.message);
        all++;
        if (!conflict(doc)) continue;
        wrong++;
        for (size_t i = 0; i < doc->statement_count; i++)
            printf("%s (%.*s)  ", plover_name(doc->statements[i].root), STR_ARG(doc->statements[i].rule));
        printf("%.*s\n", (int)n, words);
    }
    fclose(f);
    printf("%d of %d sentences without an event of conflict give one\n", wrong, all);
    CHECK(all >= LEAST_SENTENCES, "%d sentences", all);
    CHECK(wrong * 100 <= all * MOST_PERCENT, "more than %d %%", MOST_PERCENT);
    rap_document_free(doc);
    rap_close(engine);
    return check_done(LEAST_SENTENCES);
}
