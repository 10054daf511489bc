/* The quotations layer: attributions with voice, stance, nesting and what they answer. */
#include "said/silences.h"
#include "said/stage.h"

#include <stdlib.h>

static content bytes_of(const reading *r, tokens_span s) {
    content c = {.first = s.first, .last = s.last + 1};
    part_bytes(r, s, &c.start, &c.end);
    return c;
}

/* The cue's words: auxiliaries, negation and adverbs before it, particle and preposition behind it, as far as they touch. */
static tokens_span cue_words(const reading *r, int32_t t) {
    tokens_span s = {t, t};
    for (int32_t k = t - 1; k >= 0 && tok(r, k)->sentence == tok(r, t)->sentence; k--) {
        deprel b = rel_base(r, k);
        if (tok(r, k)->head != t || !(b == DEP_AUX || b == DEP_COP || b == DEP_ADVMOD)) break;
        s.first = k;
    }
    while (s.last + 1 < (int32_t)r->doc->token_count && tok(r, s.last + 1)->head == t &&
           (rel_base(r, s.last + 1) == DEP_COMPOUND || rel_base(r, s.last + 1) == DEP_FIXED)) s.last++;
    return s;
}

static int by_place(const void *a, const void *b) {
    const quotation *x = a, *y = b;
    if (x->block != y->block) return x->block < y->block ? -1 : 1;
    return x->parts[0].start < y->parts[0].start ? -1 : x->parts[0].start > y->parts[0].start;
}

/* "who" speaks for its antecedent. */
static int32_t speaker_token(const reading *r, int32_t source, int32_t cue_token) {
    if (source < 0 || tok(r, source)->upos != UPOS_PRON || !str_in(tok(r, source)->lemma, "who which that")) return source;
    for (int32_t v = tok(r, source)->head; v >= 0; v = tok(r, v)->head)
        if (tok(r, v)->deprel == DEP_ACL_RELCL) return tok(r, v)->head;
    (void)cue_token;
    return source;
}

static bool is_word(const reading *r, int32_t t, const char *words) {
    return t >= 0 && t < (int32_t)r->doc->token_count && str_in(tok(r, t)->form, words);
}

/* Q3: "…, according to X" at either end of a sentence holds all of the sentence, other reports in it too. */
static void lift_according(reading *r, found_attribution *found, size_t n) {
    for (size_t i = 0; i < n; i++) {
        int32_t t = found[i].cue;
        if (!is_word(r, t, "according According") || !is_word(r, t + 1, "to")) continue;
        candidate *source = &found[i].source;
        if (source->parts && source->part[0].first <= t + 1 && source->part[0].last > t + 1) source->part[0].first = t + 2;
        if (!source->parts) { /* whoever stands behind it */
            int32_t head = rel_base(r, t) == DEP_CASE || rel_base(r, t) == DEP_MARK ? tok(r, t)->head : tree_find_base(r->doc, t, DEP_OBL);
            if (head <= t + 1) continue;
            *source = (candidate){.head = head, .parts = 1};
            source->part[0] = (tokens_span){t + 2, tok(r, head)->right};
            while (source->part[0].last > head && tok(r, source->part[0].last)->upos == UPOS_PUNCT) source->part[0].last--;
        }
        const sentence *s = &r->doc->sentences[tok(r, t)->sentence];
        int32_t after = source->part[0].last + 1;
        bool final = after >= s->last - 1 && is_word(r, t - 1, ",");
        if (!final || r->region[t] >= 0) continue;
        tokens_span whole = {s->first, t - 2};
        for (size_t k = 0; k < n; k++) { /* what others say ends before it */
            if (k == i || found[k].cue < s->first || found[k].cue >= t) continue;
            for (int x = 0; x < found[k].content.parts; x++) {
                tokens_span *part = &found[k].content.part[x];
                if (part->first < t && part->last >= t - 1) part->last = t - 2;
                if (part->first > t && found[k].content.parts > 1 && x == found[k].content.parts - 1) found[k].content.parts--;
            }
            if (tok(r, found[k].cue)->head < 0) found[i].content.part[0] = whole, found[i].content.parts = 1;
        }
    }
}

