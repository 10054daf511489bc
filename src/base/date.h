/* Civil dates and timestamps. A day is a number of days since 1970-01-01 in the proleptic Gregorian calendar
 * (H. Hinnant, "chrono-compatible low-level date algorithms"); a moment is a day, a time of day and its own offset from UTC. */
#ifndef RAP_BASE_DATE_H
#define RAP_BASE_DATE_H

#include "base/arena.h"

typedef int32_t day;
#define DAY_NONE INT32_MIN

typedef struct moment {
    day date;           /* local to `offset`; DAY_NONE when nothing is known */
    int32_t seconds;    /* of the local day; -1 when only the date is known */
    int32_t offset;     /* minutes east of UTC; OFFSET_NONE when not stated */
} moment;
#define OFFSET_NONE INT32_MIN
#define MOMENT_NONE ((moment){DAY_NONE, -1, OFFSET_NONE})

day day_of(int year, int month, int dayofmonth);             /* no range check */
bool day_valid(int year, int month, int dayofmonth);
void day_parts(day d, int *year, int *month, int *dayofmonth);
int day_weekday(day d);                                       /* ISO: Monday 1 … Sunday 7 */
int month_length(int year, int month);

/* RFC 3339 and its shorter forms: 2017-11-22T16:03:00+09:00, 2017-11-22 16:03, 2017-11-22. False if s is none of them. */
bool moment_parse(str s, moment *out);
str moment_format(arena *a, moment m); /* RFC 3339, as much as is known; "" for MOMENT_NONE */
enum { MOMENT_ROOM = 80 };
str moment_text(moment m, char room[MOMENT_ROOM]); /* the same without an arena: a view of `room` */
str day_format(arena *a, day d);       /* YYYY-MM-DD */

#endif
