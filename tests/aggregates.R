# Aggregates recomputed from their definitions: governments as clusters, matched panels with the jackknife, what is left
# without broken rules, and bounds under blank cells. Base R only.
#   aggregates.R make FOLDER     writes a made-up dataset (division codes that do not exist) and covariates.csv beside it
#   aggregates.R compare FOLDER  holds FOLDER/analysis against R
tolerance <- 1e-9
years <- 2021:2024

make_truth <- function() {
  set.seed(41)
  organs <- data.frame(division = c(sprintf("9901%02d", 1:8), sprintf("9902%02d", 1:4)), kind = "government")
  organs <- rbind(organs, data.frame(division = c("990101", "990201"), kind = "department"))
  truth <- merge(organs, data.frame(year = years))
  # not every government reports every year
  truth <- truth[!(truth$kind == "government" & (truth$division == "990103" & truth$year == 2022 |
    truth$division == "990108" & truth$year < 2023 | truth$division == "990204" & truth$year == 2024)), ]
  truth <- truth[order(truth$division, truth$kind, truth$year), ]
  n <- nrow(truth)
  truth$total <- sample(20:400, n, TRUE)
  level <- setNames(runif(14, 0.2, 0.8), paste(organs$division, organs$kind))[paste(truth$division, truth$kind)]
  truth$granted <- rbinom(n, truth$total, level)
  truth$partial <- pmin(truth$total - truth$granted, rpois(n, 5))
  truth$received <- truth$total + sample(0:20, n, TRUE)
  truth$people <- sample(c(41000, 90000, 250000), n, TRUE)
  truth$id <- paste0(truth$division, "-", truth$year, ifelse(truth$kind == "government", "", "-d"))
  of_government <- truth$kind == "government"
  truth$failed <- of_government & (truth$division %in% c("990102", "990202") & truth$year != 2022)
  truth$blank <- ""
  truth$blank[of_government & truth$division == "990105" & truth$year %in% c(2022, 2024)] <- "granted"
  truth$blank[of_government & truth$division == "990106" & truth$year %in% c(2023, 2024)] <- "total"
  truth
}

# Reports of departments that print all outcomes: of some the parts granted and partial are blank, of the others granted and
# the total.
outcomes <- c(paste0("outcome.denied.", c("state_secret", "other_law", "security_stability", "third_party", "internal_affairs", "process_information",
  "enforcement_file", "administrative_inquiry")), paste0("outcome.unable.", c("not_held", "needs_creation", "still_unclear")),
  paste0("outcome.declined.", c("petition", "repeat", "publication", "excessive", "confirm_or_reissue")),
  paste0("outcome.other.", c("not_corrected", "fee_unpaid", "other")))
make_whole <- function() {
  set.seed(42)
  whole <- data.frame(division = sprintf("9903%02d", 1:6), year = 2024)
  whole$id <- paste0(whole$division, "-2024-d")
  whole$blank <- rep(c("parts", "total"), 3)
  cbind(whole, matrix(rpois(6 * length(outcomes), 3), 6, dimnames = list(NULL, outcomes)), outcome.granted = rpois(6, 40), outcome.partial = rpois(6, 5))
}
rows_of <- function(whole) {
  value <- unlist(whole[c(outcomes, "outcome.granted", "outcome.partial")])
  value["outcome.total"] <- sum(value)
  value[if (whole$blank == "parts") c("outcome.granted", "outcome.partial") else c("outcome.granted", "outcome.total")] <- NA
  data.frame(report_id = whole$id, variable = names(value), category = "total", value = value)
}

save <- function(table, path) write.csv(table, path, row.names = FALSE, quote = FALSE, na = "")

