import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeEmptiness } from '../../../src/environment/teardown/emptiness.ts'
import { deletionOrder } from '../../../src/environment/teardown/link-order.ts'
import { stages, type Stage, type StageVerdict } from '../../../src/environment/teardown/stage.ts'

function manifest(...providers: readonly string[]): string {
  const consumes = Object.fromEntries(
    providers.map((deployment, index) => [`link${index}`, { from: 'x', deployment }])
  )
  return JSON.stringify({ instance_groups: [{ jobs: [{ name: 'a', consumes }] }] })
}

describe('deployments are deleted', () => {
  it('consumers before providers, wherever the manifest says it', () => {
    const manifests = new Map([
      ['cf', '{}'],
      [
        'cfcr',
        'instance_groups:\n- jobs:\n  - consumes:\n      cf_network: {from: cf_network, deployment: cf}\n'
      ],
      ['dns', 'addons:\n- jobs:\n  - consumes: {api: {from: api, deployment: cfcr}, none: nil}\n']
    ])
    expect(deletionOrder(manifests)).toEqual({ order: ['dns', 'cfcr', 'cf'], circle: [] })
  })

  it('each one once, and a circle is told', () => {
    const manifests = new Map([
      ['a', manifest('b')],
      ['b', manifest('a')],
      ['c', manifest('a', 'gone')]
    ])
    expect(deletionOrder(manifests)).toEqual({ order: ['c', 'a', 'b'], circle: ['a', 'b'] })
  })

  it('never a provider before a consumer (property)', () => {
    const links = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(links, all => {
        // Only backwards, so that there is no circle.
        const wanted = all.map((each, index) => each.filter(other => other < index))
        const manifests = new Map(
          wanted.map((each, index) => [`d${index}`, manifest(...each.map(n => `d${n}`))])
        )
        const { order, circle } = deletionOrder(manifests)
        expect(circle).toEqual([])
        expect([...order].sort()).toEqual([...manifests.keys()].sort())
        for (const [index, each] of wanted.entries()) {
          for (const other of each)
            expect(order.indexOf(`d${index}`)).toBeLessThan(order.indexOf(`d${other}`))
        }
      })
    )
  })
})

describe('the verdict joins', () => {
  const names = Object.keys(stages) as Stage[]
  const verdict = (stage: Stage, outcome: StageVerdict['outcome']): StageVerdict => ({
    stage,
    outcome,
    reason: 'why'
  })

  it('what is left, whatever the stages say', () => {
    const all = names.map(stage => verdict(stage, 'done'))
    const judged = judgeEmptiness({ environment: 'lab', left: ['vm vm-1'], notChecked: [], stages: all })
    expect(judged).toMatchObject({ clean: false, reason: 'vm vm-1' })
  })

  it('clean exactly where nothing is left and no failed stage left what nobody saw (property)', () => {
    const outcome = fc.constantFrom<StageVerdict['outcome'][]>(
      'done',
      'nothing',
      'failed',
      'refused',
      'missing'
    )
    const kinds = fc.subarray(['vm', 'disk', 'load-balancer', 'firewall', 'dns', 'network'] as const)
    fc.assert(
      fc.property(
        fc.array(outcome, { minLength: names.length, maxLength: names.length }),
        kinds,
        (outcomes, unseen) => {
          const all = names.map((stage, index) => verdict(stage, outcomes[index] ?? 'missing'))
          const notChecked = unseen.map(kind => ({ what: kind, why: 'no program', kinds: [kind] }))
          const judged = judgeEmptiness({ environment: 'lab', left: [], notChecked, stages: all })
          const isOpen = all.some(({ stage, outcome: ended }) => {
            const leaves: readonly string[] = stages[stage].leaves
            return !['done', 'nothing'].includes(ended) && unseen.some(kind => leaves.includes(kind))
          })
          expect(judged.clean).toBe(!isOpen)
          expect(judged.not_checked.map(({ what }) => what)).toEqual(unseen)
        }
      )
    )
  })
})
