/* who_actor: the phrase that a token heads, what its chain adds, and at last the place. */
#include "base/utf8.h"
#include "who/stage.h"

/* ---- the phrase ---- */

static bool inside_phrase(deprel d) {
    deprel base = deprel_base(d);
    return base == DEP_DET || base == DEP_AMOD || base == DEP_COMPOUND || base == DEP_NMOD || base == DEP_NUMMOD || base == DEP_FLAT || base == DEP_FIXED ||
           base == DEP_GOESWITH;
}

void phrase_range(const document *doc, int32_t head, int32_t *first, int32_t *last) {
    *first = head, *last = head + 1;
    for (int32_t c = tree_child(doc, head); c >= 0; c = tree_next(doc, c)) {
        const token *t = &doc->tokens[c];
        if (!inside_phrase(t->deprel)) continue;
        if (t->deprel == DEP_NMOD_UNMARKED) continue; /* "Monday" */
        int32_t left = t->left, right = t->right + 1;
        if (deprel_base(t->deprel) != DEP_NMOD || c < head) phrase_range(doc, c, &left, &right);
        if (t->deprel == DEP_NMOD_POSS) right = t->right + 1;
        if (left < *first) *first = left;
        if (right > *last) *last = right;
    }
}


static const entry *role_at(const knowledge *k, const document *doc, int32_t t) {
    const notes *n = doc->who_notes;
    if (t < 0 || n->at[t] < 0) return NULL;
    const entry *e = match_kind(k, doc, &n->matches[n->at[t]], ENTRY_ROLE);
    return e && e->role != ROLE_MOD && e->role != ROLE_PAST ? e : NULL;
}

/* A token that can belong to a person's name and to nothing else the lexicon knows. */
static bool name_token(const knowledge *k, const document *doc, int32_t t) {
    const notes *n = doc->who_notes;
    const token *w = &doc->tokens[t];
    if (!utf8_capital(w->form) || (w->upos != UPOS_PROPN && w->upos != UPOS_X && w->mention < 0)) return false;
    if (n->at[t] < 0) return true;
    return match_kind(k, doc, &n->matches[n->at[t]], ENTRY_PERSON) != NULL;
}

/* "spokesperson Lu Kang" is one phrase even where the tree has cut it in two. */
void phrase_extend(const knowledge *k, const document *doc, int32_t head, int32_t *first, int32_t *last) {
    const sentence *s = &doc->sentences[doc->tokens[head].sentence];
    const entry *role = role_at(k, doc, head);
    int32_t t = head + 1;
    if (role && *last == t && t < s->last && name_token(k, doc, t) && (doc->tokens[t].head != head || doc->tokens[t].deprel == DEP_APPOS)) {
        while (t < s->last && (name_token(k, doc, t) || (t + 1 < s->last && str_is(doc->tokens[t].form, "-") && t > head + 1))) t++;
        *last = t;
    } else if (!role && name_token(k, doc, head) && *first > s->first && *first <= head && role_at(k, doc, *first - 1) && doc->tokens[*first - 1].upos != UPOS_VERB &&
               (name_token(k, doc, *first) || *first == head)) {
        int32_t left, right, before = *first - 1;
        phrase_range(doc, before, &left, &right);
        if (right <= *first + 1 && left < *first) *first = left;
    }
}

/* The words of the phrase that the token heads; all of a name's, where the tree has torn it. */
static void phrase_words(const who_stage *stage, const document *doc, int32_t head, int32_t *first, int32_t *last) {
    phrase_range(doc, head, first, last);
    phrase_extend(&stage->knowledge, doc, head, first, last);
    int32_t m = doc->tokens[head].mention;
    if (m < 0 || doc->mentions[m].kind != MENTION_NAME || doc->mentions[m].type != ENTITY_PERSON || doc->mentions[m].head != head) return;
    if (doc->mentions[m].first < *first) *first = doc->mentions[m].first;
    if (doc->mentions[m].last > *last) *last = doc->mentions[m].last;
}

/* ---- out ---- */