make_dataset <- function(folder) {
  truth <- make_truth()
  saveRDS(truth, file.path(dirname(folder), "truth.rds"))
  whole <- make_whole()
  saveRDS(whole, file.path(dirname(folder), "whole.rds"))
  both <- rbind(truth[c("id", "division", "kind", "year")], with(whole, data.frame(id, division, kind = "department", year)))
  save(with(both, data.frame(report_id = id, division, organ = paste0(kind, division), year, forms = "2021", organ_kind = kind)[order(id, method = "radix"), ]),
    file.path(folder, "reports.csv"))
  rows <- do.call(rbind, lapply(seq_len(nrow(truth)), function(i) with(truth[i, ], data.frame(report_id = id,
    variable = c("outcome.granted", "outcome.partial", "outcome.total", "requests.received"), category = "total",
    value = c(ifelse(blank == "granted", NA, granted), partial, ifelse(blank == "total", NA, total), received)))))
  rows <- rbind(rows, do.call(rbind, lapply(seq_len(nrow(whole)), function(i) rows_of(whole[i, ]))))
  rows$unit <- ""
  rows$status <- ifelse(is.na(rows$value), "blank", "reported")
  rows$locator <- rows$raw <- ""
  save(rows[order(rows$report_id, rows$variable, method = "radix"), ], file.path(folder, "observations.csv"))
  save(with(truth[truth$failed, ], data.frame(report_id = id, rule = "balance", category = "total", left = 1, right = 0, difference = 1,
    suspect = "", suggested = "")), file.path(folder, "edit_failures.csv"))
  save(with(truth[truth$kind == "government", ], data.frame(division, year, name = "population", value = people)),
    file.path(dirname(folder), "covariates.csv"))
}

compared <- 0
failures <- 0
same <- function(what, ours, theirs) {
  theirs[!is.finite(theirs)] <- NA
  compared <<- compared + length(theirs)
  off <- is.na(ours) != is.na(theirs) | (!is.na(ours) & !is.na(theirs) & abs(ours - theirs) > tolerance * pmax(1, abs(theirs)))
  if (length(ours) != length(theirs) || any(off)) {
    failures <<- failures + 1
    message("FAILED: ", what, ": ", paste(ours, collapse = " "), " here, ", paste(theirs, collapse = " "), " by R")
  }
}

# What the governments of a unit add to an indicator in a year.
kinds <- c(disclosure_rate = "share", requests_per_100000 = "rate", clearance_rate = "mean", requests_received = "total")
members <- function(truth, indicator, unit, year) {
  t <- truth[truth$kind == "government" & truth$year == year & startsWith(truth$division, unit), ]
  t <- t[order(t$division), ]
  x <- switch(indicator, disclosure_rate = ifelse(t$blank == "granted", NA, t$granted + t$partial), clearance_rate = ifelse(t$blank == "total", NA, t$total), t$received)
  n <- switch(indicator, disclosure_rate = ifelse(t$blank == "total", NA, t$total), clearance_rate = t$received, requests_per_100000 = t$people * 0.00001, rep(0, nrow(t)))
  if (indicator == "clearance_rate") # its numerator is what the blank total leaves open
    return(data.frame(division = t$division, x, n, failed = t$failed, known = !is.na(x), low = ifelse(is.na(x), 0, x), high = ifelse(is.na(x), Inf, x),
      least = n, most = n))
  data.frame(division = t$division, x, n, failed = t$failed, known = !is.na(x) & !is.na(n),
    low = ifelse(t$blank == "granted", t$partial, x), high = ifelse(t$blank == "granted", Inf, x),
    least = ifelse(t$blank == "total", 0, n), most = ifelse(t$blank == "total", Inf, n))
}

wilson <- function(x, n) {
  z <- qnorm(0.975)
  (x + z^2 / 2 + c(-1, 1) * z * sqrt(x * (n - x) / n + z^2 / 4)) / (n + z^2)
}
poisson <- function(x, n) c(if (x > 0) qgamma(0.025, x) else 0, qgamma(0.975, x + 1)) / n

clusters <- function(kind, x, n) {
  none <- c(effect = NA, lower = NA, upper = NA)
  m <- length(x)
  if (kind == "total" || m < 2) return(none)
  r <- sum(x) / sum(n)
  without <- sapply(seq_len(m), function(i) sum(x[-i]) / sum(n[-i]))
  variance <- (m - 1) / m * sum((without - mean(without))^2)
  reach <- qt(0.975, m - 1)
  if (kind == "mean") return(c(NA, r - reach * sqrt(variance), r + reach * sqrt(variance)))
  effect <- max(1, variance / (r * (if (kind == "share") 1 - r else 1) / sum(n)))
  scale <- effect * (reach / qnorm(0.975))^2
  c(effect, (if (kind == "share") wilson else poisson)(sum(x) / scale, sum(n) / scale))
}

