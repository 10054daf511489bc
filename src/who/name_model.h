/* The inside of the name finder, shared by the reader (names.c) and the writer of examples for training (name_examples.c). */
#ifndef RAP_WHO_NAME_MODEL_H
#define RAP_WHO_NAME_MODEL_H

#include "base/setup.h"
#include "document.h"

/* Tags: outside, then beginning and inside of each type. */
enum { NAME_OUT, NAME_PER, NAME_PER_IN, NAME_ORG, NAME_ORG_IN, NAME_LOC, NAME_LOC_IN, NAME_TAGS, NAME_LANES = 8 };

/* Frozen sizes. Weights of a feature are NAME_LANES numbers, one a tag (the last unused). */
enum {
    NAME_SLOTS = 1 << 17,
    NAME_VECTOR = 100,                       /* numbers of a word vector */
    NAME_WINDOW = 3,                         /* the word before, the word, the word behind */
    NAME_VIEW = 120,                         /* inputs of the hidden layer from a word: its vector, the bits of its lists and phrase, whether it begins the phrase; padded */
    NAME_HIDDEN = 128,
    MOST_NAME_FEATURES = 80
};

/* What the lists say of a word or phrase: bits. */
enum { LIST_GIVEN = 1, LIST_ANY = 2, LIST_CITY = 4, LIST_TOWN = 8, LIST_COUNTRY = 16, LIST_TITLE = 32, LIST_ORG = 64, LIST_PLACE = 128 };

typedef struct name_lists { /* open addressing over 32-bit hashes; 0 is free */
    const uint32_t *key;
    const uint8_t *bits;
    uint32_t mask;
} name_lists;
unsigned name_lists_get(const name_lists *lists, uint64_t hash);

/* A word, looked at once. */
typedef struct name_word {
    uint64_t lower;         /* hash of the lower-cased form */
    uint32_t shape;         /* hash of its shape: "Xx", "X.X.", "d" … */
    uint32_t prefix[3], suffix[3]; /* hashes of 2, 3, 4 bytes, lower-cased */
    uint8_t lists, phrase;  /* bits of the word; of the longest listed phrase (of two to four words) that it lies in */
    bool phrase_begin;
    bool candidate;         /* can be (part of) a name */
    bool capital;
    int32_t run_first, run_last; /* the run of capitalised words it lies in, small words between them included; run_last < run_first: none */
    const int8_t *vector;   /* NULL unknown */
    float vector_scale;
} name_word;

typedef struct name_features {
    uint32_t count;
    uint32_t slot[MOST_NAME_FEATURES];
} name_features;

struct syntax_stage;
typedef struct name_reader {
    const name_lists *lists;
    const struct syntax_stage *syntax;
} name_reader;

/* Looks at tokens [first, last) of a sentence; `words` has room for them. */
void name_words_read(const name_reader *r, const document *doc, int32_t first, int32_t last, name_word *words);
/* Features of token first + i. */
void name_features_read(const document *doc, const sentence *s, const name_word *words, int32_t first, int32_t last, int32_t i, name_features *f);
/* Does tag b never follow tag a (NAME_TAGS: the sentence's edge)? */
bool name_tag_barred(int a, int b);

uint64_t name_hash(str s); /* of the lower-cased bytes */
uint64_t name_phrase_hash(uint64_t before, uint64_t word); /* of a phrase and one more word */

#endif
