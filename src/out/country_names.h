/* A state's English name by its ISO 3166-1 alpha-3 code (lexicon/countries.tsv): ICEWS writes names, not codes. */
#ifndef RAP_OUT_COUNTRY_NAMES_H
#define RAP_OUT_COUNTRY_NAMES_H

#include "base/lexicon.h"

typedef struct country_names country_names;
const country_names *country_names_open(const lexicon *lex, arena *home); /* points into the lexicon's text */
str country_name(const country_names *names, str iso);                   /* "" for what is no state */

#endif
