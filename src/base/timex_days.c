#include "base/timex_days.h"

static bool digits(str s, uint32_t at, uint32_t n, int *out) {
    if (at + n > s.len) return false;
    *out = 0;
    for (uint32_t i = at; i < at + n; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        *out = *out * 10 + (s.ptr[i] - '0');
    }
    return true;
}

static void months(int year, int first, int last, day *from, day *to) {
    *from = day_of(year, first, 1);
    *to = day_of(year, last, month_length(year, last));
}

void timex_days(str v, day *from, day *to) {
    int year, month, date, week;
    *from = *to = DAY_NONE;
    if (!digits(v, 0, 4, &year)) return;
    if (v.len == 4) months(year, 1, 12, from, to);
    else if (v.len < 7 || v.ptr[4] != '-') return;
    else if (v.ptr[5] == 'W' && digits(v, 6, 2, &week) && week >= 1 && week <= 53) {
        day fourth = day_of(year, 1, 4); /* always in week 1 (ISO 8601) */
        *from = fourth - (day_weekday(fourth) - 1) + 7 * (week - 1);
        *to = *from + 6;
    } else if (v.ptr[5] == 'Q' && digits(v, 6, 1, &month) && month >= 1 && month <= 4) months(year, 3 * month - 2, 3 * month, from, to);
    else if (v.ptr[5] == 'H' && digits(v, 6, 1, &month) && month >= 1 && month <= 2) months(year, 6 * month - 5, 6 * month, from, to);
    else if (digits(v, 5, 2, &month) && month >= 1 && month <= 12) {
        if (v.len == 7) months(year, month, month, from, to);
        else if (v.ptr[7] == '-' && digits(v, 8, 2, &date) && day_valid(year, month, date)) *from = *to = day_of(year, month, date);
    }
}

bool date_bound(const char *text, bool last, day *out) {
    day from, to;
    str v = str_of(text);
    if (v.len > 10) v.len = 10; /* a timestamp: its day */
    timex_days(v, &from, &to);
    *out = last ? to : from;
    return from != DAY_NONE;
}
