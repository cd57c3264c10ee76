/* Reads printed numbers by the words in numerals.csv and units.csv. Knows no variable by name. */
#include "ingest/document/number.h"

#include <ctype.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/label.h"

enum numeral_kind {
  NUMERAL_PLUS,
  NUMERAL_MINUS,
  NUMERAL_ZERO,
  NUMERAL_NONE,
  NUMERAL_SCALE,
  NUMERAL_AT_LEAST_BEFORE,
  NUMERAL_AT_LEAST_AFTER,
  NUMERAL_AT_MOST_BEFORE,
  NUMERAL_VAGUE_BEFORE,
  NUMERAL_VAGUE_AFTER,
  NUMERAL_DIGIT,
  NUMERAL_POWER,
  NUMERAL_KINDS
};

struct numeral {
  const char *printed; /* compact */
  struct decimal value;
};

struct unit {
  const char *unit, *printed;
  struct decimal factor;
};

struct numerals {
  struct arena *arena;
  LIST_OF(struct numeral) kind[NUMERAL_KINDS];
  LIST_OF(struct unit) units;
  /* Parts of number_pattern: words before the digits, the digits or Chinese numerals with what
   * belongs to them, words behind the unit. */
  const char *before, *digits, *after;
};

static bool take_numeral(void *context, size_t line, const char *const *f,
                         struct failure *failure) {
  (void)line;
  struct numerals *numerals = context;
  static const char *const kinds[NUMERAL_KINDS] = {
      "plus",           "minus",          "zero",         "none",        "scale", "at_least_before",
      "at_least_after", "at_most_before", "vague_before", "vague_after", "digit", "power"};
  int kind = 0;
  while (kind < NUMERAL_KINDS && strcmp(kinds[kind], f[0]) != 0) kind++;
  if (kind == NUMERAL_KINDS) return failure_set(failure, "'%s' is no kind of numeral", f[0]);
  bool needs_value = kind == NUMERAL_SCALE || kind == NUMERAL_DIGIT || kind == NUMERAL_POWER;
  struct decimal value = decimal_from(0);
  if (needs_value && !decimal_parse(f[2], strlen(f[2]), &value))
    return failure_set(failure, "'%s' is no value", f[2]);
  const char *printed = text_compact(numerals->arena, f[1]);
  if (*printed == '\0') return failure_set(failure, "a numeral without text");
  if ((kind == NUMERAL_DIGIT || kind == NUMERAL_POWER) && text_length(printed) != 1)
    return failure_set(failure, "'%s' is no single character", printed);
  *list_add(numerals->arena, &numerals->kind[kind]) = (struct numeral){printed, value};
  return true;
}

static bool take_unit(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct numerals *numerals = context;
  struct unit unit = {arena_text(numerals->arena, f[0]), text_compact(numerals->arena, f[1]),
                      decimal_from(0)};
  if (!decimal_parse(f[2], strlen(f[2]), &unit.factor) ||
      decimal_compare(unit.factor, decimal_from(0)) <= 0)
    return failure_set(failure, "'%s' is no factor", f[2]);
  if (*unit.unit == '\0' || *unit.printed == '\0')
    return failure_set(failure, "a unit without text");
  *list_add(numerals->arena, &numerals->units) = unit;
  return true;
}

/* PRINTED with PCRE2's special characters made harmless. */
static const char *quoted(struct arena *arena, const char *printed) {
  char *text = arena_alloc(arena, strlen(printed) * 2 + 1), *end = text;
  for (; *printed; printed++) {
    if (ispunct((unsigned char)*printed)) *end++ = '\\';
    *end++ = *printed;
  }
  return text;
}

/* All numerals of KIND, with SEPARATOR between them. */
static const char *joined(const struct numerals *numerals, enum numeral_kind kind,
                          const char *separator) {
  struct arena *arena = numerals->arena;
  const char *text = "";
  for (size_t i = 0; i < numerals->kind[kind].count; i++)
    text = arena_format(arena, "%s%s%s", text, i ? separator : "",
                        quoted(arena, numerals->kind[kind].item[i].printed));
  return text;
}

