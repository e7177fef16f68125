"use strict";
// The legend, which is also the filter: every part with its values and how many of each are shown.
(function (simpul) {
  const { element, say, pick, state, data, filters, ties } = simpul;
  const panel = document.getElementById("legend");
  const LONGEST = 150; // rows of one part; the most frequent stay

  const coded = (filter) => filters[filter].map((code) => ({ code, name: data.codes[code] }));
  const nameFor = (entry) => (entry.name ? pick(entry.name) : say("unstated"));
  const layerOf = new Map(ties.map((tie) => [tie.type, tie.layer]));

  function row(filter, entry, sign, inner) {
    const box = element("input", {
      type: "checkbox",
      "data-filter": filter,
      value: entry.code,
      onchange: () => {
        if (box.checked) state[filter].add(entry.code);
        else state[filter].delete(entry.code);
        simpul.changed("filter");
      },
    });
    box.checked = state[filter].has(entry.code);
    return element("label", { class: inner ? "inner" : "" }, box, sign ? sign(entry) : null,
      element("span", { class: "what" }, nameFor(entry)),
      element("span", { class: "count" }));
  }

  const flip = (filter, codes, on) => {
    codes.forEach((code) => (on ? state[filter].add(code) : state[filter].delete(code)));
    simpul.changed("filter");
  };

  /** All or none of a part. */
  function both(filter) {
    const button = (code, on) => element("button", {
      type: "button", class: "plain", "data-all": `${filter}-${code}`, onclick: () => flip(filter, filters[filter], on),
    }, say(code));
    return element("p", { class: "both" }, button("all", true), button("none", false));
  }

  /** One part of the legend, open or folded; its rows are made when it is first opened. */
  function part(filter, title, make, open) {
    const box = element("details", { class: "facet", "data-facet": filter, open },
      element("summary", {}, element("span", {}, title), element("span", { class: "some" })));
    const fill = () => {
      if (!box.open || box.childElementCount > 1) return;
      box.append(element("fieldset", {}, element("legend", { class: "unseen" }, title), ...make(), both(filter)));
      refresh();
    };
    box.addEventListener("toggle", fill);
    box.fill = fill;
    return box;
  }

  const present = (filter, entries) => entries.filter((entry) => filters[filter].includes(entry.code));
  const rows = (filter, entries, sign) => () => present(filter, entries).map((entry) => row(filter, entry, sign));

  /** The values of a long part, the most frequent first. */
  function frequent(filter) {
    return () => {
      const counts = simpul.countsOf(filter);
      const entries = coded(filter).sort((a, b) => (counts.get(b.code) || 0) - (counts.get(a.code) || 0)
        || nameFor(a).localeCompare(nameFor(b), state.language));
      const more = entries.length - LONGEST;
      return [...entries.slice(0, LONGEST).map((entry) => row(filter, entry, null)),
        more > 0 ? element("p", { class: "small" }, say("more-values", { n: more })) : null].filter(Boolean);
    };
  }

  /** Tie types under the wide types that they belong to. */
  function typeRows() {
    const layers = [...new Set(layerOf.values())].sort((a, b) =>
      pick(data.codes[a]).localeCompare(pick(data.codes[b]), state.language));
    return layers.flatMap((layer) => {
      const inside = coded("types").filter(({ code }) => layerOf.get(code) === layer);
      if (inside.length === 1 && inside[0].code === layer) return [row("types", inside[0], null)];
      const head = element("input", {
        type: "checkbox", "data-layer": layer, value: layer,
        onchange: () => flip("types", inside.map(({ code }) => code), head.checked),
      });
      return [
        element("label", {}, head, element("span", { class: "what" }, pick(data.codes[layer])), element("span", { class: "count" })),
        ...inside.map((entry) => row("types", entry, null, true)),
      ];
    });
  }

  function fill() {
    const open = new Set([...panel.querySelectorAll("details[open]")].map((box) => box.dataset.facet));
    const isOpen = (filter, usual) => (panel.childElementCount ? open.has(filter) : usual);
    const colours = getComputedStyle(document.documentElement);
    const worth = (filter) => filters[filter].length > 1;
    const parts = [
      part("families", say("colour"), rows("families", data.families,
        (family) => simpul.shapeSign("dot", "", simpul.colourOf(family.code))), isOpen("families", true)),
      part("shapes", say("shape"), rows("shapes", data.shapes,
        (shape) => simpul.shapeSign(shape.shape, shape.hollow)), isOpen("shapes", true)),
      part("looks", say("line"), rows("looks", data.looks,
        (look) => simpul.lineSign(look.dash, look.width, look.against ? "var(--against)" : "currentColor")), isOpen("looks", true)),
      part("types", say("layer"), typeRows, isOpen("types", false)),
      ...[["modalities", "modality"], ["signs", "sign"], ["places", "place"], ["publishers", "publisher"], ["origins", "origin"]]
        .filter(([filter]) => worth(filter))
        .map(([filter, word]) => part(filter, say(word), frequent(filter), isOpen(filter, false))),
    ];
    panel.replaceChildren(...parts,
      element("ul", { class: "notes" },
        element("li", {}, simpul.lineSign([], 2, colours.getPropertyValue("--against").trim()), " ", say("negative")),
        element("li", {}, say("faded")),
        element("li", {}, say("directed")),
        element("li", {}, say("size"))));
    parts.forEach((box) => box.fill());
    document.getElementById("legend-title").textContent = say("legend");
    const reset = document.getElementById("reset");
    reset.textContent = say("reset");
    reset.onclick = () => {
      simpul.restore({});
      simpul.fitMap();
    };
  }

  /** Rows stay in place, so that the box that was pressed keeps the focus. */
  function refresh() {
    for (const box of panel.querySelectorAll("input[data-filter]")) {
      const { filter } = box.dataset;
      box.checked = state[filter].has(box.value);
      box.parentElement.querySelector(".count").textContent = String(simpul.countsOf(filter).get(box.value) || 0);
    }
    for (const box of panel.querySelectorAll("input[data-layer]")) {
      const inside = filters.types.filter((code) => layerOf.get(code) === box.value);
      const on = inside.filter((code) => state.types.has(code)).length;
      box.checked = on === inside.length;
      box.indeterminate = on > 0 && on < inside.length;
      const counts = simpul.countsOf("types");
      box.parentElement.querySelector(".count").textContent =
        String(inside.reduce((sum, code) => sum + (counts.get(code) || 0), 0));
    }
    for (const box of panel.querySelectorAll("details.facet")) {
      const { facet } = box.dataset;
      const on = state[facet].size;
      box.querySelector(".some").textContent = on === filters[facet].length ? "" : `${on}/${filters[facet].length}`;
    }
  }

  function count() {
    document.getElementById("count").textContent = say("count", {
      bodies: simpul.shownBodies().length,
      all_bodies: data.nodes.length,
      ties: simpul.shownTies().length,
      all_ties: ties.length,
    });
  }

  simpul.onChange((what) => {
    if (what === "language" || what === "theme") fill();
    if (what !== "selection" && what !== "layout") {
      refresh();
      count();
    }
  });
})(globalThis.simpul);
