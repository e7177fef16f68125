"use strict";
// Keys for the review: a, r, s and u press what bears them; e and m open what bears them and go into it.
(function () {
  const typing = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
  let gone = false;

  document.addEventListener("keydown", (event) => {
    if (gone || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!found) return;
    event.preventDefault();
    if (found instanceof HTMLDetailsElement) {
      found.open = true;
      found.querySelector("input:not([type=hidden]), select").focus();
    } else {
      found.click();
    }
  });

  // Pressed twice, a decision would fall on what comes next.
  for (const form of document.forms) {
    form.addEventListener("submit", (event) => {
      if (form.method !== "post") return;
      if (gone) event.preventDefault();
      gone = true;
      // A reason typed beside the other buttons goes with whatever is decided.
      const own = form.elements.namedItem("why");
      const typed = document.getElementById("why");
      if (own && typed && !own.value.trim()) own.value = typed.value;
    });
  }
  window.addEventListener("pageshow", () => {
    gone = false;
  });
  const list = document.querySelector("details.all");
  if (list && matchMedia("(max-width: 860px)").matches) list.open = false;
  document.querySelector(".suggested [aria-current]")?.scrollIntoView({ block: "nearest" });
  window.scrollTo(0, 0);
})();
