# Makes up a dataset, and compares what ogi-analyze makes of it with R's own functions.
# Numerators and denominators are added up here from the made-up counts, not read from the result.
options(stringsAsFactors = FALSE, warn = 1, digits = 17)
arguments <- commandArgs(trailingOnly = TRUE)
tolerance <- 1e-9 # closed forms
iterative <- 1e-6 # fits

applicants <- c("natural_person", "business", "research", "public_interest", "legal_service", "other_organization")
denied <- paste0("outcome.denied.", c("state_secret", "other_law", "security_stability", "third_party",
  "internal_affairs", "process_information", "enforcement_file", "administrative_inquiry"))
unable <- paste0("outcome.unable.", c("not_held", "needs_creation", "still_unclear"))
declined <- paste0("outcome.declined.", c("petition", "repeat", "publication", "excessive", "confirm_or_reissue"))
other_2019 <- "outcome.other"
other_2021 <- paste0("outcome.other.", c("not_corrected", "fee_unpaid", "other"))
blocks <- c("review", "litigation_direct", "litigation_after_review")
results <- c("upheld", "corrected", "other", "pending")
rates <- c("dispute_rate", "requests_per_100000", "corrections_per_request", "disputes_per_denial") # with Poisson intervals
means <- c("carried_growth", "clearance_rate") # without intervals

# Reports: organs with gaps in their years, one with a single year, one with two, one without requests, one that
# never changes, one that always discloses, some with a handful of requests, some whose counts repeat.
make_reports <- function() {
  years <- list(2019:2024, c(2019, 2020, 2022, 2024), 2019:2024, c(2019, 2023), 2021, 2019:2024, 2019:2024,
    2019:2024, c(2019, 2021, 2022, 2023, 2024), 2020:2024, 2019:2024, 2019:2024, 2019:2030, 2019:2030, 2019:2024,
    c(2019, 2020, 2029, 2030), 2019:2029, 2019:2024)
  kinds <- c("plain", "plain", "large", "plain", "plain", "empty", "constant", "always", "small", "plain", "huge", "huge",
    "plain", "ties", "single", "plain", "ties", "never")
  do.call(rbind, lapply(seq_along(years), function(i) data.frame(
    report_id = sprintf("%06d-%d", 990100 + i, years[[i]]), division = sprintf("%06d", 990100 + i),
    organ = paste0("organ", i), year = years[[i]], kind = kinds[i])))
}

share_out <- function(total, parts) setNames(as.vector(rmultinom(1, total, runif(length(parts))^2 + 1e-3)), parts)

make_counts <- function(report) {
  kind <- report$kind
  outcomes <- c("outcome.granted", "outcome.partial", denied, unable, declined,
    if (report$year >= 2021) other_2021 else other_2019)
  total <- switch(kind, empty = 0, constant = 40, always = 25, single = 1, never = 30, ties = 12, small = sample(1:9, 1), large = sample(3000:9000, 1), huge = sample(c(2e5, 9e5, 4e6), 1) + sample(1000, 1),
    sample(20:400, 1))
  counts <- if (kind == "never") setNames(replace(rep(0, length(outcomes)), 3, total), outcomes)
  else if (kind == "ties") setNames(replace(rep(0, length(outcomes)), 1:3, sample(list(c(4, 4, 4), c(6, 4, 2)), 1)[[1]]), outcomes)
  else if (kind %in% c("constant", "always"))
    setNames(replace(rep(0, length(outcomes)), if (kind == "always") 1 else 1:4, total / (if (kind == "always") 1 else 4)), outcomes)
  else share_out(total, outcomes)
  received <- share_out(total + 3, applicants)
  counts <- setNames(counts, paste0(names(counts), "/total"))
  counts <- c(counts, setNames(received, paste0("requests.received/", applicants)),
    "requests.received/total" = sum(received), "requests.carried_in/total" = 2,
    "requests.carried_out/total" = sample(0:5, 1), "outcome.total/total" = total)
  for (block in blocks) {
    disputes <- share_out(sample(0:60, 1), paste0(block, ".", results))
    counts <- c(counts, disputes, setNames(sum(disputes), paste0(block, ".total")))
  }
  counts
}

# How often two rules that there are not were checked, and how often the first fails.
rules_of <- function(reports) {
  i <- seq_len(nrow(reports))
  data.frame(a = 1 + i %% 9, b = i %% 3 + 1, failed_a = ifelse(i %% 4 == 0, 1 + i %% 3, 0))
}

make_dataset <- function(folder) {
  set.seed(20200531)
  reports <- make_reports()
  counts <- lapply(seq_len(nrow(reports)), function(i) make_counts(reports[i, ]))
  reports$people <- ifelse(reports$kind == "single", NA, sample(c(41000, 9e4, 123456, 2.5e5), nrow(reports), TRUE))
  saveRDS(list(reports = reports, counts = counts), file.path(dirname(folder), "truth.rds"))
  observations <- do.call(rbind, lapply(seq_len(nrow(reports)), function(i) {
    name <- strsplit(paste0(names(counts[[i]]), "/"), "/", fixed = TRUE)
    data.frame(report_id = reports$report_id[i], variable = sapply(name, `[`, 1),
      category = sapply(name, function(n) if (length(n) > 1) n[2] else ""), value = unname(counts[[i]]))
  }))
  observations <- observations[order(observations$report_id, observations$variable, observations$category,
    method = "radix"), ]
  observations <- cbind(observations, unit = "", status = "reported", locator = "", raw = "")
  save <- function(table, name) write.csv(table, file.path(folder, name), row.names = FALSE, quote = FALSE, na = "")
  save(cbind(reports[c("report_id", "division", "organ", "year")],
    forms = ifelse(reports$year >= 2021, "2021", "2019"), edits_checked = 20, edits_failed = seq_len(nrow(reports)) %% 21), "reports.csv")
  checked <- with(rules_of(reports), data.frame(report_id = rep(reports$report_id, each = 2), rule = c("rule_a", "rule_b"),
    checked = c(rbind(a, b))))
  save(checked, "rules_checked.csv")
  save(observations, "observations.csv")
  save(with(reports[!is.na(reports$people), ], data.frame(division, year, name = "population", value = format(people,
    scientific = FALSE, trim = TRUE))), "../covariates.csv")
  failed <- rules_of(reports)
  writeLines(c("report_id,rule,category,left,right,difference,suspect,suggested,rule_variable", paste0(rep(reports$report_id, failed$failed_a),
    ",rule_a,,0,1,-1,,,x")), file.path(folder, "edit_failures.csv"))
}

# Comparing -----------------------------------------------------------------------------------------------------------

compared <- 0
worst <- list()
failures <- 0

fail <- function(...) {
  message("FAILED: ", ...)
  failures <<- failures + 1
}

# NA stands for an empty field; then both must be empty.
same <- function(what, where, ours, theirs, limit = tolerance) {
  for (i in seq_along(theirs)) {
    compared <<- compared + 1
    if (is.na(ours[i]) || is.na(theirs[i])) {
      if (is.na(ours[i]) != is.na(theirs[i])) fail(what, " of ", where[i], ": ", ours[i], " against ", theirs[i])
      next
    }
    # Below the smallest step of a slope (rounding of 1e-16 in the estimates) there is nothing to compare.
    # A fit is good to its limit of a hundredth: slopes near nothing have no relative difference.
    size <- if (limit >= iterative) max(abs(theirs[i]), 0.01) else abs(theirs[i])
    difference <- if (size < 1e-13) abs(ours[i] - theirs[i]) else abs(ours[i] - theirs[i]) / size
    worst[[what]] <<- max(worst[[what]], 0, difference)
    if (difference > limit) fail(what, " of ", where[i], ": ", ours[i], " against ", theirs[i])
  }
}

read <- function(...) {
  table <- read.csv(file.path(...), colClasses = c(division = "character"), na.strings = "", encoding = "UTF-8")
  if ("indicator" %in% names(table)) table[!table$indicator %in% means, ] else table
}

# Every share and rate of a report by hand: rows of indicator, category, numerator, denominator.
indicators_of <- function(counts, people) {
  get <- function(names, category = "/total") sum(counts[paste0(names, category)])
  other <- if (paste0(other_2019, "/total") %in% names(counts)) other_2019 else other_2021
  total <- get("outcome.total")
  row <- function(indicator, category, numerator, denominator)
    data.frame(indicator = indicator, category = category, numerator = numerator, denominator = denominator)
  parts <- function(indicator, rows) do.call(rbind, lapply(rows, function(r)
    row(indicator, sub(".*\\.", "", r), get(r), get(rows))))
  litigation <- blocks[-1]
  rbind(
    row("disclosure_rate", "", get("outcome.granted") + get("outcome.partial"), total),
    row("full_disclosure_rate", "", get("outcome.granted"), total),
    row("refusal_share", "", get(denied), total), row("unable_share", "", get(unable), total),
    row("declined_share", "", get(declined), total), row("other_share", "", get(other), total),
    parts("refusal_ground_share", denied), parts("unable_ground_share", unable),
    parts("declined_ground_share", declined),
    do.call(rbind, lapply(applicants, function(a)
      row("applicant_share", a, get("requests.received", paste0("/", a)), get("requests.received")))),
    row("carry_out_share", "", get("requests.carried_out"), get("requests.received") + get("requests.carried_in")),
    row("review_corrected_share", "", get("review.corrected", ""), get("review.total", "") - get("review.pending", "")),
    row("litigation_corrected_share", "", get(paste0(litigation, ".corrected"), ""),
      get(paste0(litigation, ".total"), "") - get(paste0(litigation, ".pending"), "")),
    row("dispute_rate", "", get(paste0(blocks, ".total"), ""), total),
    row("substantive_disclosure_rate", "", get("outcome.granted") + get("outcome.partial"),
      total - get(declined) - get(other) - get("outcome.unable.still_unclear")),
    row("granted_of_granted_or_denied", "", get("outcome.granted") + get("outcome.partial"),
      get("outcome.granted") + get("outcome.partial") + get(denied)),
    row("carried_growth", "", get("requests.carried_out"), get("requests.carried_in")),
    row("clearance_rate", "", total, get("requests.received")),
    row("corrections_per_request", "", get(paste0(blocks, ".corrected"), ""), get("requests.received")),
    row("disputes_per_denial", "", get(paste0(blocks, ".total"), ""), get(denied)),
    row("dispute_corrected_share", "", get(paste0(blocks, ".corrected"), ""),
      get(paste0(blocks, ".total"), "") - get(paste0(blocks, ".pending"), "")),
    if (!is.na(people)) row("requests_per_100000", "", get("requests.received"), people / 1e5),
    row("requests_received", "", get("requests.received"), NA))
}

