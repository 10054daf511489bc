/* The ledger's answers composed into a page that a desk officer would read. Every line names its source. */
#include <stdlib.h>

#include "base/memory.h"
#include "ledger/derive.h"
#include "ledger/page.h"
#include "ledger/questions.h"

enum { ROWS = 30 };

typedef struct reporting {
    ledger *l;
    page page;
    rap_filters asked;
    buffer line, source;
} reporting;

static const char *get(const json_t *o, const char *key) {
    const char *v = json_string_value(json_object_get(o, key));
    return v ? v : "";
}

/* An outlet's name; a document that names none stands under its id. */
static const char *outlet_of(const json_t *o) { return *get(o, "outlet") ? get(o, "outlet") : *get(o, "doc") ? get(o, "doc") : "outlet not named"; }

/* A sentence in quotation marks of its own gets none around it. */
static void quote(buffer *b, const char *sentence) {
    bool marked = sentence[0] == '"' || strncmp(sentence, "\xE2\x80\x9C", 3) == 0;
    if (marked) buffer_text(b, sentence);
    else buffer_format(b, "“%s”", sentence);
}

static json_t *rows_of(reporting *r, const char *question) { return question_rows_of(r->l, question, &r->asked); }

static void item(reporting *r) {
    buffer_byte(&r->line, '\0'), buffer_byte(&r->source, '\0');
    if (!r->line.failed && !r->source.failed) page_item(&r->page, r->line.ptr, r->source.ptr); /* else memory ran short, which the report's end says */
    buffer_clear(&r->line), buffer_clear(&r->source);
}

static void nothing(reporting *r, size_t shown, size_t all) {
    char text[120];
    if (!shown) page_text(&r->page, "Nothing held.");
    else if (all > shown) {
        snprintf(text, sizeof text, "… and %zu more: `ask` has them all.", all - shown);
        page_text(&r->page, text);
    }
}

/* "hanriver.example 2017-11-22: “…”" of the first report with that kind of factuality; sign 0: any. */
static void cite(reporting *r, const json_t *reports, char sign) {
    for (size_t i = 0; i < json_array_size(reports); i++) {
        const json_t *one = json_array_get(reports, i);
        const char *f = get(one, "factuality");
        if (sign && (strlen(f) != 3 || f[2] != sign)) continue;
        buffer_format(&r->source, "%s %.10s (%s%s%s): ", outlet_of(one), get(one, "published"), f, *get(one, "voices") ? "; " : "", get(one, "voices"));
        quote(&r->source, get(one, "sentence"));
        buffer_format(&r->source, " [%s]", get(one, "statement"));
        return;
    }
}

static void join(buffer *b, const json_t *list, const char *member) {
    const char *last = "";
    size_t shown = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i);
        const char *v = json_is_string(o) ? json_string_value(o) : get(o, member);
        bool seen = strcmp(v, last) == 0;
        for (size_t k = 0; k < i && !seen; k++) {
            const json_t *before = json_array_get(list, k);
            seen = strcmp(v, json_is_string(before) ? json_string_value(before) : get(before, member)) == 0;
        }
        if (seen || !*v) continue;
        buffer_format(b, "%s%s", shown++ ? ", " : "", v);
        last = v;
    }
}

/* The verdict, as sure as the surest report for it: what is only likely, or possible, is said to be so. */
static const char *verdict_of(const json_t *o, char sign) {
    const char *verdict = get(o, "verdict");
    const json_t *reports = json_object_get(o, "reports");
    bool certain = false, probable = false;
    if (strcmp(verdict, "happened") != 0 && strcmp(verdict, "did not happen") != 0) return verdict;
    for (size_t i = 0; i < json_array_size(reports); i++) {
        const char *f = get(json_array_get(reports, i), "factuality");
        if (strlen(f) != 3 || (sign && f[2] != sign)) continue;
        certain |= f[0] == 'C', probable |= f[0] == 'P' && f[1] == 'R';
    }
    if (certain) return verdict;
    if (strcmp(verdict, "happened") == 0) return probable ? "appears to have happened" : "may have happened";
    return probable ? "appears not to have happened" : "may not have happened";
}

