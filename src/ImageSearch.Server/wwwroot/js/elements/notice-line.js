import { h } from '../dom.js';

const milliseconds = 4500;

/** Short news at the foot of the page. They stand over dialogs too, and go by themselves. */
class NoticeLine extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.popover = 'manual';
  }

  /**
   * @param {string} text
   * @param {{ text: string, act: () => void }} [way] a button with the news
   */
  say(text, way) {
    clearTimeout(this.#timer);
    const button = way && h('button', { type: 'button', on: { click: () => { this.#clear(); way.act(); } } }, way.text);
    this.hidePopover();
    this.replaceChildren(h('div', { class: 'notice' }, text, button));
    this.showPopover();
    this.#timer = setTimeout(() => this.#clear(), way ? 3 * milliseconds : milliseconds);
  }

  #clear() {
    this.replaceChildren();
    this.hidePopover();
  }
}

customElements.define('notice-line', NoticeLine);
