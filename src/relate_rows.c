#include "relate_rows.h"

#include <stdio.h>

bool unmark(str marked, marked_row *row) {
    uint32_t n = 0, open_source = 0, open_target = 0;
    question *q = &row->asked;
    *q = (question){0};
    for (uint32_t i = 0; i < marked.len; i++) {
        char c = marked.ptr[i];
        if (n == MOST_MARKED) return false;
        if (c == '[') open_source = n;
        else if (c == '<') open_target = n;
        else if (c == ']' && q->sources < MOST_SPANS) q->source[q->sources++] = (content){.start = open_source, .end = n};
        else if (c == '>' && q->targets < MOST_SPANS) q->target[q->targets++] = (content){.start = open_target, .end = n};
        else row->text[n++] = c;
    }
    row->length = n;
    return true;
}

/* ---- variants ---- */

static const char *const coming[] = {"will %.*s", "is ready to %.*s", "agreed to %.*s", "promised to %.*s", "plans to %.*s", "offered to %.*s", "said it would %.*s", "is to %.*s"};
static const char *const refused[] = {"will not %.*s", "refused to %.*s", "declined to %.*s", "said it would not %.*s", "ruled out any move to %.*s"};
static const char *const threatened[] = {"will %.*s",         "threatened to %.*s",         "vowed to %.*s",
                                         "said it would %.*s", "warned that it could %.*s", "is preparing to %.*s"};
enum { COMING = sizeof coming / sizeof *coming, REFUSED = sizeof refused / sizeof *refused, THREATENED = sizeof threatened / sizeof *threatened };

static bool is_aux(const document *doc, int32_t t, int32_t verb) { return doc->tokens[t].head == verb && deprel_base(doc->tokens[t].deprel) == DEP_AUX; }

static bool append(marked_row *row, str words) {
    if (row->length + words.len > MOST_MARKED) return false;
    memcpy(row->text + row->length, words.ptr, words.len);
    row->length += words.len;
    return true;
}

/* Lengthens the last span of a side, or opens one. */
static void cover(content *spans, int *count, uint32_t start, uint32_t end, bool goes_on) {
    if (goes_on && *count) spans[*count - 1].end = end;
    else if (*count < MOST_SPANS) spans[(*count)++] = (content){.start = start, .end = end};
}

static bool rewrite(const document *doc, const sentence *s, const int32_t *side, int32_t verb, str instead, marked_row *row) {
    int32_t last = 0;
    row->length = 0;
    row->asked = (question){0};
    for (int32_t t = s->first; t < s->last; t++) {
        const token *w = &doc->tokens[t];
        if (is_aux(doc, t, verb)) continue;
        uint32_t start = row->length;
        if (!append(row, t == verb ? instead : w->form)) return false;
        if (side[t] == 1) cover(row->asked.source, &row->asked.sources, start, row->length, last == 1);
        if (side[t] == 2) cover(row->asked.target, &row->asked.targets, start, row->length, last == 2);
        last = side[t];
        if (w->space_after && !append(row, STR(" "))) return false;
    }
    return true;
}

int vary(const document *doc, const int32_t *side, int32_t source, plover root, marked_row *out) {
    bool help = root == CONSULT || root == SUPPORT || root == COOPERATE || root == AID || root == CONCEDE || root == RETREAT;
    bool harm = root == COERCE || root == ASSAULT || root == SANCTION || root == MOBILIZE || root == PROTEST;
    if ((!help && !harm) || source < 0 || doc->tokens[source].deprel != DEP_NSUBJ) return 0;
    int32_t verb = doc->tokens[source].head;
    const token *v = &doc->tokens[verb];
    if (v->upos != UPOS_VERB || v->deprel != DEP_ROOT || verb < source) return 0;
    for (int32_t c = tree_child(doc, verb); c >= 0; c = tree_next(doc, c))
        if (str_in(doc->tokens[c].lemma, "not never n't")) return 0;
    const sentence *s = &doc->sentences[v->sentence];
    uint64_t draw = str_hash((str){doc->blocks[s->block].text.ptr + s->start, s->end - s->start}, 11) >> 8;
    const char *pattern[MOST_VARIANTS] = {help ? coming[draw % COMING] : threatened[draw % THREATENED], refused[draw / 64 % REFUSED]};
    plover becomes[MOST_VARIANTS] = {help ? AGREE : THREATEN, REJECT};
    int made = 0;
    for (int i = 0; i < (help ? 2 : 1); i++) {
        char words[128];
        snprintf(words, sizeof words, pattern[i], STR_ARG(v->lemma));
        out[made].root = becomes[i];
        made += rewrite(doc, s, side, verb, str_of(words), &out[made]);
    }
    return made;
}
