import net from 'node:net';

/**
 * The line between one device and the server, which can be pulled. What a browser calls offline is not the whole
 * of it: the first request of a page that is loaded again leaves before the setting has reached that page.
 */
export type Cable = {
  /** Where the server is at this end of it. */
  readonly origin: string;
  pull(): void;
  plugIn(): void;
  cut(): void;
};

export async function layCable(to: string): Promise<Cable> {
  const { hostname: host, port } = new URL(to);
  const ends = new Set<net.Socket>();
  const hold = (end: net.Socket, other: net.Socket) => {
    ends.add(end);
    end.on('error', () => {}); // a line that is pulled is no fault; its end is told to the other side
    end.on('close', () => {
      ends.delete(end);
      other.destroy();
    });
  };
  let isIn = true;
  const line = net.createServer((near) => {
    if (!isIn) return void near.destroy();
    const far = net.connect(Number(port), host);
    hold(near, far);
    hold(far, near);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => line.listen(0, host, resolve));
  const drop = () => {
    for (const end of ends) end.destroy();
  };
  return {
    origin: `http://${host}:${(line.address() as net.AddressInfo).port}`,
    pull() {
      isIn = false;
      drop();
    },
    plugIn() {
      isIn = true;
    },
    cut() {
      line.close();
      drop();
    },
  };
}
