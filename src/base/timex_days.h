/* TIMEX3 values as intervals of days. */
#ifndef RAP_BASE_TIMEX_DAYS_H
#define RAP_BASE_TIMEX_DAYS_H

#include "base/date.h"

/* "2017-11-21" one day, "2017-11" a month, "2017-W47", "2017-Q3", "2017-SU", "2017" a year; DAY_NONE twice for all else. */
void timex_days(str value, day *from, day *to);
/* "2017-11-21", "2017-11", "2017" as first or last day, for --from and --to; false when it is none of them. */
bool date_bound(const char *text, bool last, day *out);

#endif
