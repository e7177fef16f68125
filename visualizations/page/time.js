"use strict";
// Dates as the records hold them (EDTF, levels 0 and 1) in words.
(function (simpul) {
  /** One date with its qualifier: 2024-09-11, 2024-09~, 198X, 2003?, 2001-21 (spring). */
  function single(date) {
    const bare = date.replace(/[~?%]|T.*$/g, "");
    const [, year, season] = bare.match(/^(\d{4})-(2[1-4])$/) || [];
    let words = season ? simpul.say(`season-${season}`, { year }) : bare;
    if (/[~%]/.test(date)) words = simpul.say("about", { date: words });
    if (/[?%]/.test(date)) words = simpul.say("uncertain", { date: words });
    return words;
  }

  /** A date or an interval; in an interval either side may be open or unknown. */
  simpul.dateWords = function (written) {
    if (!written) return "";
    if (!written.includes("/")) return single(written);
    const [first, last] = written.split("/").map((side) => (side === ".." ? "" : side));
    if (!first) return simpul.say("by", { date: single(last) });
    if (!last) return simpul.say("not-before", { date: single(first) });
    return simpul.say("between", { first: single(first), last: single(last) });
  };

  /** When a tie came about or held, as far as its record says. */
  simpul.tieTime = function (tie) {
    const words = [
      simpul.dateWords(tie.occurred),
      tie.start ? simpul.say("from", { date: simpul.dateWords(tie.start) }) : "",
      tie.end ? simpul.say("until", { date: simpul.dateWords(tie.end) }) : "",
    ].filter(Boolean);
    return words.join(", ") || simpul.say("time-unknown");
  };
})(globalThis.simpul);
