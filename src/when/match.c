/* Patterns against pieces: a small backtracking matcher. */
#include "when/grammar.h"


static bool word_is(const grammar *g, const piece *p, const char *text) { return p->word && str_is(g->words[p->word].text, text); }

static int value_of(const grammar *g, const piece *p, time_class class) {
    const sense *s = p->word ? grammar_sense(g, p->word, class) : NULL;
    return s ? s->number : -1;
}

/* Is the piece at `at` the mark, without space before it? */
static bool glued_mark(const grammar *g, const piece *pieces, size_t count, size_t at, const char *mark) {
    return at < count && pieces[at].glued && word_is(g, &pieces[at], mark);
}

/* Digits with thousands and a decimal fraction: 2,000 2.5; number of pieces, 0 if it is none. */
static size_t digits_read(const grammar *g, const piece *pieces, size_t count, size_t at, double *amount) {
    if (pieces[at].kind != PIECE_DIGITS || pieces[at].number < 0) return 0;
    size_t i = at + 1;
    *amount = pieces[at].number;
    while (glued_mark(g, pieces, count, i, ",") && i + 1 < count && pieces[i + 1].glued && pieces[i + 1].digits == 3) {
        *amount = *amount * 1000 + pieces[i + 1].number;
        i += 2;
    }
    if (glued_mark(g, pieces, count, i, ".") && i + 1 < count && pieces[i + 1].glued && pieces[i + 1].kind == PIECE_DIGITS && pieces[i + 1].digits < 4) {
        double part = pieces[i + 1].number;
        for (int k = 0; k < pieces[i + 1].digits; k++) part /= 10;
        *amount += part;
        i += 2;
    }
    return i - at;
}

/* "two hundred and fifty", "twenty-five"; 0 pieces if it is none. */
static size_t cardinal_read(const grammar *g, const piece *pieces, size_t count, size_t at, double *amount) {
    double total = 0, group = 0;
    size_t i = at, end = at;
    for (; i < count; i++) {
        int v = value_of(g, &pieces[i], CARDINAL);
        if (v < 0) {
            bool joins = word_is(g, &pieces[i], "-") || (word_is(g, &pieces[i], "and") && group >= 100);
            if (i > at && joins && i + 1 < count && value_of(g, &pieces[i + 1], CARDINAL) >= 0 && value_of(g, &pieces[i + 1], CARDINAL) < 100) continue;
            break;
        }
        if (v == 100) group = (group > 0 ? group : 1) * 100;
        else if (v == 1000) total += (group > 0 ? group : 1) * 1000, group = 0;
        else if (group > 0 && (int)group % 10 != 0) break;
        else group += v;
        end = i + 1;
    }
    *amount = total + group;
    return end - at;
}

size_t number_read(const grammar *g, const piece *pieces, size_t count, size_t at, double *amount, bool *unknown, bool *article) {
    size_t i = at;
    *unknown = *article = false;
    *amount = 1;
    bool one = word_is(g, &pieces[i], "a") || word_is(g, &pieces[i], "an");
    if (word_is(g, &pieces[i], "a") && i + 1 < count) {
        const piece *next = &pieces[i + 1];
        bool pair = word_is(g, next, "couple"), vague = word_is(g, next, "few") || word_is(g, next, "number") || word_is(g, next, "handful");
        if (pair || vague) {
            *amount = 2;
            *unknown = vague;
            bool of = i + 2 < count && word_is(g, &pieces[i + 2], "of");
            return of ? 3 : 2;
        }
        if (value_of(g, next, CARDINAL) >= 12) one = false, i++;
    }
    size_t n = 0;
    if (one) {
        *article = true;
        n = 1;
    } else if ((n = digits_read(g, pieces, count, i, amount)) == 0 && (n = cardinal_read(g, pieces, count, i, amount)) == 0) {
        if (value_of(g, &pieces[i], MANY) < 0) return 0;
        *unknown = true;
        bool of = i + 1 < count && word_is(g, &pieces[i + 1], "of");
        return (of ? 2 : 1) + i - at;
    }
    i += n;
    /* two and a half; 2-1/2 is left alone */
    if (i + 2 < count && word_is(g, &pieces[i], "and") && word_is(g, &pieces[i + 1], "a") && word_is(g, &pieces[i + 2], "half")) *amount += 0.5, i += 3;
    return i - at;
}

