/* Coreference, in sieves from the surest to the boldest (after H. Lee et al., "Deterministic coreference resolution based on
 * entity-centric, precision-ranked rules", Computational Linguistics 39, 2013), with roles and states where that has WordNet.
 *   1 the same name   2 the same thing of the lexicon   3 part of a name   4 apposition and copula
 *   5 the same noun, a role or a kind known of a name   6 pronouns; plurals.c then parts "the two leaders" */
#include "who/stage.h"

typedef struct linker {
    const who_stage *stage;
    const knowledge *k;
    document *doc;
    int32_t *parent;   /* union-find over mentions */
    str *key;          /* folded name or lemma of the head */
    const entry **entry; /* of the lexicon, where the mention is its name */
    described **about; /* lazily */
    int8_t *number, *gender, *animate; /* 0 unknown; 1 sing 2 plur; 1 m 2 f; 1 yes 2 no */
    bool *quoted;      /* by token: inside quotation marks */
} linker;

static int32_t root(linker *l, int32_t i) {
    while (l->parent[i] != i) i = l->parent[i] = l->parent[l->parent[i]];
    return i;
}

static void join(linker *l, int32_t later, int32_t earlier, float confidence) {
    int32_t a = root(l, later), b = root(l, earlier);
    mention *m = &l->doc->mentions[later];
    if (m->antecedent < 0) m->antecedent = earlier, m->link_confidence = confidence;
    if (a == b) return;
    if (a < b) l->parent[b] = a;
    else l->parent[a] = b;
    int32_t r = root(l, a), o = r == a ? b : a;
    if (!l->number[r]) l->number[r] = l->number[o];
    if (!l->gender[r]) l->gender[r] = l->gender[o];
    if (!l->animate[r]) l->animate[r] = l->animate[o];
}

static const token *head_token(const linker *l, int32_t i) { return &l->doc->tokens[l->doc->mentions[i].head]; }
static int32_t sentence_of(const linker *l, int32_t i) { return head_token(l, i)->sentence; }

static const described *about(linker *l, int32_t i) {
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

static bool is_name(const linker *l, int32_t i) { return l->doc->mentions[i].kind == MENTION_NAME; }
static bool is_person_name(const linker *l, int32_t i) { return is_name(l, i) && l->doc->mentions[i].type == ENTITY_PERSON; }

/* ---- what each mention is ---- */

static void features(linker *l, int32_t i) {
    document *doc = l->doc;
    const mention *m = &doc->mentions[i];
    const token *h = head_token(l, i);
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
    if (str_in(l->key[i], "man father husband son brother king spokesman boy businessman policeman uncle nephew prince grandfather")) l->gender[i] = 1, l->animate[i] = 1;
    if (str_in(l->key[i], "woman mother wife daughter sister queen spokeswoman girl businesswoman actress aunt niece princess widow grandmother")) l->gender[i] = 2, l->animate[i] = 1;
    if (!l->animate[i]) l->animate[i] = 2;
}

/* ---- 1, 2: names ---- */

static bool types_agree(entity_type a, entity_type b) {
    bool person_a = a == ENTITY_PERSON, person_b = b == ENTITY_PERSON;
    return person_a == person_b;
}

static bool part_fits(str part, str name, bool family_first) {
    if (part.len >= name.len) return false;
    bool ends = str_eq(str_sub(name, name.len - part.len, name.len), part) && name.ptr[name.len - part.len - 1] == ' ';
    bool starts = str_eq(str_sub(name, 0, part.len), part) && name.ptr[part.len] == ' ';
    return ends || (starts && (family_first || part.len > 3));
}

static bool asian(const linker *l, int32_t i) {
    const entry *e = l->entry[i];
    str form = l->doc->tokens[l->doc->mentions[i].first].form;
    return (e && str_in(e->country, "CHN PRK KOR TWN HKG VNM KHM")) ||
           str_in(form, "Kim Park Lee Ri Choe Choi Song Yang Zhao Wang Li Liu Zhang Chen Hu Wen Jiang Xi Moon Roh Jang Jo Cho Han Pak Yi Noh Kang Yun Yoon Hong Nguyen Tran Lu Deng Zhou Wu Xu Sun Ma Zhu Lin Guo Huang Tsai Hun Sam");
}

/* "Kim" where the document names two Kims in full: each such mention is settled by itself, in sieve 3, not by its being spelled alike. */
static bool part_of_several(linker *l, int32_t i) {
    if (!is_person_name(l, i) || str_find(l->key[i], STR(" ")) >= 0) return false;
    int32_t one = -1;
    for (int32_t j = 0; j < (int32_t)l->doc->mention_count; j++)
        if (is_person_name(l, j) && part_fits(l->key[i], l->key[j], asian(l, j))) {
            if (one >= 0 && !str_eq(l->key[one], l->key[j])) return true;
            one = j;
        }
    return false;
}

static void same_names(linker *l) {
    table seen, things;
    table_init(&seen, &l->doc->home, (uint32_t)l->doc->mention_count + 8);
    table_init(&things, &l->doc->home, 64);
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        if (!is_name(l, i) || str_empty(l->key[i]) || part_of_several(l, i)) continue;
        bool fresh;
        uint32_t *at = table_at(&seen, l->key[i], (uint32_t)i, &fresh);
        if (!fresh && types_agree(l->doc->mentions[*at].type, l->doc->mentions[i].type)) join(l, i, (int32_t)*at, 0.95f);
        *at = (uint32_t)i;
        const entry *e = l->entry[i];
        if (!e || e->kind == ENTRY_SEAT || str_empty(e->id)) continue;
        at = table_at(&things, e->id, (uint32_t)i, &fresh);
        if (!fresh) join(l, i, (int32_t)*at, 0.95f);
        *at = (uint32_t)i;
    }
}

