/* What speaks for and against a statement. The order of features is frozen with the model: a change asks for `rapporteur train confidence`. */
#include <math.h>

#include "statement/trust.h"

enum { MOST_VECTOR = 128 };

typedef struct list {
    float *x;
    int count;
} list;

/* Names in the order in which they are added; filled by the first call of add for each number, the same in every call. */
static const char *const names[] = {
    "always", "weight", "frame", "ranker", "no ranker",
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
    "MOBILIZE", "COERCE", "ASSAULT", "appearance", "travel", "has mode",
    "both sides", "only a source", "only a target", "others", "symmetric", "implied event", "intention", "implied target",
    "source country", "target country", "both countries", "two countries",
    "source is official", "source is armed", "source is party", "source is civil", "source is business", "source is press", "source has no code",
    "target is official", "target is armed", "target is party", "target is civil", "target is business", "target is press", "target has no code",
    "source is pronoun", "source is I or you", "source is name", "source confidence", "source resolved elsewhere", "source id known",
    "target is pronoun", "target is I or you", "target is name", "target confidence", "target resolved elsewhere", "target id known",
    "trigger verb", "trigger adjective", "trigger main", "trigger modifies", "trigger complement", "trigger adverbial", "past", "present", "infinitive",
    "participle", "passive", "modal", "trigger arc", "source arc", "target arc", "sentence arcs", "source far", "target far",
    "CT+", "Uu", "probable", "not",
    "headline", "caption", "length", "very long", "no finite verb", "separators", "first person", "second person", "question", "capitals", "late in text",
    "voice", "two voices", "direct speech", "background", "dated",
    "sentence countries", "sentence two countries", "sentence organisations", "sentence persons",
    "sentence public affairs", "sentence trade and play", "document public affairs", "document trade and play", "document countries",
    "document persons", "document first person", "trigger public affairs", "trigger trade and play",
    "both sides public", "no side public", "no side public in cooperation", "no side public in words of conflict", "both public in cooperation", "not, in cooperation",
    "not, in deeds of conflict", "assault on nobody", "source unknown, target too", "only an unknown target", "open cooperation", "open conflict"};
enum { NAMES = sizeof names / sizeof *names };

const char *trust_name(int feature) { return feature < NAMES ? names[feature] : feature < NAMES + TOPIC ? "topic" : NULL; }
bool trust_is_topic(int feature) { return feature >= NAMES && feature < NAMES + TOPIC; }

static void add(list *l, float value) { l->x[l->count++] = value; }
static void flag(list *l, bool value) { add(l, value ? 1 : 0); }

/* ---- what words are about ---- */

typedef struct theme {
    float sum[MOST_VECTOR];
    int width, count;
} theme;

static void theme_add(const rap_engine *engine, theme *t, str form) {
    float scale;
    int width;
    const int8_t *v = syntax_word_vector(engine->syntax, form, &scale, &width);
    if (!v) return;
    t->width = width < MOST_VECTOR ? width : MOST_VECTOR;
    for (int i = 0; i < t->width; i++) t->sum[i] += scale * (float)v[i];
    t->count++;
}

static float cosine(const theme *a, const theme *b) {
    float ab = 0, aa = 1e-6f, bb = 1e-6f;
    for (int i = 0; i < a->width && i < b->width; i++) ab += a->sum[i] * b->sum[i], aa += a->sum[i] * a->sum[i], bb += b->sum[i] * b->sum[i];
    return ab / sqrtf(aa * bb);
}

/* Two poles; words of our own choosing. */
static const char PUBLIC[] = "government president minister parliament troops army rebels sanctions treaty embassy ambassador ceasefire protest police "
                             "election opposition security foreign border military peace war attack talks summit court arrested refugees";
static const char PLAY[] = "movie film actor album song fans game player team coach season shares investors customers product software phone device "
                           "recipe store car patients diet brand app website prices users studio wedding hotel restaurant";

static void theme_of_list(const rap_engine *engine, const char *words, theme *out) {
    *out = (theme){0};
    for (const char *p = words; *p;) {
        const char *end = p;
        while (*end && *end != ' ') end++;
        theme_add(engine, out, (str){p, (uint32_t)(end - p)});
        p = *end ? end + 1 : end;
    }
}

