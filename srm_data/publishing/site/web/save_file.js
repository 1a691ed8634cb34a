import {h} from '../../../views/web/base.js';

// Give the browser a file to save.
export function saveFile(name, text, type) {
  const link = h('a', {href: URL.createObjectURL(new Blob([text], {type})), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
