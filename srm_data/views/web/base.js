// What every component is made of: elements, party badges, facts, choices, and the element they extend.
// Text goes in as text nodes only, so a name that looks like HTML stays a name.

import {unpack} from './unpack.js';

const FOCUSABLE = new Set(['a', 'button', 'input', 'select', 'summary', 'textarea']);

// Make an element. `props`: on = listeners by event, the rest are attributes; null and false leave one out.
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name === 'on') {
      for (const [event, heard] of Object.entries(value)) node.addEventListener(event, heard);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  // JupyterLab looks at the focused element alone: without this on it, "x" would cut the cell around it.
  if (FOCUSABLE.has(tag) || props?.tabindex !== undefined) {
    node.setAttribute('data-lm-suppress-shortcuts', 'true');
  }
  node.append(...children.flat(Infinity).filter(child => ![null, undefined, false, ''].includes(child)));
  return node;
}

// Change a text where it is another one: what is written anew is laid out anew.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

let made = 0;
export const newId = () => `srm-${++made}`;

// "{n} of {all}" filled in.
export const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);

// The class of a party's colour: "c", "s", "p", or "n" for a cell that is not applicable.
export const inkOf = party => (party || 'none')[0];

// The cell of a party from its sign in a row, such as "s*P/C": its letter and word, the mark of a note, and,
// where two parties are named, who does the work and who is accountable.
export function cellOf(sign, content) {
  const [, key, mark, roles] = sign.match(/^(.)([*?]?)(.*)$/);
  const party = letter => Object.values(content.parties).find(one => one.letter === letter);
  return {...content.parties[key], mark, roles: roles && roles.split('/').map(party)};
}

// Letter and word of a party, with the letters of its roles and the sign of a note behind it.
export function named(cell, words) {
  const signs = {'*': words.note, '?': words.disputed};
  return [
    cell.letter && h('b', {}, cell.letter),
    h('span', {class: 'w'}, cell.text),
    ...(cell.roles ? parted(cell.roles, words) : []),
    cell.mark && h('sup', {title: signs[cell.mark]}, cell.mark, h('span', {class: 'vh'}, ` ${signs[cell.mark]}`)),
  ];
}

function parted([does, accountable], words) {
  const told = fill(words.roles_told, {does: does.who, accountable: accountable.who});
  return [' ', h('b', {class: 'roles', title: told},
    h('span', {'aria-hidden': 'true'}, `${does.letter}/${accountable.letter}`), h('span', {class: 'vh'}, ` ${told}`))];
}

export const badge = (party, ...face) => h('i', {class: `k ${inkOf(party)}`}, face);

// The key of a view; with `counts`, how many cells each party has, by its name.
export function legend(content, counts) {
  const entries = content.legend.map(one => h('li', {}, badge(one.party, one.letter),
    counts && h('b', {}, String(counts[one.party] ?? 0)), one.text));
  return h('ul', {class: 'legend'}, entries, content.marks && h('li', {}, content.marks));
}

// Terms with what is said of them; a source is a link where the data has a safe address for it.
export function facts(all) {
  return h('dl', {}, all.map(fact => [
    fact.term && h('dt', {}, fact.term),
    h(
      'dd',
      {class: fact.quiet ? 'foot' : null},
      fact.lead && [h('b', {}, fact.lead), h('br')],
      fact.url ? h('a', {href: fact.url, target: '_blank', rel: 'noopener'}, fact.text) : fact.text,
      fact.rest,
    ),
  ]));
}

const STEPS = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};

// One choice out of several as a row of buttons: a radio group with one stop for the Tab key.
// `options` are {key, label, face, ink}; `face` are the nodes on the button, else its label.
// An arrow key moves and chooses; with `commit` false it only moves, and Space or a click chooses.
export class Choice {
  constructor({label, options, chosen = null, kind = 'segments', commit = true, choose}) {
    this.options = options;
    this.heard = choose;
    this.commit = commit;
    this.buttons = options.map((option, i) => h(
      'button',
      {
        type: 'button', role: 'radio', class: option.ink ? `k ${option.ink}` : null, 'data-key': option.key,
        on: {click: () => this.choose(i), keydown: event => this.#keys(event, i)},
      },
      option.face ?? option.label,
    ));
    this.node = h('div', {role: 'radiogroup', class: `srm-${kind}`, 'aria-label': label}, this.buttons);
    this.mark(chosen);
  }

  // Show an option as chosen without telling anybody; null is none.
  mark(key) {
    this.chosen = key;
    const at = this.options.findIndex(option => option.key === key);
    this.buttons.forEach((button, i) => {
      button.setAttribute('aria-checked', String(i === at));
      button.tabIndex = i === Math.max(at, 0) ? 0 : -1;
    });
  }

  choose(i) {
    const {key} = this.options[i];
    if (key === this.chosen) return;
    this.mark(key);
    this.heard(key);
  }

  #keys(event, i) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = (i + step + this.buttons.length) % this.buttons.length;
    this.buttons[to].focus();
    if (this.commit) this.choose(to);
  }
}

