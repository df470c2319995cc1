import ipaddr from 'ipaddr.js';

/** ::7f00:1 is an old way to write 127.0.0.1: such addresses begin with so many zero bytes. */
const IPV4_OFFSET = 12;

/** Only addresses that belong to everybody's internet: not loopback, private, link-local, carrier's, mapped or translated ones. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  const isCompatible =
    address.kind() === 'ipv6' &&
    address
      .toByteArray()
      .slice(0, IPV4_OFFSET)
      .every((byte) => byte === 0);
  return address.range() === 'unicast' && !isCompatible;
}

/** A https URL on its usual port, without credentials. */
export function isPublicUrl(text: string): boolean {
  const url = new URL(text);
  return url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
}
