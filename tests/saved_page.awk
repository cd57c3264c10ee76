# A page of sample_page.awk as text, the way tools that save the text of web pages write tables: a bar behind each cell, cells
# that a span covers left out, short rows filled up with bars. -v fill=1 fills up; -v cell_a_line=1 breaks the line behind
# each bar; -v opened=1 has a bare bar before each row.
function end_row(    i, line) {
  line = opened ? "|\n" : ""
  for (i = 1; i <= cells; i++) line = line text[i] (text[i] == "" ? "|" : " |") (cell_a_line && i < cells ? "\n" : " ")
  for (i = width; fill && i < widest; i++) line = line "|"
  sub(/ $/, "", line)
  print line
  cells = width = 0
}
function text_of(line) {
  gsub(/<[^>]*>/, "", line)
  return line
}
FNR == 1 { pass++ }
pass == 1 && /<table/ { table++; columns = 0 }
pass == 1 && /<tr>/ { columns = 0 }
pass == 1 && /<td/ {
  columns += match($0, /colspan=[0-9]+/) ? substr($0, RSTART + 8) + 0 : 1
  if (columns > width_of[table]) width_of[table] = columns
}
pass == 1 { next }
/<table/ { widest = width_of[++shown]; next }
/<td/ {
  text[++cells] = text_of($0)
  width += 1
  next
}
/<\/tr>/ { end_row(); next }
/<p/ && !/&nbsp;/ { print text_of($0) }
