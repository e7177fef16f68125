"use strict";
// The legend, which is also the filter: colour, shape, line and kind of tie, each with its count.
(function (simpul) {
  const { element, say, pick, state, data, filters, ties } = simpul;
  const panel = document.getElementById("legend");

  const counted = (things, key) => {
    const counts = new Map();
    for (const thing of things) counts.set(thing[key], (counts.get(thing[key]) || 0) + 1);
    return counts;
  };

  /** One part of the legend: a row with a box for each value that occurs. */
  function part(filter, title, entries, counts, sign) {
    const shown = entries.filter((entry) => filters[filter].includes(entry.code));
    const rows = shown.map((entry) => {
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
      return element("label", {}, box, sign ? sign(entry) : null,
        element("span", { class: "what" }, pick(entry.name)),
        element("span", { class: "count" }, String(counts.get(entry.code) || 0)));
    });
    const all = element("button", {
      type: "button",
      class: "plain all",
      onclick: () => {
        filters[filter].forEach((code) => state[filter].add(code));
        simpul.changed("filter");
      },
    }, say("all"));
    all.hidden = state[filter].size === filters[filter].length;
    return element("fieldset", {}, element("legend", {}, title), ...rows, all);
  }

  function fill() {
    const layers = filters.layers.map((code) => ({ code, name: data.codes[code] }));
    const colours = getComputedStyle(document.documentElement);
    panel.replaceChildren(
      part("families", say("colour"), data.families, counted(data.nodes, "family"),
        (family) => simpul.shapeSign("dot", "", simpul.colourOf(family.code))),
      part("shapes", say("shape"), data.shapes, counted(data.nodes, "look"),
        (shape) => simpul.shapeSign(shape.shape, shape.hollow)),
      part("looks", say("line"), data.looks, counted(ties, "look"),
        (look) => simpul.lineSign(look.dash, look.width)),
      element("ul", { class: "notes" },
        element("li", {}, simpul.lineSign([], 2, colours.getPropertyValue("--against").trim()), " ", say("negative")),
        element("li", {}, say("directed")),
        element("li", {}, say("size"))),
      part("layers", say("layer"), layers, counted(ties, "layer"), null),
    );
    document.getElementById("legend-title").textContent = say("legend");
  }

  function count() {
    document.getElementById("count").textContent = say("count", {
      bodies: data.nodes.filter(simpul.bodyShown).length,
      all_bodies: data.nodes.length,
      ties: ties.filter(simpul.tieShown).length,
      all_ties: ties.length,
    });
  }

  simpul.onChange((what) => {
    if (what === "language" || what === "theme") fill();
    if (what === "filter") {
      // Rows stay in place, so that the box that was pressed keeps the focus.
      for (const box of panel.querySelectorAll("input")) box.checked = state[box.dataset.filter].has(box.value);
      for (const set of panel.querySelectorAll("fieldset")) {
        const { filter } = set.querySelector("input").dataset;
        set.querySelector(".all").hidden = state[filter].size === filters[filter].length;
      }
    }
    count();
  });
})(globalThis.simpul);
