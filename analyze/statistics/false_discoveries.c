/* The step-up procedure. Knows no tests. */
#include "analyze/statistics/false_discoveries.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <search.h>

void benjamini_hochberg(double *p_values, size_t count, size_t *order) {
  gsl_sort_index(order, p_values, 1, count);
  double smallest = 1;
  for (size_t i = count; i-- > 0;) {
    double *p_value = &p_values[order[i]];
    smallest = fmin(smallest, *p_value * (double)count / (double)(i + 1));
    *p_value = smallest;
  }
}

void storey_q_values(double *p_values, size_t count, size_t *order) {
  size_t above = 0;
  for (size_t i = 0; i < count; i++) above += p_values[i] > 0.5;
  double without = fmin(1, (1 + (double)above) / ((double)count / 2));
  benjamini_hochberg(p_values, count, order);
  for (size_t i = 0; i < count; i++) p_values[i] *= without;
}

/* A p-value, how often it is there, and its q-value. */
struct tallied {
  double p_value, q_value;
  size_t count;
};

struct p_values {
  struct arena *arena;
  void *tree; /* of tallied */
  size_t count;
  LIST_OF(struct tallied *) sorted;
};

static int compare_tallied(const void *a, const void *b) {
  double x = ((const struct tallied *)a)->p_value, y = ((const struct tallied *)b)->p_value;
  return (x > y) - (x < y);
}

struct p_values *p_values_new(struct arena *arena) {
  struct p_values *p_values = arena_alloc(arena, sizeof *p_values);
  p_values->arena = arena;
  return p_values;
}

static void keep_node(void *node) {
  (void)node; /* it lives in the arena */
}

void p_values_free(struct p_values *p_values) {
  tdestroy(p_values->tree, keep_node);
}

static struct tallied *find(const struct p_values *p_values, double p_value) {
  struct tallied wanted = {.p_value = p_value};
  struct tallied **found = tfind(&wanted, &p_values->tree, compare_tallied);
  return found ? *found : NULL;
}

void p_values_add(struct p_values *p_values, double p_value) {
  struct tallied *tallied = find(p_values, p_value);
  if (!tallied) {
    tallied = arena_alloc(p_values->arena, sizeof *tallied);
    tallied->p_value = p_value;
    if (!tsearch(tallied, &p_values->tree, compare_tallied)) out_of_memory();
  }
  tallied->count++;
  p_values->count++;
}

static void add_sorted(const void *node, VISIT visit, void *context) {
  struct p_values *p_values = context;
  if (visit == postorder || visit == leaf)
    *list_add(p_values->arena, &p_values->sorted) = *(struct tallied *const *)node;
}

void p_values_complete(struct p_values *p_values) {
  twalk_r(p_values->tree, add_sorted, p_values);
  double smallest = 1;
  size_t rank = p_values->count;
  for (size_t i = p_values->sorted.count; i-- > 0;) {
    struct tallied *tallied = p_values->sorted.item[i];
    smallest = fmin(smallest, tallied->p_value * (double)p_values->count / (double)rank);
    tallied->q_value = smallest;
    rank -= tallied->count;
  }
}

double p_values_q_value(const struct p_values *p_values, double p_value) {
  return find(p_values, p_value)->q_value;
}
