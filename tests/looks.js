// Mark one element of each look. axe-core finds the contrast of each piece of text by itself, which is most of
// its time on a page with a table; where text, size and every ground behind it are the same, so is the contrast.
// A look is what an element and all that it stands in are styled as, and whether axe-core would read it. What is
// placed over other things is marked whatever its look.
() => {
  const known = new Map(), found = new Map();
  const number = words => {
    if (!known.has(words)) known.set(words, known.size);
    return known.get(words);
  };
  const look = one => {
    if (!one) return -1;
    if (!found.has(one)) {
      const css = getComputedStyle(one);
      const styled = [
        css.color, css.backgroundColor, css.backgroundImage, css.opacity, css.filter, css.mixBlendMode,
        css.fontSize, css.fontWeight, css.textShadow, css.position, css.visibility, css.clipPath,
        getComputedStyle(one, '::before').position, getComputedStyle(one, '::after').position,
      ];
      found.set(one, number(JSON.stringify([look(one.parentElement), styled])));
    }
    return found.get(one);
  };
  const seen = new Set();
  for (const one of document.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    const read = [
      one.localName, one.type, one.checkVisibility({visibilityProperty: true}), box.width > 1 && box.height > 1,
      [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()),
      Boolean(one.value), Boolean(one.closest(':disabled, [aria-disabled], [inert]')), one.control?.disabled,
      Boolean(one.id),
    ];
    const all = JSON.stringify([look(one), read]);
    const css = getComputedStyle(one);
    const over = ['absolute', 'fixed', 'sticky'].includes(css.position) && css.clipPath === 'none' && box.width > 1;
    one.toggleAttribute('data-look', over || !seen.has(all));
    seen.add(all);
  }
}
