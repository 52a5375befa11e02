'use strict';

// The page itself: navigation, filters, pages of rows.

let store; // the decisions
let visit = 0; // number of the newest visit: an older one that waited for a file gives up
let toolbar; // of the section on the screen
const sectionRows = new Map(); // section -> Rows
const lastRow = new Map(); // section -> id of the row where the reviewer was

async function start() {
  try {
    const { storageKey, blurred } = await loadManifest();
    document.body.classList.toggle('blurred', blurred);
    store = new Store(`facelake-${storageKey}`);
  } catch (error) {
    return fill(h('p.problem', null, error.message));
  }
  startBar();
  drawNavigation();
  history.scrollRestoration = 'manual'; // the rows are not there yet when the browser would scroll
  addEventListener('hashchange', () => arrive());
  arrive();
}

const fill = (...content) =>
  document.querySelector('main').replaceChildren(...content.flat(Infinity).filter(Boolean));

function drawNavigation() {
  const links = Object.values(SECTIONS).map(({ name, title }) => {
    const found = facelake.made.sections[name];
    return h(
      'a',
      { href: `#/${name}`, 'data-section': name },
      title,
      found?.files > 0 && h('span.count', null, number(found.total)),
    );
  });
  document.querySelector('nav').append(h('a', { href: '#/', 'data-section': '' }, 'Start'), ...links);
}

/** Marks where we are; the link to a section leads back to its filters and page. */
function markNavigation(name) {
  for (const link of document.querySelectorAll('nav [data-section]')) {
    const isHere = link.dataset.section === name;
    current(link, isHere && 'page');
    if (!isHere) continue;
    if (name) link.href = location.hash;
    link.scrollIntoView({ block: 'nearest', inline: 'center' });
  }
}

/** Goes to a place; the address of a `passing` one is not kept for the way back. */
function goTo(place, { at, passing } = {}) {
  const hash = hashOf(place);
  if (passing) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  return arrive({ at, stay: passing });
}

/** The page of the view on the screen that has another number. */
const turnTo = (page, at) => goTo({ ...placeOf(location.hash), page }, { at });

const rememberRow = calmed(() => {
  if (!list.row) return;
  history.replaceState({ row: list.row.id }, '');
  lastRow.set(list.view.section, list.row.id);
}, 300);

/** Shows what the address says. */
async function arrive(how = {}) {
  const mine = ++visit;
  const place = placeOf(location.hash);
  const section = Object.hasOwn(SECTIONS, place.section) ? SECTIONS[place.section] : null;
  document.title = `${section?.title ?? 'Start'} – facelake review`;
  markNavigation(section?.name ?? '');
  if (!section || !facelake.made.sections[section.name]?.files) return showPlain(section);
  const view = viewOf(section, place);
  if (toolbar?.section !== section) enter(section);
  toolbar.show(view);
  try {
    const rows = await view.page(place.page);
    if (mine === visit) showRows(view, place, rows, how);
  } catch (error) {
    if (mine === visit) problem(error);
  }
}

/** The start page, or a section of which nothing was computed. */
function showPlain(section) {
  toolbar = null;
  say('');
  list.clear();
  fill(
    section
      ? [h('h1', null, section.title), missing(facelake.made.sections[section.name])]
      : startPage(facelake.made),
  );
  scrollTo(0, 0);
}

/** The view on the screen as long as only the page changes, otherwise a new one. */
function viewOf(section, place) {
  const isSame =
    list.view?.section === section &&
    hashOf({ section: '', query: list.view.query }) === hashOf({ section: '', query: place.query });
  if (isSame) return list.view;
  if (place.query.hide) place.page = 1; // what was decided since has gone, and the rest moved up
  if (!sectionRows.has(section)) sectionRows.set(section, new Rows(section.name));
  const before = new Map(store.byTopic);
  return new View(
    section,
    place.query,
    sectionRows.get(section),
    (row) => store.chosen(row, before) !== undefined,
  );
}

function showRows(view, place, rows, { at, stay }) {
  const known = history.state?.row ?? lastRow.get(view.section);
  const back = stay ? -1 : rows.findIndex((row) => row.id === known);
  document.querySelector('.rows').replaceChildren(...list.show(view, place.page, rows, at ?? back));
  toolbar.page(place, rows);
  if ((at ?? back) >= 0) list.go(list.at);
  else if (!stay) scrollTo(0, 0);
  if (view.section.decides || view.isFiltered) countLater(view, place, rows);
}

/** How many rows fit is known when all files were read; the first page does not wait for that. */
async function countLater(view, place, rows) {
  if (view.rows.complete) return;
  try {
    await view.rows.rest();
    if (list.view === view && list.rows === rows) toolbar.page(place, rows);
  } catch (error) {
    problem(error);
  }
}

function problem(error) {
  document
    .querySelector('.rows')
    ?.replaceChildren(
      h(
        'div.problem',
        null,
        h('p', null, error.message),
        h('button', { type: 'button', onclick: () => arrive() }, 'Try again'),
      ),
    );
}

/** The parts of a section's page that stay while rows and filters change. */
function enter(section) {
  toolbar = new Toolbar(section);
  say('');
  const found = facelake.made.sections[section.name];
  const cut =
    found.rows < found.total && `${number(found.rows)} of ${number(found.total)} are on these pages. `;
  fill(
    h('h1', null, section.title),
    h('p.muted', null, section.says, '. ', cut || '', found.note ?? ''),
    toolbar.element,
    toolbar.above,
    h(`div.rows.${section.name}`, { role: 'feed', 'aria-label': section.title, onclick: clicked }),
    toolbar.below,
  );
}

start();
