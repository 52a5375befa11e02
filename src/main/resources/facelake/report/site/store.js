'use strict';

// What the reviewer decided, kept in the browser until it is saved as decisions.json.

const FIELDS = [
  'decision',
  'dataset_a',
  'identity_a',
  'face_a',
  'dataset_b',
  'identity_b',
  'face_b',
  'who',
  'when',
  'note',
];
const UNDO_STEPS = 200;

const isPair = (decision) => decision.decision === 'same' || decision.decision === 'different';
const notAFace = (id) => ({ decision: 'not-a-face', face_a: id });

/** Both sides as text; those of a pair in one order, as a pair may be named either way round. */
function sides(decision) {
  const both = ['a', 'b'].map((side) =>
    JSON.stringify(['dataset', 'identity', 'face'].map((field) => decision[`${field}_${side}`] ?? null)),
  );
  return isPair(decision) ? both.sort() : both;
}

const topics = new WeakMap(); // decision -> topic

/** What a decision is about: of those with one topic only one can hold. */
function topicOf(decision) {
  if (!topics.has(decision)) topics.set(decision, topic(decision));
  return topics.get(decision);
}

function topic(decision) {
  if (isPair(decision)) return ['pair', ...sides(decision)].join(' ');
  if (decision.decision === 'wrong-label' || decision.decision === 'not-a-face') {
    return [decision.decision, decision.face_a].join(' ');
  }
  return saying(decision); // such as withdraw, of which the last one holds
}

const saying = (decision) => [decision.decision, ...sides(decision)].join(' ');
const timeOf = (decision) => Date.parse(decision.when) || 0;

/** The fields of decisions.json that are there, in their order. */
function tidy(decision) {
  const there = FIELDS.filter((field) => typeof decision[field] === 'string' && decision[field] !== '');
  return Object.fromEntries(there.map((field) => [field, decision[field]]));
}

class Store {
  constructor(key) {
    this.key = key;
    this.kept = true; // whether the browser keeps them
    this.changed = () => {};
    this.state = { who: '', moveOn: true, decisions: [], notes: {}, undo: [], unsaved: 0 };
    this.read();
    addEventListener('storage', (event) => event.key === key && this.read()); // another tab decided
  }

  /** Takes what the browser kept. */
  read() {
    try {
      Object.assign(this.state, JSON.parse(localStorage.getItem(this.key) ?? '{}'));
    } catch {
      this.kept = false;
    }
    this.byTopic = new Map(this.state.decisions.map((decision) => [topicOf(decision), decision]));
    this.changed();
  }

  write() {
    this.state.decisions = [...this.byTopic.values()];
    try {
      localStorage.setItem(this.key, JSON.stringify(this.state));
      this.kept = true;
    } catch {
      // storage is off, or full
      this.kept = false;
    }
    this.changed();
  }

  get size() {
    return this.byTopic.size;
  }

  /** Remembers who reviews, or another setting. */
  set(name, value) {
    this.state[name] = value;
    this.write();
  }

  /** The choice of a row that was chosen, among the decisions as they are or were. */
  chosen(row, byTopic = this.byTopic) {
    return row.choices?.find(({ decision }) => {
      const found = byTopic.get(topicOf(decision));
      return found && saying(found) === saying(decision);
    });
  }

  isMarked(face) {
    return this.byTopic.has(topicOf(notAFace(face)));
  }

  /** Chooses for a row, in place of what was chosen before; the same again takes it back. */
  choose(row, choice) {
    const again = this.chosen(row) === choice;
    const note = this.noteOf(row);
    const changes = row.choices.map(({ decision }) => [topicOf(decision), null]);
    if (!again) changes.push([topicOf(choice.decision), this.signed(choice.decision, note)]);
    this.change(row.id, changes);
    return !again;
  }

  /** Marks a face as not a face, or takes the mark back. */
  mark(row, face) {
    const decision = notAFace(face);
    const again = this.isMarked(face);
    this.change(row.id, [[topicOf(decision), again ? null : this.signed(decision)]]);
    return !again;
  }

  /** A decision that was made here and now. */
  signed(decision, note) {
    const when = `${new Date().toISOString().slice(0, 19)}Z`;
    return { ...tidy({ ...decision, who: this.state.who, when, note }), mine: true };
  }

  change(row, changes) {
    const before = changes.map(([topic]) => [topic, this.byTopic.get(topic) ?? null]);
    this.state.undo = [...this.state.undo, { row, before }].slice(-UNDO_STEPS);
    this.put(changes);
  }

  /** Takes the last step back: {row: its id, null where it was a file}; undefined when there is none. */
  undo() {
    const step = this.state.undo.pop();
    if (step) this.put(step.before);
    return step;
  }

  put(changes) {
    for (const [topic, decision] of changes) {
      if (decision) this.byTopic.set(topic, decision);
      else this.byTopic.delete(topic);
    }
    this.state.unsaved = this.size ? this.state.unsaved + 1 : 0;
    this.write();
  }

  /** The note of a row: of its decision, or for the one to come. */
  noteOf(row) {
    const choice = this.chosen(row);
    return (choice && this.byTopic.get(topicOf(choice.decision)).note) ?? this.state.notes[row.id] ?? '';
  }

  note(row, text) {
    this.state.notes[row.id] = text;
    const choice = this.chosen(row);
    if (choice) this.annotate(choice.decision, text);
    else this.write();
  }

  /** Puts a note to a decision that is there. */
  annotate(decision, text) {
    const topic = topicOf(decision);
    this.put([[topic, { ...this.byTopic.get(topic), note: text }]]);
  }

  noteOfMark(face) {
    return this.byTopic.get(topicOf(notAFace(face)))?.note ?? '';
  }

  /**
   * All decisions as they are saved: by time, then by text. Who decided may be filled in late; what came
   * from a file stays whose it is.
   */
  export() {
    const key = (decision) => [decision.when ?? '', JSON.stringify(decision)];
    return [...this.byTopic.values()]
      .map((decision) => tidy(decision.mine ? { who: this.state.who, ...decision } : decision))
      .sort((left, right) => (key(left) < key(right) ? -1 : 1));
  }

  saved() {
    this.set('unsaved', 0);
  }

  /** Adds decisions of a file; of two on one topic the later one holds. Tells how many came in. */
  merge(list) {
    const told = { added: 0, replaced: 0, known: 0, older: 0 };
    const changes = new Map();
    for (const decision of list.map(tidy)) {
      const topic = topicOf(decision);
      const mine = changes.get(topic) ?? this.byTopic.get(topic);
      const fate = this.fate(mine, decision);
      told[fate]++;
      if (fate === 'added' || fate === 'replaced') changes.set(topic, decision);
    }
    if (changes.size) this.change(null, [...changes]);
    return told;
  }

  fate(mine, decision) {
    if (!mine) return 'added';
    if (saying(mine) === saying(decision)) return 'known';
    return timeOf(decision) > timeOf(mine) ? 'replaced' : 'older';
  }

  forget() {
    this.byTopic.clear();
    Object.assign(this.state, { notes: {}, undo: [], unsaved: 0 });
    this.write();
  }
}

/** The decisions of a file's text; says what is wrong with it otherwise. */
function readDecisions(text) {
  const list = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (!Array.isArray(list)) throw new Error('it is no array of decisions');
  list.forEach((decision, at) => {
    if (typeof decision?.decision !== 'string') throw new Error(`item ${at + 1} has no decision`);
  });
  return list;
}
