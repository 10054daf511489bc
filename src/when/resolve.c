/* TIMEX3 values (TimeML 1.2.1, TIDES 2005 for the letters) from what the patterns caught. One function an action, the table of them at the end. */
#include "when/resolve.h"

typedef struct reading {
    const when_frame *f;
    const time_rule *rule;
    const capture *got;
    resolved *out;
} reading;

static arena *home(const reading *r) { return &r->f->doc->home; }
static day today(const reading *r) { return r->f->now.date; }

static int32_t head_token(const reading *r) { return r->f->pieces[r->got->last - 1].token; }
static int direction(const reading *r) { return direction_of(r->f->doc, head_token(r)); }

/* The time that "that day" and "later" hang on: the one spoken of last, if it is as fine as the unit asked for, else the publication. */
static day anchor(const reading *r, char unit) {
    static const char order[] = "SNHDWFKMQYEC";
    const char *asked = strchr(order, unit), *have = strchr(order, r->f->reference_unit);
    return r->f->reference != DAY_NONE && asked && have && (have <= asked || *have == 'D') ? r->f->reference : today(r);
}

static bool said(const reading *r, size_t i, const char *word) {
    const piece *p = &r->f->pieces[i];
    return str_is_nocase((str){r->f->text + p->start, p->end - p->start}, word);
}

static bool said_anywhere(const reading *r, const char *words) {
    for (size_t i = r->got->first; i < r->got->last; i++) {
        const piece *p = &r->f->pieces[i];
        if (p->word && str_in(r->f->grammar->words[p->word].text, words)) return true;
    }
    return false;
}

static bool give(const reading *r, timex_type type, str value) {
    r->out->time.type = type;
    r->out->time.value = value;
    return true;
}

/* Gives a day, or the part of it that was caught. */
static bool give_day(const reading *r, day d) {
    if (d == DAY_NONE) return give(r, r->got->part[0] ? TIMEX_TIME : TIMEX_DATE, STR(""));
    str date = day_format(home(r), d);
    if (!r->got->part[0]) return give(r, TIMEX_DATE, date);
    return give(r, TIMEX_TIME, arena_format(home(r), "%.*sT%s", STR_ARG(date), r->got->part));
}

static bool give_period(const reading *r, day d, char unit) {
    if (d == DAY_NONE) return give(r, TIMEX_DATE, STR(""));
    if (unit == 'D' && r->got->part[0]) return give_day(r, d);
    return give(r, TIMEX_DATE, period_value(home(r), d, unit));
}

static int year_now(const reading *r) {
    int y, m, d;
    if (today(r) == DAY_NONE) return 0;
    day_parts(today(r), &y, &m, &d);
    return y;
}

static int full_year(const reading *r, int y) {
    if (y >= 100) return y;
    int now = year_now(r) ? year_now(r) : 2000;
    return y + (y <= now % 100 + 10 ? now / 100 * 100 : now / 100 * 100 - 100);
}

/* ---- dates ---- */

/* The year of a month (and day) named without one: the nearest that agrees with the tense. 0 when nothing is known. */
static int understood_year(const reading *r, int month, int dayofmonth) {
    day now = today(r);
    int y, m, d;
    if (now == DAY_NONE) return 0;
    r->out->time.relative = true;
    day_parts(now, &y, &m, &d);
    int toward = direction(r);
    /* "was arrested in May 2009 and released in July": the year just named in the sentence */
    if (r->f->reference != DAY_NONE && r->f->reference_sentence == r->f->doc->tokens[head_token(r)].sentence && toward <= 0) {
        int ry, rm, rd;
        day_parts(r->f->reference, &ry, &rm, &rd);
        bool year_only = r->f->reference_unit != 'M' && r->f->reference_unit != 'D';
        bool opens = r->f->reference_token - r->f->sentence->first <= 2; /* "In 2003, … in March"; not "since 2003 … as of March" */
        if (ry < y - 1 && (!year_only || opens)) return year_only ? ry : month >= rm ? ry : ry + 1;
    }
    int here = month * 31 + (dayofmonth ? dayofmonth : d), there = m * 31 + d, gap = here - there; /* in days, roughly, of the same year */
    if (!dayofmonth) gap = (month - m) * 31;
    if (toward < 0) return gap > (dayofmonth ? 1 : 0) ? y - 1 : y;
    if (toward > 0) return gap < -60 ? y + 1 : y; /* "will, as on 3 November": a recent day stays */
    return gap > 186 ? y - 1 : gap < -186 ? y + 1 : y;
}

