/* rapporteur: who did what to whom, who says so, how sure they are, when and where.
 *
 * The public interface. Every handle is opaque; no global state. A rap_engine is constant once opened and may be shared by any number of
 * threads; every other handle belongs to one thread at a time. Strings that go in are lent for the call; what comes out says who owns it. */
#ifndef RAPPORTEUR_H
#define RAPPORTEUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RAP_VERSION "0.1.0"

/* The exit status of the command, too. */
typedef enum rap_status {
    RAP_OK = 0,
    RAP_UNREADABLE = 1, /* some input could not be read; the rest was done */
    RAP_USAGE = 2,      /* called wrongly */
    RAP_NO_MEMORY = 3,
    RAP_NO_SPACE = 4,   /* the disk is full, or output is closed (exit status 3) */
    RAP_END = 5         /* no more documents (never an exit status) */
} rap_status;

/* Filled by a call that fails; worded for the person who typed the command. */
typedef struct rap_error {
    rap_status status;
    char message[1024];
} rap_error;

/* ---- the engine: models and knowledge ---- */

typedef struct rap_engine rap_engine;

typedef struct rap_options {
    const char *models;  /* folder of the weights; NULL: where they were installed */
    const char *lexicon; /* folder whose files replace or (NAME.add.tsv) extend the built-in knowledge; NULL: none */
    float least;        /* statements of less confidence are not made; 0: the limit that the model was given, below 0: none */
    bool states;         /* keep the encoder's states in every document (for training) */
} rap_options;

/* On success *engine is the caller's, to be closed. options may be NULL. */
rap_status rap_open(rap_engine **engine, const rap_options *options, rap_error *error);
void rap_close(rap_engine *engine);
/* "0.1.0 lexicon 3f2a… model 91bc…", as in every record; lives as long as the engine. */
const char *rap_engine_version(const rap_engine *engine);

/* ---- documents in ---- */

typedef struct rap_source rap_source;     /* a file, folder or stream of documents */
typedef struct rap_document rap_document; /* one document with all its layers */

typedef struct rap_source_options {
    const char *columns;  /* CSV and TSV: "text=body,published=date,outlet=source"; NULL: by common names */
    unsigned shard, of;   /* every of-th document from the shard-th (0-based), by position in the input; of 0: all */
    bool as_it_stands;    /* plain text is not searched for a head, a title or a page's furniture: all of it is the body */
    uint64_t before;      /* documents of the sources read before this one: shards count through all of them */
    int threads;          /* of rap_ledger_add_path: documents coded at the same time; 0 and 1: one */
} rap_source_options;

/* Opens a path ("-" is standard input) whose kind is told by its content: HTML, plain text, JSONL, CSV, TSV, WARC, RSS, Atom, ZIP, tar, a
 * folder. The path is copied. */
rap_status rap_source_open(rap_source **source, const char *path, const rap_source_options *options, rap_error *error);
/* The next document into `document` (cleared first). RAP_END when there is none left; RAP_UNREADABLE for one record that cannot be read (the
 * error names it; call again for the next one). Memory used is bounded by one record. */
rap_status rap_source_next(rap_source *source, rap_document *document, rap_error *error);
void rap_source_close(rap_source *source);
/* Documents passed so far, those of other shards and unreadable ones among them, plus options.before. */
uint64_t rap_source_position(const rap_source *source);
/* Bytes read of the file, and its size (0 when not known: a pipe, a folder). */
void rap_source_progress(const rap_source *source, uint64_t *done, uint64_t *of);

/* An empty document; reused from one to the next, it keeps its memory. */
rap_status rap_document_new(rap_document **document, rap_error *error);
void rap_document_free(rap_document *document);
/* Fills it from text in memory: `body` is validated UTF-8 or an error; published is RFC 3339 or NULL. */
rap_status rap_document_from_text(rap_document *document, const char *body, size_t length, const char *published, rap_error *error);
/* Fills it from one CONTRACT document record (a JSON object). */
rap_status rap_document_from_json(rap_document *document, const char *json, size_t length, rap_error *error);

/* Bytes that the document owns, until it is cleared or freed; no NUL behind them. */
typedef struct rap_view {
    const char *text;
    size_t length;
} rap_view;
/* "id", "url", "outlet", "domain", "title", "subtitle", "section", "language", "published", "modified" (as RFC 3339), "published as given" (what could
 * not be understood as a date), "body"; empty where the document has none. */
