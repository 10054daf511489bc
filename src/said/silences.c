#include "said/silences.h"

typedef struct silence_search {
    reading *r;
    calculus *c;
    found_attribution *list;
    size_t count, capacity;
} silence_search;

/* Where the object, what is left unsaid and whoever is silent stand; -1: nowhere. */
typedef struct silence_site {
    int32_t object, source;
    tokens_span content;
} silence_site;

static bool word_in(str word, str list) {
    str part;
    while (str_split(&list, ' ', &part))
        if (str_eq(word, part)) return true;
    return false;
}

static bool nothing(str list) { return str_is(list, "-"); }

/* ---- does a line fit ---- */

/* "Left the visit out", "passed over", "kept quiet": the particle or adjective that belongs to the verb, near enough. */
static int32_t companion(const reading *r, int32_t t, str word) {
    int32_t end = tok(r, t)->right < t + 9 ? tok(r, t)->right : t + 9;
    for (int32_t k = t + 1; k <= end; k++)
        if (str_eq(tok(r, k)->lemma, word)) {
            int32_t h = tok(r, k)->head;
            if (h == t || (h >= 0 && (tok(r, h)->head == t || (tok(r, h)->head >= 0 && tok(r, tok(r, h)->head)->head == t)))) return k;
        }
    return -1;
}

/* "Nothing", "no word", "not a word", and behind a negated verb "a word". */
static bool is_none(const silence_search *s, int32_t verb, int32_t object) {
    const reading *r = s->r;
    int32_t mover;
    if (token_lemma(r->doc, object, "nothing") || has_child_lemma(r, object, DEP_DET, "no") || has_child_lemma(r, object, DEP_ADVMOD, "not")) return true;
    return negated(s->c, verb, &mover) == 1 && (has_child_lemma(r, object, DEP_DET, "a any") || has_child_lemma(r, object, DEP_NUMMOD, "one") || has_child_lemma(r, object, DEP_AMOD, "single"));
}

/* A request for words, not for money. */
static bool asks_for_words(const reading *r, int32_t object) {
    if (!str_in(tok(r, object)->lemma, "request call query")) return true;
    for (int32_t k = tok(r, object)->left; k <= tok(r, object)->right; k++)
        if (str_in(tok(r, k)->lemma, "comment interview information clarification response reaction detail explanation answer journalist reporter")) return true;
    return false;
}

static int32_t subject_at(const reading *r, int32_t t) {
    for (int step = 0; step < 5 && t >= 0; step++) {
        int32_t s = tree_find(r->doc, t, DEP_NSUBJ);
        if (s >= 0) return s;
        deprel b = rel_base(r, t);
        int32_t h = tok(r, t)->head;
        if (b == DEP_ACL && h >= 0) return h;
        if (b != DEP_CONJ && b != DEP_XCOMP && b != DEP_ADVCL && b != DEP_PARATAXIS) return -1;
        t = h;
    }
    return -1;
}

static tokens_span subtree_of(const reading *r, int32_t t) { return (tokens_span){tok(r, t)->left, tok(r, t)->right}; }

static str kind_of_voice(const reading *r, int32_t head, tokens_span words) {
    uint32_t start, end;
    part_bytes(r, words, &start, &end);
    return voice_of(r->know, r->doc, head, document_span(r->doc, r->doc->sentences[tok(r, head)->sentence].block, start, end));
}

/* A paper, a station, a website, a statement; a pronoun is what it stands for. */
static bool is_medium(const reading *r, int32_t head, tokens_span words) {
    if (head < 0) return false;
    int32_t m = tok(r, head)->mention;
    for (int step = 0; m >= 0 && r->doc->mentions[m].kind == MENTION_PRONOUN && step < 4; step++) {
        m = r->doc->mentions[m].antecedent;
        if (m >= 0) head = r->doc->mentions[m].head, words = subtree_of(r, head);
    }
    if (m >= 0 && r->doc->mentions[m].type == ENTITY_OUTLET) return true;
    str voice = kind_of_voice(r, head, words);
    return str_in(voice, "media document") || str_is(voice, "state media");
}

