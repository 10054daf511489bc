/* One reading of one document by said: what its parts share. Lives on the stack of said_read; arrays in the document's arena. */
#ifndef RAP_SAID_READING_H
#define RAP_SAID_READING_H

#include "said/knowledge.h"

typedef struct reading {
    const knowledge *know;
    document *doc;
    int32_t *cue_at; /* by token: the cue that this token makes, -1 none (the first, where it makes several) */
    uint8_t *quoted; /* by token: 1 inside quotation marks */
    uint8_t *silence; /* by token: 1 + the stance of a silence whose cue it is (said/silences.c), 0 none */
    int32_t *region; /* by token: index into regions of the quotation marks around it, -1 none */
    struct quote_region { int32_t block, first, last; bool closed; } *regions; /* tokens [first, last), marks included */
    size_t region_count, region_capacity;
} reading;

/* ---- cues.c ---- */

/* Adds a cue of tokens [first, last] and returns its index; the same kind at the same token is one cue. */
int32_t cue_add(reading *r, const char *kind, int32_t first, int32_t last);
int32_t cue_add_str(reading *r, str kind, int32_t first, int32_t last);
/* Negation cues and their scopes, in the manner of *SEM 2012. */
void cues_negation(reading *r);

/* ---- trees, as said asks them ---- */

str lower_form(reading *r, int32_t t);                         /* in the arena where it had capitals */
str whole_lemma(reading *r, int32_t t);                        /* with its particle: "call off" */
str misread_verb_lemma(reading *r, int32_t t);                 /* of a headline's verb that was read as a noun ("Minister denies"), else "" */
bool is_negation_word(const reading *r, int32_t t);            /* makes a cue of kind negation as a whole word */
int32_t sentence_last_mark(const document *doc, int32_t sentence); /* last token that is no closing quote or bracket, -1 */
static inline const token *tok(const reading *r, int32_t t) { return &r->doc->tokens[t]; }
static inline deprel rel_base(const reading *r, int32_t t) { return deprel_base(r->doc->tokens[t].deprel); }
bool has_child_lemma(const reading *r, int32_t t, deprel base, const char *lemmas); /* space-separated */
int32_t child_with(const reading *r, int32_t t, deprel base, const char *lemmas);   /* -1; lemmas NULL: any */

/* ---- factuality.c ---- */

struct calculus;
struct linear;
void factuality_read(struct calculus *c, const struct linear *readers);

/* ---- quotations.c ---- */

void quotes_find(reading *r); /* quotation marks and what lies between */

#endif
