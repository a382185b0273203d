/** @import { Hit } from '../types.js' */
import { originalOf, thumbnailOf } from '../api.js';
import { calm, emit, h } from '../dom.js';

const most = 8;
const shownByBrowsers = new Set(['jpeg', 'png', 'gif', 'webp', 'avif', 'bmp']);
const largest = 1280;

/**
 * One picture, fitted, zoomed and moved by wheel, fingers, double click and keys. Sharper versions are fetched as they are needed.
 * Events: `swiped` with 1 or -1, `zoomed`.
 */
class ZoomStage extends HTMLElement {
  /** @type {Hit | null} */
  #hit = null;
  #image = h('img', { draggable: false, alt: '' });
  #scale = 1;
  #x = 0;
  #y = 0;
  #fit = { width: 1, height: 1 };
  /** Fingers and buttons that are down. @type {Map<number, { x: number, y: number }>} */
  #pointers = new Map();
  #start = { x: 0, y: 0, moved: false };
  #sharpness = 0;

  connectedCallback() {
    this.append(this.#image);
    new ResizeObserver(() => this.#hit && this.#settle()).observe(this);
    this.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.addEventListener('dblclick', (event) => this.zoomTo(this.#scale > 1 ? 1 : Math.max(2, this.#natural), event));
    this.addEventListener('pointerdown', (event) => this.#down(event));
    this.addEventListener('pointermove', (event) => this.#move(event));
    this.addEventListener('pointerup', (event) => this.#up(event));
    this.addEventListener('pointercancel', (event) => this.#pointers.delete(event.pointerId));
  }

  get scale() {
    return this.#scale;
  }

  /** Percent of the picture's own pixels that are shown. */
  get percent() {
    return this.#hit ? Math.round((this.#scale * this.#fit.width * devicePixelRatio * 100) / this.#hit.width) : 100;
  }

  /** How far to zoom for one pixel of the picture on one of the screen. */
  get #natural() {
    return this.#hit ? this.#hit.width / (this.#fit.width * devicePixelRatio) : 1;
  }

  /**
   * Shows a picture, first as the grid has it.
   * @param {Hit} hit
   * @param {string} alternative
   * @param {string} [small] address of a thumbnail that is there already
   */
  show(hit, alternative, small) {
    this.#hit = hit;
    this.#sharpness = 0;
    this.#image.alt = alternative;
    this.#image.src = small ?? thumbnailOf(hit, 320);
    this.#scale = 1;
    this.#settle();
    this.#sharpen(1, thumbnailOf(hit, largest));
  }

  /** Lets go of the picture. */
  empty() {
    this.#hit = null;
    this.#image.removeAttribute('src');
  }

  /**
   * @param {number} factor
   * @param {{ clientX: number, clientY: number }} [around] the point that stays where it is; the middle unless given
   */
  zoomBy(factor, around) {
    this.zoomTo(this.#scale * factor, around);
  }

  /**
   * @param {number} scale 1 fits the stage
   * @param {{ clientX: number, clientY: number }} [around]
   */
  zoomTo(scale, around) {
    const bounds = this.getBoundingClientRect();
    const x = around ? around.clientX - bounds.left - bounds.width / 2 : 0;
    const y = around ? around.clientY - bounds.top - bounds.height / 2 : 0;
    const next = Math.min(Math.max(most, this.#natural * 2), Math.max(1, scale));
    this.#x = x - ((x - this.#x) * next) / this.#scale;
    this.#y = y - ((y - this.#y) * next) / this.#scale;
    this.#scale = next;
    this.#place();
    if (this.#hit && this.#scale * this.#fit.width * devicePixelRatio > largest && shownByBrowsers.has(this.#hit.format)) {
      this.#sharpen(2, originalOf(this.#hit));
    }
  }

  #settle() {
    const { width, height } = /** @type {Hit} */ (this.#hit);
    const stage = this.getBoundingClientRect();
    const fit = Math.min(stage.width / width, stage.height / height, 2 / devicePixelRatio + 1);
    this.#fit = { width: width * fit, height: height * fit };
    Object.assign(this.#image.style, { width: `${this.#fit.width}px`, height: `${this.#fit.height}px` });
    this.#place();
  }

  #place() {
    const stage = this.getBoundingClientRect();
    const roomX = Math.max(0, (this.#fit.width * this.#scale - stage.width) / 2);
    const roomY = Math.max(0, (this.#fit.height * this.#scale - stage.height) / 2);
    this.#x = Math.min(roomX, Math.max(-roomX, this.#x));
    this.#y = Math.min(roomY, Math.max(-roomY, this.#y));
    this.#image.style.transform = `translate(-50%, -50%) translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`;
    this.classList.toggle('zoomed', this.#scale > 1);
    emit(this, 'zoomed');
  }

  /**
   * Fetches a sharper version and puts it in place once it can be painted.
   * @param {number} sharpness
   * @param {string} address
   */
  async #sharpen(sharpness, address) {
    if (this.#sharpness >= sharpness) {
      return;
    }

    this.#sharpness = sharpness;
    const hit = this.#hit;
    const image = h('img', { src: address });
    try {
      await image.decode();
      if (this.#hit === hit && this.#sharpness === sharpness) {
        this.#image.src = address;
      }
    } catch {
      // What the grid shows stays: a picture that cannot be fetched any sharper is still the picture.
    }
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
    this.zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002)), event);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button === 0) {
      this.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.#start = { x: event.clientX, y: event.clientY, moved: this.#pointers.size > 1 };
    }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      return;
    }

    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      this.#start.moved = true;
      this.zoomBy(factor, { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
    } else if (this.#scale > 1) {
      this.#x += now.x - before.x;
      this.#y += now.y - before.y;
      this.#place();
    } else if (event.pointerType === 'touch' && !this.#start.moved && !calm()) {
      this.#image.style.transform = `translate(-50%, -50%) translate(${now.x - this.#start.x}px, 0)`;
    }

    this.#pointers.set(event.pointerId, now);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (!this.#pointers.delete(event.pointerId) || this.#scale > 1 || this.#start.moved) {
      return;
    }

    const x = event.clientX - this.#start.x;
    this.#place();
    if (event.pointerType === 'touch' && Math.abs(x) > 48 && Math.abs(x) > 1.5 * Math.abs(event.clientY - this.#start.y)) {
      emit(this, 'swiped', x < 0 ? 1 : -1);
    }
  }
}

customElements.define('zoom-stage', ZoomStage);
