"use strict";
// The bundled SPARQL editor, told to stay at home: its own completion of classes and properties asks a
// server elsewhere, so ours take their place, from the terms of this graph.
(function () {
  const holder = document.getElementById("editor");
  const { Yasgui } = globalThis;
  const { Yasqe } = Yasgui;
  const terms = JSON.parse(holder.dataset.terms);
  const endpoint = new URL(holder.dataset.endpoint, location.href).href;

  const said = JSON.parse(holder.dataset.errors);
  const [start, otherStart] = JSON.parse(holder.dataset.starts);

  const refusals = { 400: "syntax", 422: "size", 429: "busy", 503: "busy", 504: "time", 507: "memory" };

  const titles = {
    "Bad Request": 400,
    "Not Acceptable": 406,
    "Unprocessable Entity": 422,
    "Unprocessable Content": 422,
    "Too Many Requests": 429,
    "Service Unavailable": 503,
    "Gateway Timeout": 504,
    "Insufficient Storage": 507,
  };

  /** What went wrong, in the language of the page; what the engine says of it stands below, as it is. */
  function refusal({ text }) {
    let status;
    let detail;
    try {
      ({ status, detail } = JSON.parse(text));
    } catch {
      // As plain text, which begins with the words for a status.
      const [title, ...rest] = (text || "").split(": ");
      status = titles[title];
      detail = rest.join(": ");
    }
    if (!status || !detail) return undefined; // nothing came back: the editor has its own words for that
    const place = /^[^\n]*?line (\d+), column (\d+)/.exec(detail);
    const code = refusals[status] || "other";
    const shown = document.createElement("div");
    shown.className = "refusal";
    shown.setAttribute("role", "alert");
    const line = (name, words, language) => {
      const made = document.createElement(name);
      made.textContent = words;
      if (language) made.lang = language;
      shown.append(made);
    };
    line("strong", code === "syntax" && !place ? said.other : said[code]);
    if (place) line("p", said.place.replace("{line}", place[1]).replace("{column}", place[2]));
    line("pre", detail.trim(), "en");
    return shown;
  }
  Yasgui.Yasr.defaults.errorRenderers = [async (error) => refusal(error)];

  const words = (name) => terms[name].map(({ iri }) => iri);

  /** Complete IRIs of one sort, which begin with what is typed or hold it in their name. */
  function completer(name, isHere) {
    return {
      name: `simpul-${name}`,
      bulk: true,
      autoShow: false,
      persistenceId: null,
      isValidCompletionPosition: (yasqe) => isHere(yasqe),
      preProcessToken: (yasqe, token) => Yasqe.Autocompleters
        ? Yasqe.Autocompleters[name === "classes" ? "class" : "property"].preProcessToken(yasqe, token)
        : token,
      postprocessHints: (yasqe, hints) => hints,
      postProcessSuggestion: (yasqe, token, suggestion) => shortened(yasqe, suggestion),
      get: () => words(name),
    };
  }

  function shortened(yasqe, iri) {
    const declared = yasqe.getPrefixesFromQuery();
    for (const [prefix, namespace] of Object.entries({ ...terms.prefixes, ...declared })) {
      const rest = iri.startsWith(namespace) ? iri.slice(namespace.length) : "";
      if (rest && /^[A-Za-z_][\w-]*$/.test(rest)) {
        if (!declared[prefix]) yasqe.addPrefixes({ [prefix]: namespace });
        return `${prefix}:${rest}`;
      }
    }
    return `<${iri}>`;
  }

  const before = (yasqe) => {
    const token = yasqe.getCompleteToken();
    return { token, previous: yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token).string };
  };
  const isName = (token) => !token.string.startsWith("?") && !token.string.startsWith("$");

  Yasqe.defaults.autocompleters = ["variables"];
  const own = [
    completer("classes", (yasqe) => {
      const { token, previous } = before(yasqe);
      return isName(token) && /^(a|rdf:type|<http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type>)$/.test(previous);
    }),
    completer("properties", (yasqe) => {
      const { token, previous } = before(yasqe);
      return isName(token) && !/^(a|rdf:type|prefix|base|from)$/i.test(previous);
    }),
    {
      name: "simpul-prefixes",
      bulk: true,
      autoShow: true,
      persistenceId: null,
      isValidCompletionPosition: (yasqe) => /prefix$/i.test(before(yasqe).previous),
      preProcessToken: (yasqe, token) => token,
      get: () => Object.entries(terms.prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`),
    },
  ];
  for (const each of own) {
    Yasqe.registerAutocompleter(each, true);
  }
  Yasqe.defaults.autocompleters = ["variables", ...own.map((each) => each.name)];
  Yasqe.defaults.createShareableLink = (yasqe) =>
    `${location.origin}${location.pathname}#${new URLSearchParams({ query: yasqe.getValue() })}`;
  Yasqe.defaults.createShortLink = undefined;

  const yasgui = new Yasgui(holder, {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: false,
    corsProxy: undefined,
    persistenceId: `simpul-${location.host}`,
    populateFromUrl: false,
    autofocus: false,
    yasqe: { value: start, autocompleters: Yasqe.defaults.autocompleters },
    yasr: { prefixes: terms.prefixes, maxPersistentResponseSize: 200000 },
  });

  // The query to begin with follows the language, until somebody changes it.
  const open = yasgui.getTab();
  if (open && open.getQuery().trim() === otherStart.trim()) open.setQuery(start);

  /** The editor writes into a field that it gives no name; readers of screens need one. */
  function label() {
    for (const area of holder.querySelectorAll(".CodeMirror textarea")) {
      area.setAttribute("aria-label", holder.getAttribute("aria-label"));
    }
  }
  yasgui.on("tabSelect", () => setTimeout(label));
  label();

  /** Put a query into the editor: into the open tab, or into a new one if there is something in that. */
  function load(text, name) {
    const tab = yasgui.getTab();
    if (tab && !tab.getQuery().trim()) tab.setQuery(text);
    else {
      const made = yasgui.addTab(true, { name, yasqe: { value: text }, requestConfig: { endpoint, method: "POST" } }, { avoidDuplicateTabs: false });
      made.setQuery(text);
    }
  }

  const examples = document.getElementById("examples");
  examples.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) load(button.dataset.query, button.dataset.name);
  });
  document.getElementById("examples-filter").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const item of examples.children) item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
  });

  // Things of this graph have their pages here, whatever host their IRIs name.
  holder.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const start = terms.bases.find((base) => link && link.href.startsWith(base));
    if (start && /^(id|concept)\//.test(link.href.slice(start.length))) {
      link.href = `/${link.href.slice(start.length)}`;
    }
  }, true);

  // A link to this page may carry a query behind the hash.
  const carried = new URLSearchParams(location.hash.slice(1)).get("query");
  if (carried) {
    load(carried, "");
    history.replaceState(null, "", location.pathname + location.search);
  }
  globalThis.simpulEditor = yasgui; // for whoever opens the console, and for tests
  document.documentElement.dataset.editor = "ready";
})();
