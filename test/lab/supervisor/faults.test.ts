import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultPoint, FaultStruck, takeFault, type Fault } from '../../../src/lab/faults.ts'
import { labPaths } from '../../../src/lab/paths.ts'
import { loader } from '../director/running-lab.ts'

let lab: string

beforeEach(() => {
  lab = mkdtempSync(join(tmpdir(), 'lab-'))
})
afterEach(() => rmSync(lab, { recursive: true }))

function arm(...faults: readonly Fault[]): void {
  writeFileSync(labPaths(lab).faults, JSON.stringify(faults))
}

describe('a fault', () => {
  it('strikes where program and arguments fit, as often as it says', async () => {
    arm({ program: 'bosh', args: 'delete-deployment', action: 'exit', code: 3, times: 2 })
    const strike = (program: string, args: string): Promise<unknown> =>
      faultPoint(lab, program, args).catch((thrown: unknown) => thrown)
    expect(await strike('credhub', 'delete-deployment')).toBeUndefined()
    expect(await strike('bosh', 'deploy cf.yml')).toBeUndefined()
    expect(await strike('bosh', '-d cf delete-deployment')).toMatchObject({ exitCode: 3 })
    expect(await strike('bosh', 'delete-deployment --force')).toBeInstanceOf(FaultStruck)
    expect(await strike('bosh', 'delete-deployment')).toBeUndefined()
  })

  it('is armed again when the file is written again', () => {
    const fault: Fault = { program: 'bosh', args: '', action: 'exit' }
    arm(fault)
    expect([takeFault(lab, 'bosh', 'vms'), takeFault(lab, 'bosh', 'vms')]).toEqual([fault, undefined])
    arm(fault)
    expect(takeFault(lab, 'bosh', 'vms')).toEqual(fault)
  })

  it('strikes each of two equal ones', () => {
    const fault: Fault = { program: 'bosh', args: '', action: 'exit' }
    arm(fault, fault)
    const struck = [1, 2, 3].map(() => takeFault(lab, 'bosh', 'vms') !== undefined)
    expect(struck).toEqual([true, true, false])
  })

  it('strikes no more often than it says when many programs ask at once', async () => {
    arm({ program: 'bosh', args: 'deploy', action: 'exit', times: 10 })
    const outputs = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const child = spawn(
          process.execPath,
          [...loader, join(import.meta.dirname, 'take-fault.ts'), lab, '20'],
          { stdio: ['ignore', 'pipe', 'inherit'] }
        )
        let output = ''
        child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
        await once(child, 'close')
        return output
      })
    )
    expect(outputs.join('')).toHaveLength(80)
    expect(outputs.join('').replaceAll('-', '')).toHaveLength(10)
  })

  it('makes a call late', async () => {
    arm({ program: 'bosh', args: '', action: 'slow', delay: '150ms' })
    const begun = performance.now()
    await faultPoint(lab, 'bosh', 'vms')
    expect(performance.now() - begun).toBeGreaterThanOrEqual(145)
  })
})

describe('a list of faults', () => {
  it('may lack', () => {
    expect(takeFault(lab, 'bosh', 'vms')).toBeUndefined()
  })

  it.each(['{}', '[{"program": "bosh"}]', '[{"program": "bosh", "args": "", "action": "explode"}]', '[1]'])(
    'is refused where it is %s',
    content => {
      writeFileSync(labPaths(lab).faults, content)
      expect(() => takeFault(lab, 'bosh', 'vms')).toThrow(/found no list of faults/)
    }
  )
})
