'use strict';

// The keyboard: one list for what the keys do and for the help about them.
//
//   enlarged   works in the dialog of the enlarged face too
//   repeats    may be held down

const KEYS = [
  { keys: ['j'], shown: ['j'], says: 'next row', repeats: true, enlarged: true, act: () => review.step(1) },
  {
    keys: ['k'],
    shown: ['k'],
    says: 'previous row',
    repeats: true,
    enlarged: true,
    act: () => review.step(-1),
  },
  {
    keys: ['l', 'ArrowRight'],
    shown: ['→', 'l'],
    says: 'next face of the row',
    repeats: true,
    enlarged: true,
    act: () => review.stepFace(1),
  },
  {
    keys: ['h', 'ArrowLeft'],
    shown: ['←', 'h'],
    says: 'previous face of the row',
    repeats: true,
    enlarged: true,
    act: () => review.stepFace(-1),
  },
  {
    keys: ['s'],
    shown: ['s'],
    says: 'same person; again takes it back',
    enlarged: true,
    act: () => review.choose('s'),
  },
  {
    keys: ['d'],
    shown: ['d'],
    says: 'different people; again takes it back',
    enlarged: true,
    act: () => review.choose('d'),
  },
  {
    keys: ['r'],
    shown: ['r'],
    says: 'the label is right; again takes it back',
    enlarged: true,
    act: () => review.choose('r'),
  },
  {
    keys: ['x'],
    shown: ['x'],
    says: 'the focused face is not a face',
    enlarged: true,
    act: () => review.mark(),
  },
  { keys: ['u'], shown: ['u'], says: 'undo the last decision', enlarged: true, act: () => review.undo() },
  {
    keys: ['g'],
    shown: ['g'],
    says: 'go to the next row without a decision',
    enlarged: true,
    act: () => review.nextUndecided().catch(problem),
  },
  { keys: ['n'], shown: ['n'], says: 'note on the row’s decision', act: () => review.note() },
  {
    keys: ['o', 'Enter'],
    shown: ['o', 'Enter'],
    says: 'enlarge the focused face, or close it',
    enlarged: true,
    act: toggleEnlarged,
  },
  { keys: ['/'], shown: ['/'], says: 'search', act: () => document.querySelector('.search')?.focus() },
  { keys: ['?'], shown: ['?'], says: 'these keys', act: () => help() },
  { shown: ['Esc'], says: 'close a dialog, leave a field' },
];

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isField(event.target)) return leaveField(event);
  const key = KEYS.find(({ keys }) => keys?.includes(letterOf(event)));
  if (!key || (event.repeat && !key.repeats) || !isFree(key, event)) return;
  event.preventDefault();
  key.act();
});

const isField = (element) => element.matches('select, textarea, input:not([type=checkbox])');

/** Enter and Escape lead from the filters to the rows; in a dialog the browser does what is right. */
function leaveField(event) {
  const leaves = event.key === 'Escape' || (event.key === 'Enter' && event.target.matches('.search'));
  if (!leaves || openDialog()) return;
  event.preventDefault();
  event.target.blur();
  list.article?.focus();
}

/** The key as it stands on the keyboard, whatever script it writes. */
function letterOf({ key, code }) {
  const isLatin = /^[\x20-\x7e]$/.test(key);
  if (isLatin) return key.toLowerCase();
  return code.startsWith('Key') ? code.slice(3).toLowerCase() : key;
}

/** A dialog takes the keys that are of use in it; Enter on a button is the button's. */
function isFree({ enlarged }, event) {
  if (list.turning || (event.key === 'Enter' && event.target.closest('button, a, summary'))) return false;
  const open = openDialog();
  return !open || (enlarged && open.matches('.enlarged'));
}

function toggleEnlarged() {
  const open = openDialog();
  if (open) open.close();
  else enlarge();
}
