/* Promises of core/base/output.h. */
#include "tests/support.h"

#include "core/base/folder_state.h"
#include "core/base/interrupt.h"
#include "core/base/output.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* The output folder `out/deep` in the scratch folder. */
static const char *folder_of(struct scratch *scratch) {
  return scratch_path(scratch, "out/deep");
}

static char *place_of(struct scratch *scratch, const char *name) {
  return arena_format(scratch->arena, "%s/%s", folder_of(scratch), name);
}

static struct output *open_output(struct scratch *scratch) {
  struct output *output = output_open(folder_of(scratch), &scratch->failure);
  if (!output) fail_msg("%s", scratch->failure.text);
  return output;
}

static void add_file(struct scratch *scratch, struct output *output, const char *name,
                     const char *text) {
  FILE *file = output_file(output, name, &scratch->failure);
  assert_non_null(file);
  fputs(text, file);
}

static void commit_one(struct scratch *scratch, const char *name, const char *text) {
  struct output *output = open_output(scratch);
  add_file(scratch, output, name, text);
  assert_true(output_commit(output, &scratch->failure));
}

/* The number of files, temporary ones too, in the output folder. */
static int files_in_folder(struct scratch *scratch) {
  DIR *folder = opendir(folder_of(scratch));
  assert_non_null(folder);
  int count = 0;
  for (const struct dirent *entry; (entry = readdir(folder));)
    count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
  closedir(folder);
  return count;
}

static void folders_are_made_with_their_parents(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "a.csv", "1\n");
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "1\n");
  const char *slashes = scratch_path(scratch, "x//y/");
  struct output *output = output_open(slashes, &scratch->failure);
  assert_non_null(output);
  assert_true(output_commit(output, &scratch->failure));
}

static void nothing_is_seen_before_the_commit(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "a.csv", "old\n");
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", "new\n");
  add_file(scratch, output, "b.csv", "new\n");
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "old\n");
  assert_null(file_text(scratch, place_of(scratch, "b.csv")));
  assert_true(output_commit(output, &scratch->failure));
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "new\n");
  assert_string_equal(file_text(scratch, place_of(scratch, "b.csv")), "new\n");
  assert_int_equal(files_in_folder(scratch), 2);
}

static void what_is_abandoned_leaves_nothing(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "a.csv", "old\n");
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", "new\n");
  add_file(scratch, output, "b.csv", "new\n");
  output_abandon(output);
  output_abandon(NULL);
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "old\n");
  assert_int_equal(files_in_folder(scratch), 1);
}

static void a_folder_made_for_what_is_abandoned_goes_too(void **state) {
  struct scratch *scratch = *state;
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", "new\n");
  output_abandon(output);
  assert_int_not_equal(access(folder_of(scratch), F_OK), 0);
  assert_int_equal(access(scratch_path(scratch, "out"), F_OK), 0);
}

static void a_file_that_did_not_change_keeps_its_time(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "same.csv", "1\n");
  commit_one(scratch, "other.csv", "1\n");
  struct stat same, other, before;
  const struct timespec past[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
  assert_int_equal(utimensat(AT_FDCWD, place_of(scratch, "same.csv"), past, 0), 0);
  assert_int_equal(utimensat(AT_FDCWD, place_of(scratch, "other.csv"), past, 0), 0);
  assert_int_equal(stat(place_of(scratch, "same.csv"), &before), 0);

  struct output *output = open_output(scratch);
  add_file(scratch, output, "same.csv", "1\n");
  add_file(scratch, output, "other.csv", "1\n2\n");
  assert_true(output_commit(output, &scratch->failure));
  assert_int_equal(stat(place_of(scratch, "same.csv"), &same), 0);
  assert_int_equal(stat(place_of(scratch, "other.csv"), &other), 0);
  assert_int_equal(same.st_mtime, 1000000000);
  assert_int_equal(same.st_ino, before.st_ino);
  assert_true(other.st_mtime > 1000000000);
  assert_int_equal(files_in_folder(scratch), 2);
}

