// An answer that is stuck can be carried: saved as one file here, loaded where there is a line.
import { describe } from "./answer.js";
import * as store from "./store.js";

const asText = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result); // data:image/jpeg;base64,…
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

function asFile({ name, data }) {
  const [head, body] = data.split(",");
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return new File([bytes], name, { type: head.slice(5).split(";")[0] });
}

export async function saveFile({ form, title, url, page, user, files }) {
  const carried = await Promise.all(files.map(async (file) => ({ name: file.name, data: await asText(file) })));
  const content = JSON.stringify({ kind: "yanapay-answer", form, title, url, page, by: user.name, files: carried });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `${form}-${new Date().toISOString().slice(0, 16).replace(":", "")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Whoever loads it sends it, and is told whose it was.
export async function loadFile(input, user) {
  try {
    const { kind, form, title, url, page, by, files } = JSON.parse(await input.files[0].text());
    if (kind !== "yanapay-answer" || new URL(url, location).origin !== location.origin) throw new TypeError(kind);
    const found = files.map(asFile);
    const about = await describe(found[0]);
    if (by !== user.name && !confirm(input.dataset.sure.replace("%s", by))) return;
    await store.keep({ ...about, form, title, url, page, user, files: found, state: "waiting", message: "" });
  } catch {
    alert(input.dataset.wrong);
  } finally {
    input.value = "";
  }
}
