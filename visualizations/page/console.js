"use strict";
// A place to ask SPARQL of the graph that this file carries. The engine and the graph lie in the
// page packed; they are unpacked into a worker when they are first needed, never on opening.
(function (simpul) {
  const found = document.getElementById("console-data");
  if (!found) return;
  const { element, state, onChange } = simpul;
  const { words, examples, limit_s: LIMIT_S, shown_rows: SHOWN } = JSON.parse(found.textContent);
  const part = (name) => document.getElementById(`console-${name}`);
  const column = () => (state.language === "id" ? 0 : 1);
  const say = (code, facts = {}) =>
    words[code][column()].replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));

  const link = document.getElementById("to-console");
  let worker = null; // null until first asked, and after a query was ended
  let waiting = new Map();
  let number = 0;
  let running = null; // what ends the query under way
  let said = () => "";
  let answered = null; // the last answer: {columns, rows} or {text}

  /** The bytes of a packed part of the page. */
  async function unpacked(name) {
    const text = part(name).textContent.trim();
    const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  function call(work, given, transfer = []) {
    number += 1;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker.postMessage({ id: number, work, ...given }, transfer);
    });
  }

  function end(reason) {
    if (worker) worker.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting = new Map();
  }

  async function ready() {
    if (worker) return;
    if (!globalThis.WebAssembly || !globalThis.DecompressionStream) throw new Error(say("too-old"));
    const program = await unpacked("program");
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    worker = new Worker(address);
    worker.onmessage = (event) => {
      const { id, problem, ...rest } = event.data;
      const { resolve, reject } = waiting.get(id) || {};
      waiting.delete(id);
      if (problem !== undefined) reject && reject(new Error(problem));
      else resolve && resolve(rest);
    };
    worker.onerror = (event) => end(event.message || say("engine-died"));
    const [engine, graph] = await Promise.all([unpacked("engine"), unpacked("graph")]);
    await call("load", { engine, graph }, [engine.buffer, graph.buffer]);
    URL.revokeObjectURL(address);
  }

  function tell(make, problem = false) {
    said = make;
    part("said").textContent = make();
    part("said").classList.toggle("console-problem", problem);
  }

  async function run() {
    const text = part("text").value;
    if (running || !text.trim()) return;
    part("run").disabled = true;
    part("stop").disabled = false;
    running = (reason) => end(reason);
    try {
      if (!worker) tell(() => say("loading"));
      await ready();
      tell(() => say("running"));
      const started = performance.now();
      const limit = setTimeout(() => running && running(say("too-long", { n: LIMIT_S })), LIMIT_S * 1000);
      const { answer } = await call("answer", { text }).finally(() => clearTimeout(limit));
      show(answer, Math.round(performance.now() - started));
    } catch (error) {
      clear();
      // The parser lists all that might have stood there; the place is what helps.
      const message = error.message.replace(/: expected .*/s, "");
      tell(() => message, true);
    } finally {
      running = null;
      part("run").disabled = false;
      part("stop").disabled = true;
    }
  }

  function clear() {
    answered = null;
    part("answer").replaceChildren();
    part("copy").hidden = part("csv").hidden = true;
  }

  function show(answer, ms) {
    clear();
    if (typeof answer === "string" && answer.startsWith("{")) showRows(JSON.parse(answer), ms);
    else showText(typeof answer === "boolean" ? () => say(answer ? "yes" : "no") : () => answer, ms);
  }

  function showText(make, ms) {
    answered = { text: make() };
    part("answer").append(element("pre", { dir: "ltr" }, answered.text));
    part("copy").hidden = false;
    tell(() => say("done", { ms }));
  }

  function showRows({ head, results, boolean }, ms) {
    if (boolean !== undefined) return showText(() => say(boolean ? "yes" : "no"), ms);
    const columns = head.vars;
    const rows = results.bindings.map((binding) => columns.map((name) => binding[name]));
    answered = { columns, rows: rows.map((row) => row.map((term) => (term ? term.value : ""))) };
    const table = element("table", {},
      element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...rows.slice(0, SHOWN).map((row) =>
        element("tr", {}, ...row.map((term) => element("td", {}, term ? termElement(term) : ""))))));
    part("answer").append(table);
    part("copy").hidden = part("csv").hidden = false;
    const code = rows.length > SHOWN ? "rows-cut" : "rows";
    tell(() => say(code, { n: rows.length, shown: SHOWN, ms }));
  }

  /** A term as text; a body of the map is a button that selects it there. */
  function termElement(term) {
    const text = element("bdi", term["xml:lang"] ? { lang: term["xml:lang"] } : {}, term.value);
    if (term.type !== "uri") return text;
    const id = term.value.split("/").slice(-2).join("/");
    if (!simpul.bodies.has(id) || simpul.bodies.get(id).iri !== term.value) return text;
    const go = () => {
      simpul.selectBody(id);
      simpul.showBody(id);
      document.getElementById("map").scrollIntoView({ block: "nearest" });
    };
    return element("button", { type: "button", class: "console-body", onclick: go, title: term.value },
      simpul.nameElement(simpul.nameOf(id) || term.value));
  }

  /** A cell of CSV; what a spreadsheet would run as a formula gets an apostrophe before it. */
  function cell(value) {
    const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d/.test(value) ? `'${value}` : value;
    return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }
  const written = (separator, clean) =>
    [answered.columns, ...answered.rows].map((row) => row.map(clean).join(separator)).join("\r\n");

  async function copy() {
    const flat = (value) => value.replace(/[\t\r\n]+/g, " ");
    const text = answered.text ?? written("\t", flat);
    try {
      await navigator.clipboard.writeText(text);
      tell(() => say("copied"));
    } catch {
      getSelection().selectAllChildren(part("answer"));
      tell(() => say("select-copied"));
    }
  }

  function save() {
    const address = URL.createObjectURL(
      new Blob(["\ufeff", written(",", cell), "\r\n"], { type: "text/csv;charset=utf-8" }));
    element("a", { href: address, download: "simpul-query.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function dress() {
    for (const name of ["title", "about", "example-label", "text-label", "run", "stop", "copy", "csv"]) {
      part(name).textContent = say(name);
    }
    part("answer").setAttribute("aria-label", say("answer"));
    link.textContent = say("title");
    const chosen = part("example").value;
    part("example").replaceChildren(
      element("option", { value: "" }, say("choose")),
      ...examples.map((example, place) =>
        element("option", { value: String(place) }, example.title[column()])),
    );
    part("example").value = chosen;
    part("said").textContent = said();
  }

  part("example").addEventListener("change", () => {
    const example = examples[Number(part("example").value)];
    if (part("example").value !== "" && example) part("text").value = example.text[column()];
  });
  // Whoever comes by the link in the header came to ask.
  link.addEventListener("click", (event) => {
    event.preventDefault(); // the address keeps the view
    part("box").open = true;
    part("text").focus();
  });
  part("run").addEventListener("click", run);
  part("stop").addEventListener("click", () => running && running(say("stopped")));
  part("copy").addEventListener("click", copy);
  part("csv").addEventListener("click", save);
  part("text").addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      run();
    }
  });
  part("text").value = examples.length ? examples[0].text[column()] : "";
  dress();
  onChange((what) => what === "language" && dress());
})(globalThis.simpul);
