// Where the browser keeps a learner's work: its own storage, or, where that is refused, only this page.
// A place is {read(), write(text), setAside(text)}; `write` throws where it cannot.

const STORE = 'shared-responsibility';

// The storage of the browser, or null where it is refused.
function browserStore() {
  try {
    const store = globalThis.localStorage;
    store.getItem(STORE);
    return store;
  } catch {
    return null;
  }
}

// The learners who share this browser, and which of them is here now.
export class Learners {
  #store = browserStore();
  #held = null;

  get #told() {
    try {
      const told = this.#held ?? JSON.parse(this.#store?.getItem(`${STORE}.learners`) ?? 'null');
      const all = (Array.isArray(told?.all) ? told.all : []).filter(one => typeof one?.id === 'string')
        .map(one => ({id: one.id, name: typeof one.name === 'string' ? one.name : ''}));
      if (all.length) return {all, now: all.some(one => one.id === told.now) ? told.now : all[0].id};
    } catch { /* what cannot be read is as if it were not there: the answers themselves lie elsewhere */ }
    return {all: [{id: 'first', name: ''}], now: 'first'};
  }

  #tell(told) {
    this.#held = told;
    try {
      this.#store?.setItem(`${STORE}.learners`, JSON.stringify(told));
      this.#held = this.#store ? null : told;
    } catch { /* held for this page */ }
  }

  get all() { return this.#told.all; }
  get now() { return this.all.find(one => one.id === this.#told.now); }

  choose(id) { this.#tell({...this.#told, now: id}); }

  add(name) {
    const id = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
    this.#tell({all: [...this.all, {id, name}], now: id});
  }

  rename(name) {
    const {id} = this.now;
    this.#tell({...this.#told, all: this.all.map(one => (one.id === id ? {id, name} : one))});
  }

  // Where the work of the learner who is here is kept.
  get place() { return storedPlace(this.#store, `${STORE}.${this.now.id}`); }
}

function storedPlace(store, key) {
  const refused = () => {
    if (!store) throw new Error('refused');
    return store;
  };
  return {
    read: () => (store ? store.getItem(key) : null),
    write: text => refused().setItem(key, text),
    remove: () => store?.removeItem(key),
    setAside: (text, when) => refused().setItem(`${key}.damaged-${when}`, text),
    heard: tell => addEventListener('storage', ({key: changed}) => { if (changed === key || !changed) tell(); }),
  };
}
