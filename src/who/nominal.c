/* Mentions: names that the tagger left to the lexicon, common nouns, pronouns; each with the token that heads it. */
#include <stdlib.h>

#include "base/utf8.h"
#include "who/stage.h"

static bool proper(const token *t) { return t->upos == UPOS_PROPN || t->upos == UPOS_NONE || t->upos == UPOS_X; }


/* The token of [first, last) whose head lies outside. */
static int32_t head_of(const document *doc, int32_t first, int32_t last) {
    for (int32_t t = first; t < last; t++) {
        int32_t h = doc->tokens[t].head;
        if ((h < first || h >= last) && doc->tokens[t].upos != UPOS_PUNCT) return t;
    }
    return last - 1;
}

static int32_t add(document *doc, int32_t first, int32_t last, int32_t head, entity_type type, mention_kind kind, float confidence) {
    mention m = {.first = first, .last = last, .start = doc->tokens[first].start, .end = doc->tokens[last - 1].end, .head = head, .type = type, .kind = kind,
                 .chain = -1, .antecedent = -1, .parts = {-1, -1, -1, -1}, .confidence = confidence};
    arena_push(&doc->home, doc->mentions, doc->mention_count, doc->mention_capacity, m);
    if (doc->tokens[head].mention < 0) doc->tokens[head].mention = (int32_t)doc->mention_count - 1;
    return (int32_t)doc->mention_count - 1;
}

static entity_type type_of_match(const knowledge *k, const document *doc, const match *m) {
    static const entry_kind order[] = {ENTRY_COUNTRY, ENTRY_SEAT, ENTRY_PLACE, ENTRY_ORG, ENTRY_PERSON};
    for (int i = 0; i < 5; i++) {
        const entry *e = match_kind(k, doc, m, order[i]);
        if (e) return e->type;
    }
    return ENTITY_NONE;
}

static bool joined(const document *doc, int32_t t, const mention *m) {
    const token *w = &doc->tokens[t];
    deprel d = deprel_base(w->deprel);
    if (w->upos != UPOS_PROPN || !utf8_capital(w->form)) return false;
    if (w->head >= m->first && w->head < m->last) return d == DEP_FLAT || d == DEP_COMPOUND;
    d = deprel_base(doc->tokens[m->head].deprel);
    return doc->tokens[m->head].head == t && (d == DEP_FLAT || d == DEP_COMPOUND);
}

/* A name that the learned finder cut short: with the given or family name that the tree joins to it; titles stay outside. */
static void complete_person(const who_stage *stage, document *doc, mention *m, const bool *covered) {
    const notes *n = doc->who_notes;
    if (m->type != ENTITY_PERSON) return;
    for (int side = 0; side < 2; side++)
        for (;;) {
            int32_t t = side ? m->last : m->first - 1;
            if (t < 0 || t >= (int32_t)doc->token_count || covered[t] || doc->tokens[t].sentence != doc->tokens[m->head].sentence || !joined(doc, t, m)) break;
            if (n->at[t] >= 0 && match_kind(&stage->knowledge, doc, &n->matches[n->at[t]], ENTRY_ROLE)) break;
            if (side) m->last++;
            else m->first--;
        }
    m->start = doc->tokens[m->first].start, m->end = doc->tokens[m->last - 1].end;
    m->head = head_of(doc, m->first, m->last);
}

/* What the lexicon knows of a name that the learned finder found: its kind where they agree on the words, its words where the lexicon has more of them. */
static void refine_names(const who_stage *stage, document *doc, bool *covered) {
    const notes *n = doc->who_notes;
    for (size_t i = 0; i < doc->mention_count; i++) {
        mention *m = &doc->mentions[i];
        const match *found = n->at[m->first] >= 0 ? &n->matches[n->at[m->first]] : NULL;
        if (found && found->first <= m->first && found->last >= m->last) {
            entity_type type = type_of_match(&stage->knowledge, doc, found);
            if (type != ENTITY_NONE && !(type == ENTITY_PERSON && found->last - found->first == 1)) {
                m->first = found->first + (found->last - found->first > 1 && str_is(doc->tokens[found->first].form, "the")), m->last = found->last, m->type = type; /* an article is no part of it */
                m->start = doc->tokens[m->first].start, m->end = doc->tokens[m->last - 1].end;
                m->head = head_of(doc, m->first, m->last);
            }
        }
        complete_person(stage, doc, m, covered);
        for (int32_t t = m->first; t < m->last; t++) covered[t] = true;
    }
}

