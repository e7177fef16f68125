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
        dress();
        simpul.changed("language");
        document.querySelector("[data-tool=to-language]").focus();
      }, { lang: state.language === "id" ? "en" : "id" }),
      button("dark", () => {
        state.theme = state.theme === "dark" ? "light" : "dark";
        dress();
        simpul.changed("theme");
        document.querySelector("[data-tool=dark]").focus();
      }, { "aria-pressed": String(state.theme === "dark") }),
      button("whole", () => {
        simpul.selectBody(null);
        simpul.fitMap();
      }),
      button("picture", simpul.savePicture),
    );
    const part = document.getElementById("part");
    part.hidden = !bodies.has(data.centre);
    if (!part.hidden) part.textContent = say("part", { name: simpul.nameOf(data.centre) });
    const empty = document.getElementById("empty");
    empty.textContent = say("empty");
    empty.hidden = data.nodes.length > 0;
  }

  /** The body `step` places on in a list from the selected one. */
  const beside = (list, step) => list[(list.indexOf(state.body) + step + list.length) % list.length];

  function go(id) {
    if (id === undefined) return;
    simpul.selectBody(id);
    simpul.showBody(id);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("search").focus();
    } else if (event.key === "Escape") simpul.selectBody(null);
    if (document.activeElement !== map) return;
    const shown = data.nodes.filter(simpul.bodyShown).map((body) => body.id);
    const steps = {
      ArrowDown: () => go(state.body ? beside(shown, 1) : shown[0]),
      ArrowUp: () => go(state.body ? beside(shown, -1) : shown[0]),
      ArrowRight: () => go(state.body ? simpul.partnersOf(state.body)[0] : shown[0]),
      ArrowLeft: () => go(state.body ? simpul.partnersOf(state.body).at(-1) : shown[0]),
      "+": () => simpul.zoomMap(1.25),
      "-": () => simpul.zoomMap(0.8),
    };
    if (event.key in steps) {
      event.preventDefault();
      steps[event.key]();
    }
  });

  // On a phone the legend would push everything else down the page.
  document.getElementById("legend-box").open = !matchMedia("(max-width: 900px)").matches;
  dress();
  simpul.changed("language");
  simpul.fitMap();
  if (!bodies.has(state.body)) state.body = null;
  map.dataset.ready = "true"; // for tests: the page is drawn
})(globalThis.simpul);
