/* Atoms: the smallest pieces a chunk (what stands between white space) can be cut into. Words are runs of atoms; which boundaries between
 * atoms are word boundaries is decided in words.c. A clitic that begins inside a run of letters ("do|n't", "can|not") gets an atom of its own. */
#ifndef RAP_TEXT_ATOMS_H
#define RAP_TEXT_ATOMS_H

#include "base/str.h"
#include "base/table.h"

typedef enum atom_kind {
    ATOM_LETTERS, ATOM_DIGITS, ATOM_STOP, ATOM_COMMA, ATOM_APOSTROPHE, ATOM_HYPHEN, ATOM_DASH, ATOM_SLASH, ATOM_COLON,
    ATOM_END,    /* ! and ?, also in runs */
    ATOM_DOTS,   /* "...", "…" */
    ATOM_OPEN, ATOM_CLOSE, /* brackets and typographic quotes */
    ATOM_QUOTE,  /* straight double quote, `` and '' */
    ATOM_MONEY, ATOM_PERCENT, ATOM_AMPERSAND, ATOM_UNDERSCORE, ATOM_MARK,  /* anything else */
    ATOM_WHOLE,  /* a web or mail address, a face: a word by itself */
    ATOM_KINDS
} atom_kind;

/* Why a boundary inside a run of letters was proposed. */
typedef enum atom_cut { CUT_NONE, CUT_CLITIC, CUT_CONTRACTION, CUT_CAMEL, CUT_GLUED } atom_cut;

typedef struct atom {
    uint32_t start, end; /* bytes in the block */
    uint8_t kind;        /* atom_kind */
    uint8_t cut;         /* atom_cut: why it was cut off from the atom before it */
    bool upper, lower;   /* letters: first is a capital; none is a capital */
    bool capitals;       /* letters: all are capitals */
} atom;

/* What the reader of chunks knows: see lexicon/abbreviations.tsv, contractions.tsv, prefixes.txt, glued.txt. */
typedef enum abbreviation_kind { ABBREVIATION_NONE, ABBREVIATION_TITLE, ABBREVIATION_DATE, ABBREVIATION_OTHER, ABBREVIATION_LAST } abbreviation_kind;
typedef struct word_lists {
    table abbreviations; /* lower-cased, without the last stop -> abbreviation_kind */
    table contractions;  /* lower-cased -> byte where the second word begins */
    table prefixes;      /* lower-cased, without the hyphen */
    table glued;         /* last words of names that scrapers run together with the next word */
    table common;        /* lower-cased words that often open a sentence or follow a name */
} word_lists;

enum { MOST_ATOMS = 256 };
/* Cuts text[start, end), which holds no white space, into at most MOST_ATOMS atoms; returns how many. *reached is where it stopped (end, if
 * all fitted). */
int atoms_read(const word_lists *lists, str text, uint32_t start, uint32_t end, atom *out, uint32_t *reached);

#endif
