// A link to the glossary shows what its word means while the pointer or the focus is on it.
// `GLOSSARY` stands before all modules: meaning by anchor, by language.

import {h, newId} from './base.js';

const ADDRESS = /glossary(?:_(\w\w))?\.(?:ipynb|html)[^#]*#(.+)$/;
const LEAVING = 200;  // milliseconds in which the pointer may go from the link to its meaning

let shownMeaning = null;  // {link, tip}
let leaving = 0;

function meaningOf(link) {
  const [, named, anchor] = ADDRESS.exec(link.href) ?? [];
  if (!anchor) return null;
  const lang = named ?? (link.closest('[lang]')?.lang || 'en').slice(0, 2);
  const text = GLOSSARY[lang]?.[decodeURIComponent(anchor)];
  return text ? {lang, text} : null;
}

function showMeaning(link) {
  clearTimeout(leaving);
  if (shownMeaning?.link === link) return;
  hideMeaning();
  const found = meaningOf(link);
  if (!found) return;
  const tip = h('div', {id: newId(), role: 'tooltip', class: 'srm srm-meaning', lang: found.lang}, found.text);
  document.body.append(tip);
  link.setAttribute('aria-describedby', tip.id);
  shownMeaning = {link, tip};
  placeMeaning();
}

// Under the word, or over it where there is no room. The focus may scroll the page to the word afterwards.
function placeMeaning() {
  if (!shownMeaning) return;
  const {link, tip} = shownMeaning;
  const [word] = link.getClientRects();  // the first line of it, where it is broken over two
  if (!word || word.bottom < 0 || word.top > innerHeight) return;
  const below = word.bottom + 6;
  const top = below + tip.offsetHeight > innerHeight ? word.top - 6 - tip.offsetHeight : below;
  tip.style.top = `${Math.max(4, top)}px`;
  tip.style.left = `${Math.max(8, Math.min(word.left, innerWidth - tip.offsetWidth - 8))}px`;
}

function hideMeaning() {
  clearTimeout(leaving);
  if (!shownMeaning) return;
  shownMeaning.link.removeAttribute('aria-describedby');
  shownMeaning.tip.remove();
  shownMeaning = null;
}

const linkAt = target => (target instanceof Element ? target.closest('a[href*="glossary"]:not(.found a)') : null);

document.addEventListener('pointerover', ({target, pointerType}) => {
  const link = linkAt(target);
  if (link && pointerType !== 'touch') showMeaning(link);
  else if (shownMeaning?.tip.contains(target)) clearTimeout(leaving);
});
document.addEventListener('pointerout', ({target}) => {
  const inside = shownMeaning && (linkAt(target) === shownMeaning.link || shownMeaning.tip.contains(target));
  if (inside && document.activeElement !== shownMeaning.link) leaving = setTimeout(hideMeaning, LEAVING);
});
document.addEventListener('focusin', ({target}) => {
  const link = linkAt(target);
  if (link) showMeaning(link);
  else hideMeaning();
});
document.addEventListener('focusout', hideMeaning);
document.addEventListener('scroll', placeMeaning, {capture: true, passive: true});
// JupyterLab acts on Escape too, so it is this one's alone only while a meaning is to be seen.
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !shownMeaning) return;
  event.preventDefault();
  event.stopPropagation();
  hideMeaning();
}, {capture: true});