/* "asked not to be named" says nothing of what was asked. */
static bool asks_to_be_unnamed(const reading *r, int32_t t) {
    if (!token_lemma(r->doc, t, "ask") || !is_word(r, t + 1, "not") || !is_word(r, t + 2, "to")) return false;
    return is_word(r, t + 4, "named identified quoted");
}

/* "Called off a visit" says nothing. */
static bool calls_off(const reading *r, int32_t t) {
    return token_lemma(r->doc, t, "call") && has_child_lemma(r, t, DEP_COMPOUND, "off up down in");
}

static str quote_kind(const reading *r, const quotation *q) {
    int32_t all = 0, quoted = 0;
    for (int i = 0; i < q->part_count; i++)
        for (int32_t t = q->parts[i].first; t < q->parts[i].last; t++) all++, quoted += r->region[t] >= 0;
    return quoted == 0 ? STR("indirect") : quoted * 10 >= all * 9 ? STR("direct") : STR("mixed");
}

static void push(reading *r, const found_attribution *f) {
    document *doc = r->doc;
    quotation q = {.block = doc->sentences[tok(r, f->cue)->sentence].block, .speaker = -1, .cue_token = f->cue, .outer = -1, .answers = -1,
                   .factuality = FACT_CT_PLUS, .stance = STANCE_ASSERTS, .link = true, .voice = STR("")};
    q.has_cue = true;
    q.relayed_by = f->relayed_by - 1;
    q.cue = bytes_of(r, cue_words(r, f->cue));
    q.has_source = f->source.parts > 0;
    if (q.has_source) q.source = bytes_of(r, f->source.part[0]), q.speaker = speaker_token(r, f->source.head >= 0 ? f->source.head : f->source.part[0].last, f->cue);
    q.parts = arena_array(&doc->home, content, f->content.parts);
    for (int i = 0; i < f->content.parts; i++) q.parts[q.part_count++] = bytes_of(r, f->content.part[i]);
    q.quote = quote_kind(r, &q);
    arena_push(&doc->home, doc->quotations, doc->quotation_count, doc->quotation_capacity, q);
}

/* The conjuncts of a speaker, those of the name in its apposition too ("the paper Granma nor the weekly Bohemia"); from, to the token after `from`. */
static int32_t next_conjunct(const reading *r, int32_t head, int32_t from, int32_t end) {
    for (int32_t k = from + 1; k <= end; k++) {
        int32_t up = tok(r, k)->head;
        if (rel_base(r, k) == DEP_CONJ && (up == head || (up >= 0 && tok(r, up)->head == head && (rel_base(r, up) == DEP_APPOS || rel_base(r, up) == DEP_CONJ || rel_base(r, up) == DEP_FLAT)))) return k;
    }
    return -1;
}

/* Does a comma, an and or a nor stand between them? */
static bool parted(const reading *r, int32_t from, int32_t to) {
    for (int32_t k = from + 1; k < to; k++)
        if (tok(r, k)->upos == UPOS_CCONJ || token_lemma(r->doc, k, ",")) return true;
    return false;
}

/* "Neither the Herald nor the Star mentioned …", "the Herald and the Star left it out": a silence of each. */
static void push_each(reading *r, const found_attribution *f) {
    push(r, f);
    int32_t head = f->source.parts ? f->source.head : -1;
    if (head < 0 || (!r->silence[f->cue] && !has_child_lemma(r, head, DEP_CC, "neither"))) return;
    tokens_span whole = f->source.part[0];
    quotation *first = &r->doc->quotations[r->doc->quotation_count - 1];
    for (int32_t k = next_conjunct(r, head, head, whole.last), before = head; k >= 0; before = k, k = next_conjunct(r, head, k, whole.last)) {
        if (tok(r, k)->left > whole.last) continue;
        if (before != head && !parted(r, before, k)) { /* "the weekly | Bohemia": one of them, and the name is its head */
            quotation *last = &r->doc->quotations[r->doc->quotation_count - 1];
            last->source = bytes_of(r, (tokens_span){last->source.first, tok(r, k)->right < whole.last ? tok(r, k)->right : whole.last});
            last->speaker = k;
            continue;
        }
        found_attribution other = *f;
        int32_t start = tok(r, k)->left;
        while (start < k && (tok(r, start)->upos == UPOS_CCONJ || tok(r, start)->upos == UPOS_PUNCT)) start++;
        if (tok(r, k)->left - 1 < (int32_t)first->source.last) {
            tokens_span own = {whole.first, tok(r, k)->left - 1};
            while (own.first < head && str_is(tok(r, own.first)->lemma, "neither")) own.first++;
            first->source = bytes_of(r, own);
        }
        other.source.part[0] = (tokens_span){start, tok(r, k)->right < whole.last ? tok(r, k)->right : whole.last};
        other.source.head = k;
        push(r, &other);
        first = &r->doc->quotations[r->doc->quotation_count - 2];
    }
}

