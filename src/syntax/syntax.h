/* Stage 2: tags, lemmas, features, Universal Dependencies trees. Reads tokens; writes their syntax members, sentence roots and tree links.
 *
 * One small network (network.h; docs/syntax.md has the table of designs) reads whole sentences with byte arithmetic, the same to the last
 * tag and arc on every machine. Sentences of more than LONGEST_SENTENCE words are read in pieces, so that time is linear in the text. */
#ifndef RAP_SYNTAX_H
#define RAP_SYNTAX_H

#include "base/setup.h"
#include "document.h"

enum { LONGEST_SENTENCE = 250 };

typedef struct syntax_stage syntax_stage; /* constant after opening but for its locked store of buffers; shared by threads */

rap_status syntax_open(syntax_stage **stage, const setup *setup, rap_error *e);
void syntax_close(syntax_stage *stage);
/* With setup.states it also leaves doc->states [token_count][state_width], the encoder's view of each word in its sentence. */
void syntax_read(const syntax_stage *stage, document *doc);

/* A reader of the encoder's states, asked for each word while they are at hand; it leaves `width` numbers a word in doc->views. */
typedef struct syntax_viewer {
    void (*read)(const void *model, const float *state, float *out);
    const void *model;
    int width; /* 0: none */
} syntax_viewer;
void syntax_attach(syntax_stage *stage, const syntax_viewer *viewer); /* before any reading */

/* The pretrained vector of a form (GloVe, length about 1): *width bytes that times *scale are its numbers; NULL where it has none. */
const int8_t *syntax_word_vector(const syntax_stage *stage, str form, float *scale, int *width);

/* For tests: another build of the arithmetic ("portable", "avx2", "avx512"); false where this machine lacks it. Before any reading. */
bool syntax_force_kernel(syntax_stage *stage, const char *name);

#endif