interval_of <- function(method, x, n) {
  if (is.na(n) || n == 0 || method == "reported") return(c(NA, NA))
  switch(method,
    wilson = suppressWarnings(prop.test(x, n, correct = FALSE)$conf.int[1:2]),
    # Above a hundred thousand binom.test's p-value takes minutes; its interval is this.
    `clopper-pearson` = if (n <= 1e5) binom.test(x, n)$conf.int[1:2]
      else c(if (x == 0) 0 else qbeta(0.025, x, n - x + 1), if (x == n) 1 else qbeta(0.975, x + 1, n - x)),
    jeffreys = c(if (x == 0) 0 else qbeta(0.025, x + 0.5, n - x + 0.5), if (x == n) 1 else qbeta(0.975, x + 0.5, n - x + 0.5)),
    poisson = if (n <= 1e5) poisson.test(x, n)$conf.int[1:2]
      else c(if (x == 0) 0 else qgamma(0.025, x), qgamma(0.975, x + 1)) / n)
}

compare_indicators <- function(folder, truth) {
  for (method in c("wilson", "clopper-pearson", "jeffreys")) {
    ours <- read(folder, method, "indicators.csv")
    ours$category[is.na(ours$category)] <- ""
    truth <- truth[order(truth$report_id, truth$indicator, truth$category, method = "radix"), ]
    key <- function(t) paste(t$report_id, t$indicator, t$category)
    if (!identical(key(ours), key(truth))) {
      fail("the rows of indicators.csv (", nrow(ours), ") are not those expected (", nrow(truth), ")")
      return()
    }
    used <- ifelse(truth$indicator %in% rates, "poisson", ifelse(is.na(truth$denominator), "reported", method))
    limits <- mapply(interval_of, used, truth$numerator, truth$denominator)
    same("numerator", key(truth), ours$numerator, truth$numerator)
    same("denominator", key(truth), ours$denominator, truth$denominator)
    same("estimate", key(truth), ours$estimate, truth$estimate)
    for (name in unique(used)) {
      of <- used == name
      same(paste(name, "lower"), key(truth)[of], ours$lower[of], limits[1, of])
      same(paste(name, "upper"), key(truth)[of], ours$upper[of], limits[2, of])
    }
    share <- used == method
    column <- sub("-", "_", method)
    same(paste0(column, "_lower"), key(truth), ours[[paste0(column, "_lower")]], ifelse(share, limits[1, ], NA))
    same(paste0(column, "_upper"), key(truth), ours[[paste0(column, "_upper")]], ifelse(share, limits[2, ], NA))
  }
}

# Where the years part the events from the rest the likelihood has no maximum.
has_maximum <- function(model, years, x, n) {
  if (length(years) < 2) return(FALSE)
  if (sum(x) == 0) return(FALSE)
  if (model == "poisson") return(min(years[x > 0]) < max(years) && max(years[x > 0]) > min(years))
  if (all(x == n)) return(FALSE)
  if (length(unique(x / n)) == 1) return(TRUE)
  rest <- years[x < n]
  min(years[x > 0]) < max(rest) && min(rest) < max(years[x > 0])
}

model_of <- function(part) {
  years <- part$year
  n <- length(years)
  model <- if (part$indicator[1] %in% c(rates, "requests_received")) "poisson" else "logistic"
  x <- part$numerator
  size <- if (all(is.na(part$denominator))) rep(1, n) else part$denominator
  none <- data.frame(model = model, model_slope = NA, model_lower = NA, model_upper = NA, model_p_value = NA, dispersion = NA)
  if (!has_maximum(model, years, x, size)) return(none)
  if (all(x * size[1] == x[1] * size)) return(transform(none, model_slope = 0, dispersion = if (n > 2) 0 else NA))
  middle <- sum((years - years[1]) * size) / sum(size) + years[1]
  control <- glm.control(epsilon = 1e-14, maxit = 100)
  centred <- years - middle
  fit <- suppressWarnings(if (model == "logistic") glm(cbind(x, size - x) ~ centred, quasibinomial, control = control)
    else glm(x ~ centred + offset(log(size)), quasipoisson, control = control))
  table <- summary(fit)$coefficients
  reach <- qt(0.975, n - 2) * table[2, 2]
  if (n == 2) return(transform(none, model_slope = table[2, 1]))
  data.frame(model = model, model_slope = table[2, 1], model_lower = table[2, 1] - reach,
    model_upper = table[2, 1] + reach, model_p_value = table[2, 4], dispersion = summary(fit)$dispersion)
}

pettitt_of <- function(years, values) {
  n <- length(values)
  none <- data.frame(change_year = NA, change_statistic = NA, change_p_value = NA)
  if (n < 3) return(none)
  u <- sapply(seq_len(n - 1), function(t) sum(sign(outer(values[1:t], values[(t + 1):n], "-"))))
  k <- max(abs(u))
  if (k == 0) return(none)
  data.frame(change_year = years[which.max(abs(u)) + 1], change_statistic = k,
    change_p_value = min(1, 2 * exp(-6 * k^2 / (n^3 + n^2))))
}

sen_limits <- function(values, slopes) {
  n <- length(values)
  groups <- table(values)
  variance <- (n * (n - 1) * (2 * n + 5) - sum(groups * (groups - 1) * (2 * groups + 5))) / 18
  width <- qnorm(0.975) * sqrt(variance)
  ranks <- round(c((length(slopes) - width) / 2, (length(slopes) + width) / 2 + 1))
  if (n < 3 || length(groups) == 1 || ranks[1] < 1 || ranks[2] > length(slopes)) c(NA, NA) else sort(slopes)[ranks]
}

# Growth in so many years, square-and-add of the logarithms of the limits of the first and the last.
growth_limits <- function(first, last, years) {
  limits <- sapply(list(first, last), function(r) {
    if (is.na(r$estimate) || r$estimate == 0) return(c(NA, NA))
    used <- if (r$indicator == "requests_received" || r$indicator %in% rates) "poisson" else "wilson"
    interval_of(used, r$numerator, if (is.na(r$denominator)) 1 else r$denominator)
  })
  y <- log(c(first$estimate, last$estimate))
  l <- log(limits)
  d <- y[2] - y[1]
  exp(c(d - sqrt((y[2] - l[1, 2])^2 + (l[2, 1] - y[1])^2), d + sqrt((l[2, 2] - y[2])^2 + (y[1] - l[1, 1])^2)) / years) - 1
}

# Fails on ties of estimates that are equal but for rounding; there are none among shares of whole counts.
trend_of <- function(part) {
  years <- part$year
  values <- part$estimate
  n <- length(years)
  constant <- all(values == values[1])
  pairs <- combn(n, 2)
  slopes <- (values[pairs[2, ]] - values[pairs[1, ]]) / (years[pairs[2, ]] - years[pairs[1, ]])
  fit <- lm(values ~ years)
  limits <- c(NA, NA)
  p <- kendall_p <- exact <- NA
  if (n > 2 && !constant) {
    limits <- confint(fit)[2, ]
    p <- summary(fit)$coefficients[2, 4]
    kendall_p <- cor.test(years, values, method = "kendall", exact = FALSE, continuity = TRUE)$p.value
  }
  if (n > 2 && !anyDuplicated(values)) exact <- cor.test(years, values, method = "kendall", exact = TRUE)$p.value
  sen <- sen_limits(values, slopes)
  grown <- growth_limits(part[1, ], part[n, ], years[n] - years[1])
  growth <- if (values[1] > 0) (values[n] / values[1])^(1 / (years[n] - years[1])) - 1 else NA
  cbind(data.frame(division = part$division[1], indicator = part$indicator[1], category = part$category[1],
    first_year = years[1], last_year = years[n], n = n, slope = if (constant) 0 else coef(fit)[[2]],
    slope_lower = limits[[1]], slope_upper = limits[[2]], p_value = p, sen_slope = median(slopes), sen_lower = sen[1],
    sen_upper = sen[2], mk_tau = if (constant) NA else cor(years, values, method = "kendall"), mk_p_value = kendall_p,
    gaps = years[n] - years[1] + 1 - n, mk_exact_p_value = exact, growth = growth, growth_lower = grown[1],
    growth_upper = grown[2]), model_of(part),
    pettitt_of(years, values))
}