static void large_files_are_compared_to_their_end(void **state) {
  struct scratch *scratch = *state;
  char *text = arena_alloc(scratch->arena, 50001);
  memset(text, 'x', 50000);
  commit_one(scratch, "a.csv", text);
  text[49999] = 'y';
  commit_one(scratch, "a.csv", text);
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), text);
  text[49000] = '\0';
  commit_one(scratch, "a.csv", text);
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), text);
}

/* The bytes of the file INDEX before the commit. */
static const char *text_written(struct scratch *scratch, struct output *output, size_t index) {
  const char *path = output_written(output, index, &scratch->failure);
  assert_non_null(path);
  return file_text(scratch, path);
}

static void what_is_written_can_be_read_before_the_commit(void **state) {
  struct scratch *scratch = *state;
  static const char *const texts[][3] = {{"same.csv", "1\n2\n", "1\n2\n"},
                                         {"longer.csv", "1\n", "1\n2\n"},
                                         {"shorter.csv", "1\n2\n", "1\n"},
                                         {"emptied.csv", "1\n", ""},
                                         {"other.csv", "1\n2\n", "1\n3\n"}};
  enum { COUNT = sizeof texts / sizeof *texts };
  for (size_t i = 0; i < COUNT; i++) commit_one(scratch, texts[i][0], texts[i][1]);
  struct output *output = open_output(scratch);
  for (size_t i = 0; i < COUNT; i++) add_file(scratch, output, texts[i][0], texts[i][2]);
  for (size_t i = 0; i < COUNT; i++)
    assert_string_equal(text_written(scratch, output, i), texts[i][2]);
  for (size_t i = 0; i < COUNT; i++)
    assert_string_equal(file_text(scratch, place_of(scratch, texts[i][0])), texts[i][1]);
  assert_true(output_commit(output, &scratch->failure));
  for (size_t i = 0; i < COUNT; i++)
    assert_string_equal(file_text(scratch, place_of(scratch, texts[i][0])), texts[i][2]);
  assert_int_equal(files_in_folder(scratch), COUNT);
}

static void adopted_files_take_their_places_or_go(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "same.svg", "1\n");
  commit_one(scratch, "other.svg", "1\n");
  struct output *output = open_output(scratch);
  output_adopt(output, "same.svg", scratch_file(scratch, ".a", "1\n"));
  output_adopt(output, "other.svg", scratch_file(scratch, ".b", "12"));
  output_adopt(output, "new.svg", scratch_file(scratch, ".c", ""));
  assert_true(output_commit(output, &scratch->failure));
  assert_string_equal(file_text(scratch, place_of(scratch, "same.svg")), "1\n");
  assert_string_equal(file_text(scratch, place_of(scratch, "other.svg")), "12");
  assert_string_equal(file_text(scratch, place_of(scratch, "new.svg")), "");
  assert_int_equal(files_in_folder(scratch), 3);
}

static void names_are_kept_in_the_order_of_opening(void **state) {
  struct scratch *scratch = *state;
  struct output *output = open_output(scratch);
  add_file(scratch, output, "b.csv", "");
  add_file(scratch, output, "a.csv", "");
  assert_int_equal(output_count(output), 2);
  assert_string_equal(output_name(output, 0), "b.csv");
  assert_string_equal(output_name(output, 1), "a.csv");
  output_abandon(output);
}

static void a_folder_that_cannot_be_made_gives_the_reason(void **state) {
  struct scratch *scratch = *state;
  const char *file = scratch_file(scratch, "file", "");
  assert_null(output_open(file, &scratch->failure));
  assert_told(scratch, "/file': File exists");
  assert_null(output_open(scratch_path(scratch, "file/below"), &scratch->failure));
  assert_told(scratch, "cannot make the folder");
  assert_null(output_open("", &scratch->failure));
  assert_told(scratch, "is empty");
}

static void a_folder_that_takes_no_files_gives_the_reason(void **state) {
  struct scratch *scratch = *state;
  /* root may write everywhere, so the folder is taken away instead of locked */
  struct output *output = open_output(scratch);
  assert_int_equal(rmdir(output_scratch(output)), 0);
  assert_int_equal(rmdir(folder_of(scratch)), 0);
  assert_null(output_file(output, "a.csv", &scratch->failure));
  assert_told(scratch, "deep/a.csv': No such file or directory");
  output_abandon(output);
}

