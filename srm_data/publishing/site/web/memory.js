// The memory of the site: what the learner did, written at every answer, and told to every part of the page.

import {changeOf, joinedProgress, learnerChange, mergedProgress, placeOf, ProgressFault, progressText, readProgress,
  timeText, wallClock} from './progress_file.js';

export const clock = () => wallClock(new Date());

export class Memory {
  #place;
  #words;
  #held = {};  // what could not be written: it costs no answer while the page is open
  #aside = false;  // whether something damaged was put aside since the page was opened
  #heard = [];

  // `words` says what became of an answer: kept, full, refused, damaged, newer.
  constructor(place, words) {
    this.#place = place;
    this.#words = words;
    place.heard?.(() => this.#tell());
  }

  // Everything that is kept, or held for this page.
  get kept() {
    try {
      return mergedProgress(this.#read(), this.#held);
    } catch {
      return mergedProgress({}, this.#held);
    }
  }

  // Why nothing is kept, as a sentence; "" where all is well.
  get trouble() {
    try {
      this.#read();
      if (this.#place.read() === null) this.#place.write(progressText({}));
    } catch (error) {
      return this.#words[error instanceof ProgressFault ? `${error.why}_now` : why(error)];
    }
    return this.#aside ? this.#words.damaged : '';
  }

  // Keep one thing; what became of it comes back as a sentence.
  record(kind, name, facts) {
    const when = timeText(clock());
    return this.#change(kept => mergedProgress(kept, changeOf(kept, kind, name, facts, when)));
  }

  // Note where the learner is. What cannot be read waits for an answer.
  visit(facts) {
    if (this.trouble && !this.#aside) return;
    const had = placeOf(this.kept);
    if (Object.keys(facts).some(part => had[part] !== facts[part])) {
      this.#change(kept => mergedProgress(kept, learnerChange(kept, facts)));
    }
  }

  // Lay the text of a progress file beside what is here. Throws ProgressFault where it is none.
  add(text) {
    const there = readProgress(text);
    return this.#change(kept => joinedProgress(kept, there));
  }

  // Put back what was there before.
  restore(kept) { return this.#change(() => kept); }

  forget() {
    this.#held = {};
    this.#place.remove?.();
    this.#tell();
  }

  // What is saved as a file; `more` stands beside the answers.
  text(more = {}) { return progressText({...this.kept, ...more}); }

  listen(heard) { this.#heard.push(heard); }

  #tell() { for (const heard of this.#heard) heard(); }

  #read() {
    const text = this.#place.read();
    return text === null ? {} : readProgress(text);
  }

  // Another tab may have written since: each change is made on what is there at this moment. A file of a newer
  // kit stays as it is, a damaged one is set aside.
  #change(make) {
    let failed = '';
    try {
      let kept = {};
      try {
        kept = this.#read();
      } catch (fault) {
        if (!(fault instanceof ProgressFault)) throw fault;
        if (fault.why === 'newer') failed = this.#words.newer;
        else {
          this.#place.setAside(this.#place.read(), timeText(clock()));
          this.#aside = true;
        }
      }
      if (!failed) {
        kept = make(mergedProgress(kept, this.#held));
        this.#place.write(progressText(mergedProgress(kept, learnerChange(kept))));
        this.#held = {};
      }
    } catch (error) {
      failed = this.#words[why(error)];
    }
    if (failed) this.#held = make(this.#held);
    this.#tell();
    return failed || this.#words.kept;
  }
}

const why = error => (error.name === 'QuotaExceededError' ? 'full' : 'refused');
