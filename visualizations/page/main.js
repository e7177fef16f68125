"use strict";
// Wiring: language, light and dark, tools, keys, and the first drawing.
(function (simpul) {
  const { element, say, pick, state, data, bodies } = simpul;
  const root = document.documentElement;
  const map = document.getElementById("map");

  function dress() {
    root.lang = state.language;
    root.dataset.theme = state.theme;
    document.title = pick(data.title);
    document.getElementById("title").textContent = pick(data.title);
    document.getElementById("to-table").textContent = say("to-table");
    map.setAttribute("aria-label", say("map"));
    document.getElementById("keys").textContent = say("keys");
    const button = (code, action, attributes = {}) =>
      element("button", { type: "button", "data-tool": code, onclick: action, ...attributes }, say(code));
    document.getElementById("tools").replaceChildren(
      button("to-language", () => {
        state.language = state.language === "id" ? "en" : "id";
        simpul.changed("language");
        document.querySelector("[data-tool=to-language]").focus();
      }, { lang: state.language === "id" ? "en" : "id" }),
      button("dark", () => {
        state.theme = state.theme === "dark" ? "light" : "dark";
        simpul.changed("theme");
        document.querySelector("[data-tool=dark]").focus();
      }, { "aria-pressed": String(state.theme === "dark") }),
      button("whole", () => {
        simpul.selectBody(null);
        simpul.fitMap();
      }),
      sign("undo", "↶", simpul.undo),
      sign("redo", "↷", simpul.redo),
      menu(),
    );
    simpul.showHistory();
    const part = document.getElementById("part");
    part.hidden = !bodies.has(data.centre);
    if (!part.hidden) part.textContent = say("part", { name: simpul.nameOf(data.centre) });
  }

  /** A tool with a sign in the place of words. */
  const sign = (code, drawn, action) => element("button", {
    type: "button", "data-tool": code, class: "sign-tool", onclick: action, "aria-label": say(code), title: say(code),
  }, drawn);

  /** The kinds of file to take along. */
  function menu() {
    const box = element("details", { class: "menu", id: "save" }, element("summary", {}, say("save")));
    box.append(element("div", { class: "choices" }, ...simpul.exports.map(([code, save]) => element("button", {
      type: "button", "data-save": code, onclick: () => {
        box.open = false;
        save();
      },
    }, say(`save-${code}`)))));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.open) return;
      event.stopPropagation();
      box.open = false;
      box.querySelector("summary").focus();
    });
    return box;
  }
  document.addEventListener("click", (event) => {
    const box = document.getElementById("save");
    if (box && !box.contains(event.target)) box.open = false;
  });

  /** The body `step` places on in a list from the selected one. */
  const beside = (list, step) => list[(list.indexOf(state.body) + step + list.length) % list.length];

  function go(id) {
    if (id === undefined) return;
    simpul.selectBody(id);
    simpul.showBody(id);
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      if (event.shiftKey) simpul.redo();
      else simpul.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("search").focus();
    } else if (event.key === "Escape") simpul.selectBody(null);
    if (document.activeElement !== map) return;
    const shown = simpul.shownBodies().map((body) => body.id);
    const around = (steps) => {
      if (state.body) simpul.set({ focus: state.body, steps });
      else simpul.set({ focus: null });
      simpul.fitMap();
    };
    const steps = {
      ArrowDown: () => go(state.body ? beside(shown, 1) : shown[0]),
      ArrowUp: () => go(state.body ? beside(shown, -1) : shown[0]),
      ArrowRight: () => go(state.body ? simpul.partnersOf(state.body)[0] : shown[0]),
      ArrowLeft: () => go(state.body ? simpul.partnersOf(state.body).at(-1) : shown[0]),
      "+": () => simpul.zoomMap(1.25),
      "-": () => simpul.zoomMap(0.8),
      0: () => {
        simpul.set({ focus: null });
        simpul.fitMap();
      },
      1: () => around(1),
      2: () => around(2),
      Enter: () => document.querySelector("#details button, #details summary").focus(),
      Delete: () => state.body && simpul.set({ hidden: new Set([...state.hidden, state.body]), body: null }),
    };
    if (event.key in steps) {
      event.preventDefault();
      steps[event.key]();
    }
  });

  // On a phone the legend would push everything else down the page.
  document.getElementById("legend-box").open = !matchMedia("(max-width: 900px)").matches;
  simpul.onChange((what) => {
    if (what === "language" || what === "theme") dress();
  });
  if (!bodies.has(state.body)) state.body = null;
  if (!simpul.readHash()) simpul.changed("language");
  simpul.fitMap();
  map.dataset.ready = "true"; // for tests: the page is drawn
})(globalThis.simpul);
