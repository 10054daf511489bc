/* One question to the command `who`. Strings live in doc->home. */
#ifndef RAP_WHO_QUESTION_H
#define RAP_WHO_QUESTION_H

#include "document.h"

typedef struct who_question {
    str id; /* as JSON: "a1" with its quotes, 7, null */
    str text, context, published;
} who_question;

/* RAP_UNREADABLE where json is no object with "text"; then q->id still holds the id if there was one. */
rap_status who_question_read(document *doc, const char *json, size_t length, who_question *q, rap_error *e);

#endif