// Rows of buttons in a table with one stop for the Tab key: arrows walk over them, Home and End go to the ends
// of a row. Escape calls `close`, which tells whether there was something to close.
export class Walk {
  constructor(table, rows, at, close) {
    this.rows = rows;
    this.at = at;
    this.close = close;
    this.stop(...at);
    table.addEventListener('keydown', event => this.#keys(event));
  }

  // Make a button the one that Tab comes to.
  stop(r, c) {
    this.rows[this.at[0]][this.at[1]].tabIndex = -1;
    this.at = [r, c];
    this.rows[r][c].tabIndex = 0;
    return this.rows[r][c];
  }

  #keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    let [r, c] = this.at;
    const last = this.rows[r].length - 1;
    switch (event.key) {
      case 'ArrowDown': r = Math.min(r + 1, this.rows.length - 1); break;
      case 'ArrowUp': r = Math.max(r - 1, 0); break;
      case 'ArrowRight': c = Math.min(c + 1, last); break;
      case 'ArrowLeft': c = Math.max(c - 1, 0); break;
      case 'Home': c = 0; break;
      case 'End': c = last; break;
      case 'Escape':
        if (this.close()) event.preventDefault();
        return;
      default: return;
    }
    event.preventDefault();
    this.stop(r, c).focus();
  }
}

// A drop-down with its label before it.
export function dropDown(label, options, chosen, choose) {
  const id = newId();
  const select = h(
    'select',
    {id, on: {change: () => choose(select.value)}},
    options.map(({key, label: text}) => h('option', {value: key, selected: key === chosen}, text)),
  );
  return h('div', {class: 'srm-pick'}, h('label', {for: id}, label), select);
}

// Give a drop-down these options, and choose one; it stays the same element, so it keeps the focus.
export function offer(select, options, chosen) {
  const same = options.length === select.length && options.every(({key, label}, i) =>
    select.options[i].value === key && select.options[i].text === label);
  if (!same) select.replaceChildren(...options.map(({key, label}) => h('option', {value: key}, label)));
  select.value = chosen;
}

export const fold = (title, ...children) => h('details', {}, h('summary', {}, title), children);

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const MILLISECONDS = 200;

// What the last change set in motion.
let moving = [];

// Let elements arrive, each from a distance in pixels, for who did not ask for less motion. `moves` are
// [element, x, y]. What still moves from the change before stops: to draw both would take longer than a frame.
export function arrive(moves) {
  moving.forEach(one => one.cancel());
  const seen = still() ? [] : moves.filter(([, x, y]) => x || y);
  moving = seen.map(([node, x, y]) => node.animate(
    [{transform: `translate(${x}px, ${y}px)`}, {transform: 'none'}],
    {duration: MILLISECONDS, easing: 'ease-out'},
  ));
}

// Put a text on the clipboard. Not every page may: one from a file, or in a frame, selects it and copies.
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h('textarea', {readonly: true, class: 'vh'});
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
  return true;
}

// Slides turn at the arrow keys and at the space bar. A key that a control here has used, or will use, is its own.
function keepOwnKeys(event) {
  const pressed = [' ', 'Enter'].includes(event.key) && event.target.closest('button, summary, a');
  if (event.defaultPrevented || pressed || event.target.closest('input, textarea, select')) event.stopPropagation();
}

// A component. Its host gives it `content`: JSON, or a script inside the element that holds it, packed where it is
// long. A host that keeps something also sets `asks` (true where a kernel answers, "page" where the page does), gives
// `answers` (what was kept) and `shown` (what the kernel made), hears `srm-drawn`, `srm-answer` and `srm-ask`, and
// says in `note` what became of them.
export class Component extends HTMLElement {
  #content = null;
  #drawn = false;

  connectedCallback() {
    if (this.#drawn) return;
    if (!this.#content) {
      const script = this.querySelector(':scope > script');
      if (!script) return;
      if (script.type === 'text/plain') {
        unpack(script.textContent).then(content => { this.content = content; });
        return;
      }
      this.#content = JSON.parse(script.textContent);
    }
    this.#drawn = true;
    this.addEventListener('keydown', keepOwnKeys);
    this.classList.add('srm', 'srm-component');
    this.lang = this.#content.lang;
    this.status = h('p', {role: 'status', class: 'srm-said'});
    this.draw();
    if (!this.status.isConnected) this.append(this.status);  // a component may have a better place for it
    this.settle?.();
    this.dispatchEvent(new CustomEvent('srm-drawn', {bubbles: true}));
  }

  get content() { return this.#content; }
  set content(value) {
    this.#content = value;
    if (this.isConnected) this.connectedCallback();
  }

  get words() { return this.#content.words; }

  set note(text) {
    if (this.status && this.status.textContent !== text) this.status.textContent = text;
  }

  // Several panels, of which one shows; with more than one, a list above chooses. A panel is made when it is
  // first looked at, and keeps its state while another is.
  choosePanel(label, names, make, shown = () => {}) {
    const place = h('div');
    const made = [];
    const show = i => {
      made[i] ??= make(i);
      place.replaceChildren(made[i].node);
      shown(made[i]);
    };
    const options = names.map((name, i) => ({key: String(i), label: name}));
    const choice = names.length > 1 && dropDown(label, options, '0', key => show(Number(key)));
    this.replaceChildren(...[choice, place].filter(Boolean));
    show(0);
  }

  // Ask the kernel for another view; its answer comes as `shown`.
  ask(detail) {
    this.dispatchEvent(new CustomEvent('srm-ask', {bubbles: true, detail}));
  }

  // Tell the host what the learner did: `name` of the question or exercise, `facts` about it.
  keep(kind, name, facts) {
    this.dispatchEvent(new CustomEvent('srm-answer', {bubbles: true, detail: {kind, name, facts}}));
  }
}

export const define = (name, element) => customElements.get(name) ?? customElements.define(name, element);
