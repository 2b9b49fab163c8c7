// Says how many words are left, a moment after the typing stops so that it is not read at every key.
export function begin(counter) {
  const box = document.getElementById(counter.dataset.wordsFor);
  if (!box) return;
  const most = Number(counter.dataset.max);
  counter.setAttribute("aria-live", "polite");
  let waiting;
  const count = () => {
    const left = most - (box.value.trim().match(/\S+/g) || []).length;
    counter.textContent = `${Math.abs(left)} ${left < 0 ? counter.dataset.over : counter.dataset.left}`;
    counter.toggleAttribute("data-exceeded", left < 0);
  };
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(count, 400); });
  if (box.value) count();
}
