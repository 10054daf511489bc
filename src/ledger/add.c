/* Documents into the ledger. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/memory.h"
#include "document.h"
#include "ledger/coding.h"
#include "ledger/derive.h"
#include "ledger/import.h"
#include "ledger/intake.h"
#include "ledger/knowledge.h"

/* ---- one document, by way of the records that `code --text` writes ---- */

/* False, with an error, for a record of another type and when memory has run out. */
static bool sort_record(coded *c, json_t *o, rap_error *e, const char *where) {
    str type = json_get_str(o, "type");
    int failed = 0;
    if (str_is(type, "document")) json_decref(c->head), c->head = json_incref(o);
    else if (str_is(type, "statement")) failed = json_array_append(c->statements, o);
    else if (str_is(type, "skipped")) failed = json_array_append(c->skips, o);
    else return error_set(e, RAP_UNREADABLE, "%s: expected a record of type document, statement or skipped", where), false;
    if (failed) error_set(e, RAP_NO_MEMORY, "%s: out of memory", where);
    return !failed;
}

coded coded_new(void) { return (coded){NULL, json_array(), json_array()}; }

void coded_free(coded *c) {
    json_decref(c->head);
    json_decref(c->statements);
    json_decref(c->skips);
}

/* Of our own writing: what cannot be read again can only be for want of memory. */
static rap_status read_records(coded *c, char *text, size_t length, rap_error *e) {
    str rest = {text, (uint32_t)length}, line;
    while (str_split(&rest, '\n', &line)) {
        if (str_empty(line)) continue;
        json_t *o = json_read(line.ptr, line.len, 0, NULL);
        bool kept = o && sort_record(c, o, e, "coded document");
        json_decref(o);
        if (!kept) return error_set(e, RAP_NO_MEMORY, "out of memory while taking over a coded document");
    }
    return RAP_OK;
}

rap_status code_document(const rap_engine *engine, rap_document *doc, coded *c, rap_error *e) {
    char *text = NULL;
    size_t length = 0;
    rap_status status = rap_read(engine, doc, e);
    if (status != RAP_OK) return status;
    FILE *memory = open_memstream(&text, &length);
    if (!memory) return error_set(e, RAP_NO_MEMORY, "out of memory");
    status = rap_write_statements(engine, doc, RAP_JSONL, true, memory, e);
    if ((fclose(memory) != 0 || !text) && status == RAP_OK) status = error_set(e, RAP_NO_MEMORY, "out of memory");
    if (status == RAP_OK) status = read_records(c, text, length, e);
    free(text);
    if (!c->head) return status == RAP_OK ? error_set(e, RAP_UNREADABLE, "%.*s: coding left no record", STR_ARG(doc->id)) : status;
    return status;
}

static void count_stored(rap_added *added, const coded *c) {
    str language = json_get_str(c->head, "language");
    added->documents++;
    added->statements += (long)json_array_size(c->statements);
    added->foreign += language.len && !str_starts(language, "en");
}

rap_status rap_ledger_add(rap_ledger *l, const rap_engine *engine, rap_document *doc, rap_added *added, rap_error *e) {
    bool fresh;
    knowledge_keep(l, engine);
    if (ledger_holds(l, doc->id)) return added->held++, ledger_status(l, e);
    coded c = coded_new();
    rap_status status = code_document(engine, doc, &c, e);
    if (status == RAP_OK) status = ledger_store(l, &c, false, &fresh, e);
    if (status == RAP_OK) {
        if (fresh) count_stored(added, &c);
        else added->held++;
    }
    coded_free(&c);
    return status;
}

/* ---- files ---- */

typedef enum file_kind { FILE_DOCUMENTS, FILE_CODED, FILE_EVENTS } file_kind;

/* The next line with its end into b, at most b's ceiling of it (b->failed: that, or no memory). False at the end of the file, or when it cannot be read: ferror. */
static bool take_line(FILE *f, buffer *b) {
    char piece[1 << 14];
    buffer_clear(b);
    while (!b->failed && fgets(piece, sizeof piece, f)) {
        size_t n = strnlen(piece, sizeof piece);
        buffer_add(b, piece, n);
        if (n && piece[n - 1] == '\n') break;
    }
    return b->len > 0;
}

/* A line of what `code --text` writes of a document: its text twice over, at most. */
enum { LONGEST_LINE = 256 << 20 };

