/* `lexicon coverage`: what counts, what is covered, what is named as uncovered; and that the dispatches of samples/ are covered. */
#include "rapporteur.h"

#include "check.h"

enum { LEAST_COVERED = 95 };

/* The report on a text; returns the share covered. */
static double report_on(const char *text, char *report, size_t size) {
    rap_coverage *c;
    rap_document *doc;
    rap_error e = {0};
    FILE *out = fmemopen(report, size, "w");
    double share = -1;
    CHECK(rap_coverage_open(&c, NULL, &e) == RAP_OK && rap_document_new(&doc, &e) == RAP_OK, "%s", e.message);
    if (rap_document_from_text(doc, text, strlen(text), "2020-06-15", &e) == RAP_OK && rap_coverage_add(c, doc, &e) == RAP_OK)
        share = rap_coverage_write(c, 10, out);
    fclose(out);
    rap_document_free(doc);
    rap_coverage_close(c);
    return share;
}

static void check_counting(void) {
    char report[4096];
    double share = report_on("Iraq invaded Kuwait. The minister glorped the door. The attack was repelled.", report, sizeof report);
    CHECK(share > 74 && share < 76, "three of four words are known, not %.1f %%", share);
    CHECK(strstr(report, "glorp.v") != NULL, "the unknown verb is not named:\n%s", report);
    CHECK(strstr(report, "invade.v") == NULL, "a known verb is named as uncovered");
    CHECK(strstr(report, "event nouns         1 uses") != NULL, "the attack is one event noun:\n%s", report);
    CHECK(report_on("", report, sizeof report) == 100, "nothing is covered whole");
}

static void check_samples(void) {
    rap_coverage *c;
    rap_document *doc;
    rap_source *source;
    rap_error e = {0};
    char report[8192];
    FILE *out = fmemopen(report, sizeof report, "w");
    bool ok = rap_coverage_open(&c, NULL, &e) == RAP_OK && rap_document_new(&doc, &e) == RAP_OK && rap_source_open(&source, "samples/dispatches", NULL, &e) == RAP_OK;
    CHECK(ok, "%s", e.message);
    if (!ok) return;
    while (rap_source_next(source, doc, &e) == RAP_OK) rap_coverage_add(c, doc, &e);
    double share = rap_coverage_write(c, 10, out);
    fclose(out);
    CHECK(share >= LEAST_COVERED, "samples/dispatches: %.1f %% of the verbs and event nouns are covered, not %d %%\n%s", share, LEAST_COVERED, report);
    rap_source_close(source);
    rap_document_free(doc);
    rap_coverage_close(c);
}

int main(void) {
    check_counting();
    check_samples();
    return check_done(6);
}
