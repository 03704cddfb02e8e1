// A part of the page that could not be fetched says so, instead of doing nothing: lines drop often.
const WORDS = {
  es: "No hubo respuesta del servidor. Nada cambió; revise la conexión e intente otra vez.",
  en: "The server did not answer. Nothing was changed; check the connection and try again.",
};

function tell() {
  const note = document.getElementById("failure") ?? document.createElement("div");
  Object.assign(note, { id: "failure", className: "flash flash-error" });
  note.setAttribute("role", "alert");
  note.textContent = WORDS[document.documentElement.lang] ?? WORDS.en;
  document.getElementById("main")?.prepend(note);
}

export function tellFailures(root) {
  root.addEventListener("htmx:response:error", tell);
  root.addEventListener("htmx:error", tell);
  root.addEventListener("htmx:before:request", () => document.getElementById("failure")?.remove());
}