rap_view rap_document_field(rap_document *document, const char *name);
/* How many "sentences", "statements", "skipped" passages, "captions", "bytes" of text. */
size_t rap_document_count(const rap_document *document, const char *what);

/* ---- reading ---- */

/* Runs all stages over the document. RAP_NO_MEMORY leaves it empty. */
rap_status rap_read(const rap_engine *engine, rap_document *document, rap_error *error);
/* Only sentences, tokens and trees. */
rap_status rap_parse(const rap_engine *engine, rap_document *document, rap_error *error);

/* Only trees, over sentences and tokens that the document has already (rap_conllu_next). */
rap_status rap_parse_tokens(const rap_engine *engine, rap_document *document, rap_error *error);

/* CoNLL-U with its own words and sentences. `in` stays the caller's. */
typedef struct rap_conllu rap_conllu;
rap_status rap_conllu_open(rap_conllu **stream, FILE *in, rap_error *error);
/* The next sentences, some hundreds, into `document` (cleared first); RAP_END when there is none. RAP_UNREADABLE ends it: the line is named. */
rap_status rap_conllu_next(rap_conllu *stream, rap_document *document, rap_error *error);
/* The lines that rap_conllu_next read, with LEMMA, UPOS, FEATS, HEAD, DEPREL and, in MISC, Conf filled from the document. */
rap_status rap_conllu_write(const rap_conllu *stream, const rap_document *document, FILE *out, rap_error *error);
void rap_conllu_close(rap_conllu *stream);
/* Scores a system's CoNLL-U against a gold file of the same text; prints a table. Sentences, words and what hangs on them, as F1. */
rap_status rap_eval_conllu(const char *gold, const char *system, FILE *out, rap_error *error);
/* ---- training ---- */

/* The reader of words and sentences, from CoNLL-U treebanks with paragraph marks; writes the model file `out`, progress to `log`. */
rap_status rap_train_text(const char *const *treebanks, size_t count, const char *out, FILE *log, rap_error *error);
/* The finder of names, from JSONL records {"text", "entities": [{"start", "end", "type": PER, ORG or LOC}]}. */
typedef struct rap_names_examples {
    const char *models;       /* folder of text.bin and syntax.bin, or NULL */
    const char *lists;        /* names and places: phrase, tab, given|any|city|town|country|title|organization|place; or NULL */
    const char *const *gold;  /* JSONL files of records with text and entities */
    size_t gold_count;
    const char *write;        /* file of examples to write, in the form of a model file */
} rap_names_examples;
rap_status rap_write_name_examples(const rap_names_examples *how, rap_error *error);
/* The encoder's states (rap_options.states), float32, one row a token. */
rap_status rap_write_states(const rap_document *document, FILE *out, rap_error *error);

/* Which event lies between two given sides: `json` is {"id","text","source":[[start,end],…],"target":[[start,end],…]}, byte offsets, a side may
 * be empty; writes one line {"id","event","mode","factuality","confidence"} to `out`, also for a record that cannot be read (RAP_UNREADABLE). */
rap_status rap_relate(const rap_engine *engine, rap_document *document, const char *json, size_t length, FILE *out, rap_error *error);

/* Whom words mean: `json` is {"id","text","context","published"}; writes one line {"id","name","country","sector","code","role","entity","confidence"}
 * to `out`, also for a record that cannot be read (RAP_UNREADABLE). UN and EU come out under PLOVER's UNO and EUR. */
rap_status rap_who(const rap_engine *engine, rap_document *document, const char *json, size_t length, FILE *out, rap_error *error);
/* The same for one phrase; context and `on` (YYYY-MM-DD) may be NULL. */
rap_status rap_who_words(const rap_engine *engine, rap_document *document, const char *words, const char *context, const char *on, FILE *out,
                         rap_error *error);

/* Trains the weights of `relate` from such records with an "event" (JSON Lines in the files given) and from the frames' own test sentences, writes
 * them to `model` (NULL: only measures) and reports cross-validation over `folds` groups of near-duplicates to `report`. */
rap_status rap_train_relate(const rap_engine *engine, char **files, int file_count, int folds, const char *model, FILE *report, rap_error *error);
/* The model of confidence from statements judged by people (a table, docs/coding.md S6) in the documents of `files`. The engine is to keep statements
 * of any confidence (rap_options.least below 0). */
typedef struct rap_confidence_options {
    int folds;           /* of the cross-validation, 2 to 20 */
    const char *model;   /* file to write; NULL: only measures */
    const char *nothing; /* documents in which no political event happens (reviews, textbooks): what is coded there is wrong; NULL: none */
    const char *gold;    /* records of `relate` with an "event": what agrees with them is right; NULL: none */
} rap_confidence_options;
rap_status rap_train_confidence(const rap_engine *engine, const char *judged, char **files, int file_count, const rap_confidence_options *how, FILE *report,
                                rap_error *error);
