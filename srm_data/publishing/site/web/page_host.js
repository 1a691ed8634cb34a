// The host of the components on a page of the site: answers come from the memory of the browser and go there, as a
// notebook has them from its kernel. A page brings `srmSite`: words, lessons and, packed, the questions.

import {fill, h} from '../../../views/web/base.js';
import {unpack} from '../../../views/web/unpack.js';
import {dueQuestions, historiesOf, nextDue, sureOf} from './answer_history.js';
import {knownFacts, markdownPage, pageToPrint, sayDay} from './hand_in_page.js';
import {clock, Memory} from './memory.js';
import {wireMyWork} from './my_work.js';
import {Learners} from './places.js';
import {placeOf, seedOf} from './progress_file.js';
import {saveFile} from './save_file.js';
import {scormPlace} from './scorm.js';

// The components that keep something.
const REMEMBERED = 'srm-bet, srm-own-words, srm-claim, srm-hand-in, srm-vote';

class PageHost {
  constructor(site, assets) {
    this.site = site;
    this.assets = assets;
    this.words = site.words;
    this.lang = site.lang;
    this.learners = new Learners();
    this.platform = scormPlace();  // a learning platform knows who is here, and keeps the work itself
    this.memory = new Memory(this.platform ?? this.learners.place, {...this.words.memory, ...this.platform?.words});
    if (this.platform) this.words.standing.where = this.platform.words.where;
    for (const part of document.querySelectorAll('[data-here]')) part.hidden = Boolean(this.platform);
    this.given = new Map();  // what was answered in each practice of this page: it begins with nothing
    document.addEventListener('srm-answer', event => this.#heard(event));
    document.addEventListener('srm-ask', event => this.#asked(event));
    document.addEventListener('srm-drawn', event => this.ready.then(() => this.#tell(event.target)));
    // These wait for their content: without it a component draws nothing.
    this.waiting = [...document.querySelectorAll('srm-bet[data-practice], srm-hand-in')].map(element => {
      const script = element.querySelector(':scope > script');
      script?.remove();
      if (element.localName === 'srm-hand-in') element.asks = 'page';
      return {element, script};
    });
    this.ready = this.#begin();
  }

  async #begin() {
    this.questions = new Map((await unpack(this.site.questions)).map(one => [one.id, one]));
    this.memory.listen(() => this.#tellAll());
    this.#tellAll();
    for (const {element, script} of this.waiting) {
      if (element.localName === 'srm-hand-in') await this.#drawHandIn(element, script);
      else await this.drawPractice(element, script);
    }
    this.#follow();
    wireMyWork(this);
  }

  // What every part of a page is told of what is kept.
  #told(kept = this.memory.kept) {
    const {questions, words, lang, site: {ideas}} = this;
    return {kept, questions, words, lang, ideas, now: clock(), histories: historiesOf(kept, questions)};
  }

  #tellAll() {
    const {kept} = this.memory;  // read once: it is asked for at every answer
    const made = this.#predictions(kept);
    for (const element of document.querySelectorAll(REMEMBERED)) this.#tell(element, kept, made);
    const standings = document.querySelectorAll('srm-standing');
    const told = standings.length ? this.#told(kept) : null;
    for (const element of standings) element.told = told;
    this.#tellPage(kept);
  }

  #tell(element, kept = this.memory.kept, made = this.#predictions(kept)) {
    if (!element.matches(REMEMBERED) || !element.content) return;
    if (element.localName === 'srm-vote') {
      const votes = Object.entries(kept.work ?? {}).filter(([name]) => element.keeps('work', name));
      element.answers = Object.fromEntries(votes);
    } else if (element.localName !== 'srm-bet') element.answers = kept.work?.[element.content.name] ?? {};
    else if (!element.dataset.practice) element.answers = made;
    else element.answers = Object.fromEntries(this.given.get(element) ?? []);
  }

  // The predictions that make sense today; right or wrong the component knows itself.
  #predictions(kept) {
    const found = {};
    for (const [id, {answer, sure, revealed}] of Object.entries(kept.bets ?? {})) {
      if (!this.questions.get(id)?.options.includes(answer)) continue;
      found[id] = {answer, sure: sureOf(sure), revealed: Boolean(revealed)};
    }
    return found;
  }

