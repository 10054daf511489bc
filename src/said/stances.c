/* Stance: what the speaker does with the content (rules Q1 … Q9 of docs/factuality.md), and whether the attribution opens a voice at all. */
#include "said/stage.h"

/* Verbs of saying under which a refusal is a refusal to speak: "declined to comment". */
static bool speaking(str lemma) {
    return str_in(lemma, "comment say confirm elaborate answer respond discuss talk speak disclose reveal provide give specify identify name explain "
                         "address reply detail clarify release offer add acknowledge deny state describe divulge share");
}

static bool reporting_of_fact(str lemma) {
    return str_in(lemma, "mention reference allusion report refer cite note carry say allude tell publish write announce disclose acknowledge record broadcast reveal run print include address");
}

static const reporting *entry_for(reading *r, int32_t t) {
    const token *k = tok(r, t);
    const knowledge *know = r->know;
    const reporting *e = NULL;
    if (k->upos == UPOS_VERB || k->upos == UPOS_AUX) {
        str whole = whole_lemma(r, t);
        e = knowledge_reporting(know, "verb", whole);
        int32_t next = t + 1;
        if (!e && next < (int32_t)r->doc->token_count && tok(r, next)->upos == UPOS_ADP)
            e = knowledge_reporting(know, "verb", arena_format(&r->doc->home, "%.*s %.*s", STR_ARG(k->lemma), STR_ARG(lower_form(r, next))));
        if (!e) e = knowledge_reporting(know, "verb", k->lemma);
    } else if (k->upos == UPOS_NOUN || k->upos == UPOS_PROPN) {
        str misread = misread_verb_lemma(r, t);
        e = misread.len ? knowledge_reporting(know, "verb", misread) : NULL;
        if (!e && k->upos == UPOS_NOUN) e = knowledge_reporting(know, "noun", k->lemma);
    }
    else if (k->upos == UPOS_ADJ) e = knowledge_reporting(know, "adj", k->lemma);
    return e;
}

const reporting *reporting_of(reading *r, int32_t t) { return entry_for(r, t); }

/* The verb that really tells: "managed to say", "went on to deny", "was quoted as saying". */
int32_t telling_verb(reading *r, int32_t t) {
    if (tok(r, t)->upos != UPOS_VERB || entry_for(r, t)) return t;
    int32_t x = tree_find_base(r->doc, t, DEP_XCOMP);
    return x >= 0 && tok(r, x)->upos == UPOS_VERB && entry_for(r, x) ? x : t;
}

static bool quoted_in_part(const reading *r, const quotation *q) {
    for (int i = 0; i < q->part_count; i++)
        for (int32_t t = q->parts[i].first; t < q->parts[i].last; t++)
            if (r->region[t] >= 0) return true;
    return false;
}

/* The token of the content whose head lies outside it. */
int32_t content_head(const reading *r, const quotation *q) {
    for (int i = 0; i < q->part_count; i++)
        for (int32_t t = q->parts[i].first; t < q->parts[i].last; t++) {
            if (tok(r, t)->upos == UPOS_PUNCT) continue;
            int32_t h = tok(r, t)->head;
            bool inside = false;
            for (int k = 0; k < q->part_count; k++) inside |= h >= q->parts[k].first && h < q->parts[k].last;
            if (!inside) return t;
        }
    return -1;
}

static bool nominal(const reading *r, int32_t t) {
    return t >= 0 && (tok(r, t)->upos == UPOS_NOUN || tok(r, t)->upos == UPOS_PROPN || tok(r, t)->upos == UPOS_PRON) &&
           tree_find(r->doc, t, DEP_COP) < 0 && rel_base(r, t) != DEP_CCOMP && rel_base(r, t) != DEP_PARATAXIS;
}

static bool reports_objects(str lemma) {
    return str_in(lemma, "deny report confirm announce allege claim admit acknowledge concede predict expect forecast want demand seek request propose urge promise "
                         "threaten vow pledge dispute doubt question dismiss reject mention call disclose reveal document describe hope");
}

/* "Refused to talk to the mediator" is no silence before the press. */
bool talks_with(const reading *r, int32_t t) {
    if (!str_in(tok(r, t)->lemma, "talk speak discuss")) return false;
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k))
        if (rel_base(r, k) == DEP_OBL && has_child_lemma(r, k, DEP_CASE, "to with") && !str_in(tok(r, k)->lemma, "reporter journalist press media newspaper agency correspondent reuters afp bbc cnn")) return true;
    return false;
}

