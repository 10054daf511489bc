/* Sieve 6 of coreference: pronouns, by agreement and salience; who "I" is inside a quotation. */
#include "who/linker.h"

/* ---- 6: pronouns ---- */

static bool agree(linker *l, int32_t pronoun, int32_t candidate) {
    int32_t r = link_root(l, candidate);
    int8_t number = l->number[r], gender = l->gender[r], animate = l->animate[r];
    const mention *c = &l->doc->mentions[candidate];
    if (l->gender[pronoun] && gender && gender != l->gender[pronoun]) return false;
    if (l->gender[pronoun]) return animate == 1 && number != 2;
    if (l->number[pronoun] == 2) { /* they: plurals, and bodies of people */
        if (number == 2) return true;
        return c->type == ENTITY_ORGANIZATION || c->type == ENTITY_GROUP || c->type == ENTITY_PARTY;
    }
    return animate != 1 && number != 2 && c->type != ENTITY_PEOPLE;
}

static bool says(const token *t) {
    return t->upos == UPOS_VERB && str_in(t->lemma, "say tell add ask state note warn reply explain continue predict claim argue insist declare announce believe remark observe emphasize emphasise stress "
                                                    "acknowledge admit conclude recall suggest think maintain point caution contend respond");
}

static bool speaker(const document *doc, const token *t) { return deprel_base(t->deprel) == DEP_NSUBJ && t->head >= 0 && says(&doc->tokens[t->head]); }

static float salience(linker *l, int32_t pronoun, int32_t candidate) {
    const document *doc = l->doc;
    const token *p = link_head(l, pronoun), *c = link_head(l, candidate);
    int32_t gap = p->sentence - c->sentence;
    float score = gap == 0 ? 2.2f : 2.0f - 0.7f * (float)gap;
    deprel d = deprel_base(c->deprel);
    if (d == DEP_NSUBJ) score += 1.2f;
    else if (d == DEP_OBJ || d == DEP_ROOT) score += 0.5f;
    else if (d == DEP_NMOD || d == DEP_COMPOUND) score -= 0.4f;
    if (doc->mentions[candidate].kind == MENTION_NAME) score += 0.3f;
    int32_t distance = doc->mentions[pronoun].first - doc->mentions[candidate].first;
    score -= 0.01f * (float)(distance < 60 ? distance : 60);
    if (l->key[pronoun].len && str_in(l->key[pronoun], "it its itself") && doc->mentions[candidate].kind == MENTION_NAME) score += 0.2f;
    if (deprel_base(p->deprel) == DEP_NSUBJ && d == DEP_NSUBJ) score += 0.3f;
    entity_type type = doc->mentions[candidate].type;
    if (speaker(doc, p) && gap == 1 && d == DEP_NSUBJ && type == ENTITY_PERSON && doc->mentions[candidate].kind != MENTION_PRONOUN && doc->mentions[candidate].first <= doc->sentences[c->sentence].first + 1 &&
        !l->quoted[doc->mentions[pronoun].head])
        score += 0.6f; /* whoever opened the sentence before speaks now */
    if (l->number[pronoun] == 1 && l->animate[pronoun] == 2 && speaker(doc, p) && (type == ENTITY_OUTLET || type == ENTITY_ORGANIZATION)) score += 0.6f; /* "it said": papers and bodies do */
    if (!l->quoted[doc->mentions[pronoun].head]) { /* whoever spoke speaks on; the people of his quotation are in his story, not in ours */
        if (l->quoted[doc->mentions[candidate].head]) score -= 0.5f;
        if (speaker(doc, p) && speaker(doc, c)) score += 0.8f;
    } else if (gap == 0 && !l->quoted[doc->mentions[candidate].head] && speaker(doc, c)) score -= 1.0f; /* he calls himself I */
    return score;
}

/* In "X has fled", he said, and in X, he believes, has fled: whoever is told of in somebody's words, before it is said whose words they are, is not the one who
 * says them. He would be I in the quotation, and the other way round in the clause ("he said X had fled" and not "X had fled, he said"). */
