// Sends a large file in pieces, each with its hash, so that it arrives over a line that comes and goes; then the form is
// sent with the token of the file in place of the file. Without this script, or with a small file, the form takes it.
//
// <div data-pieces="/address/" data-pieces-for="id of the file input" data-piece="bytes" data-most="bytes" data-…="words">
// beside <input type="hidden" name="<name of the input>-arrived">. POST /address/ with name, size and sha256 gives
// {upload, received}; PUT /address/?upload=…&offset=…&sha256=… with the bytes gives {received}, from where to go on.
// 409 with {"message": …}: not any more, and why. The same file chosen again goes on where it stopped.
const first = 1000, longest = 30000, smallest = 32 * 1024, patience = 90000, mostAnew = 5;
const megabyte = 1024 * 1024;

class Refused extends Error {} // the portal does not want it, and said why
class Stopped extends Error {} // the person pressed Stop
class Lost extends Error {} // no answer, or not one of the portal's: it is tried again

export function begin(box) {
  const input = document.getElementById(box.dataset.piecesFor);
  const form = input?.form;
  if (!form || !window.crypto?.subtle) return;
  const token = form.elements[`${input.name}-arrived`];
  const screen = show(box, input);
  let sending = false, arrived = false;

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (arrived || !file || (file.size <= Number(box.dataset.piece) && !sending)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!sending) take(file, event.submitter);
  }, { capture: true });
  window.addEventListener("pageshow", () => { arrived = input.disabled = false; });
  input.addEventListener("change", () => screen.clean());

  async function take(file, button) {
    if (file.size > Number(box.dataset.most)) return screen.refuse(box.dataset.tooHeavy);
    const leaving = (event) => event.preventDefault();
    window.addEventListener("beforeunload", leaving);
    sending = true;
    try {
      token.value = await send(file, box, form, screen);
      arrived = input.disabled = true;
    } catch (reason) {
      arrived = !screen.end(reason); // whatever else goes wrong here, the form takes the file itself
    }
    sending = false;
    window.removeEventListener("beforeunload", leaving);
    if (arrived) form.requestSubmit(button);
  }
}

// The whole file, however often the line is lost. Gives its token.
async function send(file, box, form, screen) {
  screen.begin();
  const known = { name: file.name, size: file.size, sha256: await sha256(await file.arrayBuffer()) };
  const line = lineOf(form, screen);
  const most = Number(box.dataset.piece);
  let piece = most, anew = 0;
  let { upload, received } = await announce();
  screen.sent(received, file.size);
  while (received < file.size) {
    const before = received;
    const bytes = await file.slice(received, received + piece).arrayBuffer();
    const where = new URLSearchParams({ upload, offset: received, sha256: await sha256(bytes) });
    const answer = await line(`${box.dataset.pieces}?${where}`, { method: "PUT", body: bytes }, () => {
      piece = Math.max(smallest, Math.floor(piece / 2)); // a smaller one is sooner there
      return piece < bytes.byteLength;
    });
    if (answer.again) continue;
    piece = Math.min(most, piece * 2);
    if (answer.received === undefined) ({ upload, received } = await announce());
    else received = answer.received;
    if (received <= before && (anew += 1) > mostAnew) throw new Stopped();
    screen.sent(received, file.size);
  }
  screen.whole();
  return upload;

  function announce() {
    return line(box.dataset.pieces, { method: "POST", body: new URLSearchParams(known) });
  }
}

// Asks until there is an answer of the portal's. ``lost`` is told of each attempt that failed, and says whether to give
// up this very request because there is a better one: then the answer is {again: true}.
function lineOf(form, screen) {
  return async (address, how, lost = () => false) => {
    for (let wait = first; ; wait = Math.min(wait * 2, longest)) {
      try {
        const told = await ask(address, how, form, screen);
        screen.back();
        return told;
      } catch (reason) {
        if (!(reason instanceof Lost)) throw reason;
        screen.lost(reason.message);
        await pause(wait, screen);
        if (lost()) return { again: true };
      }
    }
  };
}

