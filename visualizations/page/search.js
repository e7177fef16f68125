"use strict";
// The search box: a list that arrow keys walk and Enter takes, over every name a body has.
(function (simpul) {
  const { element, nameElement, say, data } = simpul;
  const box = document.getElementById("search");
  const list = document.getElementById("hits");
  const heard = document.getElementById("heard");
  let marked = -1;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("id");
  const MOST = 12; // offers at once
  const initials = (name) => (name.match(/[\p{L}\p{N}]+/gu) || []).map((word) => word[0]).join("");
  /** Every name as written and folded, with its initials as a short name of its own. */
  const names = data.nodes.map((body) => {
    const written = [...new Set([...body.name, body.short, ...body.others].filter(Boolean))];
    const all = written.map(fold);
    return { body, written, all, short: all.map(initials).filter((letters) => letters.length > 2) };
  });

  /** Whether two words differ by at most `most` letters put in, left out, changed, or turned about. */
  function alike(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return false;
    let older = [];
    let before = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      if (Math.min(...row) > most) return false;
      [older, before] = [before, row];
    }
    return before[b.length] <= most;
  }
  const slips = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);
  const likeSome = (word, name) => name.includes(word)
    || (slips(word) > 0 && name.split(/[^\p{L}\p{N}]+/u).some((other) => alike(word, other, slips(word))));

  /** Bodies with every word of the question in one name, those that begin with it first; else those that nearly have. */
  function find(question) {
    const asked = fold(question).slice(0, 200);
    const words = asked.split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const rank = (all, short) => {
      if (all.includes(asked) || short.includes(asked)) return 3;
      return all.some((name) => name.startsWith(words[0])) ? 2 : 1;
    };
    const search = (fits) => names.flatMap(({ body, all, written, short }) => {
      const at = all.findIndex((name) => words.every((word) => fits(word, name)));
      if (at < 0 && !short.includes(asked)) return [];
      return [{ body, by: written[Math.max(0, at)], rank: rank(all, short) }];
    });
    let found = search((word, name) => name.includes(word));
    if (!found.length) found = search(likeSome);
    return found.sort((a, b) => b.rank - a.rank || b.body.partners - a.body.partners || (a.body.id < b.body.id ? -1 : 1));
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
    if (!simpul.bodyShown(simpul.bodies.get(id))) simpul.reveal(id);
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
    found.slice(0, MOST).forEach(({ body, by }, number) => {
      const name = simpul.pick(body.name);
      const other = by !== name && by !== body.short ? by : "";
      list.append(element("li", {
        role: "option", id: `hit-${number}`, "data-body": body.id, "aria-selected": "false",
        // Pressed rather than clicked: the box would lose the focus first, and the list close.
        onpointerdown: (event) => { event.preventDefault(); take(body.id); },
      }, nameElement(body.short ? `${name} (${body.short})` : name),
      other ? element("span", { class: "also" }, nameElement(other)) : null));
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

  /** Show a body that the filters, the focus or the reader had put away. */
  simpul.reveal = function (id) {
    const { state } = simpul;
    const body = simpul.bodies.get(id);
    state.families.add(body.family);
    state.shapes.add(body.look);
    state.hidden.delete(id);
    simpul.changed("filter");
    if (!simpul.bodyShown(body)) simpul.set({ focus: null });
  };

  simpul.onChange((what) => {
    if (what !== "language") return;
    box.setAttribute("aria-label", say("search"));
    box.placeholder = `${say("search")}: ${say("search-hint")}`;
    list.setAttribute("aria-label", say("search"));
  });
})(globalThis.simpul);
