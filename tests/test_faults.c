/* Every allocation fails in turn, once, and every write, over intake, coding and ledger with all the libraries below them: each run must either give what it gives
 * otherwise, or say that memory or disk ran out; nothing may crash, nothing be half-written. The first fault that no run meets any more ends the loop.
 *
 * A fault is put into a child of its own, so that a crash is counted and the loop goes on. A site is the six innermost functions that were under way, each at its place, when
 * memory was asked for or bytes were written. By default some sites of each loop are met, the same ones in every run; FAULTS=sites meets every site once (some ten minutes of
 * processor), FAULTS=all every fault (hours), FAULTS=NAME:N the N-th of one loop alone, as a failure says.
 * Not failed: C++'s `new`, by which uchardet allocates: it throws, and C cannot catch it; the program ends then, and a ledger keeps what was committed. */
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/str.h"
#include "check.h"
#include "rapporteur.h"

/* ---- faults ---- */

static _Atomic long writes; /* to go before the one that fails; 0: none fails */
enum { MOST_SITES = 1 << 16 };
static struct seen {
    _Atomic long allocations, writes, failed;
    long site[MOST_SITES], sites; /* of a run without faults: the number of the first fault that comes by each way through the program */
    uint64_t known[2 * MOST_SITES];
} *seen; /* shared with the children */
static _Atomic long *looking; /* which faults' sites are noted */
static bool inside;           /* of backtrace, which may allocate: no faults of the program */

enum { OURS = 4, SITE = 6 }; /* functions of this file above the one that asks; functions that make a site */

/* Has no fault come by this way yet: these functions, called from these places? */
static void look_at_site(long n) {
    void *stack[OURS + SITE];
    inside = true;
    int depth = backtrace(stack, OURS + SITE);
    inside = false;
    uint64_t way = depth > OURS ? str_hash((str){(const char *)(stack + OURS), (uint32_t)((size_t)(depth - OURS) * sizeof *stack)}, 0) | 1 : 1;
    uint64_t at = way >> 20 & (2 * MOST_SITES - 1);
    while (seen->known[at] && seen->known[at] != way) at = (at + 1) & (2 * MOST_SITES - 1);
    if (!seen->known[at] && seen->sites < MOST_SITES) seen->known[at] = way, seen->site[seen->sites++] = n;
}

static bool due(_Atomic long *to_go, _Atomic long *count) {
    if (!seen || inside) return false;
    long n = atomic_fetch_add(count, 1) + 1;
    if (looking == count) look_at_site(n);
    if (atomic_load(to_go) == 0 || atomic_fetch_sub(to_go, 1) != 1) return false;
    atomic_fetch_add(&seen->failed, 1);
    return true;
}

#ifndef __SANITIZE_ADDRESS__
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static bool show; /* where the one fault that was asked for falls: addresses for addr2line */

static _Atomic long allocations; /* as writes */

static bool refused(void) {
    if (!seen || !due(&allocations, &seen->allocations)) return false;
    void *stack[24];
    if (show) backtrace_symbols_fd(stack, backtrace(stack, 24), 2);
    errno = ENOMEM;
    return true;
}
void *malloc(size_t n) { return refused() ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t size) { return refused() ? NULL : __libc_calloc(n, size); }
void *realloc(void *old, size_t n) { return n && refused() ? NULL : __libc_realloc(old, n); }
void *new_of_c_plus_plus(size_t n) __asm__("_Znwm");
void *new_of_c_plus_plus(size_t n) { return __libc_malloc(n); }
void *new_array_of_c_plus_plus(size_t n) __asm__("_Znam");
void *new_array_of_c_plus_plus(size_t n) { return __libc_malloc(n); }
static void arm(long n) { atomic_store(&allocations, n); }
#else /* the sanitizer owns malloc: our own allocations only */
static void arm(long n) { memory_fail((unsigned long)n); }
#endif

#ifndef __SANITIZE_ADDRESS__
static void show_crash(int number) {
    void *stack[24];
    backtrace_symbols_fd(stack, backtrace(stack, 24), 2);
    signal(number, SIG_DFL);
    raise(number);
}
#endif

