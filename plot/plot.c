/* Decides what is to be drawn, has it drawn in a folder of its own, and puts it in its place.
 * Knows no chart by name. */
#include "plot/plot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/csv_file.h"
#include "core/base/file_name.h"
#include "core/base/folder.h"
#include "core/base/folder_state.h"
#include "core/base/one_line.h"
#include "core/base/output.h"
#include "core/base/scratch_folder.h"
#include "core/base/whole_file.h"
#include "core/model/crosswalk.h"
#include "core/model/datapackage.h"
#include "core/model/divisions.h"
#include "plot/charts/chart.h"
#include "plot/gnuplot/draw.h"
#include "plot/index.h"

/* How charts are laid out: for the size that was asked for and, where that is wanted, once more for
 * a phone, with SUFFIX behind the name. Without formats an edition is not wanted. */
struct edition {
  const char *suffix;
  struct theme theme;
  unsigned formats; /* a sum of picture_format, of those that scripts draw */
};
enum { EDITIONS = 2 };

struct run {
  const struct plot_options *options;
  struct arena *arena;
  const struct codebook *codebook;
  const struct words *words;
  const struct schema *schema;
  const struct reports *reports;
  size_t organs;                     /* that the reports are of */
  const struct divisions *divisions; /* NULL where no chart is of a prefecture */
  const struct crosswalk *crosswalk;
  const struct indicator_list *indicators;
  const struct chart_list *charts;
  const struct indicator_words **wanted; /* the indicators that are drawn, ended by NULL */
  const struct glyphs *glyphs;
  struct edition edition[EDITIONS];
  struct output *output;
  const char *scratch; /* where scripts are drawn before they replace anything */
  struct chart_index index;
  LIST_OF(struct drawing) drawings;
  LIST_OF(size_t) entry_of; /* each drawing: the place of its chart in the index */
  size_t unchanged, nothing, failed;
  struct failure *failure;
};

struct bytes {
  char *text;
  size_t length;
};

static bool file_holds(const char *path, const struct bytes *bytes) {
  struct arena *arena = arena_new(); /* there are many files */
  struct whole_file file;
  struct failure unread;
  bool holds = whole_file_read(arena, path, &file, &unread) && file.size == bytes->length &&
               memcmp(file.bytes, bytes->text, file.size) == 0;
  arena_free(arena);
  return holds;
}

static bool write_scratch(const struct run *run, const char *name, const struct bytes *bytes) {
  return scratch_folder_add(run->arena, run->scratch, name, bytes->text, bytes->length,
                            run->failure) != NULL;
}

static bool pictures_are_there(const struct run *run, const char *name, unsigned formats) {
  for (size_t i = 0; i < PICTURE_KINDS; i++) {
    if (!(formats & picture_kinds[i].format)) continue;
    struct stat status;
    const char *path =
        arena_format(run->arena, "%s/%s%s", run->options->output, name, picture_kinds[i].ending);
    if (stat(path, &status) != 0 || status.st_size == 0) return false;
  }
  return true;
}

static bool is_unchanged(const struct run *run, const char *name, unsigned formats,
                         const struct bytes *script, const struct bytes *data) {
  const char *folder = run->options->output;
  return file_holds(arena_format(run->arena, "%s/%s.gp", folder, name), script) &&
         file_holds(arena_format(run->arena, "%s/%s.tsv", folder, name), data) &&
         pictures_are_there(run, name, formats);
}