static void prepare_patterns(struct numerals *numerals) {
  struct arena *arena = numerals->arena;
  const char *at_least_after = joined(numerals, NUMERAL_AT_LEAST_AFTER, "|");
  numerals->before = arena_format(
      arena, "(?:%s|%s|%s)?", joined(numerals, NUMERAL_AT_LEAST_BEFORE, "|"),
      joined(numerals, NUMERAL_AT_MOST_BEFORE, "|"), joined(numerals, NUMERAL_VAGUE_BEFORE, "|"));
  numerals->digits =
      arena_format(arena, "(?:[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?(?:%s)*|[%s%s]+)(?:%s)?",
                   joined(numerals, NUMERAL_SCALE, "|"), joined(numerals, NUMERAL_DIGIT, ""),
                   joined(numerals, NUMERAL_POWER, ""), at_least_after);
  numerals->after =
      arena_format(arena, "(?:%s|%s)?", at_least_after, joined(numerals, NUMERAL_VAGUE_AFTER, "|"));
}

const struct numerals *numerals_load(struct arena *arena, const char *folder,
                                     struct failure *failure) {
  static const char *const numeral_columns[] = {"kind", "printed", "value", NULL};
  static const char *const unit_columns[] = {"unit", "printed", "factor", NULL};
  struct numerals *numerals = arena_alloc(arena, sizeof *numerals);
  numerals->arena = arena;
  if (!csv_read(arena_format(arena, "%s/forms/numerals.csv", folder), numeral_columns, take_numeral,
                numerals, failure) ||
      !csv_read(arena_format(arena, "%s/forms/units.csv", folder), unit_columns, take_unit,
                numerals, failure))
    return NULL;
  prepare_patterns(numerals);
  return numerals;
}

/* The longest numeral of KIND at *TEXT, which then moves behind it; NULL where there is none. */
static const struct numeral *take(const struct numerals *numerals, enum numeral_kind kind,
                                  const char **text) {
  const struct numeral *longest = NULL;
  size_t longest_length = 0;
  for (size_t i = 0; i < numerals->kind[kind].count; i++) {
    const struct numeral *numeral = &numerals->kind[kind].item[i];
    size_t length = text_begins(*text, numeral->printed);
    if (length <= longest_length) continue;
    longest = numeral;
    longest_length = length;
  }
  *text += longest_length;
  return longest;
}

static bool is_word(const struct numerals *numerals, enum numeral_kind kind, const char *text) {
  return *text && take(numerals, kind, &text) && *text == '\0';
}

/* Digits with or without thousands separators, and decimals: 1,032,130.5 */
static bool take_digits(const char **text, struct decimal *value) {
  char digits[DECIMAL_TEXT_SIZE];
  size_t length = 0, group = 0, groups = 0;
  const char *at = *text;
  for (; isdigit((unsigned char)*at) || (*at == ',' && isdigit((unsigned char)at[1])); at++) {
    if (length + 2 >= sizeof digits) return false;
    if (*at == ',') {
      if (group == 0 || group > 3 || (groups > 0 && group != 3)) return false;
      groups++;
      group = 0;
      continue;
    }
    digits[length++] = *at;
    group++;
  }
  if (length == 0 || (groups > 0 && group != 3)) return false;
  if (*at == '.' && isdigit((unsigned char)at[1])) {
    digits[length++] = *at++;
    while (isdigit((unsigned char)*at)) {
      if (length + 1 >= sizeof digits) return false;
      digits[length++] = *at++;
    }
  }
  if (!decimal_parse(digits, length, value)) return false;
  *text = at;
  return true;
}

/* Chinese numerals below 10,000 (三, 十二, 一百零五) or digit by digit (二〇二〇). */
static bool take_chinese(const struct numerals *numerals, const char **text,
                         struct decimal *value) {
  long long sum = 0, pending = 0, digits = 0;
  size_t tokens = 0;
  bool powers = false;
  for (; tokens < 9; tokens++) {
    const struct numeral *numeral = take(numerals, NUMERAL_DIGIT, text);
    if (numeral) {
      pending = (long long)numeral->value.coefficient;
      digits = digits * 10 + pending;
    } else if ((numeral = take(numerals, NUMERAL_POWER, text))) {
      sum += (pending ? pending : 1) * (long long)numeral->value.coefficient;
      pending = 0;
      powers = true;
    } else {
      break;
    }
  }
  *value = decimal_from(powers ? sum + pending : digits);
  return tokens > 0;
}

/* The factor of the longest unit at *TEXT; of any variable's unit where UNIT is NULL. */
static bool take_unit_name(const struct numerals *numerals, const char *unit, const char **text,
                           struct decimal *factor) {
  size_t longest = 0;
  for (size_t i = 0; i < numerals->units.count && **text; i++) {
    const struct unit *row = &numerals->units.item[i];
    size_t length = text_begins(*text, row->printed);
    if (length <= longest || (unit && strcmp(row->unit, unit) != 0)) continue;
    longest = length;
    *factor = row->factor;
  }
  *text += longest;
  return longest > 0;
}

