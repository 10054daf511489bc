/* The document: what every stage reads and adds its layer to. Data goes one way, in the order of src/pipeline.c; a stage writes only the
 * members under its own heading. Everything lives in `home` and ends with it. Indices are into the document's arrays; -1 is none. */
#ifndef RAP_DOCUMENT_H
#define RAP_DOCUMENT_H

#include "base/arena.h"
#include "base/date.h"
#include "rapporteur.h"

/* ---- intake: blocks of text ---- */

typedef enum block_kind { BLOCK_TITLE, BLOCK_SUBTITLE, BLOCK_CAPTION, BLOCK_BODY } block_kind;

typedef struct block {
    block_kind kind;
    str name; /* "title", "subtitle", "caption/0", "body" */
    str text; /* valid UTF-8; offsets of everything below are bytes into it */
} block;

/* What could not be read; goes out as a "skipped" record. */
typedef struct skipped {
    int32_t block;
    uint32_t start, end;
    str reason;
} skipped;

/* ---- text: sentences and tokens (UD words; "don't" is two, each with its own bytes) ---- */

typedef struct sentence {
    int32_t block;
    uint32_t start, end;  /* bytes in the block */
    int32_t first, last;  /* tokens [first, last) */
    int32_t root;         /* token; syntax */
    bool headline;        /* of a title or subtitle, or written like one */
    int32_t paragraph;    /* number of the paragraph in its block, from 0 */
} sentence;

/* Universal parts of speech. */
typedef enum upos {
    UPOS_NONE, UPOS_ADJ, UPOS_ADP, UPOS_ADV, UPOS_AUX, UPOS_CCONJ, UPOS_DET, UPOS_INTJ, UPOS_NOUN, UPOS_NUM,
    UPOS_PART, UPOS_PRON, UPOS_PROPN, UPOS_PUNCT, UPOS_SCONJ, UPOS_SYM, UPOS_VERB, UPOS_X, UPOS_COUNT
} upos;

/* UD relations of English with their subtypes. DEP_BASE(d) cuts the subtype off. Kept in the order of relation_names (document.c). */
typedef enum deprel {
    DEP_NONE, DEP_ROOT, DEP_ACL, DEP_ACL_RELCL, DEP_ADVCL, DEP_ADVCL_RELCL, DEP_ADVMOD, DEP_AMOD, DEP_APPOS, DEP_AUX, DEP_AUX_PASS,
    DEP_CASE, DEP_CC, DEP_CC_PRECONJ, DEP_CCOMP, DEP_COMPOUND, DEP_COMPOUND_PRT, DEP_CONJ, DEP_COP, DEP_CSUBJ, DEP_CSUBJ_OUTER,
    DEP_CSUBJ_PASS, DEP_DEP, DEP_DET, DEP_DET_PREDET, DEP_DISCOURSE, DEP_DISLOCATED, DEP_EXPL, DEP_FIXED, DEP_FLAT, DEP_GOESWITH,
    DEP_IOBJ, DEP_LIST, DEP_MARK, DEP_NMOD, DEP_NMOD_DESC, DEP_NMOD_POSS, DEP_NMOD_UNMARKED, DEP_NSUBJ, DEP_NSUBJ_OUTER,
    DEP_NSUBJ_PASS, DEP_NUMMOD, DEP_OBJ, DEP_OBL, DEP_OBL_AGENT, DEP_OBL_UNMARKED, DEP_ORPHAN, DEP_PARATAXIS, DEP_PUNCT,
    DEP_REPARANDUM, DEP_VOCATIVE, DEP_XCOMP, DEP_COUNT
} deprel;

const char *upos_name(upos u);
upos upos_of(str name);               /* UPOS_NONE if unknown */
const char *deprel_name(deprel d);    /* "nsubj:pass" */
deprel deprel_of(str name);           /* unknown subtypes fall to their base; DEP_DEP if that is unknown too */
deprel deprel_base(deprel d);         /* DEP_NSUBJ_PASS -> DEP_NSUBJ */

/* The features that later stages ask for; the whole bundle is token.feats. 0 is "not stated" everywhere. */
typedef struct morph {
    unsigned number : 2;    /* 1 Sing, 2 Plur, 3 other */
    unsigned person : 2;    /* 1, 2, 3 */
    unsigned gender : 2;    /* 1 Masc, 2 Fem, 3 Neut */
    unsigned tense : 2;     /* 1 Past, 2 Pres */
    unsigned verbform : 3;  /* 1 Fin, 2 Inf, 3 Part, 4 Ger */
    unsigned mood : 3;      /* 1 Ind, 2 Imp, 3 Sub */
    unsigned voice : 1;     /* 1 Pass */
    unsigned degree : 2;    /* 1 Pos, 2 Cmp, 3 Sup */
    unsigned prontype : 4;  /* 1 Prs, 2 Rel, 3 Int, 4 Dem, 5 Art, 6 Ind, 7 Neg, 8 Tot, 9 Rcp, 10 other */
    unsigned poss : 1;
    unsigned reflex : 1;
    unsigned definite : 2;  /* 1 Def, 2 Ind */
    unsigned negative : 1;  /* Polarity=Neg */
    unsigned pronoun_case : 2; /* 1 Nom, 2 Acc, 3 Gen */
    unsigned numtype : 2;   /* 1 Card, 2 Ord, 3 other */
} morph;
morph morph_of(str feats);

