'use strict';

// The bar with the decisions: how many there are, who decides, save, load, forget.

const bottom = {};

function startBar() {
  const { state } = store;
  const button = (words, onclick, name = 'button') => h(name, { type: 'button', onclick }, words);
  bottom.count = h('p.kept');
  bottom.message = h('p.message', { role: 'status' });
  bottom.save = button('Save decisions.json', save, 'button.main');
  bottom.who = h('input', {
    type: 'text',
    value: state.who,
    autocomplete: 'name',
    size: 10,
    maxlength: 100,
    oninput: () => store.set('who', bottom.who.value.trim()),
  });
  bottom.moveOn = h('input', {
    type: 'checkbox',
    checked: state.moveOn,
    onchange: () => store.set('moveOn', bottom.moveOn.checked),
  });
  bottom.file = h('input', {
    type: 'file',
    accept: '.json,application/json',
    hidden: true,
    onchange: loadChosen,
  });
  bottom.forget = button('Forget all', forget);
  const more = h('button.more', { type: 'button', 'aria-expanded': 'false', onclick: toggleMore }, 'More');
  const element = document.querySelector('.bar');
  element.append(
    bottom.count,
    bottom.message,
    h(
      'div.options',
      null,
      h('label', null, 'Who', bottom.who),
      h('label', null, bottom.moveOn, 'Move on after a decision'),
      button('Load', () => bottom.file.click()),
      bottom.file,
      bottom.forget,
      button('Keys', help),
    ),
    more,
    bottom.save,
  );
  element.hidden = false;
  store.changed = paintAll;
  addEventListener('beforeunload', (event) => !store.kept && store.state.unsaved && event.preventDefault());
  paintBar();
}

/** What a decision changes on the screen. */
function paintAll() {
  paintBar();
  list.paint();
  toolbar?.paintProgress();
}

function paintBar() {
  const { size, kept, state } = store;
  bottom.count.replaceChildren(
    h('b', null, counted(size, 'decision')),
    state.unsaved > 0 ? h('span.unsaved', null, 'not saved yet') : '',
  );
  if (!kept)
    bottom.count.append(h('strong', null, ' This browser keeps nothing here: save before you leave.'));
  bottom.save.disabled = bottom.forget.disabled = size === 0;
}

/** Tells what has just happened. */
function say(words) {
  bottom.message.textContent = words;
}

function toggleMore(event) {
  const shown = document.querySelector('.bar').classList.toggle('open');
  event.target.setAttribute('aria-expanded', shown);
}

/** Downloads the decisions, and tells what to do with them. */
function save() {
  const file = new Blob([`${JSON.stringify(store.export(), null, 2)}\n`], { type: 'application/json' });
  const url = URL.createObjectURL(file);
  h('a', { href: url, download: 'decisions.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // once the browser has surely read it
  store.saved();
  dialog(
    'ask',
    `${counted(store.size, 'decision')} saved`,
    !store.state.who && h('p', null, 'They name nobody: fill in “Who” and save again where that matters.'),
    h('p', null, 'Give the file to the lake:'),
    command(`jobs/facelake dedupe --lake ${quoted(facelake.made.lake)} --decisions decisions.json`),
  );
}

/** A word of a shell's command line. */
const quoted = (word) => (/^[\w:/.@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

async function loadChosen() {
  const [file] = bottom.file.files;
  bottom.file.value = ''; // so that the same file can be chosen again
  try {
    dialog(
      'ask',
      `${file.name} was loaded`,
      h('p', null, mergeWords(store.merge(readDecisions(await file.text())))),
    );
  } catch (error) {
    dialog('ask', `${file.name} was not loaded`, h('p', null, `No file of decisions: ${error.message}.`));
  }
}

function mergeWords({ added, replaced, known, older }) {
  return [
    `${counted(added, 'decision')} came in.`,
    known && `${number(known)} you had already.`,
    replaced && `${number(replaced)} replaced an older one of yours.`,
    older && `${number(older)} left out: what you decided on the same is later.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function forget() {
  ask(`Forget ${counted(store.size, 'decision')}?`, 'Forget all', () => {
    store.forget();
    say('All decisions are forgotten.');
  });
}
