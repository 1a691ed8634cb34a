// <srm-builder>: the components of a plan as rows to edit, and under them the view that the kernel makes of it.
// Every change is asked of the kernel, and what stands here is what it answered.

import {Choice, Component, define, dropDown, fill, h, newId, offer} from './base.js';

class Builder extends Component {
  // What the kernel answered last; until then the plans stand in the content.
  set shown(value) {
    this.heard = value;
    if (this.rows) this.#update();
  }

  get state() { return this.heard?.rows ? this.heard : this.content.state; }

  draw() {
    this.view = h('div', {class: 'srm-made'});
    this.story = h('p', {class: 'say'});
    if (!this.asks) {  // nobody would answer: what there is to see, and no controls
      this.replaceChildren(this.story, this.view);
      this.#show();
      return;
    }
    this.waiting = [];  // what is to be asked, the oldest first; the first is asked and not answered yet
    this.rows = [];
    this.services = newId();
    this.replaceChildren(
      this.#files(),
      this.story,
      this.#head(),
      this.#table(),
      this.#pager(),
      this.#comparing(),
      this.view,
      h('datalist', {id: this.services}, Object.keys(this.content.services).map(value => h('option', {value}))),
    );
    this.#update();
  }

  // Ask the kernel to do something; `field` is the control that it is about. One thing is asked at a time,
  // so that each answer is known to be of what was asked.
  do(what, detail = {}, field = document.activeElement) {
    this.waiting.push({what, detail, field});
    if (this.waiting.length === 1) this.#askFirst();
  }

