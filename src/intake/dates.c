#include "intake/dates.h"

/* A reading position that tries and goes back. */
typedef struct scan {
    const intake_words *words;
    str s;
    uint32_t at;
    bool day_first;
} scan;

static char peek(const scan *c, uint32_t ahead) { return c->at + ahead < c->s.len ? c->s.ptr[c->at + ahead] : 0; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Between `least` and `most` digits and no more behind them. */
static bool number(scan *c, int least, int most, int *out) {
    uint32_t i = c->at;
    int v = 0, n = 0;
    while (i < c->s.len && is_digit(c->s.ptr[i]) && n < most) v = v * 10 + (c->s.ptr[i++] - '0'), n++;
    if (n < least || (i < c->s.len && is_digit(c->s.ptr[i]))) return false;
    c->at = i;
    *out = v;
    return true;
}

static bool take(scan *c, const char *literal) {
    size_t n = strlen(literal);
    if (c->s.len - c->at < n || memcmp(c->s.ptr + c->at, literal, n) != 0) return false;
    c->at += (uint32_t)n;
    return true;
}

static bool take_word(scan *c, const char *word) { /* ASCII case aside */
    size_t n = strlen(word);
    if (c->s.len - c->at < n) return false;
    for (size_t i = 0; i < n; i++)
        if (lower(c->s.ptr[c->at + i]) != word[i]) return false;
    if (is_letter(peek(c, (uint32_t)n))) return false;
    c->at += (uint32_t)n;
    return true;
}

static void spaces(scan *c) {
    for (;;) {
        char x = peek(c, 0);
        if (x == ' ' || x == '\t' || x == '\n' || x == '\r') c->at++;
        else if (!take(c, "\xc2\xa0")) return;
    }
}

/* A run of letters (any above ASCII count), in ASCII lower case, looked up. */
static bool look_up(scan *c, const table *t, uint32_t *value) {
    char word[40];
    uint32_t n = 0;
    while (n < sizeof word && is_letter(peek(c, n))) word[n] = lower(peek(c, n)), n++;
    if (n == 0 || n == sizeof word || !table_get(t, (str){word, n}, value)) return false;
    c->at += n;
    return true;
}

static bool month_word(scan *c, int *month) {
    uint32_t m;
    if (!look_up(c, &c->words->months, &m)) return false;
    take(c, ".");
    return *month = (int)m, true;
}

static bool make(int y, int m, int d, moment *out) {
    if (y < 1800 || y > 2100 || !day_valid(y, m, d)) return false;
    *out = MOMENT_NONE;
    out->date = day_of(y, m, d);
    return true;
}

/* ---- forms of a date ---- */

static bool year_first(scan *c, date_hit *h) {
    int y, m, d;
    if (!number(c, 4, 4, &y)) return false;
    if (take(c, "\xeb\x85\x84") || take(c, "\xe5\xb9\xb4")) { /* 년, 年 */
        spaces(c);
        if (!number(c, 1, 2, &m) || !(take(c, "\xec\x9b\x94") || take(c, "\xe6\x9c\x88"))) return false; /* 월, 月 */
        spaces(c);
        return number(c, 1, 2, &d) && (take(c, "\xec\x9d\xbc") || take(c, "\xe6\x97\xa5")) && make(y, m, d, &h->moment); /* 일, 日 */
    }
    char mark = peek(c, 0);
    if (mark != '-' && mark != '.' && mark != '/') return false;
    c->at++;
    if (mark == '.') spaces(c);
    if (!number(c, 1, 2, &m) && !month_word(c, &m)) return false;
    if (peek(c, 0) != mark) return false;
    c->at++;
    if (mark == '.') spaces(c);
    if (!number(c, 1, 2, &d)) return false;
    if (mark == '.') take(c, ".");
    return make(y, m, d, &h->moment);
}

static bool run_together(scan *c, date_hit *h) { /* 20171122 */
    for (uint32_t i = 0; i < 8; i++)
        if (!is_digit(peek(c, i))) return false;
    if (is_digit(peek(c, 8)) && !is_digit(peek(c, 13))) return false;
    int v = 0;
    for (uint32_t i = 0; i < 8; i++) v = v * 10 + (peek(c, i) - '0');
    if (v / 10000 < 1900 || !make(v / 10000, v / 100 % 100, v % 100, &h->moment)) return false;
    c->at += 8;
    return true;
}

static void ordinal(scan *c) {
    if (!take_word(c, "st") && !take_word(c, "nd") && !take_word(c, "rd") && !take_word(c, "th") && !take(c, "\xc2\xba")) take(c, ".");
}

static bool month_first(scan *c, date_hit *h) { /* November 22, 2017 */
    int y, m, d;
    if (!month_word(c, &m)) return false;
    spaces(c);
    if (!number(c, 1, 2, &d)) return false;
    ordinal(c);
    take(c, ",");
    spaces(c);
    return number(c, 4, 4, &y) && make(y, m, d, &h->moment);
}

static bool day_then_word(scan *c, date_hit *h) { /* 22 Nov. 2017, 22 de noviembre de 2017, 22-Nov-2017 */
    int y, m, d;
    if (!number(c, 1, 2, &d)) return false;
    ordinal(c);
    spaces(c);
    if (take_word(c, "de") || take_word(c, "of") || take(c, "-")) spaces(c);
    if (!month_word(c, &m)) return false;
    take(c, ",");
    spaces(c);
    if (take_word(c, "de") || take_word(c, "del") || take(c, "-")) spaces(c);
    return number(c, 4, 4, &y) && make(y, m, d, &h->moment);
}

static bool figures(scan *c, date_hit *h) { /* 11/22/2017, 22.11.2017 */
    int a, b, y;
    if (!number(c, 1, 2, &a)) return false;
    char mark = peek(c, 0);
    if (mark != '/' && mark != '.' && mark != '-') return false;
    c->at++;
    if (!number(c, 1, 2, &b) || peek(c, 0) != mark) return false;
    c->at++;
    if (!number(c, 4, 4, &y) && !(number(c, 2, 2, &y) && mark == '/' && (y += y < 70 ? 2000 : 1900) > 0)) return false;
    bool day_leads = a > 12 || (b <= 12 && (c->day_first || mark == '.'));
    h->doubtful = a <= 12 && b <= 12 && a != b && mark != '.';
    return day_leads ? make(y, b, a, &h->moment) : make(y, a, b, &h->moment);
}

static bool any_date(scan *c, date_hit *h) {
    static bool (*const forms[])(scan *, date_hit *) = {year_first, run_together, day_then_word, month_first, figures};
    uint32_t start = c->at;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        c->at = start;
        h->doubtful = false;
        if (forms[i](c, h)) return true;
    }
    c->at = start;
    return false;
}

