/* Readers' judgement: a small linear model over what the calculus found and the words around, trained on UDS-IH2's readers (Rudinger, White
 * and Van Durme 2018), settles what no explicit rule decided. Where it may overrule: docs/factuality.md, F24. */
#ifndef RAP_SAID_READERS_H
#define RAP_SAID_READERS_H

#include "said/calculus.h"
#include "said/linear.h"

void readers_features(calculus *c, int32_t t, feature_list *f);
/* Does the sentence, outside quotation marks, speak of "I" or "you"? Mail and reviews do, dispatches do not. */
bool speaks_to_reader(const reading *r, int32_t t);
/* The value that goes out, from the rules' verdict and the model's score (-3 … 3): the model decides where no explicit rule did, and in sentences
 * that speak of "I" and "you"; it never turns a negation into its opposite. */
factuality readers_settle(const verdict *v, float score, bool personal);

#endif
