// Pages under /fill/ open without a line. The server puts before this text what they are made of:
// `FILES` (scripts, styles, icons) and `VERSION`, which changes with them.
const STORE = `fill-${VERSION}`;
const PATIENCE = 6000; // milliseconds for the server to answer before what is kept is shown
const NEVER = /^\/fill\/(session\.json|worker\.js|.*\/(submission|paper\.pdf|answers|edit)\b)/;

const clean = (url) => { const { origin, pathname } = new URL(url, location); return origin + pathname; };

// Never as far as the sign-in: its page would set a new token while somebody types a password on the old one.
const ask = (request, options) => fetch(request, request.mode === "navigate" ? undefined : { ...options, redirect: "manual" });

async function keep(store, url) {
  const response = await ask(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url} cannot be kept`);
  await store.put(clean(url), response);
}

async function keptUrls() {
  const names = (await caches.keys()).filter((name) => name.startsWith("fill-") && name !== STORE);
  const stores = await Promise.all(names.map((name) => caches.open(name)));
  const requests = await Promise.all(stores.map((store) => store.keys()));
  return requests.flat().map(({ url }) => url).filter((url) => new URL(url).pathname.startsWith("/fill/"));
}

// All or nothing: a new version takes over when it has every page the old one had.
async function install() {
  const store = await caches.open(STORE);
  await Promise.all([...new Set([...FILES, ...(await keptUrls())])].map((url) => keep(store, url)));
  await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("fill-") && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// What is kept for this address; several visits differ in ?draft= only.
async function kept(request) {
  return (await caches.open(STORE)).match(clean(request.url), { ignoreVary: true });
}

async function fresh(request) {
  const response = await ask(request);
  if (response.ok) await (await caches.open(STORE)).put(clean(request.url), response.clone());
  return response;
}

const late = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));

// Where the server sends to the sign-in, the kept page goes on working: it says so, and answers wait.
const usable = (response, request) =>
  response && response.type !== "opaqueredirect" && (response.ok || request.mode === "navigate");

async function page(request) {
  const answer = fresh(request);
  const found = await kept(request);
  if (!found) return answer;
  const first = await Promise.race([answer.catch(() => null), late()]);
  return usable(first, request) ? first : found;
}

const file = async (request) => (await kept(request)) ?? fresh(request);

function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || NEVER.test(pathname)) return;
  event.respondWith(pathname.startsWith("/fill/") ? page(request) : file(request));
}

// The page is told when it may do without a line, or (`reload`) that there is a newer one to show.
async function keepMore({ data, source }) {
  const store = await caches.open(STORE);
  const results = await Promise.allSettled(data.keep.map((url) => keep(store, url)));
  const isFresh = results.every(({ status }) => status === "fulfilled");
  if (data.reload ? isFresh : isFresh || (await hasAll(store, data.keep))) source.postMessage(data.reload ? "reload" : "kept");
}

async function hasAll(store, urls) {
  const found = await Promise.all(urls.map((url) => store.match(clean(url), { ignoreVary: true })));
  return found.every(Boolean);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", answer);
self.addEventListener("message", (event) => event.waitUntil(keepMore(event)));
