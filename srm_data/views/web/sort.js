// <srm-sort>: cards that are put on places. With the mouse a card is dragged, or clicked and then its place;
// by keyboard it is picked up, the arrow keys walk over the places, and it is put down.

import {Component, arrive, define, fill, h, newId} from './base.js';
import {hintBlock} from './hints.js';
import {inWords, kindOf, verdict} from './verdict.js';

const CARD_STEPS = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
const DRAG_FROM = 5;  // pixels: less is the hand that trembles while it clicks

class Sort extends Component {
  draw() {
    const {cards, places, task, hints} = this.content;
    this.lies = cards.map(() => -1);  // the place of each card; -1 is not placed yet
    this.held = -1;  // the card that is picked up
    this.tray = h('div', {class: 'srm-tray', role: 'group', 'aria-label': this.words.cards});
    this.score = h('p', {class: 'srm-score'});
    this.live = h('p', {role: 'status', class: 'vh'});
    this.cards = cards.map((card, i) => this.#card(card, i));
    this.places = places.map((place, i) => this.#place(place, i));
    this.tray.append(...this.cards.map(card => card.node));
    this.replaceChildren(
      h('p', {class: 'say'}, task),
      h('p', {class: 'foot'}, this.words.how),
      h(
        'div',
        {class: `srm-sorting${this.content.one ? ' one' : ''}`, on: {keydown: event => this.#keys(event)}},
        this.tray, this.score,
        h('ul', {class: 'srm-places', 'aria-label': this.words.places}, this.places.map(place => place.node)),
      ),
      hintBlock(hints, this.words),
      this.live,
    );
    this.#stop(0);
    this.#tell();
  }

  #card({label}, i) {
    const told = h('div', {id: newId(), class: 'told', hidden: true});
    const button = h(
      'button',
      {
        type: 'button', tabindex: -1, 'aria-pressed': 'false', 'aria-describedby': told.id,
        on: {
          click: event => this.#clicked(event, i),
          pointerdown: event => this.#down(event, i),
          pointermove: event => this.#move(event),
          pointerup: event => this.#up(event),
          pointercancel: event => this.#up(event),
        },
      },
      h('span', {class: 'srm-grip', 'aria-hidden': 'true'}), h('span', {}, label),
    );
    return {label, button, told, node: h('div', {class: 'srm-card'}, button, told)};
  }

  #place({label, about}, i) {
    const button = h('button', {type: 'button', tabindex: -1, class: 'srm-to', title: about || null}, label);
    const inside = h('div', {class: 'srm-in'});
    const choose = event => {
      if (!event.target.closest('.srm-card')) this.#chosen(i);
    };
    return {label, button, inside, node: h('li', {'data-place': i, on: {click: choose}}, button, inside)};
  }

  // A second click on a card puts it back; a click on another one, where something is held, too.
  #clicked(event, i) {
    if (this.dragged && event.detail) {  // the end of a drag, which the browser calls a click as well
      this.dragged = false;
      return;
    }
    const before = this.held;
    if (before >= 0) this.#back(before);
    if (before === i) return;
    this.#pick(i);
    if (!event.detail) this.#walk(Math.max(this.lies[i], 0));  // by keyboard the way goes on over the places
  }

  #chosen(i) {
    if (this.held < 0) this.#say(this.words.pick_first, true);
    else this.#put(this.held, i);
  }

