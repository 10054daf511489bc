/* The time of an event. In order: a time in its own clause; one it shares with what governs it (never with a saying that reports it); the time
 * that the sentences before have set; for the lead, the month in which the story's first date lies. Else none. */
#include "when/clause.h"
#include "when/counted.h"
#include "when/resolve.h"
#include "when/stage.h"

/* Participles of states, which have no day of their own: "stormed a hotel used by lawmakers on Monday". */
static const char states[] = "use know own run lead base locate call name frequent operate control name design back support guard populate inhabit dub";
static const char papers[] = "report statement article editorial dispatch story announcement letter interview commentary briefing broadcast post tweet message speech testimony";

enum { OLD_DAYS = 45, /* what ended longer before the publication is told as history */ LEAD_SENTENCES = 3, BACK_SENTENCES = 2 };

/* ---- a time in the clause ---- */

typedef struct search {
    const document *doc;
    int32_t best;
    int rank; /* lower is better; 100 nothing yet */
} search;

/* "The first minister to visit since 2007": since then, nobody did. */
static bool counts_from(const document *doc, int32_t at) {
    for (int32_t t = doc->sentences[doc->tokens[at].sentence].first; t < at; t++)
        if (str_in(doc->tokens[t].lemma, "first second third last only worst deadliest bloodiest biggest largest highest lowest most bad deadly big large high low") && (doc->tokens[t].upos == UPOS_ADJ || doc->tokens[t].upos == UPOS_ADV)) return true;
    return false;
}

static void offer(search *s, int32_t at, int rank) {
    const timex *x = &s->doc->times[s->doc->tokens[at].timex];
    if (x->type == TIMEX_DURATION || x->type == TIMEX_SET) return;
    if (str_is(x->value, "PRESENT_REF") || str_is(x->value, "FUTURE_REF")) rank += 30;
    if (x->begin == DAY_NONE) rank += 20;
    str preposition = tree_case(s->doc, at);
    int32_t mark = tree_find(s->doc, at, DEP_CASE);
    if (mark >= x->first && mark < x->last) preposition = STR(""); /* "the day before": its own word */
    bool measured = str_in(preposition, "before after following") && counted_from(s->doc, s->doc->tokens[at].timex).is;
    bool part_of_day = str_in(preposition, "before after") && x->type == TIMEX_TIME; /* "before dawn on Monday": on Monday */
    if (str_in(preposition, "before after ahead than like unlike following as") && !measured && !part_of_day) return;
    if (str_is(preposition, "since") && counts_from(s->doc, at)) return;
    if (str_in(preposition, "by until till through of for")) rank += 5;
    if (rank < s->rank) s->rank = rank, s->best = s->doc->tokens[at].timex;
}

/* Looks at what hangs below `t` without going into other clauses. `rank` grows with the distance. */
static void look(search *s, int32_t t, int rank, int depth) {
    const document *doc = s->doc;
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) {
        const token *word = &doc->tokens[c];
        deprel base = deprel_base(word->deprel);
        if (word->timex >= 0 && !(clause_opens(word->deprel) && clause_verb(doc, c))) offer(s, c, rank);
        if (word->deprel == DEP_ACL && word->morph.verbform == 3 && str_in(word->lemma, states) && depth <= 3) look(s, c, rank + 9, depth + 1);
        if (clause_opens(word->deprel) || depth > 3) continue;
        switch (base) {
        case DEP_OBL: case DEP_ADVMOD: look(s, c, rank + 3, depth + 1); break;
        case DEP_NMOD:
            /* "a meeting in its Nov. 21 report": the date of the report */
            if (clause_verb(doc, t) || !str_in(word->lemma, papers)) look(s, c, rank + 4, depth + 1);
            break;
        case DEP_OBJ: case DEP_NSUBJ: case DEP_IOBJ: {
            /* "met the envoy on Friday" may hang on the envoy; "signed the 1991 agreement" says nothing of the signing */
            for (int32_t n = tree_child(doc, c); n >= 0; n = tree_next(doc, n)) {
                deprel under = doc->tokens[n].deprel;
                if (under == DEP_ACL && str_in(doc->tokens[n].lemma, states)) look(s, n, rank + 9, depth + 1);
                if (doc->tokens[n].timex < 0) continue;
                bool loose = under == DEP_NMOD_UNMARKED || deprel_base(under) == DEP_OBL || under == DEP_ADVMOD || (deprel_base(under) == DEP_NMOD && under != DEP_NMOD_POSS && n > c && str_in(tree_case(doc, n), "on in at during between"));
                bool of_the_occasion = under == DEP_NMOD_POSS && str_in(doc->tokens[t].lemma, "attend miss skip join boycott host watch address lead chair open close shun"); /* "missed Thursday's ceremony" */
                if (loose || of_the_occasion) offer(s, n, rank + 8);
            }
            break;
        }
        default: break;
        }
    }
}

