"use strict";
// Suggestions while a name is typed. Without this script the same fields send their text to /search.
(function () {
  const WAIT = 120;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function attach(box, number) {
    const list = element("ul", { class: "suggestions", role: "listbox", id: `suggestions-${number}`, "aria-label": box.dataset.list });
    const heard = element("span", { class: "unseen", role: "status" });
    const fills = "fill" in box.dataset;
    const language = new URLSearchParams(location.search).get("lang"); // if the reader chose one
    let options = [];
    let marked = -1;
    let timer = 0;
    let asking = null;

    list.hidden = true;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", list.id);
    box.parentElement.append(list, heard);

    function close() {
      list.hidden = true;
      list.replaceChildren();
      options = [];
      marked = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    }

    function take(hit) {
      close();
      if (fills) {
        box.value = hit.name;
        box.focus();
      } else {
        location.assign(hit.href);
      }
    }

    function show(hits) {
      close();
      heard.textContent = hits.length ? box.dataset.found.replace("{n}", hits.length) : box.dataset.none;
      for (const [place, hit] of hits.entries()) {
        const option = element("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false" },
          element("bdi", {}, hit.name), " ", element("span", { class: "soft" }, [hit.kind, hit.how].filter(Boolean).join(" · ")));
        // Pressed rather than clicked: the box would lose the focus first, and the list close.
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(hit);
        });
        list.append(option);
        options.push({ option, hit });
      }
      list.hidden = !hits.length;
      box.setAttribute("aria-expanded", String(hits.length > 0));
    }

    function mark(step) {
      if (!options.length) return;
      marked = marked < 0 && step < 0 ? options.length - 1 : (marked + step + options.length) % options.length;
      options.forEach(({ option }, place) => option.setAttribute("aria-selected", String(place === marked)));
      options[marked].option.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[marked].option.id);
    }

    async function ask() {
      const text = box.value.trim();
      if (asking) asking.abort();
      if (!text) return close();
      asking = new AbortController();
      const query = new URLSearchParams({ q: text });
      if (language) query.set("lang", language);
      if (box.dataset.kinds) query.set("kinds", box.dataset.kinds);
      try {
        const answer = await fetch(`/suggest?${query}`, { signal: asking.signal });
        if (!answer.ok) return close();
        const { hits } = await answer.json();
        if (document.activeElement === box) show(hits);
      } catch (problem) {
        if (problem.name !== "AbortError") close();
      }
      return undefined;
    }

    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!options.length) return;
        event.preventDefault();
        mark(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && marked >= 0) {
        event.preventDefault();
        take(options[marked].hit);
      } else if (event.key === "Escape" && options.length) {
        event.preventDefault(); // or the browser would empty the box
        close();
      }
    });
  }

  document.querySelectorAll("[data-suggest]").forEach(attach);
  document.documentElement.dataset.ready = "";
})();
