// The controls of the page "Your work": name, save, load, another learner, start again.

import {fill, h} from '../../../views/web/base.js';
import {ProgressFault} from './progress_file.js';
import {saveFile} from './save_file.js';

const LARGEST = 2_000_000;  // of a file; who answers everything makes less than a tenth of it

// Tie the controls of the page to the memory of `host`; other pages have none.
export function wireMyWork(host) {
  const page = document.getElementById('my-work');
  if (page) new MyWork(page, host);
}

class MyWork {
  constructor(page, host) {
    this.host = host;
    this.words = host.words.my_work;
    this.page = page;
    this.said = page.querySelector('[data-said]');
    this.name = page.querySelector('[name=learner]');
    this.sure = page.querySelector('[data-sure]');
    this.files = page.querySelector('[data-do=save]').parentElement;
    const does = {
      save: () => this.#save(), undo: () => this.#undo(), again: () => this.#askAgain(true),
      'again-saved': () => { this.#save(); this.#again(); }, 'again-now': () => this.#again(),
      'again-not': () => this.#askAgain(false),
    };
    page.addEventListener('click', ({target}) => does[target.closest('[data-do]')?.dataset.do]?.());
    page.querySelector('[data-load]').addEventListener('change', event => this.#load(event.target));
    page.querySelector('[data-new]').addEventListener('submit', event => this.#add(event));
    this.name.value = host.learners.now.name;
    this.name.addEventListener('change', () => {
      host.learners.rename(this.name.value.trim());
      this.#list();
    });
    this.#list();
  }

  get learner() { return this.host.learners.now.name; }

  #save() {
    const name = this.learner;
    // Signs that a file name may not hold on some system, and dots that would hide it.
    const safe = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').replace(/^[.\s]+|[.\s]+$/g, '').replace(/\s+/g, ' ');
    const file = safe ? `${safe} - progress.json` : 'progress.json';
    saveFile(file, this.host.memory.text(name ? {learner: name} : {}), 'application/json');
    this.#say(fill(this.words.saved, {file}), this.files);
  }

  // What is in a file is laid beside what is here: nothing goes, and it can be undone.
  async #load(input) {
    const [file] = input.files;
    if (!file) return;
    input.value = '';
    const text = file.size > LARGEST ? '' : await file.text();
    const before = this.host.memory.kept;
    try {
      const failed = this.host.memory.add(text);
      this.before = before;
      this.#named(this.host.memory.kept.learner);
      const n = Object.keys(this.host.memory.kept.bets ?? {}).length;
      const kept = failed === this.host.words.memory.kept ? '' : failed;
      this.#say([fill(this.words[n === 1 ? 'loaded_one' : 'loaded'], {file: file.name, n}), kept]
        .filter(Boolean).join(' '), this.files, true);
    } catch (error) {
      if (!(error instanceof ProgressFault)) throw error;
      this.#say(fill(this.words[`load_${error.why}`], {file: file.name}), this.files);
    }
    await this.#practiseAnew();
  }

  // A file tells whose it is; a name that was typed here stays.
  #named(name) {
    if (this.learner || typeof name !== 'string') return;
    this.host.learners.rename(name);
    this.name.value = name;
    this.#list();
  }

  async #undo() {
    this.host.memory.restore(this.before);
    this.#say(this.words.undone, this.files);
    await this.#practiseAnew();
  }

  async #practiseAnew() {
    for (const element of this.page.querySelectorAll('srm-bet[data-practice]')) {
      const fresh = h('srm-bet', {'data-practice': element.dataset.practice});
      element.replaceWith(fresh);
      await this.host.drawPractice(fresh);
    }
  }

  #askAgain(asks) {
    this.sure.hidden = !asks;
    const to = asks ? this.sure.querySelector('button') : this.page.querySelector('[data-do=again]');
    to.focus();
  }

  #again() {
    this.host.memory.forget();
    this.sure.hidden = true;
    this.#say(this.words.begun, this.sure);
    this.page.querySelector('[data-do=again]').focus();
    this.#practiseAnew();
  }

  #add(event) {
    event.preventDefault();
    const field = event.target.elements.newcomer;
    const name = field.value.trim();
    if (!name) {
      this.#say(this.words.no_name, event.target);
      field.focus();
      return;
    }
    this.host.learners.add(name);
    location.reload();
  }

  // Everybody who shares this browser, as buttons; with one learner there is nothing to choose.
  #list() {
    const {all, now} = this.host.learners;
    const list = this.page.querySelector('[data-learners]');
    list.hidden = all.length < 2;
    list.replaceChildren(...all.map(({id, name}) => h('li', {}, h('button', {
      type: 'button', 'aria-pressed': String(id === now.id), on: {click: () => {
        this.host.learners.choose(id);
        location.reload();
      }},
    }, name || this.words.nameless))));
  }

  // Say what became of it, under the controls that were used.
  #say(text, under, undo = false) {
    this.said.querySelector('span').textContent = text;
    this.said.querySelector('button').hidden = !undo;
    if (under) under.after(this.said);
  }
}
