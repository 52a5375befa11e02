'use strict';

// Where the reviewer is (the part of the address after #), and the rows to be seen there.

/** `#/merges?sort=name&page=2` as {section: 'merges', query: {sort: 'name'}, page: 2}. */
function placeOf(hash) {
  const [path, text = ''] = hash.replace(/^#?\/?/, '').split('?');
  const { page, ...query } = Object.fromEntries(new URLSearchParams(text));
  return { section: path, query, page: Math.max(1, Number.parseInt(page, 10) || 1) };
}

function hashOf({ section, query = {}, page = 1 }) {
  const said = Object.entries(query).filter(([, value]) => value);
  const text = new URLSearchParams(page > 1 ? [...said, ['page', page]] : said).toString();
  return `#/${section}${text && `?${text}`}`;
}

/** Bands of probability: name, words, from (inclusive), to (exclusive). */
const BANDS = [
  ['95', '95% and more', 0.95, Infinity],
  ['80', '80 to 95%', 0.8, 0.95],
  ['50', '50 to 80%', 0.5, 0.8],
  ['0', 'under 50%', -Infinity, 0.5],
];

const SEARCHED = new Set([
  'id',
  'name',
  'names',
  'label',
  'identity',
  'identities',
  'dataset',
  'uri',
  'image',
  'message',
  'proposed',
]);
const UNSEARCHED = new Set(['choices', 'evidence']);
const searchable = new WeakMap(); // row -> folded text

/** All that a row can be found by, those of its faces too. */
function searchText(row) {
  if (!searchable.has(row)) searchable.set(row, folded(texts(row).join('\n')));
  return searchable.get(row);
}

function texts(value, key) {
  if (typeof value === 'string') return SEARCHED.has(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => texts(item, key));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, item]) => (UNSEARCHED.has(name) ? [] : texts(item, name)));
}

/**
 * The rows of a section that a query wants, in its order. Which rows are decided is looked at once: what is
 * decided later stays where it is, so that nothing moves under the reviewer's hands.
 */
class View {
  constructor(section, query, rows, decided) {
    this.section = section;
    this.query = query;
    this.rows = rows;
    this.decided = decided;
    this.sort = section.sorts.find(([name]) => name === query.sort) ?? section.sorts[0];
    this.upTo = -1; // rows that `found` was made of
    this.found = [];
  }

  get pageSize() {
    return this.section.pageSize ?? 50;
  }

  get isFiltered() {
    const { q, dataset, p, hide } = this.query;
    return Boolean(q || dataset || p || hide || this.kind !== 'all');
  }

  get kind() {
    return this.query.kind ?? this.section.kinds?.first ?? 'all';
  }

  /** Rows that fit; null as long as that is not known. */
  get total() {
    if (this.rows.complete) return this.list().length;
    return this.isFiltered ? null : facelake.made.sections[this.section.name].rows;
  }

  /** Rows of a page, from 1. In the order of the files the first page needs the first file only. */
  async page(number) {
    const end = number * this.pageSize;
    if (this.sort[2]) await this.rows.rest();
    else await this.rows.until(() => this.list().length >= end);
    return this.list().slice(end - this.pageSize, end);
  }

  /** Rows that fit, of those that were read. */
  list() {
    if (this.upTo !== this.rows.all.length) {
      this.found = this.rows.all.filter(this.fits());
      if (this.sort[2]) this.found.sort(this.sort[2]);
      this.upTo = this.rows.all.length;
    }
    return this.found;
  }

  fits() {
    const words = folded(this.query.q ?? '')
      .split(/\s+/)
      .filter(Boolean);
    const band = BANDS.find(([name]) => name === this.query.p);
    const { dataset, hide } = this.query;
    return (row) =>
      (this.kind === 'all' || this.section.kinds.of(row).includes(this.kind)) &&
      (!dataset || this.section.datasets(row).includes(dataset)) &&
      (!band || (row.probability != null && row.probability >= band[2] && row.probability < band[3])) &&
      (!hide || !this.decided(row)) &&
      words.every((word) => searchText(row).includes(word));
  }
}
