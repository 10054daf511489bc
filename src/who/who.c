#include "who/who.h"

struct who_stage {
    const lexicon *lexicon;
};

rap_status who_open(who_stage **out, const setup *with, rap_error *e) {
    (void)e;
    who_stage *stage = arena_new(with->home, who_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    return RAP_OK;
}

void who_close(who_stage *stage) { (void)stage; }

void who_names(const who_stage *stage, document *doc) { (void)stage, (void)doc; }
void who_chains(const who_stage *stage, document *doc) { (void)stage, (void)doc; }

bool who_actor(const who_stage *stage, document *doc, int32_t at, day date, actor *out) {
    (void)stage, (void)date;
    const token *t = &doc->tokens[at];
    *out = (actor){.start = t->start, .end = t->end, .text = t->form, .mention = -1, .corefers = -1, .head = at};
    return false;
}

bool who_words(const who_stage *stage, document *scratch, str words, str context, day date, actor *out) {
    (void)stage, (void)scratch, (void)context, (void)date;
    *out = (actor){.text = words, .mention = -1, .corefers = -1, .head = -1};
    return false;
}
