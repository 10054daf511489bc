/* Sieve 5b of coreference: nouns that take up a name without a word in common: "the kingdom", "the rebels", "the Ukrainian leader", "the carmaker", "the Nobel laureate". */
#include "who/linker.h"

enum { BACK = 3 /* sentences */ };

/* The noun's last word in small letters, singular: "Nobel laureate", "Islamists". */
static str bare(const linker *l, int32_t i, char to[LONGEST_NAME]) {
    str w = {to, name_fold(l->key[i], to)};
    for (uint32_t at = w.len; at > 0; at--)
        if (w.ptr[at - 1] == ' ') {
            w = str_sub(w, at, w.len);
            break;
        }
    return l->number[i] == 2 && str_ends(w, "s") ? str_sub(w, 0, w.len - 1) : w;
}

/* ---- states ---- */

static const char kingdoms[] = "SAU JOR MAR BHR THA KHM BTN LSO SWZ TON GBR NLD BEL ESP NOR SWE DNK";
static const char islands[] = "CUB TWN LKA CYP MLT ISL JPN MDG JAM HTI SGP BHR BHS BRB FJI PHL IDN MDV MUS SYC COM CPV STP NZL IRL TLS PNG SLB VUT WSM TON KIR TUV NRU PLW FSM MHL DMA GRD LCA VCT KNA ATG TTO DOM";
static const char soviet[] = "UKR BLR MDA LTU LVA EST GEO ARM AZE KAZ UZB KGZ TJK TKM";

static bool state_noun(str w) { return str_in(w, "country nation state republic kingdom monarchy emirate sultanate island archipelago"); }

static bool state_is(str noun, str state) {
    if (str_in(noun, "kingdom monarchy")) return str_in(state, kingdoms);
    if (str_is(noun, "emirate")) return str_in(state, "ARE QAT KWT");
    if (str_is(noun, "sultanate")) return str_in(state, "OMN BRN");
    if (str_in(noun, "island archipelago")) return str_in(state, islands);
    return !str_is(noun, "republic") || !str_in(state, kingdoms);
}

/* Does a word that hangs on the noun speak against the state? "The former Soviet republic" is no kingdom, "the European nation" any. */
static bool modifiers_allow(const linker *l, int32_t noun, str state) {
    const document *doc = l->doc;
    bool ok = true;
    for (int32_t c = tree_child(doc, doc->mentions[noun].head); c >= 0; c = tree_next(doc, c)) {
        if (str_is(doc->tokens[c].form, "Soviet")) ok &= str_in(state, soviet);
        if (str_is(doc->tokens[c].form, "Yugoslav")) ok &= str_in(state, "SRB HRV SVN BIH MNE MKD XKX");
        if (deprel_base(doc->tokens[c].deprel) == DEP_NMOD_POSS) ok = false;
    }
    return ok;
}

/* ---- fighters ---- */

static const char fighters[] = "rebel militant insurgent guerrilla fighter jihadist jihadi islamist extremist separatist paramilitary gunman terrorist";

static bool armed(const linker *l, int32_t name) {
    const entry *e = l->entry[name];
    return e && e->kind == ENTRY_ORG && (sectors_has(&e->sectors, "REB") || sectors_has(&e->sectors, "PRM") || sectors_has(&e->sectors, "UAF"));
}

/* ---- persons ---- */

/* Of anybody in public life, whatever the office. */
static bool public_person(str w) {
    return str_in(w, "leader politician strongman veteran laureate autocrat dictator populist nationalist conservative liberal leftist socialist reformist hardliner statesman official "
                     "incumbent billionaire tycoon icon firebrand moderate technocrat diplomat elect");
}

/* A term of any time whose role holds the word ("the former prime minister", now leader of the opposition) or whose sector is the noun's ("the general"). */
static bool held(const linker *l, const described *person, str word, const sectors *of_noun) {
    static const char *const alike[] = {"monarch ruler king queen emir sultan emperor", "premier prime", "diplomat envoy ambassador", "ruler president leader"};
    for (int32_t i = person->person ? person->person->first_fact : -1; i >= 0; i = l->k->facts[i].next) {
        const fact *f = &l->k->facts[i];
        if (str_find(f->role, word) >= 0) return true;
        str rest = f->role, part;
        while (str_split(&rest, ' ', &part))
            for (int a = 0; a < 4; a++)
                if (str_in(word, alike[a]) && str_in(part, alike[a])) return true;
        for (int n = 0; n < of_noun->count; n++)
            for (int s = 0; s < f->sectors.count; s++)
                if (str_eq(of_noun->code[n], f->sectors.code[s]) && str_in(of_noun->code[n], "MIL REL JUD SPY LEG")) return true;
    }
    return false;
}

