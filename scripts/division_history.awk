# Lists of divisions, one behind the other ("year,code,name", from the oldest on), in; datasets/places/divisions.csv out.
# A row is a name that a code had. It begins and ends with the lists that have it; what stands in the oldest or in the
# newest list has no beginning or no end. The first file tells successors that the lists do not show ("code,successor").
BEGIN { FS = OFS = "," }

FNR == 1 { file++ }
file == 1 { told[$1] = $2; next }

# What the lists group counties under, islands without a government, and Taiwan, Hong Kong and Macao.
$3 ~ /市辖区$|^县$|^市$|直辖/ || $2 ~ /^4603[23]|^46903[1-9]$/ && $3 ~ /群岛/ || $2 ~ /^(71|81|82)/ { next }

{
  if ($1 != year) { before[$1] = year; year = $1 }
  in_list[year, $2] = $3
  if (!(($2, $3) in first)) { code[++rows] = $2; name[rows] = $3; first[$2, $3] = year }
  last[$2, $3] = year
  newest[$2] = $3
}

function level(code) { return code ~ /0000$/ ? "province" : code ~ /00$/ ? "prefecture" : "county" }

function parent(row,    prefecture) {
  prefecture = substr(code[row], 1, 4) "00"
  if (level(code[row]) == "province") return ""
  if (level(code[row]) == "county" && (last[code[row], name[row]], prefecture) in in_list) return prefecture
  return substr(code[row], 1, 2) "0000"
}

# Zones are in the lists of the Bureau only, which are used from 2017 on.
function is_zone(row) { return code[row] ~ /7[1-9]$/ && level(code[row]) == "county" }

function begins(row) {
  return first[code[row], name[row]] == oldest || is_zone(row) && first[code[row], name[row]] == 2017 \
    ? "" : first[code[row], name[row]]
}
function ends(row) { return last[code[row], name[row]] == year ? "" : last[code[row], name[row]] }

# 章丘市 and 章丘区 share their stem.
function stem(name) {
  sub(/(地区|特区|市|县|区|旗)$/, "", name)
  return name
}

# 临夏州 for 临夏回族自治州: how an autonomous place is called without the names of its peoples; "" where nothing would
# be left of its name.
function spoken(name,    word, place) {
  if (name !~ /自治(州|县|旗)$/) return ""
  word = substr(name, length(name) - length("州") + 1)
  place = substr(name, 1, length(name) - length("自治州"))
  while (sub(/(蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族$|(蒙古|哈萨克|柯尔克孜|塔吉克)$/, "", place)) {}
  return length(place) < length("临夏") ? "" : place word
}

function follows(row, next_row) {
  return before[first[code[next_row], name[next_row]]] == last[code[row], name[row]] \
    && substr(code[row], 1, 2) == substr(code[next_row], 1, 2) && level(code[row]) == level(code[next_row])
}

# The row that takes the place of ROW: of the same name, else of the same code, else of the same stem.
function find_successors(kind,    row, next_row) {
  for (row = 1; row <= rows; row++) {
    if (ends(row) == "" || row in successor) continue
    for (next_row = 1; next_row <= rows; next_row++) {
      if (next_row == row || next_row in taken || !follows(row, next_row)) continue
      if (kind == "name" && name[row] != name[next_row]) continue
      if (kind == "code" && code[row] != code[next_row]) continue
      if (kind == "stem" && stem(name[row]) != stem(name[next_row])) continue
      successor[row] = code[next_row]
      taken[next_row]
      break
    }
  }
}

# The Bureau lists a prefecture without counties again as a county; and a code that stood in a list for a while,
# between lists that have the name with another code, is the Bureau's own.
function is_repeated(row,    other, prefecture) {
  prefecture = last[code[row], name[row]] SUBSEP substr(code[row], 1, 4) "00"
  if (level(code[row]) == "county" && prefecture in in_list && in_list[prefecture] == name[row]) return 1
  for (other = 1; other <= rows; other++)
    if (other != row && name[other] == name[row] && substr(code[other], 1, 2) == substr(code[row], 1, 2) \
        && first[code[other], name[other]] < first[code[row], name[row]] \
        && last[code[other], name[other]] > last[code[row], name[row]]) return 1
  return 0
}

END {
  for (key in before) if (before[key] == "") oldest = key
  for (row = 1; row <= rows; row++)
    if (ends(row) != "" && code[row] in told && name[row] == newest[code[row]]) successor[row] = told[code[row]]
  find_successors("name")
  find_successors("code")
  find_successors("stem")
  for (row = 1; row <= rows; row++)
    if (!is_repeated(row))
      print code[row], name[row], level(code[row]), parent(row), begins(row), ends(row), successor[row], spoken(name[row])
}