static bool full_date(const reading *r, int y, int m, int d) {
    if (y && !day_valid(y, m, d)) return false;
    if (m < 1 || m > 12 || d < 1 || d > 31) return false;
    if (!y) return give(r, TIMEX_DATE, arena_format(home(r), "XXXX-%02d-%02d", m, d));
    return give_day(r, day_of(y, m, d));
}

static int shifted_year(const reading *r) {
    if (today(r) == DAY_NONE) return 0;
    r->out->time.relative = true;
    return year_now(r) + r->got->shift;
}

static bool year_of(const reading *r, int month, int dayofmonth, int *year) {
    const capture *g = r->got;
    if (g->year_count) *year = full_year(r, g->year[g->year_count - 1]);
    else if (g->has_shift && g->unit[0] == 'Y') *year = shifted_year(r);
    else *year = understood_year(r, month, dayofmonth);
    return *year > 0;
}

static bool act_month(const reading *r);

static bool act_date(const reading *r) {
    int y, m = r->got->month[0], d = r->got->day[0];
    if (!r->got->day_count && !r->got->month_count && r->got->year_count) return give(r, TIMEX_DATE, arena_format(home(r), "%04d", full_year(r, r->got->year[0])));
    if (!r->got->day_count) return act_month(r);
    year_of(r, m, d, &y);
    return full_date(r, y, m, d);
}

static bool act_slashes(const reading *r) {
    int a = r->got->day[0], b = r->got->day[1], y = full_year(r, r->got->year[0]);
    return a > 12 ? full_date(r, y, b, a) : full_date(r, y, a, b);
}

/* The year count of the DPRK: Juche 1 is 1912. */
static bool act_juche(const reading *r) {
    int y = 1911 + (int)r->got->amount[0];
    if (r->got->amount[0] < 1 || r->got->amount[0] > 200) return false;
    if (r->got->day_count) return full_date(r, y, r->got->month[0], r->got->day[0]);
    if (r->got->month_count) return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%02d", y, r->got->month[0]));
    return give(r, TIMEX_DATE, arena_format(home(r), "%04d", y));
}

/* Is a bare number of four digits a year? Not where it counts something, is part of a longer number, or an amount. */
static bool plausible_year(const reading *r) {
    const when_frame *f = r->f;
    size_t i = r->got->first, last = r->got->last;
    int y = r->got->year[0];
    if (last - i > 1) return true;
    if (y < 1400 || y > 2099) return false;
    const piece *before = i > 0 ? &f->pieces[i - 1] : NULL, *after = last < f->count ? &f->pieces[last] : NULL;
    if (before && before->glued && before->kind == PIECE_DIGITS) return false;
    if (f->pieces[i].glued && before && before->kind == PIECE_MARK && strchr("$.,:/#+", f->text[before->start])) return false;
    if (before && (str_in((str){f->text + before->start, before->end - before->start}, "$ £ € ¥ # No No. Flight flight number") )) return false;
    if (after && after->glued && (after->kind == PIECE_DIGITS || after->kind == PIECE_WORD)) return false;
    if (after && after->glued && last + 1 < f->count && f->pieces[last + 1].glued && f->pieces[last + 1].kind == PIECE_DIGITS && f->text[after->start] != '-') return false;
    bool told = before && str_in((str){f->text + before->start, before->end - before->start},
                                 "in In since Since by By from From until till during During early late mid of to and between before after year ( ,");
    if (told && y >= 1900) {
        const token *t = &f->doc->tokens[f->pieces[i].token];
        return !(t->deprel == DEP_NUMMOD && t->head > f->pieces[i].token && f->doc->tokens[t->head].morph.number == 2 && y % 100 == 0);
    }
    if (y < 1900) return told && before && !str_in((str){f->text + before->start, before->end - before->start}, "of to and ( ,");
    if (y % 100 == 0) return false;
    if (after && after->kind == PIECE_WORD &&
        str_in((str){f->text + after->start, after->end - after->start}, "people troops soldiers men women tons tonnes km kilometers kilometres miles meters metres "
               "feet dollars euros won yuan rubles lives homes families refugees students workers villagers jobs cases deaths dead killed percent"))
        return false;
    return true;
}

