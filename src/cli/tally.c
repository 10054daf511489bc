#include "cli/tally.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* "FILE: line 7: not JSON: … near …" is for the one who mends the line; to be counted, the file, the line and what stood there go. */
void tally_reason(const char *message, char out[TALLY_TEXT]) {
    const char *at = strstr(message, ": line "), *quoted = strchr(message, '"');
    at = at ? strstr(at + 2, ": ") : NULL;
    if (at) at += 2;
    else {
        at = message;
        for (const char *next; (next = strstr(at, ": ")) != NULL && (!quoted || next < quoted);) at = next + 2;
    }
    const char *end = strstr(at, " near '");
    snprintf(out, TALLY_TEXT, "%.*s", (int)(end ? (size_t)(end - at) : strlen(at)), at);
}

void tally_add(tally_list *list, const char *text, unsigned long count) {
    for (int i = 0; i < list->count; i++)
        if (strncmp(list->row[i].text, text, TALLY_TEXT - 1) == 0) {
            list->row[i].count += count;
            return;
        }
    if (list->count == TALLY_REASONS) {
        list->others += count;
        return;
    }
    snprintf(list->row[list->count].text, TALLY_TEXT, "%s", text);
    list->row[list->count++].count = count;
}

void tally_start(tally *t) {
    *t = (tally){0};
    t->began = now();
}

static void remaining(char *out, size_t room, double seconds) {
    if (seconds < 0 || seconds > 360000) out[0] = 0;
    else if (seconds < 60) snprintf(out, room, ", %.0f s left", seconds);
    else snprintf(out, room, ", %d:%02d h left", (int)seconds / 3600, (int)seconds / 60 % 60);
}

void tally_progress(tally *t, double fraction) {
    double time = now(), spent = time - t->began;
    char left[40] = "";
    if (time - t->shown < 0.5 || spent < 0.5) return;
    t->shown = time;
    if (fraction > 0.002) remaining(left, sizeof left, spent / fraction - spent);
    fprintf(stderr, "\r%lu documents, %.0f sentences a second%s, %lu left out\033[K", t->documents, (double)t->sentences / spent, left, t->unreadable + t->foreign);
    fflush(stderr);
}

void tally_print(const char *head, const tally_list *list) {
    fprintf(stderr, "  %s", head);
    for (int i = 0; i < list->count; i++) fprintf(stderr, "%s%s %lu", i ? "; " : "", list->row[i].text, list->row[i].count);
    if (list->others) fprintf(stderr, "; others %lu", list->others);
    fputc('\n', stderr);
}

void tally_report(const tally *t, const char *command, bool even_if_all_was_done) {
    bool left_out = t->unreadable || t->foreign || t->damaged;
    if (t->shown > 0) fputs("\r\033[K", stderr);
    if (!left_out && !even_if_all_was_done) return;
    fprintf(stderr, "rapporteur %s: %lu documents, %lu sentences, %lu statements in %.1f s\n", command, t->documents, t->sentences, t->statements, now() - t->began);
    if (t->unreadable) tally_print("not read: ", &t->reasons);
    if (t->foreign) tally_print("in languages that are not coded, passed on without statements: ", &t->languages);
    if (t->damaged) fprintf(stderr, "  %lu documents with passages that could not be read (their \"skipped\" records say which)\n", t->damaged);
}
