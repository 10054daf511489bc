/* The frame lexicon: lexicon/frames-*.tsv, word-classes.tsv and light-verbs.tsv, parsed once at start-up (docs/frames.md is the format).
 * Everything lives in the arena that was given and is constant afterwards. */
#ifndef RAP_WHAT_FRAMES_H
#define RAP_WHAT_FRAMES_H

#include "base/lexicon.h"
#include "base/table.h"
#include "document.h"

/* Where a filler stands, named as in the active sentence. */
typedef enum place_kind {
    AT_SUBJ, AT_OBJ, AT_IOBJ, AT_PRT, AT_TO, AT_THAT, AT_COMP, AT_POSS, AT_MOD, AT_PLACE, AT_VERB, AT_PREP
} place_kind;

typedef struct frame_place {
    place_kind at;
    str prep; /* of AT_PREP: "with", "out of" */
} frame_place;

typedef enum filler_kind {
    KIND_ANY, KIND_ACTOR, KIND_PERSON, KIND_STATE, KIND_ORG, KIND_ARMED, KIND_PLACE, KIND_CLAUSE, KIND_TIME, KIND_NUMBER, KIND_MONEY, KIND_THING, KIND_MANDATE, KIND_COMING, KIND_POLITICIAN
} filler_kind;

typedef enum value_is { VALUE_LEMMA, VALUE_KIND, VALUE_ROOT, VALUE_CLASS } value_is;
typedef struct frame_value {
    value_is is;
    int32_t number; /* a filler_kind, a plover or the number of a class */
    str lemma;
} frame_value;

typedef enum frame_flag { FLAG_NONE, FLAG_PASSIVE, FLAG_ACTIVE, FLAG_NEGATED, FLAG_MODAL, FLAG_FUTURE, FLAG_PLURAL, FLAG_ASKED, FLAG_COPULAR } frame_flag;

/* One condition of the column "needs". */
typedef struct frame_need {
    frame_flag flag; /* or, if FLAG_NONE, one of the places filled by one of the values (none given: by anything) */
    bool negative;
    uint8_t place_count, value_count;
    frame_place *places;
    frame_value *values;
} frame_need;

/* A place of source, target or other, with the fillers it admits (none given: any). */
typedef struct frame_slot {
    frame_place place;
    uint8_t value_count;
    frame_value *values;
} frame_slot;

typedef enum frame_sign { SIGN_POS, SIGN_NEG, SIGN_FACT, SIGN_OPEN, SIGN_DROP } frame_sign;
typedef struct frame_implies {
    frame_sign sign;
    frame_place place;
} frame_implies;

typedef struct frame {
    str id, rule; /* "call/reject"; "frame call/reject" */
    plover root;
    bool none, symmetric, open_mode, absent; /* reasoned "no event"; both are parties; mode comes from the complement; the word says that the event did not happen */
    str mode, context[4];
    int context_count;
    frame_need *needs;
    frame_slot *source, *target, *other;
    frame_implies *implies;
    uint8_t need_count, source_count, target_count, other_count, implies_count;
    int specificity;
    str triggers, test, twin, note;
    str file;
    int line;
} frame;

typedef enum light_kind { LIGHT_NO, LIGHT_DOES, LIGHT_BEGINS, LIGHT_ENDS, LIGHT_UNDERGOES } light_kind;

typedef struct frame_set {
    frame *frames; /* number 0 is unused, so that 0 is "none" */
    size_t count, capacity;
    table triggers;  /* "call.v" -> chain of uses */
    struct frame_use { uint32_t frame, next; } *uses;
    size_t use_count, use_capacity;
    table class_numbers;
    table members;   /* lemma -> chain of memberships */
    struct class_member { uint32_t class, next; } *memberships;
    size_t member_count, member_capacity;
    table light;     /* lemma -> light_kind */
    arena *home;
} frame_set;

/* Reads all files. An error names file, line and words. */
rap_status frames_open(frame_set *set, const lexicon *lex, arena *home, rap_error *e);

/* First use of a trigger (0: it has none); the frames are uses[u].frame, u = uses[u].next. pos is 'v', 'n' or 'a'. */
uint32_t frames_of(const frame_set *set, str lemma, char pos);
/* The same for a lemma that the lemmatiser left with the doubled letter of its form ("expell"), without its last ("blockad", "fre", "alli") or with
 * one too many ("notifie"). */
uint32_t frames_mended(const frame_set *set, str lemma, char pos);
/* "cease-fire", which the tokenizer cuts in three: the whole word where t is its head and the words hang together, else empty. In the text's own case. */
str hyphenated(const document *doc, int32_t t);
bool frames_class_has(const frame_set *set, int32_t class, str lemma);
/* Number of a class, 0 if there is none of that name. */
int32_t frames_class(const frame_set *set, const char *name);
light_kind frames_light(const frame_set *set, str lemma);

#endif