static bool no_space(void) {
    if (!seen || !due(&writes, &seen->writes)) return false;
    errno = ENOSPC;
    return true;
}
ssize_t write(int fd, const void *bytes, size_t n) { return fd > 2 && no_space() ? -1 : syscall(SYS_write, fd, bytes, n); }
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) { return no_space() ? -1 : syscall(SYS_pwrite64, fd, bytes, n, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) { return no_space() ? -1 : syscall(SYS_pwrite64, fd, bytes, n, at); }
int ftruncate(int fd, off_t n) { return no_space() ? -1 : (int)syscall(SYS_ftruncate, fd, n); }
int ftruncate64(int fd, off64_t n) { return no_space() ? -1 : (int)syscall(SYS_ftruncate, fd, n); }
int fsync(int fd) { return no_space() ? -1 : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return no_space() ? -1 : (int)syscall(SYS_fdatasync, fd); }

/* What a run writes, in room taken before faults begin: the test's own writing must not meet them. */
static struct written { char *bytes; size_t length; } written;
enum { MOST_WRITTEN = 1 << 24 };

static ssize_t keep(void *context, const char *bytes, size_t n) {
    struct written *w = context;
    if (n > MOST_WRITTEN - w->length) return 0;
    memcpy(w->bytes + w->length, bytes, n);
    w->length += n;
    return (ssize_t)n;
}

/* A FILE of which every flush is a write that may fail; what came through is kept. */
static ssize_t put_through(void *context, const char *bytes, size_t n) {
    return no_space() ? 0 : keep(context, bytes, n);
}

/* ---- what is tried ---- */

static rap_engine *engine;
static char folder[64], path_documents[128], path_coded[128], path_crawl[128], path_ledger[128], path_events[128];

typedef struct scenario {
    const char *name;
    rap_status (*run)(FILE *out, rap_error *e); /* writes what it found to out */
    bool opens_engine, uses_ledger;
} scenario;

static rap_status read_documents(const char *path, FILE *out, rap_error *e) {
    rap_source *source;
    rap_document *doc;
    rap_status s = rap_document_new(&doc, e), worst = RAP_OK;
    if (s != RAP_OK) return s;
    s = rap_source_open(&source, path, NULL, e);
    if (s == RAP_OK) {
        while ((s = rap_source_next(source, doc, e)) == RAP_OK || s == RAP_UNREADABLE) {
            if (s == RAP_UNREADABLE) fprintf(out, "%s\n", e->message);
            else if ((s = rap_write_document(doc, out, e)) != RAP_OK) break;
        }
        rap_source_close(source);
    }
    rap_document_free(doc);
    return s == RAP_END ? worst : s;
}
static rap_status read_texts(FILE *out, rap_error *e) { return read_documents(path_documents, out, e); }
static rap_status read_crawl(FILE *out, rap_error *e) { return read_documents(path_crawl, out, e); }

static rap_status open_engine(FILE *out, rap_error *e) {
    rap_engine *one;
    rap_status s = rap_open(&one, NULL, e);
    if (s != RAP_OK) return s;
    fprintf(out, "%s\n", rap_engine_version(one));
    rap_close(one);
    return RAP_OK;
}

static const char text[] = "{\"id\":\"a\",\"title\":\"Envoy \\\"refused\\\"\",\"outlet\":\"harbor.example\",\"published\":\"2018-03-04T09:15:00+09:00\",\"text\":\"The Norwegian foreign minister met the Kenyan envoy, Grace Otieno, in "
                           "Oslo on Sunday, officials said. Kenya may withdraw its ambassador. “We have agreed on nothing,” she told reporters.\"}";

static rap_status code_with(rap_status (*write)(rap_document *, FILE *, rap_error *), FILE *out, rap_error *e) {
    rap_document *doc;
    rap_status s = rap_document_new(&doc, e);
    if (s != RAP_OK) return s;
    s = rap_document_from_json(doc, text, sizeof text - 1, e);
    if (s == RAP_OK) s = rap_read(engine, doc, e);
    if (s == RAP_OK) s = write(doc, out, e);
    rap_document_free(doc);
    return s;
}
static rap_status as_statements(rap_document *doc, FILE *out, rap_error *e) { return rap_write_statements(engine, doc, RAP_JSONL, true, out, e); }
static rap_status as_annotation(rap_document *doc, FILE *out, rap_error *e) { return rap_write_annotation(engine, doc, out, e); }
static rap_status as_tables(rap_document *doc, FILE *out, rap_error *e) {
    rap_status s = RAP_OK;
    for (int f = RAP_CSV; f < RAP_FORMATS && s == RAP_OK; f++) {
        s = rap_write_header(engine, (rap_format)f, out, e);
        if (s == RAP_OK) s = rap_write_statements(engine, doc, (rap_format)f, false, out, e);
    }
    return s;
}
static rap_status as_trees(rap_document *doc, FILE *out, rap_error *e) {
    rap_status s = rap_write_conllu(doc, out, e);
    return s == RAP_OK ? rap_write_explanation(engine, doc, 100, out, e) : s;
}
static rap_status code_statements(FILE *out, rap_error *e) { return code_with(as_statements, out, e); }
static rap_status code_annotation(FILE *out, rap_error *e) { return code_with(as_annotation, out, e); }
static rap_status code_tables(FILE *out, rap_error *e) { return code_with(as_tables, out, e); }
static rap_status code_trees(FILE *out, rap_error *e) { return code_with(as_trees, out, e); }

static rap_status answer_rows(FILE *out, rap_error *e) {
    static const char relate[] = "{\"id\":1,\"text\":\"Norway met Kenya in Oslo.\",\"source\":[[0,6]],\"target\":[[11,16]]}", who[] = "{\"id\":2,\"text\":\"the Kenyan envoy\",\"context\":\"\",\"published\":\"2018-03-04\"}";
    rap_document *doc;
    rap_status s = rap_document_new(&doc, e);
    if (s != RAP_OK) return s;
    s = rap_relate(engine, doc, relate, sizeof relate - 1, out, e);
    if (s == RAP_OK) s = rap_who(engine, doc, who, sizeof who - 1, out, e);
    rap_document_free(doc);
    return s;
}

/* Texts with strings that outgrow, several times, the room that jansson has for them at first. */
static rap_status json_texts(FILE *out, rap_error *e) {
    static const char *const forms[] = {"[%d, 2.5, null, true, {\"a\": {\"b\": [[], {}, \"\\u00e9\", %d]}}]",
                                        "{\"short\": \"a string longer than sixteen bytes\", \"b\": %d, \"c\": %d, \"d\": 3, \"e\": 4, \"f\": 5, \"g\": 6, \"h\": 7, \"i\": 8}",
                                        "[\"%05000d\", \"%0700d\", 3]"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char form[6000];
        json_error_t why;
        int n = snprintf(form, sizeof form, forms[i], 1, 2);
        json_t *o = json_read(form, (size_t)n, 0, &why);
        if (!o && json_error_code(&why) != json_error_out_of_memory) fprintf(out, "no JSON: %s\n", why.text);
        char *again = o ? json_dumps(o, JSON_COMPACT) : NULL;
        fprintf(out, "%s\n", again ? again : "");
        free(again);
        json_decref(o);
    }
    if (!memory_ran_short()) return RAP_OK;
    snprintf(e->message, sizeof e->message, "out of memory");
    return RAP_NO_MEMORY;
}

static void note(void *context, const rap_error *e) { fprintf(context, "%s\n", e->message); }

static rap_status add_to(const char *what, FILE *out, rap_error *e) {
    rap_ledger *ledger;
    rap_added added = {0};
    rap_status s = rap_ledger_open(&ledger, path_ledger, true, e), done;
    if (s != RAP_OK) return s;
    s = rap_ledger_add_path(ledger, engine, what, NULL, note, out, &added, e);
    if (s <= RAP_UNREADABLE && (done = rap_ledger_refresh(ledger, e)) != RAP_OK) s = done;
    rap_ledger_close(ledger);
    return s == RAP_UNREADABLE ? RAP_OK : s;
}
static rap_status add_documents(FILE *out, rap_error *e) { return add_to(path_documents, out, e); }
static rap_status add_coded(FILE *out, rap_error *e) { return add_to(path_coded, out, e); }
static rap_status add_events(FILE *out, rap_error *e) { return add_to(path_events, out, e); }

static rap_status ask_everything(FILE *out, rap_error *e) {
    static const char *const questions[] = {"documents", "statements", "meetings", "happenings", "stories", "contradictions", "precedents", "silences", "appearances", "gaps", "dyads", "explanations", "coverage"};
    rap_ledger *ledger;
    rap_filters all = {.limit = -1};
    rap_status s = rap_ledger_open(&ledger, path_ledger, false, e);
    if (s != RAP_OK) return s;
    for (size_t i = 0; i < sizeof questions / sizeof *questions && s == RAP_OK; i++) s = rap_ask(ledger, questions[i], &all, true, out, e);
    if (s == RAP_OK) s = rap_report(ledger, &all, RAP_PAGE_HTML, out, e);
    if (s == RAP_OK) s = rap_report_methods(ledger, &all, out, e);
    for (int f = RAP_CSV; f < RAP_FORMATS && s == RAP_OK; f++) s = rap_export(ledger, &all, (rap_format)f, out, out, e);
    if (s == RAP_OK) s = rap_sample(ledger, &all, 4, true, 1, out, e);
    rap_ledger_close(ledger);
    return s;
}

static const scenario scenarios[] = {
    {"json", json_texts, false, false},        {"engine", open_engine, true, false},      {"texts", read_texts, false, false},      {"crawl", read_crawl, false, false},
    {"statements", code_statements, false, false}, {"annotation", code_annotation, false, false}, {"tables", code_tables, false, false},
    {"trees", code_trees, false, false},       {"rows", answer_rows, false, false},
    {"add", add_documents, false, true},       {"add-coded", add_coded, false, true},    {"add-events", add_events, false, true},
    {"ask", ask_everything, false, false},
};

/* ---- one run in a child ---- */

static void forget_ledger(void) {
    char path[160];
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (int i = 0; i < 4; i++) snprintf(path, sizeof path, "%s%s", path_ledger, ends[i]), unlink(path);
}

enum { SAME = 10, DIFFERENT, TOLD, TOLD_NOTHING, MISTOLD };

static bool same_content(const char *good, size_t length) {
    char *bytes = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&bytes, &n);
    rap_error e = {0};
    rap_status s = ask_everything(out, &e);
    fclose(out);
    bool same = s == RAP_OK && n == length && memcmp(bytes, good, n) == 0;
    free(bytes);
    return same;
}