/* Initials of a longer name: "International Crisis Group" and "ICG". */
static bool initials(str acronym, str name) {
    uint32_t a = 0;
    for (uint32_t i = 0; i < name.len; i++)
        if (i == 0 || name.ptr[i - 1] == ' ') {
            str rest = str_sub(name, i, name.len), word;
            str_split(&rest, ' ', &word);
            if (str_in(word, "of the and for in on") && (a >= acronym.len || acronym.ptr[a] != word.ptr[0])) continue;
            if (a >= acronym.len || acronym.ptr[a] != word.ptr[0]) return false;
            a++;
        }
    return a == acronym.len && a > 1;
}

static void acronyms(linker *l) {
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        str key = l->key[i];
        if (!is_name(l, i) || key.len < 2 || key.len > 7 || str_find(key, STR(" ")) >= 0 || l->doc->mentions[i].antecedent >= 0) continue;
        str form = head_token(l, i)->form;
        if (form.len < 2 || form.ptr[1] < 'A' || form.ptr[1] > 'Z') continue;
        for (int32_t j = i - 1; j >= 0 && j > i - 400; j--)
            if (is_name(l, j) && str_find(l->key[j], STR(" ")) > 0 && initials(key, l->key[j])) {
                join(l, i, j, 0.9f);
                break;
            }
    }
}

/* ---- 3: parts of names ---- */

/* The gender of the first "his" or "her" behind the name, in its sentence and with no other person between: "Clinton spoke, one of her aides said". */
static int8_t gender_behind(const linker *l, int32_t i) {
    for (int32_t j = i + 1; j < (int32_t)l->doc->mention_count && sentence_of(l, j) == sentence_of(l, i); j++) {
        if (l->doc->mentions[j].kind == MENTION_PRONOUN && l->gender[j]) return l->gender[j];
        if (is_person_name(l, j)) return 0;
    }
    return 0;
}

