# A report in the layout of Word conversions as a web page without spans, every cell a paragraph.
BEGIN { print "<html><body>" }
function end_cell() { if (cell) print "</p></td>"; cell = 0 }
function end_table() { if (table) print "</table>"; table = 0 }
/^\t/ {
  if (!table) print "<table>"
  if (!row) print "<tr>"
  end_cell()
  print "<td><p>" substr($0, 2)
  table = row = cell = 1
  next
}
/^$/ {
  end_cell()
  if (row) print "</tr>"; else end_table()
  row = 0
  next
}
cell { print "<br>" $0; next }
{ end_table(); print "<p>" $0 "</p>" }
END { end_table(); print "</body></html>" }