  #pick(i) {
    this.held = i;
    this.#stop(i);
    this.cards[i].button.setAttribute('aria-pressed', 'true');
    this.classList.add('holds');
    this.#say(fill(this.words.picked, {card: this.cards[i].label}));
  }

  // Nothing is held any more, and no place is a stop of the Tab key.
  #free() {
    this.cards[this.held].button.setAttribute('aria-pressed', 'false');
    this.held = -1;
    this.classList.remove('holds');
    this.places.forEach(place => { place.button.tabIndex = -1; });
  }

  #back(i) {
    this.#free();
    this.cards[i].button.focus({preventScroll: true});
    this.#say(fill(this.words.back, {card: this.cards[i].label}));
  }

  #put(i, place) {
    const other = this.content.one ? this.lies.findIndex((at, c) => at === place && c !== i) : -1;
    const moved = [i, other].filter(c => c >= 0);
    const before = moved.map(c => this.cards[c].node.getBoundingClientRect());
    this.#free();
    this.#settle(i, place, other >= 0 ? this.lies[i] : undefined, other);
    const nodes = moved.map(c => this.cards[c].node);
    for (const node of nodes) node.style.transform = '';
    arrive(nodes.map((node, n) => {
      const now = node.getBoundingClientRect();
      return [node, before[n].left - now.left, before[n].top - now.top];
    }));
    this.#tell();
    this.cards[i].button.focus({preventScroll: true});
    const score = this.score.hidden ? '' : ` ${this.score.textContent}`;
    this.#say(`${this.places[place].label}: ${inWords(this.#said(i))}${score}`);
  }

  // The card lies on its place; where a place holds one card, that one goes to where this one came from.
  #settle(i, place, from, other) {
    this.lies[i] = place;
    if (other >= 0) this.lies[other] = from;
    for (const c of [i, other]) {
      if (c < 0) continue;
      const {node, told} = this.cards[c];
      const said = this.lies[c] >= 0 && this.#said(c);
      if (this.lies[c] < 0) this.tray.append(node);
      else this.places[this.lies[c]].inside.append(node);
      told.className = `told ${said ? kindOf(said) : ''}`;
      told.hidden = !said;
      told.replaceChildren(...(said ? [verdict(said)] : []));
    }
  }

  #said(i) {
    return this.content.said[this.content.cards[i].said[this.lies[i]]];
  }

  #tell() {
    const said = this.lies.map((at, i) => at >= 0 && this.#said(i));
    const placed = said.every(Boolean);
    const [n, m] = [true, null].map(right => said.filter(one => one && one.right === right).length);
    this.tray.hidden = placed;
    this.score.hidden = !placed;
    this.score.textContent = fill(m ? this.words.score_arguable : this.words.score, {n, m, total: said.length});
  }

  #say(text, seen = false) {
    this.live.textContent = text;
    this.live.classList.toggle('vh', !seen);
  }

  // The one card that Tab comes to.
  #stop(i) {
    this.cards.forEach((card, c) => { card.button.tabIndex = c === i ? 0 : -1; });
    this.at = i;
  }

  #walk(place) {
    this.places.forEach(({button}, p) => { button.tabIndex = p === place ? 0 : -1; });
    this.places[place].button.focus();
  }

  #keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = CARD_STEPS[event.key];
    const place = this.places.findIndex(({button}) => button === document.activeElement);
    const last = (this.held < 0 ? this.cards : this.places).length - 1;
    const at = this.held < 0 ? this.at : Math.max(place, place < 0 ? this.lies[this.held] - step : 0);
    const go = to => {
      const there = Math.min(Math.max(to, 0), last);
      if (this.held >= 0) this.#walk(there);
      else {
        this.#stop(there);
        this.cards[there].button.focus();
      }
    };
    if (step) go(at + step);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(last);
    else if (event.key === 'Escape' && this.held >= 0) this.#back(this.held);
    else return;
    event.preventDefault();
  }

  // A finger drags a card by its grip alone, so that it can scroll the page everywhere else.
  #down(event, i) {
    this.dragged = false;
    if (event.button || (event.pointerType !== 'mouse' && !event.target.closest('.srm-grip'))) return;
    const {button, node} = this.cards[i];
    button.setPointerCapture(event.pointerId);
    this.drag = {i, x: event.clientX, y: event.clientY, scale: node.getBoundingClientRect().width / node.offsetWidth};
  }

  #move(event) {
    const {drag} = this;
    if (!drag) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!this.dragged && Math.hypot(x, y) < DRAG_FROM) return;
    const {node} = this.cards[drag.i];
    if (!this.dragged) {
      this.dragged = true;
      if (this.held >= 0 && this.held !== drag.i) this.#free();
      this.#pick(drag.i);
      node.classList.add('moving');
    }
    node.style.transform = `translate(${x / drag.scale}px, ${y / drag.scale}px)`;
    this.#over(this.#under(event, node));
  }

  #up(event) {
    const {drag} = this;
    this.drag = null;
    if (!drag || !this.dragged) return;
    const {node} = this.cards[drag.i];
    const place = event.type === 'pointerup' ? this.#under(event, node) : -1;
    node.classList.remove('moving');
    this.#over(-1);
    if (place >= 0) {
      this.#put(drag.i, place);
      return;
    }
    const from = node.getBoundingClientRect();
    node.style.transform = '';
    const to = node.getBoundingClientRect();
    arrive([[node, from.left - to.left, from.top - to.top]]);
    this.#back(drag.i);
  }

  // The place under the pointer, not counting the card that is dragged over it.
  #under(event, card) {
    const found = document.elementsFromPoint(event.clientX, event.clientY).filter(one => !card.contains(one));
    const place = found.map(one => one.closest('[data-place]')).find(one => one && this.contains(one));
    return place ? Number(place.dataset.place) : -1;
  }

  #over(place) {
    this.places.forEach(({node}, p) => node.classList.toggle('over', p === place));
  }
}

define('srm-sort', Sort);
