/* Sides: tests/cases/sides.tsv, whom each event is between, through the whole pipeline. Misses are printed; the share of right ones has a floor. */
#include "check.h"
#include "document.h"
#include "pipeline.h"
#include "table.h"

typedef struct reader {
    const rap_engine *engine;
    rap_document *doc;
    int right, all;
} reader;

static bool fits(str want, const actor *a, bool there) {
    str country = there ? a->country : STR("");
    return str_is(want, "-") || (str_is(want, "0") ? country.len == 0 : str_eq(want, country));
}

static bool either_way(const statement *s) { return s->root == CONSULT || s->root == AGREE || s->root == COOPERATE; }

static void one(void *with, const lexicon_line *line) {
    reader *r = with;
    rap_error e;
    str source = line->field[1], target = line->field[2], text = line->field[3];
    bool right = false, invented = false;
    int told = 0;
    r->all++;
    if (rap_document_from_text(r->doc, text.ptr, text.len, "2018-05-01", &e) || rap_read(r->engine, r->doc, &e)) return;
    for (size_t i = 0; i < r->doc->statement_count; i++) {
        const statement *s = &r->doc->statements[i];
        if (s->root == EVENT_NONE || s->factuality >= FACT_CT_MINUS) continue;
        told++;
        right |= fits(source, &s->source, s->has_source) && fits(target, &s->target, s->has_target);
        right |= either_way(s) && fits(target, &s->source, s->has_source) && fits(source, &s->target, s->has_target);
        invented |= str_is(source, "0") && s->has_source && s->source.country.len;
    }
    right |= told == 0 && str_is(source, "0") && str_is(target, "-");
    right = right && !invented;
    r->right += right;
    if (!right) printf("sides.tsv:%d: %.*s: %.*s to %.*s: %.*s\n", line->number, STR_ARG(line->field[0]), STR_ARG(source), STR_ARG(target), STR_ARG(text));
}

int main(void) {
    enum { CASES = 486, RIGHT = 404 };
    rap_engine *engine;
    rap_document *doc;
    rap_error e;
    if (rap_open(&engine, NULL, &e) || rap_document_new(&doc, &e)) {
        printf("%s\n0 passed, 1 failed\n", e.message);
        return 1;
    }
    reader r = {.engine = engine, .doc = doc};
    table_cases("tests/cases/sides.tsv", CASES, &r, one);
    printf("%d of %d cases right\n", r.right, r.all);
    CHECK(r.right >= RIGHT, "sides.tsv: %d right, at least %d were", r.right, RIGHT);
    rap_document_free(doc);
    rap_close(engine);
    return check_done(2);
}
