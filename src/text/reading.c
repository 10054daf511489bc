#include "text/reading.h"

#include "text/paragraphs.h"

/* ---- words ---- */

typedef struct reader {
    const word_lists *lists;
    const text_judge *judge;
    document *doc;
    int32_t block, paragraph;
    str text; /* of the block */
} reader;

static void add_token(reader *r, uint32_t start, uint32_t end) {
    token t = {.start = start, .end = end, .form = str_sub(r->text, start, end), .head = -1, .child = -1, .sibling = -1,
               .mention = -1, .timex = -1, .place = -1, .predicate = -1, .event = -1};
    document *d = r->doc;
    arena_push(&d->home, d->tokens, d->token_count, d->token_capacity, t);
}

static void read_chunk(reader *r, str previous, str chunk, str next) {
    atom atoms[MOST_ATOMS];
    uint32_t start = (uint32_t)(chunk.ptr - r->text.ptr), end = start + chunk.len;
    while (start < end) {
        cut_site site = {.lists = r->lists, .text = r->text, .atoms = atoms, .previous = previous, .next = next, .last_chunk = next.len == 0};
        site.count = atoms_read(r->lists, r->text, start, end, atoms, &start);
        for (site.right = 1; site.right < site.count; site.right++)
            if (r->judge->cut(r->judge->context, &site)) {
                add_token(r, atoms[site.word].start, atoms[site.right].start);
                site.word = site.right;
            }
        add_token(r, atoms[site.word].start, start);
    }
    r->doc->tokens[r->doc->token_count - 1].space_after = true;
}

static str next_chunk(str text, uint32_t *at, uint32_t end) {
    uint32_t length, i = *at;
    while (i < end && blank_at(text, i, &length)) i += length;
    uint32_t start = i;
    while (i < end && !blank_at(text, i, &length)) i += length;
    *at = i;
    return str_sub(text, start, i);
}

/* ---- sentences ---- */

static bool capital_word(str s) { return s.ptr[0] >= 'A' && s.ptr[0] <= 'Z'; }

/* Words that headlines save: "Two Poles expelled from Belarus over spying". */
static bool saved_by_headlines(str word) { return str_in(word, "the The a A an An is are was were has have had be been its his her their it he she they"); }

/* A line that nothing ends, short, its longer words capitalised, or without articles and auxiliaries. */
static bool like_headline(const document *doc, int32_t first, int32_t last) {
    if (last - first < 3 || last - first > 25) return false;
    word_class end = word_class_of(doc->tokens[last - 1].form);
    if (end == WORD_STOP || end == WORD_SEMI || end == WORD_DOTS) return false;
    int words = 0, capitals = 0;
    bool terse = last - first >= 4 && last - first <= 16 && capital_word(doc->tokens[first].form);
    for (int32_t i = first; i < last; i++) {
        str s = doc->tokens[i].form;
        terse &= !saved_by_headlines(s);
        word_class k = word_class_of(s);
        if (s.len < 4 || (k != WORD_PLAIN && k != WORD_CAPITAL)) continue;
        words++, capitals += capital_word(s);
    }
    return words >= 2 && (terse || capitals * 4 >= words * 3);
}

static void add_sentence(reader *r, int32_t first, int32_t last) {
    document *d = r->doc;
    block_kind kind = d->blocks[r->block].kind;
    sentence s = {.block = r->block, .start = d->tokens[first].start, .end = d->tokens[last - 1].end, .first = first, .last = last,
                  .root = -1, .paragraph = r->paragraph, .headline = kind == BLOCK_TITLE || kind == BLOCK_SUBTITLE};
    for (int32_t i = first; i < last; i++) d->tokens[i].sentence = (int32_t)d->sentence_count;
    arena_push(&d->home, d->sentences, d->sentence_count, d->sentence_capacity, s);
}

/* How good a place before word i is to cut an endless sentence: higher is better. */
static int cut_rank(const document *doc, int32_t i) {
    str s = doc->tokens[i - 1].form;
    if (str_in(s, "; . ! ? : …")) return 3;
    if (str_in(s, ", ) — – --")) return 2;
    return doc->tokens[i - 1].space_after ? 1 : 0;
}

static int32_t best_cut(const document *doc, int32_t begin, int32_t end) {
    int32_t best = end;
    int rank = -1;
    for (int32_t i = end; i > begin + (end - begin) / 2; i--)
        if (cut_rank(doc, i) > rank) rank = cut_rank(doc, i), best = i;
    return best;
}

