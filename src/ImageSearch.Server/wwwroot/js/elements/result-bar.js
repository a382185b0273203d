/** @import { SearchSession } from '../search-session.js' */
import { emit, h } from '../dom.js';
import * as format from '../format.js';
import { icon } from '../icons.js';
import { sorted, sortOf } from '../query.js';

const orders = [['relevance', 'Most relevant'], ['date', 'Newest first'], ['date-asc', 'Oldest first'], ['diverse', 'Most varied']];
const listed = [['relevance', 'Newest first'], ['date-asc', 'Oldest first']];

/** How much was found, what is searchable, and in which order. Events: `query-chosen`, `filters-toggled`, `details-toggled`, `failures-wanted`. */
class ResultBar extends HTMLElement {
  #count = h('h1', { class: 'count' });
  #coverage = h('p', { class: 'coverage' });
  #notes = h('ul', { class: 'notes', 'aria-label': 'Notes' });
  #sort = h('select', { 'aria-label': 'Order' });
  #filters = h('button', { type: 'button', class: 'pill', id: 'filters-toggle', 'aria-controls': 'filters' }, icon('filters'), h('span', {}, 'Filters'));
  #details = h('button', { type: 'button', class: 'pill', 'aria-pressed': 'false', title: 'Dates and scores (d)' }, icon('details'), h('span', {}, 'Details'));
  #query = '';

  connectedCallback() {
    const sort = h('label', { class: 'pill sort' }, icon('sort'), this.#sort);
    this.append(
      h('div', { class: 'bar' }, h('div', { class: 'found' }, this.#count, this.#coverage), h('div', { class: 'choices' }, this.#filters, this.#details, sort)),
      this.#notes,
    );
    this.#filters.addEventListener('click', () => emit(this, 'filters-toggled'));
    this.#details.addEventListener('click', () => emit(this, 'details-toggled'));
    this.#sort.addEventListener('change', () => emit(this, 'query-chosen', sorted(this.#query, this.#sort.value)));
  }

  set filtersShown(/** @type {boolean} */ shown) {
    this.#filters.setAttribute('aria-expanded', String(shown));
  }

  set detailsShown(/** @type {boolean} */ shown) {
    this.#details.setAttribute('aria-pressed', String(shown));
  }

  /** @param {SearchSession} session */
  show(session) {
    this.#query = session.query;
    this.#count.textContent = session.stale && (session.phase === 'failed' || session.hits.length === 0) ? '' : summary(session);
    this.#notes.replaceChildren(...session.notes.map((note) => h('li', {}, note)));
    this.#notes.hidden = session.notes.length === 0;
    const order = sortOf(session.query);
    const choices = session.ranked || order === 'date' ? orders : listed;
    this.#sort.replaceChildren(...choices.map(([value, text]) => new Option(text, value, false, value === order)));
    this.#showCoverage(session);
  }

  /** @param {SearchSession} session */
  #showCoverage({ coverage }) {
    if (!coverage) {
      this.#coverage.replaceChildren();
      return;
    }

    const failed = coverage.failed > 0 && h('button', { type: 'button', class: 'failed', on: { click: () => emit(this, 'failures-wanted') } }, `${format.count(coverage.failed)} failed`);
    this.#coverage.replaceChildren(format.coverage(coverage), ...(failed ? [', ', failed] : []));
  }
}

/**
 * The number of pictures as far as it is known.
 * @param {SearchSession} session
 */
export function summary({ hits, aside, hasMore }) {
  const all = hits.length + aside.length;
  return hasMore ? `${format.count(all)}+ pictures` : format.counted(all, 'picture');
}

customElements.define('result-bar', ResultBar);
