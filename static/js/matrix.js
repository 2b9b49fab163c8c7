// Arrow keys move from cell to cell of the matrix, Home and End along the row; Enter opens, as for any link.
const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

export function begin(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
  const grid = rows.filter((row) => row.some(Boolean));

  table.addEventListener("keydown", (event) => {
    const y = grid.findIndex((row) => row.includes(document.activeElement));
    if (y < 0) return;
    const x = grid[y].indexOf(document.activeElement);
    const target = next(event.key, y, x);
    if (!target) return;
    event.preventDefault();
    target.focus();
  });

  function next(key, y, x) {
    if (key === "Home") return grid[y].find(Boolean);
    if (key === "End") return grid[y].findLast(Boolean);
    if (!(key in steps)) return null;
    const [down, right] = steps[key];
    for (let r = y + down, c = x + right; grid[r] && c >= 0 && c < grid[r].length; r += down, c += right) {
      if (grid[r][c]) return grid[r][c];
    }
    return null;
  }
}
