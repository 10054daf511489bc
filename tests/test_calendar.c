/* The calendar against libc over eight centuries, and periods against their own inverse. */
#include <time.h>

#include "check.h"
#include "when/calendar.h"

/* ---- the calendar against a naive twin ---- */

static void check_day(int y, int m, int d, day counted) {
    struct tm t = {.tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d};
    day n = day_of(y, m, d);
    int year, month, dayofmonth, week_year, week;
    char week_text[16], ours[32], weekday[4];
    time_t seconds = timegm(&t);
    strftime(week_text, sizeof week_text, "%G-%V", &t);
    strftime(weekday, sizeof weekday, "%u", &t);
    day_parts(n, &year, &month, &dayofmonth);
    day_week(n, &week_year, &week);
    snprintf(ours, sizeof ours, "%d-%02d", week_year, week);
    bool right = n == counted && (time_t)n * 86400 == seconds && year == y && month == m && dayofmonth == d && strcmp(ours, week_text) == 0 &&
                 day_weekday(n) == weekday[0] - '0';
    CHECK(right, "%04d-%02d-%02d", y, m, d);
}

/* Every day from 1600 to 2400, counted up one by one. */
static void calendar_twin(void) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    day counted = day_of(1600, 1, 1);
    for (int y = 1600; y < 2400; y++)
        for (int m = 1; m <= 12; m++) {
            int length = lengths[m - 1] + (m == 2 && (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)));
            CHECK(month_length(y, m) == length, "%d-%d", y, m);
            for (int d = 1; d <= length; d++) check_day(y, m, d, counted++);
        }
}

/* value_days is the inverse of period_value; shifting there and back stays in the period. */
static void periods(void) {
    arena a;
    arena_init(&a);
    unsigned state = 20171122;
    for (int i = 0; i < 20000; i++) {
        state = state * 1664525u + 1013904223u;
        day d = day_of(1900, 1, 1) + (day)(state >> 8) % 73000;
        for (const char *unit = "DWMQYECK"; *unit; unit++) {
            day begin, end;
            str value = period_value(&a, d, *unit);
            bool known = value_days(value, &begin, &end);
            CHECK(known && begin <= end && (*unit == 'K' || (begin <= d && d <= end)), "%.*s", STR_ARG(value));
            if (*unit == 'K') continue;
            CHECK(str_eq(period_value(&a, day_shift(begin, *unit, 1), *unit), period_value(&a, end + 1, *unit)), "after %.*s", STR_ARG(value));
            CHECK(day_shift(day_shift(begin, *unit, 7), *unit, -7) == begin, "seven on from %.*s", STR_ARG(value));
        }
    }
    arena_free(&a);
}

int main(void) {
    calendar_twin();
    periods();
    return check_done(500000);
}
