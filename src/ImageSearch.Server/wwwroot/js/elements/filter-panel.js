/** @import { FacetValue } from '../types.js' */
import * as api from '../api.js';
import { debounced, emit, h } from '../dom.js';
import * as format from '../format.js';
import { icon } from '../icons.js';
import { filterOf, hasFilter, itemsOf, toggledFilter, withoutKey } from '../query.js';

/** The facets that are offered: what they are called, and the key of their filters. */
const offered = [
  { facet: 'format', title: 'Type', key: 'type' },
  { facet: 'year', title: 'Year', key: 'taken' },
  { facet: 'colour', title: 'Colour', key: 'colour' },
  { facet: 'camera', title: 'Camera', key: 'camera' },
  { facet: 'tag', title: 'Tags', key: 'tag' },
  { facet: 'folder', title: 'Folder', key: 'folder' },
  { facet: 'rating', title: 'Rating', key: 'rating' },
  { facet: 'library', title: 'Library', key: 'library' },
];
const shownAtFirst = 6;
const wide = matchMedia('(min-width: 48.01rem)');

/** Filters with counts: beside the pictures, or as a sheet over them on a phone. Events: `query-chosen`, `least-score-chosen`. */
class FilterPanel extends HTMLElement {
  #query = '';
  #asked = '\n';
  #abort = new AbortController();
  /** @type {Set<string>} */
  #unfolded = new Set();
  #groups = h('div', { class: 'groups' });
  #range = h('input', { type: 'range', min: '0', max: '1', step: '0.01', value: '0', id: 'least-score' });
  #least = h('output', { for: 'least-score' });
  #score = h('div', { class: 'group score-group', hidden: true }, h('label', { class: 'group-title', for: 'least-score' }, h('span', {}, 'Least score'), this.#least), this.#range);
  #shut = h('button', { type: 'button', class: 'pill strong' }, 'Done');
  #dialog = h('dialog', { class: 'sheet', 'aria-label': 'Filters' });
  #body = h('aside', { id: 'filters', 'aria-label': 'Filters' }, this.#groups, this.#score);
  #chosen = debounced(200, () => emit(this, 'least-score-chosen', Number(this.#range.value)));

  connectedCallback() {
    this.#dialog.append(h('header', {}, h('h2', {}, 'Filters'), this.#shut));
    this.append(this.#dialog);
    this.#range.addEventListener('input', () => {
      this.#showLeast(Number(this.#range.value));
      this.#chosen();
    });
    this.#shut.addEventListener('click', () => this.toggle());
    this.#dialog.addEventListener('click', (event) => event.target === this.#dialog && this.toggle());
    this.#dialog.addEventListener('close', () => emit(this, 'filters-moved', this.shown));
    wide.addEventListener('change', () => this.#settle());
    this.#settle();
  }

  get shown() {
    return wide.matches ? !this.#body.hidden : this.#dialog.open;
  }

  /** Opens or shuts the panel, or the sheet; the panel stays as it was left. */
  toggle() {
    if (wide.matches) {
      this.#body.hidden = !this.#body.hidden;
      localStorage.setItem('filters', this.#body.hidden ? 'hidden' : 'shown');
    } else if (this.#dialog.open) {
      this.#dialog.close();
    } else {
      this.#dialog.showModal();
    }

    this.#refresh();
    emit(this, 'filters-moved', this.shown);
  }

  /**
   * @param {string} query
   * @param {number} minScore
   * @param {boolean} ranked whether hits have scores
   */
  show(query, minScore, ranked) {
    this.#query = query;
    this.#score.hidden = !ranked && minScore === 0;
    this.#range.value = String(minScore);
    this.#showLeast(minScore);
    this.#refresh();
  }

  /** Counts again, for pictures have come or gone. */
  again() {
    this.#asked = '\n';
    this.#refresh();
  }

  /** Puts the filters where there is room for them. */
  #settle() {
    this.#dialog.close();
    (wide.matches ? this : this.#dialog).append(this.#body);
    this.#body.hidden = wide.matches && (localStorage.getItem('filters') ?? (innerWidth >= 1100 ? 'shown' : 'hidden')) === 'hidden';
    this.#refresh();
    emit(this, 'filters-moved', this.shown);
  }

  /** @param {number} value */
  #showLeast(value) {
    this.#least.value = value > 0 ? format.score(value) : 'any';
  }

