// <srm-wrong-cell>: a table with one cell changed. A click on a cell opens what is said of it under its row.

import {Component, cellOf, define, h, inkOf, legend, named} from './base.js';
import {hintLink} from './hints.js';
import {inWords, kindOf, signOf, verdict} from './verdict.js';

class WrongCell extends Component {
  draw() {
    const {columns, rows, area, title, measured, measures, task, hints} = this.content;
    this.at = [0, 0];  // row and column of the one Tab stop
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
    this.replaceChildren(
      h('p', {class: 'say'}, task),
      h('p', {class: 'foot'}, this.words.click_cell),
      h(
        'div',
        {class: 'srm-explore srm-wrong'},
        h(
          'table',
          {class: measured, style: measures, on: {keydown: event => this.#keys(event)}},
          h('caption', {}, title),
          h('thead', {}, h('tr', {}, h('th', {class: 'a', scope: 'col'}, area), heads)),
          h('tbody', {}, this.rows),
        ),
        legend(this.content),
      ),
      hintLink(hints, this.words),
      this.live,
    );
    this.#stop(0, 0);
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
    this.#stop(r, c);
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

  #close() {
    if (!this.open) return;
    const [r, c] = this.open;
    this.cells[r][c].setAttribute('aria-expanded', 'false');
    this.open = null;
    this.strip.remove();
  }

  // Arrows walk over the cells; Home and End go to the ends of a row; Escape closes the strip.
  #keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    let [r, c] = this.at;
    const last = [this.rows.length - 1, this.content.columns.length - 1];
    switch (event.key) {
      case 'ArrowDown': r = Math.min(r + 1, last[0]); break;
      case 'ArrowUp': r = Math.max(r - 1, 0); break;
      case 'ArrowRight': c = Math.min(c + 1, last[1]); break;
      case 'ArrowLeft': c = Math.max(c - 1, 0); break;
      case 'Home': c = 0; break;
      case 'End': c = last[1]; break;
      case 'Escape':
        if (!this.open) return;
        this.#close();
        event.stopPropagation();
        return;
      case ' ':
      case 'Enter':  // slides go on at the space bar
        event.stopPropagation();
        return;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#stop(r, c).focus();
  }

  #stop(r, c) {
    this.cells[this.at[0]][this.at[1]].tabIndex = -1;
    this.at = [r, c];
    this.cells[r][c].tabIndex = 0;
    return this.cells[r][c];
  }
}

define('srm-wrong-cell', WrongCell);
