// Coding open answers: the key shown beside a code ticks it, Enter saves. Without scripts the boxes do the same.
export function keyCodes(document) {
  const form = document.querySelector("[data-coding]");
  if (!form) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const box = [...form.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
    if (!box) return;
    event.preventDefault();
    box.click();
  });
}
