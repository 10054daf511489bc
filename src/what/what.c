#include "what/what.h"

struct what_stage {
    const lexicon *lexicon;
};

rap_status what_open(what_stage **out, const setup *with, rap_error *e) {
    (void)e;
    what_stage *stage = arena_new(with->home, what_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    return RAP_OK;
}

void what_close(what_stage *stage) { (void)stage; }

void what_read(const what_stage *stage, const who_stage *who, document *doc) { (void)stage, (void)who, (void)doc; }

what_answer what_relate(const what_stage *stage, const who_stage *who, document *doc, const content *source, int sources, const content *target,
                        int targets) {
    (void)stage, (void)who, (void)doc, (void)source, (void)sources, (void)target, (void)targets;
    return (what_answer){.root = CONSULT};
}
