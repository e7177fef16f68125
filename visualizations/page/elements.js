"use strict";
// Elements of the page, made without ever parsing text as HTML: whatever a label holds stays text.
globalThis.simpul = {};

(function (simpul) {
  const SVG = "http://www.w3.org/2000/svg";

  /** Make an element; `on...` attributes are listeners, true and false switch an attribute. */
  simpul.element = function (name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };

  /** A name from the data, kept apart from the writing direction of what stands around it. */
  simpul.nameElement = (text) => simpul.element("bdi", {}, text);

  /** A link to a source, or the bare text where the address is not one of the web. */
  simpul.linkElement = function (address, text) {
    if (!/^https?:\/\//i.test(address || "")) return simpul.nameElement(text);
    return simpul.element(
      "a",
      { href: address, target: "_blank", rel: "noopener noreferrer", class: "outside" },
      simpul.nameElement(text),
      simpul.element("span", { "aria-hidden": "true" }, "\u00a0↗"),
    );
  };

  /** Give the reader a file; its name says what it is of. */
  simpul.saveFile = function (content, ending, type = "text/plain") {
    const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
    const address = URL.createObjectURL(blob);
    const link = simpul.element("a", { href: address, download: `simpul.${ending}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 5000);
  };

  function picture(width, height, path, attributes) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "sign");
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("aria-hidden", "true");
    const drawn = document.createElementNS(SVG, "path");
    drawn.setAttribute("d", path);
    for (const [key, value] of Object.entries(attributes)) drawn.setAttribute(key, value);
    svg.append(drawn);
    return svg;
  }

  const OUTLINES = {
    dot: "M8 2a6 6 0 1 0 .01 0z",
    square: "M2.500 2.500h11v11h-11z",
    diamond: "M8 1l7 7-7 7-7-7z",
    triangle: "M8 2l7 12H1z",
    triangleDown: "M1 2h14L8 14z",
    hexagon: "M4.500 2h7L15 8l-3.500 6h-7L1 8z",
    star: "M8 .5l2 5h5.300l-4.200 3.300 1.600 5.200L8 10.900 3.300 14l1.600-5.200L.7 5.500H6z",
  };

  /** The sign of a shape, as the map draws it. */
  simpul.shapeSign = function (shape, hollow, colour = "currentColor") {
    const drawn = { fill: hollow ? "none" : colour, stroke: colour, "stroke-width": hollow ? 2 : 0 };
    if (hollow === "dashed") drawn["stroke-dasharray"] = "3 2";
    return picture(16, 16, OUTLINES[shape], drawn);
  };

  /** The sign of a line with its dashes and width. */
  simpul.lineSign = function (dash, width, colour = "currentColor") {
    return picture(34, 10, "M0 5H34", {
      stroke: colour,
      "stroke-width": width,
      "stroke-dasharray": dash.join(" "),
    });
  };
})(globalThis.simpul);
