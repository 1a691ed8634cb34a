// <srm-vote>: a question for the whole room, voted on twice with a talk between. The numbers that somebody types
// stay hidden until the second round closes; then both rounds stand beside each other, with the answer.

import {Component, define, facts, fill, fold, h, newId, setText} from './base.js';
import {
  badgeOf, clockOf, countsIn, handsIn, inkIn, momentOfVote, nameOf, percentOf, roomField, rowOf, stampOf, sumOf, tableOf,
} from './vote_parts.js';

const MOST_HANDS = 999;
const DATES = {en: 'en-GB', nl: 'nl'};  // "30 November 2026", as everywhere in the kit
const TALK_SECONDS = 120;
const SAME_LESSON = 3 * 60 * 60 * 1000;  // milliseconds in which a vote that was broken off goes on

class Vote extends Component {
  #kept = {};  // by the name of a vote: its class, and the hands of each round
  #ballots = [];

  draw() {
    const {words} = this;
    this.at = 0;
    const [label, room] = roomField(words, () => this.#ballots[this.at].called());
    this.field = room;
    const full = document.fullscreenEnabled && h('button', {type: 'button', class: 'srm-quiet', on: {click: () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else this.requestFullscreen();
    }}}, words.full);
    this.addEventListener('fullscreenchange', () => setText(full, document.fullscreenElement ? words.not_full : words.full));
    this.dots = h('div', {class: 'srm-dots', role: 'group', 'aria-label': words.questions});
    this.place = h('div');
    this.replaceChildren(h('div', {class: 'srm-vote'},
      h('div', {class: 'srm-line srm-top'}, this.dots, h('div', {class: 'srm-pick'}, label, room), full),
      this.place));
    this.show(0);
  }

