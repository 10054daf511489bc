/* Coreference, in sieves from the surest to the boldest (after H. Lee et al., "Deterministic coreference resolution based on
 * entity-centric, precision-ranked rules", Computational Linguistics 39, 2013), with roles and states where that has WordNet.
 *   1 the same name   2 the same thing of the lexicon   3 part of a name   4 apposition and copula
 *   5 the same noun, a role or a kind known of a name   6 pronouns; plurals.c then parts "the two leaders" */
#include "who/linker.h"

int32_t link_root(linker *l, int32_t i) {
    while (l->parent[i] != i) i = l->parent[i] = l->parent[l->parent[i]];
    return i;
}

void link_join(linker *l, int32_t later, int32_t earlier, float confidence) {
    int32_t a = link_root(l, later), b = link_root(l, earlier);
    mention *m = &l->doc->mentions[later];
    if (m->antecedent < 0) m->antecedent = earlier, m->link_confidence = confidence;
    if (a == b) return;
    if (a < b) l->parent[b] = a;
    else l->parent[a] = b;
    int32_t r = link_root(l, a), o = r == a ? b : a;
    if (!l->number[r]) l->number[r] = l->number[o];
    if (!l->gender[r]) l->gender[r] = l->gender[o];
    if (!l->animate[r]) l->animate[r] = l->animate[o];
}

const described *link_about(linker *l, int32_t i) {
    if (!l->about[i]) {
        int32_t first, last;
        const mention *m = &l->doc->mentions[i];
        l->about[i] = arena_new(&l->doc->home, described);
        phrase_range(l->doc, m->head, &first, &last);
        phrase_extend(l->k, l->doc, m->head, &first, &last);
        phrase_describe(l->k, l->doc, l->doc->who_notes, first, last, m->head, l->doc->published.date, l->about[i]);
    }
    return l->about[i];
}

/* ---- what each mention is ---- */

/* Words that the lexicon has for actors, and that are no people. */
static const char things[] = "airport port warship frigate destroyer cruiser carrier submarine corvette gunboat boat ship vessel battleship warplane jet plane aircraft helicopter gunship bomber drone tank missile "
                             "artillery launcher convoy patrol checkpoint base barracks headquarters station embassy consulate institute institution hospital clinic school college university ministry office "
                             "mission delegation team force army navy military fleet flotilla brigade regiment battalion division squadron unit corps garrison wing command agency service bank company firm "
                             "factory refinery plant mine court tribunal council committee commission parliament assembly senate congress cabinet government regime junta administration party movement group "
                             "organization organisation union federation association coalition alliance bloc newspaper paper daily magazine radio television broadcaster channel church mosque temple charity foundation warhead vehicle";

static void features(linker *l, int32_t i) {
    document *doc = l->doc;
    const mention *m = &doc->mentions[i];
    const token *h = link_head(l, i);
    const notes *n = doc->who_notes;
    char folded[LONGEST_NAME];
    str text = document_span(doc, doc->sentences[h->sentence].block, m->start, m->end);
    if (m->kind == MENTION_NAME) {
        while (m->kind == MENTION_NAME && (str_ends(text, "'s") || str_ends(text, "\xE2\x80\x99s"))) text.len -= str_ends(text, "'s") ? 2 : 4;
        uint32_t length = name_fold(text, folded);
        l->key[i] = arena_copy(&doc->home, (str){folded, length});
        str key = l->key[i];
        if (str_starts(key, "the ")) l->key[i] = str_sub(key, 4, key.len);
        int32_t at = n->at[m->first];
        if (at >= 0 && n->matches[at].last >= m->last) {
            static const entry_kind order[] = {ENTRY_COUNTRY, ENTRY_SEAT, ENTRY_ORG, ENTRY_PERSON, ENTRY_PLACE};
            for (int o = 0; o < 5 && !l->entry[i]; o++) {
                const entry *e = match_kind(l->k, doc, &n->matches[at], order[o]);
                if (e && (o != 3 || n->matches[at].last - n->matches[at].first > 1)) l->entry[i] = e;
            }
        }
        l->number[i] = 1;
        l->animate[i] = m->type == ENTITY_PERSON ? 1 : 2;
        if (m->type == ENTITY_PERSON && m->first > 0) {
            str before = doc->tokens[m->first - 1].form, own = doc->tokens[m->first].form;
            if (str_in(before, "Mr Mr. King Sir Prince Lord") || str_in(own, "Mr Mr. King Sir")) l->gender[i] = 1;
            if (str_in(before, "Mrs Mrs. Ms Ms. Queen Princess Lady Miss") || str_in(own, "Mrs Mrs. Ms Ms. Queen Miss")) l->gender[i] = 2;
            if (str_in(before, "son brother husband father nephew grandson uncle widower")) l->gender[i] = 1; /* "her son Maximo Kirchner" */
            if (str_in(before, "daughter sister wife mother niece granddaughter aunt widow")) l->gender[i] = 2;
        }
        if (!l->gender[i] && m->type == ENTITY_PERSON) l->gender[i] = (int8_t)first_name_gender(l->stage, doc->tokens[m->first].form);
        return;
    }
    if (m->kind == MENTION_PRONOUN) {
        uint32_t length = name_fold(h->form, folded);
        str f = {folded, length};
        l->key[i] = arena_copy(&doc->home, f);
        if (str_in(f, "he him his himself")) l->gender[i] = 1, l->number[i] = 1, l->animate[i] = 1;
        else if (str_in(f, "she her hers herself")) l->gender[i] = 2, l->number[i] = 1, l->animate[i] = 1;
        else if (str_in(f, "it its itself")) l->number[i] = 1, l->animate[i] = 2;
        else if (str_in(f, "they them their theirs themselves")) l->number[i] = 2;
        else if (str_in(f, "i me my myself mine")) l->number[i] = 1, l->animate[i] = 1;
        else if (str_in(f, "we us our ours ourselves")) l->number[i] = 2, l->animate[i] = 1;
        return;
    }
    l->key[i] = str_empty(h->lemma) ? h->form : h->lemma;
    if (n->at[m->head] >= 0 && n->matches[n->at[m->head]].last - n->matches[n->at[m->head]].first > 1) {
        const entry *role = match_kind(l->k, doc, &n->matches[n->at[m->head]], ENTRY_ROLE);
        if (role) l->key[i] = role->name; /* "prime minister" is one word here */
    }
    l->number[i] = (int8_t)(h->morph.number == 2 ? 2 : h->morph.number == 1 ? 1 : 0);
    l->animate[i] = m->type == ENTITY_PERSON || m->type == ENTITY_PEOPLE ? 1 : m->type == ENTITY_ORGANIZATION ? 2 : 0;
    if (l->animate[i] == 1 && str_in(h->lemma, things)) l->animate[i] = 2; /* they act like people; "she" is none of them */
    if (str_in(l->key[i], "man father husband son brother king spokesman boy businessman policeman uncle nephew prince grandfather")) l->gender[i] = 1, l->animate[i] = 1;
    if (str_in(l->key[i], "woman mother wife daughter sister queen spokeswoman girl businesswoman actress aunt niece princess widow grandmother")) l->gender[i] = 2, l->animate[i] = 1;
    if (!l->animate[i]) l->animate[i] = 2;
}

