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
async function eachOf<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const waiting = [...things]
  const workInTurn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all([workInTurn(), workInTurn()])
}

/** What a whole run had after each command and at its end. */
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

/** A way to kill a run, and what the cloud must have then, where that is known. */
interface Killing {
  readonly title: string
  readonly kill: (lab: TaskLab) => ReturnType<TaskLab['run']>
  readonly cloud: readonly string[] | undefined
}

function isGit({ name }: RunCommand): boolean {
  return /^(exec )?git /.test(name)
}

/**
 * The commands that every run has, and what the cloud must have after each. How often the state is saved beside bbl is a matter of time:
 * sure are the checkpoint of the plan and one more. What bbl has made by then is not sure either.
 */
function sureCommands({ commands, worlds }: Whole): readonly { name: string; cloud?: readonly string[] }[] {
  const secondIsSaved = commands.findIndex(({ name }) => name === 'exec git reset 2')
  return commands.flatMap((command, index) => {
    const { name } = command
    if (isGit(command)) return index <= secondIsSaved ? [{ name }] : []
    const world = worlds[index]
    return world === undefined ? [] : [{ name, cloud: namesIn(world) }]
  })
}

/**
 * Kills after each sure push of the state, after each command that leaves another cloud than the one before it, and after the last: all
 * that a repave finds is the cloud and the state branch. `CAUSEWAY_KILL_EACH` kills after each sure command.
 */
function killingsAfter(whole: Whole): readonly Killing[] {
  const isEach = process.env['CAUSEWAY_KILL_EACH'] !== undefined
  let before = '[]'
  const chosen = sureCommands(whole).filter(({ name, cloud }, index, all) => {
    if (cloud === undefined) return isEach || name.startsWith('git push ')
    const isOther = JSON.stringify(cloud) !== before
    before = JSON.stringify(cloud)
    return isEach || isOther || index === all.length - 1
  })
  return chosen.map(({ name, cloud }) => ({
    title: `after ${name}`,
    kill: lab => lab.run('pave-infrastructure', { killAfter: name }),
    cloud
  }))
}

/** Where bbl can stand still in the midst of its work. */
const halts = {
  terraform: { program: 'terraform', args: 'create lab_firewall.internal' },
  director: { program: 'create-env', args: 'start bosh' }
} as const

/** Kills where bbl has long stood still, so that the branch has all that was made. */
const killingsInHalts: readonly Killing[] = Object.values(halts).map(fault => ({
  title: `in ${fault.program} ${fault.args}`,
  kill: async lab => {
    await lab.break({ ...fault, action: 'hang' })
    const when = async (): Promise<boolean> =>
      (await lab.hasBroken()) && unkeptIn(await lab.remainsOf(await lab.world())).length === 0
    return lab.run('pave-infrastructure', { signal: { name: 'SIGKILL', when } })
  },
  cloud: undefined
}))

/** In which way a paving is told to end, while bbl makes what a part of it takes long. */
const endings = [
  {
    name: 'SIGTERM',
    exitCode: 4,
    fault: { ...halts.terraform, action: 'slow', delay: '2s' },
    last: 'firewall',
    says: 'Executor apply'
  },
  {
    name: 'SIGTERM',
    exitCode: 4,
    fault: { ...halts.director, action: 'hang' },
    last: 'vm',
    says: 'Create bosh director: running'
  },
  {
    name: 'deadline',
    exitCode: 5,
    fault: { ...halts.director, action: 'hang' },
    last: 'vm',
    says: 'Create bosh director: running'
  }
] as const

describe('pave-infrastructure, told to end', () => {
  it.each(endings)(
    'failure 2: $name while $fault.program is at $fault.args leaves nothing that the state does not have, and nothing that goes on',
    { timeout: 120_000 },
    ({ name, exitCode, fault, last, says }) =>
      inLab(async lab => {
        await lab.break(fault)
        const run = await lab.run('pave-infrastructure', { signal: { name, when: () => lab.hasBroken() } })
        expect(run.code, run.said).toBe(exitCode)
        // bbl has ended by itself, with its state saved.
        expect(run.said).toContain(says)
        expect(run.left).toEqual([])
        const found = await lab.remainsOf(await lab.world())
        expect(unkeptIn(found)).toEqual([])
        expect(namesIn(found).some(resource => resource.startsWith(`${last} `))).toBe(true)
      })
  )
})

describe('pave-infrastructure, killed', { timeout: 7_200_000 }, () => {
  let whole: Whole
  beforeAll(async () => {
    whole = await paveWhole()
  }, 120_000)

  it('failure 1: has nothing without state or label at any command that it or what it starts runs, and in the end all in the state', () => {
    const names = whole.commands.map(({ name }) => name)
    for (const name of ['git push 2', 'bbl plan 1', 'bbl up 1', 'bosh create-env 2', 'bash 1', 'sed 1'])
      expect(names).toContain(name)
    expect(new Set(names).size).toBe(names.length)
    for (const [index, world] of whole.worlds.entries()) expect(lostIn(world), names[index]).toEqual([])
    expect(unkeptIn(whole.end)).toEqual([])
  })

  it('failure 1: leaves nothing without state or label, and is repaved from what the state branch has', async () => {
    const clouds = new Set<string>()
    const repaved = new Set<string>()
    await eachOf([...killingsInHalts, ...killingsAfter(whole)], ({ title, kill, cloud }) =>
      inLab(async lab => {
        const { code, said } = await kill(lab)
        expect(code, `${title}\n${said}`).toBeNull()
        const found = await lab.remainsOf(await lab.world())
        expect(lostIn(found), title).toEqual([])
        if (cloud !== undefined) expect(namesIn(found), title).toEqual(cloud)
        clouds.add(JSON.stringify(namesIn(found)))
        if (repaved.has(shapeOf(found))) return
        repaved.add(shapeOf(found))
        for (const task of repave) {
          const run = await lab.run(task)
          expect(run.code, `${title}\n${task}: ${run.said}`).toBe(0)
        }
        const after = await lab.remainsOf(await lab.world())
        expect(namesIn(after), title).toEqual(namesIn(whole.end))
        expect(unkeptIn(after), title).toEqual([])
      })
    )
    // Nothing, a part of the network, the jumpbox, all.
    expect(clouds.size).toBeGreaterThan(3)
  })
})
