/* Reading the files of actors into `knowledge`: one function a file, in load.c. */
#ifndef RAP_WHO_LOAD_H
#define RAP_WHO_LOAD_H

#include "who/knowledge.h"

rap_status load_all(knowledge *k, const lexicon *lex, rap_error *e);

#endif
