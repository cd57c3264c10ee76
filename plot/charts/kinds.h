/* The kinds of pictures that charts can be: each is a file of this folder with one function. */
#ifndef OGISTAT_PLOT_CHARTS_KINDS_H
#define OGISTAT_PLOT_CHARTS_KINDS_H

struct chart_input;
struct picture;

/* Says in PICTURE what the chart shows. NULL, or the key of the words that say why there is nothing
 * to show. Title, source and name are filled by the caller. */
typedef const char *chart_fill(const struct chart_input *input, struct picture *picture);

chart_fill chart_areas, chart_counts, chart_coverage, chart_funnel, chart_heat_map, chart_ranking,
    chart_shares, chart_shares_over_years, chart_small_multiples, chart_stacks, chart_trend;

#endif
