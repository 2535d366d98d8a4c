/**
 * The two Terraforms that bbl has brought along: 0.11 up to bbl 8.4.40, and from 8.4.41 on one whose override files add nothing
 * (bosh-bootloader#522).
 */
export type Era = '0.11' | '1'

/** What each says of itself. */
export const terraformVersions: Readonly<Record<Era, string>> = { '0.11': '0.11.14', '1': '1.4.5' }

/** Names the era to the lab's `terraform`, which a bbl starts without a word about it. */
export const eraVariable = 'CAUSEWAY_TERRAFORM'
