import { debounced, emit, h } from '../dom.js';
import * as format from '../format.js';

/**
 * @typedef {object} Progress
 * @property {string} library
 * @property {string} phase
 * @property {number} [found] absent until counted
 * @property {number} done
 * @property {number} [indexed]
 * @property {number} [failed]
 * @property {number} [perSecond]
 * @property {number} [etaSeconds]
 * @property {number} [spent] US dollars
 * @property {string} [message] why it failed
 */

const goneAfter = 5000;

/** @type {Record<string, (library: string) => string>} */
const titles = {
  stopping: (library) => `Stopping ${library}`,
  done: (library) => `${library} is up to date`,
  stopped: (library) => `${library} was stopped`,
  failed: (library) => `Indexing ${library} failed`,
};

/** Indexing while it goes on, told by the server. Events: `collection-changed` when searches see something new. */
class IndexProgress extends HTMLElement {
  /** @type {Map<string, Progress>} */
  #running = new Map();
  /** @type {string | undefined} What the collection was marked by when it was last told of. */
  #mark;
  #leave = debounced(goneAfter, () => this.replaceChildren());
  #changed = debounced(800, () => emit(this, 'collection-changed'));

  /** Listens from now on; the browser takes the connection up again when it breaks. */
  listen() {
    const events = new EventSource('/api/events');
    events.addEventListener('progress', (event) => this.#progress(JSON.parse(event.data)));
    events.addEventListener('collection', (event) => this.#collection(JSON.parse(event.data)));
    window.addEventListener('pagehide', () => events.close());
  }

  /** Who begins to listen, or comes back, is told how things stand: only another mark is new. @param {{ mark: string }} news */
  #collection({ mark }) {
    const isNews = this.#mark !== undefined && this.#mark !== mark;
    this.#mark = mark;
    if (isNews) {
      this.#changed();
    }
  }

  /** @param {Progress} progress */
  #progress(progress) {
    const goesOn = progress.phase === 'indexing' || progress.phase === 'stopping';
    const wentOn = this.#running.delete(progress.library);
    if (goesOn) {
      this.#running.set(progress.library, progress);
    } else if (!wentOn) {
      // A run that was over before anybody looked is no news.
      return;
    } else {
      this.#changed();
    }

    this.replaceChildren(card([...this.#running.values()][0] ?? progress));
    if (this.#running.size === 0) {
      this.#leave();
    } else {
      this.#leave.cancel();
    }
  }
}

/** @param {Progress} progress */
function card({ library, phase, found = 0, done, failed = 0, perSecond, etaSeconds, spent, message }) {
  const title = titles[phase] ?? ((/** @type {string} */ name) => `Indexing ${name}`);
  const pace = [
    perSecond ? `${format.count(Math.round(perSecond))} a second` : '',
    etaSeconds !== undefined ? `${format.duration(etaSeconds)} left` : '',
    failed > 0 ? `${format.count(failed)} failed` : '',
    spent ? `$${spent.toFixed(2)} spent` : '',
  ].filter(Boolean).join(', ');
  return h('section', { class: 'progress', 'aria-label': title(library) },
    h('strong', {}, h('span', {}, title(library)), h('span', {}, found > 0 ? `${Math.round((done / found) * 100)} %` : '')),
    h('progress', found > 0 ? { max: found, value: done, 'aria-label': title(library) } : { 'aria-label': title(library) }),
    h('p', {}, found > 0 ? [`${format.count(done)} of ${format.count(found)}`, pace].filter(Boolean).join(', ') : `${format.count(done)} so far`),
    message ? h('p', {}, message) : null);
}

customElements.define('index-progress', IndexProgress);
