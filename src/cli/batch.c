#include "cli/batch.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/tally.h"

/* Every record of the input gets the next ticket. Workers read, code and write into memory; a finished ticket waits in its slot until all before
 * it are out. The window of slots bounds how far one slow document lets the others run ahead, and so the memory. */
enum { WINDOW = 256, MOST_THREADS = 256 };

typedef struct slot {
    bool done;
    char *bytes, *message; /* output; or what to say on standard error */
    size_t length;
} slot;

typedef struct run {
    batch *b;
    pthread_mutex_t input, output;
    pthread_cond_t room;
    rap_source *source;
    int path;
    uint64_t before, given, written; /* documents of earlier sources; tickets given out, tickets written */
    bool stopped;
    slot slots[WINDOW];
    int status;
    tally tally;
    double fraction;
    bool terminal;
} run;

/* ---- input, under its lock ---- */

static double fraction_read(const run *r) {
    uint64_t done = 0, of = 0;
    if (!r->source || r->b->path_count == 0) return -1;
    rap_source_progress(r->source, &done, &of);
    double here = of ? (double)done / (double)of : 0;
    if (of == 0 && r->b->path_count == 1) return -1;
    return ((double)r->path - 1 + (here > 1 ? 1 : here)) / r->b->path_count;
}

/* RAP_OK with a document, RAP_END, or an error that is worth a ticket. */
static rap_status next_document(run *r, rap_document *doc, rap_error *e) {
    static const char *standard_input = "-";
    for (;;) {
        if (!r->source) {
            const char *path = r->b->path_count == 0 ? standard_input : r->path < r->b->path_count ? r->b->paths[r->path] : NULL;
            if (!path || (r->b->path_count == 0 && r->path > 0)) return RAP_END;
            r->path++;
            rap_source_options options = r->b->source;
            options.before = r->before;
            rap_status s = rap_source_open(&r->source, path, &options, e);
            if (s != RAP_OK) {
                r->source = NULL;
                return s;
            }
        }
        rap_status s = rap_source_next(r->source, doc, e);
        if (s != RAP_END) return s;
        r->before = rap_source_position(r->source);
        rap_source_close(r->source);
        r->source = NULL;
    }
}

/* Waits until the window has room, so that tickets stay in order of reading. */
static rap_status take(run *r, rap_document *doc, uint64_t *ticket, rap_error *e) {
    pthread_mutex_lock(&r->input);
    pthread_mutex_lock(&r->output);
    while (!r->stopped && r->given - r->written >= WINDOW) pthread_cond_wait(&r->room, &r->output);
    bool stopped = r->stopped;
    pthread_mutex_unlock(&r->output);
    rap_status s = stopped ? RAP_END : next_document(r, doc, e);
    if (s != RAP_END) *ticket = r->given++;
    if (s != RAP_OK && s != RAP_END && s != RAP_UNREADABLE && s != RAP_NO_MEMORY) {
        pthread_mutex_lock(&r->output);
        r->stopped = true;
        pthread_mutex_unlock(&r->output);
    }
    r->fraction = fraction_read(r);
    pthread_mutex_unlock(&r->input);
    return s;
}

/* ---- output, under its lock ---- */

static void stop(run *r, int status) {
    r->status = cli_worse(r->status, status);
    r->stopped = true;
    pthread_cond_broadcast(&r->room);
}

static void write_slot(run *r, slot *s) {
    if (s->message) {
        if (r->tally.shown > 0) fputs("\r\033[K", stderr);
        fprintf(stderr, "rapporteur: %s\n", s->message);
    }
    if (s->length && !ferror(stdout) && fwrite(s->bytes, 1, s->length, stdout) != s->length) {
        if (errno != EPIPE) fprintf(stderr, "rapporteur: output cannot be written: %s\n", strerror(errno));
        stop(r, 3);
    }
    free(s->bytes);
    free(s->message);
    *s = (slot){0};
}

static void put(run *r, uint64_t ticket, slot done) {
    r->slots[ticket % WINDOW] = done;
    for (slot *s; (s = &r->slots[r->written % WINDOW])->done; r->written++) {
        if (r->stopped && r->status == 3 && ferror(stdout)) s->length = 0;
        write_slot(r, s);
    }
    pthread_cond_broadcast(&r->room);
    if (r->terminal) tally_progress(&r->tally, r->fraction);
}

