/* Statements and annotations as the CONTRACT's JSON records. */
#include <errno.h>

#include "base/error.h"
#include "out/json.h"
#include "out/tables_document.h"
#include "pipeline.h"

static rap_status flush(buffer *b, FILE *out, rap_error *e) {
    rap_status s = RAP_OK;
    if (b->failed) s = error_set(e, RAP_NO_MEMORY, "out of memory while writing");
    else if (fwrite(b->ptr, 1, b->len, out) != b->len)
        s = error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_NO_SPACE, "output cannot be written: %s", strerror(errno));
    buffer_free(b);
    return s;
}

static void span_members(buffer *b, const document *doc, int32_t in_block, uint32_t start, uint32_t end) {
    json_number(b, "start", start);
    json_number(b, "end", end);
    json_member(b, "text", document_span(doc, in_block, start, end));
}

static void span(buffer *b, const document *doc, int32_t in_block, uint32_t start, uint32_t end) {
    buffer_byte(b, '{');
    span_members(b, doc, in_block, start, end);
    buffer_byte(b, '}');
}

static void separator(buffer *b, size_t i) {
    if (i) buffer_byte(b, ',');
}

static int32_t block_of(const document *doc, const mention *m) { return doc->sentences[doc->tokens[m->head].sentence].block; }

/* The mention that says whom the actor's words mean: the chain's fullest name where that stands in the record's own block, else the
   first name of the chain there (offsets are of the block that the record names, always); -1 where there is none. */
static int32_t namer_in_block(const document *doc, int32_t in_block, const actor *a) {
    if (a->corefers < 0 || block_of(doc, &doc->mentions[a->corefers]) == in_block) return a->corefers;
    int32_t whole = doc->mentions[a->corefers].chain;
    for (int32_t i = 0; whole >= 0 && i < (int32_t)doc->mention_count; i++) {
        const mention *m = &doc->mentions[i];
        if (m->chain == whole && m->kind == MENTION_NAME && i != a->mention && block_of(doc, m) == in_block) return i;
    }
    return -1;
}

static void write_actor(buffer *b, const document *doc, int32_t in_block, const actor *a) {
    buffer_byte(b, '{');
    span_members(b, doc, in_block, a->start, a->end);
    json_member(b, "name", a->name);
    json_member(b, "country", a->country);
    json_key(b, "sector");
    buffer_byte(b, '[');
    for (int i = 0; i < a->sector_count; i++) separator(b, (size_t)i), json_text(b, a->sector[i]);
    buffer_byte(b, ']');
    json_member(b, "code", a->code);
    json_member(b, "role", a->role);
    json_member(b, "id", a->id);
    int32_t namer = namer_in_block(doc, in_block, a);
    if (namer >= 0) {
        const mention *m = &doc->mentions[namer];
        json_key(b, "corefers");
        span(b, doc, in_block, m->start, m->end);
    } else json_absent(b, "corefers");
    if (a->implied) {
        json_key(b, "implied");
        buffer_str(b, STR("true"));
    }
    json_decimal(b, "confidence", a->confidence, 2);
    buffer_byte(b, '}');
}

/* In an annotation a span is of the body where no block is named. */
static void block_unless_body(buffer *b, const document *doc, int32_t in_block) {
    if (doc->blocks[in_block].kind != BLOCK_BODY) json_member(b, "block", doc->blocks[in_block].name);
}

static void write_cue(buffer *b, const document *doc, const cue *c, bool scope) {
    buffer_byte(b, '{');
    json_member(b, "kind", c->kind);
    span_members(b, doc, c->block, c->start, c->end);
    if (scope) {
        block_unless_body(b, doc, c->block);
        json_key(b, "scope");
        buffer_byte(b, '[');
        for (int i = 0; i < c->scope_count; i++)
            separator(b, (size_t)i), span(b, doc, c->block, c->scope[i].start, c->scope[i].end);
        buffer_byte(b, ']');
    }
    buffer_byte(b, '}');
}

