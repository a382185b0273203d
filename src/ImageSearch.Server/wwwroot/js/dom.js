/**
 * Makes an element. Text goes in as text, never as markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties] `class`, `on` (listeners by event), names with a dash or `role` as attributes, all else as properties
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }

    if (name === 'class') {
      element.className = String(value);
    } else if (name === 'on') {
      for (const [event, listener] of Object.entries(/** @type {Record<string, EventListener>} */ (value))) {
        element.addEventListener(event, listener);
      }
    } else if (name.includes('-') || name === 'role' || name === 'for') {
      element.setAttribute(name, String(value));
    } else {
      Reflect.set(element, name, value);
    }
  }

  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
  return element;
}

/**
 * Tells the page of a wish; it bubbles up to main.js.
 * @param {Element} from
 * @param {string} type
 * @param {unknown} [detail]
 */
export function emit(from, type, detail) {
  from.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
}

/**
 * Puts off a call until nothing has asked for it for a while; `cancel` drops it.
 * @template {unknown[]} Arguments
 * @param {number} milliseconds
 * @param {(...values: Arguments) => void} call
 */
export function debounced(milliseconds, call) {
  let timer = 0;
  const later = (/** @type {Arguments} */ ...values) => {
    clearTimeout(timer);
    timer = setTimeout(call, milliseconds, ...values);
  };
  return Object.assign(later, { cancel: () => clearTimeout(timer) });
}

/** Whether the person asked for less motion. */
export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Whether a key press belongs to a field that is typed into. @param {EventTarget | null} target */
export const isTyping = (target) =>
  target instanceof HTMLElement && (target.matches('input:not([type=checkbox], [type=range]), textarea, select') || target.isContentEditable);