/* ---- classes ---- */

static const char *suffix_of_ordinal(int n) {
    static const char *const by_last[] = {"th", "st", "nd", "rd"};
    int last = n % 10, teens = n / 10 % 10 == 1;
    return last <= 3 && !teens ? by_last[last] : "th";
}

static bool spelt(const char *text, const piece *p, const char *lower) {
    size_t n = strlen(lower);
    if (p->end - p->start != n) return false;
    for (size_t i = 0; i < n; i++)
        if ((text[p->start + i] | 32) != lower[i]) return false;
    return true;
}

/* 21st, first, twenty-first: its pieces, 0 if none. */
static size_t ordinal_read(const grammar *g, const piece *pieces, size_t count, size_t at, const char *text, int *out) {
    const piece *p = &pieces[at];
    if (p->kind == PIECE_DIGITS && p->digits <= 2 && at + 1 < count && pieces[at + 1].glued && spelt(text, &pieces[at + 1], suffix_of_ordinal(p->number)))
        return *out = p->number, 2;
    int v = value_of(g, p, ORDINAL);
    if (v > 0) return *out = v, 1;
    v = value_of(g, p, CARDINAL);
    if ((v == 20 || v == 30) && at + 2 < count && word_is(g, &pieces[at + 1], "-")) {
        int unit = value_of(g, &pieces[at + 2], ORDINAL);
        if (unit > 0 && unit < 10) return *out = v + unit, 3;
    }
    return 0;
}

static size_t digits_in(const piece *p, int digits, int low, int high) {
    return p->kind == PIECE_DIGITS && (digits == 0 ? p->digits <= 2 : p->digits == digits) && p->number >= low && p->number <= high;
}

static void add(int *list, int *count, int most, int value) {
    if (*count < most) list[(*count)++] = value;
}

/* With the stop of an abbreviation. */
static size_t with_stop(const grammar *g, const piece *pieces, size_t count, size_t at, uint32_t longest) {
    const piece *p = &pieces[at];
    if (str_in(g->words[p->word].text, "may june july")) return 1;
    return p->end - p->start <= longest && glued_mark(g, pieces, count, at + 1, ".") ? 2 : 1;
}

static void copy_text(char *to, size_t room, str s) {
    size_t n = s.len < room - 1 ? s.len : room - 1;
    memcpy(to, s.ptr, n);
    to[n] = '\0';
}

static size_t lexical(const grammar *g, const piece *pieces, size_t count, size_t at, time_class class, capture *got) {
    const piece *p = &pieces[at];
    const sense *s = p->word ? grammar_sense(g, p->word, class) : NULL;
    if (!s) return 0;
    switch (class) {
    case MONTH:
        if (!p->capital) return 0;
        add(got->month, &got->month_count, 2, s->number);
        return with_stop(g, pieces, count, at, 4);
    case ABBRDAY:
        if (!p->capital || (with_stop(g, pieces, count, at, 5) == 1 && !(at + 1 < count && pieces[at + 1].word && g->words[pieces[at + 1].word].classes & CLASS_BIT(MONTH)) && !glued_mark(g, pieces, count, at + 1, ",")))
            return 0;
        got->weekday = s->number, got->has_weekday = true;
        return with_stop(g, pieces, count, at, 5);
    case WEEKDAY: case WEEKDAYS:
        if (!p->capital) return 0;
        got->weekday = s->number, got->has_weekday = true;
        return 1;
    case UNIT: case UNITS: case LONG:
        if (got->unit_count < 2) got->unit[got->unit_count++] = s->text.ptr[0];
        return 1;
    case SHIFT: got->shift = s->number, got->has_shift = true; return 1;
    case PART: copy_text(got->part, sizeof got->part, s->text); return 1;
    case SEASON: copy_text(got->season, sizeof got->season, s->text); return 1;
    case EDGE: copy_text(got->edge, sizeof got->edge, s->text); return 1;
    case DECADEWORD: got->hundred = 1900 + s->number; return 1;
    case DAYWORD: got->dayword = s->number, got->has_dayword = true; return 1;
    case ZONE: got->zone = s->number, got->has_zone = true; return 1;
    case FEAST: {
        long m = 0, d = 0;
        str rest = s->text, field;
        if (str_split(&rest, '-', &field)) str_to_long(field, &m);
        if (str_split(&rest, '-', &field)) str_to_long(field, &d);
        got->feast_month = (int)m, got->feast_day = (int)d;
        return p->capital;
    }
    case FREQUENT: got->frequent = s->text; return 1;
    case APPROX: got->mod = "APPROX"; return 1;
    case LESS: got->mod = "LESS_THAN"; return 1;
    case MORE: got->mod = "MORE_THAN"; return 1;
    case CARDINAL:
        if (got->number_count < 2) got->amount[got->number_count++] = s->number;
        return 1;
    default: return 1;
    }
}

