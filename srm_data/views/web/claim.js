// <srm-claim>: a box for one claim. Four points are seen while one types; four more are ticked by a neighbour.
// What is seen are words: a table with its year, an area, a column, and the party that the table has there.

import {define, fill, h, newId, setText} from './base.js';
import {Boxes, Written} from './boxes.js';
import {hintBlock} from './hints.js';

const CLAIM_POINTS = ['area', 'column', 'source', 'party'];
const AHEAD = 6;  // words after the name of a provider in which its year stands, where it names a table

const claimWords = text => text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

// A longer word may end in another way: "settings" is named by "setting".
function sameWord(word, written) {
  if (word === written) return true;
  const stem = word.slice(0, Math.max(4, word.length - 2));
  return word.length > 4 && written.startsWith(stem) && written.length <= word.length + 3;
}

const isNamed = (forms, written) => forms.some(form => form.every(word => written.some(one => sameWord(word, one))));

// The names that are written. One whose words all stand in a longer name that is written too does not count.
function mentioned(all, written) {
  const here = all.filter(one => isNamed(one.forms, written));
  const inside = (one, other) => other !== one && other.forms[0].length > one.forms[0].length
    && one.forms[0].every(word => other.forms[0].includes(word));
  return here.filter(one => !here.some(other => inside(one, other)));
}

// Whether a provider is named as the one who does something, not only as the one whose table it is.
function acts({names, years}, written) {
  const single = names.filter(form => form.length === 1).map(([word]) => word);
  const isName = word => single.includes(word);
  return written.some((word, i) => {
    if (!isName(word)) return false;
    const ahead = written.slice(i + 1, i + 1 + AHEAD);
    const next = ahead.findIndex(isName);
    return !(next < 0 ? ahead : ahead.slice(0, next)).some(one => years.includes(one));
  });
}

// The points of a claim: each with whether it is there, and what was recognised.
export function pointsOf(text, {tables, parties}) {
  const written = claimWords(text);
  const dated = tables.filter(one => isNamed(one.names, written) && one.years.some(year => written.includes(year)));
  const about = dated.length ? dated : tables;
  const found = about.map(table => (
    {table, areas: mentioned(table.areas, written), columns: mentioned(table.columns, written)}));
  const areas = found.flatMap(one => one.areas), columns = found.flatMap(one => one.columns);
  const cells = found.flatMap(one => one.areas.flatMap(area => one.columns.map(column => (
    {area, column, parties: area.parties[one.table.columns.indexOf(column)]}))));
  const who = Object.keys(parties).filter(party => isNamed(parties[party], written));
  if (!who.includes('provider') && about.some(table => acts(table, written))) who.push('provider');
  // Whoever names both parties has told of a shared cell.
  if (who.includes('customer') && who.includes('provider')) who.push('shared');
  const agrees = cells.some(cell => cell.parties.some(party => who.includes(party)));
  const asked = cells.filter(cell => cell.parties.length);
  return {
    area: {there: areas.length > 0, what: areas[0]?.label},
    column: {there: columns.length > 0, what: columns[0]?.label},
    source: {there: dated.length > 0},
    party: {
      there: who.length > 0 && agrees,
      how: !who.length ? 'missing' : !asked.length ? 'unseen' : agrees ? 'there' : 'other',
      ...(asked.length ? {area: asked[0].area.label, column: asked[0].column.label} : {}),
    },
  };
}

class Claim extends Written {
  draw() {
    const {task, hints, name, label, part, neighbour, sees, looks} = this.content;
    this.boxes = new Boxes(this, name, () => this.#look());
    this.points = Object.fromEntries(CLAIM_POINTS.map(point => [point, h('li', {})]));
    this.sum = h('p', {role: 'status', class: 'srm-first'});
    const about = newId();
    const ticks = neighbour.map(one => {
      const tick = h('input', {type: 'checkbox', on: {change: () => this.#tick(one.key, tick.checked)}});
      return [one.key, tick, h('label', {class: 'srm-check'}, tick, one.label)];
    });
    this.ticks = Object.fromEntries(ticks.map(([key, tick]) => [key, tick]));
    this.replaceChildren(
      h('p', {class: 'say'}, task),
      h('div', {class: 'srm-boxes one'}, this.boxes.box(part, label)),
      h('div', {class: 'srm-two'},
        h('div', {}, h('p', {id: about, class: 'srm-head'}, sees),
          h('ul', {class: 'srm-points', 'aria-labelledby': about}, CLAIM_POINTS.map(point => this.points[point])), this.sum),
        h('fieldset', {class: 'srm-ticks'}, h('legend', {class: 'srm-head'}, looks), ticks.map(([, , line]) => line))),
      hintBlock(hints, this.words),
    );
    this.boxes.begin(this.answers);
    this.#filled();
  }

  get answers() { return super.answers; }
  set answers(value) {
    super.answers = value;
    if (this.ticks) this.#filled();
  }

  #filled() {
    for (const [key, tick] of Object.entries(this.ticks)) tick.checked = Boolean(this.answers[key]);
    this.#look();
  }

  #tick(key, on) { this.keep('work', this.content.name, {[key]: on ? 'yes' : ''}); }

  #look() {
    const seen = pointsOf(this.boxes.values[this.content.part], this.content);
    let n = 0;
    for (const [point, line] of Object.entries(this.points)) {
      const {there, how = there ? 'there' : 'missing', ...what} = seen[point];
      n += there;
      line.className = there ? 'there' : '';
      setText(line, fill(this.content.points[`${point}_${how}`], {area: what.what, column: what.what, ...what}));
    }
    // Said once for each step, not at each key.
    setText(this.sum, fill(this.content.points.sum, {n}));
  }
}

define('srm-claim', Claim);
