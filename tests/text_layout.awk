# A report in the layout of Word conversions with its tables written otherwise. -v before= between= after= around each
# cell; blank= for an empty one; rule=1 for the line under the heading that Markdown wants.
function flush(    i, j, n) {
  for (i = 1; i <= rows; i++) {
    n = split(row[i], cell, "\001")
    printf "%s", before
    for (j = 1; j <= n; j++) printf "%s%s", (j > 1 ? between : ""), (cell[j] == "" ? blank : cell[j])
    print after
    if (i == 1 && rule) {
      printf "|"
      for (j = 1; j <= n; j++) printf "---|"
      print ""
    }
  }
  rows = open = 0
}
/^\t/ && open { row[rows] = row[rows] "\001" substr($0, 2); next }
/^\t/ { row[++rows] = substr($0, 2); open = 1; next }
/^$/ && open { open = 0; next }
open { row[rows] = row[rows] $0; next }
{ flush(); print }
END { flush() }
