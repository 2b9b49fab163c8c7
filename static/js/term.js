// Says how a day is counted while its term is typed; the server counts, here nothing is decided.
export function begin(box) {
  const form = box.closest("form"), text = box.querySelector("[data-term-text]"), list = box.querySelector("[data-term-warnings]");
  const asked = () => {
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (name === "csrfmiddlewaretoken" || name === "idempotency_key" || value instanceof File) typed.delete(name);
    return `${box.dataset.term}?${new URLSearchParams(typed)}`;
  };
  let waiting, last;
  const ask = async () => {
    last?.abort();
    last = new AbortController();
    try {
      const answer = await fetch(asked(), { headers: { Accept: "application/json" }, signal: last.signal });
      if (answer.ok && !answer.redirected) show(await answer.json());
    } catch { /* the next key asks again; the button calculates without it */ }
  };
  const show = (said) => {
    if (text.textContent !== said.text) text.textContent = said.text;
    list.replaceChildren(...said.warnings.map((warning) => Object.assign(document.createElement("li"), { textContent: warning })));
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 350); });
}
