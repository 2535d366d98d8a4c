import { Duration } from '../core/duration.ts'
import { isAbort, messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { delay } from '../core/wait.ts'
import type { Files } from '../tools/files.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import { stampOf } from '../tools/tree.ts'

/** bbl's files that tell of what was made: its own, terraform's, and those of create-env. */
const telling = /^(bbl-state\.json|vars\/[^/]+(\.tfstate|-state\.json|-vars-store\.yml))$/

/** Between two looks. What did not change from one to the next is at rest. */
const every = Duration.milliseconds(300)

export interface StateWatch {
  /** Looks no more; done when what it began is done. */
  stop(): Promise<void>
}

/**
 * Looks at bbl's state while bbl works, and tells whenever some of its files have changed, are at rest, and are whole: so
 * terraform, the jumpbox and the Director each leave a checkpoint, although one command makes all three.
 */
export function watchState(
  { files, log }: { readonly files: Files; readonly log: Log },
  state: string,
  onRest: (changed: readonly string[]) => Promise<void>
): StateWatch {
  const folder = `${state}/bbl`
  const stopping = new AbortController()
  const look = async (): Promise<void> => {
    let told = await stampsIn(files, folder)
    let seen = told
    for (;;) {
      await delay(every, stopping.signal)
      const now = await stampsIn(files, folder)
      const changed = differing(told, now)
      const isAtRest = differing(seen, now).length === 0
      seen = now
      if (changed.length === 0 || !isAtRest || !(await areWhole(files, folder, changed))) continue
      told = now
      await onRest(changed)
    }
  }
  const looking = look().catch((thrown: unknown) => {
    if (!isAbort(thrown)) log.warn(`state: no longer watched: ${messageOf(thrown)}`)
  })
  return {
    async stop() {
      stopping.abort()
      await looking
    }
  }
}

type Stamps = ReadonlyMap<string, string | undefined>

async function stampsIn(files: Files, folder: string): Promise<Stamps> {
  const inVars = (await files.list(`${folder}/vars`)).map(name => `vars/${name}`)
  const names = [...(await files.list(folder)), ...inVars].filter(name => telling.test(name))
  return new Map(
    await Promise.all(names.map(async name => [name, await stampOf(`${folder}/${name}`)] as const))
  )
}

function differing(a: Stamps, b: Stamps): string[] {
  const names = new Set([...a.keys(), ...b.keys()])
  return [...names].filter(name => a.get(name) !== b.get(name)).sort()
}

async function areWhole(files: Files, folder: string, names: readonly string[]): Promise<boolean> {
  for (const name of names.filter(name => !name.endsWith('.yml'))) {
    const text = await files.readTextIfAny(`${folder}/${name}`)
    if (text !== undefined && !isRecord(parseJson(text))) return false
  }
  return true
}
