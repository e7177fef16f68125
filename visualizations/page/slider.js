"use strict";
// The day that is looked at, and how many years before it count too; it can be played.
(function (simpul) {
  const { element, say, state, data, ties } = simpul;
  const box = document.getElementById("slider");
  const STEP_MS = 700;
  let timer = null;

  const days = [...ties, ...[...data.timelines.values()].flat()].flatMap((each) => [each.first, each.last])
    .filter((day) => day && day > "1000").sort();
  const monthOf = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const first = days.length ? monthOf(days[0]) : 0;
  const last = days.length ? monthOf(days.at(-1)) : 0;
  const two = (n) => String(n).padStart(2, "0");
  /** The last day of a month, counted from the year 0. */
  function dayOf(month) {
    const [year, within] = [Math.floor(month / 12), month % 12];
    const end = new Date(Date.UTC(2000, within + 1, 0));
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return `${String(year).padStart(4, "0")}-${two(within + 1)}-${two(within === 1 && !leap ? 28 : end.getUTCDate())}`;
  }
  const inWords = (day) => new Date(`${day}T00:00:00Z`).toLocaleDateString(state.language,
    { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });

  const range = element("input", { type: "range", id: "as-of", min: first, max: last, step: 1 });
  const play = element("button", { type: "button", id: "play" });
  const windowed = element("select", { id: "span-years" });
  const undated = element("input", { type: "checkbox", id: "undated" });
  const always = element("button", { type: "button", id: "always" });
  const told = element("output", { for: "as-of", id: "told" });
  const undatedWords = element("span");
  const label = element("label", { for: "as-of" });
  const windowLabel = element("label", { for: "span-years" });

  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", say("play"));
  };
  const look = (month) => simpul.set({ asOf: dayOf(Math.max(first, Math.min(last, month))) }, "time");

  range.addEventListener("input", () => look(Number(range.value)));
  always.addEventListener("click", () => {
    stop();
    simpul.set({ asOf: null }, "time");
  });
  windowed.addEventListener("change", () => simpul.set({ window: Number(windowed.value) }, "time"));
  undated.addEventListener("change", () => simpul.set({ undated: undated.checked }, "time"));
  play.addEventListener("click", () => {
    if (timer !== null) {
      stop();
      return;
    }
    if (!state.asOf || monthOf(state.asOf) >= last) look(first);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", say("pause"));
    const stride = Math.max(1, Math.round((last - first) / 120)) * 3;
    timer = setInterval(() => {
      const next = monthOf(state.asOf || dayOf(first)) + stride;
      look(next);
      if (next >= last) stop();
    }, STEP_MS);
  });

  function fill() {
    box.setAttribute("aria-label", say("time-slider"));
    label.textContent = say("as-of");
    range.setAttribute("aria-label", say("as-of")); // the label itself is hidden on a phone
    windowLabel.textContent = say("window");
    windowed.replaceChildren(...[0, 1, 3, 5, 10].map((years) =>
      element("option", { value: years }, years ? simpul.counted("year", years) : say("that-day"))));
    always.textContent = say("always");
    undatedWords.textContent = say("undated-too");
    if (timer === null) stop();
  }

  function show() {
    const on = state.asOf !== null;
    range.value = on ? monthOf(state.asOf) : last;
    range.setAttribute("aria-valuetext", on ? inWords(state.asOf) : say("all-times"));
    told.textContent = on ? inWords(state.asOf) : say("all-times");
    always.hidden = !on;
    windowed.value = String(state.window);
    undated.checked = state.undated;
    for (const part of [windowed, windowLabel, undated.parentElement]) part.hidden = !on;
  }

  box.hidden = last <= first;
  box.append(play, label, range, told, windowLabel, windowed, element("label", {}, undated, undatedWords), always);
  simpul.onChange((what) => {
    if (what === "language") fill();
    if (what !== "theme" && what !== "selection" && what !== "layout") show();
  });
  simpul.playing = () => timer !== null;
})(globalThis.simpul);
