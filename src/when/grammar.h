/* Inside when/: the words and patterns of time (lexicon/time-words.tsv, times.tsv), and how a sentence is cut up for them. */
#ifndef RAP_WHEN_GRAMMAR_H
#define RAP_WHEN_GRAMMAR_H

#include "base/setup.h"
#include "base/table.h"
#include "document.h"

/* Classes of words, kept in the order of class_names (grammar.c). Those after CLASS_LEXICAL are told by the digits, not by a list. */
typedef enum time_class {
    MONTH, WEEKDAY, ABBRDAY, WEEKDAYS, UNIT, UNITS, LONG, SHIFT, PART, SEASON, EDGE, CARDINAL, MANY, ORDINAL, DECADEWORD, DAYWORD, ZONE,
    FEAST, EVERY, FREQUENT, APPROX, LESS, MORE, CLASS_LEXICAL,
    YEAR = CLASS_LEXICAL, YY, DAY, NTH, NTHDAY, NTHC, HOUR, MINUTE, AMPM, HUNDRED, CARD, NUM, MM, DD, NN, HHMM, WORD, ASIDE, CLASS_COUNT
} time_class;
#define CLASS_BIT(c) ((uint64_t)1 << (c))

/* Text is cut finer than tokens, always alike: letters, digits, single marks. */
typedef enum piece_kind { PIECE_WORD, PIECE_DIGITS, PIECE_MARK } piece_kind;
typedef struct piece {
    uint32_t start, end; /* bytes in the block */
    int32_t token;
    uint32_t word;       /* number of a word that the grammar knows, 0 none */
    int32_t number;      /* of digits (at most eight), else -1 */
    uint8_t kind, digits;
    bool glued;          /* no space before it */
    bool capital;
} piece;

typedef struct sense {
    time_class class;
    int number;      /* of numeric classes */
    str text;        /* the value as written */
    uint32_t next;   /* into senses, 0 none */
} sense;

typedef struct time_word {
    str text;
    uint64_t classes;
    uint32_t sense;              /* first */
    int32_t *rules;              /* that may begin with it */
    size_t rule_count, rule_capacity;
} time_word;

/* One element of a pattern: any of its classes or words. */
enum { MOST_ALTERNATIVES = 10, MOST_ELEMENTS = 14 };
typedef struct element {
    uint64_t classes;
    uint32_t words[MOST_ALTERNATIVES];
    int word_count;
    bool optional, glued, refused; /* x?  +x  !x */
} element;

typedef enum time_action {
    ACT_CONSTANT, ACT_DATE, ACT_SLASHES, ACT_JUCHE, ACT_YEAR, ACT_FISCAL, ACT_MONTH, ACT_MONTHDAY, ACT_MONTHYEAR, ACT_RANGE, ACT_THIS, ACT_QUARTER, ACT_HALF,
    ACT_SEASON, ACT_DECADE, ACT_CENTURY, ACT_WEEKDAY, ACT_DAYWORD, ACT_DAY, ACT_PART, ACT_NIGHT, ACT_CONTEXTPART, ACT_FEAST, ACT_LATELY, ACT_AGO,
    ACT_HENCE, ACT_CONTEXT, ACT_BEFORE, ACT_AFTER, ACT_CLOCK, ACT_DURATION, ACT_VAGUE, ACT_SET, ACT_SETDAY, ACT_SETMONTH, ACT_SETPART,
    ACT_SETSEASON, ACT_FREQUENT, ACT_RATE, ACTION_COUNT
} time_action;

typedef struct time_rule {
    timex_type type;
    element elements[MOST_ELEMENTS];
    int element_count;
    int open, close;     /* elements [open, close) are the expression; without brackets all */
    time_action action;
    str argument;        /* behind ':' or '=' */
    str example, value;
    int line;
} time_rule;

typedef struct grammar {
    arena *home;
    table index;                 /* word -> number */
    time_word *words;            /* [1 …] */
    size_t word_count, word_capacity;
    sense *senses;               /* [1 …] */
    size_t sense_count, sense_capacity;
    time_rule *rules;
    size_t rule_count, rule_capacity;
    int32_t *by_class[CLASS_COUNT]; /* rules that may begin with the class */
    size_t by_class_count[CLASS_COUNT], by_class_capacity[CLASS_COUNT];
} grammar;

rap_status grammar_open(grammar *g, const setup *with, rap_error *e);
/* The value that the word has in the class; NULL if it is not in it. */
const sense *grammar_sense(const grammar *g, uint32_t word, time_class class);

/* Cuts a sentence; returns how many pieces, their array in doc->home. */
size_t pieces_of(const grammar *g, document *doc, const sentence *s, piece **out);

/* What a match caught. */
typedef struct capture {
    int year[2], month[2], day[2], weekday, hour, minute[2], zone;
    int year_count, month_count, day_count, minute_count, number_count, unit_count;
    double amount[2];
    bool unknown[2];            /* the amount is "several" */
    bool article;               /* the (first) amount is "a" or "an" */
    char unit[2];               /* TIMEX3 letter, see time-words.tsv */
    char part[3], season[3], edge[6];
    bool has_shift, has_zone, has_dayword, has_weekday, half, pm, am;
    int shift, dayword, ordinal, hundred, first_digits;
    bool two_digit_year, apostrophe;
    int feast_month, feast_day;
    str frequent;
    const char *mod;            /* APPROX, LESS_THAN, MORE_THAN, EQUAL_OR_MORE, … */
    size_t first, last;         /* pieces [first, last) of the expression */
    size_t second;              /* piece where the second part of a range begins, 0 none */
} capture;

/* Does the rule match at piece `at`? On success *got holds the parts and the expression's pieces. */
bool rule_match(const grammar *g, const time_rule *rule, const piece *pieces, size_t count, size_t at, const char *text, capture *got);

/* Reads a number expression; returns the number of pieces, 0 if there is none. */
size_t number_read(const grammar *g, const piece *pieces, size_t count, size_t at, double *amount, bool *unknown, bool *article);

#endif
