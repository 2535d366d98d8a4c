import { describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { decideClaim, type ClaimRequest, type Lock } from '../../src/environment/claim.ts'
import { formatLease, formatQuarantine, type Lease } from '../../src/environment/lease.ts'
import { decideRelease } from '../../src/environment/release.ts'

const now = new Date('2026-11-22T12:00:00Z')
const request: ClaimRequest = {
  pool: 'playgrounds',
  environment: 'lab',
  holder: 'bob@desk',
  pipeline: 'repave',
  run: '2',
  ttl: Duration.hours(1),
  grace: Duration.minutes(10)
}

const alices: Lease = {
  environment: 'lab',
  holder: 'alice@desk',
  run: '1',
  acquired_at: '2026-11-22T11:00:00.000Z',
  expires_at: '2026-11-22T12:30:00.000Z',
  grace: '10m'
}

const claimed = (lease: Lease): Lock => ({ place: 'claimed', text: formatLease(lease) })
const minutesBefore = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString()

describe('a claim', () => {
  it('of what is unclaimed is granted, and keeps what stood in the lock', () => {
    expect(decideClaim({ place: 'unclaimed', text: 'metadata: 1\n' }, request, now)).toEqual({
      kind: 'claim',
      how: 'fresh',
      lease: {
        environment: 'lab',
        holder: 'bob@desk',
        pipeline: 'repave',
        run: '2',
        acquired_at: '2026-11-22T12:00:00.000Z',
        expires_at: '2026-11-22T13:00:00.000Z',
        grace: '10m',
        lock: 'metadata: 1\n'
      }
    })
  })

  it('of what another holds is refused, naming the holder, since when and until when', () => {
    const decision = decideClaim(claimed(alices), request, now)
    expect(decision).toMatchObject({
      kind: 'refuse',
      reason: 'held',
      holder: 'alice@desk',
      since: alices.acquired_at,
      until: alices.expires_at
    })
    expect(decision).toHaveProperty(
      'message',
      expect.stringContaining('alice@desk (run 1) since 2026-11-22 11:00 UTC')
    )
    expect(decision).toHaveProperty('hint', expect.stringContaining('2026-11-22 12:40 UTC'))
  })

  it('within the grace is refused, even if asked to take over', () => {
    const lease = { ...alices, expires_at: minutesBefore(9) }
    expect(decideClaim(claimed(lease), { ...request, takeExpired: true }, now)).toMatchObject({
      reason: 'held'
    })
  })

  it('after the grace is refused unless asked to take over', () => {
    const lease = { ...alices, expires_at: minutesBefore(10), lock: 'metadata' }
    expect(decideClaim(claimed(lease), request, now)).toMatchObject({ kind: 'refuse', reason: 'expired' })
    expect(decideClaim(claimed(lease), { ...request, takeExpired: true }, now)).toMatchObject({
      kind: 'claim',
      how: 'taken',
      from: { holder: 'alice@desk' },
      lease: { holder: 'bob@desk', lock: 'metadata' }
    })
  })

  it('of the same run is renewed from now on, also when it was over', () => {
    const own = { ...alices, holder: 'bob@desk', run: '2', expires_at: minutesBefore(120), lock: 'metadata' }
    expect(decideClaim(claimed(own), request, now)).toMatchObject({
      how: 'renewed',
      lease: { acquired_at: alices.acquired_at, expires_at: '2026-11-22T13:00:00.000Z', lock: 'metadata' }
    })
  })

  it('of the same person in another run is refused', () => {
    expect(decideClaim(claimed({ ...alices, holder: 'bob@desk' }), request, now)).toMatchObject({
      reason: 'held'
    })
  })

  it("of what Concourse's pool claimed is refused, naming the last commit and its build", () => {
    const lastCommit = 'ci <ci@example.com>\nclaiming: lab\n\nhttps://ci.example.com/builds/7'
    const decision = decideClaim({ place: 'claimed', text: '', lastCommit }, request, now)
    expect(decision).toMatchObject({
      reason: 'held-without-lease',
      holder: 'https://ci.example.com/builds/7'
    })
    expect(decision).toHaveProperty('message', expect.stringContaining('ci: "claiming: lab"'))
  })

  it('of what is in quarantine is refused with the reason', () => {
    const text = formatQuarantine({
      environment: 'lab',
      reason: 'two VMs are left',
      holder: 'alice@desk',
      quarantined_at: alices.acquired_at
    })
    const decision = decideClaim({ place: 'quarantined', text }, request, now)
    expect(decision).toMatchObject({ reason: 'quarantined', holder: 'alice@desk' })
    expect(decision).toHaveProperty('message', expect.stringContaining('two VMs are left'))
    expect(decision).toHaveProperty('hint', expect.stringContaining('playgrounds/quarantined/lab'))
  })

  const quarantine = {
    environment: 'lab',
    reason: 'two VMs are left',
    holder: 'alice@desk',
    quarantined_at: alices.acquired_at,
    lock: 'metadata: 1\n'
  }

  it.each([
    ['what it says before', formatQuarantine(quarantine), 'metadata: 1\n'],
    ['what somebody else wrote there', 'metadata: 2\n', 'metadata: 2\n']
  ])('takes it out of quarantine where asked to, and keeps %s', (_, text, kept) => {
    expect(
      decideClaim({ place: 'quarantined', text }, { ...request, takeQuarantined: true }, now)
    ).toMatchObject({
      how: 'cured',
      lease: { holder: 'bob@desk', lock: kept }
    })
  })

  it('of what a person moved back out of quarantine forgets the reason', () => {
    const lock = { place: 'unclaimed', text: formatQuarantine(quarantine) } as const
    expect(decideClaim(lock, request, now)).toMatchObject({ how: 'fresh', lease: { lock: 'metadata: 1\n' } })
  })

  it('of what the pool does not know is refused', () => {
    expect(decideClaim({ place: 'missing' }, request, now)).toMatchObject({ reason: 'missing' })
  })
})

describe('giving back', () => {
  const own = { ...alices, holder: 'bob@desk', run: '2', lock: 'metadata: 1\n' }
  const clean = { clean: true, reason: 'nothing is left' }
  const dirty = { clean: false, reason: 'two VMs are left' }

  it('what was proved clean goes back with what stood in the lock', () => {
    expect(decideRelease(claimed(own), request, clean, now)).toEqual({
      kind: 'release',
      to: 'unclaimed',
      text: 'metadata: 1\n'
    })
  })

  it('what was not proved clean goes to quarantine with the reason', () => {
    const decision = decideRelease(claimed(own), request, dirty, now)
    expect(decision).toMatchObject({ kind: 'release', to: 'quarantined' })
    expect(decision).toHaveProperty('text', expect.stringContaining('two VMs are left'))
  })

  it('after the end of the lease it is still its own', () => {
    const over = { ...own, expires_at: minutesBefore(600) }
    expect(decideRelease(claimed(over), request, clean, now)).toMatchObject({ kind: 'release' })
  })

  it.each([
    ['of another holder', claimed(alices), 'not-held'],
    ['of another run', claimed({ ...own, run: '1' }), 'not-held'],
    ['of a pool', { place: 'claimed', text: '' } as const, 'held-without-lease'],
    ['of nobody', { place: 'missing' } as const, 'missing']
  ])('a lease %s is refused', (_, lock, reason) => {
    expect(decideRelease(lock, request, dirty, now)).toMatchObject({ kind: 'refuse', reason })
  })

  it.each(['unclaimed', 'quarantined'] as const)('twice is no mistake: it is %s already', place => {
    expect(decideRelease({ place, text: '' }, request, clean, now)).toMatchObject({ kind: 'nothing' })
  })
})
