import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The playground's tests wait for processes most of the time, so that another file's have room beside them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Real processes and key generation on two cores: slow is not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['./test/quick-surroundings.ts', './test/build-once.ts'],
    reporters: ['default', './test/count-reporter.ts'],
    coverage: { provider: 'v8', include: ['src/**', 'tasks/**', 'pipelines/**'] }
  }
})
