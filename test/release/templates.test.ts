import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settingsIn } from './silk.ts'
import { templates } from './worker.ts'

const job = join(templates, '..')
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
const noRuby = has('ruby') ? undefined : 'no ruby on PATH'

interface Spec {
  readonly templates: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, { readonly description?: string; readonly default?: unknown }>>
}
const spec = parse(await readFile(join(job, 'spec'), 'utf8')) as Spec

type Outcomes = Readonly<
  Record<
    string,
    Readonly<Record<string, { readonly it: { readonly text?: string; readonly error?: string } }>>
  >
>
type Rendered = Readonly<Record<string, string | { readonly error: string }>>

const program = join(job, '..', '..', 'render-templates.rb')
const files = Object.fromEntries(
  await Promise.all(
    ['spec', ...Object.keys(spec.templates).map(path => `templates/${path}`)].map(
      async path => [path, await readFile(join(job, path), 'utf8')] as const
    )
  )
)

/** By where a template goes: its text, or why it has none. */
function render(properties: object = {}, links: object = {}): Rendered {
  const { status, stdout, stderr } = spawnSync('ruby', [program], {
    input: JSON.stringify({ 'silk-k8s': { files, cases: { it: { properties, links } } } }),
    encoding: 'utf8'
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const { 'silk-k8s': rendered = {} } = JSON.parse(stdout) as Outcomes
  return Object.fromEntries(
    Object.entries(spec.templates).map(([template, destination]) => [
      destination,
      rendered[template]?.it.text ?? { error: rendered[template]?.it.error ?? 'it was not rendered' }
    ])
  )
}

const settings = (rendered: Rendered) =>
  Object.fromEntries(
    [...textOf(rendered, 'config/settings.sh').matchAll(/^([A-Z_]+)='(.*)'$/gm)].map(([, name, value]) => [
      name,
      value
    ])
  ) as Record<string, string>
const textOf = (rendered: Rendered, name: string) => {
  const text = rendered[name]
  return typeof text === 'string' ? text : expect.fail(`${name}: ${JSON.stringify(text)}`)
}
const json = (rendered: Rendered, name: string) =>
  JSON.parse(textOf(rendered, name)) as Record<string, unknown>

describe('the job silk-k8s', () => {
  it('installs every template, and documents every property with a default', async () => {
    const files = await readdir(templates, { recursive: true, withFileTypes: true })
    const paths = files
      .filter(file => file.isFile())
      .map(file => join(file.parentPath, file.name).slice(templates.length + 1))
    expect(Object.keys(spec.templates).sort()).toEqual(paths.sort())
    for (const [name, property] of Object.entries(spec.properties)) {
      expect(property.description, name).toMatch(/\.\s*$/)
      expect(property.default, name).not.toBeUndefined()
    }
  })

  it('has a row in docs/silk-k8s.md for every property', async () => {
    const doc = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'silk-k8s.md'), 'utf8')
    expect([...doc.matchAll(/^\| `([a-z_.]+)` +\|/gm)].map(([, name]) => name)).toEqual(
      Object.keys(spec.properties)
    )
  })
})

describe.skipIf(noRuby !== undefined)(
  `its templates${noRuby === undefined ? '' : ` (not checked: ${noRuby})`}`,
  () => {
    it('render with the defaults, to scripts that shellcheck finds nothing in', () => {
      const rendered = render()
      expect(Object.values(rendered).filter(text => typeof text !== 'string')).toEqual([])
      expect(Object.keys(settings(rendered)).sort()).toEqual(Object.keys(settingsIn('/x')).sort())
      const script = textOf(rendered, 'config/settings.sh')
      expect(spawnSync('shellcheck', ['-'], { input: script, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stdout: ''
      })
      expect(
        spawnSync('sh', ['-euc', `${script}\necho "$OVERLAY $LEASE_PREFIX $POD_IP"`], { encoding: 'utf8' })
          .stdout
      ).toBe('10.255.0.0/16 24 rescope\n')
      expect(json(rendered, 'config/cni/10-silk.conflist')).toMatchObject({
        cniVersion: '0.3.1',
        name: 'silk',
        plugins: [
          { type: 'silk-k8s', daemonPort: 23954, mtu: 0 },
          { type: 'portmap', markMasqBit: 28 }
        ]
      })
      expect(json(rendered, 'dns/aliases.json')).toEqual({
        'silk-controller.service.cf.internal': ['*.diego-api.default.cf.bosh'],
        'policy-server.service.cf.internal': ['*.api.default.cf.bosh']
      })
    })

    it('take every property', () => {
      const rendered = render({
        kubelet: false,
        fixed_kubelet_folders: true,
        pod_ip: 'nsenter-wrapper',
        silk_cni: "/it's/silk-cni",
        cni_version: '0.4.0',
        daemon_port: 1234,
        mtu: 1400,
        port_mappings: { mark_bit: 24 },
        bandwidth: true,
        network: '10.224.0.0/12',
        subnet_prefix_length: 25,
        reconcile_seconds: 60,
        flannel_network: '10.201.0.0/16',
        cf: {
          deployment: 'paas',
          network: 'inner',
          silk_controller_group: 'control',
          policy_server_group: ''
        }
      })
      expect(settings(rendered)).toMatchObject({
        KUBELET: 'false',
        FIXED_KUBELET_FOLDERS: 'true',
        POD_IP: 'nsenter-wrapper',
        SILK_CNI: String.raw`/it'\''s/silk-cni`,
        OVERLAY: '10.224.0.0/12',
        LEASE_PREFIX: '25',
        RECONCILE_SECONDS: '60',
        FLANNEL_NETWORK: '10.201.0.0/16'
      })
      expect(json(rendered, 'config/cni/10-silk.conflist')).toMatchObject({
        cniVersion: '0.4.0',
        plugins: [{ daemonPort: 1234, mtu: 1400 }, { markMasqBit: 24 }, { type: 'bandwidth' }]
      })
      expect(json(rendered, 'dns/aliases.json')).toEqual({
        'silk-controller.service.cf.internal': ['*.control.inner.paas.bosh']
      })
      expect(json(render({ cf: { deployment: '' } }), 'dns/aliases.json')).toEqual({})
    })

    it('take the overlay from the link before the properties', () => {
      const link = { cf_network: { network: '10.253.0.0/16', subnet_prefix_length: 26 } }
      expect(settings(render({ network: '10.1.0.0/16' }, link))).toMatchObject({
        OVERLAY: '10.253.0.0/16',
        LEASE_PREFIX: '26'
      })
    })

    it.each([
      ['config/settings.sh', 'pod_ip', { pod_ip: 'wrapper' }],
      ['config/settings.sh', 'network', { network: '10.255.1.0/16' }],
      ['config/settings.sh', 'network', { network: '10.255.0.0' }],
      ['config/settings.sh', 'subnet_prefix_length', { subnet_prefix_length: 12 }],
      ['config/settings.sh', 'reconcile_seconds', { reconcile_seconds: 0 }],
      ['config/settings.sh', 'flannel_network', { flannel_network: 'x' }],
      ['config/cni/10-silk.conflist', 'cni_version', { cni_version: 0.4 }],
      ['config/cni/10-silk.conflist', 'port_mappings.mark_bit', { port_mappings: { mark_bit: 14 } }]
    ])('refuse in %s a wrong %s: %j', (file, name, properties) => {
      const text = render(properties)[file]
      expect(text).toMatchObject({ error: expect.stringContaining(`${name}: found`) as string })
    })
  }
)
