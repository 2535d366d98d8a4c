import { appendFileSync, cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import createCfcrRelease from '../../tasks/create-cfcr-release.ts'
import uploadCfcrRelease from '../../tasks/upload-cfcr-release.ts'
import { emitTasks } from '../../src/cli/emission.ts'
import { KuboCheckout, withArguments } from '../release/kubo-checkout.ts'
import { bblState, printEnv, table, Workbench } from './workbench.ts'

const root = join(import.meta.dirname, '..', '..')
const params = { ENVIRONMENT: 'lab', IAAS: 'lab', VERSION: 'v0.44.0' }
let bench: Workbench
let checkout: KuboCheckout

/** The release is made by the lab's bosh; a Director is asked by a program that answers. */
beforeEach(async () => {
  bench = await Workbench.open()
  checkout = new KuboCheckout({ ...withArguments, 'config/blobs.yml': '{}\n' }, 'v0.44.0', 'v0.43.9')
  cpSync(checkout.folder, bench.path('kubo-release'), { recursive: true })
  // As it is emitted, not as it lies in this checkout.
  for (const [path, text] of await emitTasks(root))
    if (path.startsWith('release/')) await bench.write(`causeway/${path}`, text)
  await bench.write('state/bbl/bbl-state.json', bblState('lab'))
  await bench.program('bbl', `print-env*) cat <<'END'\n${printEnv}\nEND\n;;`)
  await director([])
})
afterEach(() => {
  checkout.remove()
})

async function director(versions: readonly string[]): Promise<void> {
  const rows = versions.map(version => ({ name: 'kubo', version }))
  const bosh = `'${process.execPath}' '${join(root, 'dist/src/lab/programs/bosh.js')}'`
  await bench.program(
    'bosh',
    `*create-release*) exec ${bosh} "$@" ;;\n*"releases --json") ${table(rows)} ;;\n*) ;;`
  )
}

const uploads = async (): Promise<readonly string[]> =>
  (await bench.calls()).filter(call => call.includes('upload-release'))

describe('create-cfcr-release and upload-cfcr-release', () => {
  it('make the release from what was published, and upload it once', async () => {
    await bench.run(createCfcrRelease, { VERSION: params.VERSION })
    const [provenance, tarball = ''] = readdirSync(bench.path('cfcr-release')).sort()
    expect(tarball).toMatch(/^kubo-0\.44\.0\+silk\.\d+\.tgz$/)
    expect(provenance).toBe(tarball.replace('.tgz', '.provenance.json'))
    expect(checkout.git('-C', bench.path('kubo-release'), 'status', '--porcelain')).toBe('')

    await bench.run(uploadCfcrRelease, params)
    expect(await uploads()).toEqual([expect.stringContaining(tarball)])
    await director([`${tarball.slice('kubo-'.length, -'.tgz'.length)}*`])
    await bench.run(uploadCfcrRelease, params)
    expect(await uploads()).toHaveLength(1)
  })

  it('upload nothing that its provenance does not tell of', async () => {
    await bench.run(createCfcrRelease, { VERSION: params.VERSION })
    await expect(bench.run(uploadCfcrRelease, { ...params, VERSION: 'v0.43.9' })).rejects.toThrow(
      /expected 0\.43\.9/
    )
    const [tarball = ''] = readdirSync(bench.path('cfcr-release')).filter(name => name.endsWith('.tgz'))
    appendFileSync(bench.path('cfcr-release', tarball), ' ')
    await expect(bench.run(uploadCfcrRelease, params)).rejects.toThrow(/found sha256/)
    expect(await uploads()).toEqual([])
  })

  it('make nothing where the version is not on the commit', async () => {
    await expect(bench.run(createCfcrRelease, { VERSION: 'v0.42.0' })).rejects.toThrow(
      /found v0\.43\.9, v0\.44\.0 on the commit, expected v0\.42\.0/
    )
  })
})