static void party(buffer *b, const json_t *o, const char *name, const char *country) {
    buffer_text(b, *get(o, name) ? get(o, name) : "nobody named");
    if (*get(o, country) && strcmp(get(o, country), get(o, name)) != 0) buffer_format(b, " (%s)", get(o, country));
}

static void happening_line(reporting *r, const json_t *o, char sign) {
    long n = (long)json_integer_value(json_object_get(o, "independent_sources"));
    buffer_format(&r->line, "%s  ", *get(o, "date") ? get(o, "date") : "no date");
    party(&r->line, o, "source", "source_country");
    buffer_format(&r->line, " – ");
    party(&r->line, o, "target", "target_country");
    buffer_format(&r->line, ": %s%s%s, %s (%ld independent source%s", get(o, "event"), *get(o, "mode") ? " " : "", get(o, "mode"), verdict_of(o, sign), n, n == 1 ? "" : "s");
    size_t before = r->line.len;
    buffer_text(&r->line, ": ");
    join(&r->line, json_object_get(o, "reports"), "origin");
    if (r->line.len == before + 2) r->line.len = before;
    buffer_text(&r->line, ")");
    cite(r, json_object_get(o, "reports"), sign);
    item(r);
}

static size_t happenings_with(reporting *r, const json_t *rows, const char *verdict, char sign, size_t *all) {
    size_t shown = 0;
    *all = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *o = json_array_get(rows, i);
        if (strcmp(get(o, "verdict"), verdict) != 0) continue;
        ++*all;
        if (shown < ROWS) happening_line(r, o, sign), shown++;
    }
    return shown;
}

static void meetings(reporting *r, const json_t *rows) {
    size_t all, shown;
    page_heading(&r->page, 2, "Meetings");
    shown = happenings_with(r, rows, "happened", '+', &all);
    nothing(r, shown, all);
}

/* ---- what did not happen, in its kinds ---- */

static void asserted(reporting *r, const json_t *rows) {
    size_t all, shown;
    page_heading(&r->page, 3, "Said not to have happened");
    shown = happenings_with(r, rows, "did not happen", '-', &all);
    nothing(r, shown, all);
    page_heading(&r->page, 3, "Said by some not to have happened, by others to have");
    shown = happenings_with(r, rows, "disputed", '-', &all);
    nothing(r, shown, all);
}

static void refused(reporting *r) {
    size_t shown = 0, all;
    r->asked.root = "REJECT";
    json_t *rows = rows_of(r, "happenings");
    r->asked.root = NULL;
    page_heading(&r->page, 3, "Refused");
    shown = happenings_with(r, rows, "happened", '+', &all);
    nothing(r, shown, all);
    json_decref(rows);
}

static void unmentioned(reporting *r, const json_t *silences) {
    size_t shown = 0, all = 0;
    page_heading(&r->page, 3, "Unmentioned where mention was to be expected");
    for (size_t i = 0; i < json_array_size(silences); i++) {
        const json_t *o = json_array_get(silences, i), *silent = json_object_get(o, "silent");
        if (strcmp(get(o, "kind"), "silence") != 0 || !json_array_size(silent)) continue;
        if (all++ >= ROWS) continue;
        shown++;
        buffer_format(&r->line, "%s to %s  %s: silent ", get(o, "from"), get(o, "to"), get(o, "title"));
        join(&r->line, silent, "outlet");
        if (json_array_size(json_object_get(o, "unknown"))) buffer_text(&r->line, "; cannot be judged, nothing held: "), join(&r->line, json_object_get(o, "unknown"), "");
        buffer_text(&r->source, "told by "), join(&r->source, json_object_get(o, "mentioned"), "");
        buffer_format(&r->source, " [%s]", get(o, "story"));
        item(r);
    }
    nothing(r, shown, all);
}

