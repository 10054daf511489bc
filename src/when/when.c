#include "when/when.h"

struct when_stage {
    const lexicon *lexicon;
};

rap_status when_open(when_stage **out, const setup *with, rap_error *e) {
    (void)e;
    when_stage *stage = arena_new(with->home, when_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    return RAP_OK;
}

void when_close(when_stage *stage) { (void)stage; }

void when_read(const when_stage *stage, document *doc) { (void)stage, (void)doc; }

event_time when_of(const when_stage *stage, document *doc, int32_t at) {
    (void)stage, (void)doc, (void)at;
    return (event_time){.timex = -1, .begin = DAY_NONE, .end = DAY_NONE};
}