/* "The statement, which does not name it": which is the statement. */
static tokens_span source_words(const reading *r, int32_t source) {
    tokens_span s = subtree_of(r, source);
    for (int32_t k = tree_child(r->doc, source); k >= 0; k = tree_next(r->doc, k))
        if (k > source && rel_base(r, k) == DEP_ACL && tok(r, k)->left - 1 < s.last && tok(r, k)->left > source) s.last = tok(r, k)->left - 1;
    return s;
}

/* Is the verb the content of somebody's words about himself: "he said he had nothing to add", "I have nothing for you," he said? The verb of saying, -1. */
static int32_t told_of_oneself(const silence_search *s, int32_t t) {
    reading *r = s->r;
    int32_t subject = tree_find_base(r->doc, t, DEP_NSUBJ), verb = tok(r, t)->head;
    if (subject >= 0 && tok(r, subject)->upos != UPOS_PRON) return -1;
    if (verb >= 0 && rel_base(r, t) == DEP_CCOMP) {
        const reporting *e = reporting_of(r, verb);
        if (e && str_is(e->kind, "speech")) return verb;
    }
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) { /* "…," he finally said */
        if (rel_base(r, k) != DEP_PARATAXIS || tok(r, k)->upos != UPOS_VERB) continue;
        const reporting *e = reporting_of(r, k);
        if (e && str_is(e->kind, "speech")) return k;
    }
    for (size_t i = 0; i < s->count; i++) { /* whose words, by what was found */
        const candidate *held = &s->list[i].content;
        if (subject >= 0 && held->parts && held->part[0].first <= subject && t <= held->part[held->parts - 1].last && subject - held->part[0].first < 4 && s->list[i].cue != t &&
            tok(r, s->list[i].cue)->upos == UPOS_VERB) {
            const reporting *e = reporting_of(r, s->list[i].cue);
            if (e && str_is(e->kind, "speech")) return s->list[i].cue;
        }
    }
    return -1;
}

/* What one cannot name, one does not keep back. */
static bool able(const silence_search *s, int32_t t) {
    bool have, shared;
    int32_t modal_at = modal_of(s->c, t, &have, &shared);
    return modal_at >= 0 && str_in(tok(s->r, modal_at)->lemma, "can could ca should must may might will wo");
}

static bool condition_holds(silence_search *s, int32_t t, const silence_line *line, const silence_site *site) {
    int32_t mover;
    bool no = negated(s->c, t, &mover) == 1 || has_child_lemma(s->r, t, DEP_MARK, "without"); /* "without mentioning it" */
    factuality value = calculus_value(s->c, t).value;
    int32_t up = tok(s->r, t)->head;
    bool ends = up >= 0 && (rel_base(s->r, t) == DEP_XCOMP || rel_base(s->r, t) == DEP_ADVCL || rel_base(s->r, t) == DEP_CCOMP) && str_in(tok(s->r, up)->lemma, "stop cease avoid refrain omit fail neglect forget");
    if (line->when == SILENCE_NOT && line->stance != STANCE_DECLINES && ends) return fact_sign(calculus_value(s->c, up).value) > 0; /* "have stopped mentioning it", "failed to mention it" */
    switch (line->when) {
    case SILENCE_AS_IT_STANDS: return !no && (fact_sign(value) > 0 || tok(s->r, t)->upos == UPOS_ADJ);
    case SILENCE_NOT:
        if (site->object >= 0 && token_lemma(s->r->doc, site->object, "nothing")) return false; /* "carried nothing about …": a line of its own */
        return no && (line->stance == STANCE_DECLINES || (fact_sign(value) < 0 && !able(s, t)));
    case SILENCE_NONE: return site->object >= 0 && is_none(s, t, site->object);
    case SILENCE_PASSIVE: return no && in_passive(s->c, t);
    case SILENCE_TOLD: return no && (tok(s->r, t)->upos != UPOS_VERB || in_passive(s->c, t)) && told_of_oneself(s, t) >= 0;
    }
    return false;
}

/* ---- what is left unsaid ---- */

