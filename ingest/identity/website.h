/* Which division the web site of a report is of: by the numbers that it gives, by its domain, and
 * by its name. */
#ifndef OGISTAT_INGEST_IDENTITY_WEBSITE_H
#define OGISTAT_INGEST_IDENTITY_WEBSITE_H

#include "ingest/identity/place_name.h"

/* The code of a division that the head of the document gives: the index number of the report
 * (索引号), which begins with it or with the organ's unified social credit code, whose digits 3 to
 * 8 it is (GB 32100); or the address of the page (area=…). "" where there is none. */
const char *website_index_code(const struct place_evidence *evidence, struct arena *arena);

/* The code with which the number of the web site (政府网站标识码) begins, from the page's head or
 * printed at its foot; "" where there is none. */
const char *website_site_code(const struct place_evidence *evidence, struct arena *arena);

/* The divisions that the domain in the evidence's address may be of: that which has it by
 * domains.csv, or those whose names it spells (spellings.csv), below those that the domains above
 * it name. */
division_list website_divisions(const struct place_evidence *evidence, struct arena *arena);

/* The divisions that the web site names itself after, in its head or where the document says on
 * which site it can be found (…县人民政府门户网站). */
division_list website_names(const struct place_evidence *evidence, struct arena *arena);

#endif