within <- function(kind, x, n) switch(kind, share = sum((x * (1 - x / n))[n > 0]) / sum(n)^2, rate = sum(x) / sum(n)^2, total = sum(x), 0)

matched <- function(kind, a, b) {
  m <- nrow(a)
  none <- rep(NA, 9)
  if (m < 2) return(none)
  value <- function(t) if (kind == "total") sum(t$x) * m / nrow(t) else sum(t$x) / sum(t$n)
  jackknife <- function(f) {
    without <- sapply(seq_len(m), function(i) f(a[-i, ], b[-i, ]))
    (m - 1) / m * sum((without - mean(without))^2)
  }
  d <- value(b) - value(a)
  error <- sqrt(max(jackknife(function(p, q) value(q) - value(p)), within(kind, a$x, a$n) + within(kind, b$x, b$n)))
  growth <- log(value(b) / value(a))
  spread <- sqrt(jackknife(function(p, q) log(value(q) / value(p))))
  reach <- qt(0.975, m - 1)
  c(value(a), value(b), d, d - reach * error, d + reach * error, 2 * pt(-abs(d) / error, m - 1), expm1(growth), expm1(growth - reach * spread),
    expm1(growth + reach * spread))
}

unmatched <- function(kind, a, b) {
  if (kind == "total") return(c(NA, NA))
  all <- merge(a[c("division", "x", "n")], b[c("division", "x", "n")], by = "division", all = TRUE)
  all[is.na(all)] <- 0
  matched(kind, data.frame(x = all$x.x, n = all$n.x), data.frame(x = all$x.y, n = all$n.y))[4:5]
}

bounds <- function(kind, t) {
  open <- t[!t$known, ]
  if (nrow(open) == 0) return(c(NA, NA))
  x <- sum(t$x[t$known])
  n <- sum(t$n[t$known])
  if (kind == "share") {
    whole <- pmax(open$least, pmin(open$high, open$most))
    return(c((x + sum(open$low)) / (n + sum(open$most)), min(1, (x + sum(pmin(open$high, whole))) / (n + sum(whole)))))
  }
  c((x + sum(open$low)) / (n + sum(open$most)), Inf)
}

# What a sum leaves to its blank cells: T - S to two parts together, which decides what they add up to; nothing above to a
# part whose total is blank too.
compare_blanks <- function(folder) {
  whole <- readRDS(file.path(folder, "whole.rds"))
  ours <- read.csv(file.path(folder, "analysis", "indicators.csv"), na.strings = "")
  for (i in seq_len(nrow(whole))) {
    w <- whole[i, ]
    known <- sum(w[outcomes])
    total <- known + w$outcome.granted + w$outcome.partial
    full <- ours[ours$report_id == w$id & ours$indicator == "full_disclosure_rate", ]
    rate <- ours[ours$report_id == w$id & ours$indicator == "disclosure_rate", ]
    is_parts <- w$blank == "parts"
    same(paste(w$id, "full_disclosure_rate"), c(full$estimate, full$bound_lower, full$bound_upper), c(NA, 0, if (is_parts) (total - known) / total else 1))
    same(paste(w$id, "disclosure_rate"), c(rate$estimate, rate$bound_lower, rate$bound_upper),
      if (is_parts) c((total - known) / total, NA, NA) else c(NA, 0, 1))
  }
}

