/* Finds names of places and decides which of several places of one name is meant: by what stands behind the comma ("Tripoli, Lebanon"), by the
 * countries the document speaks of, by size and rank. Georgia the state is told by words of its neighbourhood (place-regions.tsv). */
#include "where/where.h"

#include <math.h>

#include "base/utf8.h"
#include "where/stage.h"

enum { MOST_WORDS = 6, KEY_ROOM = 96, MOST_COUNTRIES = 48 };

rap_status where_open(where_stage **out, const setup *with, rap_error *e) {
    where_stage *stage = arena_new(with->home, where_stage);
    *out = stage;
    return gazetteer_open(&stage->gazetteer, with, e);
}

void where_close(where_stage *stage) { (void)stage; }

/* ---- names in the text ---- */

/* A stretch of tokens that the gazetteer knows. */
typedef struct found {
    int32_t first, last; /* tokens [first, last) */
    uint32_t spot;       /* first of its spots */
} found;

typedef struct survey {
    const gazetteer *g;
    document *doc;
    int32_t *cover;     /* innermost name mention over each token, -1 */
    found *list;
    size_t count, capacity;
    struct { str country; double weight; } spoken[MOST_COUNTRIES];
    int spoken_count;
} survey;

/* Longest known stretch that begins at token t; its end, 0 if none. */
static int32_t known_from(const survey *v, int32_t t, int32_t end, uint32_t *spot_at) {
    const document *doc = v->doc;
    char key[KEY_ROOM];
    uint32_t n = place_fold(&v->doc->home, doc->tokens[t].form, key, sizeof key), words = 0;
    for (uint32_t i = 0; i < n; i++)
        if (key[i] == ' ') n = i;
    if (!n || !table_get(&v->g->openers, (str){key, n}, &words)) return 0;
    int32_t last = t + (int32_t)(words < MOST_WORDS ? words * 2 : MOST_WORDS * 2); /* hyphens are tokens, too */
    if (last > end) last = end;
    for (int32_t j = last; j > t; j--) {
        if (j > t + 1 && doc->tokens[j - 1].form.len == 1 && !unicode_letter((unsigned char)doc->tokens[j - 1].form.ptr[0])) continue; /* a mark */
        str text = document_span(doc, doc->sentences[doc->tokens[t].sentence].block, doc->tokens[t].start, doc->tokens[j - 1].end);
        if (text.len > KEY_ROOM) continue;
        n = place_fold(&v->doc->home, text, key, sizeof key);
        if (n && (*spot_at = gazetteer_find(v->g, (str){key, n})) != 0) return j;
    }
    return 0;
}

static void cover_names(survey *v) {
    document *doc = v->doc;
    v->cover = arena_array(&doc->home, int32_t, doc->token_count + 1);
    for (size_t t = 0; t < doc->token_count; t++) v->cover[t] = -1;
    for (size_t m = 0; m < doc->mention_count; m++) {
        const mention *x = &doc->mentions[m];
        if (x->kind != MENTION_NAME) continue;
        for (int32_t t = x->first; t < x->last; t++) {
            int32_t old = v->cover[t];
            if (old < 0 || doc->mentions[old].last - doc->mentions[old].first > x->last - x->first) v->cover[t] = (int32_t)m;
        }
    }
}

/* "in", "near" and the like before it, or a comma between it and a place it lies in. */
static bool stands_as_place(const document *doc, int32_t first, int32_t last) {
    int32_t before = first - 1;
    const sentence *s = &doc->sentences[doc->tokens[first].sentence];
    while (before >= s->first && (doc->tokens[before].upos == UPOS_ADJ || doc->tokens[before].upos == UPOS_DET)) before--;
    if (before >= s->first && str_in(doc->tokens[before].form, "in In at At near Near from From to around outside inside into across towards toward through via of city town "
                                                               "village province port capital")) return true;
    return last < s->last && str_is(doc->tokens[last].form, ",") && last + 1 < s->last && utf8_capital(doc->tokens[last + 1].form);
}

/* "in Geneva", "near Geneva", "Savannah, Georgia": so plain that a finder of names that takes it for a person is wrong. */
static bool plainly_place(const survey *v, const found *f) {
    const document *doc = v->doc;
    const sentence *s = &doc->sentences[doc->tokens[f->first].sentence];
    uint32_t wider = 0;
    if (f->first > s->first && str_in(doc->tokens[f->first - 1].form, "in In at At near Near outside inside around across over")) return true;
    if (f->last + 1 >= s->last || !str_is(doc->tokens[f->last].form, ",") || !known_from(v, f->last + 1, s->last, &wider)) return false;
    return v->g->spots[wider].kind == SPOT_COUNTRY || v->g->spots[wider].kind == SPOT_REGION;
}