static bool act_year(const reading *r) {
    if (!plausible_year(r)) return false;
    return give(r, TIMEX_DATE, arena_format(home(r), "%04d", r->got->year[0]));
}

static bool act_fiscal(const reading *r) { return give(r, TIMEX_DATE, arena_format(home(r), "FY%04d", r->got->year[0])); }

/* "may", "march" and the like open many sentences; and a month may be part of a person's name. */
static bool plausible_month(const reading *r) {
    const when_frame *f = r->f;
    size_t i = r->got->first;
    if (r->got->last - i > 2) return true;
    if (r->got->last - i == 2 && f->pieces[i + 1].kind != PIECE_MARK) return true;
    int32_t t = f->pieces[i].token;
    const token *month = &f->doc->tokens[t];
    if (month->upos == UPOS_AUX || month->upos == UPOS_VERB || month->upos == UPOS_ADJ) return false;
    const piece *before = i > 0 ? &f->pieces[i - 1] : NULL;
    str word = before ? (str){f->text + before->start, before->end - before->start} : STR("");
    bool told = before && str_in(word, "in In since Since by By from From until till of to and between during before after through the through this late early mid for");
    if (told) return true;
    str name = {f->text + f->pieces[i].start, f->pieces[i].end - f->pieces[i].start};
    if (str_in(name, "May March April June August Jan Mar Jun Sep Dec MAY MARCH")) {
        if (str_in(name, "May March MAY MARCH")) return false;
        return !(before && before->capital) && !(r->got->last < f->count && f->pieces[r->got->last].capital && before == NULL);
    }
    return !(before && before->capital && f->pieces[i - 1].kind == PIECE_WORD && !told && month->deprel == DEP_FLAT);
}

static bool act_month(const reading *r) {
    const capture *g = r->got;
    int y, m = g->month[0], now_month = 0, d = 0;
    if (today(r) != DAY_NONE) day_parts(today(r), &y, &now_month, &d);
    if (!g->month_count) { /* this time last year */
        if (!now_month) return give(r, TIMEX_DATE, STR(""));
        return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%02d", shifted_year(r), now_month));
    }
    if (!g->year_count && !g->has_shift && !plausible_month(r)) return false;
    if (g->has_shift && g->unit[0] != 'Y' && !g->year_count && now_month) {
        r->out->time.relative = true;
        y = year_now(r);
        if (g->shift < 0 && m >= now_month) y--;
        if (g->shift > 0 && m <= now_month) y++;
        return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%02d", y, m));
    }
    if (!year_of(r, m, 0, &y)) return give(r, TIMEX_DATE, arena_format(home(r), "XXXX-%02d", m));
    return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%02d", y, m));
}

/* "on the 21st": of the month spoken of. */
static bool act_monthday(const reading *r) {
    int y, m, d;
    day from = anchor(r, 'M');
    r->out->time.relative = true;
    if (from == DAY_NONE) return give(r, TIMEX_DATE, STR(""));
    day_parts(from, &y, &m, &d);
    int dayofmonth = r->got->day[0];
    if (direction(r) < 0 && from == today(r) && dayofmonth > d) m = m == 1 ? (y--, 12) : m - 1;
    return full_date(r, y, m, dayofmonth);
}

/* "February the following year": of the year spoken of. */
static bool act_monthyear(const reading *r) {
    int y, m, d;
    day from = anchor(r, 'Y');
    r->out->time.relative = true;
    if (from == DAY_NONE) return give(r, TIMEX_DATE, arena_format(home(r), "XXXX-%02d", r->got->month[0]));
    day_parts(from, &y, &m, &d);
    y += said_anywhere(r, "following next") ? 1 : said_anywhere(r, "previous preceding") ? -1 : 0;
    return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%02d", y, r->got->month[0]));
}