# Ranks and trends without what breaks a rule.
compare_clean <- function(folder, truth) {
  read <- function(name) {
    table <- read.csv(file.path(folder, "analysis", name), na.strings = "", colClasses = c(division = "character"))
    table[table$indicator == "disclosure_rate" & startsWith(table$organ, "government"), ]
  }
  known <- truth[truth$kind == "government" & truth$blank == "", ]
  for (year in years) {
    peers <- known[known$year == year, ]
    ours <- read("comparisons.csv")
    ours <- ours[ours$year == year, ]
    peers <- peers[match(ours$division, peers$division), ]
    rank <- ifelse(peers$failed, NA, rank(ifelse(peers$failed, NA, -(peers$granted + peers$partial) / peers$total), ties.method = "min", na.last = "keep"))
    same(paste(year, "clean_rank"), ours$clean_rank, rank)
    family <- read.csv(file.path(folder, "analysis", "comparisons.csv"), na.strings = "", colClasses = c(division = "character"))
    family <- family[family$indicator == "disclosure_rate" & family$year == year, ]
    broken <- family$division %in% peers$division[peers$failed] & startsWith(family$organ, "government")
    same(paste(year, "q_value of peers"), family$q_value[!broken], p.adjust(family$p_value[!broken], "BH"))
    same(paste(year, "q_value of broken rules"), family$q_value[broken], rep(NA_real_, sum(broken)))
    same(paste(year, "clean_of"), ours$clean_of, rep(sum(!peers$failed), nrow(peers)))
    same(paste(year, "failed_share of peers"), ours$failed_share, rep(sum(peers$total[peers$failed]) / sum(peers$total), nrow(peers)))
  }
  trends <- read("trends.csv")
  for (i in seq_len(nrow(trends))) {
    row <- trends[i, ]
    part <- known[known$division == row$division & known$year >= row$first_year & known$year <= row$last_year, ]
    clean <- part[!part$failed, ]
    same(paste(row$division, "clean_n"), row$clean_n, nrow(clean))
    same(paste(row$division, "failed_share"), row$failed_share, sum(part$total[part$failed]) / sum(part$total))
    if (nrow(clean) > 1)
      same(paste(row$division, "clean_slope"), round(row$clean_slope, 6),
        round(coef(glm(cbind(granted + partial, total - granted - partial) ~ year, binomial, clean, control = list(epsilon = 1e-12, maxit = 100)))[[2]], 6))
    if (nrow(clean) == nrow(part)) same(paste(row$division, "clean limits"),
      unlist(row[c("clean_slope", "clean_lower", "clean_upper", "clean_p_value")]), unlist(row[c("pooled_slope", "pooled_lower", "pooled_upper", "pooled_p_value")]))
  }
}

# Least squares over the estimates of the sums without what breaks a rule.
compare_sum_trends <- function(folder, truth) {
  ours <- read.csv(file.path(folder, "analysis", "aggregate_trends.csv"), na.strings = "", colClasses = c(division = "character"))
  ours <- ours[ours$indicator == "disclosure_rate", ]
  for (i in seq_len(nrow(ours))) {
    row <- ours[i, ]
    unit <- if (row$level == "all") "" else substr(row$division, 1, 4)
    if (row$level == "province") unit <- substr(row$division, 1, 2)
    if (row$governments != "county" || substr(unit, 1, 2) == "99" && nchar(unit) == 4 && !unit %in% c("9901", "9902")) next
    parts <- lapply(row$first_year:row$last_year, function(y) { t <- members(truth, "disclosure_rate", unit, y); t[t$known, ] })
    clean <- lapply(parts, function(t) t[!t$failed, ])
    kept <- sapply(clean, nrow) > 0
    fit <- summary(lm(y ~ x, data.frame(y = sapply(clean, function(t) sum(t$x) / sum(t$n)), x = row$first_year:row$last_year)[kept, ]))
    slope <- fit$coefficients["x", ]
    reach <- qt(0.975, sum(kept) - 2)
    all <- sum(sapply(parts, function(t) sum(t$n)))
    same(paste(row$level, row$division, "trend"), unlist(row[c("clean_n", "failed_share", "clean_slope", "clean_lower", "clean_upper", "clean_p_value")]),
      c(sum(kept), 1 - sum(sapply(clean, function(t) sum(t$n))) / all, slope[[1]], slope[[1]] + c(-1, 1) * reach * slope[[2]], slope[[4]]))
  }
  for (family in split(ours, paste(ours$level, ours$governments)))
    same("clean_q_value of trends", family$clean_q_value, p.adjust(family$clean_p_value, "BH"))
}

