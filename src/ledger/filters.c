#include "ledger/filters.h"

#include "ledger/agencies.h"
#include "ledger/times.h"

str sql_quote(arena *a, str text) {
    char *out = arena_alloc(a, text.len * 2u + 3);
    uint32_t n = 0;
    out[n++] = '\'';
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'') out[n++] = '\'';
        if (text.ptr[i]) out[n++] = text.ptr[i];
    }
    out[n++] = '\'';
    return (str){out, n};
}

static bool upper_code(str s) {
    for (uint32_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 'A' || s.ptr[i] > 'Z') return false;
    return s.len >= 3;
}

/* All words of `few` among those of `many`, in order. */
static bool words_within(str few, str many) {
    str word, other;
    while (str_split(&few, ' ', &word)) {
        bool found = false;
        while (!found && str_split(&many, ' ', &other)) found = str_eq(word, other);
        if (!found) return false;
    }
    return true;
}

bool name_matches(arena *a, const char *wanted, str name, str country, str code) {
    str w = str_of(wanted);
    if (upper_code(w)) return str_eq(country, w) || (code.len >= w.len && memcmp(code.ptr, w.ptr, w.len) == 0);
    str fold = fold_name(a, w), own = fold_name(a, name);
    return fold.len && (str_eq(fold, own) || words_within(fold, own));
}

/* Keys of all actors that answer to what was typed: a state's code stands for everyone of that state. */
static str actor_list(ledger *l, const char *wanted) {
    buffer b = {0};
    arena *a = &l->scratch;
    sqlite3_stmt *s = db_query(l, "SELECT key, name, country, code FROM actor", "");
    buffer_byte(&b, '(');
    while (db_step(l, s))
        if (name_matches(a, wanted, db_str(s, 1), db_str(s, 2), db_str(s, 3)))
            buffer_format(&b, "%s%lld", b.len > 1 ? "," : "", (long long)sqlite3_column_int64(s, 0));
    buffer_byte(&b, ')');
    str list = arena_copy(a, buffer_view(&b));
    buffer_free(&b);
    return list;
}

static bool one_date(ledger *l, const char *option, const char *text, bool last, day *out) {
    *out = DAY_NONE;
    if (!text || date_bound(text, last, out)) return true;
    ledger_fail(l, RAP_USAGE, "--%s: \"%s\" is no date; give YYYY, YYYY-MM or YYYY-MM-DD", option, text);
    return false;
}

static bool check_words(ledger *l, const char *option, const char *given, const char *allowed) {
    if (!given || str_in(str_of(given), allowed)) return true;
    ledger_fail(l, RAP_USAGE, "--%s: \"%s\" is none of %s", option, given, allowed);
    return false;
}

bool filters_prepare(ledger *l, const rap_filters *asked, filters *f) {
    *f = (filters){.asked = asked, .from = DAY_NONE, .to = DAY_NONE, .since = DAY_NONE};
    if (!one_date(l, "from", asked->from, false, &f->from) || !one_date(l, "to", asked->to, true, &f->to) ||
        !one_date(l, "since", asked->since, false, &f->since))
        return false;
    if (!check_words(l, "factuality", asked->factuality, "CT+ PR+ PS+ CT- PR- PS- Uu + -")) return false;
    if (!check_words(l, "stance", asked->stance, "asserts denies doubts asks expects wishes concedes cites omits declines")) return false;
    if (asked->who) f->who = actor_list(l, asked->who);
    if (asked->whom) f->whom = actor_list(l, asked->whom);
    if (asked->outlet) f->outlet = fold_name(&l->scratch, agency_name(l, str_of(asked->outlet)));
    return l->error.status == RAP_OK;
}

static void where_root(buffer *b, arena *a, str root) {
    str event = root, mode = STR("");
    for (uint32_t i = 0; i < root.len; i++)
        if (root.ptr[i] == '/' || root.ptr[i] == ':') event = str_sub(root, 0, i), mode = str_sub(root, i + 1, root.len);
    bool lower = event.len && event.ptr[0] >= 'a' && event.ptr[0] <= 'z';
    if (lower) mode = event, event = STR("");
    buffer_format(b, " AND st.event = %.*s", STR_ARG(sql_quote(a, event)));
    if (mode.len) buffer_format(b, " AND st.mode = %.*s", STR_ARG(sql_quote(a, mode)));
}