static void likeness(const rap_engine *engine, const theme *t, float *public_affairs, float *play) {
    theme pole;
    theme_of_list(engine, PUBLIC, &pole);
    *public_affairs = t->count ? cosine(t, &pole) : 0;
    theme_of_list(engine, PLAY, &pole);
    *play = t->count ? cosine(t, &pole) : 0;
}

static bool is_place_of_state(entity_type t) { return t == ENTITY_COUNTRY || t == ENTITY_CITY || t == ENTITY_REGION || t == ENTITY_PLACE || t == ENTITY_PEOPLE; }

void trust_look(const rap_engine *engine, const document *doc, trust_view *out) {
    theme t = {0};
    float sentences = doc->sentence_count ? (float)doc->sentence_count : 1, first = 0;
    *out = (trust_view){0};
    for (size_t i = 0; i < doc->token_count; i++) {
        const token *w = &doc->tokens[i];
        if (w->upos == UPOS_NOUN || w->upos == UPOS_VERB) theme_add(engine, &t, w->lemma);
        first += str_is(w->form, "I");
    }
    for (size_t i = 0; i < doc->mention_count; i++) {
        const mention *m = &doc->mentions[i];
        if (m->kind != MENTION_NAME) continue;
        out->countries += is_place_of_state(m->type);
        out->persons += m->type == ENTITY_PERSON;
    }
    likeness(engine, &t, &out->public_affairs, &out->trade_and_play);
    for (int i = 0; i < TOPIC && i < t.width; i++) out->topic[i] = t.sum[i] / (float)t.count;
    out->countries = fminf(out->countries / sentences, 3), out->persons = fminf(out->persons / sentences, 3);
    out->first_person = fminf(first / sentences, 1);
}

/* ---- sides ---- */

static bool has_sector(const actor *a, const char *any) {
    for (int i = 0; i < a->sector_count; i++)
        if (str_in(a->sector[i], any)) return true;
    return false;
}

static void add_sectors(list *l, bool there, const actor *a) {
    flag(l, there && has_sector(a, "GOV MIL COP LEG JUD SPY"));
    flag(l, there && has_sector(a, "REB UAF CRM SEP"));
    flag(l, there && has_sector(a, "PTY OPP ELI"));
    flag(l, there && has_sector(a, "CVL SOC REF LAB EDU MED"));
    flag(l, there && has_sector(a, "BUS MNC AGR"));
    flag(l, there && has_sector(a, "JRN"));
    flag(l, there && a->code.len == 0);
}

static void add_words_of_side(const document *doc, list *l, bool there, const actor *a) {
    const token *w = there ? &doc->tokens[a->head] : NULL;
    flag(l, w && w->upos == UPOS_PRON);
    flag(l, w && w->upos == UPOS_PRON && (w->morph.person == 1 || w->morph.person == 2));
    flag(l, w && w->upos == UPOS_PROPN);
    add(l, w ? a->confidence : 0);
    flag(l, w && a->corefers >= 0 && a->corefers != a->mention);
    flag(l, w && a->id.len && !str_starts(a->id, "name:"));
}

static void add_sides(const document *doc, list *l, const statement *s, const event *ev) {
    bool a = s->has_source, b = s->has_target;
    bool ca = a && s->source.country.len, cb = b && s->target.country.len;
    flag(l, a && b), flag(l, a && !b), flag(l, b && !a), flag(l, s->other_count > 0);
    flag(l, ev && ev->symmetric), flag(l, ev && ev->implied_by >= 0), flag(l, ev && ev->intention), flag(l, b && s->target.implied);
    flag(l, ca), flag(l, cb), flag(l, ca && cb), flag(l, ca && cb && !str_eq(s->source.country, s->target.country));
    add_sectors(l, a, &s->source);
    add_sectors(l, b, &s->target);
    add_words_of_side(doc, l, a, &s->source);
    add_words_of_side(doc, l, b, &s->target);
}

/* ---- the trigger and its sentence ---- */

static float arc_of(const document *doc, int32_t t) { return t >= 0 && doc->tokens[t].confidence > 0 ? doc->tokens[t].confidence : 1; }

