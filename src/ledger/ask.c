/* The table of questions, and asking one. */
#include <stdlib.h>

#include "ledger/derive.h"
#include "ledger/questions.h"

typedef struct question {
    const char *name, *summary, *columns;
    question_rows rows;  /* NULL: kept in table answer under the same name */
    bool derived;        /* needs what follows from the set */
    long limit;          /* rows when none is asked for; with --json `more` */
    long more;
} question;

static const question questions[] = {
    {"statements", "who did what to whom, as one voice reports it", "when=time.value,event,mode,who=source.name,whom=target.name,fact=factuality,voice=attribution[].speaker.name,outlet,id,sentence=sentence.text",
     ask_statements, false, 1000, 2000},
    {"documents", "what is held", "published,outlet,sentences,statements,credit,relation,original,title", ask_documents, true, 1000, 2000},
    {"why", "one row opened: its sentence, place, cues and rule (why ID)", "item,what,text", ask_why, true, 1000, 10000},
    {"meetings", "who met whom, who says so, how sure", "date,who=source,whom=target,verdict,sources=independent_sources,outlets=reports[].outlet,id,sentence=reports[].sentence", ask_meetings, true, 1000, 2000},
    {"happenings", "events merged across documents, with verdicts", "date,event,mode,who=source,whom=target,verdict,rule,sources=independent_sources,outlets=reports[].outlet,id", ask_happenings, true, 1000, 2000},
    {"stories", "documents about the same happening", "from,to,documents_held,outlets,sources=independent_sources,id,title", ask_stories, true, 1000, 20000},
    {"contradictions", "where reports disagree, with both sides' words", "date,event,who=source,whom=target,about,one_side,other_side,one=for_one[].outlet,other=for_other[].outlet", NULL, true, 1000, 10000},
    {"precedents", "visits of officials, what became of them, how unusual that was", "date,who,country,host,rank,outcome,leader,reported_by,class=classes[].class,received=classes[].received,of=classes[].of,bits=classes[].surprise_bits", NULL, true, 1000, 10000},
    {"silences", "who mentioned a story, who did not, who cannot be judged", "from,to,kind,mentioned,silent=silent[].outlet,omitted_by,unknown,title", NULL, true, 1000, 10000},
    {"appearances", "where a person was seen, when, with whom", "person,date,reported,category,place,company,documents", ask_appearances, true, 1000, 10000},
    {"gaps", "how long a person was not seen, and how unusual that is", "person,last_seen,seen_again,days,longer=gaps_at_least_as_long,of=other_gaps,p,held=days_held_between,judged,counting", ask_gaps, true, 1000, 10000},
    {"dyads", "monthly series of cooperation and conflict per pair of states (--counting day: daily)", "pair,period,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,documents_held,per_100_documents", ask_dyads, true, 1000, 10000},
    {"explanations", "who says why", "published,speaker,kind,cue,event,who=source,whom=target,outlet,sentence", NULL, true, 1000, 10000},
    {"coverage", "what is held of each outlet, by month", "outlet,month,documents,held,days", NULL, true, 1000, 10000},
    {"agreement", "imported event files beside what was coded here, by pair of states and month", "outlet,pair,period,ours,theirs,both,r=correlation_over_months", NULL, true, 1000, 10000},
    {"news", "what is new since a time (--since): first reports, contradictions, changed texts", "kind,date,event,who=source,whom=target,verdict,first=first.outlet,when=first.published,sentence=first.sentence", ask_news, true, 1000, 2000},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

const char *rap_questions(void) {
    static char text[4096];
    if (!*text)
        for (size_t i = 0, n = 0; i < QUESTIONS; i++) n += (size_t)snprintf(text + n, sizeof text - n, "%s\t%s\n", questions[i].name, questions[i].summary);
    return text;
}

static const question *find(const char *name) {
    for (int i = 0; i < QUESTIONS; i++)
        if (strcmp(questions[i].name, name) == 0) return &questions[i];
    return NULL;
}

const char *question_columns(const char *name) {
    const question *q = find(name);
    return q ? q->columns : "";
}

static void fill(ledger *l, const question *q, const rap_filters *asked, long limit, answer_rows *rows) {
    filters f;
    if (q->derived && !ledger_refresh(l)) return;
    if (!filters_prepare(l, asked, &f)) return;
    if (q->rows) q->rows(l, &f, limit, rows);
    else answers_read(l, q->name, &f, limit, rows);
}

static void fill_guarded(ledger *l, const question *q, const rap_filters *asked, long limit, answer_rows *rows) {
    jmp_buf escape;
    if (q->derived && !ledger_refresh(l)) return; /* it guards itself */
    if (setjmp(escape)) ledger_fail(l, RAP_NO_MEMORY, "out of memory");
    else {
        l->scratch.escape = &escape;
        fill(l, q, asked, limit, rows);
    }
    l->scratch.escape = NULL;
    arena_reset(&l->scratch);
}

json_t *question_rows_of(ledger *l, const char *name, const rap_filters *asked) {
    answer_rows rows = {.list = json_array()};
    fill_guarded(l, find(name), asked, asked->limit, &rows);
    if (l->error.status == RAP_OK) return rows.list;
    json_decref(rows.list);
    return NULL;
}

rap_status rap_ask(rap_ledger *l, const char *name, const rap_filters *asked, bool json, FILE *out, rap_error *e) {
    const question *q = find(name);
    if (!q) return error_set(e, RAP_USAGE, "no question \"%s\"; there are:\n%s", name, rap_questions());
    long limit = asked->limit > 0 ? asked->limit : asked->limit < 0 ? 0 : json ? q->more : q->limit;
    answer_rows rows = {.out = json ? out : NULL, .list = json ? NULL : json_array()};
    fill_guarded(l, q, asked, limit, &rows);
    rap_status status = ledger_status(l, e);
    if (status == RAP_OK && rows.list && json_array_size(rows.list)) table_write(rows.list, q->columns, out);
    if (status == RAP_OK && ferror(out)) status = error_set(e, RAP_NO_SPACE, "the answer cannot be written");
    if (status == RAP_OK && asked->limit == 0 && limit && rows.count >= limit)
        fprintf(stderr, "rapporteur: the first %ld rows; --limit N shows others, --limit -1 all\n", limit);
    json_decref(rows.list);
    return status;
}
