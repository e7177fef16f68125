"use strict";
// Undo and redo: what the reader changed, one step at a time, as snapshots of the state.
(function (simpul) {
  const MOST = 200; // steps kept
  let past = [];
  let future = [];
  let present = null;
  let moving = false;

  /** What a step is about; language and theme are the reader's own and are not undone. */
  function now() {
    const { language, theme, ...rest } = simpul.snapshot();
    return JSON.stringify(rest);
  }

  function move(from, to) {
    if (!from.length) return;
    to.push(present);
    present = from.pop();
    moving = true;
    simpul.restore(JSON.parse(present));
    moving = false;
    show();
  }

  function show() {
    for (const [code, steps] of [["undo", past], ["redo", future]]) {
      const button = document.querySelector(`[data-tool=${code}]`);
      if (button) button.disabled = steps.length === 0;
    }
  }

  simpul.undo = () => move(past, future);
  simpul.redo = () => move(future, past);
  simpul.showHistory = show;

  simpul.onChange(() => {
    if (moving) return;
    const then = now();
    if (present === null) present = then;
    if (then === present) return;
    // The frames of a run through time are one step.
    if (!(simpul.playing() && past.length)) past.push(present);
    if (past.length > MOST) past = past.slice(-MOST);
    future = [];
    present = then;
    show();
  });
})(globalThis.simpul);