static str role_words(arena *home, const described *d) {
    str role = d->role_text;
    if (d->term && (str_empty(role) || d->by_holder || str_is(role, "leader"))) role = d->term->role;
    if (d->past && d->term && !str_empty(role) && str_empty(d->role_text)) role = arena_format(home, "former %.*s", STR_ARG(role));
    else if (d->past && !str_empty(d->role_text)) role = arena_format(home, "former %.*s", STR_ARG(d->role_text));
    if (!str_empty(role) && !str_empty(d->organization_text)) role = arena_format(home, "%.*s, %.*s", STR_ARG(role), STR_ARG(d->organization_text));
    return role;
}

void actor_fill(arena *home, const described *d, bool lump, actor *out) {
    str state = d->country;
    out->country = lump && str_in(state, "UNO EUR") ? STR("IGO") : state;
    out->sector_count = 0;
    for (int i = 0; i < d->sectors.count; i++) out->sector[out->sector_count++] = d->sectors.code[i];
    out->code = described_code(home, state, &d->sectors);
    out->name = d->name;
    out->role = role_words(home, d);
    out->id = d->person ? d->person->id : d->organization && !d->role ? d->organization->id : d->place && !d->role && !d->sectors.count ? d->place->id : STR("");
    float c = d->person ? (d->by_holder ? 0.8f : 0.92f) : d->organization ? 0.9f : !str_empty(state) ? d->sure : d->named ? 0.5f : 0.4f;
    if (d->term && d->term->sure < 0.7f) c *= 0.8f;
    out->confidence = c > 0 ? c : 0.4f;
}

static void span_of(const document *doc, const notes *n, int32_t head, int32_t first, int32_t last, actor *out) {
    enum { LONGEST = 80 };
    const token *t = doc->tokens;
    while (first < head && t[first].upos == UPOS_PUNCT) first++;
    while (last - 1 > head && (t[last - 1].upos == UPOS_PUNCT || t[last - 1].upos == UPOS_ADP)) last--;
    if (t[last - 1].end - t[first].start > LONGEST) { /* the core alone, then the head's own match */
        for (int32_t i = head + 1; i < last; i++)
            if (t[i].upos == UPOS_ADP || t[i].upos == UPOS_PUNCT) {
                last = i;
                break;
            }
    }
    if (t[last - 1].end - t[first].start > LONGEST) {
        int32_t m = n->at[head];
        first = m >= 0 ? n->matches[m].first : head;
        last = m >= 0 ? n->matches[m].last : head + 1;
        if (t[last - 1].end - t[first].start > LONGEST) first = head, last = head + 1;
    }
    out->start = t[first].start, out->end = t[last - 1].end;
    out->text = document_span(doc, doc->sentences[t[head].sentence].block, out->start, out->end);
}

/* ---- chain and place ---- */

static void describe_mention(const who_stage *stage, document *doc, int32_t head, day date, described *d) {
    int32_t first, last;
    phrase_words(stage, doc, head, &first, &last);
    phrase_describe(&stage->knowledge, doc, doc->who_notes, first, last, head, date, d);
}

/* Appositions of the head, and the head of which it is one. */
static void merge_appositions(const who_stage *stage, document *doc, int32_t head, day date, described *d) {
    described more;
    for (int32_t c = tree_child(doc, head); c >= 0; c = tree_next(doc, c))
        if (doc->tokens[c].deprel == DEP_APPOS) {
            describe_mention(stage, doc, c, date, &more);
            described_merge(d, &more);
        } else if (deprel_base(doc->tokens[c].deprel) == DEP_NMOD && c > head && d->role) { /* "the prime minister of Iceland, Sigmundur …" */
            int32_t name = tree_find(doc, c, DEP_APPOS);
            if (name >= 0 && name_token(&stage->knowledge, doc, name)) {
                describe_mention(stage, doc, name, date, &more);
                described_merge(d, &more);
            }
        }
    int32_t beside = doc->tokens[head].deprel == DEP_APPOS ? doc->tokens[head].head : -1, m = beside < 0 ? -1 : doc->tokens[beside].mention;
    if (m >= 0 && (doc->mentions[m].type == ENTITY_COUNTRY || doc->mentions[m].type == ENTITY_CITY || doc->mentions[m].type == ENTITY_PLACE || doc->mentions[m].type == ENTITY_REGION) &&
        name_token(&stage->knowledge, doc, head) && deprel_base(doc->tokens[beside].deprel) == DEP_NMOD)
        beside = doc->tokens[beside].head; /* "the envoy for Syria, Viktor Lagutin", hung on Syria: he is the envoy */
    if (beside >= 0) {
        describe_mention(stage, doc, beside, date, &more);
        described_merge(d, &more);
    }
}