static int32_t clause_time(const document *doc, int32_t t) {
    search s = {doc, -1, 100};
    if (doc->tokens[t].timex >= 0 && !clause_verb(doc, t)) offer(&s, t, 0);
    look(&s, t, 1, 0);
    return s.best;
}

static int32_t stated_time(const document *doc, int32_t at) {
    int32_t first = at;
    for (int steps = 0; at >= 0 && steps < 5; steps++) {
        int32_t found = clause_time(doc, at);
        if (found >= 0) return found;
        at = clause_above(doc, at);
    }
    /* "was captured and taken to a barracks on Thursday": what two deeds of one subject share stands behind the second */
    for (int32_t c = tree_child(doc, first); c >= 0; c = tree_next(doc, c)) {
        if (doc->tokens[c].deprel != DEP_CONJ || !clause_verb(doc, c) || !clause_verb(doc, first) || direction_of(doc, c) != direction_of(doc, first)) continue;
        int32_t found = tree_find(doc, c, DEP_NSUBJ) < 0 && tree_find(doc, c, DEP_NSUBJ_PASS) < 0 ? clause_time(doc, c) : -1;
        if (found >= 0) return found;
    }
    /* "were wounded when a mine exploded on Wednesday" */
    for (int32_t c = tree_child(doc, first); c >= 0 && clause_verb(doc, first); c = tree_next(doc, c)) {
        if (doc->tokens[c].deprel != DEP_ADVCL || !clause_verb(doc, c) || direction_of(doc, c) != direction_of(doc, first)) continue;
        int32_t when = tree_find(doc, c, DEP_ADVMOD), mark = tree_find(doc, c, DEP_MARK);
        bool together = (when >= 0 && str_is(doc->tokens[when].lemma, "when")) || (mark >= 0 && str_in(doc->tokens[mark].lemma, "when as while"));
        int32_t found = together ? clause_time(doc, c) : -1;
        if (found >= 0) return found;
    }
    /* "accused Kuwait of lying on Monday": the news is the charge, and so is its day */
    int32_t charge = str_in(doc->tokens[first].lemma, "accuse blame suspect criticise criticize condemn denounce praise thank") ? tree_find(doc, first, DEP_ADVCL) : -1;
    if (charge >= 0 && str_in(tree_case(doc, charge), "of for")) {
        int32_t found = clause_time(doc, charge);
        if (found >= 0 && doc->times[found].begin != DAY_NONE && doc->times[found].end_day == doc->times[found].begin) return found;
    }
    /* "refused to meet on Wednesday" says when the refusal was, "agreed to meet on Friday" does not */
    int32_t complement = tree_find(doc, first, DEP_XCOMP);
    bool shown = complement >= 0 && str_in(doc->tokens[first].lemma, "show film photograph picture depict portray") && str_ends(doc->tokens[complement].form, "ing"); /* "showed him riding on Friday" */
    return complement >= 0 && (shown || direction_of(doc, complement) < 0) ? clause_time(doc, complement) : -1;
}

