// Starts Azurite in this process and ends it when standard input closes: a parent that dies, even by SIGKILL,
// closes the pipe and takes its emulator with it. With AZURITE_DETACHED=1 it outlives its parent.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const main = require.resolve('azurite/dist/src/azurite.js');
process.argv[1] = main;
require(main);

if (process.env.AZURITE_DETACHED !== '1') {
  process.stdin.resume();
  const stop = () => process.kill(process.pid, 'SIGTERM');
  process.stdin.on('end', stop);
  process.stdin.on('error', stop);
}
