// Whoever writes another value beside a proposed one means it: [data-corrects] ticks the box that it names.
export function tickCorrected(root) {
  root.addEventListener("input", ({ target }) => {
    const box = document.getElementById(target.closest("[data-corrects]")?.dataset.corrects ?? "");
    if (box) box.checked = true;
  });
}
