/* The small lists behind the rules: abbreviations.tsv, contractions.tsv, prefixes.txt, glued.txt, openers.txt of the lexicon. */
#ifndef RAP_TEXT_LISTS_H
#define RAP_TEXT_LISTS_H

#include "base/lexicon.h"
#include "text/atoms.h"

/* Tables in `home`; keys point into the lexicon. */
void word_lists_read(word_lists *lists, const lexicon *lex, arena *home);

#endif
