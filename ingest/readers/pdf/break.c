/* Most programs close a cut row with a line at the end of the page and open its rest with another,
 * so the lines alone do not tell. Text does: it goes on in another line only where the line before
 * is full, a row has a label, and labels of the next row often begin with a number. */
#include "ingest/readers/pdf/break.h"

#include <string.h>

#include "core/base/label.h"

/* In ems: what a cell keeps free beside its text, on both sides together. */
static const double PADDING = 1.5;
/* In ems: the free space at a line's end behind which a digit would have found room. */
static const double ROOM_LEFT = 3.0;

static bool is_digit(int character) {
  return (character >= '0' && character <= '9') || (character >= 0xFF10 && character <= 0xFF19);
}

static int last_character(const char *text) {
  int last = 0;
  for (int c; (c = text_next(&text));)
    if (!text_is_space(c)) last = c;
  return last;
}

static bool is_item_mark(int character) {
  return character == 0x3001 || character == '.' || character == 0xFF0E;
}

bool pdf_begins_an_item(const char *text) {
  int first = text_next(&text);
  if (first == '(' || first == 0xFF08 || (first >= 0x2460 && first <= 0x2473)) return true;
  if (!is_digit(first)) return is_item_mark(text_next(&text));
  int next = first;
  while (is_digit(next)) next = text_next(&text);
  return is_item_mark(next) && !is_digit(text_next(&text));
}

/* `12`, `/`, `22（…`, `0.5万元`: what stands where numbers stand. */
static bool is_like_number(const char *text) {
  static const char *const nothing[] = {"/", "-", "—", "——", "－"};
  for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
    if (strcmp(text, nothing[i]) == 0) return true;
  if (pdf_begins_an_item(text)) return false;
  if (*text == '+' || *text == '-') text++;
  return is_digit(text_next(&text));
}

/* ---- what the cells say ---- */

/* Of the labels of two rows, or of their values. */
struct evidence {
  size_t above, below;           /* cells with text */
  size_t numbers, numbers_below; /* of them: with numbers */
  size_t goes_on, loose, fresh;  /* below text that fills its line, does not, below nothing */
  size_t ended;                  /* text with nothing below */
  bool begins_an_item;           /* the row below */
  bool has_head;                 /* a number stands below a text */
};

/* A cell that spans rows goes on where another row begins as well. */
static bool spans_rows(const struct pdf_pair *pair) {
  return pair->above->rows > 1 || pair->below->rows > 1;
}

/* What nobody can see tells nothing. */
static bool is_unknown(const struct pdf_pair *pair) {
  static const char unknown[] = "\xEF\xBF\xBD";
  return strstr(pair->above->text.text, unknown) || strstr(pair->below->text.text, unknown);
}

/* True where the line above has no room for what the next one begins with. */
static bool is_full(const struct pdf_text *above, const struct pdf_text *below) {
  const char *next = below->text;
  bool digits = is_digit(last_character(above->text)) && is_digit(text_next(&next));
  double piece = digits ? above->size : below->first;
  return above->room < piece + PADDING * above->size;
}

static void weigh(struct evidence *evidence, const struct pdf_pair *pair) {
  const struct pdf_text *above = &pair->above->text, *below = &pair->below->text;
  bool is_above = *above->text != '\0', is_below = *below->text != '\0';
  bool number_above = is_like_number(above->text), number_below = is_like_number(below->text);
  evidence->above += is_above;
  evidence->below += is_below;
  evidence->numbers += number_above;
  evidence->numbers_below += number_below;
  evidence->ended += is_above && !is_below;
  if (!is_below) return;
  evidence->begins_an_item |= pdf_begins_an_item(below->text);
  evidence->has_head |= is_above && number_below && !number_above;
  if (!is_above)
    evidence->fresh++;
  else if (is_full(above, below))
    evidence->goes_on++;
  else
    evidence->loose++;
}

