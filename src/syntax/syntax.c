#include "syntax/syntax.h"

struct syntax_stage {
    const lexicon *lexicon;
};

rap_status syntax_open(syntax_stage **out, const setup *with, rap_error *e) {
    (void)e;
    syntax_stage *stage = arena_new(with->home, syntax_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    return RAP_OK;
}

void syntax_close(syntax_stage *stage) { (void)stage; }

void syntax_read(const syntax_stage *stage, document *doc) { (void)stage, (void)doc; }
