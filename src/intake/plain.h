/* Plain text to a document: a head of `Key: value` lines where there is one; a web page saved as text cleaned of its furniture; else as it stands. */
#ifndef RAP_INTAKE_PLAIN_H
#define RAP_INTAKE_PLAIN_H

#include "document.h"
#include "intake/words.h"

/* text: valid UTF-8 in doc->home. raw: the bytes it came from. */
void plain_read(document *doc, const intake_words *words, str text, str raw, bool repaired);
/* If the text looks like a page saved as text: title, subtitle, times, byline, captions into the document, *body what is the article. Else false. */
bool saved_page_read(document *doc, const intake_words *words, str text, str *body);

#endif
