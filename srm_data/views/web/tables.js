// <srm-tables>: prepared tables, of which one choice shows one. Headings sort the rows, a filter leaves some out.

import {Choice, Component, define, dropDown, h} from './base.js';

// The first letter of the class of a badge, in the order in which parties are sorted.
const INKS = 'cspn';

class Tables extends Component {
  draw() {
    const {pick, filter} = this.content;
    this.place = h('div');
    this.only = '';
    const controls = [
      pick && (pick.kind === 'list'
        ? dropDown(pick.label, pick.options.map((label, i) => ({key: String(i), label})), '0',
          key => this.#show(Number(key)))
        : this.#choice(pick.label, pick.options.map((label, i) => ({key: i, label})), key => this.#show(key))),
      filter && this.#choice(filter.label, filter.options, key => {
        this.only = key;
        this.#filter();
      }),
    ];
    this.replaceChildren(h('div', {class: 'srm-controls'}, controls), this.place);
    this.views = [];
  }

  // Once it is drawn: what a filter leaves is said in the status line.
  settle() {
    if (this.content.filter) this.place.before(this.status);
    this.#show(0);
  }

  #choice(label, options, choose) {
    const choice = new Choice({label, options, chosen: options[0].key, choose});
    return h('div', {class: 'srm-pick'}, h('b', {'aria-hidden': 'true'}, label), choice.node);
  }

  #show(i) {
    this.views[i] ??= this.#make(this.content.views[i]);
    this.place.replaceChildren(this.views[i]);
    this.#filter();
  }

  // A view is HTML that the kit's own templates filled in, everything in it escaped.
  #make(html) {
    const view = h('div');
    view.innerHTML = html;
    view.querySelectorAll('summary, a, [tabindex]').forEach(one => {
      one.setAttribute('data-lm-suppress-shortcuts', 'true');
    });
    if (this.content.sorts) {
      const table = view.querySelector('table');
      table.querySelectorAll('thead th').forEach((head, i) => this.#sortable(table, head, i));
    }
    return view;
  }

  // A heading becomes a button: first the way its column goes by nature, numbers from high to low, then the other.
  #sortable(table, head, i) {
    head.querySelectorAll('[aria-hidden]').forEach(sign => sign.remove());
    const text = head.textContent.trim();
    const sign = h('span', {'aria-hidden': 'true'});
    const turn = () => {
      const rows = [...table.tBodies[0].rows];
      const keys = new Map(rows.map(row => [row, sortKey(row.cells[i])]));
      const numbers = [...keys.values()].every(key => typeof key === 'number');
      const first = numbers && !table.querySelector('i.k') ? 'descending' : 'ascending';
      const other = first === 'ascending' ? 'descending' : 'ascending';
      const way = head.getAttribute('aria-sort') === first ? other : first;
      table.querySelectorAll('thead th').forEach(one => {
        one.removeAttribute('aria-sort');
        const mark = one.querySelector('[aria-hidden]');
        if (mark) mark.textContent = '';
      });
      head.setAttribute('aria-sort', way);
      sign.textContent = way === 'ascending' ? ' ▲' : ' ▼';
      const turned = way === 'ascending' ? 1 : -1;
      rows.sort((a, b) => turned * compare(keys.get(a), keys.get(b), this.lang));
      table.tBodies[0].append(...rows);
    };
    if (head.hasAttribute('aria-sort')) {
      sign.textContent = head.getAttribute('aria-sort') === 'ascending' ? ' ▲' : ' ▼';
    }
    head.replaceChildren(h('button', {type: 'button', class: 'srm-sort', on: {click: turn}}, text, sign));
  }

  #filter() {
    if (!this.content.filter) return;
    const rows = [...this.place.querySelector('tbody').rows];
    for (const row of rows) {
      row.hidden = Boolean(this.only) && !row.querySelector(`i.k.${this.only}`);
    }
    const left = rows.filter(row => !row.hidden).length;
    this.note = this.words.rows.replace('{n}', left).replace('{all}', rows.length);
  }
}

// What a cell is sorted by: the place of its party, a number, or its words.
function sortKey(cell) {
  const badge = cell.querySelector('i.k');
  if (badge) return INKS.indexOf(badge.classList[1]);
  const text = cell.textContent.trim();
  const number = Number(text.replace(/\s*%$/, '').replace(',', '.'));
  return text && !Number.isNaN(number) ? number : text;
}

const compare = (a, b, lang) => (typeof a === 'number' && typeof b === 'number'
  ? a - b : String(a).localeCompare(String(b), lang, {sensitivity: 'base'}));

define('srm-tables', Tables);