/* "Nov. 20-23", "2009-11", "May to July 2016": two expressions. */
static bool act_range(const reading *r) {
    const capture *g = r->got;
    resolved *out = r->out;
    out->two = true;
    if (!g->month_count) {
        int from = g->year[0], to = g->two_digit_year ? from / 100 * 100 + g->year[1] : g->year[1];
        if (g->year_count < 2 || from < 1400 || to < from || to > 2099) return false;
        out->other.value = arena_format(home(r), "%04d", to);
        return give(r, TIMEX_DATE, arena_format(home(r), "%04d", from));
    }
    int m1 = g->month[0], m2 = g->month_count > 1 ? g->month[1] : m1, d1 = g->day[0], d2 = g->day_count > 1 ? g->day[1] : 0, y2;
    if (g->month_count == 1 && g->day_count < 2) return false;
    year_of(r, m2, d2, &y2);
    int y1 = g->year_count > 1 ? g->year[0] : y2 && m1 > m2 ? y2 - 1 : y2;
    if (g->day_count == 0) {
        if (!y2) return false;
        out->other.value = arena_format(home(r), "%04d-%02d", y2, m2);
        return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%02d", y1, m1));
    }
    if (m1 == m2 && d2 <= d1) return false;
    if (!full_date(r, y2, m2, d2)) return false;
    out->other.value = out->time.value;
    return full_date(r, y1, m1, d1);
}

/* ---- periods of the calendar ---- */

static const char *edge_mod(const capture *g) {
    return g->edge[0] == 'S' ? "START" : g->edge[0] == 'M' ? "MID" : g->edge[0] == 'E' ? "END" : NULL;
}

static bool act_this(const reading *r) {
    const capture *g = r->got;
    str argument = r->rule->argument;
    r->out->time.relative = true;
    if (today(r) == DAY_NONE) return give(r, TIMEX_DATE, STR(""));
    if (str_is(argument, "FY")) return give(r, TIMEX_DATE, arena_format(home(r), "FY%04d", year_now(r) + g->shift));
    char unit = str_empty(argument) ? g->unit[0] : argument.ptr[0];
    int shift = g->has_shift ? g->shift : 0;
    if (!unit) return false;
    if (unit == 'K' && !g->has_shift && direction(r) < 0 && day_weekday(today(r)) < 6) shift = -1;
    if (said_anywhere(r, "later")) r->out->time.mod = STR("END");
    if (said_anywhere(r, "earlier")) r->out->time.mod = STR("START");
    return give_period(r, day_shift(today(r), unit, shift), unit);
}

static bool act_quarter(const reading *r) {
    const capture *g = r->got;
    int q = g->ordinal ? g->ordinal : (int)g->amount[0], y, m, d;
    if (q < 1 || q > 4) return false;
    if (g->year_count) return give(r, TIMEX_DATE, arena_format(home(r), "%04d-Q%d", g->year[0], q));
    r->out->time.relative = true;
    if (today(r) == DAY_NONE) return give(r, TIMEX_DATE, STR(""));
    day_parts(today(r), &y, &m, &d);
    if (g->has_shift) y += g->shift;
    else if (g->unit_count < 2 && direction(r) <= 0 && q > (m - 1) / 3 + 1) y--;
    return give(r, TIMEX_DATE, arena_format(home(r), "%04d-Q%d", y, q));
}

static bool act_half(const reading *r) {
    const capture *g = r->got;
    if (g->ordinal < 1 || g->ordinal > 2) return false;
    int y = g->year_count ? g->year[0] : year_now(r) + (g->has_shift ? g->shift : 0);
    if (!g->year_count) r->out->time.relative = true;
    if (y <= 1) return give(r, TIMEX_DATE, STR(""));
    return give(r, TIMEX_DATE, arena_format(home(r), "%04d-H%d", y, g->ordinal));
}

static bool act_season(const reading *r) {
    const capture *g = r->got;
    int y, m, d, begins = g->season[0] == 'F' ? 9 : g->season[0] == 'W' ? 12 : g->season[1] == 'P' ? 3 : 6;
    if (g->year_count) return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%s", g->year[0], g->season));
    r->out->time.relative = true;
    if (today(r) == DAY_NONE) return give(r, TIMEX_DATE, STR(""));
    day_parts(today(r), &y, &m, &d);
    if (g->has_shift && g->unit[0] == 'Y') y += g->shift;
    else if (g->has_shift) {
        if (g->shift < 0 && m <= begins + 2) y--; /* not over yet: the one before */
        if (g->shift > 0 && m >= begins) y++;
    } else if (direction(r) < 0 && m < begins) y--;
    else if (direction(r) > 0 && m > begins + 2) y++;
    return give(r, TIMEX_DATE, arena_format(home(r), "%04d-%s", y, g->season));
}

static bool act_decade(const reading *r) {
    int y = r->got->hundred ? r->got->hundred : r->got->year_count ? r->got->year[0] + (r->got->year[0] >= 30 ? 1900 : 2000) : 0;
    if (y % 10) return false;
    return give(r, TIMEX_DATE, arena_format(home(r), "%03d", y / 10));
}