/* The attribution models from PolNeAR-like records (JSONL: text, attributions), written to `model` where that is not NULL. */
rap_status rap_train_quotations(const rap_engine *engine, char **files, int file_count, const char *model, FILE *report, rap_error *error);
/* The model of readers' judgement from UDS-like records (JSONL: text, predicates with factuality -3 … 3). */
rap_status rap_train_factuality(const rap_engine *engine, char **files, int file_count, const char *model, FILE *report, rap_error *error);

/* ---- for people who mend the knowledge ---- */

/* Tells what is wrong with the frames (embedded, or replaced and extended by `folder`), one line a problem and a summary, to `out`. */
rap_status rap_lexicon_lint(const char *folder, FILE *out, int *problems, rap_error *error);
/* What a file of frames would change: reads every document of `source` with and without, writes the statements that go (-) and come (+). */
rap_status rap_lexicon_try(const char *frames, const rap_options *options, rap_source *source, FILE *out, rap_error *error);
/* How much of the verbs and event nouns of a corpus the frames know, counted by use: add documents as they come from a source, then write
 * the report with the `most` used words that are uncovered; it returns the share covered, in per cent. */
typedef struct rap_coverage rap_coverage;
rap_status rap_coverage_open(rap_coverage **out, const rap_options *options, rap_error *error);
rap_status rap_coverage_add(rap_coverage *coverage, rap_document *document, rap_error *error);
double rap_coverage_write(rap_coverage *coverage, size_t most, FILE *out);
void rap_coverage_close(rap_coverage *coverage);
/* What a folder of one's own (NAME.tsv, NAME.add.tsv) adds to, changes in and takes out of the built-in knowledge, a line a fact, on `out`; then
 * whether the knowledge of actors can be read that way (RAP_UNREADABLE says where not). */
rap_status rap_lexicon_diff(const char *folder, FILE *out, rap_error *error);

/* Where the time went: nanoseconds of processor time that a document has spent in a stage, 0 <= stage < RAP_STAGES, in the order of reading. */
enum { RAP_STAGES = 9 };
const char *rap_stage_name(int stage);
uint64_t rap_stage_time(const rap_document *document, int stage);

/* ---- out ---- */

/* RAP_GDELT: events 1.0; RAP_GDELT2: events 2.0; RAP_CAMEO: date, source, target, code, as TABARI and PETRARCH write them. */
typedef enum rap_format { RAP_JSONL, RAP_CSV, RAP_POLECAT, RAP_ICEWS, RAP_GDELT, RAP_CAMEO, RAP_GDELT2, RAP_GDELT_MENTIONS, RAP_PHOENIX, RAP_FORMATS } rap_format;
const char *rap_format_name(rap_format format);                    /* "gdelt2"; NULL beyond the last */
bool rap_format_of(const char *name, rap_format *format);          /* false: no such format */

/* All of these write whole lines to `out` and return RAP_NO_SPACE when it cannot be written. */
rap_status rap_write_header(const rap_engine *engine, rap_format format, FILE *out, rap_error *error);
rap_status rap_write_statements(const rap_engine *engine, const rap_document *document, rap_format format, bool with_text, FILE *out,
                                rap_error *error);
rap_status rap_write_annotation(const rap_engine *engine, const rap_document *document, FILE *out, rap_error *error);
rap_status rap_write_document(const rap_document *document, FILE *out, rap_error *error); /* the record alone, as JSON */
rap_status rap_write_conllu(const rap_document *document, FILE *out, rap_error *error);
/* For people: trees, actors, frames, rules, what nearly fitted. width: columns of the terminal. */
rap_status rap_write_explanation(const rap_engine *engine, const rap_document *document, int width, FILE *out, rap_error *error);

/* ---- the ledger ---- */

typedef struct rap_ledger rap_ledger; /* one file (SQLite); one thread at a time, any number of processes read while one writes */

/* Opens a ledger; with `create` a new one where none is. An older one is migrated. *ledger is the caller's, to be closed. */
rap_status rap_ledger_open(rap_ledger **ledger, const char *path, bool create, rap_error *error);
void rap_ledger_close(rap_ledger *ledger);