  #askFirst() {
    const [{what, detail}] = this.waiting;
    this.ask({do: what, ...detail});
  }

  #button(key, click, look = 'srm-quiet') {
    return h('button', {type: 'button', class: look, on: {click}}, this.words[key]);
  }

  // Ready workloads to begin with, and the file that a plan is kept in.
  #files() {
    const {words, content} = this;
    const begin = dropDown(words.begin, content.scenarios, this.state.scenario, () => {});
    this.begin = begin.querySelector('select');
    const id = newId();
    const file = h('input', {id, type: 'text', value: 'workload.yaml', spellcheck: 'false', autocomplete: 'off'});
    return h(
      'div',
      {class: 'srm-files'},
      h('div', {class: 'srm-line'}, begin,
        this.#button('load_scenario', () => this.do('take', {value: this.begin.value}))),
      h('div', {class: 'srm-line'},
        h('div', {class: 'srm-pick'}, h('label', {for: id}, words.file), file),
        this.#button('save', () => this.do('save', {value: file.value})),
        this.#button('load', () => this.do('load', {value: file.value}))),
    );
  }

  // The plans, what is done with a whole plan, and what became of it; it stays in view while rows are edited.
  #head() {
    const {words} = this;
    this.counts = this.state.plans.map(() => h('small'));
    this.plans = new Choice({
      label: words.plan,
      options: this.state.plans.map((plan, i) => ({key: plan.key, face: [plan.label, ' ', this.counts[i]]})),
      choose: key => this.do('open', {value: key}),
    });
    this.question = h('div', {class: 'srm-question', role: 'group', tabindex: -1, hidden: true});
    return h(
      'div',
      {class: 'srm-head'},
      h('div', {class: 'srm-line'}, this.plans.node, this.#button('copy', () => this.do('copy')),
        this.#button('undo', () => this.do('undo'))),
      this.question,
      this.status,
    );
  }

  #table() {
    const {words} = this;
    this.body = h('tbody', {role: 'rowgroup'});
    this.added = new NewComponent(this);
    const heads = BUILDER_PARTS.map(part => h('th', {scope: 'col', role: 'columnheader', class: part}, words[part]));
    this.table = h(
      'table',
      {class: 'srm-plan', role: 'table'},
      h('thead', {role: 'rowgroup'}, h('tr', {role: 'row'}, heads, h('td', {class: 'act', role: 'cell'}))),
      this.body,
      h('tfoot', {role: 'rowgroup'}, this.added.node),
    );
    return this.table;
  }

  #pager() {
    this.pager = dropDown(this.words.page, [], '', key => this.do('page', {value: key}));
    return this.pager;
  }

  #comparing() {
    this.compared = h('div', {class: 'srm-segments-place'});
    this.turn = this.#button('turn', () => this.do('turn'));
    return h('div', {class: 'srm-line srm-comparing'},
      h('b', {'aria-hidden': 'true'}, this.words.show), this.compared, this.turn);
  }

  #show() {
    const {story, view} = this.state;
    this.story.textContent = story;
    this.story.hidden = !story;
    if (this.made === view) return;
    this.made = view;
    this.view.innerHTML = view;  // trusted: the kernel fills it from the kit's own templates, which escape every name
  }

  #update() {
    const {state, words} = this;
    const {what, field} = this.waiting.shift() ?? {};
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    this.plans.mark(state.open);
    state.plans.forEach((plan, i) => { this.counts[i].textContent = plan.n; });
    this.table.setAttribute('aria-label', fill(words.components, {plan: this.#label(state.open)}));
    this.table.querySelectorAll('[aria-invalid]').forEach(one => one.removeAttribute('aria-invalid'));
    if (state.refused && field?.matches('input')) field.setAttribute('aria-invalid', 'true');
    if (what === 'take' && !state.refused) this.begin.value = state.scenario;
    this.#fillRows(state, state.refused ? field : null);
    if (what === 'add' && !state.refused) this.added.empty();
    this.pager.hidden = state.pages < 2;
    const pages = Array.from({length: state.pages}, (_, i) => String(i + 1));
    offer(this.pager.querySelector('select'), pages.map(n => ({key: n, label: fill(words.page_of, {n, pages: state.pages})})),
      String(state.page));
    this.#offerComparisons(state);
    this.#show();
    this.#ask(state.question, what, field);
    // A row that went took the focus along: it goes to what stands there now.
    if (focused && !focused.isConnected) (this.rows.at(-1)?.remove ?? this.added.fields.name).focus();
    if (this.waiting.length) this.#askFirst();
  }

  // Rows are filled anew in the order of the plan, so that a control keeps the focus after its answer came.
  // What was refused stays in its field, to be mended.
  #fillRows({rows}, refused) {
    while (this.rows.length > rows.length) this.rows.pop().node.remove();
    rows.forEach((row, i) => {
      if (!this.rows[i]) {
        this.rows[i] = new BuilderRow(this);
        this.body.append(this.rows[i].node);
      }
      this.rows[i].fill(row, refused);
    });
  }

  #label(key) { return this.state.plans.find(plan => plan.key === key).label; }

  // The other plans to compare the open one with; each button says which way the comparison reads.
  #offerComparisons({plans, open, compared, turned}) {
    const {words} = this;
    const order = plans.map(plan => plan.key);
    const others = order.filter(key => key !== open).map(key => {
      const way = [open, key].sort((a, b) => order.indexOf(a) - order.indexOf(b));
      if (turned && key === compared) way.reverse();
      return {key, label: fill(words.way, {before: this.#label(way[0]), after: this.#label(way[1])})};
    });
    const options = [{key: '', label: fill(words.alone, {plan: this.#label(open)})}, ...others];
    const same = JSON.stringify(options);
    this.turn.hidden = !compared;
    if (this.offered !== same) {
      const {key} = this.compared.contains(document.activeElement) ? document.activeElement.dataset : {};
      const choice = new Choice({label: words.show, options, choose: chosen => this.do('compare', {value: chosen})});
      this.compared.replaceChildren(choice.node);
      this.comparing = choice;
      this.offered = same;
      choice.mark(compared);
      if (key !== undefined) choice.node.querySelector(`[data-key="${key}"]`)?.focus();
    }
    this.comparing.mark(compared);
  }

  // Ask which plan may make way. The learner answers, or keeps everything; then the focus goes back.
  #ask(question, what, field) {
    if (!question) {
      if (this.question.hidden) return;
      const inside = this.question.contains(document.activeElement);
      this.question.hidden = true;
      if (inside) this.asking?.focus();
      return;
    }
    const {kind, ...again} = question.again;
    const text = h('p', {id: newId()}, question.text);
    const buttons = Object.entries(question.choices).map(([target, label]) => h(
      'button', {type: 'button', class: 'srm-quiet', on: {click: () => this.do(again.do, {...again, target})}}, label,
    ));
    const keep = this.#button('keep', () => {
      this.question.hidden = true;
      this.asking?.focus();
      this.note = this.words.kept;
    });
    this.question.setAttribute('aria-labelledby', text.id);
    this.question.replaceChildren(text, h('div', {class: 'srm-line'}, buttons, keep));
    this.question.hidden = false;
    if (!what) return;  // it was asked in another view of the same workload
    this.asking = field;
    this.question.focus();
  }
}

const BUILDER_PARTS = ['name', 'kind', 'service', 'model'];

// The four fields of a component: its name and its service to type, its kind and its place to choose.
function builderFields(builder) {
  const {content, services} = builder;
  const text = more => h('input', {type: 'text', maxlength: 200, spellcheck: 'false', autocomplete: 'off', ...more});
  const choice = options => h('select', {}, options.map(({key, label}) => h('option', {value: key}, label)));
  return {name: text(), kind: choice(content.kinds), service: text({list: services}), model: choice(content.models)};
}

// A row of four fields and a button. `data-h` is the heading of a field, shown where rows stand in blocks.
function builderRow(builder, fields, button, look) {
  const {words} = builder;
  return h(
    'tr',
    {role: 'row', class: look},
    BUILDER_PARTS.map(part => h('td', {role: 'cell', class: part, 'data-h': words[part]}, fields[part])),
    h('td', {role: 'cell', class: 'act'}, button),
  );
}

class BuilderRow {
  constructor(builder) {
    this.builder = builder;
    this.fields = builderFields(builder);
    this.remove = h(
      'button',
      {type: 'button', class: 'srm-cross', on: {click: () => builder.do('remove', {name: this.row.name})}},
      h('span', {'aria-hidden': 'true'}, '×'),
    );
    for (const part of BUILDER_PARTS) {
      const field = this.fields[part];
      field.addEventListener('change', () => this.#change(part));
      if (field.tagName === 'INPUT') field.addEventListener('keydown', event => this.#keys(event, part));
    }
    this.node = builderRow(builder, this.fields, this.remove);
  }

  fill(row, refused) {
    const {words} = this.builder;
    const before = this.row;
    this.row = row;
    for (const part of BUILDER_PARTS) {
      const field = this.fields[part];
      // Half a word that is being typed stays, while the answer about another field comes.
      const typing = [document.activeElement, refused].includes(field) && before?.name === row.name && before[part] === row[part];
      if (!typing && field.value !== row[part]) field.value = row[part];
      if (before?.name !== row.name) {
        field.setAttribute('aria-label', fill(words.of, {field: words[part], name: row.name}));
      }
    }
    const label = fill(words.remove_it, {name: row.name});
    this.remove.setAttribute('aria-label', label);
    this.remove.title = label;
  }

  #change(part) {
    const {value} = this.fields[part];
    if (value === this.row[part]) return;
    this.builder.do('change', {name: this.row.name, part, value}, this.fields[part]);
  }

  // Enter keeps what was typed, Escape takes it back.
  #keys(event, part) {
    const field = this.fields[part];
    if (event.key === 'Escape') field.value = this.row[part];
    else if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    field.blur();  // the browser tells of a change when a field is left
    field.focus();
  }
}

class NewComponent {
  constructor(builder) {
    const {words, content} = builder;
    this.builder = builder;
    this.fields = builderFields(builder);
    for (const part of BUILDER_PARTS) this.fields[part].setAttribute('aria-label', words[`new_${part}`]);
    this.fields.name.placeholder = words.new;
    const {service, model} = this.fields;
    let proposed = '';
    service.addEventListener('input', () => {  // a service whose column is known proposes it
      const known = content.services[service.value.trim()] ?? '';
      if (known && (model.value === '' || model.value === proposed)) model.value = proposed = known;
    });
    const add = h('button', {type: 'button', class: 'srm-go', on: {click: () => this.#add()}}, words.add);
    this.node = builderRow(builder, this.fields, add, 'new');
    this.node.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.isComposing && event.target.matches('input')) this.#add();
    });
    this.empty(false);
  }

  #add() {
    const parts = Object.fromEntries(BUILDER_PARTS.map(part => [part, this.fields[part].value]));
    this.builder.do('add', {parts}, this.fields.name);
  }

  // Ready for the next one; who was in this row goes on with its name.
  empty(next = true) {
    const inside = next && this.node.contains(document.activeElement);
    const {name, kind, service, model} = this.fields;
    name.value = service.value = model.value = '';
    kind.value = 'other';
    if (inside) this.fields.name.focus();
  }
}

define('srm-builder', Builder);
