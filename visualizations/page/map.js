"use strict";
// The map: vis-network draws dots and lines where the data places them; nothing moves by itself.
//
// What a renderer offers: a file like this one puts on `simpul`
//   fitMap()            all that is shown comes into view
//   showBody(id)        a body and its partners come into view
//   zoomMap(factor)     closer (> 1) or further
//   placeOf(id)         {x, y} in the coordinates of the data, as drawn now
//   movePlace(id, x, y) draw a body elsewhere
//   savePicture()       what is on screen as a PNG file
//   emphasise(ids)      these bodies stay bright and the rest fades; null: as the selection has it
//   colourOf(family)    the colour of a family of sectors in the theme of the page
// and listens to `simpul.onChange(what)`, where `what` is one of "language", "theme", "filter", "selection", "time",
// "layout". It reads what is shown from the model and reports clicks by selectBody and selectTie, a
// dragged body by `simpul.state.pins.set(id, [x, y])` with `changed("layout")`, what the pointer is over
// by `hintBody(id, x, y)`, `hintLine(line, x, y)` and `hintNothing()`, with x and y on the map in CSS pixels.
// No other part of the page knows which renderer there is.
(function (simpul) {
  const { state, data, bodies, lines, ties } = simpul;
  const holder = document.getElementById("map");
  const families = new Map(data.families.map((family) => [family.code, family]));
  const looks = new Map(data.looks.map((look) => [look.code, look]));
  const byImportance = [...data.nodes].sort((a, b) => b.partners - a.partners || (a.id < b.id ? -1 : 1));
  let widen = 1; // lines are drawn wider where a small screen shows the whole map small

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  simpul.colourOf = (family) => families.get(family)[state.theme];

  let emphasised = null;

  /** Keep these bodies bright and let the rest fade; null: as the selection has it. */
  simpul.emphasise = function (ids) {
    emphasised = ids && new Set(ids);
    redraw();
  };

  /** The bodies that stay bright: those on the way shown, the selected body with its partners, or the parties of the tie. */
  function bright() {
    if (emphasised) return emphasised;
    const way = simpul.wayShown();
    if (way && way.length) return new Set(way);
    if (state.body) return new Set([state.body, ...simpul.partnersOf(state.body)]);
    if (state.tie !== null) return new Set(ties[state.tie].parties.map((party) => party.body));
    return null;
  }

  /** Whether both ends follow each other on the way. */
  const onWay = (way, line) => Math.abs(way.indexOf(line.from) - way.indexOf(line.to)) === 1
    && way.includes(line.from) && way.includes(line.to);

  function lineBright(line) {
    if (emphasised) return emphasised.has(line.from) && emphasised.has(line.to);
    const way = simpul.wayShown();
    if (way && way.length) return onWay(way, line);
    if (state.body) return line.from === state.body || line.to === state.body;
    return state.tie !== null ? line.tie === state.tie : true;
  }

  const placeNow = (body) => state.pins.get(body.id) || [body.x, body.y];

  function node(body, shown) {
    const colour = simpul.colourOf(body.family);
    const chosen = body.id === state.body;
    return {
      id: body.id,
      x: placeNow(body)[0],
      y: placeNow(body)[1],
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
    const colour = css(tie.negative || look.against ? "--against" : "--line");
    const bend = Math.abs(line.bend);
    return {
      id: line.id,
      from: line.from,
      to: line.to,
      hidden: !simpul.lineShown(line) || !lineBright(line),
      dashes: look.dash.length ? look.dash.map((part) => part * widen) : false,
      width: look.width * widen,
      color: { color: colour, highlight: css("--accent"), hover: css("--accent"), opacity: simpul.freshness(tie) },
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
    interaction: { hover: true, keyboard: false, multiselect: false, dragNodes: true, zoomSpeed: 0.7 },
    edges: { selectionWidth: 1.5, hoverWidth: 1, arrowStrikethrough: false },
  });

  network.on("afterDrawing", (context) => {
    const shown = bright();
    const places = network.getPositions();
    const strong = state.body ? new Set([state.body]) : new Set();
    const drawn = byImportance.filter((body) => simpul.bodyShown(body) && (!shown || shown.has(body.id)))
      .map((body) => ({ ...body, ...places[body.id] }));
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
      Math.min(...shown.map((body) => placeNow(body)[axis] - body.size)),
      Math.max(...shown.map((body) => placeNow(body)[axis] + body.size)),
    ];
    const [left, right] = span(0);
    const [top, bottom] = span(1);
    const width = holder.clientWidth - Math.min(110, 0.16 * holder.clientWidth);
    const above = document.getElementById("scope").offsetHeight; // the strip lies over the map
    const height = holder.clientHeight - 70 - above;
    const scale = Math.min(closest, Math.max(60, width) / (right - left), Math.max(60, height) / (bottom - top));
    adapt(scale);
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + (8 - above / 2) / scale };
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

  simpul.placeOf = (id) => network.getPositions([id])[id];
  simpul.movePlace = (id, x, y) => network.moveNode(id, x, y);

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
    copy.toBlob((blob) => simpul.saveFile(blob, "png"));
  };

  network.on("click", (event) => {
    if (event.nodes.length) simpul.selectBody(event.nodes[0]);
    else if (event.edges.length) {
      const line = lines[event.edges[0]];
      simpul.selectTie(line.tie, [line.from, line.to]);
    } else simpul.selectBody(null);
  });

  network.on("dragEnd", (event) => {
    if (!event.nodes.length) return;
    for (const id of event.nodes) {
      const { x, y } = simpul.placeOf(id);
      state.pins.set(id, [Math.round(x), Math.round(y)]);
    }
    simpul.changed("layout");
  });
  network.on("hoverNode", (event) => simpul.hintBody(event.node, event.pointer.DOM.x, event.pointer.DOM.y));
  network.on("hoverEdge", (event) => simpul.hintLine(lines[event.edge], event.pointer.DOM.x, event.pointer.DOM.y));
  network.on("zoom", () => adapt(network.getScale()));
  for (const end of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(end, simpul.hintNothing);

  simpul.onChange(redraw);
  simpul.network = network; // for whoever opens the console, and for tests
})(globalThis.simpul);
