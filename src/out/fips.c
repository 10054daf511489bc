/* FIPS 10-4 country codes, which GDELT's geography is written in, by ISO 3166-1 alpha-3. */
#include "out/fips.h"

#include <stdlib.h>

static const struct fips { char iso[4], fips[3]; } countries[] = { /* by iso */
    {"AFG", "AF"}, {"AGO", "AO"}, {"ALB", "AL"}, {"AND", "AN"}, {"ARE", "AE"}, {"ARG", "AR"}, {"ARM", "AM"}, {"AUS", "AS"}, {"AUT", "AU"},
    {"AZE", "AJ"}, {"BDI", "BY"}, {"BEL", "BE"}, {"BEN", "BN"}, {"BFA", "UV"}, {"BGD", "BG"}, {"BGR", "BU"}, {"BHR", "BA"}, {"BHS", "BF"},
    {"BIH", "BK"}, {"BLR", "BO"}, {"BLZ", "BH"}, {"BOL", "BL"}, {"BRA", "BR"}, {"BRB", "BB"}, {"BRN", "BX"}, {"BTN", "BT"}, {"BWA", "BC"},
    {"CAF", "CT"}, {"CAN", "CA"}, {"CHE", "SZ"}, {"CHL", "CI"}, {"CHN", "CH"}, {"CIV", "IV"}, {"CMR", "CM"}, {"COD", "CG"}, {"COG", "CF"},
    {"COL", "CO"}, {"COM", "CN"}, {"CPV", "CV"}, {"CRI", "CS"}, {"CUB", "CU"}, {"CYP", "CY"}, {"CZE", "EZ"}, {"DEU", "GM"}, {"DJI", "DJ"},
    {"DMA", "DO"}, {"DNK", "DA"}, {"DOM", "DR"}, {"DZA", "AG"}, {"ECU", "EC"}, {"EGY", "EG"}, {"ERI", "ER"}, {"ESH", "WI"}, {"ESP", "SP"},
    {"EST", "EN"}, {"ETH", "ET"}, {"FIN", "FI"}, {"FJI", "FJ"}, {"FRA", "FR"}, {"FSM", "FM"}, {"GAB", "GB"}, {"GBR", "UK"}, {"GEO", "GG"},
    {"GHA", "GH"}, {"GIN", "GV"}, {"GMB", "GA"}, {"GNB", "PU"}, {"GNQ", "EK"}, {"GRC", "GR"}, {"GRD", "GJ"}, {"GRL", "GL"}, {"GTM", "GT"},
    {"GUY", "GY"}, {"HKG", "HK"}, {"HND", "HO"}, {"HRV", "HR"}, {"HTI", "HA"}, {"HUN", "HU"}, {"IDN", "ID"}, {"IND", "IN"}, {"IRL", "EI"},
    {"IRN", "IR"}, {"IRQ", "IZ"}, {"ISL", "IC"}, {"ISR", "IS"}, {"ITA", "IT"}, {"JAM", "JM"}, {"JOR", "JO"}, {"JPN", "JA"}, {"KAZ", "KZ"},
    {"KEN", "KE"}, {"KGZ", "KG"}, {"KHM", "CB"}, {"KIR", "KR"}, {"KNA", "SC"}, {"KOR", "KS"}, {"KWT", "KU"}, {"LAO", "LA"}, {"LBN", "LE"},
    {"LBR", "LI"}, {"LBY", "LY"}, {"LCA", "ST"}, {"LIE", "LS"}, {"LKA", "CE"}, {"LSO", "LT"}, {"LTU", "LH"}, {"LUX", "LU"}, {"LVA", "LG"},
    {"MAC", "MC"}, {"MAR", "MO"}, {"MCO", "MN"}, {"MDA", "MD"}, {"MDG", "MA"}, {"MDV", "MV"}, {"MEX", "MX"}, {"MHL", "RM"}, {"MKD", "MK"},
    {"MLI", "ML"}, {"MLT", "MT"}, {"MMR", "BM"}, {"MNE", "MJ"}, {"MNG", "MG"}, {"MOZ", "MZ"}, {"MRT", "MR"}, {"MUS", "MP"}, {"MWI", "MI"},
    {"MYS", "MY"}, {"NAM", "WA"}, {"NER", "NG"}, {"NGA", "NI"}, {"NIC", "NU"}, {"NLD", "NL"}, {"NOR", "NO"}, {"NPL", "NP"}, {"NRU", "NR"},
    {"NZL", "NZ"}, {"OMN", "MU"}, {"PAK", "PK"}, {"PAN", "PM"}, {"PER", "PE"}, {"PHL", "RP"}, {"PLW", "PS"}, {"PNG", "PP"}, {"POL", "PL"},
    {"PRK", "KN"}, {"PRT", "PO"}, {"PRY", "PA"}, {"PSE", "WE"}, {"QAT", "QA"}, {"ROU", "RO"}, {"RUS", "RS"}, {"RWA", "RW"}, {"SAU", "SA"},
    {"SDN", "SU"}, {"SEN", "SG"}, {"SGP", "SN"}, {"SLB", "BP"}, {"SLE", "SL"}, {"SLV", "ES"}, {"SMR", "SM"}, {"SOM", "SO"}, {"SRB", "RI"},
    {"SSD", "OD"}, {"STP", "TP"}, {"SUR", "NS"}, {"SVK", "LO"}, {"SVN", "SI"}, {"SWE", "SW"}, {"SWZ", "WZ"}, {"SYC", "SE"}, {"SYR", "SY"},
    {"TCD", "CD"}, {"TGO", "TO"}, {"THA", "TH"}, {"TJK", "TI"}, {"TKM", "TX"}, {"TLS", "TT"}, {"TON", "TN"}, {"TTO", "TD"}, {"TUN", "TS"},
    {"TUR", "TU"}, {"TUV", "TV"}, {"TWN", "TW"}, {"TZA", "TZ"}, {"UGA", "UG"}, {"UKR", "UP"}, {"URY", "UY"}, {"USA", "US"}, {"UZB", "UZ"},
    {"VAT", "VT"}, {"VCT", "VC"}, {"VEN", "VE"}, {"VNM", "VM"}, {"VUT", "NH"}, {"WSM", "WS"}, {"XKX", "KV"}, {"YEM", "YM"}, {"ZAF", "SF"},
    {"ZMB", "ZA"}, {"ZWE", "ZI"},
};

static int by_iso(const void *a, const void *b) { return memcmp(a, ((const struct fips *)b)->iso, 3); }

str fips_to_iso(str fips) {
    for (size_t i = 0; fips.len == 2 && i < sizeof countries / sizeof *countries; i++)
        if (memcmp(countries[i].fips, fips.ptr, 2) == 0) return str_of(countries[i].iso);
    return STR("");
}

const char *fips_of(str iso) {
    if (iso.len != 3) return "";
    const struct fips *f = bsearch(iso.ptr, countries, sizeof countries / sizeof *countries, sizeof *countries, by_iso);
    return f ? f->fips : "";
}
