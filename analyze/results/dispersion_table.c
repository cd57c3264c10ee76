/* Collects the steps of neighbouring years, series by series. Knows columns, not formulas. */
#include "analyze/results/dispersion_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/pipeline.h"

enum { FEWEST_ORGANS = 5, MOST_ORGANS = 500, VARIATIONS = VARIATION_COUNT + 1 };

static const char *const variation_words[VARIATIONS] = {"", "share", "rate", "count"};

struct dispersions {
  const struct dispersion_table *table;
  struct dispersion defaults[VARIATIONS];
  size_t groups;
  const struct dispersion **measured; /* by place of the series and group; NULL: not measured */
};

enum variation variation_of(const struct series *series) {
  if (series->is_count || (series->kind == KIND_RATE && series->is_exposure))
    return VARIATION_COUNT;
  if (series->kind == KIND_RATE) return VARIATION_RATE;
  return series->kind == KIND_SHARE ? VARIATION_SHARE : VARIATION_NONE;
}

struct counted counted_of(const struct series *series, const struct point *point) {
  if (series->is_count) return (struct counted){point->estimate, 1};
  return (struct counted){point->numerator, point->denominator};
}

bool points_join(const struct crosswalk *crosswalk, const struct forms *forms,
                 const struct series *series, const struct point *before,
                 const struct point *point) {
  return point->year == before->year + 1 &&
         points_relation(crosswalk, forms, series, before, point) == CROSSWALK_JOINED;
}

/* ---- defaults ---- */

#define DEFAULT_ROW(COLUMN, OPTIONAL)                                                              \
  COLUMN(variation) COLUMN(dispersion) COLUMN(freedom) COLUMN(organs) COLUMN(source)
CSV_ROW(default_row, DEFAULT_ROW);

static bool take_default(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  const struct default_row *row = (const void *)f;
  struct dispersions *dispersions = context;
  size_t variation = 1;
  while (variation < VARIATIONS && strcmp(variation_words[variation], row->variation) != 0)
    variation++;
  char *level_end, *freedom_end;
  double level = strtod(row->dispersion, &level_end), freedom = strtod(row->freedom, &freedom_end);
  if (variation == VARIATIONS) return failure_set(failure, "'%s' does not vary", row->variation);
  if (*level_end || *freedom_end || !(level >= 0) || !(freedom > 2))
    return failure_set(failure, "dispersion and freedom (above 2) are numbers");
  if (*row->source == '\0') return failure_set(failure, "a default needs its source");
  dispersions->defaults[variation] = (struct dispersion){
      .level = level, .prior_scale = 1, .prior_freedom = freedom, .pooled_freedom = INFINITY};
  return true;
}

static bool load_defaults(struct dispersions *dispersions, struct arena *arena,
                          struct failure *failure) {
  const char *path =
      arena_format(arena, "%s/indicators/dispersion.csv", dispersions->table->knowledge);
  if (!csv_read_strictly(path, default_row_columns, take_default, dispersions, failure))
    return false;
  for (size_t i = 1; i < VARIATIONS; i++)
    if (!(dispersions->defaults[i].prior_freedom > 0))
      return failure_set(failure, "%s has no row for %s", path, variation_words[i]);
  return true;
}

/* ---- the steps of a series ---- */

typedef LIST_OF(struct organ_step) step_list;

struct measuring {
  const struct dispersion_table *table;
  struct dispersions *dispersions;
  struct arena *arena;
  const size_t *stride; /* by group: of so many organs one is taken */
  size_t next;          /* the place of a series */
};

/* What a piece carries from step to step. */
struct batch {
  size_t place;
  const struct series *series; /* NULL where there is no point of it */
  struct dispersion *measured; /* by group; of organs below FEWEST_ORGANS not to be used */
};

/* A step and the group of its organ. */
struct grouped_step {
  uint32_t group;
  struct organ_step step;
};

static int by_group(const void *a, const void *b) {
  const struct grouped_step *x = a, *y = b;
  if (x->group != y->group) return x->group < y->group ? -1 : 1;
  if (x->step.organ != y->step.organ) return x->step.organ < y->step.organ ? -1 : 1;
  return (x->step.year > y->step.year) - (x->step.year < y->step.year);
}

static uint32_t group_of(const struct dispersion_table *table, const struct point *point) {
  return table->peers->of_organ[dataset_organ(table->dataset, point->report)->number];
}

