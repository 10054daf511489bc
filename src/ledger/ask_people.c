/* Questions about persons: appearances, and the gaps between them (docs/ledger.md, A4). Rows of table `answer` for appearances stand under
 * "person/STATE|…", so one person's are found without walking over all others'. */
#include <stdlib.h>

#include "base/json.h"
#include "ledger/facts.h"
#include "ledger/questions.h"

enum { UNWATCHED = 30, LEAST_FOR_GAPS = 4 };

/* The next person behind `*at`, by place; false when there is none. */
static bool next_person(ledger *l, str *at, str *who, str *country) {
    sqlite3_stmt *s = db_query(l, "SELECT place FROM answer WHERE question = 'appearances' AND place > ? ORDER BY place LIMIT 1", "s", *at);
    bool found = db_step(l, s);
    if (found) {
        str place = arena_copy(&l->scratch, db_str(s, 0)), rest = place, whole;
        str_split(&rest, '|', &whole);
        *at = arena_format(&l->scratch, "%.*s}", STR_ARG(whole)); /* behind all of this person's: '}' follows '|' */
        *country = STR(""), *who = whole;
        for (uint32_t i = whole.len; i-- > 0;)
            if (whole.ptr[i] == '/') {
                *who = str_sub(whole, 0, i), *country = str_sub(whole, i + 1, whole.len);
                break;
            }
    }
    if (s) sqlite3_reset(s);
    return found;
}

static bool asked_for(const filters *f, str who, str country) {
    bool fits = !f->name_who.typed.len || named_matches(&f->name_who, who) || str_eq(f->name_who.typed, country);
    return fits && (!f->name_country.typed.len || str_eq(f->name_country.typed, country));
}

static bool in_company(const filters *f, str names) {
    str part;
    if (!f->name_whom.typed.len) return true;
    while (str_split(&names, '|', &part))
        if (named_matches(&f->name_whom, part)) return true;
    return false;
}

static sqlite3_stmt *rows_of_person(ledger *l, str who, str country) {
    return db_query(l, "SELECT day, known, who, outlet, row FROM answer WHERE question = 'appearances' AND place >= ?1 || '|' AND place < ?1 || '}' ORDER BY place", "s",
                    arena_format(&l->scratch, "%.*s/%.*s", STR_ARG(who), STR_ARG(country)));
}

void ask_appearances(ledger *l, const filters *f, long limit, answer_rows *rows) {
    str at = STR(""), who, country;
    long taken = 0;
    while ((limit <= 0 || taken < limit) && next_person(l, &at, &who, &country)) {
        if (!asked_for(f, who, country)) continue;
        sqlite3_stmt *s = rows_of_person(l, who, country);
        while ((limit <= 0 || taken < limit) && db_step(l, s)) {
            day when = db_day(s, 0), known = db_day(s, 1);
            if ((f->since != DAY_NONE && known < f->since) || !filters_pass_day(f, when, when) || !in_company(f, db_str(s, 2))) continue;
            if (f->outlet.len && !filters_pass_outlet(l, f, db_str(s, 3))) continue;
            rows_add_text(rows, db_str(s, 4)), taken++;
        }
        if (s) sqlite3_reset(s);
    }
}

/* ---- gaps ---- */

static int by_day(const void *p, const void *q) { return (*(const day *)p > *(const day *)q) - (*(const day *)p < *(const day *)q); }

typedef struct days { day *list; size_t n, capacity; } days;

/* Days on which anything is held, rising. */
static days held_days(ledger *l) {
    days held = {0};
    sqlite3_stmt *s = db_query(l, "SELECT DISTINCT day FROM document INDEXED BY document_held WHERE readable = 1 AND imported = 0 AND day IS NOT NULL ORDER BY day", "");
    while (db_step(l, s)) arena_push(&l->scratch, held.list, held.n, held.capacity, db_day(s, 0));
    return held;
}

