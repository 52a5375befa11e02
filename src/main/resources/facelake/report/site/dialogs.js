'use strict';

// Dialogs: the enlarged face, a note, questions, help.

/** Opens a dialog, which Escape closes; the browser puts the focus back where it was. */
function dialog(name, title, ...content) {
  const element = h(
    `dialog.${name}`,
    { 'aria-label': title },
    h(
      'header',
      null,
      h('h2', null, title),
      h('button.close', { type: 'button', 'aria-label': 'Close', onclick: () => element.close() }, '×'),
    ),
    content,
  );
  element.addEventListener('close', () => element.remove());
  element.addEventListener('click', (event) => event.target === element && element.close());
  document.body.append(element);
  element.showModal();
  return element;
}

const openDialog = () => document.querySelector('dialog[open]');

// --- the focused face, beside the one to compare it with

function enlarge() {
  if (!list.picture) return say('There is nothing to enlarge here.');
  const element = dialog('enlarged', 'Enlarged', h('div.content', { tabindex: -1, autofocus: true }));
  element.addEventListener('close', () => list.article?.focus({ preventScroll: true })); // it may be another one by now
  redrawEnlarged();
}

function redrawEnlarged() {
  const content = document.querySelector('.enlarged .content');
  if (!content || !list.picture) return;
  const { versus } = pictures.get(list.face);
  content.previousSibling.firstChild.textContent = list.view.section.spoken(list.row);
  content.replaceChildren(
    h(
      'div.versus',
      null,
      versus.map((picture) => bigPicture(picture, picture === list.picture)),
    ),
    h(
      'div.actions',
      null,
      (list.row.choices ?? []).map((choice) => decideButton(choice)),
      list.picture.id &&
        h(
          'button',
          {
            type: 'button',
            'aria-pressed': String(store.isMarked(list.picture.id)),
            onclick: review.mark,
          },
          'Not a face',
          h('kbd', { 'aria-hidden': 'true' }, 'x'),
        ),
      h('button', { type: 'button', 'aria-label': 'Previous face', onclick: () => review.stepFace(-1) }, '←'),
      h('button', { type: 'button', 'aria-label': 'Next face', onclick: () => review.stepFace(1) }, '→'),
    ),
  );
  content.focus({ preventScroll: true });
}

function decideButton(choice) {
  const button = choiceButton(choice);
  button.setAttribute('aria-pressed', store.chosen(list.row) === choice);
  button.addEventListener('click', () => review.choose(choice.key));
  return button;
}

function bigPicture(picture, isFocused) {
  return h(
    isFocused ? 'figure.focused' : 'figure',
    null,
    h(store.isMarked(picture.id) ? 'div.big.marked' : 'div.big', null, image(picture, false)),
    h(
      'figcaption',
      null,
      h('h3', null, data(whose(picture))),
      h('p', null, data(picture.name)),
      h('p.muted.path', null, data(picture.uri)),
      picture.note && h('p', null, data(picture.note)),
    ),
  );
}

// --- questions

function askNote(text, done) {
  const field = h('input', {
    type: 'text',
    value: text,
    'aria-label': 'Note',
    autofocus: true,
    maxlength: 500,
  });
  const finish = () => {
    done(field.value.trim());
    element.close();
  };
  field.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && finish());
  const element = dialog(
    'ask',
    'Note',
    h('p.muted', null, 'Why it is so; it is saved with the decision.'),
    field,
    h('div.actions', null, h('button.main', { type: 'button', onclick: finish }, 'Keep')),
  );
}

function ask(question, words, act) {
  const element = dialog(
    'ask',
    question,
    h(
      'div.actions',
      null,
      h('button', { type: 'button', autofocus: true, onclick: () => element.close() }, 'Cancel'),
      h(
        'button.danger',
        {
          type: 'button',
          onclick: () => {
            act();
            element.close();
          },
        },
        words,
      ),
    ),
  );
}

function help() {
  dialog(
    'help',
    'Keys',
    h(
      'dl.keys',
      null,
      KEYS.filter(({ says }) => says).map(({ shown, says }) =>
        h(
          'div',
          null,
          h(
            'dt',
            null,
            shown.map((key) => h('kbd', null, key)),
          ),
          h('dd', null, says),
        ),
      ),
    ),
    h(
      'p.muted',
      null,
      'Decisions stay in this browser until you save them as decisions.json. Nothing is sent anywhere.',
    ),
  );
}
