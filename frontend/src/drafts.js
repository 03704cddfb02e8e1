// Long forms survive a lost connection: <form data-draft="key"> keeps what was typed on this device and offers it
// again. The draft goes when the page that follows a sent form is not that form again (so a refused form keeps
// it). Passwords, files and hidden fields are never kept.
const PREFIX = "yanapay:draft:";
const SENT = "yanapay:draft-sent";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button", "reset"]);

const WORDS = {
  es: ["Hay un borrador sin enviar de este formulario en este equipo.", "Recuperarlo", "Descartarlo"],
  en: ["This device holds an unsent draft of this form.", "Restore it", "Discard it"],
};

const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));
const checkable = (field) => field.type === "checkbox" || field.type === "radio";
const picked = (field) => [...field.options].map((option) => option.selected);

function read(field) {
  if (checkable(field)) return field.checked;
  return field.type === "select-multiple" ? picked(field) : field.value;
}

function write(field, value) {
  if (checkable(field)) field.checked = value;
  else if (field.type === "select-multiple") value.forEach((on, i) => { if (field.options[i]) field.options[i].selected = on; });
  else field.value = value;
}

const snapshot = (form) => fields(form).map((field) => [field.name, read(field)]);

function restore(form, saved) {
  fields(form).forEach((field, i) => {
    const [name, value] = saved[i] ?? [];
    if (name === field.name) write(field, value);
  });
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function button(text, classes, act) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", textContent: text, className: classes });
  element.addEventListener("click", act);
  return element;
}

function offer(form, key, saved) {
  const [text, restoreLabel, discardLabel] = WORDS[document.documentElement.lang] ?? WORDS.en;
  const note = document.createElement("div");
  note.className = "flash flash-warning draft-note";
  note.setAttribute("role", "status");
  const restoreDraft = () => { restore(form, saved); note.remove(); };
  const discard = () => { localStorage.removeItem(key); note.remove(); };
  note.append(
    text,
    button(restoreLabel, "btn btn-small btn-primary", restoreDraft),
    button(discardLabel, "btn btn-small", discard),
  );
  form.before(note);
}

function stored(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function keep(form, sent) {
  const key = PREFIX + form.dataset.draft;
  const saved = stored(key);
  let timer;
  if (saved && key !== sent && JSON.stringify(saved) !== JSON.stringify(snapshot(form))) offer(form, key, saved);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => localStorage.setItem(key, JSON.stringify(snapshot(form))), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    localStorage.setItem(key, JSON.stringify(snapshot(form)));
    sessionStorage.setItem(SENT, key);
  });
}

// The form that was sent last is done with, unless it came back.
function forgetSent(forms) {
  const key = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (key && !forms.some((form) => PREFIX + form.dataset.draft === key)) localStorage.removeItem(key);
  return key;
}

export function keepDrafts(root) {
  const forms = [...root.querySelectorAll("form[data-draft]")];
  try {
    const sent = forgetSent(forms); // a form that came back still holds what was typed: nothing to offer
    forms.forEach((form) => keep(form, sent));
  } catch { /* storage is full or forbidden: the form works all the same */ }
}
