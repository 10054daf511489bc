#ifndef RAP_OUT_FIPS_H
#define RAP_OUT_FIPS_H

#include "base/str.h"

const char *fips_of(str iso); /* "KN" for PRK; "" when unknown */
str fips_to_iso(str fips);      /* "" for none of ours */

#endif
