#include "said/said.h"

struct said_stage {
    const lexicon *lexicon;
};

rap_status said_open(said_stage **out, const setup *with, rap_error *e) {
    (void)e;
    said_stage *stage = arena_new(with->home, said_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    return RAP_OK;
}

void said_close(said_stage *stage) { (void)stage; }

void said_read(const said_stage *stage, const who_stage *who, document *doc) { (void)stage, (void)who, (void)doc; }
str said_voice(const said_stage *stage, const document *doc, const actor *speaker) {
    (void)stage, (void)doc, (void)speaker;
    return STR("");
}
