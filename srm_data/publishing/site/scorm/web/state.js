// What a learner did, as the text that a learning platform keeps for a package: SCORM 1.2 keeps 4096 signs.
//
// A question is its place in a list that only grows, an answer its place among the options there, a time its day.
// So a later edition of the package reads what an earlier one wrote. What it does not know itself it keeps.

import {BitReader, BitWriter, sumOf, widthOf} from './bits.js';

export const LIMIT = 4096;

const MARK = 'srm';
const FORM = '1';
const DAY = 86_400_000;
const UNSURE = 3;  // an answer without how sure
const SEED = /^[0-9a-f]{8}$/;

export class UnreadableError extends Error {}
export class NewerError extends Error {}

const onlyDay = when => {
  const time = Date.parse(`${String(when).slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(time) ? 0 : Math.max(0, Math.min(time / DAY, 65_535));
};
const dayText = day => (day ? `${new Date(day * DAY).toISOString().slice(0, 10)}T00:00:00` : undefined);

const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const onlySecond = when => {
  const time = Date.parse(`${SECONDS.exec(when)?.[0] ?? ''}Z`) / 1000;
  return time > 0 && time < 2 ** 32 ? time : 0;
};
const secondText = second => (second ? new Date(second * 1000).toISOString().slice(0, 19) : undefined);

const sureOf = sure => ([0, 1, 2].includes(sure) ? sure : UNSURE);

// What is kept, as numbers: `bet` and `tries` of each question by its place. `left` are questions that have none.
function numbered(kept, list) {
  const places = new Map(list.map(([id], place) => [id, place]));
  const found = new Map();
  const left = [];
  for (const id of new Set([...Object.keys(kept.bets ?? {}), ...Object.keys(kept.answers ?? {})])) {
    const place = places.get(id);
    const number = one => {
      const option = list[place][1].indexOf(one?.answer);
      return option < 0 ? null : {option, sure: sureOf(one.sure), day: onlyDay(one.when)};
    };
    if (place === undefined) {
      left.push(id);
      continue;
    }
    const bet = number(kept.bets?.[id]);
    const tries = (kept.answers?.[id]?.tries ?? []).map(number).filter(Boolean);
    if (bet) bet.revealed = kept.bets[id].revealed ? 1 : 0;
    if (bet || tries.length) found.set(place, {bet, tries});
  }
  return {found, left};
}

const same = (one, other) => one && other
  && one.option === other.option && one.sure === other.sure && one.day === other.day;

// The answer that was first stands in `tries` too: it is not written twice. Of the others the last `depth` are.
function shortened({bet, tries}, depth) {
  const first = bet && same(bet, tries[0]);
  const others = first ? tries.slice(1) : tries;
  return {first, others: others.slice(-depth)};
}

function putAnswers(out, found, depth) {
  const places = [...found.keys()].sort((a, b) => a - b);
  const days = new Set();
  for (const one of found.values()) {
    if (one.bet) days.add(one.bet.day);
    shortened(one, depth).others.forEach(other => days.add(other.day));
  }
  days.delete(0);
  const known = [0, ...[...days].sort((a, b) => a - b)];
  const width = widthOf(known.length - 1);
  out.putSmall(known.length - 1);
  known.slice(1).forEach((day, i) => (i ? out.putSmall(day - known[i]) : out.put(day, 16)));
  const putOne = one => {
    out.put(one.option, 3);
    out.put(one.sure, 2);
    out.put(known.indexOf(one.day), width);
  };
  out.putSmall(places.length);
  places.forEach((place, i) => {
    const one = found.get(place);
    const {first, others} = shortened(one, depth);
    out.putSmall(place - (i ? places[i - 1] + 1 : 0));
    out.put(one.bet ? 1 : 0, 1);
    if (one.bet) {
      putOne(one.bet);
      out.put(one.bet.revealed, 1);
      out.put(first ? 1 : 0, 1);
    }
    out.putSmall(others.length);
    others.forEach(putOne);
  });
}

function getAnswers(from) {
  const known = [0];
  const count = from.getSmall();
  for (let i = 0; i < count; i++) known.push(i ? known[i] + from.getSmall() : from.get(16));
  const width = widthOf(count);
  const getOne = () => ({option: from.get(3), sure: from.get(2), day: known[from.get(width)]});
  const found = new Map();
  let place = -1;
  for (let left = from.getSmall(); left; left--) {
    place += from.getSmall() + 1;
    let bet = null;
    const tries = [];
    if (from.get(1)) {
      bet = {...getOne(), revealed: from.get(1)};
      if (from.get(1)) tries.push({option: bet.option, sure: bet.sure, day: bet.day});
    }
    for (let more = from.getSmall(); more; more--) tries.push(getOne());
    found.set(place, {bet, tries});
  }
  return found;
}

// A piece of work: its parts with what was written, the time to the second.
function putWork(out, [name, facts]) {
  const {when, ...parts} = facts;
  out.putText(name);
  out.put(onlySecond(when), 32);
  out.putSmall(Object.keys(parts).length);
  for (const [part, value] of Object.entries(parts)) {
    out.putText(part);
    out.put(typeof value === 'string' ? 1 : 0, 1);
    out.putText(typeof value === 'string' ? value : JSON.stringify(value));
  }
}

function getWork(from) {
  const name = from.getText();
  const when = secondText(from.get(32));
  const facts = {};
  for (let left = from.getSmall(); left; left--) {
    const part = from.getText();
    facts[part] = from.get(1) ? from.getText() : JSON.parse(from.getText());
  }
  return [name, when ? {...facts, when} : facts];
}

function written({token, found, seed, works, depth}) {
  const out = new BitWriter();
  out.put(token, 24);
  out.put(seed ? 1 : 0, 1);
  if (seed) out.put(parseInt(seed, 16), 32);
  putAnswers(out, found, depth);
  out.putSmall(works.length);
  works.forEach(work => putWork(out, work));
  return MARK + FORM + sumOf(out.text) + out.text;
}

// The text for the platform, and what had no place in it. First come the first answer to each question and the
// last one, then what the learner wrote, the newest first, then as many of the other answers as there is room for.
//
// `token` tells this attempt from others; `strangers` are answers that only a later edition can read.
export function encode(kept, list, token, strangers = new Map()) {
  const {found: ours, left} = numbered(kept, list);
  const found = new Map([...strangers, ...ours]);
  const {learner = {}, ...work} = kept.work ?? {};
  const {seed, ...about} = learner;
  const small = SEED.test(seed ?? '') ? seed : '';
  const every = Object.entries(work).sort(([, a], [, b]) => onlySecond(b.when) - onlySecond(a.when));
  const where = small ? about : learner;  // the page and the heading where the learner is
  if (Object.keys(where).length) every.unshift(['learner', where]);
  const write = (works, depth) => written({token, found, seed: small, works, depth});
  const fits = text => text.length <= LIMIT;

  const most = Math.max(1, ...[...found.values()].map(({tries}) => tries.length));
  const short = every.filter(one => JSON.stringify(one).length < 2 * LIMIT);  // others cannot fit
  const whole = short.length < every.length ? '' : write(every, most);
  if (whole && fits(whole)) return {text: whole, left, works: [], tries: 0};
  const works = [];
  for (const one of short) if (fits(write([...works, one], 1))) works.push(one);
  let [depth, above] = [1, most];
  while (depth < above) {
    const middle = Math.ceil((depth + above) / 2);
    if (fits(write(works, middle))) depth = middle;
    else above = middle - 1;
  }
  const text = write(works, depth);
  if (!fits(text)) throw new RangeError('too many questions');
  const tries = [...found.values()].reduce((sum, one) => {
    const {first, others} = shortened(one, depth);
    return sum + one.tries.length - others.length - (first ? 1 : 0);
  }, 0);
  return {text, left, works: every.filter(one => !works.includes(one)).map(([name]) => name), tries};
}

// What `encode` wrote. `list` says of each question its id, its options and which of them are right.
//
// Throws a `NewerError` for what a later kit wrote in another form, an `UnreadableError` for what is damaged.
export function decode(text, list) {
  if (!text.startsWith(MARK)) return null;  // nothing, or what another package left there
  if (text[MARK.length] !== FORM) throw new NewerError();
  const [sum, rest] = [text.slice(4, 6), text.slice(6)];
  if (sum !== sumOf(rest)) throw new UnreadableError();
  const from = new BitReader(rest);
  const token = from.get(24);
  const seed = from.get(1) ? from.get(32).toString(16).padStart(8, '0') : '';
  const kept = {version: 2, bets: {}, answers: {}, work: {}};
  const strangers = new Map();
  for (const [place, one] of getAnswers(from)) {
    const [id, options, right] = list[place] ?? [];
    if (!id || [one.bet, ...one.tries].some(each => each && each.option >= options.length)) {
      strangers.set(place, one);
      continue;
    }
    const told = ({option, sure, day}) => ({answer: options[option], sure: sure === UNSURE ? null : sure,
      ...(day ? {when: dayText(day)} : {})});
    if (one.bet) {
      kept.bets[id] = {...told(one.bet), right: right.includes(one.bet.option), revealed: Boolean(one.bet.revealed)};
    }
    if (one.tries.length) kept.answers[id] = {tries: one.tries.map(told)};
  }
  for (let left = from.getSmall(); left; left--) {
    const [name, facts] = getWork(from);
    kept.work[name] = facts;
  }
  if (seed) kept.work.learner = {...kept.work.learner, seed};
  return {token, kept, strangers};
}