static const char *timex_name(timex_type t) {
    static const char *const names[] = {"DATE", "TIME", "DURATION", "SET"};
    return names[t];
}

static void write_time(buffer *b, const document *doc, const event_time *t) {
    static const char *const basis[] = {"none", "text", "context"};
    json_key(b, "time");
    buffer_byte(b, '{');
    if (t->basis == TIME_NONE || t->value.len == 0) json_absent(b, "value");
    else json_member(b, "value", t->value);
    json_member(b, "timex", str_of(timex_name(t->type)));
    json_member(b, "basis", str_of(basis[t->basis]));
    if (t->timex >= 0) {
        const timex *x = &doc->times[t->timex];
        span_members(b, doc, x->block, x->start, x->end);
    }
    buffer_byte(b, '}');
}

static void write_place(buffer *b, const document *doc, int32_t at) {
    if (at < 0) {
        json_absent(b, "place");
        return;
    }
    const place *p = &doc->places[at];
    json_key(b, "place");
    buffer_byte(b, '{');
    span_members(b, doc, p->block, p->start, p->end);
    json_member(b, "name", p->name);
    json_member(b, "country", p->country);
    if (p->geonames) {
        json_decimal(b, "lat", p->lat, 5);
        json_decimal(b, "lon", p->lon, 5);
    } else json_absent(b, "lat"), json_absent(b, "lon");
    json_number(b, "geonames", p->geonames);
    buffer_byte(b, '}');
}