/* "declined to comment", "would not say", "had nothing to add", "no comment". */
static bool declines(reading *r, calculus *c, int32_t t, int32_t verb) {
    str lemma = tok(r, t)->lemma;
    int32_t mover;
    if (str_in(lemma, "decline refuse") || (str_is(lemma, "decline") && tok(r, t)->upos == UPOS_VERB)) {
        int32_t x = tree_find_base(r->doc, t, DEP_XCOMP);
        if (x < 0) x = tree_find_base(r->doc, t, DEP_ADVCL);
        return x >= 0 && speaking(tok(r, x)->lemma) && !talks_with(r, x);
    }
    int32_t up = tok(r, verb)->head;
    if (up >= 0 && rel_base(r, verb) == DEP_XCOMP && str_in(tok(r, up)->lemma, "decline refuse") && speaking(tok(r, verb)->lemma) && !talks_with(r, verb)) return true;
    if (str_is(lemma, "have")) {
        int32_t o = tree_find_base(r->doc, t, DEP_OBJ);
        if (o >= 0 && (str_is(tok(r, o)->lemma, "nothing") || has_child_lemma(r, o, DEP_DET, "no"))) {
            if (str_in(tok(r, o)->lemma, "comment answer response")) return true;
            for (int32_t k = o + 1; k <= tok(r, t)->right && k < o + 6; k++) /* "nothing further to add" */
                if (str_in(tok(r, k)->lemma, "add say tell offer announce report share") && has_child_lemma(r, k, DEP_MARK, "to")) return true;
        }
    }
    bool have, shared;
    int32_t aux = modal_of(c, verb, &have, &shared);
    if (negated(c, verb, &mover) == 1) {
        if (str_in(tok(r, verb)->lemma, "comment respond reply answer elaborate")) return true;
        return aux >= 0 && str_in(tok(r, aux)->lemma, "would wo will could ca") && !str_in(tok(r, aux)->lemma, "will wo") &&
               str_in(tok(r, verb)->lemma, "say confirm discuss disclose comment give identify name elaborate");
    }
    return false;
}

/* "Calls this a lie", "dismissed the report as a fabrication": the word that says so, -1. */
int32_t calls_false(const reading *r, int32_t t) {
    if (!str_in(tok(r, t)->lemma, "call dismiss describe brand label denounce reject term decry deride slam condemn")) return -1;
    for (int32_t k = tok(r, t)->right; k > t; k--)
        if (str_in(tok(r, k)->lemma, "lie fabrication falsehood nonsense invention hoax fake false untrue baseless unfounded groundless slander fiction disinformation propaganda absurd ridiculous rubbish fantasy") &&
            (tok(r, k)->head == t || (tok(r, k)->head >= 0 && tok(r, tok(r, k)->head)->head == t) || (r->region[k] >= 0 && r->regions[r->region[k]].first > t && r->regions[r->region[k]].last - r->regions[r->region[k]].first < 7)))
            return k; /* near it, or in short quotation marks of its own */
    return -1;
}

/* "It is not true", "the report is false": what the claim before is called. */
bool says_false(reading *r, calculus *c, int32_t head) {
    int32_t mover, subject = head < 0 ? -1 : tree_find_base(r->doc, head, DEP_NSUBJ);
    if (subject < 0 || !str_in(tok(r, subject)->lemma, "it this that claim report allegation accusation charge statement account rumor rumour story")) return false;
    bool no = negated(c, head, &mover) == 1;
    if (str_in(tok(r, head)->lemma, "true so case correct accurate")) return no;
    return !no && str_in(tok(r, head)->lemma, "lie fabrication falsehood nonsense invention hoax fake false untrue baseless unfounded groundless slander fiction wrong");
}

/* "Made no reference to the talks". */
static bool no_mention(const reading *r, int32_t t) {
    int32_t o = str_is(tok(r, t)->lemma, "make") ? tree_find_base(r->doc, t, DEP_OBJ) : -1;
    return o >= 0 && str_in(tok(r, o)->lemma, "mention reference allusion") && has_child_lemma(r, o, DEP_DET, "no");
}

/* "Would neither confirm nor deny", "refused to confirm or deny". */
static bool neither_nor(const reading *r, int32_t t) {
    if (!str_in(tok(r, t)->lemma, "confirm deny")) return false;
    for (int32_t k = tok(r, t)->left; k <= tok(r, t)->right; k++)
        if (k != t && str_in(tok(r, k)->lemma, "confirm deny") && (tok(r, k)->head == t)) return true;
    int32_t h = tok(r, t)->head;
    return h >= 0 && rel_base(r, t) == DEP_CONJ && str_in(tok(r, h)->lemma, "confirm deny") && h != t;
}

static bool expects_only(str kind) { return str_in(kind, "intention"); }

