/* Readers' judgement: a small linear model over what the calculus found and the words around, trained on UDS-IH2's readers (Rudinger, White
 * and Van Durme 2018), settles what no explicit rule decided. Where it may overrule: docs/factuality.md, F24. */
#ifndef RAP_SAID_READERS_H
#define RAP_SAID_READERS_H

#include "said/calculus.h"
#include "said/linear.h"

void readers_features(calculus *c, int32_t t, feature_list *f);
/* Is the sentence, outside quotation marks, in the English of mail and reviews rather than of dispatches? "I", "you", contractions, a question
 * or exclamation, no capital at its start. The readers' judgements are of that kind. */
bool speaks_to_reader(const reading *r, int32_t t);
/* The value by the innermost voice, from the rules' verdict and the model's score (-3 … 3): the model decides where no explicit rule did, and
 * never turns a negation into its opposite. */
factuality readers_settle(const verdict *v, float score);
/* What a reader takes from the sentence: the score rounded; in dispatches what is negated did not happen. */
factuality readers_judge(const verdict *v, float score, bool personal);

#endif
