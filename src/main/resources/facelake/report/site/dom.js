'use strict';

// Elements and texts. Nothing here, or anywhere on the site, reads a value as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element: `h('p.muted', {title: 'why'}, 'text', child)`. Strings become text nodes. */
function h(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  return filled(document.createElement(tag), classes, attributes, children);
}

/** The same for drawings. */
function svg(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  return filled(document.createElementNS(SVG, tag), classes, attributes, children);
}

function filled(element, classes, attributes, children) {
  if (classes.length) element.setAttribute('class', classes.join(' '));
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** A name or path of the lake: whatever its script, it leaves the text around it alone. */
function data(text, name = 'bdi') {
  return h(name, { title: text }, text);
}

/** Marks the one of several that is the current one, or not. */
function current(element, what) {
  if (what) element.setAttribute('aria-current', what);
  else element.removeAttribute('aria-current');
}

const NUMBERS = new Intl.NumberFormat('en-US');
const number = (value) => (value == null ? '–' : NUMBERS.format(value));
const decimals = (value, digits = 2) => (value == null ? '–' : value.toFixed(digits));
const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** A probability; one that is not quite sure is never rounded to 100%. */
function percent(value) {
  if (value == null) return '–';
  if (value > 0.995 && value < 1) return '> 99%';
  if (value < 0.005 && value > 0) return '< 1%';
  return `${Math.round(value * 100)}%`;
}

function bytes(value) {
  if (value == null) return '–';
  return value < 1e6 ? `${number(Math.ceil(value / 1e3))} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

function duration(seconds) {
  if (seconds == null) return '–';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A time in UTC, to the minute. */
const time = (iso) => (iso == null ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`);

/** A text as it is searched: case, width of letters and underscores make no difference. */
const folded = (text) => text.normalize('NFKC').toLowerCase().replaceAll('_', ' ');

/** A function that acts once, when it was not called for a while. */
function calmed(act, milliseconds) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}

/** A command to copy. */
function command(text) {
  const code = h('code', { tabindex: 0 }, text);
  const copy = h('button', { type: 'button', onclick: () => copied(code, copy) }, 'Copy');
  return h('div.command', null, code, copy);
}

async function copied(code, button) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
  } catch {
    // not every browser lets a page from disk do that
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected: press Ctrl+C';
  }
}
