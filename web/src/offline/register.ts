/** Tells the page about a worker that waits. The page asks before it takes over. */
export async function registerServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const registered: ServiceWorkerRegistration | undefined = await navigator.serviceWorker.register('/sw.js', {
    scope: '/',
  });
  if (!registered) return; // blocked by the browser's settings
  if (registered.waiting) announce(registered.waiting);
  registered.addEventListener('updatefound', () => {
    const next = registered.installing;
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && navigator.serviceWorker.controller) announce(next);
    });
  });
}

function announce(worker: ServiceWorker): void {
  dispatchEvent(new CustomEvent('escale:update-ready', { detail: worker }));
}
