// <srm-bet>: one question at a time. An answer and how sure, then the outcome in the place of the answers.

import {Choice, Component, badge, cellOf, define, facts, fill, fold, h, inkOf, legend, named} from './base.js';
import {hintLink} from './hints.js';

class Bet extends Component {
  #kept = {};  // by question: the answer, how sure, and whether the outcome was seen
  #round = null;

  draw() {
    const {rounds} = this.content;
    if (!rounds.some(round => round.questions.length)) {
      this.replaceChildren();
      return;
    }
    const names = rounds.map(round => round.label);
    this.choosePanel(this.words.choose, names, i => new Round(rounds[i], this), round => {
      this.#round = round;
      round.renew();
    });
  }

  // What is kept, as its host tells it; an answer that another tab gave shows here too.
  set answers(kept) {
    for (const [id, bet] of Object.entries(kept ?? {})) this.#kept[id] = {...bet};
    this.#round?.renew();
  }

  // Whether an answer that was given in another view of the same page belongs here.
  keeps(kind, name) { return kind === this.kind && this.content.rounds.some(round => asked(round, name)); }

  // A lesson asks for the first answer to each question; a practice adds one more.
  get kind() { return this.content.practice ? 'answers' : 'bets'; }

  bet(id) { return this.#kept[id] ?? {}; }

  // Take over a part of an answer. Without an answer there is nothing to keep yet.
  take(id, part) {
    const bet = {...this.bet(id), ...part};
    this.#kept[id] = bet;
    if (bet.answer === undefined) return;
    this.keep(this.kind, id, {answer: bet.answer, sure: bet.sure ?? null, revealed: Boolean(bet.revealed)});
  }
}

const asked = (round, id) => round.questions.some(question => question.id === id || question.repair?.id === id);

class Round {
  constructor(round, host) {
    this.round = round;
    this.host = host;
    this.words = host.words;
    this.head = h('div');
    this.stage = h('div', {class: 'srm-stage'});
    this.told = h('p', {role: 'status', class: 'srm-told'});
    this.dots = h('div', {class: 'srm-dots', role: 'group', 'aria-label': this.words.questions});
    this.node = h('div', {class: 'srm-bet', on: {keydown: event => this.#keys(event)}},
      this.head, this.stage, this.told, this.dots);
    this.at = this.#next(0);
    this.#show();
  }

  // Every question, behind a wrong answer its second chance, and the end when all are answered.
  get steps() {
    const ids = new Set(this.round.questions.map(question => question.id));
    const steps = [];
    this.round.questions.forEach((question, i) => {
      steps.push({question, n: i + 1});
      const {repair} = question;
      if (repair && this.#outcome(question) === false && !ids.has(repair.id)) {
        ids.add(repair.id);
        steps.push({question: repair, n: i + 1, again: true});
      }
    });
    const open = steps.some(({question}) => this.#outcome(question) === null);
    if (!open && (steps.length > 1 || this.round.told)) steps.push({end: true});
    return steps;
  }

  // Something was told from outside: show it, unless it is what stands here already.
  renew() {
    if (this.shown === this.#state()) this.#drawDots();
    else this.#show();
  }

  // Whether the answer was right; null while the outcome has not been seen.
  #outcome(question) {
    const {answer, revealed} = this.host.bet(question.id);
    const option = question.options.find(one => one.key === answer);
    return revealed && option ? option.right : null;
  }

  #state() {
    const {question} = this.steps[this.at] ?? {};
    const {answer, sure, revealed} = this.host.bet(question?.id);
    return JSON.stringify([question?.id, answer ?? null, sure ?? null, Boolean(revealed)]);
  }

  // The first step from here whose outcome has not been seen, else the first of all, else the end.
  #next(from) {
    const {steps} = this;
    const open = ({question}) => question && this.#outcome(question) === null;
    const ahead = steps.findIndex((step, i) => i >= from && open(step));
    const found = ahead < 0 ? steps.findIndex(open) : ahead;
    return found < 0 ? steps.length - 1 : found;
  }

  #show() {
    this.at = Math.min(this.at, this.steps.length - 1);
    const step = this.steps[this.at];
    this.form = null;
    this.late = false;  // whether the outcome was asked for too early
    this.stage.style.minHeight = '';
    this.#tell('');
    if (step.end) this.#drawEnd();
    else {
      this.#drawHead(step);
      if (this.#outcome(step.question) === null) this.#drawForm(step);
      else this.#drawResult(step);
    }
    this.#drawDots();
    this.shown = this.#state();
  }

  #drawHead({question, n, again}) {
    const title = again ? this.words.again : fill(this.words.of, {n, all: this.round.questions.length});
    const {story} = question;
    this.head.replaceChildren(
      h('h3', {}, title),
      story ? h('p', {class: 'story'}, h('b', {}, story.title), ' ', story.text) : '',
      h('p', {class: 'stem'}, question.stem),
      question.place ? h('p', {class: 'foot'}, question.place) : '',
    );
    // A story that scrolls has to be reached by keyboard; one that does not is no stop on the way.
    requestAnimationFrame(() => {
      const box = this.head.querySelector('.story');
      if (!box || box.scrollHeight <= box.clientHeight + 1) return;
      for (const [name, value] of Object.entries({tabindex: '0', role: 'group', 'aria-label': story.title,
        'data-lm-suppress-shortcuts': 'true'})) box.setAttribute(name, value);
    });
  }

