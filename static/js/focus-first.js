// The summary of errors takes the focus when the page comes back with it.
export function begin(element) {
  element.focus();
}
