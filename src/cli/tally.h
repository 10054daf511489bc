/* What a batch counts: documents, sentences, what was left out and why. One thread at a time. */
#ifndef RAP_CLI_TALLY_H
#define RAP_CLI_TALLY_H

#include "rapporteur.h"

enum { TALLY_REASONS = 24, TALLY_TEXT = 160 };

typedef struct tally_list {
    struct { char text[TALLY_TEXT]; unsigned long count; } row[TALLY_REASONS];
    int count;
    unsigned long others; /* beyond the room */
} tally_list;

typedef struct tally {
    unsigned long documents, sentences, statements, unreadable, foreign, damaged;
    tally_list reasons, languages;
    double began, shown;
} tally;

/* The end of a message, behind the names of file and record: what went wrong, for counting. */
void tally_reason(const char *message, char out[TALLY_TEXT]);
void tally_add(tally_list *list, const char *text, unsigned long count);
/* "  HEAD text count; text count" on standard error. */
void tally_print(const char *head, const tally_list *list);
void tally_start(tally *t);
/* One line on the terminal, over the last one, at most twice a second. fraction of the input read so far; below 0: not known. */
void tally_progress(tally *t, double fraction);
/* The last word on standard error: a line of totals, and one for each kind of thing left out. */
void tally_report(const tally *t, const char *command, bool even_if_all_was_done);

#endif