static void what_a_run_that_was_killed_left_behind_is_swept_out(void **state) {
  struct scratch *scratch = *state;
  output_abandon(open_output(scratch)); /* makes the folders above */
  assert_int_equal(mkdir(folder_of(scratch), 0777), 0);
  assert_int_equal(mkdir(place_of(scratch, ".ogistat.killed"), 0777), 0);
  scratch_file(scratch, "out/deep/.ogistat.killed/a.csv", "half");
  scratch_file(scratch, "out/deep/.kept", "");
  output_abandon(open_output(scratch));
  assert_int_equal(access(place_of(scratch, ".ogistat.killed"), F_OK), -1);
  assert_int_equal(access(place_of(scratch, ".kept"), F_OK), 0);
}

static void what_a_killed_run_left_beside_the_folder_is_swept_out_and_nothing_else(void **state) {
  struct scratch *scratch = *state;
  output_abandon(open_output(scratch));
  assert_int_equal(mkdir(scratch_path(scratch, "out/.deep.ogistat.killed"), 0777), 0);
  scratch_file(scratch, "out/.deep.ogistat.killed/a.csv", "half");
  assert_int_equal(mkdir(scratch_path(scratch, "out/.deeper.ogistat.others"), 0777), 0);
  assert_int_equal(mkdir(scratch_path(scratch, "out/.deep.ogistat.somebody"), 0777), 0);
  output_abandon(open_output(scratch));
  assert_int_equal(access(scratch_path(scratch, "out/.deep.ogistat.killed"), F_OK), -1);
  assert_int_equal(access(scratch_path(scratch, "out/.deeper.ogistat.others"), F_OK), 0);
  assert_int_equal(access(scratch_path(scratch, "out/.deep.ogistat.somebody"), F_OK), 0);
  assert_true(output_is_scratch(".deep.ogistat.killed"));
  assert_true(output_is_scratch(".ogistat.killed"));
  assert_false(output_is_scratch("deep.ogistat.killed"));
  assert_false(output_is_scratch(".deep.ogistat.somebody"));
}

/* Commits the files a.csv and b.csv with TEXT. */
static void commit_two(struct scratch *scratch, const char *text) {
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", text);
  add_file(scratch, output, "b.csv", text);
  if (!output_commit(output, &scratch->failure)) fail_msg("%s", scratch->failure.text);
}

static void a_folder_is_replaced_as_a_whole(void **state) {
  struct scratch *scratch = *state;
  commit_two(scratch, "first\n");
  scratch_file(scratch, "out/deep/theirs.txt", "a note\n");
  struct stat theirs, after;
  assert_int_equal(stat(place_of(scratch, "theirs.txt"), &theirs), 0);
  int reader = open(folder_of(scratch), O_RDONLY | O_DIRECTORY);
  uint64_t state_before = folder_state(folder_of(scratch));
  commit_two(scratch, "second\n");
  struct stat held, there;
  assert_int_equal(fstat(reader, &held), 0);
  assert_int_equal(stat(folder_of(scratch), &there), 0);
  assert_true(held.st_ino != there.st_ino); /* who had it open sees no file of the new one */
  assert_int_equal(faccessat(reader, "a.csv", F_OK, 0), -1);
  close(reader);
  assert_int_equal(stat(place_of(scratch, "theirs.txt"), &after), 0);
  assert_true(theirs.st_ino == after.st_ino);
  assert_true(folder_state(folder_of(scratch)) != state_before);
  assert_int_equal(files_in_folder(scratch), 3);
}

static void a_folder_in_which_nothing_changed_stays(void **state) {
  struct scratch *scratch = *state;
  struct stat before, after;
  commit_two(scratch, "first\n");
  assert_int_equal(stat(folder_of(scratch), &before), 0);
  uint64_t state_before = folder_state(folder_of(scratch));
  commit_two(scratch, "first\n");
  assert_int_equal(stat(folder_of(scratch), &after), 0);
  assert_true(before.st_ino == after.st_ino);
  assert_true(folder_state(folder_of(scratch)) == state_before);
}

