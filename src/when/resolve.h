/* Inside when/: from what a pattern caught to a TIMEX3 value. */
#ifndef RAP_WHEN_RESOLVE_H
#define RAP_WHEN_RESOLVE_H

#include "when/calendar.h"
#include "when/grammar.h"

typedef struct when_frame {
    document *doc;
    const grammar *grammar;
    moment now;               /* publication; its date may be DAY_NONE */
    const sentence *sentence;
    const char *text;         /* of the block */
    const piece *pieces;
    size_t count;
    day reference;            /* the time spoken of last, DAY_NONE */
    char reference_unit;
    int32_t reference_sentence, reference_token; /* where it stands */
} when_frame;

/* What became of a match: none, one or two expressions; *out and second[] are filled (type, value, mod, relative). False: refused. */
typedef struct resolved {
    timex time, other;
    bool two;
    bool clock;               /* its day is still to be found in the sentence; value holds only T… */
} resolved;
bool resolve(const when_frame *f, const time_rule *rule, const capture *got, resolved *out);

/* Whether what the token's clause tells lies before (-1) or after (+1) the publication, by its verb's tense; 0 unclear. */
int direction_of(const document *doc, int32_t token);

#endif
