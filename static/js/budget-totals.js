// Adds the lines up while they are typed. What is saved is added up, and judged by the Rules, on the server.
const FIGURES = new Intl.NumberFormat("es-MX", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function begin(form) {
  const totals = form.querySelector("[data-totals]");
  if (!totals) return;
  let waiting;
  const show = () => tell(totals, added(form));
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 400); });
  if ([...form.elements].some((box) => box.value !== box.defaultValue && cents(box.value))) show();
}

function added(form) {
  const sum = (name) => [...form.querySelectorAll(`input[name$="-${name}"]`)].reduce((all, box) => all + cents(box.value), 0);
  const [grant, own] = [sum("from_grant"), sum("own_money") + sum("own_kind")];
  return { grant, own, cost: grant + own, share: grant + own ? (100 * own) / (grant + own) : 0 };
}

// An amount as people write it, in cents; what is not an amount adds nothing until it is.
function cents(typed) {
  const plain = typed.replace(/[$\s]/g, "");
  return /^(\d{1,3}(,\d{3})+|\d+)(\.\d{0,2})?$/.test(plain) ? Math.round(Number(plain.replaceAll(",", "")) * 100) : 0;
}

function tell(totals, sums) {
  for (const place of totals.querySelectorAll("[data-total]")) {
    const name = place.dataset.total;
    const words = name === "share" ? FIGURES.format(sums.share) : pesos(sums[name]);
    if (place.textContent !== words) place.textContent = words;
  }
  if (!totals.dataset.requested) return;
  const apart = sums.grant - Math.round(Number(totals.dataset.requested) * 100);
  const said = totals.querySelector("[data-difference]");
  said.hidden = !apart;
  said.textContent = apart ? `${pesos(Math.abs(apart))} ${apart > 0 ? totals.dataset.over : totals.dataset.missing}` : "";
}

function pesos(amount) {
  return `$${FIGURES.format(amount / 100)}`;
}
