/* CSV files into one SQLite file, on libsqlite3. What a table is comes from schema.csv.
 *
 * The same tables give the same bytes (with the same version of SQLite): rows go in as they stand
 * in the files, into a file without a journal that appears under its name only when it is whole. */
#include "core/model/database.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/csv_file.h"
#include "core/base/file_name.h"

enum { DOUBLE_DIGITS = 15, SQLITE_COLUMNS = 2000 };

struct database {
  struct arena *arena;
  const char *path, *temporary;
  sqlite3 *sqlite; /* NULL once it is closed */
};

static bool sqlite_failure(const struct database *database, struct failure *failure) {
  return failure_set(failure, "cannot write '%s': %s", database->path,
                     sqlite3_errmsg(database->sqlite));
}

static bool run(const struct database *database, const char *sql, struct failure *failure) {
  return sqlite3_exec(database->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK ||
         sqlite_failure(database, failure);
}

/* ---- opening ---- */

/* Nothing, an empty file, or a SQLite file stands at PATH: nothing else is replaced. */
static bool may_replace(const char *path, struct failure *failure) {
  static const char magic[] = "SQLite format 3";
  char start[sizeof magic] = "";
  struct stat found;
  if (*path == '\0') return failure_set(failure, "cannot write a SQLite file without a name");
  if (stat(path, &found) != 0)
    return errno == ENOENT || failure_set(failure, "cannot write '%s': %s", path, strerror(errno));
  FILE *file = S_ISREG(found.st_mode) ? fopen(path, "r") : NULL;
  size_t got = file ? fread(start, 1, sizeof start, file) : 0;
  if (file) fclose(file);
  bool is_sqlite = got == sizeof start && memcmp(start, magic, sizeof magic) == 0;
  return (file && (is_sqlite || found.st_size == 0)) ||
         failure_set(failure, "'%s' is no SQLite file and is not replaced", path);
}

/* A journal would be played back into the new file. */
static bool is_in_use(struct arena *arena, const char *path, struct failure *failure) {
  static const char *const endings[] = {"-journal", "-wal"};
  struct stat found;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    const char *journal = arena_format(arena, "%s%s", path, endings[i]);
    if (stat(journal, &found) == 0 && found.st_size > 0)
      return !failure_set(failure,
                          "cannot replace '%s': a program has it open, or broke off ('%s')", path,
                          journal);
  }
  return false;
}

/* In the folder of PATH, under a name that only this process has. */
static const char *temporary_name(struct arena *arena, const char *path) {
  const char *name = file_name_of(path);
  return arena_format(arena, "%.*s.%s.%ld.part", (int)(name - path), path, name, (long)getpid());
}

struct database *database_open(const char *path, struct failure *failure) {
  struct arena *arena = arena_new();
  struct database *database = arena_alloc(arena, sizeof *database);
  *database = (struct database){
      .arena = arena, .path = arena_text(arena, path), .temporary = temporary_name(arena, path)};
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE;
  if (may_replace(path, failure) && !is_in_use(arena, path, failure)) {
    unlink(database->temporary); /* of a process that had this number and was killed */
    bool opened =
        sqlite3_open_v2(database->temporary, &database->sqlite, flags, NULL) == SQLITE_OK ||
        sqlite_failure(database, failure);
    if (opened &&
        run(database,
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "PRAGMA encoding = 'UTF-8'; PRAGMA locking_mode = EXCLUSIVE; BEGIN",
            failure))
      return database;
  }
  database_close(database);
  return NULL;
}

/* ---- tables ---- */

struct table {
  struct database *database;
  const char *name;
  const struct schema_field *field;
  size_t fields, columns; /* COLUMNS: the fields and further columns of numbers */
  bool has_primary;
  sqlite3_stmt *insert;
};

static const char *table_name(struct arena *arena, const char *file) {
  return arena_bytes(arena, file, strlen(file) - strlen(".csv"));
}

/* "name", whatever is in it. */
static const char *quoted(struct arena *arena, const char *name) {
  char *text = sqlite3_mprintf("\"%w\"", name);
  if (!text) out_of_memory();
  const char *copy = arena_text(arena, text);
  sqlite3_free(text);
  return copy;
}

/* Numbers that may have decimal places take no declared type: SQLite would turn text of many digits
 * into a REAL. */
static const char *declared_type(const char *type) {
  if (strcmp(type, "integer") == 0 || strcmp(type, "year") == 0) return " INTEGER";
  return strcmp(type, "number") == 0 ? "" : " TEXT";
}

