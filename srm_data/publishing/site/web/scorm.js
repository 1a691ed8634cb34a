// Where answers are kept when a learning platform started the site: the page around this one holds the platform.

// A place as in `places.js`; null where no platform is. `words` says what becomes of an answer there.
export function scormPlace() {
  try {
    return window.parent === window ? null : window.parent.srmPlatform ?? null;
  } catch {  // a page of somebody else's around this one, into which it may not look
    return null;
  }
}