  // Another question; each keeps its own state.
  show(i) {
    this.at = i;
    this.#ballots[i] ??= new Ballot(this, this.content.questions[i], i);
    this.#drawDots();
    this.place.replaceChildren(this.#ballots[i].node);
  }

  // The class that votes now.
  get room() { return this.field.value.trim(); }

  // What is kept, as its host tells it.
  set answers(kept) {
    for (const [name, vote] of Object.entries(kept ?? {})) this.#kept[name] = {...vote};
    this.#ballots[this.at]?.renew();
  }

  keeps(kind, name) {
    return kind === 'work' && this.content.questions.some(question => name.startsWith(`vote.${question.id}.`));
  }

  // Keep a vote. Without a host that does, it is known as long as the page is open.
  take(name, vote) {
    this.#kept[name] = {...this.#kept[name], ...vote};
    this.keep('work', name, vote);
  }

  // The votes on a question that were not cancelled, the first one first.
  votes({id, options}) {
    const start = `vote.${id}.`;
    return Object.entries(this.#kept).filter(([name, vote]) => name.startsWith(start) && !vote.cancelled)
      .map(([name, vote]) => ({
        name, when: momentOfVote(name.slice(start.length)), room: vote.class ?? '',
        one: countsIn(vote.one, options), two: countsIn(vote.two, options),
      })).filter(({when}) => when).sort((a, b) => a.when - b.when);
  }

  // A name for a new vote, which no other vote has.
  nameFor({id}) {
    const name = when => `vote.${id}.${stampOf(new Date(when))}`;
    let when = Date.now();
    while (name(when) in this.#kept) when += 1000;
    return name(when);
  }

  #drawDots() {
    const {questions} = this.content;
    this.dots.hidden = questions.length < 2;
    this.dots.replaceChildren(...questions.map((_, i) => h('button', {
      type: 'button', 'aria-label': fill(this.words.question, {n: i + 1}), 'aria-current': i === this.at ? 'step' : null,
      on: {click: () => { this.show(i); this.dots.children[i].focus(); }},
    }, String(i + 1))));
  }
}

class Ballot {
  constructor(host, question, n) {
    this.host = host;
    this.words = host.words;
    this.question = question;
    this.n = n;
    this.node = h('section', {'aria-label': question.stem});
    const last = host.votes(question).at(-1);
    // A page that was loaded again in the middle of a vote goes on with it.
    const goesOn = last?.one && !last.two && Date.now() - last.when < SAME_LESSON;
    if (goesOn) {
      Object.assign(this, {name: last.name, room: last.room, one: last.one, two: null});
      host.field.value ||= last.room;
    } else this.#empty();
    this.#go(goesOn ? 'talk' : 'one');
  }

  // Tell the host what there is of this vote so far.
  send() {
    const {name, room, one, two, question: {options}} = this;
    const said = counts => counts ? options.map(({key}, i) => `${key} ${counts[i]}`).join(', ') : '';
    this.host.take(name, {class: room, one: said(one), two: said(two), cancelled: ''});
  }

  // The class was typed. A vote that is over keeps the class that it has: the next one may be about to vote.
  called() {
    if (!this.name || (this.room && this.two)) return;
    this.room = this.host.room;
    this.send();
  }

  // Another vote on this question may have become known.
  renew() {
    if (this.step === 'both') this.earlier.replaceChildren(...this.#earlier());
  }

  #empty() { Object.assign(this, {name: '', room: '', one: null, two: null}); }

  #go(step, focus = false) {
    clearInterval(this.ticking);
    this.step = step;
    this.told = h('p', {role: 'status', class: 'srm-told'});
    this.fields = [];
    const parts = {one: () => this.#round(0), talk: () => this.#talk(), two: () => this.#round(1),
      both: () => this.#both(), correct: () => this.#correct(), cancelled: () => this.#cancelled()}[step]();
    this.node.replaceChildren(...[this.#head(), parts].flat(Infinity).filter(Boolean));
    if (focus) (this.fields[0]?.field ?? this.node.querySelector(step === 'talk' ? '.srm-go' : 'h3')).focus();
  }

  #head() {
    const {words, question: {story, stem, place}} = this;
    const titles = {one: words.round_one, talk: words.talk, two: words.round_two, both: words.both,
      correct: words.correct, cancelled: words.cancel};
    const {questions} = this.host.content;
    const n = questions.length > 1 && `${fill(words.of, {n: this.n + 1, all: questions.length})} · `;
    return [
      h('h3', {tabindex: -1}, n, titles[this.step]),
      story && h('p', {class: 'story'}, h('b', {}, story.title), ' ', story.text),
      h('p', {class: 'stem'}, stem),
      place && h('p', {class: 'foot'}, place),
    ];
  }

  #button(text, click, kind = 'srm-quiet') { return h('button', {type: 'button', class: kind, on: {click}}, text); }

  // The answers, each with its letter and, where `beside` makes one, a control.
  #options(beside = () => null) {
    return h('ol', {class: 'srm-options'}, this.question.options.map((option, i) => h('li', {},
      badgeOf(option), h('span', {class: 'words'}, option.label), beside(option, i))));
  }

  #round(n) {
    const {words} = this;
    const counted = (n ? this.two : this.one) ?? [];
    const list = this.#options((option, i) => this.#counter(option, counted[i], fill(words.hands, {answer: nameOf(option)})));
    list.classList.add('covered');
    const show = this.#button(words.show_typed, () => {
      const covered = list.classList.toggle('covered');
      setText(show, covered ? words.show_typed : words.hide_typed);
    });
    const close = this.#button(n ? words.close_two : words.close_one, () => this.#close(n), 'srm-go');
    this.last = close;
    return [
      h('p', {class: 'do'}, n ? words.do_two : words.do_one), list,
      h('div', {class: 'srm-line'}, close, show, this.name && this.#button(words.cancel, () => this.#cancel())),
      this.told,
    ];
  }

  #close(n) {
    const counts = this.#read(this.fields);
    if (!counts) return;
    this[n ? 'two' : 'one'] = counts;
    this.name ||= this.host.nameFor(this.question);
    if (!this.two) this.room = this.host.room;
    this.send();
    this.#go(n ? 'both' : 'talk', true);
  }

