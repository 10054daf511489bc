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
    uint64_t before;      /* documents of the sources read before this one: shards count through all of them */
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
/* The encoder's states (rap_options.states), float32, one row a token. */
rap_status rap_write_states(const rap_document *document, FILE *out, rap_error *error);

/* Which event lies between two given sides: `json` is {"id","text","source":[[start,end],…],"target":[[start,end],…]}, byte offsets, a side may
 * be empty; writes one line {"id","event","mode","factuality","confidence"} to `out`, also for a record that cannot be read (RAP_UNREADABLE). */
rap_status rap_relate(const rap_engine *engine, rap_document *document, const char *json, size_t length, FILE *out, rap_error *error);

/* Trains the weights of `relate` from such records with an "event" (JSON Lines in the files given) and from the frames' own test sentences, writes
 * them to `model` (NULL: only measures) and reports cross-validation over `folds` groups of near-duplicates to `report`. */
rap_status rap_train_relate(const rap_engine *engine, char **files, int file_count, int folds, const char *model, FILE *report, rap_error *error);

/* ---- out ---- */

typedef enum rap_format { RAP_JSONL, RAP_CSV, RAP_POLECAT, RAP_ICEWS, RAP_GDELT, RAP_CAMEO } rap_format;

/* All of these write whole lines to `out` and return RAP_NO_SPACE when it cannot be written. */
rap_status rap_write_header(const rap_engine *engine, rap_format format, FILE *out, rap_error *error);
rap_status rap_write_statements(const rap_engine *engine, const rap_document *document, rap_format format, bool with_text, FILE *out,
                                rap_error *error);
rap_status rap_write_annotation(const rap_engine *engine, const rap_document *document, FILE *out, rap_error *error);
rap_status rap_write_document(const rap_document *document, FILE *out, rap_error *error); /* the record alone, as JSON */
rap_status rap_write_conllu(const rap_document *document, FILE *out, rap_error *error);
/* For people: trees, actors, frames, rules, what nearly fitted. width: columns of the terminal. */
rap_status rap_write_explanation(const rap_engine *engine, const rap_document *document, int width, FILE *out, rap_error *error);

#ifdef __cplusplus
}
#endif

#endif
