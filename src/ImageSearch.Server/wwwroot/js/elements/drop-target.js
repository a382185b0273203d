import { emit, h } from '../dom.js';
import { icon } from '../icons.js';

/** Takes pictures that are dropped on the page or pasted into it. Events: `picture-given` with a file. */
class DropTarget extends HTMLElement {
  #depth = 0;
  #own = false;

  connectedCallback() {
    this.hidden = true;
    this.append(h('div', {}, icon('picture'), h('p', {}, 'Drop a picture to search by it')));
    document.addEventListener('dragstart', () => { this.#own = true; });
    document.addEventListener('dragend', () => { this.#own = false; });
    document.addEventListener('dragenter', (event) => this.#entered(event));
    document.addEventListener('dragover', (event) => this.#carries(event.dataTransfer) && event.preventDefault());
    document.addEventListener('dragleave', () => this.#left());
    document.addEventListener('drop', (event) => this.#dropped(event));
    document.addEventListener('paste', (event) => this.#give(event.clipboardData, event));
  }

  /** @param {DataTransfer | null} transfer */
  #carries(transfer) {
    return !this.#own && transfer !== null && transfer.types.includes('Files');
  }

  /** @param {DragEvent} event */
  #entered(event) {
    if (this.#carries(event.dataTransfer)) {
      event.preventDefault();
      this.#depth++;
      this.hidden = false;
    }
  }

  #left() {
    this.#depth = Math.max(0, this.#depth - 1);
    this.hidden = this.#depth === 0;
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    this.#depth = 0;
    this.hidden = true;
    if (this.#carries(event.dataTransfer)) {
      event.preventDefault();
      this.#give(event.dataTransfer, event);
    }
  }

  /**
   * @param {DataTransfer | null} transfer
   * @param {Event} event
   */
  #give(transfer, event) {
    const [file] = transfer?.files ?? [];
    if (file) {
      event.preventDefault();
      emit(this, 'picture-given', file);
    }
  }
}

customElements.define('drop-target', DropTarget);