  // The answers as cards, how sure, and the button that asks for the outcome.
  #drawForm({question}) {
    const {words} = this;
    const bet = this.host.bet(question.id);
    const {options} = question;
    const cards = options.map((option, i) => ({
      key: option.key,
      ink: option.party,
      face: [
        digit(i),
        option.letter ? h('b', {'aria-hidden': 'true'}, option.letter) : null,
        h('span', {class: 'words'}, option.label),
      ],
    }));
    const levels = words.sures.map((label, i) => ({key: i, face: [digit(i), label]}));
    const answer = new Choice({
      label: question.stem, options: cards, chosen: bet.answer ?? null,
      kind: sizeOf(options), choose: key => this.#take(question, {answer: key}),
    });
    const sure = new Choice({
      label: words.sure, options: levels, chosen: bet.sure ?? null,
      choose: key => this.#take(question, {sure: key}),
    });
    const show = h('button', {type: 'button', class: 'srm-go', on: {click: () => this.#reveal(question)}}, words.show);
    const {link, given} = hintLink(question.hints, words);
    this.form = {answer, sure, show};
    this.stage.replaceChildren(
      answer.node,
      h('div', {class: 'srm-line'}, h('span', {class: 'srm-ask', 'aria-hidden': 'true'}, words.sure), sure.node),
      h('div', {class: 'srm-line'}, show, question.hints.length ? link : null),
      given,
    );
  }

  #take(question, part) {
    this.host.take(question.id, part);
    this.shown = this.#state();
    if (this.late) this.#tell(this.#missing(question));
  }

  #missing(question) {
    const {answer, sure} = this.host.bet(question.id);
    const has = question.options.some(option => option.key === answer);
    if (has && sure in this.words.sures) return '';
    return this.words[has ? 'missing_sure' : sure in this.words.sures ? 'missing_answer' : 'missing_both'];
  }

  #reveal(question) {
    const missing = this.#missing(question);
    this.late = true;
    if (missing) {
      this.#tell('');  // so that a screen reader says it once more
      setTimeout(() => this.late && this.#tell(this.#missing(question)), 50);
      return;
    }
    this.stage.querySelector('.srm-given').replaceChildren();
    const height = this.stage.offsetHeight;
    const whole = this.stage.parentElement.offsetHeight;
    this.host.take(question.id, {revealed: true});
    this.#show();
    const {say, right} = this.#chosen(question);
    this.#tell(`${right ? this.words.right : this.words.wrong}. ${say}`, true);
    // The line that said what is missing goes: the stage takes its place, so that the page does not jump.
    this.stage.style.minHeight = `${height}px`;
    const gone = Math.max(0, whole - this.stage.parentElement.offsetHeight);
    this.stage.style.minHeight = `${height + gone}px`;
    this.#focusStage();
  }

