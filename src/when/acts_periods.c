/* TIMEX3 periods of the calendar (weeks, quarters, seasons, decades), weekdays, days and their parts, feasts. */
#include "when/acts.h"

bool act_this(const reading *r) {
    const capture *g = r->got;
    str argument = r->rule->argument;
    r->out->time.relative = true;
    if (act_today(r) == DAY_NONE) return act_give(r, TIMEX_DATE, STR(""));
    if (str_is(argument, "FY")) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "FY%04d", act_year_now(r) + g->shift));
    char unit = str_empty(argument) ? g->unit[0] : argument.ptr[0];
    int shift = g->has_shift ? g->shift : 0;
    if (!unit) return false;
    if (unit == 'K' && !g->has_shift && act_direction(r) < 0 && day_weekday(act_today(r)) < 6) shift = -1;
    if (act_said_any(r, "later")) r->out->time.mod = STR("END");
    if (act_said_any(r, "earlier")) r->out->time.mod = STR("START");
    return act_give_period(r, day_shift(act_today(r), unit, shift), unit);
}

bool act_quarter(const reading *r) {
    const capture *g = r->got;
    int q = g->ordinal ? g->ordinal : (int)g->amount[0], y, m, d;
    if (q < 1 || q > 4) return false;
    if (g->year_count) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-Q%d", g->year[0], q));
    r->out->time.relative = true;
    if (act_today(r) == DAY_NONE) return act_give(r, TIMEX_DATE, STR(""));
    day_parts(act_today(r), &y, &m, &d);
    if (g->has_shift) y += g->shift;
    else if (g->unit_count < 2 && act_direction(r) <= 0 && q > (m - 1) / 3 + 1) y--;
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-Q%d", y, q));
}

bool act_half(const reading *r) {
    const capture *g = r->got;
    if (g->ordinal < 1 || g->ordinal > 2) return false;
    int y = g->year_count ? g->year[0] : act_year_now(r) + (g->has_shift ? g->shift : 0);
    if (!g->year_count) r->out->time.relative = true;
    if (y <= 1) return act_give(r, TIMEX_DATE, STR(""));
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-H%d", y, g->ordinal));
}

bool act_season(const reading *r) {
    const capture *g = r->got;
    int y, m, d, begins = g->season[0] == 'F' ? 9 : g->season[0] == 'W' ? 12 : g->season[1] == 'P' ? 3 : 6;
    if (g->year_count) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%s", g->year[0], g->season));
    r->out->time.relative = true;
    if (act_today(r) == DAY_NONE) return act_give(r, TIMEX_DATE, STR(""));
    day_parts(act_today(r), &y, &m, &d);
    if (g->has_shift && g->unit[0] == 'Y') y += g->shift;
    else if (g->has_shift) {
        if (g->shift < 0 && m <= begins + 2) y--; /* not over yet: the one before */
        if (g->shift > 0 && m >= begins) y++;
    } else if (act_direction(r) < 0 && m < begins) y--;
    else if (act_direction(r) > 0 && m > begins + 2) y++;
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%04d-%s", y, g->season));
}

bool act_decade(const reading *r) {
    int y = r->got->hundred ? r->got->hundred : r->got->year_count ? r->got->year[0] + (r->got->year[0] >= 30 ? 1900 : 2000) : 0;
    if (y % 10) return false;
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%03d", y / 10));
}

bool act_century(const reading *r) {
    if (r->got->ordinal < 5 || r->got->ordinal > 30) return false;
    return act_give(r, TIMEX_DATE, arena_format(act_home(r), "%02d", r->got->ordinal - 1));
}

/* ---- weekdays, days ---- */

bool act_weekday(const reading *r) {
    const capture *g = r->got;
    day now = act_today(r);
    r->out->time.relative = true;
    if (now == DAY_NONE) return act_give_day(r, DAY_NONE);
    int back = (day_weekday(now) - g->weekday + 7) % 7; /* 0: today */
    if (str_is(r->rule->argument, "week")) return act_give_day(r, now - back + (act_said(r, r->got->first + 2, "ago") ? -7 : 7));
    int toward = g->has_shift ? g->shift : act_direction(r);
    if (!str_empty(r->rule->argument)) return act_give_day(r, now + (7 - back) % 7 + 7);
    if (g->has_shift && g->unit[0] == 'W') return act_give_day(r, now - (day_weekday(now) - 1) + 7 * g->shift + g->weekday - 1);
    if (g->has_shift && g->shift) return act_give_day(r, g->shift < 0 ? now - (back ? back : 7) : now + (7 - back ? 7 - back : 7));
    if (g->has_shift && act_direction(r) >= 0) toward = 1;
    if (toward > 0) return act_give_day(r, now + (7 - back) % 7);
    return act_give_day(r, now - back);
}

static day day_from_today(const reading *r, int n) {
    r->out->time.relative = true;
    return act_today(r) == DAY_NONE ? DAY_NONE : act_today(r) + n;
}

/* "today", but not USA Today. */
bool act_dayword(const reading *r) {
    const piece *p = &r->f->pieces[r->got->first];
    if (p->capital && r->got->first > 0 && p[-1].kind == PIECE_WORD && p[-1].capital) return false;
    return act_give_day(r, day_from_today(r, r->got->dayword)); }

bool act_day(const reading *r) {
    long n = 0;
    str_to_long(r->rule->argument, &n);
    return act_give_day(r, day_from_today(r, (int)n));
}

static bool give_part(const reading *r, day d, const char *part) {
    r->out->time.relative = true;
    if (d == DAY_NONE) return act_give(r, TIMEX_TIME, arena_format(act_home(r), "XXXX-XX-XXT%s", part));
    str date = day_format(act_home(r), d);
    return act_give(r, TIMEX_TIME, arena_format(act_home(r), "%.*sT%s", STR_ARG(date), part));
}

bool act_part(const reading *r) {
    char part[3] = "NI";
    if (r->got->part[0]) memcpy(part, r->got->part, 3);
    return give_part(r, act_today(r), part);
}
bool act_night(const reading *r) { return give_part(r, day_from_today(r, -1), "NI"); }

bool act_contextpart(const reading *r) {
    long n = 0;
    str_to_long(r->rule->argument, &n);
    day d = act_anchor(r, 'D');
    return r->got->part[0] && give_part(r, d == DAY_NONE ? d : d + (int)n, r->got->part);
}

bool act_feast(const reading *r) {
    long m = r->got->feast_month, d = r->got->feast_day;
    str rest = r->rule->argument, field;
    if (!m && str_split(&rest, '-', &field) && str_to_long(field, &m) && str_split(&rest, '-', &field)) str_to_long(field, &d);
    int y, eve = act_said_any(r, "eve") && !str_starts(r->rule->argument, "12-31");
    if (!act_year_of(r, (int)m, (int)d, &y)) return act_give(r, TIMEX_DATE, arena_format(act_home(r), "XXXX-%02d-%02d", (int)m, (int)d - eve));
    if (!r->got->year_count && act_today(r) != DAY_NONE && act_direction(r) >= 0 && day_of(y, (int)m, (int)d) < act_today(r) - 60) y++;
    return act_give_day(r, day_of(y, (int)m, (int)d) - eve);
}
