/** Drawn on a square of 24, with round strokes. */
const paths = {
  search: 'M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM15.6 15.6 20.5 20.5',
  picture: 'M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5ZM4 17l4.6-4.6a1.5 1.5 0 0 1 2.1 0L17 18.7M14 15.5l1.4-1.4a1.5 1.5 0 0 1 2.1 0L20.2 16.8M15.5 9.2h.01',
  close: 'M6 6l12 12M18 6 6 18',
  similar: 'M7.5 10.5v9H5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h2.5Zm0 0 3.7-6.5a2.2 2.2 0 0 1 2.1 2.7l-.8 3.3h5.3a1.7 1.7 0 0 1 1.7 2l-1.1 6a1.7 1.7 0 0 1-1.7 1.5H7.5',
  dissimilar: 'M7.5 13.5v-9H5a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h2.5Zm0 0 3.7 6.5a2.2 2.2 0 0 0 2.1-2.7l-.8-3.3h5.3a1.7 1.7 0 0 0 1.7-2l-1.1-6a1.7 1.7 0 0 0-1.7-1.5H7.5',
  filters: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  details: 'M5 4.5h14a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM4 17h10M4 20h6',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11.5V16M12 8h.01',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14',
  open: 'M13.5 4.5h6v6M19.5 4.5l-8 8M17 14v4.5a1 1 0 0 1-1 1H5.5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1H10',
  copy: 'M9.5 8.5h9a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1ZM15.5 8V4.5a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3',
  left: 'M14.5 5.5 8 12l6.5 6.5',
  right: 'M9.5 5.5 16 12l-6.5 6.5',
  plus: 'M12 5.5v13M5.5 12h13',
  minus: 'M5.5 12h13',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M21.5 12h-2M4.5 12h-2M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4M18.7 18.7l-1.4-1.4M6.7 6.7 5.3 5.3',
  moon: 'M20 14.5A8.3 8.3 0 0 1 9.5 4a8.3 8.3 0 1 0 10.5 10.5Z',
  help: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM9.7 9.7a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.2.9-1.2 1.8M12 16.7h.01',
  stack: 'M8.5 8.5V5.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-3M5.5 8.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Z',
  alert: 'M12 8.5v4.5M12 16.5h.01M10.7 4.5 3.3 17.5a1.5 1.5 0 0 0 1.3 2.2h14.8a1.5 1.5 0 0 0 1.3-2.2L13.3 4.5a1.5 1.5 0 0 0-2.6 0Z',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 6-.9M5 12a10 10 0 0 1 4-2.5M13 9a10 10 0 0 1 6 3M12 19h.01M2.5 8.5A14 14 0 0 1 6 6.2M10 5a14 14 0 0 1 11.5 3.5',
  key: 'M8 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM11.5 12h9v3.5M17 12v2.5',
  filter: 'M4.5 5.5h15l-6 7v5.5l-3 1.5v-7l-6-7Z',
  check: 'M5.5 12.5 10 17l8.5-9.5',
  judge: 'M12 3.5l1.9 5.1a3 3 0 0 0 1.5 1.5l5.1 1.9-5.1 1.9a3 3 0 0 0-1.5 1.5L12 20.5l-1.9-5.1a3 3 0 0 0-1.5-1.5L3.5 12l5.1-1.9a3 3 0 0 0 1.5-1.5L12 3.5Z',
  sort: 'M7.5 5v14M4 15.5 7.5 19l3.5-3.5M13.5 6h7M13.5 11h5M13.5 16h3',
};

/** @typedef {keyof typeof paths} IconName */

/**
 * An icon beside a text or within a labelled button; screen readers pass over it.
 * @param {IconName} name
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
