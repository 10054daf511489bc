/* Faults of the greedy trees that the words around show beyond doubt, mended before anybody reads them. */
#ifndef RAP_SYNTAX_MEND_H
#define RAP_SYNTAX_MEND_H

#include "document.h"

/* Heads, relations and, where a verb was taken for another word, tags of one sentence; before tree_link. */
void tree_mend(document *doc, const sentence *s);

/* The part of it that concerns sayings (mend_reports.c). */
void mend_reports(document *doc, const sentence *s);

#endif
