// Keeps the pages of this site for use without a network. The number below is made from the content of all
// files: with other files it is another worker, which fetches them all and removes what the one before it kept.
'use strict';
const NUMBER = '{{ number }}';
const FILES = {{ files | tojson }};
// Two sites may lie on one host, each in a folder of its own.
const OURS = `srm-site ${self.registration.scope} `;
const NAME = OURS + NUMBER;
/** Pictures and papers are kept when they are first opened. */
const LATER = /\.(png|svg|pdf)$/;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(FILES.map((file) => new Request(new URL(file, self.registration.scope), {cache: 'no-cache'})));
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(OURS) && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const {request} = event;
  if (request.method === 'GET' && request.url.startsWith(self.registration.scope)) event.respondWith(answer(request));
});

async function answer(request) {
  const url = new URL(request.url);
  url.hash = url.search = '';
  if (url.pathname.endsWith('/')) url.pathname += 'index.html';
  try {
    const cache = await caches.open(NAME);
    const kept = await cache.match(url.href);
    if (kept) return kept;
    const fresh = await fetch(request);
    if (fresh.status === 200 && LATER.test(url.pathname)) await cache.put(url.href, fresh.clone());
    return fresh;
  } catch {
    return fetch(request);
  }
}
