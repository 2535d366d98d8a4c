import { contains, nthOf, toNumber } from '../cloud/ip.ts'

/** The range with its network address, and its prefix length: `10.255.3.7/24` → `10.255.3.0/24`. */
export function normalized(cidr: string): string {
  return `${nthOf(cidr, 0)}/${prefixOf(cidr)}`
}

export function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1] ?? '32')
}

/** The nth block of a prefix length inside a range: block 1 of 10.255.0.0/16 at /24 is 10.255.1.0/24. */
export function blockOf(cidr: string, prefix: number, index: number): string {
  return `${nthOf(cidr, index * 2 ** (32 - prefix))}/${prefix}`
}

/** How many blocks of a prefix length a range has. */
export function blockCount(cidr: string, prefix: number): number {
  return 2 ** Math.max(0, prefix - prefixOf(cidr))
}

/** Whether the text is an IPv4 address. */
export function isAddress(text: string): boolean {
  try {
    toNumber(text)
    return true
  } catch {
    return false
  }
}

/** Whether an address lies in a range; false where either is none. */
export function isInside(cidr: string, address: string): boolean {
  return isAddress(address) && contains(cidr, address)
}

/** Ranges of private networks (RFC 1918), which Cloud Foundry's default security groups keep apps out of. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']

export function isPrivate(address: string): boolean {
  return privateRanges.some(range => isInside(range, address))
}
