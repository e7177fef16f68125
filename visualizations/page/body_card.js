"use strict";
// What is known of a body: its names, posts and sites over time, what stands above and below it, its
// figures, and its ties.
(function (simpul) {
  const { element, nameElement, say, counted, pick, codeName, state, bodies, ties, data } = simpul;
  const { facts, tieCard, bodyButton, byTime } = simpul.cards;
  const SUPERIOR = "participant-role/superior";
  const SUBORDINATE = "participant-role/subordinate";

  /** The best connected bodies, as places to begin. */
  simpul.best = (n) => [...data.nodes].sort((a, b) => b.partners - a.partners || (a.id < b.id ? -1 : 1)).slice(0, n);

  /** Other names, folded away where they are many. */
  function otherNames(names) {
    if (names.length <= 3) return names.join(", ");
    return element("details", {}, element("summary", {}, counted("name", names.length)), names.join(", "));
  }

  function action(code, act, attributes = {}) {
    return element("button", { type: "button", "data-act": code, onclick: act, ...attributes }, say(code));
  }

  function actions(id) {
    const focused = state.focus === id;
    return element("div", { class: "actions" },
      action("around", () => {
        simpul.set({ focus: focused ? null : id });
        simpul.fitMap();
      }, { "aria-pressed": String(focused) }),
      action("path-from", () => simpul.askPath(id)),
      action("hide", () => simpul.set({ hidden: new Set([...state.hidden, id]), body: null })),
      state.pins.has(id) ? action("unpin", () => {
        state.pins.delete(id);
        simpul.changed("layout");
        simpul.changed("selection");
      }) : null);
  }

  /** A part of the card that opens; those that hold on the day looked at are marked. */
  function part(title, rows, open) {
    if (!rows.length) return null;
    return element("details", { class: "part", open }, element("summary", {}, `${title} (${rows.length})`),
      element("ul", { class: "timed" }, ...rows));
  }

  function timed(entry, text) {
    const now = state.asOf && simpul.covers(entry, state.asOf);
    return element("li", { class: now ? "now" : "" }, text, element("span", { class: "small" },
      ` ${simpul.spanWords(entry)}`, entry.accepted ? "" : ` · ${say("disputed")}`, now ? ` · ${say("on-the-day")}` : ""));
  }

  /** Oldest first; what has no date comes last. */
  const inTime = (entries) => [...entries].sort((a, b) => (a.first || a.last || "9").localeCompare(b.first || b.last || "9"));
  const rowsOf = (id, aspect, words) => inTime(simpul.timelineOf(id, aspect)).map((entry) => timed(entry, words(entry)));
  const bare = (entry) => nameElement(pick(entry.value));

  function ranked(id, role, other) {
    const found = new Map();
    for (const number of simpul.tiesOf.get(id)) {
      const { parties } = ties[number];
      if (!parties.some((party) => party.body === id && party.role === role)) continue;
      for (const party of parties) {
        if (party.role === other && party.body !== id) found.set(party.body, ties[number]);
      }
    }
    return [...found].map(([body, tie]) => element("li", {}, bodyButton(body) || body,
      element("span", { class: "small" }, ` ${simpul.tieTime(tie)}`)));
  }

  simpul.aboutBody = function (id) {
    const body = bodies.get(id);
    const shape = data.shapes.find((each) => each.code === body.look);
    const shown = simpul.tiesOf.get(id).filter((number) => simpul.tieShown(ties[number])).sort(byTime);
    const then = simpul.nameOf(id);
    const number = (entry) => `${pick(entry.of)}: ${Number.isFinite(Number(pick(entry.value)))
      ? Number(pick(entry.value)).toLocaleString(state.language) : pick(entry.value)} ${pick(entry.unit)}`;
    return [
      element("h2", {}, simpul.shapeSign(body.shape, body.hollow, simpul.colourOf(body.family)), " ",
        nameElement(then), body.short && then === pick(body.name) ? ` (${body.short})` : ""),
      then === pick(body.name) ? null : element("p", { class: "small" }, say("now-called", { name: pick(body.name) })),
      actions(id),
      facts([
        [say("kind"), codeName(body.kind) || pick(shape.name)],
        [say("sector"), codeName(body.sector)],
        [say("others"), otherNames(body.others)],
        [say("partners"), String(simpul.partnersOf(id).length)],
      ]),
      part(say("names-over-time"), rowsOf(id, "name", bare), true),
      part(say("posts"), rowsOf(id, "post", (entry) => element("span", {}, `${pick(entry.of)}: `, bare(entry))), false),
      part(say("sites"), rowsOf(id, "site", bare), false),
      part(say("above"), ranked(id, SUBORDINATE, SUPERIOR), true),
      part(say("below"), ranked(id, SUPERIOR, SUBORDINATE), false),
      part(say("figures"), rowsOf(id, "figure", number), false),
      element("h3", {}, counted("tie", shown.length)),
      ...(shown.length
        ? shown.map((each) => tieCard(each, id, shown.length === 1))
        : [element("p", { class: "small" }, say("no-ties"))]),
    ].filter(Boolean);
  };
})(globalThis.simpul);
