/* Derived answers that come in more than one form. */
#include "ledger/questions.h"

void ask_gaps(ledger *l, const filters *f, long limit, json_t *rows) {
    bool by_document = f->asked->counting && strcmp(f->asked->counting, "document") == 0;
    answers_read(l, by_document ? "gaps/document" : "gaps", f, limit, rows);
}

void ask_dyads(ledger *l, const filters *f, long limit, json_t *rows) {
    bool daily = f->asked->counting && strcmp(f->asked->counting, "day") == 0;
    answers_read(l, daily ? "dyads/day" : "dyads", f, limit, rows);
}

/* Not only when: whoever asks for one visit wants to see its classes beside it. */
void ask_precedents(ledger *l, const filters *f, long limit, json_t *rows) { answers_read(l, "precedents", f, limit, rows); }
