import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templates } from './worker.ts'

const awks = [['mawk'], ['gawk', '--posix'], ['busybox', 'awk'], ['awk']].filter(
  ([program]) => spawnSync('sh', ['-c', `command -v ${program ?? ''}`]).status === 0
)

function task(awk: readonly string[], name: string, input: string, env: Record<string, string> = {}) {
  const [program, ...args] = [...awk, '-f', join(templates, 'lib', 'json.awk'), '-v', `task=${name}`]
  const { status, stdout } = spawnSync(program, args, {
    input,
    env: { ...process.env, LC_ALL: 'C', ...env },
    encoding: 'utf8'
  })
  return { status, stdout }
}

describe.each(awks)('json.awk with %s', (...awk) => {
  const add = (store: string) => task(awk, 'add', store, { CNI_CONTAINERID: 'new', ADDRESS: '10.255.3.4' })

  it('keeps every value of a document as it was, in any layout', () => {
    const layout = fc.constantFrom(undefined, 1, '\t')
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), layout, (store, space) => {
        const { status, stdout } = add(JSON.stringify(store, null, space))
        expect(status).toBe(0)
        const entry = { handle: 'new', ip: '10.255.3.4', metadata: {} }
        expect(JSON.parse(stdout)).toEqual({ ...(JSON.parse(JSON.stringify(store)) as object), new: entry })
      }),
      { numRuns: 25 }
    )
  })

  it.each([
    ['an end too soon', '{"a":1'],
    ['nothing', ''],
    ['a comma too much', '{"a":1,}'],
    ['two documents', '{} {}'],
    ['a key twice', '{"a":1,"a":2}'],
    ['a key twice, once in escapes', '{"a":1,"\\u0061":2}'],
    ['a string without its end', '{"a":"b}'],
    ['a string that ends in an escaped quote', '{"a":"b\\"}'],
    ['an unknown escape', '{"a":"\\x"}'],
    ['a raw tab in a string', '{"a":"\t"}'],
    ['a number with a zero before it', '{"a":01}'],
    ['a word', '{"a":yes}'],
    ['another end', '{"a":[1}}'],
    ['a list', '[]']
  ])('refuses %s', (_, text) => {
    const { status, stdout } = add(text)
    expect(status).toBe(1)
    expect(stdout).toMatch(/^6 .+\n$/)
  })

  it('removes one entry, and prints nothing where there is none', () => {
    const pods = Object.fromEntries(
      Array.from({ length: 250 }, (_, i) => [`p${i}`, { handle: `p${i}`, metadata: {} }])
    )
    const removed = task(awk, 'remove', JSON.stringify(pods), { CNI_CONTAINERID: 'p7' })
    const { p7, ...rest } = pods
    expect(p7).toBeDefined()
    expect(JSON.parse(removed.stdout)).toEqual(rest)
    expect(task(awk, 'remove', '{"a":{}}', { CNI_CONTAINERID: 'b' })).toEqual({ status: 0, stdout: '' })
  })

  it('leaves a prevResult out of what silk-cni reads, and adds a version where there was none', () => {
    const conf = { name: 'n', dataDir: '/d "x"', datastore: '/s', daemonPort: 1, prevResult: { ips: [] } }
    const [version, name, folder, text = ''] = task(awk, 'conf', JSON.stringify(conf), {
      SPOKEN: '1.0.0'
    }).stdout.split('\n')
    expect([version, name, folder]).toEqual(['0.1.0', 'n', '/d "x"'])
    const { prevResult, ...rest } = conf
    expect(prevResult).toBeDefined()
    expect(JSON.parse(text)).toEqual({ ...rest, cniVersion: '1.0.0' })
  })
})
