/* Where sentences end, among the words of one paragraph. */
#ifndef RAP_TEXT_SENTENCES_H
#define RAP_TEXT_SENTENCES_H

#include "document.h"
#include "text/words.h"

/* Limits beyond which a sentence is cut at its best place, so that no stage behind meets an endless one. */
enum { MOST_SENTENCE_WORDS = 1000, MOST_SENTENCE_BYTES = 20000 };

/* A boundary between two words of one paragraph. */
typedef struct end_site {
    const word_lists *lists;
    const token *tokens;  /* of the paragraph: [first, last) */
    int32_t first, last;
    int32_t begin;        /* where the sentence that may end here began */
    int32_t next;         /* the boundary is before this word; first < next < last */
    uint32_t quotes;      /* straight and typographic double quotes since begin; odd: one is open */
    int32_t brackets;     /* that are open */
} end_site;

/* Takes the word before `next` into quotes and brackets; begins anew when the sentence does. */
void end_site_step(end_site *site);
void end_site_begin(end_site *site, int32_t begin);
/* The last word before closing quotes and brackets that stand close behind it, from word i backwards. */
int32_t sentence_closers(const end_site *site, int32_t i);

bool end_by_rule(const end_site *site);

/* What a word is to the reader of sentences. */
typedef enum word_class { WORD_PLAIN, WORD_CAPITAL, WORD_NUMBER, WORD_STOP, WORD_CALL, WORD_DOTS, WORD_CLOSE, WORD_OPEN, WORD_QUOTE, WORD_SEMI, WORD_OTHER } word_class;
word_class word_class_of(str word);

#endif