static bool write_edition(struct run *run, const struct edition *edition,
                          const struct picture *picture, const char *name) {
  struct bytes script = {0}, data = {0};
  FILE *script_file = open_memstream(&script.text, &script.length);
  FILE *data_file = open_memstream(&data.text, &data.length);
  bool done = script_file && data_file;
  if (done)
    picture_write(run->arena, &edition->theme, run->glyphs, picture, name, edition->formats,
                  script_file, data_file);
  if (script_file && fclose(script_file) != 0) done = false;
  if (data_file && fclose(data_file) != 0) done = false;

  if (!done) {
    failure_set(run->failure, "cannot write the script of '%s': %s", name, strerror(errno));
  } else if (is_unchanged(run, name, edition->formats, &script, &data)) {
    run->unchanged++;
  } else {
    done = write_scratch(run, arena_format(run->arena, "%s.gp", name), &script) &&
           write_scratch(run, arena_format(run->arena, "%s.tsv", name), &data);
    *list_add(run->arena, &run->drawings) =
        (struct drawing){.name = name,
                         .title = text_one_line(run->arena, picture->title),
                         .alternative = text_one_line(run->arena, picture->alternative),
                         .formats = edition->formats};
    *list_add(run->arena, &run->entry_of) = run->index.entries.count; /* which is added next */
  }
  free(script.text);
  free(data.text);
  return done;
}

static void remove_pictures(const struct run *run, const char *name) {
  for (size_t i = 0; i < PICTURE_KINDS; i++)
    output_remove(run->output, arena_format(run->arena, "%s%s", name, picture_kinds[i].ending));
}

static void remove_edition(const struct run *run, const char *name) {
  output_remove(run->output, arena_format(run->arena, "%s.gp", name));
  output_remove(run->output, arena_format(run->arena, "%s.tsv", name));
  remove_pictures(run, name);
}

static void remove_chart(const struct run *run, const char *name) {
  for (size_t i = 0; i < EDITIONS; i++)
    remove_edition(run, arena_format(run->arena, "%s%s", name, run->edition[i].suffix));
}

static bool write_picture(struct run *run, const struct picture *picture, const char *name) {
  for (size_t i = 0; i < EDITIONS; i++) {
    const struct edition *edition = &run->edition[i];
    const char *file = arena_format(run->arena, "%s%s", name, edition->suffix);
    if (edition->formats == 0)
      remove_edition(run, file);
    else if (!write_edition(run, edition, picture, file))
      return false;
  }
  return true;
}

static const char *chart_file(const struct run *run, const char *subject, const char *chart) {
  return arena_format(run->arena, "%s.%s%s", subject, chart,
                      run->options->language == LANGUAGE_ZH ? "" : ".en");
}

/* The chart's name, with the indicator where it is of one. */
static const char *chart_name(const struct run *run, const struct chart_plan *chart,
                              const struct indicator_words *indicator) {
  return indicator ? arena_format(run->arena, "%s_%s", chart->name, indicator->id) : chart->name;
}

static bool plan_chart(struct run *run, const struct chart_plan *chart, struct subject subject,
                       const struct indicator_words *indicator) {
  const char *name = chart_name(run, chart, indicator), *reason = "";
  const char *file = chart_file(run, subject.id, name);
  struct arena *arena = arena_new(); /* what a picture says is forgotten when it is written */
  struct chart_input input = {.arena = arena,
                              .codebook = run->codebook,
                              .words = run->words,
                              .crosswalk = run->crosswalk,
                              .reports = run->reports,
                              .subject = subject,
                              .report = subject.report[subject.count - 1],
                              .indicator = indicator,
                              .ranks = run->options->size->ranks};
  struct picture picture;
  struct chart_entry entry = {.report = subject.id,
                              .chart = name,
                              .language = language_name(run->options->language),
                              .file = "",
                              .state = STATE_NOTHING,
                              .reason = "",
                              .title = "",
                              .alternative = ""};
  bool done = true;
  if (chart_picture(chart, &input, &picture, &reason)) {
    entry.file = file;
    entry.state = STATE_DRAWN;
    entry.title = text_one_line(run->arena, picture.title);
    entry.alternative = text_one_line(run->arena, picture.alternative);
    done = write_picture(run, &picture, file);
  } else {
    entry.reason = arena_text(run->arena, reason);
    remove_chart(run, file);
    run->nothing++;
  }
  *list_add(run->arena, &run->index.entries) = entry;
  arena_free(arena);
  return done;
}

