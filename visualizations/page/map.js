"use strict";
// The map: vis-network draws dots and lines where the data places them; nothing moves by itself.
(function (simpul) {
  const { state, data, bodies, lines, ties } = simpul;
  const holder = document.getElementById("map");
  const hint = document.getElementById("hint");
  const families = new Map(data.families.map((family) => [family.code, family]));
  const looks = new Map(data.looks.map((look) => [look.code, look]));
  const byImportance = [...data.nodes].sort((a, b) => b.partners - a.partners || (a.id < b.id ? -1 : 1));
  let widen = 1; // lines are drawn wider where a small screen shows the whole map small

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  simpul.colourOf = (family) => families.get(family)[state.theme];

  /** The bodies that stay bright: the selected body with its partners, or the parties of the tie. */
  function bright() {
    if (state.body) return new Set([state.body, ...simpul.partnersOf(state.body)]);
    if (state.tie !== null) return new Set(ties[state.tie].parties.map((party) => party.body));
    return null;
  }

  const lineBright = (line) =>
    state.body ? line.from === state.body || line.to === state.body
      : state.tie !== null ? line.tie === state.tie : true;

  function node(body, shown) {
    const colour = simpul.colourOf(body.family);
    const chosen = body.id === state.body;
    return {
      id: body.id,
      x: body.x,
      y: body.y,
      shape: body.shape,
      size: body.size,
      hidden: !simpul.bodyShown(body),
      opacity: shown && !shown.has(body.id) ? 0.14 : 1,
      borderWidth: body.hollow ? 2.5 : 1,
      borderWidthSelected: 3,
      shapeProperties: { borderDashes: body.hollow === "dashed" ? [4, 3] : false },
      color: {
        background: body.hollow ? css("--page") : colour,
        border: chosen ? css("--text") : body.hollow ? colour : css("--page"),
        highlight: { background: body.hollow ? css("--page") : colour, border: css("--text") },
        hover: { background: body.hollow ? css("--page") : colour, border: css("--text") },
      },
    };
  }

  function edge(line) {
    const tie = ties[line.tie];
    const look = looks.get(tie.look);
    const colour = css(tie.negative ? "--against" : "--line");
    const bend = Math.abs(line.bend);
    return {
      id: line.id,
      from: line.from,
      to: line.to,
      hidden: !simpul.lineShown(line) || !lineBright(line),
      dashes: look.dash.length ? look.dash.map((part) => part * widen) : false,
      width: look.width * widen,
      color: { color: colour, highlight: css("--accent"), hover: css("--accent") },
      arrows: {
        to: { enabled: line.directed || tie.negative, type: tie.negative ? "bar" : "arrow", scaleFactor: 0.42 },
      },
      smooth: bend ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: bend } : false,
    };
  }

  const nodes = new vis.DataSet(data.nodes.map((body) => node(body, null)));
  const edges = new vis.DataSet(lines.map(edge));
  const network = new vis.Network(holder, { nodes, edges }, {
    autoResize: true,
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: false, multiselect: false, dragNodes: false, zoomSpeed: 0.7 },
    edges: { selectionWidth: 1.5, hoverWidth: 1, arrowStrikethrough: false },
  });

  network.on("afterDrawing", (context) => {
    const shown = bright();
    const strong = state.body ? new Set([state.body]) : new Set();
    const drawn = byImportance.filter((body) => simpul.bodyShown(body) && (!shown || shown.has(body.id)));
    drawn.sort((a, b) => strong.has(b.id) - strong.has(a.id)); // the sort keeps the order of the rest
    const corner = network.DOMtoCanvas({ x: 2, y: 2 });
    const other = network.DOMtoCanvas({ x: holder.clientWidth - 2, y: holder.clientHeight - 2 });
    simpul.drawLabels(context, drawn, {
      scale: network.getScale(),
      view: [corner.x, corner.y, other.x, other.y],
      colours: { halo: css("--page"), text: css("--text") },
      strong,
      // Their names all say the same, that there is none; a selection shows them.
      silent: (body) => !shown && body.class === "unnamed",
    });
  });

  function redraw() {
    const shown = bright();
    nodes.update(data.nodes.map((body) => node(body, shown)));
    edges.update(lines.map(edge));
    network.unselectAll();
    if (state.body) network.selectNodes([state.body], false);
  }

  /** Draw lines wider where the map is shown small, or thin ones and their dashes would vanish. */
  function adapt(scale) {
    const wanted = scale > 0.62 ? 1 : scale > 0.4 ? 1.4 : 1.8;
    if (wanted === widen) return;
    widen = wanted;
    edges.update(lines.map(edge));
  }

  /** Bring these bodies into view, with room at the rim for the names that stand there. */
  function frame(shown, closest, animation) {
    if (!shown.length) return;
    const span = (axis) => [
      Math.min(...shown.map((body) => body[axis] - body.size)),
      Math.max(...shown.map((body) => body[axis] + body.size)),
    ];
    const [left, right] = span("x");
    const [top, bottom] = span("y");
    const width = holder.clientWidth - Math.min(110, 0.16 * holder.clientWidth);
    const height = holder.clientHeight - 70;
    const scale = Math.min(closest, Math.max(60, width) / (right - left), Math.max(60, height) / (bottom - top));
    adapt(scale);
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale };
    network.moveTo({ position, scale, animation });
  }

  /** Show the whole map. */
  simpul.fitMap = () => frame(data.nodes.filter(simpul.bodyShown), 1.3, false);

  /** Show a body with its partners. */
  simpul.showBody = function (id) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const around = [id, ...simpul.partnersOf(id)].map((each) => bodies.get(each));
    frame(around, 1.1, calm ? false : { duration: 250, easingFunction: "easeInOutQuad" });
  };

  simpul.zoomMap = (factor) => network.moveTo({ scale: network.getScale() * factor });

  /** The map as it stands, with the page's colour behind it, as a PNG file. */
  simpul.savePicture = function () {
    const drawn = holder.querySelector("canvas");
    const copy = document.createElement("canvas");
    copy.width = drawn.width;
    copy.height = drawn.height;
    const context = copy.getContext("2d");
    context.fillStyle = css("--page");
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(drawn, 0, 0);
    copy.toBlob((blob) => {
      const address = URL.createObjectURL(blob);
      const link = simpul.element("a", { href: address, download: "simpul.png" });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 5000);
    });
  };

  network.on("click", (event) => {
    if (event.nodes.length) simpul.selectBody(event.nodes[0]);
    else if (event.edges.length) {
      const line = lines[event.edges[0]];
      simpul.selectTie(line.tie, [line.from, line.to]);
    } else simpul.selectBody(null);
  });

  function say(text, event) {
    hint.textContent = text;
    hint.hidden = false;
    const box = holder.getBoundingClientRect();
    const { x, y } = event.pointer.DOM;
    // Towards the middle of the map, so that the hint never leaves it.
    const right = x > box.width / 2;
    const low = y > box.height / 2;
    hint.style.left = right ? "auto" : `${x + 14}px`;
    hint.style.right = right ? `${box.width - x + 14}px` : "auto";
    hint.style.top = low ? "auto" : `${y + 14}px`;
    hint.style.bottom = low ? `${box.height - y + 14}px` : "auto";
  }
  network.on("hoverNode", (event) => {
    const body = bodies.get(event.node);
    say(`${simpul.pick(body.name)} · ${simpul.say("partners")}: ${simpul.partnersOf(body.id).length}`, event);
    holder.style.cursor = "pointer";
  });
  network.on("hoverEdge", (event) => {
    const line = lines[event.edge];
    const tie = ties[line.tie];
    const does = line.edges.map(simpul.codeName).join(", ") || (line.directed ? "→" : "–");
    const names = `${simpul.nameOf(line.from)} ${does} ${simpul.nameOf(line.to)}`;
    say(`${names} (${simpul.codeName(tie.type)}, ${simpul.tieTime(tie)})`, event);
    holder.style.cursor = "pointer";
  });
  network.on("zoom", () => adapt(network.getScale()));
  for (const end of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
    network.on(end, () => {
      hint.hidden = true;
      holder.style.cursor = "";
    });
  }

  simpul.onChange(redraw);
  simpul.network = network; // for whoever opens the console, and for tests
})(globalThis.simpul);