static bool act_century(const reading *r) {
    if (r->got->ordinal < 5 || r->got->ordinal > 30) return false;
    return give(r, TIMEX_DATE, arena_format(home(r), "%02d", r->got->ordinal - 1));
}

/* ---- weekdays, days ---- */

static bool act_weekday(const reading *r) {
    const capture *g = r->got;
    day now = today(r);
    r->out->time.relative = true;
    if (now == DAY_NONE) return give_day(r, DAY_NONE);
    int back = (day_weekday(now) - g->weekday + 7) % 7; /* 0: today */
    if (str_is(r->rule->argument, "week")) return give_day(r, now - back + (said(r, r->got->first + 2, "ago") ? -7 : 7));
    int toward = g->has_shift ? g->shift : direction(r);
    if (!str_empty(r->rule->argument)) return give_day(r, now + (7 - back) % 7 + 7);
    if (g->has_shift && g->unit[0] == 'W') return give_day(r, now - (day_weekday(now) - 1) + 7 * g->shift + g->weekday - 1);
    if (g->has_shift && g->shift) return give_day(r, g->shift < 0 ? now - (back ? back : 7) : now + (7 - back ? 7 - back : 7));
    if (g->has_shift && direction(r) >= 0) toward = 1;
    if (toward > 0) return give_day(r, now + (7 - back) % 7);
    return give_day(r, now - back);
}

static day day_from_today(const reading *r, int n) {
    r->out->time.relative = true;
    return today(r) == DAY_NONE ? DAY_NONE : today(r) + n;
}

/* "today", but not USA Today. */
static bool act_dayword(const reading *r) {
    const piece *p = &r->f->pieces[r->got->first];
    if (p->capital && r->got->first > 0 && p[-1].kind == PIECE_WORD && p[-1].capital) return false;
    return give_day(r, day_from_today(r, r->got->dayword)); }

static bool act_day(const reading *r) {
    long n = 0;
    str_to_long(r->rule->argument, &n);
    return give_day(r, day_from_today(r, (int)n));
}

static bool give_part(const reading *r, day d, const char *part) {
    r->out->time.relative = true;
    if (d == DAY_NONE) return give(r, TIMEX_TIME, arena_format(home(r), "XXXX-XX-XXT%s", part));
    str date = day_format(home(r), d);
    return give(r, TIMEX_TIME, arena_format(home(r), "%.*sT%s", STR_ARG(date), part));
}

static bool act_part(const reading *r) {
    char part[3] = "NI";
    if (r->got->part[0]) memcpy(part, r->got->part, 3);
    return give_part(r, today(r), part);
}
static bool act_night(const reading *r) { return give_part(r, day_from_today(r, -1), "NI"); }

static bool act_contextpart(const reading *r) {
    long n = 0;
    str_to_long(r->rule->argument, &n);
    day d = anchor(r, 'D');
    return r->got->part[0] && give_part(r, d == DAY_NONE ? d : d + (int)n, r->got->part);
}

static bool act_feast(const reading *r) {
    long m = r->got->feast_month, d = r->got->feast_day;
    str rest = r->rule->argument, field;
    if (!m && str_split(&rest, '-', &field) && str_to_long(field, &m) && str_split(&rest, '-', &field)) str_to_long(field, &d);
    int y, eve = said_anywhere(r, "eve") && !str_starts(r->rule->argument, "12-31");
    if (!year_of(r, (int)m, (int)d, &y)) return give(r, TIMEX_DATE, arena_format(home(r), "XXXX-%02d-%02d", (int)m, (int)d - eve));
    if (!r->got->year_count && today(r) != DAY_NONE && direction(r) >= 0 && day_of(y, (int)m, (int)d) < today(r) - 60) y++;
    return give_day(r, day_of(y, (int)m, (int)d) - eve);
}

/* ---- so long ago, from now, before and after another time ---- */

static bool clock_unit(char u) { return u == 'H' || u == 'N' || u == 'S'; }