/* Of a mention that covers the stretch: does its type allow a place here? */
static bool allowed_by(const survey *v, const found *f, const mention *x) {
    const spot *spot_here = &v->g->spots[f->spot];
    bool whole = x->first >= f->first && x->last <= f->last;
    if (whole && spot_here->kind != SPOT_CITY && f->last - f->first > 1) return true;
    switch (x->type) {
    case ENTITY_PLACE: case ENTITY_COUNTRY: case ENTITY_CITY: case ENTITY_REGION: case ENTITY_FACILITY: return true;
    case ENTITY_PERSON: return whole && plainly_place(v, f);
    case ENTITY_ORGANIZATION: case ENTITY_GROUP: case ENTITY_PARTY:
        return whole && (spot_here->kind != SPOT_CITY || spot_here->capital || stands_as_place(v->doc, f->first, f->last));
    default: return whole && (spot_here->kind != SPOT_CITY || plainly_place(v, f));
    }
}

/* "Jordan Henderson", "Jack London". */
static bool part_of_name(const document *doc, const found *f) {
    const token *head = &doc->tokens[f->first];
    if (head->deprel == DEP_FLAT && (head->head < f->first || head->head >= f->last)) return true;
    for (int32_t c = tree_child(doc, f->last - 1); c >= 0; c = tree_next(doc, c))
        if (doc->tokens[c].deprel == DEP_FLAT && c >= f->last) return true;
    return f->last < (int32_t)doc->token_count && doc->tokens[f->last].deprel == DEP_FLAT && doc->tokens[f->last].sentence == head->sentence;
}

static bool comma_between(const document *doc, const found *a, const found *b) {
    return b->first == a->last + 1 && str_is(doc->tokens[a->last].form, ",");
}

/* A small town, or a name that mostly means something else. */
static bool doubtful(const survey *v, const found *f) {
    char key[KEY_ROOM];
    const document *doc = v->doc;
    str text = document_span(doc, doc->sentences[doc->tokens[f->first].sentence].block, doc->tokens[f->first].start, doc->tokens[f->last - 1].end);
    uint32_t n = place_fold(&v->doc->home, text, key, sizeof key);
    if (table_has(&v->g->not_places, (str){key, n})) return true;
    int32_t m = v->cover[f->first];
    if (m >= 0 && (doc->mentions[m].type == ENTITY_PLACE || doc->mentions[m].type == ENTITY_CITY)) return false;
    for (uint32_t at = f->spot; at; at = v->g->spots[at].next) {
        spot s = spot_read(v->g, at);
        if (s.kind == SPOT_CITY && (s.capital || s.people > 100000 || s.people == 20000)) return false; /* 20,000: one of place-names.tsv */
    }
    return f->last - f->first == 1;
}

/* Names of people, of bodies and of things that only contain a place's name are not the place. */
static bool is_place_here(const survey *v, const found *f) {
    const document *doc = v->doc;
    const token *head = &doc->tokens[f->first];
    spot_kind kind = v->g->spots[f->spot].kind;
    int32_t m = v->cover[f->first];
    if (m < 0) m = v->cover[f->last - 1];
    if (part_of_name(doc, f)) return false;
    for (int32_t t = f->first; t < f->last; t++)
        if (doc->tokens[t].timex >= 0) return false; /* "in March" is no town in Cambridgeshire */
    if (kind == SPOT_SHORT) return v->count > 0 && comma_between(doc, &v->list[v->count - 1], f);
    if (kind == SPOT_CITY && doubtful(v, f)) return plainly_place(v, f);
    if (m >= 0) return allowed_by(v, f, &doc->mentions[m]);
    if (stands_as_place(doc, f->first, f->last)) return true;
    if (kind != SPOT_CITY) return f->last - f->first > 1 || head->upos == UPOS_PROPN || head->upos == UPOS_NONE;
    if (head->upos != UPOS_PROPN) return false;
    bool shouted = head->form.len > 3 && str_eq(head->form, head->lemma) && f->first == doc->sentences[head->sentence].first;
    bool well_known = false;
    for (uint32_t at = f->spot; at && !well_known; at = v->g->spots[at].next) {
        spot s = spot_read(v->g, at);
        well_known = s.capital || s.people >= 300000;
    }
    return well_known || shouted;
}

