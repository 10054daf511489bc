#include "ledger/appearances.h"

#include <stdlib.h>

#include "base/lexicon.h"
#include "base/utf8.h"
#include "ledger/answers.h"

enum { RECENT = 10, REPORT_APART = 2, UNWATCHED = 30, LEAD_SENTENCES = 6, LEAST_FOR_GAPS = 4, MOST_APPEARANCES = 20000 };

typedef struct occasion { str category, word; bool open; } occasion; /* open: any ending */

typedef struct appearance {
    int32_t person;
    day date, reported;
    str place, category;
    int32_t document; /* the original, where it is a copy */
    str doc_id, story;
    int64_t statement;
} appearance;

typedef struct appearances {
    facts *f;
    occasion *occasions;
    size_t occasion_count, occasion_capacity;
    appearance *list;
    size_t count, capacity;
} appearances;

static void load_occasions(appearances *a) {
    lexicon *lex;
    rap_error e;
    lexicon_line line = {0};
    if (lexicon_open(&lex, a->f->l->lexicon_folder, &e) != RAP_OK) return;
    str text = arena_copy(a->f->home, lexicon_file(lex, "appearances.tsv"));
    lexicon_close(lex);
    while (lexicon_next(text, &line)) {
        str rest = line.field[1], word;
        while (str_split(&rest, '|', &word)) {
            bool open = str_ends(word, "*");
            if (open) word.len--;
            arena_push(a->f->home, a->occasions, a->occasion_count, a->occasion_capacity, ((occasion){line.field[0], utf8_lower(a->f->home, word), open}));
        }
    }
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

static bool holds(str text, const occasion *o) {
    for (uint32_t i = 0; i + o->word.len <= text.len; i++) {
        if (memcmp(text.ptr + i, o->word.ptr, o->word.len) != 0 || (i && letter(text.ptr[i - 1]))) continue;
        if (o->open || i + o->word.len == text.len || !letter(text.ptr[i + o->word.len])) return true;
    }
    return false;
}

static str category_of(const appearances *a, str text) {
    for (size_t i = 0; i < a->occasion_count; i++)
        if (holds(text, &a->occasions[i])) return a->occasions[i].category;
    return STR("");
}

typedef struct setting { str sentence, title; int position; } setting; /* lower case; sentence's number in its document's body, from 0; -1 in the title */

static setting setting_of(appearances *a, const fact *t) {
    ledger *l = a->f->l;
    arena *home = &l->scratch;
    setting s = {STR(""), STR(""), 0};
    sqlite3_stmt *q = db_query(l,
        "SELECT CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT), COALESCE(d.section, '') || ': ' || COALESCE(d.title, ''), b.name,"
        " (SELECT count(*) FROM sentence s2 WHERE s2.document = se.document AND s2.block = se.block AND s2.start < se.start)"
        " FROM statement st JOIN document d ON d.key = st.document JOIN sentence se ON se.key = st.sentence JOIN block b ON b.document = se.document AND b.ordinal = se.block WHERE st.key = ?", "l", t->key);
    if (db_step(l, q)) {
        s.sentence = utf8_lower(home, arena_copy(home, db_str(q, 0)));
        s.title = utf8_lower(home, arena_copy(home, db_str(q, 1)));
        s.position = str_is(db_str(q, 2), "body") ? sqlite3_column_int(q, 3) : -1;
    }
    sqlite3_reset(q);
    return s;
}

/* A1, and the person whose appearance it is. */
static bool shows(const facts *f, const fact *t, int32_t shown) {
    if (shown < 0 || !f->persons[shown].named || !f->persons[shown].country.len || t->dropped || t->leans != LEANS_YES) return false;
    if (str_is(t->event, "CONSULT")) return !str_is(t->mode, "phone") && !str_is(t->mode, "third-party");
    return str_is(t->mode, "appear");
}

static bool recent(const fact *t) {
    if (t->published == DAY_NONE) return false; /* without a date a document enters no series */
    if (t->from == DAY_NONE) return !t->background;
    return t->to >= t->published - RECENT && t->from <= t->published;
}

/* A title that names the person and an occasion ("… Oversees Test-fire") makes whatever the person does in that dispatch an appearance. */
static bool titled(const appearances *a, int32_t shown, const setting *s, str headline) {
    str who = a->f->persons[shown].who;
    return headline.len && str_find(fold_name(&a->f->l->scratch, s->title), who) >= 0;
}

static str final_category(const facts *f, const fact *t, int32_t shown, str own, str headline) {
    int32_t other = shown == t->source ? t->target : t->source;
    bool somebody = other >= 0 && f->persons[other].country.len && !f->persons[other].state;
    if (str_is(t->event, "CONSULT") && somebody && !str_is(headline, "inspection") && !str_is(headline, "field guidance")) return STR("reception");
    return headline.len ? headline : own.len ? own : STR("appearance");
}

static void consider(appearances *a, const fact *t, int32_t shown) {
    const facts *f = a->f;
    const fact_document *d = &f->documents[t->document];
    if (shown < 0 || t->dropped || t->leans != LEANS_YES || !f->persons[shown].named || !f->persons[shown].country.len || !recent(t)) return;
    setting s = setting_of(a, t);
    str own = category_of(a, s.sentence), headline = category_of(a, s.title);
    if (str_is(headline, "no:absence")) headline = STR(""); /* "… appears not to have met": the text may still say where the person was */
    if (str_starts(own, "no:") || str_starts(headline, "no:")) return; /* A2 */
    bool by_title = shown == t->source && titled(a, shown, &s, headline);
    if (!by_title && (!shows(f, t, shown) || (s.position >= LEAD_SENTENCES && !headline.len && !(own.len && str_is(t->mode, "appear"))))) return;
    bool dated = t->from != DAY_NONE && t->from == t->to && !(by_title && !shows(f, t, shown));
    appearance x = {shown, dated ? t->from : DAY_NONE, t->published, t->place < 0 ? STR("") : f->places[t->place].name, final_category(f, t, shown, own, headline), d->original,
                    f->documents[d->original].id, d->story, t->key};
    arena_push(f->home, a->list, a->count, a->capacity, x);
}

static int by_person_report(const void *p, const void *q) {
    const appearance *x = p, *y = q;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    if (x->reported != y->reported) return x->reported < y->reported ? -1 : 1;
    int c = str_compare(x->doc_id, y->doc_id);
    if (!c && x->date != y->date) c = x->date < y->date ? 1 : -1; /* dated first */
    if (!c) c = str_compare(x->category, y->category);
    return c ? c : str_compare(x->place, y->place);
}

/* ---- rows (A3) ---- */

typedef struct occurrence {
    size_t *member, n, capacity;
    day date, reported, counted;
    str place, category;
} occurrence;

static bool same_occasion(const appearances *a, const occurrence *o, const appearance *x) {
    const appearance *first = &a->list[o->member[0]];
    if (first->person != x->person) return false;
    if (o->date != DAY_NONE && x->date != DAY_NONE) return o->date == x->date && (str_eq(o->category, x->category) || str_eq(first->doc_id, x->doc_id));
    if (str_eq(first->doc_id, x->doc_id)) return true;
    if (x->reported - o->reported > REPORT_APART || !str_eq(o->category, x->category)) return false;
    return (o->place.len && str_eq(o->place, x->place)) || (x->story.len && str_eq(first->story, x->story));
}

static size_t group(appearances *a, occurrence **out) {
    occurrence *list = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < a->count; i++) {
        const appearance *x = &a->list[i];
        size_t at = count;
        for (size_t k = count; k-- > 0 && at == count && a->list[list[k].member[0]].person == x->person && count - k < 40;)
            if (same_occasion(a, &list[k], x)) at = k;
        if (at == count) arena_push(a->f->home, list, count, capacity, ((occurrence){.date = DAY_NONE, .reported = x->reported, .category = x->category, .place = STR("")}));
        occurrence *o = &list[at];
        arena_push(a->f->home, o->member, o->n, o->capacity, i);
        if (o->date == DAY_NONE) o->date = x->date;
        if (!o->place.len) o->place = x->place;
        o->counted = o->date != DAY_NONE ? o->date : o->reported;
    }
    *out = list;
    return count;
}

