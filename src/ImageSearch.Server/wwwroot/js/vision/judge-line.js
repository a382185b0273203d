/** @import { Hit } from '../types.js' */
/** @import { Judging } from './judging.js' */
/** @import { SearchSession } from '../search-session.js' */
import { thumbnailOf } from '../api.js';
import { emit, h } from '../dom.js';
import * as format from '../format.js';
import { icon } from '../icons.js';
import { dollars, modelName, paid, sentence } from './words.js';

/** Offers to have the hits judged, and says how far that is and what came of it. Events: `judge-wanted`, `judge-left`, `hit-wanted` with a hit that was dropped. */
class JudgeLine extends HTMLElement {
  #button = h('button', { type: 'button', class: 'pill plain', on: { click: () => emit(this, this.#act) } });
  #said = h('p', { class: 'judge-said' });
  #notes = h('ul', { class: 'notes', 'aria-label': 'What the model cannot say' });
  #dropped = h('details', { class: 'dropped' });
  #act = 'judge-wanted';
  /** @type {Hit[]} */
  #hits = [];
  /** Address of the page with a hit in the viewer. @type {(hit: Hit) => string} */
  addressOf = () => '#';

  connectedCallback() {
    this.append(h('div', { class: 'judge' }, this.#button, this.#said), this.#notes, this.#dropped);
    this.#dropped.addEventListener('click', (event) => this.#click(event));
  }

  /** What it says, in words. */
  get said() {
    return this.#said.textContent;
  }

  /**
   * @param {Judging} judging
   * @param {{ model: string, judge: { pictures: number, dollars?: number } }} vision
   */
  show(judging, vision) {
    const { session, phase, notes } = judging;
    const asks = session.understood.some(({ kind }) => kind === 'words' || kind === 'exact' || kind === 'picture');
    this.hidden = session.phase === 'failed' || session.stale || session.hits.length + session.aside.length === 0 || !asks;
    const isOn = phase === 'asking' || phase === 'judged';
    this.#act = isOn ? 'judge-left' : 'judge-wanted';
    const label = phase === 'asking' ? 'Stop' : phase === 'judged' ? 'Plain order' : 'Judge';
    // The focus stays where it is: the button is the same all along.
    this.#button.replaceChildren(icon(isOn ? 'close' : 'judge'), label);
    this.#said.replaceChildren(...said(judging, vision));
    this.#notes.replaceChildren(...notes.map((note) => h('li', {}, note)));
    this.#notes.hidden = notes.length === 0;
    this.#showDropped(judging);
  }

  /** @param {Judging} judging */
  #showDropped({ session, verdicts, phase }) {
    const hits = phase === 'judged' ? session.aside : [];
    this.#dropped.hidden = hits.length === 0;
    if (hits.length === 0) {
      this.#dropped.open = false;
      this.#dropped.replaceChildren();
      return;
    }

    this.#dropped.replaceChildren(
      h('summary', {}, `${format.count(hits.length)} the model would drop`),
      h('ul', {}, ...hits.map((hit) => {
        const verdict = verdicts.get(hit.id);
        const link = h('a', { href: this.addressOf(hit), title: verdict ? sentence(verdict) : '' }, h('img', { src: thumbnailOf(hit, 320), alt: format.alternativeText(hit), loading: 'lazy' }));
        link.dataset.id = hit.id;
        return h('li', {}, link, verdict ? h('p', {}, verdict.reason) : null);
      })));
    this.#hits = hits;
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('a'));
    const hit = this.#hits.find(({ id }) => id === link?.dataset.id);
    if (hit && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      emit(this, 'hit-wanted', hit);
    }
  }
}

/**
 * @param {Judging} judging
 * @param {{ model: string, judge: { dollars?: number } }} vision
 * @returns {(Node | string)[]}
 */
function said({ phase, verdicts, total, judgement, session }, { model, judge }) {
  const name = h('span', { title: model }, modelName(model));
  switch (phase) {
    case 'asking':
      return [name, ` looks at ${format.counted(total, 'picture')}: ${format.count(verdicts.size)} so far`];
    case 'judged':
      return [name, ` saw ${format.counted(judgement?.judged ?? 0, 'picture')}: ${sums([...verdicts.values()])}. ${judgement?.cached === judgement?.judged ? 'All kept from before' : paid(judgement?.cost)}`];
    default:
      return ['Have ', name, ` look at the ${total < session.hits.length ? `${format.count(total)} best` : format.counted(total, 'picture')}, ${dollars(judge.dollars)}`];
  }
}

const sorts = [['keep', 'fits', 'fit'], ['unsure', 'is unsure', 'are unsure'], ['drop', 'does not fit', 'do not fit']];

/** @param {import('../types.js').Verdict[]} verdicts */
function sums(verdicts) {
  return sorts.map(([kind, one, many]) => [verdicts.filter(({ decision }) => decision === kind).length, one, many])
    .filter(([count]) => Number(count) > 0)
    .map(([count, one, many]) => `${format.count(Number(count))} ${count === 1 ? one : many}`).join(', ');
}

customElements.define('judge-line', JudgeLine);