/* Runs with the n-th allocation or write failing; what it wrote goes to *bytes. In the child. */
static int outcome(const scenario *s, long n, bool of_writes, const char *good, size_t good_length, const char *held, size_t held_length) {
    static char room[1 << 12];
    rap_error e = {0};
    written = (struct written){malloc(MOST_WRITTEN), 0};
    FILE *out = fopencookie(&written, "w", (cookie_io_functions_t){.write = of_writes ? put_through : keep});
    setvbuf(out, room, _IOFBF, of_writes ? 512 : sizeof room);
    atomic_store(&seen->allocations, 0), atomic_store(&seen->writes, 0); /* faults are numbered from here */
    if (of_writes) atomic_store(&writes, n);
    else arm(n);
    rap_status status = s->run(out, &e);
    bool flushed = fflush(out) == 0 && !ferror(out);
    arm(0);
    looking = NULL;
    atomic_store(&writes, 0);
#ifdef __SANITIZE_ADDRESS__
    atomic_fetch_add(&seen->failed, (long)memory_refused());
#endif
    fclose(out);
    const char *bytes = written.bytes;
    size_t length = written.length;
    if (atomic_load(&seen->failed) == 0) return SAME;
    int found = SAME;
    if (status == RAP_OK && flushed) found = length == good_length && memcmp(bytes, good, length) == 0 ? SAME : DIFFERENT;
    else if (status == RAP_OK) found = TOLD; /* the caller's own flush fails, as in cli_finish */
    else if (status != (of_writes ? RAP_NO_SPACE : RAP_NO_MEMORY)) found = MISTOLD;
    else found = e.message[0] ? TOLD : TOLD_NOTHING;
    if (found == MISTOLD || found == TOLD_NOTHING || found == DIFFERENT) fprintf(stderr, "    status %d: %s\n", (int)status, e.message);
    if (found == DIFFERENT) {
        size_t at = 0;
        while (at < length && at < good_length && bytes[at] == good[at]) at++;
        fprintf(stderr, "    differs at byte %zu of %zu (%zu): %.80s\n", at, length, good_length, at < length ? bytes + at : "");
    }
    if (s->uses_ledger && found != DIFFERENT) { /* what is held is whole: adding again fills up the rest */
        FILE *sink = fopen("/dev/null", "w");
        rap_error again = {0};
        if (s->run(sink, &again) != RAP_OK || !same_content(held, held_length)) {
            fprintf(stderr, "    the ledger does not hold what it should after adding again: %s\n", again.message);
            found = DIFFERENT;
        }
        fclose(sink);
    }
    return found;
}

