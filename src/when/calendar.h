/* Inside when/: periods of the calendar and their TIMEX3 values. */
#ifndef RAP_WHEN_CALENDAR_H
#define RAP_WHEN_CALENDAR_H

#include "base/date.h"

/* ISO 8601 week and its year. */
void day_week(day d, int *year, int *week);
/* The day n units on (units as in time-words.tsv); days of the month beyond its end become its last. */
day day_shift(day d, char unit, int n);
/* The TIMEX3 value of the period of that unit which holds the day: 2017-11-22, 2017-W47, 2017-11, 2017-Q4, 2017, 201, 20, 2017-W47-WE. */
str period_value(arena *a, day d, char unit);
/* The days from *begin to *end that a value covers; false (both DAY_NONE) for what covers no known days (PXD, PAST_REF, XXXX-12-25). */
bool value_days(str value, day *begin, day *end);

#endif
