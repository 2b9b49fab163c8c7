// Asks how a piece of long work goes, less and less often, and shows the whole page anew when it ends.
const first = 1000, longest = 10000;

export function begin(box) {
  let wait = first;
  const ask = async () => {
    let job;
    try {
      const answer = await fetch(box.dataset.jobUrl, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 401 || answer.status === 403) return;
      job = await answer.json();
    } catch { job = {}; }
    if (job.state === "done" || job.state === "failed") return window.location.reload();
    show(job);
    wait = Math.min(wait * 1.5, longest);
    setTimeout(ask, wait);
  };
  const show = (job) => {
    const bar = box.querySelector("progress");
    if (!bar && job.state === "running" && job.total_units) return window.location.reload();
    if (!bar || !job.total_units) return;
    bar.max = job.total_units;
    bar.value = job.done_units;
    const words = box.querySelector("[data-job-words]");
    if (words && job.words) words.textContent = job.words;
  };
  setTimeout(ask, wait);
}
