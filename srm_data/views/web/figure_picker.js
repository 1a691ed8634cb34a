// <srm-figure-picker>: which figure, in which look. The kernel draws it, and saves what is chosen.

import {Choice, Component, define, dropDown, h, newId, offer} from './base.js';

const bytesOf = base64 => Uint8Array.from(atob(base64), sign => sign.charCodeAt(0));

class FigurePicker extends Component {
  #shown = null;
  #waiting = null;  // the drawing that was asked for and has not come
  #again = false;  // something was chosen since
  #copying = null;

  draw() {
    if (!this.asks) return;  // nobody would draw: the still stays
    const {words, content} = this;
    this.chosen = {...this.#shown.chosen};
    const pick = (part, number) => {
      const node = dropDown(words[part], [], '', key => this.#choose(part, number ? Number(key) : key));
      return {node, select: node.querySelector('select')};
    };
    const choice = part => {
      const choose = key => this.#choose(part, key);
      const made = new Choice({label: words[part], options: content[part], chosen: this.chosen[part], choose});
      return {node: h('div', {class: 'srm-pick'}, h('b', {'aria-hidden': 'true'}, words[part]), made.node), made};
    };
    this.picks = {matrix: pick('matrix'), kind: pick('kind'), about: pick('about', true), step: pick('step', true)};
    this.choices = {language: choice('language'), theme: choice('theme'), size: choice('size')};
    this.offered = h('figure', {hidden: true});
    this.preview = h('div', {class: 'srm-preview'});
    const {matrix, kind, about, step} = this.picks;
    const {language, theme, size} = this.choices;
    const save = (label, what, more) => h(
      'button',
      {type: 'button', class: 'srm-quiet', on: {click: () => this.#act(what, more)}},
      label,
    );
    this.replaceChildren(
      h('div', {class: 'srm-controls'}, matrix.node, kind.node, about.node, step.node),
      h('div', {class: 'srm-controls'}, language.node, theme.node, size.node),
      h('div', {class: 'srm-line srm-saves'},
        h('div', {class: 'srm-line', role: 'group', 'aria-label': words.save},
          h('b', {'aria-hidden': 'true'}, words.save),
          ['svg', 'png', 'pdf'].map(format => save(format.toUpperCase(), 'save', {format})),
          save(words.steps, 'steps')),
        h('button', {type: 'button', class: 'srm-quiet', on: {click: () => this.#copy()}}, words.copy)),
      this.status,
      this.offered,
      this.preview,
    );
    this.#update();
  }

  // What became of a click is seen where the click was, also when the button stands at the edge of the window.
  set note(text) {
    const news = this.status && text && this.status.textContent !== text;
    super.note = text;
    if (news) this.status.scrollIntoView({block: 'nearest'});
  }

  get shown() { return this.#shown; }
  set shown(value) {
    this.#shown = value;
    if (this.preview) this.#update();
  }

  #choose(part, value) {
    this.chosen[part] = value;
    if (part === 'kind') this.chosen.about = 0;
    if (['matrix', 'kind', 'about'].includes(part)) this.chosen.step = this.content.whole;  // others have others
    this.#draw();
  }

  // One drawing is asked for at a time: whoever walks through a list waits for the last one only.
  #draw() {
    this.#again = this.#waiting !== null;
    if (this.#again) return;
    this.#waiting = newId();
    this.preview.setAttribute('aria-busy', 'true');
    this.ask({do: 'draw', asked: this.#waiting, chosen: {...this.chosen}});
  }

  #act(what, more) {
    const asked = newId();
    this.ask({do: what, asked, chosen: {...this.chosen}, ...more});
    return asked;
  }

  // A browser takes the picture as a promise, since it may only be asked while a click is dealt with.
  async #copy() {
    this.#copying?.reject();
    const png = new Promise((resolve, reject) => {
      this.#copying = {asked: this.#act('copy'), resolve, reject};
    });
    const blob = png.then(data => new Blob([bytesOf(data)], {type: 'image/png'}));
    blob.catch(() => {});  // where no picture comes, the note says why
    try {
      await navigator.clipboard.write([new ClipboardItem({'image/png': blob})]);
      this.note = this.words.copied;
    } catch {
      png.then(data => this.#offer(data), () => {});
    }
  }

  // Where a page may not copy, the reader can: a picture that is a file has a menu of its own.
  #offer(data) {
    this.note = this.words.not_copied;
    this.offered.replaceChildren(h('img', {src: `data:image/png;base64,${data}`, alt: this.#shown.alt}));
    this.offered.hidden = false;
  }

  #update() {
    const {asked, png, svg, chosen, options} = this.#shown;
    if (this.#copying && asked === this.#copying.asked) {
      if (png) this.#copying.resolve(png);
      else this.#copying.reject();
      this.#copying = null;
    }
    if (asked === this.#waiting) this.#waiting = null;
    if (this.#waiting !== null) return;
    if (this.#again) {
      this.#draw();
      return;
    }
    this.preview.setAttribute('aria-busy', 'false');
    this.chosen = {...chosen};
    for (const [part, {node, select}] of Object.entries(this.picks)) {
      offer(select, options[part] ?? this.content[part], String(chosen[part]));
      node.hidden = part === 'about' && select.length < 2;
    }
    for (const [part, {made}] of Object.entries(this.choices)) made.mark(chosen[part]);
    if (this.drawn === svg) return;
    this.drawn = svg;
    this.offered.hidden = true;
    this.preview.innerHTML = svg;  // drawn by the kit, every name in it escaped
  }
}

define('srm-figure-picker', FigurePicker);
