/* The parties of an event as actors: each part of a plural by itself, and what the words of one side leave to be understood from the other. */
#ifndef RAP_STATEMENT_PARTIES_H
#define RAP_STATEMENT_PARTIES_H

#include "pipeline.h"

enum { MOST_PARTIES = 12 };

typedef struct parties {
    actor is[MOST_PARTIES];
    int count;
} parties;

/* Adds the actors that these head tokens mean on a date: "the two sides" adds both. Words of time and words that mean nobody add none. */
void parties_add(const rap_engine *engine, document *doc, const int32_t *heads, int count, day date, parties *out);

/* "Each other": every one of the parties but oneself. */
bool is_reciprocal(const document *doc, int32_t word);

bool same_party(const actor *a, const actor *b);

/* An unnamed side without a country is of the other side's where the deed is one that states and people do at home ("the junta detained a former
 * minister"); trusted by half. Reads the statement's root, mode and actors. */
void share_country(document *doc, statement *s);

/* A deed that by its kind is done to one's own state or people and names nobody ("French railway workers struck", "Zambia imposed a curfew"): the
 * target is the source's government, or its people, marked as implied. */
void imply_target(document *doc, statement *s);

#endif
