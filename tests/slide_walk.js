// Walks through every slide of a deck, its steps, and the states of its controls. Evaluates to `walk(most)`, which
// returns what is wrong, and `probe(slide)`, which does so for one slide as it stands. Controls that have at most so
// many states together are set together; with more, each is moved alone; with 0 they stay as they are.
(() => {
  const NEAR = 2;       // pixels that do not matter
  // Pixels of text on a slide of 1600 × 900: 14 points; 10 for a source, and as drawn for a figure.
  const SMALLEST = 23.4, SOURCE = 16.6;
  const CONTROLS = 'input, select, summary, button, textarea, a[href]';
  const BOXES = 'td.k, i.k, select, input, textarea';

  const seen = one => one.checkVisibility({visibilityProperty: true}) && !one.closest('.vh, aside.notes');
  const arrows = () => [...document.querySelectorAll('.controls button.enabled')];

  // The browser has told the widgets, and they have changed the page.
  const settled = () => new Promise(go => {
    const channel = new MessageChannel();
    channel.port1.onmessage = go;
    channel.port2.postMessage(0);
  });

  // How much smaller or larger an element is drawn than its style says.
  function scale(one, known) {
    if (!one) return 1;
    if (!known.has(one)) {
      const way = getComputedStyle(one).transform, m = new DOMMatrix(way === 'none' ? '' : way);
      known.set(one, scale(one.parentElement, known) * Math.sqrt(Math.abs(m.a * m.d - m.b * m.c)));
    }
    return known.get(one);
  }

  function sizeOf(one, known) {
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (!one.closest('svg')) return size * one.currentCSSZoom * scale(one, known);
    const m = one.getScreenCTM();
    return size * Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
  }

  // The part of the screen outside which nothing of an element shows, and whether it can be scrolled to.
  function frameOf(one, slide, known) {
    if (known.has(one)) return known.get(one);
    const {left, top, right, bottom} = one.getBoundingClientRect();
    let frame = {left, top, right, bottom, scrolls: false};
    if (one !== slide) {
      const up = frameOf(one.parentElement, slide, known), style = getComputedStyle(one);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') frame = up;
      else frame = {...cut(frame, up), scrolls: up.scrolls || /auto|scroll/.test(style.overflowY)};
    }
    known.set(one, frame);
    return frame;
  }

  const cut = (box, frame) => ({
    left: Math.max(box.left, frame.left), top: Math.max(box.top, frame.top),
    right: Math.min(box.right, frame.right), bottom: Math.min(box.bottom, frame.bottom),
  });
  const shows = box => box.right - box.left > NEAR && box.bottom - box.top > NEAR;
  const outside = (box, frame) => box.left < frame.left - NEAR || box.right > frame.right + NEAR
    || box.top < frame.top - NEAR || box.bottom > frame.bottom + NEAR;

  // The lines of text of a slide as boxes; what is too small or cut off goes to `faults`.
  function* lines(root, slide, faults) {
    const sizes = new Map(), frames = new Map(), range = document.createRange();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const said = node.data.trim(), up = node.parentElement;
      if (!said || up.closest('script, style, title, desc, option') || !seen(up)) continue;
      const size = sizeOf(up, sizes);
      const least = (up.closest('.foot, .figure') ? SOURCE : SMALLEST) * Reveal.getScale();
      if (size < least - 0.05) faults.add(`${size.toFixed(1)} px: ${said}`);
      const frame = frameOf(up, root === slide ? slide : root, frames);
      const upright = getComputedStyle(up).writingMode === 'horizontal-tb';
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        // The box of a line holds its leading; the letters take seven tenths of their size.
        const thin = upright ? Math.max(0, (line.height - size * 0.72) / 2) : 0;
        const box = {left: line.left, top: line.top + thin, right: line.right, bottom: line.bottom - thin};
        if (line.width >= 1 && !frame.scrolls && outside(box, frame)) faults.add(`cut off: ${said}`);
        yield {...cut(box, frame), said, node};
      }
    }
  }

  function* boxes(slide) {
    const frames = new Map();
    for (const one of slide.querySelectorAll(BOXES))
      if (seen(one))
        yield {...cut(one.getBoundingClientRect(), frameOf(one.parentElement, slide, frames)), said: one.tagName, one};
    for (const one of arrows()) {
      const {left, top, right, bottom} = one.getBoundingClientRect();
      yield {left, top, right, bottom, said: 'arrow', one};
    }
  }

  function overlaps(all, faults) {
    all = all.filter(shows).sort((a, b) => a.top - b.top);
    all.forEach((a, i) => {
      for (let j = i + 1; j < all.length && all[j].top < a.bottom - NEAR; j++) {
        const b = all[j];
        if ((a.one && b.one) || a.one?.contains(b.node) || b.one?.contains(a.node)) continue;
        if (shows(cut(a, b))) faults.add(`over each other: ${a.said} | ${b.said}`);
      }
    });
  }

  function clicks(slide, faults) {
    const scrolled = [...slide.querySelectorAll('.main')].map(one => [one, one.scrollTop]);
    for (const one of [...slide.querySelectorAll(CONTROLS), ...arrows()]) {
      if (!seen(one) || one.disabled) continue;
      if (slide.contains(one)) one.scrollIntoView({block: 'nearest'});
      const box = one.getBoundingClientRect();
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      const label = one.closest('label');
      if (!one.contains(hit) && !label?.contains(hit))
        faults.add(`cannot be clicked: ${one.tagName} ${one.textContent}, under ${hit?.className}`);
    }
    for (const [one, top] of scrolled) one.scrollTop = top;
  }

  function probe(slide) {
    const faults = new Set();
    const number = document.querySelector('.slide-number');
    overlaps([...lines(slide, slide, faults), ...lines(number, number, faults), ...boxes(slide)], faults);
    clicks(slide, faults);
    for (const one of slide.querySelectorAll('select, input[type=radio], input[type=checkbox]'))
      if (getComputedStyle(one).appearance !== 'none' || (one.tagName === 'SELECT' && getComputedStyle(one).backgroundImage === 'none'))
        faults.add(`as the browser draws it: ${one.tagName}`);
    for (const one of slide.querySelectorAll('.hands input'))
      if (one.scrollWidth > one.clientWidth || parseFloat(getComputedStyle(one).fontSize) < SMALLEST)
        faults.add(`does not fit its box: ${one.value}`);
    for (const one of slide.querySelectorAll('*'))
      if (one.clientHeight && one.scrollHeight > one.clientHeight + 1 && one.tagName !== 'TEXTAREA'
          && /auto|scroll/.test(getComputedStyle(one).overflowY) && one.tabIndex < 0)
        faults.add(`scrolls, and not by keyboard: ${one.className}`);
    return [...faults];
  }

  // The choices and the lists that are to be seen, in order of reading; of a matrix its headings, and its first and last row.
  function groups(slide) {
    const found = [];
    const GROUPS = 'select, [role=radiogroup], .srm-explore thead tr, .srm-explore tbody';
    for (const one of slide.querySelectorAll(GROUPS)) {
      if (!seen(one)) continue;
      if (one.tagName === 'SELECT') {
        found.push({
          one, n: one.options.length, start: one.selectedIndex,
          set: i => { one.selectedIndex = i; one.dispatchEvent(new Event('change', {bubbles: true})); },
        });
        continue;
      }
      const rows = () => [...one.querySelectorAll('tr:not(.strip)')];
      const cells = () => [rows().at(0), rows().at(-1)].map(row => row.querySelector('td:not(.dim) button'));
      const buttons = one.tagName === 'TBODY' ? cells : () => [...one.querySelectorAll('button')];
      const chosen = '[aria-checked=true], [aria-pressed=true]';
      found.push({
        one, n: buttons().length, start: buttons().findIndex(button => button.matches(chosen)),
        set: i => buttons()[i].click(),
      });
    }
    return found;
  }

  // Hands beside the options of a question, of one, two and three figures, put there with the keys and the buttons.
  async function count(slide, look) {
    const boxes = [...slide.querySelectorAll('.hands input')];
    for (const [n, box] of boxes.entries()) {
      box.value = [7, 28, 998][n % 3];
      box.dispatchEvent(new Event('input', {bubbles: true}));
      box.nextElementSibling.click();
    }
    if (boxes.length) await look('hands counted');
  }

  async function walk(most) {
    const found = [];
    for (const slide of document.querySelectorAll('.slides > section > section')) {
      const {h, v} = Reveal.getIndices(slide), title = slide.querySelector('h1, h2').textContent;
      Reveal.slide(h, v);

      const look = async state => {
        await settled();
        for (const fault of probe(slide)) found.push(`${title}, ${state}: ${fault}`);
      };
      const folded = () => [...slide.querySelectorAll('summary')].filter(seen);
      const unfold = async state => {
        const all = folded();
        if (!all.length) return;
        for (const one of all) one.click();
        await look(`${state}, all open`);
        for (const one of all) one.click();
      };
      // All states of these groups, and of those that appear with them.
      const each = async ([group, ...rest], state) => {
        if (!group) { await look(state); await unfold(state); return; }
        for (let i = 0; i < group.n; i++) {
          group.set(i);
          await settled();
          const more = groups(slide).filter(one => !known.has(one.one));
          for (const one of more) known.add(one.one);
          await each([...rest.filter(one => seen(one.one)), ...more], `${state} ${i + 1}`);
          for (const one of more) known.delete(one.one);
        }
        if (group.start >= 0) group.set(group.start);
        await settled();
      };

      await look('at first');
      await count(slide, look);
      const stands = () => [...slide.querySelectorAll('.ask .stem, .ask .options *')]
        .filter(seen).map(one => ({one, ...one.getBoundingClientRect().toJSON()}));
      const before = stands();
      for (let n = 1; Reveal.nextFragment(); n++) {
        await look(`step ${n}`);
        const after = new Map(stands().map(box => [box.one, box]));
        for (const box of before)
          if (['left', 'top', 'right', 'bottom'].some(side => Math.abs(box[side] - after.get(box.one)[side]) > 0.1))
            found.push(`${title}, step ${n}: moved: ${box.one.className}`);
      }
      if (!most) continue;
      for (const one of folded()) {
        one.click();
        await look(`${one.textContent} open`);
        one.click();
      }
      const all = groups(slide), known = new Set(all.map(group => group.one));
      if (!all.length) continue;
      if (all.reduce((n, group) => n * group.n, 1) <= most) await each(all, 'set to');
      else for (const [n, group] of all.entries()) await each([group], `control ${n + 1} set to`);
    }
    return found;
  }

  return {walk, probe};
})()
