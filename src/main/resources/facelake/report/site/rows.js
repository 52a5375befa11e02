'use strict';

// The list on the screen: one page of rows, one of them the current one, one face of it in focus.

const list = {
  view: null,
  number: 1, // of the page
  rows: [],
  articles: [],
  at: 0, // the current row of the page
  turning: false, // whether another page is on its way: keys would still mean this one
  faces: new WeakMap(), // article -> its focused face, where it is not the first one

  get row() {
    return this.rows[this.at];
  },

  get article() {
    return this.articles[this.at];
  },

  /** Puts rows on the screen; `at` is the one to begin at. */
  show(view, number, rows, at) {
    Object.assign(this, { view, number, rows, at: Math.max(0, Math.min(at, rows.length - 1)) });
    const first = (number - 1) * view.pageSize;
    this.articles = rows.map((row, index) => article(view.section, row, first + index + 1, view.total));
    this.paint();
    return this.articles;
  },

  clear() {
    Object.assign(this, { view: null, rows: [], articles: [] });
  },

  /** Makes a row the current one; `scroll` keeps it in one place, where the eye is already. */
  go(at, scroll = true) {
    this.at = at;
    this.paint();
    if (!scroll) return;
    this.article.focus({ preventScroll: true });
    const tall = this.article.offsetHeight > innerHeight * 0.7;
    this.article.scrollIntoView({ block: tall ? 'start' : 'center' });
  },

  // --- faces of the current row

  get buttons() {
    return [...(this.article?.querySelectorAll('.face') ?? [])];
  },

  /** The focused face: at first the nearest pair's. */
  get face() {
    return this.faces.get(this.article) ?? this.article?.querySelector('.pair .face') ?? this.buttons[0];
  },

  get picture() {
    return pictures.get(this.face)?.picture;
  },

  stepFace(by) {
    const { buttons } = this;
    if (!buttons.length) return;
    this.focusFace(buttons[(buttons.indexOf(this.face) + by + buttons.length) % buttons.length]);
  },

  focusFace(button) {
    this.faces.set(this.article, button);
    this.paint();
    button.focus({ preventScroll: true });
    button.scrollIntoView({ block: 'nearest' });
  },

  // --- the state of decisions, written on what is there already

  paint() {
    this.articles.forEach((article, index) => paintRow(article, this.rows[index], index === this.at));
    for (const button of document.querySelectorAll('.face.focused')) button.classList.remove('focused');
    this.face?.classList.add('focused');
  },
};

function article(section, row, position, total) {
  return h(
    'article.row',
    {
      tabindex: -1,
      'aria-label': section.spoken(row),
      'aria-posinset': position,
      'aria-setsize': total ?? -1,
    },
    section.card(row),
  );
}

function paintRow(element, row, isCurrent) {
  const choice = store.chosen(row);
  element.dataset.choice = choice?.key ?? '';
  element.tabIndex = isCurrent ? 0 : -1;
  current(element, isCurrent);
  for (const button of element.querySelectorAll('.choice')) {
    button.setAttribute('aria-pressed', button.dataset.key === choice?.key);
  }
  for (const button of element.querySelectorAll('.face')) paintFace(button);
  const note = element.querySelector('.note');
  if (note) note.textContent = store.noteOf(row) ? `Note: ${store.noteOf(row)}` : 'Note';
}

function paintFace(button) {
  const marked = store.isMarked(pictures.get(button).picture.id);
  button.classList.toggle('marked', marked);
  button.setAttribute('aria-label', button.dataset.label + (marked ? ', marked as not a face' : ''));
}

// --- what the reviewer does with the current row

const review = {
  /** Chooses by a choice's key, and moves on where that is wished. */
  choose(key, moveOn = store.state.moveOn) {
    const choice = list.row?.choices?.find((one) => one.key === key);
    if (!choice) return say(list.row ? `This row has no choice ${key}.` : 'There is no row.');
    const chosen = store.choose(list.row, choice);
    say(chosen ? `${choice.label}: ${list.view.section.spoken(list.row)}` : 'Taken back.');
    if (chosen && moveOn) review.step(1);
    else redrawEnlarged();
  },

  mark() {
    const { picture } = list;
    if (!picture?.id) return say('There is no face here to mark.');
    const marked = store.mark(list.row, picture.id);
    say(marked ? `Not a face: ${picture.name}` : 'Taken back: it is a face.');
    redrawEnlarged();
  },

  undo() {
    const step = store.undo();
    if (!step) return say('There is nothing to undo.');
    const index = list.view ? list.view.list().findIndex((row) => row.id === step.row) : -1;
    if (index >= 0) review.goTo(index);
    say('Taken back.');
  },

  stepFace(by) {
    list.stepFace(by);
    redrawEnlarged();
  },

  /** The next row, over the end of the page too. */
  step(by) {
    review.goTo((list.number - 1) * list.view?.pageSize + list.at + by);
  },

  /** The next row without a decision. */
  async nextUndecided() {
    if (!list.view) return;
    await list.view.rows.rest();
    const rows = list.view.list();
    const here = (list.number - 1) * list.view.pageSize + list.at;
    const order = [...rows.keys()].map((index) => (index + here + 1) % rows.length);
    const next = order.find((index) => rows[index].choices?.length && !store.chosen(rows[index]));
    if (next === undefined) say('Nothing is left to decide here.');
    else review.goTo(next);
  },

  /** A row of the view, from 0, on whatever page. */
  async goTo(index) {
    const { view } = list;
    if (!view || index < 0) return;
    const number = Math.floor(index / view.pageSize) + 1;
    const at = index % view.pageSize;
    const isThere = number === list.number ? at < list.rows.length : await turned(view, number, at);
    if (!isThere) say('This was the last one.');
    else if (number === list.number) list.go(at);
    redrawEnlarged();
    rememberRow();
  },

  note() {
    const { row, picture } = list;
    if (!row) return;
    if (row.choices?.length) return askNote(store.noteOf(row), (text) => store.note(row, text));
    if (!picture?.id || !store.isMarked(picture.id))
      return say('A note goes with a decision: mark the face with x first.');
    askNote(store.noteOfMark(picture.id), (text) => store.annotate(notAFace(picture.id), text));
  },
};

/** Turns to a page, if there is one. */
async function turned(view, number, at) {
  list.turning = true;
  try {
    const isThere = (await view.page(number)).length > 0;
    if (isThere) await turnTo(number, at);
    return isThere;
  } catch (error) {
    problem(error);
    return true;
  } finally {
    list.turning = false;
  }
}

/** A click does what the keys do; a row that was clicked is the current one, and stays where it is. */
function clicked(event) {
  const element = event.target.closest('.row');
  if (!element || getSelection().toString()) return;
  list.go(list.articles.indexOf(element), false);
  rememberRow();
  const button = event.target.closest('button');
  if (button?.matches('.choice')) review.choose(button.dataset.key, false);
  if (button?.matches('.note')) review.note();
  if (button?.matches('.face')) {
    list.focusFace(button);
    enlarge();
  }
}