trends_of <- function(truth) {
  truth <- truth[is.finite(truth$estimate), ]
  truth <- truth[order(truth$division, truth$indicator, truth$category, truth$year, method = "radix"), ]
  groups <- split(truth, paste(truth$division, truth$indicator, truth$category))
  trends <- do.call(rbind, lapply(Filter(function(g) nrow(g) > 1, groups), trend_of))
  trends <- trends[order(trends$division, trends$indicator, trends$category, method = "radix"), ]
  family <- paste(trends$indicator, trends$category)
  for (test in c(q_value = "mk_p_value", slope_q_value = "p_value", model_q_value = "model_p_value",
    change_q_value = "change_p_value"))
    trends[[c(mk_p_value = "q_value", p_value = "slope_q_value", model_p_value = "model_q_value",
      change_p_value = "change_q_value")[[test]]]] <-
      ave(trends[[test]], family, FUN = function(p) p.adjust(p, method = "BH"))
  trends
}

# Dispersion within organs -----------------------------------------------------------------------------------------------

most_square <- 6.25
limited_mean <- pchisq(most_square, 3) + most_square * pchisq(most_square, 1, lower.tail = FALSE)
limited_variance <- (3 * pchisq(most_square, 5) + most_square^2 * pchisq(most_square, 1, lower.tail = FALSE)) /
  limited_mean^2 - 1

variation_of <- function(indicator) if (indicator %in% c("requests_received", "requests_per_100000")) "count" else
  if (indicator %in% rates) "rate" else "share"

# The steps between neighbouring years of one indicator and category, in the order of organs and years.
steps_of <- function(part) {
  variation <- variation_of(part$indicator[1])
  x <- part$numerator
  n <- if (all(is.na(part$denominator))) rep(1, nrow(part)) else part$denominator
  i <- which(part$division[-1] == part$division[-nrow(part)] & part$year[-1] == part$year[-nrow(part)] + 1)
  j <- i + 1
  if (variation == "count") {
    value <- difference <- log((x[j] + 0.5) / n[j]) - log((x[i] + 0.5) / n[i])
    chance <- 1 / (x[i] + 0.5) + 1 / (x[j] + 0.5)
    unit <- chance
    informs <- pmin(x[i], x[j]) >= 5
  } else {
    common <- (x[i] + x[j]) / (n[i] + n[j])
    chance <- (if (variation == "rate") common else common * (1 - common)) * (1 / n[i] + 1 / n[j])
    difference <- x[j] / n[j] - x[i] / n[i]
    size <- n[i] + n[j]
    value <- ifelse(chance > 0, difference / sqrt(chance), 0) * (if (variation == "share") sqrt((size - 1) / size) else 1)
    unit <- rep(1, length(i))
    informs <- (if (variation == "rate") common else pmin(common, 1 - common)) * pmin(n[i], n[j]) >= 1
  }
  data.frame(division = part$division[j], year = part$year[j], difference, chance, value, unit, informs, row = j)
}

freedom_of <- function(years) if (length(years) == 0) 0 else 2 * length(years)^2 / (2 * length(years) + sum(diff(years) == 1))

# The level of centred steps, and their squares over what they should be.
expected_of <- function(steps, variation, level) if (variation == "count") steps$unit + level else steps$unit * level
level_of <- function(steps, variation) {
  excess <- function(level) mean(pmin(steps$value^2 / expected_of(steps, variation, level), most_square)) - limited_mean
  lowest <- if (variation == "count") 0 else 1e-9
  if (excess(lowest) <= 0) return(0)
  highest <- 1
  while (excess(highest) > 0) highest <- highest * 4
  uniroot(excess, c(lowest, highest), tol = 1e-14 * highest)$root
}
squares_of <- function(steps, variation, level) {
  expected <- expected_of(steps, variation, level)
  ifelse(expected > 0, pmin(steps$value^2 / expected, most_square), 0) / limited_mean
}

# What is known of a group without the steps to YEAR, by which these are judged.
known_around <- function(known, year) {
  if (is.null(known$steps)) return(known)
  rest <- known$steps[known$steps$year != year, ]
  if (length(unique(rest$division)) >= 5) {
    known$level <- level_of(rest, known$variation)
    known$freedom <- sum(sapply(split(rest$year, rest$division), freedom_of))
    known$steps$square <- squares_of(known$steps, known$variation, known$level)
  }
  known
}

# The dispersion of a group: level, prior and the centred steps that inform.
dispersion_of <- function(part) {
  variation <- variation_of(part$indicator[1])
  steps <- steps_of(part)
  steps <- steps[steps$informs, ]
  if (nrow(steps) == 0) return(NULL)
  for (year in unique(steps$year)) {
    of <- steps$year == year
    if (sum(of) >= 5)
      steps$value[of] <- (steps$value[of] - median(steps$value[of])) / sqrt(1 - (2 - pi / 2) / sum(of))
  }
  level <- level_of(steps, variation)
  steps$square <- squares_of(steps, variation, level)
  own <- do.call(rbind, lapply(split(steps, steps$division), function(o)
    data.frame(freedom = freedom_of(o$year), square = mean(o$square))))
  by_chance <- limited_variance * nrow(own) / sum(own$freedom)
  between <- (sum(own$freedom * (own$square - 1)^2) / sum(own$freedom) - by_chance) / (1 + by_chance)
  list(level = level, prior_freedom = if (between > 0) 4 + 2 / between else Inf, freedom = sum(own$freedom),
    organs = nrow(own), steps = steps)
}

default_level <- c(share = 3.4, rate = 3.4, count = 0.34)

# What our files say of the group, to begin with the same numbers; and R's own steps.
known_dispersion <- function(folder, part) {
  variation <- variation_of(part$indicator[1])
  found <- dispersion_of(part)
  row <- dispersions[dispersions$indicator == part$indicator[1] & dispersions$category == part$category[1], ]
  if (is.null(found) || found$organs < 5) return(list(level = default_level[[variation]], prior_freedom = 4, prior_scale = 1,
    freedom = Inf, organs = 0, source = "default", variation = variation, steps = NULL))
  prior <- if (is.na(row$prior_freedom)) Inf else row$prior_freedom
  list(level = row$dispersion, prior_freedom = prior, prior_scale = if (is.finite(prior)) 1 - 2 / prior else 1,
    freedom = row$freedom, organs = found$organs, source = "peers", variation = variation, steps = found$steps)
}

# The multiple and the degrees of freedom of an organ, from its steps but the one to YEAR.
moderated <- function(known, part, division, year) {
  if (!is.finite(known$prior_freedom)) return(c(1, known$freedom))
  if (known$source == "default") {
    own <- steps_of(part)
    own <- own[own$informs & own$division == division, ]
    expected <- if (known$variation == "count") own$unit + known$level else own$unit * known$level
    own$square <- pmin(own$value^2 / expected, most_square) / limited_mean
  } else own <- known$steps[known$steps$division == division, ]
  own <- own[!own$year %in% year, ]
  d <- freedom_of(own$year)
  c((known$prior_freedom * known$prior_scale + d * (if (nrow(own)) mean(own$square) else 0)) / (known$prior_freedom + d),
    min(known$prior_freedom + d, known$freedom))
}

compare_dispersion <- function(folder, truth) {
  truth <- truth[is.finite(truth$estimate), ]
  truth <- truth[order(truth$indicator, truth$category, truth$division, truth$year, method = "radix"), ]
  name <- paste(truth$indicator, truth$category)
  expected <- Filter(Negate(is.null), lapply(split(truth, factor(name, unique(name))), dispersion_of))
  ours <- dispersions
  where <- paste(ours$indicator, ours$category)
  if (!identical(where, names(expected))) return(fail("the rows of dispersion.csv are not those expected"))
  take <- function(column) unname(sapply(expected, `[[`, column))
  default <- take("organs") < 5
  same("dispersion organs", where, ours$organs, take("organs"))
  same("dispersion steps", where, ours$steps, unname(sapply(expected, function(e) nrow(e$steps))))
  same("dispersion within", where[!default], ours$dispersion[!default], take("level")[!default], iterative)
  same("dispersion freedom", where, ours$freedom, ifelse(default, NA, take("freedom")))
  prior <- take("prior_freedom")
  same("dispersion prior", where[!default], ours$prior_freedom[!default], ifelse(is.finite(prior), prior, NA)[!default], iterative)
  same("dispersion default", where[default], ours$dispersion[default],
    unname(default_level[vapply(ours$indicator[default], variation_of, "")]))
}

# A year's count with the limits that the design effect leaves it.
dispersed_limits <- function(variation, x, n, effect, beyond, reach) {
  if (variation == "share") return(wilson_at(x / effect, n / effect, reach))
  tail <- pnorm(-reach)
  if (variation == "rate")
    return(c(if (x == 0) 0 else qgamma(tail, x / effect), qgamma(1 - tail, x / effect + 1)) / (n / effect))
  limits <- (x + 0.5) * exp(c(-1, 1) * reach * sqrt(1 / (x + 0.5) + beyond / 2))
  c(min(limits[1], x), max(limits[2], x)) / n
}

