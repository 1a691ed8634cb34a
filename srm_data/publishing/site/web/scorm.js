// Where answers are kept when a learning platform started the site: the page around this one holds the platform.

// A place to read and write the whole text of what is kept; null where no platform is.
export function scormPlace() {
  try {
    return window.parent === window ? null : window.parent.srmPlatform ?? null;
  } catch {  // a page of somebody else's around this one, into which it may not look
    return null;
  }
}
