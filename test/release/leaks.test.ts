import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fewerSilks, nothing, SilkWorker } from './silk.ts'
import { unable } from './worker.ts'

describe.skipIf(unable !== undefined).each(fewerSilks)(
  `200 pods with $title${unable === undefined ? '' : ` (not checked: ${unable})`}`,
  silk => {
    let host: SilkWorker
    beforeAll(async () => {
      host = await SilkWorker.start(silk)
    })
    afterAll(() => host.stop())

    it('leave nothing behind, when half of their namespaces die before they are deleted', async () => {
      const codes: number[] = []
      const lives = async (index: number) => {
        const pod = await host.worker.pod()
        codes.push((await host.cni('ADD', `p${index}`, pod.netns)).code)
        if (index % 2 === 0) await pod.kill()
        codes.push((await host.cni('DEL', `p${index}`, index % 4 === 0 ? '' : pod.netns)).code)
        await pod.kill()
      }
      const waiting = Array.from({ length: 200 }, (_, index) => index)
      const batch = async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await lives(next)
      }
      await Promise.all(Array.from({ length: 6 }, batch))
      expect(codes).toEqual(Array.from({ length: 400 }, () => 0))
      expect(await host.traces()).toEqual(nothing)
    }, 240_000)
  }
)