static int32_t clause_of(const document *doc, int32_t t) {
    for (int steps = 0; t >= 0 && steps < 30 && !clause_verb(doc, t); steps++) {
        if (doc->tokens[t].head < 0) break;
        t = doc->tokens[t].head;
    }
    return t;
}

/* "The following day Russian planes bombed …": a time that opens the sentence is its main clause's, wherever the tree hangs it. */
static int32_t opening_time(const document *doc, int32_t at) {
    const sentence *s = &doc->sentences[doc->tokens[at].sentence];
    for (int32_t t = s->first; t < s->last && t < s->first + 4; t++) {
        int32_t i = doc->tokens[t].timex;
        if (i < 0) continue;
        const timex *x = &doc->times[i];
        if (clause_of(doc, at) != s->root && doc->tokens[s->root].timex != i) return -1; /* the tree may hang all on the time itself */
        bool first = x->first == s->first || (x->first == s->first + 1 && str_in(doc->tokens[s->first].form, "On In At Late Early"));
        return first && x->begin != DAY_NONE && (x->type == TIMEX_DATE || x->type == TIMEX_TIME) ? i : -1;
    }
    return -1;
}

/* ---- what the sentences around have set ---- */

static bool pluperfect(const document *doc, int32_t t) {
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c))
        if (deprel_base(doc->tokens[c].deprel) == DEP_AUX && str_is_nocase(doc->tokens[c].form, "had")) return true;
    return false;
}

static bool is_old(const document *doc, day end) { return doc->published.date != DAY_NONE && end != DAY_NONE && end < doc->published.date - OLD_DAYS; }

/* The time of a sentence's telling: of its main clause, or of what its main clause reports. */
static int32_t sentence_time(const document *doc, const sentence *s) {
    if (s->root < 0) return -1;
    int32_t found = -1;
    if (str_in(doc->tokens[s->root].lemma, clause_reports)) {
        int32_t told = tree_find(doc, s->root, DEP_CCOMP);
        if (told < 0) return -1; /* when it was said is not when it was */
        return clause_time(doc, told);
    }
    if (found < 0) found = clause_time(doc, s->root);
    for (int32_t c = tree_child(doc, s->root); c >= 0 && found < 0; c = tree_next(doc, c))
        if (doc->tokens[c].deprel == DEP_CONJ && clause_verb(doc, c)) found = clause_time(doc, c);
    return found;
}

static int32_t narrative_time(const document *doc, int32_t at) {
    int32_t own = doc->tokens[at].sentence;
    for (int32_t i = own - 1; i >= 0 && i >= own - BACK_SENTENCES; i--) {
        const sentence *s = &doc->sentences[i];
        if (s->block != doc->sentences[own].block) return -1;
        if (sentence_is_dateline(doc, s)) return -1; /* the day of the report, not of what it tells */
        int32_t found = sentence_time(doc, s);
        if (found < 0) continue;
        const timex *x = &doc->times[found];
        bool usable = x->begin != DAY_NONE && x->end_day - x->begin < 32 && (doc->published.date == DAY_NONE || x->begin <= doc->published.date);
        return usable ? found : -1;
    }
    return -1;
}

/* The first day told in the document that lies within the month before its publication; DAY_NONE if there is none. */
static day story_day(const document *doc) {
    if (doc->published.date == DAY_NONE) return DAY_NONE;
    for (size_t i = 0; i < doc->time_count; i++) {
        const timex *x = &doc->times[i];
        if (sentence_is_dateline(doc, &doc->sentences[doc->tokens[x->first].sentence])) continue;
        if (x->type == TIMEX_DATE && x->begin != DAY_NONE && x->begin == x->end_day && x->begin <= doc->published.date && x->begin > doc->published.date - 31)
            return x->begin;
    }
    return DAY_NONE;
}

static bool in_lead(const document *doc, int32_t at) {
    int32_t s = doc->tokens[at].sentence;
    const sentence *own = &doc->sentences[s];
    if (doc->blocks[own->block].kind != BLOCK_BODY) return true;
    int32_t first = s;
    while (first > 0 && doc->sentences[first - 1].block == own->block) first--;
    return s - first < LEAD_SENTENCES;
}

