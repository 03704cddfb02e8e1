// Answers leave in the name of the person who gave them, one after the other, until the line drops. The server takes
// the same answer any number of times and keeps it once, so what may or may not have arrived is simply sent again.
import { XML_FILE } from "./answer.js";
import * as store from "./store.js";

const SESSION = "/fill/session.json";
const AT_ONCE = 8_000_000; // bytes of one request; more travel in several
const KEPT = 24 * 3600 * 1000; // how long a sent answer stays in the list
export const sending = new Set(); // the instanceIDs on their way

const alone = (work) => (navigator.locks ? navigator.locks.request(SESSION, work) : work());

export async function session() {
  try {
    const response = await fetch(SESSION, { cache: "no-store", redirect: "error" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function batches(files) {
  const found = [[]];
  let size = 0;
  for (const file of files) {
    if (size && size + file.size > AT_ONCE) { found.push([]); size = 0; }
    found.at(-1).push(file);
    size += file.size;
  }
  return found;
}

function request(xml, files, isLast) {
  const body = new FormData();
  body.append(XML_FILE, xml, "submission.xml");
  for (const file of files) body.append(file.name, file, file.name);
  if (!isLast) body.append("*isIncomplete*", "yes");
  return body;
}

async function post(answer, { user, csrf }) {
  const [xml, ...files] = answer.files;
  const parts = batches(files);
  let response;
  for (const [i, part] of parts.entries()) {
    const body = request(xml, part, i === parts.length - 1);
    const headers = { "X-CSRFToken": csrf, "X-Yanapay-User": String(user.id), Accept: "application/json" };
    response = await fetch(answer.url, { method: "POST", body, headers, redirect: "manual" });
    if (!response.ok) break;
  }
  const told = await response.json().catch(() => ({}));
  return { status: response.status, message: told.message };
}

// Only a sentence of the server's own is a refusal; everything else is a reason to try later.
function verdict({ status, message }) {
  if (status === 201 || status === 202) return { state: "sent", message, files: [] };
  if (message && status >= 400 && status < 500 && status !== 401) return { state: "refused", message };
  return { state: "waiting", message };
}

async function send(answer, who) {
  sending.add(answer.instanceID);
  store.changes.dispatchEvent(new Event("change"));
  try {
    const result = verdict(await post(answer, who));
    await store.keep({ ...answer, ...result });
    return result.state;
  } catch {
    return "waiting";
  } finally {
    sending.delete(answer.instanceID);
    store.changes.dispatchEvent(new Event("change"));
  }
}

async function forgetOld(answers) {
  for (const { state, changed, instanceID } of answers) {
    if (state === "sent" && Date.now() - changed > KEPT) await store.drop(instanceID);
  }
}

// Who was signed in (null when nobody, or no line): the lists say why answers of others wait.
export function flush() {
  return alone(async () => {
    const answers = await store.all();
    await forgetOld(answers);
    const who = await session();
    if (!who?.user) return who;
    const mine = answers.filter(({ state, user }) => state === "waiting" && user.id === who.user.id);
    for (const answer of mine.reverse()) {
      if ((await send(answer, who)) === "waiting") break;
    }
    return who;
  });
}
