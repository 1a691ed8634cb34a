// <srm-own-words>: a box for each part, kept while one types, and a model answer that stays closed until
// something was written or it was asked for twice.

import {Component, define, facts, h, newId} from './base.js';
import {hintLink} from './hints.js';

const PAUSE = 1000;  // milliseconds without a key before what was typed is kept

// What was typed and nobody has kept yet, by exercise and part. A cell that is run again makes a new
// component, and this one finds the words of the one before.
const unkeptWords = {};

class OwnWords extends Component {
  #answers = {};

  draw() {
    const {parts, model, task, hints, name} = this.content;
    this.asked = false;
    this.unkept = (unkeptWords[name] ??= {});
    this.boxes = parts.map(part => this.#box(part));
    this.model = h('div', {id: newId(), class: 'srm-model', hidden: true}, facts(model));
    this.show = h(
      'button',
      {
        type: 'button', class: 'srm-quiet', 'aria-expanded': 'false', 'aria-controls': this.model.id,
        on: {click: () => this.#show()},
      },
      this.words.show_model,
    );
    this.said = h('span', {role: 'status', class: 'srm-first'});
    this.replaceChildren(
      h('p', {class: 'say'}, task),
      h('div', {class: 'srm-boxes'}, this.boxes.map(({id, label, area}) =>
        h('div', {}, h('label', {for: id}, label), area))),
      h('div', {class: 'srm-line'}, this.show, this.said),
      this.model,
      hintLink(hints, this.words),
    );
    this.#fill();
    for (const box of this.boxes) {
      const typed = this.unkept[box.key];
      if (typed !== undefined && typed !== box.kept) {
        box.area.value = typed;
        this.#send(box);
      }
      this.#grow(box);
    }
  }

  disconnectedCallback() {
    this.boxes?.forEach(box => this.#send(box));
  }

  get answers() { return this.#answers; }
  set answers(value) {
    this.#answers = value ?? {};
    if (this.boxes) this.#fill();
  }

  #box({key, label}) {
    const id = newId();
    const box = {key, label, id, kept: '', sent: ''};
    box.area = h('textarea', {
      id, rows: 2,
      on: {
        input: () => {
          this.unkept[key] = box.area.value;
          this.#grow(box);
          clearTimeout(box.pause);
          box.pause = setTimeout(() => this.#send(box), PAUSE);
          this.said.textContent = '';
        },
        change: () => this.#send(box),
        blur: () => this.#send(box),
      },
    });
    return box;
  }

  // What is kept goes into a box where nothing was typed since: another tab may have filled it.
  #fill() {
    for (const box of this.boxes) {
      const kept = this.#answers[box.key] ?? '';
      if (box.area.value === box.sent && kept !== box.area.value && document.activeElement !== box.area) {
        if (kept === box.kept) continue;  // the answer to something older: what was sent is on its way
        box.area.value = box.sent = kept;
        this.#grow(box);
      }
      box.kept = kept;
      if (this.unkept[box.key] === kept) delete this.unkept[box.key];
    }
  }

  #send(box) {
    clearTimeout(box.pause);
    if (box.area.value === box.sent) return;
    box.sent = box.area.value;
    this.keep('work', this.content.name, {[box.key]: box.sent});
  }

  // For browsers that do not size a box by its text themselves.
  #grow({area}) {
    if (CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 4}px`;
  }

  #show() {
    const empty = this.boxes.every(({area}) => !area.value.trim());
    if (this.model.hidden && empty && !this.asked) {
      this.asked = true;
      this.said.textContent = this.words.write_first;
      return;
    }
    this.said.textContent = '';
    this.model.hidden = !this.model.hidden;
    this.show.setAttribute('aria-expanded', String(!this.model.hidden));
    this.show.textContent = this.words[this.model.hidden ? 'show_model' : 'hide_model'];
  }
}

define('srm-own-words', OwnWords);