/* Coded records are told by their first line; event files by their columns. */
static rap_status kind_of(const char *path, file_kind *kind, rap_error *e) {
    buffer line = {.ceiling = LONGEST_LINE};
    *kind = FILE_DOCUMENTS;
    errno = 0;
    FILE *f = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    if (!f && errno == ENOMEM) return error_set(e, RAP_NO_MEMORY, "%s: out of memory", path);
    if (!f) return RAP_OK; /* the source will say what is wrong with it */
    int first = getc(f);
    ungetc(first, f);
    if (first != '{') line.ceiling = 1 << 16;
    if (take_line(f, &line) && first == '{' && !line.failed) {
        json_t *o = json_read(line.ptr, line.len, 0, NULL);
        if (json_object_get(o, "statements") && json_object_get(o, "sentences") && str_is(json_get_str(o, "type"), "document")) *kind = FILE_CODED;
        json_decref(o);
    } else if (line.len && import_layout(buffer_view(&line)) != NULL) *kind = FILE_EVENTS;
    buffer_free(&line);
    fclose(f);
    return memory_ran_short() ? error_set(e, RAP_NO_MEMORY, "%s: out of memory", path) : RAP_OK;
}

typedef struct adding {
    ledger *l;
    const rap_engine *engine;
    void (*note)(void *, const rap_error *);
    void *context;
    rap_added *added;
} adding;

static rap_status tell(adding *a, const rap_error *e) {
    a->added->unreadable++;
    if (a->note) a->note(a->context, e);
    return RAP_UNREADABLE;
}

static rap_status worse(rap_status a, rap_status b) { return a > b ? a : b; }

/* A document of which lines are missing (the file was cut off) is not stored: it would count as held for ever. */
static rap_status check_whole(const coded *c, rap_error *e) {
    str id = json_get_str(c->head, "id");
    long said = json_get_long(c->head, "statements", 0), left_out = json_get_long(c->head, "skipped", 0);
    long there = (long)json_array_size(c->statements), skips = (long)json_array_size(c->skips);
    if (said == there && left_out == skips) return RAP_OK;
    return error_set(e, RAP_UNREADABLE, "document %.*s: %ld of its %ld records are there, it is not stored: code it again", STR_ARG(id), there + skips, said + left_out);
}

static rap_status flush_coded(adding *a, coded *c, rap_error *e) {
    rap_status status = RAP_OK;
    bool fresh = false;
    if (c->head) {
        status = check_whole(c, e);
        if (status == RAP_OK) status = ledger_store(a->l, c, false, &fresh, e);
        if (status == RAP_OK && fresh) count_stored(a->added, c);
        else if (status == RAP_OK) a->added->held++;
        else if (status == RAP_UNREADABLE) tell(a, e);
    }
    coded_free(c);
    *c = coded_new();
    return status;
}

/* One line of a coded file: a document's head stores the document before it. */
static rap_status take_record(adding *a, coded *c, str line, const char *where, rap_error *e) {
    rap_error bad = {0};
    json_error_t why;
    rap_status status = RAP_OK;
    json_t *o = json_read(line.ptr, line.len, 0, &why);
    if (!o) error_set(&bad, json_error_code(&why) == json_error_out_of_memory ? RAP_NO_MEMORY : RAP_UNREADABLE, "%s: not JSON: %s", where, why.text);
    else if (str_is(json_get_str(o, "type"), "document")) status = flush_coded(a, c, e);
    if (o && status <= RAP_UNREADABLE) sort_record(c, o, &bad, where);
    json_decref(o);
    if (bad.status == RAP_NO_MEMORY || memory_ran_short()) return error_set(e, RAP_NO_MEMORY, "%s: out of memory", where);
    return bad.status == RAP_OK ? status : worse(status, tell(a, &bad));
}

static rap_status add_coded(adding *a, const char *path, rap_error *e) {
    char where[600];
    buffer line = {.ceiling = LONGEST_LINE};
    rap_status status = RAP_OK;
    long number = 0;
    FILE *f = fopen(path, "rb");
    if (!f) return error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    coded c = coded_new();
    while (status <= RAP_UNREADABLE && take_line(f, &line)) {
        snprintf(where, sizeof where, "%s:%ld", path, ++number);
        if (line.failed) status = error_set(e, RAP_NO_MEMORY, "%s: out of memory, or a line of more than %d MB", where, LONGEST_LINE >> 20);
        else if (line.len > 1) status = worse(status, take_record(a, &c, buffer_view(&line), where, e));
    }
    if (status <= RAP_UNREADABLE && ferror(f)) status = error_set(e, RAP_UNREADABLE, "%s: line %ld: %s", path, number + 1, strerror(errno));
    else if (status <= RAP_UNREADABLE) status = worse(status, flush_coded(a, &c, e));
    coded_free(&c);
    buffer_free(&line);
    fclose(f);
    return status;
}

