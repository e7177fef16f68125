"use strict";
// All that is on the map as two tables, ties and bodies: for those who do not see or use the map, to
// sort, and to take along.
(function (simpul) {
  const { element, nameElement, say, pick, codeName, ties, data } = simpul;
  const MOST = 300; // rows shown at once; the rest on demand

  const partyNames = (tie) => tie.parties.map((each) => simpul.nameOf(each.body) || pick(each.name));
  const roleOf = (each) => each.roleText || codeName(each.role);
  const lookOf = (tie) => data.looks.find((each) => each.code === tie.look);
  const standingOf = (tie) => codeName(tie.standing) || pick(lookOf(tie).name);

  function openTie(number) {
    simpul.selectTie(number);
    document.getElementById("details").scrollIntoView({ block: "nearest" });
    document.querySelector("#details .tie summary").focus({ preventScroll: true });
  }

  function tieRow(number) {
    const tie = ties[number];
    const names = partyNames(tie);
    const look = lookOf(tie);
    const open = element("button", {
      type: "button",
      "aria-label": say("open-tie", { type: codeName(tie.type), parties: names.join(", ") }),
      onclick: () => openTie(number),
    }, say("open"));
    const parties = tie.parties.map((each, place) => element("li", {},
      nameElement(names[place]), element("span", { class: "small" }, ` (${roleOf(each)})`)));
    return element("tr", { "data-tie": tie.id },
      element("th", { scope: "row" }, codeName(tie.type)),
      element("td", {}, element("ul", {}, ...parties)),
      element("td", {}, simpul.tieTime(tie)),
      element("td", {}, simpul.lineSign(look.dash, look.width, look.against ? "var(--against)" : "currentColor"), " ", standingOf(tie),
        tie.negative ? ` · ${say("negative")}` : ""),
      element("td", {}, codeName(tie.confidence)),
      element("td", {}, simpul.weight(tie)),
      element("td", {}, open));
  }

  function bodyRow(id) {
    const body = simpul.bodies.get(id);
    const choose = element("button", { type: "button", class: "plain", onclick: () => {
      simpul.selectBody(id);
      simpul.showBody(id);
      document.getElementById("details").scrollIntoView({ block: "nearest" });
    } }, nameElement(simpul.nameOf(id)));
    return element("tr", { "data-body": id },
      element("th", { scope: "row" }, choose),
      element("td", {}, body.short || ""),
      element("td", {}, codeName(body.kind)),
      element("td", {}, codeName(body.sector)),
      element("td", { class: "number" }, String(simpul.partnersOf(id).length)),
      element("td", { class: "number" }, String(shownTiesOf(id))));
  }
  const shownTiesOf = (id) => simpul.tiesOf.get(id).filter((number) => simpul.tieShown(ties[number])).length;

  const TABLES = [
    {
      id: "table", shown: simpul.shownTies, row: tieRow, title: "table",
      columns: {
        type: (number) => codeName(ties[number].type),
        parties: (number) => ties[number].parties.map((each, at) => `${partyNames(ties[number])[at]} (${roleOf(each)})`).join("; "),
        time: (number) => ties[number].occurred || ties[number].start || ties[number].end || "",
        standing: (number) => standingOf(ties[number]),
        confidence: (number) => codeName(ties[number].confidence),
        evidence: (number) => ties[number].counts.supports[1] * 1000 + ties[number].counts.supports[0],
        open: null,
      },
      written: { time: (number) => simpul.tieTime(ties[number]), evidence: (number) => simpul.weight(ties[number]) },
    },
    {
      id: "body-table", shown: () => simpul.shownBodies().map((body) => body.id), row: bodyRow, title: "bodies",
      columns: {
        body: simpul.nameOf,
        acronym: (id) => simpul.bodies.get(id).short || "",
        kind: (id) => codeName(simpul.bodies.get(id).kind),
        sector: (id) => codeName(simpul.bodies.get(id).sector),
        partners: (id) => simpul.partnersOf(id).length,
        ties: shownTiesOf,
      },
      written: {},
    },
  ];

  function sorted(table) {
    const shown = table.shown();
    if (!table.by) return shown;
    const key = table.columns[table.by];
    const keyed = shown.map((thing) => [key(thing), thing]);
    const order = new Intl.Collator(simpul.state.language, { numeric: true });
    keyed.sort(([a], [b]) => (typeof a === "number" ? a - b : order.compare(a, b)) * (table.down ? -1 : 1));
    return keyed.map(([, thing]) => thing);
  }

  /** The heads and the cells of a table, as plain texts. */
  function cells(table) {
    const names = Object.keys(table.columns).filter((name) => table.columns[name]);
    return [names.map((name) => say(name)), ...sorted(table).map((thing) =>
      names.map((name) => String((table.written[name] || table.columns[name])(thing))))];
  }
  simpul.tableCells = (id) => cells(TABLES.find((table) => table.id === id));

  async function copy(table, button) {
    const text = cells(table).map((row) => row.map((cell) => cell.replace(/[\t\n\r]+/g, " ")).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = element("textarea", { class: "unseen", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = say("copied-table");
    setTimeout(() => { button.textContent = say("copy"); }, 2000);
  }

  function head(table, name) {
    if (!table.columns[name]) return element("th", { scope: "col" }, say(name));
    const by = table.by === name;
    const sort = element("button", { type: "button", class: "sort", "data-sort": name, onclick: () => {
      table.down = by ? !table.down : false;
      table.by = name;
      fill(table);
      document.querySelector(`#${table.id} [data-sort="${name}"]`).focus();
    } }, say(name), element("span", { "aria-hidden": "true" }, by ? (table.down ? " ↓" : " ↑") : " ↕"));
    return element("th", { scope: "col", "aria-sort": by ? (table.down ? "descending" : "ascending") : "none" }, sort);
  }

  function note(shown) {
    const bare = shown.filter((number) => simpul.linesOf.get(number).length === 0).length;
    return bare ? say("table-note", { n: bare }) : say("table-note-all");
  }

  function fill(table) {
    const holder = document.getElementById(table.id);
    const shown = sorted(table);
    const most = table.whole ? shown.length : MOST;
    const take = element("button", { type: "button", "data-copy": table.id }, say("copy"));
    take.addEventListener("click", () => copy(table, take));
    const csv = element("button", { type: "button", "data-csv": table.id, onclick: () => simpul.saveCsv(table.id) }, say("csv"));
    holder.replaceChildren(
      element("div", { class: "table-head" },
        element("h2", { id: `${table.id}-title` }, `${say(table.title)} (${shown.length})`), take, csv),
      ...(table.id === "table" ? [element("p", { class: "muted" }, note(shown))] : []),
      element("div", { class: "wide", tabindex: "0", role: "region", "aria-labelledby": `${table.id}-title` },
        element("table", { "aria-labelledby": `${table.id}-title` },
          element("thead", {}, element("tr", {}, ...Object.keys(table.columns).map((name) => head(table, name)))),
          element("tbody", {}, ...shown.slice(0, most).map(table.row)))),
      ...(shown.length > most ? [element("button", { type: "button", class: "more", onclick: () => {
        table.whole = true;
        fill(table);
      } }, say("show-rest", { n: shown.length - most }))] : []),
    );
  }

  let waiting = null;
  simpul.onChange((what) => {
    if (what !== "language" && what !== "filter" && what !== "time") return;
    cancelAnimationFrame(waiting);
    // A run through time changes faster than a reader of the table could follow.
    if (what === "time") waiting = requestAnimationFrame(() => TABLES.forEach(fill));
    else TABLES.forEach(fill);
  });
})(globalThis.simpul);
