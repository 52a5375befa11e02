'use strict';

// Filters, sort and pages of a section. The address holds their state; here it is shown and changed.

/** Where there is room, the filters are always open, and the style sheet takes away what opens them. */
const ROOMY = matchMedia('(min-width: 761px)');
ROOMY.addEventListener('change', () =>
  toolbar?.element.querySelector('details').toggleAttribute('open', ROOMY.matches),
);

class Toolbar {
  constructor(section) {
    this.section = section;
    this.fields = this.makeFields();
    const [search, ...filters] = Object.values(this.fields).map((field) =>
      h('label', null, h('span', null, field.dataset.label), field),
    );
    this.element = h(
      'form.tools',
      { role: 'search', onsubmit: (event) => event.preventDefault() },
      search,
      h('details', { open: ROOMY.matches }, h('summary', null, 'Filter and order'), h('div', null, filters)),
    );
    this.above = h('div.pager');
    this.below = h('div.pager');
  }

  makeFields() {
    const { sorts, kinds, bands, decides } = this.section;
    const names = (facelake.made.summary.datasets ?? []).map(({ dataset }) => dataset);
    const fields = { q: this.searchField() };
    fields.dataset = this.select('Dataset', [['', 'all'], ...names.map((name) => [name, name])]);
    fields.kind = this.select(kinds.label, [['all', 'all'], ...kinds.options().map((kind) => [kind, kind])]);
    if (bands) fields.p = this.select('Probability', [['', 'any'], ...BANDS]);
    fields.sort = this.select('Order', sorts);
    if (decides)
      fields.hide = h('input', {
        type: 'checkbox',
        'data-label': 'Hide decided',
        onchange: () => this.changed(),
      });
    return fields;
  }

  searchField() {
    const typed = calmed(() => this.changed(true), 150);
    return h('input.search', {
      type: 'search',
      'data-label': 'Search',
      placeholder: 'name, dataset, path, id',
      oninput: typed,
      'aria-keyshortcuts': '/',
    });
  }

  select(label, options) {
    return h(
      'select',
      { 'data-label': label, onchange: () => this.changed() },
      options.map(([value, words]) => h('option', { value }, words)),
    );
  }

  /** Goes where the fields say; the address says nothing of what is so at first. */
  changed(passing = false) {
    if (toolbar !== this) return; // typed, and gone on before it was acted on
    const { q, dataset, kind, p, sort, hide } = this.fields;
    const query = {
      q: q.value.trim(),
      dataset: dataset.value,
      p: p?.value,
      kind: kind.value === (this.section.kinds.first ?? 'all') ? '' : kind.value,
      sort: sort.value === this.section.sorts[0][0] ? '' : sort.value,
      hide: hide?.checked ? '1' : '',
    };
    goTo({ section: this.section.name, query }, { passing, at: undefined });
  }

  /** Shows the state of a view; the field in which someone types is left alone. */
  show(view) {
    const { q, dataset, kind, p, sort, hide } = this.fields;
    if (document.activeElement !== q) q.value = view.query.q ?? '';
    dataset.value = view.query.dataset ?? '';
    kind.value = view.kind;
    sort.value = view.sort[0];
    if (p) p.value = view.query.p ?? '';
    if (hide) hide.checked = Boolean(view.query.hide);
  }

  /** Shows which rows are on the page. */
  page(place, rows) {
    this.place = place;
    this.rows = rows;
    this.done = this.progress();
    this.above.replaceChildren(this.position(), this.done, this.links('Pages'));
    this.below.replaceChildren(this.links('Pages, again'));
    if (rows.length === 0) document.querySelector('.rows').replaceChildren(this.nothing());
  }

  position() {
    const { total, pageSize } = list.view;
    const first = (this.place.page - 1) * pageSize + 1;
    return h(
      'p',
      null,
      this.rows.length > 0 && [
        h('b', null, `${number(first)}–${number(first + this.rows.length - 1)}`),
        ` of ${total === null ? '…' : number(total)}`,
      ],
    );
  }

  paintProgress() {
    if (!list.view || !this.done) return;
    const done = this.progress();
    this.done.replaceWith(done);
    this.done = done;
  }

  /** How far the reviewer is, where there is something to decide and all rows are known. */
  progress() {
    if (!this.section.decides || !list.view.rows.complete) return h('p');
    const rows = list.view.list().filter((row) => row.choices?.length);
    const decided = rows.filter((row) => store.chosen(row)).length;
    return h(
      'p.progress',
      null,
      `${number(decided)} of ${number(rows.length)} decided`,
      bar(decided / (rows.length || 1)),
    );
  }

  links(label) {
    const { page } = this.place;
    const { total, pageSize } = list.view;
    const last = total === null ? Infinity : Math.ceil(total / pageSize);
    if (last <= 1 && page === 1) return '';
    const link = (number, words) =>
      h(
        'a.button',
        number < 1 || number > last
          ? { 'aria-disabled': 'true', role: 'link' }
          : { href: hashOf({ ...this.place, page: number }) },
        words,
      );
    return h(
      'nav',
      { 'aria-label': label },
      link(page - 1, '← Previous'),
      h('span', null, `page ${number(page)}${last < Infinity ? ` of ${number(last)}` : ''}`),
      link(page + 1, 'Next →'),
    );
  }

  nothing() {
    const { section } = this;
    const found = facelake.made.sections[section.name];
    if (found.rows === 0) return h('p.nothing', null, 'There are none.');
    return h(
      'p.nothing',
      null,
      list.view.query.hide ? 'Nothing is left to decide here. ' : 'No row fits. ',
      h(
        'a',
        { href: hashOf({ section: section.name, query: { kind: section.kinds.first && 'all' } }) },
        `Show all ${number(found.rows)}`,
      ),
    );
  }
}
