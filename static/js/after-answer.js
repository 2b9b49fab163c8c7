// A question that comes only after a certain answer to another one of the page is shown when that one is given. What was
// written in it stays while it is hidden. Without scripts it is always there, and its note says when to answer it.
export function begin(part) {
  const form = part.closest("form");
  const { after, answers } = part.dataset;
  part.querySelector("[data-after-note]").hidden = true;
  const show = () => { part.hidden = (new FormData(form).get(after) || "") !== answers; };
  for (const told of ["change", "autosave:restored", "autosave:joined"]) form.addEventListener(told, show);
  show();
}
