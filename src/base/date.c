#include "base/date.h"

#include <stdio.h>

day day_of(int y, int m, int d) {
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void day_parts(day z, int *year, int *month, int *dayofmonth) {
    z += 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *dayofmonth = doy - (153 * mp + 2) / 5 + 1;
    *month = mp + (mp < 10 ? 3 : -9);
    *year = yoe + era * 400 + (*month <= 2);
}

int day_weekday(day d) { return (((d + 3) % 7) + 7) % 7 + 1; }

int month_length(int y, int m) {
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return m == 2 && leap ? 29 : length[m - 1];
}

bool day_valid(int y, int m, int d) { return m >= 1 && m <= 12 && d >= 1 && d <= month_length(y, m); }

/* Reads exactly n digits at *i. */
static bool digits(str s, uint32_t *i, int n, int *out) {
    int v = 0;
    if (*i + (uint32_t)n > s.len) return false;
    for (int k = 0; k < n; k++) {
        char c = s.ptr[*i + (uint32_t)k];
        if (c < '0' || c > '9') return false;
        v = v * 10 + (c - '0');
    }
    *i += (uint32_t)n;
    *out = v;
    return true;
}

static bool skip(str s, uint32_t *i, const char *any) {
    if (*i >= s.len || !strchr(any, s.ptr[*i]) || !s.ptr[*i]) return false;
    ++*i;
    return true;
}

static bool zone(str s, uint32_t *i, int32_t *offset) {
    int hours, minutes = 0;
    if (skip(s, i, "Zz")) return *offset = 0, true;
    if (*i >= s.len || (s.ptr[*i] != '+' && s.ptr[*i] != '-')) return false;
    int sign = s.ptr[(*i)++] == '-' ? -1 : 1;
    if (!digits(s, i, 2, &hours)) return false;
    skip(s, i, ":");
    if (*i < s.len && !digits(s, i, 2, &minutes)) return false;
    if (hours > 15 || minutes > 59) return false;
    *offset = sign * (hours * 60 + minutes);
    return true;
}

bool moment_parse(str s, moment *out) {
    uint32_t i = 0;
    int y, m, d, hour, minute, second = 0;
    moment r = MOMENT_NONE;
    s = str_trim(s);
    if (!digits(s, &i, 4, &y) || !skip(s, &i, "-/.") || !digits(s, &i, 2, &m) || !skip(s, &i, "-/.") ||
        !digits(s, &i, 2, &d) || !day_valid(y, m, d))
        return false;
    r.date = day_of(y, m, d);
    if (i == s.len) return *out = r, true;
    if (!skip(s, &i, "Tt ") || !digits(s, &i, 2, &hour) || !skip(s, &i, ":") || !digits(s, &i, 2, &minute)) return false;
    if (skip(s, &i, ":") && !digits(s, &i, 2, &second)) return false;
    if (hour > 24 || minute > 59 || second > 60) return false;
    if (skip(s, &i, ".,"))
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9') i++;
    r.seconds = hour * 3600 + minute * 60 + second;
    skip(s, &i, " ");
    if (i < s.len && !zone(s, &i, &r.offset)) return false;
    if (i != s.len) return false;
    return *out = r, true;
}

str day_format(arena *a, day date) {
    int y, m, d;
    if (date == DAY_NONE) return STR("");
    day_parts(date, &y, &m, &d);
    return arena_format(a, "%04d-%02d-%02d", y, m, d);
}

str moment_text(moment t, char room[MOMENT_ROOM]) {
    int y, m, d, n;
    if (t.date == DAY_NONE) return STR("");
    day_parts(t.date, &y, &m, &d);
    n = snprintf(room, MOMENT_ROOM, "%04d-%02d-%02d", y, m, d);
    int32_t s = t.seconds, o = t.offset;
    if (s >= 0) n += snprintf(room + n, MOMENT_ROOM - (size_t)n, "T%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    if (s >= 0 && o == 0) n += snprintf(room + n, MOMENT_ROOM - (size_t)n, "Z");
    else if (s >= 0 && o != OFFSET_NONE) {
        int32_t size = o < 0 ? -o : o;
        n += snprintf(room + n, MOMENT_ROOM - (size_t)n, "%c%02d:%02d", o < 0 ? '-' : '+', size / 60, size % 60);
    }
    return (str){room, (uint32_t)n};
}

str moment_format(arena *a, moment t) {
    char room[MOMENT_ROOM];
    str text = moment_text(t, room);
    return text.len ? arena_copy(a, text) : text;
}
