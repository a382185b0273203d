/** @import { PageState } from './types.js' */

/** @returns {PageState} */
export function readAddress() {
  const parameters = new URLSearchParams(location.search);
  const minScore = Number(parameters.get('min') ?? 0);
  return {
    query: parameters.get('q') ?? '',
    minScore: minScore > 0 && minScore <= 1 ? minScore : 0,
    picture: parameters.get('picture') ?? '',
    judge: parameters.get('judge') === '1',
  };
}

/** @param {PageState} state */
export function addressOf({ query, minScore, picture, judge }) {
  const parameters = new URLSearchParams();
  if (query) {
    parameters.set('q', query);
  }

  if (minScore > 0) {
    parameters.set('min', String(minScore));
  }

  if (judge) {
    parameters.set('judge', '1');
  }

  if (picture) {
    parameters.set('picture', picture);
  }

  const text = parameters.toString();
  return text === '' ? '/' : `/?${text}`;
}

/**
 * Where the reader stood in the answer, and whether it was judged here; kept with the entry of the history, which no other page can write.
 * @returns {{ top: number, count: number, opened: boolean, judged: boolean }}
 */
export function readPlace() {
  return { top: 0, count: 0, opened: false, judged: false, ...history.state };
}

/** @param {Partial<{ top: number, count: number, opened: boolean, judged: boolean }>} place */
export function notePlace(place) {
  history.replaceState({ ...history.state, ...place }, '');
}

/**
 * Writes the state to the address: as a new entry of the history, or over the present one.
 * @param {PageState} state
 * @param {'push' | 'replace'} how
 * @param {Partial<{ top: number, count: number, opened: boolean, judged: boolean }>} [place]
 */
export function writeAddress(state, how, place = {}) {
  const address = addressOf(state);
  if (how === 'push' && address !== location.pathname + location.search) {
    history.pushState(place, '', address);
  } else {
    history.replaceState({ ...history.state, ...place }, '', address);
  }

  document.title = state.query ? `${state.query} · ImageSearch` : 'ImageSearch';
}
