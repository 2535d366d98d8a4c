const first = 64

/**
 * The address that a machine of the lab has on the lab's network. Machines answer on loopback addresses of this computer,
 * 127.64.0.0 to 127.127.255.255, which no packet between hosts may bear; there they are 10.0.0.0 to 10.63.255.255, apart from
 * the ranges of containers and services. Any other address stays as it is.
 */
export function wireAddress(address: string): string {
  const [network, second, ...rest] = address.split('.').map(Number)
  if (network !== 127 || second === undefined || second < first || second >= 2 * first) return address
  return [10, second - first, ...rest].join('.')
}
