/* TIMEX3 durations, rates and sets. */
#include "when/acts.h"

static str amount_text(const reading *r, int i) {
    double a = r->got->amount[i];
    if (r->got->unknown[i]) return STR("X");
    if (a == (int)a) return arena_format(act_home(r), "%d", (int)a);
    return arena_format(act_home(r), "%g", a);
}

static str length(const reading *r, str amount, char unit) {
    long n = 0;
    bool whole = str_to_long(amount, &n);
    switch (unit) {
    case 'H': return arena_format(act_home(r), "PT%.*sH", STR_ARG(amount));
    case 'N': return arena_format(act_home(r), "PT%.*sM", STR_ARG(amount));
    case 'S': return arena_format(act_home(r), "PT%.*sS", STR_ARG(amount));
    case 'F': return whole ? arena_format(act_home(r), "P%ldW", 2 * n) : arena_format(act_home(r), "P%.*sW", STR_ARG(amount));
    case 'E': return whole ? arena_format(act_home(r), "P%ldY", 10 * n) : arena_format(act_home(r), "P%.*sY", STR_ARG(amount));
    case 'C': return whole ? arena_format(act_home(r), "P%ldY", 100 * n) : arena_format(act_home(r), "P%.*sY", STR_ARG(amount));
    case 'K': return arena_format(act_home(r), "P%.*sWE", STR_ARG(amount));
    default: return arena_format(act_home(r), "P%.*s%c", STR_ARG(amount), unit);
    }
}

/* "$40 a day", "twice a month": a rate, where a noun or number stands right before. */
static bool is_rate(const reading *r) {
    size_t i = r->got->first;
    if (i == 0) return false;
    const token *before = &r->f->doc->tokens[r->f->pieces[i - 1].token];
    return before->upos == UPOS_NOUN || before->upos == UPOS_NUM || before->upos == UPOS_SYM || r->f->pieces[i - 1].kind == PIECE_DIGITS;
}

bool act_rate(const reading *r) { return is_rate(r) && act_give(r, TIMEX_SET, length(r, STR("1"), r->got->unit[0])); }

bool act_duration(const reading *r) {
    const capture *g = r->got;
    char unit = g->unit[0];
    str argument = r->rule->argument;
    if (!unit) return false;
    if (unit == 'D' && act_said(r, r->got->first, "one") && r->got->last < r->f->count && (act_said(r, r->got->last, "in") || act_said(r, r->got->last, ","))) return false;
    if (g->article && (unit == 'S' || unit == 'Q') && r->got->last - r->got->first == 2) return false; /* a second term, a quarter of them */
    if (unit == 'H' && r->f->pieces[r->got->first].glued && r->got->first > 0) return false;
    if (g->article && r->got->last - r->got->first == 2) {
        if (is_rate(r)) return false;
        const token *word = &r->f->doc->tokens[act_token(r)];
        if (deprel_base(word->deprel) == DEP_NSUBJ || word->deprel == DEP_ROOT) return false; /* "a day when …" */
        size_t next = r->got->last;
        if (unit == 'D' && next < r->f->count && (act_said(r, next, "when") || act_said(r, next, "of"))) return false;
    }
    if (str_is(argument, "half")) return act_give(r, TIMEX_DURATION, length(r, STR("0.5"), unit));
    if (str_is(argument, "andhalf")) return act_give(r, TIMEX_DURATION, length(r, STR("1.5"), unit));
    if (str_is(argument, "1")) return act_give(r, TIMEX_DURATION, length(r, STR("1"), unit));
    if (str_is(argument, "second")) return act_give(r, TIMEX_DURATION, length(r, amount_text(r, 1), unit));
    str first = length(r, amount_text(r, 0), unit);
    if (g->unit_count > 1 && g->number_count > 1) {
        str second = length(r, amount_text(r, 1), g->unit[1]);
        uint32_t skip = str_starts(first, "PT") ? 2 : 1;
        return act_give(r, TIMEX_DURATION, arena_format(act_home(r), "%.*s%.*s", STR_ARG(first), (int)(second.len - skip), second.ptr + skip));
    }
    return act_give(r, TIMEX_DURATION, first);
}

bool act_vague(const reading *r) {
    const piece *p = &r->f->pieces[r->got->first];
    if (p->glued && r->got->first > 0 && p[-1].kind == PIECE_MARK) return false; /* gigawatt-hours */
    return r->got->unit[0] && act_give(r, TIMEX_DURATION, length(r, STR("X"), r->got->unit[0]));
}

bool act_lately(const reading *r) {
    if (act_said_any(r, "past")) return act_give(r, TIMEX_DURATION, length(r, STR("1"), r->got->unit[0]));
    return act_this(r);
}

bool act_set(const reading *r) {
    char unit = r->got->unit[0];
    if (!unit) return false;
    str amount = r->got->number_count && act_said_any(r, "every in") && !act_said_any(r, "times") ? amount_text(r, 0) : STR("1");
    if (!str_empty(r->rule->argument)) amount = r->rule->argument;
    return act_give(r, TIMEX_SET, length(r, amount, unit));
}

bool act_setday(const reading *r) {
    const char *part = r->got->part;
    return act_give(r, TIMEX_SET, arena_format(act_home(r), "XXXX-WXX-%d%s%s", r->got->weekday, *part ? "T" : "", part));
}
bool act_setmonth(const reading *r) { return act_give(r, TIMEX_SET, arena_format(act_home(r), "XXXX-%02d", r->got->month[0])); }
bool act_setpart(const reading *r) { return act_give(r, TIMEX_SET, arena_format(act_home(r), "XXXX-XX-XXT%s", r->got->part)); }
bool act_setseason(const reading *r) { return act_give(r, TIMEX_SET, arena_format(act_home(r), "XXXX-%s", r->got->season)); }

/* "daily", but not the Daily Telegraph. */
bool act_frequent(const reading *r) {
    const piece *p = &r->f->pieces[r->got->first];
    if (p->capital && (r->got->first > 0 || r->f->doc->tokens[p->token].upos == UPOS_PROPN)) return false;
    return act_give(r, TIMEX_SET, r->got->frequent);
}
