// Every answer to a question, and when the question comes back: the rules of `learning/answer_history.py`, which
// a test holds against these.

import {momentOf} from './progress_file.js';

const DAY = 86_400_000;
const COMES_BACK = [1, 3, 7, 14];  // days, by how many right answers stand in a row at the end
export const MASTERED = 3;  // cells in a row, each another one
const SOON = 600_000;  // certain and wrong: ten minutes, when the answer is off the screen
export const CERTAIN = 2;
const GUESS = 0;

class History {
  constructor(question, answers) {
    this.question = question;
    this.answers = answers;
    this.latest = answers.at(-1);
  }

  // How many days in a row, at the end, the answer was right and no guess.
  get streak() {
    const days = new Set();
    for (const one of this.answers.toReversed()) {
      if (!one.right) break;
      if (one.sure !== GUESS) days.add(Math.floor(one.when / DAY));
    }
    return days.size;
  }

  get urgent() { return !this.latest.right && this.latest.sure === CERTAIN; }

  get due() {
    const {when, right} = this.latest;
    if (this.urgent) return when + SOON;
    const step = right ? Math.min(Math.max(this.streak, 1), COMES_BACK.length) - 1 : 0;
    return when + COMES_BACK[step] * DAY;
  }

  // Also where the clock stood ahead of now when it was answered.
  isDue(now) { return !(this.latest.when <= now && now < this.due); }
}

export const sureOf = sure => ([0, 1, 2].includes(sure) ? sure : null);

// What was answered to each question, as far as it makes sense today; right or wrong is computed anew.
export function historiesOf(kept, questions) {
  const found = new Map();
  for (const question of questions.values()) {
    const tries = kept.answers?.[question.id]?.tries;
    if (!question.graded || !Array.isArray(tries)) continue;
    const answers = [];
    for (const one of tries) {
      const when = momentOf(one?.when);
      if (when === null || !question.options.includes(one.answer)) continue;
      answers.push({answer: one.answer, sure: sureOf(one.sure), when, right: question.right.includes(one.answer)});
    }
    if (answers.length) found.set(question.id, new History(question, answers));
  }
  return found;
}

// The questions to ask now, the most needed first; `before` is the lesson they come before, or null for all so far.
export function dueQuestions(found, questions, {now, before = null, seed = '', most = Infinity}) {
  const reached = Math.max(0, ...[...found.values()].map(one => one.question.lesson));
  const wanted = lesson => lesson >= 1 && (before === null ? lesson <= reached : lesson < before);
  const back = [...found.values()].filter(one => one.isDue(now) && wanted(one.question.lesson));
  back.sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.due - b.due);
  const asked = back.map(one => one.question).slice(0, most);
  if (asked.length >= most) return asked;
  const missed = new Set();
  for (const [idea, answers] of byIdea(found)) if (!answers.at(-1).right) missed.add(idea);
  const open = [...questions.values()].filter(one => one.waits && !found.has(one.id) && wanted(one.waits));
  const never = [false, true].flatMap(fresh => inTurn(open.filter(one => Boolean(one.fresh) === fresh), seed));
  never.sort((a, b) => Number(missed.has(b.idea)) - Number(missed.has(a.idea)));
  return [...asked, ...never].slice(0, most);
}

// The ideas of which the last three cells were right, and no guesses.
export function masteredIdeas(found) {
  return [...byIdea(found)].filter(([, answers]) => cellsInARow(answers) >= MASTERED).map(([idea]) => idea);
}

// When the next question comes back; null where nothing was answered, or all is due.
export function nextDue(found, now) {
  const ahead = [...found.values()].filter(one => !one.isDue(now)).map(one => one.due);
  return ahead.length ? Math.min(...ahead) : null;
}

// Every answer about a cell by what the cell is about, the oldest first.
function byIdea(found) {
  const ideas = new Map();
  for (const {question, answers} of found.values()) {
    if (!question.idea) continue;
    if (!ideas.has(question.idea)) ideas.set(question.idea, []);
    ideas.get(question.idea).push(...answers.map(one => ({...one, question: question.id})));
  }
  for (const answers of ideas.values()) answers.sort((a, b) => a.when - b.when);
  return ideas;
}

function cellsInARow(answers) {
  const cells = new Set();
  for (const one of answers.toReversed()) {
    if (!one.right) break;
    if (one.sure !== GUESS) cells.add(one.question);
  }
  return cells.size;
}

// A question of each lesson in turn, the newest lesson first; within a lesson in an order of this learner's own.
function inTurn(questions, seed) {
  const lessons = [...new Set(questions.map(one => one.lesson))].sort((a, b) => b - a);
  const lines = lessons.map(lesson => questions.filter(one => one.lesson === lesson)
    .map(one => [rankOf(`${seed} ${one.id}`), one]).sort(([a], [b]) => a - b).map(([, one]) => one));
  const longest = Math.max(0, ...lines.map(line => line.length));
  return Array.from({length: longest}, (_, i) => lines.map(line => line[i]).filter(Boolean)).flat();
}

// A number for a text that looks like chance: FNV-1a of 32 bits.
function rankOf(text) {
  let number = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) number = Math.imul(number ^ byte, 0x01000193) >>> 0;
  return number;
}
