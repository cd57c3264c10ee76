/* Promises of core/base/json.h, checked by reading what was written with jansson. */
#include "tests/support.h"

#include <jansson.h>

#include "core/base/json.h"

static json_t *parsed(char *text) {
  json_error_t error;
  json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
  if (!root) fail_msg("no JSON: %s in %s", error.text, text);
  free(text);
  return root;
}

static void every_character_of_a_text_comes_back(void **state) {
  (void)state;
  char text[160], *bytes = NULL;
  for (int c = 1; c < 128; c++) text[c - 1] = (char)c;
  snprintf(text + 127, sizeof text - 127, "济南市𠮷");
  size_t length;
  struct json json = {.file = open_memstream(&bytes, &length)};
  json_open(&json, NULL, '{');
  json_text(&json, "a \"b\"", text);
  json_close(&json, '}');
  fclose(json.file);
  json_t *root = parsed(bytes);
  assert_string_equal(json_string_value(json_object_get(root, "a \"b\"")), text);
  json_decref(root);
}

static void a_member_stands_on_a_line_and_is_indented(void **state) {
  (void)state;
  char *bytes = NULL;
  size_t length;
  struct json json = {.file = open_memstream(&bytes, &length)};
  json_open(&json, NULL, '{');
  json_open(&json, "none", '[');
  json_close(&json, ']');
  json_open(&json, "two", '[');
  json_text(&json, NULL, "1");
  json_text(&json, NULL, "");
  json_close(&json, ']');
  json_text(&json, "last", "x");
  json_close(&json, '}');
  fclose(json.file);
  assert_string_equal(bytes, "{\n  \"none\": [],\n  \"two\": [\n    \"1\",\n    \"\"\n  ],\n"
                             "  \"last\": \"x\"\n}\n");
  json_decref(parsed(bytes));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_character_of_a_text_comes_back),
      cmocka_unit_test(a_member_stands_on_a_line_and_is_indented),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
