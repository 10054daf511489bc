/* Judged samples: precision, an estimate of recall, and how far two judges agree. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "ledger/ledger.h"
#include "ledger/stats.h"

enum { COLUMNS = 40, JUDGES = 8 };

typedef struct judged { /* one row of one file */
    str item, stratum, judge;
    double of, missed; /* missed -1: not filled in */
    bool statement;
    int right;         /* 1, 0, -1 not filled in */
} judged;

typedef struct sheet { judged *rows; size_t count, capacity; str judge; } sheet;

/* ---- reading CSV (RFC 4180) ---- */

static bool next_record(str text, uint32_t *at, arena *home, str *fields, int *n) {
    *n = 0;
    if (*at >= text.len) return false;
    for (;;) {
        buffer b = {0};
        bool quoted = *at < text.len && text.ptr[*at] == '"';
        if (quoted) ++*at;
        while (*at < text.len) {
            char c = text.ptr[*at];
            if (quoted && c == '"') {
                if (*at + 1 < text.len && text.ptr[*at + 1] == '"') buffer_byte(&b, '"'), *at += 2;
                else quoted = false, ++*at;
                continue;
            }
            if (!quoted && (c == ',' || c == '\n' || c == '\r')) break;
            buffer_byte(&b, c);
            ++*at;
        }
        if (*n < COLUMNS) fields[(*n)++] = arena_copy(home, buffer_view(&b));
        buffer_free(&b);
        if (*at >= text.len) return true;
        char c = text.ptr[(*at)++];
        if (c == '\r' && *at < text.len && text.ptr[*at] == '\n') ++*at;
        if (c == '\n' || c == '\r') return true;
    }
}

static int column(const str *names, int n, const char *name) {
    for (int i = 0; i < n; i++)
        if (str_is_nocase(str_trim(names[i]), name)) return i;
    return -1;
}

static int yes_no(str v) {
    v = str_trim(v);
    if (str_empty(v)) return -1;
    return str_in(v, "y Y yes Yes YES 1 true right + x X") ? 1 : str_in(v, "n N no No NO 0 false wrong -") ? 0 : -1;
}

static rap_status read_sheet(const char *path, arena *home, sheet *s, rap_error *e) {
    FILE *f = fopen(path, "rb");
    buffer b = {0};
    char chunk[8192];
    size_t got;
    if (!f) return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0) buffer_add(&b, chunk, got);
    fclose(f);
    str text = arena_copy(home, buffer_view(&b)), names[COLUMNS], fields[COLUMNS];
    buffer_free(&b);
    if (str_starts(text, "\xef\xbb\xbf")) text = str_sub(text, 3, text.len); /* as spreadsheets write it */
    uint32_t at = 0;
    int n, m;
    if (!next_record(text, &at, home, names, &n)) return error_set(e, RAP_UNREADABLE, "%s: empty", path);
    int item = column(names, n, "item"), kind = column(names, n, "kind"), stratum = column(names, n, "stratum"), of = column(names, n, "of"), right = column(names, n, "right"),
        missed = column(names, n, "missed"), judge = column(names, n, "judge");
    if (item < 0 || kind < 0 || right < 0 || stratum < 0 || of < 0 || missed < 0)
        return error_set(e, RAP_UNREADABLE, "%s: expected the columns item, kind, stratum, of, right and missed, as `rapporteur sample` writes them", path);
    while (next_record(text, &at, home, fields, &m)) {
        if (m <= right || m <= missed) continue;
        judged j = {.item = fields[item], .stratum = fields[stratum], .statement = str_is(fields[kind], "statement"), .right = yes_no(fields[right]), .missed = -1, .judge = judge >= 0 && judge < m ? str_trim(fields[judge]) : STR("")};
        if (!str_to_double(str_trim(fields[of]), &j.of)) return error_set(e, RAP_UNREADABLE, "%s: item %.*s: \"of\" is no number", path, STR_ARG(j.item));
        str_to_double(str_trim(fields[missed]), &j.missed);
        if (j.judge.len) s->judge = j.judge;
        arena_push(home, s->rows, s->count, s->capacity, j);
    }
    if (!s->judge.len) s->judge = arena_copy(home, str_of(path));
    return RAP_OK;
}

/* ---- figures ---- */

typedef struct stratum { str name; double size; int n, right, rows, missed_rows; double missed; bool statement; } stratum;

static size_t strata_of(const sheet *s, arena *home, stratum **out) {
    stratum *list = NULL;
    size_t count = 0, capacity = 0, k;
    for (size_t i = 0; i < s->count; i++) {
        const judged *j = &s->rows[i];
        for (k = 0; k < count && !(str_eq(list[k].name, j->stratum) && list[k].statement == j->statement); k++) {}
        if (k == count) arena_push(home, list, count, capacity, ((stratum){.name = j->stratum, .size = j->of, .statement = j->statement}));
        list[k].rows++;
        if (j->statement && j->right >= 0) list[k].n++, list[k].right += j->right;
        if (j->missed >= 0) list[k].missed_rows++, list[k].missed += j->missed;
    }
    *out = list;
    return count;
}

