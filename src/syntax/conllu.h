/* CoNLL-U in and out (universaldependencies.org/format). Multiword tokens (1-2) and empty nodes (1.1) are kept as lines, their words are read;
 * so are comments. The public calls are in rapporteur.h: rap_conllu_…, rap_write_conllu. */
#ifndef RAP_SYNTAX_CONLLU_H
#define RAP_SYNTAX_CONLLU_H

#include "base/error.h"
#include "base/str.h"

enum { CONLLU_ID, CONLLU_FORM, CONLLU_LEMMA, CONLLU_UPOS, CONLLU_XPOS, CONLLU_FEATS, CONLLU_HEAD, CONLLU_DEPREL, CONLLU_DEPS, CONLLU_MISC, CONLLU_COLUMNS };

typedef enum conllu_kind { CONLLU_BLANK, CONLLU_COMMENT, CONLLU_WORD, CONLLU_RANGE, CONLLU_EMPTY, CONLLU_BROKEN } conllu_kind;

typedef struct conllu_line {
    conllu_kind kind;
    str column[CONLLU_COLUMNS];
    int first, last; /* ids: of a word the same twice; of a range both ends */
} conllu_line;

/* Takes a line without its end apart; BROKEN where it is none of the format's. */
conllu_line conllu_parse(str line);
bool conllu_glued(const conllu_line *l); /* SpaceAfter=No */

#endif
