/* Aligns the rows of a grid with those of a template, on their labels. */
#include "ingest/tables/table_reading.h"

#include <string.h>

/* True where the variables of PARENT's rows are divided by those of ROW: outcome.other and
 * outcome.other.fee_unpaid. */
static bool is_part_of(const struct template_line *row, const struct template_line *parent) {
  size_t length = strlen(parent->id);
  return row == parent || (strncmp(row->id, parent->id, length) == 0 && row->id[length] == '.');
}

/* Rows run together, in one label or in cells side by side, or a label where a value should be:
 * nobody knows whose the values are. */
static bool is_several_rows(const struct table_reader *reader, const struct table_template *table,
                            const struct value_row *values, const struct template_line *like) {
  if (template_label_rows(table, values->label) > 1) return true;
  const struct grid_row *row = &reader->row[values->row];
  for (size_t j = 0; j < row->cells; j++) {
    const struct grid_cell *cell = &row->cell[j];
    if (cell->is_value || cell == values->labelled) continue;
    for (size_t i = 0; i < table->rows.count; i++)
      if (!table->rows.item[i].is_title &&
          template_likeness(&table->rows.item[i], &cell->label, SURELY) >= SURELY &&
          !is_part_of(like, &table->rows.item[i]))
        return true;
  }
  return false;
}

/* Values without a label at the top of a page are the rest of the row above, whose own values then
 * are not whole either. */
static void find_cut_rows(const struct table_reader *reader, struct table_reading *reading) {
  const struct row *row = reader->block->grid.row;
  for (size_t i = 1; i < reading->rows.count; i++) {
    struct value_row *values = &reading->rows.item[i], *above = values - 1;
    if (values->labels == 0 || values->labelled || !above->labelled) continue;
    if (row[values->row].page == row[above->row].page) continue;
    values->may_be_cut = above->may_be_cut = true;
  }
}

static void collect_rows(const struct table_reader *reader, struct table_reading *reading) {
  const struct heading *heading = reading->heading;
  size_t start = 0; /* of the rows without values since the last value */
  bool first = true;
  for (size_t i = 0; i < reader->rows; i++) {
    const struct grid_row *row = &reader->row[i];
    bool titles = !row->has_values && row_is_title(reading->table, row);
    if (!row->has_values && !titles && !row_is_unfilled(reading->table, row, heading)) continue;
    if (start < i) {
      struct heading *next = arena_alloc(reader->arena, sizeof *next);
      bool is_heading = heading_read(reader, reading->table, start, i, next);
      if (is_heading || heading_is_other(next)) heading = is_heading ? next : NULL;
    }
    start = i + 1;
    if (titles) {
      *list_add(reader->arena, &reading->rows) = (struct value_row){
          .row = i, .label = &row_last_text(row)->label, .fits = true, .is_title = true};
      continue;
    }
    if (!heading && first) heading = heading_by_content(reader, reading->table, i);
    first = false;
    *list_add(reader->arena, &reading->rows) = value_row_read(reader, heading, i);
  }
  reading->heading = heading;
  find_cut_rows(reader, reading);
}

/* True where both rows hold the same under their heading. */
static bool hold_the_same(const struct value_row *a, const struct value_row *b) {
  if (a->heading != b->heading) return false;
  for (size_t i = 0; i < a->heading->leaves - a->heading->first; i++) {
    const struct grid_cell *x = a->value[i], *y = b->value[i];
    if (strcmp(x ? x->text : "", y ? y->text : "") != 0) return false;
  }
  return true;
}

/* A row that is printed twice with other values: nobody knows which of them holds. */
static void find_rival_rows(struct table_reading *reading) {
  size_t n = reading->rows.count, m = reading->table->rows.count;
  for (size_t i = 0; i < n; i++) {
    struct value_row *row = &reading->rows.item[i];
    for (size_t k = 0; k < n && reading->match[i] == ALIGN_NONE && !row->is_title; k++) {
      struct value_row *other = &reading->rows.item[k];
      int match = reading->match[k];
      if (match == ALIGN_NONE || reading->likeness[i * m + (size_t)match] < SURELY) continue;
      if (hold_the_same(row, other)) continue;
      other->is_unsure = row->is_unsure = true;
    }
  }
  for (size_t i = 0; i < n; i++)
    if (reading->rows.item[i].is_unsure) reading->match[i] = ALIGN_NONE;
}

/* True where row I has the very label of row J of the form, no other row has it, and no other row
 * of the form: then it need not stand where the form has it. */
static bool has_own_label(const struct table_reading *reading, size_t i, size_t j) {
  size_t n = reading->rows.count, m = reading->table->rows.count, same = 0;
  if (reading->likeness[i * m + j] < 1) return false; /* nearly always */
  for (size_t k = 0; k < n; k++) same += reading->likeness[k * m + j] >= 1;
  for (size_t k = 0; k < m; k++) same += reading->likeness[i * m + k] >= 1;
  return same == 2;
}

