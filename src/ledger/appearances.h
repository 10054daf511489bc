/* Appearances of people, and the gaps between them.
 *
 * A1 An appearance: a statement that a person appears (event null, mode appear), or meets somebody face to face (CONSULT other than by phone),
 *    reported as having happened (CT+, PR+), in the person's own name.
 * A2 None: sentences of greetings, gifts, messages and memories (lexicon/appearances.tsv), and events more than RECENT days before the report.
 * A3 One row for a person and an occasion: reports of one stated day and category, and undated ones of the same document, place or story at most
 *    REPORT_APART days apart; `reported` is the first. Copies of a dispatch count once.
 * A4 Gaps run between days of appearances (the date, else the report's). p = (1 + number of other gaps at least as long) / (other gaps + 1):
 *    the chance of so long a gap if gaps are drawn alike (empirical renewal). A gap in which nothing at all is held for more than UNWATCHED days
 *    on end is not judged: it may be ours. Counting rule: by day (default) or by document. */
#ifndef RAP_LEDGER_APPEARANCES_H
#define RAP_LEDGER_APPEARANCES_H

#include "ledger/happenings.h"

void appearances_store(facts *f);

#endif
