// What the platform keeps and what this browser keeps of the same attempt, laid over each other: nothing is lost.
// The platform knows days, the browser seconds; of the same answer the browser's stands.

const dayOf = one => String(one?.when ?? '').slice(0, 10);

const alike = (one, other) =>
  one.answer === other.answer && (one.sure ?? null) === (other.sure ?? null) && dayOf(one) === dayOf(other);

const later = (one, other) => (String(other?.when ?? '') > String(one?.when ?? '') ? other : one);

function bothTries(platform, browser) {
  const more = [...browser];
  const found = platform.map(one => {
    const at = more.findIndex(other => alike(one, other));
    return at < 0 ? one : more.splice(at, 1)[0];
  });
  // A stable sort: answers of one day that the platform alone has stay in their order.
  return [...found, ...more].sort((a, b) => String(a.when ?? '').localeCompare(String(b.when ?? '')));
}

function bothBets(platform, browser) {
  if (!platform || !browser) return platform ?? browser;
  if (alike(platform, browser)) return {...browser, revealed: Boolean(platform.revealed || browser.revealed)};
  if (Boolean(platform.revealed) !== Boolean(browser.revealed)) return platform.revealed ? platform : browser;
  return platform.revealed ? platform : later(platform, browser);  // what the teacher sees stands
}

export function bothCopies(platform, browser) {
  const over = (kind, both) => {
    const [one, other] = [platform[kind] ?? {}, browser[kind] ?? {}];
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return Object.fromEntries([...names].map(name => [name, both(one[name], other[name])]));
  };
  return {
    ...browser,
    version: 2,
    bets: over('bets', bothBets),
    answers: over('answers', (one, other) => ({...other, tries: bothTries(one?.tries ?? [], other?.tries ?? [])})),
    work: over('work', (one, other) => ({...one, ...other, ...(one && later(other, one))})),
  };
}
