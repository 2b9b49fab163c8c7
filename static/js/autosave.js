// Keeps a form as it is being filled: on the server a moment after the typing stops and at least every few seconds, when
// the field or the page is left; and on this device until the server has said yes. A lost session or connection, a page
// closed in mid-sentence lose nothing: it is said, kept here, sent again, and restored on return.
//
// <form data-autosave="/address/" data-autosave-key="something stable of this form">; without an address, its action.
// The server answers 2xx, perhaps with {"saved_at": "12:31:05", "version": "7"}, or with {"marks": {name: mark}} for the
// hidden mark-<name> of each field, or with {"values": {name: text}} when it joined what was typed with somebody else's;
// 409 with {"message": …} when it is stale, and {"kept": true} when it kept it apart.
// With data-autosave-writer each save says which page it comes from and its turn, so that a save whose answer was lost,
// or that overtakes another one, is known as this page's own.
const pause = 1200, longest = 5000, retry = 10000, patience = 4000;
const sent = "autosave:sent";
const besides = ["version", "writer", "turn"];

// A form was sent and another one came: the first arrived. (Where a session was lost, the same one comes back.)
function forgetWhatArrived(key) {
  const before = sessionStorage.getItem(sent);
  sessionStorage.removeItem(sent);
  if (before && before !== key) localStorage.removeItem(before);
}