wilson_at <- function(x, n, z) {
  root <- z * sqrt(x * (n - x) / n + z^2 / 4)
  c(if (x == 0) 0 else (x + z^2 / 2 - root) / (n + z^2), if (x >= n) 1 else (x + z^2 / 2 + root) / (n + z^2))
}

# All changes of one indicator and category, as our file should have them.
changes_of <- function(folder, part) {
  known <- known_dispersion(folder, part)
  steps <- steps_of(part)
  if (nrow(steps) == 0) return(NULL)
  x <- part$numerator
  n <- if (all(is.na(part$denominator))) rep(1, nrow(part)) else part$denominator
  group <- known
  around <- lapply(split(steps$year, steps$year), function(y) known_around(group, y[1]))
  rows <- lapply(seq_len(nrow(steps)), function(k) {
    j <- steps$row[k]
    known <- around[[as.character(steps$year[k])]]
    own <- moderated(known, part, steps$division[k], steps$year[k])
    effect <- max(1, own[1] * (if (known$variation == "count") (steps$chance[k] + known$level) / steps$chance[k]
      else known$level))
    reach <- qt(0.975, own[2])
    beyond <- steps$chance[k] * (effect - 1)
    now <- dispersed_limits(known$variation, x[j], n[j], effect, beyond, reach)
    before <- dispersed_limits(known$variation, x[j - 1], n[j - 1], effect, beyond, reach)
    e <- c(x[j - 1] / n[j - 1], x[j] / n[j])
    square_add <- function(e, before, now) e[2] - e[1] + c(-1, 1) *
      sqrt(c((e[2] - now[1])^2 + (before[2] - e[1])^2, (now[2] - e[2])^2 + (e[1] - before[1])^2))
    limits <- square_add(e, before, now)
    grown <- if (before[1] > 0 && now[1] > 0) exp(square_add(log(e), log(before), log(now))) - 1 else c(NA, NA)
    t <- if (steps$chance[k] > 0) abs(steps$difference[k]) / sqrt(steps$chance[k] * effect) else 0
    data.frame(division = steps$division[k], indicator = part$indicator[1], category = part$category[1], year = steps$year[k],
      lower = limits[1], upper = limits[2], growth_lower = grown[1], growth_upper = grown[2],
      dispersion_within = known$level, design_effect = effect, dispersion_organs = known$organs,
      dispersion_source = known$source, p_value = 2 * pt(-t, own[2]))
  })
  rows <- do.call(rbind, rows)
  rows$q_value <- ave(rows$p_value, rows$year, FUN = function(p)
    p.adjust(p, "BH") * min(1, (1 + sum(p > 0.5)) / (length(p) / 2)))
  rows
}

compare_dispersed_changes <- function(folder, truth) {
  truth <- truth[is.finite(truth$estimate), ]
  truth <- truth[order(truth$indicator, truth$category, truth$division, truth$year, method = "radix"), ]
  expected <- do.call(rbind, lapply(split(truth, paste(truth$indicator, truth$category)), function(p) changes_of(folder, p)))
  expected <- expected[order(expected$division, expected$indicator, expected$category, expected$year, method = "radix"), ]
  ours <- read(folder, "wilson", "changes.csv")
  ours$category[is.na(ours$category)] <- ""
  key <- paste(ours$division, ours$indicator, ours$category, ours$year)
  if (!identical(key, with(expected, paste(division, indicator, category, year)))) return(fail("the rows of changes.csv"))
  for (column in c("lower", "upper", "growth_lower", "growth_upper", "dispersion_within", "design_effect",
    "dispersion_organs", "p_value", "q_value"))
    same(paste("change", column), key, ours[[column]], expected[[column]], 1e-8)
  if (!identical(ours$dispersion_source, expected$dispersion_source)) fail("the sources of dispersion of changes.csv")
}

# Slopes with the dispersion of the peers, one indicator and category.
pooled_of <- function(folder, part) {
  known <- known_dispersion(folder, part)
  rows <- do.call(rbind, lapply(Filter(function(o) nrow(o) > 1, split(part, part$division)), function(o) {
    own <- moderated(known, part, o$division[1], NA)
    x <- o$numerator
    n <- if (all(is.na(o$denominator))) rep(1, nrow(o)) else o$denominator
    effect <- if (known$variation == "count") NA else max(1, own[1] * known$level)
    slope <- error <- NA
    if (known$variation == "count") {
      chance <- 1 / (x + 0.5)
      w <- 1 / pmax(own[1] * (chance + known$level / 2), chance)
      y <- o$year - o$year[1]
      fit <- lm(log((x + 0.5) / n) ~ y, weights = w)
      slope <- coef(fit)[[2]]
      error <- sqrt(1 / sum(w * (y - sum(w * y) / sum(w))^2))
    } else if (has_maximum(if (known$variation == "rate") "poisson" else "logistic", o$year, x, n)) {
      y <- o$year - sum(o$year * n) / sum(n)
      control <- glm.control(epsilon = 1e-14, maxit = 100)
      fit <- suppressWarnings(if (known$variation == "share") glm(cbind(x, n - x) ~ y, binomial, control = control)
        else glm(x ~ y + offset(log(n)), poisson, control = control))
      slope <- coef(fit)[[2]]
      error <- sqrt(effect) * summary(fit)$coefficients[2, 2]
      if (all(x * n[1] == x[1] * n)) slope <- 0
    }
    data.frame(division = o$division[1], indicator = o$indicator[1], category = o$category[1],
      dispersion_within = known$level, design_effect = effect, pooled_slope = slope, error = error, freedom = own[2])
  }))
  reach <- qt(0.975, rows$freedom) * rows$error
  rows <- transform(rows, pooled_lower = pooled_slope - reach, pooled_upper = pooled_slope + reach,
    pooled_p_value = 2 * pt(-abs(pooled_slope / error), freedom))
  of <- is.finite(rows$pooled_slope)
  rows$slopes_organs <- rows$slopes_mean <- rows$slopes_tau2 <- rows$shrunk_slope <- rows$shrunk_lower <- rows$shrunk_upper <- NA
  if (sum(of) < 5) return(rows)
  b <- rows$pooled_slope[of]
  w <- 1 / rows$error[of]^2
  q <- sum(w * (b - sum(w * b) / sum(w))^2)
  tau2 <- max(0, (q - (length(b) - 1)) / (sum(w) - sum(w^2) / sum(w)))
  v <- 1 / (rows$error[of]^2 + tau2)
  mean <- sum(v * b) / sum(v)
  own <- tau2 / (tau2 + rows$error^2)
  rows$slopes_organs <- sum(of)
  rows$slopes_mean <- mean
  rows$slopes_tau2 <- tau2
  rows$shrunk_slope <- mean + own * (rows$pooled_slope - mean)
  reach <- qt(0.975, rows$freedom) * sqrt(own * rows$error^2 + (1 - own)^2 / sum(v))
  rows$shrunk_lower <- rows$shrunk_slope - reach
  rows$shrunk_upper <- rows$shrunk_slope + reach
  rows
}

compare_pooled <- function(folder, truth) {
  truth <- truth[is.finite(truth$estimate), ]
  truth <- truth[order(truth$indicator, truth$category, truth$division, truth$year, method = "radix"), ]
  expected <- do.call(rbind, lapply(split(truth, paste(truth$indicator, truth$category)), function(p) pooled_of(folder, p)))
  expected$pooled_q_value <- ave(expected$pooled_p_value, paste(expected$indicator, expected$category),
    FUN = function(p) p.adjust(p, "BH"))
  expected <- expected[order(expected$division, expected$indicator, expected$category, method = "radix"), ]
  ours <- read(folder, "wilson", "trends.csv")
  ours$category[is.na(ours$category)] <- ""
  key <- paste(ours$division, ours$indicator, ours$category)
  if (!identical(key, with(expected, paste(division, indicator, category)))) return(fail("the rows of trends.csv"))
  tiny <- function(column) abs(ours[[column]]) < 1e-6 & abs(expected[[column]]) < 1e-6
  for (column in c("dispersion_within", "design_effect", "pooled_slope", "pooled_lower", "pooled_upper", "pooled_p_value",
    "pooled_q_value", "shrunk_slope", "shrunk_lower", "shrunk_upper", "slopes_mean", "slopes_tau2", "slopes_organs"))
    same(column, key, ours[[column]], ifelse(tiny(column) %in% TRUE, ours[[column]], expected[[column]]), iterative)
}

compare_trends <- function(folder, file, truth, prefix = "") {
  expected <- trends_of(truth)
  ours <- read(folder, "wilson", file)
  ours$category[is.na(ours$category)] <- ""
  if (prefix != "") {
    ours <- ours[ours$level == "prefecture", ]
    expected <- expected[order(expected$division, expected$indicator, expected$category, method = "radix"), ]
  }
  key <- function(t) paste(t$division, t$indicator, t$category)
  if (!identical(key(ours), key(expected))) return(fail("the rows of ", file, " are not those expected"))
  for (column in c("first_year", "last_year", "n", "slope", "slope_lower", "slope_upper", "p_value", "sen_slope",
    "sen_lower", "sen_upper", "mk_tau", "mk_p_value", "q_value", "gaps", "mk_exact_p_value", "slope_q_value", "growth", "growth_lower", "growth_upper",
    "change_year", "change_statistic", "change_p_value", "change_q_value"))
    same(paste0(prefix, column), key(ours), ours[[column]], expected[[column]])
  for (column in c("model_slope", "model_lower", "model_upper", "model_p_value", "model_q_value", "dispersion"))
    same(paste0(prefix, column), key(ours), ours[[column]], expected[[column]], iterative)
  if (!identical(ours$model, expected$model)) fail("the models of ", file)
}

