# Computes tables of this report again from tables/dyads.csv, and prepares an ERGM.
# Run it in the folder of the report: Rscript replicate.R
# It needs igraph, network and sna; with statnet's ergm it goes on to the terms of a model.
# It ends with an error if a table differs by more than the decimals it is written with.

directed <- FALSE
tolerance <- 2e-6

read_table <- function(name) {
  read.csv(file.path("tables", name), fileEncoding = "UTF-8-BOM",
           stringsAsFactors = FALSE, na.strings = "", check.names = FALSE)
}

different <- character()
compare <- function(table, name, ours, again) {
  apart <- if (length(ours)) max(c(0, abs(again - ours)), na.rm = TRUE) else 0
  same <- apart <= tolerance && identical(is.na(as.vector(again)), is.na(as.vector(ours)))
  cat(sprintf("%-10s %-24s %d values, greatest difference %.7f%s\n", table, name,
              length(ours), apart, if (same) "" else "  DIFFERS"))
  if (!same) different <<- c(different, paste(table, name))
}

bodies <- read_table("measures.csv")
dyads <- read_table("dyads.csv")
if (nrow(dyads) == 0) {
  cat("No pair is joined; there is nothing to compute.\n")
  quit(save = "no")
}
n <- nrow(bodies)
ends <- cbind(match(dyads$source, bodies$key), match(dyads$target, bodies$key))

if (requireNamespace("igraph", quietly = TRUE)) {
  kept <- dyads[, c("source", "target", "ties", "weight")]
  attributes <- bodies[, c("key", "strand", "sector", "kind")]
  g <- igraph::graph_from_data_frame(kept, directed = directed, vertices = attributes)
  # Partners, whichever way a tie runs.
  simple <- igraph::simplify(igraph::as.undirected(g, mode = "collapse"))
  whole <- read_table("network.csv")
  figure <- function(measure, name) {
    whole$value[whole$measure == measure & whole$figure == name]
  }

  compare("measures", "degree", bodies$degree, unname(igraph::degree(simple)))
  compare("measures", "betweenness", bodies$betweenness,
          unname(igraph::betweenness(g, directed = directed, weights = NA, normalized = n > 2)))
  compare("measures", "core", bodies$core, unname(igraph::coreness(simple)))
  if (directed) {
    compare("measures", "in_degree", bodies$in_degree, unname(igraph::degree(g, mode = "in")))
    compare("measures", "out_degree", bodies$out_degree, unname(igraph::degree(g, mode = "out")))
  } else {
    compare("measures", "strength", bodies$strength,
            unname(igraph::strength(g, weights = igraph::E(g)$weight)))
    steps <- igraph::distances(g, weights = NA)
    near <- is.finite(steps) & steps > 0
    reached <- rowSums(near)
    lengths <- rowSums(ifelse(near, steps, 0))
    closeness <- ifelse(lengths > 0, reached / lengths * reached / (n - 1), 0)
    compare("measures", "closeness", bodies$closeness, unname(closeness))
    compare("measures", "harmonic", bodies$harmonic,
            unname(rowSums(ifelse(near, 1 / steps, 0)) / (n - 1)))
    compare("measures", "pagerank", bodies$pagerank,
            unname(igraph::page_rank(g, weights = igraph::E(g)$weight)$vector))
    constraint <- unname(igraph::constraint(igraph::delete_edge_attr(g, "weight")))
    compare("measures", "constraint", bodies$constraint,
            ifelse(is.nan(constraint), NA, constraint))
    compare("network", "modularity", figure("communities", "modularity"),
            igraph::modularity(g, bodies$community, weights = igraph::E(g)$weight))
  }
  compare("network", "density", figure("density", "density"), igraph::edge_density(g))
}

if (requireNamespace("network", quietly = TRUE)) {
  net <- network::network.initialize(n, directed = directed)
  network::set.vertex.attribute(net, "vertex.names", bodies$key)
  strand <- ifelse(is.na(bodies$strand), "none", bodies$strand)
  network::set.vertex.attribute(net, "strand", strand)
  network::add.edges(net, ends[, 1], ends[, 2])

  # How many pairs each two groups have: for one group the term nodematch of a model, for two nodemix.
  mixing <- read_table("mixing.csv")
  table <- network::mixingmatrix(net, "strand")
  table <- if (is.matrix(table)) unclass(table) else unclass(table$matrix)
  counted <- mapply(function(from, to) {
    if (directed) return(table[from, to])
    max(table[from, to], table[to, from])
  }, mixing$code, mixing$other_code)
  if (nrow(mixing)) compare("mixing", "pairs", mixing$pairs, unname(counted))

  if (requireNamespace("sna", quietly = TRUE)) {
    known <- !is.na(bodies$strand)
    adjacency <- matrix(0, n, n)
    adjacency[ends] <- 1
    if (!directed) adjacency[ends[, 2:1, drop = FALSE]] <- 1
    adjacency <- adjacency[known, known, drop = FALSE]
    if (length(unique(bodies$strand[known])) > 1) {
      roles <- sna::brokerage(adjacency, bodies$strand[known])$raw.nli
      published <- read_table("brokerage.csv")
      published <- published[match(bodies$key[known], published$key), ]
      named <- c(coordinator = "w_I", itinerant = "w_O", representative = "b_IO",
                 gatekeeper = "b_OI", liaison = "b_O", total = "t")
      for (role in names(named)) {
        compare("brokerage", role, published[[role]], unname(roles[, named[[role]]]))
      }
    }
  }

  # A start of a model: density and a tendency to tie within a group. What else belongs in it is for you to say.
  inside <- sum(strand[ends[, 1]] == strand[ends[, 2]])
  saveRDS(net, "network.rds")
  cat(sprintf("ERGM: edges %d, nodematch.strand %d\n", network::network.edgecount(net), inside))
  if (requireNamespace("ergm", quietly = TRUE)) {
    suppressPackageStartupMessages(library(ergm))
    formula <- net ~ edges + nodematch("strand")
    stopifnot(unname(summary(formula)) == c(network::network.edgecount(net), inside))
    # fit <- ergm(formula, control = control.ergm(seed = 1))
    # summary(fit)
  } else {
    cat("ergm is not installed, so no model was set up; network.rds holds the network for readRDS().\n")
  }
}

if (length(different)) stop("not the same: ", paste(different, collapse = "; "))
