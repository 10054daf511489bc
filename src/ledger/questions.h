/* What can be asked. Each question fills rows; the table of questions in ask.c names them. */
#ifndef RAP_LEDGER_QUESTIONS_H
#define RAP_LEDGER_QUESTIONS_H

#include "ledger/answers.h"

typedef void (*question_rows)(ledger *l, const filters *f, long limit, answer_rows *rows);

void ask_statements(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_documents(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_why(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_happenings(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_meetings(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_news(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_appearances(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_gaps(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_dyads(ledger *l, const filters *f, long limit, answer_rows *rows);
void ask_stories(ledger *l, const filters *f, long limit, answer_rows *rows);

/* Rows that news is made of: happenings first reported since a day, by that day; documents that revise another. */
void happenings_known(ledger *l, const filters *f, day since, long limit, answer_rows *rows);
void documents_changed(ledger *l, const filters *f, long limit, answer_rows *rows);

/* All rows of a question, for the report; NULL when it failed (the error sticks). */
json_t *question_rows_of(ledger *l, const char *question, const rap_filters *asked);
const char *question_columns(const char *question);

#endif
