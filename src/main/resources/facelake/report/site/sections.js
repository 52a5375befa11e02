'use strict';

// What each section lists, how it can be narrowed and sorted, and what a row looks like.
//
//   sorts    [name, words, order]; the first is the order of the files and has no function
//   decides  whether there is something to decide, so that decided rows can be counted and hidden
//   bands    whether rows have a probability to filter by
//   kinds    the second filter: `of(row)` gives all kinds that a row has, `first` is chosen at first
//   card     the content of a row
//   spoken   the row in words, for a screen reader and for messages

const collator = new Intl.Collator(['ja', 'en'], { numeric: true });
const byName = (nameOf) => (one, other) =>
  collator.compare(nameOf(one) ?? '\uffff', nameOf(other) ?? '\uffff');
const fewestFirst = (valueOf) => (one, other) =>
  (valueOf(one) ?? Infinity) - (valueOf(other) ?? Infinity) || 0;
const mostFirst = (valueOf) => (one, other) =>
  (valueOf(other) ?? -Infinity) - (valueOf(one) ?? -Infinity) || 0;

/** Whether any pair waits for a person; the chart of the start page counts them. */
const anyForReview = () =>
  (facelake.made.summary.distances?.series ?? []).some(
    ({ label, values }) => label === 'review' && values.some((value) => value > 0),
  );

const ofDataset = ({ dataset }) => [dataset];
const pill = (words, tone) => h('span.pill', { 'data-tone': tone }, words);

