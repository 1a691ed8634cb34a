// The page that a platform starts: it talks with the platform, and shows the pages of the site in a frame.
//
// A page of the site that follows another is a new one each time, but the platform may be begun and ended once:
// so this page holds it, and the pages find `srmPlatform` in the window above them.

import {Platform, findApi} from './platform.js';
import {Session} from './session.js';

function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function start() {
  const about = JSON.parse(document.querySelector('#package').textContent);
  const frame = document.querySelector('iframe');
  const said = document.querySelector('[role="status"]');
  const tell = text => { if (said.textContent !== text) said.textContent = text; };
  const api = findApi(window);
  const platform = api && new Platform(api);
  let session = null;
  if (platform?.begin()) {
    session = new Session(platform, about, browserStorage(), tell);
    window.srmPlatform = {
      words: {kept: about.words.kept, refused: about.words.lost, where: about.words.where},
      read: () => session.read(),
      write: text => session.write(text),
      remove: () => session.remove(),
      setAside: (text, when) => session.setAside(text, when),
    };
  } else {
    tell(about.words[api ? 'no_answer' : 'alone']);
  }

  frame.addEventListener('load', () => {
    let address;
    try {
      address = frame.contentWindow.location.pathname.slice(location.pathname.lastIndexOf('/') + 1);
    } catch {
      return;  // a page from a file may not look into another
    }
    if (!about.pages.includes(address)) return;
    document.title = frame.contentDocument.title;
    session?.visit(address);
    // What lies elsewhere opens beside the lesson: many sites refuse to be shown in a frame.
    frame.contentDocument.addEventListener('click', event => {
      const link = event.target.closest?.('a[href]');
      if (link && link.host !== location.host) Object.assign(link, {target: '_blank', rel: 'noopener'});
    }, true);
  });
  frame.src = about.pages.includes(platform?.place) ? platform.place : about.start;

  document.addEventListener('visibilitychange', () => { if (document.hidden) session?.commit(); });
  window.addEventListener('pagehide', () => session?.end());
  // A page that the browser kept aside comes back without its platform: only a new start has one.
  window.addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
}

start();
