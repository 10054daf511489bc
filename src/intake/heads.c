#include "intake/heads.h"

str heads_value(str heads, const char *name) {
    str line;
    size_t n = strlen(name);
    while (str_split(&heads, '\n', &line)) {
        line = str_trim(line);
        if (line.len > n && line.ptr[n] == ':' && str_is_nocase(str_sub(line, 0, (uint32_t)n), name)) return str_trim(str_sub(line, (uint32_t)n + 1, line.len));
    }
    return STR("");
}

uint32_t heads_length(str s) {
    for (uint32_t i = 0; i + 1 < s.len; i++) {
        if (s.ptr[i] != '\n') continue;
        if (s.ptr[i + 1] == '\n') return i + 2;
        if (s.ptr[i + 1] == '\r' && i + 2 < s.len && s.ptr[i + 2] == '\n') return i + 3;
    }
    return 0;
}

bool heads_say(str s, const char *word) {
    uint32_t n = (uint32_t)strlen(word);
    for (uint32_t i = 0; i + n <= s.len; i++)
        if (str_eq_nocase(str_sub(s, i, i + n), str_of(word))) return true;
    return false;
}