typedef struct token {
    uint32_t start, end; /* bytes in the sentence's block */
    str form;
    bool space_after;
    int32_t sentence;
    /* syntax */
    str lemma, feats;            /* feats: "Number=Sing|Person=3", "_" if none */
    morph morph;
    upos upos;
    deprel deprel;
    int32_t head;                /* token of the same sentence, -1 for a root */
    float confidence;            /* calibrated probability of head and relation */
    int32_t child, sibling;      /* first dependent; next dependent of the same head (in text order); set by tree_link */
    int32_t left, right;         /* first and last token of the subtree, inclusive; set by tree_link */
    /* later layers: which item has its head here */
    int32_t mention, timex, place, predicate, event; /* indices into the arrays below, -1 none */
} token;

/* ---- who: mentions and chains ---- */

typedef enum entity_type {
    ENTITY_NONE, ENTITY_PERSON, ENTITY_ORGANIZATION, ENTITY_OUTLET, ENTITY_PARTY, ENTITY_GROUP, ENTITY_PLACE, ENTITY_COUNTRY,
    ENTITY_CITY, ENTITY_REGION, ENTITY_FACILITY, ENTITY_PEOPLE, ENTITY_PRODUCT, ENTITY_EVENT, ENTITY_OTHER
} entity_type;
typedef enum mention_kind { MENTION_NAME, MENTION_NOMINAL, MENTION_PRONOUN } mention_kind;
const char *entity_type_name(entity_type t); /* "person", as in CONTRACT */
const char *mention_kind_name(mention_kind k);

typedef struct mention {
    int32_t first, last;   /* tokens [first, last): the words of the name, or head with its close modifiers */
    uint32_t start, end;   /* bytes in the block */
    int32_t head;          /* token */
    entity_type type;
    mention_kind kind;
    int32_t chain;         /* into chains; -1 until coreference */
    int32_t antecedent;    /* mention this one was linked to, -1 */
    float link_confidence; /* of that link */
    uint32_t entry;        /* who's own key of a known entity, 0 none */
    int32_t parts[4];      /* chains of a plural or split antecedent ("both sides"), -1 filled */
    float confidence;      /* that it is a name of this type */
} mention;

typedef struct chain {
    int32_t first;         /* mention */
    int32_t best;          /* mention with the fullest name */
    int32_t count;
    entity_type type;
    str name;              /* fullest name, or "" */
} chain;

/* PLOVER's sectors of actors. */
enum { MOST_SECTORS = 4 };
typedef struct actor {
    uint32_t start, end;   /* bytes of the words for it, in the statement's block */
    str text, name;        /* the words; the resolved name ("Song Tao") */
    str country;           /* ISO 3166-1 alpha-3, "IGO", "NGO" or "" */
    str sector[MOST_SECTORS];
    int sector_count;
    str code;              /* CHNGOVPTY */
    str role;              /* "head, CCP International Liaison Department" */
    str id;                /* stable: of the lexicon entry, else of the name; "" where nobody in particular */
    int32_t mention, corefers; /* mention of these words; mention that names it, if another */
    int32_t head;          /* token */
    int32_t part;          /* 1, 2 … of a plural ("the two sides"), 0 none */
    bool implied;          /* no words name it; the span is of those it follows from */
    float confidence;
} actor;

/* ---- when ---- */

typedef enum timex_type { TIMEX_DATE, TIMEX_TIME, TIMEX_DURATION, TIMEX_SET } timex_type;
typedef struct timex_found { /* not "struct timex": <time.h> has one */
    int32_t first, last;   /* tokens [first, last) */
    uint32_t start, end;
    int32_t block, head;
    timex_type type;
    str value, mod;        /* TIMEX3; value "" when unresolved */
    day begin, end_day;    /* the interval [begin, end_day] it covers, DAY_NONE unknown */
    bool relative;         /* hangs on the publication date or on another time */
} timex;

/* The time of an event: when_of. */
typedef enum time_basis { TIME_NONE, TIME_TEXT, TIME_CONTEXT } time_basis;
typedef struct event_time {
    str value;
    timex_type type;
    time_basis basis;
    int32_t timex;         /* -1 */
    day begin, end;
    bool background;       /* told as history */
} event_time;

