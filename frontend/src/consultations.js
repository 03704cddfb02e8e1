// Quick entry of a consultation: the clock runs, one key chooses the topic, a click takes a past answer, Ctrl+Enter
// saves. Without this file the page does the same by its own buttons, and the server keeps the time.
function runClock(box) {
  const began = Date.parse(box.dataset.clock);
  const shown = box.querySelector("[data-clock-minutes]");
  const long = box.querySelector("[data-clock-long]");
  const tick = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
    const isLong = seconds >= Number(box.dataset.longest) * 60;
    shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    shown.hidden = false;
    if (isLong === long.hidden) {
      long.hidden = !isLong;
      box.classList.toggle("is-long", isLong);
    }
  };
  tick();
  setInterval(tick, 1000);
}

const writing = (element) => element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

function chooseTopic(form, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  const inForm = event.target === document.body || form.contains(event.target);
  const keys = [...form.querySelectorAll("[data-keys] kbd")];
  const key = inForm && keys.find((one) => one.textContent === event.key);
  if (!key) return;
  event.preventDefault();
  key.closest("label").querySelector("input").click();
  form.elements.question.focus();
}

function useAnswer(form, event) {
  const button = event.target.closest("[data-use]");
  if (!button) return;
  event.preventDefault();
  form.elements.answer.value = button.dataset.use;
  if (!form.elements.material.value) form.elements.material.value = button.dataset.material;
  form.elements.based_on.value = button.value;
  form.elements.answer.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function saveByKey(form, event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector(".form-actions [type=submit]"));
}

// Where work begins: the name of who comes in; else the topic, or the question when the topic is chosen.
function firstField(form) {
  const isChosen = form.querySelector("[data-keys] :checked");
  return form.elements.person_name ?? (isChosen ? form.elements.question : form.querySelector("[data-keys] input"));
}

export function quickenEntry(root) {
  root.querySelectorAll("[data-clock]").forEach(runClock);
  for (const form of root.querySelectorAll("form[data-talk]")) {
    root.addEventListener("keydown", (event) => chooseTopic(form, event));
    form.addEventListener("click", (event) => useAnswer(form, event));
    form.addEventListener("keydown", (event) => saveByKey(form, event));
    if (!root.querySelector("[data-focus]")) firstField(form)?.focus();
  }
}
