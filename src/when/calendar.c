#include "when/calendar.h"

void day_week(day d, int *year, int *week) {
    int month, dayofmonth;
    day thursday = d - (day_weekday(d) - 4); /* the year of a week is that of its Thursday */
    day_parts(thursday, year, &month, &dayofmonth);
    *week = (thursday - day_of(*year, 1, 1)) / 7 + 1;
}

static day month_shift(day d, int months) {
    int y, m, dom;
    day_parts(d, &y, &m, &dom);
    int count = y * 12 + (m - 1) + months;
    y = count / 12;
    m = count % 12 + 1;
    int last = month_length(y, m);
    return day_of(y, m, dom < last ? dom : last);
}

day day_shift(day d, char unit, int n) {
    if (n > 5000) n = 5000;
    if (n < -5000 && unit != 'D') n = -1500;
    switch (unit) {
    case 'D': return d + n;
    case 'W': case 'K': return d + 7 * n;
    case 'F': return d + 14 * n;
    case 'M': return month_shift(d, n);
    case 'Q': return month_shift(d, 3 * n);
    case 'Y': return month_shift(d, 12 * n < -20000 ? -20000 : 12 * n);
    case 'E': return month_shift(d, 120 * n < -20000 ? -20000 : 120 * n);
    case 'C': return month_shift(d, 1200 * n < -20000 ? -20000 : 1200 * n);
    default: return d;
    }
}

str period_value(arena *a, day d, char unit) {
    int y, m, dom, week;
    day_parts(d, &y, &m, &dom);
    switch (unit) {
    case 'D': case 'H': case 'N': case 'S': return day_format(a, d);
    case 'W': case 'F': day_week(d, &y, &week); return arena_format(a, "%04d-W%02d", y, week);
    case 'K': day_week(d, &y, &week); return arena_format(a, "%04d-W%02d-WE", y, week);
    case 'M': return arena_format(a, "%04d-%02d", y, m);
    case 'Q': return arena_format(a, "%04d-Q%d", y, (m - 1) / 3 + 1);
    case 'E': return arena_format(a, "%03d", y / 10);
    case 'C': return arena_format(a, "%02d", y / 100);
    default: return arena_format(a, "%04d", y);
    }
}

static int digits_at(str s, uint32_t i, uint32_t n) {
    int v = 0;
    if (i + n > s.len) return -1;
    for (uint32_t k = i; k < i + n; k++) {
        if (s.ptr[k] < '0' || s.ptr[k] > '9') return -1;
        v = v * 10 + s.ptr[k] - '0';
    }
    return v;
}

static bool months(int year, int first, int count, day *begin, day *end) {
    int last = first + count - 1, last_year = year + (last - 1) / 12;
    last = (last - 1) % 12 + 1;
    *begin = day_of(year, first, 1);
    *end = day_of(last_year, last, month_length(last_year, last));
    return true;
}

static bool within_year(str rest, int year, day *begin, day *end) {
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    int n;
    for (int i = 0; i < 4; i++)
        if (str_starts(rest, seasons[i])) return months(year, 3 + 3 * i, 3, begin, end);
    if (str_starts(rest, "Q") && (n = digits_at(rest, 1, 1)) >= 1 && n <= 4) return months(year, n * 3 - 2, 3, begin, end);
    if (str_starts(rest, "H") && (n = digits_at(rest, 1, 1)) >= 1 && n <= 2) return months(year, n * 6 - 5, 6, begin, end);
    if (str_starts(rest, "W")) {
        if ((n = digits_at(rest, 1, 2)) < 1) return false;
        day fourth = day_of(year, 1, 4);
        *begin = fourth - (day_weekday(fourth) - 1) + 7 * (n - 1);
        *end = *begin + 6;
        if (rest.len > 4 && rest.ptr[4] == 'W') *begin += 5;
        return true;
    }
    int m = digits_at(rest, 0, 2), d = rest.len >= 5 ? digits_at(rest, 3, 2) : 0;
    if (m < 1 || m > 12) return false;
    if (d < 1 || !day_valid(year, m, d)) return months(year, m, 1, begin, end);
    *begin = *end = day_of(year, m, d);
    return true;
}

bool value_days(str value, day *begin, day *end) {
    *begin = *end = DAY_NONE;
    if (str_starts(value, "FY")) value = str_sub(value, 2, value.len);
    int year = digits_at(value, 0, 4);
    if (year > 0 && value.len == 4) return months(year, 1, 12, begin, end);
    if (year > 0 && value.len > 5) return within_year(str_sub(value, 5, value.len), year, begin, end);
    if (value.len == 3 && (year = digits_at(value, 0, 3)) > 0) return months(year * 10, 1, 120, begin, end);
    if (value.len == 2 && (year = digits_at(value, 0, 2)) > 0) return months(year * 100, 1, 1200, begin, end);
    return false;
}
