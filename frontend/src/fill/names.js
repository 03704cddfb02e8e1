// What the form component leaves without a name, for those who hear the page instead of seeing it.
import { options, say } from "./words.js";

const FIELDS = "[role=combobox], [role=spinbutton], textarea, input:not([type=radio], [type=checkbox], [type=file])";
const GROUPS = ":scope > .default-appearance, :scope > .columns-pack";
const BUTTONS = [[".button-menu", options], [".clear-button", () => say("Remove")], [".close-icon", () => say("Cancel")]];

function nameQuestion(question) {
  const label = question.querySelector(".control-text label");
  if (!label) return;
  label.id ||= `${question.id}_label`;
  for (const field of question.querySelectorAll(FIELDS)) {
    if (!field.labels?.length) field.setAttribute("aria-labelledby", label.id);
  }
  for (const group of question.querySelectorAll(GROUPS)) {
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", label.id);
  }
}

// An open list has an edge that takes the focus and hands it back: what takes the focus may not be hidden.
const EDGES = "[data-p-hidden-focusable][aria-hidden]";

function nameAll() {
  for (const edge of document.querySelectorAll(EDGES)) edge.removeAttribute("aria-hidden");
  for (const question of document.querySelectorAll(".question-container")) nameQuestion(question);
  for (const [buttons, word] of BUTTONS) {
    for (const button of document.querySelectorAll(buttons)) button.setAttribute("aria-label", word());
  }
}

// Questions appear and vanish as answers ask for them; dialogs open outside the form.
export function keepNamed() {
  let due = false;
  const soon = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; nameAll(); });
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  soon();
}
