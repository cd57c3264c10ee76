/* Promises of core/model/codebook.h, observation.h and folder.h. */
#include "tests/support.h"

#include "core/base/csv_file.h"
#include "core/base/folder.h"
#include "core/model/codebook.h"
#include "core/model/observation.h"

#define VARIABLES "variable,section,forms,label_zh,label_en,unit,dimension,type\n"
#define CATEGORIES "dimension,category,label_zh,label_en\n"
#define TOTAL "applicant,total,总计,Total\n"

static const struct codebook *load(struct scratch *scratch, const char *variables,
                                   const char *categories) {
  scratch_file(scratch, "forms/codebook.csv", variables);
  scratch_file(scratch, "forms/categories.csv", categories);
  return codebook_load(scratch->arena, scratch->folder, &scratch->failure);
}

static void the_projects_codebook_is_whole(void **state) {
  struct scratch *scratch = *state;
  const struct codebook *codebook = codebook_load(scratch->arena, "datasets", &scratch->failure);
  if (!codebook) fail_msg("%s", scratch->failure.text);
  assert_int_equal(codebook->applicants, 7);
  assert_string_equal(codebook->applicant[6].id, "total");
  for (size_t i = 0; i < codebook->variables; i++)
    assert_ptr_equal(codebook_find(codebook, codebook->variable[i].id), &codebook->variable[i]);
}

static void a_variable_is_found_by_its_id(void **state) {
  struct scratch *scratch = *state;
  const struct codebook *codebook = codebook_load(scratch->arena, "datasets", &scratch->failure);
  assert_non_null(codebook);
  const struct variable *variable = codebook_find(codebook, "licensing.items_change");
  assert_non_null(variable);
  assert_string_equal(variable->section, "disclosure");
  assert_string_equal(variable->forms, "2019");
  assert_string_equal(variable->unit, "项");
  assert_int_equal(variable->type, TYPE_CHANGE);
  assert_int_equal(variable->dimension, DIMENSION_NONE);
  variable = codebook_find(codebook, "outcome.other");
  assert_non_null(variable);
  assert_int_equal(variable->dimension, DIMENSION_APPLICANT);
  assert_null(codebook_find(codebook, "outcome"));
  assert_null(codebook_find(codebook, ""));
}

static void applicant_classes_keep_the_order_of_the_form(void **state) {
  struct scratch *scratch = *state;
  const struct codebook *codebook = codebook_load(scratch->arena, "datasets", &scratch->failure);
  assert_non_null(codebook);
  assert_int_equal(codebook_applicant(codebook, "natural_person"), 0);
  assert_int_equal(codebook_applicant(codebook, "total"), 6);
  assert_int_equal(codebook_applicant(codebook, "nobody"), -1);
}

/* What the codebook must be a superset of. */
struct agreed {
  struct scratch *scratch;
  const struct codebook *codebook;
  size_t rows;
};

static bool is_kept(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line, (void)failure;
  struct agreed *agreed = context;
  const struct variable *variable = codebook_find(agreed->codebook, f[0]);
  if (!variable) fail_msg("the variable %s is missing", f[0]);
  if (strcmp(variable->unit, f[1]) != 0) fail_msg("%s has the unit %s", f[0], variable->unit);
  agreed->rows++;
  return true;
}

static void the_codebook_holds_all_that_was_agreed(void **state) {
  struct scratch *scratch = *state;
  const char *path = "../shared/contract/codebook.csv";
  if (access(path, R_OK) != 0) {
    print_message("%s is not here\n", path);
    skip();
  }
  static const char *const columns[] = {"variable", "unit", NULL};
  struct agreed agreed = {.scratch = scratch};
  agreed.codebook = codebook_load(scratch->arena, "datasets", &scratch->failure);
  assert_non_null(agreed.codebook);
  assert_true(csv_read(path, columns, is_kept, &agreed, &scratch->failure));
  assert_true(agreed.rows > 100);
}

