/* Finds times. The forms it takes, one line a pattern with an example and its value each, are lexicon/times.tsv; in short:
 *
 *   Nov. 21, 2017 · 21 November 2017 · 2017-11-21 · 11/21/2017 · Juche 106 (2017) · March 2016 · 2016       whole dates
 *   Nov. 12 · Sunday, Nov. 12 · August · May last year · on the 21st                                          their year understood
 *   Nov. 20-23 · 20 to 23 November · between May and July 2016 · 2009-11                                      ranges: two expressions
 *   early 2016 (mod START) · the third quarter of 2016 · last summer · the 1990s · the 19th century           parts and spans
 *   Tuesday · last Thursday · Friday morning (TMO) · yesterday · tonight (TNI) · last month · ten years ago   from the publication
 *   that day · the day before · the following month · two days later                                          from the time spoken of
 *   16:03 · 4 p.m. Friday · 1603 GMT (Z)                                                                      the clock
 *   two weeks · 27-year · 42-year-old · for years (PXY) · the next four years                                 durations
 *   every Friday (XXXX-WXX-5) · daily (P1D) · twice a week                                                    sets
 *   now (PRESENT_REF) · recently (PAST_REF) · in the future (FUTURE_REF)                                      vague
 *
 * Days count from the publication in its own offset. Without one, a line of the text that is nothing but a date stands in; without that,
 * what is relative stays unresolved (value ""). */
#include "when/when.h"

#include <stdlib.h>

#include "when/resolve.h"
#include "when/stage.h"

enum { MOST_CANDIDATES = 48 };

rap_status when_open(when_stage **out, const setup *with, rap_error *e) {
    when_stage *stage = arena_new(with->home, when_stage);
    *out = stage;
    return grammar_open(&stage->grammar, with, e);
}

void when_close(when_stage *stage) { (void)stage; }

typedef struct candidate {
    const time_rule *rule;
    capture got;
} candidate;

typedef struct candidates {
    candidate list[MOST_CANDIDATES];
    size_t count;
} candidates;

static void consider(const when_frame *f, const int32_t *rules, size_t rule_count, size_t at, candidates *c) {
    for (size_t i = 0; i < rule_count && c->count < MOST_CANDIDATES; i++) {
        candidate *next = &c->list[c->count];
        next->rule = &f->grammar->rules[rules[i]];
        c->count += rule_match(f->grammar, next->rule, f->pieces, f->count, at, f->text, &next->got);
    }
}

/* The classes under which rules that may begin at this piece are listed. */
static uint64_t classes_at(const grammar *g, const piece *p) {
    static const uint64_t digits = CLASS_BIT(YEAR) | CLASS_BIT(YY) | CLASS_BIT(DAY) | CLASS_BIT(NTH) | CLASS_BIT(NTHDAY) | CLASS_BIT(NTHC) | CLASS_BIT(HOUR) |
                                   CLASS_BIT(HUNDRED) | CLASS_BIT(CARD) | CLASS_BIT(NUM) | CLASS_BIT(MM) | CLASS_BIT(DD) | CLASS_BIT(NN) | CLASS_BIT(HHMM);
    if (p->kind == PIECE_DIGITS) return digits;
    if (!p->word) return 0;
    uint64_t classes = g->words[p->word].classes;
    if (classes & (CLASS_BIT(CARDINAL) | CLASS_BIT(ORDINAL))) classes |= CLASS_BIT(CARD) | CLASS_BIT(NUM) | CLASS_BIT(DAY) | CLASS_BIT(NTH) | CLASS_BIT(NTHC);
    str text = g->words[p->word].text;
    if (classes & CLASS_BIT(MANY) || (text.len <= 2 && (str_is(text, "a") || str_is(text, "an")))) classes |= CLASS_BIT(CARD) | CLASS_BIT(NUM);
    return classes;
}

static bool better(const candidate *a, const candidate *b) {
    size_t x = a->got.last - a->got.first, y = b->got.last - b->got.first;
    return x != y ? x > y : a->rule < b->rule;
}

