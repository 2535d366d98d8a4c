import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkshop, TaskLab, type RunCommand, type Workshop } from './task-lab.ts'

let workshop: Workshop

beforeAll(async () => {
  workshop = await openWorkshop()
}, 120_000)
afterAll(() => workshop.close())

/** What a repave does between a state that it finds and CF; each from a fresh clone of the state branch. */
const repave = ['destroy-infrastructure', 'sweep-leftovers', 'prove-empty', 'pave-infrastructure']

interface Remains {
  readonly name: string
  /** Whether the state branch knows its cid. */
  readonly isKept: boolean
  /** Whether it carries the label of the environment. */
  readonly isLabelled: boolean
}

async function remainsIn(lab: TaskLab): Promise<readonly Remains[]> {
  const state = await lab.stateText()
  return lab.cloud.list().map(({ kind, name, cid, tags }) => ({
    name: `${kind} ${name}`,
    isKept: state.includes(cid),
    isLabelled: tags['director'] === 'bosh-lab'
  }))
}

async function inLab<T>(work: (lab: TaskLab) => Promise<T>): Promise<T> {
  const lab = await TaskLab.open(workshop)
  try {
    return await work(lab)
  } finally {
    await lab.close()
  }
}

/** Two at a time: a lab keeps a core busy. */
async function eachOf(numbers: readonly number[], work: (number: number) => Promise<void>): Promise<void> {
  const waiting = [...numbers]
  const workInTurn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all([workInTurn(), workInTurn()])
}

/**
 * The numbers of the commands after which a run is killed. All that a repave finds is the cloud and the state branch, so whoever was
 * killed after a command that changed neither left what one left that was killed before it. `CAUSEWAY_KILL_EACH` kills after each.
 */
function worthKilling(commands: readonly RunCommand[]): readonly number[] {
  const isEach = process.env['CAUSEWAY_KILL_EACH'] !== undefined
  return commands.flatMap(({ world }, index) =>
    isEach || index === 0 || world !== commands[index - 1]?.world ? [index + 1] : []
  )
}

describe('pave-infrastructure, killed after each command that it runs', { timeout: 1_200_000 }, () => {
  it('leaves nothing without state or label, and is repaved from what the state branch has', async () => {
    const whole = await inLab(async lab => {
      const { code, commands } = await lab.run('pave-infrastructure')
      expect(code).toBe(0)
      return { commands, remains: await remainsIn(lab) }
    })
    expect(whole.commands.length).toBeGreaterThan(20)
    expect(whole.remains.filter(({ isKept }) => !isKept)).toEqual([])
    expect(worthKilling(whole.commands).length).toBeGreaterThan(3)
    let killed = 0
    await eachOf(worthKilling(whole.commands), number =>
      inLab(async lab => {
        const { code, commands, said } = await lab.run('pave-infrastructure', number)
        // The watch of the state runs its commands beside the others, so a run may have some fewer.
        if (code === 0) return
        killed += 1
        const at = `killed after ${number}: ${commands.at(-1)?.line ?? 'nothing'}`
        expect(code, `${at}\n${said}`).toBeNull()
        const remains = await remainsIn(lab)
        expect(
          remains.filter(({ isKept, isLabelled }) => !isKept && !isLabelled),
          at
        ).toEqual([])
        for (const task of repave.filter(name => workshop.params.has(name))) {
          const run = await lab.run(task)
          expect(run.code, `${at}\n${task}: ${run.said}`).toBe(0)
        }
        const after = await remainsIn(lab)
        expect(after.map(({ name }) => name).sort(), at).toEqual(whole.remains.map(({ name }) => name).sort())
        expect(
          after.filter(({ isKept }) => !isKept),
          at
        ).toEqual([])
      })
    )
    expect(killed).toBeGreaterThan(3)
  })
})