async function ask(address, how, form, screen) {
  screen.refuseIfStopped();
  const headers = { "X-CSRFToken": tokenOf(form).value, "X-Requested-With": "XMLHttpRequest" };
  let answer;
  try {
    const signal = AbortSignal.any ? AbortSignal.any([screen.stopping.signal, AbortSignal.timeout(patience)]) : screen.stopping.signal;
    answer = await fetch(address, { ...how, headers, redirect: "manual", signal });
  } catch {
    screen.refuseIfStopped();
    throw new Lost();
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    await renew(form);
    throw new Lost("signedOut");
  }
  if (answer.status === 404 || answer.status === 422) return {}; // it is announced anew, and goes on from what is there
  if (answer.status === 409) throw new Refused((await answer.json()).message);
  if (!answer.ok) throw new Lost();
  try {
    return await answer.json();
  } catch {
    throw new Lost(); // the answer was cut short
  }
}

const tokenOf = (form) => form.elements.csrfmiddlewaretoken;

// Signed in again in another tab, the forms of this page need that session's token.
async function renew(form) {
  try {
    const answer = await fetch(window.location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("main [name=csrfmiddlewaretoken]")?.value;
    if (fresh && !answer.redirected) tokenOf(form).value = fresh;
  } catch { /* it is tried again with the rest */ }
}

// A moment, cut short when the connection is said to be back or the person presses Stop.
function pause(milliseconds, screen) {
  return new Promise((go) => {
    const end = () => {
      clearTimeout(late);
      window.removeEventListener("online", end);
      screen.stopping.signal.removeEventListener("abort", end);
      go();
    };
    const late = setTimeout(end, milliseconds * (0.75 + Math.random() / 2));
    window.addEventListener("online", end);
    screen.stopping.signal.addEventListener("abort", end);
  });
}

// What the person sees and hears: the bar and its words each time, the voice only when something changes or at a quarter.
function show(box, input) {
  const bar = box.querySelector("progress"), words = box.querySelector("[data-words]");
  const told = box.querySelector("[data-told]"), stop = box.querySelector("[data-stop]");
  let quarter = 0, isLost = false, error;

  const screen = {
    stopping: new AbortController(),
    begin() {
      screen.clean();
      screen.stopping = new AbortController();
      quarter = 0;
      isLost = false;
      box.hidden = stop.hidden = false;
      input.form.setAttribute("aria-busy", "true");
      bar.removeAttribute("value");
      say(box.dataset.preparing, true);
    },
    sent(received, size) {
      const share = Math.floor(received / size * 100), now = Math.floor(share / 25);
      bar.value = share;
      const amount = (bytes) => (bytes / megabyte).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
      say(`${box.dataset.sent.replace("{sent}", amount(received)).replace("{size}", amount(size))} (${share} %)`, now > quarter);
      quarter = Math.max(quarter, now);
    },
    lost(why) {
      if (!isLost) say(box.dataset[why || "lost"], true);
      isLost = true;
    },
    back() {
      if (isLost) say(box.dataset.back, true);
      isLost = false;
    },
    whole() { say(box.dataset.whole, true); },
    refuseIfStopped() { if (screen.stopping.signal.aborted) throw new Stopped(); },
    // What is said when it ends before its end; whether that was said.
    end(reason) {
      input.form.removeAttribute("aria-busy");
      stop.hidden = true;
      if (reason instanceof Stopped) say(box.dataset.stopped, true);
      else box.hidden = true;
      if (reason instanceof Refused) screen.refuse(reason.message);
      return reason instanceof Stopped || reason instanceof Refused;
    },
    refuse(message) {
      screen.clean();
      error = document.createElement("p");
      error.className = "govuk-error-message";
      error.setAttribute("role", "alert");
      error.id = `${input.id}_refused`;
      error.textContent = message;
      input.before(error);
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${error.id}`.trim());
      input.focus();
    },
    clean() {
      if (!error) return;
      error.remove();
      input.setAttribute("aria-describedby", (input.getAttribute("aria-describedby") || "").replace(error.id, "").trim());
      input.removeAttribute("aria-invalid");
      error = null;
    },
  };

  function say(text, aloud) {
    words.textContent = text;
    if (aloud) told.textContent = text;
  }

  stop.addEventListener("click", () => screen.stopping.abort(new Stopped()));
  return screen;
}

async function sha256(buffer) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