# A difference of two years, square-and-add of their own limits.
compare_changes <- function(folder, truth) {
  truth <- truth[is.finite(truth$estimate), ]
  truth <- truth[order(truth$division, truth$indicator, truth$category, truth$year, method = "radix"), ]
  last <- nrow(truth)
  follows <- c(FALSE, truth$division[-1] == truth$division[-last] & truth$indicator[-1] == truth$indicator[-last] &
    truth$category[-1] == truth$category[-last] & truth$year[-1] == truth$year[-last] + 1)
  later <- truth[follows, ]
  earlier <- truth[which(follows) - 1, ]
  # A count is a rate of one year.
  method <- ifelse(is.na(later$denominator) | later$indicator %in% rates, "poisson", "wilson")
  size <- function(of) ifelse(is.na(of$denominator), 1, of$denominator)
  now <- mapply(interval_of, method, later$numerator, size(later))
  before <- mapply(interval_of, method, earlier$numerator, size(earlier))
  difference <- later$estimate - earlier$estimate
  ours <- read(folder, "wilson", "changes.csv")
  ours$category[is.na(ours$category)] <- ""
  key <- function(t) paste(t$division, t$indicator, t$category, t$year)
  if (!identical(key(ours), key(later))) return(fail("the rows of changes.csv are not those expected"))
  same("change previous", key(ours), ours$previous, earlier$estimate)
  same("change difference", key(ours), ours$difference, difference)
  same("change plain_lower", key(ours), ours$plain_lower,
    difference - sqrt((later$estimate - now[1, ])^2 + (before[2, ] - earlier$estimate)^2))
  same("change plain_upper", key(ours), ours$plain_upper,
    difference + sqrt((now[2, ] - later$estimate)^2 + (earlier$estimate - before[1, ])^2))
  same("change growth", key(ours), ours$growth,
    ifelse(earlier$estimate > 0, later$estimate / earlier$estimate - 1, NA))
}

# The sums by prefecture (here: all divisions), for aggregates and their trends.
aggregates_of <- function(truth) {
  sums <- aggregate(cbind(numerator, denominator) ~ year + indicator + category,
    transform(truth, denominator = ifelse(is.na(denominator), 0, denominator)), sum)
  organs <- aggregate(numerator ~ year + indicator + category, truth, length)
  sums$organs <- organs$numerator
  sums$denominator[sums$indicator == "requests_received"] <- NA
  sums$division <- "990100"
  sums$estimate <- ifelse(is.na(sums$denominator), sums$numerator,
    ifelse(sums$denominator == 0, NA, sums$numerator / sums$denominator))
  sums
}

compare_aggregates <- function(folder, truth) {
  expected <- aggregates_of(truth)
  expected <- expected[order(expected$year, expected$indicator, expected$category, method = "radix"), ]
  ours <- read(folder, "wilson", "aggregates.csv")
  ours$category[is.na(ours$category)] <- ""
  for (level in c("all", "prefecture")) {
    part <- ours[ours$level == level, ]
    key <- function(t) paste(t$year, t$indicator, t$category)
    if (!identical(key(part), key(expected))) return(fail("the rows of aggregates.csv are not those expected"))
    used <- ifelse(expected$indicator %in% rates, "poisson", ifelse(is.na(expected$denominator), "reported", "wilson"))
    limits <- mapply(interval_of, used, expected$numerator, expected$denominator)
    for (column in c("numerator", "denominator", "estimate", "organs"))
      same(paste("aggregate", column), key(part), part[[column]], expected[[column]])
    same("aggregate lower", key(part), part$lower, limits[1, ])
    same("aggregate upper", key(part), part$upper, limits[2, ])
  }
}

# Spiegelhalter's limit: the quantile, interpolated between counts; an upper one a count higher, so that not more than
# promised lies beyond.
funnel <- function(p, target, n, rate) {
  r <- if (rate) qpois(p, target * n) else qbinom(p, n, target)
  at <- if (rate) ppois(r, target * n) else pbinom(r, n, target)
  before <- if (rate) ppois(r - 1, target * n) else pbinom(r - 1, n, target)
  if (target == 0 || (target == 1 && !rate)) return(target)
  # Where more than a million are expected, the normal limit.
  mean <- if (rate) target * n else n * min(target, 1 - target)
  if (mean > 1e6) return(target + qnorm(p) * sqrt(target * (if (rate) 1 else 1 - target) / n))
  limit <- max((r + (p > 0.5) - (at - p) / (at - before)) / n, 0)
  if (rate) limit else min(limit, 1)
}

# What the funnel's adjustment and the test of homogeneity are of one series in a year.
scatter_of <- function(g) {
  rate <- g$indicator[1] %in% rates
  x <- g$numerator
  n <- g$denominator
  target <- sum(x) / sum(n)
  chance <- if (rate) target else target * (1 - target)
  none <- data.frame(dispersion = NA, statistic = NA, degrees = NA, p_value = NA, cramers_v = NA, corrected_v = NA)
  expected <- min(n) * if (rate) target else min(target, 1 - target)
  if (chance <= 0) return(cbind(none, expected = expected))
  test <- suppressWarnings(if (rate) chisq.test(x, p = n / sum(n)) else chisq.test(rbind(x, n - x), correct = FALSE))
  k <- nrow(g)
  corrected <- sqrt(max(0, test$statistic / sum(n) - (k - 1) / (sum(n) - 1)) /
    min(k - 1 - (k - 1)^2 / (sum(n) - 1), 1 - 1 / (sum(n) - 1)))
  data.frame(dispersion = test$statistic[[1]] / test$parameter[[1]], statistic = test$statistic[[1]],
    degrees = test$parameter[[1]], p_value = test$p.value, cramers_v = if (rate) NA else sqrt(test$statistic[[1]] / sum(n)),
    corrected_v = if (rate) NA else min(corrected, 1), expected = expected)
}

compare_homogeneity <- function(folder, truth) {
  truth <- truth[is.finite(truth$estimate) & !is.na(truth$denominator), ]
  truth <- truth[order(truth$year, truth$indicator, truth$category, method = "radix"), ]
  name <- paste(truth$year, truth$indicator, truth$category)
  groups <- Filter(function(g) nrow(g) > 1, split(truth, factor(name, unique(name))))
  expected <- do.call(rbind, lapply(groups, function(g) cbind(g[1, c("year", "indicator", "category")],
    organs = nrow(g), events = sum(g$numerator), trials = sum(g$denominator), scatter_of(g))))
  expected$q_value <- ave(expected$p_value, expected$year, FUN = function(p) p.adjust(p, method = "BH"))
  ours <- read.csv(file.path(folder, "wilson", "homogeneity.csv"), na.strings = "")
  ours$category[is.na(ours$category)] <- ""
  key <- function(t) paste(t$year, t$indicator, t$category)
  if (!identical(key(ours), key(expected))) return(fail("the rows of homogeneity.csv are not those expected"))
  for (column in c("organs", "events", "trials", "statistic", "degrees", "cramers_v", "corrected_v"))
    same(paste("homogeneity", column), key(ours), ours[[column]], expected[[column]])
  same("homogeneity dispersion", key(ours), ours$dispersion, expected$statistic / expected$degrees)
  same("homogeneity smallest_expected", key(ours), ours$smallest_expected, expected$expected)
  # Below 1e-30 a relative difference says little, and R itself comes to zero.
  for (column in c("p_value", "q_value"))
    same(paste("homogeneity", column), key(ours), ours[[column]], ifelse(expected[[column]] < 1e-30, ours[[column]],
      expected[[column]]))
}

# The dispersion within organs of a group of peers in a year.
known_within <- function(g) {
  row <- dispersions[dispersions$indicator == g$indicator[1] & dispersions$category == g$category[1], ]
  if (nrow(row) == 1) row$dispersion else default_level[[variation_of(g$indicator[1])]]
}

# How far the peers of a year lie apart.
spread_of <- function(g, within) {
  rate <- g$indicator[1] %in% rates
  chance_at <- function(t) if (rate) t else t * (1 - t)
  n <- g$denominator
  y <- g$estimate
  target <- sum(g$numerator) / sum(n)
  effect <- if (variation_of(g$indicator[1]) == "count") function(t) pmax(1, 1 + t * n * within / 2)
    else function(t) rep(max(1, within), length(n))
  none <- data.frame(shrunk = y, target = target, between = NA, effect = effect(target), p_value = NA)
  if (!(chance_at(target) > 0)) return(none)
  for (round in 1:100) {
    v <- effect(target) * chance_at(target) / n
    mean_at <- function(b) sum(y / (v + b)) / sum(1 / (v + b))
    excess <- function(b) sum(pmin((y - mean_at(b))^2 / (v + b), most_square)) / (length(y) - 1) - limited_mean
    between <- if (excess(0) <= 0) 0 else {
      highest <- chance_at(target)
      while (excess(highest) > 0) highest <- highest * 4
      uniroot(excess, c(0, highest), tol = 1e-15)$root
    }
    before <- target
    target <- mean_at(between)
    if (!(chance_at(target) > 0)) return(none)
    if (abs(target - before) <= 1e-13 * before) break
  }
  e <- effect(target)
  size <- min(max(if (rate) target^2 / between else target * (1 - target) / between - 1, 1e-2), 1e6)
  shrunk <- if (rate) (g$numerator / e + size) / (n / e + size / target)
    else (g$numerator / e + size * target) / (n / e + size)
  data.frame(shrunk = shrunk, target = target, between = between, effect = e, p_value = NA)
}