/* "The former general": whatever he was before he was known. */
static bool former(const linker *l, int32_t i) {
    for (int32_t c = tree_child(l->doc, l->doc->mentions[i].head); c >= 0; c = tree_next(l->doc, c))
        if (str_in(l->doc->tokens[c].lemma, "former retired ex onetime one-time erstwhile")) return true;
    return false;
}

/* Persons whom a text brings in by a noun with "the", though nobody told of them before. */
static const char newcomers[] = "gunman attacker assailant suspect killer assassin bomber victim judge prosecutor policeman policewoman officer soldier guard driver reporter witness shooter court jury boy girl man woman child";

/* 0 no; 1 by the kind of work; 2 by a word of the person's offices, by the state told, or as anybody in public life. */
static int person_is(linker *l, int32_t noun, int32_t name) {
    const described *n = link_about(l, noun), *p = link_about(l, name);
    char word[LONGEST_NAME];
    str w = bare(l, noun, word);
    if (!str_empty(n->country) && country_is_state(n->country) && n->sure > 0.7f && !str_empty(p->country) && !str_eq(n->country, p->country)) return 0;
    if (l->gender[noun] && l->gender[name] && l->gender[noun] != l->gender[name]) return 0;
    if (held(l, p, w, &n->sectors)) return 2;
    if (public_person(w)) return str_empty(n->country) ? 1 : 2;
    bool unknown = !p->person && !p->role && !str_in(w, newcomers) && l->doc->mentions[name].last - l->doc->mentions[name].first > 1;
    if (sectors_has(&n->sectors, "CVL") && !str_in(w, newcomers) && p->sectors.count && !str_in(p->sectors.code[0], "GOV MIL")) return 1; /* "the tennis star" */
    if (unknown || (former(l, noun) && !str_in(w, newcomers))) return 1;
    for (int i = 0; i < n->sectors.count; i++) {
        char code[4] = "";
        memcpy(code, n->sectors.code[i].ptr, n->sectors.code[i].len < 3 ? n->sectors.code[i].len : 3);
        if (!str_in(n->sectors.code[i], "CVL UAF CRM") && sectors_has(&p->sectors, code)) return 1;
    }
    return 0;
}

/* ---- bodies ---- */

static const char makers[] = "carmaker automaker airline retailer lender chipmaker drugmaker planemaker shipbuilder manufacturer conglomerate giant start-up startup operator carrier miner producer utility insurer";

static bool body_is(const linker *l, int32_t noun, int32_t name) {
    const mention *m = &l->doc->mentions[name];
    const entry *e = l->entry[name];
    char last[LONGEST_NAME];
    str w = bare(l, noun, last);
    if (m->type == ENTITY_PERSON || m->type == ENTITY_COUNTRY || m->type == ENTITY_CITY) return false;
    if (str_in(w, makers)) return m->type == ENTITY_ORGANIZATION && (!e || sectors_has(&e->sectors, "BUS") || !e->sectors.count);
    if (str_in(w, "group organization organisation watchdog charity union")) return m->type == ENTITY_ORGANIZATION || m->type == ENTITY_GROUP;
    bool states = e && str_in(e->country, "IGO UNO EUR");
    if (str_in(w, "bloc alliance") && states) return true;
    if (str_is(w, "agency") && e && e->kind == ENTRY_ORG) return str_in(e->country, "UNO IGO") || sectors_has(&e->sectors, "GOV");
    if (str_is(w, "body") && (states || (e && (sectors_has(&e->sectors, "GOV") || sectors_has(&e->sectors, "LEG"))))) return true;
    if (str_is(w, "movement")) return m->type == ENTITY_GROUP || m->type == ENTITY_PARTY;
    if (str_is(w, "force")) return e && e->kind == ENTRY_ORG && (armed(l, name) || sectors_has(&e->sectors, "MIL"));
    if (str_is(w, "executive")) return e && str_is(e->name, "European Commission");
    if (!e || w.len < 4) return false;
    char folded[LONGEST_NAME]; /* "the fund" and the IMF */
    str rest = {folded, name_fold(e->name, folded)}, word;
    while (str_split(&rest, ' ', &word))
        if (str_eq(word, w)) return true;
    return false;
}

