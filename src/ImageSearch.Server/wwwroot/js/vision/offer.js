/** @import { Hit, Vision } from '../types.js' */
/** @import { SearchSession } from '../search-session.js' */
import { h } from '../dom.js';
import { Judging } from './judging.js';
import './judge-line.js';
import './picture-questions.js';
import { decision, sentence } from './words.js';

/**
 * Puts what a model can be asked into the page. Nothing is asked before the reader says so.
 * @param {Vision} vision what the server offers
 * @param {{ session: SearchSession, bar: any, grid: any, viewer: any, say: (text: string) => void, read: (text: string) => void, note: (isJudged: boolean) => void }} page `note` writes to the address whether the search is judged
 */
export async function offer(vision, { session, bar, grid, viewer, say, read, note }) {
  await styled('/css/vision.css');
  const judging = new Judging(session, vision.judge.pictures);
  const line = /** @type {any} */ (document.createElement('judge-line'));
  const questions = /** @type {any} */ (document.createElement('picture-questions'));
  line.addressOf = grid.addressOf;
  bar.after(line);
  viewer.addPart(questions, (/** @type {Hit | null} */ hit) =>
    questions.show(hit, { vision, verdict: hit && judging.verdicts.get(hit.id), hits: session.hits }));
  const show = () => line.show(judging, vision);
  grid.mark = (/** @type {Hit} */ hit, /** @type {HTMLElement} */ tile) => mark(tile, judging.verdicts.get(hit.id));
  for (const event of ['start', 'answer', 'more', 'failed']) {
    session.addEventListener(event, show);
  }

  judging.addEventListener('changed', () => {
    grid.markAll();
    show();
    if (judging.phase === 'judged') {
      note(true);
      read(line.said);
    }

    if (judging.notes.length > 0) {
      say(judging.notes.join(' '));
    }
  });
  line.addEventListener('judge-wanted', () => judging.judge());
  line.addEventListener('judge-left', () => {
    judging.cancel();
    session.arrange(null, []);
    note(false);
    show();
  });
  questions.addEventListener('described', (/** @type {CustomEvent} */ event) => viewer.again(event.detail));
  show();
  return judging;
}

/**
 * @param {HTMLElement} tile
 * @param {import('../types.js').Verdict | undefined} verdict
 */
function mark(tile, verdict) {
  tile.querySelector('.verdict')?.remove();
  const link = /** @type {HTMLElement} */ (tile.querySelector('a.picture'));
  link.title = verdict ? sentence(verdict) : '';
  if (verdict) {
    tile.append(h('span', { class: `verdict of-${verdict.decision}` }, h('span', { class: 'for-readers' }, 'The model says: '), h('b', {}, String(verdict.grade)), ` ${decision(verdict)}`));
  }
}

/** @param {string} href */
function styled(href) {
  return new Promise((resolve) => {
    const link = h('link', { rel: 'stylesheet', href, on: { load: resolve, error: resolve } });
    document.head.append(link);
  });
}
