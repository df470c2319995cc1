import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../platform/config.js';
import { judgedAddress, post, Sender } from './sender.js';

/** Ways to write an address of this computer, of the network it is in, or of its cloud's keeper of keys. */
const SHAPES = `
  https://127.0.0.1/ https://127.1/ https://127.0.1/ https://127.255.255.254/ https://2130706433/ https://0x7f000001/
  https://0x7f.1/ https://0x7f.0x0.0x0.0x1/ https://017700000001/ https://0177.0.0.1/ https://0177.0x0.0.01/ https://0/
  https://0.0.0.0/ https://00000000/ https://localhost/ https://LOCALHOST/ https://localhost./
  https://10.0.0.1/ https://10.1/ https://172.16.0.1/ https://172.31.255.255/ https://192.168.0.1/ https://192.168.1/
  https://0xc0a80001/ https://3232235521/ https://169.254.169.254/ https://2852039166/ https://0xa9fea9fe/
  https://0251.0376.0251.0376/ https://100.64.0.1/ https://100.100.100.200/ https://192.0.0.192/ https://198.18.0.1/
  https://224.0.0.1/ https://255.255.255.255/ https://①②⑦.⓪.⓪.①/ https://127。0。0。1/ https://%31%32%37.0.0.1/
  https://[::1]/ https://[::]/ https://[0:0:0:0:0:0:0:1]/ https://[::127.0.0.1]/ https://[::7f00:1]/
  https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/ https://[0:0:0:0:0:ffff:7f00:1]/ https://[::ffff:169.254.169.254]/
  https://[::ffff:10.0.0.1]/ https://[64:ff9b::7f00:1]/ https://[64:ff9b::a9fe:a9fe]/ https://[64:ff9b:1::1]/
  https://[2002:7f00:1::]/ https://[2002:a9fe:a9fe::]/ https://[2001:0:7f00:1::]/ https://[fe80::1]/ https://[fec0::1]/
  https://[fc00::1]/ https://[fd00:ec2::254]/ https://[ff02::1]/ https://[2001:db8::1]/
  http://127.0.0.1/ http://example.org/ https://example.org:8443/ https://user@127.0.0.1/ https://example.org@127.0.0.1/
  https://127.0.0.1:443@example.org/ ftp://127.0.0.1/ file:///etc/passwd gopher://127.0.0.1/ data:text/plain,x
`
  .trim()
  .split(/\s+/);

const strict = new Sender({ HOOKS_TO_PRIVATE: false } as Config);
let listener: Server;
let port: number;
let seen: string[];

beforeAll(async () => {
  listener = createServer((request, response) => {
    seen.push(String(request.headers.host));
    const isRedirect = request.url === '/redirect';
    response
      .writeHead(isRedirect ? 307 : 204, isRedirect ? { location: `http://127.0.0.1:${port}/inside` } : {})
      .end();
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  ({ port } = listener.address() as AddressInfo);
});
afterAll(() => void listener.close());
beforeEach(() => {
  seen = [];
});

it.each(SHAPES)('%s is not called', async (url) => {
  const { status, error } = await strict.send(url, {}, '{}');
  expect(status).toBeNull();
  expect(error).toMatch(/private address|Give an https address|getaddrinfo/); // some names resolve on some systems only
});

it('a name with one private address among public ones leads nowhere', async () => {
  const resolve = () => Promise.resolve([one('93.184.216.34'), one('127.0.0.1')]);
  await expect(judgedAddress('partner.example', false, resolve)).rejects.toThrow('private address');
});

it('a name that says something else when asked again is not asked again', async () => {
  const answers = [[one('93.184.216.34')], [one('127.0.0.1')]];
  const address = await judgedAddress('rebind.example', false, () => Promise.resolve(answers.shift()!));
  expect([address.address, answers.length]).toEqual(['93.184.216.34', 1]);
  // `.invalid` names resolve nowhere: that this one is reached shows that the judged address is the one called.
  const sent = await post(new URL(`http://rebind.invalid:${port}/`), one('127.0.0.1'), message);
  expect([sent.status, seen]).toEqual([204, [`rebind.invalid:${port}`]]);
});

it('a redirect is an answer, and not followed', async () => {
  const { status } = await post(new URL(`http://127.0.0.1:${port}/redirect`), one('127.0.0.1'), message);
  expect([status, seen.length]).toEqual([307, 1]);
});

const message = { headers: {}, body: '{}' };
const one = (address: string) => ({ address, family: 4 });