static json_t *documents(appearances *a, const occurrence *o) {
    json_t *list = json_array();
    for (size_t i = 0; i < o->n; i++) {
        str id = a->list[o->member[i]].doc_id;
        if (i == 0 || !str_eq(id, a->list[o->member[i - 1]].doc_id)) json_array_append_new(list, json_stringn(id.ptr, id.len));
    }
    return list;
}

static void store_rows(appearances *a, const occurrence *list, size_t n) {
    facts *f = a->f;
    for (size_t i = 0; i < n; i++) {
        const occurrence *o = &list[i];
        const person *p = &f->persons[a->list[o->member[0]].person];
        json_t *row = json_object();
        row_str(row, "person", p->name);
        if (o->date != DAY_NONE) row_str(row, "date", day_text(f->home, o->date));
        else row_null(row, "date");
        row_str(row, "reported", day_text(f->home, o->reported));
        row_str(row, "place", o->place);
        row_str(row, "category", o->category);
        json_object_set_new(row, "documents", documents(a, o));
        json_object_set_new(row, "evidence", evidence(f->l, a->list[o->member[0]].statement));
        str who = arena_format(f->home, "%.*s|%.*s", STR_ARG(p->name), STR_ARG(p->country));
        answer_put(f->l, "appearances", (int)i, o->counted, who, f->documents[a->list[o->member[0]].document].outlet, row);
    }
}