static bool has_table(const struct database *database, const char *name) {
  sqlite3_stmt *found = NULL;
  const char *sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?";
  bool is_there = sqlite3_prepare_v2(database->sqlite, sql, -1, &found, NULL) == SQLITE_OK &&
                  sqlite3_bind_text(found, 1, name, -1, SQLITE_STATIC) == SQLITE_OK &&
                  sqlite3_step(found) == SQLITE_ROW;
  sqlite3_finalize(found);
  return is_there;
}

/* Calls ADD for every column that refers to a table that is there. */
static void for_each_reference(const struct table *table, FILE *sql,
                               void (*add)(const struct table *table, size_t column,
                                           const char *other, FILE *sql)) {
  for (size_t i = 0; i < table->fields; i++) {
    const char *file = table->field[i].refers_to;
    const char *other = *file ? table_name(table->database->arena, file) : "";
    if (*other && has_table(table->database, other)) add(table, i, other, sql);
  }
}

static void add_reference(const struct table *table, size_t column, const char *other, FILE *sql) {
  struct arena *arena = table->database->arena;
  const char *name = quoted(arena, table->field[column].name);
  fprintf(sql, ",\n  FOREIGN KEY (%s) REFERENCES %s (%s)", name, quoted(arena, other), name);
}

/* For what refers to another table and does not begin the primary key, which is an index itself. */
static void add_index(const struct table *table, size_t column, const char *other, FILE *sql) {
  (void)other;
  struct arena *arena = table->database->arena;
  if (column == 0 && table->field[0].is_primary) return;
  const char *name = table->field[column].name;
  fprintf(sql, "CREATE INDEX %s ON %s (%s);\n",
          quoted(arena, arena_format(arena, "%s_%s", table->name, name)),
          quoted(arena, table->name), quoted(arena, name));
}

static void write_primary_key(const struct table *table, FILE *sql) {
  const char *separator = ",\n  PRIMARY KEY (";
  for (size_t i = 0; i < table->fields; i++) {
    if (!table->field[i].is_primary) continue;
    fprintf(sql, "%s%s", separator, quoted(table->database->arena, table->field[i].name));
    separator = ", ";
  }
  if (table->has_primary) putc(')', sql);
}

/* The line before a column. */
static void write_comment(const char *description, bool is_first, FILE *sql) {
  fputs(is_first ? "\n  -- " : ",\n  -- ", sql);
  for (const char *c = description; *c; c++) putc(*c == '\n' || *c == '\r' ? ' ' : *c, sql);
  fputs("\n  ", sql);
}

/* Rows of a table with a primary key are kept in its order, and only once. */
static void write_definition(const struct table *table, const struct schema_column *extra,
                             FILE *sql) {
  struct arena *arena = table->database->arena;
  fprintf(sql, "CREATE TABLE %s (", quoted(arena, table->name));
  for (size_t i = 0; i < table->columns; i++) {
    bool is_extra = i >= table->fields;
    const char *name = is_extra ? extra[i - table->fields].name : table->field[i].name;
    write_comment(is_extra ? extra[i - table->fields].description : table->field[i].description,
                  i == 0, sql);
    fprintf(sql, "%s%s", quoted(arena, name), is_extra ? "" : declared_type(table->field[i].type));
    if (!is_extra && table->field[i].is_primary) fputs(" NOT NULL", sql);
  }
  write_primary_key(table, sql);
  for_each_reference(table, sql, add_reference);
  fputs(table->has_primary ? "\n) WITHOUT ROWID;\n" : "\n);\n", sql);
}

static void write_indexes(const struct table *table, const struct schema_column *extra, FILE *sql) {
  (void)extra;
  for_each_reference(table, sql, add_index);
}

static void write_insert(const struct table *table, const struct schema_column *extra, FILE *sql) {
  (void)extra;
  fprintf(sql, "INSERT INTO %s VALUES (", quoted(table->database->arena, table->name));
  for (size_t i = 0; i < table->columns; i++) fputs(i ? ", ?" : "?", sql);
  putc(')', sql);
}

/* What WRITE writes about TABLE; the caller frees it. */
static char *sql_of(const struct table *table, const struct schema_column *extra,
                    void (*write)(const struct table *table, const struct schema_column *extra,
                                  FILE *sql)) {
  char *sql = NULL;
  size_t length;
  FILE *file = open_memstream(&sql, &length);
  if (!file) out_of_memory();
  write(table, extra, file);
  if (fclose(file) != 0) out_of_memory();
  return sql;
}

