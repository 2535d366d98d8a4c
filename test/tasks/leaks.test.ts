import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iaases } from '../../src/environment/record.ts'
import { runnableTasks } from './all-tasks.ts'
import { HostileWorld, type FaultKind } from './hostile-world.ts'

const tasks = [...(await runnableTasks())]
let world: HostileWorld

beforeAll(async () => {
  world = await HostileWorld.open()
})

afterAll(() => world.close())

describe('a canary in every secret place is seen nowhere else', () => {
  it.each(tasks)('of %s, which starts programs', async (_, task) => {
    const ran = await world.run(task, 'gcp')
    expect(ran.leaks).toEqual([])
    expect(ran.calls.length).toBeGreaterThan(0)
    // What was told was hidden, rather than not told.
    expect(ran.shown).toContain('((redacted))')
  })

  const withIaas = tasks.filter(([, task]) => 'IAAS' in task.params)
  it.each(iaases)('with the credentials of %s', async iaas => {
    for (const [name, task] of withIaas) {
      expect((await world.run(task, iaas)).leaks, name).toEqual([])
    }
  })

  it.each(tasks)('of %s when any of its programs goes wrong', async (_, task) => {
    const whole = await world.run(task, 'gcp')
    const calls = whole.calls.map((_name, index) => index + 1)
    const kinds: readonly FaultKind[] = ['fails', 'answers nonsense']
    for (const kind of kinds) {
      for (const call of calls) {
        const { leaks } = await world.run(task, 'gcp', { kind, call })
        expect(leaks, `call ${call} of ${whole.calls.join(', ')} ${kind}`).toEqual([])
      }
    }
  })
})