/* Which words stand in quotation marks: curved ones open and close, straight ones take turns, and a block of text begins outside. */
static void mark_quoted(linker *l) {
    const document *doc = l->doc;
    bool in = false;
    int32_t here = -1;
    for (int32_t t = 0; t < (int32_t)doc->token_count; t++) {
        const token *w = &doc->tokens[t];
        if (doc->sentences[w->sentence].block != here) in = false, here = doc->sentences[w->sentence].block;
        if (str_in(w->form, "\xE2\x80\x9C ``")) in = true;
        else if (str_in(w->form, "\xE2\x80\x9D ''")) in = false;
        else if (str_is(w->form, "\"")) in = !in;
        l->quoted[t] = in;
    }
}

/* ---- chains ---- */

static void number_chains(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        int32_t r = link_root(l, i);
        mention *m = &doc->mentions[i];
        if (doc->mentions[r].chain < 0) {
            chain c = {.first = r, .best = r, .count = 0, .type = doc->mentions[r].type, .name = STR("")};
            doc->mentions[r].chain = (int32_t)doc->chain_count;
            arena_push(&doc->home, doc->chains, doc->chain_count, doc->chain_capacity, c);
        }
        m->chain = doc->mentions[r].chain;
        chain *c = &doc->chains[m->chain];
        c->count++;
        const mention *best = &doc->mentions[c->best];
        bool better = m->kind < best->kind || (m->kind == MENTION_NAME && best->kind == MENTION_NAME && l->key[i].len > l->key[c->best].len && l->key[i].len < 60);
        if (better || c->count == 1) c->best = i;
    }
    for (size_t i = 0; i < doc->chain_count; i++) {
        chain *c = &doc->chains[i];
        const mention *best = &doc->mentions[c->best];
        c->type = best->type;
        if (best->kind != MENTION_NAME) continue;
        str text = document_span(doc, doc->sentences[doc->tokens[best->head].sentence].block, best->start, best->end);
        const entry *e = l->entry[c->best];
        c->name = e && (e->kind == ENTRY_PERSON || e->kind == ENTRY_ORG) ? e->name : text;
    }
}

void chains_link(const who_stage *stage, document *doc) {
    size_t n = doc->mention_count;
    if (!n || !doc->who_notes) return;
    arena *home = &doc->home;
    linker l = {.stage = stage, .k = &stage->knowledge, .doc = doc, .parent = arena_array(home, int32_t, n), .key = arena_array(home, str, n),
                .entry = arena_array(home, const entry *, n), .about = arena_array(home, described *, n), .number = arena_array(home, int8_t, n),
                .gender = arena_array(home, int8_t, n), .animate = arena_array(home, int8_t, n), .quoted = arena_array(home, bool, doc->token_count)};
    for (int32_t i = 0; i < (int32_t)n; i++) {
        l.parent[i] = i;
        features(&l, i);
    }
    mark_quoted(&l);
    sieve_same_names(&l);
    sieve_acronyms(&l);
    sieve_parts_of_names(&l);
    sieve_appositions(&l);
    sieve_offices(&l);
    sieve_commas(&l);
    sieve_nouns(&l);
    sieve_epithets(&l);
    sieve_same_words(&l);
    sieve_pronouns(&l);
    number_chains(&l);
}