static int32_t content_length(const quotation *q) {
    int32_t n = 0;
    for (int i = 0; i < q->part_count; i++) n += q->parts[i].last - q->parts[i].first;
    return n;
}

static bool holds(const quotation *q, int32_t t) {
    for (int i = 0; i < q->part_count; i++)
        if (t >= q->parts[i].first && t < q->parts[i].last) return true;
    return false;
}

/* Q10: the smallest voice whose content holds this one's cue; of two with the same content the one that the other passes on. */
static void nest(document *doc) {
    for (size_t i = 0; i < doc->quotation_count; i++)
        for (size_t k = 0; k < doc->quotation_count && doc->quotations[i].relayed_by >= 0; k++)
            if (doc->quotations[k].cue_token == doc->quotations[i].relayed_by && doc->quotations[k].link) doc->quotations[i].outer = (int32_t)k;
    for (size_t i = 0; i < doc->quotation_count; i++) {
        int32_t best = INT32_MAX;
        if (doc->quotations[i].outer >= 0) continue;
        for (size_t k = 0; k < doc->quotation_count; k++) {
            const quotation *outer = &doc->quotations[k];
            if (k == i || !outer->link || !holds(outer, doc->quotations[i].cue_token) || holds(&doc->quotations[i], outer->cue_token)) continue;
            int32_t n = content_length(outer);
            if (n < best || (n == best && outer->relayed_by >= 0)) best = n, doc->quotations[i].outer = (int32_t)k;
        }
    }
}

/* ---- a paragraph that is all quotation goes on with the one before it ---- */

static int32_t paragraph_at(const document *doc, int32_t t) { return doc->sentences[doc->tokens[t].sentence].paragraph; }

static bool fills_paragraph(const document *doc, const struct quote_region *q) {
    bool from_start = q->first == 0 || paragraph_at(doc, q->first - 1) != paragraph_at(doc, q->first);
    bool to_end = q->last >= (int32_t)doc->token_count || paragraph_at(doc, q->last) != paragraph_at(doc, q->last - 1);
    return from_start && to_end;
}

static void go_on(reading *r) {
    document *doc = r->doc;
    for (size_t i = 0; i < r->region_count; i++) {
        const struct quote_region *region = &r->regions[i];
        if (!fills_paragraph(doc, region) || region->first == 0) continue;
        quotation *before = NULL;
        bool free_standing = true;
        for (size_t k = 0; k < doc->quotation_count; k++) {
            quotation *q = &doc->quotations[k];
            const content *last = &q->parts[q->part_count - 1];
            for (int p = 0; p < q->part_count; p++) free_standing &= !(q->parts[p].first < region->last && q->parts[p].last > region->first && q->parts[p].last - q->parts[p].first > (region->last - region->first) / 2);
            if (q->block == region->block && !str_is(q->quote, "indirect") && last->last <= region->first &&
                paragraph_at(doc, last->last - 1) + 1 == paragraph_at(doc, region->first) && r->region[last->last - 1] >= 0 &&
                (!before || last->last > before->parts[before->part_count - 1].last)) before = q;
        }
        if (!before || !free_standing) continue;
        content *parts = arena_array(&doc->home, content, before->part_count + 1);
        memcpy(parts, before->parts, sizeof(content) * (size_t)before->part_count);
        parts[before->part_count] = bytes_of(r, (tokens_span){region->first, region->last - 1});
        before->parts = parts, before->part_count++;
    }
}

/* ---- Q11: "Ankara denies it" ---- */

