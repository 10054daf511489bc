/* Sentences of our own for the ranker: from marked text to questions, and from one sentence to variants of it. */
#ifndef RAP_RELATE_ROWS_H
#define RAP_RELATE_ROWS_H

#include "question.h"

enum { MOST_MARKED = 1024 };

/* A question with its text. */
typedef struct marked_row {
    char text[MOST_MARKED];
    uint32_t length;
    question asked;
    plover root;
} marked_row;

/* "[Lima] called off talks with <La Paz>.": false if it is too long. */
bool unmark(str marked, marked_row *row);

enum { MOST_VARIANTS = 2 };
/* What the codebook makes of a deed that is announced, refused or threatened, in words: of "[Kenya] freed <two men>" (RETREAT) "[Kenya] agreed to
 * free <two men>" (AGREE) and "[Kenya] refused to free <two men>" (REJECT); of deeds of conflict THREATEN. doc: the sentence, parsed; side: its
 * tokens' sides; source: head of the source's words. Returns how many were made; none where the source is not the subject of an active main verb. */
int vary(const document *doc, const int32_t *side, int32_t source, plover root, marked_row *out);

#endif
