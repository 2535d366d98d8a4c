import { UserError } from '../../core/errors.ts'
import type { Files } from '../../tools/files.ts'
import { proveBucc } from '../bucc.ts'
import { bblFolder } from '../iaas-params.ts'

/**
 * Refuses (exit code 7) an override script that leads nowhere or can't be executed. bbl passes over it without a word and
 * runs its own (bbl v9.0.48, bosh/executor.go), which knows nothing of how the Director was made. Where BUCC made it, its
 * scripts must be there as before an `up`: of one that is missing nothing else would tell.
 */
export async function refuseBrokenOverrides(files: Files, state: string): Promise<void> {
  const folder = bblFolder(state)
  const scripts = (await files.list(folder)).filter(name => name.endsWith('-override.sh'))
  const usable = await Promise.all(scripts.map(name => files.isExecutable(`${folder}/${name}`)))
  const broken = scripts.filter((_, index) => !usable[index])
  if (broken.length === 0) {
    if (await files.exists(`${folder}/bucc`)) await proveBucc(files, folder)
    return
  }
  throw new UserError(
    'refused',
    `${folder}: found ${broken.join(', ')} leading nowhere or not executable, expected programs`,
    { hint: 'restore a state that has them as files, or pave again, which puts them there' }
  )
}