static size_t count_organs(const struct reports *reports) {
  size_t organs = 0;
  for (size_t i = 0; i < reports->count; i++)
    organs +=
        i == 0 || strcmp(reports->by_series[i]->series, reports->by_series[i - 1]->series) != 0;
  return organs;
}

/* The first digits of an id, at most four: the prefecture. */
static const char *prefecture_of(struct arena *arena, const struct drawn_report *report) {
  size_t digits = strspn(report->id, "0123456789");
  return arena_bytes(arena, report->id, digits < 4 ? digits : 4);
}

/* The name of the prefecture whose codes begin with PREFIX; where it has none (of a municipality,
 * say), the province and the code; else the code. */
static const char *place_name(const struct run *run, const char *prefix) {
  struct arena *arena = run->arena;
  if (!*prefix) return words_get(run->words, "any", "place_other");
  const struct division *division =
      divisions_find(run->divisions, arena_format(arena, "%s00", prefix));
  if (division) return division->name;
  division = divisions_find(run->divisions, arena_format(arena, "%.2s0000", prefix));
  return words_fill(
      arena, run->words, "any", division ? "place_of_province" : "place_code",
      (struct filling[]){{"code", prefix}, {"name", division ? division->name : ""}, {NULL, NULL}});
}

/* The subject of CHART that begins at the report FIRST of those sorted by series. */
static struct subject subject_at(const struct run *run, const struct chart_plan *chart,
                                 size_t first) {
  const struct reports *reports = run->reports;
  const struct drawn_report *const *report = reports->by_series + first;
  size_t count = 1, left = reports->count - first;
  if (chart->scope == CHART_OF_REPORT) return (struct subject){(*report)->id, "", report, 1, NULL};
  if (chart->scope == CHART_OF_ORGAN) {
    while (count < left && strcmp(report[count]->series, (*report)->series) == 0) count++;
    return (struct subject){(*report)->series, "", report, count, NULL};
  }
  if (run->organs <= chart->kind->page) return (struct subject){"all", "", report, left, NULL};
  const char *prefix = prefecture_of(run->arena, *report);
  while (count < left && strcmp(prefecture_of(run->arena, report[count]), prefix) == 0) count++;
  const char *id = arena_format(run->arena, "%s-all", *prefix ? prefix : "other");
  return (struct subject){id, prefix, report, count, place_name(run, prefix)};
}

static bool plan_subjects(struct run *run, const struct chart_plan *chart,
                          const struct indicator_words *indicator) {
  const struct reports *reports = run->reports;
  for (size_t i = 0; i < reports->count;) {
    struct subject subject = subject_at(run, chart, i);
    if (!plan_chart(run, chart, subject, indicator)) return false;
    i += subject.count;
  }
  return true;
}

static bool is_chosen(const struct run *run, const struct chart_plan *chart) {
  const char *const *name = run->options->chart;
  if (!name) return true;
  while (*name && strcmp(*name, chart->name) != 0) name++;
  return *name;
}

static bool has_parts(const struct run *run) {
  for (size_t i = 0; i < run->charts->charts.count; i++) {
    const struct chart_plan *chart = &run->charts->charts.item[i];
    if (chart->scope == CHART_OF_ALL && run->organs > chart->kind->page) return true;
  }
  return false;
}

static bool plan(struct run *run) {
  run->organs = count_organs(run->reports);
  if (has_parts(run)) {
    const char *folder = datasets_folder(run->arena, run->options->datasets, run->failure);
    run->divisions = folder ? divisions_load(run->arena, folder, run->failure) : NULL;
    if (!run->divisions) return false;
  }
  for (size_t i = 0; i < run->charts->charts.count; i++) {
    const struct chart_plan *chart = &run->charts->charts.item[i];
    if (!is_chosen(run, chart)) continue;
    if (!chart->kind->by_indicator && !plan_subjects(run, chart, NULL)) return false;
    for (size_t j = 0; chart->kind->by_indicator && run->wanted[j]; j++)
      if (!plan_subjects(run, chart, run->wanted[j])) return false;
  }
  return true;
}