  #talk() {
    const {words} = this;
    const n = sumOf(this.one);
    const clock = h('b', {role: 'timer', class: 'clock'}, clockOf(TALK_SECONDS));
    const run = this.#button(words.start, () => {
      if (this.ticking) {
        clearInterval(this.ticking);
        this.ticking = null;
        setText(clock, clockOf(TALK_SECONDS));
      } else {
        const end = Date.now() + TALK_SECONDS * 1000;
        setText(this.told, '');
        this.ticking = setInterval(() => {
          const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
          setText(clock, clockOf(left));
          if (left) return;
          clearInterval(this.ticking);
          this.ticking = null;
          setText(run, words.start);
          setText(this.told, words.over);
        }, 250);
      }
      setText(run, this.ticking ? words.stop : words.start);
    });
    this.ticking = null;
    const id = newId();
    const go = this.#button(words.to_two, () => this.#go('two', true), 'srm-go');
    go.setAttribute('aria-describedby', id);  // the focus is here: so the number is heard too
    return [
      h('p', {id, class: 'sum'}, n === 1 ? words.counted_one : fill(words.counted, {n})),
      h('p', {class: 'do'}, words.do_talk),
      this.#options(),
      h('div', {class: 'srm-line'}, go, clock, run,
        this.#button(words.correct_one, () => this.#go('one', true)), this.#button(words.cancel, () => this.#cancel())),
      this.told,
    ];
  }

  // Both rounds beside each other: a bar is as long as its share of the hands of that round.
  #both() {
    const {words, question} = this;
    const right = question.options.filter(option => option.right);
    const others = question.options.filter(option => !option.right);
    const {questions} = this.host.content;
    const next = this.n + 1 < questions.length && this.#button(words.next, () => {
      this.host.show(this.n + 1);
      this.host.querySelector('h3').focus();
    }, 'srm-go');
    this.earlier = h('div', {}, this.#earlier());
    return [
      this.#bars(),
      h('div', {class: 'srm-result'},
        h('p', {class: 'verdict'}, h('b', {}, `${question.theirs}: `), right.map(option => [badgeOf(option), ` ${option.label} `])),
        h('p', {}, right[0].say)),
      facts([...right[0].more, ...question.facts]),
      h('div', {class: 'srm-line'}, next, this.#button(words.again, () => { this.#empty(); this.#go('one', true); }),
        this.#button(words.correct, () => this.#go('correct', true)), this.#button(words.cancel, () => this.#cancel())),
      fold(words.others, facts(others.map(option => ({term: nameOf(option), text: option.say})))),
      this.earlier,
    ];
  }

  #bars() {
    const {words, question: {options}} = this;
    const rounds = [[words.one, this.one], [words.two, this.two]].map(([name, counts]) => ({
      counts, all: sumOf(counts), name,
    }));
    return tableOf('srm-bars',
      [words.answers, ...rounds.map(({name, all}) =>
        `${name}: ${all === 1 ? words.hands_one : fill(words.hands_all, {n: all})}`)],
      options.map((option, i) => rowOf(
        [badgeOf(option), h('span', {class: 'words'}, option.label,
          option.right && h('b', {class: 'mark'}, ` ✓ ${words.right}`))],
        rounds.map(({counts, all, name}) => [h('small', {class: 'which', 'aria-hidden': 'true'}, name), h('div', {class: 'bar'},
          h('b', {'aria-hidden': 'true'}, option.letter),
          h('i', {class: inkIn(option), style: `width:${100 * counts[i] / all}%`, hidden: !counts[i]}),
          h('span', {}, fill(words.share, {n: counts[i], share: percentOf(counts, i)})))]),
        option.right ? 'right' : null)));
  }

  // Every earlier vote on this question, to lay classes beside each other.
  #earlier() {
    const {words, question} = this;
    const all = this.host.votes(question).filter(vote => vote.two && vote.name !== this.name);
    if (!all.length) return [];
    return [fold(words.earlier, tableOf('srm-earlier',
      [words.class, ...question.options.map(option =>
        [badgeOf(option), option.right && ' ✓', h('span', {class: 'vh'}, option.label)])],
      all.map(vote => rowOf(
        [vote.room || words.no_class, h('small', {}, vote.when.toLocaleDateString(DATES[this.host.lang],
          {day: 'numeric', month: 'long', year: 'numeric'}))],
        question.options.map((_, i) =>
          fill(words.moved, {one: percentOf(vote.one, i), two: percentOf(vote.two, i)}))))))];
  }

  #correct() {
    const {words, question: {options}} = this;
    const rounds = [words.one, words.two];
    const [label, room] = roomField(words);
    room.value = this.room;
    const made = [this.one, this.two].map((counts, r) => options.map((option, i) =>
      this.#counter(option, counts[i], `${rounds[r]}, ${fill(words.hands, {answer: nameOf(option)})}`)));
    const save = this.#button(words.save, () => {
      const half = this.fields.length / 2;
      const one = this.#read(this.fields.slice(0, half)), two = one && this.#read(this.fields.slice(half));
      if (!two) return;
      Object.assign(this, {one, two, room: room.value.trim()});
      this.send();
      this.#go('both', true);
    }, 'srm-go');
    this.last = save;
    return [
      h('div', {class: 'srm-pick'}, label, room),
      tableOf('srm-correct', [words.answers, ...rounds], options.map((option, i) => rowOf(
        [badgeOf(option), h('span', {class: 'words'}, option.label)],
        made.map((counters, r) => [h('small', {class: 'which', 'aria-hidden': 'true'}, rounds[r]), counters[i]])))),
      h('div', {class: 'srm-line'}, save, this.#button(words.back, () => this.#go('both', true))), this.told,
    ];
  }

  #cancel() {
    this.host.take(this.name, {cancelled: 'yes'});
    this.#go('cancelled', true);
  }

  #cancelled() {
    const {words} = this;
    return [
      h('p', {class: 'do'}, words.cancelled),
      h('div', {class: 'srm-line'},
        this.#button(words.again, () => { this.#empty(); this.#go('one', true); }, 'srm-go'),
        this.#button(words.undo, () => { this.send(); this.#go(this.two ? 'both' : 'talk', true); })),
    ];
  }

  // A field for the hands of one answer, with a button on each side of it.
  #counter(option, counted, label) {
    const {words} = this;
    const field = h('input', {
      type: 'text', inputmode: 'numeric', maxlength: 3, autocomplete: 'off', class: 'srm-hands', 'aria-label': label,
      on: {
        input: () => field.removeAttribute('aria-invalid'),
        keydown: event => {
          const step = {ArrowUp: 1, ArrowDown: -1}[event.key];
          if (event.ctrlKey || event.metaKey || event.altKey || !(step || event.key === 'Enter')) return;
          event.preventDefault();
          if (step) change(step);
          else (this.fields[this.fields.findIndex(one => one.field === field) + 1]?.field ?? this.last).focus();
        },
      },
    });
    field.value = counted ?? '';
    const change = step => {
      const n = handsIn(field.value) ?? 0;
      field.value = String(Math.min(MOST_HANDS, Math.max(0, n + step)));
      field.removeAttribute('aria-invalid');
    };
    this.fields.push({field, option});
    const by = (sign, step, text) => h('button', {type: 'button', class: 'srm-step', title: text,
      'aria-label': `${text}: ${label}`, on: {click: () => change(step)}}, sign);
    return h('span', {class: 'srm-counter'}, by('−', -1, words.less), field, by('+', 1, words.more_hands));
  }

  // The hands in some fields; nothing where one of them is no number or all of them are empty, which is said.
  #read(fields) {
    const {words} = this;
    const counts = fields.map(({field}) => handsIn(field.value));
    const wrong = fields[counts.indexOf(null)];
    const fault = wrong ? fill(words.no_number, {letter: wrong.option.letter}) : sumOf(counts) ? '' : words.no_hands;
    setText(this.told, fault);
    if (!fault) return counts;
    const {field} = wrong ?? fields[0];
    if (wrong) field.setAttribute('aria-invalid', 'true');
    field.focus();
    return null;
  }
}

define('srm-vote', Vote);
