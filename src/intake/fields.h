/* The fields of a document by the names people give them, in column heads, `Key: value` lines and JSON. */
#ifndef RAP_INTAKE_FIELDS_H
#define RAP_INTAKE_FIELDS_H

#include "document.h"
#include "intake/words.h"

typedef enum field {
    FIELD_NONE, FIELD_ID, FIELD_URL, FIELD_OUTLET, FIELD_TITLE, FIELD_SUBTITLE, FIELD_BYLINE, FIELD_SECTION, FIELD_PUBLISHED, FIELD_MODIFIED,
    FIELD_LANGUAGE, FIELD_CAPTION, FIELD_TEXT, FIELD_HTML, FIELD_COUNT
} field;

/* The CONTRACT's own name ("published"). */
const char *field_name(field f);
/* By exactly the CONTRACT's name; FIELD_NONE if it is none. */
field field_exact(str name);
/* By any of the common names ("headline", "pub_date", "newspaper"), case, blanks, dashes and underscores aside. */
field field_common(str name);

/* Sets one field of the document (all but text and html) from valid UTF-8, copied. Dates are read in any usual form; one that cannot be is kept in *_raw. */
void field_set(document *doc, const intake_words *words, field f, str value, bool day_first);
void document_add_caption(document *doc, str caption);
/* "By A. Writer in Paris and B. Writer, staff reporter" to the writers, each with what belongs to the name. */
void document_add_byline(document *doc, str line);
/* Host of an address without "www."; "" if there is none. A view into url. */
str url_host(str url);

/* The last step of every reader: outlet and domain from the address, the language told, blocks made, broken bytes marked.
 * body is valid UTF-8 and lives in doc->home; raw: the record's own bytes, for the id. */
void document_finish(document *doc, const intake_words *words, str body, str raw, bool repaired);

#endif
