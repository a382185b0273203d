/** @import { Plan, Understood } from '../types.js' */
import { emit, h } from '../dom.js';
import { icon } from '../icons.js';
import { tokenImage, tokenText } from '../picture-token.js';
import { pictureOf } from '../query.js';

/** @type {Record<string, string>} */
const said = { words: 'words', exact: 'exact text', exclude: 'without', filter: 'filter', picture: 'picture', sort: 'order', group: 'grouping' };

/** What was understood of the query, an item a chip, and the words it was read from. Events: `query-chosen` with the query without a chip, or as typed. */
class QueryChips extends HTMLElement {
  /**
   * @param {Understood[]} understood
   * @param {Plan} [plan]
   */
  show(understood, plan) {
    const plain = understood.length === 0 || (understood.length === 1 && understood[0].kind === 'words');
    this.hidden = plain && !plan;
    this.replaceChildren(
      h('ul', { 'aria-label': 'The search as it was understood' }, ...understood.map((item, place) => chip(item, () =>
        emit(this, 'query-chosen', understood.filter((_, other) => other !== place).map(({ text }) => text).join(' '))))),
      ...(plan ? [h('p', { class: 'plan' }, `Read from “${plan.from}” `,
        h('button', { type: 'button', on: { click: () => emit(this, 'query-chosen', plan.asTyped) } }, 'Search as typed'))] : []),
    );
  }
}

/**
 * @param {Understood} item
 * @param {() => void} remove
 */
function chip({ text, kind }, remove) {
  const isPicture = pictureOf(text) !== null;
  const label = isPicture ? tokenText(text) : text;
  return h('li', { class: `chip of-${kind}${text.startsWith('-') ? ' minus' : ''}`, title: said[kind] ?? kind },
    isPicture ? h('span', { class: 'chip-picture' }, tokenImage(text)) : null,
    h('span', { class: 'chip-text' }, label),
    h('button', { type: 'button', 'aria-label': `Remove ${label}`, title: 'Remove', on: { click: remove } }, icon('close')));
}

customElements.define('query-chips', QueryChips);
