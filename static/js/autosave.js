// Keeps a form as it is being filled: on the server a moment after the typing stops, and on this device until the
// server has said yes. A lost session or connection loses nothing: it is said, kept here, and restored on return.
//
// <form data-autosave="/address/" data-autosave-key="something stable of this form">; without an address, its action.
// The server answers 2xx, perhaps with {"saved_at": "12:31", "version": "7"}, or with {"marks": {name: mark}} for the
// hidden mark-<name> of each field; 409 with {"message": …} when it is stale, and {"kept": true} when it kept it apart.
const pause = 1200;
const sent = "autosave:sent";

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
  let waiting, sending = false, again = false;

  const say = (state, words) => {
    if (!stamp) return;
    stamp.dataset.state = state;
    stamp.textContent = words;
  };
  const failed = (words) => say("failed", words);
  const typed = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const remember = () => localStorage.setItem(key, JSON.stringify(typed()));
  const forget = () => localStorage.removeItem(key);

  async function send() {
    if (sending) { again = true; return; }
    sending = true;
    say("saving", stamp?.dataset.saving);
    const asSent = JSON.stringify(typed());
    try {
      const answer = await fetch(address, {
        method: "POST", body: withoutFiles(), redirect: "manual",
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest", "X-Autosave": "1" },
      });
      await read(answer, asSent);
    } catch {
      failed(stamp?.dataset.failed);
      waiting = setTimeout(send, 10000);
    }
    sending = false;
    if (again) { again = false; send(); }
  }

  async function read(answer, asSent) {
    if (answer.type === "opaqueredirect" || answer.status === 401) return failed(stamp?.dataset.signedOut);
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    const unchanged = JSON.stringify(typed()) === asSent;
    if (told.kept) forget();
    if (!answer.ok) return refused(told);
    for (const [name, mark] of Object.entries(told.marks || {})) {
      if (form.elements[`mark-${name}`]) form.elements[`mark-${name}`].value = mark;
    }
    if (told.version && form.elements.version) form.elements.version.value = told.version;
    if (unchanged || told.version) forget();
    const clock = told.saved_at || new Date().toLocaleTimeString("es-MX", { hour: "2-digit", minute: "2-digit", hour12: false });
    say("saved", `${stamp?.dataset.saved} ${clock} h`);
    form.dispatchEvent(new CustomEvent("autosave:kept"));
  }

  function refused(told) {
    failed(told.message || stamp?.dataset.failed);
    const compare = form.querySelector("[data-compare]");
    if (told.stale && compare) compare.hidden = false;
  }

  function withoutFiles() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    return data;
  }

  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (!kept || JSON.stringify(words(kept)) === JSON.stringify(words(typed())) || older(kept)) return forget();
    const values = Map.groupBy ? Map.groupBy(kept, ([name]) => name) : grouped(kept);
    for (const [name, pairs] of values) fill(name, pairs.map(([, value]) => value));
    say("restored", stamp?.dataset.restored);
    form.dispatchEvent(new CustomEvent("autosave:restored"));
    later();
  }

  function fill(name, values) {
    if (name === "version") return strict(values[0]);
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.type !== "file" && (control.type !== "hidden" || name.startsWith("mark-"))) control.value = values[0];
    }
  }

  const words = (pairs) => pairs.filter(([name]) => name !== "version" && !name.startsWith("mark-"));
  // The page was just saved whole: what this device kept of a version before that one is in it, or was given up.
  const older = (pairs) => Number(pairs.find(([name]) => name === "version")?.[1]) < Number(form.dataset.autosaveSaved || 0);

  // What was typed over an older version is offered as such: the server, which kept a newer one, will say so.
  function strict(version) {
    if ("autosaveStrict" in form.dataset) form.elements.version.value = version;
  }

  const later = () => { clearTimeout(waiting); waiting = setTimeout(send, pause); };
  form.addEventListener("input", () => { remember(); later(); });
  form.addEventListener("change", () => { remember(); later(); });
  form.addEventListener("submit", () => { clearTimeout(waiting); sessionStorage.setItem(sent, key); });
  forgetWhatArrived(key);
  restore();
}

function grouped(pairs) {
  const map = new Map();
  for (const pair of pairs) map.set(pair[0], [...(map.get(pair[0]) || []), pair]);
  return map;
}
