import { describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { UserError } from '../../src/core/errors.ts'
import { delay, retry, untilStable } from '../../src/core/wait.ts'

const moment = Duration.milliseconds(1)

describe('retry', () => {
  it('tries again while the failure is one that passes, and gives the answer', async () => {
    const seen: number[] = []
    const work = async (attempt: number): Promise<string> => {
      seen.push(attempt)
      if (attempt < 3) throw new Error('busy')
      return 'done'
    }
    await expect(retry(work, { tries: 5, pause: moment, when: () => true })).resolves.toBe('done')
    expect(seen).toEqual([1, 2, 3])
  })

  it('throws another failure at once, as it was', async () => {
    const failure = new Error('quota exceeded')
    let calls = 0
    const work = async (): Promise<never> => {
      calls += 1
      throw failure
    }
    await expect(retry(work, { tries: 5, pause: moment, when: () => false })).rejects.toBe(failure)
    expect(calls).toBe(1)
  })

  it('throws the last failure when the tries are used up', async () => {
    const work = async (attempt: number): Promise<never> => {
      throw new Error(`try ${attempt}`)
    }
    await expect(retry(work, { tries: 2, pause: moment, when: () => true })).rejects.toThrow('try 2')
  })
})

describe('untilStable', () => {
  const options = { what: 'the Director', every: moment, deadline: Duration.milliseconds(50) }

  it('wants several good answers in a row', async () => {
    const answers = [true, false, true, true, true]
    let asked = 0
    await untilStable(
      async () => {
        if (answers[asked++] !== true) throw new Error('not yet')
      },
      { ...options, times: 3, deadline: Duration.seconds(5) }
    )
    expect(asked).toBe(5)
  })

  it('says how long it waited for what, and why that was in vain', async () => {
    const never = async (): Promise<never> => {
      throw new Error('connection refused')
    }
    const failure = await untilStable(never, { ...options, times: 1 }).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(UserError)
    expect(failure).toMatchObject({
      outcome: 'timeout',
      message: 'waited 50ms for the Director: connection refused'
    })
  })

  it('ends at once when it is aborted', async () => {
    const stopping = new AbortController()
    const waiting = delay(Duration.hours(1), stopping.signal)
    stopping.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  })
})
