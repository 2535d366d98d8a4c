import { UserError } from '../core/errors.ts'
import { ProgramFailed, type Programs } from './exec.ts'
import type { Files } from './files.ts'
import { readTree, type Tree } from './tree.ts'

/** A BOSH release as one file. */
export interface ReleaseTarball {
  /** Text of `release.MF`. */
  readonly manifest: string
  /** Job → its files: `job.MF`, `monit`, `templates/…`. Only those that were asked for and are in it. */
  readonly jobs: ReadonlyMap<string, Tree>
}

/**
 * Reads a release tarball and some of its jobs (bosh-cli, release/: a tarball of tarballs). `scratch` is a folder of its own.
 * Throws a UserError where it is no release.
 */
export async function readReleaseTarball(
  programs: Programs,
  files: Files,
  { tarball, jobs, scratch }: { tarball: string; jobs: readonly string[]; scratch: string }
): Promise<ReleaseTarball> {
  const unpack = async (archive: string, folder: string): Promise<void> => {
    await files.makeFolder(folder)
    const args = ['-xzf', archive, '-C', folder]
    await programs.run({ program: 'tar', args, echo: false, announce: false })
  }
  const whole = `${scratch}/release`
  try {
    await unpack(tarball, whole)
  } catch (thrown) {
    if (!(thrown instanceof ProgramFailed) || thrown.exitCodeOfProgram === 127) throw thrown
    throw refusal(tarball, 'a file that tar can not read')
  }
  const manifest = await files.readTextIfAny(`${whole}/release.MF`)
  if (manifest === undefined) throw refusal(tarball, 'no release.MF in it')
  const found = new Map<string, Tree>()
  for (const job of jobs) {
    const archive = `${whole}/jobs/${job}.tgz`
    if (!(await files.exists(archive))) continue
    await unpack(archive, `${scratch}/jobs/${job}`)
    found.set(job, await readTree(`${scratch}/jobs/${job}`))
  }
  return { manifest, jobs: found }
}

function refusal(tarball: string, found: string): UserError {
  return new UserError('findings', `${tarball}: found ${found}, expected a BOSH release`, {
    hint: 'create it anew'
  })
}