static bool takes_up(reading *r, calculus *c, const quotation *q) {
    if (q->part_count != 1 || q->parts[0].last - q->parts[0].first > 8) return false;
    int32_t h = content_head(r, q);
    if (h < 0) return false;
    if (says_false(r, c, h)) return true;
    if (calls_false(r, q->cue_token) >= 0) { /* "calls this a lie" */
        int32_t o = tree_find_base(r->doc, q->cue_token, DEP_OBJ);
        if (o >= 0 && str_in(tok(r, o)->lemma, "it this that claim report allegation accusation charge statement account rumor rumour story suggestion assertion")) return true;
    }
    if (q->parts[0].last - q->parts[0].first > 6) return false;
    if (str_in(tok(r, h)->lemma, "it this that")) return q->parts[0].last - q->parts[0].first == 1;
    if (!str_in(tok(r, h)->lemma, "claim report allegation accusation charge statement account rumor rumour story suggestion assertion")) return false;
    return tree_find_base(r->doc, h, DEP_ACL) < 0 && tree_find_base(r->doc, h, DEP_NMOD) < 0;
}

static void answer(reading *r, calculus *c) {
    document *doc = r->doc;
    for (size_t i = 0; i < doc->quotation_count; i++) {
        quotation *q = &doc->quotations[i];
        if (!q->link && q->stance != STANCE_DENIES) continue;
        if (q->stance != STANCE_DENIES && q->stance != STANCE_DOUBTS && q->stance != STANCE_CONCEDES && !token_lemma(doc, q->cue_token, "confirm")) continue;
        if (!takes_up(r, c, q)) continue;
        q->link = true;
        for (size_t k = i; k-- > 0;) {
            const quotation *earlier = &doc->quotations[k];
            if (earlier->block != q->block || !earlier->link || earlier->outer >= 0 || content_length(earlier) < 3) continue;
            if (earlier->stance == STANCE_DECLINES || earlier->stance == STANCE_OMITS) continue;
            q->answers = (int32_t)k;
            break;
        }
    }
}

/* "told reporters | that the talks had ended", where the tree hangs the clause on the reporters. */
static void without_addressee(reading *r, found_attribution *f) {
    if (!str_in(tok(r, f->cue)->lemma, "tell inform notify assure warn remind advise brief alert") || f->content.parts != 1) return;
    tokens_span *part = &f->content.part[0];
    for (int32_t n = tree_child(r->doc, f->cue); n >= 0; n = tree_next(r->doc, n)) {
        deprel b = rel_base(r, n);
        if ((b != DEP_OBJ && b != DEP_IOBJ) || part->first > n || part->first < tok(r, n)->left) continue;
        int32_t clause = tree_find_base(r->doc, n, DEP_ACL);
        if (clause >= 0 && has_child_lemma(r, clause, DEP_MARK, "that") && tok(r, clause)->left > n) part->first = tok(r, clause)->left;
    }
}

/* "said research fellow | Maria Pohl", which trees give two subjects side by side: one source, and the name is its head. */
static void join_subjects(const reading *r, found_attribution *f) {
    int32_t h = f->source.head;
    if (h < 0 || f->source.parts != 1 || rel_base(r, h) != DEP_NSUBJ) return;
    tokens_span *part = &f->source.part[0];
    for (int32_t k = tree_child(r->doc, tok(r, h)->head); k >= 0; k = tree_next(r->doc, k)) {
        if (k == h || rel_base(r, k) != DEP_NSUBJ || (tok(r, k)->upos != UPOS_PROPN && tok(r, h)->upos != UPOS_PROPN)) continue;
        if (tok(r, k)->left == part->last + 1 && tok(r, k)->upos == UPOS_PROPN) part->last = tok(r, k)->right, f->source.head = k;
        else if (tok(r, k)->right + 1 == part->first && tok(r, k)->upos == UPOS_NOUN) part->first = tok(r, k)->left;
    }
}

/* "The party newspaper | Pravda": the name right behind what it is belongs to the source. */
static void with_name(const reading *r, found_attribution *f) {
    if (f->source.parts != 1) return;
    int32_t h = f->source.part[0].last;
    if (tok(r, h)->upos != UPOS_NOUN) return;
    for (int32_t k = tree_child(r->doc, h); k >= 0; k = tree_next(r->doc, k))
        if (k > h && (rel_base(r, k) == DEP_APPOS || rel_base(r, k) == DEP_FLAT) && tok(r, k)->upos == UPOS_PROPN && tok(r, k)->left == h + 1) f->source.part[0].last = tok(r, k)->right;
}

