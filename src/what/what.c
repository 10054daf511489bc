#include "what/what.h"

#include "what/match.h"
#include "what/ranker.h"
#include "what/stage.h"

rap_status what_open(what_stage **out, const setup *with, rap_error *e) {
    what_stage *stage = arena_new(with->home, what_stage);
    *out = stage;
    stage->syntax = with->syntax;
    rap_status status = frames_open(&stage->set, with->lexicon, with->home, e);
    return status == RAP_OK ? ranker_open(&stage->ranker, with, e) : status;
}

void what_close(what_stage *stage) {
    if (stage) ranker_close(stage->ranker);
}

void what_begin(reading *in, const what_stage *stage, const who_stage *who, document *doc) {
    const frame_set *set = &stage->set;
    *in = (reading){.doc = doc, .set = set, .who = who, .syntax = stage->syntax, .actors = arena_array(&doc->home, uint8_t, doc->token_count)};
    in->armed_class = frames_class(set, "armed");
    in->instrument_class = frames_class(set, "instrument");
    in->sport_class = frames_class(set, "sport");
    in->contest_class = frames_class(set, "contest");
    in->play_class = frames_class(set, "play");
    in->harm_class = frames_class(set, "harm");
    in->people_class = frames_class(set, "people");
    in->private_class = frames_class(set, "private");
    in->source_chain = -1;
    in->site_class = frames_class(set, "site");
    in->carry_class = frames_class(set, "carry");
    in->quantity_class = frames_class(set, "quantity");
    in->object_control_class = frames_class(set, "object_control");
    in->depiction_class = frames_class(set, "depiction");
    in->subject_control_class = frames_class(set, "subject_control");
}

void what_read(const what_stage *stage, const who_stage *who, document *doc) {
    reading in;
    what_begin(&in, stage, who, doc);
    in.ranker = stage->ranker;
    in.evidence = arena_new(&doc->home, evidence);
    in.side = arena_array(&doc->home, int32_t, doc->token_count);
    for (size_t i = 0; i < doc->sentence_count; i++) read_events(&in, &doc->sentences[i]);
}
