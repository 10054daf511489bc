#include "ledger/page.h"

static void escaped(page *p, const char *text) {
    for (const char *c = text; *c; c++) {
        if (p->dress == RAP_PAGE_HTML && (*c == '<' || *c == '>' || *c == '&')) fputs(*c == '<' ? "&lt;" : *c == '>' ? "&gt;" : "&amp;", p->out);
        else if (p->dress == RAP_PAGE_MARKDOWN && (*c == '*' || *c == '_' || *c == '<' || *c == '`' || *c == '|')) fprintf(p->out, "\\%c", *c);
        else fputc(*c == '\n' ? ' ' : *c, p->out);
    }
}

static void end_list(page *p) {
    if (p->in_list && p->dress == RAP_PAGE_HTML) fputs("</ul>\n", p->out);
    else if (p->in_list) fputc('\n', p->out);
    p->in_list = false;
}

void page_open(page *p, const char *title) {
    if (p->dress == RAP_PAGE_HTML) {
        fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>", p->out);
        escaped(p, title);
        fputs("</title>\n<style>body{font:16px/1.5 Georgia,serif;max-width:50em;margin:2em auto;padding:0 1em;color:#222}h1{font-size:1.6em}h2{font-size:1.25em;border-bottom:1px solid #bbb;"
              "margin-top:2em}h3{font-size:1.05em}li{margin:.5em 0}.source{display:block;color:#666;font-size:.88em}</style></head><body>\n", p->out);
    }
    page_heading(p, 1, title);
}

void page_close(page *p) {
    end_list(p);
    if (p->dress == RAP_PAGE_HTML) fputs("</body></html>\n", p->out);
}

void page_heading(page *p, int level, const char *text) {
    end_list(p);
    if (p->dress == RAP_PAGE_HTML) {
        fprintf(p->out, "<h%d>", level);
        escaped(p, text);
        fprintf(p->out, "</h%d>\n", level);
    } else if (p->dress == RAP_PAGE_MARKDOWN) {
        fprintf(p->out, "%.*s ", level, "####");
        escaped(p, text);
        fputs("\n\n", p->out);
    } else {
        size_t n = 0;
        fprintf(p->out, "%s%s\n", level > 1 ? "\n" : "", text);
        for (const char *c = text; *c; c++) n += ((unsigned char)*c & 0xc0) != 0x80;
        while (n--) fputc(level == 1 ? '=' : level == 2 ? '-' : '.', p->out);
        fputc('\n', p->out);
    }
}

void page_text(page *p, const char *text) {
    end_list(p);
    if (p->dress == RAP_PAGE_HTML) fputs("<p>", p->out);
    escaped(p, text);
    fputs(p->dress == RAP_PAGE_HTML ? "</p>\n" : p->dress == RAP_PAGE_MARKDOWN ? "\n\n" : "\n", p->out);
}

void page_item(page *p, const char *text, const char *source) {
    if (!p->in_list && p->dress == RAP_PAGE_HTML) fputs("<ul>\n", p->out);
    p->in_list = true;
    if (p->dress == RAP_PAGE_HTML) fputs("<li>", p->out);
    else fputs(p->dress == RAP_PAGE_MARKDOWN ? "- " : "  * ", p->out);
    escaped(p, text);
    if (*source) {
        fputs(p->dress == RAP_PAGE_HTML ? "<span class=\"source\">" : p->dress == RAP_PAGE_MARKDOWN ? "  \n  " : "\n      ", p->out);
        escaped(p, source);
        if (p->dress == RAP_PAGE_HTML) fputs("</span>", p->out);
    }
    fputs(p->dress == RAP_PAGE_HTML ? "</li>\n" : "\n", p->out);
}