/* Leaders whom the lists know by surname only ("Castro") are no surer than a surname. */
static bool one_word(str name) { return str_find(name, STR(" ")) < 0; }

static void merge_chain(const who_stage *stage, document *doc, int32_t at, day date, described *d, actor *out) {
    int32_t m = doc->tokens[at].mention;
    out->mention = m;
    if (m < 0 || doc->mentions[m].chain < 0) return;
    const chain *c = &doc->chains[doc->mentions[m].chain];
    if (c->best >= 0 && c->best != m && doc->mentions[c->best].kind == MENTION_NAME) out->corefers = c->best;
    int seen = 0;
    const mention *best = &doc->mentions[c->best];
    if (c->best != m && best->kind == MENTION_NAME && (!d->person || d->by_surname || d->by_holder || one_word(d->person->name)) && (d->named || doc->mentions[m].kind != MENTION_NAME)) {
        described own = *d; /* the fullest name decides who it is; the words here may add a role */
        described full;
        describe_mention(stage, doc, best->head, date, &full);
        merge_appositions(stage, doc, best->head, date, &full);
        if (full.named || full.person || full.organization) {
            *d = full;
            if (!d->person) d->name = c->name;
            described_merge(d, &own);
            if (!str_empty(own.role_text)) d->role_text = own.role_text, d->organization_text = own.organization_text;
        }
    }
    if (c->count < 2) return;
    for (int pass = 0; pass < 2; pass++) { /* names first, then what else is said of them */
        int met = 0;
        for (size_t i = (size_t)c->first; i < doc->mention_count && seen < 12 && met < c->count; i++) {
            const mention *x = &doc->mentions[i];
            met += x->chain == doc->mentions[m].chain;
            if (x->chain != doc->mentions[m].chain || (int32_t)i == m || x->kind == MENTION_PRONOUN || (x->kind == MENTION_NAME) != (pass == 0)) continue;
            if (d->person && !d->by_holder && !str_empty(d->country) && d->sectors.count) return;
            described more;
            describe_mention(stage, doc, x->head, date, &more);
            merge_appositions(stage, doc, x->head, date, &more);
            described_merge(d, &more);
            seen++;
        }
    }
}

/* "His Polish counterpart" holds the office of whoever he is, in Poland. */
static void find_counterpart(const who_stage *stage, document *doc, int32_t at, day date, described *d) {
    if (!d->role || !str_is(d->role->name, "counterpart") || d->person) return;
    int32_t whose = tree_find(doc, at, DEP_NMOD_POSS), verb = doc->tokens[at].head;
    described of = {0};
    actor ignored;
    int32_t subject = verb >= 0 ? tree_find_base(doc, verb, DEP_NSUBJ) : -1;
    bool pronoun = whose < 0 || doc->tokens[whose].upos == UPOS_PRON;
    int32_t source = pronoun && subject >= 0 ? subject : whose;
    if (source < 0 || source == at) return;
    describe_mention(stage, doc, source, date, &of);
    merge_appositions(stage, doc, source, date, &of);
    merge_chain(stage, doc, source, date, &of, &ignored);
    str office = of.role && !str_empty(of.role->office) ? of.role->office : of.term ? of.term->office : STR("");
    if (of.sectors.count) d->sectors = of.sectors;
    if (str_empty(office)) return;
    d->role_text = of.term && of.term->role.len && !of.role ? of.term->role : of.role_text;
    const fact *holder = str_empty(d->country) ? NULL : knowledge_holder(&stage->knowledge, d->country, STR(""), office, date);
    if (!holder) return;
    d->person = &stage->knowledge.entries[holder->person];
    d->by_holder = true, d->term = holder, d->name = d->person->name, d->sectors = holder->sectors;
}