/* ---- where ---- */

typedef struct place {
    int32_t first, last, head, mention; /* tokens; mention may be -1 */
    uint32_t start, end;
    int32_t block;
    str name, country;     /* country: ISO alpha-3 */
    double lat, lon;
    int32_t geonames;      /* 0 unknown */
    bool exact;            /* a named place rather than a whole country */
    float confidence;
} place;

/* ---- what: events by frames ---- */

typedef enum plover {
    EVENT_NONE, AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION,
    MOBILIZE, COERCE, ASSAULT, PLOVER_COUNT
} plover;
const char *plover_name(plover p); /* "CONSULT"; "" for none */
plover plover_of(str name);

typedef struct event {
    int32_t trigger;               /* token; its predicate is the one of the same token */
    int32_t first, last;           /* tokens of the whole trigger ("called off"); trigger lies inside */
    plover root;                   /* EVENT_NONE with mode "appear" or "travel" */
    str mode;                      /* PLOVER mode or "" */
    str context[4];
    int context_count;
    int32_t *source, *target, *other; /* head tokens of the fillers, each conjunct its own */
    int source_count, target_count, other_count;
    bool symmetric;
    bool absent;                   /* the trigger says that it did not happen ("missed the parade") */
    int32_t implied_by;            /* event that leaves this one behind (refused to meet), -1 */
    str relation;                  /* of that link: "implies", … */
    int8_t implied_polarity;       /* -1: the implying event says that this did not happen; 0: said decides */
    bool noevent_background;       /* scenery: kept as background */
    bool intention;                /* the act is told as coming: what happened is that it was announced */
    str rule;                      /* "frame refuse/2" or "model relate" */
    uint32_t frame;                /* what's own number */
    float confidence;              /* of both together */
    float framed, ranked;          /* what the frame alone and the ranker alone give it; ranked -1: not asked */
    str nearly;                    /* for explain: what nearly did */
} event;

/* ---- said: cues, predicates, quotations ---- */

typedef enum factuality { FACT_UU, FACT_CT_PLUS, FACT_PR_PLUS, FACT_PS_PLUS, FACT_CT_MINUS, FACT_PR_MINUS, FACT_PS_MINUS } factuality;
const char *factuality_name(factuality f); /* "CT+" */

typedef struct cue {
    str kind;              /* "negation", "hedge", "condition", "question", "plan", "wish", "modal", "report", "refusal", … */
    int32_t block, token;  /* its chief token */
    uint32_t start, end;
    struct cue_scope { uint32_t start, end; } *scope;
    int scope_count;
} cue;

typedef struct predicate {
    int32_t token;
    factuality factuality;     /* by its innermost voice: what statements carry */
    factuality judged;         /* what a careful reader takes from the whole sentence (did it happen?): goes out in `annotate` */
    int32_t *cue;              /* into cues: what moved it */
    int cue_count;
    int32_t quotation;         /* innermost quotation whose content holds it, -1: the outlet's own */
    float score;               /* -3 … 3: the readers' judgement before rounding */
} predicate;

typedef enum stance {
    STANCE_ASSERTS, STANCE_DENIES, STANCE_DOUBTS, STANCE_ASKS, STANCE_EXPECTS, STANCE_WISHES, STANCE_CONCEDES, STANCE_CITES,
    STANCE_OMITS, STANCE_DECLINES
} stance;
const char *stance_name(stance s);

typedef struct content { uint32_t start, end; int32_t first, last; } content; /* bytes; tokens [first, last) */

typedef struct quotation {
    int32_t block;
    bool has_source, has_cue;
    content source, cue;
    content *parts;            /* of the content, in text order; may lie in several sentences */
    int part_count;
    int32_t speaker;           /* head token of the source's words, -1 */
    int32_t cue_token;         /* -1 */
    int32_t outer;             /* quotation that holds this one, -1 outermost */
    int32_t relayed_by;        /* cue of the report with the same content that passes this one on ("said, citing an official"), -1 */
    stance stance;
    bool link;                 /* opens a voice (speech, belief, wish); false for attitudes and intentions that hold no statement */
    str quote;                 /* "direct", "indirect", "mixed" */
    factuality factuality;     /* that the outer voice gives to the saying itself (usually CT+) */
    str voice;                 /* "official", "state media", "party", "expert", "witness", "anonymous", "document", … */
    int32_t answers;           /* quotation that this one takes up ("Moscow denies it"), -1 */
    bool view;                 /* how somebody reads what happened: an expert's words, or what others believe and suspect */
} quotation;

/* ---- statement: all of it joined ---- */

typedef struct link { str rel; int32_t to; } link; /* to: statement */

