"use strict";
// The map of a large network, drawn by sigma through WebGL; what it offers stands at the top of map.js.
//
// WebGL draws no dashes: how sure a line is shows in its width and in how pale it is. Where there are
// more bodies than can be told apart, groups of them are drawn first, and a group opens by a press.
(function (simpul) {
  const { state, data, bodies, lines, ties } = simpul;
  const holder = document.getElementById("map");
  const families = new Map(data.families.map((family) => [family.code, family]));
  const looks = new Map(data.looks.map((look) => [look.code, look]));
  const FEW = 3000; // so many bodies left by a filter are drawn one by one even in a network of groups
  const TOUCHED = 12000; // with more lines than this, lines give no hints, since finding them takes time
  const STRONGEST = 900; // lines between groups, the strongest

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  simpul.colourOf = (family) => families.get(family)[state.theme];

  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  /** A colour so far on its way to the page's colour: 0 as it is, 1 the page's. */
  function paler(colour, share) {
    const page = channels(css("--page"));
    const mixed = channels(colour).map((value, at) => Math.round(value + (page[at] - value) * share));
    return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  }
  const shades = new Map();
  function shade(colour, share) {
    const key = `${colour} ${share.toFixed(2)}`;
    if (!shades.has(key)) shades.set(key, paler(colour, share));
    return shades.get(key);
  }

  const groupOf = new Map();
  const groups = new Map(); // number -> its bodies, the most connected first
  if (data.groups) {
    data.nodes.forEach((body, index) => {
      const number = data.groups[index];
      groupOf.set(body.id, number);
      if (!groups.has(number)) groups.set(number, []);
      groups.get(number).push(body);
    });
    for (const members of groups.values()) members.sort((a, b) => b.partners - a.partners || (a.id < b.id ? -1 : 1));
  }
  let opened = null; // the number of the group that is looked into

  let emphasised = null;
  simpul.emphasise = function (ids) {
    emphasised = ids && new Set(ids);
    redraw("selection");
  };

  /** The bodies that stay bright; null for all. */
  function bright() {
    if (emphasised) return emphasised;
    const way = simpul.wayShown();
    if (way && way.length) return new Set(way);
    if (state.body) return new Set([state.body, ...simpul.partnersOf(state.body)]);
    if (state.tie !== null) return new Set(ties[state.tie].parties.map((party) => party.body));
    return null;
  }
  function lineBright(line, shown, way) {
    if (!shown) return true;
    if (!emphasised && way && way.length) return Math.abs(way.indexOf(line.from) - way.indexOf(line.to)) === 1;
    if (!emphasised && state.body) return line.from === state.body || line.to === state.body;
    if (!emphasised && state.tie !== null) return line.tie === state.tie;
    return shown.has(line.from) && shown.has(line.to);
  }

  // Without WebGL the table has to do.
  const note = simpul.element("p", { id: "map-note" });
  const back = simpul.element("button", { id: "all-groups", type: "button", onclick: () => open(null) });
  holder.after(note, back);
  back.hidden = true;
  if (!document.createElement("canvas").getContext("webgl2")) {
    const say = () => {
      note.textContent = simpul.say("no-webgl");
    };
    const nothing = () => {};
    Object.assign(simpul, {
      fitMap: nothing, showBody: nothing, zoomMap: nothing, movePlace: nothing, savePicture: nothing, emphasise: nothing,
      placeOf: (id) => ({ x: bodies.get(id).x, y: bodies.get(id).y }),
    });
    simpul.onChange(say);
    say();
    return;
  }

  const graph = new graphology.MultiGraph();
  const placeNow = (body) => state.pins.get(body.id) || [body.x, body.y];
  let boxes = []; // of the names drawn in this frame

  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  function drawName(context, drawn, strong) {
    if (!drawn.label) return;
    const size = drawn.group !== undefined ? Math.max(11, Math.min(15, drawn.size / 2.6)) : 11.5;
    const text = drawn.label.length > 34 ? `${drawn.label.slice(0, 33)}…` : drawn.label;
    context.font = `${strong || drawn.group !== undefined ? 600 : 450} ${size}px system-ui, "Segoe UI", "Noto Sans", sans-serif`;
    const width = context.measureText(text).width;
    const left = drawn.x - width / 2;
    const top = drawn.group !== undefined ? drawn.y - size / 2 : drawn.y + drawn.size + 2;
    const box = [left - 3, top - 2, left + width + 3, top + size + 3];
    if (!strong && boxes.some((other) => overlaps(box, other))) return;
    boxes.push(box);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.4;
    context.strokeStyle = css("--page");
    context.fillStyle = css("--text");
    context.strokeText(text, drawn.x, top);
    context.fillText(text, drawn.x, top);
  }
  function drawHover(context, drawn) {
    context.beginPath();
    context.arc(drawn.x, drawn.y, drawn.size + 2, 0, Math.PI * 2);
    context.lineWidth = 2.5;
    context.strokeStyle = css("--text");
    context.stroke();
    drawName(context, drawn, true);
  }

  let seen = null; // what the reducers work with: the bright bodies and the way
  const sigma = new Sigma(graph, holder, {
    allowInvalidContainer: true,
    itemSizesReference: "positions",
    zoomToSizeRatioFunction: (ratio) => ratio,
    minEdgeThickness: 0.7,
    minCameraRatio: 0.005,
    maxCameraRatio: 3,
    stagePadding: 36,
    zIndex: true,
    labelDensity: 0.8,
    labelGridCellSize: 110,
    labelRenderedSizeThreshold: 4,
    defaultEdgeType: "line",
    edgeProgramClasses: {
      line: Sigma.rendering.EdgeRectangleProgram,
      arrow: Sigma.rendering.EdgeArrowProgram,
      curve: Sigma.rendering.EdgeCurveProgram,
    },
    nodeProgramClasses: {
      ring: Sigma.rendering.createNodeBorderProgram({
        borders: [
          { size: { value: 0.28 }, color: { attribute: "rim" } },
          { size: { fill: true }, color: { attribute: "color" } },
        ],
      }),
    },
    defaultDrawNodeLabel: (context, drawn) => drawName(context, drawn, drawn.strong),
    defaultDrawNodeHover: drawHover,
    nodeReducer: (id, item) => {
      if (item.group !== undefined) return item;
      const body = bodies.get(id);
      if (!simpul.bodyShown(body)) return { ...item, hidden: true };
      const chosen = id === state.body;
      if (seen.shown && !seen.shown.has(id)) {
        return { ...item, color: shade(item.color, 0.84), rim: shade(item.rim, 0.84), label: "", zIndex: 0 };
      }
      return { ...item, strong: chosen, rim: chosen ? css("--text") : item.rim, type: chosen ? "ring" : item.type,
        forceLabel: chosen || (seen.shown !== null && seen.shown.size < 40), zIndex: 1 };
    },
    edgeReducer: (id, item) => {
      if (item.line === undefined) return item;
      const line = lines[item.line];
      const on = simpul.lineShown(line) && lineBright(line, seen.shown, seen.way);
      if (!on) return { ...item, hidden: true };
      return seen.shown ? { ...item, color: item.full, size: item.size * 1.8 } : item;
    },
  });

  function addBody(body) {
    const colour = simpul.colourOf(body.family);
    const hollow = Boolean(body.hollow);
    const [x, y] = placeNow(body);
    graph.addNode(body.id, {
      x, y: -y, size: body.size, type: hollow ? "ring" : "circle", color: hollow ? css("--page") : colour, rim: colour,
      label: body.class === "unnamed" ? "" : simpul.labelOf(body.id), zIndex: 1,
    });
  }
  function addLine(line, crowd) {
    const tie = ties[line.tie];
    const look = looks.get(tie.look);
    const colour = css(tie.negative || look.against ? "--against" : "--line");
    const unsure = look.dash.length ? 0.5 : 0;
    const old = 1 - simpul.freshness(tie);
    const directed = line.directed && !line.bend;
    graph.addEdge(line.from, line.to, {
      line: line.id,
      size: look.width * (unsure ? 0.7 : 1),
      type: line.bend ? "curve" : directed ? "arrow" : "line",
      curvature: line.bend * 1.4,
      color: shade(colour, Math.min(0.85, Math.max(unsure, old, crowd))),
      full: shade(colour, Math.min(0.6, Math.max(unsure, old))),
    });
  }

  function addGroups() {
    const own = new Map();
    for (const [number, members] of groups) {
      const shown = members.filter(simpul.bodyShown);
      if (!shown.length) continue;
      const tally = new Map();
      for (const body of shown) tally.set(body.family, (tally.get(body.family) || 0) + 1);
      const [family] = [...tally].reduce((a, b) => (b[1] > a[1] ? b : a));
      const colour = shade(simpul.colourOf(family), 0.35);
      own.set(number, shown);
      graph.addNode(`group ${number}`, {
        x: shown.reduce((sum, body) => sum + body.x, 0) / shown.length,
        y: -shown.reduce((sum, body) => sum + body.y, 0) / shown.length,
        size: 26 * Math.sqrt(shown.length), group: number, color: colour, rim: colour, forceLabel: shown.length > 80,
        label: `${simpul.labelOf(shown[0].id)} +${(shown.length - 1).toLocaleString(state.language)}`,
      });
    }
    const strength = new Map();
    for (const line of lines) {
      if (!simpul.lineShown(line)) continue;
      const [a, b] = [groupOf.get(line.from), groupOf.get(line.to)].sort((one, other) => one - other);
      if (a !== b) strength.set(a * 10000 + b, (strength.get(a * 10000 + b) || 0) + 1);
    }
    const strongest = [...strength].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, STRONGEST);
    const most = strongest.length ? strongest[0][1] : 1;
    for (const [key, count] of strongest) {
      graph.addEdge(`group ${Math.floor(key / 10000)}`, `group ${key % 10000}`, {
        size: 14 + 60 * (count / most), color: shade(css("--line"), 0.82 - 0.5 * (count / most)), type: "line",
      });
    }
  }

  /** What is drawn: "groups", or the bodies to draw one by one. */
  function wanted() {
    if (!data.groups) return data.nodes;
    const shown = simpul.shownBodies();
    if (shown.length <= FEW) {
      opened = null;
      return shown;
    }
    if (opened === null) return "groups";
    const also = [...(bright() || [])].filter((id) => groupOf.get(id) !== opened).map((id) => bodies.get(id));
    return [...groups.get(opened), ...also];
  }

  /** Set bodies of other groups on a ring around the open one, each on the side where it stands in the whole. */
  function gather() {
    const inside = groups.get(opened).map(placeNow);
    const middle = [0, 1].map((axis) => inside.reduce((sum, place) => sum + place[axis], 0) / inside.length);
    const reach = Math.max(...inside.map((place) => Math.hypot(place[0] - middle[0], place[1] - middle[1])));
    const outside = graph.filterNodes((id) => groupOf.get(id) !== opened)
      .map((id) => ({ id, place: placeNow(bodies.get(id)) }))
      .map(({ id, place }) => ({ id, angle: Math.atan2(place[1] - middle[1], place[0] - middle[0]) }))
      .sort((a, b) => a.angle - b.angle);
    const radius = Math.max(reach + 90, 8 * outside.length);
    const least = Math.min(0.2, 6 / outside.length);
    let last = -Infinity;
    for (const { id, angle } of outside) {
      last = Math.max(angle, last + least);
      graph.mergeNodeAttributes(id, { x: middle[0] + radius * Math.cos(last), y: -middle[1] - radius * Math.sin(last) });
    }
  }

  let isGroups = false;
  function rebuild() {
    shades.clear();
    graph.clear();
    const drawn = wanted();
    isGroups = drawn === "groups";
    if (isGroups) addGroups();
    else {
      drawn.forEach(addBody);
      if (opened !== null && drawn.length > groups.get(opened).length) gather();
      const crowd = drawn.length > 6000 ? 0.6 : drawn.length > 2000 ? 0.45 : 0.25;
      const near = drawn.length === data.nodes.length ? lines
        : drawn.flatMap((body) => simpul.linesAt.get(body.id).filter((line) => line.from === body.id && graph.hasNode(line.to)));
      for (const line of near) if (graph.hasNode(line.from) && graph.hasNode(line.to)) addLine(line, crowd);
    }
    sigma.setSetting("enableEdgeEvents", !isGroups && graph.size <= TOUCHED);
    sigma.setSetting("hideEdgesOnMove", graph.size > TOUCHED);
    sigma.setSetting("labelRenderedSizeThreshold", isGroups ? 12 : 4);
    sigma.setCustomBBox(null);
    speak();
  }

  function speak() {
    back.textContent = simpul.say("all-groups");
    back.hidden = opened === null || !data.groups;
    note.textContent = isGroups ? simpul.say("groups-note", { groups: graph.order })
      : simpul.say("no-dashes");
  }

  /** Look into a group, or at all groups again for null. */
  function open(number) {
    opened = number;
    if (number === null) simpul.selectBody(null);
    rebuild();
    sigma.refresh();
    sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 });
    holder.focus();
  }
  simpul.openGroup = open;

  function redraw(what) {
    const shown = bright();
    seen = { shown, way: simpul.wayShown() };
    const away = data.groups && shown && [...shown].some((id) => !graph.hasNode(id));
    if (away) opened = groupOf.get(state.body || [...shown][0]);
    if (data.groups && (away || what === "filter" || what === "time")) rebuild();
    else if (what === "language" || what === "theme" || !graph.order) rebuild();
    else if (what === "layout" || what === "time") {
      graph.forEachNode((id, item) => {
        if (item.group !== undefined) return;
        const [x, y] = placeNow(bodies.get(id));
        graph.mergeNodeAttributes(id, { x, y: -y, label: item.label && simpul.labelOf(id) });
      });
    }
    sigma.refresh();
  }

  /** Bring these bodies into view. */
  function frame(ids, closest) {
    const drawn = ids.filter((id) => graph.hasNode(id));
    if (!drawn.length) return;
    const span = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of drawn) {
      const { x, y, size } = graph.getNodeAttributes(id);
      span[0] = Math.min(span[0], x - size);
      span[1] = Math.min(span[1], y - size);
      span[2] = Math.max(span[2], x + size);
      span[3] = Math.max(span[3], y + size);
    }
    const low = sigma.graphToViewport({ x: span[0], y: span[1] });
    const high = sigma.graphToViewport({ x: span[2], y: span[3] });
    const middle = sigma.viewportToFramedGraph({ x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 });
    const now = sigma.getCamera().ratio;
    const wide = Math.abs(high.x - low.x) / Math.max(60, holder.clientWidth - 120);
    const tall = Math.abs(high.y - low.y) / Math.max(60, holder.clientHeight - 80);
    // A body of natural size is drawn as large as its data say; not much closer than that.
    const natural = now * (high.x - low.x) / (span[2] - span[0]) / closest;
    sigma.getCamera().setState({ ...middle, ratio: Math.max(now * Math.max(wide, tall), natural) });
  }

  simpul.fitMap = function () {
    if (opened !== null && !state.body) open(null);
    if (isGroups || simpul.shownBodies().length === graph.order) sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 });
    else frame(simpul.shownBodies().map((body) => body.id), 1.3);
  };
  simpul.showBody = (id) => frame([id, ...simpul.partnersOf(id)], 1.1);
  simpul.zoomMap = function (factor) {
    const camera = sigma.getCamera();
    camera.setState({ ratio: camera.getBoundedRatio(camera.ratio / factor) });
  };
  simpul.placeOf = function (id) {
    if (!graph.hasNode(id)) {
      const [x, y] = placeNow(bodies.get(id));
      return { x, y };
    }
    const { x, y } = graph.getNodeAttributes(id);
    return { x, y: -y };
  };
  simpul.movePlace = function (id, x, y) {
    if (graph.hasNode(id)) graph.mergeNodeAttributes(id, { x, y: -y });
  };

  /** The map as it stands, with the page's colour behind it, as a PNG file. */
  simpul.savePicture = function () {
    sigma.refresh(); // WebGL keeps a picture no longer than the step that drew it
    const layers = sigma.getCanvases();
    const copy = document.createElement("canvas");
    copy.width = layers.nodes.width;
    copy.height = layers.nodes.height;
    const context = copy.getContext("2d");
    context.fillStyle = css("--page");
    context.fillRect(0, 0, copy.width, copy.height);
    for (const layer of ["edges", "nodes", "labels"]) context.drawImage(layers[layer], 0, 0);
    copy.toBlob((blob) => simpul.saveFile(blob, "png"));
  };

  sigma.on("beforeRender", () => {
    boxes = [];
  });
  const isGroup = (id) => graph.getNodeAttribute(id, "group") !== undefined;
  let dragged = null;
  let moved = false;
  sigma.on("clickNode", ({ node }) => {
    if (moved) return;
    if (isGroup(node)) open(graph.getNodeAttribute(node, "group"));
    else simpul.selectBody(node);
  });
  sigma.on("clickEdge", ({ edge }) => {
    const number = graph.getEdgeAttribute(edge, "line");
    if (number !== undefined) simpul.selectTie(lines[number].tie, [lines[number].from, lines[number].to]);
  });
  sigma.on("clickStage", () => simpul.selectBody(null));
  sigma.on("enterNode", ({ node, event }) => {
    holder.style.cursor = "pointer";
    if (!isGroup(node)) simpul.hintBody(node, event.x, event.y);
  });
  sigma.on("enterEdge", ({ edge, event }) => {
    const number = graph.getEdgeAttribute(edge, "line");
    if (number !== undefined) simpul.hintLine(lines[number], event.x, event.y);
  });
  for (const end of ["leaveNode", "leaveEdge", "downStage", "wheelStage"]) sigma.on(end, simpul.hintNothing);
  sigma.on("downNode", ({ node }) => {
    moved = false;
    if (isGroup(node)) return;
    dragged = node;
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox()); // or the map would shrink as a body leaves it
  });
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
    if (dragged === null) return;
    moved = true;
    simpul.hintNothing();
    graph.mergeNodeAttributes(dragged, sigma.viewportToGraph(event));
    preventSigmaDefault();
    event.original.preventDefault();
  });
  function drop() {
    const id = dragged;
    dragged = null;
    if (id === null || !moved) return;
    const { x, y } = simpul.placeOf(id);
    state.pins.set(id, [Math.round(x), Math.round(y)]);
    simpul.changed("layout");
  }
  sigma.on("upNode", drop);
  sigma.on("upStage", drop);

  // Sigma listens to the window alone, but panels that open make the map narrower too.
  new ResizeObserver(() => sigma.scheduleRefresh()).observe(holder);
  simpul.onChange(redraw);
  simpul.sigma = sigma; // for whoever opens the console, and for tests
})(globalThis.simpul);