static bool told_of(const linker *l, int32_t pronoun, int32_t candidate) {
    const document *doc = l->doc;
    const token *p = link_head(l, pronoun), *c = link_head(l, candidate);
    if (!speaker(doc, p) || p->sentence != c->sentence || l->quoted[doc->mentions[pronoun].head]) return false;
    const token *verb = &doc->tokens[p->head];
    bool inserted = deprel_base(verb->deprel) == DEP_PARATAXIS && verb->head >= 0;
    int32_t clause = inserted ? verb->head : tree_find_base(doc, p->head, DEP_CCOMP);
    if (clause < 0 || doc->mentions[candidate].head >= doc->mentions[pronoun].head) return l->quoted[doc->mentions[candidate].head];
    return l->quoted[doc->mentions[candidate].head] || tree_under(doc, doc->mentions[candidate].head, clause);
}

/* An object cannot be its own clause's subject: "Kim met him". */
static bool clash(const linker *l, int32_t pronoun, int32_t candidate) {
    const token *p = link_head(l, pronoun), *c = link_head(l, candidate);
    if (p->deprel == DEP_NMOD_POSS) return tree_under(l->doc, l->doc->mentions[pronoun].head, l->doc->mentions[candidate].head); /* his in "his aide" is not the aide */
    if (str_ends(p->form, "self") || str_ends(p->form, "selves")) return false;
    return p->head >= 0 && p->head == c->head && deprel_base(p->deprel) != DEP_CONJ;
}

/* Who does what the verb says, though another clause names him: "Kim refused to meet him", "left without seeing him". -1: nobody that the tree tells. */
static int32_t doer(const document *doc, int32_t verb, int steps) {
    const token *v = &doc->tokens[verb];
    int32_t subject = tree_find_base(doc, verb, DEP_NSUBJ);
    if (subject >= 0) return subject;
    if (steps == 0 || v->head < 0 || doc->tokens[v->head].upos != UPOS_VERB || (v->morph.verbform == 1 && v->morph.mood == 1 && v->deprel != DEP_CONJ)) return -1;
    if (v->deprel == DEP_XCOMP) { /* "asked Song to meet him": Song would */
        int32_t asked = tree_find_base(doc, v->head, DEP_OBJ);
        if (asked < 0) asked = tree_find_base(doc, v->head, DEP_IOBJ);
        if (asked >= 0 && asked < verb && !str_in(doc->tokens[v->head].lemma, "promise threaten")) return asked;
    } else if (v->deprel != DEP_CONJ && v->deprel != DEP_ADVCL) return -1;
    return doer(doc, v->head, steps - 1);
}

/* The one whom the pronoun cannot be, since he does to another what its clause says (principle B of Chomsky 1981, through control). */
static int32_t other_party(linker *l, int32_t pronoun) {
    const document *doc = l->doc;
    const token *p = link_head(l, pronoun);
    int32_t verb = p->head;
    if (verb < 0 || str_ends(p->form, "self") || str_ends(p->form, "selves")) return -1;
    if (deprel_base(p->deprel) == DEP_NMOD && p->deprel != DEP_NMOD_POSS) { /* "held talks with him" */
        bool mutual = str_in(doc->tokens[verb].lemma, "talk talks meeting summit dinner lunch negotiation dialogue conversation contact audience interview") && str_is(tree_case(doc, doc->mentions[pronoun].head), "with");
        if (!mutual || deprel_base(doc->tokens[verb].deprel) != DEP_OBJ) return -1;
        verb = doc->tokens[verb].head;
    } else if (deprel_base(p->deprel) == DEP_OBL) { /* "talked to him", not "took his son with him", "looked behind him" */
        if (tree_find_base(doc, verb, DEP_OBJ) >= 0 || !str_in(tree_case(doc, doc->mentions[pronoun].head), "with to at by against about from")) return -1;
    } else if (deprel_base(p->deprel) != DEP_OBJ && deprel_base(p->deprel) != DEP_IOBJ) return -1;
    int32_t who = verb >= 0 ? doer(doc, verb, 3) : -1;
    if (who < 0 || who == doc->mentions[pronoun].head) return -1;
    int32_t its = doc->tokens[who].mention;
    return its >= 0 && its != pronoun ? link_root(l, its) : -1;
}

