"use strict";
// The strip above the map: which part is shown (surroundings of a body, a way between two, bodies put
// away), each with the way back.
(function (simpul) {
  const { element, nameElement, say, state } = simpul;
  const strip = document.getElementById("scope");
  let asking = null; // the body from which a way is asked, while the other end is not chosen yet

  const button = (words, act, attributes = {}) => element("button", { type: "button", onclick: act, ...attributes }, words);
  const chip = (...parts) => element("div", { class: "chip" }, ...parts);

  function steps(n) {
    return button(simpul.counted("step", n), () => {
      simpul.set({ steps: n });
      simpul.fitMap();
    }, { "aria-pressed": String(state.steps === n), "data-steps": n });
  }

  function fill() {
    const chips = [];
    if (state.focus !== null) {
      chips.push(chip(element("span", {}, `${say("around-of")} `, nameElement(simpul.nameOf(state.focus))),
        steps(1), steps(2), button(say("show-all"), () => {
          simpul.set({ focus: null });
          simpul.fitMap();
        }, { "data-clear": "focus" })));
    }
    if (asking !== null) {
      chips.push(chip(element("span", {}, say("path-to", { name: simpul.nameOf(asking) })),
        button(say("cancel"), () => {
          asking = null;
          fill();
        }, { "data-clear": "asking" })));
    }
    if (state.path) {
      const way = simpul.wayShown();
      const [from, to] = state.path.map(simpul.nameOf);
      chips.push(chip(
        element("span", {}, way.length
          ? `${simpul.counted("step", way.length - 1)}: ${way.map(simpul.labelOf).join(" → ")}`
          : say("no-path", { from, to })),
        button(say("clear"), () => simpul.set({ path: null }), { "data-clear": "path" })));
    }
    if (state.hidden.size) {
      chips.push(chip(element("span", {}, simpul.counted("hidden", state.hidden.size)),
        button(say("bring-back"), () => simpul.set({ hidden: new Set() }), { "data-clear": "hidden" })));
    }
    if (state.pins.size) {
      chips.push(chip(element("span", {}, simpul.counted("moved", state.pins.size)),
        button(say("put-back"), () => {
          state.pins = new Map();
          simpul.changed("layout");
        }, { "data-clear": "pins" })));
    }
    strip.replaceChildren(...chips);
    strip.hidden = chips.length === 0;
    const empty = document.getElementById("empty");
    const bodies = simpul.shownBodies().length;
    empty.hidden = bodies > 0 && (simpul.shownTies().length > 0 || simpul.ties.length === 0);
    empty.textContent = simpul.data.nodes.length ? say(bodies ? "all-ties-out" : "all-out") : say("empty");
  }

  /** Wait for the body to which the shortest way from this one is to be shown. */
  simpul.askPath = function (id) {
    asking = id;
    fill();
    document.getElementById("search").focus();
  };

  simpul.onChange((what) => {
    if (asking !== null && what === "selection" && state.body !== null && state.body !== asking) {
      const path = [asking, state.body];
      asking = null;
      simpul.set({ path });
      simpul.showWay();
      return;
    }
    if (what !== "theme") fill();
  });

  /** Bring the way shown into view and keep it bright. */
  simpul.showWay = function () {
    const way = simpul.wayShown();
    if (way && way.length) simpul.fitMap();
  };
})(globalThis.simpul);
