// <srm-wrong-cell>: a table with one cell changed. A click on a cell opens what is said of it under its row.

import {Component, Walk, cellOf, define, h, inkOf, legend, named} from './base.js';
import {hintBlock} from './hints.js';
import {inWords, kindOf, signOf, verdict} from './verdict.js';

class WrongCell extends Component {
  draw() {
    const {columns, rows, area, title, measured, measures, task, hints} = this.content;
    this.open = null;  // the cell that the strip tells of
    this.live = h('p', {role: 'status', class: 'vh'});
    this.strip = h('tr', {class: 'strip'}, h('td', {colspan: columns.length + 1}));
    this.cells = rows.map((row, r) => row.cells.map((sign, c) => this.#cell(cellOf(sign, this.content), r, c)));
    this.rows = rows.map((row, r) => h(
      'tr',
      {},
      h('th', {scope: 'row'}, row.label),
      this.cells[r].map((button, c) => h(
        'td',
        {class: `touch k ${inkOf(cellOf(row.cells[c], this.content).party)}`},
        button,
      )),
    ));
    const heads = columns.map(column => h('th', {scope: 'col'}, h('div', {}, h('span', {}, column.label))));
    const table = h(
      'table',
      {class: measured, style: measures},
      h('caption', {}, title),
      h('thead', {}, h('tr', {}, h('th', {class: 'a', scope: 'col'}, area), heads)),
      h('tbody', {}, this.rows),
    );
    this.replaceChildren(
      h('p', {class: 'say'}, task),
      h('p', {class: 'foot'}, this.words.click_cell),
      h(
        'div',
        {class: 'srm-explore srm-wrong'},
        table,
        legend(this.content),
      ),
      hintBlock(hints, this.words),
      this.live,
    );
    this.walk = new Walk(table, this.cells, [0, 0], () => this.#close());
  }

  #cell(cell, r, c) {
    return h(
      'button',
      {type: 'button', tabindex: -1, 'aria-expanded': 'false', on: {click: () => this.#choose(r, c)}},
      h('div', {}, named(cell, this.words)),
    );
  }

  #choose(r, c) {
    const same = this.open && this.open[0] === r && this.open[1] === c;
    this.#close();
    this.walk.stop(r, c);
    if (same) return;
    const {rows, columns} = this.content;
    const said = this.content.said[rows[r].said[c]];
    const button = this.cells[r][c];
    this.open = [r, c];
    button.setAttribute('aria-expanded', 'true');
    button.querySelector('.srm-seen')?.remove();
    const looked = this.words[said.right ? 'found' : 'looked'];
    button.firstChild.append(h(
      'span',
      {class: `srm-seen ${kindOf(said)}`},
      h('span', {'aria-hidden': 'true'}, signOf(said)), h('span', {class: 'vh'}, ` ${looked}`),
    ));
    this.strip.firstChild.replaceChildren(
      h('div', {class: `told ${kindOf(said)}`}, h('p', {class: 'srm-cell-name'},
        `${rows[r].label} · ${columns[c].label}`), verdict(said)),
    );
    this.rows[r].after(this.strip);
    this.live.textContent = inWords(said);
  }

  // Close the strip; whether there was one.
  #close() {
    if (!this.open) return false;
    const [r, c] = this.open;
    this.cells[r][c].setAttribute('aria-expanded', 'false');
    this.open = null;
    this.strip.remove();
    return true;
  }
}

define('srm-wrong-cell', WrongCell);
