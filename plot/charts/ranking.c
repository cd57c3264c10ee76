/* A report's indicator among those of all organs of the year, in order, each with its interval. */
#include <string.h>

#include "plot/charts/chart.h"

static void add_row(const struct chart_input *input, struct bars *bars,
                    const struct comparison *peer) {
  struct arena *arena = input->arena;
  double scale = input->indicator->percent ? 100 : 1;
  const struct indicator *indicator =
      report_indicator(peer->report, input->indicator->name, input->indicator->category);
  const char *exact = arena_format(arena, "%.6g", scale * peer->estimate);
  struct bar_row *row = list_add(arena, &bars->rows);
  *row = (struct bar_row){
      .label = arena_format(arena, "%ld. %s", peer->rank, peer->report->organ),
      .emphasised = peer->report == input->report,
      .part = {{true, exact, exact, scale * peer->estimate}},
      .value = chart_estimate_of(input, peer->estimate, peer->denominator),
      .count = peer->denominator,
      .key = peer->report->id,
      .status = peer->flag,
  };
  row->doubted = indicator && indicator->failed_edit;
  if (!indicator || !indicator->has_interval) return;
  row->has_interval = true;
  row->lower = scale * indicator->lower;
  row->upper = scale * indicator->upper;
}

/* Those of PEERS that are shown: all, or the MOST that there is room for, around OWN. */
static struct peers window(struct peers peers, const struct comparison *own, size_t most) {
  if (peers.count <= most) return peers;
  size_t at = (size_t)(own - peers.item), first = at > most / 2 ? at - most / 2 : 0;
  if (first > peers.count - most) first = peers.count - most;
  return (struct peers){peers.item + first, most};
}

static void set_centre(const struct chart_input *input, struct bars *bars,
                       const struct peers *peers) {
  if (!peers->item->has_limits) return;
  double common = chart_common(peers);
  bars->centre = input->indicator->percent ? 100 * common : common;
  bars->centre_label = chart_words(
      input, "centre", (struct filling[]){{"value", chart_estimate(input, common)}, {NULL, NULL}});
}

const char *chart_ranking(const struct chart_input *input, struct picture *picture) {
  struct peers peers = reports_peers(input->reports, input->report, input->indicator);
  const struct comparison *own = chart_own(input, &peers);
  if (!own) return "missing";
  struct bars *bars = &picture->bars;
  bars->parts = 1;
  bars->part_key[0] = "estimate";
  bars->count_key = "n";
  bars->percent = input->indicator->percent;
  bars->dots = true;
  bars->axis = input->indicator->label;
  struct peers shown = window(peers, own, input->ranks);
  bool intervals = false;
  for (size_t i = 0; i < shown.count; i++) {
    add_row(input, bars, &shown.item[i]);
    intervals |= bars->rows.item[i].has_interval;
  }
  set_centre(input, bars, &peers);
  struct filling fillings[] = {{"organ", input->report->organ},
                               {"rank", arena_format(input->arena, "%ld", own->rank)},
                               {"of", arena_format(input->arena, "%ld", own->of)},
                               {"shown", arena_format(input->arena, "%zu", shown.count)},
                               {NULL, NULL}};
  picture->subtitle =
      chart_words(input, *own->denominator ? "subtitle" : "subtitle_level", fillings);
  if (intervals) chart_note(input, picture, "note_interval", fillings);
  if (shown.count < peers.count) chart_note(input, picture, "note_window", fillings);
  return NULL;
}
