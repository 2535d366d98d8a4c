import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writtenDocs } from '../../src/cli/written-docs.ts'
import { root } from './command-line.ts'

const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

describe('docs', () => {
  it('and types are what npm run docs writes', async () => {
    for (const [path, text] of await writtenDocs(root)) expect(await read(path), path).toBe(text)
  })

  it('name each room of src/ in the map', async () => {
    const map = await read('docs/architecture.md')
    for (const room of await readdir(join(root, 'src'))) expect(map).toContain(`\`src/${room}\``)
  })

  it('link each decision record from the map', async () => {
    const map = await read('docs/architecture.md')
    for (const record of await readdir(join(root, 'docs', 'adr'))) expect(map).toContain(`(adr/${record})`)
  })

  it('name no file that is not there', async () => {
    for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/lab.md']) {
      const folder = page.includes('/') ? 'docs' : ''
      for (const [, link] of (await read(page)).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        await expect(read(join(folder, link ?? '')), `${page}: ${link ?? ''}`).resolves.toBeDefined()
      }
    }
  })
})