static void a_broken_row_names_file_line_and_reason(void **state) {
  struct scratch *scratch = *state;
  static const struct {
    const char *variables, *categories, *where, *why;
  } cases[] = {
      {VARIABLES ",s,any,z,e,件,,count\n", CATEGORIES TOTAL, "codebook.csv:2", "needs an id"},
      {VARIABLES "x,s,any,z,e,件,,count\nx,s,any,z,e,件,,count\n", CATEGORIES TOTAL,
       "codebook.csv:3", "'x' stands twice"},
      {VARIABLES "x,s,any,z,e,,,count\n", CATEGORIES TOTAL, "codebook.csv:2", "a unit"},
      {VARIABLES "x,s,any,z,e,件,age,count\n", CATEGORIES TOTAL, "codebook.csv:2",
       "'age' is no dimension"},
      {VARIABLES "x,s,any,z,e,件,,text\n", CATEGORIES TOTAL, "codebook.csv:2", "'text' is no type"},
      {VARIABLES "x,s,any,z\n", CATEGORIES TOTAL, "codebook.csv:2", "4 fields"},
      {"variable\nx\n", CATEGORIES TOTAL, "codebook.csv:1", "'section' is missing"},
      {VARIABLES, CATEGORIES "area,x,z,e\n", "categories.csv:2", "'area' is no dimension"},
      {VARIABLES, CATEGORIES "applicant,x,,e\n", "categories.csv:2", "both labels"},
      {VARIABLES, CATEGORIES TOTAL TOTAL, "categories.csv:3", "'total' stands twice"},
      {VARIABLES, CATEGORIES TOTAL "applicant,x,z,e\n", "categories.csv", "must be 'total'"},
      {VARIABLES, CATEGORIES, "categories.csv", "must be 'total'"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_null(load(scratch, cases[i].variables, cases[i].categories));
    assert_told(scratch, cases[i].where);
    assert_told(scratch, cases[i].why);
  }
}

static void an_empty_codebook_finds_nothing(void **state) {
  struct scratch *scratch = *state;
  const struct codebook *codebook = load(scratch, VARIABLES, CATEGORIES TOTAL);
  assert_non_null(codebook);
  assert_null(codebook_find(codebook, "x"));
}

static void lists_of_forms_overlap_where_they_share_a_form(void **state) {
  (void)state;
  assert_true(forms_overlap("2019 2021", "2021"));
  assert_true(forms_overlap("2014", "2019  2014"));
  assert_true(forms_overlap("any", "2019"));
  assert_true(forms_overlap("2019", "any"));
  assert_false(forms_overlap("2019", "2021 2014"));
  assert_false(forms_overlap("201", "2019"));
  assert_false(forms_overlap("", "2019"));
  assert_false(forms_overlap("", ""));
}

static void observations_are_found_by_variable_and_category(void **state) {
  (void)state;
  struct observation items[] = {{.variable = "b", .category = "y"},
                                {.variable = "b", .category = ""},
                                {.variable = "a", .category = "z"}};
  qsort(items, 3, sizeof *items, observation_compare);
  struct observations observations = {.item = items, .count = 3};
  assert_string_equal(items[0].variable, "a");
  assert_ptr_equal(observation_find(&observations, "b", ""), &items[1]);
  assert_ptr_equal(observation_find(&observations, "b", "y"), &items[2]);
  assert_null(observation_find(&observations, "a", ""));
}

static void a_report_without_observations_has_none_to_find(void **state) {
  (void)state;
  struct observations none = {0};
  assert_null(observation_find(&none, "a", ""));
}

static void the_words_for_statuses_read_back(void **state) {
  (void)state;
  for (int status = 0; status < STATUS_COUNT; status++)
    assert_int_equal(status_from(status_name((enum status)status)), status);
  assert_int_equal(status_from("guessed"), STATUS_COUNT);
  assert_int_equal(status_from(""), STATUS_COUNT);
}

static void only_some_statuses_come_with_a_value(void **state) {
  (void)state;
  assert_true(status_has_value(STATUS_REPORTED));
  assert_true(status_has_value(STATUS_DEDUCED));
  assert_true(status_has_value(STATUS_APPROXIMATE_LOW));
  assert_true(status_has_value(STATUS_APPROXIMATE_HIGH));
  assert_false(status_has_value(STATUS_BLANK));
  assert_false(status_has_value(STATUS_NOT_APPLICABLE));
  assert_false(status_has_value(STATUS_UNREADABLE));
}

static void the_folder_of_knowledge_is_found_above_the_program(void **state) {
  struct scratch *scratch = *state;
  unsetenv("OGISTAT_DATASETS");
  const char *folder = datasets_folder(scratch->arena, NULL, &scratch->failure);
  assert_non_null(folder);
  assert_int_equal(access(arena_format(scratch->arena, "%s/schema/schema.csv", folder), R_OK), 0);
}

static void a_folder_that_is_given_is_taken_or_refused(void **state) {
  struct scratch *scratch = *state;
  assert_string_equal(datasets_folder(scratch->arena, "datasets", &scratch->failure), "datasets");
  assert_null(datasets_folder(scratch->arena, scratch->folder, &scratch->failure));
  assert_told(scratch, "has no forms/codebook.csv");
  setenv("OGISTAT_DATASETS", scratch->folder, 1);
  assert_null(datasets_folder(scratch->arena, NULL, &scratch->failure));
  setenv("OGISTAT_DATASETS", "datasets", 1);
  assert_string_equal(datasets_folder(scratch->arena, NULL, &scratch->failure), "datasets");
  unsetenv("OGISTAT_DATASETS");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(the_projects_codebook_is_whole),
      scratch_test(a_variable_is_found_by_its_id),
      scratch_test(applicant_classes_keep_the_order_of_the_form),
      scratch_test(the_codebook_holds_all_that_was_agreed),
      scratch_test(a_broken_row_names_file_line_and_reason),
      scratch_test(an_empty_codebook_finds_nothing),
      cmocka_unit_test(lists_of_forms_overlap_where_they_share_a_form),
      cmocka_unit_test(observations_are_found_by_variable_and_category),
      cmocka_unit_test(a_report_without_observations_has_none_to_find),
      cmocka_unit_test(the_words_for_statuses_read_back),
      cmocka_unit_test(only_some_statuses_come_with_a_value),
      scratch_test(the_folder_of_knowledge_is_found_above_the_program),
      scratch_test(a_folder_that_is_given_is_taken_or_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
