/* Lemmas: a script of cut and paste that the network picks, and a list of what scripts get wrong.
 *
 * Scripts as in train/syntax/treebank.py: "l2+y" lower-cases the form, cuts 2 characters and adds y (armies, army); "K1+" keeps its
 * capitals (Americans, American); "=be" replaces the whole. */
#ifndef RAP_SYNTAX_LEMMA_H
#define RAP_SYNTAX_LEMMA_H

#include "base/model_file.h"
#include "base/table.h"
#include "document.h"

typedef struct lemma_script {
    bool whole, keep; /* replace the whole; keep capitals */
    uint32_t cut;     /* characters */
    str add;
} lemma_script;

typedef struct lemmas {
    lemma_script *scripts;
    int count;
    table exceptions; /* "form\tUPOS", lower case, to an index into `values` */
    str *values;
} lemmas;

/* script_names one a line; exceptions "form\tUPOS\tlemma" a line, from the treebanks and (they win) our own of lexicon/lemmas.tsv; all lent for good. */
void lemmas_read(lemmas *l, arena *home, str script_names, str exceptions, str own);
bool lemma_fits(const lemma_script *s, str form);
str lemma_apply(const lemma_script *s, str form, arena *home);
str lemma_of_number(str form, arena *home); /* without the commas between digits: 5,000 is 5000 */
/* The list's answer; false where it has none. */
bool lemma_exception(const lemmas *l, str form, upos tag, str *out);

#endif