static void parts_of_names(linker *l) {
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        if (!is_person_name(l, i) || (l->doc->mentions[i].antecedent >= 0 && str_find(l->key[l->doc->mentions[i].antecedent], STR(" ")) >= 0)) continue;
        if (str_find(l->key[i], STR(" ")) >= 0 && l->key[i].len > 12) continue;
        int32_t best = -1, second = -1;
        float best_score = -1;
        const described *mine = NULL;
        int32_t tried[16];
        int tries = 0;
        for (int32_t j = i - 1; j >= 0 && j > i - 2000; j--) {
            if (!is_person_name(l, j) || !part_fits(l->key[i], l->key[j], asian(l, j))) continue;
            int32_t r = root(l, j);
            bool again = false;
            for (int x = 0; x < tries; x++) again |= tried[x] == r;
            if (again || tries == 16) continue;
            tried[tries++] = r;
            if (!mine) mine = about(l, i);
            const described *other = about(l, j);
            float score = 1.0f / (1.0f + 0.2f * (float)(sentence_of(l, i) - sentence_of(l, j)));
            int8_t behind = l->gender[i] ? l->gender[i] : gender_behind(l, i);
            if (behind && l->gender[r]) score += behind == l->gender[r] ? 0.5f : -1.5f;
            bool my_org = mine->organization != NULL, same_org = my_org && other->organization == mine->organization;
            if (same_org) score += 2;
            if (my_org && !same_org) score -= 0.5f;
            if (mine->role && mine->role->sectors.count && other->sectors.count) /* a general is the army chief */
                score += str_eq(mine->role->sectors.code[0], other->sectors.code[0]) ? 0.6f : -0.6f;
            if (!str_empty(mine->country) && !str_empty(other->country)) score += str_eq(mine->country, other->country) ? 0.5f : -1.0f;
            if (!str_empty(mine->role_text) && other->term && str_eq_nocase(mine->role_text, other->term->role)) score += 1.0f;
            else if (!str_empty(mine->role_text) && !str_empty(other->role_text)) score += str_eq_nocase(mine->role_text, other->role_text) ? 1.0f : -0.3f;
            if (score > best_score) second = best, best = j, best_score = score;
            else if (second < 0) second = j;
        }
        if (best >= 0) join(l, i, best, second < 0 ? 0.93f : best_score > 1.5f ? 0.9f : 0.6f);
    }
    /* the first mention may be the short one (a headline's): it joins the one full name that has this part */
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        if (!is_person_name(l, i) || str_find(l->key[i], STR(" ")) >= 0 || l->doc->mentions[i].antecedent >= 0) continue;
        int32_t only = -1;
        for (int32_t j = i + 1; j < (int32_t)l->doc->mention_count && j < i + 2000; j++)
            if (is_person_name(l, j) && part_fits(l->key[i], l->key[j], asian(l, j))) {
                if (only >= 0 && root(l, only) != root(l, j)) { only = -2; break; }
                only = j;
            }
        if (only >= 0) join(l, only, i, 0.8f);
    }
}

/* ---- 4: apposition, copula ---- */

/* A person is no office building: trees that hang "head of the party, its Liaison Department" under the head's name are not believed. */
static bool may_be_one(const linker *l, int32_t i, int32_t j) {
    entity_type a = l->doc->mentions[i].type, b = l->doc->mentions[j].type;
    if (is_name(l, i) && is_name(l, j) && a == ENTITY_COUNTRY && b == ENTITY_COUNTRY) return false; /* "the US, not China": one list, two states */
    if (a == ENTITY_OTHER || b == ENTITY_OTHER || a == ENTITY_PEOPLE || b == ENTITY_PEOPLE) return true;
    return types_agree(a, b);
}

static void appositions(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        const token *h = head_token(l, i);
        if (doc->tokens[doc->mentions[i].head].mention != i) continue;
        if (is_person_name(l, i) && h->deprel == DEP_FLAT && h->head >= 0 && doc->tokens[h->head].mention >= 0 && doc->mentions[doc->tokens[h->head].mention].kind == MENTION_NOMINAL)
            join(l, doc->tokens[h->head].mention, i, 0.9f); /* "General Sharif", with the rank for head */
        if (h->deprel == DEP_APPOS && h->head >= 0 && doc->tokens[h->head].mention >= 0 && may_be_one(l, i, doc->tokens[h->head].mention)) join(l, i, doc->tokens[h->head].mention, 0.9f);
        if (tree_find(doc, doc->mentions[i].head, DEP_COP) >= 0 && tree_find(doc, doc->mentions[i].head, DEP_CASE) < 0 && doc->mentions[i].kind == MENTION_NOMINAL && !tree_under(doc, doc->mentions[i].head, -1)) {
            int32_t subject = tree_find_base(doc, doc->mentions[i].head, DEP_NSUBJ);
            int32_t no = tree_find(doc, doc->mentions[i].head, DEP_ADVMOD);
            if (subject >= 0 && doc->tokens[subject].mention >= 0 && !(no >= 0 && str_in(doc->tokens[no].lemma, "not n't never"))) {
                int32_t s = doc->tokens[subject].mention;
                if (s < i && may_be_one(l, i, s)) join(l, i, s, 0.85f);
            }
        }
    }
}

