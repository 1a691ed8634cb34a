// The learner's own page, from what stands in the form and what is kept: to print, and as Markdown. What it says is
// what `learning/hand_in.py` says; a test holds the one against the other.

import {fill, h} from '../../../views/web/base.js';
import {momentOf} from './progress_file.js';
import {howSure, predictionsIn} from './standing.js';

// A day as the language says it.
export function sayDay(moment, months, year = false) {
  const day = new Date(moment);
  return `${day.getUTCDate()} ${months[day.getUTCMonth()]}${year ? ` ${day.getUTCFullYear()}` : ''}`;
}

// What the page knows by itself, by section: lists, each with the sentence before it. `known` is of the kit: for each
// question what a wrong answer is called and which tables it is about, and the sources of those tables.
export function knownFacts({kept, histories, questions, words, known}) {
  const made = predictionsIn(kept, questions);
  const missed = made.filter(one => !one.right);
  const mended = ({question}) => [question.id, question.repair].some(id => histories.get(id)?.latest.right);
  const lasting = missed.filter(one => !mended(one)).map(one => known.wrong[one.question.id][one.answer]);
  const sures = howSure(made, words.bet).map(({told}) => told[0].toUpperCase() + told.slice(1));
  const lists = {
    difficulties: [[words.hand_in.wrong_bets, lasting], [words.hand_in.sures, sures]],
    result: [[words.hand_in.claims, claims(kept, words)]],
    sources: [['', sources({kept, made, histories, words, known})]],
  };
  const facts = Object.fromEntries(Object.entries(lists).map(([section, all]) =>
    [section, all.filter(([, lines]) => lines.length).map(([lead, lines]) => ({lead, lines}))]));
  return {facts, missed: missed.map(one => [one.question.id, one.answer])};
}

const oneLine = text => String(text ?? '').trim().split(/\s+/).join(' ');

// The claims that were written, each with its lesson.
function claims(kept, words) {
  return Object.entries(kept.work ?? {})
    .map(([name, {claim}]) => [Number(/^claim\.(\d{2,6})$/.exec(name)?.[1]), oneLine(claim)])
    .filter(([lesson, claim]) => lesson && claim).sort(([a], [b]) => a - b)
    .map(([lesson, claim]) => fill(words.hand_in.claim, {lesson, claim}));
}

// The source of each table that something was done with, with the last day; that of the figure is always there.
function sources({kept, made, histories, words, known}) {
  const last = new Map([[known.drawn_from, null]]);
  const seen = (table, when) => last.set(table, Math.max(last.get(table) ?? -Infinity, when ?? -Infinity));
  for (const {question} of made) {
    for (const table of known.tables[question.id] ?? []) seen(table, momentOf(kept.bets[question.id].when));
  }
  for (const {question, latest} of histories.values()) {
    for (const table of known.tables[question.id] ?? []) seen(table, latest.when);
  }
  for (const [name, {when}] of Object.entries(kept.work ?? {})) {
    const table = name.split('.')[0];
    if (table in known.sources) seen(table, momentOf(when));
  }
  return [...last].map(([table, when]) => {
    const {title, edition, url} = known.sources[table];
    const day = Number.isFinite(when) && when !== null ? sayDay(when, words.months, true) : '';
    return oneLine(`${title}, ${edition}. ${day && fill(words.hand_in.read, {date: day})} ${url}`);
  });
}

const isLarge = section => ['definition', 'key_terms', 'assignment'].includes(section);

const leadLines = says => ['subtitle', 'name'].map(part => oneLine(says[part])).filter(Boolean);

// The page to print. `svg` is the figure, made by the kit.
export function pageToPrint({says, facts, words, sections, svg, lang}) {
  const text = (line, kind) => h('p', {dir: 'auto', class: kind}, line);
  const figure = h('figure');
  figure.innerHTML = svg;
  return h('section', {class: 'hand-in', lang}, h('h1', {}, words.title), leadLines(says).map(line => text(line)),
    sections.map(section => {
      const lines = (says[section] ?? '').split('\n').filter(line => line.trim());
      const read = section === 'sources' && oneLine(says.read_on);
      return [
        h(isLarge(section) ? 'h2' : 'h3', {}, words[section]),
        (facts[section] ?? []).map(({lead, lines: all}) =>
          [lead && h('p', {}, lead), h('ul', {}, all.map(line => h('li', {dir: 'auto'}, line)))]),
        read && text(fill(words.read, {date: read})),
        lines.length ? lines.map(line => text(line)) : h('p', {class: 'empty'}, words.empty),
        section === 'key_terms' && figure,
      ];
    }));
}

const ESCAPED = {'&': '&amp;', '<': '&lt;', '>': '&gt;'};

// Text that Markdown shows as it is: no HTML, heading, link or formula by accident.
export function plainMarkdown(text) {
  const paragraphs = [[]];
  const whole = text.replace(/[&<>]/g, sign => ESCAPED[sign]).replace(/[\\`*_[\]|~$]/g, sign => `\\${sign}`);
  for (const line of whole.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/)) {
    let said = line.trim();
    if (/^[-+=#]/.test(said)) said = `\\${said}`;
    else said = said.replace(/^(\p{Nd}+)([.)])/u, '$1\\$2');
    if (said) paragraphs.at(-1).push(said);
    else if (paragraphs.at(-1).length) paragraphs.push([]);
  }
  return paragraphs.filter(lines => lines.length).map(lines => lines.join('  \n')).join('\n\n');
}

// The page as Markdown; `picture` is the name of the figure's file, and a comment tells `class_results` what was wrong.
export function markdownPage({says, facts, missed, words, sections, picture, alt, data}) {
  const lines = [`# ${words.title}`, ''];
  for (const line of leadLines(says)) lines.push(plainMarkdown(line), '');
  for (const section of sections) {
    lines.push(`${isLarge(section) ? '##' : '###'} ${words[section]}`, '');
    for (const {lead, lines: all} of facts[section] ?? []) {
      if (lead) lines.push(lead, '');
      lines.push(...all.map(line => `- ${plainMarkdown(line)}`), '');
    }
    const read = section === 'sources' && oneLine(says.read_on);
    if (read) lines.push(plainMarkdown(fill(words.read, {date: read})), '');
    lines.push(plainMarkdown(says[section] ?? '') || `*${words.empty}*`, '');
    if (section === 'key_terms') lines.push(`![${plainMarkdown(alt)}](${picture})`, '');
  }
  // Two hyphens would end the comment.
  const wrong = missed.map(([question, answer]) => `["${question}", "${answer}"]`).join(', ');
  const told = `{"wrong": [${wrong}]}`.replaceAll('--', '\\u002d\\u002d');
  return [...lines, `<!-- ${data} ${told} -->`, ''].join('\n');
}