  #chosen(question) {
    return question.options.find(option => option.key === this.host.bet(question.id).answer);
  }

  // What the status line says; `seen` says it to screen readers only, where it stands in the page already.
  #tell(text, seen = false) {
    this.told.className = seen ? 'vh' : 'srm-told';
    this.told.textContent = text;
  }

  #drawResult({question}) {
    const {words} = this;
    const option = this.#chosen(question);
    const key = question.options.find(one => one.key === question.key);
    const same = option === key && !option.party;
    const more = [...option.more, ...question.facts];
    const panel = h('div', {class: 'srm-more', hidden: true}, facts(more));
    const open = h('button', {type: 'button', class: 'srm-link', 'aria-expanded': 'false', on: {click: () => {
      panel.hidden = !panel.hidden;
      open.setAttribute('aria-expanded', String(!panel.hidden));
    }}}, words.more);
    const {steps} = this;
    const to = this.#next(this.at + 1);
    const next = steps.length < 2 || to === this.at ? null : h(
      'button',
      {type: 'button', class: 'srm-go', on: {click: () => this.#go(to)}},
      steps[to].end ? words.to_end : steps[to].again ? words.to_again : words.next,
    );
    this.stage.replaceChildren(h(
      'div',
      {class: `srm-result ${option.right ? 'good' : 'bad'}`},
      h('p', {class: 'verdict', tabindex: -1}, h('b', {class: 'mark'}, `${option.right ? '✓' : '✗'} `,
        option.right ? words.right : words.wrong),
      h('span', {class: 'pair'}, `${words.yours}: `, answerOf(option)),
      same ? null : h('span', {class: 'pair'}, h('span', {'aria-hidden': 'true'}, '→ '), `${question.theirs}: `,
        answerOf(key))),
      h('p', {}, option.say),
    ), h('div', {class: 'srm-line'}, next, more.length ? open : null), panel);
  }

  // How many were right, and how sure the learner was of those and of the others; an estimate counts for nothing.
  #drawEnd() {
    const {words} = this;
    const all = this.steps.filter(step => step.question && !step.question.estimate).map(step => ({
      ...step, right: this.#outcome(step.question), sure: this.host.bet(step.question.id).sure,
    }));
    const first = all.filter(step => !step.again);
    const second = all.filter(step => step.again);
    const count = (text, some) => fill(text, {right: some.filter(step => step.right).length, all: some.length});
    const levels = words.sures.map((sure, i) => {
      const some = first.filter(step => step.sure === i);
      const text = fill(some.length === 1 ? words.sum_sure_one : words.sum_sure, {sure});
      return some.length ? h('li', {}, count(text, some)) : null;
    });
    const lost = first.filter(step => step.sure === words.sures.length - 1 && !step.right);
    const places = lost.map(({n}) => fill(words.number, {n})).join(', ');
    this.head.replaceChildren(h('h3', {tabindex: -1}, words.end));
    this.stage.replaceChildren(...[
      first.length ? h('p', {class: 'sum'}, count(words.sum, first)) : null,
      h('ul', {class: 'sures'}, levels),
      second.length ? h('p', {}, count(words.sum_again, second)) : null,
      lost.length ? h('p', {}, fill(words.sum_certain, {questions: places})) : null,
      this.round.told && fold(words.told, incident(this.round.told, this.host.content)),
    ].filter(Boolean));
  }

  #drawDots() {
    const {steps, words} = this;
    // A dot that is drawn anew loses the focus: only what changed is drawn, not at each word of the kernel.
    const drawn = ({question}) => [question?.id, question ? this.#outcome(question) : null];
    const now = JSON.stringify([this.at, steps.map(drawn)]);
    if (now === this.dotted) return;
    this.dotted = now;
    this.dots.hidden = steps.length < 2;
    this.dots.replaceChildren(...steps.map((step, i) => {
      const right = step.end ? null : this.#outcome(step.question);
      const name = step.end ? words.end : step.again ? words.to_again : fill(words.question, {n: step.n});
      const state = right === null ? words.open : right ? words.right : words.wrong;
      return h(
        'button',
        {
          type: 'button', class: right === null ? null : right ? 'good' : 'bad', title: name,
          'aria-label': step.end ? name : `${name}, ${state}`, 'aria-current': i === this.at ? 'step' : null,
          on: {click: () => { this.at = i; this.#show(); this.dots.children[i]?.focus(); }},
        },
        step.end ? '=' : step.again ? '↻' : String(step.n), right === null ? null : h('i', {}, right ? '✓' : '✗'),
      );
    }));
  }

  #go(i) {
    this.at = i;
    this.#show();
    this.#focusStage();
  }

  // Where the keyboard goes on: the first answer, the button under an outcome, or the heading of the end.
  #focusStage() {
    const to = this.form ? this.form.answer.node.querySelector('[tabindex="0"]')
      : this.stage.querySelector('.srm-go') ?? this.node.querySelector('[tabindex="-1"]');
    to.focus();
  }

  // A digit chooses an answer, then how sure; the focus goes to what comes next.
  #keys(event) {
    if (!this.form || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select')) return;
    // A French keyboard gives a digit only with Shift; what is on the key is a digit all the same.
    const n = Number(/^[1-9]$/.exec(event.key)?.[0] ?? /^Digit([1-9])$/.exec(event.code)?.[1] ?? 0) - 1;
    const {answer, sure, show} = this.form;
    const choice = sure.node.contains(event.target) ? sure : answer;
    if (n < 0 || n >= choice.options.length) return;
    event.preventDefault();
    choice.choose(n);
    (choice === sure ? show : sure.node.querySelector('[tabindex="0"]')).focus();
  }
}