/* ---- the search ---- */

typedef enum epithet { EPITHET_NONE, EPITHET_STATE, EPITHET_FIGHTERS, EPITHET_PERSON, EPITHET_BODY } epithet;

static epithet kind_of(linker *l, int32_t i) {
    const mention *m = &l->doc->mentions[i];
    char word[LONGEST_NAME];
    if (l->number[i] == 2) return str_in(bare(l, i, word), fighters) ? EPITHET_FIGHTERS : EPITHET_NONE;
    if (str_in(bare(l, i, word), makers) || str_in(bare(l, i, word), "watchdog group agency executive force bloc alliance body movement fund organization organisation union charity")) return EPITHET_BODY;
    if (state_noun(l->key[i])) return EPITHET_STATE;
    if (m->type == ENTITY_PERSON || public_person(bare(l, i, word))) return role_tied(link_about(l, i)->role) ? EPITHET_NONE : EPITHET_PERSON;
    return EPITHET_BODY;
}

/* How well: 0 not at all. */
static int means(linker *l, epithet kind, int32_t i, int32_t j) {
    const mention *m = &l->doc->mentions[j];
    str state = l->entry[j] ? l->entry[j]->country : STR("");
    switch (kind) {
    case EPITHET_STATE: return m->type == ENTITY_COUNTRY && state_is(l->key[i], state) && modifiers_allow(l, i, state);
    case EPITHET_FIGHTERS: return armed(l, j);
    case EPITHET_PERSON: return m->type == ENTITY_PERSON && l->number[j] != 2 ? person_is(l, i, j) : 0;
    case EPITHET_BODY: return body_is(l, i, j);
    default: return 0;
    }
}

/* The one that fits; of two, the subject of the nearer sentence; of two persons, none: "the leader" may be either. */
static int32_t choose(linker *l, epithet kind, int32_t i) {
    int32_t best = -1, best_score = -100;
    int best_fit = 0;
    bool torn = false;
    for (int32_t j = i - 1; j >= 0 && link_sentence(l, i) - link_sentence(l, j) <= BACK; j--) {
        int fit = link_name(l, j) && link_sentence(l, i) != link_sentence(l, j) ? means(l, kind, i, j) : 0;
        if (!fit || fit < best_fit) continue;
        if (l->doc->sentences[link_sentence(l, i)].block != l->doc->sentences[link_sentence(l, j)].block) break;
        int32_t score = 2 * (link_sentence(l, j) - link_sentence(l, i)) + (deprel_base(link_head(l, j)->deprel) == DEP_NSUBJ || deprel_base(link_head(l, j)->deprel) == DEP_ROOT ? 3 : 0);
        torn = fit == best_fit && (torn || (kind == EPITHET_PERSON && link_root(l, j) != link_root(l, best)));
        if (fit > best_fit || score > best_score) best = j, best_score = score, best_fit = fit;
    }
    return torn ? -1 : best;
}

void sieve_epithets(linker *l) {
    document *doc = l->doc;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) {
        const mention *m = &doc->mentions[i];
        int32_t det = tree_find(doc, m->head, DEP_DET);
        if (m->kind != MENTION_NOMINAL || m->antecedent >= 0 || det < 0 || !str_in(doc->tokens[det].lemma, "the this that")) continue;
        if (link_head(l, i)->deprel == DEP_APPOS || tree_find(doc, m->head, DEP_COP) >= 0 || tree_find(doc, m->head, DEP_ACL_RELCL) >= 0) continue;
        epithet kind = kind_of(l, i);
        if (kind == EPITHET_PERSON && (link_about(l, i)->named || tree_find(doc, m->head, DEP_APPOS) >= 0 || tree_find(doc, m->head, DEP_FLAT) >= 0)) continue;
        int32_t found = kind == EPITHET_NONE ? -1 : choose(l, kind, i);
        if (found >= 0) link_join(l, i, found, 0.6f);
    }
}