/* ---- what became of them ---- */

static const char *failure_words(const struct run *run, const struct drawing *drawing) {
  static const char *const keys[] = {[DRAWING_FAILED] = "failed_gnuplot",
                                     [DRAWING_SLOW] = "failed_slow",
                                     [DRAWING_BROKEN] = "failed_picture"};
  struct arena *arena = run->arena;
  return words_fill(arena, run->words, "any", keys[drawing->end],
                    (struct filling[]){{"detail", drawing->complaint},
                                       {"seconds", arena_format(arena, "%d", DRAWING_SECONDS)},
                                       {NULL, NULL}});
}

/* A chart is drawn where all its pictures are. Of one that failed, the pictures of an earlier run
 * go; script and data stay, to be looked at and to be tried again. */
static void mark_failures(struct run *run) {
  for (size_t i = 0; i < run->drawings.count; i++) {
    const struct drawing *drawing = &run->drawings.item[i];
    struct chart_entry *entry = &run->index.entries.item[run->entry_of.item[i]];
    if (drawing->end == DRAWING_DONE || strcmp(entry->state, STATE_FAILED) == 0) continue;
    entry->state = STATE_FAILED;
    entry->reason = failure_words(run, drawing);
    run->failed++;
    for (size_t j = 0; j < EDITIONS; j++)
      remove_pictures(run, arena_format(run->arena, "%s%s", entry->file, run->edition[j].suffix));
  }
}

static void adopt(const struct run *run, const char *name, const char *ending) {
  const char *file = arena_format(run->arena, "%s%s", name, ending);
  output_adopt(run->output, file, arena_format(run->arena, "%s/%s", run->scratch, file));
}

/* Those asked for take their places; others are of an earlier run, and out of date now. */
static void adopt_pictures(const struct run *run, const struct drawing *drawing) {
  for (size_t i = 0; i < PICTURE_KINDS; i++) {
    const struct picture_kind *kind = &picture_kinds[i];
    if (drawing->formats & kind->format)
      adopt(run, drawing->name, kind->ending);
    else
      output_remove(run->output, arena_format(run->arena, "%s%s", drawing->name, kind->ending));
  }
}

/* Pictures first, the script last: a script in its place says that its pictures are. */
static void adopt_drawings(const struct run *run) {
  for (size_t i = 0; i < run->drawings.count; i++) {
    const struct drawing *drawing = &run->drawings.item[i];
    const struct chart_entry *entry = &run->index.entries.item[run->entry_of.item[i]];
    if (strcmp(entry->state, STATE_FAILED) != 0) adopt_pictures(run, drawing);
    adopt(run, drawing->name, ".tsv");
    adopt(run, drawing->name, ".gp");
  }
}

/* Whether this run decides about the chart NAME: it or its kind was asked for. */
static bool is_of_this_run(const struct run *run, const char *name) {
  for (size_t i = 0; i < run->charts->charts.count; i++) {
    const struct chart_plan *chart = &run->charts->charts.item[i];
    size_t length = strlen(chart->name);
    bool same = strncmp(chart->name, name, length) == 0 &&
                name[length] == (chart->kind->by_indicator ? '_' : '\0');
    if (same) return is_chosen(run, chart);
  }
  return true;
}

/* The row of an earlier run: in another language, or of a chart that was not asked for, it stays;
 * else its chart is of this run, or is no more. */
static void take_entry(void *context, const struct chart_entry *row) {
  struct run *run = context;
  bool other = strcmp(row->language, language_name(run->options->language)) != 0;
  if (other || !is_of_this_run(run, row->chart))
    *list_add(run->arena, &run->index.entries) = chart_entry_copy(run->arena, row);
  else if (!chart_index_find(&run->index, row) && file_name_is_safe(row->file))
    remove_chart(run, row->file);
}

