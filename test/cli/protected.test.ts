import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { CommandLine, root } from './command-line.ts'

let line: CommandLine

/** Records of its own, with a line changed in that of the lab. */
async function records(change: (text: string) => string): Promise<void> {
  const folder = join(line.folder, 'env')
  await mkdir(folder)
  await cp(join(root, 'env'), folder, { recursive: true })
  const file = join(folder, 'lab.yml')
  await writeFile(file, change(await readFile(file, 'utf8')))
  line.env['CAUSEWAY_RECORDS'] = folder
}

beforeEach(async () => {
  line = await CommandLine.open()
})

describe('causeway teardown and repave', () => {
  it.each(['teardown', 'repave'])(
    '%s refuses a protected environment without its name, before anything',
    async command => {
      await records(text => `${text}protected: true\n`)
      for (const word of [[], ['--protected', 'play-fern']]) {
        const { code, err } = await line.run(command, 'lab', ...word)
        expect(code).toBe(7)
        expect(err).toContain('hint: say the name again: causeway teardown lab --protected lab')
      }
    }
  )

  it.each(['teardown', 'repave'])(
    '%s refuses the Concourse that runs itself, and tells the way out',
    async command => {
      await records(text => text.replace('topology: control', 'topology: self-hosted'))
      const { code, err } = await line.run(command, 'lab')
      expect(code).toBe(7)
      expect(err).toContain('from a Concourse outside of it')
    }
  )

  it('asks for a second word only in the pipelines of a protected environment', async () => {
    await records(text => `${text}protected: true\nconcourse: https://ci.example.com\n`)
    await line.run('emit', '--env', 'lab')
    const pipeline = await readFile(join(line.folder, 'out', 'pipelines', 'lab', 'teardown.yml'), 'utf8')
    expect(pipeline).toContain('CONFIRM: ((confirm))')
    expect(pipeline).toContain('ATC_EXTERNAL_URL: https://ci.example.com')
    const usual = await readFile(join(root, 'test', 'golden', 'pipelines', 'lab', 'teardown.yml'), 'utf8')
    expect(usual).not.toContain('CONFIRM')
  })
})
