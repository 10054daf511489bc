/* One line a block of a page's HTML: its features, a tab, its text. With a file of the first look's scores, one a block, those of the second look, too. Compiled and run by train/extract.py; see there. */
#include <stdio.h>
#include <stdlib.h>

#include "document.h"
#include "intake/charset.h"
#include "intake/html.h"
#include "intake/judge.h"
#include "intake/page_facts.h"

static void print_block(const judged *j, str text) {
    for (int i = 0; i < JUDGE_FEATURES; i++) printf("%g ", (double)j->features[i]);
    putchar('\t');
    for (uint32_t i = 0; i < text.len; i++) putchar(text.ptr[i] == '\n' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
    putchar('\n');
}

static int print_page(FILE *in, FILE *scores) {
    static char bytes[64 << 20];
    size_t n = fread(bytes, 1, sizeof bytes, in);
    str raw = {bytes, (uint32_t)n};
    buffer room = {0};
    decoded d = charset_decode(raw, html_charset(raw), &room);
    page p = {0};
    page_facts facts;
    rap_document *doc;
    rap_error e = {0};
    uint32_t cut;
    if (rap_document_new(&doc, &e) != RAP_OK || page_read(&p, intake_words_get(), d.text, &cut, &e) != RAP_OK || page_blocks(&p, &e) != RAP_OK) {
        fprintf(stderr, "%s\n", e.message);
        return 1;
    }
    page_facts_read(doc, &p, &facts);
    judged *marks = calloc((size_t)page_block_count(&p) + 1, sizeof *marks);
    for (int32_t i = 0; scores && i < page_block_count(&p); i++)
        if (fscanf(scores, "%f", &marks[i].score) != 1) return 1;
    judge_blocks(NULL, &p, page_headline(doc, &p, &facts), facts.body, &doc->home, marks);
    for (int32_t i = 0; i < page_block_count(&p); i++) print_block(&marks[i], page_prose(&p, &page_block(&p)[i]));
    free(marks);
    page_free(&p);
    buffer_free(&room);
    rap_document_free(doc);
    return 0;
}

int main(int argc, char **argv) { return print_page(stdin, argc > 1 ? fopen(argv[1], "r") : NULL); }
