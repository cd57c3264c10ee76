/* Lists by ECMA-376 part 1, 17.9: a list (num) follows an abstract one and may override its levels;
 * paragraphs of all lists of one abstract list are counted together. */
#include "ingest/readers/docx/numbering.h"

#include <string.h>

#include "ingest/readers/ooxml.h"

struct abstract_list {
  const char *id;
  const char *style_link;                 /* the style that holds the levels instead; NULL: here */
  const xmlNode *level[NUMBERING_LEVELS]; /* NULL: not described */
  size_t value[NUMBERING_LEVELS];
  bool is_counting[NUMBERING_LEVELS];
};

struct list {
  const char *id;
  size_t abstract; /* an index */
  const xmlNode *override[NUMBERING_LEVELS];
  bool restarted[NUMBERING_LEVELS];
};

struct style_link {
  const char *style, *num;
};

struct numbering {
  struct arena *arena;
  LIST_OF(struct abstract_list) abstracts;
  LIST_OF(struct list) lists;
  LIST_OF(struct style_link) links;
};

static size_t level_index(const xmlNode *level) {
  return whole_number(attribute(level, "ilvl"), NUMBERING_LEVELS - 1, NUMBERING_LEVELS);
}

static void take_abstract(struct numbering *numbering, const xmlNode *node) {
  struct abstract_list *abstract = list_add(numbering->arena, &numbering->abstracts);
  *abstract = (struct abstract_list){.id = attribute(node, "abstractNumId"),
                                     .style_link = child_value(node, "numStyleLink")};
  for (const xmlNode *level = element(node->children); level; level = element(level->next)) {
    size_t index = is_element(level, "lvl") ? level_index(level) : NUMBERING_LEVELS;
    if (index < NUMBERING_LEVELS) abstract->level[index] = level;
  }
}

/* The index of the abstract list ID, or the number of abstract lists. */
static size_t find_abstract(const struct numbering *numbering, const char *id) {
  size_t i = 0;
  while (i < numbering->abstracts.count && !(id && numbering->abstracts.item[i].id &&
                                             strcmp(numbering->abstracts.item[i].id, id) == 0))
    i++;
  return i;
}

static void take_list(struct numbering *numbering, const xmlNode *node) {
  struct list list = {.id = attribute(node, "numId"),
                      .abstract = find_abstract(numbering, child_value(node, "abstractNumId"))};
  if (!list.id || list.abstract == numbering->abstracts.count) return;
  for (const xmlNode *level = element(node->children); level; level = element(level->next)) {
    size_t index = is_element(level, "lvlOverride") ? level_index(level) : NUMBERING_LEVELS;
    if (index < NUMBERING_LEVELS) list.override[index] = level;
  }
  *list_add(numbering->arena, &numbering->lists) = list;
}

struct numbering *numbering_load(struct arena *arena, const xmlNode *root) {
  struct numbering *numbering = arena_alloc(arena, sizeof *numbering);
  numbering->arena = arena;
  const xmlNode *first = root ? element(root->children) : NULL;
  for (const xmlNode *node = first; node; node = element(node->next))
    if (is_element(node, "abstractNum")) take_abstract(numbering, node);
  for (const xmlNode *node = first; node; node = element(node->next))
    if (is_element(node, "num")) take_list(numbering, node);
  return numbering;
}

void numbering_link_style(struct numbering *numbering, const char *style, const char *num) {
  *list_add(numbering->arena, &numbering->links) = (struct style_link){style, num};
}

static struct list *find_list(const struct numbering *numbering, const char *num) {
  for (size_t i = 0; i < numbering->lists.count; i++)
    if (strcmp(numbering->lists.item[i].id, num) == 0) return &numbering->lists.item[i];
  return NULL;
}

/* The abstract list that holds the levels of LIST: its own, or through a style that of another
 * list (one step: a style of lists names a list with levels). */
static struct abstract_list *levels_of(const struct numbering *numbering, const struct list *list) {
  struct abstract_list *abstract = &numbering->abstracts.item[list->abstract];
  for (size_t i = 0; abstract->style_link && i < numbering->links.count; i++) {
    if (strcmp(numbering->links.item[i].style, abstract->style_link) != 0) continue;
    const struct list *other = find_list(numbering, numbering->links.item[i].num);
    if (other) return &numbering->abstracts.item[other->abstract];
  }
  return abstract;
}