/* "… in their reports on the visit": where it was not said is no part of what. */
static tokens_span without_place_of_words(const reading *r, tokens_span s) {
    for (int32_t k = s.first + 1; k <= s.last; k++) {
        int32_t h = tok(r, k)->head;
        if (tok(r, k)->upos == UPOS_ADP && h > k && str_in(tok(r, k)->lemma, "in on") &&
            str_in(tok(r, h)->lemma, "report coverage account bulletin broadcast dispatch story article edition issue page statement readout communique communiqu\xC3\xA9 newscast programme program website list summary column"))
            return (tokens_span){s.first, k - 1};
    }
    return s;
}

static tokens_span behind_preposition(const reading *r, int32_t t, int32_t object, str prepositions) {
    for (int32_t k = t + 1; k <= tok(r, t)->right; k++) {
        int32_t h = tok(r, k)->head;
        if ((tok(r, k)->upos != UPOS_ADP && tok(r, k)->upos != UPOS_SCONJ) || !word_in(tok(r, k)->lemma, prepositions) || h <= k) continue;
        if (tok(r, h)->head == t || (object >= 0 && tok(r, h)->head == object)) return (tokens_span){k + 1, tok(r, h)->right};
    }
    return (tokens_span){0, -1};
}

static tokens_span unsaid(const reading *r, int32_t t, const silence_line *line, int32_t object) {
    tokens_span s = {0, -1};
    if (!nothing(line->behind)) s = behind_preposition(r, t, object, line->behind);
    if (s.first <= s.last) return without_place_of_words(r, s);
    static const deprel clauses[] = {DEP_CCOMP, DEP_XCOMP};
    for (int i = 0; i < 2 && object < 0; i++) {
        int32_t clause = tree_find_base(r->doc, t, clauses[i]);
        if (clause > t && tok(r, clause)->upos != UPOS_ADJ) return without_place_of_words(r, subtree_of(r, clause));
    }
    if (object >= 0 && line->when != SILENCE_NONE) {
        s = subtree_of(r, object);
        if (s.first <= t && object > t) s.first = t + 1;
        while (s.first < object && rel_base(r, s.first) == DEP_CASE) s.first++; /* "passed | over the raid" */
        return without_place_of_words(r, s);
    }
    return (tokens_span){t, t};
}

/* ---- who ---- */

/* "…, nor did the daily", "…, as did the weekly": another who did the same, whom the tree calls the subject or the object of did; the next behind `from`. */
static int32_t another(const reading *r, int32_t t, int32_t from) {
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        bool nor = rel_base(r, k) == DEP_CONJ && has_child_lemma(r, k, DEP_CC, "nor neither"), as = rel_base(r, k) == DEP_ADVCL && has_child_lemma(r, k, DEP_MARK, "as");
        if (k <= from || (!nor && !as) || !str_in(tok(r, k)->lemma, "do have be")) continue;
        int32_t who = tree_find_base(r->doc, k, DEP_NSUBJ);
        if (who < 0) who = tree_find_base(r->doc, k, DEP_OBJ);
        if (who > from) return who;
    }
    return -1;
}

/* "The visit was not shown on state television": the medium behind by, in or on. */
static int32_t medium_behind(const reading *r, int32_t t) {
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k))
        if (rel_base(r, k) == DEP_OBL && has_child_lemma(r, k, DEP_CASE, "by in on") && is_medium(r, k, (tokens_span){tok(r, k)->left, tok(r, k)->right})) return k;
    return -1;
}

/* "He said it was a private matter and declined to comment": he did. */
static int32_t above_expletive(reading *r, int32_t t, int32_t it) {
    int32_t h = tok(r, t)->head, verb = h < 0 || rel_base(r, t) != DEP_CONJ ? -1 : tok(r, h)->head;
    if (verb < 0 || rel_base(r, h) != DEP_CCOMP || !reporting_of(r, verb)) return it;
    int32_t who = tree_find(r->doc, verb, DEP_NSUBJ);
    return who >= 0 ? who : it;
}

