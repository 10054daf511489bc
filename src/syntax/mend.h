/* Faults of the greedy trees that the words around show beyond doubt, mended before anybody reads them. */
#ifndef RAP_SYNTAX_MEND_H
#define RAP_SYNTAX_MEND_H

#include "document.h"

static inline bool is_noun(const token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN; }
static inline bool capital_first(str form) { return form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z'; }
static inline bool ends_with_stop(const document *doc, const sentence *s) {
    int32_t last = s->last - 1;
    while (last > s->first && str_in(doc->tokens[last].form, "\" \xE2\x80\x9D '' )")) last--;
    return str_is(doc->tokens[last].form, ".");
}

/* Heads, relations and, where a verb was taken for another word, tags of one sentence; before tree_link. */
void tree_mend(document *doc, const sentence *s);

/* The part of it within noun phrases (mend_phrases.c). */
void mend_noun_phrases(document *doc, const sentence *s);
/* The part of it that concerns headlines (mend_headlines.c). */
void mend_headlines(document *doc, const sentence *s);
/* The part of it that concerns sayings (mend_reports.c). */
void mend_reports(document *doc, const sentence *s);
/* The part of it that concerns predicates before "be" and their subject (mend_inversion.c). */
void mend_inversion(document *doc, const sentence *s);
void mend_year(document *doc, const sentence *s);      /* "In 2014 al-Bashir received him": a year takes no subject */

#endif
