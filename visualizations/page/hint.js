"use strict";
// The small note beside the pointer: what a dot is, and who does what to whom along a line.
(function (simpul) {
  const { ties } = simpul;
  const holder = document.getElementById("map");
  const hint = document.getElementById("hint");

  function show(x, y, ...texts) {
    hint.replaceChildren(...texts.map((text, at) => simpul.element(at ? "div" : "strong", {}, text)));
    hint.hidden = false;
    const { width, height } = holder.getBoundingClientRect();
    // Towards the middle of the map, so that the hint never leaves it.
    const right = x > width / 2;
    const low = y > height / 2;
    hint.style.left = right ? "auto" : `${x + 14}px`;
    hint.style.right = right ? `${width - x + 14}px` : "auto";
    hint.style.top = low ? "auto" : `${y + 14}px`;
    hint.style.bottom = low ? `${height - y + 14}px` : "auto";
    holder.style.cursor = "pointer";
  }

  simpul.hintBody = function (id, x, y) {
    const body = simpul.bodies.get(id);
    const sort = simpul.codeName(body.kind);
    show(x, y, simpul.nameOf(id), [sort, `${simpul.say("partners")}: ${simpul.partnersOf(id).length}`].filter(Boolean).join(" · "));
  };

  /** The role in which a body takes part in a tie, in words. */
  function roleIn(tie, id) {
    const roles = tie.parties.filter((party) => party.body === id)
      .map((party) => party.roleText || simpul.codeName(party.role));
    return [...new Set(roles)].filter(Boolean).join(", ");
  }

  simpul.hintLine = function (line, x, y) {
    const tie = ties[line.tie];
    const does = line.edges.map(simpul.codeName).filter(Boolean).join(", ");
    const [from, to] = [line.from, line.to].map((id) => {
      const role = roleIn(tie, id);
      return role ? `${simpul.nameOf(id)} (${role})` : simpul.nameOf(id);
    });
    const beside = simpul.tiesBetween(line.from, line.to).length;
    show(x, y, `${simpul.nameOf(line.from)} ${does || (line.directed ? "→" : "–")} ${simpul.nameOf(line.to)}`,
      `${from} ${line.directed ? "→" : "–"} ${to}`,
      [simpul.codeName(tie.type), simpul.tieTime(tie), simpul.weight(tie)].join(" · "),
      beside > 1 ? simpul.say("beside", { n: beside }) : "");
  };

  simpul.hintNothing = function () {
    hint.hidden = true;
    holder.style.cursor = "";
  };
})(globalThis.simpul);
