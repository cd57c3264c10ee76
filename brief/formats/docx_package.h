/* The container of a Word file (ECMA-376 part 2): what the page says, and the parts that are alike
 * in all. Knows no page. */
#ifndef OGISTAT_BRIEF_FORMATS_DOCX_PACKAGE_H
#define OGISTAT_BRIEF_FORMATS_DOCX_PACKAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/failure.h"
#include "core/base/markup.h"

struct docx_package {
  const char *title, *description;
  const char *language;          /* "zh", "en" */
  struct markup body;            /* of the document, its section's properties included */
  struct markup links;           /* the relations that the body names, beside those to pictures */
  size_t lists;                  /* how many, numbered from 1 on */
  LIST_OF(const char *) picture; /* paths (.png, .emf); the relations image1, image2 … */
};

/* Writes PACKAGE to FILE, with the styles and settings in the folder DATASETS/word: the same bytes
 * for the same content at any time and place. False with the reason;
 * whether all could be written, FILE tells. */
bool docx_package_write(struct arena *arena, const struct docx_package *package,
                        const char *datasets, FILE *file, struct failure *failure);

#endif
