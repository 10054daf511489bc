/* Sieves 1 to 3 of coreference: names that are the same, short for, or part of one another. */
#include "who/linker.h"

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
    if (!link_person_name(l, i) || str_find(l->key[i], STR(" ")) >= 0) return false;
    int32_t one = -1;
    for (int32_t j = 0; j < (int32_t)l->doc->mention_count; j++)
        if (link_person_name(l, j) && part_fits(l->key[i], l->key[j], asian(l, j))) {
            if (one >= 0 && !str_eq(l->key[one], l->key[j])) return true;
            one = j;
        }
    return false;
}

void sieve_same_names(linker *l) {
    table seen, things;
    table_init(&seen, &l->doc->home, (uint32_t)l->doc->mention_count + 8);
    table_init(&things, &l->doc->home, 64);
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        if (!link_name(l, i) || str_empty(l->key[i]) || part_of_several(l, i)) continue;
        bool fresh;
        uint32_t *at = table_at(&seen, l->key[i], (uint32_t)i, &fresh);
        if (!fresh && link_types_agree(l->doc->mentions[*at].type, l->doc->mentions[i].type)) link_join(l, i, (int32_t)*at, 0.95f);
        *at = (uint32_t)i;
        const entry *e = l->entry[i];
        if (!e || e->kind == ENTRY_SEAT || str_empty(e->id)) continue;
        at = table_at(&things, e->id, (uint32_t)i, &fresh);
        if (!fresh) link_join(l, i, (int32_t)*at, 0.95f);
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

void sieve_acronyms(linker *l) {
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        str key = l->key[i];
        if (!link_name(l, i) || key.len < 2 || key.len > 7 || str_find(key, STR(" ")) >= 0 || l->doc->mentions[i].antecedent >= 0) continue;
        str form = link_head(l, i)->form;
        if (form.len < 2 || form.ptr[1] < 'A' || form.ptr[1] > 'Z') continue;
        for (int32_t j = i - 1; j >= 0 && j > i - 400; j--)
            if (link_name(l, j) && str_find(l->key[j], STR(" ")) > 0 && initials(key, l->key[j])) {
                link_join(l, i, j, 0.9f);
                break;
            }
    }
}

/* ---- 3: parts of names ---- */

/* The gender of the first "his" or "her" behind the name, in its sentence and with no other person between: "Clinton spoke, one of her aides said". */
static int8_t gender_behind(const linker *l, int32_t i) {
    for (int32_t j = i + 1; j < (int32_t)l->doc->mention_count && link_sentence(l, j) == link_sentence(l, i); j++) {
        if (l->doc->mentions[j].kind == MENTION_PRONOUN && l->gender[j]) return l->gender[j];
        if (link_person_name(l, j)) return 0;
    }
    return 0;
}

/* What stands beside the name: "Humberto Ortega, a retired general". */
static const described *apposition_about(linker *l, int32_t i) {
    const document *doc = l->doc;
    int32_t t = tree_find(doc, doc->mentions[i].head, DEP_APPOS);
    return t >= 0 && doc->tokens[t].mention >= 0 && doc->tokens[t].mention != i ? link_about(l, doc->tokens[t].mention) : NULL;
}

static bool tail_of(str part, str whole) {
    return part.len < whole.len && whole.ptr[whole.len - part.len - 1] == ' ' && str_eq(str_sub(whole, whole.len - part.len, whole.len), part);
}

/* "Rashid Dahlan, his cousin and a police colonel": the office among what stands beside the name. */
static bool apposition_holds(linker *l, int32_t i, const entry *role) {
    const document *doc = l->doc;
    int32_t t = tree_find(doc, doc->mentions[i].head, DEP_APPOS);
    for (int32_t step = t; step >= 0; step = step == t ? tree_find(doc, t, DEP_CONJ) : -1) {
        int32_t m = doc->tokens[step].mention;
        const entry *held = m >= 0 && m != i ? link_about(l, m)->role : NULL;
        if (held && (held == role || tail_of(role->name, held->name))) return true; /* a police colonel is a colonel */
    }
    return false;
}

void sieve_parts_of_names(linker *l) {
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        if (!link_person_name(l, i) || (l->doc->mentions[i].antecedent >= 0 && str_find(l->key[l->doc->mentions[i].antecedent], STR(" ")) >= 0)) continue;
        if (str_find(l->key[i], STR(" ")) >= 0 && l->key[i].len > 12) continue;
        int32_t best = -1, second = -1;
        float best_score = -1;
        const described *mine = NULL;
        int32_t tried[16];
        int tries = 0;
        for (int32_t j = i - 1; j >= 0 && j > i - 2000; j--) {
            if (!link_person_name(l, j) || !part_fits(l->key[i], l->key[j], asian(l, j))) continue;
            int32_t r = link_root(l, j);
            bool again = false;
            for (int x = 0; x < tries; x++) again |= tried[x] == r;
            if (again || tries == 16) continue;
            tried[tries++] = r;
            if (!mine) mine = link_about(l, i);
            const described *other = link_about(l, j);
            float score = 1.0f / (1.0f + 0.2f * (float)(link_sentence(l, i) - link_sentence(l, j)));
            int8_t behind = l->gender[i] ? l->gender[i] : gender_behind(l, i);
            if (behind && l->gender[r]) score += behind == l->gender[r] ? 0.5f : -1.5f;
            if (!mine->role && other->term && !other->term_past) score += 0.15f; /* father and son: the one in office acts */
            bool my_org = mine->organization != NULL, same_org = my_org && other->organization == mine->organization;
            if (same_org) score += 2;
            if (my_org && !same_org) score -= 0.5f;
            const described *beside = apposition_about(l, j);
            const sectors *office = beside && beside->sectors.count ? &beside->sectors : &other->sectors;
            bool same_office = mine->role && apposition_holds(l, j, mine->role);
            if (same_office || (mine->role && mine->role->sectors.count && office->count)) /* a general is the army chief */
                score += same_office || str_eq(mine->role->sectors.code[0], office->code[0]) ? 0.6f : -0.6f;
            if (!mine->by_surname && !(mine->person && str_find(mine->person->name, STR(" ")) < 0) && !str_empty(mine->country) && !str_empty(other->country)) score += str_eq(mine->country, other->country) ? 0.5f : -1.0f;
            if (!str_empty(mine->role_text) && other->term && str_eq_nocase(mine->role_text, other->term->role)) score += 1.0f;
            else if (!str_empty(mine->role_text) && !str_empty(other->role_text)) score += str_eq_nocase(mine->role_text, other->role_text) ? 1.0f : -0.3f;
            if (score > best_score) second = best, best = j, best_score = score;
            else if (second < 0) second = j;
        }
        if (best >= 0) link_join(l, i, best, second < 0 ? 0.93f : best_score > 1.5f ? 0.9f : 0.6f);
    }
    /* the first mention may be the short one (a headline's): it joins the one full name that has this part */
    for (int32_t i = 0; i < (int32_t)l->doc->mention_count; i++) {
        if (!link_person_name(l, i) || str_find(l->key[i], STR(" ")) >= 0 || l->doc->mentions[i].antecedent >= 0) continue;
        int32_t only = -1;
        for (int32_t j = i + 1; j < (int32_t)l->doc->mention_count && j < i + 2000; j++)
            if (link_person_name(l, j) && part_fits(l->key[i], l->key[j], asian(l, j))) {
                if (only >= 0 && link_root(l, only) != link_root(l, j)) { only = -2; break; }
                only = j;
            }
        if (only >= 0) link_join(l, only, i, 0.8f);
    }
}
