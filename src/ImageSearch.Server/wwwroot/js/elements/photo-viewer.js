/** @import { Hit } from '../types.js' */
import { originalOf, thumbnailOf } from '../api.js';
import { emit, h, isTyping } from '../dom.js';
import * as format from '../format.js';
import { icon } from '../icons.js';
import './photo-facts.js';
import './zoom-stage.js';

/**
 * @typedef {object} Surroundings
 * @property {string} [place] in words
 * @property {boolean} [first] whether no picture comes before
 * @property {boolean} [last] whether none comes after
 * @property {string} [small] address of a thumbnail that is there already
 * @property {(Hit | undefined)[]} [near] the neighbours, to fetch ahead
 */

/**
 * One picture over the whole window, with its facts beside it.
 * Events: `viewer-moved` with 1 or -1, `viewer-closed`, `like-wanted` and `unlike-wanted` with the hit, `notice` with news.
 */
class PhotoViewer extends HTMLElement {
  /** @type {Hit | null} */
  #hit = null;
  #stage = /** @type {any} */ (document.createElement('zoom-stage'));
  #facts = /** @type {any} */ (document.createElement('photo-facts'));
  #name = h('p', { class: 'viewer-name' });
  #percent = h('button', { type: 'button', class: 'percent-button', title: 'Fit to the window (0)', on: { click: () => this.#stage.zoomTo(1) } });
  #previous = this.#button('left', 'Previous picture', '←', () => emit(this, 'viewer-moved', -1), 'turn previous');
  #next = this.#button('right', 'Next picture', '→', () => emit(this, 'viewer-moved', 1), 'turn next');
  #info = this.#button('info', 'Facts', 'i', () => this.#toggleFacts());
  #open = h('a', { class: 'round', target: '_blank', rel: 'noopener', 'aria-label': 'Open the original', title: 'Open the original (o)' }, icon('open'));
  #download = h('a', { class: 'round', 'aria-label': 'Download the original', title: 'Download the original (s)' }, icon('download'));
  #aside = h('aside', { 'aria-label': 'Facts' }, this.#facts);
  #dialog = h('dialog', { class: 'viewer', 'aria-label': 'Picture' });
  /** @type {((hit: Hit | null) => void)[]} */
  #parts = [];

