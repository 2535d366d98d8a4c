import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inTerraform011 } from '../../src/environment/terraform-011.ts'
import { addedByOverrides, blockHeads, isOverride } from '../../src/environment/terraform-blocks.ts'
import { environments } from '../pipelines/load.ts'
import { applyOpsFiles, readOpsFile } from '../../src/manifest/ops-file.ts'

const root = join(import.meta.dirname, '..', '..')

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.[a-z]+$/.test(path) && !path.endsWith('README.md'))
    .map(path => path.split('\\').join('/'))
    .sort()
}

function read(...parts: readonly string[]): string {
  return readFileSync(join(root, ...parts), 'utf8')
}

/** Files of a README's table, in its order. */
function rowsOf(folder: string): string[] {
  return [...read(folder, 'README.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)
}

const terraformFiles = filesBelow('terraform')
const hasTerraform = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some(folder => existsSync(join(folder, 'terraform')))

describe('README.md', () => {
  it.each(['terraform', 'cloud-config'])(
    'of %s/ has a row for each file, and no row for one that is not there',
    folder => {
      expect(rowsOf(folder)).toEqual(filesBelow(folder))
    }
  )

  it('of plan-patches/ has a row for each patch, and no row for one that is not there', () => {
    const patches = new Set(filesBelow('plan-patches').map(path => path.split('/')[0]))
    expect(rowsOf('plan-patches')).toEqual([...patches])
  })
})

it('every plan patch that a record names is there', async () => {
  const named = (await environments()).flatMap(({ record }) => record.bbl.plan_patches)
  expect(named).toContain('larger-bucc-gcp')
  for (const patch of named) expect(rowsOf('plan-patches')).toContain(patch)
})

/** Blocks of bbl's template, by the names of a fixture. */
function blocksOfBbl(version: string, iaas: string): string[] {
  const lines = read('test', 'fixtures', 'bbl-blocks', `${version}-${iaas}.txt`).split('\n')
  return lines
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split(' '))
    .map(([kind = '', ...labels]) => [kind, ...labels.map(label => `"${label}"`)].join(' '))
}

/** Our files for an IaaS, as they lie beside bbl's template. */
function oursFor(iaas: string): { name: string; text: string }[] {
  return terraformFiles
    .filter(path => path.includes(`/${iaas}/`) || path === `cf-load-balancers/${iaas}.tf`)
    .map(path => ({ name: path.split('/').at(-1) ?? '', text: read('terraform', path) }))
}

describe.each(['v8.4.40', 'v9.0.48'])('beside the template of bbl %s', version => {
  describe.each(['aws', 'gcp', 'azure'])('on %s', iaas => {
    const theirs = blocksOfBbl(version, iaas)
    const template = { name: 'bbl-template.tf', text: theirs.map(name => `${name} {\n}`).join('\n') }
    const ours = oursFor(iaas)
    const own = ours.filter(({ name }) => !isOverride(name)).flatMap(({ text }) => blockHeads(text))

    it('overrides change only what is there', () => {
      expect(addedByOverrides([template, ...ours])).toEqual([])
    })

    it('nothing is there twice', () => {
      const names = own.filter(({ kind }) => kind !== 'locals').map(({ name }) => name)
      expect([...theirs, ...names].filter((name, index, all) => all.indexOf(name) !== index)).toEqual([])
    })

    it('everything that is referred to is there', () => {
      const known = new Set([...theirs, ...own.map(({ name }) => name)])
      for (const { name, text } of ours) {
        for (const [, type, label] of text.matchAll(/\b((?:aws|google|azurerm)_\w+)\.([\w-]+)/g)) {
          expect(known, `${name}: ${type}.${label}`).toContain(`resource "${type}" "${label}"`)
        }
        for (const [, variable] of text.matchAll(/\bvar\.(\w+)/g)) {
          expect(known, `${name}: var.${variable}`).toContain(`variable "${variable}"`)
        }
      }
    })
  })
})

describe('terraform/', () => {
  it.skipIf(!hasTerraform)(
    hasTerraform ? 'is written as terraform itself would' : 'not checked: terraform is not on PATH',
    () => {
      const unlike = execFileSync(
        'terraform',
        ['fmt', '-check', '-recursive', '-list=true', join(root, 'terraform')],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore']
        }
      )
      expect(unlike).toBe('')
    }
  )

  it.each(terraformFiles)('%s keeps to what terraform 0.11 can be told line by line', path => {
    const text = read('terraform', path)
    expect(text).not.toMatch(/\b(dynamic|for_each|depends_on)\b|\b(try|one)\(/)
    const respelled = inTerraform011(text)
    for (const line of respelled.split('\n').filter(line => !/^\s*(#|$)/.test(line))) {
      // Everything that is no value of its own stands in quotes.
      const value = /^\s*[\w-]+\s*=\s*(.*)$/.exec(line)?.[1] ?? '""'
      expect(value, line).toMatch(/^("|\[$|\["|\d+$|true$|false$|\{)/)
    }
    expect(blockHeads(respelled).map(({ name }) => name)).toEqual(blockHeads(text).map(({ name }) => name))
  })
})

describe.each(['aws', 'azure', 'gcp'])('cloud-config/cf-load-balancers/%s.yml', iaas => {
  const text = read('cloud-config', 'cf-load-balancers', `${iaas}.yml`)

  it('adds the extensions that cf-deployment asks for', () => {
    expect(applyOpsFiles({ vm_extensions: [] }, [readOpsFile(text, `${iaas}.yml`)])).toMatchObject({
      vm_extensions: [
        { name: 'cf-router-network-properties' },
        { name: 'diego-ssh-proxy-network-properties' },
        { name: 'cf-tcp-router-network-properties' }
      ]
    })
  })

  it('asks for outputs that terraform has', () => {
    const outputs = [
      ...blocksOfBbl('v9.0.48', iaas),
      ...oursFor(iaas).flatMap(({ text: own }) => blockHeads(own).map(({ name }) => name))
    ]
    for (const [, name] of text.matchAll(/\(\((\w+)\)\)/g)) expect(outputs).toContain(`output "${name}"`)
  })
})
