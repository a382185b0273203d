import { debounced, emit, h } from '../dom.js';
import * as format from '../format.js';

/**
 * @typedef {object} Progress
 * @property {string} library
 * @property {string} phase
 * @property {number} found
 * @property {number} done
 * @property {number} [indexed]
 * @property {number} [failed]
 * @property {number} [perSecond]
 * @property {number} [etaSeconds]
 */

const goneAfter = 5000;

/** Indexing while it goes on, told by the server. Events: `collection-changed` when searches see something new. */
class IndexProgress extends HTMLElement {
  /** @type {Map<string, Progress>} */
  #running = new Map();
  #leave = debounced(goneAfter, () => this.replaceChildren());
  #changed = debounced(800, () => emit(this, 'collection-changed'));

  /** Listens from now on; the browser takes the connection up again when it breaks. */
  listen() {
    const events = new EventSource('/api/events');
    events.addEventListener('progress', (event) => this.#progress(JSON.parse(event.data)));
    events.addEventListener('collection', () => this.#changed());
    window.addEventListener('pagehide', () => events.close());
  }

  /** @param {Progress} progress */
  #progress(progress) {
    const over = progress.etaSeconds === undefined && progress.done >= progress.found;
    this.#running.set(progress.library, progress);
    if (over || /^(idle|done|finished|waiting|stopped|failed)$/i.test(progress.phase)) {
      this.#running.delete(progress.library);
      this.#changed();
    }

    const shown = [...this.#running.values()][0] ?? progress;
    this.replaceChildren(card(shown, !this.#running.has(shown.library)));
    if (this.#running.size === 0) {
      this.#leave();
    } else {
      this.#leave.cancel();
    }
  }
}

/**
 * @param {Progress} progress
 * @param {boolean} over
 */
function card({ library, phase, found, done, failed = 0, perSecond, etaSeconds }, over) {
  const pace = [
    perSecond ? `${format.count(Math.round(perSecond))} a second` : '',
    etaSeconds !== undefined ? `${format.duration(etaSeconds)} left` : '',
    failed > 0 ? `${format.count(failed)} failed` : '',
  ].filter(Boolean).join(', ');
  return h('section', { class: 'progress', 'aria-label': `Indexing ${library}` },
    h('strong', {}, h('span', {}, over ? `${library} is up to date` : `Indexing ${library}`), h('span', {}, found > 0 ? `${Math.round((done / found) * 100)} %` : '')),
    h('progress', { max: Math.max(1, found), value: done, 'aria-label': `Indexing ${library}` }),
    h('p', {}, found > 0 ? `${format.count(done)} of ${format.count(found)}${pace ? `, ${pace}` : ''}` : phase));
}

customElements.define('index-progress', IndexProgress);