static bool write_index(struct run *run) {
  const char *path = arena_format(run->arena, "%s/charts.csv", run->options->output);
  if (!chart_index_read(path, take_entry, run, run->failure)) return false;
  FILE *file = schema_open(run->schema, run->output, "charts.csv", run->failure);
  if (!file) return false;
  chart_index_write(&run->index, named_row_new(run->arena, run->schema, "charts.csv"), file);
  return datapackage_write(run->schema, run->output, "ogistat-charts",
                           "Charts of government information disclosure reports", NULL, NULL, 0,
                           run->failure);
}

static bool find_indicators(struct run *run) {
  const char *const *name = run->options->indicator;
  size_t count = 0;
  while (name[count]) count++;
  run->wanted = arena_array(run->arena, count + 1, sizeof *run->wanted);
  for (size_t i = 0; i < count; i++) {
    run->wanted[i] = indicator_words_find(run->indicators, name[i], run->failure);
    if (!run->wanted[i]) return false;
  }
  return true;
}

static bool load(struct run *run) {
  struct arena *arena = run->arena;
  const struct plot_options *options = run->options;
  const char *folder = datasets_folder(arena, options->datasets, run->failure);
  return folder && (run->codebook = codebook_load(arena, folder, run->failure)) &&
         (run->schema = schema_load(arena, folder, run->failure)) &&
         (run->words = words_load(arena, folder, WORDS_OF_CHARTS, run->codebook, options->language,
                                  run->failure)) &&
         (run->indicators =
              indicator_words_load(arena, folder, run->words, run->codebook, run->failure)) &&
         (run->crosswalk = crosswalk_load(arena, folder, run->codebook, run->failure)) &&
         (run->charts = chart_list_load(arena, folder, run->codebook, run->failure)) &&
         find_indicators(run) &&
         (run->reports = reports_load(arena, options->analysis, options->dataset, folder,
                                      run->charts, run->wanted, options->left_out, run->failure));
}

static bool open_folders(struct run *run) {
  const char *folder = run->options->output;
  run->output = output_open(folder, run->failure);
  if (!run->output) return false;
  run->scratch = output_scratch(run->output);
  return true;
}

/* The characters that the fonts of FAMILY have. NULL with the reason where there is no such font.
 */
static const struct glyphs *find_glyphs(const struct run *run, const char *family) {
  const struct glyphs *glyphs = NULL;
  enum glyphs_end end = glyphs_load(run->arena, family ? family : ":", &glyphs);
  if (end == GLYPHS_UNKNOWN)
    failure_set(run->failure, "fc-list does not tell which fonts there are; it comes with gnuplot "
                              "(Debian: gnuplot-nox)");
  else if (end == GLYPHS_NONE && family)
    failure_set(run->failure, "there is no font '%s' (fc-list : family lists all)", family);
  else if (end == GLYPHS_NONE)
    failure_set(run->failure, "no font is installed, so that charts would be without a word "
                              "(Debian: fonts-noto-cjk)");
  return glyphs;
}

/* A font that lacks a character is no fault: another one has it. But where these are lacking there
 * is nothing to write Chinese with. */
static bool fonts_are_usable(struct run *run) {
  static const char needed[] = "政府信息公开工作年度报告省市区县申请件条万（），。：；%0123456789";
  const char *font = run->options->font;
  if (font && !script_is_safe_font(font))
    return failure_set(run->failure, "the font's name '%s' has signs that no font's has", font);
  const struct glyphs *own;
  if (!(run->glyphs = find_glyphs(run, NULL)) ||
      !(own = font ? find_glyphs(run, font) : run->glyphs))
    return false;
  const char *missing = glyphs_first_missing(own, run->arena, needed);
  if (missing && font)
    failure_set(run->failure, "the font '%s' is not for Chinese: it lacks %s", font, missing);
  else if (missing)
    failure_set(run->failure, "no font is installed that has %s (Debian: fonts-noto-cjk)", missing);
  return !missing;
}