void stance_read(reading *r, calculus *c, quotation *q) {
    int32_t t = q->cue_token, verb = telling_verb(r, t), head = content_head(r, q);
    const reporting *e = entry_for(r, verb);
    str lemma = tok(r, verb)->lemma;
    bool quoted = quoted_in_part(r, q), object = nominal(r, head) && !quoted;
    if (r->silence[t]) { q->stance = (stance)(r->silence[t] - 1), q->link = q->has_source; return; }
    q->stance = e ? e->stance : STANCE_ASSERTS;
    q->link = e != NULL || quoted || str_in(lemma, "accord according : - – — --") || tok(r, t)->upos == UPOS_ADP;
    if (!e && tok(r, t)->upos == UPOS_VERB && head >= 0 && rel_base(r, head) == DEP_CCOMP) q->link = true;
    if (q->relayed_by >= 0) { q->stance = STANCE_ASSERTS, q->link = true; return; }
    if (neither_nor(r, t)) { q->stance = STANCE_DECLINES, q->link = true; return; }
    if (!e && child_with(r, t, DEP_MARK, "as") >= 0 && q->has_source) q->link = true; /* "as the minister put it" */
    if (no_mention(r, t)) { q->stance = STANCE_OMITS, q->link = true; return; }
    bool silent_content = head >= 0 && tok(r, head)->upos == UPOS_VERB && str_is(tok(r, head)->lemma, "have") && declines(r, c, head, head);
    int32_t who_has = silent_content ? tree_find(r->doc, head, DEP_NSUBJ) : -1; /* "Lu said he had nothing to add" */
    if (silent_content && (who_has < 0 || tok(r, who_has)->upos == UPOS_PRON)) { q->stance = STANCE_DECLINES, q->link = true; return; }
    if (declines(r, c, t, verb)) { q->stance = STANCE_DECLINES, q->link = true; return; }
    if (calls_false(r, t) >= 0) { q->stance = STANCE_DENIES, q->link = true; return; }
    if (e && e->stance == STANCE_ASSERTS && says_false(r, c, head)) { q->stance = STANCE_DENIES, q->link = true; return; }
    if (e && e->stance == STANCE_DECLINES) { q->stance = STANCE_ASSERTS, q->link = false; }
    if (e && str_in(e->kind, "intention") && !str_in(lemma, "vow pledge promise threaten swear guarantee")) q->link = quoted;
    if (e && str_is(e->kind, "emotion")) q->link = quoted;
    if (object && e && !reports_objects(lemma) && tok(r, verb)->upos == UPOS_VERB) q->link = false;
    if (e && str_in(e->kind, "request wish") && object) q->link = true;
    if (object && e && str_is(e->kind, "belief") && (e->patterns & PATTERN_AS)) /* "saw it as a sign that …" */
        for (int i = 0; i < q->part_count; i++)
            for (int32_t k = q->parts[i].first; k < q->parts[i].last; k++) q->link |= token_lemma(r->doc, k, "as");
    if (e && e->stance == STANCE_OMITS && q->has_source) q->link = true;
    if (str_in(lemma, "quote cite") && head >= 0 && tok(r, head)->upos == UPOS_VERB) q->link = true; /* "quoted her as saying" */
    if (str_in(lemma, "accuse charge suspect blame") && tok(r, verb)->upos == UPOS_VERB) q->link = true;
    if (tok(r, t)->upos == UPOS_ADV) q->link = false;
    bool passive_unnamed = tok(r, verb)->upos == UPOS_VERB && in_passive(c, verb) && !q->has_source;
    if (!q->has_source && str_in(lemma, "appear seem look")) q->link = false;
    if (passive_unnamed) q->link = false; /* "is said to": a hedge */
    if (q->speaker >= 0 && tok(r, q->speaker)->deprel == DEP_NSUBJ_PASS && tok(r, q->speaker)->head == verb && !str_in(lemma, "quote cite") && !says_itself(r, verb)) {
        q->has_source = false, q->speaker = -1; /* "the president is expected": by others */
        q->link = false;
    }
    int32_t above = tok(r, t)->head; /* "rejected the accusation that …": not the rejecter's own */
    if (tok(r, t)->upos == UPOS_NOUN && above >= 0 && rel_base(r, t) == DEP_OBJ) {
        const reporting *outer = entry_for(r, above);
        if (outer && (outer->stance == STANCE_DENIES || outer->stance == STANCE_DOUBTS) && tree_find(r->doc, t, DEP_NMOD_POSS) < 0)
            q->has_source = false, q->speaker = -1;
    }
    if (!q->has_source && tok(r, t)->upos == UPOS_NOUN) q->link = false;
    verdict telling = calculus_value(c, verb);
    if (fact_sign(telling.value) >= 0 || !e) return;
    /* A negated report: silent, doubting, or just not so. */
    if (str_in(lemma, "deny rule dispute reject dismiss")) q->stance = STANCE_CITES;
    else if (str_in(e->kind, "belief") && head >= 0 && !object) q->stance = STANCE_DOUBTS;
    else if (reporting_of_fact(lemma) && (e->stance == STANCE_ASSERTS || e->stance == STANCE_CITES || e->stance == STANCE_CONCEDES)) {
        q->stance = STANCE_OMITS;
        q->link |= q->has_source && str_in(lemma, "say report carry publish print broadcast write run"); /* "said nothing about the raid" */
    }
    else if (e->stance == STANCE_ASSERTS || e->stance == STANCE_CONCEDES) q->stance = STANCE_CITES;
    if (expects_only(e->kind)) q->link = false;
}