typedef struct rap_added {
    long documents, held, statements, unreadable; /* stored now; held before; statements stored now; records that could not be read */
    uint64_t passed;                              /* documents of all sources so far, for shards */
    long foreign;                                 /* of the documents stored now: in languages that are not coded */
} rap_added;

/* Reads the document with the engine and stores it in one transaction, unless its id is held. */
rap_status rap_ledger_add(rap_ledger *ledger, const rap_engine *engine, rap_document *document, rap_added *added, rap_error *error);
/* A path of any kind rap_source_open takes; also what `code --text` writes, which is stored as it is, and event files of ICEWS, POLECAT and
 * GDELT, which become one outlet each. `note` (may be NULL) is told of every record that cannot be read, with `context`; RAP_UNREADABLE when there was one. */
rap_status rap_ledger_add_path(rap_ledger *ledger, const rap_engine *engine, const char *path, const rap_source_options *options,
                               void (*note)(void *context, const rap_error *), void *context, rap_added *added, rap_error *error);
/* Computes what follows from the set (copies, stories, happenings, …) if anything changed since; questions do it on their own. */
rap_status rap_ledger_refresh(rap_ledger *ledger, rap_error *error);

/* NULL: no such condition. Names match without regard to case, diacritics and hyphens. Strings are lent for the call. */
typedef struct rap_filters {
    const char *who, *whom;         /* person, body, country code or actor code: anyone who takes part; the other side */
    const char *country, *root;     /* ISO 3166-1 alpha-3 of either side; PLOVER event, "EVENT/mode", or a mode of no event (appear, travel) */
    const char *from, *to;          /* YYYY, YYYY-MM or YYYY-MM-DD: of the event, or of the report where the event has no date */
    const char *outlet, *factuality, *voice, *stance; /* factuality: "CT+", "+" (any that happened), "-"; voice: a speaker */
    const char *words;              /* words of the sentence (FTS5 query) */
    const char *item;               /* of `why`: a statement, happening, story or document id */
    const char *since;              /* only what came to be known from documents published at or after it */
    const char *counting;           /* of appearances: "day" (one a day, default), "document" */
    const char *signed_by, *reason; /* of corrections */
    long limit;                     /* rows; 0: the question's own, negative: all */
} rap_filters;

/* The names of all questions, one a line with a summary behind a tab. */
const char *rap_questions(void);
/* Writes the rows: a table, or with json one object a line. Same ledger content, same bytes, in whatever order it was added. */
rap_status rap_ask(rap_ledger *ledger, const char *question, const rap_filters *filters, bool json, FILE *out, rap_error *error);

typedef enum rap_page { RAP_PAGE_TEXT, RAP_PAGE_MARKDOWN, RAP_PAGE_HTML } rap_page;
rap_status rap_report(rap_ledger *ledger, const rap_filters *filters, rap_page page, FILE *out, rap_error *error);
/* The paragraph on methods for a paper: versions, documents, outlets, dates, what was skipped, judged precision. */
rap_status rap_report_methods(rap_ledger *ledger, const rap_filters *filters, FILE *out, rap_error *error);

/* Event tables. For event-shaped formats what did not happen, or not for sure, goes to `unrealized` in our own layout (NULL: left out). */
rap_status rap_export(rap_ledger *ledger, const rap_filters *filters, rap_format format, FILE *out, FILE *unrealized, rap_error *error);

/* Draws n sentences, spread over the roots (with as many that have no statement), the same for the same seed, as CSV to be judged. */
rap_status rap_sample(rap_ledger *ledger, const rap_filters *filters, long n, bool by_root, uint64_t seed, FILE *out, rap_error *error);
/* Precision, estimated recall (Wilson intervals) and agreement (Krippendorff's alpha) from judged copies of one sample. With a ledger (or NULL)
 * the judgements are kept there, for report --methods. */
rap_status rap_eval_sample(rap_ledger *ledger, const char *const *paths, int count, FILE *out, rap_error *error);

/* A person's correction of a row: kind "actor", "date", "not-an-event", "factuality", "merge", "split". Signed, with a reason; kept apart. */
rap_status rap_correct(rap_ledger *ledger, const char *item, const char *kind, const char *field, const char *value, const char *signed_by,
                       const char *reason, rap_error *error);
/* Codes anew documents whose version is not the engine's: those that the change of knowledge touches, by the words of what changed; with `only`
 * (an FTS5 query) those with such words; with "" all. Writes the differences. */
rap_status rap_recode(rap_ledger *ledger, const rap_engine *engine, const char *only, FILE *out, rap_error *error);

#ifdef __cplusplus
}
#endif

#endif
