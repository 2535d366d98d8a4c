import type { Reporter, TestModule } from 'vitest/node'

/** Prints, as the very last line, how many tests there were and how they ended. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const count = (state: string): number => tests.filter(test => test.result().state === state).length
    process.on('exit', () => {
      process.stdout.write(
        `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`
      )
    })
  }
}
