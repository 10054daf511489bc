#include "what/frames.h"

#include <stdio.h>

enum { MOST_PARTS = 96 };

/* Where in the lexicon the parser stands, for errors. */
typedef struct reader {
    frame_set *set;
    const char *file;
    const lexicon_line *line;
    rap_error *e;
    rap_status status;
} reader;

#define FAIL(r, what, ...) ((r)->status = lexicon_error((r)->e, (r)->file, (r)->line, (what), __VA_ARGS__))

/* ---- places and values ---- */

static bool place_of(reader *r, str word, frame_place *out) {
    static const char *const names[] = {"subj", "obj", "iobj", "prt", "to", "that", "comp", "poss", "mod", "place", "verb"};
    for (int i = 0; i < 11; i++)
        if (str_is(word, names[i])) return *out = (frame_place){(place_kind)i, STR("")}, true;
    if (word.len == 0) return FAIL(r, word, "a place is missing"), false;
    char *prep = arena_alloc(r->set->home, word.len + 1);
    for (uint32_t i = 0; i < word.len; i++) {
        if (!(word.ptr[i] >= 'a' && word.ptr[i] <= 'z') && word.ptr[i] != '_') {
            FAIL(r, word, "not a place (subj, obj, iobj, prt, to, that, comp, poss, mod, place, verb or a preposition)");
            return false;
        }
        prep[i] = word.ptr[i] == '_' ? ' ' : word.ptr[i];
    }
    *out = (frame_place){AT_PREP, {prep, word.len}};
    return true;
}

static bool value_of(reader *r, str word, frame_value *out) {
    static const char *const kinds[] = {"any", "actor", "person", "state", "org", "armed", "place", "clause", "time", "number", "money", "thing", "mandate", "coming", "politician"};
    if (word.len == 0) return FAIL(r, r->line->field[2], "a filler is missing"), false;
    if (word.ptr[0] != '@') return *out = (frame_value){VALUE_LEMMA, 0, word}, true;
    str name = str_sub(word, 1, word.len);
    for (int i = 0; i < 15; i++)
        if (str_is(name, kinds[i])) return *out = (frame_value){VALUE_KIND, i, word}, true;
    plover root = plover_of(name);
    if (root != EVENT_NONE) return *out = (frame_value){VALUE_ROOT, (int32_t)root, word}, true;
    uint32_t class;
    if (!table_get(&r->set->class_numbers, name, &class)) {
        FAIL(r, word, "neither a kind (@actor, @person, …), nor a root, nor a class of word-classes.tsv");
        return false;
    }
    *out = (frame_value){VALUE_CLASS, (int32_t)class, word};
    return true;
}

static frame_value *values_of(reader *r, str list, uint8_t *count) {
    frame_value found[MOST_PARTS];
    str word;
    *count = 0;
    while (r->status == RAP_OK && *count < MOST_PARTS && str_split(&list, ',', &word))
        if (value_of(r, word, &found[*count])) ++*count;
    if (r->status == RAP_OK && list.ptr) FAIL(r, list, "more than %d fillers: make them a class of word-classes.tsv", MOST_PARTS);
    frame_value *out = arena_array(r->set->home, frame_value, *count);
    memcpy(out, found, sizeof *out * *count);
    return out;
}

/* Cuts "PLACE=values" in two; values empty when there is no '='. */
static str cut_values(str *word) {
    int32_t at = str_find(*word, STR("="));
    if (at < 0) return STR("");
    str values = str_sub(*word, (uint32_t)at + 1, word->len);
    word->len = (uint32_t)at;
    return values;
}

/* ---- columns ---- */

static frame_flag flag_of(str word) {
    static const char *const names[] = {"", "passive", "active", "negated", "modal", "future", "plural", "asked", "copular"};
    for (int i = 1; i < 9; i++)
        if (str_is(word, names[i])) return (frame_flag)i;
    return FLAG_NONE;
}

static void need_of(reader *r, str word, frame_need *out) {
    *out = (frame_need){0};
    if (word.ptr[0] == '!') out->negative = true, word = str_sub(word, 1, word.len);
    out->flag = flag_of(word);
    if (out->flag != FLAG_NONE) return;
    str values = cut_values(&word), part;
    frame_place places[MOST_PARTS];
    while (r->status == RAP_OK && out->place_count < MOST_PARTS && str_split(&word, '/', &part))
        if (place_of(r, part, &places[out->place_count])) out->place_count++;
    out->places = arena_array(r->set->home, frame_place, out->place_count);
    memcpy(out->places, places, sizeof *places * out->place_count);
    if (values.len) out->values = values_of(r, values, &out->value_count);
}

