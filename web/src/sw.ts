/// <reference lib="webworker" />
/**
 * Lets pass and door start without a network. Promise: the API, the documentation and the probes are
 * never answered from here; a new version takes over only when a page says so.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  getCacheKeyForURL,
  precacheAndRoute,
} from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: Array<{ url: string; revision: string | null }>;
};

/** The same list as in src/platform/http/web.ts. */
const NOT_THE_WEB = /^\/(v1|docs|problems|openapi\.json|metrics|healthz|readyz|version)(\/|$)/;
const USED_ASSETS = 'escale-used-assets';

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

const shell = createHandlerBoundToURL('/index.html');

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || NOT_THE_WEB.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(shell({ event, request, url }));
  else if (url.pathname.startsWith('/assets/') && !getCacheKeyForURL(request.url)) {
    event.respondWith(assetOnceUsed(request)); // faces of other languages, the door's last decoder
  }
});

/** The page that brought the first one is served by it at once: what it has not fetched yet is here. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  if (event.data === 'activate-now') void self.skipWaiting();
});

/** Names under assets/ carry a hash: what was fetched once is right for ever. */
async function assetOnceUsed(request: Request): Promise<Response> {
  const cache = await caches.open(USED_ASSETS);
  const known = await cache.match(request);
  if (known) return known;
  const fetched = await fetch(request);
  if (fetched.ok) await cache.put(request, fetched.clone());
  return fetched;
}
