/* Gnuplot as a child process: no shell, no start-up file, a clean environment, a time limit.
 * Knows no chart. */
#include "plot/gnuplot/draw.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/child.h"
#include "core/base/interrupt.h"
#include "core/base/label.h"
#include "core/base/markup.h"
#include "core/base/one_line.h"
#include "core/base/pipeline.h"
#include "core/base/scratch_folder.h"
#include "core/base/source_date.h"
#include "core/base/whole_file.h"
#include "plot/gnuplot/glyphs.h"
#include "plot/gnuplot/script.h"

enum { OUTPUT_LIMIT = 1 << 20 };

/* A drawing that is being made. */
struct making {
  struct arena *arena;
  const char *folder;
  const struct drawing *drawing;
};

/* ---- what gnuplot does ---- */

/* The first lines of what gnuplot said, as one. */
static const char *said(struct arena *arena, const struct child *gnuplot) {
  char *text = arena_format(arena, "%.400s", text_one_line(arena, gnuplot->messages));
  for (size_t end = strlen(text); end > 0 && text[end - 1] == ' '; end--) text[end - 1] = '\0';
  return text_whole(arena, text);
}

/* Of the session's variables only those that find fonts: GNUPLOT_LIB, GNUTERM and locales change
 * what a script does. */
static enum child_end run_gnuplot(const struct making *making, struct child *gnuplot) {
  struct arena *arena = making->arena;
  char *const arguments[] = {"gnuplot", "-d", arena_format(arena, "./%s.gp", making->drawing->name),
                             NULL};
  const struct sandbox_plan plan = {.kind = SANDBOX_PROGRAM,
                                    .reads = fontconfig_places(arena),
                                    .writes = (const char *const[]){making->folder, NULL}};
  *gnuplot = (struct child){.arguments = arguments,
                            .directory = making->folder,
                            .plan = &plan,
                            .variables = fontconfig_variables,
                            .seconds = DRAWING_SECONDS,
                            .output_limit = OUTPUT_LIMIT};
  enum child_end end = child_run(arena, gnuplot);
  gnuplot->arguments = NULL;
  gnuplot->plan = NULL;
  return end;
}

/* ---- what it does not ---- */

/* Puts SIZE bytes in the place of the file PATH. */
static bool rewrite(const char *path, const char *bytes, size_t size) {
  FILE *file = fopen(path, "w");
  bool done = file && fwrite(bytes, 1, size, file) == size;
  return file && fclose(file) == 0 && done;
}

/* Cairo stamps PDFs with the time of drawing and knows no other. */
static bool date_pdf(struct arena *arena, const char *path) {
  struct whole_file pdf;
  struct failure unread;
  if (!whole_file_read(arena, path, &pdf, &unread)) return false;
  char *bytes = arena_bytes(arena, pdf.bytes, pdf.size);
  return source_date_in_pdf(bytes, pdf.size) && rewrite(path, bytes, pdf.size);
}

/* Adds SVG. Gnuplot escapes `<` and `&` in texts but leaves `]]>` as it is,
 * which XML allows only at the end of a CDATA section; gnuplot writes none. */
static void add_well_formed(struct markup *to, const char *svg) {
  static const char section_end[] = "]]>";
  for (const char *at; (at = strstr(svg, section_end)); svg = at + strlen(section_end)) {
    markup_append_bytes(to, svg, (size_t)(at - svg));
    markup_add(to, "]]&gt;");
  }
  markup_append_bytes(to, svg, strlen(svg));
}

/* Gnuplot's own title has room for a name in ASCII only, and its description is of gnuplot. */
static bool describe_svg(struct arena *arena, const char *path, const struct drawing *drawing) {
  struct whole_file svg;
  struct failure unread;
  if (!whole_file_read(arena, path, &svg, &unread)) return false;
  const char *from = strstr(svg.bytes, "<title>"), *to = from ? strstr(from, "</desc>") : NULL;
  if (!to) return false;
  struct markup told = {.arena = arena};
  markup_append_bytes(&told, svg.bytes, (size_t)(from - svg.bytes));
  markup_add(&told, "<title>%s</title>\n<desc>%s", drawing->title, drawing->alternative);
  add_well_formed(&told, to);
  return rewrite(path, told.text.item, told.text.count);
}

