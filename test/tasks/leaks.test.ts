import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iaases } from '../../src/environment/record.ts'
import { runnableTasks } from './all-tasks.ts'
import { HostileWorld, type FaultKind, type Ran } from './hostile-world.ts'

const tasks = [...(await runnableTasks())]
/** How each task goes where nothing goes wrong. */
const whole = new Map<string, Ran>()
/** Tasks that read and write files, and start nothing. */
const withoutPrograms = new Set(['prepare-cf', 'prepare-cfcr'])
let world: HostileWorld

beforeAll(async () => {
  world = await HostileWorld.open()
})

afterAll(() => world.close())

describe('a canary in every secret place is seen nowhere else', { timeout: 300_000 }, () => {
  it.each(tasks)('of %s', async (name, task) => {
    const ran = await world.run(task, 'gcp')
    whole.set(name, ran)
    expect(ran.leaks).toEqual([])
    expect(ran.calls.length > 0).toBe(!withoutPrograms.has(name))
  })

  it('because it was hidden, and not because nothing was told', () => {
    const shown = [...whole.values()].map(ran => ran.shown)
    expect(shown.filter(text => text.includes('((redacted))')).length).toBeGreaterThan(tasks.length / 3)
    expect([...whole.values()].filter(ran => ran.exitCode === 0).length).toBeGreaterThan(tasks.length / 2)
  })

  const paving = tasks.filter(([name]) => name === 'pave-infrastructure')
  it.each(iaases)('with the credentials of %s', async iaas => {
    for (const [, task] of paving) {
      const { leaks, calls } = await world.run(task, iaas)
      expect(leaks).toEqual([])
      expect(calls.some(call => call.startsWith('bbl plan'))).toBe(true)
    }
  })

  /** What has gone wrong already: git is asked the same by all tasks, and nonsense is dealt with where it is read. */
  const tried = new Set<string>()

  it.each(tasks)('of %s when any of its programs goes wrong', async (name, task) => {
    for (const [index, call] of (whole.get(name)?.calls ?? []).entries()) {
      const question = questionOf(call)
      const kinds: readonly FaultKind[] = ['fails', 'answers nonsense']
      for (const kind of kinds) {
        const isAlikeEverywhere = kind === 'answers nonsense' || question.startsWith('git ')
        const trial = `${isAlikeEverywhere ? '' : name} ${question} ${kind}`
        if (tried.has(trial)) continue
        tried.add(trial)
        const { leaks } = await world.run(task, 'gcp', { kind, call: index + 1 })
        expect(leaks, `${call} ${kind}`).toEqual([])
      }
    }
  })
})

/** A call without what differs from one to the next: flags, paths, names of apps, commits. */
function questionOf(call: string): string {
  const words = call.split(' ').filter(word => !/^-|\//.test(word))
  return words.slice(0, words[0] === 'bosh' ? 3 : 2).join(' ')
}
