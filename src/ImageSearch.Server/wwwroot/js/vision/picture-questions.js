/** @import { Hit, Verdict, Vision } from '../types.js' */
import * as api from '../api.js';
import { emit, h } from '../dom.js';
import * as format from '../format.js';
import { icon } from '../icons.js';
import { ask } from './events.js';
import { dollars, modelName, paid, sentence } from './words.js';

/**
 * What a model can be asked about the picture in the viewer: its verdict, a description, any question. What it says is shown as text and
 * nothing else. Events: `described` with the picture once it has a caption.
 */
class PictureQuestions extends HTMLElement {
  /** @type {Hit | null} */
  #hit = null;
  /** @type {Vision | null} */
  #vision = null;
  /** @type {Hit[]} */
  #hits = [];
  #abort = new AbortController();
  #verdict = h('p', { class: 'verdict-said' });
  #describe = h('button', { type: 'button', class: 'pill plain', on: { click: () => this.#describeIt() } });
  #described = h('p', { class: 'asked-cost', role: 'status' });
  #field = h('textarea', { class: 'field', id: 'question', rows: 2, maxLength: 1000, placeholder: 'What is on the sign?' });
  #about = h('select', { class: 'field', id: 'about' });
  #price = h('span', { class: 'asked-cost' });
  #send = h('button', { type: 'submit', class: 'pill strong' }, 'Ask');
  #stop = h('button', { type: 'button', class: 'pill plain', hidden: true, on: { click: () => this.#leave() } }, 'Stop');
  #answer = h('p', { class: 'answer', 'aria-live': 'polite', 'aria-label': 'Answer' });
  #cost = h('p', { class: 'asked-cost' });

  connectedCallback() {
    const form = h('form', {}, h('label', { for: 'question' }, 'Ask the model'), this.#field,
      h('label', { for: 'about' }, 'About'), this.#about,
      h('div', { class: 'question-acts' }, this.#price, this.#stop, this.#send));
    this.#about.addEventListener('change', () => this.#showPrice());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#ask();
    });
    this.#field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    this.append(this.#verdict, this.#describe, this.#described, form, this.#answer, this.#cost);
  }

  /**
   * Turns to another picture, or to none; what is being answered about the last one stops.
   * @param {Hit | null} hit
   * @param {{ vision: Vision, verdict?: Verdict, hits: Hit[] }} surroundings `hits`: those of the search, as they stand
   */
  show(hit, { vision, verdict, hits }) {
    this.#leave();
    [this.#hit, this.#vision, this.#hits] = [hit, vision, hits];
    this.#verdict.hidden = !verdict;
    this.#verdict.textContent = verdict ? `${modelName(vision.model)}: ${sentence(verdict)}` : '';
    this.#describe.hidden = !vision.caption || hit?.captionModel === vision.model;
    this.#describe.replaceChildren(icon('details'), `Describe, ${dollars(vision.captionDollars)}`);
    this.#described.textContent = '';
    const most = Math.min(hits.length, vision.judge.pictures);
    this.#about.replaceChildren(new Option('this picture', 'picture'), ...(most > 1 ? [new Option(`the first ${format.count(most)} of the search`, String(most))] : []));
    this.#answer.textContent = '';
    this.#cost.textContent = '';
    this.#showPrice();
  }

  #showPrice() {
    const pictures = this.#about.value === 'picture' ? 1 : Number(this.#about.value);
    const one = this.#vision?.askDollars;
    this.#price.textContent = dollars(one === undefined ? undefined : one * pictures);
  }

  async #describeIt() {
    const hit = /** @type {Hit} */ (this.#hit);
    const vision = /** @type {Vision} */ (this.#vision);
    this.#describe.disabled = true;
    this.#described.textContent = `${modelName(vision.model)} looks at it`;
    await this.#listen('/api/captions', { ids: [hit.id], again: hit.caption !== undefined }, this.#described, (name, told) => {
      if (name === 'caption' && told.id === hit.id) {
        Object.assign(hit, {
          caption: told.caption, captionModel: vision.model, visibleText: told.visibleText || undefined, tags: [...new Set([...(hit.tags ?? []), ...told.tags])],
        });
        emit(this, 'described', hit);
        this.#field.focus();
        this.#describe.hidden = true;
      } else if (name === 'failed') {
        this.#described.textContent = told.reason;
      } else if (name === 'end') {
        this.#described.textContent = told.described > 0 ? paid(told.dollars) : told.notes.join(' ') || this.#described.textContent;
      }
    });
    this.#describe.disabled = false;
  }

  async #ask() {
    const question = this.#field.value.trim();
    if (question === '' || !this.#hit) {
      return;
    }

    const about = this.#about.value === 'picture' ? [this.#hit] : this.#hits.slice(0, Number(this.#about.value));
    this.#answer.textContent = '';
    this.#cost.textContent = '';
    this.#answering(true);
    await this.#listen('/api/ask', { question, pictures: about.map(({ id }) => ({ id })) }, this.#cost, (name, told) => {
      if (name === 'text') {
        this.#answer.append(told.text);
      } else if (name === 'failed') {
        this.#cost.textContent = told.reason;
      } else if (name === 'end') {
        this.#cost.textContent = [modelName(told.model), told.kept ? 'kept from before' : paid(told.dollars), ...(told.notes ?? [])].filter(Boolean).join(', ');
      }
    });
    this.#answering(false);
  }

  /**
   * @param {string} path
   * @param {object} question
   * @param {HTMLElement} line where it is said what went wrong
   * @param {(name: string, told: any) => void} take
   */
  async #listen(path, question, line, take) {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      for await (const { name, told } of ask(path, question, signal)) {
        take(name, told);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }

      if (!(error instanceof api.Problem)) {
        throw error;
      }

      line.textContent = error.detail || error.title;
    }
  }

  /** @param {boolean} goesOn */
  #answering(goesOn) {
    // Read out once it is whole.
    this.#answer.setAttribute('aria-busy', String(goesOn));
    this.#send.disabled = goesOn;
    this.#stop.hidden = !goesOn;
  }

  #leave() {
    this.#abort.abort();
    this.#answering(false);
    this.#describe.disabled = false;
  }
}

customElements.define('picture-questions', PictureQuestions);
