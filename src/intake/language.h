/* The language of a text: by its letters where they are its own, by small words in Latin and Cyrillic. */
#ifndef RAP_INTAKE_LANGUAGE_H
#define RAP_INTAKE_LANGUAGE_H

#include "intake/words.h"

/* A BCP 47 code ("en", "ko"); "" where too little speaks for any. Careful about leaving English: a short or mixed text is never called foreign. */
str language_of(const intake_words *words, str text);
/* "English", "eng", "en_US" to "en", "en-US": a stated language in the usual spelling. */
str language_named(arena *home, str stated);

#endif