static size_t first_behind(const days *held, day d) {
    size_t low = 0, high = held->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (held->list[middle] <= d) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Is something held all through, with no more than UNWATCHED days on end without? */
static bool watched(const days *held, day from, day to) {
    day last = from;
    for (size_t i = first_behind(held, from); i < held->n && held->list[i] <= to; i++) {
        if (held->list[i] - last > UNWATCHED) return false;
        last = held->list[i];
    }
    return to - last <= UNWATCHED;
}

static int days_between(const days *held, day from, day to) {
    int count = 0;
    for (size_t i = first_behind(held, from); i < held->n && held->list[i] < to; i++) count++;
    return count;
}

typedef struct gap { int length; bool judged; } gap;

static json_t *gap_row(ledger *l, str name, const days *seen, const gap *gaps, size_t i, const days *held, bool daily) {
    int longer = 0, others = -1;
    json_t *row = json_object();
    for (size_t k = 0; k + 1 < seen->n; k++) others += gaps[k].judged, longer += k != i && gaps[k].judged && gaps[k].length >= gaps[i].length;
    row_str(row, "person", name);
    row_str(row, "last_seen", day_text(&l->scratch, seen->list[i]));
    row_str(row, "seen_again", day_text(&l->scratch, seen->list[i + 1]));
    row_int(row, "days", gaps[i].length);
    json_object_set_new(row, "judged", json_boolean(gaps[i].judged));
    if (gaps[i].judged) {
        row_int(row, "gaps_at_least_as_long", longer);
        row_int(row, "other_gaps", others);
        row_real(row, "p", (1.0 + longer) / (others + 1.0), 4);
    }
    row_int(row, "days_held_between", days_between(held, seen->list[i], seen->list[i + 1]));
    row_str(row, "counting", daily ? STR("one appearance a day") : STR("every report of its own"));
    return row;
}

/* Days counted of one person, rising: the ends of the places, so that no row is read. */
static days seen_days(ledger *l, str who, str country, bool daily) {
    days seen = {0};
    size_t distinct = 0;
    sqlite3_stmt *s = db_query(l, "SELECT place FROM answer WHERE question = 'appearances' AND place >= ?1 || '|' AND place < ?1 || '}' ORDER BY place", "s",
                               arena_format(&l->scratch, "%.*s/%.*s", STR_ARG(who), STR_ARG(country)));
    while (db_step(l, s)) {
        str place = db_str(s, 0);
        char hexadecimal[9] = "";
        if (place.len > 9) memcpy(hexadecimal, place.ptr + place.len - 8, 8);
        arena_push(&l->scratch, seen.list, seen.n, seen.capacity, (day)(strtoul(hexadecimal, NULL, 16) - 0x80000000u));
    }
    if (seen.n) qsort(seen.list, seen.n, sizeof *seen.list, by_day);
    for (size_t k = 0; k < seen.n; k++)
        if (!daily || distinct == 0 || seen.list[distinct - 1] != seen.list[k]) seen.list[distinct++] = seen.list[k];
    seen.n = distinct;
    return seen;
}

static str person_of(ledger *l, str who, str country) {
    sqlite3_stmt *s = rows_of_person(l, who, country);
    json_t *row = db_step(l, s) ? json_read(db_str(s, 4).ptr, db_str(s, 4).len, 0, NULL) : NULL;
    str name = arena_copy(&l->scratch, json_get_str(row, "person"));
    json_decref(row);
    if (s) sqlite3_reset(s);
    return name;
}

void ask_gaps(ledger *l, const filters *f, long limit, answer_rows *rows) {
    bool daily = !(f->asked->counting && strcmp(f->asked->counting, "document") == 0);
    str at = STR(""), who, country, name = STR("");
    days held = held_days(l);
    long taken = 0;
    while ((limit <= 0 || taken < limit) && next_person(l, &at, &who, &country)) {
        if (!asked_for(f, who, country) || f->name_whom.typed.len) continue;
        days seen = seen_days(l, who, country, daily);
        if (seen.n < LEAST_FOR_GAPS) continue;
        gap *gaps = arena_array(&l->scratch, gap, seen.n);
        for (size_t k = 0; k + 1 < seen.n; k++) gaps[k] = (gap){seen.list[k + 1] - seen.list[k], watched(&held, seen.list[k], seen.list[k + 1])};
        bool named = false;
        for (size_t k = 0; k + 1 < seen.n && (limit <= 0 || taken < limit); k++) {
            day from = seen.list[k], to = seen.list[k + 1];
            if (!filters_pass_day(f, from, from) || (f->since != DAY_NONE && to < f->since)) continue;
            if (!named) name = person_of(l, who, country), named = true;
            rows_add(rows, gap_row(l, name, &seen, gaps, k, &held, daily)), taken++;
        }
    }
}
