"use strict";
// The state in the address after #, so that a view can be kept, sent and cited.
(function (simpul) {
  const LONGEST = 60_000; // letters; a longer one is no view of ours
  const PLAIN = { l: "language", th: "theme", b: "body", t: "tie", f: "focus", d: "asOf" };
  const NUMBERS = { n: "steps", w: "window" };
  const LISTS = { p: "path", h: "hidden", pair: "pair" };
  let written = "";

  simpul.toHash = function (now) {
    const words = new URLSearchParams();
    for (const [short, key] of Object.entries({ ...PLAIN, ...NUMBERS })) {
      if (Object.hasOwn(now, key)) words.set(short, now[key] === null ? "" : String(now[key]));
    }
    for (const [short, key] of Object.entries(LISTS)) {
      if (now[key]) words.set(short, JSON.stringify(now[key]));
    }
    if (now.undated === false) words.set("u", "0");
    if (now.pins) words.set("m", JSON.stringify(now.pins));
    if (now.off) words.set("x", JSON.stringify(now.off));
    return `#${words}`;
  };

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /** What a hash says, unchecked: `restore` takes what is true of this page and leaves the rest. */
  simpul.fromHash = function (hash) {
    const given = {};
    if (hash.length > LONGEST) return given;
    const words = new URLSearchParams(hash.replace(/^#/, ""));
    for (const [short, key] of Object.entries(PLAIN)) if (words.has(short)) given[key] = words.get(short);
    for (const [short, key] of Object.entries(NUMBERS)) if (words.has(short)) given[key] = Number(words.get(short));
    for (const [short, key] of Object.entries({ ...LISTS, m: "pins", x: "off" })) {
      if (words.has(short)) given[key] = parsed(words.get(short));
    }
    if (words.get("u") === "0") given.undated = false;
    return given;
  };

  const ours = (hash) => /(^#|&)(l|th|b|t|f|d|n|w|p|h|u|m|x)=/.test(hash);

  let waiting = null;
  // The frame of a notebook holds a page without an address, so there is none to write to.
  const hasAddress = location.href.split(":")[0] !== "about";
  if (hasAddress) simpul.onChange(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      written = simpul.toHash(simpul.snapshot());
      history.replaceState(null, "", written);
    }, 120);
  });

  function read() {
    if (location.hash === written || !ours(location.hash)) return false;
    simpul.restore(simpul.fromHash(location.hash));
    return true;
  }

  addEventListener("hashchange", () => {
    if (read()) simpul.fitMap();
  });
  simpul.readHash = read;
})(globalThis.simpul);