/* Nothing, or to the end: a unit or a note such as （其中修订16件）, or the mark of a note, `[1]`
 * or
 * `*`. A figure alone is no note: 12（24） is two numbers. */
static bool is_note(const char *text) {
  static const char digits[] = "0123456789,.";
  if (*text == '\0' || strcmp(text, "*") == 0) return true;
  const char *last = text + strlen(text) - 1;
  bool is_figure = text + 1 + strspn(text + 1, digits) == last;
  if (*text == '[') return is_figure && strchr(text, ']') == last;
  return *text == '(' && strchr(text, ')') == last && !is_figure;
}

/* `(次)`: the unit in brackets. */
static void take_bracketed_unit(const struct numerals *numerals, const char *unit, const char *text,
                                bool *has_unit, struct decimal *factor) {
  if (*text != '(') return;
  const char *at = text + 1;
  struct decimal found;
  if (take_unit_name(numerals, unit, &at, &found) && strcmp(at, ")") == 0) {
    *has_unit = true;
    *factor = found;
  }
}

/* The factor of HEADER, the unit that a heading names: 元, 万件, or for things that are counted 万.
 * False where it is none of UNIT. */
static bool take_header(const struct numerals *numerals, const char *unit, const char *header,
                        struct decimal *factor) {
  const char *at = header;
  if (take_unit_name(numerals, unit, &at, factor) && *at == '\0') return true;
  const struct numeral *scale = take(numerals, NUMERAL_SCALE, &header);
  bool is_money = unit && strstr(unit, "元"); /* 万 of what? */
  *factor = decimal_from(1);
  if (!scale || (*header && !take_unit_name(numerals, unit, &header, factor)) || *header)
    return false;
  return !is_money && decimal_multiply(*factor, scale->value, factor);
}

/* Reads COMPACT as a number in UNIT (any where NULL). */
/* Takes scales at *COMPACT and multiplies *VALUE with them; *SCALED says whether there was one. */
static bool take_scales(const struct numerals *numerals, const char **compact,
                        struct decimal *value, bool *scaled) {
  for (const struct numeral *scale; (scale = take(numerals, NUMERAL_SCALE, compact));) {
    if (!decimal_multiply(*value, scale->value, value)) return false;
    *scaled = true;
  }
  return true;
}

static struct number read_compact(const struct numerals *numerals, const char *unit,
                                  const char *compact, const char *header_unit) {
  const struct number unreadable = {.status = STATUS_UNREADABLE};
  struct number number = {.status = STATUS_REPORTED};
  if (*compact == '\0') return (struct number){.status = STATUS_BLANK};
  if (is_word(numerals, NUMERAL_NONE, compact))
    return (struct number){.status = STATUS_NOT_APPLICABLE};
  if (is_word(numerals, NUMERAL_ZERO, compact)) return number;

  if (take(numerals, NUMERAL_VAGUE_BEFORE, &compact)) return unreadable;
  bool minus = take(numerals, NUMERAL_MINUS, &compact) != NULL;
  if (!minus) take(numerals, NUMERAL_PLUS, &compact);
  if (take(numerals, NUMERAL_AT_LEAST_BEFORE, &compact)) number.status = STATUS_APPROXIMATE_LOW;
  if (take(numerals, NUMERAL_AT_MOST_BEFORE, &compact)) number.status = STATUS_APPROXIMATE_HIGH;
  if (!take_digits(&compact, &number.value) &&
      (isdigit((unsigned char)*compact) || !take_chinese(numerals, &compact, &number.value)))
    return unreadable;

  bool scaled = false;
  if (!take_scales(numerals, &compact, &number.value, &scaled)) return unreadable;
  struct decimal factor = decimal_from(1);
  const char *header = header_unit;
  if (*header && !take_header(numerals, unit, header, &factor)) return unreadable;
  bool at_least = take(numerals, NUMERAL_AT_LEAST_AFTER, &compact) != NULL;
  if (at_least && !take_scales(numerals, &compact, &number.value, &scaled)) /* 320余万 */
    return unreadable;
  bool has_unit = take_unit_name(numerals, unit, &compact, &factor);
  at_least |= take(numerals, NUMERAL_AT_LEAST_AFTER, &compact) != NULL;
  if (!has_unit) take_bracketed_unit(numerals, unit, compact, &has_unit, &factor);
  if (scaled && !has_unit && *header_unit) return unreadable; /* 12万 under 万元: of what? */
  if (at_least) number.status = STATUS_APPROXIMATE_LOW;
  if (!is_note(compact) || !decimal_multiply(number.value, factor, &number.value))
    return unreadable;
  if (minus) number.value.coefficient = -number.value.coefficient;
  return number;
}