static bool blank(str field) { return field.len == 0 || str_is(field, "-"); }

static int weight_of(const frame_need *n) {
    if (n->flag != FLAG_NONE || n->negative || n->value_count == 0) return 1;
    int best = 1;
    for (int i = 0; i < n->value_count; i++) {
        int w = n->values[i].is == VALUE_LEMMA ? 3 : n->values[i].is == VALUE_KIND ? 1 : 2;
        if (n->value_count > 1 && w == 3) w = n->values[0].is == VALUE_LEMMA ? 3 : 2;
        if (w > best) best = w;
    }
    return best;
}

static void needs_of(reader *r, str field, frame *f) {
    frame_need found[MOST_PARTS];
    str word;
    if (blank(field)) return;
    while (r->status == RAP_OK && f->need_count < MOST_PARTS && str_split(&field, ' ', &word)) {
        if (word.len == 0) continue;
        need_of(r, word, &found[f->need_count]);
        f->specificity += weight_of(&found[f->need_count++]);
    }
    f->needs = arena_array(r->set->home, frame_need, f->need_count);
    memcpy(f->needs, found, sizeof *found * f->need_count);
}

static frame_slot *slots_of(reader *r, str field, uint8_t *count) {
    frame_slot found[MOST_PARTS];
    str word;
    *count = 0;
    if (blank(field)) return NULL;
    while (r->status == RAP_OK && *count < MOST_PARTS && str_split(&field, ' ', &word)) {
        if (word.len == 0) continue;
        frame_slot *s = &found[*count];
        *s = (frame_slot){0};
        str values = cut_values(&word);
        if (values.len) s->values = values_of(r, values, &s->value_count);
        if (r->status == RAP_OK && place_of(r, word, &s->place)) ++*count;
    }
    frame_slot *out = arena_array(r->set->home, frame_slot, *count);
    memcpy(out, found, sizeof *out * *count);
    return out;
}

static void event_of(reader *r, str field, frame *f) {
    str word;
    bool first = true;
    f->mode = STR("");
    while (r->status == RAP_OK && str_split(&field, ' ', &word)) {
        if (word.len == 0) continue;
        if (first) {
            first = false;
            if (str_is(word, "NONE")) f->none = true;
            else if (!str_is(word, "-") && (f->root = plover_of(word)) == EVENT_NONE)
                FAIL(r, word, "unknown event (a PLOVER root, - or NONE)");
        } else if (str_is(word, "symmetric")) f->symmetric = true;
        else if (str_is(word, "absent")) f->absent = true;
        else if (str_is(word, "*")) f->open_mode = true;
        else if (f->mode.len) FAIL(r, word, "a second mode");
        else f->mode = word;
    }
    if (r->status == RAP_OK && f->root == EVENT_NONE && !f->none && !str_is(f->mode, "appear") && !str_is(f->mode, "travel"))
        FAIL(r, r->line->field[6], "an event is missing (a root, \"- appear\", \"- travel\" or NONE)");
}

static void context_of(str field, frame *f) {
    str word;
    if (blank(field)) return;
    while (f->context_count < 4 && str_split(&field, ',', &word))
        if (word.len) f->context[f->context_count++] = word;
}

static void implies_of(reader *r, str field, frame *f) {
    static const char *const signs[] = {"pos", "neg", "fact", "open", "drop"};
    frame_implies found[MOST_PARTS];
    str word, part;
    if (blank(field)) return;
    while (r->status == RAP_OK && str_split(&field, ' ', &word)) {
        if (word.len == 0) continue;
        str whole = word, sign;
        str_split(&word, ':', &sign);
        int s = 0;
        while (s < 5 && !str_is(sign, signs[s])) s++;
        if (s == 5 || !word.ptr) {
            FAIL(r, whole, "not SIGN:PLACE (pos, neg, fact, open or drop, then a place)");
            return;
        }
        while (r->status == RAP_OK && f->implies_count < MOST_PARTS && str_split(&word, '/', &part)) {
            found[f->implies_count].sign = (frame_sign)s;
            if (place_of(r, part, &found[f->implies_count].place)) f->implies_count++;
        }
    }
    f->implies = arena_array(r->set->home, frame_implies, f->implies_count);
    memcpy(f->implies, found, sizeof *found * f->implies_count);
}