/* "Lagutin's two predecessors, Morozov and Belov": of the state, and in the service, of whoever they went before or came after. */
static void country_of_predecessor(const who_stage *stage, document *doc, int32_t at, day date, described *d) {
    int32_t noun = at, whose = -1;
    for (int step = 0; step < 3 && noun >= 0 && !str_in(doc->tokens[noun].lemma, "predecessor successor colleague"); step++) {
        deprel b = deprel_base(doc->tokens[noun].deprel);
        noun = b == DEP_APPOS || b == DEP_CONJ || b == DEP_FLAT ? doc->tokens[noun].head : -1;
    }
    for (int32_t c = tree_child(doc, at); noun < 0 && c >= 0; c = tree_next(doc, c)) /* "Lagutin's predecessor Sergei Morozov" */
        if (str_in(doc->tokens[c].lemma, "predecessor successor colleague") && doc->tokens[c].upos == UPOS_NOUN) noun = c;
    if (noun < 0) return;
    whose = tree_find(doc, noun, DEP_NMOD_POSS);
    if (whose < 0) whose = tree_find(doc, at, DEP_NMOD_POSS);
    if (whose < 0 || whose == at) return;
    described of = {0};
    actor ignored;
    describe_mention(stage, doc, whose, date, &of);
    merge_appositions(stage, doc, whose, date, &of);
    merge_chain(stage, doc, whose, date, &of, &ignored);
    if (of.country.len != 3) return;
    d->country = of.country, d->sure = 0.7f;
    if (!d->sectors.count) d->sectors = of.sectors;
    if (!d->role_text.len) d->role_text = of.term && of.term->role.len && !of.role ? of.term->role : of.role_text;
}

/* "Its soldiers", "two of his ministers": of the state of whoever owns them. */
static void country_by_owner(const who_stage *stage, document *doc, int32_t at, day date, described *d) {
    int32_t whose = tree_find(doc, at, DEP_NMOD_POSS), m = doc->tokens[at].mention;
    for (int32_t c = tree_child(doc, at); whose < 0 && c >= 0; c = tree_next(doc, c))
        if (doc->tokens[c].deprel == DEP_NMOD && (doc->tokens[at].upos == UPOS_NUM || doc->tokens[at].upos == UPOS_DET || doc->tokens[at].upos == UPOS_ADJ || doc->tokens[at].upos == UPOS_PRON))
            whose = tree_find(doc, c, DEP_NMOD_POSS);
    bool people = d->sectors.count || d->role || (m >= 0 && (doc->mentions[m].type == ENTITY_PERSON || doc->mentions[m].type == ENTITY_PEOPLE));
    if (d->role && str_in(d->role->name, "counterpart enemy opponent rival neighbour neighbor ally")) return; /* somebody else's by what it means */
    if (whose < 0 || doc->tokens[whose].upos != UPOS_PRON || doc->tokens[whose].mention < 0 || !people || d->person || d->named) return;
    described of = {0};
    actor ignored;
    describe_mention(stage, doc, whose, date, &of);
    merge_chain(stage, doc, whose, date, &of, &ignored);
    if (of.country.len != 3) return;
    d->country = of.country, d->sure = 0.6f;
}

/* "The Sudanese town of Heglig", of which no gazetteer knows: in the land of the town. */
static void country_of_town(const who_stage *stage, document *doc, int32_t at, described *d) {
    int32_t town = doc->tokens[at].head, first, last;
    if (doc->tokens[at].upos != UPOS_PROPN || deprel_base(doc->tokens[at].deprel) != DEP_NMOD || town < 0 || !str_is(tree_case(doc, at), "of")) return;
    if (!str_in(doc->tokens[town].lemma, "town city village port province region district island capital hamlet settlement suburb")) return;
    described of;
    phrase_words(stage, doc, town, &first, &last);
    phrase_describe(&stage->knowledge, doc, doc->who_notes, first, last, town, DAY_NONE, &of);
    if (of.country.len == 3) d->country = of.country, d->sure = 0.7f;
}

/* "DPRK Ambassador": an office is not named by its state. */
static bool name_of_state(const who_stage *stage, str name) {
    char key[LONGEST_NAME];
    uint32_t length = name.len && name.len < LONGEST_NAME ? name_fold(name, key) : 0;
    return length && knowledge_find_kind(&stage->knowledge, (str){key, length}, ENTRY_COUNTRY) >= 0;
}

