/* The paragraph on methods that every paper needs. */
#include "ledger/derive.h"
#include "ledger/stats.h"

static void versions(ledger *l, buffer *b) {
    sqlite3_stmt *s = db_query(l, "SELECT c.version, count(*) FROM document d JOIN coding c ON c.key = d.coding WHERE d.imported = 0 GROUP BY c.version ORDER BY c.version", "");
    bool first = true;
    while (db_step(l, s)) {
        buffer_format(b, "%s%.*s (%lld documents)", first ? "" : ", ", STR_ARG(db_str(s, 0)), (long long)sqlite3_column_int64(s, 1));
        first = false;
    }
}

static void outlets(ledger *l, buffer *b) {
    sqlite3_stmt *s = db_query(l, "SELECT outlet, count(*) AS n FROM document WHERE imported = 0 GROUP BY outlet ORDER BY n DESC, outlet LIMIT 40", "");
    bool first = true;
    while (db_step(l, s)) {
        buffer_format(b, "%s%.*s (%lld)", first ? "" : ", ", STR_ARG(db_str(s, 0)), (long long)sqlite3_column_int64(s, 1));
        first = false;
    }
}

static void judged(ledger *l, buffer *b) {
    int64_t n = db_number(l, "SELECT count(*) FROM judgement WHERE verdict IN ('right', 'wrong')", ""), k = db_number(l, "SELECT count(*) FROM judgement WHERE verdict = 'right'", "");
    double low, high;
    if (!n) {
        buffer_text(b, " The precision of this coding has not been judged on a sample of this ledger (rapporteur sample, rapporteur eval sample).");
        return;
    }
    wilson((double)k, (double)n, &low, &high);
    buffer_format(b, " In a random sample of its statements, %lld of %lld judgements found the statement right (precision %.2f, 95 %% interval %.2f to %.2f, Wilson).", (long long)k, (long long)n,
                  (double)k / (double)n, low, high);
}

static void paragraph(ledger *l, buffer *b) {
    sqlite3_stmt *s = db_query(l, "SELECT count(*), count(DISTINCT outlet), COALESCE(min(substr(published, 1, 10)), '?'), COALESCE(max(substr(published, 1, 10)), '?'), sum(day IS NULL), sum(sentences),"
                                  " sum(statements), sum(skipped), sum(readable = 0) FROM document WHERE imported = 0", "");
    if (!db_step(l, s)) return;
    buffer_format(b, "Events were coded from %lld documents of %lld outlets published from %s to %s (%lld sentences, %lld statements) with rapporteur ", (long long)sqlite3_column_int64(s, 0),
                  (long long)sqlite3_column_int64(s, 1), (const char *)sqlite3_column_text(s, 2), (const char *)sqlite3_column_text(s, 3), (long long)sqlite3_column_int64(s, 5),
                  (long long)sqlite3_column_int64(s, 6));
    long long undated = sqlite3_column_int64(s, 4), skipped = sqlite3_column_int64(s, 7), unreadable = sqlite3_column_int64(s, 8);
    sqlite3_reset(s);
    versions(l, b);
    buffer_format(b, ". %lld documents have no date and enter no series; %lld stretches of text could not be read and %lld documents are truncated, skipped in good part or in another language: none of these count as"
                     " held where silence is judged. ", undated, skipped, unreadable);
    buffer_format(b, "%lld documents are near-duplicates of others (MinHash, 128 permutations, confirmed by Jaccard index or containment of five-word shingles) and count as one source with their original. ",
                  (long long)db_number(l, "SELECT count(*) FROM copy WHERE relation <> 'original'", ""));
    buffer_format(b, "The statements were merged into %lld happenings by event, parties and date, and these given a verdict by independent sources (rules M1-M5 and V1-V5 of docs/ledger.md). ",
                  (long long)db_number(l, "SELECT count(*) FROM happening", ""));
    buffer_text(b, "Rates of precedents are Beta-Binomial with Jeffreys' prior. Outlets: ");
    outlets(l, b);
    buffer_format(b, ". %lld corrections by people are applied.", (long long)db_number(l, "SELECT count(*) FROM correction", ""));
    judged(l, b);
    buffer_byte(b, '\n');
}

rap_status rap_report_methods(rap_ledger *l, const rap_filters *asked, FILE *out, rap_error *e) {
    buffer b = {0};
    (void)asked;
    if (ledger_refresh(l)) paragraph(l, &b);
    fwrite(b.ptr ? b.ptr : "", 1, b.len, out);
    buffer_free(&b);
    rap_status status = ledger_status(l, e);
    return status == RAP_OK && ferror(out) ? error_set(e, RAP_NO_SPACE, "the paragraph cannot be written") : status;
}
