# Computes tables of this report again from tables/dyads.csv and tables/measures.csv, and prepares an ERGM.
# Run it in the folder of the report: Rscript replicate.R
# It needs igraph; with statnet's network and ergm packages it goes on to the model.

read_table <- function(name) {
  read.csv(file.path("tables", name), fileEncoding = "UTF-8-BOM",
           stringsAsFactors = FALSE, na.strings = "", check.names = FALSE)
}

bodies <- read_table("measures.csv")
dyads <- read_table("dyads.csv")

if (nrow(dyads) > 0 && requireNamespace("igraph", quietly = TRUE)) {
  g <- igraph::graph_from_data_frame(
    dyads[, c("source", "target", "ties", "weight")],
    directed = FALSE, vertices = bodies[, c("key", "strand", "sector", "kind")]
  )
  n <- igraph::vcount(g)
  again <- data.frame(
    key = igraph::V(g)$name,
    degree = igraph::degree(g),
    strength = igraph::strength(g, weights = igraph::E(g)$weight),
    betweenness = igraph::betweenness(g, directed = FALSE, weights = NA,
                                      normalized = n > 2)
  )
  for (measure in c("degree", "strength", "betweenness")) {
    apart <- max(abs(again[[measure]] - bodies[[measure]]))
    cat(sprintf("%-12s greatest difference from measures.csv: %.6f\n", measure, apart))
  }
}

if (nrow(dyads) > 0 && requireNamespace("network", quietly = TRUE)) {
  net <- network::network.initialize(nrow(bodies), directed = FALSE)
  network::set.vertex.attribute(net, "vertex.names", bodies$key)
  strand <- ifelse(is.na(bodies$strand), "none", bodies$strand)
  network::set.vertex.attribute(net, "strand", strand)
  network::add.edges(net, match(dyads$source, bodies$key), match(dyads$target, bodies$key))

  if (requireNamespace("sna", quietly = TRUE)) {
    known <- !is.na(bodies$strand)
    adjacency <- matrix(0, nrow(bodies), nrow(bodies))
    ends <- cbind(match(dyads$source, bodies$key), match(dyads$target, bodies$key))
    adjacency[rbind(ends, ends[, 2:1, drop = FALSE])] <- 1
    adjacency <- adjacency[known, known, drop = FALSE]
    roles <- sna::brokerage(adjacency, bodies$strand[known])$raw.nli
    published <- read_table("brokerage.csv")
    total <- published$total[match(bodies$key[known], published$key)]
    cat(sprintf("%-12s greatest difference from brokerage.csv: %.6f\n", "brokerage",
                max(abs(roles[, "t"] - total))))
  }

  if (requireNamespace("ergm", quietly = TRUE)) {
    # A start: density and a tendency to tie within a strand. What else belongs in it is for you to say.
    suppressPackageStartupMessages(library(ergm))
    formula <- net ~ edges + nodematch("strand")
    print(summary(formula))
    # fit <- ergm(formula, control = control.ergm(seed = 1))
    # summary(fit)
  }
}
