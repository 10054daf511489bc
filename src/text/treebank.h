/* Treebanks as running text with known word and sentence ends: what the reader of text is trained and tested on. */
#ifndef RAP_TEXT_TREEBANK_H
#define RAP_TEXT_TREEBANK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

enum { MOST_PARTS = 4 };
/* A word as written, with the words of syntax in it ("don't": do, n't). */
typedef struct written {
    str form;
    uint8_t part[MOST_PARTS]; /* bytes of each word of syntax; their sum is form.len */
    uint8_t parts;            /* 0: they are not spelled as written, its inner boundaries are unknown */
    bool space_after, sentence_end, paragraph_end, document_end;
} written;

typedef struct treebank {
    written *words;
    size_t count, capacity;
} treebank;

/* Appends a CoNLL-U file; strings are copied into `home`. */
rap_status treebank_read(treebank *bank, arena *home, const char *path, rap_error *e);

/* How a document is to be written out: the shapes that text takes on its way through the world. */
typedef struct guise {
    const char *paragraph;    /* between paragraphs: "\n\n", "\n", " " */
    int quotes;               /* 0 as they are, 1 typographic, 2 straight */
    bool capitals;            /* everything in capitals */
    bool dateline;            /* an invented dateline before the first paragraph */
    unsigned glue;            /* of 1000 sentence ends, how many lose the space behind; of 2000 pairs of words likewise where a capital follows */
    unsigned abbreviated;     /* of 1000 sentences, how many end in an abbreviation instead of their last word and stop */
    unsigned unstopped;       /* of 1000 paragraphs, how many lose their last full stop */
} guise;

/* What is known about each byte of the text: */
enum { AFTER_WORD = 1, AFTER_SENTENCE = 2, UNKNOWN = 4 }; /* a word, a sentence ends before this byte; nobody knows */

/* Writes words [first, last) into `text` and marks[text.len + 1] (grown in `home`). seed: of the chances above. */
void treebank_write(const treebank *bank, size_t first, size_t last, const guise *how, uint64_t *seed, buffer *text, buffer *marks);

uint32_t chance(uint64_t *seed, uint32_t below); /* splitmix64 */

#endif
