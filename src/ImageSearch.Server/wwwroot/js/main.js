/** @import { Hit, PageState } from './types.js' */
import { addressOf, notePlace, readAddress, readPlace, writeAddress } from './address.js';
import * as api from './api.js';
import { askForKey, showFailures, showHelp } from './dialogs.js';
import { isTyping } from './dom.js';
import { icon } from './icons.js';
import { withPicture } from './query.js';
import { SearchSession } from './search-session.js';
import { send } from './uploads.js';
import './elements/drop-target.js';
import './elements/filter-panel.js';
import './elements/index-progress.js';
import './elements/notice-line.js';
import './elements/photo-grid.js';
import './elements/photo-viewer.js';
import './elements/query-chips.js';
import { summary } from './elements/result-bar.js';
import './elements/result-state.js';
import './elements/search-box.js';
import './elements/theme-toggle.js';
import { Viewing } from './viewing.js';

/** @param {string} selector @returns {any} */
const one = (selector) => document.querySelector(selector);
const [box, chips, bar, grid, state, panel, viewer, notices, progress, theme] =
  ['search-box', 'query-chips', 'result-bar', 'photo-grid', 'result-state', 'filter-panel', 'photo-viewer', 'notice-line', 'index-progress', 'theme-toggle'].map(one);
const busy = one('#busy');
const said = one('#said');
const session = new SearchSession();
/** @type {PageState} */
let page = readAddress();
let top = 0;
let isTypedOver = false;
/** What a model says of the hits, once the page knows that one can be asked. @type {any} */
let judging = null;
const viewing = new Viewing(viewer, grid, session, { get: () => page, set: (next) => { page = next; } });

/**
 * Searches for what the page's state says and writes it to the address.
 * @param {Partial<PageState>} change
 * @param {'push' | 'replace'} how
 */
function go(change, how) {
  page = { ...page, judge: false, ...change };
  writeAddress(page, how, { top: 0, count: 0, opened: false, judged: false });
  top = 0;
  box.query = page.query;
  void session.show(page.query, page.minScore);
}

/** Shows what the address says: at the start, and when the reader goes back or forward. */
async function restore() {
  const next = readAddress();
  const place = readPlace();
  const isSame = session.phase === 'ready' && next.query === session.query && next.minScore === session.minScore;
  page = next;
  isTypedOver = false;
  if (!isSame) {
    box.query = page.query;
    top = place.top;
    await session.show(page.query, page.minScore, { count: place.count, fresh: false });
  }

  document.title = page.query ? `${page.query} · ImageSearch` : 'ImageSearch';
  await viewing.restore(page.picture);
  judgeAgain();
}

function showPhase() {
  const isLoading = session.phase === 'loading';
  busy.hidden = !isLoading;
  grid.setAttribute('aria-busy', String(isLoading));
  const hasFailed = session.phase === 'failed' && session.stale;
  // While a query is being typed it may be unreadable for a moment: what was found before stays, paler.
  grid.hidden = hasFailed && session.problem?.status !== 400;
  grid.classList.toggle('stale', hasFailed);
  bar.show(session);
  state.show(session);
}

session.addEventListener('start', showPhase);
session.addEventListener('coverage', () => bar.show(session));
session.addEventListener('answer', () => {
  showPhase();
  chips.show(session.understood, session.plan);
  panel.show(session.query, session.minScore, session.ranked);
  grid.show(session.hits);
  window.scrollTo({ top, behavior: 'instant' });
  top = 0;
  said.textContent = session.hits.length > 0 ? `${summary(session)} found` : 'No picture found';
  notePlace({ count: session.hits.length });
});
session.addEventListener('more', () => {
  grid.grow();
  bar.show(session);
  notePlace({ count: session.hits.length });
  viewing.grew();
});
session.addEventListener('arranged', () => {
  grid.rearrange(session.hits);
  bar.show(session);
  viewing.grew();
});
session.addEventListener('failed', showPhase);

/**
 * @param {string} type
 * @param {(detail: any) => void} listener
 */
const on = (type, listener) => document.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail));

/** @param {Hit} hit @param {string} sign */
function like(hit, sign) {
  viewing.leave();
  go({ query: withPicture(page.query, `${sign}like:id:${hit.id}`), picture: '' }, 'push');
}