bool who_actor(const who_stage *stage, document *doc, int32_t at, day date, actor *out) {
    const token *t = &doc->tokens[at];
    int32_t first, last;
    *out = (actor){.start = t->start, .end = t->end, .text = t->form, .mention = -1, .corefers = -1, .head = at};
    if (!doc->who_notes) return false;
    if (date == DAY_NONE) date = doc->published.date;
    phrase_words(stage, doc, at, &first, &last);
    described d;
    phrase_describe(&stage->knowledge, doc, doc->who_notes, first, last, at, date, &d);
    merge_appositions(stage, doc, at, date, &d);
    merge_chain(stage, doc, at, date, &d, out);
    find_counterpart(stage, doc, at, date, &d);
    if (str_empty(d.country)) country_of_predecessor(stage, doc, at, date, &d);
    if (str_empty(d.country)) country_by_owner(stage, doc, at, date, &d);
    bool person = t->mention >= 0 && (doc->mentions[t->mention].type == ENTITY_PERSON || (doc->mentions[t->mention].chain >= 0 && doc->chains[doc->mentions[t->mention].chain].type == ENTITY_PERSON));
    if (str_empty(d.country) && t->place >= 0 && !d.role && !person && !str_empty(doc->places[t->place].country)) d.country = doc->places[t->place].country, d.sure = 0.65f; /* a place that only the gazetteer knows */
    if (str_empty(d.country) && !person && !d.role) country_of_town(stage, doc, at, &d);
    setting_country(stage, doc, at, &d);
    span_of(doc, doc->who_notes, at, first, last, out);
    actor_fill(&doc->home, &d, true, out);
    if (out->mention >= 0) {
        const mention *m = &doc->mentions[out->mention];
        if (m->antecedent >= 0 && m->link_confidence > 0 && (m->kind == MENTION_PRONOUN || str_empty(d.name))) out->confidence *= m->link_confidence;
        if (str_empty(out->name) && m->chain >= 0 && doc->chains[m->chain].best >= 0 && doc->mentions[doc->chains[m->chain].best].kind == MENTION_NAME) out->name = doc->chains[m->chain].name;
        if (d.person && one_word(d.person->name) && m->chain >= 0 && doc->mentions[doc->chains[m->chain].best].kind == MENTION_NAME && !one_word(doc->chains[m->chain].name))
            out->name = doc->chains[m->chain].name; /* the document knows more of the name than the lists */
        if (str_empty(out->name) && m->kind == MENTION_NAME) out->name = document_span(doc, doc->sentences[t->sentence].block, m->start, m->end);
    }
    if (d.role && d.role->type == ENTITY_PERSON && str_empty(d.name) && name_of_state(stage, out->name)) out->name = STR("");
    if (str_empty(out->id) && !str_empty(out->name)) out->id = name_id(&doc->home, out->name);
    return !str_empty(out->country) || out->sector_count || !str_empty(out->name);
}

/* ---- plurals ---- */

int who_parts(const document *doc, int32_t at) {
    int32_t m = doc->tokens[at].mention;
    int count = 0;
    while (m >= 0 && count < 4 && doc->mentions[m].parts[count] >= 0) count++;
    return count;
}

bool who_part(const who_stage *stage, document *doc, int32_t at, int which, day date, actor *out) {
    const mention *m = &doc->mentions[doc->tokens[at].mention];
    const chain *c = &doc->chains[m->parts[which]];
    actor words;
    who_actor(stage, doc, at, date, &words);
    bool known = who_actor(stage, doc, doc->mentions[c->best].head, date, out);
    out->start = words.start, out->end = words.end, out->text = words.text;
    out->mention = words.mention, out->head = at, out->corefers = c->best, out->part = which + 1;
    out->confidence *= 0.75f;
    return known;
}

str who_code(document *doc, str country, const str *sector, int count) {
    sectors s = {0};
    for (int i = 0; i < count; i++) sectors_add(&s, sector[i]);
    return described_code(&doc->home, country, &s);
}

str name_id(arena *home, str name) {
    char folded[LONGEST_NAME];
    uint32_t n = name_fold(name, folded);
    for (uint32_t i = 0; i < n; i++)
        if (folded[i] == ' ') folded[i] = '-';
    return n ? arena_format(home, "name:%.*s", (int)n, folded) : STR("");
}
