# A sample report, as `ogi-ingest --dump` prints it, as a web page that a browser or an office program can print.
# -v style=CSS -v border=0|1. The sample lost the spans of its tables; they are put back by what the widest row tells of the table.
BEGIN {
  print "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>"
  print "body { font-family: 'Noto Serif CJK SC'; font-size: 12pt } p { text-indent: 2em }"
  print "p.top { text-align: center; text-indent: 0; font-size: 18pt } table { width: 100%; font-size: 10pt }"
  print style
  print "</style></head><body><p>&nbsp;</p>" # LibreOffice loses the first paragraph of a page when it prints
}

function is_blank(i, j) { return i <= rows && j <= cells[i] && text[i, j] == "" }

function blanks_below(i, j,    count) {
  while (is_blank(i + count + 1, j) && cells[i + count + 1] > j + 6) count++
  return count
}

# Where joined cells stand once, and nothing for what they cover: the column of a label tells how deep it stands.
function column_of(label) { return label ~ /^[0-9]/ ? 3 : label ~ /^（/ ? 2 : 1 }
function rows_below(i, column,    count) {
  while (i + count < rows && column_of(text[i + count + 1, 1]) > column) count++
  return count
}
function find_lean_spans(i, j,    column) {
  if (widest == 15) {
    if (i < 3) columns = i == 1 && j == 2 ? 10 : 5
    if (i == 1 && j == 1) reach = 2
  } else if (i == 1) {
    columns = j == 1 ? 3 : 7
    if (j == 1) reach = 3
  } else if (i == 2) {
    if (j == 2) columns = 5
    else reach = 2
  } else if (i > 3 && j <= cells[i] - 7) {
    column = column_of(text[i, j])
    if (j == cells[i] - 7) columns = 4 - column
    else reach = 1 + rows_below(i, column)
  }
}

# Sets columns and reach (0: the cell above reaches down here).
function find_spans(i, j,    last) {
  columns = reach = 1
  if ((widest == 15 && cells[2] == 2) || (widest == 9 && cells[2] == 3)) {
    find_lean_spans(i, j)
  } else if (widest == 15) {
    if (i == 1) columns = j == 1 ? 5 : 10
    else if (i == 2 && j > 5) columns = 5
    else if (i == 2) reach = 2
    else if (i == 3 && is_blank(i, j)) reach = 0
  } else if (widest == 10) {
    last = cells[i] - 7
    if (i == 1 && j == 1) columns = reach = 3
    else if (i == 1) columns = 7
    else if (i <= 3 && is_blank(i, j)) reach = 0
    else if (i == 2 && j == 3) columns = 5
    else if (i == 2) reach = 2
    else if (i > 3 && j < last && is_blank(i, j)) reach = 0
    else if (i > 3 && j < last) reach = 1 + blanks_below(i, j)
    else if (i > 3 && j == last) columns = 11 - cells[i]
  } else if (j == cells[i]) {
    columns = 5 - cells[i]
  }
}

function end_table(    i, j) {
  if (!rows) return
  print "<table border=" border " cellspacing=0>"
  for (i = 1; i <= rows; i++) {
    print "<tr>"
    for (j = 1; j <= cells[i]; j++) {
      find_spans(i, j)
      if (!reach) continue
      print "<td" (columns > 1 ? " colspan=" columns : "") (reach > 1 ? " rowspan=" reach : "") \
        (text[i, j] ~ /^[-+0-9.]+$/ ? " align=center>" : ">") text[i, j] "</td>"
    }
    print "</tr>"
  }
  print "</table>"
  rows = widest = 0
}

/^  row / {
  rows++
  line = $0
  sub(/^  row [0-9]+: \[/, "", line)
  sub(/\]$/, "", line)
  cells[rows] = split(line, part, /\] \[/)
  for (j = 1; j <= cells[rows]; j++) text[rows, j] = part[j]
  if (cells[rows] > widest) widest = cells[rows]
  next
}
{ end_table() }
/^paragraph / {
  number = $2 + 0
  sub(/^paragraph [0-9]+: /, "")
  print (number < 3 ? "<p class=top>" : "<p>") $0 "</p>"
}
END { end_table(); print "</body></html>" }
