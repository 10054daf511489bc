#include "who/phrase_scan.h"

static bool preposition(const document *doc, int32_t t) {
    return token_says(doc, t, "of in from at for to on with against by near inside within across over under between about among into toward towards "
                         "outside around along off behind after before during since as");
}
static bool breaks(const document *doc, int32_t t) {
    str f = doc->tokens[t].form;
    return token_says(doc, t, "who whom which that whose where when ; : ( ) \" -- said says") || str_is(f, "\xE2\x80\x93") || str_is(f, "\xE2\x80\x94") || str_is(f, "\xE2\x80\x9C") || str_is(f, "\xE2\x80\x9D");
}

/* ---- phrases ---- */

static int32_t core_end(const scan *s, int32_t first, int32_t last) {
    for (int32_t t = first; t < last; t++) {
        int32_t past = t > first ? nickname_end(s->doc, t, last) : t;
        if (past > t) {
            t = past - 1;
            continue;
        }
        int32_t at = s->n->at[t];
        if (at >= 0 && s->n->matches[at].first <= t && s->n->matches[at].last > t + (s->n->matches[at].first == t ? 0 : -1) && s->n->matches[at].last <= last) {
            if (s->n->matches[at].last - s->n->matches[at].first > 1) {
                t = s->n->matches[at].last - 1;
                continue;
            }
        }
        if (t > first && (preposition(s->doc, t) || breaks(s->doc, t) || str_is(s->doc->tokens[t].form, ",") || token_says(s->doc, t, "and or but"))) return t;
    }
    return last;
}

static bool domestic_role(const described *d) {
    if (d->ethnic) return true;
    if (!d->role) return false;
    if (d->sectors.count && str_in(d->sectors.code[0], "CVL OPP COP REB UAF PRM LAB AGR CRM REF EDU REL MED JRN")) return true;
    return str_in(d->role->name, "government parliament court army military authorities opposition police cabinet legislature regime junta governor mayor");
}

static void describe(const knowledge *k, document *doc, const notes *n, int32_t first, int32_t last, int32_t head, day date, described *out, int depth);

/* Prepositional phrases and appositions behind the core. */
static void read_rest(scan *s, int32_t from, int32_t last, described *of, bool *has_of, described *beside, bool *has_beside, int depth) {
    for (int32_t t = from; t < last;) {
        bool comma = str_is(s->doc->tokens[t].form, ",") || str_is(s->doc->tokens[t].form, "(");
        bool by = preposition(s->doc, t);
        int32_t start = t + 1, end = start < last ? core_end(s, start, last) : last;
        if (!comma && !by) {
            if (breaks(s->doc, t) && !str_is(s->doc->tokens[t].form, "(")) return;
            t = end > t ? end : t + 1;
            if (token_says(s->doc, start - 1, "and or but")) continue;
            continue;
        }
        if (start >= last) return;
        described part;
        describe(s->k, s->doc, s->n, start, comma ? last : end, -1, s->date, &part, depth + 1);
        if (comma) {
            bool name_alone = part.named && s->d->role && !s->d->named && str_find(part.name, STR(" ")) > 0; /* "the envoy for Sudan, Tom Perriello" */
            if (!*has_beside && (part.role || part.person || part.organization || name_alone)) *beside = part, *has_beside = true;
            return;
        }
        bool belongs = token_says(s->doc, t, "of from at in inside within across"), loosely = token_says(s->doc, t, "for near");
        bool adviser = token_says(s->doc, t, "to for on") && s->d->role && str_in(s->d->role->name, "adviser advisor aide assistant spokesman spokeswoman spokesperson lawyer attorney secretary");
        if (s->d->envoy && !token_says(s->doc, t, "of from")) belongs = loosely = false; /* W8 */
        if (belongs && s->d->role && !role_tied(s->d->role) && !s->d->named && part.named && !part.role && (part.person ? !part.by_holder : part.place != NULL)) { /* "the mayor of London Sadiq Khan" */
            if (part.person) s->d->person = part.person;
            else s->d->name = part.name;
            s->d->named = true;
        }
        if (belongs || loosely || adviser) {
            if (!*has_of || (!of->sectors.count && part.sectors.count)) {
                str keep = *has_of ? of->country : STR("");
                *of = part, *has_of = true;
                if (!str_empty(keep)) of->country = keep;
            }
            if (str_empty(of->country)) of->country = part.country;
        }
        t = end;
    }
}

