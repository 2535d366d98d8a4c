import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { FindingsError } from '../../src/core/finding.ts'
import { customizeCheckout, type Customized } from '../../src/release/customize-checkout.ts'
import { beforeArguments, KuboCheckout, withArguments } from './kubo-checkout.ts'
import { closeTools, overlay, tools } from './release-tools.ts'

const checkouts: KuboCheckout[] = []
afterEach(() => {
  for (const checkout of checkouts.splice(0)) checkout.remove()
})
afterAll(closeTools)

function kubo(files: Readonly<Record<string, string>>, ...tags: readonly string[]): KuboCheckout {
  const checkout = new KuboCheckout(files, ...tags)
  checkouts.push(checkout)
  return checkout
}

async function customize({ folder }: KuboCheckout, version?: string): Promise<Customized> {
  return customizeCheckout({ files: tools.files, checkout: await tools.checkout(folder), overlay, version })
}

async function refusalOf(work: Promise<unknown>): Promise<UserError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error
  )
  if (thrown instanceof UserError) return thrown
  throw new Error('it was not refused', { cause: thrown })
}

/** Where the findings of a refusal are. */
async function pathsOf(work: Promise<unknown>): Promise<readonly string[]> {
  const refusal = await refusalOf(work)
  return refusal instanceof FindingsError ? refusal.findings.map(({ path }) => path) : [refusal.message]
}

const edited = [
  'jobs/kube-proxy/spec',
  'jobs/kube-proxy/templates/config/config.yml.erb',
  'jobs/kubelet/spec',
  'jobs/kubelet/templates/bin/kubelet_ctl.erb'
]

describe('a customized checkout of kubo-release', () => {
  it('has our job, and flags by properties where upstream has none yet', async () => {
    const checkout = kubo(beforeArguments, 'v0.22.0')
    const { version, written } = await customize(checkout)
    expect(version).toMatch(/^0\.22\.0\+silk\.\d+$/)
    expect(written.filter(path => !path.startsWith('jobs/silk-k8s/'))).toEqual(edited)
    expect(written).toContain('jobs/silk-k8s/spec')
    const control = readFileSync(join(checkout.folder, 'jobs/kubelet/templates/bin/kubelet_ctl.erb'), 'utf8')
    expect(control).toContain("--cni-bin-dir=<%= p('cni-bin-dir') %>")
    expect(checkout.git('diff', '--numstat')).toMatchSnapshot()
  })

  it('is left as it is the second time', async () => {
    const checkout = kubo(beforeArguments, 'v0.22.0')
    await customize(checkout)
    const before = checkout.git('status', '--porcelain', '--untracked-files=all') + checkout.git('diff')
    expect((await customize(checkout)).written).toEqual([])
    expect(checkout.git('status', '--porcelain', '--untracked-files=all') + checkout.git('diff')).toBe(before)
  })

  it('is edited nowhere where properties tell all already', async () => {
    const checkout = kubo(withArguments, 'v0.44.0')
    await customize(checkout)
    expect(checkout.git('diff')).toBe('')
  })

  it('is the one of the version that is named, where two tags are on the commit', async () => {
    const checkout = kubo(withArguments, 'v0.31.11', 'v0.32.0')
    expect((await refusalOf(customize(checkout))).message).toMatch(/found v0\.31\.11, v0\.32\.0/)
    expect(checkout.git('status', '--porcelain')).toBe('')
    expect((await customize(checkout, '0.32.0')).version).toMatch(/^0\.32\.0\+silk/)
  })
})

describe('a checkout is refused, and left as it was,', () => {
  it('where somebody changed a file', async () => {
    const checkout = kubo(beforeArguments, 'v0.22.0')
    checkout.write('jobs/kubelet/spec', 'other')
    checkout.write('new/file', 'other')
    expect(await pathsOf(customize(checkout))).toEqual(['jobs/kubelet/spec', 'new/file'])
    expect(checkout.git('status', '--porcelain', '--untracked-files=all')).not.toMatch(/silk-k8s/)
  })

  it('where another version customized it', async () => {
    const checkout = kubo(beforeArguments, 'v0.22.0')
    await customize(checkout)
    checkout.write('jobs/silk-k8s/templates/of-another', '')
    expect(await pathsOf(customize(checkout))).toEqual(['jobs/silk-k8s/templates/of-another'])
  })

  it('where it was customized and committed', async () => {
    const checkout = kubo({ ...withArguments, 'jobs/silk-k8s/spec': 'name: silk-k8s\n' }, 'v0.44.0')
    expect(await pathsOf(customize(checkout))).toEqual(['jobs/silk-k8s/spec'])
  })

  it('where it is laid out as nobody knows, with all that was looked for', async () => {
    const others = Object.fromEntries(
      Object.entries(beforeArguments).filter(([path]) => path !== 'jobs/kube-proxy/spec')
    )
    const control = beforeArguments['jobs/kubelet/templates/bin/kubelet_ctl.erb'] ?? ''
    const checkout = kubo(
      { ...others, 'jobs/kubelet/templates/bin/kubelet_ctl.erb': control.replace('cni-bin-dir', 'cni-bins') },
      'v0.22.0'
    )
    expect(await pathsOf(customize(checkout))).toEqual([
      'jobs/kubelet/templates/bin/kubelet_ctl.erb',
      'jobs/kube-proxy/spec'
    ])
  })

  it('where it is no checkout', async () => {
    const { folder } = kubo(withArguments, 'v0.44.0')
    for (const path of [join(folder, 'jobs'), join(folder, 'nowhere'), '/']) {
      expect((await refusalOf(tools.checkout(path))).message).toMatch(/expected the root of a git checkout/)
    }
  })
})
