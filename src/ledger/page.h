/* A page in three dresses: plain text, Markdown, HTML (one file, no script). What is written is given once; the dress decides how. */
#ifndef RAP_LEDGER_PAGE_H
#define RAP_LEDGER_PAGE_H

#include "base/str.h"
#include "rapporteur.h"

typedef struct page {
    FILE *out;
    rap_page dress;
    bool in_list;
} page;

void page_open(page *p, const char *title);
void page_close(page *p);
void page_heading(page *p, int level, const char *text);
void page_text(page *p, const char *text);
/* One line with, indented below it, where it comes from ("" none). */
void page_item(page *p, const char *text, const char *source);

#endif
