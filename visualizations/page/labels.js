"use strict";
// Names on the map. vis-network would draw them over each other; here a name takes the first free
// place beside its dot, the most connected bodies first, and waits for a closer zoom if there is none.
(function (simpul) {
  const WIDTH = 17; // letters to a line
  const LINES = 3;
  const HUBS = 9; // so many of the most connected bodies are named even across smaller dots

  function wrap(text) {
    const lines = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      const longer = line ? `${line} ${word}` : word;
      if (longer.length > WIDTH && line) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
    if (lines.length > LINES) {
      lines.length = LINES;
      lines[LINES - 1] += "…";
    }
    return lines.map((each) => (each.length > 26 ? `${each.slice(0, 25)}…` : each));
  }

  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  /** The boxes to try for a text of this size around a dot, the best first. */
  function* placesAround(x, y, reach, width, height, gap) {
    yield [x - width / 2, y + reach + gap];
    yield [x - width / 2, y - reach - gap - height];
    yield [x + reach + gap, y - height / 2];
    yield [x - reach - gap - width, y - height / 2];
    for (const side of [1, -1]) {
      yield [side > 0 ? x + reach * 0.7 : x - reach * 0.7 - width, y + reach * 0.6];
      yield [side > 0 ? x + reach * 0.7 : x - reach * 0.7 - width, y - reach * 0.6 - height];
    }
  }

  /**
   * Draw the names of `bodies` (given with the most important first) on a canvas at this scale,
   * inside the box `view`. Those in `strong` are drawn so, across other dots if need be; those that
   * `silent` holds for are only kept clear of.
   */
  simpul.drawLabels = function (context, bodies, { scale, view, colours, strong, silent }) {
    const size = Math.max(11, Math.min(15, 11 * Math.sqrt(scale))) / scale;
    const leading = size * 1.14;
    const gap = 2.5 / scale;
    const names = [];
    const dots = bodies.map((body) => {
      const reach = body.size + 1 / scale;
      return [body.x - reach, body.y - reach, body.x + reach, body.y + reach];
    });
    context.save();
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.4 / scale;
    context.strokeStyle = colours.halo;
    context.fillStyle = colours.text;
    bodies.forEach((body, own) => {
      if (silent(body)) return;
      const bold = strong.has(body.id);
      context.font = `${bold ? 650 : 450} ${size}px system-ui, "Segoe UI", "Noto Sans", sans-serif`;
      const lines = wrap(simpul.labelOf(body.id));
      const width = Math.max(...lines.map((line) => context.measureText(line).width));
      const height = lines.length * leading;
      let found = null;
      let fewest = own < HUBS || bold ? Infinity : 1; // dots that the name would lie on, plus 1
      for (const [x, y] of placesAround(body.x, body.y, body.size, width, height, gap)) {
        const box = [x, y, x + width, y + height];
        if (box[0] < view[0] || box[1] < view[1] || box[2] > view[2] || box[3] > view[3]) continue;
        if (names.some((other) => overlaps(box, other))) continue;
        const covered = dots.filter((dot, index) => index !== own && overlaps(box, dot)).length;
        if (covered >= fewest) continue;
        found = box;
        fewest = covered;
        if (!covered) break;
      }
      if (!found) return;
      names.push(found);
      lines.forEach((line, index) => {
        const at = [(found[0] + found[2]) / 2, found[1] + index * leading];
        context.strokeText(line, ...at);
        context.fillText(line, ...at);
      });
    });
    context.restore();
  };
})(globalThis.simpul);
