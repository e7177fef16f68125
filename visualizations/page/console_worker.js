// Answers SPARQL over the graph of the page, apart from the page so that a long query can be ended.
// It stands behind the engine's own text in one script; `Store` and `initSync` are that text's names.

/* global Store, initSync */
const ROWS_FORMAT = "application/sparql-results+json";
const STATEMENTS_FORMAT = "text/turtle";
let store = null;

/** Give the graph and the engine, as bytes; the answer is how many statements there are. */
function load({ engine, graph }) {
  initSync({ module: engine });
  store = new Store();
  store.load(graph, { format: "application/n-quads", no_transaction: true });
  return { size: store.size };
}

/**
 * Answer one query: rows, or yes and no, as JSON of the SPARQL standard; statements as Turtle.
 * Which of the two fits is the engine's to say: it refuses the other before it computes anything.
 */
function answer({ text }) {
  const options = { use_default_graph_as_union: true };
  try {
    return { answer: store.query(text, { ...options, results_format: ROWS_FORMAT }) };
  } catch (problem) {
    try {
      return { answer: store.query(text, { ...options, results_format: STATEMENTS_FORMAT }) };
    } catch {
      throw problem;
    }
  }
}

self.onmessage = (event) => {
  const { id, work, ...given } = event.data;
  try {
    const done = work === "load" ? load(given) : answer(given);
    self.postMessage({ id, ...done });
  } catch (error) {
    self.postMessage({ id, problem: String(error && error.message ? error.message : error) });
  }
};
