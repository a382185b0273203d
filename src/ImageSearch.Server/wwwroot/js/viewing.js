/** @import { PageState } from './types.js' */
/** @import { SearchSession } from './search-session.js' */
import { readPlace, writeAddress } from './address.js';
import * as api from './api.js';
import * as format from './format.js';

/** Which picture the viewer shows: its place among the hits, its place in the address, and what comes before and after. */
export class Viewing {
  #index = -1;
  #leaving = false;

  /**
   * @param {any} viewer
   * @param {any} grid
   * @param {SearchSession} session
   * @param {{ get: () => PageState, set: (state: PageState) => void }} page
   */
  constructor(viewer, grid, session, page) {
    this.viewer = viewer;
    this.grid = grid;
    this.session = session;
    this.page = page;
    viewer.addEventListener('viewer-moved', (/** @type {CustomEvent} */ event) => this.#step(event.detail));
    viewer.addEventListener('viewer-closed', () => this.#closed());
  }

  /**
   * Opens the viewer on a hit.
   * @param {number} index
   */
  open(index) {
    this.#enter(this.session.hits[index]);
    this.#show(index);
  }

  /**
   * Opens the viewer on a picture that stands by itself.
   * @param {import('./types.js').Hit} hit
   */
  openAlone(hit) {
    this.#enter(hit);
    this.#index = -1;
    this.viewer.show(hit, {});
  }

  /** @param {import('./types.js').Hit} hit */
  #enter(hit) {
    this.page.set({ ...this.page.get(), picture: hit.id });
    const { top, count, judged } = readPlace();
    writeAddress(this.page.get(), 'push', { top, count, judged, opened: true });
  }

  /**
   * Shows what the address names; a picture that is not among the hits is shown by itself.
   * @param {string} id
   */
  async restore(id) {
    if (id === '') {
      this.leave({ stays: true });
      return;
    }

    const index = this.session.hits.findIndex((hit) => hit.id === id);
    if (index >= 0) {
      this.#show(index);
      return;
    }

    try {
      const hit = await api.picture(id);
      this.#index = -1;
      this.viewer.show(hit, {});
    } catch (error) {
      if (!(error instanceof api.Problem)) {
        throw error;
      }

      this.page.set({ ...this.page.get(), picture: '' });
      writeAddress(this.page.get(), 'replace');
      this.viewer.dispatchEvent(new CustomEvent('notice', { bubbles: true, detail: error.title }));
    }
  }

  /**
   * Shuts the viewer because the page goes elsewhere; the address is the caller's.
   * @param {{ stays?: boolean }} [where] whether the hits stay, and the focus goes to the picture that was shown
   */
  leave({ stays = false } = {}) {
    this.#index = stays ? this.#index : -1;
    if (this.viewer.picture) {
      this.#leaving = true;
      this.viewer.close();
    }
  }

  /** Takes note of hits that were added: there may be a next picture now. */
  grew() {
    if (this.viewer.picture && this.#index >= 0) {
      this.viewer.surround(this.#surroundings(this.#index));
    }
  }

  /** @param {number} step */
  #step(step) {
    const index = this.#index + step;
    const hit = this.session.hits[index];
    if (hit) {
      this.page.set({ ...this.page.get(), picture: hit.id });
      writeAddress(this.page.get(), 'replace');
      this.#show(index);
    }
  }

  /** @param {number} index */
  #show(index) {
    this.#index = index;
    this.viewer.show(this.session.hits[index], this.#surroundings(index));
    if (index > this.session.hits.length - 20) {
      void this.session.more();
    }
  }

  /** @param {number} index */
  #surroundings(index) {
    const { hits, hasMore } = this.session;
    return {
      place: `${format.count(index + 1)} of ${format.count(hits.length)}${hasMore ? '+' : ''}`,
      first: index === 0,
      last: index === hits.length - 1,
      small: this.grid.shownThumbnail(index),
      near: [hits[index + 1], hits[index - 1]],
    };
  }

  #closed() {
    const index = this.#index;
    if (!this.#leaving) {
      this.page.set({ ...this.page.get(), picture: '' });
      if (readPlace().opened) {
        history.back();
      } else {
        writeAddress(this.page.get(), 'replace');
      }
    }

    this.#leaving = false;
    this.#index = -1;
    if (index >= 0) {
      this.grid.focusOn(index);
    }
  }
}
