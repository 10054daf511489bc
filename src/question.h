/* The records of `relate`, {"id","text","source":[[start,end],…],"target":[[start,end],…]}, and of the ranker's training, which add "event". */
#ifndef RAP_QUESTION_H
#define RAP_QUESTION_H

#include "pipeline.h"

enum { MOST_SPANS = 16 };
typedef struct question {
    char id[128];
    content source[MOST_SPANS], target[MOST_SPANS];
    int sources, targets;
    str event, group; /* live in the document; "" where not given */
} question;

/* Fills document and question; RAP_UNREADABLE for what is no such record or has spans outside its text. */
rap_status question_read(document *doc, question *q, const char *json, size_t length, rap_error *e);

#endif
