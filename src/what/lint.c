/* `lexicon lint`: what a person who mends frames wants to be told before anybody codes with them. */
#include "what/lint.h"

#include <stdio.h>

#include "base/error.h"

static const char *const modes_of[PLOVER_COUNT] = {
    [CONSULT] = "visit third-party multilateral phone",
    [RETREAT] = "withdraw release disarm ceasefire access resign return",
    [REQUEST] = "assist change yield meet",
    [REJECT] = "assist change yield meet",
    [ACCUSE] = "disapprove investigate allege",
    [THREATEN] = "restrict arrest relations expel territory violence",
    [PROTEST] = "demo riot strike hunger boycott obstruct vandalize",
    [SANCTION] = "convict expel withdraw discontinue",
    [MOBILIZE] = "troops weapons police militia",
    [COERCE] = "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    [ASSAULT] = "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control "
                "unconventional",
};
static const char *const contexts =
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal reparations human_rights "
    "rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration "
    "disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking";

typedef struct linting {
    const frame_set *set;
    FILE *out;
    int problems;
} linting;

#define TELL(l, f, ...)                                                                                                \
    ((l)->problems++, fprintf((l)->out, "%.*s:%d: %.*s: ", STR_ARG((f)->file), (f)->line, STR_ARG((f)->id)), fprintf((l)->out, __VA_ARGS__), \
     fputc('\n', (l)->out))

/* ---- does one frame fit wherever another does? ---- */

static bool same_places(const frame_need *a, const frame_need *b) {
    if (a->place_count != b->place_count) return false;
    for (int i = 0; i < a->place_count; i++)
        if (a->places[i].at != b->places[i].at || !str_eq(a->places[i].prep, b->places[i].prep)) return false;
    return true;
}

static bool within(const frame_need *a, const frame_need *b) { /* every value of b is one of a */
    if (a->value_count == 0) return true;
    if (b->value_count == 0) return false;
    for (int k = 0; k < b->value_count; k++) {
        bool found = false;
        for (int i = 0; i < a->value_count; i++) found |= str_eq(a->values[i].lemma, b->values[k].lemma);
        if (!found) return false;
    }
    return true;
}

static bool follows(const frame_need *a, const frame *b) { /* does a hold wherever b's needs hold? */
    for (int i = 0; i < b->need_count; i++) {
        const frame_need *n = &b->needs[i];
        if (n->flag != a->flag || n->negative != a->negative) continue;
        if (a->flag != FLAG_NONE) return true;
        if (same_places(a, n) && (a->negative ? within(n, a) : within(a, n))) return true;
    }
    return false;
}

static bool shadows(const frame *a, const frame *b) {
    if (a->specificity < b->specificity || (a->source_count == 0 && b->source_count) || (a->target_count == 0 && b->target_count)) return false;
    for (int i = 0; i < a->need_count; i++)
        if (!follows(&a->needs[i], b)) return false;
    return a->specificity > b->specificity || a < b;
}

static bool shares_trigger(const frame_set *set, const frame *b, str trigger, const frame **by) {
    uint32_t use = 0;
    table_get(&set->triggers, trigger, &use);
    for (; use; use = set->uses[use].next) {
        const frame *a = &set->frames[set->uses[use].frame];
        if (a != b && shadows(a, b)) return *by = a, true;
    }
    return false;
}

static void lint_shadow(linting *l, const frame *f) {
    str list = f->triggers, word;
    const frame *by = NULL;
    int all = 0, hidden = 0;
    while (str_split(&list, ',', &word)) all++, hidden += shares_trigger(l->set, f, str_trim(word), &by);
    if (all == hidden && by) TELL(l, f, "never wins: %.*s (%.*s:%d) fits wherever it does and is at least as specific", STR_ARG(by->id), STR_ARG(by->file), by->line);
}

/* ---- one frame ---- */

static void lint_names(linting *l, const frame *f) {
    int32_t slash = str_find(f->id, STR("/"));
    if (slash < 1) TELL(l, f, "an id is LEMMA/ROOT, as in \"call/reject\"");
    if (f->root != EVENT_NONE && f->mode.len && (!modes_of[f->root] || !str_in(f->mode, modes_of[f->root])))
        TELL(l, f, "\"%.*s\" is no mode of %s (%s)", STR_ARG(f->mode), plover_name(f->root), modes_of[f->root] ? modes_of[f->root] : "it has none");
    for (int i = 0; i < f->context_count; i++)
        if (!str_in(f->context[i], contexts)) TELL(l, f, "\"%.*s\" is no context of PLOVER", STR_ARG(f->context[i]));
}

static void lint_tests(linting *l, const frame *f) {
    if (f->test.len == 0) TELL(l, f, "no test sentence (column 11)");
    else if (!f->none && str_find(f->test, STR("[")) < 0 && str_find(f->test, STR("<")) < 0) TELL(l, f, "its test marks neither [source] nor <target>");
    if (f->none && f->note.len == 0) TELL(l, f, "\"no event\" wants its reason (column 13)");
    if (!f->none && f->source_count + f->target_count == 0) TELL(l, f, "names neither source nor target: it can never be coded");
}

static void lint_ids(linting *l, arena *home) {
    table ids;
    table_init(&ids, home, (uint32_t)l->set->count);
    for (uint32_t i = 1; i < l->set->count; i++) {
        bool fresh;
        uint32_t first = *table_at(&ids, l->set->frames[i].id, i, &fresh);
        const frame *f = &l->set->frames[i], *old = &l->set->frames[first];
        if (!fresh) TELL(l, f, "the id is already that of %.*s:%d", STR_ARG(old->file), old->line);
    }
}

rap_status rap_lexicon_lint(const char *folder, FILE *out, int *problems, rap_error *e) {
    lexicon *lex;
    frame_set set;
    arena home;
    rap_status s = lexicon_open(&lex, folder, e);
    *problems = 0;
    if (s != RAP_OK) return s;
    arena_init(&home);
    s = frames_open(&set, lex, &home, e);
    if (s == RAP_OK) {
        linting l = {&set, out, 0};
        int tests = 0, twins = 0;
        lint_ids(&l, &home);
        for (uint32_t i = 1; i < set.count; i++) {
            const frame *f = &set.frames[i];
            lint_names(&l, f);
            lint_tests(&l, f);
            lint_shadow(&l, f);
            tests += f->test.len > 0, twins += f->twin.len > 0;
        }
        fprintf(out, "%zu frames for %u triggers, %d with a test, %d with a twin; %d problem%s\n", set.count - 1, set.triggers.count, tests, twins, l.problems,
                l.problems == 1 ? "" : "s");
        *problems = l.problems;
    }
    arena_free(&home);
    lexicon_close(lex);
    return s;
}