static void folders_and_links_within_are_let_be(void **state) {
  struct scratch *scratch = *state;
  commit_two(scratch, "first\n");
  assert_int_equal(mkdir(place_of(scratch, "theirs"), 0777), 0);
  scratch_file(scratch, "out/deep/theirs/note.txt", "a note\n");
  assert_int_equal(symlink("nowhere", place_of(scratch, "link")), 0);
  commit_two(scratch, "second\n");
  assert_string_equal(file_text(scratch, place_of(scratch, "theirs/note.txt")), "a note\n");
  assert_string_equal(file_text(scratch, place_of(scratch, "b.csv")), "second\n");
  assert_int_equal(files_in_folder(scratch), 4);
}

static void a_link_to_a_folder_stays_one(void **state) {
  struct scratch *scratch = *state;
  assert_int_equal(mkdir(scratch_path(scratch, "real"), 0755), 0);
  output_abandon(open_output(scratch)); /* makes the folders above */
  assert_int_equal(symlink(scratch_path(scratch, "real"), folder_of(scratch)), 0);
  commit_two(scratch, "first\n");
  commit_two(scratch, "second\n");
  struct stat found;
  assert_int_equal(lstat(folder_of(scratch), &found), 0);
  assert_true(S_ISLNK(found.st_mode));
  assert_string_equal(file_text(scratch, scratch_path(scratch, "real/a.csv")), "second\n");
  assert_int_equal(stat(scratch_path(scratch, "real"), &found), 0);
  assert_int_equal(found.st_mode & 0777, 0755);
}

static void what_stands_there_can_be_kept_beside(void **state) {
  struct scratch *scratch = *state;
  for (int i = 1; i <= 3; i++) {
    commit_two(scratch, arena_format(scratch->arena, "%d\n", i));
    struct output *output = open_output(scratch);
    const char *kept = output_keep(output, scratch->arena, &scratch->failure);
    const char *name =
        i == 1 ? "out/deep.previous" : arena_format(scratch->arena, "out/deep.previous-%d", i);
    assert_string_equal(kept, scratch_path(scratch, name));
    add_file(scratch, output, "a.csv", "new\n");
    assert_true(output_commit(output, &scratch->failure));
    assert_string_equal(file_text(scratch, arena_format(scratch->arena, "%s/a.csv", kept)),
                        arena_format(scratch->arena, "%d\n", i));
    assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "new\n");
  }
}

static void write_beside_another(void *context) {
  struct scratch *scratch = context;
  alarm(1);
  commit_one(scratch, "a.csv", "second\n");
}

static void a_folder_is_held_for_one_run_at_a_time(void **state) {
  struct scratch *scratch = *state;
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", "first\n");
  assert_int_equal(exit_status_of(write_beside_another, scratch), 128 + SIGALRM);
  assert_true(output_commit(output, &scratch->failure));
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "first\n");
  assert_int_equal(exit_status_of(write_beside_another, scratch), 0);
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "second\n");
}

static void commit_when_asked_to_end(void *context) {
  struct scratch *scratch = context;
  interrupt_listen();
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", "new\n");
  kill(getpid(), SIGTERM);
  if (output_commit(output, &scratch->failure)) exit(1);
  if (!strstr(scratch->failure.text, "stopped (Terminated)")) exit(2);
  interrupt_obey();
}

static void a_program_that_is_asked_to_end_replaces_nothing_and_ends_so(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "a.csv", "old\n");
  assert_int_equal(exit_status_of(commit_when_asked_to_end, scratch), 128 + SIGTERM);
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "old\n");
  assert_int_equal(files_in_folder(scratch), 1);
}

