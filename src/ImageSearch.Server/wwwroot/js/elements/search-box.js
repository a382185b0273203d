/** @import { Suggestion } from '../types.js' */
import * as api from '../api.js';
import { debounced, emit, h } from '../dom.js';
import { icon } from '../icons.js';
import { tokenImage, tokenText } from '../picture-token.js';
import { itemsOf, picturesOf, textOf } from '../query.js';

/**
 * The box: pictures to look like as small pictures, the rest of the query as text, suggestions below while typing.
 * Events: `query-typed` with the query so far, `query-chosen` with a query that stands, `picture-given` with a file.
 */
class SearchBox extends HTMLElement {
  /** @type {string[]} */
  #pictures = [];
  /** @type {Suggestion[]} */
  #suggestions = [];
  #active = -1;
  #abort = new AbortController();
  #ask = debounced(110, () => this.#suggest());
  #typed = debounced(200, () => emit(this, 'query-typed', this.query));

  #input = h('input', {
    type: 'text', id: 'query', role: 'combobox', autocomplete: 'off', spellcheck: false, enterKeyHint: 'search',
    placeholder: 'Search your pictures', 'aria-label': 'Search your pictures', 'aria-expanded': 'false', 'aria-controls': 'suggestions', 'aria-autocomplete': 'list',
  });
  #tokens = h('span', { class: 'tokens' });
  #list = h('ul', { id: 'suggestions', role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
  #file = h('input', { type: 'file', accept: 'image/*', hidden: true, 'aria-label': 'Picture to search by' });
  #clear = h('button', { class: 'round', type: 'button', 'aria-label': 'Clear the search', title: 'Clear', hidden: true }, icon('close'));
  #choose = h('button', { class: 'round', type: 'button', 'aria-label': 'Search by a picture', title: 'Search by a picture: choose, drop or paste one' }, icon('picture'));

  connectedCallback() {
    const box = h('div', { class: 'box' }, icon('search'), this.#tokens, this.#input, this.#clear, this.#choose, this.#file);
    this.append(box, this.#list);
    this.#input.addEventListener('input', () => this.#changed());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#input.addEventListener('focus', () => this.#input.value !== '' && this.#ask());
    this.addEventListener('focusout', (event) => !this.contains(/** @type {Node | null} */ (event.relatedTarget)) && this.#close());
    this.#clear.addEventListener('click', () => this.#choice(''));
    this.#choose.addEventListener('click', () => this.#file.click());
    this.#file.addEventListener('change', () => {
      const [file] = this.#file.files ?? [];
      this.#file.value = '';
      if (file) {
        emit(this, 'picture-given', file);
      }
    });
  }

  get query() {
    return [...this.#pictures, this.#input.value.trim()].filter((part) => part !== '').join(' ');
  }

  /** Shows a query; what is being typed stays as it is when it says the same. */
  set query(query) {
    this.#typed.cancel();
    this.#pictures = picturesOf(query);
    if (itemsOf(this.#input.value).join(' ') !== textOf(query)) {
      this.#input.value = textOf(query);
    }

    this.#showTokens();
  }

  focus() {
    this.#input.focus();
    this.#input.select();
  }

  #showTokens() {
    this.#tokens.replaceChildren(...this.#pictures.map((item) =>
      h('button', { type: 'button', class: item.startsWith('-') ? 'token minus' : 'token', 'aria-label': `${tokenText(item)}: remove`, title: `${tokenText(item)}: remove`, on: { click: () => this.#drop(item) } }, tokenImage(item))));
    this.#clear.hidden = this.query === '';
  }

  /** @param {string} item */
  #drop(item) {
    this.#pictures = this.#pictures.filter((each) => each !== item);
    this.#choice(this.query);
  }

  #changed() {
    this.#pictures = [...this.#pictures, ...picturesOf(this.#input.value)];
    if (picturesOf(this.#input.value).length > 0) {
      this.#input.value = textOf(this.#input.value);
      this.#showTokens();
    }

    this.#clear.hidden = this.query === '';
    this.#ask();
    this.#typed();
  }

  async #suggest() {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      const found = this.#input.value.trim() === '' ? [] : await api.suggestions(this.#input.value, signal);
      if (!signal.aborted && this.#input === document.activeElement) {
        this.#show(found);
      }
    } catch (error) {
      // Suggestions are an extra: where they fail, the search itself says what is wrong.
      this.#show([]);
      if (!(error instanceof api.Problem) && !signal.aborted) {
        throw error;
      }
    }
  }

  /** @param {Suggestion[]} suggestions */
  #show(suggestions) {
    this.#suggestions = suggestions;
    this.#list.replaceChildren(...suggestions.map((suggestion, index) =>
      h('li', { id: `suggestion-${index}`, role: 'option', 'aria-selected': 'false', on: { pointerdown: (/** @type {Event} */ event) => event.preventDefault(), click: () => this.#take(index) } },
        icon(suggestion.kind === 'words' || suggestion.kind === 'exact' ? 'search' : suggestion.kind === 'sort' ? 'sort' : 'filter'),
        h('span', {}, suggestion.text),
        suggestion.detail ? h('small', {}, suggestion.detail) : null)));
    this.#list.hidden = suggestions.length === 0;
    this.#input.setAttribute('aria-expanded', String(suggestions.length > 0));
    this.#mark(-1);
  }

  #close() {
    this.#ask.cancel();
    this.#abort.abort();
    this.#show([]);
  }

  /** @param {number} index */
  #mark(index) {
    this.#active = index;
    for (const [place, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(place === index));
    }

    if (index >= 0) {
      this.#input.setAttribute('aria-activedescendant', `suggestion-${index}`);
      this.#list.children[index].scrollIntoView({ block: 'nearest' });
    } else {
      this.#input.removeAttribute('aria-activedescendant');
    }
  }

  /** @param {number} index */
  #take(index) {
    const { query } = this.#suggestions[index];
    if (query.endsWith(':')) {
      this.#input.value = query;
      this.#changed();
    } else {
      this.#input.value = `${query} `;
      this.#choice(this.query);
    }
  }

  /** @param {string} query */
  #choice(query) {
    this.#typed.cancel();
    this.#close();
    if (query === '') {
      this.#input.value = '';
      this.#input.focus();
    }

    emit(this, 'query-chosen', query);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { length } = this.#suggestions;
    if (event.isComposing) {
      return;
    }

    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && length > 0) {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#mark(((this.#active + 1 + step + length + 1) % (length + 1)) - 1);
      event.preventDefault();
    } else if (event.key === 'ArrowDown') {
      emit(this, 'results-wanted');
      event.preventDefault();
    } else if (event.key === 'Enter') {
      this.#active >= 0 ? this.#take(this.#active) : this.#choice(this.query);
    } else if (event.key === 'Escape') {
      length > 0 ? this.#close() : this.#input.blur();
      event.preventDefault();
    } else if (event.key === 'Backspace' && this.#input.selectionEnd === 0 && this.#pictures.length > 0) {
      this.#drop(this.#pictures[this.#pictures.length - 1]);
    }
  }
}

customElements.define('search-box', SearchBox);