/* Rows that stand in another order than in the form. */
static void take_rows_out_of_order(const struct table_reader *reader,
                                   struct table_reading *reading) {
  size_t n = reading->rows.count, m = reading->table->rows.count;
  bool *taken = arena_array(reader->arena, m + 1, sizeof *taken);
  for (size_t i = 0; i < n; i++)
    if (reading->match[i] != ALIGN_NONE) taken[reading->match[i]] = true;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < m && reading->match[i] == ALIGN_NONE; j++)
      if (!taken[j] && has_own_label(reading, i, j)) reading->match[i] = (int)j;
}

void table_find_unsure_rows(const struct table_reader *reader, struct table_reading *reading) {
  size_t n = reading->rows.count, m = reading->table->rows.count;
  double *backwards = arena_array(reader->arena, n * m + 1, sizeof *backwards);
  int *latest = arena_array(reader->arena, n + 1, sizeof *latest);
  for (size_t i = 0; i < n * m; i++) backwards[i] = reading->likeness[n * m - 1 - i];
  align_sequences(reader->arena, n, m, backwards, LABEL_THRESHOLD, latest);
  int before = (int)reading->from - 1; /* the row of the form above, where that is sure */
  for (size_t i = 0; i < n; i++) {
    int match = reading->match[i], other = latest[n - 1 - i];
    bool is_other = other == ALIGN_NONE || (int)m - 1 - other != match;
    if (match == ALIGN_NONE) continue;
    bool is_unsure = is_other && match != before + 1 && !has_own_label(reading, i, (size_t)match);
    reading->rows.item[i].is_unsure = is_unsure;
    if (is_unsure) reading->match[i] = ALIGN_NONE;
    before = is_unsure ? -2 : match;
  }
  find_rival_rows(reading);
}

static double *likenesses(const struct table_reader *reader, const struct table_reading *reading) {
  const template_lines *lines = &reading->table->rows;
  size_t n = reading->rows.count, m = lines->count;
  double *likeness = arena_array(reader->arena, n * m + 1, sizeof *likeness);
  for (size_t i = 0; i < n; i++) {
    const struct value_row *row = &reading->rows.item[i];
    for (size_t j = 0; j < m && row->fits; j++)
      if (!row->is_title || lines->item[j].is_title)
        likeness[i * m + j] = heading_likeness(reader, &lines->item[j], row->label);
    template_decide(likeness + i * m, m);
    for (size_t j = 0; j < reading->from; j++) likeness[i * m + j] = 0;
  }
  return likeness;
}

/* How much COUNT rows are like a form of which MATCHED have rows, with likenesses that add up to
 * SUM. Where those that match surely do, rows that the form does not have are additions of the
 * office and cost half: they only leave themselves out. */
static double score_of(double sum, size_t matched, size_t count) {
  static const size_t FEWEST_SURE = 4;
  if (count == 0) return 0;
  bool is_sure = matched >= FEWEST_SURE && sum >= SURELY * (double)matched;
  double unknown = (double)(count - matched);
  return sum / ((double)matched + (is_sure ? unknown / 2 : unknown));
}

/* Reads the grid by TABLE, from its row FROM on; HEADING is the last one of the grid before that
 * followed TABLE, or NULL. The score is the mean likeness of the rows times that of the headings;
 * rows that may stand in any table say nothing, but in the rest of one without heading. */
static struct table_reading read_by(const struct table_reader *reader,
                                    const struct table_template *table,
                                    const struct heading *heading, size_t from) {
  struct table_reading reading = {.table = table, .heading = heading, .from = from, .next = from};
  collect_rows(reader, &reading);
  size_t n = reading.rows.count, m = table->rows.count, count = 0;
  const double *likeness = reading.likeness = likenesses(reader, &reading);
  reading.match = arena_array(reader->arena, n + 1, sizeof *reading.match);
  align_sequences(reader->arena, n, m, likeness, LABEL_THRESHOLD, reading.match);
  take_rows_out_of_order(reader, &reading);

  double sum = 0;
  size_t matched = 0;
  for (size_t i = 0; i < n; i++) {
    struct value_row *row = &reading.rows.item[i];
    int match = reading.match[i];
    bool is_rest = from > 0 && row->heading &&
                   (row->heading == heading || row->heading->is_numbered ||
                    heading_names_all(table, row->heading));
    bool is_common = match != ALIGN_NONE && table->rows.item[match].is_common && !is_rest;
    count += !row->is_title && !row->is_note && !is_common;
    if (match == ALIGN_NONE) continue;
    if (reading.next < (size_t)match + 1) reading.next = (size_t)match + 1;
    if (row->is_title) continue;
    row->is_several = is_several_rows(reader, table, row, &table->rows.item[match]);
    if (row->is_several)
      reading.match[i] = ALIGN_NONE;
    else if (!is_common) {
      sum += likeness[i * m + (size_t)match] * row->heading->likeness;
      matched++;
    }
  }
  reading.score = score_of(sum, matched, count);
  return reading;
}

struct table_reading table_read_on(const struct table_reader *reader,
                                   const struct table_template *table,
                                   const struct table_progress *progress) {
  struct table_reading reading = read_by(reader, table, progress->heading, progress->next);
  if (progress->next == 0) return reading;
  struct table_reading anew = read_by(reader, table, progress->heading, 0);
  return anew.score > reading.score ? anew : reading;
}