static size_t ampm_read(const grammar *g, const piece *pieces, size_t count, size_t at, const char *text, capture *got) {
    const piece *p = &pieces[at];
    (void)g;
    if (spelt(text, p, "am") || spelt(text, p, "pm")) {
        got->pm = (text[p->start] | 32) == 'p', got->am = !got->pm;
        return 1;
    }
    if (!(spelt(text, p, "a") || spelt(text, p, "p")) || at + 2 >= count || !glued_mark(g, pieces, count, at + 1, ".") || !spelt(text, &pieces[at + 2], "m")) return 0;
    got->pm = (text[p->start] | 32) == 'p', got->am = !got->pm;
    return glued_mark(g, pieces, count, at + 3, ".") ? 4 : 3;
}

static size_t computed(const grammar *g, const piece *pieces, size_t count, size_t at, time_class class, const char *text, capture *got) {
    const piece *p = &pieces[at];
    size_t n;
    int v = 0;
    double amount;
    bool unknown, article;
    switch (class) {
    case YEAR:
        if (!digits_in(p, 4, 1000, 2199)) return 0;
        add(got->year, &got->year_count, 2, p->number);
        return 1;
    case YY: got->two_digit_year = true; if (!digits_in(p, 2, 0, 99)) return 0; add(got->year, &got->year_count, 2, p->number); return 1;
    case DAY:
        if ((n = ordinal_read(g, pieces, count, at, text, &v)) == 0 && !(n = digits_in(p, 0, 1, 31))) return 0;
        if (!v) v = p->number;
        if (v > 31 || (n == 1 && p->kind == PIECE_DIGITS && at + 2 < count && pieces[at + 1].glued && pieces[at + 2].glued && pieces[at + 2].kind == PIECE_DIGITS &&
                       (word_is(g, &pieces[at + 1], ":") || word_is(g, &pieces[at + 1], "."))))
            return 0;
        add(got->day, &got->day_count, 2, v);
        return n;
    case NTH: case NTHC: case NTHDAY:
        if ((n = ordinal_read(g, pieces, count, at, text, &v)) == 0 || (class == NTHDAY && (p->kind != PIECE_DIGITS || v > 31))) return 0;
        got->ordinal = v;
        if (class == NTHDAY) add(got->day, &got->day_count, 2, v);
        return n;
    case HOUR: got->hour = p->number; return digits_in(p, 0, 0, 24);
    case MINUTE: if (!digits_in(p, 2, 0, 59)) return 0; add(got->minute, &got->minute_count, 2, p->number); return 1;
    case HHMM:
        if (!digits_in(p, 4, 0, 2400) || p->number % 100 > 59) return 0;
        got->hour = p->number / 100, got->minute[0] = p->number % 100, got->minute_count = 1;
        return 1;
    case AMPM: return ampm_read(g, pieces, count, at, text, got);
    case HUNDRED: got->hundred = p->number; return digits_in(p, 4, 1000, 2090) && p->number % 10 == 0;
    case MM: if (!digits_in(p, 0, 1, 12)) return 0; add(got->month, &got->month_count, 2, p->number); return 1;
    case DD: if (!digits_in(p, 0, 1, 31)) return 0; add(got->day, &got->day_count, 2, p->number); return 1;
    case NN: if (!digits_in(p, 0, 1, 31)) return 0; add(got->day, &got->day_count, 2, p->number); return 1;
    case CARD: case NUM:
        n = number_read(g, pieces, count, at, &amount, &unknown, &article);
        if (n == 0 || (class == CARD && (unknown || article))) return 0;
        if (got->number_count < 2) {
            if (got->number_count == 0) got->article = article, got->first_digits = p->digits;
            got->unknown[got->number_count] = unknown;
            got->amount[got->number_count++] = amount;
        }
        return n;
    case WORD: return p->kind == PIECE_WORD;
    case ASIDE:
        if (!(word_is(g, p, "+") || word_is(g, p, "-")) || at + 1 >= count || pieces[at + 1].kind != PIECE_DIGITS) return 0;
        return 2;
    default: return 0;
    }
}