static void omitted(reporting *r, const json_t *silences) {
    size_t shown = 0;
    page_heading(&r->page, 3, "Omissions that others report");
    for (size_t i = 0; i < json_array_size(silences) && shown < ROWS; i++) {
        const json_t *o = json_array_get(silences, i), *e = json_object_get(o, "evidence");
        if (!e) continue;
        shown++;
        const char *who = *get(o, "omitted_by") ? get(o, "omitted_by") : "a source that is not named";
        if (*get(o, "unsaid")) buffer_format(&r->line, "%s  %s: said not to have reported “%s”", get(o, "from"), who, get(o, "unsaid"));
        else buffer_format(&r->line, "%s  %s: said to have left something out", get(o, "from"), who);
        buffer_format(&r->source, "%s %.10s: ", outlet_of(e), get(e, "published"));
        quote(&r->source, get(e, "sentence"));
        buffer_format(&r->source, " [%s]", get(e, "statement"));
        item(r);
    }
    nothing(r, shown, shown);
}

static void class_text(buffer *b, const json_t *classes) {
    bool first = true;
    for (size_t i = 0; i < json_array_size(classes); i++) {
        const json_t *c = json_array_get(classes, i);
        if (!json_integer_value(json_object_get(c, "of"))) { /* its rate would be that of ignorance */
            buffer_format(b, "%s%s: no earlier case held", first ? "" : "; ", get(c, "class"));
            first = false;
            continue;
        }
        buffer_format(b, "%s%s: %lld of %lld", first ? "" : "; ", get(c, "class"), (long long)json_integer_value(json_object_get(c, "received")), (long long)json_integer_value(json_object_get(c, "of")));
        if (json_is_real(json_object_get(c, "surprise_bits")))
            buffer_format(b, " (rate %.2f, between %.2f and %.2f; %.1f bits)", json_number_value(json_object_get(c, "rate")), json_number_value(json_object_get(c, "low")),
                          json_number_value(json_object_get(c, "high")), json_number_value(json_object_get(c, "surprise_bits")));
        first = false;
    }
}

static void visit_line(reporting *r, const json_t *o) {
    buffer_format(&r->line, "%s  ", get(o, "date"));
    party(&r->line, o, "who", "country");
    buffer_format(&r->line, " in %s: %s", get(o, "host"), get(o, "outcome"));
    if (*get(o, "leader")) buffer_format(&r->line, " (%s)", get(o, "leader"));
    if (json_array_size(json_object_get(o, "reported_by"))) buffer_text(&r->line, "; reported by "), join(&r->line, json_object_get(o, "reported_by"), "");
    if (json_array_size(json_object_get(o, "met"))) buffer_text(&r->line, "; met "), join(&r->line, json_object_get(o, "met"), "");
    if (json_is_true(json_object_get(o, "date_in_doubt"))) buffer_text(&r->line, "; date in doubt");
    buffer_text(&r->source, "earlier visitors received: ");
    class_text(&r->source, json_object_get(o, "classes"));
    buffer_text(&r->source, " ["), join(&r->source, json_object_get(o, "happenings"), ""), buffer_text(&r->source, "]");
    item(r);
}

static void how_to_read(reporting *r) {
    page_text(&r->page, "Behind each visit, how many earlier visitors the leader received, by reference class from narrow to wide: the rate to expect with its 95 % interval, and in bits how "
                        "surprising this outcome was (1 bit: like a coin's toss).");
}

static bool unmet(const json_t *o) { return strcmp(get(o, "outcome"), "received") != 0 && strcmp(get(o, "outcome"), "planned") != 0; }

static void unseen(reporting *r, const json_t *visits) {
    size_t shown = 0;
    page_heading(&r->page, 3, "Expected from precedent and not seen");
    how_to_read(r);
    for (size_t i = 0; i < json_array_size(visits) && shown < ROWS; i++)
        if (unmet(json_array_get(visits, i))) visit_line(r, json_array_get(visits, i)), shown++;
    nothing(r, shown, shown);
}

