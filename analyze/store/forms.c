/* Finds the form of a section by its rows. Knows the forms only from the codebook. */
#include "analyze/store/forms.h"

#include <string.h>

enum { MOST_FORMS = 8 };

struct section {
  const char *name;
  bool seen;
  form_set evidence; /* forms of rows that only one form prints, among those named */
};

struct forms {
  struct arena *arena;
  const struct codebook *codebook;
  LIST_OF(const char *) names;
  LIST_OF(struct section) sections;
  form_set *forms_of;   /* by variable: the forms that print it; empty for any */
  size_t *section_of;   /* by variable */
  const char **text_of; /* by set: its words */
  struct section_forms *told;
  form_set named;
};

static bool is_word(const char *text, size_t length, const char *word) {
  return strlen(word) == length && memcmp(text, word, length) == 0;
}

static size_t name_index(const struct forms *forms, const char *text, size_t length) {
  size_t i = 0;
  while (i < forms->names.count && !is_word(text, length, forms->names.item[i])) i++;
  return i;
}

static void learn_names(struct forms *forms, const char *text) {
  for (size_t length; *(text += strspn(text, " ")); text += length) {
    length = strcspn(text, " ");
    if (!is_word(text, length, "any") && name_index(forms, text, length) == forms->names.count)
      *list_add(forms->arena, &forms->names) = arena_bytes(forms->arena, text, length);
  }
}

form_set forms_from(const struct forms *forms, const char *text) {
  form_set set = 0;
  for (size_t length; *(text += strspn(text, " ")); text += length) {
    length = strcspn(text, " ");
    size_t i = name_index(forms, text, length);
    if (i < forms->names.count) set |= (form_set)1 << i;
  }
  return set;
}

static size_t section_index(struct forms *forms, const char *name) {
  for (size_t i = 0; i < forms->sections.count; i++)
    if (strcmp(forms->sections.item[i].name, name) == 0) return i;
  *list_add(forms->arena, &forms->sections) = (struct section){.name = name};
  return forms->sections.count - 1;
}

static void write_words(struct forms *forms) {
  form_set sets = (form_set)1 << forms->names.count;
  forms->text_of = arena_array(forms->arena, sets, sizeof *forms->text_of);
  for (form_set set = 0; set < sets; set++) {
    const char *text = "";
    for (size_t i = 0; i < forms->names.count; i++)
      if (set & (form_set)1 << i)
        text = arena_format(forms->arena, "%s%s%s", text, *text ? " " : "", forms->names.item[i]);
    forms->text_of[set] = text;
  }
}

struct forms *forms_new(struct arena *arena, const struct codebook *codebook,
                        struct failure *failure) {
  struct forms *forms = arena_alloc(arena, sizeof *forms);
  forms->arena = arena;
  forms->codebook = codebook;
  forms->forms_of = arena_array(arena, codebook->variables, sizeof *forms->forms_of);
  forms->section_of = arena_array(arena, codebook->variables, sizeof *forms->section_of);
  for (size_t i = 0; i < codebook->variables; i++) learn_names(forms, codebook->variable[i].forms);
  if (forms->names.count > MOST_FORMS) {
    failure_set(failure, "the codebook has more than %d forms", MOST_FORMS);
    return NULL;
  }
  for (size_t i = 0; i < codebook->variables; i++) {
    forms->forms_of[i] = forms_from(forms, codebook->variable[i].forms);
    forms->section_of[i] = section_index(forms, codebook->variable[i].section);
  }
  write_words(forms);
  forms->told = arena_array(arena, forms->sections.count, sizeof *forms->told);
  return forms;
}

void forms_begin(struct forms *forms, form_set named) {
  forms->named = named;
  for (size_t i = 0; i < forms->sections.count; i++) {
    forms->sections.item[i].seen = false;
    forms->sections.item[i].evidence = 0;
  }
}

static bool is_single(form_set set) {
  return set != 0 && (set & (set - 1)) == 0;
}

void forms_see(struct forms *forms, const struct variable *variable) {
  size_t index = (size_t)(variable - forms->codebook->variable);
  struct section *section = &forms->sections.item[forms->section_of[index]];
  form_set printing = forms->forms_of[index];
  if (printing == 0) return; /* in any form: tells nothing */
  /* A row of a form that the report does not name is there all the same. */
  form_set among_named = printing & forms->named;
  form_set possible = among_named ? among_named : printing;
  section->seen = true;
  if (is_single(possible)) section->evidence |= possible;
}

const char *forms_words(const struct forms *forms, form_set set) {
  return set ? forms->text_of[set] : "any";
}

void forms_tell(struct forms *forms, struct observations *observations) {
  observations->section = forms->told;
  observations->sections = 0;
  for (size_t i = 0; i < forms->sections.count; i++) {
    const struct section *section = &forms->sections.item[i];
    form_set set = section->evidence ? section->evidence : forms->named;
    if (section->seen && set)
      forms->told[observations->sections++] =
          (struct section_forms){section->name, forms_words(forms, set)};
  }
}
