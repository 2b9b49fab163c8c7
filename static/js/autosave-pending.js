// A form sent what autosave had kept, and its text came back to be joined: it has not arrived yet, so it stays on this device.
export function begin() {
  sessionStorage.removeItem("autosave:sent");
}