const digit = i => h('kbd', {'aria-hidden': 'true'}, String(i + 1));

// Long answers, and those with a word that is long for its card, stand in two columns; others beside each other.
function sizeOf(options) {
  const longest = texts => Math.max(...texts.map(text => text.length));
  const labels = options.map(option => option.label);
  const long = longest(labels) > 24 || longest(labels.join(' ').split(' ')) > (options.length > 3 ? 7 : 14);
  return long ? 'cards long' : 'cards';
}

const answerOf = option => option.party
  ? h('i', {class: `k ${option.party}`}, option.letter ? h('b', {}, option.letter) : null, ` ${option.label}`)
  : h('b', {}, option.label);

// An incident on its matrix: the cells where it lies are lit, and below stand who failed and who answers.
function incident(told, content) {
  const cell = (sign, lit) => sign
    ? h('td', {class: `k ${inkOf(cellOf(sign, content).party)}${lit ? '' : ' dim'}`},
      h('div', {}, named(cellOf(sign, content), content.words)))
    : h('td', {}, lit ? h('div', {class: 'empty'}, '–') : '');
  return [
    h('table', {class: told.measured, style: told.measures},
      h('caption', {}, told.title),
      h('thead', {}, h('tr', {}, h('th', {class: 'a', scope: 'col'}, told.area), told.columns.map(column =>
        h('th', {scope: 'col'}, h('div', {}, h('span', {}, column.label)))))),
      h('tbody', {}, told.rows.map(row => h('tr', {}, h('th', {scope: 'row', title: row.about || null}, row.label),
        row.cells.map((sign, c) => cell(sign, row.lit.includes(c))))))),
    legend(told),
    h('p', {class: 'say'}, told.sentence),
    h('dl', {}, told.who.map(({term, cells}) => [h('dt', {}, term), h('dd', {}, cells.map(one =>
      [one.party ? badge(one.party, one.letter && h('b', {}, one.letter), ` ${one.text}`) : one.text, ' ']))])),
    facts(told.facts),
    h('p', {class: 'foot'}, told.foot),
  ];
}

define('srm-bet', Bet);
