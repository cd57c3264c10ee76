/* Sequence alignment. Knows nothing of labels. */
#include "ingest/tables/align.h"

void align_sequences(struct arena *arena, size_t n, size_t m, const double *likeness,
                     double threshold, int *match) {
  /* best[i][j]: the most that the items from i and from j on can gain */
  size_t width = m + 1;
  double *best = arena_array(arena, (n + 1) * width, sizeof *best);
  const double smallest = 1e-9; /* a pair at the threshold is worth more than none */
  for (size_t i = n; i-- > 0;) {
    for (size_t j = m; j-- > 0;) {
      double skip_first = best[(i + 1) * width + j], skip_second = best[i * width + j + 1];
      double gain = likeness[i * m + j] - threshold;
      double most = skip_first > skip_second ? skip_first : skip_second;
      double paired = gain >= 0 ? best[(i + 1) * width + j + 1] + gain + smallest : -1;
      best[i * width + j] = paired > most ? paired : most;
    }
  }
  for (size_t i = 0; i < n; i++) match[i] = ALIGN_NONE;
  for (size_t i = 0, j = 0; i < n && j < m;) {
    double gain = likeness[i * m + j] - threshold;
    double here = best[i * width + j];
    if (gain >= 0 && here <= best[(i + 1) * width + j + 1] + gain + smallest) {
      match[i++] = (int)j++;
    } else if (here <= best[i * width + j + 1]) {
      j++;
    } else {
      i++;
    }
  }
}
