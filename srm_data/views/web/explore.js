// <srm-explore>: the matrix is the control. A heading lights its column, a cell opens a strip under its row.

import {Component, Walk, arrive, cellOf, define, facts, fold, h, inkOf, legend, named, setText} from './base.js';

class Explore extends Component {
  draw() {
    const {matrices} = this.content;
    this.choosePanel(this.words.matrix, matrices.map(m => m.short), i => new Panel(matrices[i], this.content));
  }
}

class Panel {
  constructor(m, content) {
    const {words} = content;
    this.m = m;
    this.words = words;
    this.content = content;
    this.parties = m.rows.map(row => row.cells.map(sign => cellOf(sign, content)));
    this.covered = new Set(content.covered ? m.columns.keys() : []);
    this.lit = content.covered ? -1 : content.begins ?? 0;
    this.open = -1;  // the row whose strip is open
    this.caption = h('caption');
    this.say = h('p', {class: 'say'});
    this.key = h('div');
    this.strip = h('tr', {class: 'strip'}, h('td', {colspan: m.columns.length + 1}));
    this.heads = m.columns.map((column, c) => h(
      'button',
      {type: 'button', tabindex: -1, 'aria-pressed': 'false', on: {click: () => this.light(c)}},
      h('span', {}, column.label),
      column.aside && h('small', {}, column.aside),
    ));
    this.cells = m.rows.map((row, r) => row.cells.map((cell, c) => h(
      'button',
      {type: 'button', tabindex: -1, 'aria-expanded': 'false', on: {click: () => this.openCell(r, c)}},
      h('div', {}),
    )));
    this.rows = m.rows.map((row, r) => h(
      'tr',
      {},
      h('th', {scope: 'row', title: row.about || null}, row.label),
      this.cells[r].map(button => h('td', {class: 'touch'}, button)),
    ));
    this.table = h(
      'table',
      {class: m.measured, style: m.measures},
      this.caption,
      h('thead', {}, h('tr', {}, h('th', {class: 'a', scope: 'col'}, m.area),
        this.heads.map(button => h('th', {scope: 'col', class: 'touch'}, h('div', {}, button))))),
      h('tbody', {}, this.rows),
    );
    this.node = h(
      'div',
      {class: 'srm-explore'},
      this.table,
      this.key,
      this.say,
      m.notes && fold(m.notes.title, h('ul', {}, m.notes.lines.map(line => h('li', {}, line.term &&
        [h('b', {}, line.term), ': '], line.text))), facts(m.notes.facts)),
      h('p', {class: 'foot'}, m.foot),
    );
    m.rows.forEach((_, r) => m.columns.forEach((_, c) => this.#paint(r, c)));
    this.#press();
    this.#tell();
    this.walk = new Walk(this.table, [this.heads, ...this.cells], [0, 0], () => this.#close());
  }

  // Light a column. Cells of another party than in the column before arrive from its side.
  light(c) {
    const before = this.lit;
    if (before === c) return;
    this.lit = c;
    if (this.covered.delete(c)) this.m.rows.forEach((_, r) => this.#paint(r, c));
    this.#press();
    for (const row of this.cells) {
      row.forEach((cell, i) => cell.parentElement.classList.toggle('dim', i !== c && !this.covered.has(i)));
    }
    const changed = this.cells.filter((_, r) => this.parties[r][before]?.party !== this.parties[r][c].party);
    arrive(before < 0 ? [] : changed.map(row => [row[c].firstChild, before < c ? -16 : 16, 0]));
    this.#tell();
    if (this.open >= 0) this.#fillStrip();
  }

  #press() {
    this.heads.forEach((head, i) => {
      head.setAttribute('aria-pressed', String(i === this.lit));
      head.closest('th').classList.toggle('lit', i === this.lit);
    });
  }

  // Open the strip under a row, or close it when it tells of this cell already.
  openCell(r, c) {
    const same = this.open === r && this.lit === c;
    this.light(c);
    this.#close();
    if (same) return;
    this.open = r;
    this.rows[r].after(this.strip);
    this.#fillStrip();
    this.walk.stop(r + 1, c);
  }

  // Close the strip; whether there was one.
  #close() {
    const open = this.open >= 0;
    this.open = -1;
    this.strip.remove();
    this.table.querySelectorAll('[aria-expanded=true]').forEach(one => one.setAttribute('aria-expanded', 'false'));
    return open;
  }

  #fillStrip() {
    const row = this.m.rows[this.open];
    const told = this.content.told[row.told[this.lit]];
    this.cells[this.open].forEach((cell, c) => cell.setAttribute('aria-expanded', String(c === this.lit)));
    this.strip.firstChild.replaceChildren(
      h('p', {}, h('b', {}, `${row.label} · ${this.m.columns[this.lit].label}`), row.about && ` – ${row.about}`),
      facts(told),
    );
  }

  #tell() {
    const lit = this.m.columns[this.lit];
    setText(this.caption, lit ? lit.title : this.m.question);
    setText(this.say, lit ? lit.sentence : this.words.covered);
    const counts = lit && {};
    if (lit) {
      for (const row of this.parties) counts[row[this.lit].party] = (counts[row[this.lit].party] ?? 0) + 1;
    }
    // The counts change in place: to make the legend anew would lay out the page below it once more.
    if (!lit || !this.key.querySelector('li > b')) this.key.replaceChildren(legend(this.m, counts));
    this.key.querySelectorAll('li > b').forEach((count, i) => {
      setText(count, String(counts[this.m.legend[i].party] ?? 0));
    });
  }

  #paint(r, c) {
    const cell = this.parties[r][c];
    const hidden = this.covered.has(c);
    const ink = hidden ? 'n' : inkOf(cell.party);
    const button = this.cells[r][c];
    button.parentElement.className = `touch k ${ink}${this.lit >= 0 && this.lit !== c && !hidden ? ' dim' : ''}`;
    button.firstChild.replaceChildren(
      ...(hidden ? [h('b', {}, '?'), h('span', {class: 'vh'}, ` ${this.words.is_covered}`)]
        : named(cell, this.words)).filter(Boolean),
    );
  }
}

define('srm-explore', Explore);