/* ---- time of day ---- */

/* Second Sunday of March to first Sunday of November. */
static bool summer_of_america(day date) {
    int y, m, d;
    day_parts(date, &y, &m, &d);
    int sunday = d - day_weekday(date) % 7; /* the Sunday before or on that day */
    return (m > 3 && m < 11) || (m == 3 && sunday >= 8) || (m == 11 && sunday < 1);
}

static bool signed_offset(scan *c, int32_t *offset) {
    char sign = peek(c, 0);
    uint32_t start = c->at;
    int hours = 0, minutes = 0;
    if (sign != '+' && sign != '-') return false;
    c->at++;
    if (number(c, 4, 4, &hours)) minutes = hours % 100, hours /= 100;
    else if (number(c, 1, 2, &hours)) {
        if (take(c, ":") && !number(c, 2, 2, &minutes)) hours = 99;
    } else hours = 99;
    if (hours > 14 || minutes > 59) return c->at = start, false;
    *offset = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static void zone_behind(scan *c, moment *m) {
    uint32_t start = c->at, z;
    spaces(c);
    bool bracket = take(c, "(");
    if (signed_offset(c, &m->offset)) return;
    if (!look_up(c, &c->words->zones, &z)) {
        c->at = start;
        return;
    }
    const zone_word *w = &c->words->zone[z];
    m->offset = w->minutes;
    if (w->summer == 'u' && m->date != DAY_NONE && summer_of_america(m->date)) m->offset += 60;
    if (w->minutes == 0) {
        int32_t more;
        uint32_t here = c->at;
        if (signed_offset(c, &more)) m->offset = more;
        else c->at = here;
    }
    if (bracket) take(c, ")");
}

static bool half_of_day(scan *c, int *hour) {
    uint32_t start = c->at;
    spaces(c);
    char x = lower(peek(c, 0));
    if (x == 'a' || x == 'p') {
        c->at++;
        take(c, ".");
        if (lower(peek(c, 0)) == 'm' && !is_letter(peek(c, 1))) {
            c->at++;
            take(c, ".");
            if (*hour <= 12) *hour = *hour % 12 + (x == 'p' ? 12 : 0);
            return true;
        }
    }
    return c->at = start, false;
}

static bool take_any(scan *c, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (take(c, words[i])) return true;
    return false;
}

static bool east_asian_time(scan *c, moment *m) { /* 오후 3시 5분, 午後3時5分, 下午3点5分, 15时05分, 下午3:05 */
    static const char *const morning[] = {"오전", "午前", "上午"}, *const evening[] = {"오후", "午後", "下午", "晚上"}, *const hours[] = {"시", "時", "时", "點", "点"}, *const minutes[] = {"분", "分"};
    int hour, minute = 0;
    uint32_t start = c->at;
    bool late = take_any(c, evening, 4), half = late || take_any(c, morning, 3);
    spaces(c);
    if (!number(c, 1, 2, &hour)) return c->at = start, false;
    if (take_any(c, hours, 5)) {
        uint32_t behind = c->at;
        spaces(c);
        if (!number(c, 1, 2, &minute) || !take_any(c, minutes, 2)) c->at = behind, minute = 0;
    } else if (!half || !take(c, ":") || !number(c, 2, 2, &minute)) return c->at = start, false;
    if (half && hour <= 12) hour = hour % 12 + (late ? 12 : 0);
    if (hour > 23 || minute > 59) return c->at = start, false;
    m->seconds = hour * 3600 + minute * 60;
    m->offset = OFFSET_NONE;
    return true;
}

static bool clock_time(scan *c, moment *m) {
    int hour, minute = 0, second = 0;
    uint32_t start = c->at;
    if (east_asian_time(c, m)) return true;
    if (number(c, 4, 4, &hour)) { /* 0546 GMT */
        moment trial = *m;
        minute = hour % 100, hour /= 100;
        trial.offset = OFFSET_NONE;
        zone_behind(c, &trial);
        if (hour > 23 || minute > 59 || trial.offset == OFFSET_NONE) return c->at = start, false;
        trial.seconds = hour * 3600 + minute * 60;
        return *m = trial, true;
    }
    if (!number(c, 1, 2, &hour)) return false;
    if (take(c, ":") || (is_digit(peek(c, 1)) && is_digit(peek(c, 2)) && (take(c, "h") || take(c, ".")))) {
        if (!number(c, 2, 2, &minute)) return c->at = start, false;
        if (take(c, ":") && !number(c, 2, 2, &second)) return c->at = start, false;
        if (peek(c, 0) == '.' && is_digit(peek(c, 1)))
            for (c->at++; is_digit(peek(c, 0));) c->at++;
        half_of_day(c, &hour);
    } else if (!half_of_day(c, &hour)) return c->at = start, false;
    if (hour > 23 || minute > 59 || second > 60) return c->at = start, false;
    m->seconds = hour * 3600 + minute * 60 + second;
    m->offset = OFFSET_NONE;
    zone_behind(c, m);
    return true;
}

static void between(scan *c) { /* marks and small words between a date and its time */
    static const char *const words[] = {"at", "um", "às", "as", "a las", "à"};
    for (int i = 0; i < 4; i++) {
        spaces(c);
        if (take(c, ",") || take(c, "|") || take(c, "\xe2\x80\x93") || take(c, "\xe2\x80\x94") || take(c, "\xc2\xb7") || take(c, "\xe2\x80\xa2") ||
            take(c, "(") || take(c, ";"))
            continue;
        if (peek(c, 0) == '-' && !is_digit(peek(c, 1))) {
            c->at++;
            continue;
        }
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (take_word(c, words[w])) break;
    }
}

static void time_behind(scan *c, moment *m) {
    uint32_t start = c->at;
    if ((peek(c, 0) == 'T' || peek(c, 0) == 't') && is_digit(peek(c, 1))) c->at++;
    else between(c);
    int hours;
    uint32_t compact = c->at;
    if (number(c, 6, 6, &hours) && compact == start + 1) { /* 20171122T160300Z */
        m->seconds = hours / 10000 * 3600 + hours / 100 % 100 * 60 + hours % 100;
        zone_behind(c, m);
        if (hours / 10000 < 24) return;
        m->seconds = -1;
    }
    c->at = compact;
    if (!clock_time(c, m)) c->at = start;
}

static void weekday(scan *c) { /* letters up to a comma or blank, before a date */
    uint32_t start = c->at, n = 0;
    while (is_letter(peek(c, n)) && n < 12) n++;
    uint32_t month;
    scan trial = *c;
    if (n < 3 || n == 12 || look_up(&trial, &c->words->months, &month)) return;
    c->at += n;
    take(c, ".");
    take(c, ",");
    spaces(c);
    trial = *c;
    if (!is_digit(peek(c, 0)) && !look_up(&trial, &c->words->months, &month)) c->at = start;
}

static bool time_then_date(scan *c, date_hit *h) { /* 4:03 PM ET, Wed November 22, 2017; 0546 GMT (1346 HKT) November 19, 2019 */
    moment clock = {day_of(2000, 1, 1), -1, OFFSET_NONE}, second;
    scan began = *c;
    if (!clock_time(c, &clock)) return false;
    spaces(c);
    scan bracket = *c;
    second = clock;
    if (!(take(c, "(") && clock_time(c, &second) && take(c, ")"))) *c = bracket;
    between(c);
    if (take_word(c, "on")) spaces(c);
    weekday(c);
    if (!any_date(c, h)) return *c = began, false;
    /* Read the clock again now that the day, and with it summer, is known. */
    uint32_t end = c->at;
    scan again = began;
    moment whole = h->moment;
    clock_time(&again, &whole);
    h->moment = whole;
    c->at = end;
    return true;
}

static bool boundary(str text, uint32_t i) {
    if (i == 0) return true;
    char before = text.ptr[i - 1];
    if ((unsigned char)before >= 0x80) return is_digit(text.ptr[i]);
    return !is_digit(before) && !(is_letter(before) && is_letter(text.ptr[i])) && !(is_digit(text.ptr[i]) && (before == '$' || before == '.'));
}

bool date_find(const intake_words *words, str text, uint32_t from, bool day_first, date_hit *out) {
    for (uint32_t i = from; i < text.len; i++) {
        if (!is_digit(text.ptr[i]) && !is_letter(text.ptr[i])) continue;
        if (!boundary(text, i)) continue;
        scan c = {words, text, i, day_first};
        date_hit h = {0};
        if (is_digit(text.ptr[i]) && time_then_date(&c, &h)) {
            *out = (date_hit){h.moment, i, c.at, h.doubtful};
            return true;
        }
        c.at = i;
        if (!any_date(&c, &h) || (is_digit(peek(&c, 0)) && (unsigned char)text.ptr[c.at - 1] < 0x80)) continue; /* 3月4日09:15 */
        time_behind(&c, &h.moment);
        *out = (date_hit){h.moment, i, c.at, h.doubtful};
        return true;
    }
    return false;
}

static bool since_1970(str s, moment *out) {
    long v;
    if (s.len < 9 || s.len > 13 || !str_to_long(s, &v)) return false;
    if (s.len >= 12) v /= 1000;
    if (v < 0 || v > 4102444800L) return false;
    *out = (moment){(day)(v / 86400), (int32_t)(v % 86400), 0};
    return true;
}

bool date_whole(const intake_words *words, str s, bool day_first, moment *out) {
    date_hit h;
    s = str_trim(s);
    if (moment_parse(s, out)) return true;
    if (since_1970(s, out)) return true;
    if (s.len > 100 || !date_find(words, s, 0, day_first, &h)) return false;
    *out = h.moment;
    return true;
}

bool date_of_url(const intake_words *words, str url, moment *out) {
    for (uint32_t i = 0; i + 8 < url.len; i++) {
        if (url.ptr[i] != '/' && url.ptr[i] != '-' && url.ptr[i] != '_' && url.ptr[i] != '=') continue;
        scan c = {words, url, i + 1, false};
        date_hit h = {0};
        if (year_first(&c, &h) && !is_digit(peek(&c, 0))) return *out = h.moment, true;
        c.at = i + 1;
        if (run_together(&c, &h) && h.moment.date >= day_of(1995, 1, 1) && !is_letter(peek(&c, 0))) return *out = h.moment, true;
    }
    return false;
}
