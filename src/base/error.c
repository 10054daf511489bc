#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

rap_status error_set(rap_error *e, rap_status status, const char *format, ...) {
    if (status == RAP_NO_MEMORY) memory_ran_short(); /* told now */
    if (!e) return status;
    va_list args;
    va_start(args, format);
    vsnprintf(e->message, sizeof e->message, format, args);
    va_end(args);
    e->status = status;
    return status;
}
