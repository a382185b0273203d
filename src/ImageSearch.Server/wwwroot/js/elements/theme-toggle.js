import { h } from '../dom.js';
import { icon } from '../icons.js';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** Dark or light: as the system has it, until it is chosen here. */
class ThemeToggle extends HTMLElement {
  #button = h('button', { type: 'button', class: 'round', on: { click: () => this.toggle() } });

  connectedCallback() {
    this.append(this.#button);
    prefersDark.addEventListener('change', () => this.#show());
    this.#show();
  }

  toggle() {
    const next = this.#dark ? 'light' : 'dark';
    if ((next === 'dark') === prefersDark.matches) {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem('theme');
    } else {
      document.documentElement.dataset.theme = next;
      localStorage.setItem('theme', next);
    }

    this.#show();
  }

  get #dark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : prefersDark.matches;
  }

  #show() {
    this.#button.replaceChildren(icon(this.#dark ? 'sun' : 'moon'));
    this.#button.title = this.#dark ? 'Light' : 'Dark';
    this.#button.setAttribute('aria-label', this.#dark ? 'Switch to light' : 'Switch to dark');
  }
}

customElements.define('theme-toggle', ThemeToggle);