compare <- function(folder) {
  compare_blanks(folder)
  compare_sum_trends(folder, readRDS(file.path(folder, "truth.rds")))
  compare_clean(folder, readRDS(file.path(folder, "truth.rds")))
  truth <- readRDS(file.path(folder, "truth.rds"))
  read <- function(name) {
    table <- read.csv(file.path(folder, "analysis", name), na.strings = "", colClasses = c(division = "character"))
    table$category[is.na(table$category)] <- ""
    table
  }
  sums <- read("aggregates.csv")
  changes <- read("aggregate_changes.csv")
  tested <- list()
  for (unit in c("", "9901", "9902")) for (indicator in names(kinds)) for (year in years) {
    kind <- kinds[[indicator]]
    at <- function(t) t[t$level == (if (unit == "") "all" else "prefecture") & (unit == "" | startsWith(ifelse(is.na(t$division), "", t$division), unit)) &
      t$year == year & t$indicator == indicator & t$category == "", ]
    what <- function(column) paste(indicator, unit, year, column)
    row <- at(sums)
    if (nrow(row) != 1) { failures <<- failures + 1; message("FAILED: no row ", what("")); next }
    all <- members(truth, indicator, unit, year)
    t <- all[all$known, ]
    clean <- t[!t$failed, ]
    weight <- function(t) if (kind == "total") t$x else t$n
    limits <- clusters(kind, t$x, t$n)
    same(what("estimate"), row$estimate, if (kind == "total") sum(t$x) else sum(t$x) / sum(t$n))
    same(what("design_effect"), row$design_effect, limits[1])
    same(what("cluster"), c(row$cluster_lower, row$cluster_upper), limits[2:3])
    same(what("failed"), c(row$failed_organs, row$failed_share), c(sum(t$failed), sum(weight(t)[t$failed]) / sum(weight(t))))
    same(what("clean"), c(row$clean_estimate, row$clean_lower, row$clean_upper),
      c(if (kind == "total") sum(clean$x) else sum(clean$x) / sum(clean$n), clusters(kind, clean$x, clean$n)[2:3]))
    same(what("bounds"), c(row$open_organs, row$bound_lower, row$bound_upper), c(sum(!all$known), bounds(kind, all)))
    if (year == years[1]) next
    row <- at(changes)
    if (nrow(row) != 1) { failures <<- failures + 1; message("FAILED: no change ", what("")); next }
    before <- members(truth, indicator, unit, year - 1)
    before <- before[before$known, ]
    both <- intersect(before$division, t$division)
    a <- before[match(both, before$division), ]
    b <- t[match(both, t$division), ]
    broken <- a$failed | b$failed
    share <- function(part) sum(weight(a)[part], weight(b)[part])
    same(what("change clusters"), c(row$cluster_lower, row$cluster_upper), unmatched(kind, before, t))
    same(what("organs"), c(row$organs_previous, row$organs, row$matched_organs, row$clean_organs), c(nrow(before), nrow(t), length(both), sum(!broken)))
    same(what("shares"), c(row$matched_share, row$failed_share), c(share(TRUE) / sum(weight(before), weight(t)), share(broken) / share(TRUE)))
    same(what("matched"), unlist(row[c("matched_previous", "matched_estimate", "matched_difference", "matched_lower", "matched_upper", "matched_p_value",
      "matched_growth", "matched_growth_lower", "matched_growth_upper")]), matched(kind, a, b))
    same(what("clean change"), unlist(row[c("clean_difference", "clean_lower", "clean_upper", "clean_p_value")]), matched(kind, a[!broken, ], b[!broken, ])[3:6])
  }
  # The q-values of all indicators of a level's units in a year together.
  for (family in split(changes, paste(changes$level, changes$governments, changes$year))) {
    same("matched_q_value", family$matched_q_value, p.adjust(family$matched_p_value, "BH"))
    same("clean_q_value", family$clean_q_value, p.adjust(family$clean_p_value, "BH"))
  }
  cat(compared, "numbers of aggregates compared with R,", failures, "differ\n")
  quit(status = failures > 0 || compared < 500)
}

arguments <- commandArgs(TRUE)
if (arguments[1] == "make") make_dataset(arguments[2]) else compare(arguments[2])
