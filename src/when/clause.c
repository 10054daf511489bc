#include "when/clause.h"

#include "when/resolve.h"

const char clause_reports[] = "say tell report add state announce claim note write quote warn declare stress explain argue insist cite according deny admit "
                              "confirm reveal acknowledge allege accuse suggest believe think know hear understand show mention read";
/* Verbs that speak of, judge or look forward to the event that their object names, so that it has a time and place of its own. */
static const char stands_off[] = "condemn criticize criticise denounce welcome praise discuss demand urge plan propose reject support back oppose mark commemorate remember recall "
                                 "investigate expect fear threaten seek want consider follow blame cause prevent avoid review protest regret deplore applaud hail cite face avenge "
                                 "recommend request suspect foresee predict mourn describe justify defend question probe watch prepare schedule order authorize promise postpone";
/* Verbs whose time is that of the event that their subject names. */
static const char carries[] = "hold conduct have make begin start open launch stage take occur happen attend end conclude continue carry host convene resume "
                              "pay arrive wrap kick finish sign give deliver do stag mount complete follow join come last be go face see undergo call cancel "
                              "break erupt flare rage collapse stall escalate intensify kill wound injure destroy damage leave claim";

bool clause_verb(const document *doc, int32_t t) {
    upos u = doc->tokens[t].upos;
    return u == UPOS_VERB || u == UPOS_AUX || tree_find(doc, t, DEP_COP) >= 0;
}

bool clause_opens(deprel d) {
    deprel b = deprel_base(d);
    return b == DEP_CCOMP || b == DEP_ADVCL || b == DEP_ACL || b == DEP_CSUBJ || b == DEP_PARATAXIS || b == DEP_XCOMP || b == DEP_CONJ;
}

/* The token whose clause the event at t shares its time with, -1 none. */
int32_t clause_above(const document *doc, int32_t t) {
    const token *word = &doc->tokens[t];
    int32_t h = word->head;
    if (h < 0) return -1;
    deprel base = deprel_base(word->deprel);
    if (clause_verb(doc, t) || word->deprel == DEP_XCOMP) {
        str mark = tree_case(doc, t);
        switch (base) {
        case DEP_XCOMP: return h;
        case DEP_CSUBJ: return str_in(doc->tokens[h].lemma, carries) ? h : -1; /* "fighting between them broke out on Monday" */
        case DEP_CONJ: return clause_verb(doc, h) && direction_of(doc, t) == direction_of(doc, h) ? h : -1;
        case DEP_ADVCL: return str_in(mark, "if unless before after until till because although though since so") ? -1 : h;
        case DEP_ACL:
            if (doc->tokens[h].timex >= 0) return tree_find(doc, t, DEP_ADVMOD) >= 0 && !str_is(mark, "that") ? h : -1; /* "Friday, when", not a misread "said Friday that" */
            return word->deprel == DEP_ACL_RELCL || str_is(mark, "to") ? h : -1;
        case DEP_PARATAXIS: /* "was arrested on Monday; within hours crowds gathered" */
            return clause_verb(doc, h) && !str_in(doc->tokens[h].lemma, clause_reports) && !str_in(word->lemma, clause_reports) && direction_of(doc, t) == direction_of(doc, h) ? h : -1;
        case DEP_AMOD: return doc->tokens[h].head < 0 && !clause_verb(doc, h) ? h : -1; /* a misread "dissolved parliament on Tuesday": the sentence's verb */
        case DEP_CCOMP: return str_in(doc->tokens[h].lemma, clause_reports) ? -1 : str_in(doc->tokens[h].lemma, "see watch make let help fail refuse begin") ? h : -1;
        default: return -1;
        }
    }
    switch (base) {
    case DEP_OBJ: return clause_verb(doc, h) && !str_in(doc->tokens[h].lemma, stands_off) && !str_in(doc->tokens[h].lemma, clause_reports) ? h : -1;
    case DEP_NSUBJ: return str_in(doc->tokens[h].lemma, carries) && clause_verb(doc, h) ? h : -1;
    case DEP_OBL: return str_is(doc->tokens[h].lemma, "follow") && str_is(tree_case(doc, t), "by") ? h : clause_verb(doc, h) && str_in(tree_case(doc, t), "during in at on through for with") && !str_in(doc->tokens[h].lemma, clause_reports) ? h : -1;
    case DEP_CONJ: return clause_verb(doc, h) ? -1 : h;
    case DEP_NMOD: return str_in(tree_case(doc, t), "during at in") ? h : -1;
    case DEP_COMPOUND: case DEP_APPOS: return h;
    default: return -1;
    }
}
