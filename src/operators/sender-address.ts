/** How many of an IPv6 address's eight groups are one network's: the rest is its owner's to choose. */
const NETWORK_GROUPS = 4

/**
 * The part of a peer's address that one sender cannot change at will: all of IPv4, the first 64 bits
 * of IPv6. An IPv4 address written as IPv6 is the same sender.
 */
export function toSender(address: string): string {
  if (!address.includes(':')) return address
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  const [front = '', back] = address.split('%')[0]?.split('::') ?? []
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [left, right] = [groups(front), groups(back)]
  const zeros = back === undefined ? 0 : 8 - left.length - right.length
  const whole = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${whole.slice(0, NETWORK_GROUPS).join(':')}::/64`
}
