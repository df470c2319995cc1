/** Requests as a client sends them: over a line that may fail. A cut and a silence are status 0. */
import http from 'node:http';

const ANSWER_WITHIN_MS = 20_000;

/** `port` may be a function: a process that comes back elsewhere is followed. */
export function client(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const send = (method, path, { body, token, bearer, headers = {}, raw } = {}) => {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const all = {
      ...(token && { cookie: `escale_session=${token}` }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(text !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
      ...headers,
    };
    return new Promise((resolve) => {
      const request = http.request(
        { agent, host: '127.0.0.1', port, method, path, headers: all, timeout: ANSWER_WITHIN_MS },
        (response) => {
          let answer = '';
          response.setEncoding('utf8');
          response.on('data', (part) => (answer += part));
          response.on('error', () => resolve({ status: 0, body: null, text: '' }));
          response.on('end', () =>
            resolve({ status: response.statusCode, body: jsonOf(answer), text: answer }),
          );
        },
      );
      request.on('timeout', () => request.destroy());
      request.on('error', (error) => resolve({ status: 0, body: null, text: '', error: error.code }));
      request.end(text);
    });
  };
  return { send, close: () => agent.destroy() };
}

/** For what must succeed: the answer's body. */
export async function must(sent) {
  const { status, body, text, error } = await sent;
  if (status !== 200) throw new Error(`${status}: ${text || error}`);
  return body;
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
