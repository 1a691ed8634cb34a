// <srm-standing>: where a learner stands, as `srm.progress()` shows it: each first answer, the latest one, how sure.

import {define, fill, h} from '../../../views/web/base.js';
import {CERTAIN, MASTERED, masteredIdeas, sureOf} from './answer_history.js';

// The predictions that make sense today, in the order of the questions; an estimate is none of them.
export function predictionsIn(kept, questions) {
  const found = [];
  for (const question of questions.values()) {
    const {answer, sure} = kept.bets?.[question.id] ?? {};
    if (!question.graded || question.fresh || !question.options.includes(answer)) continue;
    found.push({question, answer, sure: sureOf(sure), right: question.right.includes(answer)});
  }
  return found;
}

// How often each of the three was chosen, and how often it was right, as {told, right, all}.
export function howSure(made, words) {
  return words.sures.flatMap((name, sure) => {
    const some = made.filter(one => one.sure === sure);
    if (!some.length) return [];
    const right = some.filter(one => one.right).length;
    const text = some.length === 1 ? words.sum_sure_one : words.sum_sure;
    return [{told: fill(text, {sure: name, all: some.length, right}), right, all: some.length}];
  });
}

export const listOf = (items, lang) =>
  new Intl.ListFormat(lang === 'en' ? 'en-GB' : lang, {type: 'conjunction'}).format(items);

class Standing extends HTMLElement {
  #told = null;

  connectedCallback() {
    this.script ??= this.querySelector(':scope > script');
    this.lesson = JSON.parse(this.script?.textContent ?? '{}').lesson ?? null;
    this.#draw();
  }

  // {kept, histories, questions, now, words, ideas, lang}
  set told(told) {
    this.#told = told;
    this.#draw();
  }

  #draw() {
    if (!this.#told || !this.isConnected) return;
    const {kept, histories, questions, words, lang} = this.#told;
    const here = question => this.lesson === null || question.lesson === this.lesson;
    const made = predictionsIn(kept, questions).filter(one => here(one.question));
    const met = [...histories.values()].filter(one => here(one.question));
    const first = new Set(made.map(one => one.question.id));
    const again = met.filter(one => one.answers.length > 1 || !first.has(one.question.id));
    const lessons = [...new Set([...made, ...again].map(one => one.question.lesson))].sort((a, b) => a - b);
    this.replaceChildren(h('div', {class: 'srm', lang},
      h('p', {class: 'say'}, this.#sum(made)),
      lessons.length > 0 && this.#table(lessons, made, again),
      this.#sures(made),
      this.#later(met).map(line => h('p', {class: 'say'}, line)),
      h('p', {class: 'foot'}, words.standing.where)));
  }

  #sum(made) {
    const words = this.#told.words.standing;
    if (!made.length) return this.lesson === null ? words.none : fill(words.none_here, {lesson: this.lesson});
    const right = made.filter(one => one.right).length;
    const lost = made.filter(one => !one.right && one.sure === CERTAIN).length;
    const sum = fill(made.length === 1 ? words.sum_one : words.sum, {n: made.length, right});
    return lost ? `${sum} ${fill(lost === 1 ? words.certain_one : words.certain, {n: lost})}` : sum;
  }

  #table(lessons, made, again) {
    const {standing: words, bet} = this.#told.words;
    const head = text => h('th', {scope: 'col'}, text);
    const mark = (right, {stem}, said) => h('li', {class: right ? 'good' : 'bad', title: stem}, right ? '✓' : '✗',
      h('span', {class: 'vh'}, ` ${right ? bet.right : bet.wrong}: ${stem}${said ? ` ${said}` : ''}`));
    const marks = all => h('td', {}, all.length > 0 && h('ol', {class: 'marks'}, all));
    return h('table', {}, h('caption', {}, words.title),
      h('thead', {}, h('tr', {}, h('th', {class: 'a', scope: 'col'}, words.lesson), head(words.bets),
        again.length > 0 && head(words.latest))),
      h('tbody', {}, lessons.map(lesson => {
        const bets = made.filter(one => one.question.lesson === lesson);
        const right = bets.filter(one => one.right).length;
        const count = bets.length ? `: ${fill(words.of, {right, n: bets.length})}` : '';
        return h('tr', {}, h('th', {scope: 'row'}, `${words.lesson} ${lesson}${count}`),
          marks(bets.map(one => mark(one.right, one.question))),
          again.length > 0 && marks(again.filter(one => one.question.lesson === lesson).map(one =>
            mark(one.latest.right, one.question, one.streak > 1 && fill(words.in_a_row, {n: one.streak})))));
      })));
  }

  #sures(made) {
    const {words} = this.#told;
    const levels = howSure(made, words.bet);
    return levels.length > 0 && [h('p', {}, h('b', {}, words.standing.sures)),
      h('ul', {class: 'sures'}, levels.map(({told, right, all}) => {
        const bar = h('i');
        bar.style.width = `${Math.floor((100 * right) / all)}%`;
        return h('li', {}, h('span', {class: 'rate', 'aria-hidden': 'true'}, bar), h('span', {}, told));
      }))];
  }

  // What came of answering again: what is right day after day, what is mastered, and what is due.
  #later(met) {
    const {words: {standing: words}, ideas, now, lang} = this.#told;
    const streaks = met.map(one => one.streak).filter(streak => streak > 1);
    const mastered = masteredIdeas(new Map(met.map(one => [one.question.id, one])));
    const waiting = met.filter(one => one.isDue(now)).length;
    return [
      streaks.length > 0 && fill(streaks.length === 1 ? words.streak_one : words.streak,
        {n: streaks.length, days: Math.max(...streaks)}),
      mastered.length > 0 && fill(words.mastered, {ideas: listOf(mastered.map(idea => ideas[idea]), lang), n: MASTERED}),
      waiting > 0 && fill(waiting === 1 ? words.due_one : words.due, {n: waiting}),
    ].filter(Boolean);
  }
}

define('srm-standing', Standing);