static void triggers_of(reader *r, str field, uint32_t number) {
    frame_set *set = r->set;
    str word;
    while (r->status == RAP_OK && str_split(&field, ',', &word)) {
        word = str_trim(word);
        if (word.len < 3 || word.ptr[word.len - 2] != '.' || !memchr("vna", word.ptr[word.len - 1], 3)) {
            FAIL(r, word.len ? word : r->line->field[1], "a trigger is a lemma and .v, .n or .a, as in \"call.v\"");
            return;
        }
        bool fresh;
        uint32_t *at = table_at(&set->triggers, word, 0, &fresh);
        struct frame_use use = {number, fresh ? 0 : *at};
        *at = (uint32_t)set->use_count;
        arena_push(set->home, set->uses, set->use_count, set->use_capacity, use);
    }
}

static void frame_of(reader *r) {
    frame_set *set = r->set;
    const str *field = r->line->field;
    frame f = {.id = field[0], .triggers = field[1], .test = field[10], .twin = field[11], .note = field[12],
               .file = str_of(r->file), .line = r->line->number};
    long rank = 0;
    if (r->line->count < 7) {
        FAIL(r, r->line->whole, "a frame has at least seven columns, separated by tabs; this line has %d", r->line->count);
        return;
    }
    if (blank(f.test)) f.test = STR("");
    if (blank(f.twin)) f.twin = STR("");
    needs_of(r, field[2], &f);
    if (r->status == RAP_OK) f.source = slots_of(r, field[3], &f.source_count);
    if (r->status == RAP_OK) f.target = slots_of(r, field[4], &f.target_count);
    if (r->status == RAP_OK) f.other = slots_of(r, field[5], &f.other_count);
    if (r->status == RAP_OK) event_of(r, field[6], &f);
    context_of(field[7], &f);
    if (r->status == RAP_OK) implies_of(r, field[8], &f);
    if (r->status == RAP_OK && !blank(field[9]) && !str_to_long(field[9], &rank)) FAIL(r, field[9], "a rank is a whole number");
    f.specificity += (int)rank;
    f.rule = arena_format(set->home, "frame %.*s", STR_ARG(f.id));
    uint32_t number = (uint32_t)set->count;
    arena_push(set->home, set->frames, set->count, set->capacity, f);
    if (r->status == RAP_OK) triggers_of(r, field[1], number);
}

/* ---- classes and light verbs ---- */

static void class_of(reader *r) {
    frame_set *set = r->set;
    bool fresh;
    uint32_t class = *table_at(&set->class_numbers, r->line->field[0], set->class_numbers.count + 1, &fresh);
    str words = r->line->field[1], word;
    while (str_split(&words, ' ', &word)) {
        if (word.len == 0) continue;
        uint32_t *at = table_at(&set->members, word, 0, &fresh);
        struct class_member m = {class, *at};
        *at = (uint32_t)set->member_count;
        arena_push(set->home, set->memberships, set->member_count, set->member_capacity, m);
    }
}

static void light_of(reader *r) {
    static const char *const names[] = {"", "does", "begins", "ends", "undergoes"};
    int kind = 1;
    while (kind < 5 && !str_is(r->line->field[0], names[kind])) kind++;
    if (kind == 5) {
        FAIL(r, r->line->field[0], "unknown kind of light verb (does, begins, ends, undergoes)");
        return;
    }
    str words = r->line->field[1], word;
    while (str_split(&words, ' ', &word))
        if (word.len && !table_has(&r->set->light, word)) table_set(&r->set->light, word, (uint32_t)kind);
}

static void each_line(reader *r, str text, void (*read)(reader *)) {
    lexicon_line line = {0};
    r->line = &line;
    while (r->status == RAP_OK && lexicon_next(text, &line)) read(r);
    r->line = NULL;
}