size_t numbering_level_of_style(const struct numbering *numbering, const char *num,
                                const char *style) {
  const struct list *list = find_list(numbering, num);
  const struct abstract_list *abstract = list ? levels_of(numbering, list) : NULL;
  for (size_t i = 0; abstract && i < NUMBERING_LEVELS; i++) {
    const char *owner = child_value(abstract->level[i], "pStyle");
    if (owner && strcmp(owner, style) == 0) return i;
  }
  return 0;
}

/* ---- how a number is written ---- */

static const char *chinese(struct arena *arena, size_t number, const char *const digit[10],
                           const char *const unit[4], bool short_ten) {
  const char *text = "";
  bool gap = false; /* a zero stands between what is written and what comes */
  for (size_t place = 4, power = 1000; place-- > 0; power /= 10) {
    size_t value = number / power % 10;
    if (value == 0) {
      gap |= *text != '\0';
      continue;
    }
    bool bare_ten = short_ten && place == 1 && value == 1 && *text == '\0';
    text = arena_format(arena, "%s%s%s%s", text, gap ? digit[0] : "", bare_ten ? "" : digit[value],
                        unit[place]);
    gap = false;
  }
  return *text ? text : digit[0];
}

static const char *roman(struct arena *arena, size_t number) {
  static const struct {
    size_t value;
    const char *sign;
  } signs[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
               {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
  const char *text = "";
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    for (; number >= signs[i].value; number -= signs[i].value)
      text = arena_format(arena, "%s%s", text, signs[i].sign);
  return text;
}

/* a … z, aa, bb … zz, aaa, as Word goes on. */
static const char *letters(struct arena *arena, size_t number, const char *alphabet) {
  if (number == 0) return "";
  size_t length = (number - 1) / 26 + 1;
  char *text = arena_alloc(arena, length + 1);
  memset(text, alphabet[(number - 1) % 26], length);
  return text;
}

static const char *lower(struct arena *arena, const char *text) {
  char *copy = arena_text(arena, text);
  for (char *c = copy; *c; c++)
    if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
  return copy;
}

/* Number FROM to TO of a row of signs that begins at the character FIRST; else the plain number. */
static const char *sign(struct arena *arena, size_t number, size_t to, unsigned first) {
  if (number == 0 || number > to) return arena_format(arena, "%zu", number);
  unsigned c = first + (unsigned)number - 1;
  return arena_format(arena, "%c%c%c", (int)(0xE0 | c >> 12), (int)(0x80 | (c >> 6 & 0x3F)),
                      (int)(0x80 | (c & 0x3F)));
}

static const char *full_width(struct arena *arena, size_t number) {
  const char *digits = arena_format(arena, "%zu", number), *text = "";
  for (; *digits; digits++) text = arena_format(arena, "%s\xEF\xBC%c", text, *digits - '0' + 0x90);
  return text;
}

static const char *one_of(struct arena *arena, size_t number, const char *const *name,
                          size_t names) {
  return number > 0 && number <= names ? name[number - 1] : arena_format(arena, "%zu", number);
}

enum { LARGEST_NUMBER = 9999, LONGEST_PATTERN = 255 };

/* NUMBER in FORMAT (17.18.59); a format that is not known is taken for plain digits. */
static const char *written(struct arena *arena, size_t number, const char *format) {
  static const char *const plain_digit[] = {"〇", "一", "二", "三", "四",
                                            "五", "六", "七", "八", "九"};
  static const char *const thousand_digit[] = {"零", "一", "二", "三", "四",
                                               "五", "六", "七", "八", "九"};
  static const char *const legal_digit[] = {"零", "壹", "贰", "叁", "肆",
                                            "伍", "陆", "柒", "捌", "玖"};
  static const char *const unit[] = {"", "十", "百", "千"}, *const legal_unit[] = {"", "拾", "佰",
                                                                                   "仟"};
  static const char *const stem[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
  static const char *const branch[] = {"子", "丑", "寅", "卯", "辰", "巳",
                                       "午", "未", "申", "酉", "戌", "亥"};
  if (number > LARGEST_NUMBER) return arena_format(arena, "%zu", number);
#define IS(name) (strcmp(format, name) == 0)
  if (IS("none") || IS("bullet")) return "";
  if (IS("chineseCounting") || IS("ideographDigital") || IS("japaneseCounting") ||
      IS("taiwaneseCounting"))
    return chinese(arena, number, plain_digit, unit, true);
  if (IS("chineseCountingThousand") || IS("taiwaneseCountingThousand"))
    return chinese(arena, number, thousand_digit, unit, true);
  if (IS("chineseLegalSimplified") || IS("ideographLegalTraditional"))
    return chinese(arena, number, legal_digit, legal_unit, false);
  if (IS("decimalZero")) return arena_format(arena, "%02zu", number);
  if (IS("upperRoman")) return roman(arena, number);
  if (IS("lowerRoman")) return lower(arena, roman(arena, number));
  if (IS("upperLetter")) return letters(arena, number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (IS("lowerLetter")) return letters(arena, number, "abcdefghijklmnopqrstuvwxyz");
  if (IS("decimalEnclosedCircle") || IS("decimalEnclosedCircleChinese"))
    return sign(arena, number, 20, 0x2460);
  if (IS("decimalEnclosedParen")) return sign(arena, number, 20, 0x2474);
  if (IS("decimalEnclosedFullstop")) return sign(arena, number, 20, 0x2488);
  if (IS("ideographEnclosedCircle")) return sign(arena, number, 10, 0x3280);
  if (IS("decimalFullWidth") || IS("decimalFullWidth2")) return full_width(arena, number);
  if (IS("ideographTraditional")) return one_of(arena, number, stem, 10);
  if (IS("ideographZodiac")) return one_of(arena, number, branch, 12);
#undef IS
  return arena_format(arena, "%zu", number);
}

/* ---- counting ---- */

/* How LEVEL of LIST is described: by the list itself where it overrides the whole level. */
static const xmlNode *level_of(const struct list *list, const struct abstract_list *abstract,
                               size_t level) {
  const xmlNode *own = child(list->override[level], "lvl");
  return own ? own : abstract->level[level];
}

static size_t start_of(const xmlNode *level) {
  return whole_number(child_value(level, "start"), LARGEST_NUMBER, 1);
}

static void count(struct list *list, struct abstract_list *abstract, size_t level) {
  const char *restart = child_value(list->override[level], "startOverride");
  if (restart && !list->restarted[level]) {
    list->restarted[level] = true;
    abstract->value[level] = whole_number(restart, LARGEST_NUMBER, 1);
  } else if (!abstract->is_counting[level]) {
    abstract->value[level] = start_of(level_of(list, abstract, level));
  } else {
    abstract->value[level]++;
  }
  abstract->is_counting[level] = true;
  for (size_t i = 0; i < level; i++) { /* a level that was left out counts as begun */
    if (abstract->is_counting[i]) continue;
    abstract->value[i] = start_of(level_of(list, abstract, i));
    abstract->is_counting[i] = true;
  }
  for (size_t i = level + 1; i < NUMBERING_LEVELS; i++) {
    /* begins anew below the level that lvlRestart names, counted from 1; 0: never */
    const char *below = child_value(level_of(list, abstract, i), "lvlRestart");
    if (level < whole_number(below, NUMBERING_LEVELS, i)) abstract->is_counting[i] = false;
  }
}

/* `1` before text that begins with a digit would be another number: such a number is set off. */
static bool ends_open(const char *text) {
  size_t length = strlen(text);
  return length > 0 && strspn(text + length - 1, "0123456789"
                                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                 "abcdefghijklmnopqrstuvwxyz") > 0;
}

const char *numbering_next(struct numbering *numbering, struct arena *arena, const char *num,
                           size_t level) {
  struct list *list = find_list(numbering, num);
  if (!list || level >= NUMBERING_LEVELS) return "";
  struct abstract_list *abstract = levels_of(numbering, list);
  count(list, abstract, level);
  const xmlNode *description = level_of(list, abstract, level);
  const char *format = child_value(description, "numFmt");
  const char *pattern = child_value(description, "lvlText"), *text = "";
  bool is_bullet = format && strcmp(format, "bullet") == 0;
  if (!pattern || is_bullet || strlen(pattern) > LONGEST_PATTERN) return "";
  bool all_decimal = is_on(description, "isLgl");
  for (; *pattern; pattern++) {
    bool is_place = *pattern == '%' && pattern[1] >= '1' && pattern[1] <= '9';
    if (!is_place) {
      text = arena_format(arena, "%s%c", text, *pattern);
      continue;
    }
    size_t place = (size_t)(*++pattern - '1');
    const char *place_format = child_value(level_of(list, abstract, place), "numFmt");
    text = arena_format(arena, "%s%s", text,
                        written(arena, abstract->value[place],
                                all_decimal || !place_format ? "decimal" : place_format));
  }
  return ends_open(text) ? arena_format(arena, "%s ", text) : text;
}
