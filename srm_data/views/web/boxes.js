// Text boxes for a learner's own words: each grows with its text, and is kept while one types.

import {Component, h, newId} from './base.js';

const PAUSE = 1000;  // milliseconds without a key before what was typed is kept

// What was typed and nobody has kept yet, by the name of the work and its part. A cell that is run again makes
// a new component, and this one finds the words of the one before.
const unkeptWords = {};

// The boxes of one piece of work. `host` is the component that they stand in, and sends what was typed.
export class Boxes {
  constructor(host, name, typed = () => {}) {
    this.host = host;
    this.name = name;
    this.typed = typed;
    this.unkept = (unkeptWords[name] ??= {});
    this.all = [];
  }

  // A label, what is asked under it, what is known already, and a box for the answer; `tag` "input" is one line.
  box(key, label, {tag = 'textarea', ask = '', known = []} = {}) {
    const id = newId();
    const about = ask && newId();
    const area = h(tag, {
      id, rows: tag === 'textarea' && 2, type: tag === 'input' && 'text', autocomplete: tag === 'input' && 'off',
      'aria-describedby': about || null,
    });
    this.add(key, area);
    return h('div', {},
      h('label', {for: id}, label), ask && h('p', {id: about, class: 'foot'}, ask), known, area);
  }

  // Take in a control with a value. `usual` is its value while nothing is kept that it can show.
  add(key, area, usual = '') {
    const box = {key, area, usual, kept: '', sent: usual};
    area.value = usual;
    area.addEventListener('input', () => {
      this.unkept[key] = area.value;
      this.#grow(box);
      clearTimeout(box.pause);
      box.pause = setTimeout(() => this.#send(box), PAUSE);
      this.typed();
    });
    area.addEventListener('change', () => this.#send(box));
    area.addEventListener('blur', () => this.#send(box));
    this.all.push(box);
  }

  // Begin with what is kept, and with what was typed before and nobody heard.
  begin(answers) {
    this.fill(answers);
    for (const box of this.all) {
      const typed = this.unkept[box.key];
      if (typed !== undefined && typed !== box.kept) {
        box.area.value = typed;
        this.#send(box);
      }
      this.#grow(box);
    }
  }

  // What is kept goes into a box where nothing was typed since: another tab may have filled it.
  fill(answers) {
    for (const box of this.all) {
      const kept = this.#fitting(box, answers[box.key]);
      if (box.area.value === box.sent && kept !== box.area.value && document.activeElement !== box.area) {
        if (kept === box.kept) continue;  // the answer to something older: what was sent is on its way
        box.area.value = box.sent = kept;
        this.#grow(box);
      }
      box.kept = kept;
      if (this.unkept[box.key] === kept) delete this.unkept[box.key];
    }
  }

  send() { this.all.forEach(box => this.#send(box)); }

  // What stands in the boxes, by part.
  get values() { return Object.fromEntries(this.all.map(({key, area}) => [key, area.value])); }

  get empty() { return this.all.every(({area}) => !area.value.trim()); }

  #fitting({area, usual}, kept) {
    const options = area.options && [...area.options].map(option => option.value);
    return kept === undefined || (options && !options.includes(kept)) ? usual : kept;
  }

  #send(box) {
    clearTimeout(box.pause);
    if (box.area.value === box.sent) return;
    box.sent = box.area.value;
    this.host.keep('work', this.name, {[box.key]: box.sent});
  }

  // For browsers that do not size a box by its text themselves.
  #grow({area}) {
    if (area.localName !== 'textarea' || CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 4}px`;
  }
}

// A component that a learner writes in: `draw` makes its `boxes`, what is kept goes into them, and what is not
// kept yet is sent when the component goes.
export class Written extends Component {
  #answers = {};

  get answers() { return this.#answers; }
  set answers(value) {
    this.#answers = value ?? {};
    this.boxes?.fill(this.#answers);
  }

  disconnectedCallback() { this.boxes?.send(); }
}