static void count(run *r, rap_document *doc, rap_status s, const rap_error *e) {
    tally *t = &r->tally;
    if (s != RAP_OK) {
        t->unreadable++;
        char reason[TALLY_TEXT];
        tally_reason(e->message, reason);
        tally_add(&t->reasons, reason, 1);
        return;
    }
    rap_view language = rap_document_field(doc, "language");
    t->documents++;
    t->sentences += rap_document_count(doc, "sentences");
    t->statements += rap_document_count(doc, "statements");
    t->damaged += rap_document_count(doc, "skipped") > 0;
    if (language.length && strncmp(language.text, "en", 2) != 0) {
        char name[16];
        snprintf(name, sizeof name, "%.*s", (int)(language.length < 15 ? language.length : 15), language.text);
        t->foreign++;
        tally_add(&t->languages, name, 1);
    }
}

/* ---- a worker ---- */

static rap_status code(run *r, rap_document *doc, slot *to, rap_error *e) {
    FILE *out = open_memstream(&to->bytes, &to->length);
    if (!out) {
        snprintf(e->message, sizeof e->message, "out of memory");
        return e->status = RAP_NO_MEMORY;
    }
    rap_status s = rap_read(r->b->engine, doc, e);
    if (s == RAP_OK) s = r->b->write(r->b->context, doc, out, e);
    if (fclose(out) != 0 && s == RAP_OK) s = e->status = RAP_NO_MEMORY, snprintf(e->message, sizeof e->message, "out of memory while writing");
    if (s != RAP_OK) to->length = 0; /* nothing half-written */
    return s;
}

static void *work(void *context) {
    run *r = context;
    rap_document *doc;
    rap_error e = {0};
    if (rap_document_new(&doc, &e) != RAP_OK) {
        pthread_mutex_lock(&r->output);
        stop(r, 3);
        pthread_mutex_unlock(&r->output);
        return NULL;
    }
    for (;;) {
        uint64_t ticket = 0;
        slot done = {.done = true};
        rap_status s = take(r, doc, &ticket, &e);
        if (s == RAP_END) break;
        if (s == RAP_OK) s = code(r, doc, &done, &e);
        if (s != RAP_OK) done.message = strdup(e.message);
        pthread_mutex_lock(&r->output);
        count(r, doc, s, &e);
        if (s != RAP_OK) r->status = cli_worse(r->status, s == RAP_NO_SPACE ? 3 : (int)s);
        put(r, ticket, done);
        pthread_mutex_unlock(&r->output);
    }
    rap_document_free(doc);
    return NULL;
}

int batch_run(batch *b, const char *name) {
    run *r = calloc(1, sizeof *r);
    pthread_t threads[MOST_THREADS];
    int started = 0;
    if (!r) return fprintf(stderr, "rapporteur: out of memory\n"), 3;
    *r = (run){.b = b, .input = PTHREAD_MUTEX_INITIALIZER, .output = PTHREAD_MUTEX_INITIALIZER, .room = PTHREAD_COND_INITIALIZER, .fraction = -1};
    r->terminal = !b->quiet && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    tally_start(&r->tally);
    for (; started < b->threads - 1 && started < MOST_THREADS; started++)
        if (pthread_create(&threads[started], NULL, work, r) != 0) break;
    work(r);
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
    rap_source_close(r->source);
    if (!b->quiet) tally_report(&r->tally, name, r->terminal);
    int status = r->status;
    free(r);
    return status;
}

bool batch_threads(const char *text, int *threads) {
    char *end;
    long n = strtol(text, &end, 10);
    if (*end || end == text || n < 0 || n > MOST_THREADS) return false;
    if (n == 0) n = sysconf(_SC_NPROCESSORS_ONLN);
    *threads = (int)n;
    return true;
}

bool batch_shard(const char *text, rap_source_options *source) {
    char *end;
    unsigned long i = strtoul(text, &end, 10), n;
    if (end == text || *end != '/' || end[1] < '0' || end[1] > '9') return false;
    n = strtoul(end + 1, &end, 10);
    if (*end || n < 1 || i > n || n > 1000000) return false;
    source->shard = (unsigned)(i % n); /* so 0/4 … 3/4 and 1/4 … 4/4 both cover everything once */
    source->of = (unsigned)n;
    return true;
}