/* The best reading of what begins at piece `at`; *end is the piece behind it. */
static bool read_at(const when_frame *f, size_t at, resolved *out, capture *got) {
    candidates c;
    c.count = 0;
    const piece *p = &f->pieces[at];
    if (p->word) consider(f, f->grammar->words[p->word].rules, f->grammar->words[p->word].rule_count, at, &c);
    for (uint64_t left = classes_at(f->grammar, p); left; left &= left - 1) {
        int class = __builtin_ctzll(left);
        consider(f, f->grammar->by_class[class], f->grammar->by_class_count[class], at, &c);
    }
    while (c.count > 0) {
        size_t best = 0;
        for (size_t i = 1; i < c.count; i++)
            if (better(&c.list[i], &c.list[best])) best = i;
        *got = c.list[best].got;
        if (resolve(f, c.list[best].rule, got, out)) return true;
        c.list[best] = c.list[--c.count];
    }
    return false;
}

/* "Jan Peter Balkenende", "April Glaspie": one word before or within somebody's name. */
static bool of_a_name(const document *doc, int32_t first, int32_t last) {
    if (last - first != 1 || !str_in(doc->tokens[first].form, "Jan April May June Mar August Summer Friday Sunday")) return false;
    int32_t next = first + 1;
    if (doc->tokens[first].upos == UPOS_PROPN && doc->tokens[first].deprel == DEP_FLAT) return true;
    return next < (int32_t)doc->token_count && doc->tokens[next].upos == UPOS_PROPN && doc->tokens[next].deprel == DEP_FLAT && doc->tokens[next].head == first;
}

/* ---- the document's list ---- */

static void put(when_frame *f, timex x, size_t first, size_t last) {
    document *doc = f->doc;
    const piece *a = &f->pieces[first], *b = &f->pieces[last - 1];
    x.first = a->token, x.last = b->token + 1, x.start = a->start, x.end = b->end;
    x.block = f->sentence->block;
    if (of_a_name(doc, x.first, x.last)) return;
    x.head = tree_top(doc, x.first, x.last);
    if (!x.mod.ptr) x.mod = STR("");
    if (!x.value.ptr) x.value = STR("");
    x.begin = x.end_day = DAY_NONE;
    if (x.type == TIMEX_DATE || x.type == TIMEX_TIME) value_days(x.value, &x.begin, &x.end_day);
    doc->tokens[x.head].timex = (int32_t)doc->time_count;
    arena_push(&doc->home, doc->times, doc->time_count, doc->time_capacity, x);
    if (x.begin == DAY_NONE || x.type == TIMEX_SET) return;
    int32_t span = x.end_day - x.begin;
    f->reference = x.begin;
    f->reference_unit = span == 0 ? 'D' : span < 7 ? 'W' : span < 31 ? 'M' : span < 95 ? 'Q' : 'Y';
    f->reference_sentence = doc->tokens[x.first].sentence;
    f->reference_token = x.first;
}

/* A clock time takes its day from the date beside it ("4 p.m. Friday" is one expression), else from one in the sentence, else from the last one. */
static void clocks_join(when_frame *f, size_t from, const size_t *clocks, size_t clock_count) {
    document *doc = f->doc;
    for (size_t k = clock_count; k-- > 0;) {
        timex *x = &doc->times[clocks[k]], *best = NULL;
        for (size_t i = from; i < doc->time_count; i++) {
            timex *y = &doc->times[i];
            if (y->type != TIMEX_DATE || y->begin == DAY_NONE || y->begin != y->end_day) continue;
            if (!best || abs(y->first - x->first) < abs(best->first - x->first)) best = y;
        }
        day d = best ? best->begin : f->reference != DAY_NONE && f->reference_unit == 'D' ? f->reference : f->now.date;
        if (d != DAY_NONE) {
            str date = day_format(&doc->home, d);
            x->value = arena_format(&doc->home, "%.*s%.*s", STR_ARG(date), STR_ARG(x->value));
            value_days(x->value, &x->begin, &x->end_day);
            x->relative = best ? best->relative : true;
        } else x->value = arena_format(&doc->home, "XXXX-XX-XX%.*s", STR_ARG(x->value));
        if (!best || best != x + 1) continue;
        str between = document_span(doc, x->block, x->end, best->start);
        if (str_in(str_trim(between), "on ,") || str_empty(str_trim(between))) { /* one expression */
            x->last = best->last, x->end = best->end;
            doc->tokens[x->head].timex = doc->tokens[best->head].timex = -1;
            x->head = tree_top(doc, x->first, x->last);
            memmove(best, best + 1, sizeof *best * (size_t)(doc->times + doc->time_count - (best + 1)));
            doc->time_count--;
        }
    }
    for (size_t i = from; i < doc->time_count; i++) doc->tokens[doc->times[i].head].timex = (int32_t)i;
}