typedef struct voice_link {
    bool has_speaker;
    actor speaker;
    int32_t quotation;
    factuality factuality;     /* what this speaker commits to */
} voice_link;

typedef struct statement {
    str id;
    int32_t sentence, event;   /* event: -1 for one that only a stance carries (omits a meeting) */
    int32_t trigger;           /* token */
    uint32_t trigger_start, trigger_end;
    plover root;
    str mode;
    str context[4];
    int context_count;
    bool has_source, has_target;
    actor source, target, *others;
    int other_count;
    factuality factuality;
    int32_t *cue;
    int cue_count;
    voice_link *voices;        /* outermost first */
    int voice_count;
    event_time time;
    int32_t place;             /* -1 */
    link *links;
    int link_count;
    str rule;
    float confidence;
    bool faint;                /* below the limit under which nothing is coded; kept because everything was asked for */
    float weight;              /* of its event, actors and arcs, before the model of confidence */
} statement;

/* ---- the whole ---- */

struct rap_document {
    arena home;
    uint64_t stage_time[RAP_STAGES]; /* nanoseconds of this thread's processor, by stage of pipeline.c */

    /* intake */
    str id, url, outlet, title, subtitle, section, language, domain;
    str *captions, *bylines;
    int caption_count, byline_count;
    moment published, modified;
    str published_raw, modified_raw; /* as given, when it could not be read: reported by `check` */
    block *blocks;
    int block_count;
    skipped *skips;
    size_t skip_count, skip_capacity;

    /* text */
    sentence *sentences;
    size_t sentence_count, sentence_capacity;
    token *tokens;
    size_t token_count, token_capacity;

    /* syntax, when asked: float [token_count][state_width] */
    float *states;
    int state_width;
    float *views; /* [token_count][8], what said/tagger.h sees in the states; NULL without a viewer */

    /* who */
    mention *mentions;
    size_t mention_count, mention_capacity;
    chain *chains;
    size_t chain_count, chain_capacity;
    struct who_notes *who_notes; /* who's own: matches of the lexicon */

    /* when, where */
    timex *times;
    size_t time_count, time_capacity;
    place *places;
    size_t place_count, place_capacity;

    /* what */
    event *events;
    size_t event_count, event_capacity;

    /* said */
    cue *cues;
    size_t cue_count, cue_capacity;
    predicate *predicates;
    size_t predicate_count, predicate_capacity;
    quotation *quotations;
    size_t quotation_count, quotation_capacity;

    /* statement */
    statement *statements;
    size_t statement_count, statement_capacity;
    struct speaking { int32_t sentence; str name; bool view; } *speakings; /* who speaks in a sentence, by name or words; at most one each, in order */
    size_t speaking_count, speaking_capacity;
};
typedef struct rap_document document;

/* Empties it for the next one; keeps memory. */
void document_clear(document *doc);
/* Sets blocks from title, subtitle, captions and body (empty ones make no block), and a missing id from outlet, url, published and raw bytes. */
void document_blocks(document *doc, str body, str raw);
/* True where no language is told: models exist for English only. */
static inline bool document_is_english(const document *doc) { return doc->language.len == 0 || str_starts(doc->language, "en"); }
void document_skip(document *doc, int32_t block, uint32_t start, uint32_t end, const char *reason);

/* ---- trees ---- */

/* Sets child, sibling, left, right of all tokens of a sentence, and its root, from their heads. */
void tree_link(document *doc, sentence *s);
/* for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) */
static inline int32_t tree_child(const document *doc, int32_t t) { return doc->tokens[t].child; }
static inline int32_t tree_next(const document *doc, int32_t t) { return doc->tokens[t].sibling; }
/* First dependent of t with that relation (exactly), -1. */
int32_t tree_find(const document *doc, int32_t t, deprel d);
/* First dependent whose relation has that base (DEP_NSUBJ finds nsubj:pass), -1. */
int32_t tree_find_base(const document *doc, int32_t t, deprel base);
/* First `case` or `mark` dependent's lemma; "" if none. */
str tree_case(const document *doc, int32_t t);
/* The body's first sentence, where it is but where and by whom the dispatch was filed ("Pyongyang, August 16 (KCNA) --"): its day is the report's. */
bool sentence_is_dateline(const document *doc, const sentence *s);
/* The head of the tokens [first, last): the first of them whose own head lies outside. */
int32_t tree_top(const document *doc, int32_t first, int32_t last);
bool tree_under(const document *doc, int32_t t, int32_t above); /* is t in the subtree of above (itself included)? */
static inline str token_text(const document *doc, int32_t t) { return doc->tokens[t].form; }
static inline bool token_lemma(const document *doc, int32_t t, const char *lemma) { return str_is(doc->tokens[t].lemma, lemma); }
str document_span(const document *doc, int32_t block, uint32_t start, uint32_t end);

#endif
