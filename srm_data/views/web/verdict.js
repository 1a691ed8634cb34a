// What is said of an answer: right, not right, or one that can be defended (`right` is null).

import {h} from './base.js';

export const kindOf = said => ({true: 'good', false: 'bad'})[said.right] ?? 'open';

export const signOf = said => ({true: '✓', false: '✗'})[said.right] ?? '≈';

export const inWords = said => `${said.word}. ${[said.text, said.more].filter(Boolean).join(' ')}`;

export const verdict = said => h(
  'p',
  {},
  h('b', {}, h('span', {class: 'srm-sign', 'aria-hidden': 'true'}, signOf(said)), `${said.word}.`),
  said.text && ` ${said.text}`,
  said.more && [' ', h('span', {class: 'foot'}, said.more)],
);
