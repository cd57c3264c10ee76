# Holds a dataset against the truth of a made-up panel. -v truth=FOLDER -v data=FOLDER -v districts=PATTERN (of the report ids
# that were given) -v charts=0|1 (whether the format keeps a chart's numbers).
# Prints, parted by tabs:
#   wrong KIND WHAT                                        a difference; KIND says of what
#   fault KIND PLANTED FOUND DETERMINED NAMED BLAMED       one kind of fault: how often it was planted and found; how many cells
#                                                          the rules determine, and named; how often a cell was blamed otherwise
#   values|reports|failures NUMBER                         what was as it should be

function fields(line,    n, quoted, c, i, cell) { # a line of CSV into f[1..]
  if (index(line, "\"") == 0) return split(line, f, ",")
  n = 1
  cell = ""
  for (i = 1; i <= length(line); i++) {
    c = substr(line, i, 1)
    if (c == "\"") quoted = !quoted
    else if (c == "," && !quoted) { f[n++] = cell; cell = "" }
    else cell = cell c
  }
  f[n] = cell
  return n
}
function wrong(kind, id, what) { print "wrong\t" kind "\t" id ": " what }
# The file's name without folder and ending: the same in every format.
function base(path) {
  sub(/^.*\//, "", path)
  sub(/\.[a-z]+$/, "", path)
  return path
}
function kind_of(id) { return id in fault_of ? fault_of[id] : "" }
function cell_of(variable, category) { return category == "" ? variable : variable "/" category }

# ---- what is known ----

function learn_files(    line, file) {
  while ((getline line < (truth "/truth_files.csv")) > 0) {
    if (fields(line) < 3 || f[2] !~ districts) continue
    file = base(f[1])
    if (f[3] != "") reason[file] = f[3]
    if (f[2] ~ /-office$/) office[file] = f[2]
    else gives[file] = f[2]
    if (f[3] == "") awaited[f[2]] = 1
  }
}
function learn_values(    line, key) {
  while ((getline line < (truth "/truth_values.csv")) > 0) {
    if (fields(line) < 5 || f[1] !~ districts || (!charts && f[2] == "key_area.items")) continue
    key = f[1] "," f[2] "," f[3]
    value[key] = f[4]
    status[key] = f[5]
  }
}
function learn_failures(    line) {
  while ((getline line < (truth "/truth_failures.csv")) > 0)
    if (fields(line) >= 2 && f[1] ~ districts) fails[f[1] "," f[2] "," f[3]] = 1
}
function learn_faults(    line) {
  while ((getline line < (truth "/truth_faults.csv")) > 0) {
    if (fields(line) < 7 || f[1] !~ districts) continue
    fault_of[f[1]] = f[2]
    determined[f[1]] = f[7] == "yes" && f[3] != "" && f[2] !~ /^blank/
    cell[f[1]] = cell_of(f[3], f[4])
    planted_value[f[1], cell[f[1]]] = f[6]
    misprint[f[1]] = f[5]
    actual[f[1]] = f[6]
  }
}
function learn_coverage(    line) {
  while ((getline line < (truth "/truth_coverage.csv")) > 0)
    if (fields(line) >= 3 && f[1] ~ districts) state[f[1] "-" f[2]] = f[3]
}

# ---- what was found ----

# The report of the truth that was read from FILE: its office's, its own, or none.
function report_of(file, organ) {
  if (organ ~ /办公室$/ && file in office) return office[file]
  if (!(gives[file] in awaited) || (file in reason && reason[file] != "duplicate")) return ""
  return gives[file]
}
function see_reports(    line, file, id, parts) {
  while ((getline line < (data "/reports.csv")) > 0) {
    if (fields(line) < 10 || f[1] == "report_id") continue
    file = base(f[10])
    id = report_of(file, f[3])
    if (id == "") { wrong("report", file, "gives the report " f[1] ", which is none"); continue }
    if (id in seen) wrong("report", id, "found twice")
    seen[id] = 1
    truth_id[f[1]] = id
    reports++
    split(id, parts, "-")
    if (id !~ /office/ && f[1] != id) wrong("identity", id, "is called " f[1])
    if (f[2] != parts[1]) wrong("identity", id, "the division is '" f[2] "'")
    if (f[4] != parts[2]) wrong("identity", id, "the year is '" f[4] "'")
  }
  for (id in awaited)
    if (!(id in seen)) wrong("report", id, "not found")
}
# True where a part of the report may be rejected for REASON, as its fault has it.
function is_due(id, reason) {
  return (kind_of(id) == "rows_run_together" && reason == "row_not_understood") || (kind_of(id) == "wrong_year_in_title" && reason == "year_conflict")
}
function see_rejects(    line, file, id) {
  while ((getline line < (data "/rejects.csv")) > 0) {
    if (fields(line) < 3 || f[1] == "source") continue
    file = base(f[1])
    id = gives[file]
    rejected[id, f[3]] = 1
    if (f[3] == "duplicate") duplicates[id] = duplicates[id] " " file
    else if (file in reason && reason[file] == f[3]) told[file] = 1
    else if (!is_due(id, f[3])) wrong("reject", id, file ": " f[3] ", " f[4])
  }
  # of files with the same values either may be kept
  for (id in duplicates)
    if (split(duplicates[id], f, " ") != 1 || kind_of(id) !~ /^(duplicate|issued_again)/) wrong("report", id, "duplicates:" duplicates[id])
  for (file in reason)
    if (!(file in told) && !(reason[file] == "duplicate" && gives[file] in duplicates)) wrong("report", gives[file], file " is not rejected as " reason[file])
}
function see_value(id, key, found_value, found_status) {
  found[key] = 1
  if (!(key in value)) wrong("value", id, key " is read as '" found_value "' (" found_status "), and is not there")
  else if (status[key] ~ /^(unreadable|absent)$/) { # it may follow from others
    if (found_status != "reported" && (found_value == "" || found_value == value[key])) return
    misread[id] = 1
    wrong("value", id, key " is read as '" found_value "' (" found_status "), and cannot be read")
  } else if (status[key] == "deduced" && found_status == "blank") {
    undeduced[id] = 1
    wrong("deduced", id, key " is not deduced")
  } else if (found_value != value[key] || found_status != status[key])
    wrong("value", id, key " is read as '" found_value "' (" found_status "), not '" value[key] "' (" status[key] ")")
  else values++
}
function see_values(    line, key) {
  while ((getline line < (data "/observations.csv")) > 0) {
    if (fields(line) < 6 || !(f[1] in truth_id) || (!charts && f[2] == "key_area.items")) continue
    see_value(truth_id[f[1]], truth_id[f[1]] "," f[2] "," f[3], f[4], f[6])
  }
  for (key in value) {
    split(key, f, ",")
    if (key in found || status[key] ~ /^(unreadable|absent)$/ || !(f[1] in seen)) continue
    if (status[key] == "deduced") undeduced[f[1]] = 1
    wrong("value", f[1], key " is not read")
  }
}
function class_of(rule) { return rule ~ /^carried_over$|_items_previous_year$|_in_force$/ ? "across_years" : rule ~ /^form2014/ ? "form2014" : "failure" }
# Where sources of one report differ: only where one was issued again.
function see_differences(    line, id) {
  while ((getline line < (data "/duplicates.csv")) > 0) {
    if (fields(line) < 7 || !(f[1] in truth_id) || (!charts && f[2] == "key_area.items")) continue
    id = truth_id[f[1]]
    if (cell_of(f[2], f[3]) == cell[id] && f[4] == actual[id] && f[7] == misprint[id]) shown[id] = 1
    else wrong("difference", id, cell_of(f[2], f[3]) " is " f[4] " and " f[7])
  }
}
function see_failures(    line, id, rule, suspect, key) {
  while ((getline line < (data "/edit_failures.csv")) > 0) {
    if (fields(line) < 8 || !(f[1] in truth_id)) continue
    id = truth_id[f[1]]
    rule = f[2] (f[17] == "" ? "" : ":" f[17])
    suspect = f[7] (f[16] == "" ? "" : "/" f[16])
    key = id "," rule "," f[3]
    failed[key] = 1
    if (key in fails) failures++
    else wrong(class_of(f[2]), id, key " holds, and is told to fail")
    if (suspect == cell[id] && f[8] == actual[id]) named[id] = 1
    else if (suspect != "" && !((id, suspect) in planted_value && planted_value[id, suspect] == f[8])) blamed[id] = suspect " = " f[8]
  }
  for (key in fails) {
    split(key, f, ",")
    if (key in failed || !(f[1] in seen)) continue
    untold[f[1]] = class_of(f[2])
    wrong(untold[f[1]], f[1], key " fails, and is not told")
  }
}
function see_coverage(    line, key) {
  while ((getline line < (data "/coverage.csv")) > 0) {
    if (fields(line) < 3 || f[1] == "division") continue
    key = f[1] "-" f[2]
    covered[key] = 1
    if (state[key] != f[3]) wrong("coverage", key, "is '" f[3] "', not '" state[key] "'")
  }
  for (key in state)
    if (!(key in covered)) wrong("coverage", key, "is not there, and should be '" state[key] "'")
}

# ---- faults ----

function is_found(id, kind) {
  if (kind ~ /^(missing_year|scanned|empty_file|cut_off_file)$/) return !(id in seen) # and its file is told, or its year
  if (kind == "wrong_year_in_title") return (id, "year_conflict") in rejected
  if (kind == "rows_run_together") return (id, "row_not_understood") in rejected
  if (kind ~ /^duplicate/) return (id, "duplicate") in rejected
  if (kind == "issued_again") return id in shown
  if (kind == "explanation_page") return (id "-explained") in told
  if (kind == "two_reports_in_file") return (id "-office") in seen
  if (kind ~ /^blank/) return id in seen && !(id in undeduced)
  if (kind ~ /^(empty_row_left_out|row_lost)$/) return id in seen && !(id in misread)
  return id in seen && !(id in untold)
}
function count_faults(    id, kind) {
  for (id in fault_of) {
    kind = fault_of[id]
    planted[kind]++
    if (is_found(id, kind)) discovered[kind]++
    else wrong(kind ~ /^blank/ ? "deduced" : id in untold ? untold[id] : "fault", id, "the " kind " is not found")
    if (!determined[id]) { elsewise[kind] += id in blamed; continue }
    sure[kind]++
    if (id in named && !(id in blamed)) right[kind]++
    else print "unnamed\t" id ": the " kind " is " cell[id] " = " actual[id] ", blamed is " (id in blamed ? blamed[id] : "none")
  }
  for (kind in planted)
    print "fault\t" kind "\t" planted[kind] "\t" discovered[kind] + 0 "\t" sure[kind] + 0 "\t" right[kind] + 0 "\t" elsewise[kind] + 0
}

BEGIN {
  learn_files()
  learn_values()
  learn_failures()
  learn_faults()
  learn_coverage()
  see_reports()
  see_rejects()
  see_values()
  see_differences()
  see_failures()
  see_coverage()
  count_faults()
  print "values\t" values + 0
  print "reports\t" reports + 0
  print "failures\t" failures + 0
}