const SECTIONS = {
  people: {
    title: 'People',
    says: 'Contact sheets by person, largest first',
    pageSize: 24,
    sorts: [
      ['size', 'most faces'],
      ['small', 'fewest faces', fewestFirst((row) => row.faces)],
      ['names', 'most names', mostFirst((row) => row.names.length)],
      ['name', 'name', byName((row) => row.name)],
    ],
    kinds: {
      label: 'Gender',
      options: () => ['female', 'male', 'unknown'],
      of: (row) => [row.gender ?? 'unknown'],
    },
    datasets: (row) => row.datasets,
    spoken: (row) => `${row.name}, ${counted(row.faces, 'face')}`,
    card: (row) => [
      h(
        'header',
        null,
        h('h2', null, data(row.name)),
        h('p.muted', null, counted(row.faces, 'face'), row.gender && ` · ${row.gender}`, ' · ', data(row.id)),
      ),
      row.names.length > 1 && personNames(row.names),
      sheet(row.shown),
      row.faces > row.shown.length && h('p.muted', null, `and ${number(row.faces - row.shown.length)} more`),
    ],
  },

  merges: {
    title: 'Proposed merges',
    says: 'Identities that look like one person',
    decides: true,
    sorts: [
      ['listed', 'most in need of a look'],
      ['likely', 'likeliest first', mostFirst((row) => row.probability)],
      ['unlikely', 'least likely first', fewestFirst((row) => row.probability)],
      ['near', 'nearest first', fewestFirst((row) => row.distance)],
      ['faces', 'most faces', mostFirst((row) => row.a.faces + row.b.faces)],
      ['name', 'name', byName((row) => row.a.label)],
    ],
    kinds: {
      label: 'Verdict',
      options: () => ['review', 'same'],
      of: (row) => [row.verdict],
      get first() {
        return anyForReview() ? 'review' : 'all';
      },
    },
    bands: true,
    datasets: (row) => [row.a.dataset, row.b.dataset],
    spoken: (row) => `${row.a.label} and ${row.b.label}, probability ${percent(row.probability)}`,
    card: (row) => [
      mergeSide(row.a, (face) => (row.best ? [face, row.best.b] : [face])),
      h(
        'div.middle',
        null,
        h('div.pairs', null, row.best && pair(row.best, 'nearest'), row.worst && pair(row.worst, 'farthest')),
        choices(row),
      ),
      mergeSide(row.b, (face) => (row.best ? [row.best.a, face] : [face])),
      h(
        'div.foot',
        null,
        likelihood(row.probability),
        facts([
          ['verdict', `${row.verdict}: ${row.reason}`],
          ['distance', decimals(row.distance)],
          ...row.evidence.map(({ label, value }) => [label, value]),
        ]),
        h('div.actions', null, noteButton(row)),
      ),
    ],
  },

  labels: {
    title: 'Label issues',
    says: 'Faces and identities whose label is in doubt',
    decides: true,
    sorts: [
      ['listed', 'as listed'],
      ['likely', 'likeliest first', mostFirst((row) => row.probability)],
      ['far', 'farthest first', mostFirst((row) => row.distance)],
      ['name', 'name', byName((row) => row.label)],
    ],
    kinds: { label: 'Kind', options: () => ['outlier', 'split', 'gender', 'tiny'], of: (row) => [row.kind] },
    bands: true,
    datasets: ofDataset,
    spoken: (row) => `${row.kind}: ${row.label}${row.proposed ? `, perhaps ${row.proposed}` : ''}`,
    card: (row) => [
      h(
        'div.doubt',
        null,
        row.face && faceButton(row.face, [row.face, row.proposedShown?.[0] ?? row.shown[0]].filter(Boolean)),
      ),
      h(
        'div.side',
        null,
        h(
          'header',
          null,
          h('h2', null, data(row.label)),
          h('p.muted', null, LABEL_ISSUES[row.kind] ?? row.kind),
        ),
        sheet(row.shown, (face) => (row.face ? [row.face, face] : [face])),
      ),
      row.proposed &&
        h(
          'div.side',
          null,
          h('header', null, h('h2', null, data(row.proposed)), h('p.muted', null, 'proposed instead')),
          sheet(row.proposedShown, (face) => (row.face ? [row.face, face] : [face])),
        ),
      h(
        'div.foot',
        null,
        likelihood(row.probability),
        facts([
          ['kind', row.kind],
          ['distance', row.distance == null ? null : decimals(row.distance)],
          ['limit', row.limit == null ? null : decimals(row.limit)],
        ]),
        h('div.actions', null, noteButton(row), choices(row)),
      ),
    ],
  },

  duplicates: {
    title: 'Duplicate photos',
    says: 'Photos that are there more than once',
    sorts: [
      ['listed', 'as listed'],
      ['copies', 'most copies', mostFirst((row) => row.copies.length)],
      ['bytes', 'largest files', mostFirst((row) => Math.max(...row.copies.map((copy) => copy.bytes ?? 0)))],
      ['name', 'name', byName((row) => row.copies[0].name)],
    ],
    kinds: {
      label: 'Kind',
      options: () => ['conflict', 'exact', 'near'],
      of: (row) => (row.conflict ? [row.kind, 'conflict'] : [row.kind]),
    },
    datasets: (row) => row.datasets,
    spoken: (row) => `${counted(row.copies.length, 'copy', 'copies')} of ${row.copies[0].name}`,
    card: (row) => [
      h(
        'header',
        null,
        h('h2', null, data(row.copies[0].name)),
        h(
          'p',
          null,
          row.conflict && pill('conflict', 'warn'),
          pill(row.kind === 'near' ? 'near copies' : 'equal files'),
          row.note && h('span.muted', null, data(row.note)),
        ),
      ),
      h(
        'div.copies',
        null,
        row.copies.map((copy) => photoCopy(copy, row.copies[0])),
      ),
    ],
  },

  failures: {
    title: 'Failures',
    says: 'Images that could not be read',
    sorts: [
      ['listed', 'as listed'],
      ['class', 'class', byName((row) => row.class)],
      ['name', 'name', byName((row) => row.name)],
      ['dataset', 'dataset', byName((row) => row.dataset)],
    ],
    kinds: {
      label: 'Class',
      options: () => (facelake.made.summary.failures ?? []).map(({ label }) => label),
      of: (row) => [row.class],
    },
    datasets: ofDataset,
    spoken: (row) => `${row.name}: ${row.class}`,
    card: (row) => [
      pill(row.class, 'warn'),
      h('div', null, h('h2', null, data(row.name)), h('p.muted.path', null, data(row.uri))),
      h('p', null, data(row.message)),
      h('p.muted', null, data(row.dataset)),
    ],
  },

  tags: {
    title: 'Tags',
    says: 'Faces with the names that galleries give them; a better photo in the gallery mends a wrong one',
    sorts: [
      ['listed', 'as listed'],
      ['likely', 'likeliest first', mostFirst((row) => row.probability)],
      ['unlikely', 'least likely first', fewestFirst((row) => row.probability)],
      ['near', 'nearest first', fewestFirst((row) => row.distance)],
      ['name', 'name', byName((row) => row.name)],
    ],
    kinds: { label: 'Verdict', options: () => ['named', 'unknown'], of: (row) => [row.verdict] },
    bands: true,
    datasets: (row) => [row.face.dataset],
    spoken: (row) => `${row.face.name}: ${row.name ?? 'unknown'}`,
    card: (row) => [
      h('div.doubt', null, faceButton(row.face)),
      h(
        'div.side',
        null,
        h(
          'header',
          null,
          h('h2', null, row.name == null ? 'unknown' : data(row.name)),
          h('p.muted', { title: row.face.uri }, data(`${row.face.dataset} · ${row.face.name}`)),
        ),
        likelihood(row.probability),
        facts([
          ['distance', decimals(row.distance)],
          ['margin', row.margin == null ? null : decimals(row.margin)],
        ]),
      ),
      h(
        'ol.candidates',
        null,
        row.candidates.map(({ name, distance, probability }) =>
          h('li', null, data(name), h('span.muted', null, `${decimals(distance)} · ${percent(probability)}`)),
        ),
      ),
      row.choices?.length > 0 && h('div.foot', null, h('div.actions', null, noteButton(row), choices(row))),
    ],
  },

  decisions: {
    title: 'Decisions',
    says: 'What the lake holds of decisions, to be taken back; those of this browser are counted below',
    sorts: [['listed', 'latest first']],
    kinds: {
      label: 'Decision',
      options: () => ['same', 'different', 'wrong-label', 'not-a-face'],
      of: (row) => [row.verdict],
    },
    datasets: (row) => [row.a, row.b].flatMap((side) => side?.dataset ?? []),
    spoken: (row) => `${row.verdict}: ${[row.a, row.b].flatMap((side) => side?.label ?? []).join(' and ')}`,
    card: (row) => [
      decidedSide(row.a),
      h(
        'div.middle',
        null,
        pill(row.verdict),
        h('p.muted', null, data(row.who ?? 'somebody'), ', ', data(row.when.slice(0, 10))),
        row.note && h('p', null, data(row.note)),
        choices(row),
      ),
      row.b ? decidedSide(row.b) : h('div.side'),
    ],
  },
};

