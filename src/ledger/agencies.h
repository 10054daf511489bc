/* Who first wrote a report: agencies and outlets under one name each (lexicon/agencies.tsv), and the credit that a text opens or ends with. */
#ifndef RAP_LEDGER_AGENCIES_H
#define RAP_LEDGER_AGENCIES_H

#include "ledger/ledger.h"

/* The one name of an outlet or agency ("kcna.kp", "Korean Central News Agency": "KCNA"); an unknown one as it is. */
str agency_name(ledger *l, str name);
/* Who is meant when a speaker is an outlet: a known agency by its name; "state media" at large by their state ("state media PRK"), or, where no
 * state is known, "": then the report stays its own outlet's. */
str agency_spoken(ledger *l, str name, str country);
/* The agency in the dateline ("SEOUL, Nov. 22 (Yonhap) --", "Pyongyang, November 21 (KCNA) --") or in a credit line at the end ("(Xinhua)",
 * "Source: Reuters"); "" when the text names none. Only names of agencies.tsv count, so that "(CCP)" is none. */
str agency_credit(ledger *l, str body);

#endif
