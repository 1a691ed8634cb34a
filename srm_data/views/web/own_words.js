// <srm-own-words>: a box for each part, kept while one types, and a model answer that stays closed until
// something was written or it was asked for twice.

import {define, facts, h, newId} from './base.js';
import {Boxes, Written} from './boxes.js';
import {hintBlock} from './hints.js';

class OwnWords extends Written {
  draw() {
    const {parts, model, task, hints, name} = this.content;
    this.asked = false;
    this.boxes = new Boxes(this, name, () => { this.said.textContent = ''; });
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
      h('div', {class: 'srm-boxes'}, parts.map(({key, label}) => this.boxes.box(key, label))),
      h('div', {class: 'srm-line'}, this.show, this.said),
      this.model,
      hintBlock(hints, this.words),
    );
    this.boxes.begin(this.answers);
  }

  #show() {
    if (this.model.hidden && this.boxes.empty && !this.asked) {
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
