"use strict";
// Every tie shown, as a table: the same content as the map for those who do not see or use it.
(function (simpul) {
  const { element, nameElement, say, pick, codeName, ties, data } = simpul;
  const holder = document.getElementById("table");

  function row(tie, number) {
    const look = data.looks.find((each) => each.code === tie.look);
    const names = tie.parties.map((each) => simpul.nameOf(each.body) || pick(each.name));
    const open = element("button", {
      type: "button",
      "aria-label": say("open-tie", { type: codeName(tie.type), parties: names.join(", ") }),
      onclick: () => {
        simpul.selectTie(number);
        document.getElementById("details").scrollIntoView({ block: "nearest" });
        document.querySelector("#details summary").focus({ preventScroll: true });
      },
    }, say("open"));
    const parties = tie.parties.map((each, place) => element("li", {},
      nameElement(names[place]), element("span", { class: "small" }, ` (${each.roleText || codeName(each.role)})`)));
    return element("tr", { "data-tie": tie.id },
      element("th", { scope: "row" }, codeName(tie.type)),
      element("td", {}, element("ul", {}, ...parties)),
      element("td", {}, simpul.tieTime(tie)),
      element("td", {}, simpul.lineSign(look.dash, look.width), " ", codeName(tie.standing) || pick(look.name),
        tie.negative ? ` · ${say("negative")}` : ""),
      element("td", {}, codeName(tie.confidence)),
      element("td", {}, simpul.weight(tie)),
      element("td", {}, open));
  }

  function fill() {
    const shown = ties.map((tie, number) => [tie, number]).filter(([tie]) => simpul.tieShown(tie));
    const bare = shown.filter(([, number]) => simpul.linesOf.get(number).length === 0).length;
    const heads = ["type", "parties", "time", "standing", "confidence", "evidence", "open"];
    holder.replaceChildren(
      element("h2", { id: "table-title" }, `${say("table")} (${shown.length})`),
      element("p", { class: "muted" }, bare ? say("table-note", { n: bare }) : say("table-note-all")),
      element("div", { class: "wide", tabindex: "0", role: "region", "aria-labelledby": "table-title" },
        element("table", { "aria-labelledby": "table-title" },
          element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, say(head))))),
          element("tbody", {}, ...shown.map(([tie, number]) => row(tie, number))))),
    );
  }

  simpul.onChange((what) => {
    if (what === "language" || what === "filter") fill();
  });
})(globalThis.simpul);
