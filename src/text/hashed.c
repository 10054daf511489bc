#include "text/hashed.h"

uint64_t lower_hash(str s) {
    char buffer[40];
    uint32_t n = s.len < sizeof buffer ? s.len : (uint32_t)sizeof buffer;
    for (uint32_t i = 0; i < n; i++) buffer[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    return str_hash((str){buffer, n}, 0);
}
