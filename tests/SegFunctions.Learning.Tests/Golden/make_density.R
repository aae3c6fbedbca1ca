#!/usr/bin/env Rscript
# Adds the figures of R's dbscan package (R 4.2.2, dbscan 1.1-11) to density.json, which make_density.py wrote.
#
# hdbscan(minPts) counts the row itself in core distances and takes minPts as the minimum cluster size too: its minPts is our MinimumClusterSize
# with MinimumSamples = minPts - 1. Its GLOSH scores stand as outlierScores, the merge heights
# of its tree as heights.
suppressMessages({library(dbscan); library(jsonlite)})
stopifnot(packageVersion("dbscan") == "1.1.11")
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
file <- file.path(here, "density.json")
golden <- fromJSON(file, simplifyVector = FALSE)
for (i in seq_along(golden$cases)) {
  case <- golden$cases[[i]]
  x <- t(sapply(case$rows, unlist))
  plain <- dbscan::dbscan(x, case$epsilon, case$minimumPoints, borderPoints = FALSE)
  tree <- dbscan::hdbscan(x, case$minimumClusterSize)
  golden$cases[[i]]$r <- list(
    coreClusters = plain$cluster - 1, labels = tree$cluster - 1,
    outlierScores = tree$outlier_scores, coreDistances = tree$coredist, heights = sort(tree$hc$height))
}
write(toJSON(golden, auto_unbox = TRUE, digits = NA), file)