/* A dateline opens the paragraph ("SEOUL, Nov. 21 (Yonhap) --", "KABUL, Afghanistan —"): a loud city or an agency in brackets among capitals
 * and figures, up to a dash that stands free or behind the agency's bracket ("(KCNA) --Kim"). Returns the word behind the dash, or `first`. It is a sentence of its own: no clause has it for
 * a subject. */
static int32_t dateline_end(const document *d, int32_t first, int32_t last) {
    enum { MOST_DATELINE_WORDS = 16 };
    bool loud = false, agency = false;
    for (int32_t i = first; i < last - 2 && i < first + MOST_DATELINE_WORDS; i++) {
        const token *t = &d->tokens[i];
        bool dash = i > first && str_in(t->form, "-- — – - ― _"), behind_agency = agency && i > first && str_is(d->tokens[i - 1].form, ")");
        if (dash && (behind_agency || (t->space_after && d->tokens[i - 1].space_after))) return loud || agency ? i + 1 : first;
        word_class k = word_class_of(t->form);
        if (k == WORD_PLAIN && !str_in(t->form, "of the")) return first;
        if (i == first && t->form.len > 2) {
            loud = true;
            for (uint32_t c = 0; c < t->form.len; c++) loud = loud && (t->form.ptr[c] < 'a' || t->form.ptr[c] > 'z');
            loud = loud && t->form.ptr[0] >= 'A' && t->form.ptr[0] <= 'Z';
        }
        agency = agency || (i > first && str_is(t->form, ")"));
    }
    return first;
}

/* Up to three words without a mark behind them on one line with what follows are no sentence ("Jerusalem denounced | Bangkok as an aggressor."). */
static bool abrupt(const document *d, const end_site *site) {
    if (site->next - site->begin > 3) return false;
    str last = d->tokens[site->next - 1].form;
    if (word_class_of(last) != WORD_PLAIN && word_class_of(last) != WORD_CAPITAL) return false;
    const char *text = last.ptr + last.len;
    return text[0] == ' ' && text + 1 == d->tokens[site->next].form.ptr;
}

static void read_sentences(reader *r, int32_t first) {
    document *d = r->doc;
    int32_t opened = d->blocks[r->block].kind == BLOCK_BODY ? dateline_end(d, first, (int32_t)d->token_count) : first;
    if (opened > first) {
        add_sentence(r, first, opened);
        first = opened;
    }
    end_site site = {.lists = r->lists, .tokens = d->tokens, .first = first, .last = (int32_t)d->token_count, .begin = first};
    size_t before = d->sentence_count;
    for (site.next = first + 1; site.next < site.last; site.next++) {
        end_site_step(&site);
        bool endless = site.next - site.begin >= MOST_SENTENCE_WORDS || d->tokens[site.next].end - d->tokens[site.begin].start > MOST_SENTENCE_BYTES;
        if (!endless && (abrupt(d, &site) || !r->judge->end(r->judge->context, &site))) continue;
        if (endless) site.next = best_cut(d, site.begin, site.next);
        add_sentence(r, site.begin, site.next);
        end_site_begin(&site, site.next);
    }
    add_sentence(r, site.begin, site.last);
    if (d->sentence_count == before + 1 && like_headline(d, first, site.last)) d->sentences[before].headline = true;
}

static void read_paragraph(reader *r, uint32_t start, uint32_t end) {
    int32_t first = (int32_t)r->doc->token_count;
    uint32_t at = start;
    str previous = {"", 0}, chunk = next_chunk(r->text, &at, end);
    while (chunk.len) {
        str next = next_chunk(r->text, &at, end);
        read_chunk(r, previous, chunk, next);
        previous = chunk, chunk = next;
    }
    if ((int32_t)r->doc->token_count > first) read_sentences(r, first);
}

void text_read_blocks(const word_lists *lists, const text_judge *judge, document *doc) {
    for (int32_t b = 0; b < doc->block_count; b++) {
        reader r = {.lists = lists, .judge = judge, .doc = doc, .block = b, .text = doc->blocks[b].text};
        bool wrapped = lines_are_wrapped(r.text);
        uint32_t at = 0, start, end;
        while (paragraph_next(r.text, wrapped, &at, &start, &end)) {
            read_paragraph(&r, start, end);
            r.paragraph++;
        }
    }
}
