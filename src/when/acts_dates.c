/* TIMEX3 dates told by their numbers: days, months, years, Juche years, ranges; the year of a date that names none. */
#include "when/acts.h"

static int full_year(const reading *r, int y) {
    if (y >= 100) return y;
    int now = act_year_now(r) ? act_year_now(r) : 2000;
    return y + (y <= now % 100 + 10 ? now / 100 * 100 : now / 100 * 100 - 100);
}

/* ---- dates ---- */

/* The year of a month (and day) named without one: the nearest that agrees with the tense. 0 when nothing is known. */
static int understood_year(const reading *r, int month, int dayofmonth) {
    day now = act_today(r);
    int y, m, d;
    if (now == DAY_NONE) return 0;
    r->out->time.relative = true;
    day_parts(now, &y, &m, &d);
    int toward = act_direction(r);
    /* "was arrested in May 2009 and released in July": the year just named in the sentence */
    if (r->f->reference != DAY_NONE && r->f->reference_sentence == r->f->doc->tokens[act_token(r)].sentence && toward <= 0) {
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
    if (!y) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "XXXX-%02d-%02d", m, d));
    return act_give_day(r, day_of(y, m, d));
}

static int shifted_year(const reading *r) {
    if (act_today(r) == DAY_NONE) return 0;
    r->out->time.relative = true;
    return act_year_now(r) + r->got->shift;
}

bool act_year_of(const reading *r, int month, int dayofmonth, int *year) {
    const capture *g = r->got;
    if (g->year_count) *year = full_year(r, g->year[g->year_count - 1]);
    else if (g->has_shift && g->unit[0] == 'Y') *year = shifted_year(r);
    else *year = understood_year(r, month, dayofmonth);
    return *year > 0;
}

bool act_date(const reading *r) {
    int y, m = r->got->month[0], d = r->got->day[0];
    if (!r->got->day_count && !r->got->month_count && r->got->year_count) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d", full_year(r, r->got->year[0])));
    if (!r->got->day_count) return act_month(r);
    act_year_of(r, m, d, &y);
    return full_date(r, y, m, d);
}

bool act_slashes(const reading *r) {
    int a = r->got->day[0], b = r->got->day[1], y = full_year(r, r->got->year[0]);
    return a > 12 ? full_date(r, y, b, a) : full_date(r, y, a, b);
}

/* The year count of the DPRK: Juche 1 is 1912. */
bool act_juche(const reading *r) {
    int y = 1911 + (int)r->got->amount[0];
    if (r->got->amount[0] < 1 || r->got->amount[0] > 200) return false;
    if (r->got->day_count) return full_date(r, y, r->got->month[0], r->got->day[0]);
    if (r->got->month_count) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%02d", y, r->got->month[0]));
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d", y));
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

bool act_year(const reading *r) {
    if (!plausible_year(r)) return false;
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d", r->got->year[0]));
}

bool act_fiscal(const reading *r) { return act_give(r, TIMEX_DATE, arena_format(act_home(r), "FY%04d", r->got->year[0])); }

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

bool act_month(const reading *r) {
    const capture *g = r->got;
    int y, m = g->month[0], now_month = 0, d = 0;
    if (act_today(r) != DAY_NONE) day_parts(act_today(r), &y, &now_month, &d);
    if (!g->month_count) { /* this time last year */
        if (!now_month) return act_give(r, TIMEX_DATE, STR(""));
        return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%02d", shifted_year(r), now_month));
    }
    if (!g->year_count && !g->has_shift && !plausible_month(r)) return false;
    if (g->has_shift && g->unit[0] != 'Y' && !g->year_count && now_month) {
        r->out->time.relative = true;
        y = act_year_now(r);
        if (g->shift < 0 && m >= now_month) y--;
        if (g->shift > 0 && m <= now_month) y++;
        return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%02d", y, m));
    }
    if (!act_year_of(r, m, 0, &y)) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "XXXX-%02d", m));
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%02d", y, m));
}

/* "on the 21st": of the month spoken of. */
bool act_monthday(const reading *r) {
    int y, m, d;
    day from = act_anchor(r, 'M');
    r->out->time.relative = true;
    if (from == DAY_NONE) return act_give(r, TIMEX_DATE, STR(""));
    day_parts(from, &y, &m, &d);
    int dayofmonth = r->got->day[0];
    if (act_direction(r) < 0 && from == act_today(r) && dayofmonth > d) m = m == 1 ? (y--, 12) : m - 1;
    return full_date(r, y, m, dayofmonth);
}

/* "February the following year": of the year spoken of. */
bool act_monthyear(const reading *r) {
    int y, m, d;
    day from = act_anchor(r, 'Y');
    r->out->time.relative = true;
    if (from == DAY_NONE) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "XXXX-%02d", r->got->month[0]));
    day_parts(from, &y, &m, &d);
    y += act_said_any(r, "following next") ? 1 : act_said_any(r, "previous preceding") ? -1 : 0;
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%02d", y, r->got->month[0]));
}

/* "Nov. 20-23", "2009-11", "May to July 2016": two expressions. */
bool act_range(const reading *r) {
    const capture *g = r->got;
    resolved *out = r->out;
    out->two = true;
    if (!g->month_count) {
        int from = g->year[0], to = g->two_digit_year ? from / 100 * 100 + g->year[1] : g->year[1];
        if (g->year_count < 2 || from < 1400 || to < from || to > 2099) return false;
        out->other.value = arena_format(act_home(r), "%04d", to);
        return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d", from));
    }
    int m1 = g->month[0], m2 = g->month_count > 1 ? g->month[1] : m1, d1 = g->day[0], d2 = g->day_count > 1 ? g->day[1] : 0, y2;
    if (g->month_count == 1 && g->day_count < 2) return false;
    act_year_of(r, m2, d2, &y2);
    int y1 = g->year_count > 1 ? g->year[0] : y2 && m1 > m2 ? y2 - 1 : y2;
    if (g->day_count == 0) {
        if (!y2) return false;
        out->other.value = arena_format(act_home(r), "%04d-%02d", y2, m2);
        return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%02d", y1, m1));
    }
    if (m1 == m2 && d2 <= d1) return false;
    if (!full_date(r, y2, m2, d2)) return false;
    out->other.value = out->time.value;
    return full_date(r, y1, m1, d1);
}
