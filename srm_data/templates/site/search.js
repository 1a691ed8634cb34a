// Search in the pages of one language, without a network: the index is a script that is loaded at the first
// use of the box, since a page from a file may not fetch one.
(function () {
  'use strict';
  const form = document.querySelector('.search');
  if (!form) return;
  const box = form.querySelector('input');
  const panel = form.querySelector('.found');
  const seen = panel.querySelector('p');
  const heard = form.querySelector('[role=status]');
  const list = panel.querySelector('ul');
  const words = JSON.parse(form.dataset.words);
  const MOST = 20;
  let entries = null;
  let asked = false;

  /** Says how it stands, to eyes and to a screen reader, which does not follow what was hidden until now. */
  function tell(said) {
    seen.textContent = said;
    heard.textContent = said;
  }

  /** Without capitals and accents: "één" is "een". */
  function bare(text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  }

  function parts(text) {
    return bare(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement('script');
    script.src = form.dataset.index;
    script.onload = () => {
      const {kinds, found} = window.srmSearchIndex;
      entries = found.map(([kind, title, where, address, text]) => ({
        kind: kinds[kind], rank: kind, title, where, address, text,
        inTitle: parts(title), inWhere: parts(where), inText: parts(text),
      }));
      show();
    };
    script.onerror = () => {
      asked = false;
      tell(words.failed);
    };
    document.head.append(script);
  }

  /** How well an entry fits: every word of the question begins a word in it, best one of its title. */
  function score(entry, wanted) {
    let sum = 0;
    for (const word of wanted) {
      if (entry.inTitle.includes(word)) sum += 20;
      else if (entry.inTitle.some((one) => one.startsWith(word))) sum += 12;
      else if (entry.inWhere.some((one) => one.startsWith(word))) sum += 8;
      else if (entry.inText.includes(word)) sum += 3;
      else if (entry.inText.some((one) => one.startsWith(word))) sum += 1;
      else return 0;
    }
    const whole = entry.inTitle.join(' ') === wanted.join(' ') ? 30 : 0;
    return sum + whole - entry.inTitle.length / 10 - entry.rank / 20;
  }

  function show() {
    const wanted = parts(box.value);
    panel.hidden = !wanted.length;
    if (!wanted.length) {
      list.replaceChildren();
      tell('');
      return;
    }
    if (!entries) {
      tell(words.loading);
      return;
    }
    const fits = entries.map((entry) => [score(entry, wanted), entry]).filter(([points]) => points > 0);
    fits.sort((a, b) => b[0] - a[0]);
    list.replaceChildren(...fits.slice(0, MOST).map(([, entry]) => line(entry, wanted)));
    const n = fits.length;
    const sentence = n === 0 ? words.none : n === 1 ? words.one : n > MOST ? words.more : words.many;
    tell(sentence.replace('{n}', n).replace('{most}', MOST).replace('{asked}', box.value.trim()));
  }

  function line(entry, wanted) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = entry.address;
    add(link, 'small', [entry.kind, entry.where].filter(Boolean).join(' · '));
    add(link, 'b', entry.title);
    add(link, 'span', around(entry.text, wanted));
    item.append(link);
    return item;
  }

  function add(parent, tag, text) {
    if (!text) return;
    const made = document.createElement(tag);
    made.textContent = text;
    parent.append(made);
  }

  /** The words around the first hit in a text. */
  function around(text, wanted) {
    const low = bare(text);
    const places = wanted.map((word) => low.search(new RegExp(`(^|[^\\p{L}\\p{N}])${word}`, 'u')));
    const first = Math.max(0, Math.min(...places.filter((place) => place >= 0), text.length));
    const from = first > 60 && first < text.length ? text.indexOf(' ', first - 50) + 1 : 0;
    const to = from + 140 < text.length ? text.lastIndexOf(' ', from + 140) : text.length;  // no word is cut
    return (from ? '… ' : '') + text.slice(from, to) + (to < text.length ? ' …' : '');
  }

  function close() {
    panel.hidden = true;
    box.value = '';
    box.focus();
  }

  const links = () => [...list.querySelectorAll('a')];

  /** Arrows walk: from the box into the results and back. */
  function walk(step) {
    const all = [box, ...links()];
    const at = all.indexOf(document.activeElement);
    all[Math.min(Math.max(at + step, 0), all.length - 1)].focus();
  }

  box.addEventListener('focus', load);
  box.addEventListener('input', show);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  form.addEventListener('keydown', (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) walk(step);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', () => { panel.hidden = true; });
  document.addEventListener('click', (event) => {
    if (!form.contains(event.target)) panel.hidden = true;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    event.preventDefault();
    box.focus();
  });
})();
