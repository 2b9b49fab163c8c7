// Alt and an arrow move a row, from anywhere in it; after the move the row has the focus again.
export function begin(form) {
  const row = form.closest("tr");
  row.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const button = event.altKey && way && form.querySelector(`button[value=${way}]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  if (location.hash === `#${row.id}`) form.querySelector("button")?.focus();
}