static void a_folder_in_the_place_of_a_file_is_told_before_anything_is_replaced(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "a.csv", "old\n");
  assert_int_equal(mkdir(place_of(scratch, "b.csv"), 0777), 0);
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", "new\n");
  assert_null(output_file(output, "b.csv", &scratch->failure));
  assert_told(scratch, "b.csv': Is a directory");
  output_abandon(output);
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "old\n");
  assert_int_equal(files_in_folder(scratch), 2);
}

/* A disk that is full, as a limit on the size of files. */
static void a_write_that_fails_replaces_nothing(void **state) {
  struct scratch *scratch = *state;
  commit_one(scratch, "a.csv", "old\n");
  struct output *output = open_output(scratch);
  add_file(scratch, output, "a.csv", "new\n");
  char *text = arena_alloc(scratch->arena, 20001);
  memset(text, 'x', 20000);

  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit, small;
  getrlimit(RLIMIT_FSIZE, &limit);
  small = limit;
  small.rlim_cur = 4096;
  setrlimit(RLIMIT_FSIZE, &small);
  add_file(scratch, output, "b.csv", text);
  bool done = output_commit(output, &scratch->failure);
  setrlimit(RLIMIT_FSIZE, &limit);
  signal(SIGXFSZ, handler);

  assert_false(done);
  assert_told(scratch, "b.csv': File too large");
  assert_string_equal(file_text(scratch, place_of(scratch, "a.csv")), "old\n");
  assert_int_equal(files_in_folder(scratch), 1);
}

static void more_files_are_adopted_than_a_process_may_hold_open(void **state) {
  struct scratch *scratch = *state;
  struct rlimit limit, small;
  getrlimit(RLIMIT_NOFILE, &limit);
  small = limit;
  small.rlim_cur = 20;
  for (int round = 0; round < 2; round++) {
    struct output *output = open_output(scratch);
    for (int i = 0; i < 60; i++) {
      const char *name = arena_format(scratch->arena, "%d.txt", i);
      const char *text = arena_format(scratch->arena, "%d\n", i % 2 ? i + round : i);
      output_adopt(output, name,
                   scratch_file(scratch, arena_format(scratch->arena, "made-%d", i), text));
    }
    setrlimit(RLIMIT_NOFILE, &small);
    bool done = output_commit(output, &scratch->failure);
    setrlimit(RLIMIT_NOFILE, &limit);
    if (!done) fail_msg("%s", scratch->failure.text);
  }
  assert_string_equal(file_text(scratch, place_of(scratch, "58.txt")), "58\n");
  assert_string_equal(file_text(scratch, place_of(scratch, "59.txt")), "60\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(folders_are_made_with_their_parents),
      scratch_test(nothing_is_seen_before_the_commit),
      scratch_test(what_is_abandoned_leaves_nothing),
      scratch_test(a_folder_made_for_what_is_abandoned_goes_too),
      scratch_test(a_file_that_did_not_change_keeps_its_time),
      scratch_test(large_files_are_compared_to_their_end),
      scratch_test(what_is_written_can_be_read_before_the_commit),
      scratch_test(adopted_files_take_their_places_or_go),
      scratch_test(names_are_kept_in_the_order_of_opening),
      scratch_test(a_folder_that_cannot_be_made_gives_the_reason),
      scratch_test(a_folder_that_takes_no_files_gives_the_reason),
      scratch_test(what_a_run_that_was_killed_left_behind_is_swept_out),
      scratch_test(what_a_killed_run_left_beside_the_folder_is_swept_out_and_nothing_else),
      scratch_test(a_folder_is_replaced_as_a_whole),
      scratch_test(a_folder_in_which_nothing_changed_stays),
      scratch_test(folders_and_links_within_are_let_be),
      scratch_test(a_link_to_a_folder_stays_one),
      scratch_test(what_stands_there_can_be_kept_beside),
      scratch_test(a_folder_is_held_for_one_run_at_a_time),
      scratch_test(a_program_that_is_asked_to_end_replaces_nothing_and_ends_so),
      scratch_test(a_folder_in_the_place_of_a_file_is_told_before_anything_is_replaced),
      scratch_test(a_write_that_fails_replaces_nothing),
      scratch_test(more_files_are_adopted_than_a_process_may_hold_open),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