  connectedCallback() {
    const acts = h('div', { class: 'acts', role: 'toolbar', 'aria-label': 'This picture' },
      h('span', { class: 'zoom' }, this.#button('minus', 'Zoom out', '-', () => this.#stage.zoomBy(1 / 1.5)), this.#percent, this.#button('plus', 'Zoom in', '+', () => this.#stage.zoomBy(1.5))),
      this.#button('similar', 'More like this', 'l', () => emit(this, 'like-wanted', this.#hit)),
      this.#button('dissimilar', 'Not like this', 'x', () => emit(this, 'unlike-wanted', this.#hit)),
      this.#button('copy', 'Copy the path', 'c', () => this.#copy()),
      this.#open, this.#download, this.#info);
    const bar = h('header', {}, this.#button('close', 'Close', 'Esc', () => this.close()), this.#name, acts);
    this.#dialog.append(bar, h('div', { class: 'stage' }, this.#stage, this.#previous, this.#next), this.#aside);
    this.append(this.#dialog);
    this.#dialog.classList.toggle('with-facts', (localStorage.getItem('facts') ?? (innerWidth >= 1000 ? 'shown' : 'hidden')) === 'shown');
    this.#dialog.addEventListener('keydown', (event) => this.#key(event));
    this.#dialog.addEventListener('close', () => this.#closed());
    this.#stage.addEventListener('swiped', (/** @type {CustomEvent} */ event) => emit(this, 'viewer-moved', event.detail));
    this.#stage.addEventListener('zoomed', () => { this.#percent.textContent = `${this.#stage.percent} %`; });
    this.#showInfoState();
  }

  /** Id of the picture that is shown, or empty. */
  get picture() {
    return this.#hit?.id ?? '';
  }

  /**
   * @param {Hit} hit
   * @param {Surroundings} surroundings
   */
  show(hit, surroundings) {
    this.#hit = hit;
    this.surround(surroundings);
    this.#open.href = originalOf(hit);
    this.#download.href = originalOf(hit);
    this.#download.download = format.nameOf(hit.path);
    this.#showFacts();
    if (!this.#dialog.open) {
      document.documentElement.classList.add('viewing');
      this.#dialog.showModal();
    }

    this.#stage.show(hit, format.alternativeText(hit), surroundings.small);
  }

  /**
   * Adds a part below the facts.
   * @param {HTMLElement} part
   * @param {(hit: Hit | null) => void} show hears of the picture that is shown, and null when there is none any more
   */
  addPart(part, show) {
    this.#aside.append(part);
    this.#parts.push(show);
    show(this.#hit);
  }

  /**
   * Shows the facts of a picture anew, if it is still the one that is shown.
   * @param {Hit} hit
   */
  again(hit) {
    if (this.#hit?.id === hit.id) {
      this.#facts.hit = hit;
    }
  }

  /**
   * Says where the picture stands among the hits.
   * @param {Surroundings} surroundings
   */
  surround({ place = '', first = true, last = true, near = [] }) {
    const hit = /** @type {Hit} */ (this.#hit);
    this.#name.replaceChildren(h('span', {}, hit.title ?? format.nameOf(hit.path)), h('small', {}, place));
    this.#previous.hidden = first;
    this.#next.hidden = last;
    for (const other of near) {
      if (other) {
        h('img', { src: thumbnailOf(other, 1280) });
      }
    }
  }

  close() {
    this.#dialog.close();
  }

  #closed() {
    document.documentElement.classList.remove('viewing');
    this.#stage.empty();
    this.#hit = null;
    this.#showFacts();
    emit(this, 'viewer-closed');
  }

  /**
   * @param {import('../icons.js').IconName} shape
   * @param {string} label
   * @param {string} key
   * @param {() => void} act
   * @param {string} [kind]
   */
  #button(shape, label, key, act, kind = '') {
    return h('button', { type: 'button', class: `round ${kind}`, 'aria-label': label, title: `${label} (${key})`, on: { click: act } }, icon(shape));
  }

  #toggleFacts() {
    const shown = this.#dialog.classList.toggle('with-facts');
    localStorage.setItem('facts', shown ? 'shown' : 'hidden');
    this.#showInfoState();
  }

  #showInfoState() {
    this.#info.setAttribute('aria-pressed', String(this.#dialog.classList.contains('with-facts')));
  }

  #showFacts() {
    this.#facts.hit = this.#hit;
    for (const show of this.#parts) {
      show(this.#hit);
    }
  }

  async #copy() {
    const path = `${this.#hit?.library}/${this.#hit?.path}`;
    try {
      await navigator.clipboard.writeText(path);
      emit(this, 'notice', `Copied ${path}`);
    } catch {
      emit(this, 'notice', `The browser did not let the page copy: ${path}`);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }

    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowRight: () => !this.#next.hidden && emit(this, 'viewer-moved', 1),
      ArrowLeft: () => !this.#previous.hidden && emit(this, 'viewer-moved', -1),
      '+': () => this.#stage.zoomBy(1.5),
      '=': () => this.#stage.zoomBy(1.5),
      '-': () => this.#stage.zoomBy(1 / 1.5),
      0: () => this.#stage.zoomTo(1),
      i: () => this.#toggleFacts(),
      l: () => emit(this, 'like-wanted', this.#hit),
      x: () => emit(this, 'unlike-wanted', this.#hit),
      c: () => this.#copy(),
      o: () => this.#open.click(),
      s: () => this.#download.click(),
    };
    if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    }
  }
}

customElements.define('photo-viewer', PhotoViewer);
