// Answers on this device, in the browser's own database: drafts, those that wait to be sent, those just sent.
//
// An answer is {instanceID, form, title, name, user: {id, name}, url, files: [File], state, message, changed};
// `state` is draft, waiting, refused or sent. The first file is the XML; one that was sent keeps no files.
const NAME = "yanapay-fill";
const STORE = "answers";
export const changes = new EventTarget();

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "instanceID" });
  return settled(request);
}

let database;

async function store(mode) {
  database ??= opened();
  return (await database).transaction(STORE, mode, { durability: "strict" });
}

// Resolves when the change is on the disk, not merely accepted.
async function change(act) {
  const transaction = await store("readwrite");
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  act(transaction.objectStore(STORE));
  await done;
  changes.dispatchEvent(new Event("change"));
}

// What the disk refuses (it is full, or private windows forbid it) lives as long as the page, and can still be sent.
const memory = new Map();

// Whether the answer is on the disk.
export async function keep(answer) {
  const kept = { ...answer, changed: Date.now() };
  try {
    await change((answers) => answers.put(kept));
    memory.delete(kept.instanceID);
    return true;
  } catch {
    memory.set(kept.instanceID, kept);
    changes.dispatchEvent(new Event("change"));
    return false;
  }
}

export async function drop(instanceID) {
  memory.delete(instanceID);
  await change((answers) => answers.delete(instanceID)).catch(() => changes.dispatchEvent(new Event("change")));
}

async function onDisk() {
  try {
    return await settled((await store("readonly")).objectStore(STORE).getAll());
  } catch {
    return [];
  }
}

export async function all() {
  const answers = (await onDisk()).filter(({ instanceID }) => !memory.has(instanceID));
  return [...answers, ...memory.values()].sort((a, b) => b.changed - a.changed);
}

export const find = async (instanceID) => (await all()).find((answer) => answer.instanceID === instanceID);

// Browsers may clear the storage of pages they think little of; they are asked not to.
export const askToStay = () => navigator.storage?.persist?.();