/* "Hani Salem … Salem praised": a word that ends a person's full name above is that person, unless it stands as a place does or is a state. */
static void agree_with_full_names(const who_stage *stage, document *doc) {
    table last_words;
    table_init(&last_words, &doc->home, 64);
    bool fresh;
    for (size_t i = 0; i < doc->mention_count; i++) {
        mention *m = &doc->mentions[i];
        str word = doc->tokens[m->last - 1].form;
        if (m->type == ENTITY_PERSON && m->last - m->first > 1) table_at(&last_words, word, 1, &fresh);
        uint32_t seen;
        if (m->type == ENTITY_PERSON || m->last - m->first > 1 || !table_get(&last_words, word, &seen)) continue;
        if (str_in(tree_case(doc, m->head), "in at near from to into across outside around towards toward")) continue;
        int32_t at = doc->who_notes->at[m->first];
        const match *known = at >= 0 ? &doc->who_notes->matches[at] : NULL;
        if (known && (match_kind(&stage->knowledge, doc, known, ENTRY_COUNTRY) || match_kind(&stage->knowledge, doc, known, ENTRY_SEAT))) continue;
        m->type = ENTITY_PERSON;
    }
}

/* "The FARC", "from the Taliban", whatever the tagger makes of them: letters that nobody gives to a common noun. */
static bool written_as_name(const document *doc, int32_t t, entity_type type) {
    const token *w = &doc->tokens[t];
    const sentence *s = &doc->sentences[w->sentence];
    if (s->headline || w->upos == UPOS_VERB || (type != ENTITY_GROUP && type != ENTITY_PARTY && type != ENTITY_ORGANIZATION)) return false;
    bool all_upper = w->form.len > 2;
    for (uint32_t i = 0; i < w->form.len; i++) all_upper &= !(w->form.ptr[i] >= 'a' && w->form.ptr[i] <= 'z');
    return all_upper || (t > s->first && type != ENTITY_ORGANIZATION && doc->tokens[t - 1].upos != UPOS_PUNCT);
}

static void names_of_lexicon(const who_stage *stage, document *doc, bool *covered) {
    const notes *n = doc->who_notes;
    for (size_t i = 0; i < n->match_count; i++) {
        const match *m = &n->matches[i];
        entity_type type = type_of_match(&stage->knowledge, doc, m);
        bool free = type != ENTITY_NONE, named = false;
        for (int32_t t = m->first; t < m->last; t++) {
            free &= !covered[t] && doc->tokens[t].upos != UPOS_PRON; /* "I'm" is not Mr Im */
            named |= utf8_capital(doc->tokens[t].form) && (proper(&doc->tokens[t]) || type == ENTITY_COUNTRY || type == ENTITY_CITY || m->last - m->first > 1 || written_as_name(doc, t, type));
        }
        if (!free || !named) continue;
        int32_t last = m->last;
        if (type == ENTITY_PERSON && last - m->first == 1) { /* a family name: with the given name before it */
            continue;
        }
        int32_t first = m->first + (last - m->first > 1 && str_is(doc->tokens[m->first].form, "the"));
        for (int32_t t = m->first; t < last; t++) covered[t] = true;
        add(doc, first, last, head_of(doc, first, last), type, MENTION_NAME, 0.8f);
    }
}

/* Words that begin with a capital inside a sentence, where capitals mean something: names, whatever tag they have. */
static void learn_capitals(const document *doc, table *seen, arena *home) {
    table_init(seen, home, 256);
    for (size_t i = 0; i < doc->sentence_count; i++) {
        const sentence *s = &doc->sentences[i];
        if (s->headline) continue;
        for (int32_t t = s->first + 1; t < s->last; t++)
            if (utf8_capital(doc->tokens[t].form) && doc->tokens[t].form.len > 2 && doc->tokens[t - 1].upos != UPOS_PUNCT) table_set(seen, doc->tokens[t].form, 1);
    }
}

static bool name_word(const document *doc, const table *seen, int32_t t) {
    const token *w = &doc->tokens[t];
    if (!utf8_capital(w->form) || w->form.len < 2) return false;
    if (w->upos == UPOS_PROPN) return true;
    const sentence *s = &doc->sentences[w->sentence];
    if (s->headline || w->upos == UPOS_PRON || w->upos == UPOS_DET || w->upos == UPOS_ADP || w->upos == UPOS_CCONJ || w->upos == UPOS_PUNCT) return false;
    if (str_in(w->form, "I Mr Mr. Mrs Mrs. Ms Dr Dr.")) return false;
    bool opens = t == s->first || doc->tokens[t - 1].upos == UPOS_PUNCT;
    return opens ? table_has(seen, w->form) || w->upos == UPOS_X : w->upos != UPOS_ADJ;
}

static bool month_or_day(const token *w) {
    return w->timex >= 0 || str_in(w->form, "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday "
                                            "Saturday Sunday Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec.");
}

