/* A web page read by libxml2 into one flat array of nodes in document order, and the runs of text ("blocks") that a reader would see as paragraphs.
 *
 *   node i's subtree is [i, node[i].end); its parent comes before it. So nothing here recurses, however deep the page is. */
#ifndef RAP_INTAKE_PAGE_H
#define RAP_INTAKE_PAGE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "intake/words.h"

typedef enum tag {
    TAG_OTHER, TAG_TEXT, TAG_A, TAG_ABBR, TAG_ADDRESS, TAG_ARTICLE, TAG_ASIDE, TAG_B, TAG_BLOCKQUOTE, TAG_BODY, TAG_BR, TAG_BUTTON, TAG_CITE, TAG_CODE,
    TAG_DD, TAG_DETAILS, TAG_DIV, TAG_DL, TAG_DT, TAG_EM, TAG_FIGCAPTION, TAG_FIGURE, TAG_FONT, TAG_FOOTER, TAG_FORM, TAG_H1, TAG_H2, TAG_H3, TAG_H4, TAG_H5,
    TAG_H6, TAG_HEAD, TAG_HEADER, TAG_HR, TAG_HTML, TAG_I, TAG_IFRAME, TAG_IMG, TAG_INPUT, TAG_LABEL, TAG_LI, TAG_LINK, TAG_MAIN, TAG_META, TAG_NAV,
    TAG_NOSCRIPT, TAG_OBJECT, TAG_OL, TAG_OPTION, TAG_P, TAG_PRE, TAG_Q, TAG_S, TAG_SCRIPT, TAG_SECTION, TAG_SELECT, TAG_SMALL, TAG_SPAN, TAG_STRONG,
    TAG_STYLE, TAG_SUB, TAG_SUP, TAG_SVG, TAG_TABLE, TAG_TBODY, TAG_TD, TAG_TEMPLATE, TAG_TEXTAREA, TAG_TFOOT, TAG_TH, TAG_THEAD, TAG_TIME, TAG_TITLE,
    TAG_TR, TAG_U, TAG_UL, TAG_VIDEO, TAG_COUNT
} tag;

/* Bits of html_node.flags. */
enum {
    NODE_HIDDEN = 1,       /* display:none, hidden, aria-hidden */
    NODE_BODY_PROP = 2,    /* itemprop="articleBody" */
    NODE_AUTHOR = 4,       /* itemprop="author", rel="author" */
    NODE_PUBLISHED = 8,    /* itemprop="datePublished", pubdate */
    NODE_MODIFIED = 16,    /* itemprop="dateModified" */
    NODE_HEADLINE = 32     /* itemprop="headline" */
};

typedef struct html_node {
    uint8_t tag, flags;
    uint16_t depth;
    int32_t parent, end;
    uint32_t groups;          /* of its own class, id, role (lexicon/intake-page-classes.tsv: bit n is line n) */
    uint32_t text, text_len;  /* TAG_TEXT: in page.text. TAG_TIME and microdata: the datetime or content attribute. */
} html_node;

typedef struct meta { uint32_t name, name_len, value, value_len; } meta; /* <meta> and <link rel=canonical>, in page.text; names in lower case */

typedef struct html_block {
    int32_t node;              /* the nearest element that is a block of its own */
    uint32_t start, end;       /* in page.prose */
    uint16_t words, link_words;
    bool hidden;
} html_block;

/* Reused from page to page: the buffers keep their memory. All owned. */
typedef struct page {
    const intake_words *words;
    buffer nodes, text, metas, data, prose, blocks, story; /* html_node, char, meta, JSON-LD scripts each ended by NUL, char, html_block, HTML (script_story.h) */
    int32_t open;              /* innermost open element, -1 */
    int too_deep;              /* open elements below the deepest that is kept */
    bool in_data, stopped, failed;
    const void *seen_name[64]; /* interned names of this parse and their tags */
    uint8_t seen_tag[64];
    char language[16];
} page;

/* html is UTF-8. *cut: bytes from which on it was not read (too deep, too slow); html.len when all was. RAP_NO_MEMORY. */
rap_status page_read(page *p, const intake_words *words, str html, uint32_t *cut, rap_error *e);
/* Fills blocks and prose from the nodes. */
rap_status page_blocks(page *p, rap_error *e);
void page_free(page *p);
/* Sees to it, once, that libxml2 survives where memory runs out: page_memory.c. */
void page_memory(void);

static inline html_node *page_nodes(const page *p) { return (html_node *)(void *)p->nodes.ptr; }
static inline int32_t page_count(const page *p) { return (int32_t)(p->nodes.len / sizeof(html_node)); }
static inline html_block *page_block(const page *p) { return (html_block *)(void *)p->blocks.ptr; }
static inline int32_t page_block_count(const page *p) { return (int32_t)(p->blocks.len / sizeof(html_block)); }
static inline str page_prose(const page *p, const html_block *b) { return (str){p->prose.ptr + b->start, b->end - b->start}; }
/* The value of the first <meta> with one of these space-separated names; "" if there is none. */
str page_meta(const page *p, const char *names);

#endif
