import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../src/core/log.ts'
import { FindingsError } from '../../src/core/finding.ts'
import { checkTarball, jobsOf } from '../../src/release/check-tarball.ts'
import { checkTemplates } from '../../src/release/check-templates.ts'
import { createRelease, type CreatedRelease } from '../../src/release/create-release.ts'
import { customizeCheckout, type Customized } from '../../src/release/customize-checkout.ts'
import { verifyProvenance } from '../../src/release/provenance.ts'
import { beforeArguments, KuboCheckout } from './kubo-checkout.ts'
import { closeTools, hasRuby, overlay, tools, toolsWithout } from './release-tools.ts'

const output = mkdtempSync(join(tmpdir(), 'releases-'))
// Blobs of upstream are none of what is tried here.
const checkout = new KuboCheckout({ ...beforeArguments, 'config/blobs.yml': '{}\n' }, 'v0.22.0')
let customized: Customized
let created: CreatedRelease

beforeAll(async () => {
  const found = await tools.checkout(checkout.folder)
  customized = await customizeCheckout({ files: tools.files, checkout: found, overlay })
  const log = createLog(() => undefined)
  created = await createRelease(tools, log, { checkout: found, customized, overlay, output })
})
afterAll(() => {
  rmSync(output, { recursive: true })
  checkout.remove()
  closeTools()
})

const subject = (): { name: string; sha256: string } => ({
  name: basename(created.tarball),
  sha256: created.sha256
})

describe('the tarball of a customized release', () => {
  it('is of the version that it is named by, and has every customized file in it', async () => {
    expect(basename(created.tarball)).toBe(`kubo-${customized.version}.tgz`)
    const found = await tools.releaseTarball(created.tarball, jobsOf(customized.files))
    expect([...found.jobs.keys()].sort()).toEqual(['kube-proxy', 'kubelet', 'silk-k8s'])
    expect(() => checkTarball(found, customized)).not.toThrow()
  })

  it('is refused where a file is missing, differs, or the version is another', async () => {
    const found = await tools.releaseTarball(created.tarball, jobsOf(customized.files))
    const file = { edits: [] }
    const files = [
      { ...file, path: 'jobs/kubelet/templates/nowhere', content: Buffer.from('') },
      { ...file, path: 'jobs/kubelet/spec', content: Buffer.from('other') }
    ]
    try {
      checkTarball(found, { version: '1.0.0', files })
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(FindingsError)
      expect(String(thrown)).toMatch(
        /release\.MF: version[^]*nowhere: found nothing[^]*spec: found another text/
      )
    }
  })

  it('is no release where tar can not read it', async () => {
    await expect(tools.releaseTarball(join(overlay, 'render-templates.rb'), [])).rejects.toThrow(
      /expected a BOSH release/
    )
  })
})

describe('the templates of a customized release', () => {
  it.skipIf(!hasRuby)('render, all that were added or edited (needs ruby)', () => {
    expect(created.rendered).toBeGreaterThanOrEqual(2)
  })

  it.skipIf(!hasRuby)(
    'that do not render are named, with the property that was set (needs ruby)',
    async () => {
      const spec = 'templates: {a.erb: a, b.erb: b}\nproperties: {x: {description: d}}\n'
      const files = ['a', 'b'].map(name => ({
        path: `jobs/j/templates/${name}.erb`,
        content: Buffer.from(name === 'a' ? "<% if_p('x') do |x| %><%= x.nope %><% end %>" : "<%= p('y') %>"),
        executable: false,
        edits: []
      }))
      const tree = new Map(
        [
          ['job.MF', Buffer.from(spec)] as const,
          ...files.map(({ path, content }) => [path.slice(7), content] as const)
        ].map(([path, content]) => [path, { kind: 'file', executable: false, content } as const])
      )
      const work = checkTemplates(
        tools,
        join(overlay, 'render-templates.rb'),
        { manifest: '', jobs: new Map([['j', tree]]) },
        files
      )
      await expect(work).rejects.toThrow(
        /j\/templates\/a\.erb: found that it does not render with x: NoMethodError[^]*j\/templates\/b\.erb: .*with defaults: UnknownProperty/
      )
    }
  )

  it('are not checked where there is no Ruby, which is told', async () => {
    const found = await tools.releaseTarball(created.tarball, jobsOf(customized.files))
    const program = join(overlay, 'render-templates.rb')
    expect(await checkTemplates(toolsWithout('ruby'), program, found, customized.files)).toBeUndefined()
  })
})

describe('the provenance of a customized release', () => {
  it('says what it was made of', () => {
    const statement = readFileSync(created.provenance, 'utf8')
    expect(verifyProvenance(statement, subject(), { upstream: '0.22.0' })).toEqual({
      version: customized.version,
      upstream: '0.22.0',
      commit: checkout.git('rev-parse', 'HEAD').trim()
    })
    const paths = [...statement.matchAll(/"name": "(jobs\/[^"]+)"/g)].map(([, path]) => path)
    expect(paths).toEqual(customized.files.map(({ path }) => path))
  })

  it('refuses a tarball that is another, or of another version', async () => {
    const statement = readFileSync(created.provenance, 'utf8')
    appendFileSync(created.tarball, ' ')
    const spoiled = { ...subject(), sha256: await tools.files.sha256(created.tarball) }
    expect(() => verifyProvenance(statement, spoiled)).toThrow(/found sha256 [0-9a-f]{64}, expected/)
    expect(() => verifyProvenance(statement, subject(), { upstream: '0.23.0' })).toThrow(/expected 0\.23\.0/)
  })

  it.each(['', '{}', '[]', 'null', '{"predicateType": "https://slsa.dev/provenance/v1"}'])(
    'is refused where it is %j',
    text => {
      expect(() => verifyProvenance(text, subject())).toThrow(/expected a statement of/)
    }
  )
})