/* ---- documents, coded by one thread or several ---- */

enum { MOST_THREADS = 256 };

/* The source and the ledger are each one thread's at a time; only coding runs at once. Which document is stored first is chance, and no answer
 * depends on it. */
typedef struct crew {
    adding *a;
    rap_source *source;
    pthread_mutex_t reading, storing;
    rap_status worst, fatal; /* RAP_OK or RAP_UNREADABLE; what ends all */
    rap_error error;
} crew;

static rap_status next_document(crew *c, rap_document *doc, rap_error *e) {
    pthread_mutex_lock(&c->reading);
    rap_status status = c->fatal == RAP_OK ? rap_source_next(c->source, doc, e) : RAP_END;
    pthread_mutex_unlock(&c->reading);
    return status;
}

static rap_status code_and_store(crew *c, rap_document *doc, rap_error *e) {
    coded records = coded_new();
    bool fresh = false;
    pthread_mutex_lock(&c->storing);
    bool held = ledger_holds(c->a->l, doc->id);
    pthread_mutex_unlock(&c->storing);
    rap_status status = held ? RAP_OK : code_document(c->a->engine, doc, &records, e);
    pthread_mutex_lock(&c->storing);
    if (!held && status == RAP_OK) status = ledger_store(c->a->l, &records, false, &fresh, e);
    if (status == RAP_OK && fresh) count_stored(c->a->added, &records);
    else if (status == RAP_OK) c->a->added->held++;
    pthread_mutex_unlock(&c->storing);
    coded_free(&records);
    return status;
}

static void *work(void *context) {
    crew *c = context;
    rap_document *doc;
    rap_error e = {0};
    rap_status status = rap_document_new(&doc, &e);
    bool made = status == RAP_OK;
    while (status == RAP_OK && (status = next_document(c, doc, &e)) != RAP_END) {
        if (status == RAP_OK) status = code_and_store(c, doc, &e);
        pthread_mutex_lock(&c->storing);
        if (status == RAP_UNREADABLE) status = RAP_OK, c->worst = tell(c->a, &e);
        else if (status != RAP_OK && c->fatal == RAP_OK) c->fatal = status, c->error = e;
        pthread_mutex_unlock(&c->storing);
    }
    if (!made) c->fatal = status, c->error = e;
    else rap_document_free(doc);
    return NULL;
}

static rap_status add_documents(adding *a, const char *path, const rap_source_options *options, rap_error *e) {
    crew c = {.a = a, .reading = PTHREAD_MUTEX_INITIALIZER, .storing = PTHREAD_MUTEX_INITIALIZER};
    pthread_t threads[MOST_THREADS];
    int started = 0, wanted = options ? options->threads : 1;
    rap_source_options counted = options ? *options : (rap_source_options){0};
    counted.before += a->added->passed;
    rap_status status = rap_source_open(&c.source, path, &counted, e);
    if (status != RAP_OK) return status == RAP_UNREADABLE ? tell(a, e) : status;
    for (; started < wanted - 1 && started < MOST_THREADS; started++)
        if (pthread_create(&threads[started], NULL, work, &c) != 0) break;
    work(&c);
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
    a->added->passed = rap_source_position(c.source) - (options ? options->before : 0);
    rap_source_close(c.source);
    if (c.fatal != RAP_OK && e) *e = c.error;
    return c.fatal != RAP_OK ? c.fatal : c.worst;
}

rap_status rap_ledger_add_path(rap_ledger *l, const rap_engine *engine, const char *path, const rap_source_options *options,
                               void (*note)(void *, const rap_error *), void *context, rap_added *added, rap_error *e) {
    adding a = {l, engine, note, context, added};
    file_kind kind;
    rap_status status = kind_of(path, &kind, e);
    if (status != RAP_OK) return status;
    knowledge_keep(l, engine);
    if (l->error.status != RAP_OK) return ledger_status(l, e);
    switch (kind) {
    case FILE_CODED: return add_coded(&a, path, e);
    case FILE_EVENTS: return import_events(l, path, added, e);
    default: return add_documents(&a, path, options, e);
    }
}
