"use strict";
// What is known of the selected body or tie: roles, time, standing, and the evidence for and against.
(function (simpul) {
  const { element, nameElement, linkElement, say, counted, pick, codeName, state, bodies, ties, data } = simpul;
  const panel = document.getElementById("details");

  const STANCE_SIGNS = { supports: "✓", disputes: "✗", mentions: "•" };

  function facts(rows) {
    const shown = rows.filter(([, value]) => value);
    return element("dl", {}, ...shown.flatMap(([name, value]) => [
      element("dt", {}, name), element("dd", {}, value),
    ]));
  }

  const bodyButton = (id) => bodies.has(id)
    ? element("button", { type: "button", class: "plain", onclick: () => choose(id) }, nameElement(simpul.nameOf(id)))
    : null;

  function choose(id) {
    simpul.selectBody(id);
    simpul.showBody(id);
  }

  /** One party: who, in which role, and for whom where a person acts for a body. */
  function party(each) {
    const role = each.roleText || codeName(each.role);
    const who = bodyButton(each.body) || nameElement(pick(each.name));
    const item = element("li", {}, who, ` (${role})`);
    if (each.acts) {
      const post = pick(each.post);
      item.append(" · ", nameElement(pick(each.name)), post ? `, ${post}` : "");
    }
    if (each.mentionedAs) item.append(" · ", say("called", { name: each.mentionedAs }));
    return item;
  }

  function evidence(item) {
    const source = data.sources[item.source];
    const by = [pick(source.publisher), simpul.dateWords(source.issued) || say("undated"), item.locator];
    const lines = [
      element("p", {}, element("span", { class: `stance ${item.stance}` }, STANCE_SIGNS[item.stance], " ", say(item.stance)),
        " ", linkElement(source.url, pick(source.title))),
      element("p", { class: "small" }, by.filter(Boolean).join(" · ")),
    ];
    if (item.paraphrase) lines.push(element("p", {}, pick(item.paraphrase)));
    const read = [item.voice ? `${say("voice")} ${pick(item.voice)}` : "", codeName(item.explicitness)];
    if (read.some(Boolean)) lines.push(element("p", { class: "small" }, read.filter(Boolean).join(" · ")));
    if (item.origin) lines.push(element("p", { class: "small" }, say("copied", { origin: pick(item.origin) })));
    if (item.note) lines.push(element("p", { class: "small" }, `${say("note")}: ${pick(item.note)}`));
    return element("li", { class: item.stance }, ...lines);
  }

  /** What disputes a tie comes first, then by date, the copies of one origin together. */
  const inOrder = (items) => [...items].sort((a, b) =>
    (b.stance === "disputes") - (a.stance === "disputes") || (a.root < b.root ? -1 : a.root > b.root ? 1 : 0)
    || (data.sources[a.source].issued || "").localeCompare(data.sources[b.source].issued || ""));

  /** "4 articles, 1 origin", and how many speak against it. */
  simpul.weight = function (tie) {
    const [documents, origins] = tie.counts.supports;
    const [against] = tie.counts.disputes;
    const words = [counted("article", documents), counted("origin", origins)];
    if (against) words.push(counted("against", against));
    return words.join(", ");
  };

  /** Why a tie has the standing that it has, from its evidence. */
  function reason(tie) {
    const [documents, origins] = tie.counts.supports;
    const [against] = tie.counts.disputes;
    if (against) return say("because-disputed", { supporting: counted("article", documents), against: counted("against", against) });
    if (origins > 1) return say("because-origins", { n: origins });
    if (documents > 1) return say("because-copies", { n: documents });
    return documents ? say("because-one") : "";
  }

  /** A tie in one sentence: who does what to whom, by the lines that it makes. */
  function inWords(number) {
    const said = simpul.linesOf.get(number).slice(0, 4).map((line) => {
      const does = line.edges.map(codeName).filter(Boolean).join(", ");
      return does ? `${simpul.nameOf(line.from)} ${does} ${simpul.nameOf(line.to)}.` : "";
    });
    return said.filter(Boolean).join(" ");
  }

  const otherParties = (tie, id) => {
    const names = tie.parties.filter((each) => each.body !== id).map((each) => simpul.nameOf(each.body) || pick(each.name));
    return [...new Set(names)].join(", ");
  };

  /** A tie as a card that opens; its head says what, with whom, when, and how well attested. */
  function tieCard(number, id, open) {
    const tie = ties[number];
    const look = data.looks.find((each) => each.code === tie.look);
    const head = element("summary", {},
      element("strong", {}, codeName(tie.type)), " ",
      nameElement(id ? otherParties(tie, id) : tie.parties.map((each) => pick(each.name)).join(" · ")),
      element("span", { class: "small" }, simpul.lineSign(look.dash, look.width), " ",
        [simpul.tieTime(tie), codeName(tie.standing) || pick(look.name), simpul.weight(tie)].join(" · "),
        tie.negative ? ` · ${say("negative")}` : ""),
    );
    const card = element("details", { class: tie.negative ? "tie negative" : "tie", "data-tie": tie.id }, head);
    const fill = () => {
      if (card.childElementCount > 1) return;
      card.append(element("p", { class: "claim" }, pick(tie.claim) || inWords(number)));
      card.append(
        element("h4", {}, say("roles")),
        element("ul", { class: "parties" }, ...tie.parties.map(party)),
        facts([
          [say("standing"), codeName(tie.standing) || pick(look.name)],
          [say("because"), reason(tie)],
          [say("holding"), codeName(tie.holding)],
          [say("confidence"), codeName(tie.confidence)],
          [say("modality"), codeName(tie.modality)],
          [say("sign"), codeName(tie.sign)],
          [say("basis"), codeName(tie.basis)],
          [say("status"), codeName(tie.status)],
          [say("time"), simpul.tieTime(tie)],
          [say("place"), pick(tie.place)],
          [say("programme"), pick(tie.programme)],
          [say("event"), pick(tie.event)],
          [say("note"), pick(tie.note)],
        ]),
        element("h4", {}, `${say("evidence")}: ${simpul.weight(tie)}`),
        tie.evidence.length
          ? element("ul", { class: "evidence" }, ...inOrder(tie.evidence).map(evidence))
          : element("p", { class: "small" }, say("no-evidence")),
      );
    };
    card.addEventListener("toggle", fill);
    if (open) {
      fill();
      card.open = true;
    }
    return card;
  }

  /** The latest first; ties without a date come last. */
  const byTime = (a, b) => {
    const [first, second] = [a, b].map((number) => ties[number].occurred || ties[number].start || "");
    return second.localeCompare(first) || a - b;
  };

  function aboutTie(number) {
    const others = state.pair
      ? simpul.tiesBetween(...state.pair).filter((other) => other !== number)
      : [];
    return [
      element("h2", {}, say("tie-heading")),
      tieCard(number, null, true),
      ...(others.length ? [element("h3", {}, say("more-of-pair"))] : []),
      ...others.map((other) => tieCard(other, null, false)),
    ];
  }

  simpul.cards = { facts, tieCard, bodyButton, byTime };

  function fillPanel() {
    const chosen = state.body !== null || state.tie !== null;
    panel.setAttribute("aria-label", say("details"));
    panel.classList.toggle("chosen", chosen);
    const close = element("button", { type: "button", class: "close", onclick: () => simpul.selectBody(null) }, say("close"));
    if (state.body !== null) panel.replaceChildren(close, ...simpul.aboutBody(state.body));
    else if (state.tie !== null) panel.replaceChildren(close, ...aboutTie(state.tie));
    else panel.replaceChildren(
      element("h2", {}, say("start")),
      element("p", { class: "muted" }, say("pick")),
      element("ul", { class: "starts" }, ...simpul.best(6).map((body) => element("li", {}, bodyButton(body.id)))),
      element("p", { class: "muted keys" }, say("keys")),
    );
    panel.scrollTop = 0;
  }

  simpul.onChange((what) => {
    if (what !== "theme" && what !== "layout") fillPanel();
  });
})(globalThis.simpul);
