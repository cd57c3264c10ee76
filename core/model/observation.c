/* The words for statuses, and the order of observations. */
#include "core/model/observation.h"

#include <stdlib.h>
#include <string.h>

static const char *const status_names[STATUS_COUNT] = {
    [STATUS_REPORTED] = "reported",
    [STATUS_BLANK] = "blank",
    [STATUS_NOT_APPLICABLE] = "not_applicable",
    [STATUS_UNREADABLE] = "unreadable",
    [STATUS_DEDUCED] = "deduced",
    [STATUS_APPROXIMATE_LOW] = "approximate_low",
    [STATUS_APPROXIMATE_HIGH] = "approximate_high",
};

const char *status_name(enum status status) {
  return status_names[status];
}

enum status status_from(const char *name) {
  for (int status = 0; status < STATUS_COUNT; status++)
    if (strcmp(status_names[status], name) == 0) return (enum status)status;
  return STATUS_COUNT;
}

bool status_has_value(enum status status) {
  return status == STATUS_REPORTED || status == STATUS_DEDUCED ||
         status == STATUS_APPROXIMATE_LOW || status == STATUS_APPROXIMATE_HIGH;
}

int observation_compare(const void *a, const void *b) {
  const struct observation *x = a, *y = b;
  int order = x->variable == y->variable ? 0 : strcmp(x->variable, y->variable);
  return order ? order : strcmp(x->category, y->category);
}

const struct observation *observation_find(const struct observations *observations,
                                           const char *variable, const char *category) {
  if (observations->count == 0) return NULL; /* bsearch takes no null pointer */
  struct observation key = {.variable = variable, .category = category};
  return bsearch(&key, observations->item, observations->count, sizeof key, observation_compare);
}

const struct observation *observation_family(const struct observations *observations,
                                             const char *variable, size_t *count) {
  size_t first = 0, end = observations->count;
  while (first < end) {
    size_t middle = first + (end - first) / 2;
    if (strcmp(observations->item[middle].variable, variable) < 0)
      first = middle + 1;
    else
      end = middle;
  }
  *count = 0;
  while (first + *count < observations->count &&
         strcmp(observations->item[first + *count].variable, variable) == 0)
    ++*count;
  return *count ? &observations->item[first] : NULL;
}
