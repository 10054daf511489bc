/* Sieves 4 and 5 of coreference: appositions, copulas, offices given; nouns that take up a noun or a name. */
#include "who/linker.h"

/* ---- 4: apposition, copula ---- */

/* A person is no office building: trees that hang "head of the party, its Liaison Department" under the head's name are not believed. */
static bool may_be_one(const linker *l, int32_t i, int32_t j) {
    entity_type a = l->doc->mentions[i].type, b = l->doc->mentions[j].type;
    if (link_name(l, i) && link_name(l, j) && a == ENTITY_COUNTRY && b == ENTITY_COUNTRY) return false; /* "the US, not China": one list, two states */
    if (a == ENTITY_OTHER || b == ENTITY_OTHER || a == ENTITY_PEOPLE || b == ENTITY_PEOPLE) return true;
    return link_types_agree(a, b);
}

void sieve_appositions(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        const token *h = link_head(l, i);
        if (doc->tokens[doc->mentions[i].head].mention != i) continue;
        if (link_person_name(l, i) && h->deprel == DEP_FLAT && h->head >= 0 && doc->tokens[h->head].mention >= 0 && doc->mentions[doc->tokens[h->head].mention].kind == MENTION_NOMINAL)
            link_join(l, doc->tokens[h->head].mention, i, 0.9f); /* "General Sharif", with the rank for head */
        if (h->deprel == DEP_APPOS && h->head >= 0 && doc->tokens[h->head].mention >= 0 && may_be_one(l, i, doc->tokens[h->head].mention)) link_join(l, i, doc->tokens[h->head].mention, 0.9f);
        if (tree_find(doc, doc->mentions[i].head, DEP_COP) >= 0 && tree_find(doc, doc->mentions[i].head, DEP_CASE) < 0 && doc->mentions[i].kind == MENTION_NOMINAL && !tree_under(doc, doc->mentions[i].head, -1)) {
            int32_t subject = tree_find_base(doc, doc->mentions[i].head, DEP_NSUBJ);
            int32_t no = tree_find(doc, doc->mentions[i].head, DEP_ADVMOD);
            if (subject >= 0 && doc->tokens[subject].mention >= 0 && !(no >= 0 && str_in(doc->tokens[no].lemma, "not n't never"))) {
                int32_t s = doc->tokens[subject].mention;
                if (s < i && may_be_one(l, i, s)) link_join(l, i, s, 0.85f);
            }
        }
    }
}

/* "Was sworn in as prime minister", "appointed Park ambassador": whom a verb puts into an office holds it. */
void sieve_offices(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        const token *h = link_head(l, i);
        if (doc->mentions[i].kind != MENTION_NOMINAL || doc->mentions[i].antecedent >= 0 || h->head < 0 || l->number[i] == 2) continue;
        const token *v = &doc->tokens[h->head];
        if (v->upos != UPOS_VERB || !str_in(v->lemma, "swear appoint elect name nominate install inaugurate reelect re-elect confirm")) continue;
        bool as = tree_find(doc, doc->mentions[i].head, DEP_CASE) >= 0 && str_is(tree_case(doc, doc->mentions[i].head), "as");
        if (!as && h->deprel != DEP_XCOMP) continue;
        int32_t who = tree_find(doc, h->head, DEP_NSUBJ_PASS);
        if (who < 0) who = tree_find(doc, h->head, DEP_OBJ);
        int32_t m = who >= 0 ? doc->tokens[who].mention : -1;
        if (m >= 0 && m < i && doc->mentions[m].kind == MENTION_NAME && doc->mentions[m].type == ENTITY_PERSON) link_join(l, i, m, 0.8f);
    }
}

/* "Ada Colau, the mayor of Barcelona, …" and "the mayor of Barcelona, Ada Colau, …" by their commas, whatever the tree says. */
void sieve_commas(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        const mention *a = &doc->mentions[i];
        if (a->type != ENTITY_PERSON || a->kind == MENTION_PRONOUN || l->number[i] == 2) continue;
        int32_t first = a->first, last = a->last;
        if (a->kind == MENTION_NOMINAL) phrase_range(doc, a->head, &first, &last);
        const sentence *s = &doc->sentences[doc->tokens[a->head].sentence];
        if (last + 1 >= s->last || !str_is(doc->tokens[last].form, ",")) continue;
        for (int32_t j = i + 1; j < (int32_t)doc->mention_count && doc->mentions[j].first <= last + 1; j++) {
            const mention *b = &doc->mentions[j];
            if (b->first != last + 1 || b->type != ENTITY_PERSON || b->kind == a->kind || b->kind == MENTION_PRONOUN || l->number[j] == 2 || b->antecedent >= 0) continue;
            int32_t left = b->first, right = b->last;
            if (b->kind == MENTION_NOMINAL) phrase_range(doc, b->head, &left, &right);
            bool closed = right >= s->last || (str_is(doc->tokens[right].form, ",") && !(right + 1 < s->last && str_in(doc->tokens[right + 1].form, "and or"))) || str_is(doc->tokens[right].form, ".");
            if (closed) link_join(l, j, i, 0.85f);
        }
    }
}

