/* The bar. Knows nothing of reports. */
#include "ingest/progress.h"

#include <unistd.h>

static double seconds_since(const struct timespec *then) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void progress_begin(struct progress *progress, FILE *file, bool quiet, size_t total) {
  *progress =
      (struct progress){.file = file, .is_shown = !quiet && isatty(fileno(file)), .total = total};
  clock_gettime(CLOCK_MONOTONIC, &progress->start);
}

static void draw(const struct progress *progress) {
  enum { WIDTH = 30 };
  char bar[WIDTH + 1];
  size_t filled = progress->done * WIDTH / progress->total;
  for (size_t i = 0; i < WIDTH; i++) bar[i] = i < filled ? '#' : '.';
  bar[WIDTH] = '\0';
  double elapsed = seconds_since(&progress->start);
  double rate = elapsed > 0 ? (double)progress->done / elapsed : 0;
  double left = rate > 0 ? (double)(progress->total - progress->done) / rate : 0;
  fprintf(progress->file,
          "\r[%s] %zu of %zu files, %.0f a second, %zu rejected, %.0f s left \033[K", bar,
          progress->done, progress->total, rate, progress->rejected, left);
  fflush(progress->file);
}

void progress_step(struct progress *progress, bool rejected) {
  progress->done++;
  progress->rejected += rejected;
  if (!progress->is_shown) return;
  if (progress->done < progress->total && seconds_since(&progress->shown) < 0.1) return;
  clock_gettime(CLOCK_MONOTONIC, &progress->shown);
  draw(progress);
}

void progress_end(struct progress *progress) {
  if (progress->is_shown) fputs("\r\033[K", progress->file);
}