/* ---- gaps (A4) ---- */

static int by_day(const void *p, const void *q) { return (*(const day *)p > *(const day *)q) - (*(const day *)p < *(const day *)q); }

/* Days on which anything is held, rising: one array for all. */
static size_t held_days(const facts *f, day **out) {
    day *d = arena_array(f->home, day, f->document_count + 1);
    size_t n = 0, distinct = 0;
    for (size_t i = 0; i < f->document_count; i++)
        if (f->documents[i].day != DAY_NONE && f->documents[i].readable && !f->documents[i].imported) d[n++] = f->documents[i].day;
    qsort(d, n, sizeof *d, by_day);
    for (size_t i = 0; i < n; i++)
        if (!distinct || d[distinct - 1] != d[i]) d[distinct++] = d[i];
    *out = d;
    return distinct;
}

/* Is something held all through, with no more than UNWATCHED days on end without? */
static bool watched(const day *held, size_t n, day from, day to) {
    day last = from;
    for (size_t i = 0; i < n && held[i] <= to; i++) {
        if (held[i] <= from) continue;
        if (held[i] - last > UNWATCHED) return false;
        last = held[i];
    }
    return to - last <= UNWATCHED;
}

static int days_between(const day *held, size_t n, day from, day to) {
    int count = 0;
    for (size_t i = 0; i < n; i++) count += held[i] > from && held[i] < to;
    return count;
}

typedef struct run { const day *seen; size_t n; const day *held; size_t held_count; const bool *judged; } run;

static void gap_row(facts *f, const person *p, const run *r, size_t i, int ordinal, bool daily) {
    int longer = 0, others = -1, t = r->seen[i + 1] - r->seen[i];
    for (size_t k = 0; k + 1 < r->n; k++) others += r->judged[k], longer += k != i && r->judged[k] && r->seen[k + 1] - r->seen[k] >= t;
    json_t *row = json_object();
    row_str(row, "person", p->name);
    row_str(row, "last_seen", day_text(f->home, r->seen[i]));
    row_str(row, "seen_again", day_text(f->home, r->seen[i + 1]));
    row_int(row, "days", t);
    json_object_set_new(row, "judged", json_boolean(r->judged[i]));
    if (r->judged[i]) {
        row_int(row, "gaps_at_least_as_long", longer);
        row_int(row, "other_gaps", others);
        row_real(row, "p", (1.0 + longer) / (others + 1.0), 4);
    }
    row_int(row, "days_held_between", days_between(r->held, r->held_count, r->seen[i], r->seen[i + 1]));
    row_str(row, "counting", daily ? STR("one appearance a day") : STR("every report of its own"));
    answer_put(f->l, daily ? "gaps" : "gaps/document", ordinal, r->seen[i], arena_format(f->home, "%.*s|%.*s", STR_ARG(p->name), STR_ARG(p->country)), STR(""), row);
}

static void store_gaps(appearances *a, const occurrence *list, size_t n, bool daily) {
    facts *f = a->f;
    int ordinal = 0;
    day *held;
    size_t held_count = held_days(f, &held);
    for (size_t i = 0, j; i < n; i = j) {
        int32_t who = a->list[list[i].member[0]].person;
        for (j = i; j < n && a->list[list[j].member[0]].person == who; j++) {}
        day *d = arena_array(f->home, day, j - i);
        size_t m = 0;
        for (size_t k = i; k < j; k++) d[m++] = list[k].counted;
        qsort(d, m, sizeof *d, by_day);
        size_t distinct = 0;
        for (size_t k = 0; k < m; k++)
            if (!daily || distinct == 0 || d[distinct - 1] != d[k]) d[distinct++] = d[k];
        if (distinct < LEAST_FOR_GAPS) continue;
        bool *judged = arena_array(f->home, bool, distinct + 1);
        for (size_t k = 0; k + 1 < distinct; k++) judged[k] = watched(held, held_count, d[k], d[k + 1]);
        run r = {d, distinct, held, held_count, judged};
        for (size_t k = 0; k + 1 < distinct; k++) gap_row(f, &f->persons[who], &r, k, ordinal++, daily);
    }
}

void appearances_store(facts *f) {
    appearances a = {.f = f};
    occurrence *list;
    load_occasions(&a);
    for (size_t i = 0; i < f->count && a.count < MOST_APPEARANCES; i++) {
        const fact *t = &f->list[i];
        consider(&a, t, t->source);
        if (str_is(t->event, "CONSULT")) consider(&a, t, t->target);
        if ((i & 1023) == 0) arena_reset(&f->l->scratch); /* settings are read there */
    }
    if (a.count) qsort(a.list, a.count, sizeof *a.list, by_person_report);
    size_t n = group(&a, &list);
    store_rows(&a, list, n);
    store_gaps(&a, list, n, true);
    store_gaps(&a, list, n, false);
}
