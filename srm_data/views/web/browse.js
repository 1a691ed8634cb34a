// <srm-browse>: search a long table, sort it by its headings, leaf through it a page at a time.

import {Component, define, fill, h, newId} from './base.js';

class Browse extends Component {
  draw() {
    const {columns, rows, words} = this.content;
    this.page = 0;
    this.sort = null;
    this.turned = false;
    this.lines = Array.from({length: rows}, (_, r) => columns
      .map(column => column.values[column.at[r]]).join(' ').toLowerCase());
    const id = newId();
    const field = h('input', {id, type: 'search', placeholder: words.example, autocomplete: 'off',
      on: {input: () => { this.search = field.value; this.#find(); }}});
    this.search = '';
    this.heads = columns.map((column, c) => {
      const sign = h('span', {'aria-hidden': 'true'});
      const sort = h('button', {type: 'button', class: 'srm-sort', on: {click: () => this.#sortBy(c)}},
        column.label, sign);
      return h('th', {scope: 'col'}, sort);
    });
    this.body = h('tbody');
    const turn = step => () => this.#leaf(this.page + step);
    this.back = h('button', {type: 'button', class: 'srm-quiet', on: {click: turn(-1)}}, `← ${words.back}`);
    this.on = h('button', {type: 'button', class: 'srm-quiet', on: {click: turn(1)}}, `${words.on} →`);
    this.wide = h('div', {class: 'wide', tabindex: 0, role: 'group', 'aria-label': words.table},
      h('table', {class: 'rows'}, h('thead', {}, h('tr', {}, this.heads)), this.body));
    const {caution, foot} = this.content;
    this.replaceChildren(
      h('div', {class: 'srm-controls'}, h('div', {class: 'srm-pick'}, h('label', {for: id}, words.search), field)),
      ...[caution && h('p', {class: 'careful'}, h('b', {}, words.careful), ` ${caution}`), this.wide].filter(Boolean),
      ...[h('div', {class: 'srm-line'}, this.back, this.on), foot && h('p', {class: 'foot'}, foot)]
        .filter(Boolean),
    );
  }

  // The rows that hold every word of the search, in the order of a column; what is missing comes last.
  #find() {
    const wanted = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    this.found = [...this.lines.keys()].filter(r => wanted.every(word => this.lines[r].includes(word)));
    if (this.sort !== null) {
      const {rank, at} = this.content.columns[this.sort];
      const way = this.turned ? -1 : 1;
      const of = r => rank[at[r]];
      this.found.sort((a, b) => ((of(a) < 0) - (of(b) < 0)) || way * (of(a) - of(b)) || a - b);
    }
    this.#leaf(0);
  }

  #sortBy(c) {
    this.turned = this.sort === c && !this.turned;
    this.sort = c;
    this.heads.forEach((head, i) => {
      const way = i === c && (this.turned ? 'descending' : 'ascending');
      if (way) head.setAttribute('aria-sort', way); else head.removeAttribute('aria-sort');
      head.querySelector('span').textContent = {ascending: ' ▲', descending: ' ▼'}[way] ?? '';
    });
    this.#find();
  }

  #leaf(page) {
    const {columns, rows, words, page: size} = this.content;
    const pages = Math.max(1, Math.ceil(this.found.length / size));
    this.page = Math.min(Math.max(page, 0), pages - 1);
    const shown = this.found.slice(this.page * size, (this.page + 1) * size);
    this.body.replaceChildren(...shown.map(r => h('tr', {}, columns.map((column, c) => (
      c ? h('td', {}, column.values[column.at[r]]) : h('th', {scope: 'row'}, column.values[column.at[r]])
    )))));
    this.wide.hidden = !shown.length;
    this.wide.scrollTop = 0;
    this.back.parentElement.hidden = pages === 1;
    // A button that switches itself off would lose the focus to nowhere.
    for (const [button, end] of [[this.back, this.page === 0], [this.on, this.page === pages - 1]]) {
      button.setAttribute('aria-disabled', String(end));
    }
    const many = n => String(n).replace(/\B(?=(\d{3})+$)/g, words.thousands);
    const told = [fill(words.found, {n: many(this.found.length), all: many(rows)})];
    if (pages > 1) told.push(fill(words.page, {page: this.page + 1, pages}));
    if (!shown.length) told.push(words.nothing);
    this.note = told.join(' ');
  }

  // What was found is said right under the search, not at the foot of the table.
  settle() {
    this.querySelector('.srm-controls').after(this.status);
    this.#find();
  }
}

define('srm-browse', Browse);
