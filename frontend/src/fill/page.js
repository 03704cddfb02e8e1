// The pages under /fill/: the form itself, and the list of the answers that are on this device.
import "./fill.css";
import "./plain-http.js";
import { asData, describe, filesOf, withKnown } from "./answer.js";
import { showDevice } from "./device.js";
import { keepDraft } from "./drafts.js";
import * as store from "./store.js";

const open = { instanceID: null }; // the answer being given, which the list leaves out
const form = document.getElementById("fill");
const tryNow = showDevice(document.getElementById("device"), open);
const show = (name) => { for (const part of form.querySelectorAll("[data-stage]")) part.hidden = part.dataset.stage !== name; };

function about() {
  const { form: id, title, user, name, url, page } = form.dataset;
  const centre = document.getElementById("centre")?.value;
  return { form: id, title, url: centre ? `${url}?centre=${centre}` : url, page, user: { id: Number(user), name } };
}

async function text(url) {
  const response = await fetch(url, { redirect: "error" }); // to the sign-in
  if (!response.ok) throw new Error(url);
  return response.text();
}

async function draft() {
  const wanted = new URLSearchParams(location.search).get("draft");
  const found = wanted && (await store.find(wanted));
  return found?.state === "draft" && found.user.id === about().user.id ? found : null;
}

// An edit takes the values of an answer that was sent; what is sent then replaces it.
function edit({ answer }) {
  if (!answer) return null;
  const names = JSON.parse(document.getElementById("files")?.textContent ?? "[]");
  return { resolveInstance: () => text(answer), attachmentFileNames: names,
    resolveAttachment: (name) => fetch(answer.replace(/\.xml$/, "/") + encodeURIComponent(name)) };
}

function tellKept(answer, isKept) {
  open.instanceID = answer.instanceID;
  form.querySelector("[data-saved]").hidden = !isKept;
  form.querySelector("[data-unsaved]").hidden = isKept;
  form.querySelector("[data-saved] time").textContent = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  if (isKept) history.replaceState(null, "", `${form.dataset.page}?draft=${encodeURIComponent(answer.instanceID)}`);
  store.changes.dispatchEvent(new Event("change"));
}

async function submit(payload, stop) {
  await stop();
  const files = filesOf(payload);
  const answer = { ...about(), ...(await describe(files[0])), files, state: "waiting", message: "" };
  tellKept(answer, await store.keep(answer));
  open.instanceID = null;
  show("done");
  scrollTo(0, 0);
  form.querySelector("[data-stage=done] a").focus();
  store.changes.dispatchEvent(new Event("change"));
  (await tryNow)();
}

async function fill() {
  const started = await draft();
  const [{ drawForm }, xml] = await Promise.all([import("./form.js"), text(form.dataset.xml)]);
  let stop;
  show("form");
  drawForm(document.getElementById("form"), {
    xml: withKnown(xml, location.search), media: form.dataset.media, username: form.dataset.username,
    draft: started && asData(started.files), edit: edit(form.dataset),
    opened: (root) => { stop = keepDraft(document.getElementById("form"), root, about, tellKept); },
    submitted: (payload) => submit(payload, stop),
  });
  if (started) tellKept(started, true);
  store.askToStay();
}

// What a visit needs again without a line is kept by the worker; without https there is none, and no page either.
async function keepPages() {
  const pages = JSON.parse(document.getElementById("keep").textContent);
  if (!navigator.serviceWorker || !pages.length) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "reload" && !open.instanceID) location.reload();
    for (const note of document.querySelectorAll("[data-kept]")) note.hidden = false;
  });
  navigator.serviceWorker.startMessages();
  await navigator.serviceWorker.register("/fill/worker.js");
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: pages });
}

if (form) fill().catch((error) => { show("failed"); console.error(error); });
keepPages().catch(console.error);
