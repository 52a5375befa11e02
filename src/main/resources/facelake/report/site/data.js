'use strict';

// The files of the folder data/. They are scripts, as a page on disk may not read any other file.

/** What the data files call. */
const facelake = {
  made: null,
  files: new Map(), // section and number -> rows

  manifest(manifest) {
    this.made = manifest;
  },

  rows(section, file, rows) {
    this.files.set(`${section}-${file}`, rows);
  },
};

const loading = new Map(); // path -> promise

/** Runs a script once; after a failure it can be tried again. */
function load(path) {
  if (!loading.has(path)) {
    loading.set(
      path,
      new Promise((done, failed) => {
        const script = h('script', {
          src: path,
          onload: done,
          onerror: () => {
            loading.delete(path);
            script.remove();
            failed(new Error(`${path} cannot be read. Was the whole folder copied?`));
          },
        });
        document.head.append(script);
      }),
    );
  }
  return loading.get(path);
}

async function loadManifest() {
  await load('data/manifest.js');
  return facelake.made;
}

/** The rows of a section: file by file, as far as they are needed. */
class Rows {
  constructor(section) {
    this.section = section;
    this.count = facelake.made.sections[section].files;
    this.loaded = 0;
    this.all = [];
  }

  get complete() {
    return this.loaded === this.count;
  }

  /** Reads files in their order until there is enough. */
  async until(enough) {
    while (!this.complete && !enough(this.all)) await this.next();
  }

  /** Reads the rest, all files at once. */
  async rest() {
    for (let file = this.loaded + 1; file <= this.count; file++) load(this.path(file)).catch(() => {});
    await this.until(() => false);
  }

  async next() {
    const file = this.loaded + 1;
    await load(this.path(file));
    if (this.loaded >= file) return; // somebody else waited for it too
    const rows = facelake.files.get(`${this.section}-${file}`);
    for (const row of rows) {
      row.id ??= JSON.stringify([row.dataset, row.uri]);
      this.all.push(row);
    }
    this.loaded = file;
  }

  path(file) {
    return `${facelake.made.data}/${this.section}-${file}.js`;
  }
}