/* Whether the organ of POINT, the number ORGAN of the panel, is one of those that are taken. */
static bool is_chosen(const struct measuring *measuring, const struct point *point, size_t organ) {
  uint32_t group = group_of(measuring->table, point);
  return group != NO_PEERS && organ % measuring->stride[group] == 0;
}

typedef LIST_OF(struct grouped_step) grouped_list;

/* Adds the steps of the organs that have points in both years, which are in the order of organs. */
static void add_steps(const struct measuring *measuring, const struct series *series,
                      struct points before, struct points now, struct arena *arena,
                      grouped_list *steps) {
  const struct dispersion_table *table = measuring->table;
  enum variation variation = variation_of(series);
  for (size_t i = 0, j = 0; i < before.count && j < now.count;) {
    const struct point *first = before.item[i], *second = now.item[j];
    size_t organ = panel_organ_of(table->panel, second->report);
    size_t other = panel_organ_of(table->panel, first->report);
    i += other <= organ;
    j += organ <= other;
    if (other != organ || !is_chosen(measuring, second, organ) ||
        ((first->flags | second->flags) & FLAG_FAILED_EDIT) ||
        !points_join(table->crosswalk, table->forms, series, first, second))
      continue;
    struct counted x = counted_of(series, first), y = counted_of(series, second);
    if (!year_step_of(variation, x, y).informs) continue;
    *list_add(arena, steps) = (struct grouped_step){
        group_of(table, second), organ_step_of(variation, x, y, (uint32_t)organ, second->year)};
  }
}

/* All steps of the series at PLACE, in ARENA, sorted by group, organ and year. */
static grouped_list steps_of(const struct measuring *measuring, const struct series *series,
                             size_t place, struct arena *arena) {
  const struct panel *panel = measuring->table->panel;
  grouped_list steps = {0};
  struct arena *scratch[2] = {arena_new(), arena_new()}; /* of a year, and of the year before */
  struct points before = {NULL, 0};
  for (size_t i = 0; i < panel_years(panel); i++) {
    arena_clear(scratch[i % 2]);
    struct points now = panel_year_points(panel, i, place, scratch[i % 2]);
    if (i > 0) add_steps(measuring, series, before, now, arena, &steps);
    before = now;
  }
  arena_free(scratch[0]);
  arena_free(scratch[1]);
  if (steps.count) qsort(steps.item, steps.count, sizeof *steps.item, by_group);
  return steps;
}

static const struct series *series_at_place(const struct dispersion_table *table, size_t place) {
  for (uint32_t i = 0; i < series_count(table->series); i++)
    if (series_at(table->series, i)->place == place) return series_at(table->series, i);
  return NULL;
}

static bool take_place(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct measuring *measuring = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  piece->is_end = measuring->next >= series_count(measuring->table->series);
  if (piece->is_end) return true;
  batch->place = measuring->next++;
  batch->series = series_at_place(measuring->table, batch->place);
  return true;
}

static bool measure(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct measuring *measuring = context;
  struct batch *batch = piece->work;
  enum variation variation = variation_of(batch->series);
  size_t groups = measuring->dispersions->groups;
  batch->measured = arena_array(piece->arena, groups, sizeof *batch->measured);
  if (variation == VARIATION_NONE) return true;
  grouped_list steps = steps_of(measuring, batch->series, batch->place, piece->arena);
  struct organ_step *own = arena_array(piece->arena, steps.count, sizeof *own);
  for (size_t i = 0; i < steps.count; i++) own[i] = steps.item[i].step;
  for (size_t first = 0, end; first < steps.count; first = end) {
    uint32_t group = steps.item[first].group;
    for (end = first; end < steps.count && steps.item[end].group == group;) end++;
    batch->measured[group] = dispersion_of_steps(variation, own + first, end - first, piece->arena);
  }
  return true;
}

/* A copy of DISPERSION in ARENA. */
static const struct dispersion *copy_of(const struct dispersion *dispersion, struct arena *arena) {
  struct dispersion *copy = arena_alloc(arena, sizeof *copy);
  struct year_centre *centre = arena_array(arena, dispersion->centres, sizeof *centre);
  *copy = *dispersion;
  copy->centre = centre;
  for (size_t i = 0; i < copy->centres; i++) centre[i] = dispersion->centre[i];
  return copy;
}

