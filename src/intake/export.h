/* Text exports of news data bases: many articles in one file, each with its labelled fields. */
#ifndef RAP_INTAKE_EXPORT_H
#define RAP_INTAKE_EXPORT_H

#include "base/str.h"

typedef enum export_kind { EXPORT_NONE, EXPORT_NEXIS_UNI, EXPORT_NEXIS, EXPORT_FACTIVA, EXPORT_PROQUEST } export_kind;

/* By the marks that each leaves between its articles, in the first bytes of a file. */
export_kind export_layout(str head);

#endif