# The beta or gamma distribution of an estimate among its peers.
predictive_of <- function(t) {
  rate <- t$indicator %in% rates
  chance <- ifelse(rate, t$target, t$target * (1 - t$target))
  size <- chance / (t$effect * chance / t$denominator + t$between)
  list(rate = rate, a = ifelse(rate, t$target * size, t$target * (size - 1)), b = ifelse(rate, size, (1 - t$target) * (size - 1)))
}

adjusted_of <- function(t) {
  at <- predictive_of(t)
  plain <- t$between == 0 & t$effect <= 1
  one <- function(p, column) suppressWarnings({
    half <- (if (p > 0.5) 0.5 else -0.5) / t$denominator
    limit <- ifelse(at$rate, pmax(qgamma(p, at$a) / at$b + half, 0),
      ifelse(at$a > 0, pmin(pmax(qbeta(p, at$a, at$b) + half, 0), 1), as.numeric(p > 0.5)))
    ifelse(plain %in% TRUE, t[[column]], ifelse(is.na(t$between), ifelse(t$effect <= 1 & FALSE, t[[column]], NA), limit))
  })
  data.frame(lower_95 = one(0.025, "lower_95"), upper_95 = one(0.975, "upper_95"), lower_998 = one(0.001, "lower_998"),
    upper_998 = one(0.999, "upper_998"))
}

peer_p_value_of <- function(t) suppressWarnings({
  at <- predictive_of(t)
  below <- function(y) ifelse(y <= 0, 0, ifelse(at$rate, pgamma(y * at$b, at$a), pbeta(pmin(y, 1), at$a, at$b)))
  p <- pmin(2 * pmin(below(t$estimate + 0.5 / t$denominator), 1 - below(t$estimate - 0.5 / t$denominator)), 1)
  ifelse(is.na(t$between), NA, ifelse(at$a > 0 & at$b > 0, p, 1))
})

# Ranks by a simulation of R's own: at least 95 % lie within, and less where one end is left out, up to five standard errors
# of two simulations.
compare_ranks <- function(ours, expected) {
  set.seed(1)
  inside <- narrower <- c()
  for (g in split(seq_len(nrow(expected)), paste(expected$year, expected$indicator, expected$category))) {
    x <- expected$numerator[g]
    n <- expected$denominator[g]
    if (is.na(n[1])) {
      if (!all(is.na(ours$rank_lower[g]))) fail("a level has an interval of its rank")
      next
    }
    rate <- expected$indicator[g][1] %in% rates
    e <- expected$effect[g]
    target <- expected$target[g][1]
    between <- expected$between[g][1]
    if (is.na(between)) prior <- c(0.5, if (rate) 0 else 0.5)
    else {
      size <- min(max(if (rate) target^2 / between else target * (1 - target) / between - 1, 1e-2), 1e6)
      prior <- if (rate) c(size, size / target) else size * c(target, 1 - target)
    }
    ranks <- replicate(1000, rank(-(if (rate) rgamma(length(x), x / e + prior[1]) / (n / e + prior[2])
      else rbeta(length(x), x / e + prior[1], (n - x) / e + prior[2]))))
    lower <- ours$rank_lower[g]
    upper <- ours$rank_upper[g]
    within <- rowMeans(ranks >= lower & ranks <= upper)
    inside <- c(inside, within)
    narrower <- c(narrower, ifelse(lower < upper, within - pmin(rowMeans(ranks == lower), rowMeans(ranks == upper)), 0))
  }
  error <- 5 * sqrt(0.95 * 0.05 * 2 / 1000)
  compared <<- compared + 2 * length(inside)
  if (any(inside < 0.95 - error) || mean(narrower) > 0.95 || mean(inside) < 0.95)
    fail("the intervals of ranks are not R's")
  cat(sprintf("intervals of ranks: by R's simulation at least %.3g within, a rank narrower at most %.3g (mean within %.3g)\n",
    min(inside), max(narrower), mean(inside)))
}

compare_comparisons <- function(folder, truth) {
  truth <- truth[is.finite(truth$estimate), ]
  truth <- truth[order(truth$year, truth$indicator, truth$category, truth$division, method = "radix"), ]
  groups <- split(truth, paste(truth$year, truth$indicator, truth$category))
  expected <- do.call(rbind, lapply(groups, function(g) {
    if (nrow(g) < 2) return(NULL)
    if (is.na(g$denominator[1])) return(cbind(g, rank = rank(-g$estimate, ties.method = "min"), of = nrow(g),
      percentile = 100 * (rank(g$estimate) - 0.5) / nrow(g), shrunk = NA, lower_95 = NA, upper_95 = NA, lower_998 = NA,
      upper_998 = NA, dispersion = NA, target = NA, between = NA, effect = NA, p_value = NA))
    rate <- g$indicator[1] %in% rates
    target <- sum(g$numerator) / sum(g$denominator)
    limits <- sapply(c(0.025, 0.975, 0.001, 0.999), function(p)
      mapply(function(n) funnel(p, target, n, rate), g$denominator))
    limits <- matrix(limits, nrow = nrow(g))
    spread <- spread_of(g, known_within(g))
    cbind(g, rank = rank(-g$estimate, ties.method = "min"), of = nrow(g),
      percentile = 100 * (rank(g$estimate) - 0.5) / nrow(g), shrunk = spread$shrunk,
      lower_95 = limits[, 1], upper_95 = limits[, 2], lower_998 = limits[, 3], upper_998 = limits[, 4],
      dispersion = scatter_of(g)$dispersion, spread[names(spread) != "shrunk"])
  }))
  expected <- expected[order(expected$year, expected$indicator, expected$category, expected$division, method = "radix"), ]
  ours <- read(folder, "wilson", "comparisons.csv")
  ours$category[is.na(ours$category)] <- ""
  key <- function(t) paste(t$year, t$indicator, t$category, t$division)
  if (!identical(key(ours), key(expected))) return(fail("the rows of comparisons.csv are not those expected"))
  for (column in c("denominator", "estimate", "rank", "of", "percentile", "lower_95", "upper_95", "lower_998",
    "upper_998", "dispersion"))
    same(column, key(ours), ours[[column]], expected[[column]])
  for (column in c("target", "between", "shrunk"))
    same(column, key(ours), ours[[column]], expected[[column]], iterative)
  same("design effect of peers", key(ours), ours$design_effect, expected$effect, iterative)
  expected$target <- ours$target # closed forms begin with the same numbers
  expected$between <- ours$between
  adjusted <- adjusted_of(expected)
  for (column in names(adjusted)) same(paste0("adjusted_", column), key(ours), ours[[paste0("adjusted_", column)]],
    adjusted[[column]], 1e-8)
  p <- peer_p_value_of(expected)
  same("peer p_value", key(ours), ours$p_value, p, 1e-6)
  same("peer q_value", key(ours), ours$q_value, ave(ours$p_value, paste(ours$year, ours$indicator, ours$category),
    FUN = function(p) p.adjust(p, "BH")))
  compare_ranks(ours, expected)
}

distribution_names <- c(applicant = "applicant_share", declined_ground = "declined_ground_share",
  refusal_ground = "refusal_ground_share", unable_ground = "unable_ground_share")
hhi_of <- function(x) sum((x / sum(x))^2)
gini_of <- function(x) sum(abs(outer(x, x, "-"))) / (2 * length(x)^2 * mean(x))
entropy_of <- function(x) { s <- x[x > 0] / sum(x); -sum(s * log(s)) }

# At most so much of R's draws beyond a limit, and at least so much up to it; up to five standard errors of a thousand draws.
check_tails <- function(what, beyond, up_to) {
  compared <<- compared + length(beyond)
  error <- 5 * sqrt(0.025 * 0.975 * 2 / 1000)
  if (any(beyond > 0.025 + error) || any(up_to < 0.025 - error) || mean(beyond) > 0.026 || mean(up_to) < 0.024)
    fail("the intervals of ", what, " are not R's")
  cat(sprintf("limits of %s: by R's simulation at most %.2g beyond one, at least %.2g up to it (means %.2g, %.2g)\n", what,
    max(beyond), min(up_to), mean(beyond), mean(up_to)))
}