static bool locate(silence_search *s, int32_t t, const silence_line *line, int32_t with, silence_site *site) {
    const reading *r = s->r;
    bool passive = tok(r, t)->upos == UPOS_VERB && in_passive(s->c, t);
    int32_t object = tree_find_base(r->doc, t, DEP_OBJ);
    if (object < 0 && with >= 0) object = tok(r, with)->head > with && tok(r, tok(r, with)->head)->head == t ? tok(r, with)->head : tree_find_base(r->doc, t, DEP_OBL); /* "brushed | off the question" */
    *site = (silence_site){object, -1, {0, -1}};
    if (line->when == SILENCE_PASSIVE) site->source = tree_find(r->doc, t, DEP_NSUBJ_PASS);
    else if (passive && line->when == SILENCE_TOLD) site->source = tree_find(r->doc, t, DEP_NSUBJ_PASS);
    else if (passive) site->source = medium_behind(r, t), site->object = tree_find(r->doc, t, DEP_NSUBJ_PASS);
    else site->source = subject_at(r, t);
    if (site->source >= 0 && str_in(lower_form(s->r, site->source), "it") && tree_find(r->doc, t, DEP_NSUBJ) < 0) site->source = above_expletive(s->r, t, site->source);
    if (site->source < 0) return false;
    int32_t other = another(r, t, -1);
    if (line->stance == SILENT_MEDIUM && !is_medium(r, site->source, source_words(r, site->source)) && (other < 0 || !is_medium(r, other, source_words(r, other)))) return false;
    if (line->stance == SILENT_BY_SPEAKER && behind_preposition(r, t, object, line->behind).last < 0 && !kind_of_voice(r, site->source, source_words(r, site->source)).len) return false;
    if (str_is(line->objects, "*")) {
        if (site->object < 0 && nothing(line->behind) && tree_find_base(r->doc, t, DEP_CCOMP) < 0 && tree_find_base(r->doc, t, DEP_XCOMP) < 0) return false;
    } else if (!nothing(line->objects)) {
        if (site->object < 0 || !word_in(tok(r, site->object)->lemma, line->objects)) return false;
        if (line->stance == STANCE_DECLINES && line->when == SILENCE_AS_IT_STANDS && !asks_for_words(r, site->object)) return false;
    }
    return condition_holds(s, t, line, site);
}

/* ---- adding ---- */

/* What was found with its cue on the same words gives way. */
static void clear(silence_search *s, int32_t at, int32_t object) {
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].cue != at && (object < 0 || s->list[i].cue != object)) s->list[kept++] = s->list[i];
    s->count = kept;
}

static void put(silence_search *s, int32_t at, tokens_span what, int32_t source) {
    reading *r = s->r;
    tokens_span words = subtree_of(r, source);
    if (words.first <= at && at <= words.last) words.last = source < at ? at - 1 : words.last, words.first = source > at ? at + 1 : words.first;
    for (int32_t k = tree_child(r->doc, source); k >= 0; k = tree_next(r->doc, k)) /* a relative clause is no part of the name, nor is what hangs behind it by mistake */
        if (k > source && (rel_base(r, k) == DEP_ACL || rel_base(r, k) == DEP_PARATAXIS) && tok(r, k)->left - 1 < words.last) words.last = tok(r, k)->left - 1;
    while (words.last > words.first && tok(r, words.last)->upos == UPOS_PUNCT) words.last--;
    while (words.first < source && (tok(r, words.first)->upos == UPOS_PUNCT || tok(r, words.first)->upos == UPOS_CCONJ || rel_base(r, words.first) == DEP_CASE)) words.first++;
    found_attribution f = {.cue = at, .score = 1, .source = {.head = source, .parts = 1}, .content = {.head = -1, .parts = 1}};
    f.source.part[0] = words;
    while (what.last > what.first && tok(r, what.last)->upos == UPOS_PUNCT) what.last--;
    f.content.part[0] = what;
    arena_push(&r->doc->home, s->list, s->count, s->capacity, f);
}

static void nor_did(silence_search *s, int32_t t, tokens_span what) {
    for (int32_t who = another(s->r, t, -1); who >= 0; who = another(s->r, t, who)) put(s, t, what, who);
}

