// The hints of a question or an exercise: one link that gives the first, then the next, each a step nearer.

import {fill, h} from './base.js';

// The link, and the place where the hints come that were asked for.
export function hintLink(hints, words) {
  const given = h('div', {class: 'srm-given', 'aria-live': 'polite'});
  const link = h('button', {type: 'button', class: 'srm-link', on: {click: () => {
    const n = given.children.length;
    given.append(h('p', {}, h('b', {}, `${fill(words.hint_n, {n: n + 1})}: `), hints[n]));
    if (n + 1 < hints.length) {
      link.textContent = fill(words.next_hint, {n: n + 2, total: hints.length});
      return;
    }
    // The link goes, so the focus needs another place: the hint that was asked for.
    given.lastChild.tabIndex = -1;
    given.lastChild.setAttribute('data-lm-suppress-shortcuts', 'true');
    given.lastChild.focus({preventScroll: true});
    link.remove();
  }}}, words.hint);
  return {link, given};
}

// Both as one block, under an exercise.
export function hintBlock(hints, words) {
  const {link, given} = hintLink(hints, words);
  return h('div', {class: 'srm-one-hint'}, given, link);
}
