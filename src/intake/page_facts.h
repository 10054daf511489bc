/* What a page says of its article outside the running text: JSON-LD, Open Graph, <meta>, microdata, <time>, the lines around the headline. */
#ifndef RAP_INTAKE_PAGE_FACTS_H
#define RAP_INTAKE_PAGE_FACTS_H

#include "document.h"
#include "intake/page.h"

typedef struct page_facts {
    str headline, body, section, outlet, language; /* of JSON-LD, in doc->home; "" where not stated. body: plain text or HTML; of a live blog all its entries */
    const void *script; /* the JSON-LD being read: what its "@id" refer to */
} page_facts;

/* Reads JSON-LD and the head into the document (url, outlet, section, byline, published, modified, title) where it does not have them yet. */
void page_facts_read(document *doc, const page *p, page_facts *facts);
/* After the body is known: what only the lines around it tell. first: the body's first block; -1 for no body. */
void page_facts_visible(document *doc, const page *p, int32_t first);
/* The headline as the page shows it; "" if it cannot be told. */
str page_headline(document *doc, const page *p, const page_facts *facts);
double shared_words(str a, str b); /* words of a that b has, as a share */

#endif