static void write_row(const struct measuring *measuring, const struct series *series, size_t group,
                      const struct dispersion *measured) {
  const struct dispersions *dispersions = measuring->dispersions;
  struct known_dispersion known = dispersion_of(dispersions, series, (uint32_t)group);
  struct result_row row;
  row_begin(&row, measuring->table->rows);
  row_text(&row, "indicator", series->indicator);
  row_text(&row, "category", series->category);
  row_text(&row, "peers", measuring->table->peers->name[group]);
  row_text(&row, "variation", variation_words[variation_of(series)]);
  row_number(&row, "dispersion", known.dispersion->level);
  row_integer(&row, "organs", (long long)measured->organs);
  row_integer(&row, "steps", (long long)measured->steps);
  row_number(&row, "freedom", known.dispersion->pooled_freedom);
  row_number(&row, "prior_freedom", known.dispersion->prior_freedom);
  row_text(&row, "source", known.source);
  row_write(&row, measuring->table->rows->stream);
}

static bool keep_place(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct measuring *measuring = context;
  const struct batch *batch = piece->work;
  struct dispersions *dispersions = measuring->dispersions;
  if (variation_of(batch->series) == VARIATION_NONE) return true;
  for (size_t i = 0; i < dispersions->groups; i++) {
    const struct dispersion *measured = &batch->measured[i];
    if (measured->organs >= FEWEST_ORGANS)
      dispersions->measured[batch->place * dispersions->groups + i] =
          copy_of(measured, measuring->arena);
    if (measured->organs > 0) write_row(measuring, batch->series, i, measured);
  }
  return true;
}

/* Of how many organs of each group one is taken. */
static const size_t *strides(const struct dispersion_table *table, struct arena *arena) {
  size_t *stride = arena_array(arena, table->peers->count, sizeof *stride);
  for (size_t i = 0; i < panel_organs(table->panel); i++) {
    uint32_t group = table->peers->of_organ[panel_organ(table->panel, i)->number];
    if (group != NO_PEERS) stride[group]++;
  }
  for (size_t i = 0; i < table->peers->count; i++)
    stride[i] = (stride[i] + MOST_ORGANS - 1) / MOST_ORGANS;
  for (size_t i = 0; i < table->peers->count; i++) stride[i] += stride[i] == 0;
  return stride;
}

const struct dispersions *dispersion_table_write(const struct dispersion_table *table,
                                                 struct arena *arena, struct failure *failure) {
  static const struct pipeline_plan plan = {
      {{true, take_place}, {false, measure}, {true, keep_place}}, NULL};
  struct dispersions *dispersions = arena_alloc(arena, sizeof *dispersions);
  *dispersions = (struct dispersions){.table = table, .groups = table->peers->count};
  if (!load_defaults(dispersions, arena, failure)) return NULL;
  dispersions->measured = arena_array(arena, series_count(table->series) * dispersions->groups,
                                      sizeof *dispersions->measured);
  struct measuring measuring = {
      .table = table, .dispersions = dispersions, .arena = arena, .stride = strides(table, arena)};
  bool done = pipeline_run(&plan, &measuring, table->threads, failure);
  dispersions->table = NULL; /* lives no longer than the call */
  return done ? dispersions : NULL;
}

struct known_dispersion dispersion_of(const struct dispersions *dispersions,
                                      const struct series *series, uint32_t group) {
  enum variation variation = variation_of(series);
  if (variation == VARIATION_NONE) return (struct known_dispersion){NULL, ""};
  const struct dispersion *measured =
      group == NO_PEERS ? NULL : dispersions->measured[series->place * dispersions->groups + group];
  if (measured) return (struct known_dispersion){measured, "peers"};
  return (struct known_dispersion){&dispersions->defaults[variation], "default"};
}

void row_known_dispersion(struct result_row *row, struct known_dispersion known,
                          double design_effect) {
  row_number(row, "dispersion_within", known.dispersion ? known.dispersion->level : NAN);
  row_number(row, "design_effect", design_effect);
  if (known.dispersion)
    row_integer(row, "dispersion_organs", (long long)known.dispersion->organs);
  else
    row_text(row, "dispersion_organs", "");
  row_text(row, "dispersion_source", known.source);
}
