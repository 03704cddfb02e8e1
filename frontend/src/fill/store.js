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

export const keep = (answer) => change((answers) => answers.put({ ...answer, changed: Date.now() }));
export const drop = (instanceID) => change((answers) => answers.delete(instanceID));

export async function find(instanceID) {
  return settled((await store("readonly")).objectStore(STORE).get(instanceID));
}

export async function all() {
  const answers = await settled((await store("readonly")).objectStore(STORE).getAll());
  return answers.sort((a, b) => b.changed - a.changed);
}

// Browsers may clear the storage of pages they think little of; they are asked not to.
export const askToStay = () => navigator.storage?.persist?.();