static void speak_of(survey *v, str country, double weight) {
    for (int i = 0; i < v->spoken_count; i++)
        if (str_eq(v->spoken[i].country, country)) {
            v->spoken[i].weight += weight;
            return;
        }
    if (v->spoken_count == MOST_COUNTRIES || country.len != 3) return;
    v->spoken[v->spoken_count].country = country;
    v->spoken[v->spoken_count++].weight = weight;
}

static double spoken_of(const survey *v, str country) {
    for (int i = 0; i < v->spoken_count; i++)
        if (str_eq(v->spoken[i].country, country)) return v->spoken[i].weight;
    return 0;
}

/* All known names, and the countries that those which can mean only one speak of. */
static void survey_names(survey *v) {
    const document *doc = v->doc;
    for (size_t s = 0; s < doc->sentence_count; s++) {
        const sentence *sentence_at = &doc->sentences[s];
        for (int32_t t = sentence_at->first; t < sentence_at->last; t++) {
            if (!utf8_capital(doc->tokens[t].form)) continue;
            found f = {.first = t};
            f.last = known_from(v, t, sentence_at->last, &f.spot);
            if (!f.last) continue;
            const spot *only = &v->g->spots[f.spot];
            if (only->kind == SPOT_WORD) speak_of(v, only->country, 1);
            else if (!is_place_here(v, &f)) continue;
            else {
                if (!only->next && str_empty(only->second)) speak_of(v, only->country, only->kind == SPOT_COUNTRY ? 1 : 0.5);
                arena_push(&v->doc->home, v->list, v->count, v->capacity, f);
            }
            t = f.last - 1;
        }
    }
}

/* ---- which of them ---- */

static double kilometres(double lat1, double lon1, double lat2, double lon2) {
    double radian = 3.14159265358979 / 180, x = (lon2 - lon1) * radian * cos((lat1 + lat2) / 2 * radian), y = (lat2 - lat1) * radian;
    return 6371 * sqrt(x * x + y * y);
}

/* "Tripoli, Lebanon", "Savannah, Georgia": does what follows hold this spot? */
static bool lies_in(const survey *v, const spot *s, const found *wider) {
    for (uint32_t at = wider->spot; at; at = v->g->spots[at].next) {
        const spot *w = &v->g->spots[at];
        if (w->kind == SPOT_COUNTRY && str_eq(w->country, s->country)) return true;
        if ((w->kind == SPOT_REGION || w->kind == SPOT_SHORT) && str_eq(w->country, s->country) && kilometres(s->lat, s->lon, w->lat, w->lon) < 700) return true;
    }
    return false;
}

/* The other way round: "Savannah, Georgia" seen from Georgia. */
static bool holds(const survey *v, const spot *wide, const found *narrower) {
    for (uint32_t at = narrower->spot; at; at = v->g->spots[at].next) {
        if (v->g->spots[at].kind != SPOT_CITY) continue;
        spot s = spot_read(v->g, at);
        if (wide->kind == SPOT_COUNTRY && str_eq(s.country, wide->country)) return true;
        if (wide->kind == SPOT_REGION && str_eq(s.country, wide->country) && kilometres(s.lat, s.lon, wide->lat, wide->lon) < 450) return true;
    }
    return false;
}

static int hints_in(const document *doc, str hints) {
    int seen = 0;
    str hint;
    while (str_split(&hints, ';', &hint))
        for (size_t t = 0; t < doc->token_count && !str_empty(hint); t++)
            if (str_eq(doc->tokens[t].form, hint)) {
                seen++;
                break;
            }
    return seen;
}

static double likelihood(const survey *v, size_t i, const spot *s) {
    const found *f = &v->list[i];
    double score = s->kind == SPOT_COUNTRY ? 8 : s->kind == SPOT_CITY ? log10(s->people + 10.0) + (s->capital ? 1.2 : 0) : s->kind == SPOT_WATER ? 5.5 : 6.3;
    double spoken = spoken_of(v, s->country);
    if (s->kind != SPOT_COUNTRY && spoken > 0) score += 1 + 0.5 * (spoken < 4 ? spoken : 4);
    if (i + 1 < v->count && comma_between(v->doc, f, &v->list[i + 1]) && s->kind != SPOT_COUNTRY && lies_in(v, s, &v->list[i + 1])) score += 5;
    if (i > 0 && comma_between(v->doc, &v->list[i - 1], f) && s->kind != SPOT_CITY && holds(v, s, &v->list[i - 1])) score += 3;
    if (!str_empty(s->hints)) {
        int seen = hints_in(v->doc, s->hints);
        score += seen ? 1.0 + seen : -1.0;
    }
    return score;
}