static float distance(const statement *s, bool there, const actor *a) {
    float d = there ? fabsf((float)(a->head - s->trigger)) : 0;
    return d > 20 ? 1 : d / 20;
}

static void add_trigger(const document *doc, list *l, const statement *s) {
    const token *t = &doc->tokens[s->trigger];
    const sentence *in = &doc->sentences[t->sentence];
    deprel d = deprel_base(t->deprel);
    bool modal = false;
    for (int32_t c = tree_child(doc, s->trigger); c >= 0; c = tree_next(doc, c))
        modal |= doc->tokens[c].deprel == DEP_AUX && str_in(doc->tokens[c].lemma, "would could may might can should must");
    flag(l, t->upos == UPOS_VERB), flag(l, t->upos == UPOS_ADJ), flag(l, t->deprel == DEP_ROOT);
    flag(l, d == DEP_AMOD || d == DEP_ACL || d == DEP_COMPOUND), flag(l, d == DEP_CCOMP || d == DEP_XCOMP), flag(l, d == DEP_ADVCL);
    flag(l, t->morph.verbform == 1 && t->morph.tense == 1), flag(l, t->morph.verbform == 1 && t->morph.tense == 2), flag(l, t->morph.verbform == 2);
    flag(l, t->morph.verbform >= 3), flag(l, t->morph.voice), flag(l, modal);
    add(l, arc_of(doc, s->trigger)), add(l, arc_of(doc, s->has_source ? s->source.head : -1)), add(l, arc_of(doc, s->has_target ? s->target.head : -1));
    float arcs = 0;
    for (int32_t k = in->first; k < in->last; k++) arcs += arc_of(doc, k);
    add(l, in->last > in->first ? arcs / (float)(in->last - in->first) : 1);
    add(l, distance(s, s->has_source, &s->source)), add(l, distance(s, s->has_target, &s->target));
    flag(l, s->factuality == FACT_CT_PLUS), flag(l, s->factuality == FACT_UU);
    flag(l, s->factuality == FACT_PR_PLUS || s->factuality == FACT_PS_PLUS), flag(l, s->factuality >= FACT_CT_MINUS);
}

static void add_sentence(const document *doc, list *l, const statement *s) {
    const sentence *in = &doc->sentences[doc->tokens[s->trigger].sentence];
    int words = 0, finite = 0, separators = 0, first = 0, second = 0, asks = 0, capitals = 0;
    for (int32_t k = in->first; k < in->last; k++) {
        const token *w = &doc->tokens[k];
        char c = w->form.len ? w->form.ptr[0] : ' ';
        words += w->upos != UPOS_PUNCT;
        finite += w->morph.verbform == 1;
        separators += str_in(w->form, "| / • … ... > * # ·");
        first += w->upos == UPOS_PRON && w->morph.person == 1, second += w->upos == UPOS_PRON && w->morph.person == 2;
        asks += c == '?';
        capitals += c >= 'A' && c <= 'Z';
    }
    int32_t of = s->sentence, all = (int32_t)doc->sentence_count;
    flag(l, in->headline), flag(l, doc->blocks[in->block].kind == BLOCK_CAPTION);
    add(l, fminf((float)words / 40, 1.5f)), flag(l, words > 60), flag(l, finite == 0), add(l, fminf((float)separators, 3));
    flag(l, first > 0), flag(l, second > 0), flag(l, asks > 0);
    add(l, words ? (float)capitals / (float)words : 0), add(l, all ? (float)of / (float)all : 0);
}

static void add_voices(const document *doc, list *l, const statement *s) {
    bool direct = false;
    for (int i = 0; i < s->voice_count; i++) direct |= str_is(doc->quotations[s->voices[i].quotation].quote, "direct");
    flag(l, s->voice_count > 0), flag(l, s->voice_count > 1), flag(l, direct);
    flag(l, s->time.background), flag(l, s->time.basis == TIME_TEXT);
}

