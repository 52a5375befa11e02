'use strict';

// Small charts, each with its numbers as a table.

/** Bars of named values; a table already, with a drawn column. */
function bars(title, items) {
  const most = Math.max(1, ...items.map(({ value }) => value));
  return figure(
    title,
    h(
      'table.bars',
      null,
      h(
        'tbody',
        null,
        items.map(({ label, value }) =>
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, data(label)),
            h('td', null, number(value)),
            h('td', { 'aria-hidden': 'true' }, bar(value / most)),
          ),
        ),
      ),
    ),
  );
}

function bar(part) {
  return svg(
    'svg.drawn',
    { viewBox: '0 0 100 10', preserveAspectRatio: 'none' },
    svg('rect', { width: part && Math.max(0.5, part * 100), height: 10 }),
  );
}

/** One or more histograms over one axis, one below the other, each with a height of its own. */
function histograms(title, edges, series, unit = '') {
  return figure(
    title,
    series.map(({ label, values }) =>
      h(
        'div.histogram',
        null,
        label && h('p', null, h('span', null, label), ' ', h('b', null, number(sum(values)))),
        histogram(edges, values, `${label ?? title}: ${spoken(edges, values, unit)}`, label),
      ),
    ),
    axis(edges, unit),
    series.length > 1 && h('p.muted', null, 'Each has a height of its own.'),
    h('details', null, h('summary', null, 'As a table'), binTable(edges, series, unit)),
  );
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const figure = (title, ...content) => h('figure.chart', null, h('figcaption', null, title), content);

function histogram(edges, values, words, label) {
  const [from, to] = [edges[0], edges.at(-1)];
  const most = Math.max(1, ...values);
  const at = (edge) => ((edge - from) / (to - from)) * 300;
  return svg(
    'svg.drawn',
    {
      viewBox: '0 0 300 60',
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': words,
      'data-series': label,
    },
    values.map(
      (value, bin) =>
        value > 0 &&
        svg(
          'rect',
          {
            x: at(edges[bin]) + 0.4,
            width: Math.max(0.4, at(edges[bin + 1]) - at(edges[bin]) - 0.8),
            y: 60 - height(value, most),
            height: height(value, most),
          },
          svg('title', null, `${edges[bin]} to ${edges[bin + 1]}: ${number(value)}`),
        ),
    ),
  );
}

/** A value that is not zero can be seen. */
const height = (value, most) => Math.max(1, (value / most) * 60);

/** What a histogram says in one sentence. */
function spoken(edges, values, unit) {
  const peak = values.indexOf(Math.max(...values));
  return `${number(sum(values))} values, most from ${edges[peak]} to ${edges[peak + 1]} ${unit}`.trim();
}

function axis(edges, unit) {
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => edges[0] + part * (edges.at(-1) - edges[0]));
  return h(
    'div.axis',
    { 'aria-hidden': 'true' },
    marks.map((mark, at) => h('span', null, `${+mark.toFixed(2)}${at === 4 && unit ? ` ${unit}` : ''}`)),
  );
}

function binTable(edges, series, unit) {
  const head = ['from', 'to', ...series.map(({ label }) => label ?? 'count')];
  return table(
    head.map((words) => (unit && words.length < 5 && words !== 'same' ? `${words}, ${unit}` : words)),
    series[0].values.map((_, bin) => [
      edges[bin],
      edges[bin + 1],
      ...series.map(({ values }) => number(values[bin])),
    ]),
  );
}

/** A table that scrolls by itself where it is too wide; its first columns are words, the others numbers. */
function table(head, rows, words = 0) {
  const name = (cell, column) => (column < words ? `${cell}.words` : cell);
  return h(
    'div.scroll',
    { tabindex: 0, role: 'group', 'aria-label': 'Table' },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          head.map((title, column) => h(name('th', column), { scope: 'col' }, title)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map((cells) =>
          h(
            'tr',
            null,
            cells.map((cell, column) => h(name('td', column), null, cell)),
          ),
        ),
      ),
    ),
  );
}
