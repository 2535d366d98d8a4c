import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPavedName } from '../../../src/environment/teardown/bbl-names.ts'
import { matchAll, matchLine, type Owner } from '../../../src/environment/teardown/match.ts'
import { planSweep } from '../../../src/environment/teardown/sweep.ts'
import { terraformTemplate } from '../../../src/lab/programs/bbl/files/terraform-template.ts'
import { resourceKinds, type CloudResource } from '../../../src/tools/clouds/cloud.ts'

const owner: Owner = {
  environment: 'play-1',
  director: 'bosh-play-1',
  given: new Set(['net-given', 'play-1-given'])
}

function thing(name: string, more: Partial<CloudResource> = {}): CloudResource {
  return { kind: 'vm', id: `id-${name}`, name, labels: {}, ...more }
}

function ours(...resources: readonly CloudResource[]): string[] {
  const matches = matchAll(resources, owner)
  return resources.filter(resource => matches.get(resource)?.isOurs === true).map(({ name }) => name)
}

describe('a thing in the cloud belongs to an environment', () => {
  it('by a name that its paving gives, never by a part of it', () => {
    const names = [
      'play-1',
      'play-1-network',
      'play-1_bosh_vms',
      'bosh-play-1',
      'play-1-concourse8844',
      'play-10',
      'play-10-network',
      'xplay-1',
      'my-play-1'
    ]
    expect(ours(...names.map(name => thing(name)))).toEqual(names.slice(0, 5))
  })

  it('by the whole value of its label, which beats any name', () => {
    const found = ours(
      thing('vm-a', { labels: { director: 'bosh-play-1' } }),
      thing('vm-b', { labels: { director: 'bosh-play-10' } }),
      thing('play-1-c', { labels: { director: 'bosh-play-2' } }),
      thing('vm-d', { labels: { environment: 'play-1' } }),
      thing('vm-e', { labels: { environment: 'play-10' } })
    )
    expect(found).toEqual(['vm-a', 'vm-d'])
  })

  it('by the network that it stands in, unless its label is of another', () => {
    const found = ours(
      thing('play-1-network', { kind: 'network', id: 'net-1' }),
      thing('play-10-network', { kind: 'network', id: 'net-10' }),
      thing('a123', { kind: 'load-balancer', network: 'net-1' }),
      thing('a456', { kind: 'load-balancer', network: 'net-10' }),
      thing('k8s-fw-a123', { kind: 'firewall', network: 'play-1-network' }),
      thing('guest', { network: 'net-1', labels: { director: 'bosh-other' } })
    )
    expect(found).toEqual(['play-1-network', 'a123', 'k8s-fw-a123'])
  })

  it('by its network or name where create-env made it, which labels it as of no Director', () => {
    const labels = { director: 'bosh-init' }
    const found = ours(
      thing('play-1-network', { kind: 'network', id: 'net-1' }),
      thing('vm-jumpbox', { labels, network: 'net-1' }),
      thing('vm-other', { labels, network: 'net-2' }),
      thing('init-x')
    )
    expect(found).toEqual(['play-1-network', 'vm-jumpbox'])
  })

  it('not where bbl was given it: the network of an OpenStack is somebody else’s', () => {
    const found = ours(
      thing('play-1-net', { kind: 'network', id: 'net-given' }),
      thing('play-1-given', { kind: 'network', id: 'net-2' }),
      thing('guest', { network: 'net-given' }),
      thing('play-1-vms', { kind: 'firewall' })
    )
    expect(found).toEqual(['play-1-vms'])
  })

  it('not where a longer environment is there that bears the name too', () => {
    const director = thing('vm-x', { labels: { director: 'bosh-play-1-cf' } })
    expect(ours(thing('play-1-cf-http'), thing('play-1-network'), director)).toEqual(['play-1-network'])
  })

  it('not where a longer environment may be of which no label tells: it is in doubt, unless it stands in its network', () => {
    const network = thing('play-1-network', { kind: 'network', id: 'net-1' })
    const theirs = thing('play-1-b-network', { kind: 'network' })
    const guest = thing('play-1-b-x', { network: 'net-1' })
    expect(ours(network, theirs, guest)).toEqual(['play-1-network', 'play-1-b-x'])
    expect(matchAll([theirs], owner).get(theirs)).toMatchObject({ isDoubtful: true })
    const [line] = planSweep([theirs], { owner, known: new Set() })
    expect(line).toMatchObject({
      fate: 'keep',
      why: 'its name begins with play-1, but paving gives none like it'
    })
  })
})

describe('two environments of which one is named like the beginning of the other', () => {
  const environment = fc.stringMatching(/^[a-z][a-z0-9-]{2,10}$/)
  const ending = fc.constantFrom('', '-network', '_bosh_vms', '-cf-router-lb', '-bosh')

  it('never share a line of a sweep (property)', () => {
    fc.assert(
      fc.property(
        environment,
        fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,4}$/),
        fc.array(ending, { minLength: 1 }),
        (name, more, ends) => {
          const other = `${name}${more}`
          const resources = ends.flatMap((end, index) => [
            thing(`${other}${end}`, {
              id: `other-${index}`,
              kind: resourceKinds[index % resourceKinds.length] ?? 'vm'
            }),
            thing(`x${index}`, { id: `label-${index}`, labels: { director: `bosh-${other}` } })
          ])
          const lines = planSweep(resources, {
            owner: { environment: name, director: `bosh-${name}`, given: new Set() },
            known: new Set()
          })
          expect(lines.filter(({ fate }) => fate === 'delete')).toEqual([])
        }
      )
    )
  })

  it('each find their own (property)', () => {
    fc.assert(
      fc.property(environment, ending, (name, end) => {
        expect(isPavedName(`${name}${end}`, name)).toBe(true)
        expect(isPavedName(`bosh-${name}${end}`, name)).toBe(true)
      })
    )
  })
})

it.each([
  ['Network: play-1-network', 'ours'],
  ['Network: play-10-network', 'not ours'],
  ['Network: play-1-b-network', 'doubtful'],
  ['EC2 Instance: i-7 (director:bosh-play-1, Name:router/0)', 'ours'],
  ['EC2 Instance: play-1-x (director:bosh-play-10)', 'not ours'],
  ['Key Pair: keypair-play-1-x', 'not ours']
])('a line of bbl leftovers, %s: %s', (line, expected) => {
  expect(matchLine(line, owner)).toBe(expected)
})

it('knows each name that our own terraform files and the lab give', () => {
  const folder = join(import.meta.dirname, '../../..')
  const files = readdirSync(join(folder, 'terraform'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.tf'))
    .map(path => readFileSync(join(folder, 'terraform', path), 'utf8'))
  const lab = (['cf', 'concourse'] as const).map(type =>
    terraformTemplate({ type, cert: '', key: '', chain: '' })
  )
  const names = [...files, ...lab].flatMap(text =>
    [...text.matchAll(/\bname\s+= "\$\{var\.(?:short_)?env_id\}([^"]*)"/g)].map(([, end = '']) => end)
  )
  expect(names.length).toBeGreaterThan(10)
  for (const end of names) {
    // The only names that are counted or listed are of balancers, whose list has no other name, and of ports.
    const name = `play-1${end.replace(/\$\{element\(local\.cf_balancers.*/, 'router').replace(/\$\{.*/, '1024')}`
    expect(isPavedName(name, 'play-1'), name).toBe(true)
  }
})