/* True where the picture PATH is there and could be made ready. */
static bool finish(const struct making *making, enum picture_format format, const char *path) {
  struct stat status;
  if (stat(path, &status) != 0 || status.st_size == 0) return false;
  if (format == PICTURE_PDF) return date_pdf(making->arena, path);
  if (format == PICTURE_SVG) return describe_svg(making->arena, path, making->drawing);
  return true;
}

/* The first kind of picture that cannot be used, NULL where all can. */
static const struct picture_kind *first_broken(const struct making *making) {
  for (size_t i = 0; i < PICTURE_KINDS; i++) {
    const struct picture_kind *kind = &picture_kinds[i];
    const char *path =
        arena_format(making->arena, "%s/%s%s", making->folder, making->drawing->name, kind->ending);
    if (making->drawing->formats & kind->format && !finish(making, kind->format, path)) return kind;
  }
  return NULL;
}

/* ---- all of them ---- */

struct drawings {
  struct arena *arena;
  const char *folder;
  struct drawing *item;
  size_t count;
};

/* How a drawing ended, until it is its turn to tell. */
struct outcome {
  enum drawing_end end;
  const char *complaint;
};

static bool take_drawing(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct drawings *drawings = context;
  piece->is_end = piece->number >= drawings->count;
  return true;
}

static struct outcome outcome_of(const struct making *making, enum child_end end,
                                 const struct child *gnuplot) {
  if (end == CHILD_TIME) return (struct outcome){DRAWING_SLOW, ""};
  const char *text = said(making->arena, gnuplot);
  if (end != CHILD_DONE) return (struct outcome){DRAWING_FAILED, text};
  const struct picture_kind *broken = first_broken(making);
  if (!broken) return (struct outcome){DRAWING_DONE, ""};
  return (struct outcome){
      DRAWING_BROKEN, arena_format(making->arena, "%s%s%s", broken->name, *text ? ": " : "", text)};
}

static bool draw(void *context, struct piece *piece, struct failure *failure) {
  const struct drawings *drawings = context;
  const struct making making = {piece->arena, drawings->folder, &drawings->item[piece->number]};
  struct child gnuplot;
  enum child_end end = run_gnuplot(&making, &gnuplot);
  if (end == CHILD_MISSING)
    return failure_set(failure, "gnuplot is not installed (Debian: gnuplot-nox)");
  struct outcome *outcome = arena_alloc(piece->arena, sizeof *outcome);
  *outcome = outcome_of(&making, end, &gnuplot);
  piece->work = outcome;
  return true;
}

static bool end_drawing(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct drawings *drawings = context;
  const struct outcome *outcome = piece->work;
  struct drawing *drawing = &drawings->item[piece->number];
  drawing->end = outcome->end;
  drawing->complaint = arena_text(drawings->arena, outcome->complaint);
  return true;
}

bool draw_all(struct arena *arena, const char *folder, struct drawing *drawings, size_t count,
              size_t jobs, struct failure *failure) {
  static const struct pipeline_plan plan = {
      .steps = {{true, take_drawing}, {false, draw}, {true, end_drawing}}};
  struct drawings all = {arena, folder, drawings, count};
  return pipeline_run(&plan, &all, (unsigned)jobs, failure) && !interrupt_heard(failure);
}

bool draw_anything(struct arena *arena, const char *folder) {
  static const char script[] = "set terminal svg\nset output 'anything.svg'\nplot 0\nset output\n";
  static const struct drawing drawing = {
      .name = "anything", .formats = PICTURE_SVG, .title = "", .alternative = ""};
  const struct making making = {arena, folder, &drawing};
  struct failure failure;
  struct child gnuplot;
  return scratch_folder_add(arena, folder, "anything.gp", script, sizeof script - 1, &failure) &&
         run_gnuplot(&making, &gnuplot) == CHILD_DONE && !first_broken(&making);
}
