"use strict";
// The map as SVG: the same places, shapes, lines and names, for editing and for print.
(function (simpul) {
  const { ties, data, state } = simpul;
  const looks = new Map(data.looks.map((look) => [look.code, look]));
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const r = (n) => Math.round(n * 10) / 10;
  const MARGIN = 60;

  const turned = (corners, x, y, size) => `M${corners.map(([a, b]) => `${r(x + a * size)} ${r(y + b * size)}`).join("L")}Z`;
  const star = Array.from({ length: 10 }, (_, at) => {
    const reach = at % 2 ? 0.5 : 1.15;
    return [reach * Math.sin((at * Math.PI) / 5), -reach * Math.cos((at * Math.PI) / 5)];
  });
  const CORNERS = {
    square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
    diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
    triangle: [[0, -1], [1, 0.8], [-1, 0.8]],
    triangleDown: [[0, 1], [1, -0.8], [-1, -0.8]],
    hexagon: [[-0.5, -0.87], [0.5, -0.87], [1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0]],
    star,
  };

  function dot(body, { x, y }) {
    const colour = simpul.colourOf(body.family);
    const dressed = body.hollow
      ? `fill="${css("--page")}" stroke="${colour}" stroke-width="2.5"${body.hollow === "dashed" ? " stroke-dasharray=\"4 3\"" : ""}`
      : `fill="${colour}" stroke="${css("--page")}"`;
    const title = `<title>${simpul.xmlText(simpul.nameOf(body.id))}</title>`;
    const corners = CORNERS[body.shape];
    return corners
      ? `<path d="${turned(corners, x, y, body.size)}" ${dressed}>${title}</path>`
      : `<circle cx="${r(x)}" cy="${r(y)}" r="${body.size}" ${dressed}>${title}</circle>`;
  }

  /** A line, bent aside as on the map, with its head short of the dot that it points at. */
  function stroke(line, a, b) {
    const tie = ties[line.tie];
    const look = looks.get(tie.look);
    const colour = css(tie.negative || look.against ? "--against" : "--line");
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const middle = { x: (a.x + b.x) / 2 + dy * line.bend, y: (a.y + b.y) / 2 - dx * line.bend };
    const dash = look.dash.length ? ` stroke-dasharray="${look.dash.join(" ")}"` : "";
    const path = `<path d="M${r(a.x)} ${r(a.y)}Q${r(middle.x)} ${r(middle.y)} ${r(b.x)} ${r(b.y)}" fill="none" stroke="${colour}" stroke-width="${look.width}" stroke-opacity="${simpul.freshness(tie)}"${dash}/>`;
    if (!line.directed) return path;
    const angle = Math.atan2(b.y - middle.y, b.x - middle.x);
    const size = simpul.bodies.get(line.to).size + 1;
    const tip = { x: b.x - Math.cos(angle) * size, y: b.y - Math.sin(angle) * size };
    const wing = (turn) => `${r(tip.x - 7 * Math.cos(angle + turn))} ${r(tip.y - 7 * Math.sin(angle + turn))}`;
    return `${path}<path d="M${r(tip.x)} ${r(tip.y)}L${wing(0.4)}L${wing(-0.4)}Z" fill="${colour}"/>`;
  }

  /** Names as the map has them, drawn on a canvas that only notes them down. */
  function names(bodies) {
    const noted = [];
    const canvas = document.createElement("canvas").getContext("2d");
    const context = {
      save() {}, restore() {}, strokeText() {},
      measureText(text) {
        canvas.font = this.font;
        return canvas.measureText(text);
      },
      fillText: (text, x, y) => noted.push([text, x, y]),
    };
    if (simpul.drawLabels) {
      simpul.drawLabels(context, bodies, {
        scale: 1, view: [-1e6, -1e6, 1e6, 1e6], colours: { halo: "", text: "" },
        strong: new Set(state.body ? [state.body] : []), silent: (body) => body.class === "unnamed",
      });
    } else bodies.slice(0, 150).forEach((body) => noted.push([simpul.labelOf(body.id), body.x, body.y + body.size + 2]));
    return noted.map(([text, x, y]) => `<text x="${r(x)}" y="${r(y + 9)}">${simpul.xmlText(text)}</text>`);
  }

  simpul.svgPicture = function () {
    const bodies = simpul.shownBodies().map((body) => ({ ...body, ...simpul.placeOf(body.id) }))
      .sort((a, b) => b.partners - a.partners);
    const at = new Map(bodies.map((body) => [body.id, body]));
    const edge = (axis, pick, sign) => bodies.reduce((found, body) => pick(found, body[axis] + sign * body.size), sign * -Infinity);
    const [left, top] = [edge("x", Math.min, -1), edge("y", Math.min, -1)].map((n) => (Number.isFinite(n) ? n - MARGIN : 0));
    const [right, bottom] = [edge("x", Math.max, 1), edge("y", Math.max, 1)].map((n) => (Number.isFinite(n) ? n + MARGIN : 100));
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${r(left)} ${r(top)} ${r(right - left)} ${r(bottom - top)}" role="img">`,
      `<title>${simpul.xmlText(simpul.pick(data.title))}</title>`,
      `<rect x="${r(left)}" y="${r(top)}" width="100%" height="100%" fill="${css("--page")}"/>`,
      "<g>", ...simpul.shownLines().map((line) => stroke(line, at.get(line.from), at.get(line.to))), "</g>",
      "<g>", ...bodies.map((body) => dot(body, body)), "</g>",
      `<g font-family="system-ui, 'Segoe UI', 'Noto Sans', sans-serif" font-size="11" text-anchor="middle" fill="${css("--text")}" stroke="${css("--page")}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">`,
      ...names(bodies), "</g>", "</svg>", "",
    ].join("\n");
  };
})(globalThis.simpul);
