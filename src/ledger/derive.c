#include "ledger/derive.h"

#include "base/lexicon.h"

#include "base/memory.h"

#include "ledger/copies.h"
#include "ledger/agreement.h"
#include "ledger/appearances.h"
#include "ledger/dyads.h"
#include "ledger/explanations.h"
#include "ledger/happenings.h"
#include "ledger/silences.h"
#include "ledger/stories.h"
#include "ledger/visits.h"

/* What the derived answers answer for: a revision of what is held, and the program and knowledge that derived them. */
static str mark(ledger *l) {
    lexicon *lex;
    char version[32];
    if (!ledger_lexicon(l, &lex)) return STR("");
    snprintf(version, sizeof version, "%s", lexicon_version(lex));
    lexicon_close(lex);
    return arena_format(&l->scratch, "%lld " RAP_VERSION " lexicon %s", (long long)db_number(l, "SELECT value FROM meta WHERE name = 'revision'", ""), version);
}

static bool fresh(ledger *l) {
    str now = mark(l);
    sqlite3_stmt *s = db_query(l, "SELECT value FROM meta WHERE name = 'derived'", "");
    bool same = now.len && db_step(l, s) && str_eq(db_str(s, 0), now);
    if (s) sqlite3_reset(s);
    return same;
}

static void store_visits(facts *f, const happenings *h) {
    leaders who;
    visits v;
    leaders_load(f->l, f->home, &who);
    visits_find(f, h, &who, &v);
    precedents_store(f, h, &v);
}

static void store_appearances(facts *f, const happenings *h) { (void)h, appearances_store(f); }
static void store_silences(facts *f, const happenings *h) { (void)h, silences_store(f); }
static void store_coverage(facts *f, const happenings *h) { (void)h, coverage_store(f); }

/* What is kept of facts and happenings, question by question. Whatever one of these computes is forgotten before the next begins. */
static void (*const stores[])(facts *, const happenings *) = {happenings_store, contradictions_store, store_visits, store_appearances, store_silences,
                                                              store_coverage, dyads_store, explanations_store, agreement_store};

static void derive_all(ledger *l) {
    copies_derive(l);
    arena_reset(&l->scratch);
    stories_derive(l);
    arena_reset(&l->scratch);
    arena home, work; /* of what all questions need, and of what one does: apart from scratch, which helpers use */
    arena_init(&home), arena_init(&work);
    home.escape = work.escape = l->scratch.escape;
    facts f;
    happenings h;
    facts_load(l, &home, &f);
    happenings_find(&f, &h);
    f.home = &work;
    for (size_t i = 0; i < sizeof stores / sizeof *stores; i++) {
        stores[i](&f, &h);
        arena_free(&work), arena_reset(&l->scratch);
    }
    arena_free(&home);
    db_run(l, "INSERT OR REPLACE INTO meta VALUES ('derived', ?)", "s", mark(l));
}

bool ledger_refresh(ledger *l) {
    jmp_buf escape;
    volatile bool current = false;
    if (l->error.status != RAP_OK) return false;
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory while comparing documents");
    else {
        l->scratch.escape = &escape;
        current = fresh(l);
        if (!current) db_exec(l, "PRAGMA mmap_size = 0; BEGIN IMMEDIATE"); /* as in rap_ledger_open */
        if (!current && !fresh(l)) derive_all(l);
    }
    l->scratch.escape = NULL;
    if (current) return l->error.status == RAP_OK;
    if (memory_ran_short()) ledger_fail(l, RAP_NO_MEMORY, "%s: out of memory while comparing documents", l->path);
    if (l->error.status != RAP_OK || !db_exec(l, "COMMIT"))
        if (!sqlite3_get_autocommit(l->db)) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    ledger_map(l);
    arena_reset(&l->scratch);
    return l->error.status == RAP_OK;
}

rap_status rap_ledger_refresh(rap_ledger *l, rap_error *e) {
    ledger_refresh(l);
    return ledger_status(l, e);
}
