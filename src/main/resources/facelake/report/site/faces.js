'use strict';

// Pictures: faces, photos, sheets of faces and pairs of them.

/** Button -> {picture, versus}: what it shows, and what is shown with it when it is enlarged. */
const pictures = new WeakMap();

/** The file of a face, or of a copy of a photo, which has the image's sha256. */
function fileOf(picture) {
  const [folder, name] = picture.image ? ['photos', picture.image] : ['faces', picture.id];
  return `${facelake.made.pictures}/${folder}/${encodeURIComponent(name.slice(0, 2))}/${encodeURIComponent(name)}.jpg`;
}

/** A picture in a box of its own size; when the file is gone, the box stays with its drawing of a head. */
function image(picture, lazy = true) {
  return h('img', {
    src: fileOf(picture),
    alt: '',
    loading: lazy && 'lazy',
    decoding: 'async',
    onerror: (event) => event.target.remove(),
  });
}

const whose = ({ dataset, identity }) => (identity == null ? dataset : `${dataset}/${identity}`);

/**
 * A face or photo to move to and to enlarge.
 *
 * @param versus what to show when it is enlarged, left to right
 */
function faceButton(picture, versus = [picture]) {
  const label = `${picture.image ? 'Photo' : 'Face'} of ${whose(picture)}, ${picture.name}`;
  const button = h(
    'button.face',
    {
      type: 'button',
      tabindex: -1,
      'data-label': label,
      'aria-label': label,
      title: `${whose(picture)}\n${picture.uri}`,
    },
    image(picture),
    !picture.image && picture.note && h('span.flag', null, picture.note),
  );
  pictures.set(button, { picture, versus });
  return button;
}

/** Contact sheet. */
function sheet(faces, versusOf = (face) => [face]) {
  return h(
    'div.sheet',
    null,
    faces.map((face) => faceButton(face, versusOf(face))),
  );
}

/** Two faces and their distance. */
function pair({ a, b, distance }, words) {
  return h(
    'figure.pair',
    null,
    h('div', null, faceButton(a, [a, b]), faceButton(b, [a, b])),
    h('figcaption', null, words, ' ', h('b', null, decimals(distance))),
  );
}
