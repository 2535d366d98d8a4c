import { takeFault } from '../../../src/lab/faults.ts'

// Says whether a fault struck, as often as it is told to try.
const [lab = '', tries = '0'] = process.argv.slice(2)
for (let index = 0; index < Number(tries); index += 1) {
  process.stdout.write(takeFault(lab, 'bosh', 'deploy') === undefined ? '-' : 'x')
}
