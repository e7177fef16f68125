"use strict";
// The data block holds tables by columns, to be small; here they become rows again, and rows that belong
// to others (parties and evidence of ties, timelines of bodies) join them.
(function (simpul) {
  /** The rows of one table; see packing.py for its form. */
  function rowsOf(table) {
    const rows = Array.from({ length: table.n }, () => ({}));
    for (const [key, column] of Object.entries(table.c)) {
      if (Array.isArray(column)) rows.forEach((row, at) => { row[key] = column[at]; });
      else if (column.v) rows.forEach((row, at) => { row[key] = column.v[column.i[at]]; });
      else rows.forEach((row) => { row[key] = column.o; });
    }
    return rows;
  }

  const STANCES = ["supports", "disputes", "mentions"];

  /** [documents, origins] behind each stance of a tie's evidence. */
  function countsOf(evidence) {
    return Object.fromEntries(STANCES.map((stance) => {
      const taken = evidence.filter((item) => item.stance === stance);
      return [stance, [new Set(taken.map((item) => item.source)).size, new Set(taken.map((item) => item.root)).size]];
    }));
  }

  simpul.unpacked = function (block) {
    const data = { ...block };
    for (const table of ["nodes", "edges", "ties", "sources"]) data[table] = rowsOf(block[table]);
    const shapes = new Map(data.shapes.map((shape) => [shape.code, shape]));
    for (const body of data.nodes) {
      body.shape = shapes.get(body.look).shape;
      body.hollow = shapes.get(body.look).hollow;
      body.size = Math.round(50 + 18 * Math.sqrt(body.partners)) / 10;
    }
    for (const tie of data.ties) Object.assign(tie, { parties: [], evidence: [] });
    for (const party of rowsOf(block.parties)) data.ties[party.tie].parties.push(party);
    for (const item of rowsOf(block.evidence)) data.ties[item.tie].evidence.push(item);
    for (const tie of data.ties) tie.counts = countsOf(tie.evidence);
    data.edges.forEach((line, number) => { line.id = number; });
    data.timelines = new Map();
    for (const fact of rowsOf(block.facts)) {
      if (!data.timelines.has(fact.body)) data.timelines.set(fact.body, []);
      data.timelines.get(fact.body).push(fact);
    }
    return data;
  };
})(globalThis.simpul);
