import * as api from '../api.js';

/**
 * Asks a question that is answered in server-sent events, and gives them as they come. What cannot be asked at all is a Problem; a stream that
 * breaks off is one too. Aborting it stops the model.
 * @param {string} path
 * @param {object} question
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{ name: string, told: any }>}
 */
export async function* ask(path, question, signal) {
  const response = await api.open(path, {
    method: 'POST', body: JSON.stringify(question), headers: { 'content-type': 'application/json', accept: 'text/event-stream' }, signal,
  });
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await read(reader, signal);
    if (done) {
      return;
    }

    const blocks = (rest + value).split('\n\n');
    rest = /** @type {string} */ (blocks.pop());
    for (const block of blocks) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      if (name) {
        yield { name, told: JSON.parse(data) };
      }
    }
  }
}

/**
 * @param {ReadableStreamDefaultReader<string>} reader
 * @param {AbortSignal} signal
 */
async function read(reader, signal) {
  try {
    return await reader.read();
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }

    throw new api.Problem({ status: 0, title: 'The answer broke off', detail: 'The connection to the server was lost.', cure: 'Ask again.' });
  }
}
