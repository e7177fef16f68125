"use strict";
// What is shown, to take along: CSV for tables, GraphML for network programs.
(function (simpul) {
  const { ties, codeName, pick, data } = simpul;

  /** A cell of CSV; one that a spreadsheet would take for a formula gets an apostrophe before it. */
  const cell = (text) => {
    const safe = /^\s*[=+\-@|%\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
    return /[",;\n\r]/.test(safe) || safe !== text ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
  };
  simpul.csvOf = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  simpul.saveCsv = (id) => simpul.saveFile(simpul.csvOf(simpul.tableCells(id)), `${id === "table" ? "ties" : "bodies"}.csv`, "text/csv");

  // XML 1.0 cannot hold these at all, not even escaped.
  const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  simpul.xmlText = (text) => String(text).replace(NOT_XML, "\ufffd")
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

  const NODE_KEYS = {
    iri: (body) => body.iri,
    name: (body) => simpul.nameOf(body.id),
    acronym: (body) => body.short || "",
    kind: (body) => codeName(body.kind),
    sector: (body) => codeName(body.sector),
    x: (body) => simpul.placeOf(body.id).x,
    y: (body) => simpul.placeOf(body.id).y,
  };
  const tieOf = (line) => ties[line.tie];
  const EDGE_KEYS = {
    tie: (line) => tieOf(line).iri,
    tie_type: (line) => codeName(tieOf(line).type),
    does: (line) => line.edges.map(codeName).join("; "),
    standing: (line) => codeName(tieOf(line).standing) || pick(data.looks.find((look) => look.code === tieOf(line).look).name),
    sign: (line) => codeName(tieOf(line).sign),
    modality: (line) => codeName(tieOf(line).modality),
    begins: (line) => tieOf(line).start || tieOf(line).occurred || "",
    ends: (line) => tieOf(line).end || "",
    articles: (line) => tieOf(line).counts.supports[0],
    origins: (line) => tieOf(line).counts.supports[1],
    disputing: (line) => tieOf(line).counts.disputes[0],
  };

  function keys(domain, of, examples) {
    return Object.keys(of).map((name) => {
      const value = examples ? of[name](examples) : "";
      const type = typeof value === "number" ? (name.length === 1 ? "double" : "int") : "string";
      return `<key id="${domain}_${name}" for="${domain}" attr.name="${name}" attr.type="${type}"/>`;
    });
  }
  const values = (domain, of, thing) => Object.entries(of)
    .filter(([, give]) => give(thing) !== "")
    .map(([name, give]) => `<data key="${domain}_${name}">${simpul.xmlText(give(thing))}</data>`).join("");

  simpul.graphml = function () {
    const bodies = simpul.shownBodies();
    const lines = simpul.shownLines();
    return [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">",
      ...keys("node", NODE_KEYS, bodies[0]), ...keys("edge", EDGE_KEYS, lines[0]),
      "<graph id=\"simpul\" edgedefault=\"undirected\">",
      ...bodies.map((body) => `<node id="${simpul.xmlText(body.id)}">${values("node", NODE_KEYS, body)}</node>`),
      ...lines.map((line) => `<edge id="e${line.id}" source="${simpul.xmlText(line.from)}" target="${simpul.xmlText(line.to)}" directed="${line.directed}">${values("edge", EDGE_KEYS, line)}</edge>`),
      "</graph>", "</graphml>", "",
    ].join("\n");
  };

  simpul.exports = [
    ["png", () => simpul.savePicture()],
    ["svg", () => simpul.saveFile(simpul.svgPicture(), "svg", "image/svg+xml")],
    ["csv-ties", () => simpul.saveCsv("table")],
    ["csv-bodies", () => simpul.saveCsv("body-table")],
    ["graphml", () => simpul.saveFile(simpul.graphml(), "graphml", "application/xml")],
    ["print", () => print()],
  ];
})(globalThis.simpul);
