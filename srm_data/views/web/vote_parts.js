// Parts of a vote: its names and numbers as they are kept, and its pieces of a page.

import {h, newId} from './base.js';

// A field for the name of a class, with its label.
export function roomField(words, typed = () => {}) {
  const id = newId();
  const field = h('input', {id, type: 'text', maxlength: 40, autocomplete: 'off', on: {change: typed}});
  return [h('label', {for: id}, words.class), field];
}

// A number of hands, null for what is none; an empty field is no hands.
export const handsIn = text => !text.trim() ? 0 : /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : null;

export const sumOf = counts => counts.reduce((sum, n) => sum + n, 0);

export const clockOf = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export const nameOf = option => `${option.letter}, ${option.label}`;

export const inkIn = option => `k ${option.ink}`;

export const badgeOf = option => h('i', {class: `${inkIn(option)} srm-letter`}, h('b', {}, option.letter));

export const percentOf = (counts, i) => Math.round(100 * counts[i] / sumOf(counts));

// A table that says what it is, also where its rows are laid out as something else.
export const tableOf = (name, heads, rows) => h('table', {class: name, role: 'table'},
  h('thead', {role: 'rowgroup'}, h('tr', {role: 'row'}, heads.map(head => h('th', {scope: 'col', role: 'columnheader'}, head)))),
  h('tbody', {role: 'rowgroup'}, rows));

export const rowOf = (head, cells, kind) => h('tr', {role: 'row', class: kind},
  h('th', {scope: 'row', role: 'rowheader'}, head), cells.map(cell => h('td', {role: 'cell'}, cell)));

// The hands of a round as they are kept, such as "customer 12, shared 7"; null where there are none.
export function countsIn(text, options) {
  const kept = Object.fromEntries((text || '').split(', ').map(part => {
    const at = part.lastIndexOf(' ');
    return [part.slice(0, at), Number(part.slice(at + 1))];
  }));
  const counts = options.map(({key}) => kept[key] ?? 0);
  return counts.every(Number.isInteger) && sumOf(counts) > 0 ? counts : null;
}

// When a vote began is a part of its name: "20261130-093000", by the clock of the room.
export function stampOf(when) {
  const two = n => String(n).padStart(2, '0');
  const day = [when.getFullYear(), two(when.getMonth() + 1), two(when.getDate())].join('');
  return `${day}-${[when.getHours(), when.getMinutes(), when.getSeconds()].map(two).join('')}`;
}

export function momentOfVote(stamp) {
  const parts = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp)?.slice(1).map(Number);
  return parts ? new Date(parts[0], parts[1] - 1, ...parts.slice(2)) : null;
}
