// <srm-what-if>: from one column to another. Rows travel between the groups of what the move does to them.

import {Choice, Component, arrive, cellOf, copyText, define, h, inkOf, legend, named} from './base.js';

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
    this.groups = new Map();
    this.#show();
  }

  get move() { return this.m.moves[this.before][this.after]; }

  #show() {
    const {move, m} = this;
    const places = this.rows.map(row => row.isConnected && row.getBoundingClientRect().top);
    this.title.textContent = move.title;
    this.say.textContent = move.sentence;
    [this.before, this.after].forEach((c, i) => { this.heads[i].textContent = m.columns[c].label; });
    if (!move.changes.includes(this.only)) this.only = null;
    this.#drawChips();
    const bodies = m.changes.map(change => {
      const found = m.rows.map((_, r) => r).filter(r => move.changes[r] === change.key);
      if (!found.length || (this.only !== null && this.only !== change.key)) return null;
      const head = h('tr', {class: 'g'}, h('th', {colspan: 3, scope: 'rowgroup'},
        `${change.label} · ${found.length} `, h('span', {}, change.meaning)));
      return h('tbody', {}, change.key && head, found.map(r => this.#row(r, change)));
    });
    this.table.querySelectorAll('tbody').forEach(body => body.remove());
    this.table.append(...bodies.filter(Boolean));
    this.rows.forEach((row, r) => {
      if (places[r] !== false && row.isConnected) arrive(row, 0, places[r] - row.getBoundingClientRect().top);
    });
  }

  #row(r, change) {
    const row = this.rows[r];
    [this.before, this.after].forEach((c, i) => {
      const cell = this.parties[r][c];
      const place = row.children[i + 1];
      place.className = `k ${inkOf(cell.party)}${change.moves ? '' : ' dim'}`;
      place.replaceChildren(h('div', {}, named(cell, this.words)));
    });
    return row;
  }

  #drawChips() {
    const {move, m} = this;
    const buttons = m.changes.filter(change => change.key).map(change => {
      const n = move.changes.filter(key => key === change.key).length;
      if (!n && !change.always) return null;
      const pressed = String(this.only === change.key);
      const choose = () => {
        this.only = this.only === change.key ? null : change.key;
        this.#show();
        this.chips.querySelector(`[data-key="${change.key}"]`)?.focus();
      };
      return h(
        'button',
        {type: 'button', 'data-key': change.key, 'aria-pressed': pressed, disabled: !n, on: {click: choose}},
        h('b', {}, String(n)), change.label,
      );
    });
    this.chips.replaceChildren(...buttons.filter(Boolean));
  }

  async #copy() {
    this.tell((await copyText(this.move.sentence)) ? this.words.copied : this.words.not_copied);
  }
}

define('srm-what-if', WhatIf);
