/** @import { Hit } from '../types.js' */
import { sizeFor, thumbnailOf } from '../api.js';
import { calm, debounced, emit, h } from '../dom.js';
import { aspectOf, justify, rowAt, rowOf, targetOf } from '../justify.js';
import { glide, load, tileOf } from './photo-tile.js';

/**
 * The hits in rows that fill the width. Only rows near the window are in the document, so that ten thousand hits weigh as little as fifty.
 * Events: `picture-wanted` with an index, `like-wanted` and `unlike-wanted` with a hit, `more-wanted`, `place-noted` with the scroll position.
 */
class PhotoGrid extends HTMLElement {
  /** @type {Hit[]} */
  #hits = [];
  /** @type {number[]} */
  #aspects = [];
  /** @type {import('../justify.js').Row[]} */
  #rows = [];
  /** @type {Map<number, ReturnType<typeof tileOf>>} */
  #tiles = new Map();
  #active = 0;
  #width = 0;
  #details = false;
  #frame = 0;
  #list = h('ul', { class: 'tiles', 'aria-label': 'Pictures found' });
  #noted = debounced(150, () => emit(this, 'place-noted', window.scrollY));
  /** Address of the page with a hit in the viewer. @type {(hit: Hit) => string} */
  addressOf = () => '#';
  /** Puts what is to be said of a hit on its tile. @type {(hit: Hit, tile: HTMLElement) => void} */
  mark = () => {};