export function begin(form) {
  const address = form.dataset.autosave || form.action;
  const key = `autosave:${form.dataset.autosaveKey || address}`;
  const stamp = document.querySelector("[data-autosave-stamp]");
  const hand = "autosaveWriter" in form.dataset ? { writer: randomName(), turn: 0 } : {};
  let waiting, since = 0, changed = false, sending = false, again = false, stale = false, goOnSubmitting = null;

  const say = (state, words) => {
    if (!stamp) return;
    stamp.dataset.state = state;
    stamp.textContent = words;
  };
  const failed = (words) => say("failed", words);
  const typed = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !name.endsWith("-arrived") && typeof value === "string");
  const forget = () => localStorage.removeItem(key);

  function remember() {
    try {
      localStorage.setItem(key, JSON.stringify([...typed(), ...Object.entries(hand)]));
    } catch { /* this device keeps no more: the server still does */ }
  }

  async function send() {
    clearTimeout(waiting);
    if (sending) { again = true; return; }
    sending = true;
    since = 0;
    say("saving", stamp?.dataset.saving);
    const asSent = JSON.stringify(typed());
    try {
      await read(await post(), asSent);
    } catch {
      failed(stamp?.dataset.failed);
      waiting = setTimeout(send, retry);
    }
    sending = false;
    if (goOnSubmitting) return goOnSubmitting();
    if (again) { again = false; send(); }
  }

  // The form was sent while it was being kept: it waits a moment for the answer, whose marks say that what was kept is
  // its own. Otherwise it would be told that somebody else wrote meanwhile.
  function afterTheSave(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (goOnSubmitting) return;
    const late = setTimeout(() => goOnSubmitting?.(), patience);
    goOnSubmitting = () => {
      clearTimeout(late);
      goOnSubmitting = null;
      sending = again = false;
      form.requestSubmit(event.submitter);
    };
  }

  function post(how = {}) {
    if (hand.writer) hand.turn += 1;
    remember();
    return fetch(address, {
      method: "POST", body: body(), redirect: "manual", ...how,
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest", "X-Autosave": "1" },
    });
  }

  async function read(answer, asSent, renewed = false) {
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    if (answer.type === "opaqueredirect" || answer.status === 401) return failed(stamp?.dataset.signedOut);
    if (answer.status === 403 && !isJson && !renewed) {
      return await renew() ? read(await post(), asSent, true) : failed(stamp?.dataset.signedOut);
    }
    if (answer.status >= 500) throw new Error("the server is not there");
    const told = isJson ? await answer.json() : {};
    const unchanged = JSON.stringify(typed()) === asSent;
    if (told.kept) forget();
    if (!answer.ok) return refused(told);
    for (const [name, mark] of Object.entries(told.marks || {})) {
      if (form.elements[`mark-${name}`]) form.elements[`mark-${name}`].value = mark;
    }
    if (told.values && !unchanged) { again = true; return; } // typed on meanwhile: it is joined anew, nothing is replaced
    if (told.values) join(told.values);
    stale = false;
    if (told.version && form.elements.version) form.elements.version.value = told.version;
    if (unchanged) { changed = false; forget(); } else if (told.version) remember();
    if (hand.restored) Object.assign(hand, { writer: randomName(), turn: 0, restored: "" });
    say("saved", `${told.words || stamp?.dataset.saved} ${told.saved_at || clock()} h`);
    form.dispatchEvent(new CustomEvent("autosave:kept"));
  }

  // Somebody else's paragraphs arrived and stand beside what was typed here.
  function join(values) {
    for (const [name, value] of Object.entries(values)) fill(name, [value]);
    form.dispatchEvent(new CustomEvent("autosave:joined"));
  }

  function refused(told) {
    failed(told.message || stamp?.dataset.failed);
    const compare = form.querySelector("[data-compare]");
    stale = Boolean(told.stale);
    if (stale && compare) compare.hidden = false;
  }

  // Signed in again in another tab, the forms of this page need that session's token.
  async function renew() {
    const answer = await fetch(window.location.href);
    if (!answer.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const field of token ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : []) field.value = token;
    return Boolean(token);
  }

  function body() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    for (const [name, value] of Object.entries(hand)) data.set(name, value);
    return data;
  }

  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (!kept || JSON.stringify(words(kept)) === JSON.stringify(words(typed())) || older(kept)) return forget();
    const values = Map.groupBy ? Map.groupBy(kept, ([name]) => name) : grouped(kept);
    for (const [name, pairs] of values) fill(name, pairs.map(([, value]) => value));
    if (hand.writer) goOn(Object.fromEntries(kept));
    changed = true;
    say("restored", stamp?.dataset.restored);
    form.dispatchEvent(new CustomEvent("autosave:restored"));
    later();
  }

  // What a page that died had sent is this page's own, until the first save says so.
  function goOn({ writer, turn }) {
    if (writer) Object.assign(hand, { writer, turn: Number(turn || 0) + 100, restored: "1" });
  }

  function fill(name, values) {
    if (name === "version") return strict(values[0]);
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.type !== "file" && (control.type !== "hidden" || name.startsWith("mark-"))) control.value = values[0];
    }
  }

  const words = (pairs) => pairs.filter(([name]) => !besides.includes(name) && name !== "restored" && !name.startsWith("mark-"));
  // The page was just saved whole: what this device kept of a version before that one is in it, or was given up.
  const older = (pairs) => Number(pairs.find(([name]) => name === "version")?.[1]) < Number(form.dataset.autosaveSaved || 0);

  // What was typed over an older version is offered as such: the server, which kept a newer one, will say so.
  function strict(version) {
    if ("autosaveStrict" in form.dataset) form.elements.version.value = version;
  }

  function later() {
    clearTimeout(waiting);
    since ||= Date.now();
    waiting = setTimeout(send, Math.min(pause, Math.max(0, since + longest - Date.now())));
  }

  const touched = () => { changed = true; remember(); later(); };
  const atOnce = () => { if (changed && !sending && !stale) send(); };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("focusout", atOnce);
  form.addEventListener("submit", (event) => {
    if (sending) return afterTheSave(event);
    clearTimeout(waiting);
    changed = false;
    sessionStorage.setItem(sent, key);
  }, { capture: true });
  window.addEventListener("online", atOnce);
  window.addEventListener("focus", atOnce);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") atOnce(); });
  window.addEventListener("pagehide", () => { if (changed) post({ keepalive: true }).catch(() => {}); });
  forgetWhatArrived(key);
  restore();
}

const clock = () => new Date().toLocaleTimeString("es-MX", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const randomName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function grouped(pairs) {
  const map = new Map();
  for (const pair of pairs) map.set(pair[0], [...(map.get(pair[0]) || []), pair]);
  return map;
}
