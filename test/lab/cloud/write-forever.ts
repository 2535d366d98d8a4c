import { VersionedState } from '../../../src/lab/cloud/versioned-state.ts'

// Started as a process of its own by a test: counts up in the given folder, so many times, or until it is killed.
const [folder = '', times = 'Infinity'] = process.argv.slice(2)
const state = new VersionedState(folder, { count: 0 })
for (let time = 0; time < Number(times); time += 1) {
  state.change(draft => {
    draft.count += 1
  })
  if (time === 0) process.stdout.write('writing\n')
}
