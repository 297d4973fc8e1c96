/**
 * Addresses as Go's package net parses them. ParseIP and ParseCIDR are those of Go 1.22 and later, which stand
 * on net/netip; earlier ones also took more than four digits in a group of an IPv6 address.
 */

const MAC_BYTES = [6, 8, 20];
const LONGEST_MAC_CHARACTERS = 20 * 3 - 1;

const LONGEST_IPV6_CHARACTERS = '0000:0000:0000:0000:0000:0000:255.255.255.255'.length;
const IPV6_GROUPS = 8;

/** Whether net.ParseMAC takes it: 6, 8 or 20 bytes in hex, in pairs with `:` or `-`, or in fours with `.`. */
export function isMac(text: string): boolean {
  if (text.length > LONGEST_MAC_CHARACTERS) return false;
  if (/^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2})+$/i.test(text)) {
    return MAC_BYTES.includes((text.length + 1) / 3);
  }
  if (/^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i.test(text)) return MAC_BYTES.includes((2 * (text.length + 1)) / 5);
  return false;
}

/** Whether net.ParseIP takes it: no zone, no leading zeros in IPv4. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** Whether net.ParseCIDR takes it. The prefix length may have leading zeros. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const address = text.slice(0, slash);
  const prefix = text.slice(slash + 1);
  if (prefix === '' || /[^0-9]/.test(prefix)) return false;
  if (isIpv4(address)) return Number(prefix) <= 32;
  return isIpv6(address) && Number(prefix) <= 128;
}

function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/.test(text);
}

function isIpv6(text: string): boolean {
  if (text.length > LONGEST_IPV6_CHARACTERS || !text.includes(':')) return false;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  if (tail === undefined) return countGroups(head, true) === IPV6_GROUPS;
  // `::` stands for at least one group.
  return countGroups(head, false) + countGroups(tail, true) < IPV6_GROUPS;
}

/** Groups of 16 bits in one side of `::`; an IPv4 address may stand for the last two. Infinity if malformed. */
function countGroups(side: string, mayEndInIpv4: boolean): number {
  if (side === '') return 0;
  const groups = side.split(':');
  const last = mayEndInIpv4 && isIpv4(groups.at(-1) ?? '') ? groups.pop() : undefined;
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return Number.POSITIVE_INFINITY;
  return groups.length + (last === undefined ? 0 : 2);
}
