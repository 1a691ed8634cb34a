// What a learner did, in the shape of `progress.json`: read, changed and written as `learning/progress_file.py` does.

export const VERSION = 2;
const KEPT_KINDS = ['answers', 'bets', 'work'];
const LEARNER = 'learner';  // under "work": what is kept of the learner, not of an exercise

// Why a text is no progress file: "damaged", or "newer" for one of a later kit.
export class ProgressFault extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const isPlain = value => typeof value === 'object' && value !== null && !Array.isArray(value);

// What a text holds, by kind and name; what another program wrote beside it stays.
export function readProgress(text) {
  let kept;
  try {
    kept = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ProgressFault('damaged');
  }
  if (!isPlain(kept) || !Number.isInteger(kept.version)) throw new ProgressFault('damaged');
  if (kept.version > VERSION) throw new ProgressFault('newer');
  const found = {...kept};
  delete found.version;
  for (const kind of KEPT_KINDS) {
    found[kind] ??= {};
    if (!isPlain(found[kind]) || !Object.values(found[kind]).every(isPlain)) throw new ProgressFault('damaged');
  }
  const tries = Object.values(found.answers).map(facts => facts.tries ?? []);
  if (!tries.every(Array.isArray)) throw new ProgressFault('damaged');
  return kept.version > 1 ? found : {...found, answers: firstAnswers({}, found)};
}

// As Python writes it: keys in order, one blank a step.
export function progressText(kept) {
  return `${JSON.stringify(inOrder({...kept, version: VERSION}), null, 1)}\n`;
}

function inOrder(value) {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, inOrder(value[key])]));
}

const same = (one, other) => JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

// Tries of both, each once.
const bothTries = (here, there) => [...here, ...there.filter(one => !here.some(other => same(one, other)))];

// Lay a change over what is kept.
export function mergedProgress(kept, change) {
  const merged = {...kept};
  for (const kind of KEPT_KINDS) {
    merged[kind] = {...kept[kind]};
    for (const [name, facts] of Object.entries(change[kind] ?? {})) {
      const here = merged[kind][name] ?? {};
      merged[kind][name] = kind === 'answers'
        ? {...here, ...facts, tries: bothTries(here.tries ?? [], facts.tries ?? [])}
        : {...here, ...facts};
    }
  }
  return merged;
}

// The answers that a change tells of: predictions whose outcome is seen now, and was not before.
function firstAnswers(kept, change) {
  const first = {};
  for (const [name, facts] of Object.entries(change.bets ?? {})) {
    if (!facts.revealed || kept.bets?.[name]?.revealed) continue;
    first[name] = {tries: [{answer: facts.answer ?? null, sure: facts.sure ?? null, when: facts.when ?? null}]};
  }
  return first;
}

// The change that one prediction ("bets"), exercise ("work") or later answer ("answers") makes.
export function changeOf(kept, kind, name, facts, when) {
  const dated = {...facts, when};
  const change = {[kind]: {[name]: kind === 'answers' ? {tries: [dated]} : dated}};
  return kind === 'bets' ? {...change, answers: firstAnswers(kept, change)} : change;
}

// Two files of one learner as one. The first answer that was seen stays the first, the newer words count, and no
// answer goes.
export function joinedProgress(here, there) {
  const joined = {...there, ...here};
  for (const kind of KEPT_KINDS) {
    joined[kind] = {};
    for (const name of new Set([...Object.keys(here[kind] ?? {}), ...Object.keys(there[kind] ?? {})])) {
      const [ours, theirs] = [here[kind]?.[name], there[kind]?.[name]];
      joined[kind][name] = !ours ? theirs : !theirs ? ours : JOINED[kind](ours, theirs, name);
    }
  }
  return joined;
}

const whenOf = facts => momentOf(facts?.when) ?? Infinity;

const JOINED = {
  bets(ours, theirs) {
    if (Boolean(ours.revealed) !== Boolean(theirs.revealed)) return ours.revealed ? ours : theirs;
    if (ours.revealed) return whenOf(theirs) < whenOf(ours) ? theirs : ours;
    return (momentOf(theirs.when) ?? -Infinity) > (momentOf(ours.when) ?? -Infinity) ? theirs : ours;
  },
  answers(ours, theirs) {
    const tries = bothTries(ours.tries ?? [], theirs.tries ?? []);
    return {...theirs, ...ours, tries: tries.map((one, i) => [whenOf(one), i, one])
      .sort(([a, i], [b, j]) => (a === b ? i - j : a - b)).map(([, , one]) => one)};
  },
  work(ours, theirs, name) {
    const newer = (momentOf(theirs.when) ?? -Infinity) > (momentOf(ours.when) ?? -Infinity);
    const [older, latest] = newer ? [ours, theirs] : [theirs, ours];
    const both = {...older};
    for (const [part, text] of Object.entries(latest)) if (text || !both[part]) both[part] = text;
    if (name === LEARNER && (ours.seed || theirs.seed)) both.seed = ours.seed || theirs.seed;
    return both;
  },
};

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

// A time as the file keeps it, in milliseconds of the clock on the wall: no zone, so no hour is lost or doubled when
// summer time begins. null for what is no time.
export function momentOf(text) {
  const found = typeof text === 'string' ? TIME.exec(text) : null;
  if (!found) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(part => part && Number(part));
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second, found[7] ? Number(`0.${found[7]}`) * 1000 : 0);
  const exact = [year, month - 1, day, hour, minute, second];
  const given = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate(), wall.getUTCHours(),
    wall.getUTCMinutes(), wall.getUTCSeconds()];
  if (!same(exact, given) || year < 1 || year >= 9999) return null;
  if (!found[8]) return wall.getTime();
  const zone = found[8] === 'Z' ? 0 : Number(`${found[8][0]}1`)
    * (Number(found[8].slice(1, 3)) * 60 + Number(found[8].slice(-2)));
  return wallClock(new Date(wall.getTime() - zone * 60_000));
}

// The clock on the wall at a moment of the world, as `momentOf` counts it.
export function wallClock(date) {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(),
    date.getSeconds(), date.getMilliseconds());
}

// A moment as the file keeps it.
export const timeText = moment => new Date(moment).toISOString().slice(0, 19);

// What makes the choice of new questions this learner's own; "" where there is none yet.
export const seedOf = kept => String(kept.work?.[LEARNER]?.seed ?? '');

// The change that gives a learner a seed, or notes where they are; nothing where it is there already.
export function learnerChange(kept, facts = {}) {
  const had = kept.work?.[LEARNER] ?? {};
  const fresh = had.seed ? {} : {seed: [...crypto.getRandomValues(new Uint8Array(4))]
    .map(byte => byte.toString(16).padStart(2, '0')).join('')};
  return {work: {[LEARNER]: {...had, ...fresh, ...facts}}};
}

export const placeOf = kept => kept.work?.[LEARNER] ?? {};