/* Where every drawing fails and there is none of an earlier run, or gnuplot draws nothing else
 * either, it is not a chart that is wrong. */
static bool gnuplot_works(const struct run *run) {
  size_t drawings = run->drawings.count, done = 0;
  for (size_t i = 0; i < drawings; i++) done += run->drawings.item[i].end == DRAWING_DONE;
  if (drawings == 0 || done > 0) return true;
  if (run->unchanged > 0 && draw_anything(run->arena, run->scratch)) return true;
  return failure_set(run->failure, "no chart could be drawn, %s for one: %s",
                     run->drawings.item[0].name, failure_words(run, &run->drawings.item[0]));
}

static bool draw_and_commit(struct run *run) {
  if (!draw_all(run->arena, run->scratch, run->drawings.item, run->drawings.count,
                run->options->jobs, run->failure))
    return false;
  mark_failures(run);
  if (!gnuplot_works(run)) return false;
  chart_index_tell(run->arena, &run->index, STATE_FAILED, run->options->left_out);
  adopt_drawings(run);
  if (!write_index(run)) return false;
  struct output *output = run->output;
  run->output = NULL; /* committing frees it */
  return output_commit(output, run->failure);
}

static void choose_editions(struct run *run) {
  const struct plot_options *options = run->options;
  bool phone = options->formats & PICTURE_SVG_PHONE;
  run->edition[0] = (struct edition){"", theme_for(options->size, options->font),
                                     options->formats & ~(unsigned)PICTURE_SVG_PHONE};
  run->edition[1] = (struct edition){"@phone", theme_for(theme_size_find("phone"), options->font),
                                     phone ? PICTURE_SVG : 0};
}

static void tell_counts(const struct run *run) {
  fprintf(stderr, "ogi-plot: %zu charts drawn, %zu unchanged, %zu with nothing to show",
          run->drawings.count, run->unchanged, run->nothing);
  if (run->failed) fprintf(stderr, ", %zu failed", run->failed);
  putc('\n', stderr);
}

/* Loads all, from one state of the folders: what was replaced meanwhile is loaded anew. */
static bool load_whole(struct run *run) {
  enum { TRIES = 3 };
  struct failure replaced = {""};
  const char *const paths[] = {run->options->dataset, run->options->analysis, NULL};
  for (int i = 0; i < TRIES; i++) {
    const struct folders_read read = folders_read_begin(paths);
    bool done = load(run);
    if (folders_read_whole(&read, &replaced)) return done;
  }
  failure_set(run->failure, "%s", replaced.text);
  return false;
}

bool plot_run(const struct plot_options *options, struct failure *failure) {
  struct run run = {.options = options, .arena = arena_new(), .failure = failure};
  choose_editions(&run);
  bool planned = load_whole(&run) && fonts_are_usable(&run) && open_folders(&run) && plan(&run);
  if (planned && !options->quiet) chart_index_tell(run.arena, &run.index, STATE_NOTHING, NULL);
  bool done = planned && draw_and_commit(&run);
  if (done && !options->quiet) tell_counts(&run);
  output_abandon(run.output);
  arena_free(run.arena);
  return done;
}

bool plot_knows_charts(const struct plot_options *options, struct failure *failure) {
  struct arena *arena = arena_new();
  struct failure unread;
  const char *folder = datasets_folder(arena, options->datasets, &unread);
  const struct codebook *codebook = folder ? codebook_load(arena, folder, &unread) : NULL;
  const struct chart_list *charts =
      codebook ? chart_list_load(arena, folder, codebook, &unread) : NULL;
  bool known = true;
  for (const char *const *name = options->chart; charts && name && *name && known; name++)
    known = chart_find(charts, *name) ||
            failure_set(failure, "there is no chart '%s' in chart_list.csv", *name);
  arena_free(arena);
  return known;
}