static const char organization_words[] = "Ministry Department University Institute Party Agency Council Committee Court Bank Company Corp Corp. Inc Inc. Group Front Army "
                                         "Commission Association Center Centre Office Bureau Service Union Foundation Plant Federation Authority Board League Movement "
                                         "College School Hospital Club Society Organization Organisation Forces Congress Assembly Police Church Airlines Trust Fund News "
                                         "Times Post Alliance Coalition Network Brigade Command Ltd Ltd. LLC Industries International";

/* A title before a name: "President", "Colombian". */
static bool title_word(const who_stage *stage, const document *doc, int32_t t) {
    const notes *n = doc->who_notes;
    if (n->at[t] < 0) return false;
    const match *m = &n->matches[n->at[t]];
    return match_kind(&stage->knowledge, doc, m, ENTRY_ROLE) || match_kind(&stage->knowledge, doc, m, ENTRY_DEMONYM);
}

/* Words of the persons' names found so far, and whether one of them stands in [first, last). */
static void learn_persons(document *doc, table *persons) {
    table_init(persons, &doc->home, 64);
    for (size_t i = 0; i < doc->mention_count; i++)
        for (int32_t t = doc->mentions[i].first; doc->mentions[i].type == ENTITY_PERSON && t < doc->mentions[i].last; t++) table_set(persons, doc->tokens[t].form, 1);
}
static bool of_known_person(const document *doc, const table *persons, int32_t first, int32_t last) {
    for (int32_t t = first; t < last; t++)
        if ((doc->tokens[t].form.len > 2 || utf8_capital(doc->tokens[t].form)) && table_has(persons, doc->tokens[t].form)) return true; /* Wu, Xi; not "al" */
    return false;
}

/* Runs of capitalised words: somebody or something the lexicon does not know. Persons where one of that name was found, else of no stated type. */
static void names_unknown(const who_stage *stage, document *doc, bool *covered) {
    table seen, persons;
    learn_capitals(doc, &seen, &doc->home);
    learn_persons(doc, &persons);
    int32_t count = (int32_t)doc->token_count;
    for (int32_t t = 0; t < count;) {
        bool starts = !covered[t] && (name_word(doc, &seen, t) || (utf8_capital(doc->tokens[t].form) && doc->tokens[t].upos == UPOS_ADJ && t + 1 < count && doc->tokens[t + 1].upos == UPOS_PROPN &&
                                                                    doc->tokens[t + 1].sentence == doc->tokens[t].sentence && !covered[t + 1]));
        if (!starts) {
            t++;
            continue;
        }
        int32_t last = t + 1;
        while (last < count && doc->tokens[last].sentence == doc->tokens[t].sentence && !covered[last] &&
               (name_word(doc, &seen, last) ||
                (last + 1 < count && !covered[last + 1] && name_word(doc, &seen, last + 1) && str_in(doc->tokens[last].form, "- of al bin van von de der du del la el"))))
            last++;
        while (last > t + 1 && str_in(doc->tokens[last - 1].form, "- of al bin van von de der du del la el")) last--;
        while (last > t + 1 && str_in(doc->tokens[last - 1].form, "'s")) last--;
        int32_t first = t, next = last;
        bool organization = last - t > 1 && str_in(doc->tokens[last - 1].form, organization_words);
        for (int32_t i = t + 1; i + 1 < last && !organization; i++) organization = str_is(doc->tokens[i].form, "of") && str_in(doc->tokens[i - 1].form, organization_words);
        while (first < last && !organization && title_word(stage, doc, first)) first++;
        while (first < last && month_or_day(&doc->tokens[first])) first++;
        if (first < last && !(last - first == 1 && str_is(doc->tokens[first].form, "-"))) {
            for (int32_t i = first; i < last; i++) covered[i] = true;
            add(doc, first, last, head_of(doc, first, last), organization ? ENTITY_ORGANIZATION : of_known_person(doc, &persons, t, last) || tree_find(doc, head_of(doc, first, last), DEP_NMOD_DESC) >= 0 ? ENTITY_PERSON : ENTITY_OTHER, MENTION_NAME, 0.5f);
        }
        t = next;
    }
}

static bool pronoun(const token *t) {
    if (t->upos != UPOS_PRON && t->upos != UPOS_DET) return false;
    return t->form.len < 12 && (str_in(t->lemma, "he she it they I we you his her its their my our your himself herself itself themselves") ||
                                str_in(t->form, "he she it they him her them his its their theirs hers himself herself itself themselves He She It They His Her Its Their I me my We we us our Our My"));
}

static bool part_of_name(deprel d) {
    deprel base = deprel_base(d);
    return base == DEP_COMPOUND || base == DEP_FLAT || base == DEP_FIXED || base == DEP_GOESWITH;
}

