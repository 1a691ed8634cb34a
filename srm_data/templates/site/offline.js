// Offers the site for use without a network: only where a browser allows it (https, or this very machine), and
// never in a frame, such as that of a learning platform. Where it cannot be, nothing is said and nothing breaks.
(function () {
  'use strict';
  const root = new URL('..', document.currentScript.src);
  if (!/^https?:$/.test(root.protocol) || !window.isSecureContext || window.top !== window) return;
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = new URL(`${document.documentElement.lang}.webmanifest`, root).href;
  document.head.append(link);
  if (!('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => {
    navigator.serviceWorker.register(new URL('service_worker.js', root).href).catch(() => {});
  });
})();
