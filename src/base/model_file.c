#include "base/model_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/buffer.h"

#ifndef RAP_MODELS_FOLDER
#define RAP_MODELS_FOLDER "/usr/local/share/rapporteur/models"
#endif

enum { HEAD = 32, ENTRY = 40, MODEL_VERSION = 1 };

static uint32_t read32(const unsigned char *p) {
    uint32_t v;
    return memcpy(&v, p, 4), v;
}
static uint64_t read64(const unsigned char *p) {
    uint64_t v;
    return memcpy(&v, p, 8), v;
}

static bool exists(const char *path) { return access(path, R_OK) == 0; }

static bool find(char *path, size_t room, const char *folder, const char *name) {
    char self[PATH_MAX];
    const char *env = getenv("RAPPORTEUR_MODELS");
    if (folder || (env && *env)) {
        snprintf(path, room, "%s/%s", folder ? folder : env, name);
        return exists(path);
    }
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n > 0) {
        self[n] = 0;
        char *slash = strrchr(self, '/');
        if (slash) *slash = 0;
        static const char *const beside[] = {"../models", "../../models", "../share/rapporteur/models"};
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
            snprintf(path, room, "%s/%s/%s", self, beside[i], name);
            if (exists(path)) return true;
        }
    }
    snprintf(path, room, "%s/%s", RAP_MODELS_FOLDER, name);
    return exists(path);
}

static const char *flaw(const model_file *m) {
    if (m->size < HEAD || memcmp(m->bytes, "RAPMODEL", 8) != 0) return "is not a model file";
    if (read32(m->bytes + 8) != MODEL_VERSION) return "has a format that this program does not read";
    if (read64(m->bytes + 16) != m->size) return "is cut short or too long";
    uint64_t sections = read32(m->bytes + 12);
    if (sections > (m->size - HEAD) / ENTRY) return "claims more sections than it has room for";
    for (uint64_t i = 0; i < sections; i++) {
        const unsigned char *s = m->bytes + HEAD + i * ENTRY;
        uint64_t offset = read64(s + 24), length = read64(s + 32);
        if (offset % 64 || offset > m->size || length > m->size - offset) return "has a section outside of itself";
    }
    if (XXH3_64bits(m->bytes + HEAD, m->size - HEAD) != read64(m->bytes + 24)) return "is damaged (its checksum differs)";
    return NULL;
}

rap_status model_open(model_file *m, const char *folder, const char *name, rap_error *e) {
    char path[PATH_MAX + 64];
    *m = (model_file){0};
    if (!find(path, sizeof path, folder, name))
        return error_set(e, RAP_UNREADABLE, "%s: no such model (looked in --models, $RAPPORTEUR_MODELS, beside the program, %s)",
                         folder ? path : name, RAP_MODELS_FOLDER);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0) close(fd);
        return error_set(e, RAP_UNREADABLE, "%s: %s", path, fd < 0 ? strerror(errno) : "not a regular file");
    }
    void *p = info.st_size ? mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (p == MAP_FAILED) return error_set(e, RAP_UNREADABLE, "%s: cannot be mapped (%s)", path, info.st_size ? strerror(errno) : "it is empty");
    m->bytes = p;
    m->size = (size_t)info.st_size;
    const char *why = flaw(m);
    if (why) {
        model_close(m);
        return error_set(e, RAP_UNREADABLE, "%s: %s; fetch it again, or make it again as models/MODEL_CARD.md says", path, why);
    }
    snprintf(m->version, sizeof m->version, "%08x", (unsigned)(read64(m->bytes + 24) >> 32));
    return RAP_OK;
}

void model_close(model_file *m) {
    if (m->bytes) munmap((void *)m->bytes, m->size);
    *m = (model_file){0};
}

const void *model_section(const model_file *m, const char *name, size_t at_least, size_t *length) {
    uint32_t sections = m->bytes ? read32(m->bytes + 12) : 0;
    if (length) *length = 0;
    for (uint32_t i = 0; i < sections; i++) {
        const unsigned char *s = m->bytes + HEAD + (size_t)i * ENTRY;
        if (strncmp((const char *)s, name, 24) != 0) continue;
        uint64_t n = read64(s + 32);
        if (n < at_least) return NULL;
        if (length) *length = n;
        return m->bytes + read64(s + 24);
    }
    return NULL;
}

static void put(buffer *b, uint64_t v, size_t bytes) { buffer_add(b, &v, bytes); }

rap_status model_write(const char *path, const model_part *parts, size_t count, rap_error *e) {
    buffer body = {0}, head = {0};
    uint64_t at = (HEAD + count * ENTRY + 63) / 64 * 64;
    for (size_t i = 0; i < count; i++) {
        char name[24] = {0};
        snprintf(name, sizeof name, "%s", parts[i].name);
        buffer_add(&body, name, 24);
        put(&body, at, 8);
        put(&body, parts[i].length, 8);
        at = (at + parts[i].length + 63) / 64 * 64;
    }
    for (size_t i = 0; i < count; i++) {
        while ((HEAD + body.len) % 64) buffer_byte(&body, 0);
        buffer_add(&body, parts[i].data, parts[i].length);
    }
    buffer_text(&head, "RAPMODEL");
    put(&head, MODEL_VERSION, 4);
    put(&head, count, 4);
    put(&head, HEAD + body.len, 8);
    put(&head, XXH3_64bits(body.ptr, body.len), 8);
    char fresh[PATH_MAX];
    snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *f = body.failed || head.failed ? NULL : fopen(fresh, "wb");
    bool ok = f && fwrite(head.ptr, 1, head.len, f) == head.len && fwrite(body.ptr, 1, body.len, f) == body.len;
    if (f && fclose(f) != 0) ok = false;
    bool memory = !body.failed && !head.failed;
    buffer_free(&body);
    buffer_free(&head);
    if (!memory) return error_set(e, RAP_NO_MEMORY, "%s: out of memory", path);
    if (!ok || rename(fresh, path) != 0) return error_set(e, RAP_NO_SPACE, "%s: %s", path, strerror(errno));
    return RAP_OK;
}
