#include "text/text.h"

struct text_stage {
    const lexicon *lexicon;
};

rap_status text_open(text_stage **out, const setup *with, rap_error *e) {
    (void)e;
    text_stage *stage = arena_new(with->home, text_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    return RAP_OK;
}

void text_close(text_stage *stage) { (void)stage; }

void text_read(const text_stage *stage, document *doc) { (void)stage, (void)doc; }
