// Copies the text of data-copy and says so in the button's own words.
export function begin(button) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied || words;
    setTimeout(() => (button.textContent = words), 2000);
  });
}
