"use strict";
// The search box: a list that arrow keys walk and Enter takes, over every name a body has.
(function (simpul) {
  const { element, nameElement, say, data } = simpul;
  const box = document.getElementById("search");
  const list = document.getElementById("hits");
  const heard = document.getElementById("heard");
  let marked = -1;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("id");
  const names = data.nodes.map((body) => ({
    body,
    all: [...body.name, body.short || "", ...body.others].filter(Boolean).map(fold),
  }));

  /** Bodies with every word of the question in one name; names that begin with it first. */
  function find(question) {
    const words = fold(question).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = names
      .filter(({ all }) => all.some((name) => words.every((word) => name.includes(word))))
      .map(({ body, all }) => ({ body, begins: all.some((name) => name.startsWith(words[0])) }));
    found.sort((a, b) => b.begins - a.begins || b.body.partners - a.body.partners || (a.body.id < b.body.id ? -1 : 1));
    return found.map(({ body }) => body);
  }

  function close() {
    list.replaceChildren();
    list.hidden = true;
    marked = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function take(id) {
    close();
    box.value = "";
    simpul.selectBody(id);
    simpul.showBody(id);
    document.getElementById("map").focus({ preventScroll: true });
  }

  function offer() {
    const found = find(box.value);
    close();
    if (!box.value.trim()) {
      heard.textContent = "";
      return;
    }
    heard.textContent = found.length ? simpul.counted("hit", found.length) : say("no-hit");
    found.slice(0, 12).forEach((body, number) => {
      const name = simpul.pick(body.name);
      list.append(element("li", {
        role: "option", id: `hit-${number}`, "data-body": body.id, "aria-selected": "false",
        // Pressed rather than clicked: the box would lose the focus first, and the list close.
        onpointerdown: (event) => { event.preventDefault(); take(body.id); },
      }, nameElement(body.short ? `${name} (${body.short})` : name)));
    });
    if (!found.length) list.append(element("li", { class: "muted" }, say("no-hit")));
    list.hidden = false;
    box.setAttribute("aria-expanded", String(found.length > 0));
  }

  function mark(step) {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    marked = (marked + step + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === marked)));
    options[marked].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[marked].id);
  }

  box.addEventListener("input", offer);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (marked < 0 && event.key === "ArrowUp") marked = 0;
      mark(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const options = list.querySelectorAll("[role=option]");
      const chosen = options[Math.max(0, marked)];
      if (chosen) take(chosen.dataset.body);
    } else if (event.key === "Escape") {
      box.value = "";
      close();
    }
  });

  simpul.onChange((what) => {
    if (what !== "language") return;
    box.setAttribute("aria-label", say("search"));
    box.placeholder = `${say("search")}: ${say("search-hint")}`;
    list.setAttribute("aria-label", say("search"));
  });
})(globalThis.simpul);