typedef struct loop { const scenario *s; char *good, *held; size_t good_length, held_length; } loop;

enum { LOOK = -1 }; /* as n: no fault, sites are noted */

static int in_a_child(const loop *l, long n, bool of_writes) {
    seen->allocations = seen->writes = seen->failed = 0;
    if (l->s->uses_ledger) forget_ledger();
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        setitimer(ITIMER_PROF, &(struct itimerval){.it_value = {.tv_sec = 20}}, NULL); /* of processor: a loop without end is ended */
        looking = n != LOOK ? NULL : of_writes ? &seen->writes : &seen->allocations;
        _exit(outcome(l->s, n == LOOK ? 0 : n, of_writes, l->good, l->good_length, l->held, l->held_length));
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool acceptable(int found) { return found == SAME || found == TOLD; }

static const char *wording(int found) {
    return found == DIFFERENT ? "it says that all went well, and gives something else" : found == TOLD_NOTHING ? "no message" : found == MISTOLD ? "another status than that of the fault" : found < 0 ? "killed by a signal" : "it ends the program";
}

/* False: this fault was not met. */
static bool fail_one(const loop *l, bool of_writes, long n, long total, long *bad) {
    int found = in_a_child(l, n, of_writes);
    if (seen->failed == 0) return false;
    if (acceptable(found)) return check_passed++, true;
    ++*bad;
    printf("%s, %s %ld of %ld: %s (%d); again: FAULTS=%s%s:%ld build/tests/test_faults\n", l->s->name, of_writes ? "write" : "allocation", n, total, wording(found), found, of_writes ? "w/" : "", l->s->name, n);
    return true;
}

/* Every fault, or every `step`-th, until one is not met any more. */
static long fail_in_steps(const loop *l, bool of_writes, long total, long step, long *bad) {
    long met = 0;
    for (long n = 1; *bad < 8 && fail_one(l, of_writes, n, total, bad); n += step < 1 ? 1 : step) met++;
    return met;
}

/* One fault a site: all of them, or `most` spread over them. */
static long fail_at_sites(const loop *l, bool of_writes, long total, long most, long *bad) {
    long met = 0, sites = seen->sites, step = sites / most;
    for (long i = 0; i < sites && *bad < 8; i += step < 1 ? 1 : step) {
        bool was = fail_one(l, of_writes, seen->site[i], total, bad);
        CHECK(was, "%s: fault %ld was not met again", l->s->name, seen->site[i]);
        met += was;
    }
    return met;
}

static void fail_each(const loop *l, bool of_writes, long only) {
    const char *wanted = getenv("FAULTS"), *quick = getenv("QUICK");
    bool all = wanted && strcmp(wanted, "all") == 0, each_site = wanted && strcmp(wanted, "sites") == 0;
    long most = each_site ? MOST_SITES : quick && *quick ? 40 : 120, bad = 0, met;
    seen->sites = 0;
    memset(seen->known, 0, sizeof seen->known);
    in_a_child(l, LOOK, of_writes);
    long total = of_writes ? seen->writes : seen->allocations, sites = seen->sites;
#ifdef __SANITIZE_ADDRESS__
    if (!all && !of_writes) each_site = true, sites = 0;
#endif
    if (only) met = fail_one(l, of_writes, only, total, &bad);
    else if (all || (total && !sites)) met = fail_in_steps(l, of_writes, total, all ? 1 : 7, &bad);
    else met = fail_at_sites(l, of_writes, total, most, &bad);
    if (each_site || all) printf("%s: %ld of %ld %s failed, at %ld sites\n", l->s->name, met, total, of_writes ? "writes" : "allocations", sites), fflush(stdout);
    CHECK(bad == 0 && (met > 0 || total == 0), "%s: %ld %s failed, %ld of them badly", l->s->name, met, of_writes ? "writes" : "allocations", bad);
}

/* ---- */

static void put_file(char *path, const char *name, const char *bytes, size_t n) {
    snprintf(path, 128, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, n, f) != n) exit(3);
    fclose(f);
}

