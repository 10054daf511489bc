#include "text/address.h"

static bool alnum(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }
static bool letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* Everything up to something no address holds; then without the marks that end a clause, and a bracket that was not opened inside. */
static uint32_t run_of_address(str s) {
    uint32_t n = 0, open = 0, close = 0;
    while (n < s.len && n < 2000 && (unsigned char)s.ptr[n] > ' ' && (unsigned char)s.ptr[n] < 0x7F && !strchr("<>\"|{}", s.ptr[n])) {
        open += s.ptr[n] == '(';
        close += s.ptr[n] == ')';
        n++;
    }
    while (n > 0 && (strchr(".,;:!?'`]*", s.ptr[n - 1]) || (s.ptr[n - 1] == ')' && close > open))) close -= s.ptr[--n] == ')';
    return n;
}

/* Endings by which a bare host name is told from two sentences run together ("said.The"). */
static const char DOMAINS[] = "com org net edu gov mil int info biz co uk us kr kp jp cn de fr ru eu tv io";

/* "yonhapnews.co.kr", "bbc.co.uk/news": labels and stops, a known ending, at least one label before it. */
static uint32_t host(str s) {
    uint32_t n = 0, label = 0, labels = 0;
    bool known = false;
    while (n < s.len && n < 250 && (alnum(s.ptr[n]) || s.ptr[n] == '-' || s.ptr[n] == '.')) {
        if (s.ptr[n] == '.') {
            if (n == label) return 0;
            labels++, label = n + 1;
        }
        n++;
    }
    while (n > 0 && (s.ptr[n - 1] == '.' || s.ptr[n - 1] == '-')) {
        if (s.ptr[n - 1] == '.') labels--;
        n--;
    }
    uint32_t last = n;
    while (last > 0 && s.ptr[last - 1] != '.') last--;
    if (labels >= 1 && last > 1) {
        str ending = str_sub(s, last, n);
        bool lower = true;
        for (uint32_t i = 0; i < ending.len; i++) lower = lower && ending.ptr[i] >= 'a';
        known = (lower && str_in(ending, DOMAINS)) || (str_starts(s, "www.") && labels >= 2);
    }
    if (!known) return 0;
    if (n < s.len && (s.ptr[n] == '/' || s.ptr[n] == ':' || s.ptr[n] == '?')) {
        uint32_t all = run_of_address(s);
        return all > n ? all : n;
    }
    return n;
}

static uint32_t mail(str s) {
    uint32_t at = 0;
    while (at < s.len && at < 100 && (alnum(s.ptr[at]) || strchr("._-+", s.ptr[at]))) at++;
    if (at == 0 || at >= s.len || s.ptr[at] != '@') return 0;
    uint32_t n = at + 1, stops = 0;
    while (n < s.len && n < 350 && (alnum(s.ptr[n]) || s.ptr[n] == '-' || s.ptr[n] == '.')) stops += s.ptr[n++] == '.';
    while (n > at + 1 && (s.ptr[n - 1] == '.' || s.ptr[n - 1] == '-')) stops -= s.ptr[--n] == '.';
    return n > at + 1 && (stops || n - at > 3) ? n : 0;
}

static uint32_t scheme(str s) {
    static const char *const SCHEMES[] = {"http://", "https://", "ftp://", "mailto:", "www."};
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        uint32_t n = (uint32_t)strlen(SCHEMES[i]);
        if (s.len > n && str_is_nocase(str_sub(s, 0, n), SCHEMES[i])) {
            uint32_t all = run_of_address(s);
            return all > n ? all : 0;
        }
    }
    return 0;
}

/* "@name", "#tag" (not "#1"). */
static uint32_t handle(str s) {
    if (s.len < 3 || (s.ptr[0] != '@' && s.ptr[0] != '#') || !(letter(s.ptr[1]) || s.ptr[1] == '_')) return 0;
    uint32_t n = 1;
    while (n < s.len && n < 100 && (alnum(s.ptr[n]) || s.ptr[n] == '_')) n++;
    return n;
}

static uint32_t face(str s) {
    static const char *const FACES[] = {":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":)", ":(", ";)", ":D", ":P", ":/", "=)", ":o)", "<3", "XD", "^_^"};
    for (size_t i = 0; i < sizeof FACES / sizeof *FACES; i++)
        if (str_starts(s, FACES[i])) {
            uint32_t n = (uint32_t)strlen(FACES[i]);
            while (n < s.len && s.ptr[n] == s.ptr[n - 1] && !letter(s.ptr[n])) n++;
            if (n == s.len) return n; /* nothing behind it: "1:)" and "(see:(a)" are no faces */
        }
    return 0;
}

uint32_t address_length(str text, uint32_t start, uint32_t end) {
    str s = str_sub(text, start, end);
    char c = s.ptr[0];
    if (c == '@' || c == '#') return handle(s);
    if (c == ':' || c == ';' || c == '=' || c == '<' || c == '^' || c == 'X') {
        uint32_t n = face(s);
        if (n) return n;
    }
    if (!alnum(c)) return 0;
    uint32_t n = scheme(s);
    if (!n && memchr(s.ptr, '@', s.len < 100 ? s.len : 100)) n = mail(s);
    if (!n && letter(c) && memchr(s.ptr, '.', s.len < 250 ? s.len : 250)) n = host(s);
    return n;
}