static str outlets_like(ledger *l, str fold) {
    buffer b = {0};
    sqlite3_stmt *s = db_query(l, "SELECT DISTINCT outlet FROM document", "");
    buffer_text(&b, "(''");
    while (db_step(l, s)) {
        str outlet = db_str(s, 0);
        if (str_eq(fold, fold_name(&l->scratch, agency_name(l, outlet)))) buffer_format(&b, ",%.*s", STR_ARG(sql_quote(&l->scratch, outlet)));
    }
    buffer_byte(&b, ')');
    str list = arena_copy(&l->scratch, buffer_view(&b));
    buffer_free(&b);
    return list;
}

/* Few statements: start from the people; many: walk the order of days and stop at the limit. The unary plus keeps the planner from the other way. */
enum { FEW = 20000 };

static bool few_words(ledger *l, const char *words) {
    return db_number(l, "SELECT count(*) FROM (SELECT 1 FROM sentence_words WHERE sentence_words MATCH ? LIMIT 20000)", "z", words) < FEW;
}

str filters_where(ledger *l, const filters *f) {
    buffer b = {0};
    arena *a = &l->scratch;
    const rap_filters *q = f->asked;
    if (f->who.len) {
        str count = arena_format(a, "SELECT count(*) FROM (SELECT 1 FROM participant WHERE actor IN %.*s AND role < 3 LIMIT %d)", STR_ARG(f->who), FEW);
        sqlite3_stmt *s = db_query_once(l, count.ptr);
        bool few = !db_step(l, s) || sqlite3_column_int(s, 0) < FEW;
        sqlite3_finalize(s);
        buffer_format(&b, few ? " AND st.key IN (SELECT statement FROM participant WHERE actor IN %.*s AND role < 3)"
                              : " AND EXISTS (SELECT 1 FROM participant p WHERE p.statement = st.key AND p.actor IN %.*s AND p.role < 3)",
                      STR_ARG(f->who));
    }
    if (f->whom.len) buffer_format(&b, " AND EXISTS (SELECT 1 FROM participant p WHERE p.statement = st.key AND p.actor IN %.*s AND p.role < 3)", STR_ARG(f->whom));
    if (q->country)
        buffer_format(&b, " AND EXISTS (SELECT 1 FROM participant p JOIN actor a ON a.key = p.actor WHERE p.statement = st.key AND p.role < 3 AND a.country = %.*s)",
                      STR_ARG(sql_quote(a, str_of(q->country))));
    if (q->root) where_root(&b, a, str_of(q->root));
    if (f->from != DAY_NONE) buffer_format(&b, " AND st.sort_day >= %d", f->from);
    if (f->to != DAY_NONE) buffer_format(&b, " AND st.sort_day <= %d", f->to);
    if (f->since != DAY_NONE) buffer_format(&b, " AND d.day >= %d", f->since);
    if (f->outlet.len) buffer_format(&b, " AND d.outlet IN %.*s", STR_ARG(outlets_like(l, f->outlet)));
    if (q->factuality && strlen(q->factuality) == 1) buffer_format(&b, " AND st.factuality LIKE '%%%s'", q->factuality);
    else if (q->factuality) buffer_format(&b, " AND st.factuality = '%s'", q->factuality);
    if (q->stance) buffer_format(&b, " AND EXISTS (SELECT 1 FROM voice v WHERE v.statement = st.key AND v.stance = '%s')", q->stance);
    if (q->voice)
        buffer_format(&b, " AND EXISTS (SELECT 1 FROM participant p WHERE p.statement = st.key AND p.role = 3 AND p.actor IN %.*s)",
                      STR_ARG(actor_list(l, q->voice)));
    if (q->words) /* the plus: see FEW */
        buffer_format(&b, few_words(l, q->words) ? " AND st.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH %.*s)"
                                                 : " AND +st.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH %.*s)",
                      STR_ARG(sql_quote(a, str_of(q->words))));
    str where = arena_copy(a, (str){b.ptr ? b.ptr : "", (uint32_t)b.len});
    buffer_free(&b);
    return where;
}

bool filters_pass_day(const filters *f, day from, day to) {
    if (f->from != DAY_NONE && (to == DAY_NONE || to < f->from)) return false;
    return f->to == DAY_NONE || (from != DAY_NONE && from <= f->to);
}

bool filters_pass_name(ledger *l, const char *wanted, str value) {
    if (!wanted) return true;
    str fold = fold_name(&l->scratch, str_of(wanted)), own = fold_name(&l->scratch, value);
    return str_eq(str_of(wanted), value) || (fold.len && words_within(fold, own));
}

bool filters_pass_outlet(ledger *l, const filters *f, str outlet) {
    return !f->outlet.len || str_eq(f->outlet, fold_name(&l->scratch, agency_name(l, outlet)));
}
