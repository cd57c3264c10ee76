/* Finds lists of areas. Knows only the words that end the name of an area. */
#include "ingest/prose/key_areas.h"

#include <string.h>

#include "core/base/label.h"

enum { PAPERS = 4 };

/* The concepts that the names of areas are known by, looked up once. */
struct known {
  int info, government;
  int paper[PAPERS]; /* words that may stand in the name of a kind of information: 文件类 */
};

static struct known look_up(const struct lexicon *lexicon) {
  static const char *const papers[PAPERS] = {"document", "notice", "regulation", "normative"};
  struct known known = {.info = lexicon_concept(lexicon, ROLE_WHAT, "info"),
                        .government = lexicon_concept(lexicon, ROLE_WHAT, "gov_info")};
  for (size_t i = 0; i < PAPERS; i++)
    known.paper[i] = lexicon_concept(lexicon, ROLE_WHAT, papers[i]);
  return known;
}

static bool is_paper(const struct known *known, const struct concepts *set) {
  for (size_t i = 0; set->count == 1 && i < PAPERS; i++)
    if (set->item[0] == known->paper[i]) return true;
  return false;
}

/* True where SET is empty, or information and nothing else. */
static bool is_information(const struct known *known, const struct concepts *set) {
  return set->count == 0 ||
         (set->count == 1 && (set->item[0] == known->info || set->item[0] == known->government));
}

/* 方面信息, 领域公开: beyond doubt. 方面, 类: the kinds of anything. */
static bool is_certain(const struct claim *claim) {
  const char *word = claim->paragraph->text + claim->name_end;
  size_t length = claim->start - claim->name_end;
  return memmem(word, length, "信息", strlen("信息")) ||
         memmem(word, length, "公开", strlen("公开"));
}

/* The name of CLAIM's area; "" where it has none. */
static const char *name_of(struct arena *arena, const struct claim *claim) {
  static const char other[] = "其他";
  if (claim->name_end > claim->name)
    return text_tidy(arena,
                     paragraph_printed(arena, claim->paragraph, claim->name, claim->name_end));
  const char *word = claim->paragraph->text + claim->name_end;
  return text_begins(word, other) ? other : "";
}

/* True where CLAIM counts information (or what is not told) of something that its phrase names. */
static bool is_item(const struct known *known, const struct claim *claim) {
  static const char *const units[] = {"条", "篇", "件", "项", "份", "个", NULL};
  if (!claim->has_area || !claim->number || !claim->number->word) return false;
  const char *const *unit = units;
  while (*unit && strcmp(*unit, claim->number->word->text) != 0) unit++;
  return *unit && is_information(known, &claim->of) &&
         (is_certain(claim) || is_information(known, &claim->slot[ROLE_WHAT]) ||
          is_paper(known, &claim->slot[ROLE_WHAT]));
}

/* A share stands behind the count of its area: 58条，占12.4%. */
static bool is_share(const struct claim *claim) {
  return claim->number && claim->number->word && strcmp(claim->number->word->text, "%") == 0;
}

/* The end of the list that claim I begins, and in *ITEMS how many items it has. Between items may
 * stand shares, and in the same sentence what is told of an item's own parts:
 * 机构类信息20条，其中领导 成员10条；工作类信息11条. */
static size_t list_end(const struct known *known, const struct claim *claim, size_t count, size_t i,
                       size_t *items) {
  size_t end = i;
  for (size_t j = i; j < count && claim[j].paragraph == claim[i].paragraph; j++) {
    bool is_new = is_item(known, &claim[j]);
    bool is_near = j == end || claim[j].sentence == claim[i].sentence;
    if (*items == 0 ? !is_new
                    : !is_new && !is_share(&claim[j]) && claim[j].sentence != claim[i].sentence)
      break;
    if (is_new && !is_near) break;
    *items += is_new;
    if (is_new || (j == end && is_share(&claim[j]))) end = j + 1;
  }
  return end;
}

/* True where CLAIM counts information with a name, which may be an area: 财政信息4条. */
static bool is_named_item(const struct known *known, const struct claim *claim) {
  return claim->is_named_info && !claim->is_joint && claim->number && claim->number->word &&
         strcmp(claim->number->word->text, "条") == 0 && is_information(known, &claim->of);
}

/* Fills NAME for lists of three at least, of which each item is information with a name and stands
 * right behind the one before: 三公经费信息132条、行政审批信息87条、环境保护信息54条. */
static void find_named_lists(struct arena *arena, const struct known *known,
                             const struct claim *claim, size_t count, const char **name) {
  enum { FEWEST = 3 };
  for (size_t i = 0, end; i<count; i = end> i ? end : i + 1) {
    for (end = i; end < count && is_named_item(known, &claim[end]) && !name[end] &&
                  claim[end].paragraph == claim[i].paragraph &&
                  claim[end].sentence == claim[i].sentence;)
      end++;
    for (size_t j = i; end - i >= FEWEST && j < end; j++) name[j] = name_of(arena, &claim[j]);
  }
}

const char **key_areas_find(struct arena *arena, const struct lexicon *lexicon,
                            const struct claim *claim, size_t count) {
  const char **name = arena_array(arena, count + 1, sizeof *name);
  const struct known known = look_up(lexicon);
  for (size_t i = 0, next; i < count; i = next) {
    size_t items = 0;
    next = list_end(&known, claim, count, i, &items);
    for (size_t j = i; items >= 2 && j < next; j++) {
      const char *area = is_item(&known, &claim[j]) ? name_of(arena, &claim[j]) : "";
      if (*area) name[j] = area;
    }
    if (next == i) next++;
  }
  find_named_lists(arena, &known, claim, count, name);
  return name;
}
