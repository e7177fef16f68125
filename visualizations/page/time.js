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

  /** "2003 – 2008/2010" in words, of an entry of a timeline. */
  simpul.spanWords = function (entry) {
    const words = [
      simpul.dateWords(entry.occurred),
      entry.start ? simpul.say("from", { date: simpul.dateWords(entry.start) }) : "",
      entry.end ? simpul.say("until", { date: simpul.dateWords(entry.end) }) : "",
    ];
    return words.filter(Boolean).join(", ") || simpul.say("undated");
  };

  const yearOf = (day) => Number((/^\d{4}/.exec(day || "") || [NaN])[0]);
  const newest = (tie) => Math.max(...[
    ...tie.evidence.map((item) => yearOf(simpul.data.sources[item.source].issued)), yearOf(tie.occurred), yearOf(tie.start),
  ].filter(Number.isFinite), -Infinity);
  const years = simpul.ties.map(newest);
  const lastYear = years.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), -Infinity);
  const numbers = simpul.tieNumbers;
  const FADES_IN = 15; // years after its last evidence at which a tie is as faint as it gets
  const FAINTEST = 0.4;

  /** How bright a tie is drawn, from 1 down with the years since its last evidence. */
  simpul.freshness = function (tie) {
    const year = years[numbers.get(tie.id)];
    if (!Number.isFinite(year)) return FAINTEST;
    const now = simpul.state.asOf ? yearOf(simpul.state.asOf) : lastYear;
    const age = Math.max(0, now - year) / FADES_IN;
    return Math.round(100 * Math.max(FAINTEST, 1 - (1 - FAINTEST) * age)) / 100;
  };
})(globalThis.simpul);
