// <srm-what-if>: from one column to another. Rows travel between the groups of what the move does to them.

import {Choice, Component, arrive, cellOf, copyText, define, h, inkOf, legend, named, setText} from './base.js';

class WhatIf extends Component {
  draw() {
    const {matrices} = this.content;
    const tell = text => { this.note = text; };
    const names = matrices.map(m => m.short);
    this.choosePanel(this.words.matrix, names, i => new Move(matrices[i], this.content, tell));
  }
}

class Move {
  constructor(m, content, tell) {
    const {words} = content;
    this.m = m;
    this.words = words;
    this.parties = m.rows.map(row => row.cells.map(sign => cellOf(sign, content)));
    this.tell = tell;
    [this.before, this.after] = m.start;
    this.only = null;  // the change that the chips leave to see; null for all
    const columns = m.columns.map((column, i) => ({key: i, label: column.label}));
    const pick = (label, chosen, choose) => new Choice({label, options: columns, chosen, choose});
    const from = pick(words.before, this.before, i => { this.before = i; this.#show(); });
    const to = pick(words.after, this.after, i => { this.after = i; this.#show(); });
    this.title = h('h3');
    this.chips = h('div', {class: 'srm-chips', role: 'group', 'aria-label': words.filter});
    this.say = h('p', {class: 'say'});
    this.rows = m.rows.map(row => h('tr', {}, h('th', {scope: 'row', title: row.about || null}, row.label),
      h('td'), h('td')));
    this.heads = [h('span'), h('span')];
    this.table = h('table', {class: m.measured, style: m.measures},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col', class: 'a'}, m.area), this.heads.map(head => h('th', {scope: 'col'}, h('div', {}, head))))));
    const copy = h('button', {type: 'button', class: 'srm-quiet', on: {click: () => this.#copy()}}, words.copy);
    this.node = h(
      'div',
      {class: 'srm-what-if'},
      h('div', {class: 'srm-bar'}, h('span', {'aria-hidden': 'true'}, words.before), from.node,
        h('span', {'aria-hidden': 'true'}, `→ ${words.after}`), to.node),
      this.title, this.chips, this.table, legend(m), h('div', {class: 'srm-line'}, this.say, copy),
      h('p', {class: 'foot'}, m.foot),
    );
    this.groups = m.changes.map(change => this.#group(change));
    this.chipOf = m.changes.map(change => change.key && this.#chip(change));
    this.chips.append(...this.chipOf.filter(Boolean));
    this.#show();
  }

  get move() { return this.m.moves[this.before][this.after]; }

  #show() {
    const {move, m} = this;
    const before = this.places?.some(place => place !== null) ? this.places : this.#measure();
    setText(this.title, move.title);
    setText(this.say, move.sentence);
    [this.before, this.after].forEach((c, i) => setText(this.heads[i], m.columns[c].label));
    if (!move.changes.includes(this.only)) this.only = null;
    this.rows.forEach((_, r) => this.#paint(r));
    const bodies = m.changes.map((change, i) => {
      const found = this.rows.filter((_, r) => move.changes[r] === change.key);
      this.#countChip(i, found.length);
      if (!found.length || (this.only !== null && this.only !== change.key)) return null;
      return this.#fillGroup(this.groups[i], found);
    });
    // What stands where it should is not touched: the less of a table changes, the sooner it is drawn.
    this.groups.forEach(({body}) => bodies.includes(body) || body.remove());
    bodies.filter(Boolean).forEach((body, i) => {
      const at = this.table.tBodies[i];
      if (at !== body) this.table.insertBefore(body, at ?? null);
    });
    // Measured once a move, when all stands where it goes: each time more would lay the page out once more.
    this.places = this.#measure();
    const seen = this.rows.map((row, r) => [row, r]).filter(([, r]) => before[r] !== null && this.places[r] !== null);
    arrive(seen.map(([row, r]) => [row, 0, before[r] - this.places[r]]));
  }

  // How far down each row stands in the table; null for one that is not to be seen.
  #measure() {
    return this.rows.map(row => (row.isConnected ? row.offsetTop : null));
  }

  // A group of rows under the heading of what the move does to them; the rows without a change have no heading.
  #group(change) {
    const count = h('b');
    const head = h('tr', {class: 'g'}, h('th', {colspan: 3, scope: 'rowgroup'},
      `${change.label} · `, count, ' ', h('span', {}, change.meaning)));
    return {body: h('tbody', {}, change.key && head), count, first: change.key ? 1 : 0};
  }

  #fillGroup({body, count, first}, rows) {
    setText(count, String(rows.length));
    const there = [...body.rows].slice(first);
    if (there.length !== rows.length || there.some((row, i) => row !== rows[i])) body.append(...rows);
    return body;
  }

  #paint(r) {
    const {moves} = this.m.changes.find(change => change.key === this.move.changes[r]);
    [this.before, this.after].forEach((c, i) => {
      const sign = this.m.rows[r].cells[c];
      const cell = this.parties[r][c];
      const place = this.rows[r].children[i + 1];
      const look = `k ${inkOf(cell.party)}${moves ? '' : ' dim'}`;
      if (place.className !== look) place.className = look;
      if (place.sign === sign) return;
      place.sign = sign;
      place.replaceChildren(h('div', {}, named(cell, this.words)));
    });
  }

  // A button of the filter, by how many rows a change is for; one that a move may always have stays in view.
  #chip(change) {
    const choose = () => {
      this.only = this.only === change.key ? null : change.key;
      this.#show();
    };
    return h('button', {type: 'button', 'data-key': change.key, on: {click: choose}}, h('b'), change.label);
  }

  #countChip(i, n) {
    const chip = this.chipOf[i];
    if (!chip) return;
    const change = this.m.changes[i];
    setText(chip.firstChild, String(n));
    chip.hidden = !n && !change.always;
    chip.disabled = !n;
    chip.setAttribute('aria-pressed', String(this.only === change.key));
  }

  async #copy() {
    this.tell((await copyText(this.move.sentence)) ? this.words.copied : this.words.not_copied);
  }
}

define('srm-what-if', WhatIf);
