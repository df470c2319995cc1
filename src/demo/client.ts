/**
 * Speaks to a running Escale over HTTP as one person or door, the way any client does. The command line and
 * the story use it; it knows addresses and answers, nothing of the server's insides.
 */
export type Json = Record<string, unknown>;

type ProblemBody = { readonly code?: string; readonly title?: string; readonly detail?: string };

/** What the server refused, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

export class Client {
  /** `identity` is a session cookie ("escale_session=…") or a bearer token; null for a visitor. */
  constructor(
    readonly baseUrl: string,
    private identity: string | null = null,
  ) {}

  /** Signs in and returns the cookie, which `new Client(url, cookie)` takes again later. */
  async signIn(email: string, password: string): Promise<string> {
    const response = await this.send('POST', '/v1/sessions', { email, password });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('escale_session='));
    this.identity = cookie?.split(';')[0] ?? null;
    if (!this.identity) throw new Error('The server signed nobody in.');
    return this.identity;
  }

  get<Answer = Json>(path: string): Promise<Answer> {
    return this.answer<Answer>('GET', path);
  }

  put<Answer = Json>(path: string, body: Json = {}): Promise<Answer> {
    return this.answer<Answer>('PUT', path, body);
  }

  delete<Answer = Json>(path: string): Promise<Answer> {
    return this.answer<Answer>('DELETE', path);
  }

  post<Answer = Json>(path: string, body: Json): Promise<Answer> {
    return this.answer<Answer>('POST', path, body);
  }

  private async answer<Answer>(method: string, path: string, body?: Json): Promise<Answer> {
    const response = await this.send(method, path, body);
    return (await response.json()) as Answer;
  }

  private async send(method: string, path: string, body?: Json): Promise<Response> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { ...this.identityHeader(), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as ProblemBody;
    const sentence = [problem.title, problem.detail].filter(Boolean).join(': ');
    throw new Refused(response.status, problem.code ?? `http.${response.status}`, sentence);
  }

  private identityHeader(): Record<string, string> {
    if (!this.identity) return {};
    return this.identity.startsWith('escale_session=')
      ? { cookie: this.identity }
      : { authorization: `Bearer ${this.identity}` };
  }
}