/* Pieces that one element takes at `at` (0: it does not fit), trying words first, then classes in order. */
static size_t element_match(const grammar *g, const element *x, const piece *pieces, size_t count, size_t at, const char *text, capture *got) {
    if (at >= count || (x->glued && !pieces[at].glued)) return 0;
    for (int w = 0; w < x->word_count; w++)
        if (pieces[at].word == x->words[w]) {
            const sense *unit = grammar_sense(g, x->words[w], UNIT), *edge = grammar_sense(g, x->words[w], EDGE), *part = grammar_sense(g, x->words[w], PART),
                        *shift = grammar_sense(g, x->words[w], SHIFT);
            if (shift && !got->has_shift) got->shift = shift->number, got->has_shift = true;
            if (unit && got->unit_count < 2) got->unit[got->unit_count++] = unit->text.ptr[0];
            if (edge && !got->edge[0] && !unit) copy_text(got->edge, sizeof got->edge, edge->text);
            if (part && !got->part[0]) copy_text(got->part, sizeof got->part, part->text);
            return 1;
        }
    for (int c = 0; c < CLASS_COUNT; c++) {
        if (!(x->classes & CLASS_BIT(c))) continue;
        capture saved = *got;
        size_t n = c < CLASS_LEXICAL ? lexical(g, pieces, count, at, (time_class)c, got) : computed(g, pieces, count, at, (time_class)c, text, got);
        if (n > 0) return n;
        *got = saved;
    }
    return 0;
}

typedef struct attempt {
    const grammar *g;
    const time_rule *rule;
    const piece *pieces;
    size_t count;
    const char *text;
} attempt;

static bool match_from(const attempt *a, int index, size_t at, capture *got) {
    if (index == a->rule->open) got->first = at;
    if (index == a->rule->close) got->last = at;
    if (index == a->rule->element_count) return got->last > got->first;
    const element *x = &a->rule->elements[index];
    capture saved = *got;
    size_t n = element_match(a->g, x, a->pieces, a->count, at, a->text, got);
    if (x->refused) {
        *got = saved;
        return n == 0 && match_from(a, index + 1, at, got);
    }
    if (n > 0) {
        if (index > 0 && a->rule->action == ACT_RANGE && x->word_count && !x->optional) got->second = at + n; /* behind the joining word */
        if (match_from(a, index + 1, at + n, got)) return true;
        *got = saved;
    }
    return x->optional && match_from(a, index + 1, at, got);
}

bool rule_match(const grammar *g, const time_rule *rule, const piece *pieces, size_t count, size_t at, const char *text, capture *got) {
    *got = (capture){0};
    attempt a = {g, rule, pieces, count, text};
    return match_from(&a, 0, at, got);
}
