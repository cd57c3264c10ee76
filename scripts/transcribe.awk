# transcribe.awk: the tables of a real report as a page, from a list of its values (variable,category,value). The tables are as
# published, the sentences are ours.
#   awk -v form=2021 -v year=2023 -v organ=… -v title=… -v address=… -f scripts/transcribe.awk VALUES >PAGE
# form: 2019 or 2021 (the national forms), or fujian (the provincial table before them).
BEGIN {
  FS = ","
  split("natural_person business research public_interest legal_service other_organization total", applicant, " ")
}
FNR > 1 { value[$1, $2] = $3; known[$1] = 1 }

function cell(text, attributes) { return "<td" (attributes == "" ? "" : " " attributes) ">" text "</td>" }
function got(variable, category) { return value[variable, category] }

# One row of a table of section 2: LABEL and the values of VARIABLES.
function row2(label, variables,    names, i, n, row) {
  n = split(variables, names, " ")
  row = cell(label)
  for (i = 1; i <= n; i++) row = row cell(got(names[i], ""))
  print "<tr>" row "</tr>"
}
function table2(item, heading, columns,    names, n) {
  n = split(heading, names, "|")
  print "<table border=\"1\"><tr>" cell("第二十条第（" item "）项", "colspan=\"" n "\"") "</tr>"
  gsub(/\|/, "</td><td>", heading)
  print "<tr>" cell(heading) "</tr>"
}
function section2() {
  print "<p>二、主动公开政府信息情况</p>"
  if (form == 2019) {
    table2("一", "信息内容|本年新制作数量|本年新公开数量|对外公开总数量")
    row2("规章", "regulations.made regulations.published regulations.public_total")
    row2("规范性文件", "normative_documents.made normative_documents.published normative_documents.public_total")
    print "</table>"
    table2("五", "信息内容|上一年项目数量|本年增/减|处理决定数量")
    row2("行政许可", "licensing.items_previous_year licensing.items_change licensing.decisions")
    row2("其他对外管理服务事项", "other_services.items_previous_year other_services.items_change other_services.decisions")
    print "</table>"
    table2("六", "信息内容|上一年项目数量|本年增/减|处理决定数量")
    row2("行政处罚", "penalties.items_previous_year penalties.items_change penalties.decisions")
    row2("行政强制", "coercion.items_previous_year coercion.items_change coercion.decisions")
    print "</table>"
    table2("八", "信息内容|上一年项目数量|本年增/减")
    row2("行政事业性收费", "fees.items_previous_year fees.items_change")
    print "</table>"
    table2("九", "信息内容|采购项目数量|采购总金额（单位：万元）")
    row2("政府集中采购", "procurement.projects procurement.amount")
    print "</table>"
    return
  }
  table2("一", "信息内容|本年制发件数|本年废止件数|现行有效件数")
  row2("规章", "regulations.issued regulations.repealed regulations.in_force")
  row2("行政规范性文件", "normative_documents.issued normative_documents.repealed normative_documents.in_force")
  print "</table>"
  table2("五", "信息内容|本年处理决定数量")
  row2("行政许可", "licensing.decisions")
  print "</table>"
  table2("六", "信息内容|本年处理决定数量")
  row2("行政处罚", "penalties.decisions")
  row2("行政强制", "coercion.decisions")
  print "</table>"
  table2("八", "信息内容|本年收费金额（单位：万元）")
  row2("行政事业性收费", "fees.amount")
  print "</table>"
}