/* "Was sworn in as prime minister", "appointed Park ambassador": whom a verb puts into an office holds it. */
static void offices_given(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        const token *h = head_token(l, i);
        if (doc->mentions[i].kind != MENTION_NOMINAL || doc->mentions[i].antecedent >= 0 || h->head < 0 || l->number[i] == 2) continue;
        const token *v = &doc->tokens[h->head];
        if (v->upos != UPOS_VERB || !str_in(v->lemma, "swear appoint elect name nominate install inaugurate reelect re-elect confirm")) continue;
        bool as = tree_find(doc, doc->mentions[i].head, DEP_CASE) >= 0 && str_is(tree_case(doc, doc->mentions[i].head), "as");
        if (!as && h->deprel != DEP_XCOMP) continue;
        int32_t who = tree_find(doc, h->head, DEP_NSUBJ_PASS);
        if (who < 0) who = tree_find(doc, h->head, DEP_OBJ);
        int32_t m = who >= 0 ? doc->tokens[who].mention : -1;
        if (m >= 0 && m < i && doc->mentions[m].kind == MENTION_NAME && doc->mentions[m].type == ENTITY_PERSON) join(l, i, m, 0.8f);
    }
}

/* "Ada Colau, the mayor of Barcelona, …" and "the mayor of Barcelona, Ada Colau, …" by their commas, whatever the tree says. */
static void commas(linker *l) {
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
            if (closed) join(l, j, i, 0.85f);
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
    const described *d = about(l, name);
    if (!str_empty(d->role_text) && str_find(d->role_text, w) >= 0) return true;
    if (d->term && !str_empty(d->term->role) && str_find(d->term->role, w) >= 0) return true;
    if (d->role && str_eq(d->role->name, w)) return true;
    return str_is(w, "leader") && d->sectors.count && str_is(d->sectors.code[0], "GOV") && d->role && d->role->role == ROLE_OFFICE;
}