  // What stands on the page outside the components: a warning, where to go on, how far each lesson is.
  #tellPage(kept) {
    const warning = document.getElementById('memory');
    if (warning) {
      warning.textContent = this.memory.trouble;
      warning.hidden = !warning.textContent;
    }
    const {page, place} = placeOf(kept);
    const lesson = this.site.lessons.find(one => `${this.lang}/${one.page}` === page);
    for (const line of document.querySelectorAll('[data-continue]')) {
      line.hidden = !lesson;
      if (!lesson) continue;
      const href = place ? `${lesson.page}#${encodeURIComponent(place)}` : lesson.page;
      line.replaceChildren(h('a', {class: 'go', href}, fill(this.words.my_work.go_on, {lesson: lesson.title})));
    }
    for (const line of document.querySelectorAll('[data-answered]')) {
      const asked = this.site.lessons.find(one => one.page === line.dataset.answered)?.asked ?? [];
      const n = asked.filter(id => kept.bets?.[id]?.revealed).length;
      line.textContent = n ? fill(this.words.my_work.answered, {n, all: asked.length}) : '';
    }
  }

  #heard({target, detail: {kind, name, facts}}) {
    this.ready = this.ready.then(() => {
      const note = kind === 'work' ? this.#keepWords(name, facts) : this.#keepAnswer(target, kind, name, facts);
      target.note = note;
    });
  }

  #keepWords(name, facts) {
    const words = Object.fromEntries(Object.entries(facts).filter(([, text]) => typeof text === 'string'));
    return this.memory.record('work', name, words);
  }

  // A page only proposes: an answer of which the outcome was seen stays, also where another tab gave it.
  #keepAnswer(element, kind, name, facts) {
    const question = this.questions.get(name);
    if (!question?.options.includes(facts.answer)) return '';
    const sure = sureOf(facts.sure);
    const answer = {answer: facts.answer, sure, right: question.right.includes(facts.answer)};
    if (facts.revealed && sure !== null) answer.revealed = true;
    const given = element.dataset.practice ? this.given.get(element) : null;
    const before = given ? given.get(name) : this.#predictions(this.memory.kept)[name];
    if (before?.revealed && (before.answer !== answer.answer || before.sure !== sure)) {
      this.#tellAll();
      return fill(element.words.stands, {answer: labelOf(element.content, name, before.answer)});
    }
    if (!given) return this.memory.record(kind, name, answer);
    if (before?.revealed) return '';
    given.set(name, answer);
    if (!answer.revealed) return '';
    return this.memory.record('answers', name, {answer: answer.answer, sure});
  }

  // A part of the site that only some pages need.
  async load(name) {
    const parts = (globalThis.srmParts ??= {});
    if (!parts[name]) {
      await new Promise((done, failed) => {
        const src = new URL(`${name}-${this.lang}.js`, this.assets);
        document.head.append(h('script', {src: src.href, on: {load: done, error: failed}}));
      });
    }
    return unpack(parts[name]);
  }

  // The questions that are due for this learner; where none is, when there will be.
  async drawPractice(element, script) {
    const {most, before} = JSON.parse(element.dataset.practice);
    const {histories, now, kept} = this.#told();
    const asked = dueQuestions(histories, this.questions, {now, before, most, seed: seedOf(kept)});
    this.given.set(element, new Map());
    if (asked.length) {
      let practice;
      try {
        practice = await this.load('practice');
      } catch {  // a part of the site is missing: the questions that the page brings will do
        if (script) element.content = await contentOf(script);
        return;
      }
      const questions = asked.map(({id}) => practice.questions[id]);
      element.content = {...practice.stepper, rounds: [{questions}], practice: {most, before}};
      return;
    }
    const next = nextDue(histories, now);
    const day = next === null ? null : sayDay(next, this.words.months);
    const said = day ? fill(this.words.practise.later, {day}) : this.words.practise.nothing;
    element.replaceChildren(h('div', {class: 'srm', lang: this.lang}, h('p', {class: 'say'}, said)));
  }

  async #drawHandIn(element, script) {
    const content = await contentOf(script);
    try {
      this.known = await this.load('hand-in');
      const {facts} = knownFacts({...this.#told(), known: this.known});
      element.content = {...content, facts};
    } catch {  // without that part of the site the form is there, and its facts are not
      element.asks = false;
      element.content = content;
    }
    element.answers = this.memory.kept.work?.[content.name] ?? {};
  }

  // Write the learner's own page under its form.
  #asked({target, detail}) {
    if (target.localName !== 'srm-hand-in' || detail.do !== 'write') return;
    const {hand_in: words} = this.words;
    const says = detail.page;
    const {facts, missed} = knownFacts({...this.#told(), known: this.known});
    const sections = this.known.sections;
    const {svg, alt} = this.known.figures[says.figure] ?? Object.values(this.known.figures)[0];
    const stem = `hand-in-${this.lang}`;
    const page = pageToPrint({says, facts, words, sections, svg, lang: this.lang});
    const text = markdownPage({says, facts, missed, words, sections, picture: `${stem}.svg`, alt, data: this.known.data});
    const button = (label, does) =>
      h('button', {type: 'button', on: {click: does}}, label);
    this.written?.remove();
    this.written = h('div', {class: 'written'}, h('p', {role: 'status'}, words.ready),
      h('p', {class: 'buttons'}, button(words.print, () => printAlone(page)),
        button(words.save_markdown, () => saveFile(`${stem}.md`, text, 'text/markdown')),
        button(words.save_figure, () => saveFile(`${stem}.svg`, svg, 'image/svg+xml'))),
      page);
    target.after(this.written);
  }

  // Remember which lesson is open, and at which heading.
  #follow() {
    const here = this.site.lessons.find(one => location.pathname.endsWith(`/${this.lang}/${one.page}`));
    if (!here) return;
    const page = `${this.lang}/${here.page}`;
    const headings = [...document.querySelectorAll('main :is(h1, h2, h3)[id]')];
    const note = () => {
      const passed = headings.filter(one => one.getBoundingClientRect().top < innerHeight / 2);
      const place = passed.at(-1)?.id ?? '';
      this.memory.visit({page, place});
    };
    addEventListener('pagehide', note);
    document.addEventListener('scrollend', note);
    note();
  }
}

const contentOf = script =>
  script.type === 'text/plain' ? unpack(script.textContent) : JSON.parse(script.textContent);

function labelOf(content, id, answer) {
  const questions = content.rounds.flatMap(round => round.questions.flatMap(one => [one, one.repair ?? []].flat()));
  const option = questions.find(one => one.id === id)?.options.find(one => one.key === answer);
  return (option?.label ?? answer).replace(/\.+$/, '');
}

// Print one part of the page, and nothing around it.
function printAlone(part) {
  part.classList.add('alone');
  document.documentElement.classList.add('print-alone');
  addEventListener('afterprint', () => {
    part.classList.remove('alone');
    document.documentElement.classList.remove('print-alone');
  }, {once: true});
  print();
}

if (globalThis.srmSite) globalThis.srmHost = new PageHost(globalThis.srmSite, document.currentScript.src);
