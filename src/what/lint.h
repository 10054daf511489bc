/* Checks of the frame lexicon beyond its format; the call itself, rap_lexicon_lint, is public (rapporteur.h). */
#ifndef RAP_WHAT_LINT_H
#define RAP_WHAT_LINT_H

#include "what/frames.h"

#endif
