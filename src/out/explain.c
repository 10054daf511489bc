/* The explanation: one sentence for a person's eyes. The tree, who is who, the times, the voices, and for every statement the frame, the
 * rule and the weights behind it; then what nearly came out. */
#include <errno.h>
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "out/json.h"
#include "pipeline.h"
#include "statement/trust.h"

enum { MOST_DEPTH = 40 };

static int32_t block_of(const document *doc, int32_t word) { return doc->sentences[doc->tokens[word].sentence].block; }

/* Dependents of a word in text order, the word itself standing between left and right ones, as branches drawn with lines. */
static void draw(buffer *b, const document *doc, int32_t t, char *margin, size_t depth, bool last) {
    const token *w = &doc->tokens[t];
    buffer_add(b, margin, depth);
    if (w->head >= 0) buffer_text(b, last ? "└─" : "├─");
    buffer_format(b, "%s %.*s", deprel_name(w->deprel), STR_ARG(w->form));
    if (!str_eq(w->form, w->lemma)) buffer_format(b, " (%.*s)", STR_ARG(w->lemma));
    buffer_format(b, " %s", upos_name(w->upos));
    if (w->confidence > 0 && w->confidence < 0.8f) buffer_format(b, " ?%.2f", (double)w->confidence);
    buffer_byte(b, '\n');
    size_t grown = depth;
    if (w->head >= 0 && depth + 5 < MOST_DEPTH * 5) {
        const char *line = last ? "  " : "│ ";
        memcpy(margin + depth, line, strlen(line));
        grown += strlen(line);
    }
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) draw(b, doc, c, margin, grown, tree_next(doc, c) < 0);
}

static void show_tree(buffer *b, const document *doc, const sentence *s) {
    char margin[MOST_DEPTH * 5 + 8];
    if (s->root >= 0) draw(b, doc, s->root, margin, 0, true);
}

static void show_actor(buffer *b, const char *label, const actor *a) {
    buffer_format(b, "    %-8s %.*s", label, STR_ARG(a->text));
    if (a->name.len && !str_eq(a->name, a->text)) buffer_format(b, " = %.*s", STR_ARG(a->name));
    if (a->code.len) buffer_format(b, " [%.*s]", STR_ARG(a->code));
    if (a->role.len) buffer_format(b, ", %.*s", STR_ARG(a->role));
    buffer_format(b, " (%.2f)\n", (double)a->confidence);
}

static void show_cues(buffer *b, const document *doc, const statement *s) {
    for (int i = 0; i < s->cue_count; i++) {
        const cue *c = &doc->cues[s->cue[i]];
        buffer_format(b, "%s%.*s \"%.*s\"", i ? ", " : "  because of ", STR_ARG(c->kind),
                      STR_ARG(document_span(doc, c->block, c->start, c->end)));
    }
}

static void show_voices(buffer *b, const document *doc, const statement *s) {
    for (int i = 0; i < s->voice_count; i++) {
        const voice_link *v = &s->voices[i];
        const quotation *q = &doc->quotations[v->quotation];
        buffer_format(b, "    %-8s %.*s %s", i ? "to whom" : "voice", STR_ARG(v->has_speaker ? v->speaker.text : STR("somebody")),
                      stance_name(q->stance));
        if (q->has_cue) buffer_format(b, " (\"%.*s\"", STR_ARG(document_span(doc, q->block, q->cue.start, q->cue.end)));
        else buffer_text(b, " (no cue");
        buffer_format(b, ", %.*s%s%.*s), %s\n", STR_ARG(q->quote), q->voice.len ? ", " : "", STR_ARG(q->voice), factuality_name(v->factuality));
    }
}

/* ---- what decided ---- */

enum { SHOWN_REASONS = 6 };

/* The features of the ranker that spoke for the root and against it, as shares of the log odds against the next best. */
static void show_reasons(buffer *b, const rap_engine *engine, document *doc, const statement *s, what_reasons *room) {
    what_reasons_of(engine->what, engine->who, doc, s->event, room);
    if (room->count == 0) return;
    buffer_format(b, "    decided  %s against %.*s:", plover_name(s->root), STR_ARG(room->against));
    for (int i = 0; i < room->count && i < SHOWN_REASONS; i++) {
        str name = room->reason[i].name;
        while (name.len && name.ptr[name.len - 1] == ' ') name.len--;
        buffer_format(b, "%s %.*s %+.2f", i ? "," : "", STR_ARG(name), (double)room->reason[i].adds);
    }
    buffer_byte(b, '\n');
}

static int weightiest(const float *adds, const bool *told, int count) {
    int best = -1;
    for (int i = 0; i < count; i++)
        if (!told[i] && (best < 0 || fabsf(adds[i]) > fabsf(adds[best]))) best = i;
    return best;
}

