// Starts Azurite in this process and ends it when standard input closes: a parent that dies, even by SIGKILL,
// closes the pipe and takes its emulator with it. With AZURITE_DETACHED=1 it outlives its parent.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const main = require.resolve('azurite/dist/src/azurite.js');
process.argv[1] = main;
if (process.env.AZURITE_DETACHED !== '1') {
  // Ctrl+C reaches every process of a terminal. The parent stops its host first and closes our input then.
  const once = process.once.bind(process);
  process.once = (event, listener) => (event === 'SIGINT' ? process : once(event, listener));
  process.on('SIGINT', () => {});
}
require(main);

if (process.env.AZURITE_DETACHED !== '1') {
  process.stdin.resume();
  const stop = () => process.kill(process.pid, 'SIGTERM');
  process.stdin.on('end', stop);
  process.stdin.on('error', stop);
}