/* "Would say nothing" is a refusal. */
static stance stance_of(const silence_search *s, int32_t t, const silence_line *line, int32_t source) {
    const reading *r = s->r;
    bool have, shared;
    int32_t modal_at = modal_of(s->c, t, &have, &shared);
    if (line->when == SILENCE_NONE && modal_at >= 0 && str_in(tok(r, modal_at)->lemma, "would could")) return STANCE_DECLINES;
    if (line->stance < SILENT_BY_SPEAKER) return (stance)line->stance;
    return line->stance == SILENT_MEDIUM || is_medium(r, source, source_words(r, source)) ? STANCE_OMITS : STANCE_DECLINES;
}

static bool try_line(silence_search *s, int32_t t, const silence_line *line) {
    reading *r = s->r;
    silence_site site;
    int32_t with = -1;
    if (line->companion.len && (with = companion(r, t, line->companion)) < 0) return false;
    if (!locate(s, t, line, with, &site)) return false;
    stance does = stance_of(s, t, line, site.source);
    int32_t saying = does == STANCE_DECLINES ? told_of_oneself(s, t) : -1;
    if (saying >= 0) { /* the one who says so is the one who is silent */
        clear(s, t, site.object);
        r->silence[saying] = (uint8_t)(does + 1);
        return true;
    }
    tokens_span what = unsaid(r, t, line, site.object);
    if (with > what.first && with <= what.last) what.last = with - 1; /* "left the visit | unmentioned" */
    clear(s, t, site.object);
    r->silence[t] = (uint8_t)(does + 1);
    put(s, t, what, site.source);
    nor_did(s, t, what);
    return true;
}

/* "Neither confirmed nor denied", "refused to confirm or deny". */
static bool confirms_or_denies(silence_search *s, int32_t t) {
    reading *r = s->r;
    int32_t deny = tree_find_base(r->doc, t, DEP_CONJ), mover, source;
    if (!token_lemma(r->doc, t, "confirm") || deny < 0 || !token_lemma(r->doc, deny, "deny")) return false;
    if (rel_base(r, t) == DEP_XCOMP && str_in(tok(r, tok(r, t)->head)->lemma, "refuse decline")) return clear(s, deny, -1), false; /* one silence, at the verb above */
    if (negated(s->c, t, &mover) != 1 && !has_child_lemma(r, t, DEP_ADVMOD, "neither") && !has_child_lemma(r, t, DEP_CC, "neither")) return false;
    if ((source = subject_at(r, t)) < 0) return false;
    int32_t object = tree_find_base(r->doc, deny, DEP_OBJ), clause = tree_find_base(r->doc, deny, DEP_CCOMP);
    tokens_span what = clause >= 0 ? subtree_of(r, clause) : object >= 0 ? subtree_of(r, object) : (tokens_span){t, t};
    clear(s, t, deny);
    r->silence[t] = STANCE_DECLINES + 1;
    put(s, t, what, source);
    return true;
}

/* "The speaker's name was missing from the list in the Gazette": a medium's list, or that of the medium of which the sentence speaks. */
static bool missing(silence_search *s, int32_t t) {
    reading *r = s->r;
    int32_t what = tree_find_base(r->doc, t, DEP_NSUBJ), source = -1;
    if (!str_in(tok(r, t)->lemma, "missing miss absent") || !str_in(lower_form(r, t), "missing absent") || what < 0) return false;
    bool words = str_in(tok(r, what)->lemma, "name picture photograph photo mention reference word image face portrait visit meeting");
    for (int32_t k = tree_child(r->doc, t); k >= 0; k = tree_next(r->doc, k)) {
        if (rel_base(r, k) != DEP_OBL || !has_child_lemma(r, k, DEP_CASE, "from in")) continue;
        if (is_medium(r, k, (tokens_span){tok(r, k)->left, tok(r, k)->right})) source = k;
        for (int32_t m = tree_child(r->doc, k); m >= 0; m = tree_next(r->doc, m))
            if (rel_base(r, m) == DEP_NMOD && is_medium(r, m, (tokens_span){tok(r, m)->left, tok(r, m)->right})) source = m, words = true;
    }
    int32_t above = tok(r, t)->head; /* "the daily listed them; the name was missing" */
    if (source < 0 && words && above >= 0 && (rel_base(r, t) == DEP_PARATAXIS || rel_base(r, t) == DEP_CONJ)) {
        source = subject_at(r, above);
        if (source >= 0 && !is_medium(r, source, subtree_of(r, source))) source = -1;
    }
    if (source < 0 || !words || fact_sign(calculus_value(s->c, t).value) <= 0) return false;
    clear(s, t, -1);
    r->silence[t] = STANCE_OMITS + 1;
    put(s, t, subtree_of(r, what), source);
    return true;
}