static void received(reporting *r, const json_t *visits) {
    size_t shown = 0;
    page_heading(&r->page, 2, "Envoys received by the leader");
    how_to_read(r);
    for (size_t i = 0; i < json_array_size(visits) && shown < ROWS; i++)
        if (strcmp(get(json_array_get(visits, i), "outcome"), "received") == 0) visit_line(r, json_array_get(visits, i)), shown++;
    nothing(r, shown, shown);
}

/* ---- the rest ---- */

static void appearances(reporting *r) {
    json_t *rows = rows_of(r, "appearances");
    size_t n = json_array_size(rows), first = n > ROWS ? n - ROWS : 0;
    page_heading(&r->page, 2, "Appearances");
    for (size_t i = first; i < n; i++) {
        const json_t *o = json_array_get(rows, i), *e = json_object_get(o, "evidence");
        buffer_format(&r->line, "%s  %s: %s%s%s (reported %s)", *get(o, "date") ? get(o, "date") : "day not stated", get(o, "person"), get(o, "category"), *get(o, "place") ? ", " : "",
                      get(o, "place"), get(o, "reported"));
        buffer_format(&r->source, "%s: ", outlet_of(e));
        quote(&r->source, get(e, "sentence"));
        buffer_format(&r->source, " [%s]", get(e, "statement"));
        item(r);
    }
    nothing(r, n - first, n);
    json_decref(rows);
}

static int by_days(const void *a, const void *b) {
    bool p = json_is_true(json_object_get(*(json_t *const *)a, "judged")), q = json_is_true(json_object_get(*(json_t *const *)b, "judged"));
    if (p != q) return p ? -1 : 1;
    long x = (long)json_integer_value(json_object_get(*(json_t *const *)a, "days")), y = (long)json_integer_value(json_object_get(*(json_t *const *)b, "days"));
    return x != y ? (x < y ? 1 : -1) : strcmp(get(*(json_t *const *)a, "last_seen"), get(*(json_t *const *)b, "last_seen"));
}

static void gaps(reporting *r) {
    json_t *rows = rows_of(r, "gaps");
    size_t n = json_array_size(rows);
    json_t **sorted = memory_new((n + 1) * sizeof *sorted);
    page_heading(&r->page, 2, "Longest absences");
    page_text(&r->page, "p: how often a gap drawn from this person's others would be as long. An absence in a time of which little is held says little.");
    for (size_t i = 0; sorted && i < n; i++) sorted[i] = json_array_get(rows, i);
    if (sorted) qsort(sorted, n, sizeof *sorted, by_days);
    for (size_t i = 0; sorted && i < n && i < 5 && json_is_true(json_object_get(sorted[i], "judged")); i++) {
        const json_t *o = sorted[i];
        buffer_format(&r->line, "%s: %lld days, %s to %s; %lld of %lld other gaps were as long, p = %.3f", get(o, "person"), (long long)json_integer_value(json_object_get(o, "days")),
                      get(o, "last_seen"), get(o, "seen_again"), (long long)json_integer_value(json_object_get(o, "gaps_at_least_as_long")),
                      (long long)json_integer_value(json_object_get(o, "other_gaps")), json_number_value(json_object_get(o, "p")));
        buffer_format(&r->source, "something held on %lld days in between; counted: %s", (long long)json_integer_value(json_object_get(o, "days_held_between")), get(o, "counting"));
        item(r);
    }
    nothing(r, n, n);
    free(sorted);
    json_decref(rows);
}

static void side(reporting *r, const char *what, const json_t *list) {
    const json_t *e = json_array_get(list, 0);
    buffer_format(&r->source, "%s: %s %.10s “%s” [%s]", what, outlet_of(e), get(e, "published"), get(e, "sentence"), get(e, "statement"));
}

