/* The way from blocks to sentences and words, with the two questions that judgement decides left open: the stage answers them with its model,
 * the trainer with the gold standard. */
#ifndef RAP_TEXT_READING_H
#define RAP_TEXT_READING_H

#include "text/sentences.h"

typedef struct text_judge {
    bool (*cut)(void *context, const cut_site *site); /* do two words part here? */
    bool (*end)(void *context, const end_site *site); /* does the sentence end before site->next? */
    void *context;
} text_judge;

void text_read_blocks(const word_lists *lists, const text_judge *judge, document *doc);

#endif