/* The time `sign` × (NUM UNIT) from `from`. */
static bool shifted(const reading *r, day from, int sign) {
    const capture *g = r->got;
    char unit = g->unit[0];
    r->out->time.relative = true;
    if (from == DAY_NONE) return give(r, TIMEX_DATE, STR(""));
    if (g->unknown[0]) return give(r, TIMEX_DATE, sign < 0 ? STR("PAST_REF") : STR("FUTURE_REF"));
    if (clock_unit(unit)) {
        double seconds = g->amount[0] * (unit == 'H' ? 3600 : unit == 'N' ? 60 : 1);
        if (r->f->now.seconds < 0 || r->rule->action == ACT_BEFORE || r->rule->action == ACT_AFTER) return give_period(r, from, 'D'); /* the day is all that is known */
        long at = r->f->now.seconds + sign * (long)seconds;
        day d = from + (day)((at - (at < 0 ? 86399 : 0)) / 86400);
        at -= (long)(d - from) * 86400;
        str date = day_format(home(r), d);
        return give(r, TIMEX_TIME, arena_format(home(r), "%.*sT%02ld:%02ld", STR_ARG(date), at / 3600, at / 60 % 60));
    }
    double amount = g->amount[0];
    if (amount > 100000) return false;
    if (amount != (int)amount && (unit == 'Y' || unit == 'E')) amount *= unit == 'Y' ? 12 : 120, unit = 'M';
    day d = day_shift(from, unit, sign * (int)amount);
    if (g->unit_count > 1 && g->number_count > 1) unit = g->unit[1], d = day_shift(d, unit, sign * (int)g->amount[1]);
    return give_period(r, d, unit == 'E' ? 'Y' : unit == 'K' ? 'K' : unit);
}

static bool act_ago(const reading *r) { return shifted(r, today(r), -1); }
static bool act_hence(const reading *r) { return shifted(r, today(r), 1); }
static bool act_before(const reading *r) { return shifted(r, anchor(r, r->got->unit[0]), -1); }
static bool act_after(const reading *r) { return shifted(r, anchor(r, r->got->unit[0]), 1); }

/* "the day before the vote" hangs on the vote, not on a time already told. */
static bool hangs_on_event(const reading *r) {
    size_t i = r->got->last;
    if (i >= r->f->count || r->f->pieces[i].kind != PIECE_WORD || r->f->pieces[i].glued) return false;
    if (!said(r, i - 1, "before") && !said(r, i - 1, "after")) return false;
    str next = {r->f->text + r->f->pieces[i].start, r->f->pieces[i].end - r->f->pieces[i].start};
    return !str_in(next, "in at on by with from to and but or when as that who which for over near during while amid under");
}

static bool act_context(const reading *r) {
    long n = 0;
    char unit = r->got->unit[0];
    if (!unit && !r->got->part[0]) return false;
    if (hangs_on_event(r)) return false;
    str_to_long(r->rule->argument, &n);
    r->out->time.relative = true;
    if (!unit) unit = 'D';
    day from = anchor(r, unit);
    if (from == DAY_NONE) return give(r, TIMEX_DATE, STR(""));
    return give_period(r, day_shift(from, unit, (int)n), unit);
}

/* ---- clock ---- */

/* A bare 9:30 may be a score or the length of a film: it wants two digits of the hour or a word before it. */
static bool told_as_clock(const reading *r) {
    size_t i = r->got->first;
    const piece *p = &r->f->pieces[i];
    if (p->digits == 2 && (i == 0 || p[-1].kind != PIECE_MARK || strchr("(,-", r->f->text[p[-1].start]))) return true;
    return i > 0 && str_in((str){r->f->text + p[-1].start, p[-1].end - p[-1].start}, "at At by around from until till about between before after since to approximately");
}

static bool act_clock(const reading *r) {
    const capture *g = r->got;
    int hour = g->number_count ? (int)g->amount[0] : g->hour, minute = g->minute_count ? g->minute[0] : 0;
    if (str_is(r->rule->argument, "12")) hour = 12;
    if (str_is(r->rule->argument, "24")) hour = 24;
    if (str_is(r->rule->argument, "bare") && !told_as_clock(r)) return false;
    if (g->pm && hour < 12) hour += 12;
    if (g->am && hour == 12) hour = 0;
    if (hour > 24 || ((g->pm || g->am) && hour > 23)) return false;
    r->out->clock = true;
    return give(r, TIMEX_TIME, arena_format(home(r), "T%02d:%02d%s", hour, minute, g->has_zone && g->zone == 0 ? "Z" : ""));
}

/* ---- durations and sets ---- */

static str amount_text(const reading *r, int i) {
    double a = r->got->amount[i];
    if (r->got->unknown[i]) return STR("X");
    if (a == (int)a) return arena_format(home(r), "%d", (int)a);
    return arena_format(home(r), "%g", a);
}