static bool quoted(const document *doc, int32_t at) {
    for (int32_t t = doc->sentences[at].first; t < doc->sentences[at].last; t++)
        if (str_in(doc->tokens[t].form, "\" \xE2\x80\x9C \xE2\x80\x9D `` ''")) return true;
    return false;
}

static void first_person(linker *l, int32_t i) {
    /* inside "…", says X: the speaker is the subject of a verb of saying in this sentence or the one before */
    const document *doc = l->doc;
    for (int32_t s = link_sentence(l, i), back = 0; s >= 0 && back < 2; s--, back++)
        for (int32_t t = doc->sentences[s].first; t < doc->sentences[s].last; t++)
            if (says(&doc->tokens[t])) {
                int32_t subject = tree_find(doc, t, DEP_NSUBJ);
                if (subject >= 0 && doc->tokens[subject].mention >= 0 && !tree_under(doc, doc->mentions[i].head, subject) && doc->tokens[subject].mention != i &&
                    doc->mentions[doc->tokens[subject].mention].kind != MENTION_PRONOUN) {
                    int32_t m = doc->tokens[subject].mention;
                    if (m < i) link_join(l, i, m, 0.6f);
                    else link_join(l, m, i, 0.6f);
                    return;
                }
            }
}

/* "It would be the first time that …": nobody. */
static bool expletive(const linker *l, int32_t i) {
    const token *p = link_head(l, i);
    if (!str_is(l->key[i], "it") || deprel_base(p->deprel) != DEP_NSUBJ || p->head < 0) return false;
    return str_in(l->doc->tokens[p->head].lemma, "time case pity sign question matter rare unusual customary usual common likely unlikely unclear clear possible impossible") && tree_find(l->doc, p->head, DEP_COP) >= 0;
}

void sieve_pronouns(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        mention *m = &doc->mentions[i];
        if (m->kind != MENTION_PRONOUN || m->antecedent >= 0) continue;
        if (str_in(l->key[i], "i me my myself mine we us our ours ourselves you your")) {
            int32_t back = -1;
            int32_t reach = quoted(doc, link_sentence(l, i)) ? 3 : INT32_MAX; /* quotations change their speaker, a speech does not */
            static const char *const persons[] = {"i me my myself mine", "we us our ours ourselves", "you your"};
            const char *same = NULL;
            for (int x = 0; x < 3; x++)
                if (str_in(l->key[i], persons[x])) same = persons[x];
            for (int32_t j = i - 1; j >= 0 && link_sentence(l, i) - link_sentence(l, j) < reach && back < 0; j--)
                if (doc->mentions[j].kind == MENTION_PRONOUN && str_in(l->key[j], same) && str_in(l->key[j], "i me my myself mine we us our ours ourselves you your")) back = j;
            if (back >= 0) link_join(l, i, back, 0.6f);
            else if (l->key[i].ptr[0] != 'y') first_person(l, i);
            continue;
        }
        if (expletive(l, i)) continue;
        int32_t best = -1, other = other_party(l, i);
        float best_score = -1e9f, next_score = -1e9f;
        for (int32_t j = i - 1; j >= 0; j--) {
            int32_t gap = link_sentence(l, i) - link_sentence(l, j);
            if (gap > 3 || doc->sentences[link_sentence(l, i)].block != doc->sentences[link_sentence(l, j)].block) break;
            if (doc->tokens[doc->mentions[j].head].mention != j) continue;
            if (!agree(l, i, j) || clash(l, i, j) || told_of(l, i, j) || (other >= 0 && link_root(l, j) == other)) continue;
            if (doc->mentions[j].kind == MENTION_PRONOUN && str_in(l->key[j], "i me my we us our you your")) continue;
            float score = salience(l, i, j);
            if (doc->mentions[j].kind == MENTION_PRONOUN) score += str_eq(l->key[i], l->key[j]) ? 1.2f : 0.6f;
            if (score > best_score) {
                if (best >= 0 && link_root(l, best) != link_root(l, j)) next_score = best_score;
                best_score = score, best = j;
            } else if (link_root(l, best) != link_root(l, j) && score > next_score) next_score = score;
        }
        if (best >= 0 && best_score > -1.0f) link_join(l, i, best, best_score - next_score > 1.0f ? 0.8f : best_score - next_score > 0.3f ? 0.65f : 0.5f);
    }
}