static entity_type type_of_noun(const who_stage *stage, const document *doc, int32_t head) {
    const notes *n = doc->who_notes;
    if (n->at[head] < 0) return ENTITY_OTHER;
    const match *m = &n->matches[n->at[head]];
    const entry *role = match_kind(&stage->knowledge, doc, m, ENTRY_ROLE);
    if (match_kind(&stage->knowledge, doc, m, ENTRY_DEMONYM) || match_kind(&stage->knowledge, doc, m, ENTRY_PEOPLE)) return ENTITY_PEOPLE;
    if (!role || role->role == ROLE_MOD || role->role == ROLE_PAST) return ENTITY_OTHER;
    static const char bodies[] = "government ministry parliament army navy court police party council committee commission agency union company firm bank group team "
                                 "organization organisation military militia regime administration cabinet senate congress assembly newspaper university coalition gang "
                                 "troops forces opposition authority office department media press broadcaster channel station wing outlet authorities paper daily weekly magazine television tv radio "
                                 "palace embassy consulate secretariat website newswire institute";
    str name = role->name; /* "state news agency" is an agency, "head of government" no government */
    for (uint32_t i = name.len; i > 0 && str_find(role->name, STR(" of ")) < 0; i--)
        if (name.ptr[i - 1] == ' ') { name = str_sub(name, i, name.len); break; }
    return str_in(name, bodies) ? ENTITY_ORGANIZATION : ENTITY_PERSON;
}

/* "The two met", "both refused": a number for those it counts. */
static bool stands_alone(const document *doc, int32_t t) {
    const token *w = &doc->tokens[t];
    deprel d = deprel_base(w->deprel);
    if (w->mention >= 0 || (d != DEP_NSUBJ && d != DEP_OBJ && d != DEP_OBL)) return false;
    if (str_in(w->form, "Both both")) return w->upos != UPOS_CCONJ && tree_find(doc, t, DEP_NMOD) < 0;
    return str_in(w->form, "two three") && tree_find(doc, t, DEP_DET) >= 0 && tree_find(doc, t, DEP_NMOD) < 0;
}

static void nominals_and_pronouns(const who_stage *stage, document *doc, const bool *covered) {
    for (int32_t t = 0; t < (int32_t)doc->token_count; t++) {
        const token *w = &doc->tokens[t];
        if (pronoun(w)) {
            if (deprel_base(w->deprel) == DEP_EXPL) continue;
            add(doc, t, t + 1, t, ENTITY_OTHER, MENTION_PRONOUN, 0.9f);
        } else if (stands_alone(doc, t)) {
            int32_t first, last;
            phrase_range(doc, t, &first, &last);
            add(doc, first, last, t, ENTITY_OTHER, MENTION_NOMINAL, 0.6f);
        } else if ((w->upos == UPOS_NOUN || (w->upos == UPOS_PROPN && !covered[t])) && !part_of_name(w->deprel) && w->mention < 0) {
            int32_t first, last;
            phrase_range(doc, t, &first, &last);
            add(doc, first, last, t, type_of_noun(stage, doc, t), MENTION_NOMINAL, 0.8f);
        }
    }
}

static int by_place(const void *x, const void *y) {
    const mention *a = x, *b = y;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    if (a->last != b->last) return a->last > b->last ? -1 : 1;
    return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : a->head < b->head ? -1 : a->head > b->head;
}

/* In text order, with token.mention set anew. */
static void sort_mentions(document *doc) {
    mention *m = doc->mentions;
    if (doc->mention_count) qsort(m, doc->mention_count, sizeof *m, by_place);
    for (size_t t = 0; t < doc->token_count; t++) doc->tokens[t].mention = -1;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < doc->mention_count; i++)
            if ((m[i].kind == MENTION_NAME) == (pass == 0) && doc->tokens[m[i].head].mention < 0) doc->tokens[m[i].head].mention = (int32_t)i;
}

void mentions_find(const who_stage *stage, document *doc) {
    bool *covered = arena_array(&doc->home, bool, doc->token_count + 1);
    for (size_t i = 0; i < doc->mention_count; i++) {
        const mention *m = &doc->mentions[i];
        for (int32_t t = m->first; t < m->last; t++) covered[t] = true;
        if (doc->tokens[m->head].mention < 0) doc->tokens[m->head].mention = (int32_t)i;
    }
    refine_names(stage, doc, covered);
    agree_with_full_names(stage, doc);
    names_of_lexicon(stage, doc, covered);
    names_unknown(stage, doc, covered);
    nominals_and_pronouns(stage, doc, covered);
    sort_mentions(doc);
}