static str length(const reading *r, str amount, char unit) {
    long n = 0;
    bool whole = str_to_long(amount, &n);
    switch (unit) {
    case 'H': return arena_format(home(r), "PT%.*sH", STR_ARG(amount));
    case 'N': return arena_format(home(r), "PT%.*sM", STR_ARG(amount));
    case 'S': return arena_format(home(r), "PT%.*sS", STR_ARG(amount));
    case 'F': return whole ? arena_format(home(r), "P%ldW", 2 * n) : arena_format(home(r), "P%.*sW", STR_ARG(amount));
    case 'E': return whole ? arena_format(home(r), "P%ldY", 10 * n) : arena_format(home(r), "P%.*sY", STR_ARG(amount));
    case 'C': return whole ? arena_format(home(r), "P%ldY", 100 * n) : arena_format(home(r), "P%.*sY", STR_ARG(amount));
    case 'K': return arena_format(home(r), "P%.*sWE", STR_ARG(amount));
    default: return arena_format(home(r), "P%.*s%c", STR_ARG(amount), unit);
    }
}

/* "$40 a day", "twice a month": a rate, where a noun or number stands right before. */
static bool is_rate(const reading *r) {
    size_t i = r->got->first;
    if (i == 0) return false;
    const token *before = &r->f->doc->tokens[r->f->pieces[i - 1].token];
    return before->upos == UPOS_NOUN || before->upos == UPOS_NUM || before->upos == UPOS_SYM || r->f->pieces[i - 1].kind == PIECE_DIGITS;
}

static bool act_rate(const reading *r) { return is_rate(r) && give(r, TIMEX_SET, length(r, STR("1"), r->got->unit[0])); }

static bool act_duration(const reading *r) {
    const capture *g = r->got;
    char unit = g->unit[0];
    str argument = r->rule->argument;
    if (!unit) return false;
    if (unit == 'D' && said(r, r->got->first, "one") && r->got->last < r->f->count && (said(r, r->got->last, "in") || said(r, r->got->last, ","))) return false;
    if (g->article && (unit == 'S' || unit == 'Q') && r->got->last - r->got->first == 2) return false; /* a second term, a quarter of them */
    if (unit == 'H' && r->f->pieces[r->got->first].glued && r->got->first > 0) return false;
    if (g->article && r->got->last - r->got->first == 2) {
        if (is_rate(r)) return false;
        const token *word = &r->f->doc->tokens[head_token(r)];
        if (deprel_base(word->deprel) == DEP_NSUBJ || word->deprel == DEP_ROOT) return false; /* "a day when …" */
        size_t next = r->got->last;
        if (unit == 'D' && next < r->f->count && (said(r, next, "when") || said(r, next, "of"))) return false;
    }
    if (str_is(argument, "half")) return give(r, TIMEX_DURATION, length(r, STR("0.5"), unit));
    if (str_is(argument, "andhalf")) return give(r, TIMEX_DURATION, length(r, STR("1.5"), unit));
    if (str_is(argument, "1")) return give(r, TIMEX_DURATION, length(r, STR("1"), unit));
    if (str_is(argument, "second")) return give(r, TIMEX_DURATION, length(r, amount_text(r, 1), unit));
    str first = length(r, amount_text(r, 0), unit);
    if (g->unit_count > 1 && g->number_count > 1) {
        str second = length(r, amount_text(r, 1), g->unit[1]);
        uint32_t skip = str_starts(first, "PT") ? 2 : 1;
        return give(r, TIMEX_DURATION, arena_format(home(r), "%.*s%.*s", STR_ARG(first), (int)(second.len - skip), second.ptr + skip));
    }
    return give(r, TIMEX_DURATION, first);
}

static bool act_vague(const reading *r) {
    const piece *p = &r->f->pieces[r->got->first];
    if (p->glued && r->got->first > 0 && p[-1].kind == PIECE_MARK) return false; /* gigawatt-hours */
    return r->got->unit[0] && give(r, TIMEX_DURATION, length(r, STR("X"), r->got->unit[0]));
}

static bool act_lately(const reading *r) {
    if (said_anywhere(r, "past")) return give(r, TIMEX_DURATION, length(r, STR("1"), r->got->unit[0]));
    return act_this(r);
}

