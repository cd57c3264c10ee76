/* Gnuplot as a child process: no shell, no start-up file, a clean environment, a time limit.
 * Knows no chart. */
#include "plot/gnuplot/draw.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/child.h"
#include "core/base/interrupt.h"
#include "core/base/one_line.h"
#include "core/base/pipeline.h"
#include "core/base/source_date.h"
#include "plot/gnuplot/glyphs.h"
#include "plot/gnuplot/script.h"

enum { SECONDS_ALLOWED = 60, OUTPUT_LIMIT = 1 << 20 };

/* A drawing that is being made. */
struct making {
  struct arena *arena;
  const char *folder;
  const struct drawing *drawing;
  struct failure *failure;
};

/* ---- what gnuplot does ---- */

/* The first lines of what gnuplot said, as one. */
static const char *complaint(struct arena *arena, const struct child *gnuplot) {
  return arena_format(arena, "%.400s", text_one_line(arena, gnuplot->messages));
}

static bool tell(const struct making *making, const struct child *gnuplot, enum child_end end) {
  const char *name = making->drawing->name;
  if (end == CHILD_MISSING)
    return failure_set(making->failure, "gnuplot is not installed (Debian: gnuplot-nox)");
  if (end == CHILD_TIME)
    return failure_set(making->failure, "gnuplot took more than %d s for '%s'", SECONDS_ALLOWED,
                       name);
  return end == CHILD_DONE || failure_set(making->failure, "gnuplot failed on '%s': %s", name,
                                          complaint(making->arena, gnuplot));
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
                            .seconds = SECONDS_ALLOWED,
                            .output_limit = OUTPUT_LIMIT};
  enum child_end end = child_run(arena, gnuplot);
  gnuplot->arguments = NULL;
  gnuplot->plan = NULL;
  return end;
}

/* ---- what it does not ---- */

/* Cairo stamps PDFs with the time of drawing and knows no other. */
static bool date_pdf(const struct making *making, const char *path) {
  FILE *file = fopen(path, "r+");
  if (!file) return failure_set(making->failure, "cannot open '%s': %s", path, strerror(errno));
  static const char mark[] = "/CreationDate (D:";
  char tail[4096];
  char date[SOURCE_DATE_DIGITS + 1];
  source_date(date);
  bool done = fseek(file, 0, SEEK_END) == 0;
  long end = done ? ftell(file) : -1;
  long from = end > (long)sizeof tail ? end - (long)sizeof tail : 0;
  done = done && end > 0 && fseek(file, from, SEEK_SET) == 0;
  size_t length = done ? fread(tail, 1, sizeof tail, file) : 0;
  const char *found = done ? memmem(tail, length, mark, sizeof mark - 1) : NULL;
  if (found) {
    long place = from + (found - tail) + (long)sizeof mark - 1;
    done = fseek(file, place, SEEK_SET) == 0 &&
           fwrite(date, 1, SOURCE_DATE_DIGITS, file) == SOURCE_DATE_DIGITS;
  }
  if (fclose(file) != 0 || !done || !found)
    return failure_set(making->failure, "cannot set the date of '%s'", path);
  return true;
}

/* Into FILE as XML has it. */
static void put_xml(FILE *file, const char *text) {
  for (; *text; text++) switch (*text) {
      case '&': fputs("&amp;", file); break;
      case '<': fputs("&lt;", file); break;
      case '>': fputs("&gt;", file); break;
      default: putc(*text, file);
    }
}

static const char *read_text(const struct making *making, const char *path) {
  LIST_OF(char) text = {0};
  FILE *file = fopen(path, "r");
  for (int c; file && (c = getc(file)) != EOF;) *list_add(making->arena, &text) = (char)c;
  *list_add(making->arena, &text) = '\0';
  if (file) fclose(file);
  return text.item;
}

/* Gnuplot's own title has room for a name in ASCII only, and its description is of gnuplot. */
static bool describe_svg(const struct making *making, const char *path) {
  const char *text = read_text(making, path), *from = strstr(text, "<title>");
  const char *to = from ? strstr(from, "</desc>") : NULL;
  FILE *file = to ? fopen(path, "w") : NULL;
  if (!file) return failure_set(making->failure, "cannot describe '%s'", path);
  fprintf(file, "%.*s<title>", (int)(from - text), text);
  put_xml(file, making->drawing->title);
  fputs("</title>\n<desc>", file);
  put_xml(file, making->drawing->alternative);
  fputs(to, file);
  bool done = !ferror(file);
  if (fclose(file) != 0 || !done)
    return failure_set(making->failure, "cannot write '%s': %s", path, strerror(errno));
  return true;
}

static bool check_pictures(const struct making *making, const struct child *gnuplot) {
  for (size_t i = 0; i < FORMATS; i++) {
    const struct picture_kind *kind = &picture_kinds[i];
    if (!(making->drawing->formats & kind->format)) continue;
    const char *path =
        arena_format(making->arena, "%s/%s%s", making->folder, making->drawing->name, kind->ending);
    struct stat status;
    if (stat(path, &status) != 0 || status.st_size == 0)
      return failure_set(making->failure, "gnuplot drew no %s of '%s': %s", kind->name,
                         making->drawing->name, complaint(making->arena, gnuplot));
    if (kind->format == FORMAT_PDF && !date_pdf(making, path)) return false;
    if (kind->format == FORMAT_SVG && !describe_svg(making, path)) return false;
  }
  return true;
}

/* ---- all of them ---- */

struct drawings {
  const char *folder;
  const struct drawing *item;
  size_t count;
};

static bool take_drawing(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct drawings *drawings = context;
  piece->is_end = piece->number >= drawings->count;
  return true;
}

static bool draw(void *context, struct piece *piece, struct failure *failure) {
  const struct drawings *drawings = context;
  const struct making making = {piece->arena, drawings->folder, &drawings->item[piece->number],
                                failure};
  struct child gnuplot;
  return tell(&making, &gnuplot, run_gnuplot(&making, &gnuplot)) &&
         check_pictures(&making, &gnuplot);
}

static bool end_drawing(void *context, struct piece *piece, struct failure *failure) {
  (void)context;
  (void)piece;
  (void)failure;
  return true;
}

bool draw_all(const char *folder, const struct drawing *drawings, size_t count, size_t jobs,
              struct failure *failure) {
  static const struct pipeline_plan plan = {
      .steps = {{true, take_drawing}, {false, draw}, {true, end_drawing}}};
  struct drawings all = {folder, drawings, count};
  return pipeline_run(&plan, &all, (unsigned)jobs, failure) && !interrupt_heard(failure);
}
