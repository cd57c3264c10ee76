/* The bar and the lines. Knows nothing of reports. */
#include "core/base/progress.h"

#include <unistd.h>

#include "core/base/clock.h"

void progress_begin(struct progress *progress, FILE *file, bool quiet, size_t total) {
  *progress = (struct progress){.file = file, .is_quiet = quiet, .total = total};
  progress->is_terminal = isatty(fileno(file));
  progress->pause = progress->is_terminal ? 0.1 : 10;
  progress->start = clock_now();
  progress->shown = progress->start;
}

static void draw_bar(const struct progress *progress) {
  enum { WIDTH = 30 };
  char bar[WIDTH + 1];
  size_t filled = progress->done * WIDTH / progress->total;
  for (size_t i = 0; i < WIDTH; i++) bar[i] = i < filled ? '#' : '.';
  bar[WIDTH] = '\0';
  fprintf(progress->file, "\r[%s] ", bar);
}

static void show(const struct progress *progress) {
  double elapsed = clock_now() - progress->start;
  double rate = elapsed > 0 ? (double)progress->done / elapsed : 0;
  double left = rate > 0 ? (double)(progress->total - progress->done) / rate : 0;
  if (progress->is_terminal) draw_bar(progress);
  fprintf(progress->file, "%zu of %zu files, %.0f a second, %zu rejected, %.0f s left%s",
          progress->done, progress->total, rate, progress->rejected, left,
          progress->is_terminal ? " \033[K" : "\n");
  fflush(progress->file);
}

void progress_step(struct progress *progress, bool rejected) {
  progress->done++;
  progress->rejected += rejected;
  bool is_last = progress->is_terminal && progress->done == progress->total;
  if (progress->is_quiet || (!is_last && clock_now() - progress->shown < progress->pause)) return;
  progress->shown = clock_now();
  show(progress);
}

void progress_end(struct progress *progress) {
  if (progress->is_terminal && !progress->is_quiet) fputs("\r\033[K", progress->file);
}