/* What raised and lowered its confidence. */
static void show_trust(buffer *b, const rap_engine *engine, const document *doc, const statement *s) {
    if (!engine->trust) return;
    float x[MOST_TRUST], adds[MOST_TRUST + 1];
    bool told[MOST_TRUST + 1] = {true}; /* the first is the constant */
    trust_view view;
    trust_look(engine, doc, &view);
    int all = trust_features(engine, doc, &view, s, s->weight, x), n = 0;
    trust_few_sentences(engine->trust, x, all, doc->sentence_count);
    float topic = 0;
    for (int i = 0; i < all; i++) {
        if (trust_is_topic(i)) topic += trust_adds(engine->trust, x, i);
        else adds[n++] = trust_adds(engine->trust, x, i);
    }
    adds[n] = topic, adds[n + 1] = trust_rule_adds(engine->trust, s->rule);
    buffer_format(b, "    trusted  %.2f:", (double)s->confidence);
    for (int i = 0; i < SHOWN_REASONS; i++) {
        int k = weightiest(adds, told, n + 2);
        told[k] = true;
        buffer_format(b, "%s %s%s %+.2f", i ? "," : "", k < n && x[k] == 0 ? "no " : "", k < n ? trust_name(k) : k == n ? "topic" : "this frame", (double)adds[k]);
    }
    buffer_byte(b, '\n');
}

static void show_statement(buffer *b, const document *doc, const statement *s, int number) {
    int32_t at = block_of(doc, s->trigger);
    buffer_format(b, "\n%d. %s", number, s->root ? plover_name(s->root) : "(no event)");
    if (s->mode.len) buffer_format(b, " %.*s", STR_ARG(s->mode));
    buffer_format(b, " %s", factuality_name(s->factuality));
    if (s->faint) buffer_text(b, " (too doubtful for code, which leaves it out)");
    show_cues(b, doc, s);
    buffer_format(b, "\n    trigger  \"%.*s\", %.*s (%.2f)\n", STR_ARG(document_span(doc, at, s->trigger_start, s->trigger_end)),
                  STR_ARG(s->rule), (double)s->confidence);
    if (s->has_source) show_actor(b, "source", &s->source);
    if (s->has_target) show_actor(b, "target", &s->target);
    for (int i = 0; i < s->other_count; i++) show_actor(b, "with", &s->others[i]);
    show_voices(b, doc, s);
    if (s->time.basis != TIME_NONE)
        buffer_format(b, "    when     %.*s, from %s%s\n", STR_ARG(s->time.value), s->time.basis == TIME_TEXT ? "its words" : "what stands around",
                      s->time.background ? ", told as background" : "");
    if (s->place >= 0) buffer_format(b, "    where    %.*s, %.*s\n", STR_ARG(doc->places[s->place].name), STR_ARG(doc->places[s->place].country));
    for (int i = 0; i < s->link_count; i++)
        buffer_format(b, "    %.*s statement %d\n", STR_ARG(s->links[i].rel), s->links[i].to + 1);
    if (s->event >= 0 && doc->events[s->event].nearly.len) buffer_format(b, "    nearly   %.*s\n", STR_ARG(doc->events[s->event].nearly));
}

static void show_times(buffer *b, const document *doc) {
    for (size_t i = 0; i < doc->time_count; i++) {
        const timex *t = &doc->times[i];
        buffer_format(b, "  time     \"%.*s\" %.*s\n", STR_ARG(document_span(doc, t->block, t->start, t->end)),
                      STR_ARG(t->value.len ? t->value : STR("(unresolved)")));
    }
}

static void show_predicates(buffer *b, const document *doc) {
    for (size_t i = 0; i < doc->predicate_count; i++) {
        const predicate *p = &doc->predicates[i];
        buffer_format(b, "  %s %-10.*s", factuality_name(p->factuality), STR_ARG(doc->tokens[p->token].form));
        for (int k = 0; k < p->cue_count; k++)
            buffer_format(b, "%s%.*s \"%.*s\"", k ? ", " : " ", STR_ARG(doc->cues[p->cue[k]].kind),
                          STR_ARG(document_span(doc, doc->cues[p->cue[k]].block, doc->cues[p->cue[k]].start, doc->cues[p->cue[k]].end)));
        buffer_byte(b, '\n');
    }
}

rap_status rap_write_explanation(const rap_engine *engine, const rap_document *doc, int width, FILE *out, rap_error *e) {
    (void)width;
    buffer b = {0};
    for (size_t i = 0; i < doc->sentence_count; i++) {
        const sentence *s = &doc->sentences[i];
        buffer_format(&b, "%s%.*s\n\n", i ? "\n" : "", STR_ARG(document_span(doc, s->block, s->start, s->end)));
        show_tree(&b, doc, s);
    }
    buffer_text(&b, "\nWhat holds, as far as its voice is sure:\n");
    show_predicates(&b, doc);
    show_times(&b, doc);
    what_reasons *room = memory_new(sizeof *room);
    if (!room) b.failed = true;
    for (size_t i = 0; i < doc->statement_count && room; i++) {
        const statement *s = &doc->statements[i];
        show_statement(&b, doc, s, (int)i + 1);
        if (s->event < 0) continue;
        show_reasons(&b, engine, (document *)doc, s, room); /* its arena grows; what was read stays */
        show_trust(&b, engine, doc, s);
    }
    memory_free(room);
    if (doc->statement_count == 0) buffer_text(&b, "\nNo statement: no frame fits with an actor on either side.\n");
    buffer_format(&b, "\n(%s)\n", engine->version);
    rap_status status = RAP_OK;
    if (b.failed) status = error_set(e, RAP_NO_MEMORY, "out of memory while writing");
    else if (fwrite(b.ptr, 1, b.len, out) != b.len) status = error_set(e, RAP_NO_SPACE, "output cannot be written: %s", strerror(errno));
    buffer_free(&b);
    return status;
}