const decidedSide = (side) =>
  h('div.side', null, side.label && h('header', null, h('h2', null, data(side.label))), sheet(side.shown));

for (const [name, section] of Object.entries(SECTIONS)) section.name = name;

const LABEL_ISSUES = {
  outlier: 'This face is far from the others',
  split: 'These faces look like several people',
  gender: 'This face looks like another gender than the others',
  tiny: 'Too few faces for a sound comparison',
};

function personNames(names) {
  const shown = names.slice(0, 6);
  return h(
    'p.names',
    null,
    shown.map(({ dataset, identity, faces }) =>
      h('span', null, data(whose({ dataset, identity })), ' ', h('b', null, number(faces))),
    ),
    names.length > shown.length &&
      h('span.muted', null, `and ${counted(names.length - shown.length, 'name')} more`),
  );
}

function mergeSide({ label, faces, shown }, versusOf) {
  return h(
    'div.side',
    null,
    h('header', null, h('h2', null, data(label)), h('p.muted', null, counted(faces, 'face'))),
    sheet(shown, versusOf),
  );
}

/** The probability, in figures and drawn. */
function likelihood(probability) {
  return probability != null && h('p.likelihood', null, h('b', null, percent(probability)), bar(probability));
}

/** Names and values; those without a value are left out. */
function facts(items) {
  return h(
    'dl.facts',
    null,
    items
      .filter(([, value]) => value != null)
      .map(([label, value]) => h('div', null, h('dt', null, label), h('dd', null, data(value)))),
  );
}

const choices = (row) => h('div.choices', null, (row.choices ?? []).map(choiceButton));
const noteButton = (row) =>
  row.choices?.length > 0 && h('button.note', { type: 'button', 'aria-keyshortcuts': 'n' }, 'Note');

function choiceButton({ key, label }) {
  return h(
    'button.choice',
    { type: 'button', 'data-key': key, 'aria-pressed': 'false', 'aria-keyshortcuts': key, title: label },
    h('span', null, h('bdi', null, label)),
    h('kbd', { 'aria-hidden': 'true' }, key),
  );
}

function photoCopy(copy, kept) {
  return h(
    'figure.copy',
    null,
    faceButton(copy, copy === kept ? [copy] : [kept, copy]),
    h(
      'figcaption',
      null,
      h('p', null, pill(copy.kind, copy.kind === 'kept' ? 'accent' : null), ' ', data(whose(copy))),
      h('p.muted.path', null, data(copy.uri)),
      h(
        'p.muted',
        null,
        [
          `${copy.width ?? '–'} × ${copy.height ?? '–'}`,
          bytes(copy.bytes),
          copy.bits != null && counted(copy.bits, 'bit'),
          copy.distance != null && `distance ${decimals(copy.distance)}`,
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    ),
  );
}