/* "Published the list without a word about the general", "reported it with no mention of the cause". */
static bool without_word(silence_search *s, int32_t t) {
    reading *r = s->r;
    if (!str_in(tok(r, t)->lemma, "word mention reference hint line")) return false;
    if (!has_child_lemma(r, t, DEP_CASE, "without") && !(has_child_lemma(r, t, DEP_CASE, "with") && has_child_lemma(r, t, DEP_DET, "no"))) return false;
    tokens_span what = behind_preposition(r, t, -1, STR("about of on to"));
    int32_t source = tok(r, t)->head < 0 ? -1 : subject_at(r, tok(r, t)->head);
    if (what.last < what.first || source < 0 || !is_medium(r, source, source_words(r, source))) return false;
    clear(s, t, -1);
    r->silence[t] = STANCE_OMITS + 1;
    put(s, t, what, source);
    return true;
}

/* "In the daily there was not a word about it", "there was no mention of it on state television": of the medium in or on which there is none. */
static bool there_is_none(silence_search *s, int32_t t) {
    reading *r = s->r;
    int32_t be = tok(r, t)->head, mover, source = -1;
    if (!str_in(tok(r, t)->lemma, "word mention reference line report picture photograph photo trace") || be < 0 || child_with(r, be, DEP_EXPL, "there") < 0) return false;
    if (!has_child_lemma(r, t, DEP_DET, "no") && negated(s->c, be, &mover) != 1 && !has_child_lemma(r, t, DEP_ADVMOD, "not")) return false;
    tokens_span what = behind_preposition(r, t, -1, STR("about of to"));
    for (int32_t k = r->doc->sentences[tok(r, t)->sentence].first; k < r->doc->sentences[tok(r, t)->sentence].last; k++) {
        bool placed = tok(r, k)->head == be || (k > t && tok(r, k)->head >= what.first && tok(r, k)->head <= what.last) || tok(r, k)->head == t;
        if (placed && has_child_lemma(r, k, DEP_CASE, "in on by from") && is_medium(r, k, (tokens_span){tok(r, k)->left, tok(r, k)->right})) source = k;
    }
    if (what.last < what.first || source < 0) return false;
    if (source > what.first && tok(r, source)->left <= what.last) what.last = tok(r, source)->left - 1;
    clear(s, t, -1);
    r->silence[t] = STANCE_OMITS + 1;
    put(s, t, what, source);
    return true;
}

static void at_word(silence_search *s, int32_t t) {
    const token *k = tok(s->r, t);
    uint32_t i;
    if (k->upos == UPOS_NOUN && (without_word(s, t) || there_is_none(s, t))) return;
    if (k->upos != UPOS_VERB && k->upos != UPOS_ADJ && k->upos != UPOS_AUX && !(k->upos == UPOS_NOUN && tree_find(s->r->doc, t, DEP_COP) >= 0)) return;
    if (missing(s, t) || confirms_or_denies(s, t)) return;
    if (!table_get(&s->r->know->silence_keys, k->lemma, &i)) return;
    for (int32_t line = (int32_t)i; line >= 0; line = s->r->know->silences[line].next)
        if (try_line(s, t, &s->r->know->silences[line])) return;
}

size_t silences_find(const attribution_reading *a, calculus *c, found_attribution *found, size_t n, found_attribution **out) {
    silence_search s = {.r = a->r, .c = c};
    for (size_t i = 0; i < n; i++) arena_push(&a->r->doc->home, s.list, s.count, s.capacity, found[i]);
    for (int32_t t = 0; t < (int32_t)a->r->doc->token_count; t++) at_word(&s, t);
    *out = s.list;
    return s.count;
}