static void describe(const knowledge *k, document *doc, const notes *n, int32_t first, int32_t last, int32_t head, day date, described *out, int depth) {
    *out = (described){0};
    if (first >= last) return;
    scan s = {.k = k, .doc = doc, .n = n, .date = date, .d = out, .head = head};
    described of = {0}, beside = {0};
    bool has_of = false, has_beside = false;
    while (first < last && (str_is(doc->tokens[first].form, ",") || str_is(doc->tokens[first].form, "(") || str_is(doc->tokens[first].form, "\""))) first++;
    if (first >= last) return;
    int32_t end = core_end(&s, first, last);
    scan_core(&s, first, end);
    if (depth < 4 && end < last) read_rest(&s, end, last, &of, &has_of, &beside, &has_beside, depth);
    if (has_of && str_empty(out->country)) described_country(out, of.country, 0.85f);
    if (out->role) described_country(out, out->role->country, 0.85f); /* there is but one pope */
    if (has_of && !out->organization && of.organization) {
        out->organization_text = of.organization_text;
        if (out->role && !country_is_state(of.organization->country)) out->organization = of.organization;
    }
    scan_sectors(&s, has_of ? &of : NULL);
    if (has_beside) { /* an apposition knows what the core does not */
        if (!out->person && beside.person && !beside.by_holder) out->person = beside.person, out->named = true;
        described_country(out, beside.country, 0.85f);
        if (!out->sectors.count) out->sectors = beside.sectors;
        if (!out->role) out->role = beside.role, out->role_text = beside.role_text, out->organization_text = beside.organization_text, out->past |= beside.past;
        if (str_empty(out->name) && !out->person && beside.named) out->name = beside.name, out->named = true;
    }
    if (out->person) scan_term(&s);
    described_past(out);
    described_region(out);
    scan_holder(&s);
    if (str_empty(out->name) && out->organization && !out->role) out->name = out->organization->name;
    if (str_empty(out->name) && out->place && !out->role && s.place_only) out->name = out->place->name;
    if (!out->role && !out->named && !out->sectors.count && head >= 0 && doc->tokens[head].upos == UPOS_NOUN && str_in(doc->tokens[head].lemma, "hundred thousand dozen score crowd mob people inhabitant")) {
        sectors_add(&out->sectors, STR("CVL")); /* "hundreds marched" */
        out->domestic = !out->organization;
    }
    out->domestic |= domestic_role(out);
}

void phrase_describe(const knowledge *k, document *doc, const notes *n, int32_t first, int32_t last, int32_t head, day date, described *out) {
    describe(k, doc, n, first, last, head, date, out, 0);
}

void described_merge(described *d, const described *more) {
    if (!d->person && more->person && (!d->named || str_find(more->person->name, d->name) >= 0)) {
        d->person = more->person, d->term = more->term, d->name = more->name, d->by_holder = more->by_holder;
        d->sectors = more->sectors.count ? more->sectors : d->sectors;
        if (!str_empty(more->country)) d->country = more->country;
    }
    if (!d->organization && !d->person) d->organization = more->organization;
    if (str_empty(d->country)) d->country = more->country, d->sure = more->sure * 0.9f;
    if (!d->sectors.count) d->sectors = more->sectors;
    if (str_empty(d->name) || (!d->person && d->name.len < more->name.len && str_find(more->name, d->name) >= 0)) d->name = more->name, d->named |= more->named;
    if (str_empty(d->role_text)) d->role = more->role, d->role_text = more->role_text, d->organization_text = more->organization_text;
}

str described_code(arena *home, str country, const sectors *s) {
    char code[3 * (MOST_SECTORS + 2) + 1];
    int n = 0;
    if (str_in(country, "UNO EUR")) n += snprintf(code, sizeof code, "IGO");
    n += snprintf(code + n, sizeof code - (size_t)n, "%.*s", STR_ARG(country));
    for (int i = 0; i < s->count && n + 3 < (int)sizeof code; i++)
        n += snprintf(code + n, sizeof code - (size_t)n, "%.*s", STR_ARG(s->code[i]));
    return arena_copy(home, (str){code, (uint32_t)n});
}