  async #refresh() {
    if (!this.shown || this.#asked === this.#query) {
      return;
    }

    this.#asked = this.#query;
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      this.#draw(await counts(this.#query, signal));
    } catch (error) {
      if (!signal.aborted) {
        this.#asked = '\n';
        // A query that is not understood has no counts; the search says why, and the filters stay as they were.
        if (!(error instanceof api.Problem)) {
          throw error;
        }
      }
    }
  }

  /** @param {Record<string, FacetValue[]>} facets */
  #draw(facets) {
    const focused = document.activeElement instanceof HTMLElement && this.contains(document.activeElement) ? document.activeElement.dataset.filter : undefined;
    this.#groups.replaceChildren(...offered.flatMap(({ facet, title }) => {
      const values = facets[facet] ?? [];
      const isChoice = values.length > 1 || values.some(({ filter }) => hasFilter(this.#query, filter));
      return isChoice ? [this.#group(facet, title, values)] : [];
    }));
    if (focused) {
      /** @type {HTMLElement | null} */ (this.#groups.querySelector(`[data-filter="${CSS.escape(focused)}"]`))?.focus();
    }
  }

  /**
   * @param {string} facet
   * @param {string} title
   * @param {FacetValue[]} values
   */
  #group(facet, title, values) {
    const isSwatches = facet === 'colour';
    const shown = isSwatches || this.#unfolded.has(facet) ? values : values.filter(({ filter }, place) => place < shownAtFirst || hasFilter(this.#query, filter));
    const more = shown.length < values.length && h('button', { type: 'button', class: 'unfold' }, `Show ${values.length - shown.length} more`);
    const group = h('fieldset', { class: `group ${isSwatches ? 'swatches' : ''}` }, h('legend', { class: 'group-title' }, title),
      h('div', { class: 'options' }, ...shown.map((value) => this.#option(facet, value))), more);
    if (more) {
      more.addEventListener('click', () => {
        this.#unfolded.add(facet);
        group.replaceWith(this.#group(facet, title, values));
      });
    }

    return group;
  }

  /**
   * @param {string} facet
   * @param {FacetValue} value
   */
  #option(facet, { value, count, filter }) {
    const box = h('input', { type: 'checkbox', checked: hasFilter(this.#query, filter) });
    box.dataset.filter = filter;
    box.addEventListener('change', () => emit(this, 'query-chosen', toggledFilter(this.#query, filter)));
    if (facet === 'colour') {
      box.setAttribute('aria-label', `${value}, ${format.counted(count, 'picture')}`);
      return h('label', { class: `swatch tone-${value}`, title: `${value}, ${format.count(count)}` }, box);
    }

    return h('label', { class: 'option' }, box, h('span', { class: 'tick' }, icon('check')), h('span', { class: 'value', title: value }, named(facet, value)), h('span', { class: 'number' }, format.count(count)));
  }
}

/**
 * @param {string} facet
 * @param {string} value
 */
function named(facet, value) {
  switch (facet) {
    case 'rating': return format.counted(Number(value), 'star');
    case 'format': return value.toUpperCase();
    default: return value;
  }
}

/**
 * Counts under the query; those of a key that it filters by are counted as if it did not, so that further values can be chosen.
 * @param {string} query
 * @param {AbortSignal} signal
 */
async function counts(query, signal) {
  const keys = new Set(itemsOf(query).map((item) => filterOf(item)?.key));
  const free = offered.filter(({ key }) => !keys.has(key)).map(({ facet }) => facet);
  const answers = await Promise.all([
    free.length > 0 ? api.facets(query, free, signal) : {},
    ...offered.filter(({ key }) => keys.has(key)).map(({ facet, key }) => api.facets(withoutKey(query, key), [facet], signal)),
  ]);
  return Object.assign({}, ...answers);
}

customElements.define('filter-panel', FilterPanel);