static void disputed(reporting *r) {
    json_t *rows = rows_of(r, "contradictions");
    size_t n = json_array_size(rows);
    page_heading(&r->page, 2, "Disputed");
    for (size_t i = 0; i < n && i < ROWS; i++) {
        const json_t *o = json_array_get(rows, i);
        buffer_format(&r->line, "%s  %s – %s, %s: disagreement about %s", get(o, "date"), get(o, "source"), get(o, "target"), get(o, "event"), get(o, "about"));
        side(r, get(o, "one_side"), json_object_get(o, "for_one"));
        buffer_text(&r->source, " | ");
        side(r, get(o, "other_side"), json_object_get(o, "for_other"));
        item(r);
    }
    nothing(r, n > ROWS ? ROWS : n, n);
    json_decref(rows);
}

static void explanations(reporting *r) {
    json_t *rows = rows_of(r, "explanations");
    size_t n = json_array_size(rows);
    page_heading(&r->page, 2, "Who says why");
    for (size_t i = 0; i < n && i < ROWS; i++) {
        const json_t *o = json_array_get(rows, i);
        buffer_format(&r->line, "%.10s  %s: ", get(o, "published"), *get(o, "speaker") ? get(o, "speaker") : outlet_of(o));
        quote(&r->line, get(o, "sentence"));
        buffer_format(&r->source, "in %s, about %s%s%s%s%s (%s) [%s]", outlet_of(o), *get(o, "event") ? get(o, "event") : "appearance", *get(o, "source") ? " " : "", get(o, "source"),
                      *get(o, "source") && *get(o, "target") ? " – " : *get(o, "target") ? " " : "", get(o, "target"), get(o, "verdict"), get(o, "happening"));
        item(r);
    }
    nothing(r, n > ROWS ? ROWS : n, n);
    json_decref(rows);
}

static void held(reporting *r) {
    char text[400];
    sqlite3_stmt *s = db_query(r->l, "SELECT count(*), count(DISTINCT outlet), COALESCE(min(substr(published, 1, 10)), '?'), COALESCE(max(substr(published, 1, 10)), '?'), sum(statements), sum(skipped),"
                                     " (SELECT count(*) FROM copy WHERE relation <> 'original') FROM document", "");
    if (db_step(r->l, s)) {
        long long documents = sqlite3_column_int64(s, 0), outlets = sqlite3_column_int64(s, 1);
        snprintf(text, sizeof text, "Held: %lld document%s of %lld outlet%s, %s to %s, with %lld statements; %lld are copies or revisions of others and count once.",
                 documents, documents == 1 ? "" : "s", outlets, outlets == 1 ? "" : "s", (const char *)sqlite3_column_text(s, 2), (const char *)sqlite3_column_text(s, 3),
                 (long long)sqlite3_column_int64(s, 4), (long long)sqlite3_column_int64(s, 6));
        page_text(&r->page, text);
    }
    sqlite3_reset(s);
    page_text(&r->page, "Each line names its source; `rapporteur ask -d LEDGER why ID` opens any id in brackets.");
}

static void compose(reporting *r) {
    json_t *all = rows_of(r, "meetings"), *silences = rows_of(r, "silences"), *visits = rows_of(r, "precedents");
    page_open(&r->page, "What the reports say");
    held(r);
    meetings(r, all);
    received(r, visits);
    page_heading(&r->page, 2, "What did not happen");
    asserted(r, all);
    refused(r);
    unmentioned(r, silences);
    omitted(r, silences);
    unseen(r, visits);
    appearances(r);
    gaps(r);
    disputed(r);
    explanations(r);
    page_close(&r->page);
    json_decref(all), json_decref(silences), json_decref(visits);
}

rap_status rap_report(rap_ledger *l, const rap_filters *asked, rap_page dress, FILE *out, rap_error *e) {
    reporting r = {.l = l, .page = {.out = out, .dress = dress}, .asked = *asked};
    if (ledger_refresh(l)) compose(&r);
    buffer_free(&r.line), buffer_free(&r.source);
    rap_status status = ledger_status(l, e);
    return status == RAP_OK && ferror(out) ? error_set(e, RAP_NO_SPACE, "the report cannot be written") : status;
}
