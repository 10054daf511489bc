/* Stage 5: places by gazetteer (GeoNames through places.tsv, our own regions); and the place of an event. */
#ifndef RAP_WHERE_H
#define RAP_WHERE_H

#include "base/setup.h"
#include "document.h"

typedef struct where_stage where_stage; /* constant after opening, shared by threads */

rap_status where_open(where_stage **stage, const setup *with, rap_error *e);
void where_close(where_stage *stage);
/* Fills doc->places, in text order, and token.place of their heads. Uses mentions, if there are any, to leave alone names of people and bodies. */
void where_read(const where_stage *stage, document *doc);

/* What a name means as a place, without a document around it: the likeliest one, in `country_hint` (ISO alpha-3 or empty) if there is one there.
 * False if the gazetteer does not know it. out->exact is false for a whole country. `kind`, unless NULL, gets the type (country, city, region). */
bool where_lookup(const where_stage *stage, str name, str country_hint, place *out, entity_type *kind);

/* The place (index into doc->places, -1) of the event whose predicate is token `at`, between actors of these countries. */
int32_t where_of(const where_stage *stage, const document *doc, int32_t at, const str *countries, int count);

#endif
