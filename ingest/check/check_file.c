/* Reads a report and, where there is one, that of the year before; gathers the remarks. */
#include "ingest/check/check_file.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/check/blanks.h"
#include "ingest/check/comments.h"
#include "ingest/check/failures.h"
#include "ingest/check/previous.h"
#include "ingest/check/sections.h"

struct file_check {
  const struct check_options *options;
  const struct knowledge *knowledge;
  struct arena *arena;
  LIST_OF(struct report) reports, before;
  FILE *verdict, *copy;
  struct check_head head;
  struct failure failure;
};

static void take_report(void *context, const struct report *report) {
  struct file_check *check = context;
  *list_add(check->arena, &check->reports) = *report;
  check->head.reports += report->id != NULL;
}

static void take_before(void *context, const struct report *report) {
  struct file_check *check = context;
  if (report->id) *list_add(check->arena, &check->before) = *report;
}

static enum language language_of(const struct file_check *check) {
  if (check->options->language != LANGUAGES) return check->options->language;
  return check->options->is_chinese_locale || check->head.reports ? LANGUAGE_ZH : LANGUAGE_EN;
}

/* The report of the year before REPORT: of the same organ where the file has several. */
static const struct report *before(const struct file_check *check, const struct report *report) {
  for (size_t i = 0; i < check->before.count; i++)
    if (strcmp(check->before.item[i].identity.organ, report->identity.organ) == 0)
      return &check->before.item[i];
  return check->before.count ? &check->before.item[0] : NULL;
}

static bool gather(struct file_check *check, struct checking *checking, size_t *checked) {
  const struct report *report = checking->report;
  const char *folder = check->options->datasets;
  size_t of_years = 0;
  failures_check(checking, &report->edits, &report->observations);
  if (check->options->previous &&
      !previous_check(checking, before(check, report), folder, &of_years, &check->failure))
    return false;
  *checked = report->edits.checked + of_years;
  blanks_check(checking);
  return sections_check(checking, folder, &check->failure) &&
         rejects_check(checking, folder, &check->failure);
}

static bool write_copy(struct file_check *check, const struct checking *checking) {
  const struct source *source = &checking->report->source;
  if (!check->options->comments) return true;
  if (source->format != FORMAT_DOCX)
    return failure_set(&check->failure, "comments can be put into a .docx only");
  if (check->head.reports > 1)
    return failure_set(&check->failure, "comments can be put into a draft of one report only");
  struct comment *comment = arena_array(check->arena, checking->remarks.count + 1, sizeof *comment);
  for (size_t i = 0; i < checking->remarks.count; i++) {
    const struct remark *remark = &checking->remarks.item[i];
    comment[i] = (struct comment){remark->paragraph, remark->message, remark->hint};
  }
  const struct comment_list comments = {comment, checking->remarks.count,
                                        words_get(checking->words, "any", "author")};
  return comments_write(check->arena, source, &comments, check->copy, &check->failure);
}

static bool check_report(struct file_check *check, const struct words *words,
                         const struct report *report) {
  struct checking checking = {check->arena, check->knowledge, words, report, {0}};
  size_t checked = 0;
  if (!gather(check, &checking, &checked)) return false;
  check->head.errors += verdict_count(&checking, REMARK_ERROR);
  check->head.warnings += verdict_count(&checking, REMARK_WARNING);
  verdict_write(check->verdict, check->options->format, &checking, checked);
  return write_copy(check, &checking);
}

static bool tell_reject(struct file_check *check, const struct words *words,
                        const struct report *report) {
  const char *reason = report->rejects ? report->reject[0].reason : "";
  const char *meaning = reject_meaning(check->arena, check->options->datasets, check->head.language,
                                       reason, &check->failure);
  if (!meaning) return false;
  verdict_write_reject(check->verdict, check->options->format, check->arena, words,
                       report->source.path, meaning,
                       report->rejects ? report->reject[0].detail : "");
  return true;
}

/* A file without a report says why; of one with reports only these are told. */
static bool check_reports(struct file_check *check, const struct words *words) {
  bool is_first = true;
  for (size_t i = 0; i < check->reports.count; i++) {
    const struct report *report = &check->reports.item[i];
    if (!report->id && check->head.reports) continue;
    if (!is_first) verdict_part(check->verdict, check->options->format);
    is_first = false;
    if (!(report->id ? check_report(check, words, report) : tell_reject(check, words, report)))
      return false;
  }
  return true;
}

static bool run_check(struct file_check *check, const char *path) {
  const struct knowledge *knowledge = check->knowledge;
  knowledge_begin(knowledge);
  report_read(knowledge, check->arena, path, take_report, check);
  if (!knowledge_wait(knowledge, &check->failure)) return false;
  if (check->options->previous)
    report_read(knowledge, check->arena, check->options->previous, take_before, check);
  check->head.language = language_of(check);
  const struct words *words =
      words_load(check->arena, check->options->datasets, WORDS_OF_CHECK, knowledge->codebook,
                 check->head.language, &check->failure);
  return words && check_reports(check, words);
}

void check_file(const struct check_options *options, const struct knowledge *knowledge,
                const char *path, FILE *file) {
  struct file_check check = {.options = options, .knowledge = knowledge, .arena = arena_new()};
  char *verdict = NULL, *copy = NULL;
  size_t verdict_size = 0, copy_size = 0;
  check.verdict = open_memstream(&verdict, &verdict_size);
  check.copy = open_memstream(&copy, &copy_size);
  if (!check.verdict || !check.copy) out_of_memory();
  bool done = run_check(&check, path);
  if (fclose(check.verdict) != 0 || fclose(check.copy) != 0) out_of_memory();
  check.head.verdict = verdict_size;
  check.head.copy = copy_size;
  if (!done) snprintf(check.head.failure, sizeof check.head.failure, "%s", check.failure.text);
  fwrite(&check.head, sizeof check.head, 1, file);
  fwrite(verdict, 1, verdict_size, file);
  fwrite(copy, 1, copy_size, file);
  free(verdict);
  free(copy);
  arena_free(check.arena);
}