# A row of section 3: HEAD, its cells of labels, and the values of VARIABLE by applicant.
function row3(head, variable,    i) {
  for (i = 1; i in applicant; i++) head = head cell(got(variable, applicant[i]))
  print "<tr>" head "</tr>"
}
# The rows of a GROUP of outcomes: labels and variables by turns in LIST.
function group3(group, list,    part, n, i, head) {
  n = split(list, part, "|")
  for (i = 1; i < n; i += 2) {
    head = i == 1 ? cell(group, "rowspan=\"" n / 2 "\"") : ""
    row3(head cell(part[i]), part[i + 1])
  }
}
function section3(    rows) {
  rows = form == 2019 ? 20 : 22
  print "<p>三、收到和处理政府信息公开申请情况</p>"
  print "<table border=\"1\"><tr>" cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "colspan=\"3\" rowspan=\"3\"") \
    cell("申请人情况", "colspan=\"7\"") "</tr>"
  print "<tr>" cell("自然人", "rowspan=\"2\"") cell("法人或其他组织", "colspan=\"5\"") cell("总计", "rowspan=\"2\"") "</tr>"
  print "<tr>" cell("商业企业") cell("科研机构") cell("社会公益组织") cell("法律服务机构") cell("其他") "</tr>"
  row3(cell("一、本年新收政府信息公开申请数量", "colspan=\"3\""), "requests.received")
  row3(cell("二、上年结转政府信息公开申请数量", "colspan=\"3\""), "requests.carried_in")
  row3(cell("三、本年度办理结果", "rowspan=\"" rows "\"") cell("（一）予以公开", "colspan=\"2\""), "outcome.granted")
  row3(cell("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "colspan=\"2\""), "outcome.partial")
  group3("（三）不予公开", "1.属于国家秘密|outcome.denied.state_secret|2.其他法律行政法规禁止公开|outcome.denied.other_law|" \
    "3.危及“三安全一稳定”|outcome.denied.security_stability|4.保护第三方合法权益|outcome.denied.third_party|" \
    "5.属于三类内部事务信息|outcome.denied.internal_affairs|6.属于四类过程性信息|outcome.denied.process_information|" \
    "7.属于行政执法案卷|outcome.denied.enforcement_file|8.属于行政查询事项|outcome.denied.administrative_inquiry")
  group3("（四）无法提供", "1.本机关不掌握相关政府信息|outcome.unable.not_held|2.没有现成信息需要另行制作|outcome.unable.needs_creation|" \
    "3.补正后申请内容仍不明确|outcome.unable.still_unclear")
  group3("（五）不予处理", "1.信访举报投诉类申请|outcome.declined.petition|2.重复申请|outcome.declined.repeat|" \
    "3.要求提供公开出版物|outcome.declined.publication|4.无正当理由大量反复申请|outcome.declined.excessive|" \
    "5.要求行政机关确认或重新出具已获取信息|outcome.declined.confirm_or_reissue")
  if (form == 2019)
    row3(cell("（六）其他处理", "colspan=\"2\""), "outcome.other")
  else
    group3("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请|outcome.other.not_corrected|" \
      "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|outcome.other.fee_unpaid|3.其他|outcome.other.other")
  row3(cell("（七）总计", "colspan=\"2\""), "outcome.total")
  row3(cell("四、结转下年度继续办理", "colspan=\"3\""), "requests.carried_out")
  print "</table>"
}
function section4(    name, i, j, rows, heading, figures) {
  split("review litigation_direct litigation_after_review", name, " ")
  split("upheld corrected other pending total", rows, " ")
  print "<p>四、政府信息公开行政复议、行政诉讼情况</p>"
  print "<table border=\"1\"><tr>" cell("行政复议", "colspan=\"5\" rowspan=\"2\"") cell("行政诉讼", "colspan=\"10\"") "</tr>"
  print "<tr>" cell("未经复议直接起诉", "colspan=\"5\"") cell("复议后起诉", "colspan=\"5\"") "</tr>"
  for (i = 1; i <= 3; i++) heading = heading cell("结果维持") cell("结果纠正") cell("其他结果") cell("尚未审结") cell("总计")
  for (i = 1; i <= 3; i++) for (j = 1; j <= 5; j++) figures = figures cell(got(name[i] "." rows[j], ""))
  print "<tr>" heading "</tr>"
  print "<tr>" figures "</tr></table>"
}

function line(label, unit, variable) {
  if (variable in known) print "<tr>" cell(label) cell(unit) cell(got(variable, "")) "</tr>"
}
function provincial() {
  print "<p>附表：政府信息公开情况统计表</p>"
  print "<table border=\"1\"><tr>" cell("指标名称") cell("计量单位") cell(year "年度") "</tr>"
  line("主动公开文件数", "条", "form2014.disclosure_items")
  line("其中：1、政府网站公开数", "条", "form2014.channel.website")
  line("2、政府公报公开数", "条", "form2014.channel.gazette")
  line("受理依申请公开信息总数", "条", "form2014.requests.received")
  line("其中：1、当面申请数", "条", "form2014.requests.in_person")
  line("2、网上申请数", "条", "form2014.requests.online")
  line("3、传真申请数", "条", "form2014.requests.fax")
  line("4、信函申请数", "条", "form2014.requests.letter")
  line("对申请的答复总数", "条", "form2014.replies.total")
  line("其中：1、同意公开答复数", "条", "form2014.replies.granted")
  line("2、同意部分公开答复数", "条", "form2014.replies.partial")
  line("3、不予公开答复数", "条", "form2014.replies.denied")
  line("行政复议数", "件", "form2014.review.total")
  line("行政诉讼数", "件", "form2014.litigation.total")
  print "</table>"
}

# The sentence of the overview: figures of the tables, in our words.
function overview() {
  if (form == "fujian")
    return "全年主动公开政府信息" got("form2014.disclosure_items", "") "条，收到政府信息公开申请" got("form2014.requests.received", "") "件。"
  return "全年收到政府信息公开申请" got("requests.received", "total") "件，上年结转" got("requests.carried_in", "total") "件，办结" \
    got("outcome.total", "total") "件，结转下年度继续办理" got("requests.carried_out", "total") "件。"
}

END {
  print "<!DOCTYPE html>"
  print "<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>" title "</title></head><body>"
  print "<h1>" title "</h1>"
  print "<p>（转录样本：表格和数字照原报告抄录，叙述文字由本项目改写。）</p>"
  print "<p>本报告由" organ "按《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自" year "年1月1日起至" year "年12月31日止。编制机关地址：" \
    address "。</p>"
  print "<p>一、总体情况</p>"
  print "<p>" overview() "</p>"
  if (form == "fujian")
    provincial()
  else {
    section2()
    section3()
    section4()
    print "<p>五、存在的主要问题及改进情况</p><p>略。</p>"
    print "<p>六、其他需要报告的事项</p><p>无。</p>"
  }
  print "</body></html>"
}