/* ---- told as history ---- */

/* "then-leader Kim Jong-il" among the words of the clause. */
static bool says_then(const document *doc, int32_t clause) {
    if (clause < 0) return false;
    for (int32_t t = doc->tokens[clause].left; t <= doc->tokens[clause].right; t++) {
        str form = doc->tokens[t].form;
        if (form.len < 4 || (form.ptr[0] | 32) != 't' || memcmp(form.ptr + 1, "hen", 3) != 0) continue;
        if (form.len > 5 && form.ptr[4] == '-') return true;
        if (form.len == 4 && t + 1 <= doc->tokens[clause].right && !doc->tokens[t].space_after) return true;
        if (form.len == 4 && doc->tokens[t].deprel == DEP_AMOD) return true;
    }
    return false;
}

static bool under_report(const document *doc, int32_t clause) {
    const token *word = &doc->tokens[clause];
    if (word->head >= 0 && doc->tokens[word->head].timex >= 0 && doc->tokens[word->head].head >= 0) /* the misread "said Friday that" again */
        return str_in(doc->tokens[doc->tokens[word->head].head].lemma, clause_reports);
    return word->head >= 0 && (deprel_base(word->deprel) == DEP_CCOMP || deprel_base(word->deprel) == DEP_PARATAXIS) && str_in(doc->tokens[word->head].lemma, clause_reports);
}

static bool told_as_history(const document *doc, int32_t at, const event_time *when) {
    bool goes_on = when->timex >= 0 && when->basis == TIME_TEXT && doc->times[when->timex].first > 0 && str_in(doc->tokens[doc->times[when->timex].first - 1].form, "since Since") && !pluperfect(doc, clause_of(doc, at)); /* "has lost nine towns since January" */
    if (when->end != DAY_NONE && doc->published.date != DAY_NONE && !goes_on) {
        if (is_old(doc, when->end)) return true;
        if (when->basis == TIME_TEXT) return false;
    }
    int32_t clause = clause_of(doc, at);
    if (says_then(doc, clause)) return true;
    if (when->timex >= 0 && str_is(when->value, "PAST_REF") && !str_is_nocase(doc->tokens[doc->times[when->timex].first].form, "recently")) return true;
    return when->timex < 0 && pluperfect(doc, clause) && !under_report(doc, clause);
}

event_time when_of(const when_stage *stage, document *doc, int32_t at) {
    (void)stage;
    event_time out = {.value = STR(""), .timex = -1, .begin = DAY_NONE, .end = DAY_NONE};
    int32_t found = stated_time(doc, at), clause = clause_of(doc, at);
    if (found < 0) found = opening_time(doc, at);
    bool past = direction_of(doc, at) <= 0, earlier = pluperfect(doc, clause);
    if (found >= 0) out.basis = TIME_TEXT;
    else if (past && !earlier && (found = narrative_time(doc, at)) >= 0) out.basis = TIME_CONTEXT;
    if (found >= 0) {
        const timex *x = &doc->times[found];
        out.timex = found;
        out.type = x->type, out.value = x->value, out.begin = x->begin, out.end = x->end_day;
        counted from = counted_from(doc, found);
        if (from.is) {
            out.type = TIMEX_DATE, out.value = from.date == DAY_NONE ? STR("") : period_value(&doc->home, from.date, from.unit);
            value_days(out.value, &out.begin, &out.end);
        }
        if (str_empty(out.value)) out.basis = TIME_NONE;
    } else {
        day d = past && !earlier && in_lead(doc, at) && !says_then(doc, clause) ? story_day(doc) : DAY_NONE;
        if (d != DAY_NONE) {
            out.basis = TIME_CONTEXT;
            out.value = period_value(&doc->home, d, 'M');
            value_days(out.value, &out.begin, &out.end);
        }
    }
    out.background = told_as_history(doc, at, &out);
    return out;
}