compare_concentration <- function(folder, truth) {
  set.seed(2)
  ours <- read(folder, "wilson", "concentration.csv")
  tails <- list()
  for (i in seq_len(nrow(ours))) {
    x <- truth$numerator[truth$report_id == ours$report_id[i] & truth$indicator == distribution_names[[ours$distribution[i]]]]
    where <- paste(ours$report_id[i], ours$distribution[i])
    same("categories", where, ours$categories[i], length(x))
    same("concentration total", where, ours$total[i], sum(x))
    draws <- rmultinom(1000, sum(x), x)
    for (measure in c("hhi", "gini", "entropy")) {
      of <- get(paste0(measure, "_of"))
      same(measure, where, ours[[measure]][i], of(x))
      drawn <- apply(draws, 2, of)
      e <- of(x)
      none <- sum(x) < 30 || max(x) == sum(x)
      lower <- ours[[paste0(measure, "_lower")]][i]
      upper <- ours[[paste0(measure, "_upper")]][i]
      if (is.na(lower) != none || is.na(upper) != none) fail("an interval of ", measure, " of ", where)
      if (none) next
      # Of the two distances the greater one: twice the estimate less the other limit stands for the other quantile.
      step <- 1e-10 * max(1, abs(c(lower, upper))) # rounding
      bounds <- list(hhi = c(1 / length(x), 1), gini = c(0, 1 - 1 / length(x)), entropy = c(0, log(length(x))))[[measure]]
      reach <- max(e - lower, upper - e)
      same(paste(measure, "limits"), rep(where, 2), c(lower, upper), c(max(e - reach, bounds[1]), min(e + reach, bounds[2])))
      # Not more than 2.5 % lie farther off on the one side, and not less up to there on one of the two.
      above <- c(mean(drawn > e + reach + step), mean(drawn >= e + reach - step))
      below <- c(mean(drawn < e - reach - step), mean(drawn <= e - reach + step))
      tails[[measure]] <- rbind(tails[[measure]], c(max(above[1], below[1]), max(above[2], below[2])))
    }
  }
  for (measure in names(tails)) check_tails(measure, tails[[measure]][, 1], tails[[measure]][, 2])
}

compare_distributions <- function(folder, truth) {
  ours <- read(folder, "wilson", "distributions.csv")
  expected <- truth[truth$indicator %in% distribution_names, ]
  expected <- expected[expected$denominator > 0, ]
  expected <- expected[order(expected$report_id, expected$indicator, expected$category, method = "radix"), ]
  key <- function(t, distribution) paste(t$report_id, distribution, t$category)
  where <- key(ours, distribution_names[ours$distribution])
  if (!identical(where, key(expected, expected$indicator))) return(fail("the rows of distributions.csv"))
  k <- ave(expected$numerator, expected$report_id, expected$indicator, FUN = length)
  x <- expected$numerator
  n <- expected$denominator
  b <- qchisq(1 - 0.05 / k, 1)
  root <- sqrt(b * (b + 4 * x * (n - x) / n))
  same("distribution count", where, ours$count, x)
  same("distribution total", where, ours$total, n)
  same("distribution share", where, ours$share, x / n)
  same("Goodman lower", where, ours$lower, ifelse(x == 0, 0, (b + 2 * x - root) / (2 * (n + b))))
  same("Goodman upper", where, ours$upper, ifelse(x == n, 1, (b + 2 * x + root) / (2 * (n + b))))
}

distance_of <- function(a, b) {
  p <- a / sum(a)
  q <- b / sum(b)
  m <- (p + q) / 2
  part <- function(s) sum(ifelse(s > 0, s * log2(s / m), 0))
  sqrt(max(0, (part(p) + part(q)) / 2))
}

compare_shifts <- function(folder, truth) {
  set.seed(3)
  ours <- read(folder, "wilson", "distribution_changes.csv")
  of <- function(row, year) {
    part <- truth[truth$division == row$division & truth$year == year &
      truth$indicator == distribution_names[[row$distribution]], ]
    part$numerator[order(part$category, method = "radix")]
  }
  off <- tails <- c()
  differences <- NULL
  for (i in seq_len(nrow(ours))) {
    row <- ours[i, ]
    where <- paste(row$division, row$distribution, row$year)
    a <- of(row, row$year - 1)
    b <- of(row, row$year)
    same("shift categories", where, row$categories, length(a))
    same("shift totals", where, c(row$previous_total, row$total), c(sum(a), sum(b)))
    # Below 1e-7 a distance is the rounding of its square.
    if (max(row$distance, distance_of(a, b)) > 1e-7) same("shift distance", where, row$distance, distance_of(a, b), 1e-8)
    present <- a + b > 0
    tables <- if (sum(present) < 2) NULL else r2dtable(1000, c(sum(a), sum(b)), (a + b)[present])
    wanted <- distance_of(a, b) / sqrt(max(1, row$dispersion_within)) # of which the dispersion has made its part
    drawn <- if (is.null(tables)) 0 else sapply(tables, function(t) distance_of(t[1, ], t[2, ]))
    as_great <- mean(drawn >= wanted * (1 - 1e-12) - 1e-9)
    if (row$p_method == "tail" && row$p_value > 1e-8) {
      shape <- mean(drawn^2)^2 / mean((drawn^2 - mean(drawn^2))^2)
      tails <- c(tails, log(row$p_value) / pgamma(wanted^2 * shape / mean(drawn^2), shape, lower.tail = FALSE, log.p = TRUE) - 1)
    }
    middle <- (as_great + row$p_value) / 2
    draws <- min(1000, 110 / row$p_value) # ours stops once 110 were as great
    off <- c(off, abs(as_great - row$p_value) / sqrt(max(middle * (1 - middle), 0.001) * (1 / 1000 + 1 / draws)))
    table <- rbind(a, b)[, present, drop = FALSE]
    degrees <- ncol(table) - 1
    if (degrees >= 1 && min(rowSums(table)) >= ncol(table)) differences <- rbind(differences, data.frame(distribution = row$distribution,
      division = row$division, degrees, chi_square = suppressWarnings(chisq.test(table, correct = FALSE)$statistic[[1]]) *
      (sum(table) - 1) / sum(table)))
  }
  for (distribution in unique(ours$distribution)) {
    of <- differences[differences$distribution == distribution, ]
    most <- qchisq(pchisq(most_square, 1), of$degrees) / of$degrees
    expected <- sum(of$degrees * (pchisq(most * of$degrees, of$degrees + 2) + most * pchisq(most * of$degrees, of$degrees, lower.tail = FALSE)))
    level <- if (length(unique(of$division)) < 5) default_level[["share"]]
      else uniroot(function(l) sum(of$degrees * pmin(of$chi_square / of$degrees / l, most)) - expected, c(1e-6, 1e6), tol = 1e-12)$root
    rows <- ours$distribution == distribution
    same("shift dispersion", ours$division[rows], ours$dispersion_within[rows], rep(level, sum(rows)), iterative)
  }
  # Two fits to a thousand draws each, whose means differ by some 5 %.
  if (length(tails) && max(abs(tails)) > 0.25) fail("the tails of distribution_changes.csv are not R's")
  cat(sprintf("%d tails: logarithms at most the part %.2g from R's (mean %.2g)\n", length(tails), max(abs(tails), 0), mean(c(tails, 0))))
  compared <<- compared + length(off)
  if (max(off) > 5) fail("the p-values of distribution_changes.csv are not R's")
  cat(sprintf("%d permutation tests: at most %.2g standard errors from R's (root mean square %.2g)\n", length(off), max(off),
    sqrt(mean(off^2))))
  same("shift q_value", ours$division, ours$q_value, p.adjust(ours$p_value, "BH"))
  pairs <- truth[truth$indicator %in% distribution_names & truth$denominator > 0, ]
  pairs <- unique(pairs[c("division", "indicator", "year")])
  follows <- paste(pairs$division, pairs$indicator, pairs$year + 1) %in% paste(pairs$division, pairs$indicator, pairs$year)
  same("shift rows", "distribution_changes.csv", nrow(ours), sum(follows))
}

# Numbers of four digits or more, each once in a section of a report.
numbers_of <- function(counts) {
  is_dispute <- sub("[.].*", "", names(counts)) %in% blocks
  lapply(list(disputes = counts[is_dispute], requests = counts[!is_dispute]), function(x) unique(x[x >= 1000]))
}

digits_of <- function(x) {
  counts <- table(factor(x %% 10, 0:9))
  n <- length(x)
  test <- suppressWarnings(if (n > 0) chisq.test(counts))
  data.frame(digits = n, digit_statistic = if (n > 0) test$statistic[[1]] else NA,
    digit_p_value = if (n >= 50) test$p.value else NA, heaped_share = if (n > 0) mean(x %% 5 == 0) else NA,
    heaped_p_value = if (n > 0) binom.test(sum(x %% 5 == 0), n, 0.2, "greater")$p.value else NA, t(as.vector(counts)))
}

compare_quality <- function(folder, data) {
  ours <- read(folder, "wilson", "quality.csv")
  columns <- c("digits", "digit_statistic", "digit_p_value", "heaped_share", "heaped_p_value")
  numbers <- lapply(data$counts, numbers_of)
  expected <- do.call(rbind, lapply(numbers, function(n) digits_of(unlist(n))))
  for (column in columns) same(paste("quality", column), ours$report_id, ours[[column]], expected[[column]])
  adjusted <- function(t, p) p.adjust(ifelse(is.na(t$digit_p_value), NA, p), "BH")
  same("digit q", ours$report_id, ours$digit_q_value, adjusted(expected, expected$digit_p_value))
  same("heaped q", ours$report_id, ours$heaped_q_value, adjusted(expected, expected$heaped_p_value))
  failed <- seq_len(nrow(ours)) %% 21
  same("pass_rate", ours$report_id, ours$pass_rate, 1 - failed / 20)
  limits <- sapply(20 - failed, function(x) interval_of("wilson", x, 20))
  same("pass limits", rep(ours$report_id, 2), c(ours$pass_lower, ours$pass_upper), c(limits[1, ], limits[2, ]))
  same("cells", ours$report_id, ours$cells, lengths(data$counts))
  ours <- read.csv(file.path(folder, "wilson", "digits.csv"), na.strings = "")
  same("digits q", paste(ours$year, ours$section), ours$digit_q_value, adjusted(ours, ours$digit_p_value))
  same("digits heaped q", paste(ours$year, ours$section), ours$heaped_q_value, adjusted(ours, ours$heaped_p_value))
  for (i in seq_len(nrow(ours))) {
    expected <- digits_of(unlist(lapply(numbers[data$reports$year == ours$year[i]], `[[`, ours$section[i])))
    where <- paste(ours$year[i], ours$section[i])
    same("digits", rep(where, 15), unlist(ours[i, c(columns, paste0("digit_", 0:9))]), unlist(expected))
  }
}

