/* Quotation marks: pairs them within a block. A quotation may run over sentences, and over paragraphs that each open with a mark of their
 * own; straight marks are told apart by the space around them. */
#include "said/reading.h"

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EITHER };

typedef struct mark_found {
    enum mark kind;
    int family; /* 1 double, 2 single, 3 guillemets */
} mark_found;

static bool space_before(const document *doc, int32_t t) {
    return t == 0 || doc->tokens[t - 1].sentence != doc->tokens[t].sentence || doc->tokens[t - 1].space_after ||
           str_in(doc->tokens[t - 1].form, "( [ - – —");
}

static enum mark straight(const document *doc, int32_t t) {
    bool before = space_before(doc, t), after = doc->tokens[t].space_after || t + 1 >= (int32_t)doc->token_count;
    if (before && !after) return MARK_OPEN;
    if (!before && after) return MARK_CLOSE;
    return MARK_EITHER;
}

static mark_found mark_at(const document *doc, int32_t t) {
    str f = doc->tokens[t].form;
    if (doc->tokens[t].upos == UPOS_PART) return (mark_found){MARK_NONE, 0}; /* the apostrophe of "workers'" */
    if (str_in(f, "“ `` „")) return (mark_found){MARK_OPEN, 1};
    if (str_is(f, "”")) return (mark_found){MARK_CLOSE, 1};
    if (str_in(f, "\" ''")) return (mark_found){straight(doc, t), 1};
    if (str_in(f, "‘ `")) return (mark_found){MARK_OPEN, 2};
    if (str_is(f, "’")) return (mark_found){MARK_CLOSE, 2};
    if (str_is(f, "'")) return (mark_found){straight(doc, t), 2};
    if (str_is(f, "«")) return (mark_found){MARK_OPEN, 3};
    if (str_is(f, "»")) return (mark_found){MARK_CLOSE, 3};
    return (mark_found){MARK_NONE, 0};
}

static int32_t block_of(const document *doc, int32_t t) { return doc->sentences[doc->tokens[t].sentence].block; }
static int32_t paragraph_of(const document *doc, int32_t t) { return doc->sentences[doc->tokens[t].sentence].paragraph; }

static void region_add(reading *r, int32_t first, int32_t last, bool closed) {
    document *doc = r->doc;
    if (last - first < 2) return;
    struct quote_region q = {block_of(doc, first), first, last, closed};
    arena_push(&doc->home, r->regions, r->region_count, r->region_capacity, q);
    for (int32_t t = first; t < last; t++) r->region[t] = (int32_t)r->region_count - 1;
}

/* The token behind the closing mark of what opens at t, or behind the paragraph's last token where none closes it (*closed false). */
static int32_t closing(const document *doc, int32_t t, int family, bool *closed) {
    int32_t n = (int32_t)doc->token_count, end = t + 1;
    bool doubled = false; /* did the next paragraph open with a mark again? */
    *closed = true;
    for (int32_t k = t + 1; k < n && block_of(doc, k) == block_of(doc, t); k++) {
        if (paragraph_of(doc, k) != paragraph_of(doc, k - 1)) {
            mark_found m = mark_at(doc, k);
            if (family == 2 || m.family != family || m.kind == MARK_CLOSE) break;
            doubled = true;
            end = k + 1;
            continue;
        }
        end = k + 1;
        mark_found m = mark_at(doc, k);
        if (m.family != family || m.kind == MARK_NONE) continue;
        if (m.kind == MARK_CLOSE || m.kind == MARK_EITHER) return k + 1;
        if (family == 1 && !doubled) break; /* another one opens: this one was never closed */
    }
    *closed = false;
    return end;
}

void quotes_find(reading *r) {
    document *doc = r->doc;
    int32_t n = (int32_t)doc->token_count;
    r->region = arena_array(&doc->home, int32_t, n + 1);
    for (int32_t t = 0; t <= n; t++) r->region[t] = -1;
    for (int32_t t = 0; t < n; t++) {
        mark_found m = mark_at(doc, t);
        if (m.kind != MARK_OPEN && m.kind != MARK_EITHER) continue;
        bool closed;
        int32_t end = closing(doc, t, m.family, &closed);
        if (!closed && (m.family == 2 || m.kind == MARK_EITHER)) continue; /* an apostrophe, an inch */
        if (m.family == 2 && end - t > 60) continue;
        region_add(r, t, end, closed);
        if (m.family != 2 || closed) t = end - 1;
    }
}