rap_status frames_open(frame_set *set, const lexicon *lex, arena *home, rap_error *e) {
    *set = (frame_set){.home = home};
    table_init(&set->triggers, home, 8192);
    table_init(&set->class_numbers, home, 64);
    table_init(&set->members, home, 1024);
    table_init(&set->light, home, 128);
    frame no_frame = {0};
    struct frame_use no_use = {0, 0};
    struct class_member no_member = {0, 0};
    arena_push(home, set->frames, set->count, set->capacity, no_frame);
    arena_push(home, set->uses, set->use_count, set->use_capacity, no_use);
    arena_push(home, set->memberships, set->member_count, set->member_capacity, no_member);
    reader r = {.set = set, .e = e, .file = "word-classes.tsv"};
    each_line(&r, lexicon_file(lex, r.file), class_of);
    r.file = "light-verbs.tsv";
    if (r.status == RAP_OK) each_line(&r, lexicon_file(lex, r.file), light_of);
    const str *names, *texts;
    size_t n = lexicon_files(lex, "frames-", &names, &texts);
    for (size_t i = 0; i < n && r.status == RAP_OK; i++) {
        r.file = arena_format(home, "%.*s", STR_ARG(names[i])).ptr;
        each_line(&r, texts[i], frame_of);
    }
    return r.status;
}

/* ---- look-ups ---- */

uint32_t frames_of(const frame_set *set, str lemma, char pos) {
    char key[64];
    uint32_t use = 0;
    if (lemma.len == 0 || lemma.len > sizeof key - 2) return 0;
    for (uint32_t i = 0; i < lemma.len; i++) {
        char c = lemma.ptr[i];
        key[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    key[lemma.len] = '.', key[lemma.len + 1] = pos;
    table_get(&set->triggers, (str){key, lemma.len + 2}, &use);
    return use;
}

uint32_t frames_mended(const frame_set *set, str lemma, char pos) {
    char whole[64];
    uint32_t use = 0, n = lemma.len;
    if (n < 3 || n + 1 > sizeof whole) return 0;
    char last = lemma.ptr[n - 1], before = lemma.ptr[n - 2];
    memcpy(whole, lemma.ptr, n);
    if (last == before) use = frames_of(set, str_sub(lemma, 0, n - 1), pos);
    whole[n] = 'e';
    if (!use) use = frames_of(set, (str){whole, n + 1}, pos);
    if (!use && last == 'e') use = frames_of(set, str_sub(lemma, 0, n - 1), pos);
    if (last == 'e' && before == 'i') n--, last = 'i';
    whole[n - 1] = 'y';
    return use || last != 'i' ? use : frames_of(set, (str){whole, n}, pos);
}

str hyphenated(const document *doc, int32_t t) {
    const token *w = &doc->tokens[t];
    const sentence *s = &doc->sentences[w->sentence];
    if (t - 2 >= s->first && str_is(w[-1].form, "-") && w[-2].head == t && w[-2].end == w[-1].start && w[-1].end == w->start)
        return document_span(doc, s->block, w[-2].start, w->end);
    if (t + 2 < s->last && str_is(w[1].form, "-") && w[2].head == t && w->end == w[1].start && w[1].end == w[2].start)
        return document_span(doc, s->block, w->start, w[2].end);
    return STR("");
}

static bool member_of(const frame_set *set, int32_t class, str lemma) {
    uint32_t at = 0;
    if (!table_get(&set->members, lemma, &at)) return false;
    for (; at; at = set->memberships[at].next)
        if (set->memberships[at].class == (uint32_t)class) return true;
    return false;
}

/* A word that opens a sentence may have kept its capital and its plural ("Locusts"). */
bool frames_class_has(const frame_set *set, int32_t class, str lemma) {
    char word[48];
    if (member_of(set, class, lemma)) return true;
    if (lemma.len < 2 || lemma.len > sizeof word || lemma.ptr[0] < 'A' || lemma.ptr[0] > 'Z' || (lemma.ptr[1] >= 'A' && lemma.ptr[1] <= 'Z')) return false;
    memcpy(word, lemma.ptr, lemma.len);
    word[0] = (char)(word[0] + 32);
    if (member_of(set, class, (str){word, lemma.len})) return true;
    return word[lemma.len - 1] == 's' && member_of(set, class, (str){word, lemma.len - 1});
}

int32_t frames_class(const frame_set *set, const char *name) {
    uint32_t class = 0;
    table_get(&set->class_numbers, str_of(name), &class);
    return (int32_t)class;
}

light_kind frames_light(const frame_set *set, str lemma) {
    uint32_t kind = LIGHT_NO;
    table_get(&set->light, lemma, &kind);
    return (light_kind)kind;
}