compare_rules <- function(folder, reports) {
  rules <- cbind(reports, rules_of(reports))
  ours <- read.csv(file.path(folder, "wilson", "edit_rates.csv"))
  for (i in seq_len(nrow(ours))) {
    of <- rules[rules$year == ours$year[i], ]
    is_a <- ours$rule[i] == "rule_a"
    failed <- if (is_a) of$failed_a else rep(0, nrow(of))
    n <- nrow(of)
    x <- sum(failed == 0)
    same("edit rates", rep(paste(ours$year[i], ours$rule[i]), 7), unlist(ours[i, -(1:2)]), c(n, n - x, x / n,
      interval_of("wilson", x, n), sum(if (is_a) of$a else of$b), sum(failed)))
  }
  same("edit rates", "rows", nrow(ours), 2 * length(unique(reports$year)))
}

# A year as a matrix: organs by indicators without categories.
matrix_of <- function(truth, year) {
  people <- truth[truth$indicator == "requests_per_100000", ]
  truth <- rbind(truth, transform(people, indicator = "covariate.population", estimate = denominator * 1e5))
  part <- truth[truth$year == year & truth$category == "" & is.finite(truth$estimate), ]
  names <- sort(unique(part$indicator), method = "radix")
  organs <- unique(truth$division[truth$year == year & is.finite(truth$estimate)])
  sapply(names, function(n) part$estimate[part$indicator == n][match(organs, part$division[part$indicator == n])])
}

correlations_of <- function(values, year) {
  pairs <- combn(colnames(values), 2)
  rows <- do.call(rbind, apply(pairs, 2, function(pair) {
    both <- values[complete.cases(values[, pair]), pair, drop = FALSE]
    if (nrow(both) < 3 || length(unique(both[, 1])) < 2 || length(unique(both[, 2])) < 2) return(NULL)
    test <- function(method) cor.test(both[, 1], both[, 2], method = method, exact = FALSE)$p.value
    data.frame(year = year, indicator = pair[1], other = pair[2], organs = nrow(both), pearson = cor(both)[1, 2],
      pearson_p_value = test("pearson"), spearman = cor(both, method = "spearman")[1, 2], spearman_p_value = test("spearman"))
  }, simplify = FALSE))
  transform(rows, pearson_q_value = p.adjust(pearson_p_value, "BH"), spearman_q_value = p.adjust(spearman_p_value, "BH"))
}

components_of <- function(values, year) {
  values <- values[, !startsWith(colnames(values), "covariate."), drop = FALSE]
  common <- values[, 2 * colSums(!is.na(values)) >= nrow(values), drop = FALSE]
  cases <- common[complete.cases(common), , drop = FALSE]
  cases <- cases[, apply(cases, 2, function(x) length(unique(x)) > 1), drop = FALSE]
  if (nrow(cases) < 3 || ncol(cases) < 2) return(NULL)
  fit <- prcomp(cases, scale. = TRUE)
  do.call(rbind, lapply(which(fit$sdev^2 > 1e-9), function(i) {
    loading <- fit$rotation[, i] * sign(fit$rotation[which(abs(fit$rotation[, i]) > max(abs(fit$rotation[, i])) * (1 - 1e-9))[1], i])
    data.frame(year = year, component = i, indicator = colnames(cases), loading = loading, variance = fit$sdev[i]^2,
      variance_share = fit$sdev[i]^2 / ncol(cases), organs = nrow(cases), left_out = nrow(values) - nrow(cases))
  }))
}

compare_relations <- function(folder, truth) {
  for (kind in c("correlations", "components")) {
    of <- get(paste0(kind, "_of"))
    expected <- do.call(rbind, lapply(sort(unique(truth$year)), function(y) of(matrix_of(truth, y), y)))
    ours <- read.csv(file.path(folder, "wilson", paste0(kind, ".csv")), na.strings = "")
    key <- function(t) if (kind == "correlations") paste(t$year, t$indicator, t$other) else paste(t$year, t$component, t$indicator)
    if (!identical(key(ours), key(expected))) {
      fail("the rows of ", kind, ".csv (", nrow(ours), ") are not those expected (", nrow(expected), ")")
      next
    }
    # A correlation that is none but for rounding, and a loading that is none, have no relative difference.
    for (column in setdiff(names(expected), c("year", "indicator", "other", "component"))) {
      tiny <- abs(expected[[column]]) < 1e-6 & abs(ours[[column]]) < 1e-6
      same(paste(kind, column), key(ours), ours[[column]], ifelse(tiny, ours[[column]], expected[[column]]),
        if (kind == "components") 1e-6 else 1e-8)
    }
  }
}

# Worked out by hand from the printed report: numerator, denominator.
compare_tianqiao <- function(folder) {
  expected <- list(disclosure_rate = c(116, 289), refusal_share = c(9, 289), unable_share = c(137, 289),
    declined_share = c(23, 289), other_share = c(4, 289), review_corrected_share = c(10, 65),
    litigation_corrected_share = c(1, 65), carry_out_share = c(8, 297),
    substantive_disclosure_rate = c(116, 254), granted_of_granted_or_denied = c(116, 125),
    dispute_corrected_share = c(11, 130))
  ours <- read(folder, "tianqiao", "indicators.csv")
  for (indicator in names(expected)) {
    row <- ours[ours$indicator == indicator, ]
    x <- expected[[indicator]]
    where <- paste("Tianqiao", indicator)
    same("Tianqiao numerator", where, row$numerator, x[1])
    same("Tianqiao denominator", where, row$denominator, x[2])
    same("Tianqiao estimate", where, row$estimate, x[1] / x[2])
    limits <- interval_of("wilson", x[1], x[2])
    same("Tianqiao limits", rep(where, 2), c(row$lower, row$upper), limits)
  }
  same("Tianqiao estimate", "online_processing_rate", ours$estimate[ours$indicator == "online_processing_rate"], 0.8687)
}

# Quotients of counts, without an interval.
compare_means <- function(folder, truth) {
  truth <- truth[truth$indicator %in% means, ]
  truth <- truth[order(truth$report_id, truth$indicator, method = "radix"), ]
  ours <- read.csv(file.path(folder, "wilson", "indicators.csv"), na.strings = "")
  ours <- ours[ours$indicator %in% means, ]
  if (nrow(ours) != nrow(truth)) return(fail("the rows of quotients"))
  same("quotient", paste(truth$report_id, truth$indicator), ours$estimate, truth$estimate)
  same("quotient limits", truth$report_id, ours$lower, rep(NA, nrow(truth)))
}

compare_all <- function(folder) {
  data <- readRDS(file.path(folder, "truth.rds"))
  truth <- do.call(rbind, lapply(seq_len(nrow(data$reports)), function(i)
    cbind(data$reports[i, c("report_id", "division", "organ", "year")], indicators_of(data$counts[[i]], data$reports$people[i]), row.names = NULL)))
  truth$estimate <- ifelse(is.na(truth$denominator), truth$numerator,
    ifelse(truth$denominator == 0, NA, truth$numerator / truth$denominator))
  every <- truth
  truth <- truth[!truth$indicator %in% means, ]
  compare_means(folder, every)
  dispersions <<- read.csv(file.path(folder, "wilson", "dispersion.csv"), na.strings = "")
  dispersions$category[is.na(dispersions$category)] <<- ""
  dispersions <<- dispersions[!dispersions$indicator %in% means, ]
  compare_indicators(folder, truth)
  compare_dispersion(folder, truth)
  compare_dispersed_changes(folder, truth)
  compare_pooled(folder, truth)
  compare_trends(folder, "trends.csv", truth)
  compare_changes(folder, truth)
  compare_aggregates(folder, truth)
  compare_trends(folder, "aggregate_trends.csv", aggregates_of(truth), "aggregate ")
  compare_comparisons(folder, truth)
  compare_homogeneity(folder, truth)
  compare_concentration(folder, truth)
  compare_distributions(folder, truth)
  compare_shifts(folder, truth)
  compare_quality(folder, data)
  compare_rules(folder, data$reports)
  compare_relations(folder, every)
  compare_tianqiao(folder)
  for (what in names(worst)) cat(sprintf("%-28s worst relative difference %.2g\n", what, worst[[what]]))
  cat(sprintf("%d comparisons with R, %d beyond %g (fits: %g), worst relative difference %.2g\n", compared, failures,
    tolerance, iterative, max(unlist(worst))))
  quit(status = if (failures > 0) 1 else 0)
}

if (arguments[1] == "make") make_dataset(arguments[2]) else compare_all(arguments[2])
