/* TIMEX3 values (TimeML 1.2.1, TIDES 2005 for the letters) from what the patterns caught. One function an action (acts_*.c), the table of them at the end. */
#include "when/acts.h"

/* The time that "that day" and "later" hang on: the one spoken of last, if it is as fine as the unit asked for, else the publication. */
day act_anchor(const reading *r, char unit) {
    static const char order[] = "SNHDWFKMQYEC";
    const char *asked = strchr(order, unit), *have = strchr(order, r->f->reference_unit);
    return r->f->reference != DAY_NONE && asked && have && (have <= asked || *have == 'D') ? r->f->reference : act_today(r);
}

bool act_said(const reading *r, size_t i, const char *word) {
    const piece *p = &r->f->pieces[i];
    return str_is_nocase((str){r->f->text + p->start, p->end - p->start}, word);
}

bool act_said_any(const reading *r, const char *words) {
    for (size_t i = r->got->first; i < r->got->last; i++) {
        const piece *p = &r->f->pieces[i];
        if (p->word && str_in(r->f->grammar->words[p->word].text, words)) return true;
    }
    return false;
}

bool act_give(const reading *r, timex_type type, str value) {
    r->out->time.type = type;
    r->out->time.value = value;
    return true;
}

/* Gives a day, or the part of it that was caught. */
bool act_give_day(const reading *r, day d) {
    if (d == DAY_NONE) return act_give(r, r->got->part[0] ? TIMEX_TIME : TIMEX_DATE, STR(""));
    str date = day_format(act_home(r), d);
    if (!r->got->part[0]) return act_give(r, TIMEX_DATE, date);
    return act_give(r, TIMEX_TIME, arena_format(act_home(r), "%.*sT%s", STR_ARG(date), r->got->part));
}

bool act_give_period(const reading *r, day d, char unit) {
    if (d == DAY_NONE) return act_give(r, TIMEX_DATE, STR(""));
    if (unit == 'D' && r->got->part[0]) return act_give_day(r, d);
    return act_give(r, TIMEX_DATE, period_value(act_home(r), d, unit));
}

int act_year_now(const reading *r) {
    int y, m, d;
    if (act_today(r) == DAY_NONE) return 0;
    day_parts(act_today(r), &y, &m, &d);
    return y;
}

static bool act_constant(const reading *r) {
    str value = r->rule->argument;
    return act_give(r, r->rule->type, value);
}

static const char *edge_mod(const capture *g) {
    return g->edge[0] == 'S' ? "START" : g->edge[0] == 'M' ? "MID" : g->edge[0] == 'E' ? "END" : NULL;
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
    if (act_said_any(&r, "than") && out->time.type == TIMEX_DURATION) out->time.mod = act_said_any(&r, "more") ? STR("MORE_THAN") : STR("LESS_THAN");
    if (act_said_any(&r, "least")) out->time.mod = STR("EQUAL_OR_MORE");
    if (act_said_any(&r, "most") && out->time.type == TIMEX_DURATION) out->time.mod = STR("EQUAL_OR_LESS");
    if (!out->time.mod.ptr) out->time.mod = STR("");
    if (out->two) out->other.type = TIMEX_DATE, out->other.relative = out->time.relative, out->other.mod = STR("");
    return true;
}
