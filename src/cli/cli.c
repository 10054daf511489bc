#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

extern const struct manual_page {
    const char *name, *text;
    size_t length;
} manual_embedded[];

int cli_help(const char *name) {
    char page[80];
    snprintf(page, sizeof page, name ? "rapporteur-%s.1.md" : "rapporteur.1.md", name);
    for (const struct manual_page *m = manual_embedded; m->name; m++)
        if (strcmp(m->name, page) == 0) {
            fwrite(m->text, 1, m->length, stdout);
            return cli_finish(0);
        }
    printf("rapporteur %s: no page of the manual yet\n", name ? name : "");
    return cli_finish(0);
}

int cli_usage(const char *name, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "rapporteur %s: ", name);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n(rapporteur %s --help tells how it is called)\n", name);
    va_end(args);
    return 2;
}

static int exit_status(rap_status s) { return s == RAP_NO_SPACE ? 3 : s == RAP_END ? 0 : (int)s; }

int cli_fail(const rap_error *e) {
    fprintf(stderr, "rapporteur: %s\n", e->message);
    return exit_status(e->status);
}

int cli_worse(int a, int b) { return a > b ? a : b; }

int cli_finish(int status) {
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    if (errno == EPIPE) return 3;
    fprintf(stderr, "rapporteur: standard output: %s; what was written so far may be incomplete\n", strerror(errno));
    return 3;
}

static int one_source(const char *path, rap_document *doc, const rap_source_options *options,
                      rap_status (*each)(void *, rap_document *, rap_error *), void *context, bool *stop) {
    rap_source *source = NULL;
    rap_error e = {0};
    int status = 0;
    if (rap_source_open(&source, path, options, &e) != RAP_OK) return cli_fail(&e);
    for (;;) {
        rap_status got = rap_source_next(source, doc, &e);
        if (got == RAP_END) break;
        if (got == RAP_OK) {
            if (each(context, doc, &e) == RAP_OK) continue;
            status = cli_worse(status, cli_fail(&e));
            if (e.status == RAP_UNREADABLE) continue;
            *stop = true;
            break;
        }
        status = cli_worse(status, cli_fail(&e));
        if (got != RAP_UNREADABLE) break;
    }
    rap_source_close(source);
    return status;
}

int cli_documents(char **paths, int count, const rap_source_options *options,
                  rap_status (*each)(void *, rap_document *, rap_error *), void *context) {
    static char *standard_input[] = {"-"};
    rap_document *doc;
    rap_error e = {0};
    int status = 0;
    bool stop = false;
    if (rap_document_new(&doc, &e) != RAP_OK) return cli_fail(&e);
    if (count == 0) paths = standard_input, count = 1;
    for (int i = 0; i < count && !stop; i++)
        status = cli_worse(status, one_source(paths[i], doc, options, each, context, &stop));
    rap_document_free(doc);
    return status;
}