static void figures(const sheet *s, arena *home, FILE *out) {
    stratum *list;
    size_t n = strata_of(s, home, &list);
    double all = 0, right = 0, missed = 0, judged_rows = 0, low, high, rows_missed = 0, any_missed = 0;
    fprintf(out, "%.*s\n", STR_ARG(s->judge));
    for (size_t i = 0; i < n; i++) {
        stratum *t = &list[i];
        if (t->statement && t->n) {
            wilson(t->right, t->n, &low, &high);
            fprintf(out, "  %-12.*s precision %d of %d = %.3f [%.3f, %.3f]  (of %.0f)\n", STR_ARG(t->name), t->right, t->n, (double)t->right / t->n, low, high, t->size);
            all += t->size, right += t->size * t->right / t->n, judged_rows += t->n;
        }
        if (!t->statement && t->missed_rows) missed += t->size * t->missed / t->missed_rows, rows_missed += t->missed_rows, any_missed += fmin(t->missed, t->missed_rows);
    }
    if (all <= 0) {
        fputs("  no statement is judged\n", out);
        return;
    }
    double precision = right / all;
    wilson(precision * judged_rows, judged_rows, &low, &high);
    fprintf(out, "  %-12s precision %.3f [%.3f, %.3f], weighted by stratum, %.0f judged\n", "all", precision, low, high, judged_rows);
    if (rows_missed <= 0) return;
    /* recall: right / (right + missed); its interval from Wilson's for the share of sentences with something missed */
    double share = any_missed / rows_missed, share_low, share_high, scale = share > 0 ? missed / share : 0, sentences = 0;
    wilson(any_missed, rows_missed, &share_low, &share_high);
    for (size_t i = 0; i < n; i++) sentences += list[i].statement ? 0 : list[i].size;
    if (scale <= 0) scale = sentences;
    fprintf(out, "  %-12s recall about %.3f [%.3f, %.3f]: about %.0f right statements, %.0f missed in %.0f sentences without one\n", "all", right / (right + missed), right / (right + scale * share_high),
            right / (right + scale * share_low), right, missed, sentences);
}

static void agreement(const sheet *a, const sheet *b, arena *home, FILE *out) {
    int *x = arena_array(home, int, a->count + 1), *y = arena_array(home, int, a->count + 1), *u = arena_array(home, int, a->count + 1), *v = arena_array(home, int, a->count + 1);
    table of;
    uint32_t at;
    table_init(&of, home, (uint32_t)b->count);
    for (size_t i = 0; i < b->count; i++) table_set(&of, b->rows[i].item, (uint32_t)i);
    for (size_t i = 0; i < a->count; i++) {
        bool both = table_get(&of, a->rows[i].item, &at);
        x[i] = a->rows[i].right, y[i] = both ? b->rows[at].right : -1;
        u[i] = a->rows[i].missed < 0 ? -1 : a->rows[i].missed > 0, v[i] = !both || b->rows[at].missed < 0 ? -1 : b->rows[at].missed > 0;
    }
    double right = krippendorff((const int *const[]){x, y}, (int)a->count, 2), missed = krippendorff((const int *const[]){u, v}, (int)a->count, 2);
    fprintf(out, "%.*s and %.*s: Krippendorff's alpha", STR_ARG(a->judge), STR_ARG(b->judge));
    if (isnan(right)) fputs(" of right: none judged by both", out);
    else fprintf(out, " of right %.3f", right);
    if (!isnan(missed)) fprintf(out, ", of missed %.3f", missed);
    fputc('\n', out);
}

static void keep(ledger *l, const sheet *s) {
    db_exec(l, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < s->count; i++)
        if (s->rows[i].statement && s->rows[i].right >= 0)
            db_run(l, "INSERT OR REPLACE INTO judgement VALUES (?, ?, ?)", "ssz", s->rows[i].item, s->judge, s->rows[i].right ? "right" : "wrong");
    db_exec(l, l->error.status == RAP_OK ? "COMMIT" : "ROLLBACK");
}

rap_status rap_eval_sample(rap_ledger *l, const char *const *paths, int count, FILE *out, rap_error *e) {
    arena home;
    sheet sheets[JUDGES] = {0};
    rap_status status = RAP_OK;
    if (count < 1 || count > JUDGES) return error_set(e, RAP_USAGE, "eval sample takes one to %d judged files", JUDGES);
    arena_init(&home);
    for (int i = 0; i < count && status == RAP_OK; i++) status = read_sheet(paths[i], &home, &sheets[i], e);
    for (int i = 0; i < count && status == RAP_OK; i++) figures(&sheets[i], &home, out);
    for (int i = 0; i < count && status == RAP_OK; i++)
        for (int k = i + 1; k < count; k++) agreement(&sheets[i], &sheets[k], &home, out);
    for (int i = 0; i < count && status == RAP_OK && l; i++) keep(l, &sheets[i]);
    arena_free(&home);
    return status == RAP_OK && l ? ledger_status(l, e) : status;
}
