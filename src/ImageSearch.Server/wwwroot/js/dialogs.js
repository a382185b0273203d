import * as api from './api.js';
import { h } from './dom.js';
import * as format from './format.js';
import { icon } from './icons.js';

/**
 * A dialog that is there while it is open. Escape, the cross and a click beside it shut it.
 * @param {string} title
 * @param {...(Node | string)} content
 */
function opened(title, ...content) {
  const close = h('button', { type: 'button', class: 'round', 'aria-label': 'Close', title: 'Close (Esc)' }, icon('close'));
  const dialog = h('dialog', { class: 'window', 'aria-label': title }, h('header', {}, h('h2', {}, title), close), ...content);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** @type {[string, string][]} */
const keys = [
  ['/', 'Search'], ['↓', 'From the search to the pictures'], ['← → ↑ ↓', 'Move between pictures'], ['Enter', 'Open the picture'], ['Esc', 'Close, go back'],
  ['l', 'More like this'], ['x', 'Not like this'], ['d', 'Dates and scores'], ['f', 'Filters'], ['t', 'Dark or light'],
  ['+ − 0', 'In the viewer: zoom in, out, fit'], ['i', 'In the viewer: facts'], ['c', 'In the viewer: copy the path'], ['o s', 'In the viewer: open, download the original'], ['?', 'This list'],
];

/** @type {[string, string][]} */
const language = [
  ['red flower on grass', 'what the picture shows'], ['beach -people', 'a beach, without people'], ['"golden retriever"', 'exactly these words in name, folder or tags'],
  ['2:cat 0.5:garden', 'weights: a cat first'], ['taken:2024-05', 'a year, month or day; also after: and before:'], ['camera:canon type:jpg,png', 'filters; a comma means or'],
  ['-folder:drafts', 'not in that folder'], ['colour:blue rating:>=4', 'colours and stars'], ['near:41.89,12.49,5', 'within 5 km of a place'], ['sort:date', 'newest first'],
];

/** Shows the keys and the query language. */
export function showHelp() {
  const list = (/** @type {[string, string][]} */ rows, /** @type {'kbd' | 'code'} */ tag) =>
    h('dl', {}, ...rows.map(([key, text]) => h('div', {}, h('dt', {}, ...(tag === 'kbd' ? key.split(' ').map((each) => h('kbd', {}, each)) : [h('code', {}, key)])), h('dd', {}, text))));
  const dialog = opened('Keys and query language', h('div', { class: 'two', tabIndex: 0, role: 'region', 'aria-label': 'Lists' },
    h('section', {}, h('h3', {}, 'Query language'), list(language, 'code')), h('section', {}, h('h3', {}, 'Keys'), list(keys, 'kbd'))));
  dialog.classList.add('wide');
}

/** @type {Promise<void> | null} */
let asked = null;

/** Asks for a key until one is accepted or the person gives up; several requests ask once. */
export function askForKey() {
  asked ??= askOnce().finally(() => { asked = null; });
  return asked;
}

/** @returns {Promise<void>} */
function askOnce() {
  return new Promise((resolve, reject) => {
    const field = h('input', { type: 'password', id: 'key', autocomplete: 'current-password', required: true, class: 'field' });
    const wrong = h('p', { class: 'wrong', role: 'alert' });
    const form = h('form', {}, h('label', { for: 'key' }, 'This server answers those who hold a key. It is kept by the browser in a cookie that scripts cannot read.'), field, wrong,
      h('div', { class: 'acts' }, h('button', { type: 'submit', class: 'pill strong' }, 'Open')));
    const dialog = opened('A key is needed', form);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await api.openSession(field.value);
        resolve();
        dialog.close();
      } catch (error) {
        if (!(error instanceof api.Problem)) {
          throw error;
        }

        wrong.textContent = error.detail || error.title;
        field.select();
      }
    });
    dialog.addEventListener('close', () =>
      reject(new api.Problem({ status: 401, title: 'A key is needed', detail: 'This server answers those who hold a key.', cure: 'Ask its owner for one.' })));
  });
}

/** Shows which files could not be indexed, and why. */
export async function showFailures() {
  const [{ libraries }, { write }] = await Promise.all([api.request('/api/libraries'), api.session()]);
  const failing = libraries.filter((/** @type {{ failed: number }} */ { failed }) => failed > 0);
  const lists = await Promise.all(failing.map(async (/** @type {{ name: string, failed: number }} */ { name, failed }) => {
    const { failures } = await api.request(`/api/libraries/${encodeURIComponent(name)}/failures`);
    return h('section', {}, h('h3', {}, name, h('span', {}, format.counted(failed, 'file'))), write && retry(name),
      h('ul', { class: 'failures' }, ...failures.map((/** @type {{ path: string, message: string }} */ { path, message }) => h('li', {}, h('strong', {}, path), h('span', {}, message)))));
  }));
  opened('What could not be indexed', h('div', { class: 'lists', tabIndex: 0, role: 'region', 'aria-label': 'Files' }, ...lists));
}

/**
 * A button that has the files of a library read once more; how far that is, the page hears as of any run.
 * @param {string} library
 */
function retry(library) {
  const button = h('button', { type: 'button', class: 'pill plain', 'aria-label': `Try again what failed in ${library}` }, 'Try again');
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await api.request(`/api/libraries/${encodeURIComponent(library)}/retry`, { method: 'POST' });
      button.closest('dialog')?.close();
    } catch (error) {
      if (!(error instanceof api.Problem)) {
        throw error;
      }

      button.replaceWith(h('p', { class: 'wrong', role: 'alert' }, error.detail || error.title));
    }
  });
  return button;
}