/* The first pair with a number; what is left of it are labels. */
static size_t first_number(const struct pdf_pair *pair, size_t pairs) {
  size_t i = 0;
  while (i < pairs && (spans_rows(&pair[i]) || (!is_like_number(pair[i].above->text.text) &&
                                                !is_like_number(pair[i].below->text.text))))
    i++;
  return i;
}

/* ---- the judgement ---- */

/* Two rows without numbers, as in a heading. One cell that goes on while nothing ends may as well
 * be the label of a row whose values are blank. */
static enum pdf_break judge_texts(const struct evidence *texts) {
  bool goes_on = texts->goes_on > 0 && texts->loose == 0 && texts->fresh == 0;
  return goes_on && texts->goes_on + texts->ended > 1 ? PDF_ROW_GOES_ON : PDF_ROWS_PARTED;
}

/* No row begins without a label where the others have one. */
static enum pdf_break judge_without_label(const struct evidence *values) {
  bool goes_on = values->goes_on > 0 && values->loose == 0 && values->fresh == 0;
  return goes_on ? PDF_ROW_GOES_ON : PDF_ROWS_IN_DOUBT;
}

/* The label goes on, or the next one stands below a label that happens to fill its line. */
static enum pdf_break judge_long_label(const struct evidence *values) {
  if (values->loose > 0) return PDF_ROWS_PARTED;
  if (values->below == 0) return PDF_ROW_GOES_ON;
  return values->fresh == 0 && values->ended > 0 ? PDF_ROW_GOES_ON : PDF_ROWS_IN_DOUBT;
}

/* Neither row has a label. */
static enum pdf_break judge_values(const struct evidence *values) {
  if (values->goes_on == 0 || values->loose > 0) return PDF_ROWS_PARTED;
  return values->fresh == 0 && values->ended > 0 ? PDF_ROW_GOES_ON : PDF_ROWS_IN_DOUBT;
}

/* Without a line between them, and with text that goes on, two rows with numbers in only one of
 * them are one. */
static bool is_open_row(const struct evidence *labels, const struct evidence *values) {
  bool goes_on = labels->goes_on + labels->loose + values->goes_on + values->loose > 0;
  return goes_on && (values->numbers > 0) != (values->numbers_below > 0);
}

enum pdf_break pdf_break_judge(const struct pdf_pair *pair, size_t pairs, bool is_open) {
  struct evidence labels = {0}, values = {0};
  size_t first = first_number(pair, pairs);
  for (size_t i = 0; i < pairs; i++)
    if (!spans_rows(&pair[i]) && !is_unknown(&pair[i]))
      weigh(i < first ? &labels : &values, &pair[i]);
  if (labels.below + values.below == 0 || labels.begins_an_item || values.has_head)
    return PDF_ROWS_PARTED;
  if (is_open && is_open_row(&labels, &values)) return PDF_ROW_GOES_ON;
  if (first == pairs) return judge_texts(&labels);
  if (labels.below == 0)
    return labels.above > 0 ? judge_without_label(&values) : judge_values(&values);
  if (labels.loose > 0 || labels.goes_on == 0) {
    bool is_label_only = labels.above == 0 && values.below == 0; /* its values stand above */
    return is_label_only ? PDF_ROWS_IN_DOUBT : PDF_ROWS_PARTED;
  }
  return judge_long_label(&values);
}

struct pdf_text pdf_break_join(struct arena *arena, const struct pdf_cell *above,
                               const struct pdf_cell *below) {
  const struct pdf_text *a = &above->text, *b = &below->text;
  if (*b->text == '\0') return *a;
  if (*a->text == '\0') return *b;
  const char *next = b->text;
  int last = last_character(a->text), first = text_next(&next);
  bool apart = is_digit(last) && is_digit(first) && a->room > ROOM_LEFT * a->size;
  struct pdf_text joined = *b;
  joined.text = arena_format(arena, "%s%s%s", a->text, apart ? " | " : "", b->text);
  joined.first = a->first;
  return joined;
}