/* True for what has no width: the digits beside it stand together. */
static bool is_nothing(int character) {
  return (character >= 0x200B && character <= 0x200F) || character == 0x2060 ||
         character == 0xFEFF || character == 0xAD;
}

/* How many digits stand at *TEXT, which then moves behind them and the blanks that follow. */
static size_t digit_run(const char **text) {
  size_t digits = 0;
  const char *at = *text;
  for (int character; (character = text_next(&at)); *text = at) {
    bool is_digit = character >= '0' && character <= '9';
    if (!is_digit && !is_nothing(character)) break;
    digits += is_digit;
  }
  for (at = *text; *at && text_is_space(text_next(&at));) *text = at;
  return digits;
}

/* True where blanks part the digits of TEXT otherwise than each from the next (1 0 3) or in
 * thousands (1 032 130): these may be two numbers. */
static bool has_several(const char *text) {
  while (*text) {
    size_t first = digit_run(&text), digits, runs = 0, singles = first == 1, thousands = 0;
    for (; first && (digits = digit_run(&text)); runs++) {
      singles += digits == 1;
      thousands += digits == 3;
    }
    bool is_one = singles == runs + 1 || (first <= 3 && thousands == runs);
    if (first && runs && !is_one) return true;
    if (*text) text_next(&text);
  }
  return false;
}

struct number number_read(struct arena *arena, const struct numerals *numerals,
                          const struct variable *variable, const char *printed,
                          const char *header_unit) {
  const char *compact = text_compact(arena, printed);
  struct number number = read_compact(numerals, variable->unit, compact, header_unit);
  bool is_number = variable_allows(variable, number.value) && !has_several(printed);
  if (status_has_value(number.status) && !is_number)
    number = (struct number){.status = STATUS_UNREADABLE};
  return number;
}

/* Digits alone, and few enough for any number: most cells of a report, which need no words. */
static bool is_plain(const char *compact) {
  enum { DIGITS = 9 };
  size_t length = 0;
  while (isdigit((unsigned char)compact[length])) length++;
  return length > 0 && length <= DIGITS && compact[length] == '\0';
}

bool number_is_value(const struct numerals *numerals, const char *compact) {
  if (is_plain(compact)) return true;
  enum status status = read_compact(numerals, NULL, compact, "").status;
  return status != STATUS_BLANK && status != STATUS_UNREADABLE;
}

bool number_is_none(const struct numerals *numerals, const char *compact) {
  return is_word(numerals, NUMERAL_NONE, compact);
}

const char *number_unit(struct arena *arena, const struct numerals *numerals, const char *compact) {
  if (is_plain(compact)) return "";
  size_t length = strlen(compact);
  if (length > 2 && *compact == '(' && compact[length - 1] == ')')
    compact = arena_bytes(arena, compact + 1, length - 2);
  struct decimal factor;
  return *compact && take_header(numerals, NULL, compact, &factor) ? compact : "";
}

bool number_knows_unit(const struct numerals *numerals, const struct variable *variable,
                       const char *unit) {
  struct decimal factor;
  return take_unit_name(numerals, variable->unit, &unit, &factor) && *unit == '\0';
}

/* UNIT, but not where it begins a longer one (人, but not 人次). An empty one: the clause ends. */
static const char *unit_pattern(struct arena *arena, const struct numerals *numerals,
                                const char *unit) {
  if (*unit == '\0') return "(?=[，。；、（）]|$)";
  const char *text = quoted(arena, unit);
  size_t length = strlen(unit);
  for (size_t i = 0; i < numerals->units.count; i++) {
    const char *printed = numerals->units.item[i].printed;
    if (strncmp(printed, unit, length) == 0 && printed[length])
      text = arena_format(arena, "%s(?!%s)", text, quoted(arena, printed + length));
  }
  return text;
}

const char *number_pattern(struct arena *arena, const struct numerals *numerals,
                           const char *units) {
  const char *unit = "";
  char *rest = arena_text(arena, units);
  for (char *token; (token = strsep(&rest, "|"));)
    unit = arena_format(arena, "%s%s%s", unit, *unit ? "|" : "",
                        unit_pattern(arena, numerals, text_compact(arena, token)));
  return arena_format(arena, "(?<![0-9.第])(?<value>%s%s(?:%s)%s)(?!性)", numerals->before,
                      numerals->digits, unit, numerals->after);
}
