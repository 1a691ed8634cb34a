// One start of the package: what the platform keeps, with a copy in this browser, as a place to read and write.

import {NewerError, decode, encode} from './state.js';
import {bothCopies} from './two_copies.js';

const PAUSE = 1000;  // milliseconds until an answer is sent on: several in a row go together
const PREFIX = 'srm-scorm:';

const newToken = () => crypto.getRandomValues(new Uint32Array(1))[0] & 0xffffff;

// All but where the learner is: that changes at every scroll, and may wait.
function workOf({bets, answers, work = {}}) {
  const {learner, ...others} = work;
  return JSON.stringify([bets ?? {}, answers ?? {}, others]);
}

// The part of the questions that are marked: right, and answered at all. An answer counts once its outcome was seen.
export function scoreOf(kept, list, graded) {
  const seen = graded.filter(place => kept.bets?.[list[place][0]]?.revealed);
  const right = seen.filter(place => {
    const [id, options, accepted] = list[place];
    return accepted.includes(options.indexOf(kept.bets[id].answer));
  });
  return {
    raw: seen.length ? Math.round(100 * right.length / graded.length) : null,
    done: seen.length === graded.length,
  };
}

export class Session {
  #kept = {};
  #strangers;
  #later;
  #taken = null;  // whether the platform took the last text; null while it was given none
  #refused = false;  // whether the platform said no to what it was last asked to keep
  #damaged = false;
  #known = false;  // whether the platform keeps anything of this attempt

  // `about` is what the package says of itself; `storage` is that of the browser, or null; `tell` says a sentence.
  constructor(platform, about, storage, tell) {
    Object.assign(this, {platform, about, storage, tell});
    this.#begin();
  }

  #begin() {
    const {platform, about} = this;
    let held = null;
    try {
      held = decode(platform.state, about.questions);
    } catch (error) {
      if (error instanceof NewerError) this.newer = true;
      else {
        // A damaged text is set aside: what is kept from now on takes its place.
        this.setAside(platform.state, Date.now());
        this.#damaged = true;
      }
    }
    this.token = held?.token ?? this.#lastToken(this.newer || this.#damaged) ?? newToken();
    this.#strangers = held?.strangers;
    this.#known = Boolean(held);
    const copy = this.#copy();
    if (held || copy) this.#kept = bothCopies(held?.kept ?? {}, copy ?? {});
    this.text = held || copy ? JSON.stringify(this.#kept) : null;
    if (!this.#closed) platform.report(scoreOf(this.#kept, about.questions, about.graded));
    this.#say();
  }

  get #key() { return `${PREFIX}${this.token}`; }

  // Where stands which attempt of this learner was the last in this browser, and whether the platform keeps it.
  get #lastKey() { return `${PREFIX}last:${this.about.id}:${this.platform.learner}`; }

  // The attempt to go on with where the platform does not say: one that it never kept, or, when what it keeps
  // is there and cannot be read, the last one.
  #lastToken(unreadable) {
    const [token, known] = (this.#get(this.#lastKey) ?? '').split(' ');
    return token && (unreadable || known !== 'kept') ? Number(token) : undefined;
  }

  get #closed() { return this.platform.closed || this.newer; }

  #get(key) {
    try {
      return this.storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #put(key, value) {
    try {
      if (value === null) this.storage?.removeItem(key);
      else this.storage?.setItem(key, value);
      return Boolean(this.storage);
    } catch {
      return false;
    }
  }

  #copy() {
    try {
      const copy = JSON.parse(this.#get(this.#key));
      return copy && typeof copy === 'object' ? copy : null;
    } catch {
      return null;
    }
  }

  read() { return this.text; }

  // Keep everything anew. Throws where neither the platform nor this browser keeps it.
  write(text) {
    const kept = JSON.parse(text);
    const urgent = workOf(kept) !== workOf(this.#kept);
    this.#kept = kept;
    this.text = text;
    this.copied = this.#put(this.#key, text);
    this.#noteAttempt();
    // The page in the frame is told after this one that all is closed: its last words are in the copy.
    if (this.ended) return;
    if (!this.#closed) this.#send(urgent);
    this.#say();
    if (!this.copied && (this.#refused || this.#closed)) throw new Error(this.about.words.lost);
  }

  // Forget all of it: the learner begins again. That is another attempt, so that copies of the old one in other
  // browsers come back to nobody.
  remove() {
    this.#put(this.#key, null);
    this.token = newToken();
    this.#strangers = undefined;
    this.write(JSON.stringify({version: 2, bets: {}, answers: {}, work: {}}));
    this.text = null;
  }

  // Put a text aside that nobody can read, so that another one can take its place.
  setAside(text, when) { this.#put(`${PREFIX}damaged:${when}`, text); }

  #send(urgent) {
    const {platform, about} = this;
    try {
      this.packed = encode(this.#kept, about.questions, this.token, this.#strangers);
    } catch {
      this.packed = null;
    }
    this.#taken = Boolean(this.packed) && platform.set('cmi.suspend_data', this.packed.text);
    platform.report(scoreOf(this.#kept, about.questions, about.graded));
    if (!this.#taken) this.#hear(false);
    if (!urgent) return;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.commit(), PAUSE);
  }

  // Send on now what waits. A platform may keep a score and no answers.
  commit() {
    clearTimeout(this.#later);
    if (this.#closed || this.ended || this.#taken === null) return;
    const sent = this.platform.commit();
    this.#hear(sent && this.#taken);
    this.#say();
  }

  #hear(taken) {
    this.#refused = !taken;
    this.#known ||= taken;
    this.#noteAttempt();
  }

  #noteAttempt() { this.#put(this.#lastKey, `${this.token}${this.#known ? ' kept' : ''}`); }

  // Which page is open: the next start begins there.
  visit(address) {
    if (!this.#closed && address.length <= 255) this.platform.set('cmi.core.lesson_location', address);
  }

  end() {
    clearTimeout(this.#later);
    this.ended = true;
    this.platform.end();
  }

  // What a learner has to know, in sentences; none where the platform keeps everything.
  #say() {
    const {words} = this.about;
    const {packed} = this;
    const missing = this.copied === false;
    const full = packed && !this.#refused;
    this.tell([
      this.#damaged && words.damaged,
      this.newer && words.newer,
      !this.newer && this.platform.closed && words.review,
      this.#refused && words[missing ? 'lost' : 'refused'],
      full && (packed.works.length || packed.left.length) && words[missing ? 'texts_lost' : 'texts'],
      full && packed.tries && words[missing ? 'tries_lost' : 'tries'],
    ].filter(Boolean).join(' '));
  }
}
