/* HTML to a document: libxml2 reads the page, what of it is the article is judged in article.c. */
#ifndef RAP_INTAKE_HTML_H
#define RAP_INTAKE_HTML_H

#include "document.h"
#include "intake/words.h"

/* html: valid UTF-8; raw: the bytes it came from. Fields that the document has already (url, title, published) are kept. */
rap_status html_document(document *doc, const intake_words *words, str html, str raw, bool repaired, rap_error *e);
/* All the text of a fragment (a feed's description), paragraphs apart, nothing judged; in doc->home. */
rap_status html_text(document *doc, const intake_words *words, str html, str *text, rap_error *e);
/* The charset that a page's first bytes declare in <meta>; "" for none. */
str html_charset(str bytes);

#endif
