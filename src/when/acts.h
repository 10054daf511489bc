/* Inside resolve: one function an action of times.tsv. Each gives the expression's type and value, or false: this is no time. */
#ifndef RAP_WHEN_ACTS_H
#define RAP_WHEN_ACTS_H

#include "when/resolve.h"

typedef struct reading {
    const when_frame *f;
    const time_rule *rule;
    const capture *got;
    resolved *out;
} reading;

static inline arena *act_home(const reading *r) { return &r->f->doc->home; }
static inline day act_today(const reading *r) { return r->f->now.date; }

static inline int32_t act_token(const reading *r) { return r->f->pieces[r->got->last - 1].token; }
static inline int act_direction(const reading *r) { return direction_of(r->f->doc, act_token(r)); }

/* The time that "that day" and "later" hang on: the one spoken of last, if it is as fine as the unit asked for, else the publication. */
day act_anchor(const reading *r, char unit);
/* Is the i-th piece this word? Is any word of the expression one of these? */
bool act_said(const reading *r, size_t i, const char *word);
bool act_said_any(const reading *r, const char *words);
/* The expression's type and value; always true, so that an action may end with it. */
bool act_give(const reading *r, timex_type type, str value);
/* Gives a day, or the part of it that was caught. */
bool act_give_day(const reading *r, day d);
/* Gives the period of that unit which holds the day. */
bool act_give_period(const reading *r, day d, char unit);
/* Of the publication; 0 unknown. */
int act_year_now(const reading *r);
/* The year told with a month or a feast, or the one understood; false: unknown, *year 0. */
bool act_year_of(const reading *r, int month, int dayofmonth, int *year);

/* acts_dates.c: dates of the calendar with their numbers */
bool act_date(const reading *r), act_slashes(const reading *r), act_juche(const reading *r), act_year(const reading *r), act_fiscal(const reading *r);
bool act_month(const reading *r), act_monthday(const reading *r), act_monthyear(const reading *r), act_range(const reading *r);
/* acts_periods.c: weeks, quarters, seasons, decades; weekdays, days and their parts, feasts */
bool act_this(const reading *r), act_quarter(const reading *r), act_half(const reading *r), act_season(const reading *r), act_decade(const reading *r);
bool act_century(const reading *r), act_weekday(const reading *r), act_dayword(const reading *r), act_day(const reading *r);
bool act_part(const reading *r), act_night(const reading *r), act_contextpart(const reading *r), act_feast(const reading *r);
/* acts_shifts.c: so long ago, from now, before and after another time; the clock */
bool act_ago(const reading *r), act_hence(const reading *r), act_before(const reading *r), act_after(const reading *r), act_context(const reading *r);
bool act_clock(const reading *r);
/* acts_lengths.c: durations, rates and sets */
bool act_rate(const reading *r), act_duration(const reading *r), act_vague(const reading *r), act_lately(const reading *r), act_set(const reading *r);
bool act_setday(const reading *r), act_setmonth(const reading *r), act_setpart(const reading *r), act_setseason(const reading *r);
bool act_frequent(const reading *r);

#endif
