import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import LongestFirst from './test/longest-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The playground's tests wait for processes most of the time, so that another file's have room beside them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Real processes and key generation on two cores: slow is not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['./test/quick-surroundings.ts', './test/build-once.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/count-reporter.ts'],
    coverage: { provider: 'v8', include: ['src/**', 'tasks/**', 'pipelines/**'] }
  }
})