static void write_voices(buffer *b, const document *doc, const statement *s, int32_t in_block) {
    json_key(b, "attribution");
    buffer_byte(b, '[');
    for (int i = 0; i < s->voice_count; i++) {
        const voice_link *v = &s->voices[i];
        const quotation *q = &doc->quotations[v->quotation];
        separator(b, (size_t)i);
        buffer_byte(b, '{');
        if (v->has_speaker) json_key(b, "speaker"), write_actor(b, doc, in_block, &v->speaker);
        else json_absent(b, "speaker");
        json_key(b, "cue");
        if (q->has_cue) span(b, doc, q->block, q->cue.start, q->cue.end);
        else buffer_text(b, "null");
        json_member(b, "stance", str_of(stance_name(q->stance)));
        json_member(b, "quote", q->quote);
        json_member(b, "factuality", str_of(factuality_name(v->factuality)));
        json_member(b, "voice", q->voice);
        if ((q->stance == STANCE_OMITS || q->stance == STANCE_DECLINES) && q->part_count && q->parts[0].start != q->cue.start) /* what is left unsaid */
            json_key(b, "unsaid"), span(b, doc, q->block, q->parts[0].start, q->parts[0].end);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
}

static void optional_actor(buffer *b, const document *doc, const char *name, bool has, const actor *a, int32_t in_block) {
    if (has) json_key(b, name), write_actor(b, doc, in_block, a);
    else json_absent(b, name);
}

static void write_statement(buffer *b, const rap_engine *engine, const document *doc, const statement *s) {
    const sentence *in = &doc->sentences[s->sentence];
    int32_t in_block = in->block;
    buffer_byte(b, '{');
    json_member(b, "type", STR("statement"));
    json_member(b, "doc", doc->id);
    json_member(b, "id", s->id);
    json_member(b, "block", doc->blocks[in_block].name);
    json_key(b, "sentence");
    span(b, doc, in_block, in->start, in->end);
    json_key(b, "trigger");
    buffer_byte(b, '{');
    span_members(b, doc, in_block, s->trigger_start, s->trigger_end);
    json_member(b, "lemma", doc->tokens[s->trigger].lemma);
    buffer_byte(b, '}');
    if (s->root) json_member(b, "event", str_of(plover_name(s->root)));
    else json_absent(b, "event");
    json_member(b, "mode", s->mode);
    json_key(b, "context");
    buffer_byte(b, '[');
    for (int i = 0; i < s->context_count; i++) separator(b, (size_t)i), json_text(b, s->context[i]);
    buffer_byte(b, ']');
    optional_actor(b, doc, "source", s->has_source, &s->source, in_block);
    optional_actor(b, doc, "target", s->has_target, &s->target, in_block);
    json_key(b, "others");
    buffer_byte(b, '[');
    for (int i = 0; i < s->other_count; i++) separator(b, (size_t)i), write_actor(b, doc, in_block, &s->others[i]);
    buffer_byte(b, ']');
    json_member(b, "factuality", str_of(factuality_name(s->factuality)));
    json_key(b, "cues");
    buffer_byte(b, '[');
    for (int i = 0; i < s->cue_count; i++) separator(b, (size_t)i), write_cue(b, doc, &doc->cues[s->cue[i]], false);
    buffer_byte(b, ']');
    write_voices(b, doc, s, in_block);
    write_time(b, doc, &s->time);
    json_flag(b, "background", s->time.background);
    write_place(b, doc, s->place);
    json_key(b, "links");
    buffer_byte(b, '[');
    for (int i = 0; i < s->link_count; i++) {
        separator(b, (size_t)i);
        buffer_byte(b, '{');
        json_member(b, "rel", s->links[i].rel);
        json_member(b, "to", doc->statements[s->links[i].to].id);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
    json_member(b, "rule", s->rule);
    json_decimal(b, "confidence", s->confidence, 3);
    json_member(b, "version", str_of(engine->version));
    buffer_byte(b, '}');
}

static void write_head(buffer *b, const rap_engine *engine, const document *doc, bool text) {
    buffer_byte(b, '{');
    json_member(b, "type", STR("document"));
    json_member(b, "id", doc->id);
    if (doc->url.len) json_member(b, "url", doc->url);
    if (doc->outlet.len) json_member(b, "outlet", doc->outlet);
    json_key(b, "published");
    char room[MOMENT_ROOM];
    str when = moment_text(doc->published, room);
    if (when.len) json_text(b, when);
    else buffer_text(b, "null");
    json_member(b, "language", doc->language);
    if (text) { /* all that a ledger keeps of a document */
        if (doc->section.len) json_member(b, "section", doc->section);
        if (doc->modified.date != DAY_NONE) json_member(b, "modified", moment_text(doc->modified, room));
        json_key(b, "blocks");
        buffer_byte(b, '{');
        for (int i = 0; i < doc->block_count; i++) {
            separator(b, (size_t)i);
            json_text(b, doc->blocks[i].name);
            buffer_byte(b, ':');
            json_text(b, doc->blocks[i].text);
        }
        buffer_byte(b, '}');
        json_key(b, "sentence_spans"); /* [block, start, end] each: the ledger keeps sentences without statements, too */
        buffer_byte(b, '[');
        for (size_t i = 0; i < doc->sentence_count; i++)
            buffer_format(b, "%s[%d,%u,%u]", i ? "," : "", doc->sentences[i].block, doc->sentences[i].start, doc->sentences[i].end);
        buffer_byte(b, ']');
        json_key(b, "speakers"); /* [number of the sentence, who speaks in it, 1 if it is a view] each */
        buffer_byte(b, '[');
        for (size_t i = 0; i < doc->speaking_count; i++) {
            const struct speaking *s = &doc->speakings[i];
            buffer_format(b, "%s[%d,", i ? "," : "", s->sentence);
            json_text(b, s->name);
            buffer_format(b, ",%d]", s->view);
        }
        buffer_byte(b, ']');
    }
    json_number(b, "sentences", (long)doc->sentence_count);
    json_number(b, "statements", (long)doc->statement_count);
    json_number(b, "skipped", (long)doc->skip_count);
    json_member(b, "version", str_of(engine->version));
    buffer_text(b, "}\n");
}

static void write_skips(buffer *b, const document *doc) {
    for (size_t i = 0; i < doc->skip_count; i++) {
        const skipped *s = &doc->skips[i];
        buffer_byte(b, '{');
        json_member(b, "type", STR("skipped"));
        json_member(b, "doc", doc->id);
        json_member(b, "block", s->block >= 0 && s->block < doc->block_count ? doc->blocks[s->block].name : STR("body"));
        json_number(b, "start", s->start);
        json_number(b, "end", s->end);
        json_member(b, "reason", s->reason);
        buffer_text(b, "}\n");
    }
}

rap_status rap_write_header(const rap_engine *engine, rap_format format, FILE *out, rap_error *e) {
    return format == RAP_JSONL ? RAP_OK : tables_header(engine, format, out, e);
}

rap_status rap_write_statements(const rap_engine *engine, const rap_document *doc, rap_format format, bool with_text, FILE *out,
                                rap_error *e) {
    if (format != RAP_JSONL) return tables_document(engine, doc, format, out, e);
    buffer b = {0};
    write_head(&b, engine, doc, with_text);
    write_skips(&b, doc);
    for (size_t i = 0; i < doc->statement_count; i++) write_statement(&b, engine, doc, &doc->statements[i]), buffer_byte(&b, '\n');
    return flush(&b, out, e);
}

/* ---- annotate ---- */

static void write_tokens(buffer *b, const document *doc) {
    json_key(b, "tokens");
    buffer_byte(b, '[');
    for (size_t i = 0; i < doc->token_count; i++) {
        const token *t = &doc->tokens[i];
        separator(b, i);
        buffer_byte(b, '{');
        json_number(b, "start", t->start);
        json_number(b, "end", t->end);
        block_unless_body(b, doc, doc->sentences[t->sentence].block);
        json_member(b, "form", t->form);
        json_member(b, "lemma", t->lemma);
        json_member(b, "upos", str_of(upos_name(t->upos)));
        json_member(b, "feats", t->feats);
        json_number(b, "head", t->head);
        json_member(b, "deprel", str_of(deprel_name(t->deprel)));
        json_decimal(b, "confidence", t->confidence, 3);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
}

static void write_entities(buffer *b, const document *doc) {
    json_key(b, "entities");
    buffer_byte(b, '[');
    for (size_t i = 0; i < doc->mention_count; i++) {
        const mention *m = &doc->mentions[i];
        int32_t in_block = block_of(doc, m), where = doc->tokens[m->head].place;
        separator(b, i);
        buffer_byte(b, '{');
        span_members(b, doc, in_block, m->start, m->end);
        json_member(b, "block", doc->blocks[in_block].name);
        json_member(b, "type", str_of(entity_type_name(m->type)));
        json_member(b, "mention", str_of(mention_kind_name(m->kind)));
        json_number(b, "chain", m->chain);
        if (m->chain >= 0) json_member(b, "name", doc->chains[m->chain].name);
        if (where >= 0) json_member(b, "country", doc->places[where].country);
        json_decimal(b, "confidence", m->confidence, 2);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
}

static void write_times(buffer *b, const document *doc) {
    json_key(b, "times");
    buffer_byte(b, '[');
    for (size_t i = 0; i < doc->time_count; i++) {
        const timex *t = &doc->times[i];
        separator(b, i);
        buffer_byte(b, '{');
        span_members(b, doc, t->block, t->start, t->end);
        json_member(b, "block", doc->blocks[t->block].name);
        json_member(b, "timex", str_of(timex_name(t->type)));
        json_member(b, "value", t->value);
        if (t->mod.len) json_member(b, "mod", t->mod);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
}

static void write_content(buffer *b, const document *doc, const char *name, bool has, int32_t in_block, const content *c) {
    json_key(b, name);
    if (has) span(b, doc, in_block, c->start, c->end);
    else buffer_text(b, "null");
}

static void write_quotations(buffer *b, const rap_engine *engine, document *doc) {
    json_key(b, "quotations");
    buffer_byte(b, '[');
    for (size_t i = 0; i < doc->quotation_count; i++) {
        const quotation *q = &doc->quotations[i];
        separator(b, i);
        buffer_byte(b, '{');
        json_member(b, "block", doc->blocks[q->block].name);
        write_content(b, doc, "source", q->has_source, q->block, &q->source);
        write_content(b, doc, "cue", q->has_cue, q->block, &q->cue);
        json_key(b, "content");
        buffer_byte(b, '[');
        for (int k = 0; k < q->part_count; k++) separator(b, (size_t)k), span(b, doc, q->block, q->parts[k].start, q->parts[k].end);
        buffer_byte(b, ']');
        actor speaker;
        json_key(b, "speaker");
        if (q->speaker >= 0) who_actor(engine->who, doc, q->speaker, DAY_NONE, &speaker), write_actor(b, doc, q->block, &speaker);
        else buffer_text(b, "null");
        json_member(b, "stance", str_of(stance_name(q->stance)));
        json_member(b, "quote", q->quote);
        json_member(b, "voice", q->voice);
        json_number(b, "outer", q->outer);
        json_number(b, "answers", q->answers);
        json_member(b, "factuality", str_of(factuality_name(q->factuality)));
        json_key(b, "link"); /* does it open a voice? */
        buffer_text(b, q->link ? "true" : "false");
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
}

static void write_predicates(buffer *b, const document *doc) {
    json_key(b, "predicates");
    buffer_byte(b, '[');
    for (size_t i = 0; i < doc->predicate_count; i++) {
        const predicate *p = &doc->predicates[i];
        const token *t = &doc->tokens[p->token];
        int32_t in_block = doc->sentences[t->sentence].block;
        separator(b, i);
        buffer_byte(b, '{');
        span_members(b, doc, in_block, t->start, t->end);
        json_member(b, "block", doc->blocks[in_block].name);
        json_member(b, "lemma", t->lemma);
        json_member(b, "factuality", str_of(factuality_name(p->judged)));
        json_member(b, "by_voice", str_of(factuality_name(p->factuality)));
        json_decimal(b, "score", p->score, 2);
        json_key(b, "cues");
        buffer_byte(b, '[');
        for (int k = 0; k < p->cue_count; k++) separator(b, (size_t)k), buffer_format(b, "%d", p->cue[k]);
        buffer_text(b, "]}");
    }
    buffer_byte(b, ']');
}

rap_status rap_write_annotation(const rap_engine *engine, const rap_document *lent, FILE *out, rap_error *e) {
    document *doc = (document *)lent; /* resolving speakers puts names into its arena, and changes nothing else */
    buffer b = {0};
    buffer_byte(&b, '{');
    json_member(&b, "type", STR("annotation"));
    json_member(&b, "id", doc->id);
    json_key(&b, "sentences");
    buffer_byte(&b, '[');
    for (size_t i = 0; i < doc->sentence_count; i++) {
        const sentence *s = &doc->sentences[i];
        separator(&b, i);
        buffer_byte(&b, '{');
        span_members(&b, doc, s->block, s->start, s->end);
        json_member(&b, "block", doc->blocks[s->block].name);
        buffer_byte(&b, '}');
    }
    buffer_byte(&b, ']');
    write_tokens(&b, doc);
    write_entities(&b, doc);
    write_times(&b, doc);
    write_quotations(&b, engine, doc);
    json_key(&b, "cues");
    buffer_byte(&b, '[');
    for (size_t i = 0; i < doc->cue_count; i++) separator(&b, i), write_cue(&b, doc, &doc->cues[i], true);
    buffer_byte(&b, ']');
    write_predicates(&b, doc);
    json_key(&b, "statements");
    buffer_byte(&b, '[');
    for (size_t i = 0; i < doc->statement_count; i++) separator(&b, i), write_statement(&b, engine, doc, &doc->statements[i]);
    buffer_text(&b, "]}\n");
    return flush(&b, out, e);
}
