/* "A week after his election on May 7", "on the eve of Sunday's vote": days counted from a time that stands behind what they are counted from. */
#include "when/counted.h"

#include <stdio.h>
#include <stdlib.h>

#include "when/calendar.h"

enum { REACH = 9 /* words between "after" and the time */ };

/* The length that ends before token t: "two days", "the day", "hours". False: none stands there. *n is 0 for less than a day, -1 where it is not told how many. */
static bool length_before(const document *doc, int32_t t, char *unit, int *n) {
    int32_t last = t - 1, first = doc->sentences[doc->tokens[t].sentence].first;
    if (last < first) return false;
    str lemma = doc->tokens[last].lemma;
    if (str_in(lemma, "hour minute")) return *unit = 'D', *n = 0, true;
    if (!str_in(lemma, "day week month year")) return false;
    *unit = (char)(lemma.ptr[0] - 32);
    for (size_t i = 0; i < doc->time_count; i++) {
        const timex *x = &doc->times[i];
        if (x->last != t || x->first < first || x->type != TIMEX_DURATION) continue;
        char text[16] = "";
        snprintf(text, sizeof text, "%.*s", STR_ARG(x->value));
        char *end;
        long amount = text[0] == 'P' ? strtol(text + 1, &end, 10) : -1;
        *n = text[0] == 'P' && end > text + 1 && *end == *unit && amount < 5000 ? (int)amount : -1;
        return true;
    }
    *n = last > first && str_in(doc->tokens[last - 1].lemma, "the a one") ? 1 : -1;
    return true;
}

/* The words that may stand between "after" and the time: a noun's, no clause's. */
static bool breaks(const token *t) {
    return t->upos == UPOS_PUNCT || t->upos == UPOS_CCONJ || t->upos == UPOS_AUX || (t->upos == UPOS_VERB && t->morph.verbform != 3) || t->upos == UPOS_PRON;
}

counted counted_from(const document *doc, int32_t index) {
    const timex *x = &doc->times[index];
    const sentence *s = &doc->sentences[doc->tokens[x->first].sentence];
    counted none = {.is = false};
    if (x->begin == DAY_NONE || x->type == TIMEX_DURATION || x->type == TIMEX_SET) return none;
    for (int32_t t = x->first - 1; t > s->first && t >= x->first - REACH; t--) {
        const token *word = &doc->tokens[t];
        char unit = 'D';
        int n = 0, sign = 0;
        if (str_in(word->form, "after following")) sign = 1;
        else if (str_is(word->form, "before")) sign = -1;
        else if (str_is(word->form, "of") && str_is(doc->tokens[t - 1].lemma, "eve")) sign = -1, n = 1;
        if (sign && !n && !length_before(doc, t, &unit, &n)) return none;
        if (sign) {
            bool whole_day = x->begin == x->end_day, told = n >= 0 && (whole_day || unit == 'Y'); /* not "days after", nor two days from a month */
            return (counted){.is = true, .date = told ? day_shift(x->begin, unit, sign * n) : DAY_NONE, .unit = whole_day ? 'D' : 'Y'};
        }
        if (breaks(word) && !(word->upos == UPOS_PRON && word->morph.poss)) return none;
    }
    return none;
}
