// Says every few seconds that this page has the component open, and shows who else has. When the page is left, says so.
const every = 15000;

export function begin(box) {
  const page = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const body = (leaving) => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ page, csrfmiddlewaretoken: token(), ...(leaving ? { leaving: "1" } : {}) })) data.set(name, value);
    return data;
  };
  const post = (leaving, how) => fetch(box.dataset.presence, {
    method: "POST", body: body(leaving), redirect: "manual", headers: { Accept: "application/json" }, ...how,
  });

  async function beat() {
    if (document.visibilityState === "hidden") return;
    try {
      const answer = await post(false);
      if (answer.ok) show((await answer.json()).words);
    } catch { /* without connection there is nobody to be seen: the stamp of the saving says so */ }
  }

  function show(words) {
    if (words.join() === [...box.children].map((each) => each.textContent).join()) return;
    box.replaceChildren(...words.map((each) => Object.assign(document.createElement("li"), { textContent: each, className: "badge info" })));
  }

  beat();
  setInterval(beat, every);
  document.addEventListener("visibilitychange", beat);
  window.addEventListener("pagehide", () => { post(true, { keepalive: true }).catch(() => {}); });
}
