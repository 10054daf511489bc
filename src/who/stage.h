/* What the files of who share behind who.h. */
#ifndef RAP_WHO_STAGE_H
#define RAP_WHO_STAGE_H

#include "who/phrase.h"
#include "who/who.h"

struct who_stage {
    const lexicon *lexicon;
    knowledge knowledge;
    struct names *names; /* the learned finder */
    table first_names; /* folded given name: 1 of men, 2 of women */
};

/* Makes doc->who_notes and matches all tokens. */
notes *notes_make(const knowledge *k, document *doc);
/* What the document as a whole is about: "the North" where it speaks of Korea, its main country. setting.c */
void setting_read(const knowledge *k, document *doc, notes *n);
/* The country of an actor that names none, from where the text is set; false where nothing says. */
bool setting_country(const who_stage *stage, document *doc, int32_t at, described *d);
/* The words [first, last) of the noun phrase that a token heads, by its tree: without relative clauses, appositions and conjuncts. */
void phrase_range(const document *doc, int32_t head, int32_t *first, int32_t *last);
/* Takes in the name behind a role, and the role before a name, that the tree has cut off. */
void phrase_extend(const knowledge *k, const document *doc, int32_t head, int32_t *first, int32_t *last);
/* Adds mentions: names of the lexicon and capitalised names where the tagger found none, nominals, pronouns. nominal.c */
void mentions_find(const who_stage *stage, document *doc);
/* Links mentions into chains. chains.c */
void chains_link(const who_stage *stage, document *doc);
/* Gives plurals their parts: "the two leaders", "both sides", "they" of Peru and Chile. After the chains. plurals.c */
void plurals_part(const who_stage *stage, document *doc);

/* Writes what was found into an actor. lump: UNO and EUR become IGO, as statements have it. */
void actor_fill(arena *home, const described *d, bool lump, actor *out);
/* "name:song-tao": the id of a name without an entry. */
str name_id(arena *home, str name);
/* 1 a man's given name, 2 a woman's, 0 unknown. */
int first_name_gender(const who_stage *stage, str name);

#endif
