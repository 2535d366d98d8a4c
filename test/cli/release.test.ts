import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KuboCheckout, withArguments } from '../release/kubo-checkout.ts'
import { closeTools, pathWithout } from '../release/release-tools.ts'
import { CommandLine } from './command-line.ts'

let line: CommandLine
let checkout: KuboCheckout

beforeEach(async () => {
  line = await CommandLine.open()
  checkout = new KuboCheckout({ ...withArguments, 'config/blobs.yml': '{}\n' }, 'v0.44.0')
})
afterEach(() => {
  checkout.remove()
})
afterAll(closeTools)

describe('causeway release', () => {
  it('creates a tarball, verifies it, and refuses it when it was spoiled', async () => {
    line.env['PATH'] = pathWithout()
    const output = join(line.folder, 'releases')
    const created = await line.run('release', 'create', '--from', checkout.folder, '--output', output)
    expect(created).toMatchObject({ code: 0 })
    const tarball = created.out.trim()
    expect(tarball).toMatch(/releases\/kubo-0\.44\.0\+silk\.\d+\.tgz$/)
    expect(created.err).toMatch(/jobs\/silk-k8s\/spec: added/)
    expect(await line.run('release', 'verify', tarball)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^0\.44\.0\+silk\.\d+\n$/) as string
    })
    appendFileSync(tarball, ' ')
    expect(await line.run('release', 'verify', tarball)).toMatchObject({
      code: 7,
      err: expect.stringMatching(/found sha256 .*\nhint: /) as string
    })
  })

  it('only edits where that is all that is asked for, and says what in JSON', async () => {
    const args = ['release', 'create', '--from', checkout.folder, '--edit-only', '--format', 'json']
    const first = await line.run(...args)
    const written = (out: string): unknown => (JSON.parse(out) as { written: unknown }).written
    expect(written(first.out)).toContain('jobs/silk-k8s/spec')
    expect(written((await line.run(...args)).out)).toEqual([])
    expect(existsSync(join(checkout.folder, 'jobs/silk-k8s/templates/bin/silk-k8s'))).toBe(true)
  })
})
