// A second press of the same button does nothing while the first is on its way. The server guards itself besides.
export function begin(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent) return event.preventDefault();
    sent = true;
    form.setAttribute("aria-busy", "true");
    setTimeout(() => { sent = false; form.removeAttribute("aria-busy"); }, 10000);
  });
  window.addEventListener("pageshow", () => { sent = false; form.removeAttribute("aria-busy"); });
}
