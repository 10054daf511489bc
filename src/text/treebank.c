#include "text/treebank.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "syntax/conllu.h"

uint32_t chance(uint64_t *seed, uint32_t below) {
    uint64_t z = (*seed += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ z >> 31) % below);
}

/* ---- reading ---- */

typedef struct intake {
    treebank *bank;
    arena *home;
    int range_last;          /* last word of the multiword token being read, 0 none */
    bool paragraph, document; /* a new one begins with the next word */
} intake;

static void end_sentence(intake *in) {
    if (in->bank->count) in->bank->words[in->bank->count - 1].sentence_end = true;
    in->range_last = 0;
}

static void add_part(written *w, uint32_t length) {
    if (w->parts < MOST_PARTS && length < 256) w->part[w->parts++] = (uint8_t)length;
    else w->parts = 0;
}

static void add_word(intake *in, const conllu_line *l) {
    treebank *bank = in->bank;
    if (l->kind == CONLLU_WORD && l->first <= in->range_last) {
        add_part(&bank->words[bank->count - 1], l->column[CONLLU_FORM].len);
        return;
    }
    if (bank->count) {
        written *before = &bank->words[bank->count - 1];
        if (in->paragraph) before->paragraph_end = true;
        if (in->document) before->document_end = before->paragraph_end = true;
    }
    in->paragraph = in->document = false;
    written w = {.form = arena_copy(in->home, l->column[CONLLU_FORM]), .space_after = !conllu_glued(l)};
    if (l->kind == CONLLU_RANGE) in->range_last = l->last;
    else add_part(&w, w.form.len);
    arena_push(in->home, bank->words, bank->count, bank->capacity, w);
}

static void settle(treebank *bank, size_t first) {
    for (size_t i = first; i < bank->count; i++) {
        written *w = &bank->words[i];
        uint32_t sum = 0;
        for (int k = 0; k < w->parts; k++) sum += w->part[k];
        if (sum != w->form.len) w->parts = 0;
    }
}

rap_status treebank_read(treebank *bank, arena *home, const char *path, rap_error *e) {
    FILE *f = fopen(path, "rb");
    if (!f) return error_set(e, RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    intake in = {.bank = bank, .home = home, .document = true};
    size_t first = bank->count, capacity = 0;
    char *line = NULL;
    ssize_t n;
    while ((n = getline(&line, &capacity, f)) >= 0) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) n--;
        str s = {line, (uint32_t)n};
        conllu_line l = conllu_parse(s);
        if (l.kind == CONLLU_BLANK) end_sentence(&in);
        else if (l.kind == CONLLU_COMMENT) {
            if (str_starts(s, "# newdoc")) in.document = true;
            else if (str_is(s, "# newpar") || str_starts(s, "# newpar id")) in.paragraph = true;
        } else if (l.kind == CONLLU_WORD || l.kind == CONLLU_RANGE) add_word(&in, &l);
    }
    end_sentence(&in);
    free(line);
    fclose(f);
    if (bank->count == first) return error_set(e, RAP_UNREADABLE, "%s: no words of CoNLL-U in it", path);
    bank->words[bank->count - 1].document_end = bank->words[bank->count - 1].paragraph_end = true;
    settle(bank, first);
    return RAP_OK;
}

/* ---- writing ---- */

typedef struct writer {
    const guise *how;
    uint64_t *seed;
    buffer *text, *marks;
    bool quote_open;
} writer;

static void mark(writer *w, unsigned bits) {
    while (w->marks->len <= w->text->len) buffer_byte(w->marks, 0);
    w->marks->ptr[w->text->len] = (char)(w->marks->ptr[w->text->len] | (int)bits);
}

static str in_guise(writer *w, str form, bool begins) {
    if (w->how->quotes == 1) {
        if (str_is(form, "\"")) return w->quote_open = !w->quote_open, w->quote_open ? STR("“") : STR("”");
        if (str_is(form, "'")) return begins ? STR("‘") : STR("’");
        if (form.len && form.ptr[0] == '\'' && form.len <= 3) return form; /* its parts are counted in bytes: left as they are */
    } else if (w->how->quotes == 2) {
        if (str_is(form, "“") || str_is(form, "”")) return STR("\"");
        if (str_is(form, "‘") || str_is(form, "’")) return STR("'");
    }
    return form;
}

