import { expect, it } from 'vitest'
import { emptyRun, titleOf } from '../../src/report/run-view.ts'

it.each([
  [{ job: 'repave', pipeline: 'repave', environment: 'play-fern' }, 'repave of play-fern'],
  [{ job: 'deploy-cf', pipeline: 'cf', environment: 'play-fern' }, 'deploy-cf of cf, play-fern'],
  [{ job: 'deploy-cf', pipeline: 'cf' }, 'deploy-cf of cf'],
  [{ job: 'repave', pipeline: 'repave' }, 'repave']
])('calls %j %s', (named, title) => {
  expect(titleOf({ ...emptyRun(), ...named })).toBe(title)
})
