/** @import { SearchSession } from '../search-session.js' */
import { emit, h } from '../dom.js';
import { icon } from '../icons.js';
import { itemsOf } from '../query.js';

/** What stands where no pictures do: nothing found, nothing indexed, or what went wrong and how to cure it. Events: `query-chosen`, `again-wanted`. */
class ResultState extends HTMLElement {
  #timer = 0;

  /** @param {SearchSession} session */
  show(session) {
    clearTimeout(this.#timer);
    const { phase, hits } = session;
    const state = phase === 'failed' ? this.#failure(session) : phase === 'ready' && hits.length === 0 ? this.#empty(session) : null;
    // What is wrong with the search stands above what was found before it; what broke off a page, below the pictures.
    this.classList.toggle('above', phase === 'failed' && session.stale);
    this.replaceChildren(...(state ? [state] : []));
  }

  /** @param {SearchSession} session */
  #failure({ problem, hits, stale }) {
    const { status, title, detail, cure, retryAfter } = /** @type {import('../api.js').Problem} */ (problem);
    const isSmall = hits.length > 0 && (!stale || status === 400);
    const again = h('button', { type: 'button', class: 'pill strong', on: { click: () => emit(this, 'again-wanted') } }, 'Try again');
    const wait = h('p', { class: 'wait' });
    if (retryAfter > 0) {
      this.#countDown(retryAfter, wait);
    }

    return h('div', { class: isSmall ? 'state small' : 'state', role: 'alert' },
      isSmall ? null : icon(status === 0 && !navigator.onLine ? 'offline' : status === 401 ? 'key' : 'alert'),
      h('h2', {}, title), detail && detail !== title ? h('p', {}, detail) : null, cure ? h('p', { class: 'cure' }, cure) : null,
      status === 400 ? null : h('div', { class: 'acts' }, again), wait);
  }

  /**
   * Tries again by itself when the server said when; a page that nobody looks at waits.
   * @param {number} seconds
   * @param {HTMLElement} line
   */
  #countDown(seconds, line) {
    line.textContent = `Trying again in ${seconds} s`;
    this.#timer = setTimeout(() => {
      if (seconds > 1 || document.hidden) {
        this.#countDown(Math.max(1, seconds - 1), line);
      } else {
        emit(this, 'again-wanted');
      }
    }, 1000);
  }

  /** @param {SearchSession} session */
  #empty({ query, coverage, minScore }) {
    if (query === '' && minScore === 0) {
      return h('div', { class: 'state' }, icon('picture'), h('h2', {}, 'Nothing is indexed yet'),
        h('p', {}, coverage && coverage.found > 0 ? 'Pictures were found, but none can be searched yet.' : 'Add a folder of pictures, and they can be searched as they are read.'),
        h('p', {}, h('code', {}, 'imagesearch index ~/Pictures')));
    }

    const items = itemsOf(query);
    const words = items.filter((item) => !/^-?[a-z]+:/i.test(item));
    const acts = [
      items.length > words.length && words.length > 0 && this.#way('Search without the filters', words.join(' ')),
      minScore > 0 && h('button', { type: 'button', class: 'pill plain', on: { click: () => emit(this, 'least-score-chosen', 0) } }, 'Take any score'),
      this.#way('Show all pictures', ''),
    ];
    return h('div', { class: 'state' }, icon('search'), h('h2', {}, 'No picture fits'),
      h('p', {}, items.length > 1 ? 'Nothing passes all of the search at once. Take something away, or say it in other words.' : 'Say it in other words, or search by a picture.'),
      h('div', { class: 'acts' }, ...acts));
  }

  /**
   * @param {string} text
   * @param {string} query
   */
  #way(text, query) {
    return h('button', { type: 'button', class: 'pill plain', on: { click: () => emit(this, 'query-chosen', query) } }, text);
  }
}

customElements.define('result-state', ResultState);
