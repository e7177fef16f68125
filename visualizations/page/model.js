"use strict";
// What there is to show and what is shown now. Parts of the page read this and listen for changes;
// none of them keeps a state of its own.
//
// The state as a value: `simpul.snapshot()` gives a plain object that holds what differs from the
// defaults, `simpul.restore(partial)` goes back to the defaults and applies what it is given, of which
// it ignores whatever names nothing here. Its keys: language, theme, body, tie (ids), pair [a, b],
// focus (id), steps (1 or 2), asOf ("2020-06-30"), window (years back), undated (false: hidden),
// path [a, b], hidden [ids], pins {id: [x, y]}, off {filter: [codes]}. Language and theme stay as they
// are unless given.
(function (simpul) {
  const data = simpul.unpacked(JSON.parse(document.getElementById("data").textContent));
  const bodies = new Map(data.nodes.map((body) => [body.id, body]));
  const ties = data.ties;
  const lines = data.edges;
  const tieNumbers = new Map(ties.map((tie, number) => [tie.id, number]));
  const linesOf = new Map(ties.map((tie, number) => [number, []]));
  const linesAt = new Map(data.nodes.map((body) => [body.id, []]));
  for (const line of lines) {
    linesOf.get(line.tie).push(line);
    linesAt.get(line.from).push(line);
    linesAt.get(line.to).push(line);
  }
  const tiesOf = new Map(data.nodes.map((body) => [body.id, []]));
  ties.forEach((tie, number) => {
    tie.bodies = [...new Set(tie.parties.map((party) => party.body))].filter((id) => bodies.has(id));
    for (const id of tie.bodies) tiesOf.get(id).push(number);
  });

  // Filters. Each gives a thing's values; a thing stays while one of them is switched on.
  const NONE = "";
  const some = (values) => (values.length ? [...new Set(values)] : [NONE]);
  const publisher = (item) => data.sources[item.source].publisherKey || NONE;
  const BODY_FILTERS = {
    families: (body) => [body.family],
    shapes: (body) => [body.look],
  };
  const TIE_FILTERS = {
    types: (tie) => [tie.type],
    looks: (tie) => [tie.look],
    modalities: (tie) => [tie.modality || NONE],
    signs: (tie) => [tie.sign || NONE],
    places: (tie) => [tie.placeKey || NONE],
    publishers: (tie) => some(tie.evidence.map(publisher)),
    origins: (tie) => some(tie.evidence.map((item) => item.root)),
  };
  const valued = (things, ways) => Object.fromEntries(
    Object.entries(ways).map(([filter, way]) => [filter, things.map(way)]));
  const bodyValues = valued(data.nodes, BODY_FILTERS);
  const tieValues = valued(ties, TIE_FILTERS);
  /** The values of one filter that occur in this network, in the order given or of their names. */
  const occurring = (values) => [...new Set(values.flat())];
  const present = (order, found) => order.filter((value) => found.includes(value));
  const filters = {};
  for (const [filter, values] of Object.entries({ ...bodyValues, ...tieValues })) {
    const found = occurring(values);
    const order = { families: data.families, shapes: data.shapes, looks: data.looks }[filter];
    filters[filter] = order ? present(order.map((each) => each.code), found) : found.sort();
  }

  const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const defaults = () => ({
    body: data.centre, // the id of the selected body, or null
    tie: null, // the number of the selected tie, or null
    pair: null, // the two bodies of the line by which the tie was selected
    focus: null, // the body whose surroundings alone are shown
    steps: 1,
    asOf: null, // the day that is looked at, or null for all times
    window: 0, // so many years before it count too
    undated: true, // whether ties without a date are shown while a day is looked at
    path: null, // two bodies, the shortest way between which is shown
    hidden: new Set(),
    pins: new Map(), // where bodies were dragged to
    ...Object.fromEntries(Object.entries(filters).map(([name, all]) => [name, new Set(all)])),
  });
  const state = { language: data.language, theme, ...defaults() };

  const column = () => (state.language === "id" ? 0 : 1);
  /** A pair of texts in the language of the page; "" for none. */
  const pick = (pair) => (pair ? pair[column()] : "");
  /** A sentence of the page, its braces filled in. */
  const say = (code, facts = {}) =>
    pick(data.words[code]).replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(facts, name) ? facts[name] : whole));
  /** "1 tie", "3 ties": the words of a number, from a pair of sentences. */
  const counted = (code, n) => say(n === 1 ? `one-${code}` : `${code}-count`, { n });
  /** The name of a code, or "" for none. */
  const codeName = (code) => (code && Object.hasOwn(data.codes, code) ? pick(data.codes[code]) : "");

  /** Whether an entry of a body's timeline covers the day that is looked at. */
  const covers = (entry, day) => Boolean(entry.first || entry.last) &&
    (!entry.first || entry.first <= day) && (!entry.last || entry.last >= day);
  const timelineOf = (id, aspect) => (data.timelines.get(id) || []).filter((entry) => entry.aspect === aspect);

  /** What a body was called on the day that is looked at, else what it is called now. */
  function nameOf(id) {
    const body = bodies.get(id);
    if (!body) return "";
    if (state.asOf) {
      const then = timelineOf(id, "name").filter((entry) => entry.accepted && covers(entry, state.asOf));
      if (then.length) return pick(then.reduce((a, b) => ((b.first || "") > (a.first || "") ? b : a)).value);
    }
    return pick(body.name);
  }
  /** The name for the map: the short one, unless another name held on the day. */
  const labelOf = (id) => {
    const body = bodies.get(id);
    const name = nameOf(id);
    return body.short && name === pick(body.name) ? body.short : name;
  };

  /** The first day of the window. */
  function windowStart() {
    const year = Number(state.asOf.slice(0, 4)) - state.window;
    return state.window ? `${String(Math.max(0, year)).padStart(4, "0")}${state.asOf.slice(4)}` : state.asOf;
  }
  function inTime(tie, start) {
    if (!state.asOf) return true;
    if (!tie.first && !tie.last) return state.undated;
    return (!tie.first || tie.first <= state.asOf) && (!tie.last || tie.last >= start);
  }

  // What is shown, worked out once for each change. Counts of a value leave its own filter aside, so
  // that a value that is off tells how much would come back.
  let view = null;

  /** Of the filters, none, one, or more that turn a thing down: its only decliner, or "more". */
  function decliner(values, names, index) {
    let found = null;
    for (const name of names) {
      const on = state[name];
      if (on.size === filters[name].length || values[name][index].some((value) => on.has(value))) continue;
      if (found) return "more";
      found = name;
    }
    return found;
  }
  function tally(counts, values, names, index, declined) {
    if (declined === "more") return;
    for (const name of declined ? [declined] : names) {
      for (const value of values[name][index]) counts[name].set(value, (counts[name].get(value) || 0) + 1);
    }
  }

  function neighbours(ids, lineOk) {
    const found = new Set(ids);
    for (const id of ids) {
      for (const line of linesAt.get(id)) {
        if (!lineOk[line.id]) continue;
        found.add(line.from);
        found.add(line.to);
      }
    }
    return found;
  }

  function look() {
    if (view) return view;
    const bodyNames = Object.keys(BODY_FILTERS);
    const tieNames = Object.keys(TIE_FILTERS);
    const counts = Object.fromEntries(Object.keys(filters).map((name) => [name, new Map()]));
    let shown = new Set();
    data.nodes.forEach((body, index) => {
      if (state.hidden.has(body.id)) return;
      const declined = decliner(bodyValues, bodyNames, index);
      tally(counts, bodyValues, bodyNames, index, declined);
      if (!declined) shown.add(body.id);
    });
    const start = state.asOf ? windowStart() : null;
    const tieOk = new Uint8Array(ties.length);
    ties.forEach((tie, index) => {
      if (!inTime(tie, start)) return;
      if (bodies.size && !tie.bodies.some((id) => shown.has(id))) return;
      const declined = decliner(tieValues, tieNames, index);
      tally(counts, tieValues, tieNames, index, declined);
      tieOk[index] = declined ? 0 : 1;
    });
    const lineOk = new Uint8Array(lines.length);
    for (const line of lines) lineOk[line.id] = tieOk[line.tie] && shown.has(line.from) && shown.has(line.to) ? 1 : 0;
    if (state.focus !== null) {
      let near = new Set([state.focus]);
      for (let step = 0; step < state.steps; step += 1) near = neighbours(near, lineOk);
      shown = new Set([...near].filter((id) => shown.has(id) || id === state.focus));
      ties.forEach((tie, index) => {
        if (tieOk[index] && !tie.bodies.some((id) => shown.has(id))) tieOk[index] = 0;
      });
      for (const line of lines) if (!shown.has(line.from) || !shown.has(line.to)) lineOk[line.id] = 0;
      // A tie far off that touches the rim by one body alone is no part of the surroundings.
      ties.forEach((tie, index) => {
        if (tieOk[index] && !tie.bodies.includes(state.focus) && !linesOf.get(index).some((line) => lineOk[line.id])) {
          tieOk[index] = 0;
        }
      });
    }
    view = { shown, tieOk, lineOk, counts, partners: new Map(), way: undefined };
    return view;
  }

  const bodyShown = (body) => look().shown.has(body.id);
  const tieShown = (tie) => look().tieOk[tieNumbers.get(tie.id)] === 1;
  const lineShown = (line) => look().lineOk[line.id] === 1;
  const countsOf = (filter) => look().counts[filter];
  const shownBodies = () => data.nodes.filter(bodyShown);
  const shownTies = () => ties.map((tie, number) => number).filter((number) => look().tieOk[number]);
  const shownLines = () => lines.filter(lineShown);

  /** The bodies that a shown line joins to this one, by name. */
  function partnersOf(id) {
    const { partners } = look();
    if (!partners.has(id)) {
      const found = new Set();
      for (const line of linesAt.get(id) || []) {
        if (lineShown(line)) found.add(line.from === id ? line.to : line.from);
      }
      found.delete(id);
      partners.set(id, [...found].sort((a, b) => nameOf(a).localeCompare(nameOf(b), state.language)));
    }
    return partners.get(id);
  }

  /** The ties shown that join these two, besides those without a line between them. */
  const tiesBetween = (a, b) => [...new Set((linesAt.get(a) || [])
    .filter((line) => (line.from === b || line.to === b) && lineShown(line))
    .map((line) => line.tie))];

  /** The bodies of a shortest way between the two of `state.path`; null for no path asked, [] for none found. */
  function wayShown() {
    if (!state.path) return null;
    if (look().way === undefined) look().way = shortest(...state.path);
    return look().way;
  }
  function shortest(from, to) {
    const before = new Map([[from, null]]);
    let edge = [from];
    while (edge.length && !before.has(to)) {
      const next = [];
      for (const id of edge) {
        for (const other of partnersOf(id)) {
          if (before.has(other)) continue;
          before.set(other, id);
          next.push(other);
        }
      }
      edge = next;
    }
    if (!before.has(to)) return [];
    const way = [];
    for (let id = to; id !== null; id = before.get(id)) way.unshift(id);
    return way;
  }

  const listeners = [];
  const onChange = (listener) => listeners.push(listener);
  /** Tell every part what has changed: "language", "theme", "filter", "selection", "time" or "layout". */
  function changed(what) {
    if (what !== "theme" && what !== "selection" && what !== "layout") view = null;
    listeners.forEach((listener) => listener(what));
  }

  const known = (id) => typeof id === "string" && bodies.has(id);
  function selectBody(id) {
    Object.assign(state, { body: known(id) ? id : null, tie: null, pair: null });
    changed("selection");
  }

  /** Select a tie; `pair` are the two bodies of the line it was found by, if it was by a line. */
  function selectTie(number, pair = null) {
    Object.assign(state, { body: null, tie: number, pair });
    changed("selection");
  }

  /** Change parts of the state at once and tell of it. */
  function set(changes, what = "filter") {
    Object.assign(state, changes);
    changed(what);
  }

  /** The part of the filter that is off, by filter. */
  function offNow() {
    const off = {};
    for (const [filter, all] of Object.entries(filters)) {
      const gone = all.filter((code) => !state[filter].has(code));
      if (gone.length) off[filter] = gone;
    }
    return off;
  }

  function snapshot() {
    const now = { language: state.language, theme: state.theme };
    const plain = defaults();
    for (const key of ["body", "focus", "steps", "asOf", "window", "undated", "path", "pair"]) {
      if (state[key] !== plain[key]) now[key] = state[key];
    }
    if (state.tie !== null) now.tie = ties[state.tie].id;
    if (state.hidden.size) now.hidden = [...state.hidden];
    if (state.pins.size) now.pins = Object.fromEntries(state.pins);
    const off = offNow();
    if (Object.keys(off).length) now.off = off;
    return now;
  }

  const isDay = (text) => typeof text === "string" && /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/.test(text);
  const couple = (ids) => Array.isArray(ids) && ids.length === 2 && ids.every(known) && ids[0] !== ids[1];

  function restore(partial) {
    const given = Object(partial);
    const next = defaults();
    const has = (key) => Object.hasOwn(given, key);
    if (given.language === "id" || given.language === "en") next.language = given.language;
    if (given.theme === "light" || given.theme === "dark") next.theme = given.theme;
    if (has("body")) next.body = known(given.body) ? given.body : null;
    if (has("focus") && known(given.focus)) next.focus = given.focus;
    if (given.steps === 1 || given.steps === 2) next.steps = given.steps;
    if (has("asOf") && isDay(given.asOf)) next.asOf = given.asOf;
    if (Number.isInteger(given.window) && given.window >= 0 && given.window <= 100) next.window = given.window;
    if (given.undated === false) next.undated = false;
    if (has("path") && couple(given.path)) next.path = [...given.path];
    if (has("tie") && tieNumbers.has(given.tie)) {
      next.tie = tieNumbers.get(given.tie);
      next.body = null;
      if (has("pair") && couple(given.pair)) next.pair = [...given.pair];
    }
    if (Array.isArray(given.hidden)) next.hidden = new Set(given.hidden.filter(known));
    for (const [id, place] of Object.entries(Object(given.pins))) {
      if (known(id) && Array.isArray(place) && place.length === 2 && place.every((n) => Number.isFinite(n) && Math.abs(n) < 1e6)) {
        next.pins.set(id, [...place]);
      }
    }
    for (const [filter, gone] of Object.entries(Object(given.off))) {
      if (!Object.hasOwn(filters, filter) || !Array.isArray(gone)) continue;
      gone.forEach((code) => next[filter].delete(code));
    }
    Object.assign(state, next);
    view = null;
    for (const what of ["language", "theme", "layout", "filter"]) changed(what);
  }

  Object.assign(simpul, {
    data, bodies, ties, lines, linesOf, linesAt, tiesOf, tieNumbers, filters, state, covers, timelineOf,
    pick, say, counted, codeName, nameOf, labelOf, bodyShown, tieShown, lineShown, countsOf,
    shownBodies, shownTies, shownLines, partnersOf, tiesBetween, wayShown, windowStart,
    onChange, changed, selectBody, selectTie, set, snapshot, restore,
  });
})(globalThis.simpul);
