// <form data-guard>: leaving the page with unsent changes asks first. The browser words the question.
export function guardForms(root) {
  const dirty = new Set();
  for (const form of root.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => dirty.add(form));
    form.addEventListener("submit", () => dirty.delete(form));
    form.addEventListener("reset", () => dirty.delete(form));
  }
  addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });
}
