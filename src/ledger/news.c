/* What is new since a time: what was said for the first time and by whom, new contradictions, changed texts. */
#include "ledger/facts.h"
#include "ledger/questions.h"

enum { MOST_CHANGED = 2000 };

/* Happenings whose first report is of that time. */
static void first_reports(ledger *l, const filters *f, long limit, answer_rows *rows) {
    filters all = *f;
    all.since = DAY_NONE; /* of the first report, below */
    happenings_known(l, &all, f->since, limit, rows);
}

static void with_kind(answer_rows *rows, json_t *list, const char *kind, long limit) {
    json_t *one;
    size_t i;
    json_array_foreach(list, i, one) {
        if (limit > 0 && rows->count >= limit) break;
        json_object_set_new(one, "kind", json_string(kind));
        rows_add(rows, json_incref(one));
    }
    json_decref(list);
}

static void contradictions(ledger *l, const filters *f, long limit, answer_rows *rows) {
    answer_rows some = {.list = json_array()};
    answers_read(l, "contradictions", f, limit, &some);
    with_kind(rows, some.list, "contradiction", limit);
}

static void changed_texts(ledger *l, const filters *f, long limit, answer_rows *rows) {
    answer_rows some = {.list = json_array()};
    documents_changed(l, f, MOST_CHANGED, &some);
    with_kind(rows, some.list, "changed text", limit);
}

void ask_news(ledger *l, const filters *f, long limit, answer_rows *rows) {
    if (f->since == DAY_NONE) {
        ledger_fail(l, RAP_USAGE, "ask news: since when? --since YYYY-MM-DD");
        return;
    }
    /* a third of a limited answer for each kind, so that many first reports do not hide a contradiction */
    long part = limit > 0 ? (limit + 2) / 3 : 0;
    first_reports(l, f, limit > 0 ? limit - 2 * (limit / 3) : 0, rows);
    contradictions(l, f, limit > 0 ? rows->count + part : 0, rows);
    changed_texts(l, f, limit, rows);
}