static void make_files(void) {
    static const char page[] = "<html><head><meta charset=utf-8><title>Envoy leaves</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2018-03-04\"}</script></head><body><article><h1>Envoy leaves</h1>"
                               "<p>The Norwegian envoy left Nairobi on Sunday, officials said, and would not say why.</p><p>Kenya denied that there had been a quarrel.</p></article></body></html>";
    static const char packed[] = "\x8f\x0d\x80<html><p>The envoy left.</p>\x03";
    char *bytes = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&bytes, &n);
    fprintf(f, "%s\n{\"id\":\"b\",\"outlet\":\"k.example\",\"published\":\"2018-03-05\",\"html\":\"<p>Kenya refused to receive the Norwegian envoy.<p>Police in Oslo arrested two men.\"}\n{broken\n", text);
    fclose(f);
    put_file(path_documents, "documents.jsonl", bytes, n);
    free(bytes);
    f = open_memstream(&bytes, &n);
    fprintf(f, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://h.example/2018/03/04/a\r\nContent-Length: %zu\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s\r\n\r\n", sizeof page - 1 + 44, page);
    fprintf(f, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://h.example/b\r\nContent-Length: %zu\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n", sizeof packed - 1 + 42);
    fwrite(packed, 1, sizeof packed - 1, f);
    fputs("\r\n\r\n", f);
    fclose(f);
    put_file(path_crawl, "crawl.warc", bytes, n);
    free(bytes);
    f = open_memstream(&bytes, &n);
    rap_error e = {0};
    if (code_statements(f, &e) != RAP_OK) exit(3);
    fclose(f);
    put_file(path_coded, "coded.jsonl", bytes, n);
    free(bytes);
    static const char events[] = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tTarget Name\tTarget Sectors\tTarget Country\n"
                                 "1\t2018-03-04\tAna Ruiz\tGovernment\tPeru\tConsult\t036\tBo Li\tGovernment\tChina\n2\t2018-03-05\tPeru\t\tPeru\tAccuse\t112\tChile\t\tChile\n";
    put_file(path_events, "events.tab", events, sizeof events - 1);
    snprintf(path_ledger, sizeof path_ledger, "%s/ledger", folder);
}

/* What a run gives when nothing fails, and what a ledger then holds. */
static char *without_faults(rap_status (*run)(FILE *, rap_error *), size_t *length) {
    char *bytes = NULL;
    rap_error e = {0};
    FILE *out = open_memstream(&bytes, length);
    rap_status s = run(out, &e);
    fclose(out);
    if (s != RAP_OK) printf("without faults: %s\n", e.message), check_failed++;
    return bytes;
}

static void try_scenario(const scenario *s, const char *wanted) {
    loop l = {.s = s};
    long only = 0;
    bool writes_only = wanted && strncmp(wanted, "w/", 2) == 0;
    if (wanted) {
        const char *name = wanted + 2 * writes_only, *colon = strchr(name, ':');
        if (!colon || (size_t)(colon - name) != strlen(s->name) || strncmp(name, s->name, strlen(s->name)) != 0) return;
        only = atol(colon + 1);
    }
    if (s->uses_ledger) forget_ledger();
    l.good = without_faults(s->run, &l.good_length);
    if (s->uses_ledger) l.held = without_faults(ask_everything, &l.held_length);
    if (!writes_only) fail_each(&l, false, only);
    if ((!wanted || writes_only) && !s->opens_engine) fail_each(&l, true, only);
    free(l.good);
    free(l.held);
}

int main(void) {
    backtrace((void *[1]){0}, 1); /* the first call loads what it needs */
    json_object_seed(1); /* so that a fault has the same number in every run */
    rap_error e = {0};
    const char *wanted = getenv("FAULTS");
    if (wanted && (strcmp(wanted, "all") == 0 || strcmp(wanted, "sites") == 0)) wanted = NULL;
#ifndef __SANITIZE_ADDRESS__
    show = wanted != NULL;
    if (show) signal(SIGSEGV, show_crash);
#endif
    struct stat shm;
    snprintf(folder, sizeof folder, "%s/rapporteur-faults.XXXXXX", stat("/dev/shm", &shm) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(folder) || rap_open(&engine, NULL, &e) != RAP_OK) return printf("%s\n", e.message), 3;
    make_files();
    struct seen *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        if (scenarios[i].run == ask_everything) { /* of a ledger with everything in it */
            seen = NULL;
            forget_ledger();
            char *bytes = without_faults(add_documents, &(size_t){0});
            free(bytes);
        }
        seen = shared;
        try_scenario(&scenarios[i], wanted);
    }
    seen = NULL;
    forget_ledger();
    unlink(path_documents), unlink(path_coded), unlink(path_crawl), unlink(path_events), rmdir(folder);
    rap_close(engine);
    return check_done(wanted ? 0 : 60);
}
