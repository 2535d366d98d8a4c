import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyNetwork, type Network, type Tables } from '../../../src/lab/network/model.ts'
import { plan } from '../../../src/lab/network/plan.ts'
import { restoreInput } from '../../../src/lab/network/restore-input.ts'
import { wireAddress } from '../../../src/lab/network/wire-address.ts'
import { smallNetwork } from './small-network.ts'

const network = fc
  .record({
    hosts: fc.integer({ min: 0, max: 3 }),
    containers: fc.uniqueArray(fc.integer({ min: 2, max: 9 }))
  })
  .map(({ hosts, containers }) =>
    smallNetwork(
      hosts,
      hosts === 0
        ? []
        : containers.map(number => ({
            name: `c${number}`,
            host: 1 + (number % hosts),
            address: `10.255.${1 + (number % hosts)}.${number}`,
            listens: []
          }))
    )
  )

/** All lines of all scripts, in the order in which they run. */
function linesOf(current: Network, desired: Network): string[] {
  return plan(current, desired).flatMap(stage => stage.flatMap(({ text }) => text.split('\n')))
}

describe('the plan of a network', () => {
  it('is empty where nothing changes', () => {
    fc.assert(
      fc.property(network, desired => {
        expect(plan(desired, desired)).toEqual([])
      })
    )
  })

  it('adds every namespace before anything is done in it, and takes away what is not desired', () => {
    fc.assert(
      fc.property(network, network, (current, desired) => {
        const lines = linesOf(current, desired)
        const names = ({ hosts, containers }: Network): string[] =>
          [...hosts, ...containers].map(({ name }) => name)
        const [old, wanted] = [names(current), names(desired)]
        const said = (verb: string): string[] =>
          lines.flatMap(line => (line.startsWith(`netns ${verb} `) ? [line.split(' ')[2] ?? ''] : []))
        expect(said('add')).toEqual(wanted.filter(name => !old.includes(name)))
        expect(said('delete').sort()).toEqual(old.filter(name => !wanted.includes(name)).sort())
        const seen = new Set(old)
        for (const stage of plan(current, desired)) {
          for (const { namespace, text } of stage) {
            if (namespace !== undefined) expect(seen).toContain(namespace)
            for (const [, name = ''] of text.matchAll(/^netns add (\S+)$/gm)) seen.add(name)
          }
        }
      })
    )
  })

  it('has one shell for each namespace, and one for the place between them', () => {
    const scripts = plan(emptyNetwork, smallNetwork(5, [])).flat()
    expect(scripts).toHaveLength(6)
    for (const { text } of scripts) expect(text.match(/-batch -/g)?.length).toBeLessThanOrEqual(2)
  })

  it('tells the others where a new member is, and changes nothing else of theirs', () => {
    const lines = linesOf(smallNetwork(2, []), smallNetwork(3, []))
    expect(lines.filter(line => line.includes('10.255.3.0') || line.includes('0a:ff:03:00'))).toHaveLength(10)
    expect(lines.filter(line => line.startsWith('link delete'))).toEqual([])
  })

  it('makes a device of another id anew, with all that hangs on it', () => {
    const one = [{ name: 'c', host: 1, address: '10.255.1.2', listens: [] }]
    const other = [{ name: 'c', host: 1, address: '10.255.1.3', listens: [] }]
    const lines = linesOf(smallNetwork(1, one), smallNetwork(1, other))
    expect(lines).toContain('link delete s-010255001002')
    expect(lines).toContain('link set eth0 arp off up')
    expect(lines.filter(line => line.startsWith('netns'))).toEqual([])
  })
})

describe('rules', () => {
  const chain = (rules: readonly string[], jump = '-A FORWARD -j ours'): Tables => ({
    filter: { chains: { ours: rules }, jumps: [jump] }
  })

  it.each<[string, Tables, Tables, string[]]>([
    ['nothing', chain(['-j ACCEPT']), chain(['-j ACCEPT']), []],
    ['a new chain', {}, chain(['-j DROP']), [':ours - [0:0]', '-A ours -j DROP', '-A FORWARD -j ours']],
    ['another rule', chain(['-j ACCEPT']), chain(['-j DROP']), [':ours - [0:0]', '-A ours -j DROP']],
    ['a chain that goes', chain([]), {}, [':ours - [0:0]', '-D FORWARD -j ours', '-X ours']],
    [
      'another place',
      chain([]),
      chain([], '-I FORWARD 1 -j ours'),
      ['-D FORWARD -j ours', '-I FORWARD 1 -j ours']
    ]
  ])('%s', (_, current, desired, lines) => {
    const expected = lines.length === 0 ? '' : `*filter\n${lines.join('\n')}\nCOMMIT\n`
    expect(restoreInput(current, desired)).toBe(expected)
  })
})

it.each([
  ['127.64.0.1', '10.0.0.1'],
  ['127.126.255.254', '10.62.255.254'],
  ['127.0.0.1', '127.0.0.1'],
  ['10.0.0.20', '10.0.0.20']
])('the machine %s is %s on the wire', (address, wire) => {
  expect(wireAddress(address)).toBe(wire)
})
