#include "ledger/filters.h"

#include "ledger/agencies.h"
#include "base/timex_days.h"

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

/* A code means everyone of that state or kind; a name, everyone whose name holds its words in order. */
static bool answers_to(str typed, str typed_fold, str fold, str country, str code) {
    if (upper_code(typed)) return str_eq(country, typed) || (code.len >= typed.len && memcmp(code.ptr, typed.ptr, typed.len) == 0);
    return typed_fold.len && words_within(typed_fold, fold);
}

bool name_matches(arena *a, const char *wanted, str name, str country, str code) {
    return answers_to(str_of(wanted), fold_name(a, str_of(wanted)), fold_name(a, name), country, code);
}

/* Keys of all actors that answer to what was typed: a state's code stands for everyone of that state. */
static str actor_list(ledger *l, const char *wanted) {
    buffer b = {0};
    arena *a = &l->scratch;
    str typed = str_of(wanted), fold = fold_name(a, typed);
    sqlite3_stmt *s = db_query(l, "SELECT key, fold, country, code FROM actor", "");
    buffer_byte(&b, '(');
    while (db_step(l, s))
        if (answers_to(typed, fold, db_str(s, 1), db_str(s, 2), db_str(s, 3))) buffer_format(&b, "%s%lld", b.len > 1 ? "," : "", (long long)sqlite3_column_int64(s, 0));
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

static typed_name named_of(ledger *l, const char *typed) {
    return typed ? (typed_name){str_of(typed), fold_name(&l->scratch, str_of(typed))} : (typed_name){STR(""), STR("")};
}

static bool check_words(ledger *l, const char *option, const char *given, const char *allowed) {
    if (!given || str_in(str_of(given), allowed)) return true;
    ledger_fail(l, RAP_USAGE, "--%s: \"%s\" is none of %s", option, given, allowed);
    return false;
}

/* "CONSULT", "REJECT/meet", "appear". */
static bool check_root(ledger *l, const char *given) {
    static const char roots[] = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT appear travel";
    if (!given) return true;
    str event = {given, (uint32_t)strcspn(given, "/:")};
    if (str_in(event, roots)) return true;
    ledger_fail(l, RAP_USAGE, "--root: \"%s\" is none of %s (a mode may follow: REJECT/meet)", given, roots);
    return false;
}

static bool check_query(ledger *l, const char *given) {
    sqlite3_stmt *s = NULL;
    if (!given) return true;
    int got = sqlite3_prepare_v2(l->db, "SELECT 1 FROM sentence_words WHERE sentence_words MATCH ? LIMIT 1", -1, &s, NULL);
    if (got == SQLITE_OK) got = sqlite3_bind_text(s, 1, given, -1, SQLITE_STATIC);
    if (got == SQLITE_OK) got = sqlite3_step(s);
    bool fits = got == SQLITE_ROW || got == SQLITE_DONE;
    if (!fits) ledger_fail(l, got == SQLITE_NOMEM ? RAP_NO_MEMORY : RAP_USAGE, "--words: \"%s\" is no query like \"nuclear AND test\": %s", given, sqlite3_errmsg(l->db));
    sqlite3_finalize(s);
    return fits;
}

bool filters_prepare(ledger *l, const rap_filters *asked, filters *f) {
    *f = (filters){.asked = asked, .from = DAY_NONE, .to = DAY_NONE, .since = DAY_NONE};
    if (!one_date(l, "from", asked->from, false, &f->from) || !one_date(l, "to", asked->to, true, &f->to) ||
        !one_date(l, "since", asked->since, false, &f->since))
        return false;
    if (!check_words(l, "factuality", asked->factuality, "CT+ PR+ PS+ CT- PR- PS- Uu + -")) return false;
    if (!check_words(l, "stance", asked->stance, "asserts denies doubts asks expects wishes concedes cites omits declines")) return false;
    if (!check_words(l, "counting", asked->counting, "day month document")) return false;
    if (!check_root(l, asked->root) || !check_query(l, asked->words)) return false;
    f->name_who = named_of(l, asked->who), f->name_whom = named_of(l, asked->whom), f->name_country = named_of(l, asked->country);
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

str outlets_like(ledger *l, str fold) {
    buffer b = {0};
    sqlite3_stmt *s = db_query(l, "WITH RECURSIVE o(name) AS (SELECT min(outlet) FROM document UNION ALL SELECT (SELECT min(outlet) FROM document WHERE outlet > o.name) FROM o WHERE o.name IS NOT NULL)"
                                  " SELECT name FROM o WHERE name IS NOT NULL", "");
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

/* Few statements: start from what selects them; many: walk the order of days and stop at the limit. The unary plus keeps the planner from the
 * other way. */
enum { FEW = 20000, FEW_DOCUMENTS = 1000 };

/* Does "SELECT 1 …" give fewer rows than that? */
static bool fewer(ledger *l, int most, str select) {
    str sql = arena_format(&l->scratch, "SELECT count(*) FROM (%.*s LIMIT %d)", STR_ARG(select), most);
    sqlite3_stmt *s = db_query_once(l, sql.ptr);
    bool few = !db_step(l, s) || sqlite3_column_int(s, 0) < most;
    sqlite3_finalize(s);
    return few;
}

/* One of these actors takes part. */
static bool where_actors(ledger *l, buffer *b, str actors) {
    bool few = fewer(l, FEW, arena_format(&l->scratch, "SELECT 1 FROM participant WHERE actor IN %.*s AND role < 3", STR_ARG(actors)));
    buffer_format(b, few ? " AND st.key IN (SELECT statement FROM participant WHERE actor IN %.*s AND role < 3)"
                         : " AND EXISTS (SELECT 1 FROM participant p WHERE p.statement = st.key AND p.actor IN %.*s AND p.role < 3)",
                  STR_ARG(actors));
    return few;
}

static bool where_days(ledger *l, buffer *b, const filters *f) {
    buffer range = {0};
    if (f->from != DAY_NONE) buffer_format(&range, " AND st.sort_day >= %d", f->from);
    if (f->to != DAY_NONE) buffer_format(&range, " AND st.sort_day <= %d", f->to);
    bool few = range.len && fewer(l, FEW, arena_format(&l->scratch, "SELECT 1 FROM statement st WHERE 1 %.*s", STR_ARG(buffer_view(&range))));
    buffer_str(b, buffer_view(&range));
    buffer_free(&range);
    return few;
}

static bool where_since(ledger *l, buffer *b, day since) {
    bool few = fewer(l, FEW_DOCUMENTS, arena_format(&l->scratch, "SELECT 1 FROM document WHERE day >= %d", since));
    buffer_format(b, few ? " AND st.document IN (SELECT key FROM document WHERE day >= %d)" : " AND d.day >= %d", since);
    return few;
}

/* Many sentences: a bit each, asked by the function `said`. */
static void note_said(ledger *l, str words) {
    l->most_said = db_number(l, "SELECT max(key) FROM sentence", "");
    l->said = arena_array(&l->scratch, uint8_t, l->most_said / 8 + 1);
    sqlite3_stmt *s = db_query(l, "SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?", "s", words);
    while (db_step(l, s)) {
        int64_t key = sqlite3_column_int64(s, 0);
        if (key >= 0 && key <= l->most_said) l->said[key / 8] |= (uint8_t)(1u << (key % 8));
    }
}

void sql_said(sqlite3_context *context, int count, sqlite3_value **value) {
    const ledger *l = sqlite3_user_data(context);
    int64_t key = count == 1 ? sqlite3_value_int64(value[0]) : 0;
    sqlite3_result_int(context, l->said && key > 0 && key <= l->most_said && (l->said[key / 8] >> (key % 8) & 1));
}

static bool where_words(ledger *l, buffer *b, str words) {
    str quoted = sql_quote(&l->scratch, words);
    bool few = fewer(l, FEW, arena_format(&l->scratch, "SELECT 1 FROM sentence_words WHERE sentence_words MATCH %.*s", STR_ARG(quoted)));
    if (few) buffer_format(b, " AND st.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH %.*s)", STR_ARG(quoted));
    else note_said(l, words), buffer_text(b, " AND said(st.sentence)");
    return few;
}

str filters_where(ledger *l, const filters *f, bool *few) {
    buffer b = {0};
    arena *a = &l->scratch;
    const rap_filters *q = f->asked;
    bool narrow = false;
    if (f->who.len) narrow |= where_actors(l, &b, f->who);
    if (f->whom.len) narrow |= where_actors(l, &b, f->whom);
    if (q->country) narrow |= where_actors(l, &b, arena_format(a, "(SELECT key FROM actor WHERE country = %.*s)", STR_ARG(sql_quote(a, str_of(q->country)))));
    if (q->root) where_root(&b, a, str_of(q->root));
    narrow |= where_days(l, &b, f);
    if (f->since != DAY_NONE) narrow |= where_since(l, &b, f->since);
    if (f->outlet.len) buffer_format(&b, " AND d.outlet IN %.*s", STR_ARG(outlets_like(l, f->outlet)));
    if (q->factuality && strlen(q->factuality) == 1) buffer_format(&b, " AND st.factuality LIKE '%%%s'", q->factuality);
    else if (q->factuality) buffer_format(&b, " AND st.factuality = '%s'", q->factuality);
    if (q->stance) buffer_format(&b, " AND EXISTS (SELECT 1 FROM voice v WHERE v.statement = st.key AND v.stance = '%s')", q->stance);
    if (q->voice)
        buffer_format(&b, " AND EXISTS (SELECT 1 FROM participant p WHERE p.statement = st.key AND p.role = 3 AND p.actor IN %.*s)",
                      STR_ARG(actor_list(l, q->voice)));
    if (q->words) narrow |= where_words(l, &b, str_of(q->words));
    if (few) *few = narrow || q->root || q->factuality || q->stance || q->voice || f->outlet.len;
    str where = arena_copy(a, buffer_view(&b));
    buffer_free(&b);
    return where;
}

bool filters_pass_day(const filters *f, day from, day to) {
    if (f->from != DAY_NONE && (to == DAY_NONE || to < f->from)) return false;
    return f->to == DAY_NONE || (from != DAY_NONE && from <= f->to);
}

bool named_matches(const typed_name *wanted, str part) { return str_eq(wanted->typed, part) || (wanted->fold.len && words_within(wanted->fold, part)); }

bool filters_pass_outlet(ledger *l, const filters *f, str outlet) {
    return !f->outlet.len || str_eq(f->outlet, fold_name(&l->scratch, agency_name(l, outlet)));
}
