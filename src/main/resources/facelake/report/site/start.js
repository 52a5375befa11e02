'use strict';

// The start page: what is in the lake, how healthy it is, and where there is something to review.

function startPage({ lake, made, version, blurred, summary, sections }) {
  return [
    h('h1', null, 'Review of a face lake'),
    h(
      'p.muted',
      null,
      data(lake),
      ` · made ${time(made)} · facelake ${version}`,
      blurred && ' · faces are blurred',
    ),
    h(
      'dl.counts',
      null,
      summary.counts.map(({ label, value }) =>
        h('div', null, h('dt', null, label), h('dd', null, number(value))),
      ),
    ),
    h(
      'div.cards',
      null,
      Object.values(SECTIONS).map((section) => sectionCard(section, sections[section.name])),
    ),
    h('div.charts', null, charts(summary)),
    datasets(summary.datasets),
    runs(summary.runs),
  ];
}

function sectionCard({ name, title, says }, found) {
  if (!found?.files) return h('section.card', null, h('h2', null, title), missing(found));
  return h(
    'a.card',
    { href: `#/${name}` },
    h('h2', null, title, h('span.count', null, number(found.total))),
    h('p.muted', null, says),
  );
}

/** Why there is nothing of a section, and the command that mends it. */
function missing(found) {
  const [, run] = /^Run: (.*)$/s.exec(found?.missing ?? '') ?? [];
  return [
    h('p.muted', null, run ? 'Not computed yet. Run:' : (found?.missing ?? 'None.')),
    run && command(run),
  ];
}

function charts({ failures, gender, sizes, distances }) {
  return [
    distances && histograms(distances.title, distances.edges, distances.series),
    sizes && histograms(sizes.title, sizes.edges, [{ values: sizes.values }], sizes.unit),
    failures?.length > 0 && bars('Failed images by class', failures),
    gender?.length > 0 && bars('Faces by gender, as the model says', gender),
  ];
}

function datasets(rows) {
  if (!rows?.length) return h('p', null, 'The lake holds no dataset yet.');
  return h(
    'section',
    null,
    h('h2', null, 'Datasets'),
    table(
      ['dataset', 'identities', 'images', 'faces', 'without a face', 'failed'],
      rows.map((row) => [
        data(row.dataset),
        ...[row.identities, row.images, row.faces, row.withoutFace, row.failed].map(number),
      ]),
      1,
    ),
  );
}

function runs(rows) {
  if (!rows?.length) return null;
  return h(
    'section',
    null,
    h('h2', null, 'Runs'),
    table(
      ['command', 'dataset', 'started', 'took', 'images', 'faces', 'failed', 'images a second'],
      rows.map((row) => [
        row.command,
        row.dataset == null ? '–' : data(row.dataset),
        time(row.started),
        duration(row.seconds),
        number(row.images),
        number(row.faces),
        number(row.failed),
        decimals(row.imagesPerSecond, 1),
      ]),
      3,
    ),
  );
}
