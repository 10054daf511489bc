/* Where the text names what the lexicon knows: longest matches from left to right, never overlapping. */
#ifndef RAP_WHO_MATCH_H
#define RAP_WHO_MATCH_H

#include "who/knowledge.h"

typedef struct match {
    int32_t first, last; /* tokens [first, last) */
    int32_t alias;       /* first alias of the key; those whose writing does not fit are skipped by match_entry */
} match;

/* who's own notes on a document, in doc->home: doc->who_notes. */
typedef struct who_notes {
    match *matches;
    size_t match_count, match_capacity;
    int32_t *at; /* [token_count]: match that covers the token, -1 */

    str main_country;    /* the one the document speaks of most, "" where none stands out; setting.c */
    str *folded; /* [token_count]: the folded form, "" for marks */
} notes;

/* Finds all matches of the document's tokens [first, last). */
void match_tokens(const knowledge *k, document *doc, notes *n, int32_t first, int32_t last);

/* Next entry of a match after `previous` (NULL: the first) whose letters fit the text, NULL none. *surname: only the family name matched. */
const entry *match_next(const knowledge *k, const document *doc, const match *m, int32_t *cursor, bool *surname);
/* The entry of a kind, NULL. */
const entry *match_kind(const knowledge *k, const document *doc, const match *m, entry_kind kind);

#endif
