// Loads a behaviour only where a page asks for it by a data- attribute. Everything works without it, only less comfortably.
const behaviours = {
  "form[data-autosave]": "./autosave.js",
  "[data-prose]": "./prose-editor.js",
  "[data-autosave-pending]": "./autosave-pending.js",
  "[data-presence]": "./presence.js",
  "form[data-confirm-leave]": "./confirm-leave.js",
  "form[data-budget]": "./budget-totals.js",
  "[data-pieces]": "./upload-pieces.js",
  "[data-words-for]": "./word-counter.js",
  "table[data-matrix]": "./matrix.js",
  "[data-after]": "./after-answer.js",
  "[data-copy]": "./copy.js",
  "[data-term]": "./term.js",
  "form[data-row-move]": "./row-move.js",
  "[data-job-url]": "./job-progress.js",
  "form[method=post]": "./send-once.js",
  "[data-print]": "./print.js",
  "[data-focus-first]": "./focus-first.js",
};

for (const [selector, module] of Object.entries(behaviours)) {
  const found = document.querySelectorAll(selector);
  if (found.length) import(module).then(({ begin }) => found.forEach(begin));
}

const govuk = document.querySelectorAll("[data-module^='govuk-']");
if (govuk.length) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  import("../vendor/govuk-frontend/govuk-frontend.min.js").then(({ initAll }) => initAll());
}

if (document.querySelector("[hx-get], [hx-post]")) {
  const script = document.createElement("script");
  script.src = new URL("../vendor/htmx/htmx.min.js", import.meta.url);
  // It looks at the page when that has been read, which may be before it is there itself.
  script.addEventListener("load", () => window.htmx.process(document.body));
  document.head.append(script);
}
