"use strict";
// A tour: each step sets the state of the page and says in words what there is to see.
(function (simpul) {
  const found = document.getElementById("story-data");
  if (!found) return;
  const { element, state, onChange, pick } = simpul;
  const { words, title, steps } = JSON.parse(found.textContent);
  const say = (code, facts = {}) =>
    pick(words[code]).replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(facts, name) ? facts[name] : whole));
  const box = document.getElementById("story");
  let at = null; // the step shown, or null while the tour is closed

  function button(code, action, disabled = false) {
    return element("button", { type: "button", "data-story": code, onclick: action, disabled }, say(code));
  }

  function go(step) {
    at = step;
    simpul.restore(at === null ? {} : steps[at].state);
    simpul.fitMap();
    draw();
  }

  function draw() {
    box.setAttribute("aria-label", say("tour"));
    if (at === null) {
      box.replaceChildren(
        element("strong", {}, simpul.nameElement(pick(title))),
        button("start", () => { go(0); focusOn("next"); }),
      );
      return;
    }
    const step = steps[at];
    box.replaceChildren(
      element("p", { class: "muted" }, simpul.nameElement(pick(title)), ` · ${say("place", { n: at + 1, all: steps.length })}`),
      element("h2", {}, simpul.nameElement(pick(step.title))),
      element("p", { class: "story-text" }, simpul.nameElement(pick(step.text))),
      element("div", { class: "story-row" },
        button("previous", () => { go(at - 1); focusOn(at ? "previous" : "next"); }, at === 0),
        at + 1 < steps.length
          ? button("next", () => { go(at + 1); focusOn(at + 1 < steps.length ? "next" : "finish"); })
          : button("finish", () => { go(null); focusOn("start"); }),
        at + 1 < steps.length ? button("close", () => { go(null); focusOn("start"); }) : null),
    );
  }
  const focusOn = (code) => box.querySelector(`[data-story=${code}]`)?.focus();

  draw();
  onChange((what) => what === "language" && draw());
  // A page opened at a state of its own, by its address, shows that state; else the tour begins.
  if (location.hash.length < 2) addEventListener("load", () => go(0), { once: true });
})(globalThis.simpul);