grid.addressOf = (/** @type {Hit} */ hit) => addressOf({ ...page, picture: hit.id });
on('query-typed', (query) => {
  // What stood before the typing is an entry of the history; the steps of the typing are not.
  go({ query, picture: '' }, isTypedOver ? 'replace' : 'push');
  isTypedOver = true;
});
on('query-chosen', (query) => {
  viewing.leave();
  go({ query, picture: '' }, 'push');
  isTypedOver = false;
});
on('least-score-chosen', (minScore) => go({ minScore }, 'replace'));
on('more-wanted', () => session.more());
on('again-wanted', again);
on('picture-wanted', (index) => viewing.open(index));
on('hit-wanted', (hit) => viewing.openAlone(hit));
on('like-wanted', (hit) => like(hit, ''));
on('unlike-wanted', (hit) => like(hit, '-'));
on('place-noted', (place) => !viewer.picture && notePlace({ top: place }));
on('results-wanted', () => grid.focusOn());
on('filters-toggled', () => panel.toggle());
on('filters-moved', (shown) => { bar.filtersShown = shown; });
on('details-toggled', toggleDetails);
on('notice', (text) => notices.say(text));
on('failures-wanted', () => attempt(showFailures));
on('picture-given', (file) => attempt(async () => {
  busy.hidden = false;
  try {
    go({ query: withPicture(box.query, await send(file)), picture: '' }, 'push');
  } finally {
    busy.hidden = session.phase !== 'loading';
  }
}));
on('collection-changed', () => {
  panel.again();
  if (window.scrollY < 50 && !viewer.picture && !grid.focusedHit && (judging?.phase ?? 'none') === 'none') {
    again();
  } else {
    notices.say('There is something new to search', { text: 'Show', act: again });
  }
});

/** @param {() => Promise<void>} act */
async function attempt(act) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof api.Problem)) {
      throw error;
    }

    notices.say([error.title, error.cure || error.detail].filter(Boolean).join('. '));
  }
}

function toggleDetails() {
  const shown = localStorage.getItem('details') !== 'shown';
  localStorage.setItem('details', shown ? 'shown' : 'hidden');
  showDetails();
}

function showDetails() {
  const shown = localStorage.getItem('details') === 'shown';
  grid.details = shown;
  bar.detailsShown = shown;
}

/** Offers to ask a model, where the server does. What was judged before this page was loaded anew is judged again: those verdicts are kept, and cost nothing. */
async function offerVision() {
  const { vision } = await api.session();
  if (!vision) {
    return;
  }

  const { offer } = await import('./vision/offer.js');
  judging = await offer(vision, { session, bar, grid, viewer, say: (text) => notices.say(text), read: (text) => { said.textContent = text; }, note: noteJudged });
  judgeAgain();
}

/** Searches for the same once more, as the server orders it. */
function again() {
  noteJudged(false);
  void session.again();
}

/** @param {boolean} judge */
function noteJudged(judge) {
  page = { ...page, judge };
  writeAddress(page, 'replace', { judged: judge });
}

// Only where this page wrote down that it was judged: an address alone, which anybody can send, must not spend anything.
function judgeAgain() {
  if (page.judge && readPlace().judged && session.phase === 'ready' && judging?.phase === 'none') {
    void judging.judge();
  }
}

/** @type {Record<string, () => void>} */
const keys = {
  '/': () => box.focus(),
  '?': showHelp,
  d: toggleDetails,
  f: () => panel.toggle(),
  t: () => theme.toggle(),
  l: () => grid.focusedHit && like(grid.focusedHit, ''),
  x: () => grid.focusedHit && like(grid.focusedHit, '-'),
};

document.addEventListener('keydown', (event) => {
  if (!event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
});

one('#help').append(icon('help'));
one('#help').addEventListener('click', showHelp);
one('.home').addEventListener('click', (/** @type {MouseEvent} */ event) => {
  event.preventDefault();
  go({ query: '', minScore: 0, picture: '' }, 'push');
});
window.addEventListener('popstate', restore);
window.addEventListener('online', () => session.phase === 'failed' && session.again());

history.scrollRestoration = 'manual';
api.onKeyNeeded(askForKey);
showDetails();
panel.dispatchEvent(new CustomEvent('filters-moved', { bubbles: true, detail: panel.shown }));
session.addEventListener('answer', () => {
  progress.listen();
  void attempt(offerVision);
}, { once: true });
void restore();