/* ---- 5: nouns ---- */

static bool definite(const linker *l, int32_t i) {
    const document *doc = l->doc;
    for (int32_t c = tree_child(doc, doc->mentions[i].head); c >= 0; c = tree_next(doc, c)) {
        const token *t = &doc->tokens[c];
        if (t->deprel == DEP_DET) return str_in(t->lemma, "the this that these those") || str_in(t->form, "the The this This that these those");
        if (t->deprel == DEP_NMOD_POSS) return true;
    }
    return false;
}

static bool has_modifiers(const linker *l, int32_t i, int32_t j) {
    /* do the two say different things of the noun? */
    const document *doc = l->doc;
    for (int32_t c = tree_child(doc, doc->mentions[i].head); c >= 0; c = tree_next(doc, c)) {
        deprel d = deprel_base(doc->tokens[c].deprel);
        if (d != DEP_AMOD && d != DEP_COMPOUND && d != DEP_NMOD && d != DEP_NUMMOD && d != DEP_ACL) continue;
        if (str_in(doc->tokens[c].lemma, "same said former own")) continue;
        if (doc->who_notes->at[c] >= 0 && doc->who_notes->at[c] == doc->who_notes->at[doc->mentions[i].head]) continue;
        bool found = false;
        for (int32_t o = tree_child(doc, doc->mentions[j].head); o >= 0; o = tree_next(doc, o)) found |= str_eq(doc->tokens[o].lemma, doc->tokens[c].lemma);
        if (!found) return true;
    }
    return false;
}

static const char bodies[] = "agency ministry council committee court university bank company congress parliament assembly party union commission department office institute police army navy";

static int32_t last_space(str s) {
    for (int32_t i = (int32_t)s.len - 1; i >= 0; i--)
        if (s.ptr[i] == ' ') return i;
    return -1;
}

/* "The bank" and the Bank of Uganda, "the alliance" and the Northern Alliance: the name says what it is. */
static bool says_what_it_is(const linker *l, int32_t name, str noun) {
    const mention *m = &l->doc->mentions[name];
    str rest = l->key[name], word;
    if (m->type == ENTITY_PERSON || m->type == ENTITY_COUNTRY || m->type == ENTITY_PEOPLE || noun.len < 4 || last_space(rest) < 0) return false;
    while (str_split(&rest, ' ', &word))
        if (str_eq(word, noun)) return true;
    return false;
}

static bool of_party(const linker *l, int32_t name) {
    const entry *e = l->entry[name];
    return l->doc->mentions[name].type == ENTITY_PARTY || (e && sectors_has(&e->sectors, "PTY"));
}

/* May this noun name what that name is? "the envoy" and Song Tao, who was called special envoy; "the country" and Chile. */
static bool noun_means(linker *l, int32_t noun, int32_t name) {
    str w = l->key[noun];
    const mention *m = &l->doc->mentions[name];
    if (str_in(w, "country nation state republic kingdom island")) return m->type == ENTITY_COUNTRY;
    if (str_in(w, "city capital town")) return m->type == ENTITY_CITY || (l->entry[name] && l->entry[name]->kind == ENTRY_SEAT);
    if (m->confidence < 0.6f && str_in(w, "group organization organisation movement agency company firm charity") && deprel_base(l->doc->tokens[m->head].deprel) == DEP_NSUBJ) return true;
    if (l->entry[name] || m->type != ENTITY_PERSON) { /* "the agency" is the News Agency, and no congress */
        str last = l->key[name];
        int32_t cut = last_space(last);
        if (cut >= 0) last = str_sub(last, (uint32_t)cut + 1, last.len);
        if (str_in(last, bodies) && str_in(w, bodies)) return str_eq(last, w);
    }
    if (says_what_it_is(l, name, w)) return true;
    if (str_is(w, "agency") && m->type == ENTITY_OUTLET) return true;
    if (str_is(w, "movement") && of_party(l, name)) return true;
    if (str_in(w, "group organization organisation movement agency body bloc alliance militia faction")) return m->type == ENTITY_GROUP || m->type == ENTITY_ORGANIZATION;
    if (str_in(w, "party")) return of_party(l, name);
    if (str_in(w, "newspaper daily paper broadcaster")) return m->type == ENTITY_OUTLET;
    if (str_in(w, "company firm university bank court ministry")) return m->type == ENTITY_ORGANIZATION;
    if (m->type != ENTITY_PERSON) return false;
    const described *d = link_about(l, name);
    if (!str_empty(d->role_text) && str_find(d->role_text, w) >= 0) return true;
    if (d->term && !str_empty(d->term->role) && str_find(d->term->role, w) >= 0) return true;
    if (d->role && str_eq(d->role->name, w)) return true;
    return str_is(w, "leader") && d->sectors.count && str_is(d->sectors.code[0], "GOV") && d->role && d->role->role == ROLE_OFFICE;
}

