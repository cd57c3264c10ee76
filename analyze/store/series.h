/* What statistics over years and organs are made of: a series is an indicator in a category, a
 * point its estimate in a year. Knows no statistics. */
#ifndef OGISTAT_ANALYZE_STORE_SERIES_H
#define OGISTAT_ANALYZE_STORE_SERIES_H

#include <stdint.h>

#include "analyze/store/indicators.h"
#include "core/model/crosswalk.h"

struct series {
  const char *indicator, *category;
  enum indicator_kind kind;
  bool is_count;    /* a level of counted things */
  bool is_exposure; /* as in struct measure */
  uint32_t place;   /* in the order by indicator and category, once all are known */
};

struct point {
  uint32_t series; /* number in struct series_list */
  uint32_t report; /* index in the dataset; of an aggregate a fingerprint of its governments */
  int year;
  uint16_t forms, flags;         /* a form_set; of enum result_flag */
  uint8_t era;                   /* how often the organ's division changed before */
  double numerator, denominator; /* NAN for a level */
  double estimate;               /* finite */
  bool is_mended;                /* as in struct result: so are LEAST and MOST */
  struct counts least, most;
};

struct series_list;

/* A list in ARENA for the results of MEASURES; for areas it grows with what is met. */
struct series_list *series_list_new(struct arena *arena, const struct measures *measures);

/* The number of RESULT's series. One thread at a time. */
uint32_t series_number(struct series_list *list, const struct result *result);

/* Puts the series in order; no further ones are added. */
void series_sort(struct series_list *list);
void series_list_free(struct series_list *list); /* what is not in the arena */

size_t series_count(const struct series_list *list);
const struct series *series_at(const struct series_list *list, uint32_t number);

/* Sorts COUNT points by their series' places, equal ones as they stand, into SORTED. */
void series_sort_points(const struct series_list *list, const struct point *points, size_t count,
                        const struct point **sorted);

/* How two points of SERIES, neighbours in time, hang together: as their forms do, and with a break
 * where the organ's division changed in between. */
enum crosswalk_relation points_relation(const struct crosswalk *crosswalk,
                                        const struct forms *forms, const struct series *series,
                                        const struct point *before, const struct point *after);

/* FLAG_FORM_BREAK and FLAG_DIVISION_CHANGED, where one of these stands between them. */
unsigned step_flags(const struct crosswalk *crosswalk, const struct forms *forms,
                    const struct series *series, const struct point *before,
                    const struct point *after);

/* How values of SERIES found by two sets of forms hang together. */
enum crosswalk_relation series_relation(const struct crosswalk *crosswalk,
                                        const struct forms *forms, const struct series *series,
                                        form_set before, form_set after);

#endif