enum { MOST_CLOCKS = 16 };

static void read_sentence(when_frame *f) {
    size_t from = f->doc->time_count, clocks[MOST_CLOCKS], clock_count = 0;
    for (size_t i = 0; i < f->count;) {
        resolved r;
        capture got;
        if ((!f->pieces[i].word && f->pieces[i].kind != PIECE_DIGITS) || !read_at(f, i, &r, &got)) {
            i++;
            continue;
        }
        if (r.clock && clock_count < MOST_CLOCKS) clocks[clock_count++] = f->doc->time_count;
        if (r.two && got.second > got.first && got.second < got.last) {
            put(f, r.time, got.first, got.second - 1);
            put(f, r.other, got.second, got.last);
        } else put(f, r.time, got.first, got.last);
        i = got.last;
    }
    if (clock_count) clocks_join(f, from, clocks, clock_count);
}

/* ---- the publication ---- */

/* A date alone on its line near the head of the text ("March 1, 2008"), or in the dateline, is when it was published if nothing else says so. */
static day date_line(const when_stage *stage, document *doc) {
    int seen = 0;
    for (size_t s = 0; s < doc->sentence_count && seen < 4; s++) {
        const sentence *line = &doc->sentences[s];
        if (doc->blocks[line->block].kind != BLOCK_BODY) continue;
        seen++;
        when_frame f = {doc, &stage->grammar, MOMENT_NONE, line, doc->blocks[line->block].text.ptr, NULL, 0, DAY_NONE, 'D', -1, -1};
        piece *pieces;
        f.count = pieces_of(&stage->grammar, doc, line, &pieces);
        f.pieces = pieces;
        for (size_t i = 0; i < f.count; i++) {
            if (f.pieces[i].kind == PIECE_WORD && !f.pieces[i].word) continue;
            resolved r;
            capture got;
            if (!read_at(&f, i, &r, &got) || r.time.type != TIMEX_DATE || r.time.value.len != 10 || r.time.relative) continue;
            str text = doc->blocks[line->block].text;
            uint32_t start = f.pieces[got.first].start, end = f.pieces[got.last - 1].end;
            bool opens = start == 0 || text.ptr[start - 1] == '\n', closes = end >= text.len || text.ptr[end] == '\n';
            day begin, last;
            if (opens && closes && value_days(r.time.value, &begin, &last)) return begin;
        }
    }
    return DAY_NONE;
}

/* "PHNOM PENH, July 12 (AFP) -": the day on which the dispatch was written; its "yesterday" and "last Saturday" count from there. */
static day written_on(const document *doc, const sentence *s, size_t first_time) {
    const token *last = &doc->tokens[s->last - 1];
    if (doc->published.date == DAY_NONE || s->last - s->first < 3 || s->last - s->first > 16 || !str_in(last->form, "-- \xE2\x80\x94 \xE2\x80\x93 -")) return DAY_NONE;
    for (size_t i = first_time; i < doc->time_count; i++) {
        const timex *x = &doc->times[i];
        if (x->type == TIMEX_DATE && x->begin != DAY_NONE && x->begin == x->end_day && x->begin <= doc->published.date && x->begin >= doc->published.date - 5) return x->begin;
    }
    return DAY_NONE;
}

void when_read(const when_stage *stage, document *doc) {
    when_frame f = {.doc = doc, .grammar = &stage->grammar, .now = doc->published, .reference = DAY_NONE, .reference_unit = 'D', .reference_sentence = -1};
    if (f.now.date == DAY_NONE) f.now.date = date_line(stage, doc), f.now.seconds = -1;
    int32_t of_block = -1;
    for (size_t s = 0; s < doc->sentence_count; s++) {
        f.sentence = &doc->sentences[s];
        if (f.sentence->block != of_block) of_block = f.sentence->block, f.reference = DAY_NONE;
        f.text = doc->blocks[of_block].text.ptr;
        piece *pieces;
        f.count = pieces_of(&stage->grammar, doc, f.sentence, &pieces);
        f.pieces = pieces;
        size_t before = doc->time_count;
        bool opens = s == 0 || doc->sentences[s - 1].block != of_block;
        read_sentence(&f);
        day written = opens && doc->blocks[of_block].kind == BLOCK_BODY ? written_on(doc, f.sentence, before) : DAY_NONE;
        if (written != DAY_NONE) f.now.date = written, f.now.seconds = -1;
    }
}