static void add_themes(const rap_engine *engine, const document *doc, list *l, const trust_view *view, const statement *s) {
    const sentence *in = &doc->sentences[doc->tokens[s->trigger].sentence];
    int places = 0, organizations = 0, persons = 0;
    theme t = {0};
    float a, b;
    for (int32_t k = in->first; k < in->last; k++) {
        const token *w = &doc->tokens[k];
        if (w->upos == UPOS_NOUN || w->upos == UPOS_VERB) theme_add(engine, &t, w->lemma);
        if (w->mention < 0 || doc->mentions[w->mention].kind != MENTION_NAME) continue;
        entity_type type = doc->mentions[w->mention].type;
        places += is_place_of_state(type), persons += type == ENTITY_PERSON;
        organizations += type == ENTITY_ORGANIZATION || type == ENTITY_PARTY || type == ENTITY_GROUP;
    }
    flag(l, places > 0), flag(l, places > 1), flag(l, organizations > 0), flag(l, persons > 0);
    likeness(engine, &t, &a, &b);
    add(l, a), add(l, b), add(l, view->public_affairs), add(l, view->trade_and_play), add(l, view->countries), add(l, view->persons);
    add(l, view->first_person);
    t = (theme){0};
    theme_add(engine, &t, doc->tokens[s->trigger].lemma);
    likeness(engine, &t, &a, &b);
    add(l, a), add(l, b);
}

/* What a side is for politics: nobody, unknown, private, of public life. */
enum standing { NOBODY, UNKNOWN, PRIVATE, OF_PUBLIC_LIFE };

static enum standing standing_of(bool there, const actor *a) {
    if (!there) return NOBODY;
    if (a->code.len == 0) return UNKNOWN;
    bool office = has_sector(a, "GOV MIL COP LEG JUD SPY REB UAF SEP PTY OPP ELI IGO NGO REF CRM PRM SOC LAB");
    return office || a->code.len == 3 ? OF_PUBLIC_LIFE : PRIVATE;
}

/* What only counts together: a visit of nobody public is no event, a murder is. */
static void add_standing(list *l, const statement *s) {
    enum standing a = standing_of(s->has_source, &s->source), b = standing_of(s->has_target, &s->target);
    int public = (a == OF_PUBLIC_LIFE) + (b == OF_PUBLIC_LIFE);
    plover r = s->root;
    bool cooperation = r == CONSULT || r == SUPPORT || r == AGREE || r == COOPERATE || r == AID || r == EVENT_NONE, not = s->factuality >= FACT_CT_MINUS;
    bool words = r == REQUEST || r == REJECT || r == ACCUSE || r == THREATEN, deeds = r == ASSAULT || r == COERCE || r == PROTEST || r == MOBILIZE || r == SANCTION;
    flag(l, public == 2), flag(l, public == 0), flag(l, public == 0 && cooperation), flag(l, public == 0 && words), flag(l, public == 2 && cooperation);
    flag(l, not && cooperation), flag(l, not && deeds), flag(l, r == ASSAULT && b == NOBODY), flag(l, a == UNKNOWN && b <= UNKNOWN), flag(l, a == NOBODY && b == UNKNOWN);
    flag(l, s->factuality == FACT_UU && cooperation), flag(l, s->factuality == FACT_UU && !cooperation);
}

int trust_features(const rap_engine *engine, const document *doc, const trust_view *view, const statement *s, float weight, float *x) {
    list l = {x, 0};
    const event *ev = s->event >= 0 ? &doc->events[s->event] : NULL;
    add(&l, 1), add(&l, weight), add(&l, ev ? ev->framed : 0), add(&l, ev && ev->ranked >= 0 ? ev->ranked : 0.5f), flag(&l, !ev || ev->ranked < 0);
    for (int r = AGREE; r < PLOVER_COUNT; r++) flag(&l, (int)s->root == r);
    flag(&l, str_is(s->mode, "appear")), flag(&l, str_is(s->mode, "travel")), flag(&l, s->root != EVENT_NONE && s->mode.len > 0);
    add_sides(doc, &l, s, ev);
    add_trigger(doc, &l, s);
    add_sentence(doc, &l, s);
    add_voices(doc, &l, s);
    add_themes(engine, doc, &l, view, s);
    add_standing(&l, s);
    for (int i = 0; i < TOPIC; i++) add(&l, view->topic[i]);
    return l.count;
}
