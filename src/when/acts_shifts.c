/* TIMEX3 values of times counted from another: so long ago, from now, before and after; and the clock. */
#include "when/acts.h"

static bool clock_unit(char u) { return u == 'H' || u == 'N' || u == 'S'; }

/* The time `sign` × (NUM UNIT) from `from`. */
static bool shifted(const reading *r, day from, int sign) {
    const capture *g = r->got;
    char unit = g->unit[0];
    r->out->time.relative = true;
    if (from == DAY_NONE) return act_give(r, TIMEX_DATE, STR(""));
    if (g->unknown[0]) return act_give(r, TIMEX_DATE, sign < 0 ? STR("PAST_REF") : STR("FUTURE_REF"));
    if (clock_unit(unit)) {
        double seconds = g->amount[0] * (unit == 'H' ? 3600 : unit == 'N' ? 60 : 1);
        if (r->f->now.seconds < 0 || r->rule->action == ACT_BEFORE || r->rule->action == ACT_AFTER) return act_give_period(r, from, 'D'); /* the day is all that is known */
        long at = r->f->now.seconds + sign * (long)seconds;
        day d = from + (day)((at - (at < 0 ? 86399 : 0)) / 86400);
        at -= (long)(d - from) * 86400;
        str date = day_format(act_home(r), d);
        return act_give(r, TIMEX_TIME, arena_format(act_home(r), "%.*sT%02ld:%02ld", STR_ARG(date), at / 3600, at / 60 % 60));
    }
    double amount = g->amount[0];
    if (amount > 100000) return false;
    if (amount != (int)amount && (unit == 'Y' || unit == 'E')) amount *= unit == 'Y' ? 12 : 120, unit = 'M';
    day d = day_shift(from, unit, sign * (int)amount);
    if (g->unit_count > 1 && g->number_count > 1) unit = g->unit[1], d = day_shift(d, unit, sign * (int)g->amount[1]);
    return act_give_period(r, d, unit == 'E' ? 'Y' : unit == 'K' ? 'K' : unit);
}

bool act_ago(const reading *r) { return shifted(r, act_today(r), -1); }
bool act_hence(const reading *r) { return shifted(r, act_today(r), 1); }
bool act_before(const reading *r) { return shifted(r, act_anchor(r, r->got->unit[0]), -1); }
bool act_after(const reading *r) { return shifted(r, act_anchor(r, r->got->unit[0]), 1); }

/* "the day before the vote" hangs on the vote, not on a time already told. */
static bool hangs_on_event(const reading *r) {
    size_t i = r->got->last;
    if (i >= r->f->count || r->f->pieces[i].kind != PIECE_WORD || r->f->pieces[i].glued) return false;
    if (!act_said(r, i - 1, "before") && !act_said(r, i - 1, "after")) return false;
    str next = {r->f->text + r->f->pieces[i].start, r->f->pieces[i].end - r->f->pieces[i].start};
    return !str_in(next, "in at on by with from to and but or when as that who which for over near during while amid under");
}

bool act_context(const reading *r) {
    long n = 0;
    char unit = r->got->unit[0];
    if (!unit && !r->got->part[0]) return false;
    if (hangs_on_event(r)) return false;
    str_to_long(r->rule->argument, &n);
    r->out->time.relative = true;
    if (!unit) unit = 'D';
    day from = act_anchor(r, unit);
    if (from == DAY_NONE) return act_give(r, TIMEX_DATE, STR(""));
    return act_give_period(r, day_shift(from, unit, (int)n), unit);
}

/* ---- clock ---- */

/* A bare 9:30 may be a score or the length of a film: it wants two digits of the hour or a word before it. */
static bool told_as_clock(const reading *r) {
    size_t i = r->got->first;
    const piece *p = &r->f->pieces[i];
    if (p->digits == 2 && (i == 0 || p[-1].kind != PIECE_MARK || strchr("(,-", r->f->text[p[-1].start]))) return true;
    return i > 0 && str_in((str){r->f->text + p[-1].start, p[-1].end - p[-1].start}, "at At by around from until till about between before after since to approximately");
}

bool act_clock(const reading *r) {
    const capture *g = r->got;
    int hour = g->number_count ? (int)g->amount[0] : g->hour, minute = g->minute_count ? g->minute[0] : 0;
    if (str_is(r->rule->argument, "12")) hour = 12;
    if (str_is(r->rule->argument, "24")) hour = 24;
    if (str_is(r->rule->argument, "bare") && !told_as_clock(r)) return false;
    if (g->pm && hour < 12) hour += 12;
    if (g->am && hour == 12) hour = 0;
    if (hour > 24 || ((g->pm || g->am) && hour > 23)) return false;
    r->out->clock = true;
    return act_give(r, TIMEX_TIME, arena_format(act_home(r), "T%02d:%02d%s", hour, minute, g->has_zone && g->zone == 0 ? "Z" : ""));
}