  connectedCallback() {
    this.append(this.#list);
    new ResizeObserver(([entry]) => this.#resized(entry.contentRect.width)).observe(this);
    window.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('focusin', (event) => this.#focused(event));
  }

  /**
   * Shows an answer from its first hit.
   * @param {Hit[]} hits
   */
  show(hits) {
    this.#hits = hits;
    this.#active = 0;
    this.#aspects = hits.map(aspectOf);
    this.#rows = [];
    this.#clear();
    this.#lay();
  }

  /**
   * Shows the same hits in another order: the pictures that are in the document glide to their new places.
   * @param {Hit[]} hits
   */
  rearrange(hits) {
    const focused = this.focusedHit;
    const tiles = new Map([...this.#tiles].map(([index, tile]) => [this.#hits[index].id, tile]));
    this.show(hits);
    for (const [index, { tile }] of calm() ? [] : this.#tiles) {
      glide(tile, tiles.get(hits[index].id)?.tile);
    }

    if (focused) {
      this.focusOn(Math.max(0, hits.indexOf(focused)));
    }
  }

  /** Says of every hit in the document anew what is to be said of it. */
  markAll() {
    for (const [index, { tile }] of this.#tiles) {
      this.mark(this.#hits[index], tile);
    }
  }

  /** Takes in hits that were added to the answer. */
  grow() {
    for (let index = this.#aspects.length; index < this.#hits.length; index++) {
      this.#aspects.push(aspectOf(this.#hits[index]));
    }

    const from = this.#rows.at(-1)?.full === false ? this.#rows[this.#rows.length - 1].first : this.#aspects.length;
    this.#drop((index) => index >= from);
    this.#lay();
  }

  /** Whether dates and scores stand below the pictures. */
  set details(/** @type {boolean} */ shown) {
    if (shown !== this.#details) {
      this.#details = shown;
      this.classList.toggle('detailed', shown);
      this.#layAnew();
    }
  }

  /** The hit that has the focus, if any has. */
  get focusedHit() {
    return this.contains(document.activeElement) ? this.#hits[this.#active] : undefined;
  }

  /**
   * Moves the focus to a picture and the picture into the window.
   * @param {number} index
   */
  focusOn(index = this.#active) {
    if (this.#hits.length === 0) {
      return;
    }

    this.#activate(Math.max(0, Math.min(this.#hits.length - 1, index)));
    const row = this.#rows[rowOf(this.#rows, this.#active)];
    const top = this.#list.getBoundingClientRect().top + row.top;
    const header = 96;
    if (top < header || top + row.height > innerHeight - 16) {
      window.scrollBy({ top: top < header ? top - header : top + row.height - innerHeight + 24, behavior: calm() || Math.abs(top) > 2 * innerHeight ? 'instant' : 'smooth' });
    }

    this.#render();
    this.#tiles.get(this.#active)?.link.focus({ preventScroll: true });
  }

  /** The address of the thumbnail that the grid shows of a hit. @param {number} index */
  shownThumbnail(index) {
    return this.#tiles.get(index)?.image.src;
  }

  #measure() {
    const target = this.#width < 600 ? 150 : this.#width < 1100 ? 200 : 232;
    return { width: this.#width, target, gap: this.#width < 600 ? 4 : 8, foot: this.#details ? 52 : 0 };
  }

  #lay() {
    if (this.#width > 0) {
      justify(this.#rows, this.#aspects, this.#measure());
      const last = this.#rows.at(-1);
      this.#list.style.height = `${last ? last.top + last.height + this.#measure().foot : 0}px`;
      this.#render();
    }
  }

  /** Lays all rows again and keeps the picture at the top of the window where it is. */
  #layAnew() {
    const row = this.#rows[rowAt(this.#rows, -this.#list.getBoundingClientRect().top)];
    const offset = row ? this.#list.getBoundingClientRect().top + row.top : 0;
    this.#rows = [];
    this.#clear();
    this.#lay();
    if (row && row.first > 0) {
      window.scrollBy({ top: this.#list.getBoundingClientRect().top + this.#rows[rowOf(this.#rows, row.first)].top - offset, behavior: 'instant' });
    }
  }

  /** @param {number} width */
  #resized(width) {
    if (Math.abs(width - this.#width) >= 1) {
      this.#width = width;
      this.#layAnew();
    }
  }

  #scrolled() {
    this.#noted();
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render() {
    if (this.#rows.length === 0) {
      this.#clear();
      return;
    }

    const top = -this.#list.getBoundingClientRect().top;
    const first = rowAt(this.#rows, top - innerHeight * 0.75);
    const last = rowAt(this.#rows, top + innerHeight * 1.75);
    const from = this.#rows[first].first;
    const end = this.#rows[last].first + this.#rows[last].count;
    const focused = this.contains(document.activeElement) ? this.#active : -1;
    this.#drop((index) => (index < from || index >= end) && index !== focused);
    for (let place = first; place <= last; place++) {
      this.#renderRow(this.#rows[place]);
    }

    if (focused >= 0 && (focused < from || focused >= end)) {
      this.#renderRow(this.#rows[rowOf(this.#rows, focused)], focused);
    }

    const bottom = this.#rows[this.#rows.length - 1].top;
    if (bottom < top + innerHeight * 3.5) {
      emit(this, 'more-wanted');
    }
  }

  /**
   * @param {import('../justify.js').Row} row
   * @param {number} [only] the one picture that is wanted of the row
   */
  #renderRow({ first, count, top, height }, only) {
    const { gap, foot } = this.#measure();
    let left = 0;
    for (let index = first; index < first + count; index++) {
      const width = this.#aspects[index] * height;
      if (!this.#tiles.has(index) && (only === undefined || only === index)) {
        this.#add(index, { left, top, width, height: height + foot });
      }

      left += width + gap;
    }
  }

  /**
   * @param {number} index
   * @param {{ left: number, top: number, width: number, height: number }} place
   */
  #add(index, { left, top, width, height }) {
    const hit = this.#hits[index];
    const made = tileOf(hit, index, this.addressOf(hit));
    Object.assign(made.tile.style, { transform: `translate(${left}px, ${top}px)`, width: `${width}px`, height: `${height}px` });
    load(made, thumbnailOf(hit, sizeFor(Math.max(width, height) * Math.min(devicePixelRatio, 2))));
    made.link.tabIndex = index === this.#active ? 0 : -1;
    this.mark(hit, made.tile);
    this.#tiles.set(index, made);
    const next = [...this.#list.children].find((tile) => Number(/** @type {HTMLElement} */ (tile).dataset.index) > index);
    this.#list.insertBefore(made.tile, next ?? null);
  }

  /** @param {(index: number) => boolean} leaves */
  #drop(leaves) {
    for (const [index, { tile, image }] of this.#tiles) {
      if (leaves(index)) {
        image.removeAttribute('src');
        tile.remove();
        this.#tiles.delete(index);
      }
    }
  }

  #clear() {
    this.#drop(() => true);
  }

  /** @param {number} index */
  #activate(index) {
    const before = this.#tiles.get(this.#active);
    const now = this.#tiles.get(index);
    this.#active = index;
    if (before) {
      before.link.tabIndex = -1;
    }

    if (now) {
      now.link.tabIndex = 0;
    }
  }

  /** @param {Event} event */
  #indexAt(event) {
    const tile = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('.tile'));
    return tile ? Number(tile.dataset.index) : -1;
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const index = this.#indexAt(event);
    const { wish } = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-wish]'))?.dataset ?? {};
    if (index >= 0 && wish) {
      emit(this, `${wish}-wanted`, this.#hits[index]);
    } else if (index >= 0 && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      this.#activate(index);
      emit(this, 'picture-wanted', index);
    }
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const index = this.#indexAt(event);
    if (index >= 0) {
      this.#activate(index);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = event.altKey || event.ctrlKey || event.metaKey ? undefined : targetOf(event.key, this.#rows, this.#aspects, this.#active);
    if (target !== undefined) {
      event.preventDefault();
      this.focusOn(target);
    }
  }
}

customElements.define('photo-grid', PhotoGrid);
