// A button that prints the page.
export function begin(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
