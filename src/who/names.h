/* Names of persons, organisations and places: a linear-chain conditional random field (J. Lafferty et al. 2001) over hashed features of words, shapes, lists of
 * names, tags and relations of the tree, and a hidden layer over pretrained word vectors. Weights and lists in models/names.bin; trained by train/names/make. */
#ifndef RAP_WHO_NAMES_H
#define RAP_WHO_NAMES_H

#include "base/setup.h"
#include "document.h"

typedef struct names names; /* constant after opening, shared by threads */

/* Needs setup.syntax, for the word vectors. */
rap_status names_open(names **out, const setup *setup, rap_error *e);
void names_close(names *n);

/* Appends one mention of kind MENTION_NAME for each name, in text order, and sets token.mention of its head: type person, organization or place, without
 * articles, titles and the possessive 's. confidence is the posterior probability of the whole span. Demonyms are no names here. */
void names_read(const names *n, document *doc);

#endif
