/* Dates and times of day as outlets print them, found in running text:
 *   2017-11-22 16:03 KST · 2017.11.22 16:03 · 20171122 · 2017-11-22T16:03:00+09:00 · 2017년 11월 22일 · 2017年11月22日
 *   November 22, 2017 4:03 p.m. EST · 22 Nov 2017, 16h03 · Wed, 22 Nov 2017 16:03:00 +0900 · 22 de noviembre de 2017 · 4:03 PM ET, Wed November 22, 2017
 *   11/22/2017 · 22/11/2017 · 22.11.2017 */
#ifndef RAP_INTAKE_DATES_H
#define RAP_INTAKE_DATES_H

#include "base/date.h"
#include "intake/words.h"

typedef struct date_hit {
    moment moment;
    uint32_t start, end; /* bytes in the text */
    bool doubtful;       /* 3/4/2017: day and month could be either way round */
} date_hit;

/* The first date at or behind byte `from`. day_first: how to read 3/4/2017. False if there is none. */
bool date_find(const intake_words *words, str text, uint32_t from, bool day_first, date_hit *out);
/* The whole of s is one date, a bare year or other words aside: for a column, an attribute. Takes seconds and milliseconds since 1970, too. */
bool date_whole(const intake_words *words, str s, bool day_first, moment *out);
/* A date in a web address: /2017/11/22/, /2017-11-22-, /20171122, /2019/nov/18/. */
bool date_of_url(const intake_words *words, str url, moment *out);

#endif
