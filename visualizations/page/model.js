"use strict";
// What there is to show and what is shown now. Parts of the page read this and listen for changes;
// none of them keeps a state of its own.
(function (simpul) {
  const data = JSON.parse(document.getElementById("data").textContent);
  const bodies = new Map(data.nodes.map((body) => [body.id, body]));
  const ties = data.ties;
  const lines = data.edges;
  const linesOf = new Map(ties.map((tie, number) => [number, []]));
  lines.forEach((line) => linesOf.get(line.tie).push(line));

  const tiesOf = new Map(data.nodes.map((body) => [body.id, []]));
  ties.forEach((tie, number) => {
    for (const id of new Set(tie.parties.map((party) => party.body))) {
      if (tiesOf.has(id)) tiesOf.get(id).push(number);
    }
  });

  /** The values of one filter that occur in this network, in the order given. */
  const present = (values, found) => values.filter((value) => found.has(value));
  const filters = {
    families: present(data.families.map((f) => f.code), new Set(data.nodes.map((b) => b.family))),
    shapes: present(data.shapes.map((s) => s.code), new Set(data.nodes.map((b) => b.look))),
    looks: present(data.looks.map((l) => l.code), new Set(ties.map((tie) => tie.look))),
    layers: [...new Set(ties.map((tie) => tie.layer))].sort(),
  };

  const state = {
    language: data.language,
    theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    body: data.centre, // the id of the selected body, or null
    tie: null, // the number of the selected tie, or null
    pair: null, // the two bodies of the line by which the tie was selected
    ...Object.fromEntries(Object.entries(filters).map(([name, all]) => [name, new Set(all)])),
  };

  const column = () => (state.language === "id" ? 0 : 1);
  /** A pair of texts in the language of the page; "" for none. */
  const pick = (pair) => (pair ? pair[column()] : "");
  /** A sentence of the page, its braces filled in. */
  const say = (code, facts = {}) =>
    pick(data.words[code]).replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
  /** "1 tie", "3 ties": the words of a number, from a pair of sentences. */
  const counted = (code, n) => say(n === 1 ? `one-${code}` : `${code}-count`, { n });
  /** The name of a code, or "" for none. */
  const codeName = (code) => (code ? pick(data.codes[code]) : "");
  const nameOf = (id) => (bodies.has(id) ? pick(bodies.get(id).name) : "");

  const bodyShown = (body) => state.families.has(body.family) && state.shapes.has(body.look);
  const idShown = (id) => bodies.has(id) && bodyShown(bodies.get(id));
  const tieShown = (tie) =>
    state.looks.has(tie.look) &&
    state.layers.has(tie.layer) &&
    (bodies.size === 0 || tie.parties.some((party) => idShown(party.body)));
  const lineShown = (line) => tieShown(ties[line.tie]) && idShown(line.from) && idShown(line.to);

  /** The bodies that a shown line joins to this one, by name. */
  function partnersOf(id) {
    const found = new Set();
    for (const line of lines) {
      if (!lineShown(line)) continue;
      if (line.from === id) found.add(line.to);
      if (line.to === id) found.add(line.from);
    }
    return [...found].sort((a, b) => nameOf(a).localeCompare(nameOf(b), state.language));
  }

  /** The ties shown that join these two, besides those without a line between them. */
  const tiesBetween = (a, b) =>
    [...new Set(lines.filter((line) => lineShown(line) && (
      (line.from === a && line.to === b) || (line.from === b && line.to === a)
    )).map((line) => line.tie))];

  const listeners = [];
  const onChange = (listener) => listeners.push(listener);
  /** Tell every part what has changed: "language", "theme", "filter" or "selection". */
  const changed = (what) => listeners.forEach((listener) => listener(what));

  function selectBody(id) {
    Object.assign(state, { body: bodies.has(id) ? id : null, tie: null, pair: null });
    changed("selection");
  }

  /** Select a tie; `pair` are the two bodies of the line it was found by, if it was by a line. */
  function selectTie(number, pair = null) {
    Object.assign(state, { body: null, tie: number, pair });
    changed("selection");
  }

  Object.assign(simpul, {
    data, bodies, ties, lines, linesOf, tiesOf, filters, state,
    pick, say, counted, codeName, nameOf, bodyShown, tieShown, lineShown, partnersOf, tiesBetween,
    onChange, changed, selectBody, selectTie,
  });
})(globalThis.simpul);