/* "He explained": he has the voice that his name has where he is introduced. */
static str voice_elsewhere(const reading *r, const quotation *q) {
    const document *doc = r->doc;
    int32_t m = q->speaker >= 0 ? doc->tokens[q->speaker].mention : -1, same = m >= 0 ? doc->mentions[m].chain : -1;
    for (size_t i = 0; same >= 0 && i < doc->quotation_count; i++) {
        const quotation *other = &doc->quotations[i];
        int32_t k = other->has_source && other->speaker >= 0 && other->voice.len ? doc->tokens[other->speaker].mention : -1;
        if (k >= 0 && doc->mentions[k].chain == same) return other->voice;
    }
    for (size_t i = 0; same >= 0 && i < doc->mention_count; i++) { /* "Maria Pohl of Bonn University points to …. "…," she says." */
        const mention *x = &doc->mentions[i];
        if (x->chain != same || x->kind == MENTION_PRONOUN) continue;
        tokens_span words = {tok(r, x->head)->left, tok(r, x->head)->right < x->head + 16 ? tok(r, x->head)->right : x->head + 16};
        uint32_t start, end;
        part_bytes(r, words, &start, &end);
        str voice = voice_of(r->know, doc, x->head, document_span(doc, doc->sentences[tok(r, x->head)->sentence].block, start, end));
        if (voice.len) return voice;
    }
    return STR("");
}

/* How somebody reads what happened: an expert's words, and what others than officials and media believe, suspect, see in it. */
static bool is_view(reading *r, const quotation *q) {
    if (!q->has_source || !q->link || q->stance == STANCE_OMITS || q->stance == STANCE_DECLINES) return false;
    if (str_is(q->voice, "expert")) return true;
    const reporting *e = reporting_of(r, q->cue_token);
    bool believes = (e && str_is(e->kind, "belief")) || str_in(tok(r, q->cue_token)->lemma, "believe think suspect hold argue maintain see regard view interpret read reckon speculate guess blame attribute caution contend");
    bool some = str_in(tok(r, q->source.first)->lemma, "some many several other others most few"); /* "some diplomats suspect" is no state's word */
    bool one = str_in(tok(r, q->source.first)->lemma, "a an another") && str_in(q->voice, "military anonymous official"); /* "a retired officer thinks" */
    if (some && !q->voice.len && e && str_is(e->kind, "speech")) return true; /* "others say" */
    return believes && (some || one || (!str_in(q->voice, "official document military court") && !str_is(q->voice, "state media")));
}

void quotations_read(const said_stage *stage, reading *r, calculus *c) {
    document *doc = r->doc;
    found_attribution *found;
    attribution_reading a = attribution_open(r);
    size_t n = attributions_find(&a, &stage->attribution, &found);
    n = reports_by_rule(&a, c, &stage->attribution, found, n, &found);
    n = silences_find(&a, c, found, n, &found);
    lift_according(r, found, n);
    for (size_t i = 0; i < n; i++) without_addressee(r, &found[i]), join_subjects(r, &found[i]), with_name(r, &found[i]);
    for (size_t i = 0; i < n; i++)
        if (!asks_to_be_unnamed(r, found[i].cue) && !calls_off(r, found[i].cue)) push_each(r, &found[i]);
    if (doc->quotation_count) qsort(doc->quotations, doc->quotation_count, sizeof *doc->quotations, by_place);
    go_on(r);
    for (size_t i = 0; i < doc->quotation_count; i++) {
        quotation *q = &doc->quotations[i];
        stance_read(r, c, q);
        if (q->has_source) q->voice = voice_of(r->know, doc, q->speaker, document_span(doc, q->block, q->source.start, q->source.end));
        if (tok(r, q->cue_token)->upos == UPOS_VERB) q->factuality = calculus_value(c, q->cue_token).value;
        if (q->stance == STANCE_OMITS || q->stance == STANCE_DECLINES) q->factuality = FACT_CT_PLUS;
    }
    for (size_t i = 0; i < doc->quotation_count; i++) {
        quotation *q = &doc->quotations[i];
        if (q->has_source && !q->voice.len) q->voice = voice_elsewhere(r, q);
        q->view = is_view(r, q);
    }
    nest(doc);
    answer(r, c);
}
