// <srm-hand-in>: the form of the learner's own page. What is typed is kept at once; the button writes the page.

import {define, dropDown, h} from './base.js';
import {Boxes, Written} from './boxes.js';

class HandIn extends Written {
  draw() {
    const {name, fields, figures, figure, facts} = this.content;
    const {words} = this;
    this.boxes = new Boxes(this, name);
    // What the kit adds to a section, before its box.
    const known = key => (facts[key] ?? []).map(({lead, lines}) => h('div', {class: 'srm-known'},
      lead && h('p', {}, lead), h('ul', {}, lines.map(one => h('li', {dir: 'auto'}, one)))));
    const pick = dropDown(words.figure, figures, figure, () => {});
    const boxes = fields.map(({key, label, ask, line}) => [
      this.boxes.box(key, label, {ask, tag: line ? 'input' : 'textarea', known: known(key)}),
      key === 'key_terms' && pick,
    ]);
    this.boxes.add('figure', pick.querySelector('select'), figure);
    this.replace = h('input', {type: 'checkbox'});
    const files = this.asks !== 'page';  // a page writes no files that could be there already
    // Without a host that asks, nothing is kept and nothing written.
    this.replaceChildren(h('fieldset', {class: 'srm-form', disabled: !this.asks},
      h('div', {class: 'srm-boxes one'}, boxes),
      files && h('label', {class: 'srm-check'}, this.replace, words.replace),
      h('div', {class: 'srm-line'}, h('button', {
        type: 'button', class: 'srm-go',
        on: {click: event => { if (event.detail < 2) this.#write(); }},  // a double click writes once
      }, words.write)),
    ));
    this.boxes.begin(this.answers);
  }

  // What stands in the form goes with the question, whether or not it could be kept.
  #write() {
    this.boxes.send();
    this.ask({do: 'write', page: this.boxes.values, replace: this.replace.checked});
  }
}

define('srm-hand-in', HandIn);