/* An apostrophe inside a word may change its form; parts then shift by the difference, which lies in the part that holds it. */
static void write_form(writer *w, const written *word, bool begins) {
    str form = in_guise(w, word->form, begins);
    uint32_t at = 0, limit = 0;
    int part = 0;
    if (word->parts > 1) limit = word->part[0];
    for (uint32_t i = 0; i < form.len; i++) {
        if (word->parts > 1 && part + 1 < word->parts && i == at + limit) {
            mark(w, AFTER_WORD);
            at += limit, limit = word->part[++part];
        }
        bool curl = w->how->quotes == 1 && form.ptr[i] == '\'' && form.len > 1;
        char c = form.ptr[i];
        if (w->how->capitals && c >= 'a' && c <= 'z') c = (char)(c - 32);
        if (curl) buffer_text(w->text, "’");
        else buffer_byte(w->text, c);
        if (word->parts == 0 && i + 1 < form.len) mark(w, UNKNOWN);
    }
    mark(w, AFTER_WORD);
}

static void write_dateline(writer *w) {
    static const char *const CITIES[] = {"SEOUL", "BEIJING", "Moscow", "GENEVA", "Pyongyang", "KABUL", "Tel Aviv", "UNITED NATIONS", "ABUJA, Nigeria", "LIMA, Peru"};
    static const char *const DATES[] = {"Nov. 20", "Jan. 3", "March 9", "Aug. 31", "Dec. 1", "July 14"};
    static const char *const AGENCIES[] = {"(Xinhua)", "(Reuters)", "(AP)", "(KCNA)", "(Yonhap)", "(TASS)"};
    static const char *const DASHES[] = {"--", "-", "—", "–"};
    const char *parts[4] = {CITIES[chance(w->seed, 10)], NULL, NULL, DASHES[chance(w->seed, 4)]};
    if (chance(w->seed, 3)) parts[1] = DATES[chance(w->seed, 6)];
    if (!parts[1] || chance(w->seed, 4)) parts[2] = AGENCIES[chance(w->seed, 6)];
    for (int i = 0; i < 4; i++)
        if (parts[i]) {
            if (i == 1 && parts[1]) buffer_text(w->text, ",");
            if (i) buffer_byte(w->text, ' ');
            for (const char *p = parts[i]; *p; p++) buffer_byte(w->text, *p), mark(w, UNKNOWN);
        }
    buffer_byte(w->text, ' ');
}

static void write_abbreviation(writer *w) {
    static const char *const WORDS[] = {"U.S.", "U.N.", "U.K.", "E.U.", "a.m.", "p.m.", "D.C.", "Inc.", "Corp.", "Jr.", "etc.", "U.S."};
    buffer_text(w->text, WORDS[chance(w->seed, 12)]);
}

static bool lower_end(str s) { return s.len > 2 && s.ptr[s.len - 1] >= 'a' && s.ptr[s.len - 1] <= 'z' && ((s.ptr[0] | 32) >= 'a' && (s.ptr[0] | 32) <= 'z'); }
static bool capital_start(str s) { return s.len > 2 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] >= 'a' && s.ptr[1] <= 'z'; }

/* What stands between two words, sentences, paragraphs. */
static void write_gap(writer *w, const written *word, const written *next) {
    const guise *how = w->how;
    if (word->paragraph_end) {
        buffer_text(w->text, how->paragraph);
        w->quote_open = false;
    } else if (word->space_after || (word->sentence_end && next && lower_end(word->form))) {
        bool capital = next && capital_start(next->form);
        bool stop = str_is(word->form, ".");
        if (capital && stop && chance(w->seed, 1000) < how->glue) return;
        if (capital && !word->sentence_end && lower_end(word->form) && chance(w->seed, 2000) < how->glue) return;
        buffer_byte(w->text, ' ');
    }
}

void treebank_write(const treebank *bank, size_t first, size_t last, const guise *how, uint64_t *seed, buffer *text, buffer *marks) {
    writer w = {.how = how, .seed = seed, .text = text, .marks = marks};
    buffer_clear(text), buffer_clear(marks);
    bool begins = true;
    if (how->dateline) write_dateline(&w);
    for (size_t i = first; i < last; i++) {
        const written *word = &bank->words[i];
        bool last_word = i + 1 < last && word[1].sentence_end && str_is(word[1].form, ".") && word->form.ptr[0] >= 'a' && word->form.ptr[0] <= 'z';
        if (last_word && chance(seed, 1000) < how->abbreviated) { /* the sentence's last word and stop give way to an abbreviation */
            write_abbreviation(&w);
            mark(&w, AFTER_WORD | AFTER_SENTENCE);
            write_gap(&w, word + 1, i + 2 < last ? word + 2 : NULL);
            i++, begins = true;
            continue;
        }
        bool dropped = word->paragraph_end && str_is(word->form, ".") && chance(seed, 1000) < how->unstopped;
        if (!dropped) write_form(&w, word, begins);
        if (word->sentence_end) mark(&w, AFTER_SENTENCE);
        write_gap(&w, word, i + 1 < last ? word + 1 : NULL);
        begins = word->space_after || word->sentence_end;
    }
    mark(&w, AFTER_WORD | AFTER_SENTENCE);
}
