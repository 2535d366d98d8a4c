import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkshop, TaskLab, type Remains, type RunCommand, type Workshop } from './task-lab.ts'

let workshop: Workshop

beforeAll(async () => {
  workshop = await openWorkshop()
}, 120_000)
afterAll(() => workshop.close())

/** What a repave does between a state that it finds and CF; each from a fresh clone of the state branch. */
const repave = ['destroy-infrastructure', 'sweep-leftovers', 'prove-empty', 'pave-infrastructure']

/** A world as a repave sees it: two alike need no two repaves. */
function shapeOf({ resources, state }: Remains): string {
  return JSON.stringify([resources.map(remaining => Object.values(remaining).join(' ')).sort(), state])
}

/** What nobody would ever find again: neither the state branch knows it, nor does it say whose it is. */
function lostIn({ resources }: Remains): readonly string[] {
  return resources.filter(({ isKept, isLabelled }) => !isKept && !isLabelled).map(({ name }) => name)
}

function unkeptIn({ resources }: Remains): readonly string[] {
  return resources.filter(({ isKept }) => !isKept).map(({ name }) => name)
}

function namesIn({ resources }: Remains): readonly string[] {
  return resources.map(({ name }) => name).sort()
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

/** What a whole run had before it, after each command and at its end. */
interface Whole {
  readonly commands: readonly RunCommand[]
  /** After each command. */
  readonly worlds: readonly Remains[]
  readonly end: Remains
}

function paveWhole(): Promise<Whole> {
  return inLab(async lab => {
    const { code, commands, said } = await lab.run('pave-infrastructure')
    expect(code, said).toBe(0)
    const worlds: Remains[] = []
    for (const { world } of commands) worlds.push(await lab.remainsOf(world))
    return { commands, worlds, end: await lab.remainsOf(await lab.world()) }
  })
}

/**
 * The numbers of the commands after which a run is killed: the first that leaves a world which none before it has left. All that a
 * repave finds is the cloud and the state branch. `CAUSEWAY_KILL_EACH` kills after each command.
 */
function worthKilling({ worlds }: Whole): readonly number[] {
  const shapes = worlds.map(shapeOf)
  const isEach = process.env['CAUSEWAY_KILL_EACH'] !== undefined
  return shapes.flatMap((shape, index) => (isEach || shapes.indexOf(shape) === index ? [index + 1] : []))
}

describe('pave-infrastructure, killed', { timeout: 7_200_000 }, () => {
  let whole: Whole
  beforeAll(async () => {
    whole = await paveWhole()
  }, 120_000)

  it('failure 1: has nothing without state or label at any command that it or what it starts runs, and in the end all in the state', () => {
    const lines = whole.commands.map(({ line }) => line)
    for (const program of ['git push', 'bbl plan', 'bbl up', 'bosh create-env', 'bash ', 'sed '])
      expect(lines.filter(line => line.startsWith(program)).length, program).toBeGreaterThan(0)
    for (const [index, world] of whole.worlds.entries()) expect(lostIn(world), lines[index]).toEqual([])
    expect(unkeptIn(whole.end)).toEqual([])
    expect(worthKilling(whole).length).toBeGreaterThan(5)
  })

  it('failure 1: leaves nothing without state or label, and is repaved from what the state branch has', async () => {
    const repaved = new Set<string>()
    let killed = 0
    await eachOf(worthKilling(whole), number =>
      inLab(async lab => {
        const { code, commands, said } = await lab.run('pave-infrastructure', { killAfter: number })
        // The watch of the state runs its commands beside the others, so a run may have some fewer.
        if (code === 0) return
        killed += 1
        const at = `killed after ${number}: ${commands.at(-1)?.line ?? 'nothing'}`
        expect(code, `${at}\n${said}`).toBeNull()
        const found = await lab.remainsOf(await lab.world())
        expect(lostIn(found), at).toEqual([])
        if (repaved.has(shapeOf(found))) return
        repaved.add(shapeOf(found))
        for (const task of repave) {
          const run = await lab.run(task)
          expect(run.code, `${at}\n${task}: ${run.said}`).toBe(0)
        }
        const after = await lab.remainsOf(await lab.world())
        expect(namesIn(after), at).toEqual(namesIn(whole.end))
        expect(unkeptIn(after), at).toEqual([])
      })
    )
    expect(repaved.size, `worlds that ${killed} killed runs left`).toBeGreaterThan(5)
  })
})