/* "The minister" after "the finance minister"; "the chamber" after "the parliament". */
static bool same_noun(str later, str earlier) {
    static const char *const alike[] = {"chamber legislature parliament assembly", "firm company", "court tribunal", "newspaper daily paper", "government cabinet", "army military", "blast explosion bombing",
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
    return !str_eq_nocase(l->doc->tokens[a].form, l->doc->tokens[b].form) || (l->doc->tokens[a].upos == UPOS_PRON && sentence_of(l, i) - sentence_of(l, j) > 2);
}

static void nouns(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        mention *m = &doc->mentions[i];
        if (m->kind != MENTION_NOMINAL || m->antecedent >= 0 || !definite(l, i)) continue;
        bool plural = l->number[i] == 2;
        for (int32_t j = i - 1, seen = 0; j >= 0 && seen < 120; j--, seen++) {
            const mention *o = &doc->mentions[j];
            int32_t gap = sentence_of(l, i) - sentence_of(l, j);
            if (o->kind == MENTION_NOMINAL && !of_another(l, i, j) && same_noun(l->key[i], l->key[j]) && l->number[i] == l->number[j] && !has_modifiers(l, i, j) && gap < 12) {
                join(l, i, j, 0.75f);
                break;
            }
            if (!plural && o->kind == MENTION_NAME && gap < 8 && m->type != ENTITY_OTHER && noun_means(l, i, j) && !has_modifiers(l, i, j)) {
                join(l, i, j, 0.7f);
                break;
            }
            if (!plural && o->kind == MENTION_NAME && gap < 8 && m->type == ENTITY_OTHER && says_what_it_is(l, j, l->key[i]) && !has_modifiers(l, i, j)) {
                join(l, i, j, 0.7f);
                break;
            }
            if (!plural && o->kind == MENTION_NAME && gap < 4 && m->type == ENTITY_OTHER && str_in(l->key[i], "country nation island city capital company movement faction militia alliance bloc") && noun_means(l, i, j) && !has_modifiers(l, i, j)) {
                join(l, i, j, 0.65f);
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
static void same_words(linker *l) {
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
        if (!fresh && m->antecedent < 0) join(l, i, (int32_t)*at, 0.7f);
        *at = (uint32_t)i;
    }
}

/* ---- 6: pronouns ---- */

static bool agree(linker *l, int32_t pronoun, int32_t candidate) {
    int32_t r = root(l, candidate);
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
    const token *p = head_token(l, pronoun), *c = head_token(l, candidate);
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
    if (!l->quoted[doc->mentions[pronoun].head]) { /* whoever spoke speaks on; the people of his quotation are in his story, not in ours */
        if (l->quoted[doc->mentions[candidate].head]) score -= 0.5f;
        if (speaker(doc, p) && speaker(doc, c)) score += 0.8f;
    } else if (gap == 0 && !l->quoted[doc->mentions[candidate].head] && speaker(doc, c)) score -= 1.0f; /* he calls himself I */
    return score;
}

/* An object cannot be its own clause's subject: "Kim met him". */
static bool clash(const linker *l, int32_t pronoun, int32_t candidate) {
    const token *p = head_token(l, pronoun), *c = head_token(l, candidate);
    if (p->deprel == DEP_NMOD_POSS) return tree_under(l->doc, l->doc->mentions[pronoun].head, l->doc->mentions[candidate].head); /* his in "his aide" is not the aide */
    if (str_ends(p->form, "self") || str_ends(p->form, "selves")) return false;
    return p->head >= 0 && p->head == c->head && deprel_base(p->deprel) != DEP_CONJ;
}

static bool quoted(const document *doc, int32_t at) {
    for (int32_t t = doc->sentences[at].first; t < doc->sentences[at].last; t++)
        if (str_in(doc->tokens[t].form, "\" \xE2\x80\x9C \xE2\x80\x9D `` ''")) return true;
    return false;
}

static void first_person(linker *l, int32_t i) {
    /* inside "…", says X: the speaker is the subject of a verb of saying in this sentence or the one before */
    const document *doc = l->doc;
    for (int32_t s = sentence_of(l, i), back = 0; s >= 0 && back < 2; s--, back++)
        for (int32_t t = doc->sentences[s].first; t < doc->sentences[s].last; t++)
            if (says(&doc->tokens[t])) {
                int32_t subject = tree_find(doc, t, DEP_NSUBJ);
                if (subject >= 0 && doc->tokens[subject].mention >= 0 && !tree_under(doc, doc->mentions[i].head, subject) && doc->tokens[subject].mention != i &&
                    doc->mentions[doc->tokens[subject].mention].kind != MENTION_PRONOUN) {
                    int32_t m = doc->tokens[subject].mention;
                    if (m < i) join(l, i, m, 0.6f);
                    else join(l, m, i, 0.6f);
                    return;
                }
            }
}

static void pronouns(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        mention *m = &doc->mentions[i];
        if (m->kind != MENTION_PRONOUN || m->antecedent >= 0) continue;
        if (str_in(l->key[i], "i me my myself mine we us our ours ourselves you your")) {
            int32_t back = -1;
            int32_t reach = quoted(doc, sentence_of(l, i)) ? 3 : INT32_MAX; /* quotations change their speaker, a speech does not */
            static const char *const persons[] = {"i me my myself mine", "we us our ours ourselves", "you your"};
            const char *same = NULL;
            for (int x = 0; x < 3; x++)
                if (str_in(l->key[i], persons[x])) same = persons[x];
            for (int32_t j = i - 1; j >= 0 && sentence_of(l, i) - sentence_of(l, j) < reach && back < 0; j--)
                if (doc->mentions[j].kind == MENTION_PRONOUN && str_in(l->key[j], same) && str_in(l->key[j], "i me my myself mine we us our ours ourselves you your")) back = j;
            if (back >= 0) join(l, i, back, 0.6f);
            else if (l->key[i].ptr[0] != 'y') first_person(l, i);
            continue;
        }
        int32_t best = -1;
        float best_score = -1e9f, next_score = -1e9f;
        for (int32_t j = i - 1; j >= 0; j--) {
            int32_t gap = sentence_of(l, i) - sentence_of(l, j);
            if (gap > 3 || doc->sentences[sentence_of(l, i)].block != doc->sentences[sentence_of(l, j)].block) break;
            if (doc->tokens[doc->mentions[j].head].mention != j) continue;
            if (!agree(l, i, j) || clash(l, i, j)) continue;
            if (doc->mentions[j].kind == MENTION_PRONOUN && str_in(l->key[j], "i me my we us our you your")) continue;
            float score = salience(l, i, j);
            if (doc->mentions[j].kind == MENTION_PRONOUN) score += str_eq(l->key[i], l->key[j]) ? 1.2f : 0.6f;
            if (score > best_score) {
                if (best >= 0 && root(l, best) != root(l, j)) next_score = best_score;
                best_score = score, best = j;
            } else if (root(l, best) != root(l, j) && score > next_score) next_score = score;
        }
        if (best >= 0 && best_score > -1.0f) join(l, i, best, best_score - next_score > 1.0f ? 0.8f : best_score - next_score > 0.3f ? 0.65f : 0.5f);
    }
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
        int32_t r = root(l, i);
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
    same_names(&l);
    acronyms(&l);
    parts_of_names(&l);
    appositions(&l);
    offices_given(&l);
    commas(&l);
    nouns(&l);
    same_words(&l);
    pronouns(&l);
    number_chains(&l);
}