static bool act_set(const reading *r) {
    char unit = r->got->unit[0];
    if (!unit) return false;
    str amount = r->got->number_count && said_anywhere(r, "every in") && !said_anywhere(r, "times") ? amount_text(r, 0) : STR("1");
    if (!str_empty(r->rule->argument)) amount = r->rule->argument;
    return give(r, TIMEX_SET, length(r, amount, unit));
}

static bool act_setday(const reading *r) {
    const char *part = r->got->part;
    return give(r, TIMEX_SET, arena_format(home(r), "XXXX-WXX-%d%s%s", r->got->weekday, *part ? "T" : "", part));
}
static bool act_setmonth(const reading *r) { return give(r, TIMEX_SET, arena_format(home(r), "XXXX-%02d", r->got->month[0])); }
static bool act_setpart(const reading *r) { return give(r, TIMEX_SET, arena_format(home(r), "XXXX-XX-XXT%s", r->got->part)); }
static bool act_setseason(const reading *r) { return give(r, TIMEX_SET, arena_format(home(r), "XXXX-%s", r->got->season)); }

/* "daily", but not the Daily Telegraph. */
static bool act_frequent(const reading *r) {
    const piece *p = &r->f->pieces[r->got->first];
    if (p->capital && (r->got->first > 0 || r->f->doc->tokens[p->token].upos == UPOS_PROPN)) return false;
    return give(r, TIMEX_SET, r->got->frequent);
}

static bool act_constant(const reading *r) {
    str value = r->rule->argument;
    return give(r, r->rule->type, value);
}

static bool (*const acts[ACTION_COUNT])(const reading *) = {
    [ACT_CONSTANT] = act_constant, [ACT_DATE] = act_date, [ACT_SLASHES] = act_slashes, [ACT_JUCHE] = act_juche, [ACT_YEAR] = act_year,
    [ACT_FISCAL] = act_fiscal, [ACT_MONTH] = act_month, [ACT_MONTHDAY] = act_monthday, [ACT_MONTHYEAR] = act_monthyear, [ACT_RANGE] = act_range, [ACT_THIS] = act_this,
    [ACT_QUARTER] = act_quarter, [ACT_HALF] = act_half, [ACT_SEASON] = act_season, [ACT_DECADE] = act_decade, [ACT_CENTURY] = act_century,
    [ACT_WEEKDAY] = act_weekday, [ACT_DAYWORD] = act_dayword, [ACT_DAY] = act_day, [ACT_PART] = act_part, [ACT_NIGHT] = act_night,
    [ACT_CONTEXTPART] = act_contextpart, [ACT_FEAST] = act_feast, [ACT_LATELY] = act_lately, [ACT_AGO] = act_ago, [ACT_HENCE] = act_hence,
    [ACT_CONTEXT] = act_context, [ACT_BEFORE] = act_before, [ACT_AFTER] = act_after, [ACT_CLOCK] = act_clock, [ACT_DURATION] = act_duration,
    [ACT_VAGUE] = act_vague, [ACT_SET] = act_set, [ACT_SETDAY] = act_setday, [ACT_SETMONTH] = act_setmonth, [ACT_SETPART] = act_setpart,
    [ACT_SETSEASON] = act_setseason, [ACT_FREQUENT] = act_frequent, [ACT_RATE] = act_rate};

bool resolve(const when_frame *f, const time_rule *rule, const capture *got, resolved *out) {
    *out = (resolved){.time = {.type = rule->type}};
    reading r = {f, rule, got, out};
    if (!acts[rule->action](&r)) return false;
    const char *mod = edge_mod(got);
    if (mod && out->time.type != TIMEX_DURATION) out->time.mod = str_of(mod);
    if (got->mod) out->time.mod = str_of(got->mod);
    if (said_anywhere(&r, "than") && out->time.type == TIMEX_DURATION) out->time.mod = said_anywhere(&r, "more") ? STR("MORE_THAN") : STR("LESS_THAN");
    if (said_anywhere(&r, "least")) out->time.mod = STR("EQUAL_OR_MORE");
    if (said_anywhere(&r, "most") && out->time.type == TIMEX_DURATION) out->time.mod = STR("EQUAL_OR_LESS");
    if (!out->time.mod.ptr) out->time.mod = STR("");
    if (out->two) out->other.type = TIMEX_DATE, out->other.relative = out->time.relative, out->other.mod = STR("");
    return true;
}
