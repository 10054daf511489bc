/* What went wrong, worded for the person who typed the command: where, what, remedy. */
#ifndef RAP_BASE_ERROR_H
#define RAP_BASE_ERROR_H

#include "rapporteur.h"

/* Fills *e (which may be NULL) and returns the status, so that a failing function ends in `return error_set(…)`. */
rap_status error_set(rap_error *e, rap_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