/* Makes the table, and prepares the insertion of its rows. */
static bool define(struct table *table, const struct schema_column *extra,
                   struct failure *failure) {
  const struct database *database = table->database;
  char *definition = sql_of(table, extra, write_definition);
  char *insert = sql_of(table, extra, write_insert);
  bool done =
      run(database, definition, failure) &&
      (sqlite3_prepare_v2(database->sqlite, insert, -1, &table->insert, NULL) == SQLITE_OK ||
       sqlite_failure(database, failure));
  free(definition);
  free(insert);
  return done;
}

/* ---- rows ---- */

/* A number as exactly as SQLite can hold it. */
static int bind_number(sqlite3_stmt *insert, int column, const char *text) {
  size_t length = strlen(text), digits = 0;
  for (const char *c = text; *c; c++) digits += *c >= '0' && *c <= '9';
  bool is_whole = strspn(text, "-0123456789") == length;
  if (is_whole && digits <= 18) return sqlite3_bind_int64(insert, column, strtoll(text, NULL, 10));
  if (digits <= DOUBLE_DIGITS && strspn(text, "-.0123456789") == length)
    return sqlite3_bind_double(insert, column, strtod(text, NULL));
  return sqlite3_bind_text(insert, column, text, (int)length, SQLITE_STATIC);
}

static int bind_field(const struct table *table, size_t index, const char *text) {
  const struct schema_field *field = index < table->fields ? &table->field[index] : NULL;
  int column = (int)index + 1;
  if (*text == '\0' && !(field && field->is_primary))
    return sqlite3_bind_null(table->insert, column);
  bool is_text = field && strcmp(declared_type(field->type), " TEXT") == 0;
  return is_text ? sqlite3_bind_text(table->insert, column, text, -1, SQLITE_STATIC)
                 : bind_number(table->insert, column, text);
}

static bool take_row(void *context, size_t line, const char *const *fields,
                     struct failure *failure) {
  (void)line;
  const struct table *table = context;
  for (size_t i = 0; i < table->columns; i++)
    if (bind_field(table, i, fields[i]) != SQLITE_OK)
      return sqlite_failure(table->database, failure);
  bool added = sqlite3_step(table->insert) == SQLITE_DONE;
  if (!added) sqlite_failure(table->database, failure);
  sqlite3_reset(table->insert);
  return added;
}

bool database_add(struct database *database, const struct schema *schema, const char *name,
                  const char *csv, const struct schema_column *extra, size_t count,
                  struct failure *failure) {
  struct arena *arena = database->arena;
  struct table table = {.database = database, .name = table_name(arena, name)};
  table.field = schema_fields(schema, name, &table.fields);
  table.columns = table.fields + count;
  if (table.columns > SQLITE_COLUMNS) table.columns = SQLITE_COLUMNS;
  const char **columns = arena_array(arena, table.columns + 1, sizeof *columns);
  for (size_t i = 0; i < table.columns; i++) {
    bool is_extra = i >= table.fields;
    columns[i] = is_extra ? extra[i - table.fields].name : table.field[i].name;
    table.has_primary |= !is_extra && table.field[i].is_primary;
  }
  bool added = define(&table, extra, failure) && csv_read(csv, columns, take_row, &table, failure);
  sqlite3_finalize(table.insert);
  char *indexes = sql_of(&table, extra, write_indexes); /* at once is faster than row by row */
  added = added && run(database, indexes, failure);
  free(indexes);
  return added;
}

/* ---- the end ---- */

bool database_finish(struct database *database, struct failure *failure) {
  if (!run(database, "COMMIT", failure)) return false;
  if (sqlite3_close(database->sqlite) != SQLITE_OK) return sqlite_failure(database, failure);
  database->sqlite = NULL;
  int file = open(database->temporary, O_RDONLY | O_CLOEXEC);
  bool flushed = file >= 0 && fsync(file) == 0;
  if (!flushed) failure_set(failure, "cannot write '%s': %s", database->path, strerror(errno));
  if (file >= 0) close(file);
  return flushed;
}

bool database_commit(struct database *database, struct failure *failure) {
  return rename(database->temporary, database->path) == 0 ||
         failure_set(failure, "cannot replace '%s': %s", database->path, strerror(errno));
}

void database_close(struct database *database) {
  if (!database) return;
  sqlite3_close(database->sqlite);
  unlink(database->temporary);
  arena_free(database->arena);
}