/* "The minister" after "the finance minister"; "the chamber" after "the parliament". */
static bool same_noun(str later, str earlier) {
    static const char *const alike[] = {"chamber legislature parliament assembly", "firm company", "court tribunal", "newspaper daily paper", "government cabinet junta regime", "army military", "blast explosion bombing",
                                        "agreement accord pact deal treaty", "meeting summit talks", "assault attack raid"};
    if (str_eq_nocase(later, earlier)) return true; /* "the Bank of Uganda", read as a common noun */
    for (int i = 0; i < 10; i++)
        if (str_in(later, alike[i]) && str_in(earlier, alike[i])) return true;
    return earlier.len > later.len + 1 && earlier.ptr[earlier.len - later.len - 1] == ' ' && str_eq(str_sub(earlier, earlier.len - later.len, earlier.len), later);
}

/* "his visit" and "her visit": whose they are is not known before the pronouns are. */
static bool of_another(const linker *l, int32_t i, int32_t j) {
    int32_t a = tree_find(l->doc, l->doc->mentions[i].head, DEP_NMOD_POSS), b = tree_find(l->doc, l->doc->mentions[j].head, DEP_NMOD_POSS);
    if (a < 0 || b < 0) return false;
    return !str_eq_nocase(l->doc->tokens[a].form, l->doc->tokens[b].form) || (l->doc->tokens[a].upos == UPOS_PRON && link_sentence(l, i) - link_sentence(l, j) > 2);
}

void sieve_nouns(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        mention *m = &doc->mentions[i];
        if (m->kind != MENTION_NOMINAL || m->antecedent >= 0 || !definite(l, i)) continue;
        bool plural = l->number[i] == 2;
        for (int32_t j = i - 1, seen = 0; j >= 0 && seen < 120; j--, seen++) {
            const mention *o = &doc->mentions[j];
            int32_t gap = link_sentence(l, i) - link_sentence(l, j);
            if (o->kind == MENTION_NOMINAL && !of_another(l, i, j) && same_noun(l->key[i], l->key[j]) && l->number[i] == l->number[j] && !has_modifiers(l, i, j) && gap < 12) {
                link_join(l, i, j, 0.75f);
                break;
            }
            if (!plural && o->kind == MENTION_NAME && gap < 8 && m->type != ENTITY_OTHER && noun_means(l, i, j) && !has_modifiers(l, i, j)) {
                link_join(l, i, j, 0.7f);
                break;
            }
            if (!plural && o->kind == MENTION_NAME && gap < 8 && m->type == ENTITY_OTHER && says_what_it_is(l, j, l->key[i]) && !has_modifiers(l, i, j)) {
                link_join(l, i, j, 0.7f);
                break;
            }
            if (!plural && o->kind == MENTION_NAME && gap < 4 && m->type == ENTITY_OTHER && str_in(l->key[i], "country nation island city capital company movement faction militia alliance bloc") && noun_means(l, i, j) && !has_modifiers(l, i, j)) {
                link_join(l, i, j, 0.65f);
                break;
            }
        }
    }
}

static bool indefinite(const linker *l, int32_t i) {
    int32_t det = tree_find(l->doc, l->doc->mentions[i].head, DEP_DET);
    return det >= 0 && str_in(l->doc->tokens[det].lemma, "a an some any no another each every what which");
}

/* The same words again, where they are not "a soldier" and "a soldier". */
void sieve_same_words(linker *l) {
    document *doc = l->doc;
    table seen;
    table_init(&seen, &doc->home, (uint32_t)doc->mention_count + 8);
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        const mention *m = &doc->mentions[i];
        if (m->kind != MENTION_NOMINAL || indefinite(l, i) || tree_find(doc, m->head, DEP_NMOD_POSS) >= 0 || tree_find(doc, m->head, DEP_NUMMOD) >= 0) continue;
        char folded[LONGEST_NAME];
        uint32_t n = name_fold(document_span(doc, doc->sentences[doc->tokens[m->head].sentence].block, m->start, m->end), folded);
        str key = {folded, n};
        if (str_starts(key, "the ")) key = str_sub(key, 4, key.len);
        if (str_empty(key)) continue;
        bool fresh;
        key = arena_copy(&doc->home, key);
        uint32_t *at = table_at(&seen, key, (uint32_t)i, &fresh);
        if (!fresh && m->antecedent < 0) link_join(l, i, (int32_t)*at, 0.7f);
        *at = (uint32_t)i;
    }
}
