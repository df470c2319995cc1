/** A client that costs little: kept connections, no parsing unless asked. */
import http from 'node:http';

export function httpClient(port, connections) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const send = (method, path, { token, body } = {}) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      ...(token ? { cookie: `escale_session=${token}` } : {}),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const request = http.request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (answer += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text: answer }));
      });
      request.on('error', reject);
      request.end(text);
    });
  };
  const demand = async (method, path, more) => {
    const answer = await send(method, path, more);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  };
  return { send, demand, end: () => agent.destroy() };
}