static spot choose(const survey *v, size_t i, float *confidence) {
    spot best = {0};
    double first = -1e9, second = -1e9;
    for (uint32_t at = v->list[i].spot; at; at = v->g->spots[at].next) {
        spot s = spot_read(v->g, at);
        if (s.kind == SPOT_WORD) continue;
        double score = likelihood(v, i, &s);
        bool same = first > -1e9 && str_eq(best.country, s.country) && kilometres(best.lat, best.lon, s.lat, s.lon) < 60; /* another spelling of it */
        if (score > first) second = same ? second : first, first = score, best = s;
        else if (!same && score > second) second = score;
    }
    /* England is a land of its own before it is another word for the United Kingdom */
    for (uint32_t at = v->list[i].spot; at && best.kind == SPOT_COUNTRY; at = v->g->spots[at].next)
        if (v->g->spots[at].kind == SPOT_REGION && str_eq(v->g->spots[at].country, best.country)) best = v->g->spots[at], second = -1e9;
    double margin = first - second;
    *confidence = margin > 3 ? 0.97f : (float)(0.5 + 0.155 * margin);
    return best;
}

/* ---- the document's list ---- */

static void put_place(survey *v, size_t i) {
    document *doc = v->doc;
    const found *f = &v->list[i];
    float confidence = 0;
    spot s = choose(v, i, &confidence);
    if (!s.name.ptr) return;
    int32_t head = tree_top(doc, f->first, f->last), m = v->cover[head];
    if (!str_empty(s.second) && spoken_of(v, s.second) > spoken_of(v, s.country)) s.country = s.second;
    place p = {.first = f->first, .last = f->last, .head = head, .mention = m, .start = doc->tokens[f->first].start, .end = doc->tokens[f->last - 1].end,
               .block = doc->sentences[doc->tokens[head].sentence].block, .name = s.name, .country = s.country, .lat = s.lat, .lon = s.lon, .geonames = s.geonames,
               .exact = s.kind == SPOT_CITY || s.kind == SPOT_REGION || s.kind == SPOT_SHORT, .confidence = confidence};
    doc->tokens[head].place = (int32_t)doc->place_count;
    arena_push(&doc->home, doc->places, doc->place_count, doc->place_capacity, p);
}

void where_read(const where_stage *stage, document *doc) {
    survey v = {.g = &stage->gazetteer, .doc = doc};
    cover_names(&v);
    survey_names(&v);
    for (size_t i = 0; i < v.count; i++) put_place(&v, i);
}

bool where_lookup(const where_stage *stage, str name, str country_hint, place *out, entity_type *kind) {
    const gazetteer *g = &stage->gazetteer;
    arena scratch = {0};
    char key[KEY_ROOM];
    uint32_t n = place_fold(&scratch, name, key, sizeof key);
    arena_free(&scratch);
    spot best = {0};
    double first = -1;
    for (uint32_t at = n ? gazetteer_find(g, (str){key, n}) : 0; at; at = g->spots[at].next) {
        spot s = spot_read(g, at);
        if (s.kind == SPOT_WORD) continue;
        double score = s.kind == SPOT_COUNTRY ? 9 : s.kind == SPOT_CITY ? log10(s.people + 10.0) + s.capital : 6.3;
        if (!str_empty(country_hint) && (str_eq(s.country, country_hint) || str_eq(s.second, country_hint))) score += 10;
        if (score > first) first = score, best = s;
    }
    if (first < 0) return false;
    *out = (place){.first = -1, .last = -1, .head = -1, .mention = -1, .name = best.name, .country = best.country, .lat = best.lat, .lon = best.lon,
                   .geonames = best.geonames, .exact = best.kind == SPOT_CITY || best.kind == SPOT_REGION, .confidence = 0.9f};
    if (kind) *kind = best.kind == SPOT_CITY ? ENTITY_CITY : best.kind == SPOT_COUNTRY ? ENTITY_COUNTRY : best.kind == SPOT_REGION ? ENTITY_REGION : ENTITY_PLACE;
    return true;
}
